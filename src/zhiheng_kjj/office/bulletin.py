"""科技创新通报: the figures of the counties from the ledgers, from the year's beginning to the day of the data (累计)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet

from zhiheng_kjj.office.desk import Desk
from zhiheng_kjj.office.tables import Cell, Heading, Table, figure, word
from zhiheng_web.ledgers.divisions import counties_of, county_name
from zhiheng_web.ledgers.models import EntryVersion
from zhiheng_web.ledgers.queries.reading import WAN
from zhiheng_web.wording import Text

Figures = dict[str, Decimal]
CERTIFIED = ("certified", "moved_out", "cancelled", "expired")
PLATFORMS = (
    "key_laboratory",
    "innovation_centre",
    "engineering_centre",
    "clinical_centre",
    "new_institute",
    "community",
    "international_base",
)
WHOLE = ""
"""The key of the whole city beside the counties' codes."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One column of the table: the register that it comes from and how it is worked out for the counties and the city."""

    text: Text
    register: str
    of: Callable[[Desk], Figures]
    share: int = 3


def tables(desk: Desk) -> list[Table]:
    """The page."""
    return [counties(desk), statistics(desk)]


def counties(desk: Desk) -> Table:
    """Every county with its figures; the city is counted by itself, for a firm that moved stands once in it."""
    shown = [one for one in MEASURED if desk.has(one.register)]
    figures = [one.of(desk) for one in shown]
    codes = [county.code for county in counties_of(desk.department.division_code)]
    codes += sorted({code for found in figures for code in found if code not in codes and code not in (WHOLE, "-")})
    lines = [(county_name(code), code) for code in codes]
    if any("-" in found for found in figures):
        lines.append((Text("未注明县区", "No county given"), "-"))
    rows = tuple((word(text), *(figure(found.get(code, Decimal(0))) for found in figures)) for text, code in lines)
    headings = (Heading(Text("县区", "County"), share=4), *(Heading(one.text, number=True, share=one.share) for one in shown))
    total = (word(Text("全市", "The city")), *(figure(found[WHOLE]) for found in figures))
    note = Text(
        "数据截至{day}，为本年1月1日起累计；只计已确认、证据齐全的记录。",
        "As of {day}, from 1 January; confirmed and complete entries only.",
    )
    empty = Text("没有县区。", "There are no counties.")
    return Table(
        Text("各县区科技创新主要指标", "Main figures of the counties"), headings, rows, empty, note.with_(day=desk.on.isoformat()), total
    )


def statistics(desk: Desk) -> Table:
    """What the statisticians have published until the day: the latest year and edition of each figure."""
    latest: dict[str, EntryVersion] = {}
    if desk.has("statistic"):
        for row in desk.rows("statistic", "data_year", "decided_on", "entry"):
            if row.state == "published" and row.decided_on and row.decided_on <= desk.on and not row.gap:
                latest[row.category] = row
    rows = tuple(
        (*desk.said("statistic", row, ("category", "data_year", "quantity", "publisher", "edition", "decided_on")),)
        for row in latest.values()
    )
    headings = (
        Heading(Text("统计指标", "Statistic"), share=6),
        Heading(Text("数据年度", "Year")),
        Heading(Text("数值（%）", "Value (%)"), number=True),
        Heading(Text("发布单位", "Publisher"), share=4),
        Heading(Text("版次", "Edition")),
        Heading(Text("发布日期", "Published on")),
    )
    empty = Text(
        "截至该日，统计部门尚未发布R&D投入占比、高新技术产业产值占比。",
        "R&D intensity and the share of high technology had not been published by then.",
    )
    return Table(Text("全市统计指标", "Statistics of the city"), headings, rows, empty)


def _in_year(desk: Desk, code: str, column: str, states: Iterable[str], **where: object) -> QuerySet[EntryVersion]:
    return desk.versions(code).filter(**{f"{column}__range": (desk.since, desk.on)}, state__in=list(states), gap="", **where)


def _distinct(rows: QuerySet[EntryVersion], column: str = "counts_as") -> Figures:
    """How many different ones there are in each county and in the city. One query."""
    found: dict[str, set[object]] = {WHOLE: set()}
    for county, one in rows.order_by().values_list("county", column):
        found.setdefault(county or "-", set()).add(one)
        found[WHOLE].add(one)
    return {code: Decimal(len(some)) for code, some in found.items()}


