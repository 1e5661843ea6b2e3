"""D01-D07: indicators that say the same twice, or the same as last year, and what crowds out the rest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from zhiheng.audit.likeness import core, only_longer, ratio
from zhiheng.audit.money import amount
from zhiheng.audit.rule import Case, Hit, family
from zhiheng.audit.rules.years import d07
from zhiheng.audit.scored import cut_off
from zhiheng.audit.standing import stated
from zhiheng.audit.wording import named, normal, row_text, says_nothing
from zhiheng.parameters.parameters import Parameters
from zhiheng.plan.plan import Cell, Figure, Indicator
from zhiheng.values.value import Achieved, Cadence, Coverage, Parts, Phrase, Quantity, Relative, Tier, Value


@dataclass(frozen=True, slots=True)
class Said:
    """What one row says, made comparable once, because every row is held against all before it.

    ``name`` is the name without punctuation and numbering, ``words`` the name without common words besides, ``explanation`` empty
    where the row has none.
    """

    index: int
    row: Indicator
    name: str
    words: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Limits:
    """From when on two texts count as nearly the same."""

    names: Decimal
    names_explained_alike: Decimal
    explanations: Decimal
    least_name: Decimal
    contrasts: tuple[str, ...]


Alike = Callable[[Said, Said], bool]


def key(name: str) -> str:
    """The full key of a parameter of this family."""
    return f"audit_duplicates.{name}"


def share(part: int, whole: int) -> str:
    """A part as a percentage of at most one decimal."""
    return f"{(Decimal(part * 100) / whole).quantize(Decimal('0.1'), ROUND_HALF_UP).normalize():f}%"


def limits(parameters: Parameters) -> Limits:
    """The limits in force."""
    return Limits(
        names=parameters.number(key("similar_names")),
        names_explained_alike=parameters.number(key("similar_names_same_explanation")),
        explanations=parameters.number(key("similar_explanations")),
        least_name=parameters.number(key("least_name")),
        contrasts=parameters.words(key("contrasts")),
    )


def said(case: Case) -> Iterator[Said]:
    """The rows that have a name."""
    common = case.parameters.words(key("common_words"))
    for index, row in case.rows():
        if not says_nothing(row.name):
            explained = row.definition is not None and not says_nothing(row.definition)
            explanation = core(row.definition.text, ()) if explained and row.definition else ""
            yield Said(index, row, core(row.name.text, ()), core(row.name.text, common), explanation)


def earlier(case: Case, alike: Alike) -> Iterator[tuple[int, Indicator, str]]:
    """Every row that is like one before it, with the name of the first such row.

    The whole period and the year are two tables in one.
    """
    before: list[Said] = []
    for this in said(case):
        twin = next((other for other in before if other.row.horizon == this.row.horizon and alike(other, this)), None)
        if twin is not None:
            yield this.index, this.row, twin.row.name.text
        before.append(this)


def d01(case: Case) -> Iterator[Hit]:
    """The same name and the same unit."""
    for index, row, other in earlier(case, same_indicator):
        yield case.at(index, "name", row.name, other=other)


def same_indicator(first: Said, second: Said) -> bool:
    """Same name, same unit (a row without a target has none), and not told apart by the category they stand under.

    国家级 and 省级 as categories make two indicators of 立项数量.
    """
    if first.name != second.name or unit(first.row.target) != unit(second.row.target):
        return False
    return first.row.category == second.row.category or not first.row.category or not second.row.category


def unit(target: Figure | None) -> str:
    """The unit of a target, or the kind of its value."""
    if target is None:
        return ""
    value = target.reading.value
    return value.unit if isinstance(value, Quantity | Cadence) else type(value).__name__


def d02(case: Case) -> Iterator[Hit]:
    """Nearly the same name."""
    by = limits(case.parameters)
    for index, row, other in earlier(case, lambda first, second: similar_names(first, second, by) and not same_indicator(first, second)):
        yield case.at(index, "name", row.name, other=other)


def similar_names(first: Said, second: Said, by: Limits) -> bool:
    """One name is the other with words more that do not tell the two apart.

    Within a duty the names must be nearly the same; one contained in an indicator of another duty is enough, and so are names
    less alike with the same explanation.
    """
    if not first.words or not second.words:
        return False
    alike = ratio(first.words, second.words)
    near = alike >= by.names or contained_elsewhere(first, second, by)
    explained = not near and alike >= by.names_explained_alike and similar_explanations(first, second, by)
    return (near or explained) and only_longer(first.words, second.words, by.contrasts)


def contained_elsewhere(first: Said, second: Said, by: Limits) -> bool:
    """One name stands within the name of an indicator of another duty, and is long enough to mean the same there."""
    if first.row.duty is None or second.row.duty is None or first.row.duty == second.row.duty:
        return False
    small, large = sorted((first.words, second.words), key=len)
    return small in large and len(small) >= by.least_name


def d03(case: Case) -> Iterator[Hit]:
    """The same explanation, or nearly so. One that many rows bear is a set phrase and is told once, for the column."""
    by = limits(case.parameters)
    counted = Counter(each.explanation for each in said(case) if each.explanation)
    many = case.parameters.number(key("set_phrase_rows"))
    phrases = {text for text, count in counted.items() if count >= many}
    for text in sorted(phrases):
        first = next(each.row.definition for each in said(case) if each.explanation == text)
        hit = case.column("definition", count=counted[text], definition=first.text if first else text)
        yield Hit(hit.subject, hit.place, hit.parameters, variant="set_phrase")
    for index, row, other in earlier(case, lambda first, second: similar_explanations(first, second, by, phrases)):
        yield case.at(index, "definition", row.definition, other=other)


def similar_explanations(first: Said, second: Said, by: Limits, phrases: Container[str] = ()) -> bool:
    """The explanations are the same, or one has only a few words more, and they are no set phrase of the table."""
    ours, theirs = first.explanation, second.explanation
    if not ours or not theirs or ratio(ours, theirs) < by.explanations or (ours in phrases and theirs in phrases):
        return False
    return only_longer(ours, theirs, by.contrasts)


def d04(case: Case) -> Iterator[Hit]:
    """One duty with more indicators than it should have; general duties that outweigh the business."""
    duties = case.plan.duties
    counted = {duty.number: sum(1 for _, row in case.rows() if row.duty == duty.number) for duty in duties}
    total = sum(counted.values())
    most = case.parameters.number(key("most_per_duty"))
    limit = case.parameters.number(key("most_share"))
    shares = len(duties) >= case.parameters.number(key("least_duties")) and total >= case.parameters.number(key("least_indicators"))
    for duty in duties:
        count = counted[duty.number]
        if count > most or (shares and count > limit * total):
            yield case.duty(duty, count=count, all=total, share=share(count, total))
    general = [duty for duty in duties if named(duty.name.text, case.parameters.words(key("generic_duties")))]
    count = sum(counted[duty.number] for duty in general)
    if shares and len(general) > 1 and count > limit * total:
        plain = case.whole("duties", general[0].name, count=count, all=total, share=share(count, total))
        yield Hit(plain.subject, plain.place, plain.parameters, variant="generic")


def d05(case: Case) -> Iterator[Hit]:
    """More qualitative targets than there should be."""
    values = [row.target.reading.value for _, row in case.rows() if row.target is not None and stated(row.target)]
    limit = case.parameters.number(key("qualitative_share"))
    count = sum(1 for value in values if qualitative(value))
    if len(values) >= case.parameters.number(key("qualitative_least")) and count > limit * len(values):
        bound = f"{(limit * 100).normalize():f}%"
        yield case.column("target", count=count, all=len(values), share=share(count, len(values)), limit=bound)


def qualitative(value: Value) -> bool:
    """Words, a grade, done or not, all that is due, or a comparison that names no size."""
    match value:
        case Coverage() | Tier() | Achieved() | Phrase():
            return True
        case Relative(amount=None):
            return True
        case Parts(parts):
            return all(part.value is None or qualitative(part.value) for part in parts)
        case _:
            return False


def d06(case: Case) -> Iterator[Hit]:
    """The project with the most money has no indicator. Two largest of the same amount are one too many to choose from."""
    projects = amounts(case)
    if len(projects) < 2 or cut_off(case.table):
        return
    largest = max(money for _, _, money in projects)
    top = [(cell, figure) for cell, figure, money in projects if money == largest]
    common = case.parameters.words(key("common_words"))
    if len(top) == 1 and not any(speaks_of(row, top[0][0].text, common) for _, row in case.rows()):
        cell, figure = top[0]
        yield case.whole("budget.items", cell, project=cell.text, amount=figure.text)


def amounts(case: Case) -> tuple[tuple[Cell, Figure, Decimal], ...]:
    """The projects of the table with their amounts: not the sources of money, not the sums."""
    headings = [re.compile(pattern) for pattern in case.parameters.words(key("money_headings"))]
    found: list[tuple[Cell, Figure, Decimal]] = []
    for cell, figure in case.plan.budget.items:
        money = amount(figure, case.plan.budget)
        if money and not says_nothing(cell) and not any(pattern.search(normal(cell.text)) for pattern in headings):
            found.append((cell, figure, money))
    return tuple(found)


def speaks_of(row: Indicator, project: str, common: tuple[str, ...]) -> bool:
    """The row belongs to the project: it names it, or most of the project's words stand in the row."""
    words = core(project, (*common, "项目", "专项", "资金", "经费"))
    text = core(row_text(row, "project", "activity", "name", "definition"), common)
    if not words or words in text:
        return True
    pairs = {words[place : place + 2] for place in range(len(words) - 1)}
    return bool(pairs) and sum(1 for pair in pairs if pair in text) * 2 >= len(pairs)


RULES = family("duplicates", {"D01": d01, "D02": d02, "D03": d03, "D04": d04, "D05": d05, "D06": d06, "D07": d07})
