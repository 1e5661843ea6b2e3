"""公开前的审核提示 (P01-P05): the library's rules of publication on every table of a package. They warn; nothing is refused by them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from zhiheng.audit.catalogue import RULES, rule
from zhiheng.audit.context import Context, Publication
from zhiheng.audit.engine import audit
from zhiheng.audit.rule import message
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
    public = Publication(approved_on=package.approved_on, published_on=published_on(package), on=today)
    found = [hint for source in shown for hint in _of(source, replace(public, approved=approved.get(source.table.pk)))]
    return list({(one.code, one.text.zh): one for one in found}.values())


def published_on(package: Package) -> date | None:
    """The day on which what a correction corrects became public: the first edition kept the last day or did not (P01).

    None of a first edition that is not public yet. No query for a first edition, one for a correction.
    """
    at = package.published_at
    if package.edition > 1:
        editions = Package.objects.filter(department=package.department_id, year=package.year, kind=package.kind)
        at = editions.values_list("published_at", flat=True).get(edition=1)
    return timezone.localtime(at).date() if at is not None else None


def _of(source: Source, public: Publication) -> Iterator[Hint]:
    table = Loaded(source.version, source.duties, source.rows).table
    facts = replace(public, title=source.version.title)
    year = date(source.table.year, 12, 31)
    for one in audit(table, in_force(year), selection((FAMILY,)), context=Context(publication=facts)).findings:
        if one.code not in OWN:
            known = rule(one.code)
            words = Text(message(known, one, "zh"), message(known, one, "en"))
            yield Hint(one.code, source.slug, words)
