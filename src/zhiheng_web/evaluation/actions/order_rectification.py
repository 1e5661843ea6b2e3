"""下达整改通知: the problems that finance, or the department for its units and projects, asks to be put right by a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhiheng_web.evaluation.models import RectificationItem, RectificationOrder
from zhiheng_web.evaluation.policies.evaluations import visible_evaluations, visible_rechecks
from zhiheng_web.evaluation.policies.monitoring import visible_reports
from zhiheng_web.evaluation.policies.rectification import FINANCE, scope_of_table
from zhiheng_web.evaluation.policies.self_evaluation import visible_self_evaluations
from zhiheng_web.evaluation.rectifying import ORDER_SOURCES, digest, needed
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.circulation.refusing import refuse_unfit_words
from zhiheng_web.planning.models import Indicator, IndicatorRow, PerformanceTable
from zhiheng_web.planning.policies import offices_of
from zhiheng_web.planning.queries.tables import table_for
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.wording import Text

MOST = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem with what is demanded. ``due_on`` None: by the day of the order."""

    problem: str
    demand: str = ""
    indicator: UUID | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class OrderValues:
    """An order: about which table, from what (``source`` one of ORDER_SOURCES and its identity), what and by when."""

    table: UUID
    title: str
    due_on: date
    problems: Sequence[Problem]
    source: str = ""
    source_id: UUID | None = None


@action("evaluation.order_rectification", steps=("order_rectification",))
def order_rectification(viewer: Viewer, values: OrderValues) -> Done[RectificationOrder]:
    """Give the order; every problem becomes an item of the ledger. What asks is named: finance, else the table's department."""
    table = table_for(viewer, values.table)
    PerformanceTable.objects.select_for_update(no_key=True).get(pk=table.pk)
    scope = scope_of_table(table)
    authorise(viewer, "evaluation.order_rectification", scope)
    beginning = _refuse(viewer, table, values)
    issuer = table.unit.department
    if viewer.holds(FINANCE, scope):
        issuer = Department.objects.filter(kind=Department.Kind.FINANCE).order_by("code").first() or issuer
    order = RectificationOrder.objects.create(
        table=table, issuer=issuer, title=values.title.strip(), due_on=values.due_on, ordered_by=viewer.account, ordered_at=viewer.now(),
        **({f"{values.source}_id": values.source_id} if values.source else {}),
    )  # fmt: skip
    offices = _offices(table, [one.indicator for one in values.problems])
    items = [
        RectificationItem(
            table=table, order=order, position=beginning + place, problem=one.problem.strip(), demand=one.demand.strip(),
            indicator_id=one.indicator, due_on=one.due_on or values.due_on, opened_by=viewer.account, opened_at=viewer.now(),
            office_id=offices.get(one.indicator) or (table.project.office_id if table.project else None),
        )
        for place, one in enumerate(values.problems, 1)
    ]  # fmt: skip
    RectificationItem.objects.bulk_create(items)
    details = {"count": len(items), "due_on": str(order.due_on), "source": values.source or "other"}
    after = digest_of([order.title, *(digest(item) for item in items)])
    return Done(order, "evaluation.RectificationOrder", str(order.pk), order.title, str(scope.department), after=after, details=details)


def _offices(table: PerformanceTable, indicators: Sequence[UUID | None]) -> dict[UUID | None, UUID]:
    """Indicator → the office that holds its duty in the table's year, where one does."""
    duties = dict(Indicator.objects.filter(pk__in=[one for one in indicators if one], duty__isnull=False).values_list("pk", "duty"))
    held = offices_of(list(set(duties.values())), table.year)
    return {one: min(held[duty], key=str) for one, duty in duties.items() if len(held.get(duty, ())) == 1}


def _refuse(viewer: Viewer, table: PerformanceTable, values: OrderValues) -> int:
    """Refuse what cannot be ordered; gives the number of the table's items so far."""
    needed("title", values.title, TITLE)
    if len(values.title) > 200:
        raise _wrong("title", Text("标题不超过 200 字。", "A title has at most 200 characters."))
    if values.due_on < viewer.today():
        raise _wrong("due_on", PAST)
    if not 1 <= len(values.problems) <= MOST:
        raise _wrong("problems", Text("请填写 1 到 {n} 个问题。", "Name 1 to {n} problems.").with_(n=MOST))
    for number, one in enumerate(values.problems, 1):
        refuse_unfit_words({"problems": one.problem, "demand": one.demand})
        if not one.problem.strip():
            raise _wrong("problems", Text("第 {n} 个问题没有内容。", "Problem {n} is blank.").with_(n=number))
        if one.due_on is not None and one.due_on < viewer.today():
            raise _wrong("problems", PAST)
    asked = {one.indicator for one in values.problems} - {None}
    known = set(IndicatorRow.objects.filter(version__table=table, indicator__in=asked).values_list("indicator", flat=True))
    if asked - known:
        raise _wrong("problems", Text("所选指标不在该表中，请重新选择。", "This table has no such indicator; choose again."))
    _refuse_source(viewer, table, values)
    return RectificationItem.objects.filter(table=table).count()


def _refuse_source(viewer: Viewer, table: PerformanceTable, values: OrderValues) -> None:
    if not values.source and values.source_id is None:
        return
    if values.source not in ORDER_SOURCES:
        raise _wrong("source", Text("请选择问题来源。", "Choose where the problems come from."))
    seen = {
        "recheck": visible_rechecks(viewer).filter(self_evaluation__table=table, finished_at__isnull=False),
        "evaluation": visible_evaluations(viewer).filter(table=table),
        "self_evaluation": visible_self_evaluations(viewer).filter(table=table),
        "report": visible_reports(viewer).filter(table=table),
    }[values.source]
    if not seen.filter(pk=values.source_id).exists():
        raise absent(Text("问题来源", "the source of the problems"))


def _wrong(name: str, text: Text) -> Invalid:
    return Invalid("invalid", text, {name: text})


TITLE = Text("整改通知的标题", "title of the order")
PAST = Text("整改期限不能早于今天。", "The day it is due cannot lie in the past.")
