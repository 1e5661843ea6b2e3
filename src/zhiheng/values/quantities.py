"""A number with its unit: 60家, ≥95%, 不超过200万元, 3—5家, 200余人, 建立4项, 1项管理办法, 净增60家, 省级以上3家.

Sources: rules 7.1 (usual reading of 以上/以下/超过/不满, not checked against the text), 7.2 forms 1-47, 58-60, 70-72, 90-93.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from zhiheng.values import flags, units
from zhiheng.values.found import Found
from zhiheng.values.lexicon import (
    AFTER,
    BEFORE,
    CHANGES,
    COMPARING,
    DATA,
    FLOWS,
    FUZZY_BEFORE,
    LOWERED,
    NEGATIVE,
    NO_BOUND,
    NOT_NEGATIVE,
    QUALIFIER,
    SIGNS,
    VERBS,
    ZERO,
    any_of,
)
from zhiheng.values.numerals import NUMBER
from zhiheng.values.units import Measure
from zhiheng.values.value import Cadence, Comparator, Every, Quantity, Unresolved, Value

GE, GT, EQ, LT, LE = Comparator.GE, Comparator.GT, Comparator.EQ, Comparator.LT, Comparator.LE
NO_MEASURE = Measure("", None, False)

_FAST = re.compile(rf"([^0-9.]*)({NUMBER})([^0-9]*)")
_NUMBER = re.compile(NUMBER)
_MORE = re.compile(r"(十万|百万|千万|[十百千万亿])?[余多来](?![年月])")
_JOINT = re.compile(rf"(?:[-~至到]|--)({NUMBER})")
_BRACKETED = re.compile(rf"([^0-9\[(]*)([\[(])({NUMBER}),({NUMBER})([\])])(.*)")
_BOTH = re.compile(r"(.+?)(?:且|并且|,|同时)(.+)|(.+以上)[-至到、]?(.+以[下内])")
_AROUND = re.compile(rf"({NUMBER})([^0-9<>≤≥=]*)([<≤])[^0-9<>≤≥=]{{0,12}}([<≤])({NUMBER})(.*)")
_NONE_OF = re.compile(r"(?:全年|年内|实现|确保)?(?:零|无|未发生|不发生|杜绝发生?)(?:一起)?(.+)|(.+?)(?:零发生|为零)")
_UNIT_NAMED = re.compile(r"\((单位:)?([^()]{1,12})\)")
_EACH = re.compile(
    r"每([百千万亿]?[人户亩元]|公里|平方米|平方公里|公顷|吨|[百千万]人口|次|人次|家|村)"
    rf"(?:每([0-9]{{0,3}})个?({units.PERIOD}))?(?!以)(.*[0-9].*)"
)
_PER_NAMED = re.compile(rf"\(每([0-9]{{0,3}})个?({units.PERIOD})\)")
_BRACKET = re.compile(r"\([^()]*\)")
_NOUN = re.compile(r"[\u3400-\u9fffA-Za-z()·“”\"《》&+]{1,20}")
_PREFIX = re.compile(r"[\u3400-\u9fffA-Za-z()·“”\"《》&、/+,]{1,25}:?")
_BOUND_INSIDE = re.compile(COMPARING + "|[以之]?[上下内外]$")
_LEVEL_INSIDE = re.compile(any_of(DATA["limiting"]["words"]))
_LETTER_AT_DIGIT = re.compile(r"(?:^|[^A-Za-z])(?:[A-Za-z]{1,2}|[OoQlISBZ]+)$|负$|^负增长")
"""Before a figure: a letter or two (l0家 is a misread 10家, SO2 a formula; APP1个 is a word), or a minus in words."""
_TIMES = frozenset(("天", "工作日", "小时", "分钟", "个月", "年", "周"))
_OPENERS = re.compile(any_of(("数据", "指标值", "目标值", "全年", "年内", "本年", "当年", "本年度", "年度")))
_LONGEST_BEFORE, _LONGEST_AFTER = max(map(len, BEFORE)), max(map(len, AFTER))


class Sides(NamedTuple):
    """What the words on one side of the number say."""

    op: Comparator | None = None
    words: str = ""
    qualifier: str = ""
    flags: tuple[str, ...] = ()
    equals: bool = False
    """An equals sign stands there: 100% leaves open what =100% says."""


def fast(text: str) -> Found | None:
    """At most a comparator or a verb, a number, a plain unit, and a word like 以上: most cells of most tables.

    It only knows words from tables; what it reads, :func:`read` would read the same.
    """
    match = _FAST.fullmatch(text)
    if match is None:
        return None
    before, digits, word = match.groups()
    op, explicit, marks = EQ, False, NO_FLAGS
    if before:
        known = _BEFORE_FAST.get(before)
        if known is None:
            return None
        op, explicit, marks = known
    name = ""
    if word:
        measure = units.PLAIN.get(word)
        if measure is None:
            after = _AFTER_FAST.get(word[-2:])
            measure = units.PLAIN.get(word[:-2]) if after is not None else None
            if measure is None or explicit or after is None:
                return None
            op, explicit, word = after, True, word[:-2]
        if word in _DATE_WORDS:
            return None
        name = measure.unit
        if measure.alias:
            marks = (*marks, flags.UNIT_ALIAS)
    elif not explicit and _DATE_LIKE.fullmatch(digits):
        return None
    return Found(Quantity(Decimal(digits), name, op), marks, explicit)


NO_FLAGS: tuple[str, ...] = ()
_BEFORE_FAST: dict[str, tuple[Comparator, bool, tuple[str, ...]]] = {
    **{verb: (EQ, False, (flags.VERB,)) for verb in VERBS if verb not in CHANGES and not verb.startswith(NEGATIVE)},
    **{word: (op, op is not EQ or word == "等于", NO_FLAGS) for word, op in BEFORE.items() if op is not Comparator.ABOUT},
    **{sign: (op, True, NO_FLAGS) for sign, op in SIGNS.items() if op is not Comparator.ABOUT},
}
_AFTER_FAST = {word: AFTER[word] for word in ("以上", "以下", "以内", "之内")}
_DATE_WORDS = frozenset(("年", "月", "日", "季度", "季", "年度", "半年"))
_DATE_LIKE = re.compile(r"(?:19|20)[0-9]{2}\.(?:0?[1-9]|1[0-2])")


def read(text: str) -> Found | None:
    """The quantity that the whole text writes, or None."""
    match = _NUMBER.search(text)
    if match is None:
        return _zero(text)
    if text[0] == "每" and (each := _EACH.fullmatch(text)) is not None:
        return _each(each)
    if "<" in text or "≤" in text or "[" in text or "且" in text or "," in text or "同时" in text or text[-1] in "下内" and "以上" in text:
        found = _two_bounds(text)
        if found is not None:
            return found
    before, after = text[: match.start()], text[match.end() :]
    negative = before.endswith(("-", "负")) and (len(before) == 1 or before[-2] in SIGNS or before[:-1] in BEFORE)
    if negative:
        before = before[:-1]
    amount = Decimal(match[0])
    if negative:
        amount = -amount
    head = _before(before)
    if head is None:
        return None
    return _with_unit(amount, head, after)


def _with_unit(amount: Decimal, head: Sides, after: str) -> Found | None:
    """Read unit, second bound, comparator and noun after the number, and join all that was said."""
    more = _MORE.match(after)
    if more is not None:
        after = (more[1] or "") + after[more.end() :]
    measure, rest, named_rate = _measure(after)
    if measure.unit.partition("/")[0] in units.SPANS and "/" in measure.unit:
        return None
    upper: Decimal | None = None
    if rest[:4] in ("(含)-", "(含)~", "(含)至", "(含)到"):
        rest = rest[3:]
    joint = _JOINT.match(rest) if rest and rest[0] in "-~至到" else None
    if joint is not None:
        second, rest, named_rate = _measure(rest[joint.end() :])
        if not _one_measure(measure.unit, second.unit):
            return None
        upper = Decimal(joint[1])
        measure = second if second.unit or second.per else measure
    if amount == 0 and not measure.unit and rest in ZERO and head.op is None and not head.words:
        return Found(Quantity(amount, "", EQ, None, None, rest), NO_FLAGS, True)
    tail = _after(rest, measure)
    if tail is None or not measure.unit and flags.NOUN in head.flags and not head.words.endswith(_MEASURES) and head.words not in ZERO:
        return None
    return _join(amount, upper, measure, head, tail, more is not None, named_rate)


def _one_measure(first: str, second: str) -> bool:
    """Whether both ends of a range are in one unit: 10-20万元, 10万-20万元, 5%-10%; not 10元-20万元."""
    return not first or not second or first == second or (first in units.MULTIPLIERS and second.startswith(first))


def _measure(text: str) -> tuple[Measure, str, bool]:
    """Unit and period at the start, what follows, and whether the period stands in brackets: 8篇(每月), 5(单位:泵), 2 (部)."""
    measure, end = units.leading(text) or (NO_MEASURE, 0)
    if end == 0 and (named := _UNIT_NAMED.match(text)):
        known = units.whole(named[2])
        if named[1] or known is not None:
            measure, end = known or Measure(named[2], None, False), named.end()
    each = _PER_NAMED.match(text, end)
    if each is None or measure.per is not None:
        return measure, text[end:], False
    count = Decimal(each[1]) if each[1] else units.ONE
    if count <= 0:
        return measure, text[end:], False
    return measure._replace(per=Every(count, units.PERIODS[each[2]])), text[each.end() :], True


def _join(amount: Decimal, upper: Decimal | None, measure: Measure, head: Sides, tail: Sides, more: bool, named_rate: bool) -> Found | None:
    marks = [*head.flags, *tail.flags]
    if measure.alias:
        marks.append(flags.UNIT_ALIAS)
    if more:
        marks.append(flags.FUZZY)
    words = tail.words or head.words
    qualifier = head.qualifier or (head.words if amount == 0 and not measure.unit and head.words in ZERO else "")
    if qualifier and qualifier == head.words:
        marks.remove(flags.NOUN)
    if upper is not None:
        if head.op not in (None, EQ) or tail.op not in (None, EQ) or more:
            return None
        if upper < amount:
            return None
        value: Value = Quantity(amount, measure.unit, Comparator.BETWEEN, upper, measure.per, qualifier)
        return Found(value, tuple(marks), True, words)
    op, doubt = _operator(head.op, tail.op)
    if more:
        op = GE if op in (None, EQ, Comparator.ABOUT) else op
    if op is Comparator.ABOUT and flags.FUZZY not in marks:
        marks.append(flags.FUZZY)
    value = quantity(amount, op or EQ, measure, qualifier, named_rate)
    if doubt is not None:
        value = Unresolved((value, quantity(amount, doubt, measure, qualifier, named_rate)), "comparators_disagree")
    return Found(value, tuple(marks), op not in (None, EQ) or head.equals, words)


def quantity(amount: Decimal, op: Comparator, measure: Measure, qualifier: str = "", rate: bool = False) -> Value:
    """A Quantity, or a Cadence where the unit is counted per period (2次/月)."""
    if measure.per is not None and not rate and not qualifier and measure.unit and units.counted(measure.unit):
        return Cadence(amount, measure.unit, measure.per, op)
    return Quantity(amount, measure.unit, op, None, measure.per, qualifier)


def _operator(before: Comparator | None, after: Comparator | None) -> tuple[Comparator | None, Comparator | None]:
    """One comparator out of what stands before and after; the second is the other reading where they disagree."""
    if after in (None, EQ) or before is after:
        return before if before is not None else after, None
    if before in (None, EQ, Comparator.ABOUT):
        return after, None
    if after is Comparator.ABOUT:
        return before, None
    return before, after


@lru_cache(maxsize=4096)
def _before(text: str) -> Sides | None:
    """Comparator, verb, noun and qualifier before the number; None if they are more than that."""
    if not text:
        return Sides()
    sign = SIGNS.get(text)
    if sign is not None:
        return Sides(sign, equals=sign is EQ)
    op: Comparator | None = None
    marks: tuple[str, ...] = ()
    equals = text.endswith(("=", "等于")) and not text.endswith(("大于等于", "小于等于"))
    found = _ending(text)
    if found is not None:
        op, length = found
        if text[-length:] in FUZZY_BEFORE or op is Comparator.ABOUT:
            marks = (flags.FUZZY,)
        text = text[:-length]
        if text and (inner := _ending(text)) is not None and inner[0] is EQ:
            text = text[: -inner[1]]
        if not text:
            return Sides(op, "", "", marks, equals)
    head = _prefix(text, op, marks)
    return head._replace(equals=equals) if head is not None else None


def _ending(text: str) -> tuple[Comparator, int] | None:
    if text.endswith(NO_BOUND):
        return None
    for length in range(min(_LONGEST_BEFORE, len(text)), 0, -1):
        word = text[-length:]
        op = BEFORE.get(word) or SIGNS.get(word) or FUZZY_BEFORE.get(word)
        if op is not None and not (word == "上" and length < len(text)):
            return op, length
    return None


def _prefix(text: str, op: Comparator | None, marks: tuple[str, ...]) -> Sides | None:
    text = text.removesuffix(":")
    qualifier = QUALIFIER.match(text)
    if qualifier is not None:
        rest = text[qualifier.end() :]
        if rest and not _PREFIX.fullmatch(rest):
            return None
        return Sides(op, rest, qualifier[0], (*marks, flags.NOUN) if rest else marks)
    for flow in FLOWS if text.startswith(FLOWS) else ():
        if text.startswith(flow):
            rest = text[len(flow) :]
            if rest and not _acceptable(rest):
                return None
            kept = flow.removesuffix("达到").removesuffix("达").removesuffix("完成").removesuffix("加")
            return Sides(op, rest, kept, (*marks, flags.NOUN) if rest else marks)
    opener = _OPENERS.fullmatch(text)
    if opener is not None:
        return Sides(op, "", "", marks)
    if not _acceptable(text):
        return None
    return Sides(op, text, "", (*marks, flags.VERB if _is_verb(text) else flags.NOUN))


_MEASURES = ("率", "度", "数", "量", "额", "值", "比例", "占比", "比重", "面积", "标准", "面", "里程", "长度", "时间", "天数")
"""How the name of a measure ends."""


def _is_verb(text: str) -> bool:
    return text.startswith(VERBS) and not text.endswith(_MEASURES)


def _acceptable(text: str) -> bool:
    """Whether words before a number are a verb or the measure's own name, and nothing that changes the number."""
    return (
        _PREFIX.fullmatch(text) is not None
        and (not text.startswith(NEGATIVE) or text.startswith(NOT_NEGATIVE))
        and not text.startswith(LOWERED)
        and _BOUND_INSIDE.search(text) is None
        and _LEVEL_INSIDE.search(text) is None
        and _LETTER_AT_DIGIT.search(text) is None
    )


