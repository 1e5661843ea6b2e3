"""Evaluation by the department or by finance (部门评价、财政评价): the agency, the index system, materials, report, reply, acceptance."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from zhiheng_web.ledgers.models import EvidenceFile
from zhiheng_web.organisation.models import Account, Department
from zhiheng_web.planning.models import PerformanceTable
from zhiheng_web.scaled import money_field, points_field


class Agency(models.Model):
    """第三方评价机构. Its people are accounts with the role of an agency; they see the evaluations they are engaged for and no other."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=100, unique=True)
    uscc = models.CharField(max_length=18, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class AgencyMember(models.Model):
    """Who works for an agency, from one day to another."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="members")
    account = models.ForeignKey(Account, models.PROTECT, related_name="agencies")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "account"], condition=Q(until__isnull=True), name="one_membership")]

    def __str__(self) -> str:
        return f"{self.agency} {self.account}"


class Evaluation(models.Model):
    """绩效评价 of one table (部门整体 or a project): organised by its department (部门评价) or by finance (财政评价).

    ``state`` follows the work: planned → engaged → collecting (materials) → scoring → drafted → replied → checked → accepted; ended
    early: cancelled with its reason. ``system`` names the index system it began with; its items stand in IndexItem. ``total`` and
    ``grade`` are kept at acceptance; ``frozen`` keeps with them the rules and marks they are worked out from, in canonical form.
    """

    class Kind(models.TextChoices):
        """Who organises it."""

        DEPARTMENT = "department", "部门评价"
        FINANCE = "finance", "财政评价"

    class State(models.TextChoices):
        """Where it stands."""

        PLANNED = "planned", "已立项"
        ENGAGED = "engaged", "已委托"
        COLLECTING = "collecting", "收集资料"
        SCORING = "scoring", "评分"
        DRAFTED = "drafted", "报告初稿"
        REPLIED = "replied", "已反馈意见"
        CHECKED = "checked", "质量审核通过"
        ACCEPTED = "accepted", "已验收"
        CANCELLED = "cancelled", "已终止"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    organiser = models.ForeignKey(Department, models.PROTECT, related_name="organised_evaluations")
    table = models.ForeignKey(PerformanceTable, models.PROTECT, related_name="evaluations")
    name = models.CharField(max_length=200)
    scope = models.TextField()
    system = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=State, default=State.PLANNED)
    document = models.CharField(max_length=200, blank=True)
    due_on = models.DateField()
    total = points_field(null=True, blank=True)
    grade = models.CharField(max_length=10, blank=True)
    frozen = models.JSONField(null=True, blank=True)
    planned_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    accepted_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    opinion = models.TextField(blank=True)
    edits = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-planned_at"]

    def __str__(self) -> str:
        return self.name


class Engagement(models.Model):
    """委托 of an agency with an evaluation: scope, contract, fee (元), and its declaration of interests (利益冲突声明).

    Until the agency has declared it sees the terms and nothing else. ``conflict`` filled: it declared one, and the engagement ends.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="engagements")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="engagements")
    contract_number = models.CharField(max_length=100)
    contract_on = models.DateField()
    fee = money_field()
    scope = models.TextField()
    contract = models.ForeignKey(EvidenceFile, models.PROTECT, null=True, blank=True, related_name="+")
    declared_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    declared_at = models.DateTimeField(null=True, blank=True)
    conflict = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.TextField(blank=True)
    engaged_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    engaged_at = models.DateTimeField()

    class Meta:
        ordering = ["evaluation", "engaged_at"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation"], condition=Q(ended_at__isnull=True), name="one_engagement_at_a_time"),
            models.CheckConstraint(condition=Q(fee__gte=0), name="fee_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation} {self.agency}"


class IndexItem(models.Model):
    """评价指标: one item of the index system 决策/过程/产出/效益 with its points, standard, what was found and the points given.

    ``frame`` names the ratio of zhiheng.evaluation.frame that feeds it, '' where a person judges. ``points`` is what the marks of the
    evaluators amount to, kept at acceptance.
    """

    class Level(models.TextChoices):
        """一级指标."""

        DECISION = "decision", "决策"
        PROCESS = "process", "过程"
        OUTPUT = "output", "产出"
        BENEFIT = "benefit", "效益"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    level_1 = models.CharField(max_length=10, choices=Level)
    level_2 = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=200)
    standard = models.TextField(blank=True)
    full = points_field()
    frame = models.CharField(max_length=40, blank=True)
    finding = models.TextField(blank=True)
    points = points_field(null=True, blank=True)

    class Meta:
        ordering = ["evaluation", "position"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "position"], name="item_position"),
            models.CheckConstraint(condition=Q(full__gt=0), name="item_has_points"),
        ]

    def __str__(self) -> str:
        return self.name


