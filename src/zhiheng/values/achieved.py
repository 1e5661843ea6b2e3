"""Done or not: 完成, 通过, 验收合格, 是, 否, 达到国家标准. Sources: rules 7.2 forms 55-57, 64."""

from __future__ import annotations

import re

from zhiheng.values.found import Found
from zhiheng.values.lexicon import DATA, any_of
from zhiheng.values.value import Achieved

_WORDS = DATA["achieved"]
_THING, _VERB = any_of(_WORDS["things"]), any_of(_WORDS["done"])
_DONE = re.compile(
    rf"(?:{any_of(_WORDS['completed'])}|已?(?:全面|圆满|顺利|如数)?{_VERB}|(?:{_THING}|质量|年检|验收结果)?(?:已|结果)?(?:合格|通过|达标)|(?:已|顺利)?通过{_THING}"
    r"|已?完成(?:率100%|率达100%|率达到100%|率:100%|任务|工作|工作任务|验收|建设|全部任务|全部工作|年度任务|当年任务))"
)
_UNDONE = re.compile(rf"(?:否|(?:尚|还)?未(?:全面|全部)?{_VERB}|不(?:合格|通过|达标)|{_THING}?(?:不合格|未通过|不通过)|未合格|没有?完成)")
NORM_WORDS = any_of(_WORDS["norms"])
_NAMED = "[\u4e00-\u9fffA-Za-z0-9()“”\"《》、]{0,20}?"
_MEETS = re.compile(
    rf"(严格|基本)?{any_of(_WORDS['meets'])}({_NAMED}{NORM_WORDS})(?:执行|完成|实施|办理|支付|发放|使用|开展|建设|进行|落实)?"
)
_FAILS = re.compile(rf"(?:未|不)(?:达到|符合|满足|遵守)({_NAMED}{NORM_WORDS})")


def read(text: str) -> Found | None:
    """Whether the whole text says done, not done, or that an outside norm is met."""
    if len(text) > 40 or text[0] in "0123456789≥≤<>=每":
        return None
    if _DONE.fullmatch(text):
        return Found(Achieved(True))
    if _UNDONE.fullmatch(text):
        return Found(Achieved(False))
    failed = _FAILS.fullmatch(text)
    if failed is not None:
        return Found(Achieved(False, failed[1]))
    met = _MEETS.fullmatch(text)
    if met is None or met[1] == "基本":
        return None
    return Found(Achieved(True, met[2]))


def words(value: Achieved) -> str:
    """How it is printed: 完成, 未完成, 达到国家标准, 未达到国家标准."""
    if value.norm:
        return f"{'' if value.done else '未'}达到{value.norm}"
    return "完成" if value.done else "未完成"
