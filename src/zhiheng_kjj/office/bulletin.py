"""科技创新通报: what the indicators count of each county, from the year's beginning to the day of the data (累计).

No column has a count of its own: it is a part of an indicator's counting basis, by county. So the bulletin's city is the indicator.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from zhiheng_kjj.office.desk import Desk
from zhiheng_kjj.office.tables import Cell, Heading, Table, figure, word
from zhiheng_web.ledgers.divisions import counties_of, county_name
from zhiheng_web.ledgers.measures.behind import entries_of
from zhiheng_web.ledgers.models import Binding, EntryVersion
from zhiheng_web.wording import Text

PACK = "kjj"
NET = Binding.Measure.NET
Figures = dict[str, Decimal]
"""A figure of each county by its code, and of the city."""
WHOLE = ""
"""The key of the whole city beside the counties' codes."""
NOWHERE = "-"
"""The key of what names no county."""
HUNDREDTH = Decimal("0.01")
"""What is summed is shown to two places, as on the indicator's page."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the part of a counting basis that says what counts in it.

    The basis is named and not the one that the target names today: the heading says how the column is read, and stays true when the
    target is changed to another reading.
    """

    text: Text
    register: str
    basis: str
    part: str = "main"
    in_force: bool = False
    """Of a net increase: what is there on the day, not what it is more than at the year's beginning."""
    share: int = 3


COLUMNS = (
    Column(Text("高企有效（家）", "High-tech firms"), "high_tech", "net", "firms", in_force=True),
    Column(Text("高企净增（家）", "Net increase"), "high_tech", "net", "firms"),
    Column(Text("中小企业首次入库（家）", "SMEs listed"), "tech_sme", "first_ever", "firms"),
    Column(Text("省级平台（家）", "Provincial platforms"), "platform", "approved", "platforms"),
    Column(Text("市级孵化载体备案（家）", "City carriers"), "carrier", "filed", "carriers"),
    Column(Text("新增孵化面积（万㎡）", "Area (10⁴ m²)"), "carrier", "measured", "area"),
    Column(Text("技术合同（项）", "Contracts"), "technology_contract", "net_of_cancelled", "contracts"),
    Column(Text("成交额（万元）", "Their amount (×10,000 yuan)"), "technology_contract", "net_of_cancelled", "amount", share=4),
    Column(Text("省内产学研合作（项）", "Cooperation in the province"), "cooperation_project", "in_province"),
    Column(Text("院士工作站（家）", "Academician stations"), "academician_station", "announced"),
    Column(Text("农科驿站在册（家）", "Rural stations"), "agri_station", "provincial_list"),
)
"""The columns in their order."""


def tables(desk: Desk) -> list[Table]:
    """The page."""
    return [counties(desk), statistics(desk)]


def counties(desk: Desk) -> Table:
    """Every county with its figures. A firm stands in the county of the entry that counts for it, so the counties add up to the city."""
    shown = figures_of(desk)
    codes = [county.code for county in counties_of(desk.department.division_code)]
    codes += sorted({code for _, found in shown for code in found if code not in codes and code not in (WHOLE, NOWHERE)})
    lines = [(county_name(code), code) for code in codes]
    if any(NOWHERE in found for _, found in shown):
        lines.append((Text("未注明县区", "No county given"), NOWHERE))
    rows = tuple((word(text), *(_cell(found, code) for _, found in shown)) for text, code in lines)
    headings = (Heading(Text("县区", "County"), share=4), *(Heading(one.text, number=True, share=one.share) for one, _ in shown))
    total = (word(Text("全市", "The city")), *(_cell(found, WHOLE) for _, found in shown))
    note = Text(
        "数据截至{day}，为本年1月1日起累计；各列按对应绩效指标的计算口径，只计已确认、证据齐全的记录。",
        "As of {day}, from 1 January; each column counts as its indicator does, confirmed and complete entries only.",
    )
    empty = Text("没有县区。", "There are no counties.")
    return Table(
        Text("各县区科技创新主要指标", "Main figures of the counties"), headings, rows, empty, note.with_(day=desk.on.isoformat()), total
    )


def _cell(found: Figures, code: str) -> Cell:
    return figure(found.get(code, Decimal(0)).quantize(HUNDREDTH, ROUND_HALF_UP))


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


def figures_of(desk: Desk) -> list[tuple[Column, Figures]]:
    """The columns with their figures. What no indicator of the department counts has no column.

    What is net is compared with the last day of the year before, as the measure does; the year is that of the day of the data.
    """
    bound = bindings_of(desk)
    held = _held(desk, bound.values())
    now = counted(held, bound.values(), desk.on)
    opening = counted(held, [one for one in bound.values() if one.measure == NET], date(desk.on.year - 1, 12, 31))
    shown = []
    for column in COLUMNS:
        binding = bound.get((column.register, column.basis, column.part))
        if binding is not None:
            found, before = now[binding.pk], {} if column.in_force else opening.get(binding.pk, {})
            shown.append((column, {code: found.get(code, Decimal(0)) - before.get(code, Decimal(0)) for code in {**found, **before}}))
    return shown


def bindings_of(desk: Desk) -> dict[tuple[str, str, str], Binding]:
    """Register, basis and part → the part as the pack bound it in this department. One query."""
    codes = {column.register for column in COLUMNS}
    rows = Binding.objects.filter(register__department=desk.department, register__code__in=codes, withdrawn=False)
    rows = rows.filter(basis__pack=PACK, basis__withdrawn=False).select_related("register", "basis").order_by("pk")
    wanted = {(column.register, column.basis, column.part) for column in COLUMNS}
    found = {(row.register.code, row.basis.code, row.code): row for row in rows}
    return {key: row for key, row in found.items() if key in wanted}


def counted(held: Mapping[UUID, Mapping[str, Any]], bindings: Collection[Binding], on: date) -> dict[UUID, Figures]:
    """Each part → what its measure counts on a day, by county: how many, or of a total the sum in the part's unit.

    Of a net increase those counted are what is there on that day.
    """
    parts = {binding.pk: binding for binding in bindings}
    found: dict[UUID, Figures] = {key: {WHOLE: Decimal(0)} for key in parts}
    for one in entries_of(bindings, on):
        row = held.get(one.version) if one.reason is None else None
        if row is not None:
            part, figures = parts[one.binding], found[one.binding]
            value = row[part.column] * part.scale if part.measure == Binding.Measure.TOTAL else Decimal(1)
            for code in (row["county"] or NOWHERE, WHOLE):
                figures[code] = figures.get(code, Decimal(0)) + value
    return found


def _held(desk: Desk, bindings: Collection[Binding]) -> dict[UUID, Mapping[str, Any]]:
    """What the viewer reads of the entries: their county and what is summed. One query for each register."""
    summed: dict[str, set[str]] = {}
    for binding in bindings:
        summed.setdefault(binding.register.code, set()).update({binding.column} - {""})
    return {row["pk"]: row for code, names in summed.items() for row in desk.versions(code).order_by().values("pk", "county", *names)}
