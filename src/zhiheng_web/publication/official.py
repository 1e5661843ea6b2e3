"""The tables of a package on the official forms, from what is published alone: the form that was signed, with what is withheld marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from zhiheng.plan.plan import Budget, Cell, Duty, Figure, Goal, Indicator, Labels, Plan, References
from zhiheng.reports import forms
from zhiheng.reports.form import A4_LANDSCAPE, Form, FormCell, Role
from zhiheng.reports.forms.words import labels
from zhiheng.reports.papers.outline import SPENDING, Money, figure
from zhiheng.reports.papers.self_evaluation_table import Changed, Evaluated, Result, evaluated
from zhiheng.values.canonical import from_json
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context
from zhiheng_web.evaluation.ground import FUND_NAMES
from zhiheng_web.evaluation.paper_plan import LEFT, RowWords, reason_words
from zhiheng_web.publication.content import Content
from zhiheng_web.publication.content.codec import number
from zhiheng_web.publication.content.places import ROW_CELLS, TABLE_CELLS, Withheld
from zhiheng_web.publication.content.tables import Figure as Published
from zhiheng_web.publication.content.tables import PublicTable, Row

ENCLOSED = {"budget": "绩效目标表", "final": "绩效自评表"}
BY_DUTY, DECLARED = "duty-table", "goal-declaration"
WITHHELD = "■"
WAN = Decimal(10_000)
UNIT = "万元"


def mark(held: Withheld) -> str:
    """The mark of what is withheld, as the pages have it."""
    return f"{WITHHELD} 不予公开：{held.name.zh}"


def title_of(content: Content, table: PublicTable) -> str:
    """项目支出绩效自评表: by the kind of the table and of the package."""
    return f"{SPENDING.get(table.kind, '')}{ENCLOSED[content.head.kind]}"


def form_of(content: Content, table: PublicTable) -> Form:
    """The form of one table. Of a table that is withheld as a whole nothing stands there but that."""
    held = content.withheld(table.slug)
    if held is None:
        return forms.form(plan_of(content, table))
    row = (FormCell("整表", Role.LABEL), FormCell(mark(held), Role.TEXT))
    head = (FormCell("范围", Role.HEADING), FormCell("公开情况", Role.HEADING))
    notes = tuple((FormCell(f"注：{words}", Role.TEXT, 1, 2),) for words in edition_notes(content))
    return Form(title_of(content, table), f"（{content.head.year}年度）", (head, row, *notes), (20, 80), 0, 1, A4_LANDSCAPE)


def plan_of(content: Content, table: PublicTable) -> Plan:
    """The table as the library's plan on its official form: goals as declared, or what came of them."""
    said = Said(content, table)
    return said.results() if content.head.kind == "final" else said.goals()


