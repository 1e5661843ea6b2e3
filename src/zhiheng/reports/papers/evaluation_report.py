"""绩效评价报告: cover, text by headings, and the table of the index system 决策、过程、产出、效益 with what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhiheng.reports.form import A4_LANDSCAPE, Form, FormCell
from zhiheng.reports.forms.head import heading, label, text, value
from zhiheng.reports.letter import Letter, Style, letter
from zhiheng.reports.papers.content import Content
from zhiheng.reports.papers.prose import amount, day, folded, number_line, sections

COLUMNS = ("一级指标", "二级指标", "三级指标", "分值", "评价标准", "评价情况", "得分")
WIDTHS = (8, 11, 15, 6, 28, 34, 6)
KIND = "绩效评价报告"


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the index system: level 1 (决策, 过程, 产出, 效益), level 2, its name, full points, standard, finding, points."""

    level_1: str
    level_2: str
    name: str
    full: Decimal
    standard: str = ""
    finding: str = ""
    points: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the report says. ``agency`` '' where the organiser evaluated himself; ``text`` is (heading, paragraphs) in order."""

    subject: str
    evaluated: str
    organiser: str
    agency: str
    day: date | None
    text: Sequence[tuple[str, str]]
    items: Sequence[Item]
    full: Decimal
    total: Decimal | None
    grade: str = ""
    conclusion: str = ""


def evaluation_report(number: str, said: Evaluation) -> Content:
    """The report. While nobody has given the points, its conclusion says so."""
    title = f"{said.subject}{KIND}"
    grade = f"，评价等级为“{said.grade}”" if said.grade else ""
    scored = (
        f"综合得分{amount(said.total)}分（满分{amount(said.full)}分）{grade}。各项得分见所附《绩效评价指标评分表》。"
        if said.total is not None
        else "评分尚未完成。"
    )
    report = letter(
        title,
        (Style.TITLE, folded(title, KIND)),
        *sections((*said.text, ("综合评价结论", f"{scored}\n{said.conclusion}"))),
    )
    return Content("evaluation", title, number, (cover(title, number, said), report, index_table(number, said)))


def cover(title: str, number: str, said: Evaluation) -> Letter:
    """The cover: title, who was evaluated by whom, the day."""
    room = (Style.ROOM, "")
    lines = (
        (Style.NUMBER, f"评价对象：{said.evaluated}"),
        (Style.NUMBER, f"组织单位：{said.organiser}"),
        (Style.NUMBER, f"评价机构：{said.agency or said.organiser}"),
        (Style.NUMBER, f"报告日期：{day(said.day, '　　年　月　日')}"),
    )
    return letter(title, (Style.NUMBER, number_line(number)), *[room] * 4, (Style.TITLE, folded(title, KIND)), *[room] * 7, *lines)


def index_table(number: str, said: Evaluation) -> Form:
    """绩效评价指标评分表: equal levels that follow each other stand in one cell."""
    rows: list[tuple[FormCell, ...]] = [tuple(heading(name) for name in COLUMNS)]
    for place, each in enumerate(said.items):
        paths = [(item.level_1, item.level_2) for item in said.items]
        own = (text(each.name), value(amount(each.full)), text(each.standard), text(each.finding), value(_points(each.points)))
        levels = tuple(
            label(paths[place][depth], rows=_run(paths, place, depth))
            for depth in range(2)
            if place == 0 or paths[place - 1][: depth + 1] != paths[place][: depth + 1]
        )
        rows.append((*levels, *own))
    if not said.items:
        rows.append((text("（没有评价指标）", columns=len(WIDTHS)),))
    rows.append(
        (
            label("合　计", columns=3),
            value(amount(said.full)),
            text(f"评价等级：{said.grade}" if said.grade else "", columns=2),
            value(_points(said.total)),
        )
    )
    return Form("绩效评价指标评分表", f"{said.evaluated}　{number_line(number)}", tuple(rows), WIDTHS, 0, 1, A4_LANDSCAPE)


def _run(paths: Sequence[tuple[str, str]], start: int, depth: int) -> int:
    key = paths[start][: depth + 1]
    return next((step for step in range(start, len(paths)) if paths[step][: depth + 1] != key), len(paths)) - start


def _points(points: Decimal | None) -> str:
    return "" if points is None else amount(points)
