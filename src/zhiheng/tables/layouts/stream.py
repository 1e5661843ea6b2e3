"""Reading a stream of cells: the order of the headings and the look of each cell tell which is which.

The cheapest way to lay the cells into rows is found exactly (dynamic programming): every cell becomes a level word,
a field of the open row, the continuation of a text, or is left over and reported. Costs say how unlike its field a
cell looks; they are ranks of plausibility, not measurements.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhiheng.tables.layouts.headings import level, may_be_name
from zhiheng.tables.layouts.raw import Token
from zhiheng.values.parse import parse
from zhiheng.values.value import Coverage, Deadline, Missing, NotApplicable, Parts, Phrase, Tier, Unresolved

NUMBER = re.compile(r"\d+(?:\.\d+)?分?")
SIGN = re.compile(r"[≥≤><=＞＜＝≧≦═⩾⩽﹥﹤]{1,2}|定性|定量")
DASH = re.compile(r"[-—–/／]+")
UNIT = re.compile(r"[%％‰]|[^\d\s,，。；;、:：]{1,6}")
NUMBERED = re.compile(r"(指标|目标)\s*\d+|[★☆●]")

SKIP = {
    "name": 30.0, "definition": 1.5, "target": 3.0, "sign": 1.0, "unit": 0.5, "nature": 1.5, "actual": 3.0, "weight": 4.0, "points": 4.0,
    "reason": 0.2, "remark": 0.2, "rule": 1.0,
}  # fmt: skip
LEFT_OVER = 7.0
CONTINUED = 2.5
LEVEL_AS_NAME = 14.0
WHOLE_ROW = 4  # a line of so many cells, blank ones too, is a row by itself
UNFINISHED = re.compile(r"[\d万亿]$")  # a number whose unit stands in the next line
NAMELESS = re.compile(r"[(（]\s*\d+(\.\d+)?\s*分?\s*[)）]")  # the points of a level whose word was lost with a merged cell
MID_LINE = 3.0  # a row that begins where no line does
LINE_BREAK = 0.8
FIRM_LINE_BREAK = 2.5  # where most lines hold a whole row
UNCERTAIN = 6.0
IMPOSSIBLE = 25.0
UNKNOWN = "unknown"  # a column whose heading is not known
TEXTS = {"name", "definition", "reason", "remark", "rule", "target", "actual"}


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks: what the costs are made of."""

    number: bool
    figure: bool
    sign: bool
    dash: bool
    tier: bool
    length: int
    numbered: bool
    digits: bool
    unit: bool


def look(text: str) -> Look:
    """Judge a cell by its own words only."""
    number = bool(NUMBER.fullmatch(text))
    value = None if number or len(text) > 40 else parse(text).value
    worded = isinstance(value, (Phrase, Missing, NotApplicable, Unresolved, Tier, Parts)) or value is None
    return Look(
        number=number,
        figure=not worded or number,
        sign=bool(SIGN.fullmatch(text)),
        dash=bool(DASH.fullmatch(text)),
        tier=isinstance(value, (Tier, Coverage)) or text.startswith(("达成", "部分达成", "未达成")) or text in {"完成", "已完成", "未完成"},
        length=len(text),
        numbered=bool(NUMBERED.match(text)),
        digits=bool(re.search(r"\d", text)) or isinstance(value, Deadline),
        unit=bool(UNIT.fullmatch(text)) and not number,
    )


def cost(role: str, seen: Look) -> float:
    """How unlike ``role`` a cell looks; 0 is just like it."""
    if role == "name":
        return _as_name(seen)
    if role in {"target", "actual"}:
        return _as_value(seen)
    if role in {"weight", "points"}:
        return 0.0 if seen.number else 1.0 if seen.dash else IMPOSSIBLE
    if role in {"sign", "nature"}:
        return 0.0 if seen.sign else IMPOSSIBLE
    if role == "unit":
        return IMPOSSIBLE if seen.number or seen.sign or not seen.unit else 0.0 if seen.length <= 4 else 2.0
    if role == "definition":
        return 6.0 if seen.number else 4.0 if seen.figure or seen.sign or seen.numbered else 3.0 if seen.length < 3 else 0.3
    if role == UNKNOWN:
        return 0.3
    return 1.0 if seen.number or seen.dash else 4.0 if seen.sign or seen.numbered else 3.0 if seen.figure and seen.length < 12 else 0.5


