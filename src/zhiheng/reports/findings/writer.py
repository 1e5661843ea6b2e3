"""Checked tables put into the words of one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from zhiheng.audit.catalogue import rule
from zhiheng.audit.engine import Audit
from zhiheng.audit.finding import Finding, Severity
from zhiheng.audit.rule import message
from zhiheng.plan.place import Problem
from zhiheng.plan.plan import Duty, Figure, Indicator, Plan, Table
from zhiheng.reports.findings.money import sums
from zhiheng.reports.findings.view import SIGNS, Checked, FileView, Group, Item, Row, Shown, TableView, View
from zhiheng.reports.texts import Say, field_words, known, saying, where
from zhiheng.tables.problems import message as problem_message
from zhiheng.values.value import Missing
from zhiheng.values.wording import wording


def view(checked: Sequence[Checked], language: str) -> View:
    """What the report on ``checked`` shows. As many audits as tables are required: ValueError."""
    say = saying(language)
    writer = Writer(language, say)
    return View(language, say, tuple(writer.file(one) for one in checked))


COLUMNS = (
    "target", "references.planned", "references.standard", "references.mean", "references.last_year",
    "actual", "weight", "points",
)  # fmt: skip


class Writer:
    """Puts checked tables into words, numbering items and tables as it goes."""

    def __init__(self, language: str, say: Say) -> None:
        self.language = language
        self.say = say
        self.numbered = 0
        self.tabled = 0

    def file(self, checked: Checked) -> FileView:
        """One file."""
        document = checked.document
        tables = tuple(self.table(table, audit, document.file) for table, audit in zip(document.tables, checked.audits, strict=True))
        return FileView(document.file, PurePath(document.file).name, tables, tuple(self.problem(one) for one in document.problems))

    def table(self, table: Table, audit: Audit, file: str) -> TableView:
        """One table: findings of the whole table first, then duty by duty."""
        plan = table.plan
        self.tabled += 1
        anchor = f"t{self.tabled}"
        numbers = {duty.number for duty in plan.duties}
        found: dict[int | None, list[Finding]] = {}
        for finding in audit.findings:
            found.setdefault(home(finding, plan, numbers), []).append(finding)
        whole = tuple(self.item(finding, plan, anchor) for finding in found.get(None, ()))
        fields = tuple(field for field in COLUMNS if any(filled(figure_of(row, field)) for row in plan.indicators))
        groups = tuple(self.groups(plan, found, fields, anchor))
        problems = tuple(self.problem(one) for one in table.problems)
        failed = tuple(self.failure(one.code, f"{one.exception}: {one.text}", plan) for one in audit.failed)
        return TableView(
            anchor=anchor,
            title=plan.title.strip() or self.say("untitled"),
            file=file,
            facts=tuple(self.facts(plan)),
            sums=tuple(sums(plan.budget, audit, self.say)),
            counts=counted(plan, audit, table.problems),
            columns=tuple(self.columns(plan, fields)),
            whole=whole,
            groups=groups,
            problems=problems,
            failed=failed,
        )

    def facts(self, plan: Plan) -> Iterator[tuple[str, str]]:
        """The head of the table as label and words; what the table does not say is left out."""
        layout = f"layout_{plan.layout}"
        named = (
            ("department", plan.department.text if plan.department else ""),
            ("project", plan.project.text if plan.project else ""),
            ("unit", plan.unit.text if plan.unit else ""),
            ("year", str(plan.year or "")),
            ("layout", self.say(layout) if known(layout) else plan.layout),
            ("place", where(plan.place, self.say) if plan.place.sheet or plan.place.page else ""),
            ("strategic_goal", plan.strategic_goal.text if plan.strategic_goal else ""),
            *(("goal", goal.expected.text) for goal in plan.goals),
            *(("goal_actual", goal.actual.text) for goal in plan.goals if goal.actual),
            ("total_weight", plan.total_weight.text if plan.total_weight else ""),
            ("total_points", plan.total_points.text if plan.total_points else ""),
            ("grade", plan.grade.text if plan.grade else ""),
        )
        yield from ((self.say(key), words.strip()) for key, words in named if words.strip())

    def columns(self, plan: Plan, fields: Sequence[str]) -> Iterator[str]:
        """The headings: category where the form has it, the indicator, the values that any row fills, the grades."""
        if any(row.category for row in plan.indicators):
            yield self.say("category")
        yield self.say("indicator")
        yield from (field_words(field, self.say) for field in fields)
        yield from grade_names(plan)

    def groups(self, plan: Plan, found: dict[int | None, list[Finding]], fields: Sequence[str], anchor: str) -> Iterator[Group]:
        """Duty by duty, then the indicators that no duty claims."""
        for index, duty in enumerate(plan.duties, start=1):
            first = next(one for one in plan.duties if one.number == duty.number) is duty
            rows = [(number, row) for number, row in enumerate(plan.indicators) if first and row.duty == duty.number]
            findings = found.get(duty.number, []) if first else []
            yield self.group(plan, duty, rows, findings, fields, f"{anchor}-d{index}", anchor)
        numbers = {duty.number for duty in plan.duties}
        rest = [(number, row) for number, row in enumerate(plan.indicators) if row.duty not in numbers]
        if rest:
            yield self.group(plan, None, rest, found.get(UNCLAIMED, []), fields, f"{anchor}-d0", anchor)

    def group(
        self, plan: Plan, duty: Duty | None, rows: Sequence[tuple[int, Indicator]], findings: Sequence[Finding],
        fields: Sequence[str], anchor: str, table: str,
    ) -> Group:  # fmt: skip
        """One duty, its rows and findings."""
        heading = duty_words(duty) if duty else self.say("no_duty" if plan.duties else "all_indicators")
        items = tuple(self.item(finding, plan, table) for finding in findings)
        of_row: dict[str, list[Item]] = {}
        for item in items:
            of_row.setdefault(item.anchor, []).append(item)
        shown = tuple(
            Row(
                anchor=row_anchor(table, number),
                place=row.place,
                duty=duty_words(duty) if duty else "",
                values=tuple(self.values(plan, row, fields)),
                items=tuple(of_row.get(row_anchor(table, number), ())),
            )
            for number, row in rows
        )
        return Group(anchor, heading, duty.objective.text if duty and duty.objective else "", shown, items)

    def values(self, plan: Plan, row: Indicator, fields: Sequence[str]) -> Iterator[Shown]:
        """The cells of one row, in the order of :meth:`columns`."""
        if any(other.category for other in plan.indicators):
            yield Shown(" / ".join(word for word in row.category if word))
        yield Shown(row.name.text)
        yield from (shown(figure_of(row, field)) for field in fields)
        graded = dict(row.grades)
        yield from (shown(graded.get(name)) for name in grade_names(plan))

    def item(self, finding: Finding, plan: Plan, table: str) -> Item:
        """A finding in words."""
        known_rule = rule(finding.code)
        subject = finding.subject
        row = plan.indicators[subject.indicator] if subject.indicator is not None else None
        duty = next((one for one in plan.duties if one.number == subject.duty), None)
        return Item(
            number=self.next(),
            kind=self.say("kind_finding"),
            level=finding.severity.value,
            sign=SIGNS[finding.severity],
            word=self.say(finding.severity.value),
            code=finding.code,
            title=known_rule.texts(self.language).title,
            duty=duty_words(duty) if duty else "",
            indicator=row.name.text if row else "",
            field=field_words(subject.field, self.say),
            place=finding.place,
            where=where(finding.place, self.say),
            message=message(known_rule, finding, self.language),
            remedy=known_rule.texts(self.language).remedy,
            anchor=row_anchor(table, subject.indicator) if subject.indicator is not None else "",
        )

    def problem(self, problem: Problem) -> Item:
        """A problem of reading in words: one that was repaired is for information."""
        severity = Severity.INFORMATION if problem.repaired else Severity.WARNING
        return Item(
            number=self.next(),
            kind=self.say("kind_problem"),
            level=severity.value,
            sign=SIGNS[severity],
            word=self.say("repaired" if problem.repaired else "open"),
            code=problem.code,
            title="",
            duty="",
            indicator="",
            field="",
            place=problem.place,
            where=where(problem.place, self.say),
            message=problem_message(problem, self.language),
            remedy="",
            anchor="",
        )

    def failure(self, code: str, reason: str, plan: Plan) -> Item:
        """A rule that could not be run: the table is not clean under it."""
        return Item(
            number=self.next(),
            kind=self.say("kind_failed"),
            level=Severity.ERROR.value,
            sign=SIGNS[Severity.ERROR],
            word=self.say("kind_failed"),
            code=code,
            title="",
            duty="",
            indicator="",
            field="",
            place=plan.place,
            where=where(plan.place, self.say),
            message=self.say("failed_message", code=code, reason=reason),
            remedy="",
            anchor="",
        )

    def next(self) -> int:
        """The number of the next item."""
        self.numbered += 1
        return self.numbered


UNCLAIMED = -1
"""Where findings on rows without a known duty are kept; numbers of duties are never negative."""


def home(finding: Finding, plan: Plan, numbers: set[int]) -> int | None:
    """The duty under which a finding is shown; None: it concerns the whole table."""
    subject = finding.subject
    if subject.duty in numbers:
        return subject.duty
    return UNCLAIMED if subject.indicator is not None and plan.indicators[subject.indicator].duty not in numbers else None


def duty_words(duty: Duty) -> str:
    """Number and name."""
    return f"{duty.number} {duty.name.text}".strip()


def row_anchor(table: str, index: int) -> str:
    """The anchor of an indicator's row."""
    return f"{table}-r{index + 1}"


