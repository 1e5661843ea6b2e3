"""Which column holds what: by its headings and, where these are misplaced, by what its cells contain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from zhiheng.tables.layouts.headings import level, plain, word
from zhiheng.tables.layouts.sheet import Sheet
from zhiheng.values.parse import parse
from zhiheng.values.value import Missing, NotApplicable, Phrase, Unresolved

# The order of the columns in the official duty table; print-outs shift headings, never this order.
DUTY_ORDER = (
    "duty_number", "duty_name", "duty_objective", "name", "definition", "target", "references_planned", "references_standard",
    "references_standard_source", "references_mean", "references_last_year", "references_history_source", "remark", "activity", "project",
)  # fmt: skip
FIGURES = {"target", "references_planned", "references_standard", "references_mean", "references_last_year", "actual", "weight", "points"}
SOURCES = {"references_standard_source", "references_history_source"}
VALUE_ROLES = {"target", "actual", "grade_excellent", "references_standard", "points"}
NAME_ROLES = {"name", "category1", "category2", "definition"}
SOURCE_WORDS = re.compile(
    r"内部统计|统计局|统计年鉴|统计公报|年鉴|公报|统计$|^《.*》|系统$|根据.*(制定|估算|测算|确定|要求|通知|批文)|要求$|办法》?$|批文|文件.*配套|台账|规划》?$"
)
HEADING_LINES = 5
HEADING_SECTIONS = ("columns", "groups", "horizons", "causes", "outlook")


@dataclass(slots=True)
class Column:
    """One column of the table: its role, the grid columns ``left``..``right`` under its heading, the horizon above it.

    ``reach`` is how far its cells may have slipped to the right where no other heading stands.
    """

    role: str
    left: int
    right: int
    heading: str = ""
    horizon: str = ""
    reach: int = -1


@dataclass(slots=True)
class Header:
    """A heading block: rows ``top``..``bottom`` and the columns under it."""

    top: int
    bottom: int
    columns: list[Column] = field(default_factory=list)

    def roles(self) -> set[str]:
        """Roles that have a column."""
        return {column.role for column in self.columns}


def is_source_word(text: str) -> bool:
    """Whether a cell names a source (内部统计, 《…办法》) and not a value."""
    bare = plain(text)
    return not bare[:1].isdigit() and bool(SOURCE_WORDS.search(bare))


def is_heading_row(sheet: Sheet, r: int) -> bool:
    """Whether the row holds enough headings of an indicator table to begin one."""
    roles = _roles(sheet, r)
    upper = {"name", "category1"} & roles and not any(level(text) for text in sheet.grid.rows[r] if text)
    if upper and r + 1 < sheet.height and _continues_heading(sheet, r + 1):
        roles = roles | _roles(sheet, r + 1)
    if {"name", "target"} <= roles:
        return True
    return len(roles) >= 3 and bool(roles & NAME_ROLES) and bool(roles & (VALUE_ROLES | {"weight"}))


def _roles(sheet: Sheet, r: int) -> set[str]:
    return {word("columns", text) for text in set(sheet.grid.rows[r]) if text} - {""}


def _continues_heading(sheet: Sheet, r: int) -> bool:
    texts = [text for text in (sheet.text(r, c) for c in range(sheet.width)) if text]
    if not texts:
        return False
    known = [text for text in texts if any(word(section, text) for section in HEADING_SECTIONS)]
    return len(known) * 10 >= len(texts) * 6 and not any(re.fullmatch(r"[\d.%]+", text) or level(text) for text in texts)


def find_headers(sheet: Sheet) -> list[Header]:
    """All heading blocks of a sheet, top to bottom, with their columns by heading."""
    headers: list[Header] = []
    r = 0
    while r < sheet.height:
        if not is_heading_row(sheet, r):
            r += 1
            continue
        bottom = r
        while bottom + 1 < min(sheet.height, r + HEADING_LINES) and _continues_heading(sheet, bottom + 1):
            bottom += 1
        top = _with_rows_above(sheet, r)
        headers.append(Header(top, bottom, _by_heading(sheet, top, bottom)))
        r = bottom + 1
    return headers


def _with_rows_above(sheet: Sheet, top: int) -> int:
    """A heading merged downwards into the block begins it."""
    while top and any(sheet.origin(top, c)[0] < top for c in range(sheet.width)):
        top -= 1
    return top


def _by_heading(sheet: Sheet, top: int, bottom: int) -> list[Column]:
    columns: list[Column] = []
    merged = bool(sheet.grid.spans)
    horizons = _horizons_above(sheet, top, bottom)
    over: list[str] = []
    for c in range(sheet.width):
        stack = [(sheet.origin(r, c) if merged else (r, c)) for r in range(top, bottom + 1)]
        texts = [sheet.text(*origin) for origin in dict.fromkeys(stack)]
        named = [(text, role) for text in texts if (role := word("columns", text))]
        over = [text for text in texts[:-1] if text] or ([] if merged or texts[0] else over)
        if ticked := _ticked(over, texts[-1]):
            named = [(texts[-1], ticked)]
        if not named:
            if columns and not merged and not any(texts):
                columns[-1].reach = c
            continue
        heading, role = named[-1]
        dated = [text for text, same in named if same == role and re.search(r"20\d\d", text)]
        origin = next(o for o in reversed(stack) if sheet.text(*o) == heading)
        if columns and merged and origin[1] < c and columns[-1].heading == heading and columns[-1].left <= origin[1]:
            columns[-1].right = c
            continue
        horizon = "period" if role == "period_target" else horizons[c]
        columns.append(Column("target" if role == "period_target" else role, c, c, (dated or [heading])[0], horizon))
    return _settle_horizons(columns)


def _ticked(over: Sequence[str], own: str) -> str:
    """The role of a column to be ticked on a monitoring table: a cause under 偏差原因分析, a chance under 完成目标可能性."""
    above = {word("columns", text) for text in over}
    if "reason" in above and word("causes", own):
        return f"causes.{plain(own)}"
    if any(role.startswith("outlook.") for role in above) and word("outlook", own):
        return f"outlook.{plain(own)}"
    return ""


def _horizons_above(sheet: Sheet, top: int, bottom: int) -> list[str]:
    """For each column the horizon (period, year) that a heading or a goal label above it names."""
    found = [""] * sheet.width
    for r in range(max(0, top - 4), bottom + 1):
        said = [word("horizons", sheet.shown(r, c)) for c in range(sheet.width)]
        if len(set(said) - {""}) < 2:
            continue
        for c, horizon in enumerate(said):
            found[c] = horizon or (found[c - 1] if c and not sheet.grid.spans else found[c])
    return found


def _settle_horizons(columns: list[Column]) -> list[Column]:
    """Horizons matter only where the form has a target for each: otherwise the one target is the year's."""
    targets = [column for column in columns if column.role == "target"]
    if len(targets) < 2 or "period" not in {column.horizon for column in targets}:
        for column in columns:
            column.horizon = ""
        return columns
    for column in targets:
        column.horizon = column.horizon or "year"
    twice = {c.role for c in columns if sum(other.role == c.role for other in columns) > 1}
    for column in columns:
        if column.role not in twice:
            column.horizon = ""
    return columns