def _as_name(seen: Look) -> float:
    if seen.number or seen.sign or seen.dash:
        return 9.0
    odd = 5.0 if seen.tier else 3.5 if seen.figure else 3.0 if seen.length > 60 else 0.0
    return odd - (1.0 if seen.numbered else 0.0)


def _as_value(seen: Look) -> float:
    if seen.sign:
        return 4.0
    if seen.number:
        return 1.0
    if seen.dash:
        return 0.5
    if seen.figure or seen.tier:
        return 0.0
    return 1.0 if seen.length <= 20 else 1.5 if seen.digits else 3.0


@dataclass(slots=True)
class Laid:
    """One row as laid: field → its cells, the level words before it, and how sure the laying is."""

    fields: dict[str, list[Token]]
    levels: list[Token]
    uncertain: bool = False


@dataclass(slots=True)
class Laying:
    """All rows, cells left over, and level words that no row followed."""

    rows: list[Laid]
    left: list[Token]
    bare_levels: list[Token]


def lay(tokens: Sequence[Token], roles: Sequence[str], *, levels: bool = True, cut: bool = False) -> Laying:
    """Lay the cells into rows of ``roles`` (name first) at the lowest cost.

    ``levels``: the headings have 一级/二级指标, so that words outside the official trees may be levels too. ``cut``: the text ends
    where the cells end, so that the last row may be incomplete.
    """
    looks = [look(token.text) for token in tokens]
    several = any(token.column for token in tokens)
    firm = several and _whole_rows_a_line(tokens)
    break_price = FIRM_LINE_BREAK if firm else LINE_BREAK
    skip = [SKIP.get(role, 1.0) for role in roles]
    close = [sum(skip[j:]) for j in range(len(roles) + 1)]
    infinity = float("inf")
    # state 0: between rows; state j: the first j roles of a row are dealt with
    best = [[infinity] * (len(roles) + 1) for _ in range(len(tokens) + 1)]
    back: list[list[tuple[int, str, int]]] = [[(0, "", 0)] * (len(roles) + 1) for _ in range(len(tokens) + 1)]
    best[0][0] = 0.0
    for i, token in enumerate(tokens):
        for j in range(1, len(roles) + 1):
            if best[i][j] + close[j] < best[i][0]:
                best[i][0], back[i][0] = best[i][j] + close[j], (i, "close", j)
        fresh = several and i > 0 and tokens[i - 1].line == token.line
        broken = break_price if several and i > 0 and tokens[i - 1].line != token.line else 0.0
        between = best[i][0]
        new_row = several and i > 0 and tokens[i - 1].line != token.line and min(token.width, tokens[i - 1].width) >= WHOLE_ROW
        kind = level(token.text)
        doubtful = bool(kind) and may_be_name(token.text)
        as_level = (
            1.0
            if doubtful
            else 0.0
            if kind
            else _own_level(token, looks[i])
            if levels and firm and (not fresh or back[i][0][1] == "level")
            else LEFT_OVER
        )
        as_level = 0.2 if looks[i].dash or NAMELESS.fullmatch(token.text) else as_level
        step = "level" if as_level < LEFT_OVER else "left"
        as_level = min(as_level, LEFT_OVER) + (LEFT_OVER if new_row and step == "left" else 0.0)
        _offer(best, back, i + 1, 0, between + as_level, (i, step, 0))
        mid_line = 0.0 if not fresh or kind or back[i][0][1] == "level" else MID_LINE if firm else 1.0
        as_name = cost("name", looks[i]) + mid_line + (LEVEL_AS_NAME if kind and not doubtful else 0.0)
        _offer(best, back, i + 1, 1, between + as_name, (i, "take", 0))
        for j in range(1, len(roles) + 1):
            if best[i][j] == infinity:
                continue
            if new_row:
                continue
            skipped = 0.0
            for k in range(j, len(roles)):
                as_field = 0.0 if not kind else 2.0 if roles[k] in {"target", "actual"} else 4.0
                price = cost(roles[k], looks[i]) + as_field + broken + _above_weight(roles[k], tokens, i)
                _offer(best, back, i + 1, k + 1, best[i][j] + skipped + price, (i, "take", j))
                skipped += skip[k]
            if roles[j - 1] in TEXTS and not looks[i].figure and not kind:
                more = CONTINUED + (1.0 if roles[j - 1] == "target" else 0.0)
                more = 0.1 if looks[i].unit and roles[j - 1] in {"target", "actual"} and UNFINISHED.search(tokens[i - 1].text) else more
                _offer(best, back, i + 1, j, best[i][j] + more, (i, "continue", j))
    last = len(tokens)
    end = min(range(len(roles) + 1), key=lambda j: best[last][j] + (close[j] * (0.5 if cut else 1.0) if j else 0.0))
    return _walk_back(tokens, roles, best, back, end)


