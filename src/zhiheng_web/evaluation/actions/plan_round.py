"""设置监控轮次: which months a round looks at, by when tables report, and by which policy its lamps burn. For one department or several."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Max, QuerySet

from zhiheng_web.evaluation.models import MonitoringRound
from zhiheng_web.evaluation.policies.monitoring import ROUND_KEEPERS
from zhiheng_web.local_rules import policies
from zhiheng_web.organisation.authority import absent, authorise, within
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.circulation.refusing import refuse_unfit_words
from zhiheng_web.planning.policies import visible_tables
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

LONGEST_NAME, LONGEST_DOCUMENT = 100, 200
YEARS = range(2000, 2100)
Covers = MonitoringRound.Covers


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """A round as somebody asks for it. ``last`` is the last day of its data (数据截止日). ``tables``: those chosen, where so."""

    year: int
    name: str
    first: date
    last: date
    due_on: date
    covers: str = Covers.ALL.value
    policy: str = "national"
    document: str = ""
    tables: Sequence[UUID] = ()


@action("evaluation.plan_round")
def plan_round(viewer: Viewer, departments: Collection[UUID], plan: RoundPlan) -> Done[list[MonitoringRound]]:
    """Plan the round for each of the departments; all of them or none."""
    found = list(departments_for(viewer).filter(pk__in=departments).select_for_update(no_key=True))
    if not found or len(found) != len(set(departments)):
        raise absent(Text("该部门", "this department"))
    for department in found:
        authorise(viewer, "evaluation.plan_round", Scope(department.pk))
    fit(plan)
    tables = chosen_tables(viewer, found, plan)
    plan = replace(plan, tables=kept_order(one for own in tables.values() for one in own))
    standing = MonitoringRound.objects.filter(department__in=found, year=plan.year)
    refuse_same_day(standing, plan)
    numbers = dict(standing.order_by().values_list("department").annotate(last=Max("number")))
    made = MonitoringRound.objects.bulk_create(
        MonitoringRound(
            department=department, year=plan.year, number=numbers.get(department.pk, 0) + 1, name=plan.name.strip(), first=plan.first,
            last=plan.last, due_on=plan.due_on, covers=plan.covers, policy=plan.policy, document=plan.document.strip(),
            planned_by=viewer.account, tables=told(tables.get(department.pk)),
        )
        for department in found
    )  # fmt: skip
    only = found[0] if len(found) == 1 else None
    details = {"name": plan.name.strip(), **said(plan), "departments": [department.name for department in found]}
    return Done(
        made, "evaluation.MonitoringRound", str(made[0].pk), plan.name.strip(), str(only.pk) if only else "", details=details
    )  # fmt: skip


def departments_for(viewer: Viewer) -> QuerySet[Department]:
    """The departments for which a viewer may plan rounds: the finance bureau's own account reviews others and has none itself."""
    seen = Department.objects.filter(within(viewer.bounds(ROUND_KEEPERS), "pk", "units", "units__offices")).values("pk")
    return Department.objects.filter(pk__in=seen, kind=Department.Kind.DEPARTMENT).order_by("code")


def fit(plan: RoundPlan) -> None:
    """Refuse a plan that is no round, with what is wrong at which input."""
    refuse_unfit_words({"name": plan.name, "document": plan.document})
    wrong: dict[str, Text] = {}
    if not plan.name.strip() or len(plan.name.strip()) > LONGEST_NAME:
        wrong["name"] = Text(f"请填写轮次名称，最多 {LONGEST_NAME} 字。", f"Name the round, {LONGEST_NAME} letters at most.")
    if plan.year not in YEARS or plan.first.year != plan.year or plan.last.year != plan.year:
        wrong["last"] = Text("监控期间须在该年度之内。", "The months of a round lie within its year.")
    elif plan.last < plan.first:
        wrong["last"] = Text("数据截止日早于起始日。", "The last day of the data comes before the first.")
    if plan.due_on <= plan.last:
        wrong["due_on"] = Text("报送截止日须晚于数据截止日。", "Tables report after the last day of the data.")
    if plan.covers not in Covers.values:
        wrong["covers"] = Text("请选择监控范围。", "Choose which tables report.")
    if plan.policy not in policies():
        wrong["policy"] = Text("没有这个监控办法，请从列表中选择。", "There is no such policy: choose one of the list.")
    if wrong:
        raise Invalid("round_unfit", next(iter(wrong.values())), wrong)


def chosen_tables(viewer: Viewer, departments: Sequence[Department], plan: RoundPlan) -> dict[UUID, list[UUID]]:
    """Department → the tables chosen of it; empty where the round does not cover chosen ones. Each department has at least one."""
    if plan.covers != Covers.CHOSEN:
        return {}
    wanted = set(plan.tables)
    known = visible_tables(viewer).filter(pk__in=wanted, year=plan.year, unit__department__in=departments)
    found: dict[UUID, list[UUID]] = {}
    for pk, department in known.order_by("pk").values_list("pk", "unit__department"):
        found.setdefault(department, []).append(pk)
    if sum(map(len, found.values())) != len(wanted):
        wrong = Text(
            "所选的表不是所选部门该年度的绩效目标表，请重新选择。",
            "A chosen table is not one of the departments in that year: choose again.",
        )
        raise Invalid("tables_unknown", wrong, {"tables": wrong})
    if without := [department.name for department in departments if department.pk not in found]:
        none = Text("请为{names}选择至少一张表。", "Choose at least one table of {names}.").with_(names="、".join(without))
        raise Invalid("tables_missing", none, {"tables": none})
    return found


def kept_order(tables: Iterable[UUID]) -> tuple[UUID, ...]:
    """Chosen tables in the order in which they are kept."""
    return tuple(sorted(set(tables), key=str))


def told(tables: Iterable[UUID] | None) -> list[str] | None:
    """Chosen tables as a round keeps them; None where none are."""
    return [str(pk) for pk in kept_order(tables)] if tables else None


def refuse_same_day(standing: QuerySet[MonitoringRound], plan: RoundPlan) -> None:
    """Refuse a second round on the same data: the day of the data tells rounds of a year apart."""
    twin = standing.filter(last=plan.last).select_related("department").first()
    if twin is not None:
        raise Refusal(
            "round_twice",
            Text(
                "{department}已有数据截止 {day} 的“{name}”，不能重复设置。",
                "{department} already has “{name}” on data up to {day}.",
            ).with_(department=twin.department.name, day=plan.last.isoformat(), name=twin.name),
        )


def said(plan: RoundPlan) -> dict[str, str]:
    """A plan as the trail keeps it."""
    return {
        "first": plan.first.isoformat(), "last": plan.last.isoformat(), "due_on": plan.due_on.isoformat(), "covers": plan.covers,
        "policy": plan.policy, "document": plan.document.strip(), **({"tables": " ".join(map(str, plan.tables))} if plan.tables else {}),
    }  # fmt: skip
