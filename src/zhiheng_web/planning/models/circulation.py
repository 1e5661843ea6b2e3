"""How a version travels: the route, its circulation, decisions with grades, opinions on cells, replies to findings."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from zhiheng.plan.procedure import GRADE_NAMES, ROLE_NAMES
from zhiheng_web.organisation.models import Account, Department, Office
from zhiheng_web.planning.models.identity import Indicator
from zhiheng_web.planning.models.sources import SourceFile
from zhiheng_web.planning.models.tables import IndicatorRow, PerformanceTable, TableVersion
from zhiheng_web.scaled import points_field
from zhiheng_web.uniqueness import unique_with_empty


class Route(models.Model):
    """审批流程: the checkpoints that tables of a kind pass, editable as data. No department: the default of the installation.

    Where there is no row, tables travel the library's default. A circulation copies the checkpoints it runs through, so that
    editing a route changes no table under way. ``edits`` counts changes.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="routes")
    kind = models.CharField(max_length=12, choices=PerformanceTable.Kind, default=PerformanceTable.Kind.DEPARTMENT)
    name = models.CharField(max_length=100)
    edits = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [unique_with_empty("department", "kind", empty=("department",), name="one_route_a_kind")]

    def __str__(self) -> str:
        return self.name


class CheckpointFields(models.Model):
    """What one 审核环节 says, in a route and in a circulation: see zhiheng.plan.procedure.Checkpoint."""

    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=30)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    role = models.CharField(max_length=32, choices=[(role.value, names[0]) for role, names in ROLE_NAMES.items()])
    requires = models.CharField(max_length=100, blank=True)
    grades = models.BooleanField(default=False)
    by_office = models.BooleanField(default=False)
    again = models.BooleanField(default=False)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    working_days = models.BooleanField(default=True)

    class Meta:
        abstract = True


class RouteCheckpoint(CheckpointFields):
    """One 审核环节 of a route. ``days`` is how long it may take, in 工作日 or 自然日."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    route = models.ForeignKey(Route, models.CASCADE, related_name="checkpoints")

    class Meta:
        ordering = ["route", "position"]
        constraints = [models.UniqueConstraint(fields=["route", "position"], name="checkpoint_position")]

    def __str__(self) -> str:
        return self.name_zh


class Circulation(models.Model):
    """One run of a version through its route (流转): from 送审 to 批复, return, block or withdrawal.

    ``checkpoints`` are the checkpoints as they were at submission, verbatim. ``position`` is the index of the one that
    decides now; None when it has ended. ``turn`` counts decisions through all circulations of a version: a second decision on
    the same turn is a conflict. ``content`` is what was submitted (planning.comparison), so that a reviewer sees what changed
    since the last time; ``digest`` its digest; ``warnings`` the findings that were replied to, ``weighed`` whether the points
    were complete.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    version = models.ForeignKey(TableVersion, models.PROTECT, related_name="circulations")
    checkpoints = models.JSONField()
    position = models.PositiveSmallIntegerField(null=True)
    checkpoint_role = models.CharField(max_length=32, blank=True, db_index=True)
    turn = models.PositiveSmallIntegerField(default=0)
    submitted_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(default=timezone.now)
    content = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    warnings = models.PositiveIntegerField(default=0)
    weighed = models.BooleanField(default=False)
    reached_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["version", "submitted_at"]
        constraints = [models.UniqueConstraint(fields=["version"], condition=Q(ended_at__isnull=True), name="one_open_circulation")]

    def __str__(self) -> str:
        return f"{self.version}"


class Decision(models.Model):
    """审核意见 of one checkpoint: immutable. ``minutes`` is the 纪要号 of a meeting, ``document`` the number of a 批复."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    circulation = models.ForeignKey(Circulation, models.PROTECT, related_name="decisions")
    turn = models.PositiveSmallIntegerField()
    checkpoint_code = models.CharField(max_length=30)
    checkpoint_zh = models.CharField(max_length=60)
    checkpoint_en = models.CharField(max_length=60)
    checkpoint_role = models.CharField(max_length=32, blank=True, db_index=True)
    outcome = models.CharField(max_length=10)
    opinion = models.TextField(blank=True)
    minutes = models.CharField(max_length=100, blank=True)
    document = models.CharField(max_length=100, blank=True)
    total = points_field(null=True, blank=True)
    grade = models.CharField(max_length=10, blank=True, choices=[(grade.value, names[0]) for grade, names in GRADE_NAMES.items()])
    mend = models.TextField(blank=True)
    decided_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)
    signed_scan = models.ForeignKey(SourceFile, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["circulation", "turn"]
        constraints = [models.UniqueConstraint(fields=["circulation", "turn"], name="one_decision_a_turn")]

    def __str__(self) -> str:
        return f"{self.checkpoint_zh} {self.outcome}"


class SignOff(models.Model):
    """会签: for which office a section head agreed at a checkpoint that every office signs. No office: the duties of the whole unit."""

    circulation = models.ForeignKey(Circulation, models.PROTECT, related_name="sign_offs")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="sign_offs")
    checkpoint_code = models.CharField(max_length=30)
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [unique_with_empty("circulation", "checkpoint_code", "office", empty=("office",), name="one_sign_off_an_office")]

    def __str__(self) -> str:
        return f"{self.checkpoint_code} {self.office or ''}"


class ReviewGrade(models.Model):
    """One of the four contents (完整性 completeness, 相关性 relevance, 适当性 adequacy, 可行性 feasibility) of a decision."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="grades")
    content = models.CharField(max_length=20)
    item = models.CharField(max_length=30)
    points = points_field(null=True, blank=True)
    full = points_field(null=True, blank=True)
    grade = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "item"], name="one_grade_an_item")]

    def __str__(self) -> str:
        return f"{self.content} {self.points}"


class CellOpinion(models.Model):
    """An opinion on one cell (逐格意见). ``field`` as in planning.fields; no row: the table's head. Resolved by an answer."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    version = models.ForeignKey(TableVersion, models.PROTECT, related_name="cell_opinions")
    row = models.ForeignKey(IndicatorRow, models.PROTECT, null=True, blank=True, related_name="cell_opinions")
    field = models.CharField(max_length=30)
    text = models.TextField()
    written_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["version", "written_at"]

    def __str__(self) -> str:
        return self.text


class FindingReply(models.Model):
    """The office's reply to a finding of the audit (问题答复), kept with the words of the finding it answers."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    version = models.ForeignKey(TableVersion, models.PROTECT, related_name="finding_replies")
    code = models.CharField(max_length=10)
    row = models.ForeignKey(IndicatorRow, models.PROTECT, null=True, blank=True, related_name="finding_replies")
    field = models.CharField(max_length=30)
    finding = models.TextField()
    text = models.TextField()
    replied_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    replied_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["version", "replied_at"]

    def __str__(self) -> str:
        return self.text


class ChangeReason(models.Model):
    """Why an adjustment changes one indicator (调整理由): asked for each changed, added or removed target."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    version = models.ForeignKey(TableVersion, models.PROTECT, related_name="change_reasons")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    text = models.TextField()
    written_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "indicator"], name="one_reason_a_change")]

    def __str__(self) -> str:
        return self.text
