"""Text in which the cells of a table run together without any separator.

Only words of the official form, units and comparators can divide such text; where they do not, the piece stays whole
and is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from zhiheng.tables.layouts.headings import word
from zhiheng.tables.layouts.raw import Token
from zhiheng.tables.layouts.tokens import heading_run
from zhiheng.values.units import UNITS

_LEVEL = re.compile(
    r"(?:产出|效益|效果|满意度|成本|数量|质量|时效|经济效益|社会效益|生态效益|环境效益|可持续影响|经济成本|社会成本|生态环境成本|(?:社会公众或)?服务对象满意度)指标"
)
_UNITS = sorted((re.escape(name) for name in UNITS if name not in {"年", "月", "日", "成", "级", "分", "星"}), key=len, reverse=True)
_VALUE = re.compile(
    r"(?:[≥≤><＞＜=＝]{1,2}|不少于|不低于|不超过|不高于|至少)?\s*\d+(?:\.\d+)?\s*(?:[万亿]?(?:"
    + "|".join(_UNITS)
    + r")|[%％‰])(?:以上|以下|以内|左右)?"
    r"|不超预算|不超过预算|应.尽.|全覆盖|按[时期](?:完成)?(?![率完])|及时(?:完成)?(?!率)|[≥≤><＞＜]+$"
)
_EXPLAINS = re.compile(r"(?<=...)(反映|考核|主要|是指|指的是|用于|体现)")
_LABELS = (
    "项目名称 项目类别 项目性质 项目属性 项目立项依据 立项依据 主管部门 实施单位 项目预算 年度绩效目标 绩效目标 总体目标 绩效指标 "
    "保障绩效目标实现措施 项目资金 年初预算数 全年预算数 全年执行数 分值 执行率 得分 年度资金总额 其中 上年结转资金 其他资金 "
    "年度总体目标 预期目标 实际完成情况"
).split()


def split_solid(tokens: Sequence[Token]) -> list[Token]:
    """Divide cells that hold a run of headings into the cells they were; other cells stay."""
    divided: list[Token] = []
    for token in tokens:
        run = heading_run(token.text) if len(token.text) > 12 else None
        if not run:
            divided.append(token)
            continue
        start, end, words = run
        roles = {word("columns", text) for text in words}
        pieces = [*_head(token.text[:start]), *words, *_body(token.text[end:], roles)]
        for piece in pieces:
            column = (token.place.column or 1) + len(divided)
            divided.append(replace(token, text=piece, place=replace(token.place, column=column), column=len(divided)))
    return divided


def _head(text: str) -> Iterator[str]:
    text = re.sub(r"年\s*月\s*日", "", text)  # the blank date line of the form
    title = re.search(r"[^:：,，。\s]*?绩效[^:：,，。\s]{0,6}表", text)
    if title:
        if text[: title.start()]:
            yield text[: title.start()]
        yield title.group()
        text = text[title.end() :]
    at = 0
    for found in re.finditer("|".join(sorted(_LABELS, key=len, reverse=True)), text):
        if found.start() > at:
            yield text[at : found.start()]
        yield found.group()
        at = found.end()
    if text[at:]:
        yield text[at:]


def _body(text: str, roles: set[str]) -> Iterator[str]:
    total = re.search(r"总分(?=[\d\s])", text)
    end = total.start() if total else len(text)
    at = 0
    for found in _LEVEL.finditer(text, 0, end):
        yield from _items(text[at : found.start()], roles)
        yield found.group()
        at = found.end()
    yield from _items(text[at:end], roles)
    if total:
        yield "总分"
        yield from _scores(text[total.end() :].strip())


def _items(text: str, roles: set[str]) -> Iterator[str]:
    """Name, explanation and values of the indicators under one level word."""
    at = 0
    named = False
    for found in _VALUE.finditer(text):
        if found.start() == at and not named:
            continue
        if found.start() > at:
            scores = re.match(r"\s*([\d.]+)(?=\D)", text[at : found.start()]) if named and "points" in roles else None
            if scores:
                yield from _scores(scores.group(1))
                at += scores.end()
            yield from _name_and_definition(text[at : found.start()], "definition" in roles)
        named = True
        yield found.group().strip()
        at = found.end()
    rest = text[at:].strip()
    scores = re.search(r"[\d.]{2,}$", rest) if "points" in roles else None
    if scores:
        if rest[: scores.start()].strip():
            yield from _name_and_definition(rest[: scores.start()].strip(), "definition" in roles)
        yield from _scores(scores.group())
    elif rest:
        yield from _name_and_definition(rest, "definition" in roles)


def _scores(digits: str) -> Iterator[str]:
    """分值 and 得分 that run together: divided only where one division makes 0 ≤ 得分 ≤ 分值 ≤ 100."""
    number = re.compile(r"(0|[1-9]\d*)(\.\d+)?")
    cuts = [(digits[:at], digits[at:]) for at in range(1, len(digits))]
    pairs = [pair for pair in cuts if all(number.fullmatch(part) for part in pair)]
    sound = [pair for pair in pairs if Decimal(pair[1]) <= Decimal(pair[0]) <= 100]
    yield from sound[0] if len(sound) == 1 else (digits,)


def _name_and_definition(text: str, has_definition: bool) -> Iterator[str]:
    found = _EXPLAINS.search(text) if has_definition else None
    if found:
        yield text[: found.start()]
        yield text[found.start() :]
    else:
        yield text
