"""Words of the public pages that are not in the content: states, reasons, kinds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from zhiheng_web.ledgers.measures.judging import plain
from zhiheng_web.ledgers.measures.result import REASON_NAMES, STATE_NAMES, Reason, State
from zhiheng_web.ledgers.measures.statements import DUE, REASONS
from zhiheng_web.ledgers.queries.explaining import EVERY_WINDOW, WHOLE
from zhiheng_web.publication.content.actuals import CLOSED, Actual, Explained, Part
from zhiheng_web.publication.content.tables import Row
from zhiheng_web.wording import Text

MEASURES = {
    "flow": Text("本期新增数", "New in the period"), "stock": Text("期末有效数", "In force on the day"),
    "net": Text("净增数（期末减年初）", "Net increase"), "total": Text("合计数", "Sum of a column"),
    "coverage": Text("完成率（已办÷应办）", "Share done of what was due"), "cadence": Text("频次", "How often"),
    "external": Text("外部发布的统计数据", "Statistic published by others"), "declared": Text("申报数", "Declared figure"),
}  # fmt: skip
JOINS = {
    "one": Text("", ""), "first": Text("以第一项为准，其余一并列示", "The first part counts; the others are shown beside it"),
    "weakest": Text("以最差的一项为准", "The weakest part decides"), "all": Text("各项都须达到", "Every part must be met"),
}  # fmt: skip
SOURCES = {
    "ledger": Text("由工作台账计数", "Counted from the ledgers"), "survey": Text("由问卷调查汇总", "From a survey"),
    "declared": Text("由单位申报，附佐证材料", "Declared by the unit, with evidence"),
    "judged": Text("由人评定", "Judged by a person"), "none": Text("没有数据", "No data"),
}  # fmt: skip
LAMPS = {
    "red": Text("红灯", "Red"), "yellow": Text("黄灯", "Yellow"), "green": Text("绿灯", "Green"), "blue": Text("蓝灯", "Blue"),
    "": Text("—", "—"),
}  # fmt: skip


DECLARED_CLOSED = Text(
    "由单位申报，申报台账的条目不对外公开，只公布数值、来源和佐证材料摘要",
    "Declared by the unit: the entry is not public, only figure, source and digests of the evidence",
)
PUBLISHED = frozenset({"数据年度与版次", "对照值（同年度、同版次）", "最近已发布"})
"""Lines of a working whose words are figure · year · edition · publisher."""
FIGURES = {
    "数据年度与版次": Text("公布数", "Figure"), "对照值（同年度、同版次）": Text("对照值", "Benchmark"),
    "最近已发布": Text("最近公布数", "Published last"),
}  # fmt: skip
CHANNELS = {WHOLE.zh: WHOLE, EVERY_WINDOW.zh: EVERY_WINDOW}
"""What a channel of a cadence is called whose register does not publish its name."""
CHANNEL = Text("渠道{n}", "Channel {n}")
YEAR, EDITION, PUBLISHER = Text("数据年度", "Data year"), Text("版次", "Edition"), Text("发布单位", "Published by")
DECLARED_FIGURE, DECLARATION, SOURCE = Text("申报数", "Declared figure"), Text("第几次申报", "Declaration"), Text("数据来源", "Source")


def closed_words(source: str, code: str) -> Text | None:
    """Why a part cannot be computed again, in words; None where it can. A declared figure has no columns that a reader could ask for."""
    return DECLARED_CLOSED if source == "declared" and code == "column" else CLOSED.get(code)


def change_in_words(row: Row) -> Text | None:
    """What was declared of a target that asks for a change (较上年下降5%), in words: -3 % beside 增长3% would say the contrary."""
    if row.actual is None or row.actual.source != "declared" or not (row.target.value or {}).get("change"):
        return None
    return row.actual.shown if row.actual.number is not None and row.actual.shown.zh else None


def working(part: Part, source: str, change: Text | None = None) -> list[Explained]:
    """The working of a part, a line for each thing said: what a statistic or a declaration says of itself stands in lines of its own."""
    found: list[Explained] = []
    unnamed = 0
    for line in part.how:
        if line.name.zh in CHANNELS:
            unnamed += 1
            found.append(replace(line, name=CHANNEL.with_(n=unnamed) if len(part.how) > 2 else CHANNELS[line.name.zh]))
            continue
        said = line.words.split(" · ", 3)
        if line.name.zh not in PUBLISHED or len(said) < 4:
            found.append(line)
            continue
        declared = source == "declared"
        names = (DECLARED_FIGURE, YEAR, DECLARATION, SOURCE) if declared else (FIGURES[line.name.zh], YEAR, EDITION, PUBLISHER)
        figure = change.zh if change is not None else f"{said[0]} {part.unit}".strip()
        found += [Explained("", name, words) for name, words in zip(names, (figure, *said[1:]), strict=True)]
    return found


UNDONE = frozenset(REASONS[code - 1].value for code in DUE)
"""Why what was due was not done as it should be: such an entry is in the denominator of a coverage, though it is not counted as done."""
RECORDED = Text(
    "统计期内登记{recorded}条，计入{counted}条，未计入{left}条。",
    "{recorded} entries are recorded for the period: {counted} counted, {left} not.",
)
BESIDE = Text(" 台账中另有{n}条不属于统计期或统计口径。", " {n} more of the register are outside the period or the measure.")
NOTHING_DUE = Text("统计期内没有应办事项", "Nothing was due in the period")
WAS_DUE = Text(
    "统计期内应办{due}条，按期办结{done}条，未按期{undone}条",
    "Due in the period: {due}; done in time: {done}; not in time: {undone}",
)
NOT_DUE = Text("；另有{n}条不属于统计口径", ". Outside the measure: {n} more of the register")


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of the entries of a part: said in a sentence, and what is not in the figure by reason under a caption."""

    said: Text
    caption: Text
    left: list[tuple[Text, int]]


