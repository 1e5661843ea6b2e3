"""What the audit found in a version: written when the version changes, so that no page has to audit again."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from zhiheng.audit.finding import Severity
from zhiheng_web.planning.models.tables import IndicatorRow, TableVersion


class FindingRow(models.Model):
    """One finding of a version (发现的问题) in its words. ``row`` None: about the head or a whole column; ``duty`` its number, if any.

    The rows of a version are those of the text and rules that ``TableVersion.checked_as`` names; see planning.checking.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    version = models.ForeignKey(TableVersion, models.CASCADE, related_name="findings")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=10)
    severity = models.CharField(max_length=12, choices=[(severity.value, severity.value) for severity in Severity])
    row = models.ForeignKey(IndicatorRow, models.CASCADE, null=True, blank=True, related_name="findings")
    field = models.CharField(max_length=60)
    duty = models.PositiveSmallIntegerField(null=True, blank=True)
    text_zh = models.TextField()
    text_en = models.TextField()

    class Meta:
        ordering = ["version", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="finding_position")]

    def __str__(self) -> str:
        return f"{self.code} {self.text_zh}"
