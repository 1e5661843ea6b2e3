"""A version to be read on its official form: every cell with what was found at it, replied to it and said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from zhiheng.audit.finding import Severity
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.checking import Checked, check
from zhiheng_web.planning.form_cells import FormPlace, keyed_form
from zhiheng_web.planning.models import CellOpinion, TableVersion
from zhiheng_web.planning.policies import visible_versions
from zhiheng_web.planning.queries.tables import version_for
from zhiheng_web.planning.versions import Loaded, load
from zhiheng_web.wording import Text

SIGNS = (("✕", Severity.ERROR), ("!", Severity.WARNING), ("i", Severity.INFORMATION))
ORDER = [severity.value for severity in Severity]


@dataclass(frozen=True, slots=True)
class ReadCell:
    """One cell of the form. ``found`` is the gravest severity at it; ``indicator`` is set on an indicator's name."""

    text: str
    role: str
    rows: int
    columns: int
    wide: bool
    found: str = ""
    findings: Sequence[Checked] = ()
    opinions: Sequence[CellOpinion] = ()
    indicator: UUID | None = None
    anchor: str = ""

    @property
    def marks(self) -> str:
        """What stands at the cell in signs: ✕ errors, ! warnings, i notes, and opinions."""
        counts = [(sign, sum(found.severity is severity for found in self.findings)) for sign, severity in SIGNS]
        said = [f"{sign} {number}" for sign, number in counts if number]
        return "　".join([*said, *([str(Text("意见 {n}", "{n} said").with_(n=len(self.opinions)))] if self.opinions else [])])


@dataclass(frozen=True, slots=True)
class VersionPage:
    """A version on its form. ``apart`` are the findings and opinions that stand at no single cell."""

    loaded: Loaded
    title: str
    subtitle: str
    head: Sequence[Sequence[ReadCell]]
    headings: Sequence[Sequence[ReadCell]]
    body: Sequence[Sequence[ReadCell]]
    apart: Sequence[Checked]
    opinions_apart: Sequence[CellOpinion]
    findings: Sequence[Checked]
    opinions: int
    before: TableVersion | None
    after: TableVersion | None

    @property
    def version(self) -> TableVersion:
        """The version."""
        return self.loaded.version

    def number(self, severity: str) -> int:
        """How many findings of a severity."""
        return sum(found.severity.value == severity for found in self.findings)

    @property
    def errors(self) -> int:
        """Findings that must be mended."""
        return self.number("error")

    @property
    def warnings(self) -> int:
        """Findings that ask for a reply."""
        return self.number("warning")

    @property
    def information(self) -> int:
        """Findings that ask for nothing."""
        return self.number("information")


def version_page(viewer: Viewer, version: UUID) -> VersionPage:
    """The version for reading, or Absent. The queries do not grow with the table."""
    loaded = load(version_for(viewer, version))
    findings = check(loaded)
    opinions = list(CellOpinion.objects.filter(version=loaded.version).select_related("written_by", "answered_by", "row"))
    laid = keyed_form(loaded.table.plan)
    positions = {row.pk: index for index, row in enumerate(loaded.rows)}
    at_cell: dict[str, list[Checked]] = {}
    for found in findings:
        at_cell.setdefault(_key(positions, found.row.pk if found.row else None, found.field, found.duty), []).append(found)
    said: dict[str, list[CellOpinion]] = {}
    for opinion in opinions:
        said.setdefault(_key(positions, opinion.row_id, opinion.field, None), []).append(opinion)
    keys = {cell.key for row in laid.rows for cell in row if cell.key}
    head, headings, body = (
        [[_cell(loaded, cell, at_cell, said) for cell in row] for row in rows] for rows in (laid.head, laid.headings, laid.body)
    )
    before, after = _neighbours(viewer, loaded.version)
    return VersionPage(
        loaded,
        laid.title,
        laid.subtitle,
        head,
        headings,
        body,
        apart=[found for key, listed in at_cell.items() if key not in keys for found in listed],
        opinions_apart=[opinion for key, listed in said.items() if key not in keys for opinion in listed],
        findings=findings,
        opinions=len(opinions),
        before=before,
        after=after,
    )


def _key(positions: dict[UUID, int], row: UUID | None, field: str, duty: int | None) -> str:
    """The key of a cell as planning.form_cells has it; '' for what stands at no single cell."""
    if row is not None:
        return f"{positions.get(row, '')}/{field}"
    if duty is not None:
        return f"duty/{duty}/{field if field in ('name', 'objective') else 'name'}"
    return f"budget/{field.removeprefix('budget.')}" if field.startswith("budget.") else f"head/{field}"


def _cell(loaded: Loaded, cell: FormPlace, at_cell: dict[str, list[Checked]], said: dict[str, list[CellOpinion]]) -> ReadCell:
    first, _, field = cell.key.partition("/")
    row = loaded.rows[int(first)] if first.isdigit() else None
    found = at_cell.get(cell.key, ()) if cell.key else ()
    return ReadCell(
        cell.text,
        cell.role,
        cell.rows,
        cell.columns,
        len(cell.text) > 24,
        min((one.severity.value for one in found), key=ORDER.index, default=""),
        found,
        said.get(cell.key, ()) if cell.key else (),
        row.indicator_id if row is not None and field == "name" else None,
        f"row-{row.pk}" if row is not None and field == "name" else "",
    )


def _neighbours(viewer: Viewer, version: TableVersion) -> tuple[TableVersion | None, TableVersion | None]:
    """The version before and the one after that the viewer may see. One query."""
    beside = visible_versions(viewer).filter(table=version.table_id).filter(Q(number__lt=version.number) | Q(number__gt=version.number))
    listed = list(beside.order_by("number").only("pk", "number", "state"))
    before = [one for one in listed if one.number < version.number]
    after = [one for one in listed if one.number > version.number]
    return (before[-1] if before else None), (after[0] if after else None)
