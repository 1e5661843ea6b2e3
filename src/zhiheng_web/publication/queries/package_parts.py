"""The parts of a package's page: one table as the public sees it, the narrative, what is withheld, two editions beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from zhiheng_web.organisation.authority import absent
from zhiheng_web.publication.building.elsewhere import Standing, elsewhere
from zhiheng_web.publication.building.narrating import loose, resolved, typed
from zhiheng_web.publication.building.numbers import numbers_of
from zhiheng_web.publication.building.proposing import Proposal, proposals
from zhiheng_web.publication.building.redacting import placed, places, text_at
from zhiheng_web.publication.content import Content, from_json
from zhiheng_web.publication.content.actuals import Evidence
from zhiheng_web.publication.content.differing import Difference, differences
from zhiheng_web.publication.content.narrative import Number, Statement
from zhiheng_web.publication.content.places import table_of
from zhiheng_web.publication.content.tables import Duty, PublicTable, Row
from zhiheng_web.publication.grounds import Ground, grounds
from zhiheng_web.publication.handed_in import handed_in
from zhiheng_web.publication.models import Package, Paragraph, ProposalAnswer, Redaction, Withdrawal
from zhiheng_web.publication.queries.packages import KIND_NAMES, PackageShown
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the preview: its words, and why it is withheld if it is."""

    words: str
    withheld: Text | None = None


@dataclass(frozen=True, slots=True)
class RowShown:
    """One row of the preview. ``closed`` are parts whose entries are not public."""

    row: Row
    place: str
    name: Cell
    target: Cell
    actual: Cell
    points: Cell
    counted: int
    closed: Sequence[Text]
    override: bool


@dataclass(frozen=True, slots=True)
class TableShown:
    """One table of the preview with its rows by duty. ``files`` would be public with it, each with the name of its indicator."""

    table: PublicTable
    withheld: Text | None
    duties: Sequence[tuple[Duty | None, Sequence[RowShown]]]
    files: Sequence[tuple[str, Evidence]] = ()


def table_shown(page: PackageShown, slug: str) -> TableShown | None:
    """The table asked for, or the first; None where the package has none."""
    content = page.content
    table = content.table(slug) or next(iter(content.tables), None)
    if table is None:
        return None
    held = content.withheld(table.slug)
    duties: list[tuple[Duty | None, Sequence[RowShown]]] = [
        (duty, [_row(content, table, row) for row in table.rows_of(duty.slug)]) for duty in table.duties
    ]
    if loose_rows := table.rows_of(""):
        duties.append((None, [_row(content, table, row) for row in loose_rows]))
    files = [(row.name, one) for of, row, one in handed_in(content) if of.slug == table.slug]
    return TableShown(table, held.name if held else None, duties, files)


def file_of(page: PackageShown, sha256: str) -> Evidence:
    """A file that is or would be public with a package, by its digest; absent where the package has none such."""
    found = next((one for _, _, one in handed_in(page.content) if one.sha256 == sha256), None)
    if found is None:
        raise absent(Text("该材料", "this file"))
    return found


def _row(content: Content, table: PublicTable, row: Row) -> RowShown:
    place = f"{table.slug}/{row.slug}"

    def cell(name: str, words: str) -> Cell:
        held = content.withheld(f"{place}/{name}")
        return Cell(words, held.name if held else None)

    parts = row.actual.parts if row.actual else ()
    scored = row.result is not None and row.result.points is not None and row.result.effective
    points = f"{row.result.points.normalize():f}" if scored and row.result and row.result.points is not None else ""
    return RowShown(
        row, place, cell("name", row.name), cell("target", row.target.text if row.target else ""),
        cell("actual", str(row.actual.shown) if row.actual else ""), cell("points", points), sum(part.counted for part in parts),
        [CLOSED_NAMES[part.closed] for part in parts if part.closed], row.result is not None and row.result.override is not None,
    )  # fmt: skip


CLOSED_NAMES = {
    "column": Text("只公布汇总数", "figure only"),
    "classified": Text("涉密台账", "classified register"),
    "withheld": Text("条目不公开", "entries withheld"),
    "aggregate": Text("无台账条目", "no entries"),
}


@dataclass(frozen=True, slots=True)
class ParagraphShown:
    """One paragraph in the editor: as it is worded, as it will read, and the digits typed by hand with what they are confirmed to be."""

    row: Paragraph
    reads: str
    typed: Sequence[tuple[str, str]]
    loose: Sequence[str]


@dataclass(frozen=True, slots=True)
class NarrativeShown:
    """The narrative in the editor, or as it was frozen. ``numbers`` may be referred to, those of the package first."""

    paragraphs: Sequence[ParagraphShown]
    statements: Sequence[Statement]
    numbers: Sequence[Number]
    figures: Sequence[Number]


