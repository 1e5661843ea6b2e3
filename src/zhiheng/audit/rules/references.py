"""R01-R13: 指标参考值. The standard a target is set by, and the history it stands on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from zhiheng.audit.remark import gives_reason, is_category, says_new
from zhiheng.audit.rule import Case, Hit, family
from zhiheng.audit.rules.years import r13, stood_still
from zhiheng.audit.source import is_source, is_weak, out_of_date
from zhiheng.audit.standing import GROWTH, PERCENT, Level, Standing, base_unit, falling, level, number, standing, stated
from zhiheng.audit.wording import named, normal, text_of
from zhiheng.parameters.parameters import Parameters
from zhiheng.plan.plan import Figure, Indicator
from zhiheng.values.flags import NOUN
from zhiheng.values.parse import parse
from zhiheng.values.units import leading
from zhiheng.values.value import (
    Achieved,
    Cadence,
    Comparator,
    Coverage,
    Phrase,
    Quantity,
    Rank,
    Ratio,
    Relative,
    Tier,
    Unresolved,
    Value,
)

HISTORY = ("last_year", "mean")
SHIFTED = "shifted"
"""The reason of an Unresolved cell whose row has lost a cell, so that nobody knows which column it belongs to."""

WITHIN_TABLE = ("上年", "去年", "往年", "历史", "预算")
"""Bases whose figure the table itself holds: its history or its budget."""

GENERAL_UNITS = ("项", "个", "件", "份", "条", "种", "类", "套", "次")
"""Measure words that count anything, so that the noun decides; 名 and 家 say themselves what they count."""

ABSENT = ("未", "无", "没有", "首次", "新")
"""Words by which a worded history says that there is none."""


def percent(share: Fraction) -> str:
    """A share as a percentage of at most one decimal, rounded half up: 0.625 → 62.5%."""
    exact = Decimal(share.numerator * 100) / Decimal(share.denominator)
    return f"{exact.quantize(Decimal('0.1'), ROUND_HALF_UP).normalize():f}%"


def r01(case: Case) -> Iterator[Hit]:
    """Standards that repeat the target in nearly all rows."""
    pairs = [(row.target, row.references.standard) for _, row in case.rows() if stated(row.target) and stated(row.references.standard)]
    equal = sum(1 for target, standard in pairs if same(target, standard))
    enough = len(pairs) >= case.parameters.number("audit_references.copied_rows")
    if enough and equal >= case.parameters.number("audit_references.copied_share") * len(pairs):
        yield case.column("references.standard", filled=len(pairs), equal=equal)


def same(target: Figure | None, standard: Figure | None) -> bool:
    """Two cells give the same value, or the same words."""
    if target is None or standard is None:
        return False
    return target.reading.value == standard.reading.value or normal(target.text) == normal(standard.text)


def r02(case: Case) -> Iterator[Hit]:
    """Standards that rest on internal statistics or an estimate."""
    for index, row in case.rows():
        source = row.references.standard_source
        if source is not None and is_weak(source, case.parameters):
            yield case.at(index, "references.standard_source", source, source=source.text)


def beside_last_year(case: Case) -> Iterator[tuple[int, Indicator, Standing, dict[str, str]]]:
    """Rows whose target can be compared with last year's actual, with the figures of the message."""
    for index, row in case.rows():
        last = row.references.last_year
        found = standing(row, last)
        if found is not None and row.target is not None and last is not None:
            yield index, row, found, {"target": row.target.text, "last_year": last.text}


def hit(case: Case, index: int, row: Indicator, found: Standing, **figures: str) -> Hit:
    """A hit on the target, worded by its direction."""
    plain = case.at(index, "target", row.target, **figures)
    return Hit(plain.subject, plain.place, plain.parameters, variant="falling" if found.falling else "")


def r03(case: Case) -> Iterator[Hit]:
    """Targets worse than last year's actual."""
    for index, row, found, figures in beside_last_year(case):
        if found.worse:
            yield hit(case, index, row, found, **figures)