def settle(sheet: Sheet, header: Header, rows: Sequence[int]) -> Header:
    """Settle which column is the name and which the path, from headings and contents."""
    columns = header.columns
    names = [column for column in columns if column.role == "name"]
    if len(names) > 1 and not _two_horizons(columns, "name"):
        best = next((c for c in reversed(names) if re.search("三级|四级|名称|具体", c.heading)), names[-1])
        for column in names:
            if column is not best:
                column.role = "group"
    elif len(names) == 1 and any(c.role == "category1" and c.left > names[0].left for c in columns):
        names[0].role = "group"
    if "name" not in {column.role for column in columns}:
        _name_without_heading(sheet, columns, rows)
    for column in columns:
        if column.role == "sign" and _share(sheet, column, rows, r"定[量性].*") > 0.5:
            column.role = "nature"
        elif column.role == "nature" and _share(sheet, column, rows, r"[≥≤><=＞＜＝≧≦═⩾⩽]+|定性") > 0.5:
            column.role = "sign"
    header.columns = [column for column in columns if column.role != "group"]
    return header


def _name_without_heading(sheet: Sheet, columns: list[Column], rows: Sequence[int]) -> None:
    # Forms with two levels only: either the second level holds level words and 指标内容 the names, or the
    # second level holds the names themselves.
    second = next((c for c in columns if c.role == "category2"), None)
    content = next((c for c in columns if c.role == "definition"), None)
    cells = [text for r in rows if second and (text := _cell(sheet, second, r))]
    if second and cells and sum(bool(level(text)) for text in cells) * 2 < len(cells):
        second.role = "name"
    elif content:
        content.role = "name"
    elif second:
        second.role = "name"
    elif first := next((c for c in columns if c.role == "category1"), None):
        first.role = "name"


