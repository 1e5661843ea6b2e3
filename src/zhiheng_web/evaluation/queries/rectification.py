"""Rectifications for their pages: the ledger with its filters and counts, one item, an order, what an order may come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.urls import NoReverseMatch, reverse

from zhiheng_web.evaluation.actions.open_correction import responsible_persons
from zhiheng_web.evaluation.models import RectificationItem, RectificationOrder, RectificationStep, SelfEvaluation
from zhiheng_web.evaluation.policies.evaluations import visible_evaluations, visible_rechecks
from zhiheng_web.evaluation.policies.monitoring import visible_reports
from zhiheng_web.evaluation.policies.rectification import (
    ORDER,
    deciding,
    item_for,
    may_work,
    scope_of,
    scope_of_table,
    visible_items,
    visible_orders,
    works_on,
)
from zhiheng_web.evaluation.policies.self_evaluation import visible_self_evaluations
from zhiheng_web.evaluation.queries.proposed_problems import Proposed, proposed_problems
from zhiheng_web.evaluation.rectifying import SOURCES, STATES, STEPS, TONES, Kind, State, source_of, source_of_order, standing, subject_of
from zhiheng_web.ledgers.models import EvidenceFile
from zhiheng_web.organisation.authority import absent, authorise_menu, may
from zhiheng_web.organisation.models import Account
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import IndicatorRow, PerformanceTable
from zhiheng_web.planning.policies import visible_tables
from zhiheng_web.planning.queries.tables import table_for
from zhiheng_web.wording import Text

PAGE = 100
BESIDE = (
    "table__unit__department", "table__project", "order__issuer", "monitoring_row__report__round", "indicator", "office",
    "responsible_account", "closed_by",
)  # fmt: skip


class Filters(NamedTuple):
    """What the ledger is narrowed to; '' everything. ``state`` a key of STATES, ``source`` a key of SOURCES, ``mine`` the viewer's own."""

    year: str = ""
    state: str = ""
    source: str = ""
    unit: str = ""
    text: str = ""
    mine: str = ""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item as the ledger shows it today."""

    item: RectificationItem
    today: date

    @property
    def state(self) -> str:
        """A key of STATES."""
        return standing(self.item, self.today)

    @property
    def state_name(self) -> Text:
        """How it stands, in words."""
        return STATES[self.state]

    @property
    def tone(self) -> str:
        """The class of its badge."""
        return TONES.get(self.state, "")

    @property
    def days_left(self) -> int:
        """Days until it is due; below 0 once the day has passed."""
        return (self.item.due_on - self.today).days

    @property
    def late(self) -> int:
        """Days past its day."""
        return -self.days_left

    @property
    def source(self) -> Text:
        """What it came from."""
        return SOURCES[source_of(self.item)]

    @property
    def responsible(self) -> str:
        """Who answers for it."""
        return self.item.responsible_account.name if self.item.responsible_account else self.item.responsible


@dataclass(frozen=True, slots=True)
class Ledger:
    """The items that the filters let through: one page of them, how many stand how, and what can be chosen."""

    lines: Sequence[ItemLine]
    counts: dict[str, int]
    filters: Filters
    years: Sequence[int]
    units: Sequence[tuple[UUID, str]]
    page: int
    pages: int

    @property
    def total(self) -> int:
        """How many there are in all."""
        return sum(self.counts.values())

    @property
    def tally(self) -> list[tuple[str, Text, str, int]]:
        """State, its words, its tone and how many, in the order of STATES."""
        return [(code, text, TONES.get(code, ""), self.counts.get(code, 0)) for code, text in STATES.items()]


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One item with its steps, what the viewer may do now and who may answer for it."""

    line: ItemLine
    steps: Sequence[tuple[RectificationStep, Text]]
    can: dict[str, bool]
    people: Sequence[Account]
    origin: Text
    origin_link: str

    @property
    def item(self) -> RectificationItem:
        """The item itself."""
        return self.line.item


