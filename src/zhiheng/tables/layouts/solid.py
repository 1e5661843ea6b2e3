"""Text in which the cells of a table run together without any separator.

Only words of the official form, units, comparators and the order of the headings can divide such text; where they do not, the
piece stays whole. Two kinds are published: a whole table in one flow, and one row a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from zhiheng.tables.layouts.glued import FIRM, RUN, VALUE_ROLES, divide
from zhiheng.tables.layouts.headings import word
from zhiheng.tables.layouts.raw import Token
from zhiheng.tables.layouts.solid_head import NAMES, divide_head
from zhiheng.tables.layouts.tokens import closed, heading_run, is_solid_row

_POINTS = r"(?:[（(]\d+(?:\.\d+)?分?[)）])?"
_SECOND = r"(?:产出)?(?:数量|质量|时效)|(?:经济|社会|生态|环境)效益|可持续影响|(?:产出|经济|社会|生态环境|生态)成本"
_LEVEL = re.compile(
    rf"(?:{_SECOND}|产出|效益|效果|成本|(?:社会公众或|社会公众和|公众或)?服务对象满意度|(?:社会公众或)?受益对象满意度|(?:社会)?公众满意度|满意度)指标{_POINTS}"
    r"(?![值率])"
)
_BARE = re.compile(rf"(?:{_SECOND}){_POINTS}(?![率度指达目合])")
_FIRST = re.compile(r"(?:产出|效益|效果)指标")
_TOTAL = re.compile(r"(?:总分|合计|总计)(?=[\d\s]|$)")
_NOTE = re.compile(r"(?:备?注|填表说明|说明|评价结论|存在问题)[:：]|说明(?=无)")
_EXPLAINS = re.compile(r"(?<=...)(反映|考核|主要|是指|指的是|用于|体现)")
_JOINS = re.compile(r"[、,，以及和与内的]")
_BLANK_PARTS = re.compile(r"…+|\.{3,}|(?<=指标)[（(]\s*分?[)）]")
_WORDS = re.compile("[\u4e00-\u9fff].*[\u4e00-\u9fff]")
_NEXT_TITLE = re.compile(r"(?:20\d\d年度?)?[^\d:：,，。;；\s%％]{0,30}绩效[^:：,，。;；\s\d]{0,6}表")
_PAGE = re.compile(r"\s*(\d{1,2})、")


@dataclass(frozen=True, slots=True)
class _Form:
    """What the headings say of a row: its cells, the order of its values, whether an explanation follows the name."""

    cells: int
    values: tuple[str, ...]
    definition: bool
    second: bool


def split_solid(tokens: Sequence[Token]) -> list[Token]:
    """Divide text that holds a run of headings into the cells it was; every row begins a line of its own."""
    if any(is_solid_row(token.text) for token in tokens):
        tokens = _whole_lines(tokens)
    divided = _Divided([])
    form: _Form | None = None
    by_line = ended = False
    for piece in _flows(_without_page_numbers(tokens)):
        text = piece.text
        while run := heading_run(text) if len(text) > 12 else None:
            start, end, words = run
            _add_between(divided, piece, text[:start], form)
            divided.add(piece, words)
            form, text = _form(words), text[end:].strip()
            by_line, ended = not text, False
        if form is None:
            divided.add(piece, divide_head(text) if len(text) > 12 and not (ended and not NAMES.search(text)) else [text])
        elif by_line and word("ends", text):
            form, ended = None, True
            divided.add(piece, [text])
        elif text:
            _add_body(divided, piece, text, form, by_line)
    return divided.tokens


def _whole_lines(tokens: Sequence[Token]) -> list[Token]:
    """The lines from the headings on put together again: blanks divided them where no cell ends."""
    lines: dict[int, list[Token]] = {}
    for token in tokens:
        lines.setdefault(token.line, []).append(token)
    whole: list[Token] = []
    begun = False
    for line in lines.values():
        text = " ".join(token.text for token in line)
        begun = begun or heading_run(closed(text)) is not None
        whole += [replace(line[0], text=text)] if begun else line
    return whole


def _flows(tokens: Sequence[Token]) -> Iterator[_Piece]:
    """The lines as they are; those that follow headings with cells behind them on the same line are one flow."""
    flow: _Piece | None = None
    for token in tokens:
        text = closed(token.text)
        run = heading_run(text) if len(text) > 12 else None
        if flow and not run:
            flow.starts.append((len(flow.text), token))
            flow.text += text
            continue
        if flow:
            yield flow
        flow = _Piece(text, [(0, token)])
        if not run or not text[run[1] :].strip():
            yield flow
            flow = None
    if flow:
        yield flow


def _add_between(divided: _Divided, piece: _Piece, text: str, form: _Form | None) -> None:
    """What stands before headings: the head, or behind other headings their rows up to the next title."""
    title = _NEXT_TITLE.search(text)
    end = 0
    if form:
        end = title.start() if title else len(text)
        if title and not title.group().startswith("20"):  # the last value may end in words: 5次, 显著提升
            end = max([end, *(run.end() for run in RUN.finditer(text, 0, title.end()) if run.end() > end)])
    if form and text[:end].strip():
        _add_body(divided, piece, text[:end].strip(), form, by_line=False)
    if text[end:].strip():
        divided.add(piece, divide_head(text[end:].strip()))


@dataclass(slots=True)
class _Piece:
    """Text with the cells it comes from: (where each begins, the cell)."""

    text: str
    starts: list[tuple[int, Token]]
    at: int = 0

    def source(self, text: str) -> Token:
        """The cell in which the next piece of the text stands."""
        found = self.text.find(text, self.at)
        self.at = found + len(text) if found >= 0 else self.at
        return [token for start, token in self.starts if start <= max(found, 0)][-1] if found >= 0 else self.starts[-1][1]


@dataclass(slots=True)
class _Divided:
    """The cells so far; lines are counted anew, for a row is a line."""

    tokens: list[Token]
    line: int = 0

    def add(self, piece: _Piece, texts: Sequence[str] | Iterator[str], cells: int = 0) -> None:
        """One more line; ``cells`` of a row, blank ones too."""
        self.line += 1
        for column, text in enumerate(texts):
            source = piece.source(text)
            place = replace(source.place, column=(source.place.column or 1) + len(self.tokens))
            self.tokens.append(replace(source, text=text, place=place, line=self.line, column=column, width=cells))


def _without_page_numbers(tokens: Sequence[Token]) -> list[Token]:
    """Document sites number the pages of a text (1、… 2、…); such numbers belong to no cell."""
    paged = [(i, found) for i, token in enumerate(tokens) if (found := _PAGE.match(token.text))]
    if len(paged) < 2 or [int(found.group(1)) for _, found in paged] != list(range(1, len(paged) + 1)):
        return list(tokens)
    ends = {i: found.end() for i, found in paged}
    return [replace(token, text=token.text[ends[i] :]) if i in ends else token for i, token in enumerate(tokens)]


def _form(words: Sequence[str]) -> _Form:
    order: list[str] = []
    for text in words:
        role = word("columns", text)
        if role in VALUE_ROLES and role not in order:
            order.append(role)
    roles = {word("columns", text) for text in words}
    return _Form(len(words), tuple(order), "definition" in roles, "category2" in roles)


def _add_body(divided: _Divided, piece: _Piece, text: str, form: _Form, by_line: bool) -> None:
    if note := _NOTE.search(text):
        text, rest = text[: note.start()], text[note.start() :]
    else:
        rest = ""
    total = _TOTAL.search(text)
    end = total.start() if total else len(text)
    levels: list[str] = []
    for kind, part in _by_levels(_BLANK_PARTS.sub("", text[:end]), form.second):
        if kind == "level":
            levels.append(part)
            continue
        for row in (_line if by_line else _rows)(part, form):
            divided.add(piece, [*levels, *row], form.cells)
            levels = []
    if levels:
        divided.add(piece, levels, form.cells)
    if total:
        sums = text[total.end() :].strip()
        scores = divide(sums, ("weight", "points")) if re.fullmatch(r"[\d.]{2,}", sums) else None
        divided.add(piece, [total.group(), *(scores if scores else [sums] if sums else [])])
    if rest:
        divided.add(piece, [rest[:2], rest[2:]] if rest.startswith("说明无") else [rest])


def _by_levels(text: str, second: bool) -> Iterator[tuple[str, str]]:
    """Level words, and the text that stands between them."""
    named = any(re.match(_SECOND, found.group()) for found in _LEVEL.finditer(text))
    begun = at = 0
    boundary = True  # a level word without 指标 is one only where a row cannot be open
    first = False
    while at < len(text):
        found = _LEVEL.match(text, at)
        if not found and boundary and second and (first or not named):
            found = _BARE.match(text, at)
        if not found:
            run = RUN.match(text, at)
            at = run.end() if run else at + 1
            boundary = bool(run)
            first = False
            continue
        if text[begun:at].strip():
            yield "text", text[begun:at].strip()
        yield "level", found.group()
        begun = at = found.end()
        boundary = True
        first = bool(_FIRST.match(found.group()))
    if text[begun:].strip():
        yield "text", text[begun:].strip()


def _rows(text: str, form: _Form) -> Iterator[list[str]]:
    """The rows that stand under one level word. Values that cannot be divided stand in a row of their own: no field takes them."""
    name = ""
    at = 0
    for run in RUN.finditer(text):
        name += text[at : run.start()]
        at = run.end()
        follows = text[at:]
        fields = divide(run.group(), form.values) if _ends_name(name, run.group(), follows) else None
        if fields:
            yield [*_name_and_definition(name, form.definition), *fields]
        elif not follows or FIRM.search(run.group()) or len(run.group()) > 8:
            yield from _partly(name, run.group(), form)
        else:
            name += run.group()
            continue
        name = ""
    if rest := (name + text[at:]).strip():
        yield [*_name_and_definition(rest, form.definition)]


def _line(text: str, form: _Form) -> Iterator[list[str]]:
    """One line is one row: its last run holds its values. It is several only where every run fills the columns."""
    runs = [*RUN.finditer(text)]
    if len(runs) > 1 and all(FIRM.search(run.group()) and divide(run.group(), form.values) for run in runs):
        yield from _rows(text, form)
        return
    run = runs[-1] if runs else None
    if run is None or run.end() < len(text) or not run.start():
        yield [*_name_and_definition(text, form.definition)]
    elif fields := divide(run.group(), form.values):
        yield [*_name_and_definition(text[: run.start()], form.definition), *fields]
    else:
        yield from _partly(text[: run.start()], run.group(), form)


def _partly(name: str, run: str, form: _Form) -> Iterator[list[str]]:
    """A row whose last columns are blank: divided where one filling only is possible, else the run stays whole."""
    if not _WORDS.search(name):
        yield [(name + run).strip()]
        return
    named = [*_name_and_definition(name, form.definition)]
    bare = len(form.values) > 1 and run.isdigit()  # any column may hold it
    fillings = [] if bare else [fields for size in range(1, len(form.values)) if (fields := divide(run, form.values[:size], blanks=True))]
    if len(fillings) == 1:
        yield [*named, *fillings[0]]
    else:
        yield from (named, [run])


def _ends_name(name: str, run: str, follows: str) -> bool:
    """Whether a run stands behind a name, not inside one (指标1…, 6小时内扑灭率, …（含20户）…)."""
    bare = name.strip()
    if not _WORDS.search(bare) or bare.endswith(("指标", "目标")) and run.isdigit() and follows:
        return False
    if len(re.findall("[（(]", bare)) > len(re.findall("[)）]", bare)):
        return False
    return not (_JOINS.match(follows) and not FIRM.search(run))


def _name_and_definition(text: str, has_definition: bool) -> Iterator[str]:
    text = text.strip()
    found = _EXPLAINS.search(text) if has_definition else None
    if found:
        yield text[: found.start()]
        yield text[found.start() :]
    else:
        yield text
