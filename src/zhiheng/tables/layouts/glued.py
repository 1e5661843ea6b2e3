"""Values of one row that run together: 10≥266米≥266米10 under the headings 分值, 年度指标值, 全年实际值, 得分.

A run is divided only where the order of the headings, the units and 0 ≤ 得分 ≤ 分值 ≤ 100 leave one division; otherwise it is
not divided at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from zhiheng.values.units import UNITS

VALUE_ROLES = frozenset({"target", "actual", "weight", "points"})
_COMPARATOR = r"(?:[≥≤><＞＜=＝≧≦]{1,2}|不少于|不低于|不超过|不高于|至少|小于|大于|低于|高于)"
_NUMBER = r"(?:0|[1-9]\d*)(?:\.\d+)?"
_LOOSE = r"\d+(?:\.\d+)?"
_UNIT = (
    r"(?:[%％‰]|[万亿]?(?:"
    + "|".join(sorted((re.escape(unit) for unit in UNITS if unit not in set("年月日成级分星")), key=len, reverse=True))
    + r")|[万亿]元?)"
)
_SUFFIX = r"(?:以上|以下|以内|左右)"
_GRADE = (
    r"(?<!是否)(?:显著|明显|有效|稳步|持续|不断|逐步|大幅|有所|进一步|基本)"
    r"(?:提升|提高|改善|增强|增加|降低|减少|下降|好转|优化)(?![率度的了程情])"
)
_DONE = r"(?:部分|未)?达成(?:预期指标|年度指标|预期目标)|不超(?:过)?预算|应.尽.|全覆盖|(?:按[时期]|及时)(?:完成)?(?=\d|$|[≥≤><=]|按|及时)"
_DATE = r"20\d\d年(?:1[0-2]|[1-9])月(?:[1-3]?\d日)?(?:底|末)?(?:之?前|以前)?|20\d\d年(?:底|末)(?:之?前)?"
_WORD = r"是|否|高|中|低|好|优|良|无|有"
_VALUE = re.compile(rf"{_COMPARATOR}?{_NUMBER}(?:{_UNIT}{_SUFFIX}?)?|{_GRADE}|{_DONE}|{_DATE}|{_WORD}")
_OWN_UNIT = re.compile(rf"{_COMPARATOR}?{_NUMBER}([\u4e00-\u9fff]{{1,3}})")


def _piece(group: str) -> str:
    """One value; ``group`` tells apart the names of its groups, a unit or word that comes twice."""
    return (
        rf"{_DATE}|{_LOOSE}(?P<unit{group}>[\u4e00-\u9fff]{{1,3}}){_LOOSE}(?P=unit{group})"
        rf"|{_COMPARATOR}?\s?{_LOOSE}\s?(?:{_UNIT}{_SUFFIX}?)?|{_GRADE}|{_DONE}"
        rf"|(?P<word{group}>{_WORD})(?P=word{group})(?=\d|\s|$)|(?:是|否)(?={_DONE})"
    )


RUN = re.compile(rf"(?:{_piece('1')})(?:\s?(?:{_piece('2')}))*")
"""Values without anything between them."""
FIRM = re.compile(rf"{_COMPARATOR}|[%％‰]|{_DONE}")
"""What stands in a value and hardly in the name of an indicator."""


def divide(run: str, roles: Sequence[str], *, blanks: bool = False) -> tuple[str, ...] | None:
    """The values of a row in the order of ``roles`` when one division only is possible, else None.

    Where several are possible, one that gives full points for a result that reaches its target is taken before others that
    do not: such a row would contradict itself. ``blanks``: other columns of the row are blank, so that digits alone part nothing.
    """
    if len(run) > 60 or len(roles) > 1 and re.fullmatch(_NUMBER, run) and Decimal(run) <= 100:
        return None  # 15 is as likely one value as two
    found = [dict(zip(roles, parts, strict=True)) for parts in _divisions(run, tuple(roles))]
    found = [fields for fields in found if _possible(fields)]
    if blanks:
        found = [fields for fields in found if not _cut_in_digits(fields)]
    if len(found) == 1 and not (_contradicts(found[0]) and _cut_in_digits(found[0])):
        return tuple(found[0].values())
    if any(len(re.sub(r"[\d.]", "", fields.get("target", ""))) == 0 for fields in found):
        return None  # bare numbers beside each other: any of them may be any
    coherent = [fields for fields in found if not _contradicts(fields)]
    return tuple(coherent[0].values()) if len(found) > 1 and len(coherent) == 1 else None


def _divisions(run: str, roles: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    run = run.strip()
    if not roles:
        if not run:
            yield ()
        return
    for end in range(1, len(run) - len(roles) + 2):
        part = run[:end]
        if " " not in part and _fits(part, roles[0]) and not (run[end : end + 1].isdigit() and part.endswith(".")):
            for rest in _divisions(run[end:], roles[1:]):
                yield (part, *rest)


def _fits(part: str, role: str) -> bool:
    if role in {"weight", "points"}:
        return bool(re.fullmatch(_NUMBER, part)) and len(part) <= 6
    return bool(_VALUE.fullmatch(part) or _OWN_UNIT.fullmatch(part))


def _possible(fields: dict[str, str]) -> bool:
    weight, points = (Decimal(fields[role]) if role in fields else None for role in ("weight", "points"))
    if weight is not None and not 0 < weight <= 100:
        return False
    if points is not None and points > (weight if weight is not None else 100):
        return False
    target, actual = fields.get("target", ""), fields.get("actual", "")
    if target[-1:].isdigit() and actual[:1].isdigit() and target != actual and not re.search("20[0-9][0-9]年", target):
        return False  # 100% is not 10 and 0%
    if list(fields)[:1] == ["weight"] and target != actual and re.match("0(?![.])", target):
        return False  # nor 80% 8 points for 0%
    own = [_own_unit(fields[role]) for role in ("target", "actual") if role in fields]
    return not any(own) or len(own) == 2 and own[0] == own[1]


def _own_unit(value: str) -> str:
    """A unit that is in no list: believed only where target and result both carry it."""
    found = None if _VALUE.fullmatch(value) else _OWN_UNIT.fullmatch(value)
    return found.group(1) if found else ""


def _contradicts(fields: dict[str, str]) -> bool:
    """Whether a result that reaches its target has less than full points."""
    if not set(fields) >= VALUE_ROLES:
        return False
    target, actual = (re.search(_LOOSE, fields[role]) for role in ("target", "actual"))
    if target is None or actual is None or re.match("[≤<＜≦]|不超|不高|小于|低于", fields["target"]):
        return False
    reached = Decimal(actual.group()) >= Decimal(target.group())
    return reached and Decimal(fields["points"]) != Decimal(fields["weight"])


def _cut_in_digits(fields: dict[str, str]) -> bool:
    """Whether only the digits themselves say where weight and target, or target and result, part."""
    parts = list(fields.items())
    return any(
        before[-1].isdigit() and after[0].isdigit() and {first, second} != {"weight", "points"}
        for (first, before), (second, after) in pairwise(parts)
    )
