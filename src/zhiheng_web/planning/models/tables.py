"""The performance table and its versions: words as published, what they mean, and the tags that scoring needs."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhiheng.plan.procedure import STATE_NAMES, State
from zhiheng_web.organisation.models import Account, Unit
from zhiheng_web.planning.models.identity import Duty, Indicator
from zhiheng_web.planning.models.money import Project
from zhiheng_web.planning.models.sources import SourceFile
from zhiheng_web.scaled import money_field, points_field, quantity_field


def words(**options: object) -> models.TextField:
    """A text cell. NULL: the form has no such column; '': the cell is blank."""
    return models.TextField(null=True, blank=True, **options)


def typed() -> models.JSONField:
    """The typed value of a figure in the library's canonical form (values.canonical), written and read as one whole.

    SQL never looks inside: what is filtered or summed stands in columns of its own (``target_amount`` …).
    """
    return models.JSONField(null=True, blank=True)


class Standing(models.Manager):
    """The rows that stand in their version. A removed one stays in the database with what was said about it: ``_base_manager``."""

    def get_queryset(self) -> models.QuerySet:
        """Without what was removed."""
        return super().get_queryset().filter(removed_at__isnull=True)


class EditedRow(models.Model):
    """A row that people edit. ``edits`` is its version's count of edits at the row's last change: what changed since is one query."""

    edits = models.PositiveIntegerField(default=0)
    edited_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    edited_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = Standing()

    class Meta:
        abstract = True


STATES = [(state.value, names[0]) for state, names in STATE_NAMES.items()]


class PerformanceTable(models.Model):
    """One table of one unit or project for one year (绩效目标表); its content stands in its versions."""

    class Kind(models.TextChoices):
        """Whose goals it holds."""

        DEPARTMENT = "department", "部门整体"
        UNIT = "unit", "单位整体"
        PROJECT = "project", "项目支出"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="tables")
    kind = models.CharField(max_length=12, choices=Kind)
    year = models.PositiveSmallIntegerField()
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="tables")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-year", "unit", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "year"], condition=Q(project__isnull=True), name="one_table_a_year"),
            models.UniqueConstraint(fields=["project", "year"], condition=Q(project__isnull=False), name="one_project_table_a_year"),
            models.CheckConstraint(condition=~(Q(kind="project") ^ Q(project__isnull=False)), name="a_project_table_has_a_project"),
        ]
        indexes = [models.Index(fields=["year", "kind"])]

    def __str__(self) -> str:
        return f"{self.year} {self.project or self.unit}"


class TableVersion(models.Model):
    """One version of a table. Open while ``state`` is editable, immutable afterwards; never deleted.

    ``head`` is the canonical JSON of the table without its rows, goal and five amounts, verbatim (labels, notes, goals,
    funds, columns…). ``in_force_from`` and ``in_force_until`` bound the days on which an approved version holds: the past is
    judged by the target in force then (``in_force_until`` is the day after the last). ``second_digest`` is what the second
    person of an adjustment confirmed: a change after it asks for a new confirmation. ``digest`` is that of the canonical JSON
    when it froze. ``approved_on`` is the day of the 批复; ``approval_scan`` its scan where it was given outside this installation and only
    recorded here. ``edits`` counts changes, ``head_edits`` is that count at the last change of the head, by ``edited_by``;
    ``checked_as`` names the text and rules of the findings that are kept (planning.checking), '' if none are.
    ``unscored`` keeps the choice to set no points: the table is monitored and not scored.
    """

    class Purpose(models.TextChoices):
        """Why the version was made."""

        DECLARATION = "declaration", "申报"
        ADJUSTMENT = "adjustment", "调整"
        HISTORY = "history", "历史申报"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    table = models.ForeignKey(PerformanceTable, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=12, choices=Purpose, default=Purpose.DECLARATION)
    state = models.CharField(max_length=20, choices=STATES, default=State.DRAFT.value)
    based_on = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    source = models.ForeignKey(SourceFile, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=300)
    layout = models.CharField(max_length=30)
    head = models.JSONField(default=dict)
    strategic_goal = words()
    money_unit = models.CharField(max_length=10, blank=True)
    total_text, total = words(), money_field(null=True, blank=True)
    fiscal_text, fiscal = words(), money_field(null=True, blank=True)
    other_text, other = words(), money_field(null=True, blank=True)
    basic_text, basic = words(), money_field(null=True, blank=True)
    project_text, project = words(), money_field(null=True, blank=True)
    scheme = models.CharField(max_length=40, blank=True)
    tree = models.CharField(max_length=20, blank=True)
    unscored = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    document = models.CharField(max_length=200, blank=True)
    second_person = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    second_confirmed_at = models.DateTimeField(null=True, blank=True)
    second_digest = models.CharField(max_length=64, blank=True)
    created_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    in_force_from = models.DateField(null=True, blank=True)
    in_force_until = models.DateField(null=True, blank=True)
    approval_number = models.CharField(max_length=100, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    approval_scan = models.ForeignKey(SourceFile, models.PROTECT, null=True, blank=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True)
    edits = models.PositiveIntegerField(default=0)
    head_edits = models.PositiveIntegerField(default=0)
    edited_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    edited_at = models.DateTimeField(null=True, blank=True)
    checked_as = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ["table", "number"]
        constraints = [
            models.UniqueConstraint(fields=["table", "number"], name="version_number"),
            models.UniqueConstraint(fields=["table"], condition=Q(state="approved"), name="one_version_in_force"),
            models.UniqueConstraint(fields=["table"], condition=Q(state__in=["draft", "circulating", "returned"]), name="one_open_version"),
        ]

    def __str__(self) -> str:
        return f"{self.table} v{self.number}"


class DutyRow(EditedRow):
    """部门职责 as worded in one version."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    version = models.ForeignKey(TableVersion, models.PROTECT, related_name="duty_rows")
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="rows")
    number = models.PositiveSmallIntegerField()
    name = models.TextField()
    objective = words()
    places = models.JSONField(default=dict)

    class Meta:
        ordering = ["version", "number"]
        constraints = [models.UniqueConstraint(fields=["version", "number"], condition=Q(removed_at__isnull=True), name="duty_number")]

    def __str__(self) -> str:
        return self.name