def r03a(case: Case) -> Iterator[Hit]:
    """Targets worse by half or more without a reason. From 0 no share can be told."""
    bound = Fraction(case.parameters.number("audit_references.gap_needs_reason"))
    for index, row, found, figures in beside_last_year(case):
        gap = found.gap
        if found.worse and gap is not None and gap >= bound and not gives_reason(row.remark, case.parameters):
            yield hit(case, index, row, found, **figures, gap=percent(gap))


def r04(case: Case) -> Iterator[Hit]:
    """Targets far better than last year's actual without a reason. Nought accidents need none."""
    times = Fraction(case.parameters.number("audit.explained_above_last_year"))
    for index, row, found, figures in beside_last_year(case):
        low, high = sorted((found.target, found.before))
        if found.worse or low <= 0 or high <= low * times or gives_reason(row.remark, case.parameters):
            continue
        yield hit(case, index, row, found, **figures, percent=percent(found.target / found.before))


def r05(case: Case) -> Iterator[Hit]:
    """Targets that equal both the mean of the years before and last year's actual, or last year's actual three years running.

    Nothing is left to improve at 100 % or at nought of what should not happen.
    """
    still, years = stood_still(case)
    for index, row in case.rows():
        if index in still:
            plain = case.at(index, "target", row.target, target=text_of(row.target), years=years)
            yield Hit(plain.subject, plain.place, plain.parameters, variant="running")
            continue
        mean, last = standing(row, row.references.mean), standing(row, row.references.last_year)
        if mean is None or last is None or row.target is None or not mean.target == mean.before == last.before:
            continue
        unit = level(row.target.reading.value, row.name.text)
        ceiling = unit is not None and unit.unit == PERCENT and mean.target == 100
        if not ceiling and not (mean.falling and mean.target == 0):
            yield case.at(index, "target", row.target, target=row.target.text)


def r06(case: Case) -> Iterator[Hit]:
    """Source words where a history value belongs."""
    for index, row in case.rows():
        for field in HISTORY:
            figure: Figure | None = getattr(row.references, field)
            if figure is not None and is_source(figure.text, case.parameters):
                yield case.at(index, f"references.{field}", figure, text=figure.text)


def r07(case: Case) -> Iterator[Hit]:
    """Targets and history in different units, or counting different things."""
    for index, row in case.rows():
        if row.target is None or not stated(row.target):
            continue
        for field in HISTORY:
            figure: Figure | None = getattr(row.references, field)
            if figure is None or not stated(figure) or is_source(figure.text, case.parameters):
                continue
            if all(units_differ(row, row.target, value, figure) for value in meanings(figure)):
                yield case.at(index, f"references.{field}", figure, target=row.target.text, history=figure.text)


def meanings(figure: Figure) -> tuple[Value, ...]:
    """What a history cell may mean: the candidates of a shifted one, else its value. Other unresolved cells mean nothing yet."""
    value = figure.reading.value
    if isinstance(value, Unresolved):
        return value.candidates if value.reason == SHIFTED and value.candidates else (value,)
    return (value,)


def units_differ(row: Indicator, target: Figure, value: Value, history: Figure) -> bool:
    """The two have units, and these are not the same; or the history counts another thing than the row speaks of."""
    own, other = unit_of(target.reading.value, row), unit_of(value, row)
    if own is None or other is None or not own or not other:
        return False
    return own != other or other_thing(row, target, history)


def unit_of(value: Value, row: Indicator) -> str | None:
    """The base unit of a value, '' when bare, None when it has no unit at all. All that is due is a percentage."""
    if isinstance(value, Coverage):
        return PERCENT
    found = level(value, row.name.text)
    if found is None or isinstance(value, Ratio | Relative):
        return None
    return {"名": "名次", "位": "名次"}.get(found.unit, found.unit) if isinstance(value, Rank) else found.unit


