"""A place in an order: 第1名, 全省前5名, 位居全市前3. Sources: rules 7.2 forms 65, 98."""

from __future__ import annotations

import re

from zhiheng.values.found import Found
from zhiheng.values.value import Comparator, Rank

_VERBS = (
    r"(?:位居|跃居|进入|位列|名列|排名|排在|居|列|保持在?|综合排名|处于|位次|达到|获得?|取得|稳居|进|跻身|排位|不低于|力争|确保|稳定在"
    r"|考核排名|考核|排)*"
)
_RANK = re.compile(
    rf"{_VERBS}(?P<scope>全省|全国|全市|全县|全区|全州|省内|市内|国内|同类|同行业|全行业|[东西中]部|省直|市直|县直|[\u4e00-\u9fff]{{2}}市|[\u4e00-\u9fff]{{2}}省)?(?:同类[\u4e00-\u9fff]{{0,4}})?{_VERBS}"
    r"(?P<order>前|第)(?P<place>[0-9]{1,4})(?:名|位)?(?P<bound>以内|之内|以上|及以上|以前|内)?"
)


def read(text: str) -> Found | None:
    """The rank that the whole text writes, or None."""
    match = _RANK.fullmatch(text)
    if match is None or int(match["place"]) == 0:
        return None
    op = Comparator.LE if match["order"] == "前" or match["bound"] or text.startswith("不低于") else Comparator.EQ
    return Found(Rank(int(match["place"]), match["scope"] or "", op), (), op is Comparator.LE)


def words(rank: Rank) -> str:
    """How it is printed: 全省前5名, 第1名."""
    return f"{rank.scope}{'第' if rank.op is Comparator.EQ else '前'}{rank.place}名"
