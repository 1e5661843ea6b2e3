"""Tables whose columns can be trusted: sheets, table markup, tab-separated text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from zhiheng.plan.place import Place
from zhiheng.plan.plan import Cell
from zhiheng.tables.layouts.columns import Column, Header, align_duty_columns, find_headers, settle
from zhiheng.tables.layouts.headings import BEGINS_HEAD, announced_points, closing, label, level, level_name, plain, simplified, word
from zhiheng.tables.layouts.raw import Raw, Row, Token, problem
from zhiheng.tables.layouts.sheet import Sheet

FILLED_DOWN = ("duty_number", "duty_name", "duty_objective", "category1", "category2", "activity", "project_name")
REACHED = {"actual", "points", "forecast"}
OF_THE_ACTIVITY = {"activity", "objective", "amount"}
PLACEHOLDER_NAME = re.compile(r"具体指标|(指标\d*[:：]?)?[.…·/／—\s]*|[…]+|\.{2,}")


def read_sheet(sheet: Sheet) -> list[Raw]:
    """The tables of an aligned sheet, in order; none when no heading block is found."""
    headers = find_headers(sheet)
    if not headers:
        return []
    tables: list[list[Header]] = []
    previous_end = -1
    for header in headers:
        if tables and not _begins_anew(sheet, previous_end + 1, header.top):
            tables[-1].append(header)
        else:
            tables.append([header])
        previous_end = header.bottom
    starts = [_head_start(sheet, tables, index) for index in range(len(tables))]
    ends = [*starts[1:], sheet.height]
    return [_read_table(sheet, group, start, end) for group, start, end in zip(tables, starts, ends, strict=True)]


def _begins_anew(sheet: Sheet, top: int, bottom: int) -> bool:
    """Whether a new table's head (title, project name, money) stands between two heading blocks."""
    for r in range(top, bottom):
        texts = [sheet.text(r, c) for c in range(sheet.width) if sheet.text(r, c)]
        if any(word("head", text) in BEGINS_HEAD for text in texts):
            return True
        if len(texts) == 1 and is_title(texts[0]):
            return True
    return False


def is_title(text: str) -> bool:
    """Whether a line is the title of a performance table (and not the heading of its indicator section)."""
    bare = simplified(re.sub(r"\s+", "", text))
    if len(bare) > 60 or re.search("[：:，。；]", bare) or re.fullmatch(".{0,4}绩效(项目)?指标表?", bare):
        return False
    return bool(re.search(r"(绩效|目标|自评).*表([（(].{0,12}[)）])?(20\d\d年度?)?$", bare))


def _head_start(sheet: Sheet, tables: Sequence[Sequence[Header]], index: int) -> int:
    """First row of a table's head: the row after the end of the table before it."""
    if index == 0:
        return 0
    bottom = tables[index - 1][-1].bottom
    top = tables[index][0].top
    for r in range(bottom + 1, top):
        texts = [sheet.text(r, c) for c in range(sheet.width) if sheet.text(r, c)]
        if texts and (is_title(texts[0]) or word("head", texts[0]) in BEGINS_HEAD):
            return r
    return top


def _data_rows(sheet: Sheet, headers: Sequence[Header], end: int) -> tuple[list[int], int]:
    """Rows under the headings, and the row at which the table's tail begins: a page may begin within the tail, with the headings again."""
    rows: list[int] = []
    ended: int | None = None
    for index, header in enumerate(headers):
        stop = headers[index + 1].top if index + 1 < len(headers) else end
        for r in range(header.bottom + 1, stop):
            texts = [text for c in range(sheet.width) if (text := sheet.text(r, c))]
            if not texts:
                continue
            first = texts[0]
            if word("ends", first) or len(texts) == 1 and (word("ends", plain(first) + "：") or closing(first)):
                ended = r if ended is None else ended
                break
            rows.append(r)
            ended = None
    return rows, end if ended is None else ended


