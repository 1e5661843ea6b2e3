"""The money block: 预算总额 and its parts, or the rows and columns of 项目资金."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import combinations

from zhiheng.plan.place import Problem
from zhiheng.plan.plan import Budget, Cell, Figure, Fund
from zhiheng.tables.layouts.headings import label, last_part, plain, word
from zhiheng.tables.layouts.raw import Token, problem
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context

FIELDS = {"total", "fiscal", "other", "basic", "project"}
MOST_LABELS = 12  # of amounts in one row; official forms have seven
PERIODS = ("实施期", "中期", "长期")
AMOUNT_WORDS = {"initial": "年初预算数", "budget": "全年预算数", "executed": "全年执行数"}
FUND_COLUMNS = ("initial", "budget", "executed", "points", "rate", "score", "forecast")
_AMOUNT = re.compile(
    r"(\d[\d,，]*(?:\.\d+)?\s*(?:万元|亿元|元|万)?)(?:\s*[(（][^()（）]*[)）])?"
)  # 854万（其中基建400万）: the leading amount
_DASH = re.compile(r"[-—–/／|](?:[-—–/／|\s]*[-—–/／|])?")
_VALUE = re.compile(f"{_DASH.pattern}|{_AMOUNT.pattern}|\\d[\\d,，]*(?:\\.\\d+)?\\s*[%％]")
_UNIT = re.compile(r"[(（]?\s*(?:单位[:：])?\s*(万元|亿元|元)\s*[)）]?")


@dataclass(slots=True)
class _Reader:
    aligned: bool
    unit: str = ""
    pattern: tuple[str, ...] = ()  # which amounts the first row of the funds block holds; its other rows follow it
    unread: list[Token] = field(default_factory=list)
    period_column: int | None = None  # where the amounts of the whole 实施期 stand, beside those of the year
    paired: bool = False  # a label had its amount in the cell of the next line
    offset: int = 1  # columns from a label to its amount, as seen in this form
    budget: Budget = Budget()
    of_the_year: set[str] = field(default_factory=set)
    labels: dict[str, Token] = field(default_factory=dict)
    columns: list[tuple[str, Token]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def second_on_the_line(self, role: str, named: Token) -> bool:
        """In forms with two horizons the amounts of the 实施期 stand before those of the year."""
        first = self.labels.get(role)
        return self.period_column is not None and first is not None and first.line == named.line

    def keep(self, named: Token, figure: Figure) -> None:
        """Keep an amount under its own label; a blank one says nothing."""
        if figure.text:
            item = (Cell(re.sub(r"\s+", "", _without_unit(named.text)).rstrip(":："), named.place), figure)
            self.budget = replace(self.budget, items=(*self.budget.items, item))

    def figure(self, token: Token, money: bool = True) -> Figure:
        """The figure in a cell; an amount that is explained in brackets is the amount."""
        context = Context(name="金额", unit=self.unit) if money else Context()
        explained = _AMOUNT.fullmatch(token.text.strip()) if money else None
        reading = parse(explained.group(1).strip() if explained else token.text, context)
        return Figure(replace(reading, text=token.text), token.place)


def read_money(tokens: Sequence[Token], aligned: bool, names: Set[str] = frozenset()) -> tuple[Budget, list[Problem], list[Token]]:
    """Read the money of a head: budget, problems, and the cells that speak of something else.

    ``names`` are the activities and projects of the rows: each may have an amount of its own in the head. Amounts that cannot be
    placed are reported, never spread by guess.
    """
    reader = _Reader(aligned, _unit(tokens))
    i = 0
    while i < len(tokens):
        section, _ = label(tokens[i].text)
        fund_role = "" if plain(tokens[i].text) == "其中" else word("funds", tokens[i].text)
        if not reader.columns and (run := _column_run(tokens, i)):
            reader.columns = run
            i += len(run)
        elif not reader.columns and _column_run(tokens, i + 1):
            i += 1  # the label of the whole block
        elif reader.columns and (fund_role == "name" or section == "amounts") and not _stands_alone(tokens, i):
            i = _fund(reader, tokens, i)
        elif section == "amounts" or fund_role == "name":
            i = _amounts(reader, tokens, i)
        elif _without_unit(tokens[i].text) in names and (values := _following(tokens, i + 1)) and _AMOUNT.fullmatch(values[0].text.strip()):
            reader.keep(tokens[i], reader.figure(values[0]))
            i += 2
        else:
            if i and _runs_together(tokens[i].text) and (word("funds", tokens[i - 1].text) or label(tokens[i - 1].text)[0] == "amounts"):
                place = tokens[i].place
                reader.problems.append(problem("money-unplaced", place, label=plain(tokens[i - 1].text), amounts=tokens[i].text[:40]))
            elif not _says_nothing(tokens[i].text):
                reader.unread.append(tokens[i])
            i += 1
    budget = replace(reader.budget, unit=reader.unit)
    first = budget.funds[0] if budget.funds else None
    if (budget.total is None or not budget.total.text) and first and first.budget and plain(first.name.text).endswith("总额"):
        budget = replace(budget, total=first.budget)
    return budget, reader.problems, reader.unread


def _says_nothing(text: str) -> bool:
    """Section labels, units, dashes and blank date lines: words of the form itself."""
    bare = plain(text)
    return (
        bool(word("groups", bare) or word("columns", bare) or word("horizons", bare) or label(text)[0])
        or bool(_UNIT.fullmatch(text.strip()) or re.fullmatch(r"[-—–/\s年月日:：]*|[(（]?20\d\d年?度?[)）]?|附件\d*|公开\d+表", bare))
        or bool(
            re.match(
                "项目资金|预算资金|预算情况|资金情况|年度预算|资金来源|资金结构|按.{2,6}分|部门预算|(金额)?单位([:：](万元|元|亿元))?$",
                bare,
            )
        )
    )


def _runs_together(text: str) -> bool:
    return bool(re.fullmatch(r"[\d.,%％\s—-]+", text))


def _stands_alone(tokens: Sequence[Token], at: int) -> bool:
    """A label with one amount of its own (项目支出：485.88) beside the rows of the funds block."""
    ends = tokens[at].text.rstrip().endswith((":", "："))
    return (
        ends
        and word("amounts", last_part(tokens[at].text)) in {"basic", "project", "source", "fiscal"}
        and len(_following(tokens, at + 1)) <= 1
    )


def _unit(tokens: Sequence[Token]) -> str:
    for token in tokens:
        for found in re.finditer(r"[(（](?:单位[:：])?(万元|亿元|元)[)）]|单位[:：]\s*(万元|亿元|元)", token.text):
            return found.group(1) or found.group(2)
        if alone := _UNIT.fullmatch(token.text.strip()):
            return alone.group(1)
    for token in tokens:
        if amount := re.fullmatch(r"[\d,.]+\s*(万元|亿元|元)", token.text.strip()):
            return amount.group(1)
    return ""


def _without_unit(text: str) -> str:
    """A label without the unit of its amount: 免费开放经费（万元）."""
    return re.sub(r"[（(](?:单位[:：])?[万亿]?元[)）]\s*$", "", text)


def _column_run(tokens: Sequence[Token], start: int) -> list[tuple[str, Token]]:
    """The headings of a 项目资金 block: at least two in a row (年初预算数, 全年预算数, 全年执行数, 分值, 执行率, 得分)."""
    run: list[tuple[str, Token]] = []
    for token in tokens[start:]:
        role = word("funds", token.text)
        if role not in FUND_COLUMNS or len(run) == MOST_LABELS:
            break
        run.append((role, token))
    if len(run) > 1 and run[0][0] in {role for role, _ in run[1:]}:
        if run[1][0] != "budget":
            return []  # 年度预算数 | 年初预算 | 调整后预算数: the first is the label of the block
        run[0] = ("initial", run[0][1])  # 预算数 | 调整后预算数
    return run if len(run) > 1 else []


def _following(tokens: Sequence[Token], start: int) -> list[Token]:
    values: list[Token] = []
    for token in tokens[start:]:
        if not _VALUE.fullmatch(token.text.strip()):
            break
        values.append(token)
    return values


def _fund(reader: _Reader, tokens: Sequence[Token], at: int) -> int:
    name = tokens[at]
    values = _following(tokens, at + 1)
    if reader.aligned:
        values = [token for token in values if token.line == name.line]
        placed = {role: token for role, head in reader.columns for token in values if token.column == head.column}
        if len(placed) < len(values):
            placed = {}
    else:
        placed = {}
    if not placed and values:
        placed = _place_fund(reader, name, values)
    roles = [role for role, _ in reader.columns]
    blank = Figure(parse(""), name.place)
    figures = {
        role: reader.figure(placed[role], role in {"initial", "budget", "executed", "forecast"}) if role in placed else blank
        for role in roles
    }
    reader.budget = replace(reader.budget, funds=(*reader.budget.funds, Fund(Cell(re.sub(r"\s+", "", name.text), name.place), **figures)))
    return at + 1 + len(values)


def _place_fund(reader: _Reader, name: Token, values: Sequence[Token]) -> dict[str, Token]:
    """Place the values of a row whose blank cells are lost: only where the columns, the published rate or the rows before prove it.

    What has several places is left out: amounts are reported, dashes say nothing.
    """
    roles = [role for role, _ in reader.columns]
    reader.unread.extend(values[len(roles) :])
    values = values[: len(roles)]
    whole = len(values) == len(roles)
    if not whole and all(_DASH.fullmatch(token.text.strip()) for token in values):
        return {}
    fits = []
    for chosen in combinations(range(len(roles)), len(values)):
        placed = {roles[c]: token for c, token in zip(chosen, values, strict=True)}
        if all(_may_be(role, token.text, whole) for role, token in placed.items()):
            fits.append(placed)
    if not fits:
        text = "、".join(token.text for token in values)
        reader.problems.append(problem("money-unplaced", name.place, label=plain(name.text), amounts=text))
        return {}
    likely = _likely(reader, fits)
    best = {role: token for role, token in likely[0].items() if all(other.get(role) is token for other in likely)}
    reader.pattern = reader.pattern or _amount_roles(best)
    lost = [token for token in values if _number(token) is not None and all(token is not placed for placed in best.values())]
    if lost:
        text = "、".join(token.text for token in lost)
        reader.problems.append(problem("money-unplaced", name.place, label=plain(name.text), amounts=text))
    elif not whole and _rate_agrees(best) and likely[0] is not fits[0]:
        text = "、".join(f"{AMOUNT_WORDS[role]}={token.text}" for role, token in best.items() if role in AMOUNT_WORDS)
        reader.problems.append(problem("money-placed", name.place, repaired=True, label=plain(name.text), amounts=text))
    return best


def _likely(reader: _Reader, fits: Sequence[dict[str, Token]]) -> Sequence[dict[str, Token]]:
    """The placings that the published rate, the rows before, or a full set of amounts speak for."""
    amounts = {role for role, _ in reader.columns} & set(AMOUNT_WORDS)
    for speaks in (
        _rate_agrees,
        lambda placed: bool(reader.pattern) and _amount_roles(placed) == reader.pattern,
        lambda placed: amounts <= set(placed),
    ):
        fits = [placed for placed in fits if speaks(placed)] or fits
    return fits


def _amount_roles(placed: dict[str, Token]) -> tuple[str, ...]:
    return tuple(role for role in AMOUNT_WORDS if _number(placed.get(role)) is not None)


def _may_be(role: str, text: str, whole: bool) -> bool:
    """Whether a value may stand under a heading; 执行率 may lack its % sign only where no cell of the row is missing (``whole``)."""
    if _DASH.fullmatch(text.strip()):
        return True
    if role == "rate":
        return whole or text.strip().endswith(("%", "％"))
    return not text.strip().endswith(("%", "％"))


def _number(token: Token | None) -> Decimal | None:
    found = re.match(r"[\d.]+", token.text.replace(",", "").replace("，", "")) if token else None
    return Decimal(found.group()) if found and re.fullmatch(r"\d+(\.\d+)?", found.group()) else None


def _rate_agrees(placed: dict[str, Token]) -> bool:
    budget, executed, rate = (_number(placed.get(role)) for role in ("budget", "executed", "rate"))
    if budget is None or executed is None or rate is None or budget == 0:
        return False
    return abs(executed * 100 - rate * budget) <= budget


def _amounts(reader: _Reader, tokens: Sequence[Token], at: int) -> int:
    """Labels with their amounts: each label followed by its amount, or a row of labels over a row of amounts."""
    labels = [tokens[at]]
    i = at + 1
    while i < len(tokens) and not _AMOUNT.fullmatch(tokens[i].text.strip()) and _is_amount_label(tokens[i]):
        labels.append(tokens[i])
        i += 1
    values = [token for token in _following(tokens, i) if _AMOUNT.fullmatch(token.text.strip())]
    rows = {token.line for token in values}
    one_by_one = reader.paired and len(values) == 1 and len({token.line for token in labels}) == len(labels)
    if len(labels) > 1 and values and len(rows) == 1 and not one_by_one and (len(values) > 1 or labels[-1].line != values[0].line):
        named = [token for token in labels if word("amounts", token.text) or word("funds", token.text) == "name"]
        return _amount_row(reader, named, values, i)
    reader.paired = reader.paired or len(labels) == 1 and bool(values) and values[0].line > labels[0].line
    for blank in labels[:-1]:
        _set(reader, blank, None)
    _set(reader, labels[-1], values[0] if values else None)
    return i + (1 if values else 0)


def _is_amount_label(token: Token) -> bool:
    return label(token.text)[0] in {"amounts", "funds"} or plain(token.text) in {
        "按收入性质分",
        "按支出性质分",
        "资金来源",
        "资金结构",
        "其中",
    }


def _amount_row(reader: _Reader, labels: Sequence[Token], values: Sequence[Token], start: int) -> int:
    by_column = {token.column: token for token in values}
    if reader.aligned and all(token.column in {named.column for named in labels} for token in values):
        for named in labels:
            _set(reader, named, by_column.get(named.column))
        return start + len(values)
    labels = [t for t in labels if plain(t.text) != "年度预算申请"]
    ways = combinations(range(len(labels)), min(len(values), len(labels))) if len(labels) <= MOST_LABELS else ()
    fits = [chosen for chosen in ways if _adds_up(labels, values, chosen)]
    if len(values) == len(labels):
        fits = [tuple(range(len(labels)))]
    open_labels: list[Token] = []
    for c, named in enumerate(labels):
        at = {chosen.index(c) if c in chosen else None for chosen in fits} or {None, 0}
        if len(at) > 1:
            open_labels.append(named)
            continue
        k = at.pop()
        _set(reader, named, None if k is None else values[k])
    if open_labels:
        text = "、".join(token.text for token in values)
        joined = "／".join(plain(named.text) for named in open_labels)
        reader.problems.append(problem("money-unplaced", labels[0].place, label=joined, amounts=text))
    return start + len(values)


def _adds_up(labels: Sequence[Token], values: Sequence[Token], chosen: Sequence[int]) -> bool:
    amounts = {word("amounts", labels[c].text) + str(c): _number(values[k]) or Decimal(0) for k, c in enumerate(chosen)}

    def total(*roles: str) -> Decimal:
        return sum((amount for key, amount in amounts.items() if key.rstrip("0123456789") in roles), Decimal(0))

    whole = total("total")
    return whole > 0 and total("fiscal", "other", "source") == whole and total("basic", "project") == whole


def _set(reader: _Reader, named: Token, value: Token | None) -> None:
    """Put an amount where its label says; what the budget has no field for is kept under its own label."""
    bare = plain(last_part(named.text))
    role = word("amounts", bare)
    if value and value.line == named.line:
        reader.offset = value.column - named.column
    figure = reader.figure(value) if value else Figure(parse(""), replace(named.place, column=named.column + reader.offset + 1))
    if bare.startswith(PERIODS):
        reader.period_column = named.column
    if role not in FIELDS or reader.aligned and named.column == reader.period_column:
        reader.keep(named, figure)
        return
    before: Figure | None = getattr(reader.budget, role)
    of_the_year = bare.startswith(("年度", "当年", "本年")) or reader.second_on_the_line(role, named)
    blank = before is not None and not before.text and value is not None
    if before is not None and not blank and not (of_the_year and value and role not in reader.of_the_year):
        reader.keep(named, figure)
        return
    if before is not None and role in reader.labels:
        reader.keep(reader.labels[role], before)
    if of_the_year:
        reader.of_the_year.add(role)
    reader.labels[role] = named
    reader.budget = replace(reader.budget, **{role: figure})  # type: ignore[arg-type]  # role is one of FIELDS
