"""公开前的审核提示 (P01-P05): the library's rules of publication on every table of a package. They warn; nothing is refused by them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zhiheng.audit.catalogue import RULES, rule
from zhiheng.audit.context import Context, Publication
from zhiheng.audit.engine import audit
from zhiheng.audit.rule import message
from zhiheng.plan.plan import Plan
from zhiheng_web.local_rules import in_force, selection
from zhiheng_web.planning.versions import Loaded
from zhiheng_web.publication.building.approved import approved_plans
from zhiheng_web.publication.building.building import Built
from zhiheng_web.publication.building.gathering import Source, public_sources
from zhiheng_web.publication.models import Package
from zhiheng_web.wording import Text

FAMILY = "P"
OWN = frozenset({"P04"})
"""Personal data are looked for in the whole content and must be answered (see proposing): here they would be said twice."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One finding: its code, the table, what is the matter."""

    code: str
    slug: str
    text: Text


def hints(package: Package, built: Built, today: date) -> list[Hint]:
    """What the rules of publication say of the tables that are public."""
    if not any(one.code.startswith(FAMILY) for one in RULES):
        return []
    shown = [source for source in public_sources(built.sources) if built.content.withheld(source.slug) is None]
    approved = approved_plans(package, shown, today)
    found = [hint for source in shown for hint in _of(package, source, approved.get(source.table.pk), today)]
    return list({(one.code, one.text.zh): one for one in found}.values())


def _of(package: Package, source: Source, approved: Plan | None, today: date) -> Iterator[Hint]:
    table = Loaded(source.version, source.duties, source.rows).table
    public = Publication(approved_on=package.approved_on, on=today, title=source.version.title, approved=approved)
    year = date(package.year, 12, 31)
    for one in audit(table, in_force(year), selection((FAMILY,)), context=Context(publication=public)).findings:
        if one.code not in OWN:
            known = rule(one.code)
            words = Text(message(known, one, "zh"), message(known, one, "en"))
            yield Hint(one.code, source.slug, words)