def other_thing(row: Indicator, target: Figure, history: Figure) -> bool:
    """The history names what it counts (1项管理办法), and neither name, explanation nor target speaks of that."""
    if NOUN not in parse(history.text).flags:  # read anew: a shifted cell is left open and keeps no flags
        return False
    behind = re.sub(r"^\D*[\d.,]+", "", normal(history.text))
    unit = leading(behind)
    if unit is None or unit[0].unit not in GENERAL_UNITS:
        return False
    noun = behind[unit[1] :]
    words = row.name.text + target.text + (row.definition.text if row.definition else "")
    return bool(noun) and noun not in normal(words)


def r08(case: Case) -> Iterator[Hit]:
    """One of target and history is words, the other a figure."""
    for index, row in case.rows():
        last = row.references.last_year if stated(row.references.last_year) else row.references.mean
        if row.target is None or last is None or not stated(row.target) or not stated(last):
            continue
        if is_source(last.text, case.parameters) or named(last.text, ABSENT) and isinstance(last.reading.value, Phrase):
            continue
        ways = (row.target.reading.value, last.reading.value), (last.reading.value, row.target.reading.value)
        if any(worded(words, beside) and is_figure(beside) for words, beside in ways):
            yield case.at(index, "target", row.target, target=row.target.text, last_year=last.text)


def is_figure(value: Value) -> bool:
    """A number of any kind."""
    return isinstance(value, Quantity | Cadence | Ratio | Rank) or isinstance(value, Relative) and value.amount is not None


def worded(value: Value, beside: Value) -> bool:
    """Words that cannot be compared with a figure. 完成 and 100 % can, and what is measured against last year can."""
    match value:
        case Tier() | Phrase():
            return True
        case Achieved(norm=norm):
            return bool(norm) or not (isinstance(beside, Quantity) and beside.unit == "%")
        case Relative(base=base, amount=None):
            return not named(base, WITHIN_TABLE)
        case _:
            return False


def r09(case: Case) -> Iterator[Hit]:
    """Remarks that contradict the history: new with a history, or no history and only a category."""
    for index, row in case.rows():
        remark = row.remark
        if remark is None:
            continue
        new = says_new(remark, case.plan.year, case.parameters)
        history = known_history(row, case.parameters)
        if new and history is not None:
            yield case.at(index, "remark", remark, remark=remark.text, history=history.text)
        elif not new and lacks_history(row) and is_category(remark.text, case.parameters):
            plain = case.at(index, "remark", remark, remark=remark.text)
            yield Hit(plain.subject, plain.place, plain.parameters, variant="no_reason")


def known_history(row: Indicator, parameters: Parameters) -> Figure | None:
    """A history value that shows the row existed: not nought, not a source word, not words for none."""
    for figure in (row.references.last_year, row.references.mean):
        if figure is None or not stated(figure) or is_source(figure.text, parameters):
            continue
        value = figure.reading.value
        if nought(figure) or isinstance(value, Phrase) and named(value.words, ABSENT):
            continue
        return figure
    return None


def lacks_history(row: Indicator) -> bool:
    """The form asks for history and the row has none."""
    asked = [figure for figure in (row.references.last_year, row.references.mean) if figure is not None]
    return bool(asked) and not any(stated(figure) for figure in asked)


def r10(case: Case) -> Iterator[Hit]:
    """Standards that rest on a yearly document of another year or on a plan that does not cover the year."""
    year = case.plan.year
    if year is None:
        return
    for index, row in case.rows():
        source = row.references.standard_source
        years = out_of_date(source, year, case.parameters)
        if source is not None and years:
            yield case.at(index, "references.standard_source", source, source=source.text, years=years, year=year)


def r11(case: Case) -> Iterator[Hit]:
    """Nought last year without a word. Nought of what should not happen, and a target of nought, need none."""
    for index, row in case.rows():
        last = row.references.last_year
        if last is None or row.target is None or not stated(row.target) or falling(row) is True:
            continue
        if nought(last) and not nought(row.target) and not gives_reason(row.remark, case.parameters):
            yield case.at(index, "references.last_year", last, target=row.target.text, last_year=last.text)


