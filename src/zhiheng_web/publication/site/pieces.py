"""Pieces of the public pages: paragraphs with their numbers linked, counts, evidence, charts, evaluation reports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from zhiheng.values.canonical import value_from
from zhiheng.values.value import Cadence, Parts
from zhiheng_web.evaluation.observing import SHOWN_ONLY
from zhiheng_web.ledgers.measures.judging import gap_limit, part_of, plain
from zhiheng_web.publication.building.numbers import state_of
from zhiheng_web.publication.content.aftermath import EvaluationResult
from zhiheng_web.publication.content.codec import number
from zhiheng_web.publication.content.narrative import Statement, within
from zhiheng_web.publication.content.shape import Content
from zhiheng_web.publication.content.tables import PublicTable, Row
from zhiheng_web.ui import charts
from zhiheng_web.wording import Text

ON_THE_PAGE = 100
"""Entries shown on the page of an indicator; the file beside it holds all."""
LONGEST = Text("最长间隔{n}天，规定不超过{limit}天。", "Longest gap in days: {n}, at most {limit} allowed.")
LONGEST_AS_TIMES = Text(
    "最长间隔{n}天，规定不超过{limit}天；计分时折算为次数。",
    "Longest gap in days: {n}, at most {limit} allowed; for scoring both are turned into numbers of times.",
)
REFERENCE = re.compile(r"\{([^{}]+)\}")


def linked(statement: Statement, content: Content) -> SafeString:
    """A paragraph with each number that comes from the data linked to where it comes from."""
    known = {each.name: each for each in content.numbers}
    made, before = [], ""
    for place, piece in enumerate(REFERENCE.split(statement.template or statement.text)):
        one = known.get(piece.strip()) if place % 2 else None
        if one is None:
            made.append(escape(piece if not place % 2 else f"{{{piece}}}"))
            before += piece
        else:
            made.append(str(_number(within(before, one.words), one.label, address(content, one.place))))
    return mark_safe("".join(made))  # noqa: S308 - every piece is escaped


def _number(words: str, label: Text, target: str) -> SafeString:
    if not target:
        return format_html('<span class="number">{}</span>', words)
    return format_html('<a class="number" href="{}" title="{}">{}</a>', target, label.zh, words)


def address(content: Content, place: str) -> str:
    """The page of a place, from the page of the package; '' where it has none."""
    table, _, rest = place.partition("/")
    if content.table(table) is None:
        return ""
    row = rest.partition("/")[0]
    return f"{table}/{row}.html" if content.row(table, row) is not None else f"{table}/index.html"


def counts(table: PublicTable) -> dict[str, int]:
    """How many rows a table has, and how many met their target."""
    states = [state_of(row) for row in table.rows]
    return {"rows": len(table.rows), "met": states.count("met"), "missed": states.count("missed")}


def report_texts(one: EvaluationResult) -> list[tuple[Text, str]]:
    """What an evaluation report says in words, in its order; what it leaves out is left out."""
    found = [
        (Text("评价结论", "Conclusion"), one.summary), (Text("评价范围", "Scope"), one.scope),
        (Text("存在的主要问题", "Problems"), one.problems), (Text("有关建议", "Advice"), one.advice),
        (Text("意见反馈情况", "Reply of the evaluated"), one.reply),
    ]  # fmt: skip
    return [(name, text) for name, text in found if text]


@dataclass(frozen=True, slots=True)
class LevelPoints:
    """决策, 过程, 产出 or 效益 of an evaluation: its full points and what it got, None while an item has none."""

    name: Text
    full: Decimal
    points: Decimal | None


def levels_of(one: EvaluationResult) -> list[LevelPoints]:
    """The parts of the index system in their order."""
    found = []
    for level in dict.fromkeys(item.level_1 for item in one.items):
        own = [item for item in one.items if item.level_1 == level]
        given = [item.points for item in own if item.points is not None]
        points = sum(given, Decimal(0)) if len(given) == len(own) else None
        found.append(LevelPoints(level, sum((item.full for item in own), Decimal(0)), points))
    return found


def differs(content: Content) -> bool:
    """Whether an earlier figure stands beside a present one anywhere in a package."""
    scores = (table.score for table in content.tables if table.score is not None)
    earlier = any(row.earlier is not None for table in content.tables for row in table.rows)
    return earlier or any(score.earlier_total is not None for score in scores)


def weighed(table: PublicTable) -> list[Row]:
    """The rows whose 分值 was set or changed at self-evaluation: it is not the approved one, which every reader may ask about."""
    return [row for row in table.rows if row.result is not None and row.result.weight != row.points]


def evidence(row: Row) -> list[tuple[Text, int, list[Any]]]:
    """What proves the value, by kind: how many, and the first of them."""
    found: dict[Text, list[Any]] = {}
    given = sorted(row.evidence, key=lambda one: not one.file)  # what can be opened comes first
    for one in [*given, *(row.actual.evidence if row.actual else ())]:
        found.setdefault(one.kind, []).append(one)
    return [(kind, len(each), each[:ON_THE_PAGE]) for kind, each in found.items()]


def longest_gaps(row: Row) -> list[Text]:
    """The longest gap of a cadence and its limit in days: the steps of scoring tell only how many times they are worth."""
    actual, result = row.actual, row.result
    if actual is None or result is None or result.tier is not None:
        return []
    target = value_from(row.target.value) if row.target is not None and row.target.value else None
    in_parts = isinstance(target, Parts) and not target.shared
    found = []
    for index, part in enumerate(actual.parts):
        longest, scored = part.rule.get("longest_gap"), part.target != SHOWN_ONLY and (in_parts or index == actual.decisive)
        if longest is None or part.number is None or not scored:
            continue
        aim = part_of(target, part.name.zh) if target is not None and in_parts else target
        said = LONGEST_AS_TIMES if isinstance(aim, Cadence) else LONGEST
        found.append(said.with_(n=number(part.number), limit=gap_limit(longest, aim)))
    return found


def aimed_at(row: Row) -> Decimal | None:
    """The target as a level line among the months; None where it is no number in the unit of the figures (应做尽做, 2周/次)."""
    value = row.target.value if row.target is not None and row.target.value is not None else {}
    unit = row.actual.unit if row.actual is not None else ""
    plain = value.get("unit", "") == unit and value.get("kind") in ("number", "percent", "money") and "value" in value
    return Decimal(str(value["value"])) if plain else None


def caption(row: Row) -> Text:
    """What the lines of the course mean, of those that it has."""
    said = [Text("横轴为月份", "Months along the bottom")]
    if aimed_at(row) is not None:
        said.append(Text("横向虚线为年度指标值", "the dashed level line is the target"))
    if row.actual is not None and any(one.number is None for one in row.actual.months):
        said.append(Text("竖向虚线表示截至该月末没有数值", "a dotted upright line marks a month without a figure"))
    return Text("，".join(one.zh for one in said) + "。", "; ".join(one.en for one in said) + ".")


def drawn(row: Row) -> SafeString:
    """The course of the months."""
    actual = row.actual
    if actual is None:
        return mark_safe("")
    points = [charts.Point(str(one.on.month), one.number, "" if one.number is None else plain(one.number, 2)) for one in actual.months]
    return charts.history(points, f"{row.name}（{actual.unit}）" if actual.unit else row.name, aimed_at(row), actual.unit)