class IndicatorRow(EditedRow):
    """绩效指标 as worded in one version.

    A figure has two columns: ``*_text`` as published and ``*_value``, what it means; planning.mapping reads both.
    ``target_kind`` … ``target_unit`` repeat the typed target for filtering and
    totals. ``level_1``, ``level_2``, ``direction``, ``points``, ``method`` are the tags that scoring needs; the form may have
    none of them. ``join`` tells how its parts are joined. ``counting_basis`` is the code of the 计算口径 by which its actual is
    counted ('' the usual one; see ledgers), part of the target, ``counting_basis_text`` its words then. ``places`` tells where
    each cell stood in the source file.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    version = models.ForeignKey(TableVersion, models.PROTECT, related_name="indicator_rows")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="rows")
    duty_row = models.ForeignKey(DutyRow, models.PROTECT, null=True, blank=True, related_name="indicator_rows")
    position = models.PositiveSmallIntegerField()
    name = models.TextField()
    category = models.TextField(blank=True)
    horizon = models.CharField(max_length=10, blank=True)
    definition, remark, activity, project = words(), words(), words(), words()
    rule, nature, unit, reason = words(), words(), words(), words()
    target_text, target_value = words(), typed()
    target_kind = models.CharField(max_length=20, blank=True)
    target_op = models.CharField(max_length=10, blank=True)
    target_amount, target_upper = quantity_field(null=True, blank=True), quantity_field(null=True, blank=True)
    target_unit = models.CharField(max_length=30, blank=True)
    planned_text, planned_value = words(), typed()
    standard_text, standard_value = words(), typed()
    standard_source = words()
    mean_text, mean_value = words(), typed()
    last_year_text, last_year_value = words(), typed()
    history_source = words()
    actual_text, actual_value = words(), typed()
    weight_text, weight_value = words(), typed()
    awarded_text, awarded_value = words(), typed()
    graded = models.JSONField(default=list)
    level_1 = models.CharField(max_length=30, blank=True)
    level_2 = models.CharField(max_length=30, blank=True)
    direction = models.CharField(max_length=10, blank=True)
    points = points_field(null=True, blank=True)
    method = models.CharField(max_length=40, blank=True)
    join = models.CharField(max_length=10, blank=True)
    counting_basis = models.CharField(max_length=40, blank=True)
    counting_basis_text = models.CharField(max_length=300, blank=True)
    places = models.JSONField(default=dict)

    class Meta:
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], condition=Q(removed_at__isnull=True), name="indicator_position")
        ]
        indexes = [models.Index(fields=["indicator", "version"])]

    def __str__(self) -> str:
        return self.name


class PartRow(models.Model):
    """One part of a compound indicator (复合指标分项): its own target, unit and date."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    indicator_row = models.ForeignKey(IndicatorRow, models.PROTECT, related_name="parts")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    target_text = models.CharField(max_length=500)
    target_value = typed()
    unit = models.CharField(max_length=30, blank=True)
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["indicator_row", "position"]
        constraints = [models.UniqueConstraint(fields=["indicator_row", "position"], name="part_position")]

    def __str__(self) -> str:
        return self.name