def nought(figure: Figure) -> bool:
    """The figure is exactly 0, also where it is a bare 0 that may mean that nothing applies: the question is the same."""
    value = figure.reading.value
    meant = value.candidates if isinstance(value, Unresolved) and "0" in figure.text else (value,)
    return any(isinstance(one, Quantity) and one.op is Comparator.EQ and not one.amount for one in meant)


def r12(case: Case) -> Iterator[Hit]:
    """Means that cannot be, and means that show a decline under a rising target. Growth may be negative and proves nothing."""
    count = years_of_mean(case.plan.labels.mean)
    for index, row in case.rows():
        mean, last = row.references.mean, row.references.last_year
        if mean is None or last is None or named(row.name.text, GROWTH):
            continue
        average, actual = plain_level(mean), plain_level(last)
        if average is None or actual is None or average.unit != actual.unit:
            continue
        if bound := impossible(average, actual, count, mean):
            figures = {"mean": mean.text, "last_year": last.text, "bound": bound, "count": str(count)}
            yield case.at(index, "references.mean", mean, **figures)
        elif row.target is not None and declines(row, case.parameters):
            plain = case.at(index, "references.mean", mean, mean=mean.text, last_year=last.text, target=row.target.text)
            yield Hit(plain.subject, plain.place, plain.parameters, variant="trend")


def plain_level(figure: Figure) -> Level | None:
    """An exact number."""
    value = figure.reading.value
    return number(value) if isinstance(value, Quantity) and value.op is Comparator.EQ else None


def years_of_mean(label: str) -> int:
    """How many years the mean covers by its heading (2017-2019年均值), three where it does not say."""
    found = re.search(r"((?:19|20)\d{2})\D{1,3}((?:19|20)\d{2})", label)
    return int(found.group(2)) - int(found.group(1)) + 1 if found else 3


def impossible(mean: Level, last: Level, count: int, written: Figure) -> str:
    """The bound that a mean including last year breaks, printed; '' if it may be. Shares are taken to end at 100 %."""
    if mean.low is None or last.low is None or mean.low < 0 or last.low < 0:
        return ""
    if mean.low < last.low / count:
        return "≥ " + in_unit_of(last.low / count, written)
    ceiling = (last.low + (count - 1) * 100) / count
    if mean.unit == PERCENT and max(mean.low, last.low) <= 100 and mean.low > ceiling:
        return "≤ " + in_unit_of(ceiling, written)
    return ""


def in_unit_of(amount: Fraction, figure: Figure) -> str:
    """An amount of a base unit as it would be written beside ``figure``, to two places."""
    value = figure.reading.value
    unit = value.unit if isinstance(value, Quantity) else ""
    shown = amount / base_unit(unit)[1]
    exact = Decimal(shown.numerator) / Decimal(shown.denominator)
    return f"{exact.quantize(Decimal('0.01'), ROUND_HALF_UP).normalize():f}{unit}"


def declines(row: Indicator, parameters: Parameters) -> bool:
    """Last year was clearly worse than the mean, the target is better than the mean, and no reason is given."""
    by_mean, by_last = standing(row, row.references.mean), standing(row, row.references.last_year)
    if by_mean is None or by_last is None or by_mean.worse or by_mean.target == by_mean.before:
        return False
    fall = Fraction(parameters.number("audit_references.clear_decline"))
    low, high = (by_mean.before, by_last.before) if by_mean.falling else (by_last.before, by_mean.before)
    return 0 <= low < high * fall and not gives_reason(row.remark, parameters)


RULES = family(
    "references",
    {
        "R01": r01,
        "R02": r02,
        "R03": r03,
        "R03a": r03a,
        "R04": r04,
        "R05": r05,
        "R06": r06,
        "R07": r07,
        "R08": r08,
        "R09": r09,
        "R10": r10,
        "R11": r11,
        "R12": r12,
        "R13": r13,
    },
)