def _read_table(sheet: Sheet, headers: Sequence[Header], start: int, end: int) -> Raw:
    rows, tail = _data_rows(sheet, headers, end)
    raw = Raw(
        head=_before(sheet) * (start == 0) + sheet.tokens(start, headers[0].top),
        aligned=True,
        tail=_tail(sheet, headers, tail, end) + _after(sheet) * (end == sheet.height),
    )
    # A table that tells what was reached names its columns; only the table of goals, whose headings slip, is told by its order.
    is_duty = any({"duty_name", "duty_objective"} & header.roles() for header in headers) and not REACHED & headers[0].roles()
    columns = align_duty_columns(sheet, headers, rows) if is_duty else settle(sheet, headers[0], rows).columns
    have = {column.role for column in columns}
    if len(have & {"grade_excellent", "grade_good", "grade_poor"}) < 2 and "project_name" not in have:
        columns = [column for column in columns if column.role not in {"objective", "amount"}]
    _drop_second_of_a_kind(raw, sheet, columns, headers[0].top)
    for column in columns:
        if column.role not in {"objective", "amount"}:
            raw.columns.setdefault(column.role, sheet.place(headers[0].top, column.left))
            raw.headings.setdefault(column.role, column.heading)
    for horizon, chosen in _horizons(columns):
        raw.rows.extend(_rows(sheet, raw, chosen, rows, horizon))
    _of_the_activity(raw)
    beside = _head_beside(raw, sheet, headers[0], columns, rows)
    _unread_cells(raw, sheet, headers[0], columns, rows, beside)
    return raw


def _tail(sheet: Sheet, headers: Sequence[Header], start: int, end: int) -> list[Token]:
    """The cells below the rows, without headings that a new page repeats among them."""
    again = {r for header in headers for r in range(header.top, header.bottom + 1)}
    return [token for token in sheet.tokens(start, end) if token.line not in again]


def _of_the_activity(raw: Raw) -> None:
    """Each activity of a graded form, each project of a list of projects has its goal and money beside its indicators."""
    told: set[Place] = set()
    for row in sorted([*raw.rows, *raw.idle_rows], key=lambda row: (row.place.page or 0, row.place.row or 0)):
        goal, amount = row.cells.pop("objective", Cell("")), row.cells.pop("amount", Cell(""))
        if goal.text and goal.place not in told:
            line = goal.place.row or 0
            raw.head += [Token("绩效目标", goal.place, line, 0), Token(goal.text, goal.place, line, 1)]
        if amount.text and amount.place not in told:
            raw.items.append((row.cells.get("project_name") or row.cells.get("activity", Cell("")), amount))
        told |= {goal.place, amount.place}


def _head_beside(raw: Raw, sheet: Sheet, header: Header, columns: Sequence[Column], rows: Sequence[int]) -> set[int]:
    """Some forms keep the head (department, money, goal) in columns to the left of the indicators."""
    known = {c for column in columns for c in range(column.left, column.right + 1)}
    beside: set[int] = set()
    for c in range(sheet.width):
        texts = [sheet.text(*sheet.origin(r, c)) for r in range(header.bottom, header.top - 1, -1)]
        named = next((text for text in texts if label(text)[0] in {"head", "amounts"}), "")
        if c in known or not named:
            continue
        beside.add(c)
        for r in rows:
            if text := sheet.text(r, c):
                raw.head += [Token(named, sheet.place(r, c), r, c), Token(text, sheet.place(r, c), r, c + 1)]
    return beside


def _before(sheet: Sheet) -> list[Token]:
    return [Token(text, sheet.place(0, 0), -len(sheet.grid.before) + i, 0) for i, text in enumerate(sheet.grid.before) if text.strip()]


def _after(sheet: Sheet) -> list[Token]:
    return [Token(text, sheet.place(sheet.height - 1, 0), sheet.height + i, 0) for i, text in enumerate(sheet.grid.after) if text.strip()]


def _horizons(columns: Sequence[Column]) -> Iterator[tuple[str, list[Column]]]:
    """The columns of each horizon: a form may carry 实施期 and 年度 targets side by side."""
    horizons = list(dict.fromkeys(c.horizon for c in columns if c.role == "target")) or [""]
    if len(horizons) == 1:
        yield "", list(columns)
        return
    for horizon in horizons:
        own = [c for c in columns if c.horizon == horizon]
        have = {c.role for c in own}
        yield horizon, [c for c in columns if c.role not in have and c.horizon in ("", horizons[0])] + own


def _drop_second_of_a_kind(raw: Raw, sheet: Sheet, columns: list[Column], top: int) -> None:
    seen: set[tuple[str, str]] = set()
    for column in list(columns):
        key = (column.role, column.horizon)
        if key in seen:
            raw.problems.append(problem("heading-twice", sheet.place(top, column.left), heading=column.heading))
            columns.remove(column)
        seen.add(key)


