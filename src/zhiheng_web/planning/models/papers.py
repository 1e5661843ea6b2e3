"""Papers of the procedure (纸质文书): what was issued under which number, word for word, and the signed scan taken back."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhiheng_web.organisation.models import Account, Department
from zhiheng_web.planning.models.money import PreAssessment
from zhiheng_web.planning.models.sources import SourceFile
from zhiheng_web.planning.models.tables import TableVersion


class Paper(models.Model):
    """One issued paper. ``content`` is what it says (the library's pages as JSON), ``digest`` its SHA-256: never changed.

    It belongs to a version, or to a pre-assessment. ``sequence`` counts the issues of the same paper: a table that was returned
    and submitted again prints a new one under a new number, and the old one stays readable. A reprint gives the same content.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    version = models.ForeignKey(TableVersion, models.PROTECT, null=True, blank=True, related_name="papers")
    pre_assessment = models.ForeignKey(PreAssessment, models.PROTECT, null=True, blank=True, related_name="papers")
    code = models.CharField(max_length=20)
    sequence = models.PositiveSmallIntegerField(default=1)
    number = models.CharField(max_length=100)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    issued_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(auto_now_add=True)
    signed_scan = models.ForeignKey(SourceFile, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["code", "sequence"]
        constraints = [
            models.CheckConstraint(condition=Q(version__isnull=True) ^ Q(pre_assessment__isnull=True), name="a_paper_has_one_subject"),
            models.UniqueConstraint(fields=["version", "code", "sequence"], condition=Q(version__isnull=False), name="paper_of_version"),
            models.UniqueConstraint(
                fields=["pre_assessment", "code", "sequence"], condition=Q(pre_assessment__isnull=False), name="paper_of_pre_assessment"
            ),
            models.UniqueConstraint(fields=["department", "code", "number"], name="paper_number"),
        ]

    def __str__(self) -> str:
        return self.number