def grade_names(plan: Plan) -> tuple[str, ...]:
    """The grades of the graded form, in the order the plan names them."""
    return tuple(dict.fromkeys(grade for row in plan.indicators for grade, _ in row.grades))


def figure_of(row: Indicator, field: str) -> Figure | None:
    """The figure of an indicator by the name of its field."""
    head, _, tail = field.partition(".")
    figure: Figure | None = getattr(row.references, tail) if tail else getattr(row, head)
    return figure


def filled(figure: Figure | None) -> bool:
    """Whether anything was written there."""
    return figure is not None and bool(figure.text.strip())


def shown(figure: Figure | None) -> Shown:
    """The value as published, and as read where the two differ."""
    if figure is None or not figure.text.strip():
        return Shown("")
    published = figure.text.strip()
    read = "" if isinstance(figure.reading.value, Missing) else wording(figure.reading.value)
    return Shown(published, "" if read.removeprefix("=") == published.removeprefix("=") else read)


def counted(plan: Plan, audit: Audit, problems: Sequence[Problem]) -> Counter[str]:
    """The figures of one table."""
    counts: Counter[str] = Counter(found.severity.value for found in audit.findings)
    counts.update(duties=len(plan.duties), indicators=len(plan.indicators), problems=len(problems), failed=len(audit.failed))
    return counts