def _rows(sheet: Sheet, raw: Raw, columns: Sequence[Column], rows: Sequence[int], horizon: str) -> Iterator[Row]:
    held: dict[str, Cell] = {}
    last: Row | None = None
    for before, r in zip([None, *rows], rows, strict=False):
        cells = {column.role: Cell(*_words(sheet, column, r)) for column in columns}
        name = cells.get("name", Cell(""))
        filled = {role for role, cell in cells.items() if cell.text}
        if last is not None and before is not None and _goes_on(sheet, before, r, filled):
            for role in filled:
                last.cells[role] = replace(last.cells[role], text=last.cells[role].text + cells[role].text)
            continue
        held = _filled_down(cells, held, filled)
        own = filled - {*FILLED_DOWN, "objective", "amount"}
        place = sheet.place(r, next((c.left for c in columns if c.role == "name"), 0))
        if filled & OF_THE_ACTIVITY and own == {"definition"}:
            own = set()  # an activity's own row, above those of its indicators
        if own <= {"weight", "points"} and not re.search("[1-9]", row_weight(cells)):
            if "duty_name" in filled or filled & OF_THE_ACTIVITY:
                raw.idle_rows.append(Row(cells, place=place))
            if filled and "duty_name" not in filled:
                path = "／".join(cells[role].text for role in ("category1", "category2", "activity") if role in cells)
                raw.problems.append(problem("level-without-indicator", place, level=path or next(iter(cells[f].text for f in filled))))
            continue
        if name.text and PLACEHOLDER_NAME.fullmatch(name.text) and own <= {"name", "weight"}:
            raw.problems.append(problem("blank-template-row", place, text=name.text))
            continue
        last = Row(cells, _path(raw, cells), horizon, place)
        yield last


def _filled_down(cells: dict[str, Cell], held: dict[str, Cell], filled: set[str]) -> dict[str, Cell]:
    """Give a row the duty and the levels of the row above where its own cells are blank; returns what the next row takes over."""
    if "duty_number" in filled or "duty_name" in filled:
        held = {}
    elif cells.get("category1", Cell("")).text and cells["category1"].text != held.get("category1", Cell("")).text:
        held.pop("category2", None)
    for role in FILLED_DOWN:
        if role in cells and not cells[role].text and role in held and (role != "activity" or "duty_name" not in cells):
            cells[role] = held[role]
        elif role in cells and cells[role].text:
            held[role] = cells[role]
    return held


def _goes_on(sheet: Sheet, before: int, r: int, filled: set[str]) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before: long words alone, no name and no level."""
    pages = sheet.grid.pages
    return bool(pages) and pages[before] != pages[r] and bool(filled) and not filled & {"name", *FILLED_DOWN}


def row_weight(cells: dict[str, Cell]) -> str:
    """分值 of a row as words: a row without a name is still one if points hang on it."""
    return cells["weight"].text if "weight" in cells else ""


def _words(sheet: Sheet, column: Column, r: int) -> tuple[str, Place]:
    """The words of a field in a row; a cell merged downwards counts for every row that it covers."""
    found: list[str] = []
    at = (r, column.left)
    for c in (*range(column.left, column.right + 1), *range(column.right + 1, column.reach + 1)):
        top, left = sheet.origin(r, c)
        if left < column.left and left != c or c > column.right and found:
            continue
        text = sheet.text(top, left)
        if text and text not in found:
            if not found:
                at = (top, left)
            found.append(text)
    return " ".join(found), sheet.place(*at)


def _path(raw: Raw, cells: dict[str, Cell]) -> tuple[str, ...]:
    path = []
    for role in ("category1", "category2"):
        text = cells[role].text if role in cells else ""
        if text:
            name = level_name(text) if level(text) or announced_points(text) else text
            if points := announced_points(text):
                raw.levels.setdefault(name, points)
            path.append(name)
    return tuple(path)


def _unread_cells(raw: Raw, sheet: Sheet, header: Header, columns: Sequence[Column], rows: Sequence[int], beside: set[int]) -> None:
    """Cells of the body in no known column are reported: by column where it has a heading, else one by one."""
    known = beside | {c for column in columns for c in range(column.left, column.right + 1)}
    slipped = {c: column for column in columns for c in range(column.right + 1, column.reach + 1)}
    for c in range(sheet.width):
        if c in known:
            continue
        unread = [r for r in rows if (text := sheet.text(r, c)) and not level(text) and not word("groups", text)]
        unread = [r for r in unread if c not in slipped or _words(sheet, slipped[c], r)[0] != sheet.text(r, c)]
        heading = next(
            (text for r in range(header.bottom, header.top - 1, -1) if (text := sheet.text(r, c)) and not word("columns", text)), ""
        )
        if unread and heading and not word("groups", heading):
            place = sheet.place(header.bottom, c)
            raw.problems.append(problem("column-unknown", place, heading=plain(heading), count=str(len(unread))))
            continue
        for r in unread:
            raw.problems.append(problem("cell-without-heading", sheet.place(r, c), text=sheet.text(r, c)[:60]))