def _total(rows: QuerySet[EntryVersion], column: str, scale: Decimal) -> Figures:
    found: Figures = {WHOLE: Decimal(0)}
    seen: set[str] = set()
    for county, once, value in rows.order_by("entry").values_list("county", "counts_as", column):
        if once not in seen:
            seen.add(once)
            found[county or "-"] = found.get(county or "-", Decimal(0)) + Decimal(value or 0)
            found[WHOLE] += Decimal(value or 0)
    return {code: (value / scale).quantize(Decimal("0.01")) for code, value in found.items()}


def _valid(desk: Desk, on: date) -> Figures:
    """The firms with a certificate in force on a day; a firm once even with two."""
    rows = desk.versions("high_tech").filter(
        Q(valid_until__isnull=True) | Q(valid_until__gt=on), valid_from__lte=on, state__in=CERTIFIED, gap=""
    )
    return _distinct(rows, "organisation")


def _net(desk: Desk) -> Figures:
    now, before = _valid(desk, desk.on), _valid(desk, desk.since - timedelta(days=1))
    return {code: now.get(code, Decimal(0)) - before.get(code, Decimal(0)) for code in {*now, *before}}


def _first_listed(desk: Desk) -> Figures:
    """The firms on the list for the first time ever."""
    states = ("listed", "lapsed")
    earlier = desk.versions("tech_sme").filter(decided_on__lt=desk.since, state__in=states, gap="").values("organisation")
    return _distinct(_in_year(desk, "tech_sme", "decided_on", states).exclude(organisation__in=earlier), "organisation")


def _platforms(desk: Desk) -> Figures:
    states = ("building", "running", "mending", "revoked")
    return _distinct(_in_year(desk, "platform", "decided_on", states, level__in=("province", "national"), category__in=PLATFORMS))


def _carriers(desk: Desk) -> Figures:
    return _distinct(_in_year(desk, "carrier", "decided_on", ("filed", "revoked"), channel="first_filing"))


def _area(desk: Desk) -> Figures:
    rows = _in_year(desk, "carrier", "decided_on", ("filed", "revoked"), channel__in=("first_filing", "expansion"))
    return _total(rows, "quantity", WAN)


def _contracts(desk: Desk) -> QuerySet[EntryVersion]:
    return _in_year(desk, "technology_contract", "decided_on", ("registered", "cancelled_later"))


def _cooperation(desk: Desk) -> Figures:
    return _distinct(_in_year(desk, "cooperation_project", "happened_on", ("signed", "completed")))


def _stations(desk: Desk) -> Figures:
    return _distinct(_in_year(desk, "academician_station", "decided_on", ("filed", "withdrawn")))


def _rural(desk: Desk) -> Figures:
    on = desk.on
    rows = desk.versions("agri_station").filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on), valid_from__lte=on, gap="")
    return _distinct(rows.filter(state__in=("in_force", "removed"), level="provincial"))


MEASURED = (
    Measured(Text("高企有效（家）", "High-tech firms"), "high_tech", lambda desk: _valid(desk, desk.on)),
    Measured(Text("高企净增（家）", "Net increase"), "high_tech", _net),
    Measured(Text("中小企业首次入库（家）", "SMEs listed"), "tech_sme", _first_listed),
    Measured(Text("省级以上平台（家）", "Platforms"), "platform", _platforms),
    Measured(Text("孵化载体备案（家）", "Carriers"), "carrier", _carriers),
    Measured(Text("新增孵化面积（万㎡）", "Area (10⁴ m²)"), "carrier", _area),
    Measured(Text("技术合同（项）", "Contracts"), "technology_contract", lambda desk: _distinct(_contracts(desk))),
    Measured(
        Text("成交额（万元）", "Their amount (×10,000 yuan)"),
        "technology_contract",
        lambda desk: _total(_contracts(desk), "amount", WAN),
        4,
    ),
    Measured(Text("产学研合作（项）", "Cooperation"), "cooperation_project", _cooperation),
    Measured(Text("院士工作站（家）", "Academician stations"), "academician_station", _stations),
    Measured(Text("农科驿站在册（家）", "Rural stations"), "agri_station", _rural),
)
"""The columns in their order."""


def cutoff(desk: Desk) -> Cell:
    """The day of the data."""
    return word(desk.on.isoformat())
