"""A checked file as text: for a terminal of any width, and plain where it is piped."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table as Grid
from rich.text import Text

from zhiheng.audit.catalogue import rule
from zhiheng.audit.engine import Audit
from zhiheng.audit.finding import Finding, Severity
from zhiheng.audit.rule import message
from zhiheng.plan.place import Place, Problem
from zhiheng.plan.plan import Document, Figure, Indicator, Plan, Table
from zhiheng.tables.problems import message as problem_message
from zhiheng.values.value import Missing
from zhiheng.values.wording import wording
from zhiheng_cli.checking import Wanted
from zhiheng_cli.texts import text

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFORMATION: "cyan"}
WIDE = 130
"""From this many columns on every reference value has a column of its own."""

REFERENCES = ("planned", "standard", "mean", "last_year")
OUTCOMES = ("actual", "weight", "points")


def shown(path: Path, document: Document, audits: tuple[Audit, ...], wanted: Wanted) -> str:
    """The whole answer for one file."""
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=wanted.width,
        force_terminal=wanted.colour,
        color_system="standard" if wanted.colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    page = Page(console, wanted.language)
    if wanted.summary:
        page.line(path, document, audits)
    else:
        page.whole(path, document, audits)
    return stream.getvalue()


class Page:
    """Writes one file to a console in one language."""

    def __init__(self, console: Console, language: str) -> None:
        self.console = console
        self.language = language

    def say(self, key: str, **parameters: object) -> str:
        """A text in the page's language."""
        return text(key, self.language, **parameters)

    def line(self, path: Path, document: Document, audits: tuple[Audit, ...]) -> None:
        """One line: the file and its figures."""
        self.console.print(Text(f"{path}: ") + self.figures(document, audits), soft_wrap=True)

    def whole(self, path: Path, document: Document, audits: tuple[Audit, ...]) -> None:
        """Everything about one file."""
        self.console.print(Rule(Text(str(path), style="bold"), align="left"))
        for table, result in zip(document.tables, audits, strict=True):
            self.table(table, result)
        if document.problems:
            self.problems(document.problems)
        self.console.print(Text(self.say("summary"), style="bold") + self.figures(document, audits))

    def figures(self, document: Document, audits: tuple[Audit, ...]) -> Text:
        """How many indicators, findings by severity, problems."""
        counts = Counter(found.severity for result in audits for found in result.findings)
        duties = sum(len(table.plan.duties) for table in document.tables)
        indicators = sum(len(table.plan.indicators) for table in document.tables)
        problems = len(document.problems) + sum(len(table.problems) for table in document.tables)
        words = Text(self.say("counted" if duties else "counted_plain", duties=duties, indicators=indicators))
        for severity in Severity:
            style = COLOURS[severity] if counts[severity] else ""
            words.append(self.say("separator")).append(f"{self.say(severity.value)} {counts[severity]}", style=style)
        words.append(self.say("separator")).append(self.say("problems_counted", count=problems))
        if failed := sum(len(result.failed) for result in audits):
            words.append(self.say("separator")).append(self.say("failed_counted", count=failed), style="red")
        return words

    # --- one table ----------------------------------------------------------------------------------------

    def table(self, table: Table, result: Audit) -> None:
        """Head, duties with their indicators, findings, problems."""
        plan = table.plan
        self.head(plan, result)
        self.indicators(plan)
        self.findings(plan, result)
        for failed in result.failed:
            self.console.print(Text(self.say("rule_failed", code=failed.code, reason=f"{failed.exception}: {failed.text}"), style="red"))
        if table.problems:
            self.problems(table.problems)

    def head(self, plan: Plan, result: Audit) -> None:
        """Title, who, which year, and the money with its check."""
        self.console.print(Text(plan.title or self.say("untitled"), style="bold"))
        fields = [
            ("department", plan.department.text if plan.department else ""),
            ("project", plan.project.text if plan.project else ""),
            ("unit", plan.unit.text if plan.unit else ""),
            ("year", str(plan.year) if plan.year else ""),
            ("strategic_goal", plan.strategic_goal.text if plan.strategic_goal else ""),
            *(("goal", goal.expected.text) for goal in plan.goals),
            *(("goal_actual", goal.actual.text) for goal in plan.goals if goal.actual),
            ("grade", plan.grade.text if plan.grade else ""),
        ]
        grid = two_columns()
        for key, words in fields:
            if words.strip():
                grid.add_row(Text(self.say(key), style="dim"), Text(words.strip()))
        for label, words in self.money(plan):
            grid.add_row(Text(label, style="dim"), Text(words))
        if verdict := self.money_verdict(plan, result):
            grid.add_row(Text(self.say("money_check"), style="dim"), verdict)
        self.console.print(grid)

    def money(self, plan: Plan) -> Iterator[tuple[str, str]]:
        """Every amount of the head, as published."""
        budget = plan.budget
        unit = f"（{budget.unit}）" if budget.unit else ""
        if budget.total:
            yield self.say("total_money") + unit, figure(budget.total) or self.say("blank")
        for key, first, second in (("by_source", "fiscal", "other"), ("by_structure", "basic", "project_money")):
            one, other = getattr(budget, first), getattr(budget, "project" if second == "project_money" else second)
            if one or other:
                parts = ((self.say(first), one), (self.say(second), other))
                yield self.say(key) + unit, " ＋ ".join(f"{name} {figure(value) or self.say('blank')}" for name, value in parts)
        for fund in budget.funds:
            amounts = ((name, getattr(fund, name)) for name in ("initial", "budget", "executed", "points", "rate", "score"))
            words = "  ".join(f"{self.say('fund_' + name)} {figure(value)}" for name, value in amounts if value and figure(value))
            if words:
                yield fund.name.text + unit, words
        for name, value in budget.items:
            if figure(value):
                yield name.text, figure(value)

    def money_verdict(self, plan: Plan, result: Audit) -> Text | None:
        """Whether the sums agree, by the rules on money; nothing when the table names no money."""
        budget = plan.budget
        if not (budget.total or budget.funds):
            return None
        wrong = [found for found in result.findings if found.code in ("H01", "H02", "H03", "H04") and found.severity is Severity.ERROR]
        unknown = {*result.skipped, *(one.code for one in result.failed)} & {"H01", "H02", "H03", "H04"}
        if wrong:
            return Text(self.say("money_wrong", codes=" ".join(sorted({found.code for found in wrong}))), style="red")
        return Text(self.say("money_unchecked"), style="yellow") if unknown else Text(self.say("money_right"), style="green")

    def indicators(self, plan: Plan) -> None:
        """Every indicator, under its duty or category."""
        columns = self.columns(plan)
        by_duty = {duty.number: [row for row in plan.indicators if row.duty == duty.number] for duty in plan.duties}
        for duty in plan.duties:
            self.console.print()
            count = self.say("of_duty", count=len(by_duty[duty.number]))
            self.console.print(Text(f"{duty.number} {duty.name.text}", style="bold") + Text(count, style="dim"))
            if by_duty[duty.number]:
                self.console.print(self.listing(by_duty[duty.number], columns))
        rest = [row for row in plan.indicators if row.duty not in by_duty]
        if rest:
            self.console.print()
            if plan.duties:
                self.console.print(Text(self.say("no_duty"), style="bold"))
            self.console.print(self.listing(rest, columns))

    def columns(self, plan: Plan) -> tuple[str, ...]:
        """The columns that any indicator fills, in the order of the form."""
        rows = plan.indicators
        filled = ["category"] if any(row.category for row in rows) else []
        filled += ["name", "target"]
        filled += ["grades"] if any(row.grades for row in rows) else []
        references = [name for name in REFERENCES if any(figure(getattr(row.references, name)) for row in rows)]
        filled += references if self.console.width >= WIDE else ["references"] * bool(references)
        return (*filled, *(name for name in OUTCOMES if any(getattr(row, name) for row in rows)))

    def listing(self, rows: Iterable[Indicator], columns: tuple[str, ...]) -> Padding:
        """Indicators as a table."""
        grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False, header_style="dim")
        grid.add_column(self.say("row"), justify="right", no_wrap=True)
        for column in columns:
            ratio = {"name": 3, "references": 4, "target": 3, "category": 2}.get(column, 2)
            grid.add_column(self.say("column_" + column), ratio=ratio, overflow="fold")
        grid.expand = True
        for row in rows:
            grid.add_row(str(row.place.row or ""), *(self.cell(row, column) for column in columns))
        return Padding(grid, (0, 0, 0, 2))

    def cell(self, row: Indicator, column: str) -> Text:
        """One field of an indicator as text: a value as published and, where that differs, as understood."""
        if column == "name":
            return Text(row.name.text)
        if column == "category":
            return Text(" / ".join(row.category), style="dim")
        if column == "grades":
            return Text("；".join(f"{grade} {figure(value)}" for grade, value in row.grades if figure(value)))
        if column == "references":
            parts = ((self.say("column_" + name), getattr(row.references, name)) for name in REFERENCES)
            return Text("；".join(f"{name} {self.typed(value)}" for name, value in parts if value and figure(value)))
        value = getattr(row.references, column) if column in REFERENCES else getattr(row, column)
        return Text(self.typed(value)) if value else Text("")

    def typed(self, value: Figure) -> str:
        """The words as published, then the reading in brackets unless it says the same."""
        published, read = figure(value), wording(value.reading.value)
        if isinstance(value.reading.value, Missing) and not published:
            return self.say("blank")
        return published if read in (published, f"={published}") else f"{published} 〔{read}〕"

    # --- findings and problems --------------------------------------------------------------------------

    def findings(self, plan: Plan, result: Audit) -> None:
        """Findings under the duty they concern, those of the whole table first."""
        self.console.print()
        if not result.findings:
            self.console.print(Text(self.say("no_findings"), style="green"))
            return
        self.console.print(Text(self.say("findings", count=len(result.findings)), style="bold"))
        names = {duty.number: f"{duty.number} {duty.name.text}" for duty in plan.duties}
        groups: dict[int | None, list[Finding]] = {None: [], **{number: [] for number in names}}
        for found in result.findings:
            groups[found.subject.duty if found.subject.duty in names else None].append(found)
        for number, group in groups.items():
            if group:
                self.console.print(Text(names.get(number or 0, self.say("whole_table")), style="bold"))
                self.group(group)

    def group(self, group: list[Finding]) -> None:
        """The findings of one duty, in reading order."""
        grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
        for width in (5, 4):
            grid.add_column(no_wrap=True, min_width=width)
        grid.add_column(no_wrap=self.console.width >= 60)
        grid.add_column(overflow="fold", ratio=1)
        for found in group:
            known = rule(found.code)
            words = Text(message(known, found, self.language))
            words.append("\n" + self.say("suggestion") + known.texts(self.language).remedy, style="dim")
            colour = COLOURS[found.severity]
            grid.add_row(Text(found.code), Text(self.say(found.severity.value), style=colour), Text(self.place(found.place)), words)
        self.console.print(Padding(grid, (0, 0, 0, 2)))

    def problems(self, problems: Iterable[Problem]) -> None:
        """What could not be read, or only by a repair."""
        self.console.print()
        self.console.print(Text(self.say("problems"), style="bold"))
        grid = two_columns()
        for problem in problems:
            mark = self.say("repaired") if problem.repaired else ""
            grid.add_row(Text(self.place(problem.place)), Text(mark + problem_message(problem, self.language)))
        self.console.print(grid)

    def place(self, place: Place) -> str:
        """Sheet, page, row and column, as far as the file has them."""
        parts = [place.sheet] if place.sheet else []
        parts += [self.say("at_" + name, number=number) for name in ("page", "row", "column") if (number := getattr(place, name))]
        return " ".join(parts)


def two_columns() -> Grid:
    """A label and its words, side by side."""
    grid = Grid.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold", ratio=1)
    return grid


def figure(value: Figure | None) -> str:
    """A value as published, empty when nothing was written."""
    return value.text.strip() if value else ""