def _whole_rows_a_line(tokens: Sequence[Token]) -> bool:
    """Whether most lines hold several cells, so that a line is as good as a row."""
    sizes: dict[int, int] = {}
    for token in tokens:
        sizes[token.line] = sizes.get(token.line, 0) + 1
    return len(sizes) >= 3 and sum(size >= 3 for size in sizes.values()) * 3 >= len(sizes) * 2


def _above_weight(role: str, tokens: Sequence[Token], i: int) -> float:
    """得分 is never more than the 分值 before it."""
    if role != "points" or i == 0 or not (NUMBER.fullmatch(tokens[i].text) and NUMBER.fullmatch(tokens[i - 1].text)):
        return 0.0
    return 5.0 if Decimal(tokens[i].text.rstrip("分")) > Decimal(tokens[i - 1].text.rstrip("分")) else 0.0


def _own_level(token: Token, seen: Look) -> float:
    """The cost of taking a word outside the official trees for a level word of the office's own."""
    if seen.number or seen.figure or seen.sign or seen.dash or seen.length > 14 or token.text[0] in "(（":
        return LEFT_OVER
    return 0.5 if token.text.endswith("指标") else 1.8


def _offer(
    best: list[list[float]], back: list[list[tuple[int, str, int]]], i: int, j: int, price: float, step: tuple[int, str, int]
) -> None:
    if price < best[i][j]:
        best[i][j], back[i][j] = price, step


def _walk_back(
    tokens: Sequence[Token], roles: Sequence[str], best: list[list[float]], back: list[list[tuple[int, str, int]]], end: int
) -> Laying:
    steps: list[tuple[str, int, int]] = []
    i, j = len(tokens), end
    while i or j:
        before, kind, from_state = back[i][j]
        steps.append((kind, before, j))
        i, j = before, from_state
    laying = Laying([], [], [])
    waiting: list[Token] = []
    opened = 0.0
    for kind, at, state in reversed(steps):
        if kind == "close":
            continue
        token = tokens[at]
        if kind == "level":
            waiting.append(token)
        elif kind == "left":
            laying.left.append(token)
        elif kind == "take" and state == 1:
            opened = best[at][0]
            laying.rows.append(Laid({"name": [token]}, waiting))
            waiting = []
        else:
            row = laying.rows[-1]
            row.fields.setdefault(roles[state - 1], []).append(token)
            row.uncertain = best[at + 1][state] - opened >= UNCERTAIN
    laying.bare_levels = waiting
    return laying
