"""One package as it will be public, made from the rows as they are now: the same function for the preview and for what is frozen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from zhiheng_web.evaluation.rescoring import reproduces
from zhiheng_web.publication.building import aftermath
from zhiheng_web.publication.building.actuals import Actuals, Moved
from zhiheng_web.publication.building.earlier import beside
from zhiheng_web.publication.building.extent import Extent, extent_of
from zhiheng_web.publication.building.gathering import Source, public_sources, sources_of
from zhiheng_web.publication.building.narrating import narrated
from zhiheng_web.publication.building.pseudonyms import Pseudonyms
from zhiheng_web.publication.building.redacting import redacted
from zhiheng_web.publication.building.tables import table_of
from zhiheng_web.publication.content.codec import from_json
from zhiheng_web.publication.content.places import Withheld
from zhiheng_web.publication.content.shape import Content, Correction, Head, LeftOut
from zhiheng_web.publication.grounds import grounds
from zhiheng_web.publication.models import Package, Paragraph, Redaction, Withdrawal
from zhiheng_web.wording import Text

KIND_NAMES = {
    Package.Kind.BUDGET.value: Text("预算公开（绩效目标）", "Budget: performance targets"),
    Package.Kind.FINAL.value: Text("决算公开（绩效情况）", "Final account: performance"),
}


@dataclass(frozen=True, slots=True)
class Built:
    """A package made from its rows. ``full`` holds what is withheld as well and never leaves the service; ``content`` is what is public;
    ``extent`` how much was done, what is left out as well.

    ``moved``: frozen values that the ledgers no longer give; ``rescored``: slugs of tables whose kept card is not reproduced;
    ``unknown``: references of the narrative that nothing answers.
    """

    content: Content
    full: Content
    sources: tuple[Source, ...]
    extent: Extent
    moved: tuple[Moved, ...] = ()
    rescored: tuple[str, ...] = ()
    unknown: tuple[str, ...] = field(default=())


def build(package: Package, *, whole: bool = True) -> Built:
    """The package as it would be public now. Without ``whole`` the entries, their evidence and the course of the year are left out:
    what a page needs that only shows the tables. A number of queries that does not grow with tables and rows.
    """
    sources = sources_of(package)
    shown = public_sources(sources)
    names = Pseudonyms(package)
    rows = [(source.evaluated[row.pk], row) for source in shown for row in source.rows if row.pk in source.evaluated]
    actuals = Actuals(rows, names, whole=whole)
    final = package.kind == Package.Kind.FINAL
    lamps = aftermath.monitored_of(shown) if final else {}
    public = {source.slug for source in shown}
    evaluations = aftermath.evaluations_of(sources) if final else ()
    uses = aftermath.uses_of(sources) if final else ()
    tables = tuple(table_of(source, actuals, lamps.get(source.table.pk, ())) for source in shown)
    full = Content(
        head_of(package, shown),
        tables,
        left_out_of(sources),
        evaluations=tuple(one for one in evaluations if one.table in public),
        rectification=aftermath.rectification_of(sources, data_day(shown)) if final else None,
        uses=tuple(one for one in uses if one.table in public),
    )
    extent = extent_of(sources, len(evaluations), len(uses))
    full = beside_earlier(full, package)
    open_part = redacted(full, withheld_of(package))
    statements, numbers, unknown = narrated(open_part, extent, list(Paragraph.objects.filter(package=package).order_by("position")))
    content = replace(open_part, narrative=statements, numbers=numbers)
    kept = [one for one in shown if whole and one.evaluation is not None and one.evaluation.frozen]
    broken = [one.slug for one in kept if one.evaluation and not reproduces(one.evaluation.frozen, one.evaluation.digest)]
    return Built(content, full, tuple(sources), extent, tuple(actuals.moved), tuple(broken), unknown)


def head_of(package: Package, sources: Sequence[Source]) -> Head:
    """The head. Invented figures make the whole package one of the demonstration."""
    before = package.corrects
    correction = None
    if before is not None:
        published = timezone.localtime(before.published_at).date() if before.published_at else None
        correction = Correction(before.edition, package.correction_reason, published)
    return Head(
        package.department.name, package.department.code, package.year, package.kind, KIND_NAMES[package.kind], package.edition,
        package.approved_on, package.approval_number, package.due_on, settings.DEMO or any(one.synthetic for one in sources), correction,
    )  # fmt: skip


def data_day(sources: Sequence[Source]) -> date:
    """The day of the data of a package: what is overdue is so on that day, whenever the page is read."""
    days = [source.evaluation.on for source in sources if source.evaluation is not None]
    return max(days, default=timezone.localdate())


def left_out_of(sources: Sequence[Source]) -> tuple[LeftOut, ...]:
    """What the package leaves out and why."""
    return tuple(LeftOut(one.slug, str((one.table.project or one.table.unit).name), one.left_out) for one in sources if one.left_out)


def withheld_of(package: Package) -> list[Withheld]:
    """The redactions of a package with the words of their grounds."""
    known = grounds()
    rows = Redaction.objects.filter(package=package).order_by("place")
    return [Withheld(row.place, row.ground, known[row.ground].name, known[row.ground].basis, known[row.ground].status) for row in rows]


def beside_earlier(content: Content, package: Package) -> Content:
    """The content with what the earlier editions said of the same rows, where they said something else. One query."""
    if package.corrects_id is None:
        return content
    return beside(content, [from_json(data) for data in earlier_editions(package).values_list("content", flat=True)])


def earlier_editions(package: Package) -> QuerySet[Package]:
    """The published editions before this one, the first first; what was withdrawn is not repeated."""
    rows = Package.objects.filter(department=package.department_id, year=package.year, kind=package.kind, edition__lt=package.edition)
    return rows.filter(state=Package.State.PUBLISHED).exclude(withdrawals__state=Withdrawal.State.AGREED).order_by("edition")
