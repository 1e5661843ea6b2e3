"""Tables written as a list under level words, without a row of headings.

Two ways are in use: a line 【产出指标-数量指标】 with 指标1：机柜数量（≥77台） below it, and lines 质量指标：… below 产出指标.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhiheng.plan.plan import Cell
from zhiheng.tables.layouts.headings import level, level_name
from zhiheng.tables.layouts.raw import Raw, Row, Token

ENOUGH = 3  # lines under level words; fewer are prose
_PAIR = re.compile(r"[【\[]?([^-—–【】\[\]]{2,8})[-—–]([^-—–【】\[\]]{2,10})[】\]]?")
_LABELLED = re.compile(r"([^:：]{2,12})[:：]\s*(\S.*)", re.S)
_BRACKETED = re.compile(r"(.+?)[(（]([^()（）]+)[)）]\s*", re.S)
_NUMBERED = re.compile(r"指标\s*\d*\s*[:：]|\d+[.、]\s*\D")
_LABEL = re.compile(r"[【\[]([^【】\[\]]{2,12})[】\]][:：]?\s*(.*)", re.S)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the list: the level words that it names, and what it says of an indicator."""

    token: Token
    levels: tuple[str, ...] = ()
    said: str = ""


def read_listed(tokens: Sequence[Token]) -> list[Raw]:
    """The table in a list, if there is one."""
    lines = list(_lines(tokens))
    first = next((at for at, line in enumerate(lines) if line.levels), len(lines))
    named = {name for line in lines for name in line.levels}
    if sum(bool(line.said) for line in lines[first:]) < ENOUGH or not any(level(name) == "first" for name in named):
        return []
    raw = Raw(head=[part for line in lines[:first] for part in _head(line.token)], aligned=False)
    path = ["", ""]
    for at, line in enumerate(lines[first:], first):
        if not line.levels and not line.said:
            raw.tail = [later.token for later in lines[at:]]
            break
        _follow(path, line.levels)
        if line.said:
            raw.rows.append(_row(line, path))
    raw.columns["name"] = raw.rows[0].place
    if any("target" in row.cells for row in raw.rows):
        raw.columns["target"] = raw.rows[0].place
    return [raw]


def _lines(tokens: Sequence[Token]) -> Iterator[_Line]:
    paired = False
    for token in tokens:
        text = token.text.strip()
        pair = _PAIR.fullmatch(text)
        labelled = _LABELLED.fullmatch(text)
        if pair and level(pair.group(1)) and level(pair.group(2)):
            paired = True
            yield _Line(token, (level_name(pair.group(1)), level_name(pair.group(2))))
        elif level(text):
            yield _Line(token, (level_name(text),))
        elif labelled and level(labelled.group(1)):
            yield _Line(token, (level_name(labelled.group(1)),), labelled.group(2).strip())
        elif paired and (_NUMBERED.match(text) or _BRACKETED.fullmatch(text)) and not _LABEL.fullmatch(text):
            yield _Line(token, (), text)
        else:
            paired = False
            yield _Line(token)


def _head(token: Token) -> Iterator[Token]:
    """A label in square brackets is a label: 【总体目标】."""
    found = _LABEL.fullmatch(token.text.strip())
    if not found:
        yield token
        return
    yield Token(found.group(1), token.place, token.line, token.column)
    if found.group(2):
        yield Token(found.group(2), token.place, token.line, token.column + 1)


def _follow(path: list[str], levels: tuple[str, ...]) -> None:
    if len(levels) == 2:
        path[:] = levels
        return
    for name in levels:
        if level(name) == "first" or level(name) == "both" and not path[0]:
            path[:] = [name, ""]
        elif "满意度" in name and not path[0].startswith("满意度"):
            path[:] = ["", name]
        else:
            path[1] = name


def _row(line: _Line, path: Sequence[str]) -> Row:
    place = line.token.place
    cells = {"name": Cell(line.said, place)}
    found = _BRACKETED.fullmatch(line.said)
    if found:
        cells = {"name": Cell(found.group(1).strip(), place), "target": Cell(found.group(2).strip(), place)}
    return Row(cells, tuple(part for part in path if part), "", place)
