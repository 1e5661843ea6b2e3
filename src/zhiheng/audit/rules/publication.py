"""P01-P05: 公开. What is published, when, under which title, and whether everyone may read it.

P01-P03 need the facts of a publication; P04 and P05 read the table itself, at every stage, because what goes wrong there is
published later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from zhiheng.audit.context import Publication
from zhiheng.audit.pairing import paired
from zhiheng.audit.personal import personal
from zhiheng.audit.rule import Case, Hit, family
from zhiheng.audit.rules.years import same, variant
from zhiheng.audit.spots import AMOUNTS, ROW_FIELDS, part, spots
from zhiheng.audit.wording import normal, text_of
from zhiheng.plan.plan import Cell, Figure, Indicator, Plan

YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")
TITLES = (("监控", "monitoring"), ("自评", "self_evaluation"), ("目标", "goals"))
"""Words of a title and what it promises; the first that stands there decides (绩效目标自评表 is a self-evaluation)."""


def p01(case: Case) -> Iterator[Hit]:
    """Published, or still not, later than so many days after finance's approval."""
    facts = case.context.publication
    if facts is None or facts.approved_on is None:
        return
    days = int(case.parameters.number("audit_publication.deadline_days"))
    due = facts.approved_on + timedelta(days=days)
    said = {"approved": facts.approved_on, "due": due, "days": days}
    if facts.published_on is not None and facts.published_on > due:
        yield case.whole("title", None, **said, published=facts.published_on, late=(facts.published_on - due).days)
    elif facts.published_on is None and facts.on is not None and facts.on > due:
        yield variant(case.whole("title", None, **said, late=(facts.on - due).days), "unpublished")


def p02(case: Case) -> Iterator[Hit]:
    """A title that promises another table, or another year, than what stands below it."""
    facts = case.context.publication
    title = normal(facts.title) if facts is not None else ""
    promised = next((kind for word, kind in TITLES if word in title), "")
    if promised and promised != kind_of(case.plan):
        yield variant(case.whole("title", None, title=title), f"{promised}_holds_{kind_of(case.plan)}")
    years = {int(year) for year in YEAR.findall(title)}
    if years and case.plan.year is not None and case.plan.year not in years:
        yield variant(case.whole("title", None, title=title, year=case.plan.year), "year")


def kind_of(plan: Plan) -> str:
    """What a table is by its content: monitoring, self_evaluation or goals."""
    if plan.months is not None or any(row.causes or row.outlook for row in plan.indicators):
        return "monitoring"
    reported = any(text_of(row.points).strip() or text_of(row.actual).strip() for row in plan.indicators)
    return "self_evaluation" if reported else "goals"


def p03(case: Case) -> Iterator[Hit]:
    """Cells in which the published table is not the approved one."""
    facts = case.context.publication
    approved = (facts.approved or case.context.approved) if facts is not None else None
    if facts is None or approved is None:
        return
    yield from heads(case, approved, facts)
    columns = [field for field in ROW_FIELDS if any(part(row, field) is not None for row in case.plan.indicators)]
    pairs = paired(case.plan, approved)
    for index, row in case.rows():
        if row.name.text in facts.withheld or not normal(row.name.text):
            continue
        other = pairs.of.get(index)
        if other is None:
            yield variant(case.at(index, "name", row.name), "added")
        else:
            yield from cells(case, index, row, other, facts, columns)
    for row in pairs.left:
        if row.name.text not in facts.withheld:
            yield variant(case.whole("indicators", None, name=row.name.text), "left_out")


def heads(case: Case, approved: Plan, facts: Publication) -> Iterator[Hit]:
    """What differs in the head: the amounts and the strategic goal."""
    pairs: list[tuple[str, Cell | Figure | None, Cell | Figure | None]] = [
        ("strategic_goal", case.plan.strategic_goal, approved.strategic_goal)
    ]
    pairs += [(f"budget.{key}", getattr(case.plan.budget, key), getattr(approved.budget, key)) for key in AMOUNTS]
    for field, own, other in pairs:
        if other is not None and field.split(".")[0] not in facts.withheld and differ(own, other):
            yield variant(case.whole(field, own, published=printed(own), approved=printed(other)), "head")


def cells(case: Case, index: int, row: Indicator, approved: Indicator, facts: Publication, columns: list[str]) -> Iterator[Hit]:
    """What differs in one row, in the columns that the published form has."""
    for field in columns:
        own, other = part(row, field), part(approved, field)
        if other is not None and field not in facts.withheld and differ(own, other):
            yield case.at(index, field, own, published=printed(own), approved=printed(other))


def differ(own: Cell | Figure | None, other: Cell | Figure) -> bool:
    """Two cells say something else, whatever their spelling."""
    if isinstance(own, Figure) and isinstance(other, Figure):
        return not same(own, other)
    return normal(text_of(own)) != normal(other.text)


def printed(cell: Cell | Figure | None) -> str:
    """The words of a cell, shortened; a dash for a blank one."""
    text = normal(text_of(cell))
    return text if len(text) <= 40 else f"{text[:39]}…"


def p04(case: Case) -> Iterator[Hit]:
    """Numbers and names that everyone would read."""
    for spot in spots(case.plan):
        for found in personal(spot.text, case.parameters):
            yield variant(spot.hit(case, found=found.masked), found.kind)


def p05(case: Case) -> Iterator[Hit]:
    """Known slips of the pen."""
    pairs = [pair.split("=") for pair in case.parameters.words("audit_publication.typos")]
    apart = case.parameters.words("audit_publication.not_typos")
    for spot in spots(case.plan):
        text = normal(spot.text)
        slips = [(wrong, right) for wrong, right in pairs if wrong in text]
        for word in apart if slips else ():
            text = text.replace(word, "□" * len(word))
        for wrong, right in slips:
            if wrong in text:
                yield spot.hit(case, wrong=wrong, right=right)


RULES = family("publication", {"P01": p01, "P02": p02, "P03": p03, "P04": p04, "P05": p05})