class Said:
    """One table in the words of its form."""

    def __init__(self, content: Content, table: PublicTable) -> None:
        self.content, self.table = content, table

    def at(self, cell: str, words: str) -> str:
        """The words of a place of the table, or the mark that they are withheld."""
        held = self.content.withheld(f"{self.table.slug}/{cell}")
        return words if held is None else mark(held)

    def goals(self) -> Plan:
        """绩效目标表: the form that was approved."""
        table = self.table
        layout = table.layout if table.layout in (BY_DUTY, DECLARED) else BY_DUTY if table.duties else DECLARED
        goal = Cell(self.at("goal", table.goal))
        by_duty = layout == BY_DUTY
        notes = tuple((Cell("注"), Cell(one)) for one in self._remarks())
        return replace(
            self._plan(layout), labels=labels(Labels(), self.content.head.year) if by_duty else Labels(), notes=notes,
            budget=self._budget(by_duty=by_duty), strategic_goal=goal if by_duty else None,
            goals=() if by_duty or not goal.text else (Goal(goal),),
            indicators=tuple(self._goal(row, by_duty=by_duty) for row in table.rows),
        )  # fmt: skip

    def results(self) -> Plan:
        """绩效自评表: the form that was signed, with its money, its goal and what came of it, its points and its grade."""
        table, score, own = self.table, self.table.score, self.table.self_evaluated
        rows = [self._result(row) for row in table.rows]
        full = score.ceiling if score is not None else sum((row.result.effective for row in table.rows if row.result), Decimal(0))
        result = Result(
            full, score.total if score is not None else None, score.grade if score is not None else "",
            self.at("goal_actual", own.goal_actual if own is not None else ""), score is not None and score.provisional and
            score.total is not None, tuple(self._remarks()),
        )  # fmt: skip
        goal = self.at("goal", table.goal)
        plan = replace(
            self._plan(DECLARED), goals=(Goal(Cell(goal)),) if goal else (), indicators=tuple(self._indicator(row) for row in table.rows)
        )
        made = evaluated(plan, self._money(), rows, result, kind=table.kind)
        return replace(made, title=title_of(self.content, table), total_weight=made.total_weight if score is not None else None)

    def _plan(self, layout: str) -> Plan:
        """Whose table it is."""
        table, head = self.table, self.content.head
        name = Cell(self.at("title", table.of))
        unit = name if table.kind == "unit" else Cell(table.unit) if table.unit else None
        return Plan(
            title_of(self.content, table), layout, head.year, Cell(head.department), name if table.kind == "project" else None,
            unit if table.kind != "department" else None,
            duties=tuple(
                Duty(one.number, Cell(self.at(f"{one.slug}/name", one.name)), Cell(self.at(f"{one.slug}/objective", one.objective)))
                for one in table.duties
            ),
        )  # fmt: skip

    def _indicator(self, row: Row) -> Indicator:
        """Its name, its place in the form, its target."""
        duty = int(row.duty.removeprefix("d")) if row.duty else None
        category = row.category or ((row.level_1.zh,) if row.level_1 is not None and self.content.head.kind == "final" else ())
        name = Cell(self._cell(row, "name", row.name))
        target = figure(self._cell(row, "target", row.target.text if row.target else ""), row.name, self.content.head.year)
        return Indicator(name, duty, category, row.horizon, target=target, unit=Cell(row.unit) if row.unit else None)

    def _goal(self, row: Row, *, by_duty: bool) -> Indicator:
        """One row of a goal table with everything that its form has of it. The form by duties has no column for points."""
        nature = Cell(row.nature) if any(one.nature for one in self.table.rows) else None
        weight = figure(number(row.points)) if row.points is not None and not by_duty else None
        held = self._held(row, "target")
        target = figure(mark(held)) if held is not None else self._published(row.target, row.name) or figure("")
        return replace(
            self._indicator(row), target=target, references=self._references(row, by_duty=by_duty), weight=weight, nature=nature,
            definition=self._column(row, "definition", by_duty), rule=self._column(row, "rule"),
            remark=self._column(row, "remark", by_duty), activity=self._column(row, "activity", by_duty),
            project=self._column(row, "project", by_duty),
        )  # fmt: skip

    def _column(self, row: Row, cell: str, always: bool = False) -> Cell | None:
        """The cell of a column that the form has: always, or where any row says something in it."""
        used = always or any(getattr(one, cell) for one in self.table.rows) or self._held(row, cell) is not None
        return Cell(self._cell(row, cell, getattr(row, cell))) if used else None

    def _references(self, row: Row, *, by_duty: bool) -> References:
        """标准值与历史值: the form by duties has all of these columns, the others those that say something."""
        held = self.content.withheld(f"{self.table.slug}/{row.slug}/references")
        said = row.references if held is None else replace(row.references, standard=Published(mark(held)))
        planned, standard, mean, last = (self._published(one, row.name) for one in (said.planned, said.standard, said.mean, said.last_year))
        source, history = (Cell(one) if one or by_duty else None for one in (said.standard_source, said.history_source))
        if by_duty:
            planned, standard, mean, last = (one or figure("") for one in (planned, standard, mean, last))
        return References(planned, standard, source, mean, last, history)

    def _published(self, one: Published | None, name: str) -> Figure | None:
        """A figure as it was approved, with what it was read as."""
        if one is None or one.value is None:
            return None if one is None else figure(one.text, name, self.content.head.year)
        return Figure(from_json({**one.value, "text": one.text}))

    def _result(self, row: Row) -> Evaluated:
        """What came of one row. What left the total has a dash for its points."""
        actual = self._cell(row, "actual", row.actual.shown.zh if row.actual is not None else "")
        result = row.result
        if result is None:
            return Evaluated(actual, LEFT, self._cell(row, "points", LEFT), self._cell(row, "reason", ""))
        left = result.effective <= 0
        points = self._cell(row, "points", LEFT if left else "" if result.points is None else number(result.points))
        reason = self._cell(row, "reason", reason_words(RowWords("", result.reason, result.improvement)))
        over = result.override
        changed = Changed(LEFT if over.computed is None else over.computed, over.reason) if over is not None else None
        return Evaluated(actual, LEFT if left else result.effective, points, reason, changed, result.provisional and not left)

    def _cell(self, row: Row, cell: str, words: str) -> str:
        held = self._held(row, cell)
        return words if held is None else mark(held)

    def _held(self, row: Row, cell: str) -> Withheld | None:
        return self.content.withheld(f"{self.table.slug}/{row.slug}/{cell}")

    def _budget(self, *, by_duty: bool) -> Budget:
        """The money of a goal table in 万元; the form by duties has a line for each amount."""
        held = self.content.withheld(f"{self.table.slug}/money")
        if held is not None:
            said = Figure(parse(mark(held)))
            return Budget(UNIT, said, said, said, said, said) if by_duty else Budget(UNIT, said)
        money = self.table.money
        total, fiscal, other, basic, project = map(_money, (money.total, money.fiscal, money.other, money.basic, money.project))
        if by_duty:
            total, fiscal, other, basic, project = (one or figure("") for one in (total, fiscal, other, basic, project))
        return Budget(UNIT, total, fiscal, other, basic, project)

    def _money(self) -> list[Money]:
        """项目资金 with the points of 预算执行率 in its first row."""
        funds, score = self.table.funds, self.table.score
        execution = score.execution if score is not None else None
        points = execution.weight if execution is not None else None
        given = execution.points if execution is not None else None
        held = self.content.withheld(f"{self.table.slug}/funds")
        if held is not None:
            said = mark(held)
            return [Money(FUND_NAMES[""], said, said, said, points, None, given)]
        if not funds:
            return []
        initial, budget, executed = (_sum(getattr(one, name) for one in funds) for name in ("initial", "budget", "executed"))
        rate = f"{number((executed / budget * 100).quantize(Decimal('0.01'), ROUND_HALF_UP))}%" if budget and executed is not None else None
        whole = Money(FUND_NAMES[""], _wan(initial), _wan(budget), _wan(executed), points, rate if points is not None else None, given)
        return [whole, *(Money(FUND_NAMES[one.source], _wan(one.initial), _wan(one.budget), _wan(one.executed)) for one in funds)]

    def _remarks(self) -> Iterator[str]:
        """The foot of a published table: what is open, was corrected or is withheld, and that its figures are invented."""
        table, score = self.table, self.table.score
        if score is not None and score.total is None:
            yield f"总分暂定为{number(score.low)}分至{number(score.high)}分，待统计数据发布或评定后确定。"
        if score is not None and score.execution is not None:
            yield from (note.zh for note in score.execution.notes)
        yield from edition_notes(self.content)
        if score is not None and (score.earlier_total is not None or score.earlier_grade):
            was = "未定" if score.earlier_total is None else f"{number(score.earlier_total)}分"
            yield f"更正前总分{was}，等级{score.earlier_grade or '未定'}。"
        yield from (self._before(row) for row in table.rows if row.earlier is not None)
        for cell, name in TABLE_CELLS.items():
            held = self.content.withheld(f"{table.slug}/{cell}")
            if held is not None:
                yield f"“{name.zh}”不予公开（{held.name.zh}）。"
        if self.content.head.demonstration:
            yield "演示数据，本表数字均为虚构。"

    def _before(self, row: Row) -> str:
        """What the row said before the correction."""
        was = row.earlier
        if was is None:
            return ""
        points = "" if was.points is None else f"{number(was.points)}分"
        told = ((ROW_CELLS["target"].zh, was.target), (ROW_CELLS["actual"].zh, was.shown.zh), (ROW_CELLS["points"].zh, points))
        said = "，".join(f"{name}{words}" for name, words in told if words)
        return f"“{row.name or row.slug}”更正前（第{was.edition}版）{said}。" if said else ""


def edition_notes(content: Content) -> list[str]:
    """Which edition a later one corrects and why."""
    head = content.head
    if head.corrects is None:
        return []
    day = f"（{head.corrects.published_on}公开）" if head.corrects.published_on else ""
    return [f"本表为第{head.edition}版，更正第{head.corrects.edition}版{day}，更正原因为{head.corrects.reason.strip().rstrip('。')}。"]


def _sum(amounts: Iterator[Decimal | None] | Sequence[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def _wan(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount / WAN


def _money(amount: Decimal | None) -> Figure | None:
    """An amount of the goal table; a line that its form does not have has none."""
    return None if amount is None else Figure(parse(number(amount / WAN), Context(name="金额", unit=UNIT)))
