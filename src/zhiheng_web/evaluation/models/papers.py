"""Papers of the year (文书): what was issued under which number, word for word, and the signed scan that came back."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from zhiheng_web.evaluation.models.evaluations import EvaluationReport
from zhiheng_web.evaluation.models.monitoring import MonitoringReport, MonitoringRound
from zhiheng_web.evaluation.models.rectification import RectificationOrder
from zhiheng_web.evaluation.models.self_evaluation import SelfEvaluation
from zhiheng_web.organisation.models import Account, Department
from zhiheng_web.planning.models import SourceFile

SUBJECTS = ("round", "monitoring_report", "self_evaluation", "evaluation_report", "order")
"""What a paper may be about: one of these, or the whole year of the department (整改台账, 结果应用表)."""


class YearPaper(models.Model):
    """One issued paper. ``content`` is what it says (the library's pages as JSON), ``digest`` its SHA-256: never changed.

    It is about one of SUBJECTS; none: about the department's ``year``.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=30)
    sequence = models.PositiveSmallIntegerField(default=1)
    round = models.ForeignKey(MonitoringRound, models.PROTECT, null=True, blank=True, related_name="papers")
    monitoring_report = models.ForeignKey(MonitoringReport, models.PROTECT, null=True, blank=True, related_name="papers")
    self_evaluation = models.ForeignKey(SelfEvaluation, models.PROTECT, null=True, blank=True, related_name="papers")
    evaluation_report = models.ForeignKey(EvaluationReport, models.PROTECT, null=True, blank=True, related_name="papers")
    order = models.ForeignKey(RectificationOrder, models.PROTECT, null=True, blank=True, related_name="papers")
    number = models.CharField(max_length=100)
    title = models.CharField(max_length=300)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    issued_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    signed_scan = models.ForeignKey(SourceFile, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["department", "year", "code", "sequence", "issued_at"]
        constraints = [models.UniqueConstraint(fields=["department", "code", "number"], name="year_paper_number")]
        indexes = [models.Index(fields=["department", "year"])]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"