def _after(text: str, measure: Measure) -> Sides | None:
    """Comparator and noun after the unit; None if there is more than that."""
    if not text:
        return Sides()
    op = AFTER.get(text)
    if op is not None:
        return Sides(op)
    for length in range(min(_LONGEST_AFTER, len(text)), 0, -1):
        op = AFTER.get(text[:length])
        if op is not None and (text[:length] not in ("内", "整") or measure.unit in _TIMES):
            text = text[length:]
            break
    if not measure.unit or measure.unit.endswith(("%", "‰")) or not units.counted(measure.unit):
        return Sides(op) if text in _CLOSERS else None
    if not _NOUN.fullmatch(text) or _BRACKET.fullmatch(text) or _BOUND_INSIDE.search(text) or text.startswith(tuple("之到至以前后")):
        return None
    return Sides(op, text, "", (flags.NOUN,))


_CLOSERS = frozenset(("", "完成", "资金", "的目标", "的水平", "水平", "标准"))


def _two_bounds(text: str) -> Found | None:
    """A range by two bounds: ≥80分且<90分, 80≤X<90, [80,90)分. Which ends belong to it is as written."""
    bracketed = _BRACKETED.fullmatch(text)
    if bracketed is not None:
        before, opening, low, high, closing, word = bracketed.groups()
        head = _before(before)
        if head is None or head.words or head.op is not None:
            return None
        return _bounded(low, high, word, opening + closing, head.qualifier)
    around = _AROUND.fullmatch(text)
    if around is not None:
        low, unit, first, second, high, word = around.groups()
        if unit and word and unit != word:
            return None
        return _bounded(low, high, word or unit, ("[" if first == "≤" else "(") + ("]" if second == "≤" else ")"))
    both = _BOTH.fullmatch(text)
    if both is None:
        return None
    first_found, second_found = read(both[1] or both[3]), read(both[2] or both[4])
    if first_found is None or second_found is None:
        return None
    first_value, second_value = first_found.value, second_found.value
    if not isinstance(first_value, Quantity) or not isinstance(second_value, Quantity) or first_found.words or second_found.words:
        return None
    if first_value.op not in (GE, GT) or second_value.op not in (LE, LT) or first_value.per or second_value.per:
        return None
    if first_value.unit and second_value.unit and first_value.unit != second_value.unit or second_value.amount < first_value.amount:
        return None
    bounds = ("[" if first_value.op is GE else "(") + ("]" if second_value.op is LE else ")")
    unit = first_value.unit or second_value.unit
    return Found(Quantity(first_value.amount, unit, Comparator.BETWEEN, second_value.amount, None, first_value.qualifier, bounds), (), True)


