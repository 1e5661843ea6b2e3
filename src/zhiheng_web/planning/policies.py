"""Who may do what in planning, and which tables and rows a viewer sees."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from zhiheng.plan.procedure import EDITORS, FINANCE_ROLES, WITHIN_DEPARTMENT, Role, State
from zhiheng_web.organisation.authority import Grant, policies, within
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import Circulation, Decision, DutyHolding, PerformanceTable, TableVersion
from zhiheng_web.wording import Text

OFFICER = frozenset({Role.PERFORMANCE_OFFICER})
FILLERS = frozenset(EDITORS)
DEPARTMENT_READERS = frozenset(
    {
        Role.PERFORMANCE_OFFICER,
        Role.SUPERVISING_LEADER,
        Role.PARTY_GROUP,
        Role.HEAD,
        Role.DISCIPLINE,
        Role.DISCLOSURE_REVIEWER,
        Role.AUDITOR,
    }
)
"""Who sees every table of the department in every state."""
OFFICE_READERS = frozenset({Role.FILLER, Role.SECTION_HEAD})
"""Who sees the tables of the unit they work in."""
READERS = DEPARTMENT_READERS | OFFICE_READERS | FINANCE_ROLES

POLICIES = policies(
    {
        "planning.see_tables": Grant(READERS, Text("查看绩效目标表", "See performance tables")),
        "planning.import_table": Grant(FILLERS, Text("导入绩效目标表", "Import a table")),
        "planning.generate_table": Grant(OFFICER, Text("生成新年度表", "Generate the new year's table")),
        "planning.edit_cells": Grant(FILLERS, Text("填写绩效目标表", "Edit a table")),
        "planning.reply_finding": Grant(FILLERS, Text("答复问题", "Reply to a finding")),
        "planning.set_weights": Grant(OFFICER, Text("设置分值", "Set points")),
        "planning.divide_indicator": Grant(OFFICER, Text("拆分复合指标", "Divide a compound indicator")),
        "planning.submit_table": Grant(frozenset({Role.FILLER, Role.PERFORMANCE_OFFICER}), Text("送审", "Submit")),
        "planning.withdraw_table": Grant(frozenset({Role.FILLER, Role.PERFORMANCE_OFFICER}), Text("撤回", "Withdraw")),
        "planning.write_opinion": Grant(READERS - OFFICE_READERS, Text("逐格提出意见", "Write an opinion on a cell")),
        "planning.adjust_table": Grant(OFFICER, Text("申请调整目标", "Propose an adjustment")),
    }
)


def scope_of(table: PerformanceTable, duty_id: object = None) -> Scope:
    """Where a table belongs; with a duty, the office that holds it in the table's year too. At most one query."""
    unit = table.unit
    if duty_id is None:
        return Scope(unit.department_id, unit.pk)
    return Scope(unit.department_id, unit.pk, offices_of([duty_id], table.year).get(duty_id, frozenset()))


def offices_of(duties: list[object], year: int) -> dict[object, frozenset]:
    """The offices that hold each duty at some time of the year. One query."""
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    holdings = DutyHolding.objects.filter(Q(until__isnull=True) | Q(until__gt=first), duty__in=duties, since__lt=after)
    found: dict[object, set] = {}
    for duty, office in holdings.values_list("duty_id", "office_id"):
        if office is not None:
            found.setdefault(duty, set()).add(office)
    return {duty: frozenset(offices) for duty, offices in found.items()}


def visible_versions(viewer: Viewer) -> QuerySet[TableVersion]:
    """The versions a viewer may read.

    Leaders, officers and auditors read all of their department or unit; an office reads those of its unit; finance reads a
    version once it has left the department, and for ever after: not the drafts before.
    """
    department, unit = "table__unit__department", "table__unit"
    inside = within(viewer.bounds(DEPARTMENT_READERS), department, unit)
    inside |= within(viewer.bounds(OFFICE_READERS), department, unit, "table__unit__offices")
    past_the_door = Decision.objects.exclude(checkpoint_code__in=WITHIN_DEPARTMENT).values("circulation")
    reached = Circulation.objects.filter(Q(checkpoint_role__in=FINANCE_ROLES) | Q(pk__in=past_the_door)).values("version")
    settled = Q(state__in=[State.APPROVED, State.SUPERSEDED, State.DECLARED_HISTORY])
    finance = within(viewer.bounds(FINANCE_ROLES), department, unit) & (Q(pk__in=reached) | settled)
    return TableVersion.objects.filter(inside | finance).distinct()


def visible_tables(viewer: Viewer) -> QuerySet[PerformanceTable]:
    """The tables of which a viewer may read some version."""
    return PerformanceTable.objects.filter(pk__in=visible_versions(viewer).values("table"))
