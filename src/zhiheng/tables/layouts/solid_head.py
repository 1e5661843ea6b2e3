"""The part above the headings in text without separators: title, labels of the form, and what stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhiheng.tables.layouts.headings import word

_TITLE = re.compile(r"[^:：,，。;；\s]{0,60}?绩效[^:：,，。;；\s]{0,6}表")
NAMES = re.compile("项目名称|部门名称|单位名称|填报单位")
_DATED = re.compile(r".*20\d\d年\d+月\d+日")
_AFTER = re.compile(r"[（(][^()（）]{0,12}[)）]\s*[:：]?|[:：]")
_DIVIDES = ("绩效指标", "其中")
"""Words of the forms that divide and hold no field of their own."""
_LONGEST = 4000  # characters of a head
_SHORT = 4  # shorter labels (得分, 分值, 部门, 单位) are parts of words as well


def divide_head(text: str) -> Iterator[str]:
    """The cells of the head: a label that the vocabulary knows ends the value before it. What stands far above is of the page."""
    if len(text) > _LONGEST:
        yield text[:-_LONGEST]
        text = text[-_LONGEST:]
    text = re.sub(r"年\s*月\s*日", "", text)  # the blank date line of the form
    names = NAMES.search(text)
    titles = list(_TITLE.finditer(text, 0, names.start() if names else len(text)))
    at = 0
    for title in titles:
        dated = _DATED.match(title.group())
        begin = title.start() + (dated.end() if dated else 0)
        if text[at:begin].strip():
            yield text[at:begin].strip()
        yield text[begin : title.end()]
        at = title.end()
    if titles and (year := re.match(r"\s*[（(]\s*20\d\d\s*年度?\s*[)）]", text[at:])):
        yield year.group().strip()
        at += year.end()
    yield from _labelled(text[at:])


def _labelled(text: str) -> Iterator[str]:
    begun = at = 0
    follows = True  # whether a label ends here
    while at < len(text):
        length = _label(text, at, follows)
        if not length:
            at += 1
            follows = False
            continue
        if value := text[begun:at].strip():
            yield value
        after = _AFTER.match(text, at + length)
        end = after.end() if after else at + length
        yield text[at:end]
        begun = at = end
        follows = True
    if value := text[begun:].strip():
        yield value


def _label(text: str, at: int, follows: bool) -> int:
    """Length of the label that begins here, 0 if none."""
    for end in range(min(len(text), at + 16), at + 1, -1):
        candidate = text[at:end]
        if not re.fullmatch(r"[\u4e00-\u9fff]+", candidate) or text[end : end + 1] == "表":
            continue  # 绩效目标表 is a title
        if candidate in _DIVIDES:
            return len(candidate)
        if candidate.startswith(_DIVIDES[-1]):
            continue  # 其中 and what follows is one entry of the vocabulary: its end is not known
        closed = bool(_AFTER.match(text, end))
        if len(candidate) < _SHORT and not (follows or closed and at == 0):
            continue
        if any(word(section, candidate) for section in ("head", "funds", "amounts")):
            return len(candidate)
    return 0