def _bounded(low: str, high: str, word: str, bounds: str, qualifier: str = "") -> Found | None:
    measure, rest, _ = _measure(word)
    if rest or Decimal(high) < Decimal(low):
        return None
    marks = (flags.UNIT_ALIAS,) if measure.alias else ()
    return Found(Quantity(Decimal(low), measure.unit, Comparator.BETWEEN, Decimal(high), measure.per, qualifier, bounds), marks, True)


def _each(match: re.Match[str]) -> Found | None:
    """每万人5件, 每亩补贴200元, 每人每年100元: a figure for each of something."""
    below, count, period, text = match[1].removesuffix("口"), match[2], match[3], match[4]
    found = read(text)
    if found is None or not isinstance(found.value, Quantity) or not found.value.unit or units.PLAIN.get(below) is None:
        return None
    unit = f"{found.value.unit}/{units.PLAIN[below].unit}"
    each = Every(Decimal(count) if count else units.ONE, units.PERIODS[period]) if period else found.value.per
    if "/" in found.value.unit or (period and found.value.per is not None) or (each is not None and each.count <= 0):
        return None
    return found._replace(value=replace(found.value, unit=unit, per=each))


def _zero(text: str) -> Found | None:
    """零事故, 零投诉, 事故零发生: none of what is named may happen."""
    match = _NONE_OF.fullmatch(text)
    noun = (match[1] or match[2]) if match is not None else ""
    return Found(Quantity(Decimal(0), "", EQ, None, None, noun), NO_FLAGS, True) if noun in ZERO else None
