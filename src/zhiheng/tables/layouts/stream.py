"""Reading a stream of cells: the order of the headings and the look of each cell tell which is which.

The cheapest way to lay the cells into rows is found exactly (dynamic programming): every cell becomes a level word,
a field of the open row, the continuation of a text, or is left over and reported.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhiheng.tables.layouts.headings import level, may_be_name
from zhiheng.tables.layouts.look import IMPOSSIBLE, NUMBER, Look, cost, look
from zhiheng.tables.layouts.raw import Token

SKIP = {
    "name": 30.0, "definition": 1.5, "target": 3.0, "sign": 1.0, "unit": 0.5, "nature": 1.5, "actual": 3.0, "weight": 4.0, "points": 4.0,
    "reason": 0.2, "remark": 0.2, "rule": 1.0,
}  # fmt: skip
LEFT_OVER = 7.0
CONTINUED = 2.5
LEVEL_AS_NAME = 14.0
WHOLE_ROW = 4  # a line of so many cells, blank ones too, is a row by itself
UNFINISHED = re.compile(r"[\d万亿]$")  # a number whose unit stands in the next line
NAMELESS = re.compile(
    r"[(（]\s*\d+(\.\d+)?\s*分?\s*[)）]|\d+(\.\d+)?\s*分\s*[)）]"
)  # the points of a level whose word was lost with a merged cell
MID_LINE = 3.0  # a row that begins where no line does
LINE_BREAK = 0.8
FIRM_LINE_BREAK = 2.5  # where most lines hold a whole row
UNCERTAIN = 6.0
TEXTS = {"name", "definition", "reason", "remark", "rule", "target", "actual"}
INFINITY = float("inf")
LEVELS = {"category1", "category2"}
POOR = 3.0  # a cell that costs as much does not fit the heading above it


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


Step = tuple[int, str, int]
"""Where a state was reached from: the cell, what was done with it, the state before."""


class _Lattice:
    """The cheapest way to every state. State 0: between rows; state j: the first j fields of a row are dealt with."""

    def __init__(self, tokens: Sequence[Token], roles: Sequence[str], levels: bool, slots: Mapping[int, str], width: int) -> None:
        self.tokens = tokens
        self.roles = roles
        self.levels = levels
        self.looks = [look(token.text) for token in tokens]
        self.several = any(token.column for token in tokens)
        self.firm = self.several and _whole_rows_a_line(tokens)
        self.skip = [SKIP.get(role, 1.0) for role in roles]
        self.close = [sum(self.skip[j:]) for j in range(len(roles) + 1)]
        self.best = [[INFINITY] * (len(roles) + 1) for _ in range(len(tokens) + 1)]
        self.back: list[list[Step]] = [[(0, "", 0)] * (len(roles) + 1) for _ in range(len(tokens) + 1)]
        self.best[0][0] = 0.0
        self.expected = _expected(tokens, self.looks, slots, width)

    def offer(self, i: int, j: int, price: float, step: Step) -> None:
        """Reach state j before cell i at this price, if it is the lowest."""
        if price < self.best[i][j]:
            self.best[i][j], self.back[i][j] = price, step

    def advance(self, i: int) -> None:
        """All that can be done with cell i."""
        for j in range(1, len(self.roles) + 1):
            self.offer(i, 0, self.best[i][j] + self.close[j], (i, "close", j))
        between = self.best[i][0]
        level_price = self.as_level(i)
        step = "level" if level_price < LEFT_OVER else "left"
        self.offer(i + 1, 0, between + level_price, (i, step, 0))
        self.offer(i + 1, 1, between + self.as_name(i), (i, "take", 0))
        if not self.begins_row(i):
            self.into_row(i)

    def into_row(self, i: int) -> None:
        """Cell i as a field of the open row, or as more of the field before it."""
        for j in range(1, len(self.roles) + 1):
            if self.best[i][j] == INFINITY:
                continue
            skipped = 0.0
            for k in range(j, len(self.roles)):
                self.offer(i + 1, k + 1, self.best[i][j] + skipped + self.as_field(i, self.roles[k]), (i, "take", j))
                skipped += self.skip[k]
            if self.roles[j - 1] in TEXTS and not self.looks[i].figure and not level(self.tokens[i].text):
                self.offer(i + 1, j, self.best[i][j] + self.as_more(i, self.roles[j - 1]), (i, "continue", j))

    def same_line(self, i: int) -> bool:
        """Whether the cell before stands in the same line, where lines hold several cells."""
        return self.several and i > 0 and self.tokens[i - 1].line == self.tokens[i].line

    def begins_row(self, i: int) -> bool:
        """Whether the bars of the lines say that cell i begins a row."""
        tokens = self.tokens
        if not self.several or i == 0 or tokens[i - 1].line == tokens[i].line:
            return False
        return tokens[i - 1].closes or min(tokens[i].width, tokens[i - 1].width) >= WHOLE_ROW

    def after_level(self, i: int) -> bool:
        """Whether the cell before was best taken for a level word."""
        return self.back[i][0][1] == "level"

    def as_level(self, i: int) -> float:
        """The price of cell i as a level word, or as left over."""
        text, seen = self.tokens[i].text, self.looks[i]
        if self.expected[i] and self.expected[i] not in LEVELS:
            return LEFT_OVER * 2
        if seen.dash or NAMELESS.fullmatch(text):
            return 0.2
        if level(text):
            return 1.0 if may_be_name(text) else 0.0
        own = self.levels and self.firm and (not self.same_line(i) or self.after_level(i))
        full = i > 0 and level(self.tokens[i - 1].text) in {"second", "both"}
        if own and not full and _may_be_own_level(text, seen):
            return 0.5 if text.endswith("指标") else 1.8
        return LEFT_OVER * (2 if self.begins_row(i) else 1)

    def as_name(self, i: int) -> float:
        """The price of cell i as the name that opens a row."""
        text = self.tokens[i].text
        if self.expected[i] not in ("", "name"):
            return IMPOSSIBLE
        kind = level(text)
        mid_line = self.same_line(i) and not kind and not self.after_level(i)
        price = cost("name", self.looks[i]) + (MID_LINE if mid_line and self.firm else 1.0 if mid_line else 0.0)
        return price + (LEVEL_AS_NAME if kind and not may_be_name(text) else 0.0)

    def as_field(self, i: int, role: str) -> float:
        """The price of cell i as a field of the open row."""
        if self.expected[i] not in ("", role):
            return IMPOSSIBLE
        kind = level(self.tokens[i].text)
        misplaced = 0.0 if not kind else 2.0 if role in {"target", "actual"} else 4.0
        broken = self.several and i > 0 and not self.same_line(i)
        line_break = 0.0 if not broken else FIRM_LINE_BREAK if self.firm else LINE_BREAK
        return cost(role, self.looks[i]) + misplaced + line_break + _above_weight(role, self.tokens, i)

    def as_more(self, i: int, role: str) -> float:
        """The price of cell i as the rest of the field before it."""
        if self.expected[i]:
            return IMPOSSIBLE
        if self.looks[i].unit and role in {"target", "actual"} and UNFINISHED.search(self.tokens[i - 1].text):
            return 0.1
        return CONTINUED + (1.0 if role == "target" else 0.0)

    def steps(self, cut: bool) -> list[Step]:
        """What was done with each cell on the cheapest way, in order: (cell, what, state after)."""
        last = len(self.tokens)
        share = 0.5 if cut else 1.0
        j = min(range(len(self.roles) + 1), key=lambda j: self.best[last][j] + (self.close[j] * share if j else 0.0))
        i = last
        done: list[Step] = []
        while i or j:
            before, what, state = self.back[i][j]
            done.append((before, what, j))
            i, j = before, state
        return done[::-1]


def _expected(tokens: Sequence[Token], looks: Sequence[Look], slots: Mapping[int, str], width: int) -> list[str]:
    """The role of each cell where its line has as many cells as the headings and every cell fits the heading above it."""
    expected = ["" for _ in tokens]
    lines: dict[int, list[int]] = {}
    for i, token in enumerate(tokens):
        if width and token.width == width and token.slot in slots:
            lines.setdefault(token.line, []).append(i)
    for members in lines.values():
        roles = [slots[tokens[i].slot] for i in members]
        fits = [
            bool(level(tokens[i].text)) if role in LEVELS else cost(role, looks[i]) < POOR for i, role in zip(members, roles, strict=True)
        ]
        if all(fits) and "name" in roles:
            for i, role in zip(members, roles, strict=True):
                expected[i] = role
    return expected


def lay(
    tokens: Sequence[Token],
    roles: Sequence[str],
    *,
    levels: bool = True,
    cut: bool = False,
    slots: Mapping[int, str] | None = None,
    width: int = 0,
) -> Laying:
    """Lay the cells into rows of ``roles`` (name first) at the lowest cost.

    ``levels``: the headings have 一级/二级指标, so that words outside the official trees may be levels too. ``cut``: the text ends
    where the cells end, so that the last row may be incomplete. ``slots`` and ``width``: the headings of one line of bars by the
    position of their cells, and how many cells it has; a line with as many cells is read by them where every cell fits.
    """
    lattice = _Lattice(tokens, roles, levels, slots or {}, width)
    for i in range(len(tokens)):
        lattice.advance(i)
    laying = Laying([], [], [])
    opened = 0.0
    for at, what, state in lattice.steps(cut):
        token = tokens[at] if at < len(tokens) else None
        if what == "close" or token is None:
            continue
        if what == "level":
            laying.bare_levels.append(token)
        elif what == "left":
            laying.left.append(token)
        elif what == "take" and state == 1:
            opened = lattice.best[at][0]
            laying.rows.append(Laid({"name": [token]}, laying.bare_levels))
            laying.bare_levels = []
        else:
            row = laying.rows[-1]
            row.fields.setdefault(roles[state - 1], []).append(token)
            row.uncertain = lattice.best[at + 1][state] - opened >= UNCERTAIN
    return laying


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


def _may_be_own_level(text: str, seen: Look) -> bool:
    """Whether a word outside the official trees may be a level word of the office's own."""
    return not (seen.number or seen.figure or seen.sign or seen.dash or seen.digits or "%" in text or seen.length > 14 or text[0] in "(（")
