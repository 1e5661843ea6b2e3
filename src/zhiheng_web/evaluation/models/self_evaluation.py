"""Self-evaluation (绩效自评): the scorecard of a table, prefilled from frozen values, with what people add and change."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from zhiheng_web.evaluation.models.surveys import Survey
from zhiheng_web.ledgers.models import EvidenceFile, Snapshot
from zhiheng_web.organisation.models import Account
from zhiheng_web.planning.models import BudgetLine, Indicator, IndicatorRow, PerformanceTable, TableVersion
from zhiheng_web.scaled import money_field, points_field


class SelfEvaluation(models.Model):
    """自评表 of one table for its year. While it is a draft its points are worked out at each reading; from submission on they are kept.

    ``on`` is the day of the data, ``known_at`` the instant as of which values count. ``frozen`` is all that its scorecard is worked out
    from and gives (the scheme's text, the rows with points and observations, the money, the card with every step), in canonical form, so
    that a closed year is scored again by its own rules to the same digits; ``digest`` covers it. An accepted one never changes: a
    correction is a further ``edition`` that names the one it ``replaces`` and why. ``payments_note`` is what the table states of months
    without payment data after ``payments_month``, the last of which any was known when it was written.
    """

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", "填报中"
        SUBMITTED = "submitted", "已报送"
        RETURNED = "returned", "被退回"
        ACCEPTED = "accepted", "已认定"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    table = models.ForeignKey(PerformanceTable, models.PROTECT, related_name="self_evaluations")
    version = models.ForeignKey(TableVersion, models.PROTECT, related_name="+")
    edition = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    correction_reason = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    scheme = models.CharField(max_length=40)
    on = models.DateField()
    known_at = models.DateTimeField()
    goal_actual = models.TextField(blank=True)
    overview = models.TextField(blank=True)
    problems = models.TextField(blank=True)
    improvements = models.TextField(blank=True)
    payments_note = models.TextField(null=True, blank=True)  # empty: a column added without making the guarded table anew
    payments_month = models.PositiveSmallIntegerField(null=True, blank=True)
    frozen = models.JSONField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    total = points_field(null=True, blank=True)
    ceiling = points_field(null=True, blank=True)
    grade = models.CharField(max_length=10, blank=True)
    begun_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    submitted_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    opinion = models.TextField(blank=True)
    edits = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["table", "edition"]
        constraints = [
            models.UniqueConstraint(fields=["table", "edition"], name="self_evaluation_edition"),
            models.UniqueConstraint(
                fields=["table"], condition=Q(state__in=["draft", "submitted", "returned"]), name="one_open_self_evaluation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} 自评"


class SelfEvaluationFund(models.Model):
    """One row of 项目资金 of a self-evaluation (元): 年初预算数, 全年预算数(A), 全年执行数(B), known up to the month ``until``."""

    self_evaluation = models.ForeignKey(SelfEvaluation, models.PROTECT, related_name="funds")
    source = models.CharField(max_length=10, choices=BudgetLine.Source)
    initial = money_field()
    budget = money_field()
    executed = money_field(null=True, blank=True)
    until = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["self_evaluation", "source"]
        constraints = [models.UniqueConstraint(fields=["self_evaluation", "source"], name="one_evaluated_fund_a_source")]

    def __str__(self) -> str:
        return f"{self.self_evaluation} {self.source}"


class SelfEvaluationRow(models.Model):
    """One indicator of a self-evaluation.

    ``points`` is its 分值, where it was changed from the approved one with ``points_reason``. The value is the ``snapshot``'s, or that of
    a closed ``survey``; a qualitative target is judged by a person: ``tier`` 1-3 and ``judged`` points. ``reason`` 偏差原因 and
    ``improvement`` 改进措施. An override (人工改分) holds only once another person has confirmed it, and is published as such.
    ``score`` and ``state`` are what the card gave when it was last worked out and kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    self_evaluation = models.ForeignKey(SelfEvaluation, models.PROTECT, related_name="rows")
    indicator_row = models.ForeignKey(IndicatorRow, models.PROTECT, related_name="self_evaluation_rows")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="self_evaluation_rows")
    position = models.PositiveSmallIntegerField()
    points = points_field(null=True, blank=True)
    points_reason = models.TextField(blank=True)
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, blank=True, related_name="+")
    survey = models.ForeignKey(Survey, models.PROTECT, null=True, blank=True, related_name="self_evaluation_rows")
    tier = models.PositiveSmallIntegerField(null=True, blank=True)
    judged = points_field(null=True, blank=True)
    judged_basis = models.TextField(blank=True)
    judged_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)
    improvement = models.TextField(blank=True)
    override = points_field(null=True, blank=True)
    override_reason = models.TextField(blank=True)
    override_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    override_at = models.DateTimeField(null=True, blank=True)
    override_confirmed_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    override_confirmed_at = models.DateTimeField(null=True, blank=True)
    score = points_field(null=True, blank=True)
    state = models.CharField(max_length=16, blank=True)
    edits = models.PositiveIntegerField(default=0)
    edited_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["self_evaluation", "position"]
        constraints = [
            models.UniqueConstraint(fields=["self_evaluation", "indicator_row"], name="one_evaluated_row"),
            models.CheckConstraint(
                condition=Q(override_confirmed_by__isnull=True) | ~Q(override_confirmed_by=F("override_by")), name="override_by_two"
            ),
            models.CheckConstraint(condition=Q(override__isnull=True) | ~Q(override_reason=""), name="override_with_reason"),
        ]
        indexes = [models.Index(fields=["indicator", "self_evaluation"])]

    def __str__(self) -> str:
        return f"{self.self_evaluation} {self.position}"