def narrative_of(page: PackageShown) -> NarrativeShown:
    """The narrative of a package."""
    if page.built is None:
        return NarrativeShown((), page.content.narrative, page.content.numbers, ())
    known = numbers_of(page.content, page.built.extent)
    rows = Paragraph.objects.filter(package=page.package).order_by("position")
    shown = [
        ParagraphShown(
            row, resolved(row.text, known), [(digits, row.typed.get(digits, "")) for digits in typed(row.text)], loose(row.text, row.typed)
        )
        for row in rows
    ]
    general = [one for one in known.values() if "." not in one.name]
    return NarrativeShown(shown, page.content.narrative, general, [one for one in known.values() if "." in one.name])


@dataclass(frozen=True, slots=True)
class StillPublic:
    """A published edition that says what is withheld here, and where."""

    package: Package
    said: Sequence[Standing]

    @property
    def kind(self) -> Text:
        """Which of the two."""
        return KIND_NAMES[self.package.kind]


@dataclass(frozen=True, slots=True)
class PlaceShown:
    """One redaction, or one place that could be: its address in words. ``here``: where the package still says the same; ``public``: which
    published editions say it, and where.
    """

    place: str
    text: Text
    redaction: Redaction | None = None
    ground: Ground | None = None
    here: Sequence[Standing] = ()
    public: Sequence[StillPublic] = ()


@dataclass(frozen=True, slots=True)
class ProposalShown:
    """One proposal with where it is and how it was answered."""

    proposal: Proposal
    text: Text
    answer: ProposalAnswer | None
    withheld: bool

    @property
    def narrative(self) -> str:
        """The code of the paragraph that it is about, which is worded anew and not withheld; '' elsewhere."""
        return self.proposal.place.partition("/")[2] if self.proposal.place.startswith("narrative/") else ""


@dataclass(frozen=True, slots=True)
class RedactionsShown:
    """What is withheld and what is proposed; ``choices`` are the places of one table."""

    made: Sequence[PlaceShown]
    proposals: Sequence[ProposalShown]
    choices: Sequence[PlaceShown]
    grounds: Sequence[Ground]
    tables: Sequence[PublicTable]
    table: str
    chosen: str
    says: str


def redactions_of(page: PackageShown, table: str, place: str) -> RedactionsShown:
    """What is withheld of a package and what a rule proposes to withhold."""
    content = page.content
    full = page.built.full if page.built is not None else content
    names = places(full)
    known = grounds()
    rows = Redaction.objects.filter(package=page.package).select_related("made_by").order_by("place")
    others = public_editions(page) if rows else []
    made = [
        PlaceShown(
            row.place, placed(full, names, row.place), row, known[row.ground],
            elsewhere(full, row.place, content) if page.built is not None else (),
            [StillPublic(one, said) for one, public in others if (said := elsewhere(full, row.place, public))],
        )
        for row in rows
    ]  # fmt: skip
    slug = table_of(place) if place in names else table or (full.tables[0].slug if full.tables else "")
    choices = [PlaceShown(one, text) for one, text in names.items() if table_of(one) == slug] if page.draft else []
    answers = {(one.place, one.code, one.text_digest): one for one in ProposalAnswer.objects.filter(package=page.package)}
    found = proposals(content, full) if page.built is not None else []
    shown = [
        ProposalShown(
            one, _name(names, full, one.place), answers.get((one.place, one.code, one.key)), content.withheld(one.place) is not None
        )
        for one in found
    ]
    tables = full.tables if page.draft else ()
    return RedactionsShown(
        made,
        shown,
        choices,
        list(known.values()),
        tables,
        slug,
        place if place in names else "",
        text_at(full, place) if page.draft else "",
    )


def public_editions(page: PackageShown) -> list[tuple[Package, Content]]:
    """What is public of the same department and year, the draft's own first editions and the other package alike. One query.

    Only a draft asks: what it withholds is known to it alone.
    """
    if page.built is None:
        return []
    row = page.package
    rows = Package.objects.filter(department=row.department_id, year=row.year, state=Package.State.PUBLISHED)
    rows = rows.exclude(withdrawals__state=Withdrawal.State.AGREED).defer("content").select_related("department")
    return [(one, _content_of(one.pk, one.digest)) for one in rows.order_by("kind", "edition")]


@lru_cache(maxsize=4)
def _content_of(pk: UUID, digest: str) -> Content:
    """A published content, which never changes: read once for its digest."""
    data = Package.objects.values_list("content", flat=True).get(pk=pk, digest=digest)
    return from_json(data)


def _name(names: dict[str, Text], content: Content, place: str) -> Text:
    if place.startswith("narrative/"):
        heading = next((one.heading for one in content.narrative if f"narrative/{one.code}" == place), place)
        return Text(f"绩效情况说明·{heading}", f"Narrative · {heading}")
    return placed(content, names, place)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two editions beside each other. ``before`` None: there is no earlier one."""

    before: int | None
    after: int
    differences: Sequence[Difference]


def compared(page: PackageShown) -> Compared:
    """An edition beside the one it corrects."""
    first = page.package.corrects
    if first is None or not first.content:
        return Compared(None, page.package.edition, ())
    return Compared(first.edition, page.package.edition, differences(from_json(first.content), page.content))
