"""C: is everything filled in that the form asks for, and does the table cover what it must."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from zhiheng.audit.finding import Severity, Subject
from zhiheng.audit.five_year_plan import short_names, titles
from zhiheng.audit.money import amount, printed, usual_unit, zero
from zhiheng.audit.rule import Case, Hit, family
from zhiheng.audit.rules.coverage import kinds_of_indicator, promises
from zhiheng.audit.wording import blank, left_open, named, placeholder, says_nothing, text_of
from zhiheng.plan.plan import Cell, Figure, Indicator
from zhiheng.values.value import Cadence, Missing, NotApplicable, Quantity, Ratio


def duties(case: Case) -> Iterator[Hit]:
    """C01: 职责序号 runs from 1 without gap or repetition; 职责, 职责目标 and the duty of each row are there."""
    seen: set[int] = set()
    previous = 0
    for duty in case.plan.duties:
        if duty.number in seen:
            yield replace(case.duty(duty), variant="twice")
        elif duty.number != previous + 1:
            yield case.duty(duty, expected=previous + 1)
        seen.add(duty.number)
        previous = duty.number
        if blank(duty.name):
            yield replace(case.duty(duty), variant="no_name")
        if duty.objective is not None and blank(duty.objective):
            place = duty.objective.place if placed(duty.objective) else duty.name.place
            yield replace(case.duty(duty), variant="no_objective", place=place)
    if case.plan.duties:
        for index, row in case.rows():
            if row.duty not in seen:
                yield replace(case.at(index, "duty"), variant="orphan")


def placed(cell: Cell) -> bool:
    """The cell knows where it stands."""
    return cell.place.row is not None


def indicators_of_duties(case: Case) -> Iterator[Hit]:
    """C02: each 职责 has indicators; only one is a warning."""
    for duty in case.plan.duties:
        count = sum(1 for row in case.plan.indicators if row.duty == duty.number)
        if count == 0:
            yield case.duty(duty)
        elif count == 1:
            yield replace(case.duty(duty), severity=Severity.WARNING, variant="single")


def empty_category(row: Indicator) -> bool:
    """The row of a category under which no indicator was set: its name says nothing, and neither does its value."""
    return bool(row.category) and says_nothing(row.name) and says_nothing(row.target) and all(says_nothing(cell) for _, cell in row.grades)


def cells_filled(case: Case) -> Iterator[Hit]:
    """C03: name, explanation and value are filled, and not with a placeholder."""
    rows = [(index, row) for index, row in case.rows() if not empty_category(row)]
    for index, row in rows:
        yield from unfilled(case, index, "name", row.name)
        if row.target is not None:
            yield from unfilled(case, index, "target", row.target)
        elif row.grades and all(isinstance(cell.reading.value, Missing) for _, cell in row.grades):
            yield replace(case.at(index, "grades", row.grades[0][1]), variant="target")
    yield from definitions_filled(case, rows)


def definitions_filled(case: Case, rows: list[tuple[int, Indicator]]) -> Iterator[Hit]:
    """The explanations. A column left blank from top to bottom is one finding; outside the duty table it is a lesser one."""
    severity = None if case.plan.layout == "duty-table" else Severity.WARNING
    given = [(index, row.definition) for index, row in rows if row.definition is not None]
    if len(given) > 1 and all(blank(cell) for _, cell in given):
        yield replace(case.column("definition", count=len(given)), severity=severity, variant="column")
        return
    for index, cell in given:
        for hit in unfilled(case, index, "definition", cell):
            yield replace(hit, severity=severity)


def unfilled(case: Case, index: int, field: str, cell: Cell | Figure) -> Iterator[Hit]:
    """Blank, a placeholder, or a place left open in the text: in a name or an explanation a lesser fault than in a value."""
    if blank(cell):
        yield replace(case.at(index, field, cell, category="—".join(case.plan.indicators[index].category)), variant=field)
    elif placeholder(cell.text) and not zero_or_stated(cell):
        yield replace(case.at(index, field, cell, text=cell.text.strip()), variant="placeholder")
    elif found := left_open(cell.text):
        hit = replace(case.at(index, field, cell, text=cell.text.strip(), open=found), variant="open")
        yield hit if field == "target" else replace(hit, severity=Severity.WARNING)


def zero_or_stated(cell: Cell | Figure) -> bool:
    """A sign that is a figure after all."""
    return isinstance(cell, Figure) and isinstance(cell.reading.value, Quantity | Ratio)


def remark_when_nothing_to_compare(case: Case) -> Iterator[Hit]:
    """C04: without standard and history the remark gives the reason; without history alone it ought to."""
    for index, row in case.rows():
        given = row.references
        history = [cell for cell in (given.mean, given.last_year) if cell is not None]
        if row.remark is None or given.standard is None or not history or not says_nothing(row.remark):
            continue
        no_standard = says_nothing(given.standard) and says_nothing(given.planned)
        if all(says_nothing(cell) for cell in history):
            found = case.at(index, "remark", row.remark)
            yield found if no_standard else replace(found, severity=Severity.WARNING, variant="history")


def planned_values(case: Case) -> Iterator[Hit]:
    """C05: the column of planned values is blank throughout although a plan is quoted."""
    rows = [row for row in case.plan.indicators if row.references.planned is not None]
    if not rows or not all(says_nothing(row.references.planned) for row in rows):
        return
    texts = [text_of(case.plan.strategic_goal)]
    texts += [goal.expected.text for goal in case.plan.goals]
    texts += [text_of(row.references.standard_source) for row in rows]
    quoted = [f"《{title}》" for text in texts for title in titles(text)] + [plan.text for text in texts for plan in short_names(text)]
    if quoted:
        yield case.column("references.planned", count=len(rows), plan=quoted[0])


def means(case: Case) -> Iterator[Hit]:
    """C06: last year has a figure, the mean of the three years has none."""
    words = case.parameters.words("audit_completeness.new_words")
    rows = [
        row
        for row in case.plan.indicators
        if row.references.mean is not None
        and row.references.last_year is not None
        and isinstance(row.references.last_year.reading.value, Quantity | Ratio | Cadence)
    ]
    without = [row for row in rows if says_nothing(row.references.mean) and not named(text_of(row.remark), words)]
    if without:
        yield case.column("references.mean", count=len(without), total=len(rows), name=without[0].name.text)


def links(case: Case) -> Iterator[Hit]:
    """C07: rows without 工作活动 or without 预算项目."""
    budget = case.plan.budget
    for field in ("activity", "project"):
        cells: list[Cell] = [cell for row in case.plan.indicators if (cell := getattr(row, field)) is not None]
        missing = sum(1 for cell in cells if says_nothing(cell))
        if not missing:
            continue
        share = Decimal(len(cells) - missing) * 100 / len(cells)
        hit = case.column(field, missing=missing, total=len(cells), share=printed(share.quantize(Decimal("0.1"))))
        money = amount(budget.project, budget)
        if field == "project" and money:
            values = {**hit.parameters, "amount": printed(money), "unit": usual_unit(budget)}
            yield replace(hit, parameters=values, variant="project_money")
        else:
            yield replace(hit, variant=field)


def actual_results(case: Case) -> Iterator[Hit]:
    """C09: in a self-evaluation what came of the goal, and of each target, is written down."""
    for goal in case.plan.goals:
        if goal.actual is not None and not blank(goal.expected) and blank(goal.actual):
            yield replace(case.whole("goals", goal.actual), variant="goal")
    for index, row in case.rows():
        if row.actual is not None and isinstance(row.actual.reading.value, Missing) and not says_nothing(row.target):
            yield case.at(index, "actual", row.actual, target=text_of(row.target))


def few_indicators(case: Case) -> Iterator[Hit]:
    """C10: a project has at least three indicators, for the year or for its term."""
    least = case.parameters.number("audit_completeness.few_indicators")
    count = max(Counter(row.horizon for row in case.plan.indicators if not says_nothing(row.name)).values(), default=0)
    if case.plan.project is not None and not blank(case.plan.project) and count < least:
        found = case.whole("indicators", None, project=case.plan.project.text, count=count, least=printed(least))
        yield found if count else replace(found, variant="none")


def category_without_indicator(case: Case) -> Iterator[Hit]:
    """C11: a row keeps its category but no indicator was set."""
    for index, row in case.rows():
        if empty_category(row):
            found = case.at(index, "name", row.name, category="—".join(row.category))
            yield replace(found, variant="zero_weight" if worth_nothing(row.weight) else "")
    for problem in case.table.problems:  # rows that hold a level word and nothing else never become indicators
        if problem.code == "level-without-indicator":
            level = {"category": dict(problem.parameters)["level"]}
            yield Hit(Subject("category"), problem.place, level, variant="zero_weight")


def worth_nothing(weight: Figure | None) -> bool:
    """No points hang on the row."""
    if weight is None:
        return True
    return isinstance(weight.reading.value, Missing | NotApplicable) or zero(weight.reading.value)


def kinds_present(case: Case) -> Iterator[Hit]:
    """C08: the table as a whole looks at quality, timeliness, cost, benefit and satisfaction."""
    if not any(not says_nothing(row.name) for row in case.plan.indicators):
        return
    present = kinds_of_indicator(case)
    missing = [kind for kind in ("质量", "时效", "成本", "效益", "满意度") if kind not in present]
    if missing:
        yield case.whole("category", None, missing="、".join(missing), count=len(missing))


def promises_measured(case: Case) -> Iterator[Hit]:
    """C12: each promise of the year's goal is taken up by an indicator."""
    for goal in case.plan.goals:
        for promise in promises(case, goal.expected.text):
            place = goal.expected.place if placed(goal.expected) else case.plan.place
            yield Hit(Subject("goals"), place, {"promise": promise})


RULES = family(
    "completeness",
    {
        "C01": duties,
        "C02": indicators_of_duties,
        "C03": cells_filled,
        "C04": remark_when_nothing_to_compare,
        "C05": planned_values,
        "C06": means,
        "C07": links,
        "C08": kinds_present,
        "C09": actual_results,
        "C10": few_indicators,
        "C11": category_without_indicator,
        "C12": promises_measured,
    },
)
