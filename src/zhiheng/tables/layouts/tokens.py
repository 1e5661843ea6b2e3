"""Text whose columns cannot be trusted, as a stream of cells.

Published tables lose their columns in many ways: pipes without blank cells, one cell per line, blanks between
cells, rows run together. What is left is the order of the cells; this module restores the cells, the stream module
reads their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from zhiheng.plan.place import Place
from zhiheng.tables.grid import Grid, Refused
from zhiheng.tables.layouts.headings import level, longest_prefix, plain, word
from zhiheng.tables.layouts.raw import Token, problem

_DECORATION = re.compile(r"[|│┃\s]*|[-=_:|+]{4,}")
_SECTIONS = ("columns", "levels", "head", "funds", "amounts")
LONGEST_SPLIT = 18
LONGEST_WORD = 48
LONGEST_STREAM = 100_000  # cells; the longest table in running text that is read, some hundred times any published one
_BRACKETS = re.compile(r"[（(][^（()）]{0,24}[)）]")
_MAY_BEGIN = re.compile("(?:年度|长期|中期|实施期)绩效指标|[一二三]级指标|绩效指标|指标名称|年度指标|评价指标")


def check_length(cells: int, file: str) -> None:
    """Refuse running text beyond any table: laying it out would take too long. Raises Refused."""
    if cells > LONGEST_STREAM:
        raise Refused(problem("stream-too-long", Place(file), cells=str(cells), limit=str(LONGEST_STREAM)))


def tokens_of(grid: Grid, file: str) -> list[Token]:
    """The non-blank cells of an unaligned grid in reading order."""
    around = [(0, [text]) for text in grid.before], [(0, [text]) for text in grid.after]
    lines = [*around[0], *((grid.numbers[r], list(row)) for r, row in enumerate(grid.rows)), *around[1]]
    spaced = any(len(cells) == 1 and _is_spaced_heading(cells[0]) for _, cells in lines)
    tokens: list[Token] = []
    for line, (number, cells) in enumerate(lines):
        before = len(tokens)
        for column, (slot, text) in enumerate(_pieces(cells, spaced)):
            place = Place(file, grid.sheet, grid.page, number or None, column + 1)
            tokens.append(Token(text, place, line, column, len(cells), slot=slot))
        if len(tokens) > before:
            tokens[-1].closes = len(cells) > 2 and not any(cells[-2:])
    return _join_split(tokens)


def _pieces(cells: Sequence[str], spaced: bool) -> Iterator[tuple[int, str]]:
    """The non-blank cells of a line, each with its position among all of them."""
    for slot, cell in enumerate(cells):
        for part in re.split(r"[|│\t]", cell):
            if not part.strip() or _DECORATION.fullmatch(part):
                continue
            for text in _BRACKETS.sub(_close, part).split() if spaced and len(cells) == 1 else [part.strip()]:
                yield slot, text


def _close(found: re.Match[str]) -> str:
    """Blanks inside brackets do not divide cells: （2022 年度）."""
    return re.sub(r"\s+", "", found.group())


def _is_spaced_heading(line: str) -> bool:
    if not re.search("指[标標]", line):
        return False
    words = line.split()
    return len(words) >= 3 and len({word("columns", text) for text in words} - {""}) >= 3


def _known(text: str) -> bool:
    return bool(level(text) or any(word(section, text) for section in _SECTIONS if section != "levels"))


def _join_split(tokens: Sequence[Token]) -> list[Token]:
    """Put together headings, labels and level words that were broken over cells or lines (年度 | 指标值)."""
    tokens = _join_single_characters(tokens)
    joined: list[Token] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        for count in (4, 3, 2):
            group = tokens[i : i + count]
            whole = "".join(plain(part.text) for part in group)
            if len(group) == count and len(whole) <= LONGEST_SPLIT and _belongs(group, whole):
                points = group[-1].text.strip() if group[-1].text.strip()[:1] in "(（" else ""
                token = replace(token, text=whole + points, line=group[-1].line, closes=group[-1].closes)
                i += count - 1
                break
        joined.append(token)
        i += 1
    return _rejoin_levels(joined)


def _belongs(group: Sequence[Token], whole: str) -> bool:
    words = [plain(part.text) for part in group]
    if level(group[0].text) and len(group) == 2 and re.fullmatch(r"[(（]?\d+(\.\d+)?分?[)）]", group[1].text.strip()):
        return True
    if any(part.text.strip()[:1] in "(（" for part in group):
        return False
    if (word("head", whole) or word("amounts", whole)) and not _known(words[-1]) and max(len(text) for text in words) <= 4:
        return True
    if not (word("columns", whole) or level(whole) or word("funds", whole) in {"initial", "budget", "executed"}):
        return False
    if words[1:] == ["指标"] or words[1:] == ["指标值"] and not word("columns", words[0]):
        return True
    role = word("columns", whole)
    if role == "reason":  # the longest heading of the forms, broken anywhere
        return all(word("columns", text) in {"", role} for text in words)
    return not any(_known(text) for text in words[:-1]) and (len(group) == 2 or not _known(words[1]))


def _join_single_characters(tokens: Sequence[Token]) -> list[Token]:
    """A label written downwards, one character a line (绩 / 效 / 指 / 标)."""
    joined: list[Token] = []
    i = 0
    while i < len(tokens):
        run = i
        while run < min(len(tokens), i + LONGEST_SPLIT) and re.fullmatch(r"[\u4e00-\u9fff]", tokens[run].text.strip()):
            run += 1
        whole = "".join(token.text.strip() for token in tokens[i:run])
        if run - i >= 2 and (_known(whole) or word("groups", whole)):
            joined.append(replace(tokens[i], text=whole, line=tokens[run - 1].line, closes=tokens[run - 1].closes))
            i = run
        else:
            joined.extend(tokens[i : max(run, i + 1)])
            i = max(run, i + 1)
    return joined


def _rejoin_levels(tokens: list[Token]) -> list[Token]:
    """A level word whose end slid behind the row that it stands beside (社会公众或服务 … 对象满意度指标)."""
    dropped: set[int] = set()
    for i, token in enumerate(tokens):
        start = plain(token.text)
        if len(start) < 4 or level(start):
            continue
        for j in range(i + 2, min(i + 6, len(tokens))):
            end = plain(tokens[j].text)
            if level(start + end) and not word("columns", end) and (not level(end) or start.endswith("服务")):
                tokens[i] = replace(token, text=start + end)
                dropped.add(j)
                break
    return [token for i, token in enumerate(tokens) if i not in dropped]


def is_solid(tokens: Sequence[Token]) -> bool:
    """Whether headings, or level words and the cells behind them, run together without any separator."""
    return any(heading_run(closed(token.text)) or is_solid_row(token.text) for token in tokens if len(token.text) > 12)


def is_solid_row(text: str) -> bool:
    """Whether a cell holds two level words, a name and a value (产出指标数量指标培训班次≥5次)."""
    first = longest_prefix("levels", text)
    if level(text[:first]) != "first" or not text[:first].endswith("指标"):
        return False
    second = longest_prefix("levels", text[first:])
    name = text[first + second :]
    return level(text[first : first + second]) == "second" and bool(re.search(r"[\u4e00-\u9fff]{2}.*\d", name))


def closed(text: str) -> str:
    """Text without the blanks inside its Chinese words (绩 效 指 标, 年度指标 值)."""
    return re.sub(r"(?<=[\u3001-\u9fff（）：，。])[ \t\u3000]+(?=[\u3001-\u9fff（）：，。])", "", text)


def heading_run(text: str) -> tuple[int, int, tuple[str, ...]] | None:
    """Begin, end and words of the first run of three or more column headings inside a text without separators."""
    walked = 0
    for start in (found.start() for found in _MAY_BEGIN.finditer(text)):
        if start < walked:
            continue
        words: list[str] = []
        at = start + longest_prefix("horizons", text[start : start + LONGEST_WORD])
        if at > start:
            words.append(text[start:at])
        while length := _heading_length(text[at : at + LONGEST_WORD]):
            words.append(text[at : at + length])
            at += length
        walked = at
        roles = {word("columns", found) for found in words}
        if len(roles) >= 3 and roles & {"name", "category1", "category2"} and roles & {"target", "actual"}:
            return start, at, tuple(words)
    return None


def _heading_length(text: str) -> int:
    """Length of the heading that a text begins with. 实际完成值未完成原因及改进措施 is two: the longest heading takes in no other."""
    length = longest_prefix("columns", text)
    if word("columns", text[:length]) != "reason":
        return length
    for end in range(length - 4, 1, -1):
        if word("columns", text[:end]) not in {"", "reason"} and word("columns", text[end:length]):
            return end
    return length