class Evaluator(models.Model):
    """评价专家 or member of the agency who gives marks. Sees nobody else's marks before his own are handed in.

    A conflict declared after marking voids his marks: ``voided_at`` and ``conflict`` keep why.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="evaluators")
    account = models.ForeignKey(Account, models.PROTECT, related_name="evaluations")
    declared_at = models.DateTimeField(null=True, blank=True)
    conflict = models.TextField(blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    appointed_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    edits = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["evaluation", "id"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "account"], name="appointed_once"),
            models.CheckConstraint(condition=~Q(account=F("appointed_by")), name="nobody_appoints_himself"),
        ]

    def __str__(self) -> str:
        return f"{self.account}"


class Mark(models.Model):
    """What one evaluator gives one item. None: he holds that it does not apply (leaves the mean)."""

    item = models.ForeignKey(IndexItem, models.PROTECT, related_name="marks")
    evaluator = models.ForeignKey(Evaluator, models.PROTECT, related_name="marks")
    points = points_field(null=True, blank=True)
    remark = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "evaluator"], name="one_mark")]

    def __str__(self) -> str:
        return f"{self.item} {self.points}"


class Material(models.Model):
    """资料清单: what the evaluated must hand in, by when; received when its file is there and not sent back."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="materials")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    due_on = models.DateField()
    file = models.ForeignKey(EvidenceFile, models.PROTECT, null=True, blank=True, related_name="+")
    handed_in_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    handed_in_at = models.DateTimeField(null=True, blank=True)
    sent_back = models.TextField(blank=True)
    waived = models.TextField(blank=True)

    class Meta:
        ordering = ["evaluation", "position"]
        constraints = [models.UniqueConstraint(fields=["evaluation", "position"], name="material_position")]

    def __str__(self) -> str:
        return self.name


class EvaluationReport(models.Model):
    """评价报告: each draft and the final one, immutable once handed in. The reply of the evaluated and the quality check stand with it.

    ``total`` is what the panel gave when it was handed in. ``returned``: why the organiser wants a further draft.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField()
    summary = models.TextField()
    problems = models.TextField()
    advice = models.TextField()
    total = points_field(null=True, blank=True)
    file = models.ForeignKey(EvidenceFile, models.PROTECT, null=True, blank=True, related_name="+")
    handed_in_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField()
    reply = models.TextField(blank=True)
    agrees = models.BooleanField(null=True, blank=True)
    reply_due_on = models.DateField(null=True, blank=True)
    replied_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    replied_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    checks = models.JSONField(default=list)
    passed = models.BooleanField(null=True, blank=True)
    check_opinion = models.TextField(blank=True)
    checked_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    returned = models.TextField(blank=True)
    returned_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["evaluation", "number"]
        constraints = [models.UniqueConstraint(fields=["evaluation", "number"], name="report_number")]

    def __str__(self) -> str:
        return f"{self.evaluation} {self.number}"


class SheetFigure(models.Model):
    """部门整体支出共性指标基础数据: one input of the department-wide frame in a year (编制数, 在职人数, 三公经费, 采购, 结转, 调整, 资产).

    ``code`` is an input of zhiheng.evaluation.frame; amounts in 元. ``source`` says where the figure stands. Never changed: a later one
    replaces it with its reason. ``value`` None with ``state`` says why there is none.
    """

    class State(models.TextChoices):
        """Whether there is a figure."""

        GIVEN = "given", "有数"
        NOT_APPLICABLE = "not_applicable", "不适用"
        MISSING = "missing", "未取得"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    department = models.ForeignKey(Department, models.PROTECT, related_name="sheet_figures")
    year = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    state = models.CharField(max_length=16, choices=State, default=State.GIVEN)
    value = points_field(null=True, blank=True)
    source = models.CharField(max_length=200)
    file = models.ForeignKey(EvidenceFile, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)
    entered_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaces")

    class Meta:
        ordering = ["department", "year", "code", "entered_at"]
        constraints = [
            models.UniqueConstraint(fields=["department", "year", "code"], condition=Q(replaced_by__isnull=True), name="one_sheet_figure"),
            models.CheckConstraint(condition=Q(state="given") ^ Q(value__isnull=True), name="a_given_figure_has_a_value"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.code}"
