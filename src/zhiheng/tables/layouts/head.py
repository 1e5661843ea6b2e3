"""What stands above and below the indicator rows: title, year, names, goals, notes, total and grade."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from zhiheng.plan.place import Problem
from zhiheng.plan.plan import Cell, Goal
from zhiheng.tables.layouts.aligned import is_title
from zhiheng.tables.layouts.headings import closing, label, longest_prefix, plain, word
from zhiheng.tables.layouts.raw import Token, problem

_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")
_YEAR_LINE = re.compile(r"[(（]?\s*(20\d\d)\s*年?\s*度?\s*[)）]?")
_INLINE = re.compile(r"^([^:：]{2,30})[:：]\s*(.*)$", re.S)
_NUMBERING = re.compile(r"(?:\d{1,2}(?:/\d{1,2})?[、.．]?)?附[件表][\d一二三四五六七八九十-]*[:：、]?|\d{1,2}、|\d{1,2}/\d{1,2}年?")
_EMBEDDED = re.compile(
    r"(?:^|[)）。；\s]|\d、)((?!根据|按照|详见|请|对|将|见)[^\s:：,，。；;、《》()（）]{2,40}?(?:绩效|自评)[^\s:：,，。；;、《》()（）]{0,12}?表"
    r"(?:[(（][^()（）]{0,12}[)）])?)(?![.．》”])"
)
_ORDINAL = re.compile(r"(?:\d{1,2}[、.．]|[…\s])*")  # the numbers of a form that was left blank
_SECTION = re.compile(r"[一二三四五六七八九十]+、[^，。；：,;:]{2,20}(目标|任务|指标|情况|信息|预算|资金|职责|问题)")
_SIGNED = re.compile(
    r"\s*((?:主要|分管|单位|部门|项目|财务)*(?:领导|负责人)?(?:签[字章名])|(?:单位|部门|项目|财务)负责人|(?:填报|填表|编报)(?:日期|时间|人))"
    r"(?:[(（][^()（）]{1,6}[)）])?\s*[:：]"
)
_SIGNATURES = re.compile(r"([^\s:：]{1,12})[:：][^\S\n]*(.*?)(?=\s+[^\s:：]{2,12}[:：]|$)", re.S)  # 填表人：甲 填报日期：3月2日
GRADES = re.compile(r"优秀?|良好?|中等?|合格|基本合格|不合格|较?差|[A-D]")
NAMES = ("department", "supervisor", "executor", "project")


@dataclass(slots=True)
class Head:
    """The head of one table, in words. ``money`` are the tokens that speak of money, for the money module."""

    title: str = ""
    title_token: Token | None = None
    year: int | None = None
    names: dict[str, Cell] = field(default_factory=dict)
    strategic_goal: Cell | None = None
    goals: tuple[Goal, ...] = ()
    notes: list[tuple[Cell, Cell]] = field(default_factory=list)
    money: list[Token] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def cell(token: Token) -> Cell:
    """A token as words with a place."""
    return Cell(token.text, token.place)


def read_head(tokens: Sequence[Token], file: str) -> Head:
    """Read the cells above the headings."""
    head = Head()
    tokens = [part for token in _with_title(tokens) for piece in _before_signatures(token) for part in _inline(piece)]
    _title(head, tokens)
    _year(head, tokens, file)
    i = 0
    while i < len(tokens):
        section, role = label(tokens[i].text)
        values = _values(tokens[: i + 2], i + 1)
        if section == "head" and role == "department" and values and re.fullmatch("[万亿千]?元", values[0].text.strip()):
            head.money += [tokens[i], values[0]]  # 单位：万元 names the unit of money, no office
            i += 2
        elif section == "head" and role in NAMES and values:
            head.names.setdefault(role, cell(values[0]))
            i += 2
        elif section == "head" and role == "strategic_goal" and values:
            head.strategic_goal = cell(values[0])
            i += 2
        elif tokens[i] is head.title_token:
            i += 1
        elif plain(tokens[i].text) == "财政年度" and (end := _goals_by_year(head, tokens, i)):
            i = end
        elif section == "head" and role in {"goal", "goal_expected", "goal_actual"}:
            i = _goals(head, tokens, i)
        elif section == "head" and role == "note":
            if (
                values
                and not _ORDINAL.fullmatch(values[0].text)
                and not is_title(values[0].text)
                and not values[0].text.rstrip().endswith((":", "："))
            ):
                head.notes.append((Cell(plain(tokens[i].text), tokens[i].place), cell(values[0])))
                i += 2
            else:
                i += 1
        else:
            head.money.append(tokens[i])
            i += 1
    return head


def _inline(token: Token) -> list[Token]:
    """A cell that holds label and value (项目名称：科技创新券) is two."""
    money = re.search(r"\s*[(（]?(?:金额)?单位[:：]\s*(?:万元|元|亿元)[)）]?\s*$", token.text)
    if money and money.start():
        rest = Token(token.text[: money.start()], token.place, token.line, token.column)
        return [*_inline(rest), Token(money.group().strip(), token.place, token.line, token.column + 1)]
    found = _INLINE.match(token.text)
    amount = re.match(r"(?:其中[:：])?([^:：]{2,16})[:：]\s*([\d,.]+\s*(?:万元|亿元|元|万)?)$", token.text.strip())
    if amount and label(amount.group(1))[0] == "amounts":
        return [
            Token(amount.group(1) + "：", token.place, token.line, token.column),
            Token(amount.group(2), token.place, token.line, token.column + 1),
        ]
    if found and found.group(2).strip() and label(found.group(1))[0] == "head" and not label(found.group(2))[0]:
        return [
            Token(found.group(1), token.place, token.line, token.column),
            Token(found.group(2).strip(), token.place, token.line, token.column),
        ]
    return [token]


def _with_title(tokens: Sequence[Token]) -> list[Token]:
    """Where no cell is a title, one that is written together with other words is set apart."""
    found = [(i, match) for i, token in enumerate(tokens) if (match := _EMBEDDED.search(token.text)) and _is_whole(token.text, match)]
    if not found or any(is_title(token.text) for token in tokens) or _heading_like(tokens):
        return list(tokens)
    at, match = found[-1]
    token = tokens[at]
    pieces = (token.text[: match.start(1)], match.group(1), token.text[match.end(1) :])
    return [*tokens[:at], *(replace(token, text=text.strip()) for text in pieces if text.strip()), *tokens[at + 1 :]]


def _is_whole(text: str, title: re.Match[str]) -> bool:
    """Whether a title ends where its words seem to: at a bracket, a blank or a label, or it names its year."""
    rest = text[title.end(1) :]
    return not rest.strip() or rest[0].isspace() or bool(re.search(r"[)）]$|20\d\d年", title.group(1)) or longest_prefix("head", rest))


def _before_signatures(token: Token) -> Iterator[Token]:
    """Signatures and dates of filling in that stand behind a value in the same cell (某馆 主要领导签字：) are cells of their own."""
    cuts = [found.start() for found in _SIGNED.finditer(token.text) if found.start() >= 4 and token.text[found.start() - 1] not in ")）"]
    if len(token.text) > 160 or word("ends", token.text):
        cuts = []
    for start, end in zip([0, *cuts], [*cuts, len(token.text)], strict=True):
        yield replace(token, text=token.text[start:end].strip()) if cuts else token


def _values(tokens: Sequence[Token], start: int) -> list[Token]:
    """The cells up to the next label or heading: no word of the form is the value of another."""
    values: list[Token] = []
    for token in tokens[start:]:
        heading = word("columns", token.text) or word("horizons", token.text)
        if label(token.text)[0] or heading and not GRADES.fullmatch(token.text.strip()) or _SECTION.fullmatch(plain(token.text)):
            break
        values.append(token)
    return values


def _title(head: Head, tokens: Sequence[Token]) -> None:
    titles = [token for token in tokens if is_title(token.text)] or _heading_like(tokens)
    if titles:
        head.title_token = titles[-1]
        title = re.sub(r"\s+", "", titles[-1].text)
        number = _NUMBERING.match(title)
        head.title = title[number.end() :] if number else title


def _heading_like(tokens: Sequence[Token]) -> list[Token]:
    """A title without the word 表 (部门整体绩效目标): alone in its line, above all labels with values."""
    lines = [token.line for token in tokens]
    return [t for t in tokens[:12] if lines.count(t.line) == 1 and re.fullmatch(r"\S{2,30}绩效(目标|自评|评价)(情况)?", plain(t.text))][-1:]


def _year(head: Head, tokens: Sequence[Token], file: str) -> None:
    """The year of the table: its own (20××年度) line or title; other titles only when these are silent."""
    near: list[str] = []
    far: list[str] = []
    bare: list[str] = []  # 2021年 alone may head a column as well
    for token in tokens:
        if token is head.title_token or _YEAR_LINE.fullmatch(token.text.strip()) and re.search("[(（度]", token.text):
            near.extend(_YEAR.findall(token.text))
        elif _YEAR_LINE.fullmatch(token.text.strip()) and "年" in token.text:
            bare.extend(_YEAR.findall(token.text))
        elif is_title(token.text) or re.search(r"20\d\d年度?.*(目标|自评|绩效)", token.text) and len(token.text) < 60:
            far.extend(_YEAR.findall(token.text))
    years = near or far or bare or re.findall(r"(?<!\d)(20\d\d)(?!\d)", file)[:1]
    if not years:
        return
    head.year = int(years[-1])
    named = dict.fromkeys(near + far)
    if len(named) > 1 and head.title_token is not None:
        place = head.title_token.place
        head.problems.append(problem("year-conflict", place, years="、".join(named), taken=years[-1]))


def _goals(head: Head, tokens: Sequence[Token], start: int) -> int:
    """Goal block: labels, then the texts; expected and actual when both labels stand there."""
    i = start
    labels: list[Token] = []
    while i < len(tokens) and word("head", tokens[i].text) in {"goal", "goal_expected", "goal_actual"}:
        labels.append(tokens[i])
        i += 1
    roles = [word("head", token.text) for token in labels]
    values = _values(tokens, i)
    values = [token for token in values if not word("groups", token.text) and not is_title(token.text)]
    end = i + len(_values(tokens, i))
    if not values:
        return max(end, start + 1)
    if "goal_actual" in roles and ("goal_expected" in roles or len(roles) > 1):
        expected, actual = _split(head, values, labels)
        head.goals += (Goal(_joined(expected), _joined(actual)),)
    elif len(labels) > 1 and len(values) == len(labels) and "goal_expected" not in roles or 1 < len(values) == len(labels) - 1:
        head.goals += tuple(Goal(cell(token)) for token in values)
    else:
        head.goals += (Goal(_joined(values)),)
    return end


def _goals_by_year(head: Head, tokens: Sequence[Token], start: int) -> int:
    """Rows of 财政年度, 目标, 实际完成情况: the year of the table is the goal, other years are notes. Returns the end, 0 if none."""
    first = next((i for i in range(start + 1, min(start + 5, len(tokens))) if re.fullmatch(r"20\d\d年?度?", tokens[i].text.strip())), 0)
    rows: list[list[Token]] = []
    values = _values(tokens, first) if first else []
    for token in values:
        if re.fullmatch(r"20\d\d年?度?", token.text.strip()):
            rows.append([token])
        else:
            rows[-1].append(token)
    if not rows or any(len(row) > 3 for row in rows):
        return 0
    for year, *texts in rows:
        blank = [token for token in texts if re.fullmatch(r"[-—–/\s]*", token.text)]
        said = [token for token in texts if token not in blank]
        if year.text.strip()[:4] == str(head.year) and said:
            head.goals += (Goal(cell(said[0]), cell(said[1]) if len(said) > 1 else None),)
        else:
            head.notes.extend((cell(year), cell(token)) for token in said)
    return first + len(values)


def _split(head: Head, values: Sequence[Token], labels: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """Which texts are expected and which actual: by column, by number, or where the numbering starts again."""
    left = {token.column for token in labels if word("head", token.text) == "goal_expected"}
    right = {token.column for token in labels if word("head", token.text) == "goal_actual"}
    if left and right and {t.column for t in values} <= left | right and len(values) != 2:
        return [t for t in values if t.column in left], [t for t in values if t.column in right]
    if len(values) <= 2:
        return list(values[:1]), list(values[1:])
    numbers = [re.match(r"(?:目标)?\s*(\d+)", token.text) for token in values]
    again = [i for i, found in enumerate(numbers) if i and found and found.group(1) == "1"]
    if len(again) == 1 and all(numbers):
        return list(values[: again[0]]), list(values[again[0] :])
    head.problems.append(problem("goals-not-split", values[0].place))
    return list(values), []


def _joined(tokens: Sequence[Token]) -> Cell:
    return Cell("\n".join(token.text for token in tokens), tokens[0].place) if tokens else Cell("")


@dataclass(slots=True)
class Tail:
    """What stands below the rows: total of 分值 and 得分, grade, notes."""

    weight: Token | None = None
    points: Token | None = None
    grade: Token | None = None
    notes: list[tuple[Cell, Cell]] = field(default_factory=list)


def read_tail(tokens: Sequence[Token], columns: dict[str, int]) -> Tail:
    """Read the total row and the notes. ``columns`` are 0-based columns of weight and points where known."""
    tail = Tail()
    for i, token in enumerate(tokens):
        if word("ends", token.text) == "total":
            numbers = [
                t
                for t in tokens[i + 1 : i + 8]
                if re.fullmatch(r"[\d.]+分?[*＊]?", t.text.strip()) and (t.line == token.line or not columns)
            ]
            if columns:
                tail.weight = next((t for t in numbers if t.column == columns.get("weight")), None)
                tail.points = next((t for t in numbers if t.column == columns.get("points")), None)
            if tail.weight is None and tail.points is None and numbers:
                tail.weight, tail.points = (numbers[0], numbers[1]) if len(numbers) > 1 else (numbers[0], None)
            grades = [t for t in tokens[i + 1 : i + 6] if GRADES.fullmatch(t.text.strip()) and t not in numbers]
            tail.grade = grades[0] if grades else tail.grade
        elif closing(token.text) == "footer" and (fields := _SIGNATURES.findall(token.text)):
            tail.notes.extend((Cell(plain(name), token.place), Cell(said.strip(), token.place)) for name, said in fields if said.strip())
        elif (
            word("head", token.text) == "note"
            and i + 1 < len(tokens)
            and not (word("ends", tokens[i + 1].text) or label(tokens[i + 1].text)[0])
        ):
            if GRADES.fullmatch(tokens[i + 1].text.strip()) and re.search("等[次级]|等$", plain(token.text)):
                tail.grade = tokens[i + 1]
            else:
                tail.notes.append((Cell(plain(token.text), token.place), cell(tokens[i + 1])))
    return tail
