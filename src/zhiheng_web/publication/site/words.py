"""Words of the public pages that are not in the content: states, reasons, kinds."""

from __future__ import annotations

from zhiheng_web.ledgers.measures.result import REASON_NAMES, STATE_NAMES, Reason, State
from zhiheng_web.publication.content.actuals import CLOSED, Explained, Part
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
YEAR, EDITION, PUBLISHER = Text("数据年度", "Data year"), Text("版次", "Edition"), Text("发布单位", "Published by")
DECLARED_FIGURE, DECLARATION, SOURCE = Text("申报数", "Declared figure"), Text("第几次申报", "Declaration"), Text("数据来源", "Source")


def closed_words(source: str, code: str) -> Text | None:
    """Why a part cannot be computed again, in words; None where it can. A declared figure has no columns that a reader could ask for."""
    return DECLARED_CLOSED if source == "declared" and code == "column" else CLOSED.get(code)


def working(part: Part, source: str) -> list[Explained]:
    """The working of a part, a line for each thing said: what a statistic or a declaration says of itself stands in lines of its own."""
    found: list[Explained] = []
    for line in part.how:
        said = line.words.split(" · ", 3)
        if line.name.zh not in PUBLISHED or len(said) < 4:
            found.append(line)
            continue
        declared = source == "declared"
        names = (DECLARED_FIGURE, YEAR, DECLARATION, SOURCE) if declared else (FIGURES[line.name.zh], YEAR, EDITION, PUBLISHER)
        found += [Explained("", name, words) for name, words in zip(names, (f"{said[0]} {part.unit}".strip(), *said[1:]), strict=True)]
    return found


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
