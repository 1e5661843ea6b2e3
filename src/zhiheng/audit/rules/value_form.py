"""M04, M14, M16, M19-M21: how the value is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from zhiheng.audit.rule import Case, Hit
from zhiheng.audit.wording import blank, normal, squeezed, without_brackets
from zhiheng.plan.plan import Figure
from zhiheng.values import flags
from zhiheng.values.value import Achieved, Cadence, Deadline, Every, Missing, Parts, Phrase, Quantity, Ratio, Tier, Unresolved, Value

MEASURES = r"(?:数量|次数|人数|人次|家数|件数|户数|个数|场次|期数|面积|里程|金额|[数率额量])"
TWO_IN_NAME = re.compile(rf"{MEASURES}[/／、和及与]+[^/／、和及与]{{1,12}}{MEASURES}$")
NUMERAL = re.compile(r"[0-9零〇一二三四五六七八九十百千万亿两半]")


def two_quantities(case: Case) -> Iterator[Hit]:
    """M04: one indicator holds two measures, in its value or else in its name. Milestones are T04."""
    for index, row in case.rows():
        written = row.target.reading.flags if row.target is not None else ()
        if row.target is not None and flags.MULTIPLE in written and flags.MILESTONES not in written:
            value = row.target.reading.value
            shared = isinstance(value, Parts) and value.shared
            yield replace(case.at(index, "target", row.target, value=row.target.text), variant="shared" if shared else "")
        elif TWO_IN_NAME.search(without_brackets(normal(row.name.text))):
            yield replace(case.at(index, "name", row.name), variant="name")


def nature_against_value(case: Case) -> Iterator[Hit]:
    """M14: declared 定量 with a value in words, or 定性 with a number."""
    for index, row in case.rows():
        if row.nature is None or row.target is None or blank(row.target):
            continue
        nature, value = squeezed(row.nature.text), row.target.reading.value
        if "定量" in nature and wordy(value, row.target.text):
            yield case.at(index, "target", row.target, value=row.target.text)
        elif "定性" in nature and isinstance(value, Quantity | Ratio | Cadence):
            yield replace(case.at(index, "target", row.target, value=row.target.text), variant="qualitative")


def wordy(value: Value, text: str) -> bool:
    """The value is in words: a phrase or a degree without a digit, or anything without a numeral (按月安排)."""
    if isinstance(value, Unresolved | Missing):
        return False
    return not NUMERAL.search(normal(text)) or (isinstance(value, Phrase | Tier) and not re.search(r"\d", normal(text)))


def flagged(case: Case, flag: str) -> Iterator[tuple[int, Figure]]:
    """The rows whose target is written with this flag."""
    for index, row in case.rows():
        if row.target is not None and flag in row.target.reading.flags:
            yield index, row.target


def ocr_damage(case: Case) -> Iterator[Hit]:
    """M16: a sign that was read as a digit: 290% where ≥90% was printed."""
    for index, figure in flagged(case, flags.OCR_SUSPECT):
        yield case.at(index, "target", figure, value=figure.text)


def frequency_in_name(case: Case) -> Iterator[Hit]:
    """M19: how often is said in the name only; the number is for one period."""
    for index, figure in flagged(case, flags.PERIOD_FROM_NAME):
        value = figure.reading.value
        every = getattr(value, "per", None) or getattr(value, "every", None)
        period = f"每{every.unit}" if isinstance(every, Every) else "每期"
        yield case.at(index, "target", figure, value=figure.text, period=period)


def inverted_frequency(case: Case) -> Iterator[Hit]:
    """M20: 2周/次 for once in two weeks."""
    for index, figure in flagged(case, flags.INVERTED):
        yield case.at(index, "target", figure, value=figure.text)


def verb_in_value(case: Case) -> Iterator[Hit]:
    """M21: the value begins with what is done: 建立4项. Of a deadline the verb is part: 6月底前完成 says by when what is done."""
    for index, figure in flagged(case, flags.VERB):
        if isinstance(figure.reading.value, Phrase | Tier | Achieved | Deadline):
            continue
        number = re.search(r"[\d≥≤><=].*", normal(figure.text))
        if number is not None and number.group() != normal(figure.text):
            yield case.at(index, "target", figure, value=figure.text, number=number.group())
