"""Budget and projects: what money pays, for which activity and indicator, and what was paid. Amounts in 元."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from zhiheng_web.organisation.models import Account, Office, Unit
from zhiheng_web.planning.models.identity import Duty, Indicator
from zhiheng_web.planning.models.sources import SourceFile
from zhiheng_web.scaled import money_field, points_field
from zhiheng_web.uniqueness import unique_with_empty


class Project(models.Model):
    """预算项目 across years. ``office`` answers for it (责任科室); ``synthetic`` marks an invented one of the demonstration.

    ``last_year`` None: no end has been set. ``edits`` counts changes, so that of two editors the second sees a conflict.
    """

    class Attribute(models.TextChoices):
        """项目属性."""

        CONTINUING = "continuing", "持续性项目"
        NEW = "new", "新增性项目"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="projects")
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="projects")
    code = models.CharField(max_length=21)
    name = models.CharField(max_length=200)
    attribute = models.CharField(max_length=12, choices=Attribute, default=Attribute.CONTINUING)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField(null=True, blank=True)
    basis = models.TextField(blank=True)
    responsible = models.CharField(max_length=50, blank=True)
    synthetic = models.BooleanField(default=False)
    edits = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["unit", "code"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "code"], name="project_code"),
            models.CheckConstraint(
                condition=Q(last_year__isnull=True) | Q(last_year__gte=F("first_year")), name="project_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Activity(models.Model):
    """工作活动 of a duty in a year: what is done."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="activities")
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["year", "name"]
        constraints = [models.UniqueConstraint(fields=["duty", "year", "name"], name="activity_name")]

    def __str__(self) -> str:
        return self.name


class BudgetLine(models.Model):
    """The budget of a unit or project for a year by source (资金来源). No project: 基本支出. The unit is the project's own.

    ``initial`` is 年初预算; what came later stands in BudgetChange. ``carried_from`` is the year that 上年结转资金 come from.
    """

    class Source(models.TextChoices):
        """资金来源."""

        FISCAL = "fiscal", "财政拨款"
        CARRIED = "carried", "上年结转资金"
        OTHER = "other", "其他资金"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="budget_lines")
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="budget_lines")
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=10, choices=Source)
    initial = money_field()
    document = models.CharField(max_length=200, blank=True)
    carried_from = models.PositiveSmallIntegerField(null=True, blank=True)
    synthetic = models.BooleanField(default=False)

    class Meta:
        ordering = ["year", "source"]
        constraints = [
            unique_with_empty("unit", "project", "year", "source", empty=("project",), name="one_line_a_source"),
            models.CheckConstraint(condition=Q(initial__gte=0), name="budget_not_negative"),
            models.CheckConstraint(condition=Q(carried_from__isnull=True) | Q(source="carried"), name="only_carried_money_has_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.project or self.unit} {self.source}"


class BudgetChange(models.Model):
    """An adjustment of a budget line in the year (预算调整): + or −, with its document. Lines themselves never change."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="changes")
    on = models.DateField()
    amount = money_field()
    reason = models.TextField()
    document = models.CharField(max_length=200)
    made_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["on", "made_at"]

    def __str__(self) -> str:
        return f"{self.on} {self.amount}"


class TreasuryPayment(models.Model):
    """国库支付 of one month for one budget line, from an imported sheet. A later import of the month replaces it by a new row.

    ``replaced_by`` keeps what was known before; totals count rows that are not replaced.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="payments")
    month = models.PositiveSmallIntegerField()
    amount = money_field()
    source_file = models.ForeignKey(SourceFile, models.PROTECT, null=True, blank=True, related_name="+")
    source_row = models.PositiveIntegerField(null=True, blank=True)
    imported_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(auto_now_add=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaces")

    class Meta:
        ordering = ["month", "imported_at"]
        constraints = [
            models.UniqueConstraint(fields=["line", "month"], condition=Q(replaced_by__isnull=True), name="one_payment_a_month"),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="payment_month"),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.month}月 {self.amount}"


class ProjectLink(models.Model):
    """职责—活动—项目: a project serves an activity, and through it or directly an indicator. n:m; money is counted once a project."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="links")
    year = models.PositiveSmallIntegerField()
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, blank=True, related_name="links")
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="links")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["year", "made_at"]
        constraints = [
            models.CheckConstraint(condition=Q(activity__isnull=False) | Q(indicator__isnull=False), name="a_link_has_an_end"),
            unique_with_empty("project", "year", "activity", "indicator", empty=("activity", "indicator"), name="one_link"),
        ]

    def __str__(self) -> str:
        return f"{self.project} → {self.activity or self.indicator}"


class PreAssessment(models.Model):
    """事前绩效评估 of a new policy or project: before it may declare goals. Never changed; a new one replaces it.

    Its contents and their full points are data (planning.pre_assessment); what was given stands in PreAssessmentItem.
    ``confirmed_by`` is another person than ``assessed_by``: until then it does not count.
    """

    class Conclusion(models.TextChoices):
        """评估结论."""

        SUPPORT = "support", "予以支持"
        MEND = "mend", "调整完善后予以支持"
        REJECT = "reject", "不予支持"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="pre_assessments")
    assessed_on = models.DateField()
    method = models.CharField(max_length=200, blank=True)
    amount = money_field(null=True, blank=True)
    total = points_field()
    full = points_field()
    grade = models.CharField(max_length=10, blank=True)
    conclusion = models.CharField(max_length=10, choices=Conclusion)
    opinion = models.TextField()
    document = models.ForeignKey(SourceFile, models.PROTECT, null=True, blank=True, related_name="+")
    assessed_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    assessed_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-assessed_on", "-assessed_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(confirmed_by=F("assessed_by")), name="pre_assessment_by_two"),
            models.CheckConstraint(condition=~(Q(confirmed_by__isnull=True) ^ Q(confirmed_at__isnull=True)), name="confirmed_with_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.get_conclusion_display()}"


class PreAssessmentItem(models.Model):
    """One content of a pre-assessment (立项必要性, 投入经济性…): what was found and the points given of ``full``."""

    assessment = models.ForeignKey(PreAssessment, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    full = points_field()
    points = points_field()
    finding = models.TextField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "code"], name="one_assessment_of_a_content"),
            models.CheckConstraint(condition=Q(points__gte=0, points__lte=F("full")), name="points_within_full"),
        ]

    def __str__(self) -> str:
        return f"{self.name_zh} {self.points}"
