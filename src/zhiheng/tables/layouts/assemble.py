"""From a table in words to a Plan: names the form, types every value in its context."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from zhiheng.plan.place import Place, Problem
from zhiheng.plan.plan import Cell, Duty, Figure, Indicator, Labels, Plan, References, Table
from zhiheng.tables.layouts.head import Head, read_head, read_tail
from zhiheng.tables.layouts.headings import plain
from zhiheng.tables.layouts.money import read_money
from zhiheng.tables.layouts.raw import Raw, Row, Token, problem
from zhiheng.tables.layouts.repair import repair_shifted_rows
from zhiheng.tables.layouts.soundness import unreliable
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context, Reading
from zhiheng.values.value import Unresolved

GRADE_COLUMNS = {"grade_excellent": "优", "grade_good": "良", "grade_medium": "中", "grade_poor": "差"}
MONTHS = re.compile(r"(?:(\d{1,2})月?[-~–—至到])?(\d{1,2})月")
STARRED = re.compile(r"[*＊]+\s*$")
FIELD_NAMES = {
    f"references_{name}": f"references.{name}" for name in ("planned", "standard", "standard_source", "mean", "last_year", "history_source")
}


def layout_of(raw: Raw) -> str:
    """The official form: monitoring, duty-table, graded-goals, self-evaluation or goal-declaration."""
    have = set(raw.columns)
    if "forecast" in have or any(role.startswith(("causes.", "outlook.")) for role in have):
        return "monitoring"
    if have & {"duty_name", "duty_objective"} and {"actual", "points"} <= have:
        return "self-evaluation"
    if have & {"duty_name", "duty_objective"}:
        return "duty-table"
    if len(have & set(GRADE_COLUMNS)) >= 2:
        return "graded-goals"
    return (
        "self-evaluation"
        if have & {"actual", "points"} or not have and any(plain(t.text) == "得分" for t in raw.head)
        else "goal-declaration"
    )


def assemble(raw: Raw, file: str, year: int | None = None) -> Table:
    """The plan that a table in words holds, with everything that was wrong with it.

    ``year`` is that of the table before it in the same file, which holds until another is named.
    """
    head = read_head(raw.head, file)
    head.year = head.year or year
    layout = layout_of(raw)
    open_fields: dict[int, set[str]] = {}
    for at, field in repair_shifted_rows(raw) if layout == "duty-table" else ():
        open_fields.setdefault(at, set()).add(field)
    names = {text for row in raw.rows for field in ("activity", "project", "project_name") if (text := row.text(field))}
    budget, money_problems, unread = read_money(head.money, raw.aligned, names)
    for activity, amount in raw.items:
        figure = Figure(parse(amount.text, Context(name="金额", unit=budget.unit)), amount.place)
        budget = replace(budget, items=(*budget.items, (activity, figure)))
    tail = read_tail(raw.tail, {role: (place.column or 1) - 1 for role, place in raw.columns.items()} if raw.aligned else {})
    problems = [*head.problems, *money_problems, *raw.problems, *_unread(head, unread), *(unreliable(raw) if not raw.aligned else ())]
    duties = _duties(raw, problems)
    numbers = {(duty.name.place, duty.name.text): duty.number for duty in duties}
    indicators = tuple(_indicator(raw, row, head.year, numbers, open_fields.get(index, set())) for index, row in enumerate(raw.rows))
    plan = Plan(
        title=head.title,
        layout=layout,
        year=head.year,
        department=_department(head),
        project=head.names.get("project"),
        unit=head.names.get("executor"),
        budget=budget,
        strategic_goal=head.strategic_goal,
        goals=head.goals,
        duties=duties,
        indicators=indicators,
        labels=_labels(raw) if layout == "duty-table" else Labels(),
        total_weight=Figure(parse(tail.weight.text), tail.weight.place) if tail.weight else None,
        total_points=_unstarred(Figure(parse(tail.points.text), tail.points.place), Context()) if tail.points else None,
        grade=Cell(tail.grade.text, tail.grade.place) if tail.grade else None,
        notes=(*head.notes, *tail.notes),
        levels=tuple(raw.levels.items()),
        columns=tuple((FIELD_NAMES.get(role, role), place) for role, place in raw.columns.items()),
        place=head.title_token.place if head.title_token else raw.head[0].place if raw.head else Place(file),
        months=_months(raw) if layout == "monitoring" else None,
    )
    problems.extend(_absences(plan))
    return Table(plan, tuple(sorted(problems, key=lambda p: (p.place.page or 0, p.place.row or 0, p.place.column or 0, p.code))))


def _unread(head: Head, tokens: list[Token]) -> list[Problem]:
    """Words of the head that found no field, in one problem. What stands above the title belongs to the page."""
    title = (head.title_token.line, head.title_token.column) if head.title_token else (-len(tokens) - 1, 0)
    rest = [token for token in tokens if (token.line, token.column) > title]
    if not rest:
        return []
    text = "；".join(token.text for token in rest)
    return [problem("head-unread", rest[0].place, text=text if len(text) <= 120 else text[:120] + "…")]


def _department(head: Head) -> Cell | None:
    return head.names.get("department") or head.names.get("supervisor") or head.names.get("executor")


def _absences(plan: Plan) -> list[Problem]:
    missing = []
    if plan.year is None:
        missing.append(problem("year-missing", plan.place))
    if plan.department is None or not plan.department.text:
        missing.append(problem("department-missing", plan.place))
    if not plan.indicators:
        missing.append(problem("no-indicator-rows", plan.place, title=plan.title or (plan.project.text if plan.project else "—")))
    return missing


def _labels(raw: Raw) -> Labels:
    def said(role: str) -> str:
        return re.sub(r"\s+", " ", raw.headings.get(role, "")).strip()

    return Labels(said("references_planned"), said("references_standard"), said("references_mean"), said("references_last_year"))


def _months(raw: Raw) -> tuple[int, int] | None:
    """The months of the round, as 1-7月执行情况 says them; None where it names none."""
    found = MONTHS.match(unicodedata.normalize("NFKC", raw.headings.get("actual", "")))
    if found is None:
        return None
    first, last = int(found.group(1) or found.group(2)), int(found.group(2))
    return (first, last) if 1 <= first <= last <= 12 else None


def _duties(raw: Raw, problems: list[Problem]) -> tuple[Duty, ...]:
    duties: list[Duty] = []
    seen: set[Cell] = set()
    rows = sorted([*raw.rows, *raw.idle_rows], key=lambda row: (row.place.page or 0, row.place.row or 0))
    written = {number for row in rows if (number := _duty_number(row)) is not None}
    for row in rows:
        name = row.cells.get("duty_name")
        if name is None or not name.text:
            continue
        if duties and duties[-1].name == name:
            duties[-1] = _with_more(duties[-1], row.cells.get("duty_objective"))
            continue
        if name in seen:
            continue
        seen.add(name)
        number = _duty_number(row)
        if number is None or number in {duty.number for duty in duties}:
            free = next(n for n in range(1, len(rows) + len(written) + 2) if n not in written)
            place = row.cells["duty_number"].place if "duty_number" in row.cells else name.place
            problems.append(problem("duty-number", place, name=name.text, text=row.text("duty_number"), number=str(free)))
            written.add(free)
            number = free
        duties.append(Duty(number, name, row.cells.get("duty_objective")))
    return tuple(duties)


def _duty_number(row: Row) -> int | None:
    """职责序号 as written (1, 1., １, ①), None where it is no number."""
    text = unicodedata.normalize("NFKC", row.text("duty_number")).strip().rstrip(".、")
    return int(text) if text.isdecimal() and len(text) < 5 else None


def _with_more(duty: Duty, more: Cell | None) -> Duty:
    """The 职责目标 of a duty whose cell was cut by the end of a page goes on in a later row."""
    here = duty.objective
    if here is None or more is None or not more.text or more == here or here.text.endswith(more.text):
        return duty
    return replace(duty, objective=replace(here, text=here.text + more.text))


def _indicator(raw: Raw, row: Row, year: int | None, duties: Mapping[tuple[Place, str], int], open_fields: set[str]) -> Indicator:
    name = row.cells.get("name", Cell("", row.place))
    name = replace(name, text=_joined_lines(name.text))
    context = Context(name=name.text, definition=row.text("definition"), nature=row.text("nature"), year=year)

    def words(field: str) -> Cell | None:
        return row.cells.get(field, Cell("", row.place)) if field in raw.columns else None

    def figure(field: str, context: Context = context) -> Figure | None:
        if field not in raw.columns:
            return None
        cell = row.cells.get(field, Cell("", row.place))
        reading = parse(cell.text, context)
        if field in open_fields:
            reading = Reading(cell.text, Unresolved((reading.value,), "shifted"), ())
        return Figure(reading, cell.place)

    sign, unit = row.text("sign"), row.text("unit")
    target = figure("target")
    if target is not None and (sign or unit):
        target = Figure(_with_columns(target.text, sign, unit, context), target.place)
    plain_context = Context(year=year)
    duty_name = row.cells.get("duty_name")
    return Indicator(
        name=name,
        duty=duties.get((duty_name.place, duty_name.text)) if duty_name else None,
        category=row.category,
        horizon=row.horizon,
        definition=words("definition"),
        target=target,
        references=References(
            figure("references_planned"),
            figure("references_standard"),
            words("references_standard_source"),
            figure("references_mean"),
            figure("references_last_year"),
            words("references_history_source"),
        ),
        actual=figure("actual", replace(context, unit=unit if unit and not re.search(r"\D", row.text("actual").strip(".")) else "")),
        weight=figure("weight", plain_context),
        points=_unstarred(figure("points", plain_context), plain_context),
        reason=words("reason"),
        remark=words("remark"),
        activity=words("activity"),
        project=words("project") or words("project_name"),
        rule=words("rule"),
        grades=tuple((grade, found) for role, grade in GRADE_COLUMNS.items() if (found := figure(role)) is not None),
        nature=words("nature"),
        unit=words("unit"),
        forecast=figure("forecast"),
        causes=_ticks(raw, row, "causes."),
        outlook=_ticks(raw, row, "outlook."),
        place=name.place if name.place.row is not None else row.place,
    )


def _ticks(raw: Raw, row: Row, group: str) -> tuple[tuple[str, Cell], ...]:
    """The cells of the columns to be ticked, in the order of the form."""
    roles = [role for role in raw.columns if role.startswith(group)]
    return tuple((role.removeprefix(group), row.cells.get(role, Cell("", row.place))) for role in roles)


def _unstarred(figure: Figure | None, context: Context) -> Figure | None:
    """Points that bear the star of a footnote (9.5*, changed by hand) are points; the star stays in the text."""
    if figure is None or not STARRED.search(figure.text):
        return figure
    return replace(figure, reading=replace(parse(STARRED.sub("", figure.text), context), text=figure.text))


def _with_columns(text: str, sign: str, unit: str, context: Context) -> Reading:
    """The value put together from the columns 计算符号, 指标值 and 度量单位, as the form means it to be read."""
    sign = "" if plain(sign) in {"定性", "定量", "不适用"} or text.startswith(plain(sign)) else plain(sign).replace("═", "=")
    unit = "" if not text or unit in text or not re.fullmatch(r"[≥≤><=＞＜＝\d.,\s\-—~～至]+", text) else unit
    sign = sign if text else ""
    return parse(f"{sign}{text}{unit}", context)


def _joined_lines(text: str) -> str:
    """A name broken over lines in its cell is one name; Chinese words need no blank between the lines."""
    lines = [line.strip() for line in text.split("\n")]
    joined = lines[0]
    for line in lines[1:]:
        latin = joined[-1:].isascii() or line[:1].isascii()
        joined = f"{joined}\n{line}" if latin and joined and line else joined + line
    return joined