def _two_horizons(columns: Sequence[Column], role: str) -> bool:
    return len({column.horizon for column in columns if column.role == role}) > 1


def _cell(sheet: Sheet, column: Column, r: int) -> str:
    return " ".join(text for c in range(column.left, column.right + 1) if (text := sheet.text(r, c)))


def _share(sheet: Sheet, column: Column, rows: Sequence[int], pattern: str) -> float:
    cells = [plain(text) for r in rows if (text := _cell(sheet, column, r))]
    return sum(bool(re.fullmatch(pattern, text)) for text in cells) / len(cells) if cells else 0.0


def align_duty_columns(sheet: Sheet, headers: Sequence[Header], rows: Sequence[int]) -> list[Column]:
    """Give the columns of a duty table their roles in the official order.

    Headings of printed tables slip by a column or more, so that each column is judged by its headings in all
    blocks and by its contents; the order of the form decides between them (an exact alignment, best total).
    """
    width = sheet.width
    cells = [[text for r in rows if (text := sheet.text(r, c))] for c in range(width)]
    said: list[set[str]] = [set() for _ in range(width)]
    headings = ["" for _ in range(width)]
    for header in headers:
        for column in header.columns:
            said[column.left].add(column.role)
            headings[column.left] = headings[column.left] or column.heading
    figures = [sum(_is_figure(text) for text in column) for column in cells]
    fits = [[_fit(role, cells[c], role in said[c], figures[c]) for role in DUTY_ORDER] for c in range(width)]
    path = _best_alignment(fits, [-6 if texts else 0 for texts in cells])
    return [Column(DUTY_ORDER[role], c, c, headings[c]) for c, role in path]


def _fit(role: str, cells: Sequence[str], said: bool, figures: int) -> int:
    score = 6 if said else 0
    if not cells:
        return score
    if role in SOURCES:
        good = sum(is_source_word(text) for text in cells)
    elif role in FIGURES:
        good = figures
    elif role == "duty_number":
        good = sum(text.rstrip(".、").isdigit() for text in cells)
    else:
        good = (
            sum(not is_source_word(text) and not text.isdigit() for text in cells)
            if role in {"remark", "activity", "project"}
            else len(cells)
        )
    return score + (8 * good - 6 * (len(cells) - good)) // len(cells)


def _is_figure(text: str) -> bool:
    if is_source_word(text):
        return False
    if len(text) < 30 and re.search(r"\d", text):
        return True
    return not isinstance(parse(text).value, (Phrase, Missing, NotApplicable, Unresolved))


def _best_alignment(fits: Sequence[Sequence[int]], skip: Sequence[int]) -> list[tuple[int, int]]:
    roles = len(DUTY_ORDER)
    best = [[0] * (roles + 1) for _ in range(len(fits) + 1)]
    step: list[list[str]] = [[""] * (roles + 1) for _ in range(len(fits) + 1)]
    for c in range(len(fits) + 1):
        for role in range(roles + 1):
            if c == role == 0:
                continue
            choices = []
            if c and role:
                choices.append((best[c - 1][role - 1] + fits[c - 1][role - 1], "take"))
            if role:
                choices.append((best[c][role - 1] - 2, "role"))
            if c:
                choices.append((best[c - 1][role] + skip[c - 1], "column"))
            best[c][role], step[c][role] = max(choices, key=lambda choice: choice[0])
    path: list[tuple[int, int]] = []
    c, role = len(fits), roles
    while c or role:
        kind = step[c][role]
        if kind == "take":
            path.append((c - 1, role - 1))
        c, role = c - (kind != "role"), role - (kind != "column")
    return path[::-1]
