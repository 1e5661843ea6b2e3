"""Monitoring (绩效运行监控): rounds, what each table reported in them, and the curve along which a target is reached in the year."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from zhiheng_web.ledgers.models import Snapshot
from zhiheng_web.organisation.models import Account, Department
from zhiheng_web.planning.models import BudgetLine, Indicator, IndicatorRow, PerformanceTable, TableVersion
from zhiheng_web.scaled import money_field, points_field, quantity_field


class MonitoringRound(models.Model):
    """监控轮次 of a department: the months it looks at, the day by which tables report, and the policy of its lamps.

    ``last`` is the day of the data (数据截止日). Planned while ``opened_at`` is empty, open until ``closed_at``. A closed round is
    never written again by any path; what became known later stands in the next round. ``tables`` are the ids of the chosen tables;
    None where ``covers`` says by kind which report.
    """

    class Covers(models.TextChoices):
        """Which tables report."""

        ALL = "all", "部门整体和全部项目"
        DEPARTMENT = "department", "部门整体"
        PROJECTS = "projects", "项目支出"
        CHOSEN = "chosen", "指定的表"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    department = models.ForeignKey(Department, models.PROTECT, related_name="monitoring_rounds")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    first = models.DateField()
    last = models.DateField()
    due_on = models.DateField()
    covers = models.CharField(max_length=12, choices=Covers, default=Covers.ALL)
    tables = models.JSONField(null=True, blank=True)
    policy = models.CharField(max_length=40)
    document = models.CharField(max_length=200, blank=True)
    planned_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-year", "department", "number"]
        constraints = [
            models.UniqueConstraint(fields=["department", "year", "number"], name="round_number"),
            models.CheckConstraint(condition=Q(last__gte=F("first")) & Q(due_on__gt=F("last")), name="round_in_order"),
            models.CheckConstraint(condition=Q(closed_at__isnull=True) | Q(opened_at__isnull=False), name="closed_after_it_was_open"),
        ]

    def __str__(self) -> str:
        return self.name


class MonitoringReport(models.Model):
    """绩效目标执行监控表 of one table in a round: the money, the lamps and the words. Its indicators stand in MonitoringRow.

    ``version`` is the version in force on the round's last day. ``known_at`` is the instant at which values were frozen. A report of a
    closed round never changes. ``edits`` counts changes: of two editors the second sees a conflict. ``returned`` is why it was last
    returned.
    """

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", "填报中"
        RETURNED = "returned", "被退回"
        SUBMITTED = "submitted", "已报送"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    round = models.ForeignKey(MonitoringRound, models.PROTECT, related_name="reports")
    table = models.ForeignKey(PerformanceTable, models.PROTECT, related_name="monitoring_reports")
    version = models.ForeignKey(TableVersion, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    known_at = models.DateTimeField()
    budget_lamp = models.CharField(max_length=8, blank=True)
    goal_lamp = models.CharField(max_length=8, blank=True)
    lamp = models.CharField(max_length=8, blank=True)
    budget_trace = models.JSONField(default=list)
    budget_reason = models.TextField(blank=True)
    overview = models.TextField(blank=True)
    problems = models.TextField(blank=True)
    opinion = models.TextField(blank=True)
    returned = models.TextField(blank=True)
    submitted_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    edits = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["round", "table"]
        constraints = [models.UniqueConstraint(fields=["round", "table"], name="one_report_a_round")]

    def __str__(self) -> str:
        return f"{self.round} {self.table}"


class MonitoringFund(models.Model):
    """One row of the money of a report (元): 年初预算数, 调整后全年预算数, 执行数 in the months of the round, 全年预计执行数.

    ``until`` is the last month of which a payment is known: later months are unknown, not 0. None where none is, or before it was kept.
    """

    report = models.ForeignKey(MonitoringReport, models.PROTECT, related_name="funds")
    source = models.CharField(max_length=10, choices=BudgetLine.Source)
    initial = money_field()
    budget = money_field()
    executed = money_field(null=True, blank=True)
    forecast = money_field(null=True, blank=True)
    until = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["report", "source"]
        constraints = [models.UniqueConstraint(fields=["report", "source"], name="one_monitored_fund_a_source")]

    def __str__(self) -> str:
        return f"{self.report} {self.source}"


class MonitoringRow(models.Model):
    """One indicator in a report: its frozen value, how it stands to the pace of the year, and what the office says of it.

    ``state`` is that of ledgers.measures; ``value`` in ``unit`` None where there is no figure; ``due`` what the curve expects by the day
    in the same unit. ``reasons`` are codes of zhiheng.monitoring.deviation.REASONS with blanks between, ``possibility`` one of
    POSSIBILITIES, ``tier`` 1-3 the judgement of a qualitative target. ``trace`` are the steps of the lamp (code and parameters),
    ``curve`` the milestone curve along which it was judged (monitoring.curves.curve_json); None before that was kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(MonitoringReport, models.PROTECT, related_name="rows")
    indicator_row = models.ForeignKey(IndicatorRow, models.PROTECT, related_name="monitoring_rows")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="monitoring_rows")
    position = models.PositiveSmallIntegerField()
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=16)
    value = quantity_field(null=True, blank=True)
    unit = models.CharField(max_length=30, blank=True)
    shown_zh = models.CharField(max_length=300, blank=True)
    shown_en = models.CharField(max_length=300, blank=True)
    due = quantity_field(null=True, blank=True)
    lamp = models.CharField(max_length=8, blank=True)
    trace = models.JSONField(default=list)
    curve = models.JSONField(null=True, blank=True)
    tier = models.PositiveSmallIntegerField(null=True, blank=True)
    forecast = models.CharField(max_length=200, blank=True)
    possibility = models.CharField(max_length=12, blank=True)
    reasons = models.CharField(max_length=60, blank=True)
    explanation = models.TextField(blank=True)
    remark = models.TextField(blank=True)
    edits = models.PositiveIntegerField(default=0)
    edited_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["report", "position"]
        constraints = [models.UniqueConstraint(fields=["report", "indicator_row"], name="one_monitored_row")]
        indexes = [models.Index(fields=["indicator", "report"])]

    def __str__(self) -> str:
        return f"{self.report} {self.position}"


class Milestone(models.Model):
    """One point of an indicator's milestone curve (进度节点): by the end of ``on`` this share (0 to 1) of the year's target is due."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="milestones")
    year = models.PositiveSmallIntegerField()
    on = models.DateField()
    share = points_field()
    text = models.CharField(max_length=200, blank=True)
    set_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["indicator", "on"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "on"], name="one_milestone_a_day"),
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=1), name="milestone_share"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.share}"