def recorded(part: Part) -> Recorded:
    """How many entries are in the figure and how many are not. What was due and not done in time is in the denominator of a coverage."""
    if part.denominator is not None and part.measure == "coverage":
        return _due(part, part.denominator)
    within = part.recorded - part.counted
    beside = max(0, sum(part.not_counted.values()) - within)
    said = RECORDED.with_(recorded=part.recorded, counted=part.counted, left=within)
    caption = Text("未计入的条目", "Entries not counted")
    return Recorded(_joined(said, BESIDE.with_(n=beside) if beside else None), caption, _left(part.not_counted))


def _due(part: Part, due: Decimal) -> Recorded:
    done = part.numerator or Decimal(0)
    undone = {reason: count for reason, count in part.not_counted.items() if reason in UNDONE}
    others = {reason: count for reason, count in part.not_counted.items() if reason not in UNDONE}
    said = WAS_DUE.with_(due=plain(due), done=plain(done), undone=plain(due - done)) if due else NOTHING_DUE
    each = _left(undone)
    zh, en = "、".join(f"{why.zh}{n}条" for why, n in each), ", ".join(f"{why.en} {n}" for why, n in each)
    why = Text(f"（{zh}）", f" ({en})") if each else None
    beside = NOT_DUE.with_(n=sum(others.values())) if others else None
    caption = Text("不属于统计口径的条目", "Entries outside the measure")
    return Recorded(_joined(said, why, beside, Text("。", ".")), caption, _left(others))


def _left(counts: Mapping[str, int]) -> list[tuple[Text, int]]:
    return [(reason_word(reason), count) for reason, count in counts.items()]


def _joined(*pieces: Text | None) -> Text:
    said = [one for one in pieces if one is not None]
    return Text("".join(one.zh for one in said), "".join(one.en for one in said))


def named(actual: Actual) -> Text:
    """The value in words; where it stands for several parts, each under its name in a line of its own (审核通过金额 79.2万元)."""
    zh, en, names = actual.shown.zh.split("；"), actual.shown.en.split("; "), [part.name for part in actual.parts]
    if len(names) < 2 or not len(names) == len(zh) == len(en):
        return actual.shown
    every = zip(names, zh, en, strict=True)
    each = [Text(f"{name.zh} {one_zh}".strip(), f"{name.en} {one_en}".strip()) for name, one_zh, one_en in every]
    return Text("；\n".join(one.zh for one in each), ";\n".join(one.en for one in each))


def state_word(state: str) -> Text:
    """A state of a value in words."""
    try:
        return STATE_NAMES[State(state)]
    except ValueError:
        return Text(state, state)


def reason_word(reason: str) -> Text:
    """Why an entry does not count, in words."""
    try:
        return REASON_NAMES[Reason(reason)]
    except (ValueError, KeyError):
        return Text(reason, reason)