class SelfEvaluationFile(models.Model):
    """佐证材料 of one value beside the entries of its ledger: several files per value; withdrawn, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    row = models.ForeignKey(SelfEvaluationRow, models.PROTECT, related_name="files")
    file = models.ForeignKey(EvidenceFile, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    public = models.BooleanField(default=False)
    added_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["row", "added_at"]

    def __str__(self) -> str:
        return self.title


class Sample(models.Model):
    """财政抽查样本: self-evaluations drawn by chance that anybody can draw again.

    ``seed`` and ``size`` are written down first (``announced_at``). At the draw ``population`` keeps the identities of all that could
    be drawn, sorted, one a line; the order is that of zhiheng.evaluation.sample. ``digest`` covers population, seed and size.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    seed = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    population = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    document = models.CharField(max_length=200, blank=True)
    announced_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    announced_at = models.DateTimeField()
    drawn_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    drawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-year", "announced_at"]
        constraints = [
            models.UniqueConstraint(fields=["year", "name"], name="sample_name"),
            models.CheckConstraint(condition=Q(drawn_at__isnull=True) ^ ~Q(digest=""), name="a_draw_has_a_digest"),
        ]

    def __str__(self) -> str:
        return self.name


class Recheck(models.Model):
    """抽查复核 of one self-evaluation that was drawn: the points finance finds right, row by row, and its opinion."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    sample = models.ForeignKey(Sample, models.PROTECT, related_name="rechecks")
    self_evaluation = models.ForeignKey(SelfEvaluation, models.PROTECT, related_name="rechecks")
    place = models.PositiveIntegerField()
    opinion = models.TextField(blank=True)
    total = points_field(null=True, blank=True)
    grade = models.CharField(max_length=10, blank=True)
    checked_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)
    edits = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["sample", "place"]
        constraints = [models.UniqueConstraint(fields=["sample", "self_evaluation"], name="drawn_once")]

    def __str__(self) -> str:
        return f"{self.sample} {self.self_evaluation}"


class RecheckRow(models.Model):
    """What finance finds of one row: the points it holds right and why they differ. No row: the self-score stands.

    ``row`` None: the row of 预算执行率.
    """

    recheck = models.ForeignKey(Recheck, models.PROTECT, related_name="rows")
    row = models.ForeignKey(SelfEvaluationRow, models.PROTECT, null=True, blank=True, related_name="recheck_rows")
    points = points_field()
    reason = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recheck", "row"], name="rechecked_once")]

    def __str__(self) -> str:
        return f"{self.recheck} {self.points}"
