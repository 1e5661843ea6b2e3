"""Values measured against another: 达到全省平均水平, 较上年提高5个百分点, 同比增长10%以上, 不超预算, 与上年持平, 零增长.

Sources: rules 7.2 forms 29, 63, 65-69.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from zhiheng.values import flags, quantities, units
from zhiheng.values.found import Found
from zhiheng.values.lexicon import DATA, DOWN, UP, any_of, inverse, operators
from zhiheng.values.value import Comparator, Quantity, Relative

GE, GT, EQ, LT, LE = Comparator.GE, Comparator.GT, Comparator.EQ, Comparator.LT, Comparator.LE

_WORDS: Any = DATA["relative"]
_MEAN = rf"({any_of(_WORDS['scopes'])}(?:内|同行业|同类[\u4e00-\u9fff]{{0,4}})?)(?:的)?平均{any_of(_WORDS['mean_endings'])}?"
_LAST = rf"((?:19|20)[0-9]{{2}}年|{any_of(_WORDS['earlier'])}){any_of(_WORDS['earlier_endings'])}?"
_BOUND = rf"({any_of(_WORDS['bounds'])}){any_of(_WORDS['bound_endings'])}?"
_OPS = {"": EQ, **operators(_WORDS["before"])}
_AFTER = operators(_WORDS["after"])
_STANDING = re.compile(rf"(?P<before>{any_of(word for word in _OPS if word)})?(?:{_MEAN}|{_LAST}|{_BOUND})(?P<after>{any_of(_AFTER)})?")
_COMPARED = re.compile(
    rf"(?P<than>同比|环比|年均|(?:与|同)?(?:较|比)|与上年相比|与去年相比|与上年同期相比|年)?"
    rf"(?P<base>[^\u0000-\u002f\u003a-\u00ff,，。;、]{{0,12}}?)"
    rf"(?P<verb>(?:不|未|有所|明显|持续|略有|稳步|逐步|显著|实现|进一步)?(?:{UP}|{DOWN}))(?P<rest>.*)"
)
NO_GROWTH = Relative("", LE, "up", Decimal(0), "%")
"""零增长: no growth at all."""
_DOUBLED = re.compile(r"(?:实现)?翻([一两二三1-3])?番")
_ZERO_GROWTH = re.compile(r"(?:实现)?(?:零增长|只减不增|不增加|不增长|零增加)")
_NOT_CHANGED = re.compile(
    rf"(?:较|比)(?P<base>{_LAST})(?:有所)?(?P<verb>不(?:增加|提高|上升|增长)|只减不增|只增不减|不(?:下降|降低|减少))"
)
_CLEAN = inverse(_WORDS["canonical"])
_FREE = ("", "达到", "控制在", "严格控制在", "与", "同", "和", "保持", "维持", "在", "成本控制在", "支出控制在")
"""Words before a base that leave the bound to the words after it (控制在预算以内)."""
_COUNTED = frozenset(("增加", "上升", "减少", "降低", "下降", "压减", "缩短", "缩减", "递增", "递减", "削减", "核减"))
"""Verbs whose number of things is a change too (减少投诉3起); others say what was done (改善住房100套)."""
LETTERS = frozenset("节均年期算批合控计目预定标核限编基较比增提升长降减缩上翻零幅速")
_BASES = frozenset("均年期月季历算批合价计目预定标核限编")
_CHANGES = frozenset("增提上升长扩递加改下降减压缩回削核节幅翻零")
_CHANGING = re.compile(f"{UP}|{DOWN}")
_LEADING_UP = re.compile(UP)
LETTERS = frozenset("节均年期算批合控计目预定标核限编基较比增提升长降减缩上翻零幅速")


def read(text: str) -> Found | None:
    """The comparison that the whole text writes, or None."""
    if len(text) > 40:
        return None
    if not _BASES.isdisjoint(text):
        standing = _STANDING.fullmatch(text)
        if standing is not None:
            return _standing(standing)
    if _CHANGES.isdisjoint(text):
        return None
    if _ZERO_GROWTH.fullmatch(text):
        return Found(NO_GROWTH, (flags.NO_BASELINE,), True)
    doubled = _DOUBLED.fullmatch(text)
    if doubled is not None:
        times = {"一": 1, "两": 2, "二": 2, "三": 3, "1": 1, "2": 2, "3": 3}[doubled[1] or "一"]
        return Found(Relative("", EQ, "up", Decimal(times), "番"), (flags.NO_BASELINE,), False)
    kept = _NOT_CHANGED.fullmatch(text)
    if kept is not None:
        op = GE if kept["verb"][-2:] in ("下降", "降低", "减少", "不减") else LE
        return Found(Relative(_base(kept["base"]), op), (flags.NO_BASELINE,), True)
    if not _CHANGING.search(text):
        return None
    compared = _COMPARED.fullmatch(text)
    return _compared(compared) if compared is not None else None


def _standing(match: re.Match[str]) -> Found | None:
    """The base itself is the bound."""
    scope, last, bound = match[2], match[3], match[4]
    before, after = match["before"] or "", match["after"] or ""
    op = _AFTER.get(after, _OPS[before])
    if (after and before not in _FREE and op is not _OPS[before]) or (not before and not after and scope is None):
        return None
    if before in ("与", "同", "和") and after and op is not EQ or before == "同" and not after and last is None:
        return None
    if bound is not None:
        return _bound(bound, op) if before or after else None
    base = f"{scope.removesuffix('的')}平均" if scope else _base(last)
    return Found(Relative(base, op), (flags.NO_BASELINE,), op is not EQ)


def _bound(word: str, op: Comparator) -> Found | None:
    """A bound that the head of the table or a contract holds: 不超预算."""
    if op is GE and "预算" not in word:
        return None
    key, base = next((key, base) for key, base in _WORDS["bound_names"].items() if key in word)
    if key in ("计划", "目标", "预期", "标准") and op is EQ:
        return None
    return Found(Relative(base, op), (), op is not EQ)


def _base(word: str) -> str:
    for ending in ("的水平", "水平", "实际", "数", "值"):
        if word.endswith(ending) and word not in _CLEAN and not word.startswith(("历史", "前三年", "近三年")):
            word = word.removesuffix(ending)
            break
    if word.startswith(("前三年", "近三年")):
        return "前三年平均"
    return _CLEAN.get(word, word)


_LAST_ONLY = re.compile(_LAST)
_MEAN_ONLY = re.compile(_MEAN)


def _compared(match: re.Match[str]) -> Found | None:
    """A change against a base: direction, comparator, size."""
    base = _than(match["than"] or "", match["base"])
    if base is None:
        return None
    verb, rest = match["verb"], match["rest"]
    if verb.startswith(("不", "未")) or rest.startswith(("到", "至", "为")) and not rest[1:2].isdigit():
        return None
    if rest[:1] in ("到", "至") or rest.startswith(("率为", "率达", "率至")) and not match["than"]:
        return None
    change = "up" if _LEADING_UP.search(verb) else "down"
    marks = () if base == "预算" else (flags.NO_BASELINE,)
    rest = rest.removeprefix("率").removeprefix("幅度").removeprefix("速度").removeprefix("了")
    if not rest or rest in ("情况", "水平"):
        if not match["than"] or match["base"] == "" and match["than"] == "年":
            return None
        return Found(Relative(base, GT, change), (*marks, flags.NO_AMOUNT), False)
    return _sized(base, change, verb, rest, marks)


def _than(word: str, base: str) -> str | None:
    """What the change is measured against, in canonical words."""
    if word in ("同比", "年均", "年", "年增长", "年增长率") or "相比" in word:
        return "上年" if not base else None
    if word == "环比":
        return "上期" if not base else None
    if word.endswith(("较", "比")):
        mean = _MEAN_ONLY.fullmatch(base)
        if mean is not None:
            return f"{mean[1].removesuffix('的')}平均"
        return _base(base) if _LAST_ONLY.fullmatch(base) or base in ("预算", "计划", "年初", "目标值", "改造前", "实施前") else None
    return "" if not base or base in ("实现", "力争", "确保") else None


def _sized(base: str, change: str, verb: str, rest: str, marks: tuple[str, ...]) -> Found | None:
    found = quantities.read(rest)
    if found is None or not isinstance(found.value, Quantity):
        return None
    value = found.value
    if value.upper is not None or value.qualifier or value.per is not None or value.amount < 0:
        return None
    if found.words.endswith(("至", "到", "达", "为")) or value.unit and units.unit(value.unit) is None:
        return None
    if base == "" and not value.unit.startswith(("%", "‰", "个百分点", "倍")) and verb not in _COUNTED:
        return None
    return Found(Relative(base, value.op, change, value.amount, value.unit), (*marks, *found.flags), found.explicit)


def words(value: Relative) -> str:
    """How it is printed: 不低于全省平均, 与上年持平, 较上年提高≥5个百分点."""
    if not value.change:
        if value.op is EQ:
            return f"与{value.base}持平"
        if value.op is Comparator.ABOUT:
            return f"{value.base}左右"
        return {GE: "不低于", GT: "高于", LE: "不超过", LT: "低于"}[value.op] + value.base
    if value == NO_GROWTH:
        return "零增长"
    if value.unit == "番" and value.amount is not None:
        return f"翻{'一两三'[int(value.amount) - 1]}番"
    head = f"较{value.base}" if value.base else ""
    rate = value.unit.startswith(("%", "‰", "个", "倍")) or value.amount is None
    verb = ("提高" if rate else "增加") if value.change == "up" else "下降" if rate else "减少"
    if value.amount is None:
        return head + verb
    sign = {EQ: "", Comparator.ABOUT: "约"}.get(value.op, value.op.value)
    return f"{head}{verb}{sign}{value.amount:f}{value.unit}"
