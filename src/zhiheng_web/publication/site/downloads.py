"""The open data of a package as files: the whole content, its indicators, the entries of each, the tables as documents, a description."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from zhiheng.interchange import opendata
from zhiheng.interchange.opendata import About, Field, OpenTable
from zhiheng.reports.form import Form
from zhiheng.reports.formula import guarded
from zhiheng.reports.papers.printing import printed
from zhiheng.reports.render import xlsx
from zhiheng_web.publication import papers
from zhiheng_web.publication.content import Content, canonical
from zhiheng_web.publication.content.actuals import Part
from zhiheng_web.publication.content.tables import PublicTable, Row
from zhiheng_web.publication.site.shown import Shown
from zhiheng_web.publication.site.words import reason_word, state_word

ID, WHY = "公开编号", "未计原因"
NUMBERS = ("money", "quantity")
TYPES = {**dict.fromkeys(NUMBERS, "number"), "date": "date", "year": "year"}
"""Kinds of columns that are more than words."""
FIELDS = (
    Field("table", "表", "Slug of the table", required=True), Field("row", "行", "Slug of the row", required=True),
    Field("duty", "职责", "Duty"), Field("level_1", "一级指标", "Level-1 indicator"), Field("level_2", "二级指标", "Level-2 indicator"),
    Field("name", "绩效指标", "Indicator"), Field("target", "年度指标值", "Target of the year"),
    Field("actual", "实际完成值", "Actual in words"), Field("number", "实际完成数", "Actual as a number", "number"),
    Field("unit", "计量单位", "Unit"), Field("state", "完成情况", "Code of the state"),
    Field("state_name", "完成情况（文字）", "The state in words"), Field("weight", "分值", "Points as approved", "number"),
    Field("effective", "计分分值", "Points scored with", "number"), Field("points", "得分", "Points", "number"),
    Field("provisional", "暂定", "Whether the points rest on a provisional figure", "boolean"),
    Field("override", "人工改分", "Whether a person changed the points", "boolean"), Field("reason", "偏差原因", "Reason of a deviation"),
    Field("improvement", "改进措施", "Improvement"), Field("withheld", "不予公开的依据", "Ground of what is withheld in the row"),
)  # fmt: skip


def files(one: Shown) -> dict[str, Callable[[], bytes]]:
    """The downloads of a package by their place below its folder; each is made when asked for."""
    content = one.content
    found: dict[str, Callable[[], bytes]] = {"data/content.json": lambda: canonical(one.package.data)}
    table = indicators(content)
    described = [table] if table.rows else []
    if described:
        about = About(
            name_of(one.key), f"{content.head.department}{content.head.year}年{content.head.kind_name.zh}",
            "演示数据，虚构 / Demonstration, invented" if content.head.demonstration else "",
            created=datetime.combine(one.package.published_on, datetime.min.time(), UTC), version=str(content.head.edition),
            publisher=content.head.department,
        )  # fmt: skip
        made = cache(lambda: opendata.files(about, described, list(counted_files(content))))
        names = (f"{table.name}.csv", f"{table.name}.json", "datapackage.json")
        found |= {f"data/{name}": (lambda name=name: made()[name]) for name in names}
    for report in content.evaluations:
        if report.slug:
            found[f"data/{report.slug}.pdf"] = lambda report=report: printed(papers.report(content, report), "pdf", papers.look(content))
    for each in content.tables:
        if content.withheld(each.slug) is None:
            found[f"data/{each.slug}.xlsx"] = lambda each=each: sheet(content, each)
            found[f"data/{each.slug}.pdf"] = lambda each=each: document(content, each)
    found |= {f"data/{name}.csv": (lambda part=part: entries(part)) for name, _, part in counted_parts(content)}
    return found


def counted_parts(content: Content) -> Iterator[tuple[str, Row, Part]]:
    """The parts whose entries are public, with the names of their files."""
    for table in content.tables:
        for row in table.rows:
            for part in row.actual.parts if row.actual is not None else ():
                if part.lines:
                    yield f"{table.slug}-{row.slug}-{part.code}", row, part


def counted_files(content: Content) -> Iterator[tuple[OpenTable, bytes]]:
    """What the files of counted entries are, for the description of the package."""
    for name, row, part in counted_parts(content):
        fields = [Field(ID, ID, "Pseudonym"), Field(WHY, WHY, "Blank: counted / 空白：已计入")]
        fields += [Field(column.text.zh, column.text.zh, column.text.en, TYPES.get(column.kind, "string")) for column in part.columns]
        yield OpenTable(name, f"{row.name}：{part.name.zh}", tuple(fields), ()), entries(part)


def name_of(key: str) -> str:
    """The name of the data package: that of its folder. The standard knows lower case alone, so a folder with capitals gets a mark of its
    own behind it: the packages of departments F and f stay two.
    """
    return key if key == key.lower() else f"{key.lower()}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"


def indicators(content: Content) -> OpenTable:
    """Every indicator of every table."""
    rows = tuple(_indicator(content, table, row) for table in content.tables for row in table.rows)
    return OpenTable("indicators", "绩效指标", FIELDS, rows, ("table", "row"))


def _indicator(content: Content, table: PublicTable, row: Row) -> tuple[opendata.Value, ...]:
    duty = next((one.name for one in table.duties if one.slug == row.duty), "")
    actual, result, place = row.actual, row.result, f"{table.slug}/{row.slug}"
    held = dict.fromkeys(one.name.zh for one in content.redactions if one.place in (table.slug, place) or one.place.startswith(f"{place}/"))
    return (
        table.slug, row.slug, duty, row.level_1.zh if row.level_1 else "", row.level_2.zh if row.level_2 else "", row.name,
        row.target.text if row.target else "", actual.shown.zh if actual else "", actual.number if actual else None,
        actual.unit if actual else "", actual.state if actual else "", state_word(actual.state).zh if actual else "", row.points,
        result.effective if result else None, result.points if result else None,
        result.provisional if result else None, result.override is not None if result else None,
        result.reason if result else "", result.improvement if result else "",
        "；".join(held),
    )  # fmt: skip


def entries(part: Part) -> bytes:
    """What was counted and what stood beside it, with the public columns; opens in office programs (BOM)."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow([ID, WHY, *(column.text.zh for column in part.columns)])
    for line in part.lines:
        why = reason_word(line.reason).zh if line.reason else ""
        cells = ((line.shown.get(column.name, ""), column.kind) for column in part.columns)
        writer.writerow([line.id, why, *(word if kind in NUMBERS else guarded(word) for word, kind in cells)])
    return b"\xef\xbb\xbf" + made.getvalue().encode()


def paper(content: Content, table: PublicTable) -> papers.Paper:
    """One table as a paper."""
    return papers.tables(replace(content, tables=(table,)))


def document(content: Content, table: PublicTable) -> bytes:
    """The table as PDF."""
    return printed(paper(content, table), "pdf", papers.look(content))


def sheet(content: Content, table: PublicTable) -> bytes:
    """The table as a spreadsheet."""
    forms: Sequence[Form] = [page for page in paper(content, table).pages if isinstance(page, Form)]
    return xlsx.render(*forms, numbers=True)
