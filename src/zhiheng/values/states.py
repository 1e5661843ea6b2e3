"""Cells without a figure: missing, not due, not applicable, not organised. Zero is none of them.

The five states differ in law and in score, so each is a type of its own. Sources: rules 7.2 forms 42, 43, 95, 97.
"""

from __future__ import annotations

import re
from typing import Literal

from zhiheng.values import flags
from zhiheng.values.found import Found
from zhiheng.values.value import Achieved, Missing, NotApplicable, NotDue, NotOrganised, Quantity, Unresolved, Value
from zhiheng.values.zero import NOTHING, ZERO_UNITLESS

State = Literal["reported", "zero", "missing", "not_due", "not_applicable", "not_organised"]

_MARK = r"(?:\*+|[xX×Ⅹ]{2,}|_{2,}|[NnMＮ](?![A-Za-z])|○{1,}|□+|\?{2,}|#{2,}|\.{3,}|…+|\(\s*\))"
_PLACEHOLDER = re.compile(
    rf"(?:(?:不?[低高少多大小超]于|不超过|至少|约)?[≥≤><=]?{_MARK}(?:%|[\u4e00-\u9fff]{{0,4}}(?:以上|以下|以内)?)|[xX×](?:%|[个项家件人次份篇元万天月年名户亩场期批台套]{{1,2}})"
    r"|待定|待填|待补充|待完善|请填写|请选择|填写|TBD|tbd|待核实)"
)
_NOT_APPLICABLE = re.compile(
    r"(?:/|、|-{1,6}|\\|//|N/A|n/a|NA|不适用|本?指标?不适用(?:本|此|该)?(?:项目|单位|部门)?|不涉及|不考核|无需填写|无须填写|不予考核|免考核"
    r"|[\u4e00-\u9fff0-9]{0,12}(?:不适用|不涉及)(?:此项|该项|本项|此项目|该项目|此指标|该指标)?"
    r"|[\u4e00-\u9fff0-9]{0,8}无(?:应办|此类|此项|该项|该类|相关|需办|应检|应审|应补|应报|应做)(?:事项|业务|工作|项目|任务|内容|情况)?)"
)
_NOT_DUE = re.compile(
    r"[\u4e00-\u9fff0-9&]{0,14}(?:待[\u4e00-\u9fff]{0,8}(?:统计|发布|公布|反馈|核算|出具|下达)[\u4e00-\u9fff]{0,6}|未到期|尚未到期|未到时间|尚未到|未到时点|尚未(?:公布|发布|统计|结束|反馈|出具)|未(?:公布|发布)"
    r"|暂未(?:公布|发布|统计)|统计中|正在统计|数据未出|数据尚未[\u4e00-\u9fff]{0,6}|暂不确定|年底统计|年终统计)"
)
_NOT_ORGANISED = re.compile(r"[\u4e00-\u9fff0-9]{0,20}(?:未组织|未启动组织|停止组织|暂停组织|取消评选|停办)(?:[\u4e00-\u9fff]{0,10})")
_NOT_BEGUN = re.compile(r"(?:本年度?|今年|当年|[0-9]{4}年度?)?(?:尚?未开展|尚?未启动|尚?未实施|未举办|未申报)")
_MARKS = frozenset(("/", "//"))
_LETTERS = frozenset("*xX×Ⅹⅹ_NnMoOTtbBuU○□?#.…()、\\-不无未待暂没零取停请填正统数尚")
_REMNANT = re.compile(
    r"(?:null|undefined|nan|none|nil|nat|true|false|#n/a|#ref!|#div/0!|#value!|#name\?|#num!|#null!|object|\[object object\])", re.I
)


def read(text: str) -> Found | None:
    """The state that the whole text writes, or None."""
    if not text:
        return Found(Missing())
    if len(text) > 40 or (text not in _MARKS and _LETTERS.isdisjoint(text)):
        return None
    if _NOT_APPLICABLE.fullmatch(text):
        plain = len(text) < 2 or not "\u4e00" <= text[-1] <= "\u9fff" or text == "不适用"
        return Found(NotApplicable("" if plain else text))
    if _PLACEHOLDER.fullmatch(text):
        return Found(Missing(placeholder=True), (flags.PLACEHOLDER,))
    if text in ("无", "没有", "零", "暂无"):
        return Found(Unresolved(NOTHING, "nothing_or_none"))
    if text in ("x", "X", "×", "Ⅹ", "ⅹ"):
        return Found(Unresolved((Achieved(False), Missing(placeholder=True)), "cross"))
    if _REMNANT.fullmatch(text):
        return Found(Unresolved((), "export_remnant"))
    return _worded(text)


def _worded(text: str) -> Found | None:
    if _NOT_ORGANISED.fullmatch(text):
        return Found(NotOrganised("" if text == "未组织" else text))
    if _NOT_DUE.fullmatch(text):
        return Found(NotDue("" if text == "未到期" else text))
    if _NOT_BEGUN.fullmatch(text):
        return Found(Unresolved((NotOrganised(), Achieved(False), ZERO_UNITLESS), "not_begun"))
    return None


def state_of(value: Value) -> State:
    """Which of the states a value is in; ``reported`` for every value that says something."""
    if isinstance(value, Missing):
        return "missing"
    if isinstance(value, NotDue):
        return "not_due"
    if isinstance(value, NotApplicable):
        return "not_applicable"
    if isinstance(value, NotOrganised):
        return "not_organised"
    return "zero" if isinstance(value, Quantity) and value.amount == 0 and value.upper is None else "reported"
