"""Rectification and use of results (整改与结果应用): what was found, what is done about it by when, what follows for the money."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from zhiheng_web.evaluation.models.evaluations import Evaluation
from zhiheng_web.evaluation.models.monitoring import MonitoringReport, MonitoringRow
from zhiheng_web.evaluation.models.self_evaluation import Recheck, SelfEvaluation
from zhiheng_web.ledgers.models import EvidenceFile
from zhiheng_web.organisation.models import Account, Department, Office
from zhiheng_web.planning.models import Indicator, PerformanceTable, Project
from zhiheng_web.scaled import money_field


class RectificationOrder(models.Model):
    """整改通知书: the problems of one table that whoever found them asks to be put right. ``number`` is that of the issued paper."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    table = models.ForeignKey(PerformanceTable, models.PROTECT, related_name="rectification_orders")
    issuer = models.ForeignKey(Department, models.PROTECT, related_name="+")
    recheck = models.ForeignKey(Recheck, models.PROTECT, null=True, blank=True, related_name="orders")
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, null=True, blank=True, related_name="orders")
    self_evaluation = models.ForeignKey(SelfEvaluation, models.PROTECT, null=True, blank=True, related_name="orders")
    report = models.ForeignKey(MonitoringReport, models.PROTECT, null=True, blank=True, related_name="orders")
    title = models.CharField(max_length=200)
    due_on = models.DateField()
    ordered_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField()

    class Meta:
        ordering = ["-ordered_at"]

    def __str__(self) -> str:
        return self.title


class RectificationItem(models.Model):
    """问题—措施—责任人—期限—佐证—复核—销号. From an order, or from a red or yellow lamp of a monitoring row (纠偏措施).

    open → reported (with evidence) → closed (销号) by another person than who reported, or returned to open with an opinion.
    """

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", "整改中"
        REPORTED = "reported", "待复核"
        CLOSED = "closed", "已销号"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    table = models.ForeignKey(PerformanceTable, models.PROTECT, related_name="rectification_items")
    order = models.ForeignKey(RectificationOrder, models.PROTECT, null=True, blank=True, related_name="items")
    monitoring_row = models.ForeignKey(MonitoringRow, models.PROTECT, null=True, blank=True, related_name="corrections")
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="rectifications")
    position = models.PositiveSmallIntegerField(default=0)
    problem = models.TextField()
    demand = models.TextField(blank=True)
    measure = models.TextField(blank=True)
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")
    responsible = models.CharField(max_length=50, blank=True)
    responsible_account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    closed_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    edits = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["table", "due_on", "opened_at"]
        constraints = [
            models.CheckConstraint(condition=Q(order__isnull=False) | Q(monitoring_row__isnull=False), name="an_item_has_an_origin")
        ]
        indexes = [models.Index(fields=["state", "due_on"])]

    def __str__(self) -> str:
        return self.problem[:60]


class RectificationStep(models.Model):
    """What happened to an item, in order: measure set, progress, extended, reported done, returned, closed. Never changed.

    ``number`` is the order of the item's steps: several may be of one instant.
    """

    class Kind(models.TextChoices):
        """What it was."""

        MEASURE = "measure", "制定措施"
        PROGRESS = "progress", "进展"
        EXTENDED = "extended", "延期"
        REPORTED = "reported", "报告完成"
        RETURNED = "returned", "退回"
        CLOSED = "closed", "复核销号"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    item = models.ForeignKey(RectificationItem, models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField()
    file = models.ForeignKey(EvidenceFile, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["item", "number"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="step_number")]

    def __str__(self) -> str:
        return self.text[:60]


class UseOfResult(models.Model):
    """结果应用: what the result of a year means for the money of the next (元): keep, cut or cancel, with its reason.

    ``before`` and ``after`` are the amounts asked for or planned for ``next_year``; what is cut is their difference. Replaced by a later
    decision, never changed. Shown in the declaration of ``next_year``.
    """

    class Decision(models.TextChoices):
        """What is decided."""

        KEEP = "keep", "保留"
        CUT = "cut", "压减"
        CANCEL = "cancel", "取消"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    table = models.ForeignKey(PerformanceTable, models.PROTECT, related_name="uses")
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="uses")
    self_evaluation = models.ForeignKey(SelfEvaluation, models.PROTECT, null=True, blank=True, related_name="uses")
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, null=True, blank=True, related_name="uses")
    next_year = models.PositiveSmallIntegerField()
    decision = models.CharField(max_length=8, choices=Decision)
    before = money_field()
    after = money_field()
    reason = models.TextField()
    document = models.CharField(max_length=200, blank=True)
    decided_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaces")

    class Meta:
        ordering = ["next_year", "table", "decided_at"]
        constraints = [
            models.CheckConstraint(condition=Q(before__gte=0, after__gte=0), name="use_not_negative"),
            models.CheckConstraint(
                condition=Q(decision="keep", after=F("before")) | Q(decision="cut", after__lt=F("before")) | Q(decision="cancel", after=0),
                name="use_fits_its_amounts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.next_year} {self.table} {self.get_decision_display()}"