def ledger(viewer: Viewer, filters: Filters, page: int = 1, size: int = PAGE) -> Ledger:
    """The ledger. The same number of queries for any number of items."""
    authorise_menu(viewer, "evaluation.see_rectification")
    today, seen = viewer.today(), visible_items(viewer)
    years = sorted(set(seen.order_by().values_list("table__year", flat=True)), reverse=True)
    units = sorted(set(seen.order_by().values_list("table__unit", "table__unit__name")), key=lambda row: row[1])
    narrowed = _narrowed(viewer, seen, filters)
    rows = narrowed.order_by().values_list("state", "due_on")
    counts = Counter("overdue" if state == State.OPEN and due < today else state for state, due in rows)
    kept = narrowed.filter(_standing(filters.state, today)) if filters.state in STATES else narrowed
    number = counts.get(filters.state, 0) if filters.state in STATES else sum(counts.values())
    pages = max(1, -(-number // size))
    page = min(max(page, 1), pages)
    ordered = kept.select_related(*BESIDE).order_by(F("closed_at").asc(nulls_first=True), "due_on", "opened_at", "position")
    lines = [ItemLine(item, today) for item in ordered[(page - 1) * size : page * size]]
    return Ledger(lines, dict(counts), filters, years, units, page, pages)


def item_page(viewer: Viewer, item: UUID) -> ItemPage:
    """One item. A constant number of queries."""
    row = item_for(viewer, item)
    steps = list(row.steps.select_related("by", "file").order_by("number"))
    can = _can(viewer, row, steps)
    people = ()
    if can["set_measure"]:
        people = tuple(Account.objects.filter(pk__in=responsible_persons(viewer, scope_of(row))).order_by("name"))
    origin, link = _origin(row)
    return ItemPage(ItemLine(row, viewer.today()), [(one, STEPS[one.kind]) for one in steps], can, people, origin, link)


def order_for(viewer: Viewer, order: UUID) -> RectificationOrder:
    """The order with its table and issuer, or Absent."""
    beside = (
        "table__unit__department",
        "table__project",
        "issuer",
        "ordered_by",
        "recheck__sample",
        "evaluation",
        "self_evaluation",
        "report",
    )
    found = visible_orders(viewer).select_related(*beside).filter(pk=order).first()
    if found is None:
        raise absent(ORDER)
    return found


def order_lines(viewer: Viewer, order: UUID) -> tuple[RectificationOrder, list[ItemLine], Text]:
    """An order with its items, and what it came from."""
    found = order_for(viewer, order)
    items = found.items.select_related(*BESIDE).order_by("position")
    return found, [ItemLine(item, viewer.today()) for item in items], SOURCES[source_of_order(found)]


@dataclass(frozen=True, slots=True)
class Draft:
    """What an order about a table may come from and be about; ``problems`` are proposed."""

    table: PerformanceTable
    sources: Sequence[tuple[str, UUID, Text]]
    indicators: Sequence[tuple[UUID, str]]
    problems: Sequence[Proposed]

    @property
    def choices(self) -> list[tuple[str, Text]]:
        """The sources as the form sends them: ``kind:identity``."""
        return [(f"{kind}:{identity}", text) for kind, identity, text in self.sources]


def draft_of(viewer: Viewer, table: UUID, chosen: str = "") -> Draft:
    """What stands on the form of an order about a table. ``chosen``: the source, as ``kind:identity``."""
    found = table_for(viewer, table)
    sources = _sources(viewer, found)
    rows = IndicatorRow.objects.filter(version__table=found).order_by("-version__number", "position").values_list("indicator", "name")
    indicators: dict[UUID, str] = {}
    for indicator, name in rows:
        indicators.setdefault(indicator, name)
    kind, _, identity = chosen.partition(":")
    chosen_one = next((one for one in sources if one[0] == kind and str(one[1]) == identity), None)
    proposed = proposed_problems(viewer, kind, chosen_one[1]) if chosen_one else []
    return Draft(found, sources, list(indicators.items()), proposed)


def tables_to_order(viewer: Viewer) -> list[PerformanceTable]:
    """The tables about which the viewer may order a rectification, newest year first."""
    seen = visible_tables(viewer).select_related("unit__department", "project").order_by("-year", "unit__code", "kind", "project__code")
    return [table for table in seen if may(viewer, "evaluation.order_rectification", scope_of_table(table))]


def step_file(viewer: Viewer, item: UUID, step: UUID) -> EvidenceFile:
    """The file of a step of an item that the viewer reads, or Absent."""
    row = item_for(viewer, item)
    found = row.steps.filter(pk=step, file__isnull=False).select_related("file").first()
    if found is None or found.file is None:
        raise absent(Text("该文件", "this file"))
    return found.file


def ledger_rows(lines: Sequence[ItemLine]) -> list[list[Any]]:
    """The ledger as rows of a file."""
    heads = (
        Text("年度", "Year"), Text("单位", "Unit"), Text("对象", "About"), Text("来源", "Source"), Text("问题", "Problem"),
        Text("整改要求", "Demand"), Text("整改措施", "Measure"), Text("责任人", "Responsible"), Text("期限", "Due"), Text("状态", "State"),
        Text("销号日期", "Closed on"), Text("复核人", "Reviewed by"),
    )  # fmt: skip
    rows: list[list[Any]] = [[str(head) for head in heads]]
    for line in lines:
        item = line.item
        rows.append(
            [
                item.table.year, item.table.unit.name, subject_of(item.table), str(line.source), item.problem, item.demand,
                item.measure, line.responsible, str(item.due_on), str(line.state_name),
                f"{item.closed_at:%Y-%m-%d}" if item.closed_at else "", item.closed_by.name if item.closed_by else "",
            ]
        )  # fmt: skip
    return rows


def _narrowed(viewer: Viewer, seen: QuerySet[RectificationItem], filters: Filters) -> QuerySet[RectificationItem]:
    """The items by everything but how they stand."""
    if filters.year.isdecimal() and len(filters.year) == 4:
        seen = seen.filter(table__year=int(filters.year))
    if filters.source in SOURCES:
        seen = seen.filter(_from(filters.source))
    if filters.unit:
        seen = seen.filter(table__unit=_uuid(filters.unit))
    if filters.text:
        words = filters.text[:100]
        seen = seen.filter(Q(problem__icontains=words) | Q(measure__icontains=words) | Q(responsible__icontains=words))
    if filters.mine and viewer.account is not None:
        seen = seen.filter(responsible_account=viewer.account)
    return seen


def _standing(state: str, today: date) -> Q:
    if state == "overdue":
        return Q(state=State.OPEN, due_on__lt=today)
    return Q(state=State.OPEN, due_on__gte=today) if state == State.OPEN else Q(state=state)


def _from(source: str) -> Q:
    if source == "correction":
        return Q(order__isnull=True)
    if source == "other":
        return Q(order__recheck=None, order__evaluation=None, order__self_evaluation=None, order__report=None, order__isnull=False)
    return Q(**{f"order__{source}__isnull": False})


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _can(viewer: Viewer, row: RectificationItem, steps: Sequence[RectificationStep]) -> dict[str, bool]:
    open_now, scope = row.state == State.OPEN, scope_of(row)
    can = {
        name: open_now and may_work(viewer, f"evaluation.{name}", row) for name in ("set_measure", "report_progress", "report_rectified")
    }
    can["report_rectified"] &= bool(row.measure)
    reporter = next((one.by_id for one in reversed(steps) if one.kind == Kind.REPORTED), None)
    own = viewer.account is not None and viewer.account.pk in (reporter, row.responsible_account_id)
    reviews = may(viewer, deciding(row, "review"), scope)
    can["review"] = row.state == State.REPORTED and reviews and not own
    can["review_own"] = row.state == State.REPORTED and reviews and own
    can["extend"] = open_now and may(viewer, deciding(row, "extend"), scope) and not works_on(viewer, row)
    return can


def _origin(row: RectificationItem) -> tuple[Text, str]:
    """What it came from in words, and its page where there is one."""
    if row.order is not None:
        return Text(row.order.title, row.order.title), _address("evaluation:order", row.order.pk)
    report = row.monitoring_row.report if row.monitoring_row else None
    if report is None:
        return SOURCES["other"], ""
    return Text(report.round.name, report.round.name), _address("evaluation:report", report.pk)


def _sources(viewer: Viewer, table: PerformanceTable) -> list[tuple[str, UUID, Text]]:
    """What an order about a table may come from, each with its kind, identity and name. Four queries."""
    found: list[tuple[str, UUID, Text]] = []
    rechecks = visible_rechecks(viewer).filter(self_evaluation__table=table, finished_at__isnull=False).select_related("sample")
    found += [("recheck", one.pk, _said("recheck", one.sample.name)) for one in rechecks]
    found += [("evaluation", one.pk, _said("evaluation", one.name)) for one in visible_evaluations(viewer).filter(table=table)]
    cards = visible_self_evaluations(viewer).filter(table=table).exclude(state=SelfEvaluation.State.DRAFT)
    editions = [(one.pk, Text(f"{table.year}年第{one.edition}版", f"{table.year}, edition {one.edition}")) for one in cards]
    found += [("self_evaluation", pk, _said("self_evaluation", name)) for pk, name in editions]
    reports = visible_reports(viewer).filter(table=table).select_related("round")
    found += [("report", one.pk, _said("report", one.round.name)) for one in reports]
    return found


def _said(kind: str, name: str | Text) -> Text:
    zh, en = (name.zh, name.en) if isinstance(name, Text) else (name, name)
    return Text(f"{SOURCES[kind].zh}：{zh}", f"{SOURCES[kind].en}: {en}")


def _address(name: str, identity: UUID) -> str:
    try:
        return reverse(name, args=[identity])
    except NoReverseMatch:
        return ""
