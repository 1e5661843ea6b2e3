"""Previews of uploaded files: for their pages and actions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from zhiheng.values.normalise import normalise
from zhiheng_web.organisation.authority import absent, may, within
from zhiheng_web.organisation.models import Unit
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.fields import BY_PATH
from zhiheng_web.planning.form_cells import FormPlace, KeyedForm, keyed_form
from zhiheng_web.planning.importing.answering import Question
from zhiheng_web.planning.importing.identity import Match
from zhiheng_web.planning.importing.previews import Previewed, previewed
from zhiheng_web.planning.models import ImportPreview, PreviewTable, Project
from zhiheng_web.planning.policies import FILLERS, visible_projects
from zhiheng_web.wording import Text

PREVIEW = Text("该导入预览", "this preview")
STATE_TEXTS = {
    ImportPreview.State.WAITING: Text("等待读取", "Waiting"),
    ImportPreview.State.READING: Text("正在读取", "Being read"),
    ImportPreview.State.READ: Text("待确认", "To be confirmed"),
    ImportPreview.State.REFUSED: Text("无法读取", "Could not be read"),
    ImportPreview.State.CANCELLED: Text("已取消", "Cancelled"),
}


def imports_tables(viewer: Viewer) -> bool:
    """Whether the viewer may import whole tables somewhere: an assignment bound to an office reaches none."""
    return any(held.office is None for held in viewer.bounds(FILLERS))


def importing_units(viewer: Viewer, policy: str = "planning.import_table") -> tuple[Unit, ...]:
    """The units whose whole tables the viewer may do this to. An assignment bound to an office reaches no whole table. One query."""
    units = Unit.objects.filter(within(viewer.bounds(FILLERS), "department", "pk")).select_related("department")
    return tuple(unit for unit in units if may(viewer, policy, Scope(unit.department_id, unit.pk)))


def _visible(viewer: Viewer) -> QuerySet[ImportPreview]:
    return ImportPreview.objects.filter(within(viewer.bounds(FILLERS), "department", "unit"))


def preview_for(viewer: Viewer, preview: UUID, *, lock: bool = False) -> ImportPreview:
    """The preview of a file of a unit that the viewer imports for, or Absent."""
    seen = _visible(viewer).filter(pk=preview)
    if lock:
        seen = ImportPreview.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=seen.values("pk"))
    found = seen.select_related("source", "unit__department", "department", "created_by").first()
    if found is None:
        raise absent(PREVIEW)
    return found


def preview_table_for(viewer: Viewer, preview: UUID, number: int, *, lock: bool = False) -> PreviewTable:
    """One table of a preview, or Absent."""
    tables = PreviewTable.objects.filter(preview__in=_visible(viewer).filter(pk=preview).values("pk"), number=number)
    if lock:
        tables = PreviewTable.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=tables.values("pk"))
    found = tables.select_related("preview__source", "preview__department", "unit__department", "project", "version").first()
    if found is None:
        raise absent(PREVIEW)
    return found


def tables_of(viewer: Viewer, preview: ImportPreview) -> tuple[PreviewTable, ...]:
    """All tables of a preview in the order of the file."""
    return tuple(_visible(viewer).get(pk=preview.pk).tables.select_related("unit", "project", "version__table").order_by("number"))


def recent_previews(viewer: Viewer) -> tuple[ImportPreview, ...]:
    """Uploaded files that are not done with: those read but not imported, and the last ones otherwise. One query."""
    counts = {"found": Count("tables"), "imported": Count("tables", filter=Q(tables__version__isnull=False))}
    seen = _visible(viewer).exclude(state=ImportPreview.State.CANCELLED).annotate(**counts)
    return tuple(seen.select_related("source", "unit", "created_by").order_by("-created_at")[:20])


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of the official form with the question that stands at it, if any."""

    cell: FormPlace
    question: Question | None = None


IN_COLUMN = Text("，{column}", ", {column}")


def bare_name(name: str) -> str:
    """A department's name without what forms add to it: （本级）, a code in brackets, blanks."""
    return re.sub(r"[（(【\[][^）)】\]]*[）)】\]]|\s", "", normalise(name))


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """Everything the page of one previewed table shows."""

    seen: Previewed
    form: KeyedForm
    head: tuple[tuple[ShownCell, ...], ...]
    body: tuple[tuple[ShownCell, ...], ...]
    elsewhere: tuple[Question, ...]
    units: tuple[Unit, ...]
    projects: tuple[Project, ...]
    count: int

    @property
    def row(self) -> PreviewTable:
        """The previewed table."""
        return self.seen.row

    @property
    def kept(self) -> int:
        """How many rows are an indicator that is known already."""
        return sum(match.indicator is not None for match in self.seen.matches)

    @property
    def new(self) -> int:
        """How many rows become new indicators."""
        return len(self.seen.matches) - self.kept

    @property
    def asked(self) -> tuple[tuple[Text | None, Question], ...]:
        """What is open, each with the row and column it stands in; None where it is about the whole table."""
        return tuple((self._place(question), question) for question in self.seen.open)

    def _place(self, question: Question) -> Text | None:
        if question.row is None:
            return None
        name = self.seen.table.plan.indicators[question.row].name.text
        column = BY_PATH.get(question.field)
        words = Text("第{n}行“{name}”{column}", "Row {n} “{name}”{column}")
        return words.with_(n=question.row + 1, name=name, column=Text("", "") if column is None else IN_COLUMN.with_(column=column.text))

    @property
    def stranger(self) -> str:
        """Whose table it says it is, when that is neither the chosen unit nor its department; '' where it agrees or says nothing."""
        plan, unit = self.seen.table.plan, self.row.unit
        said = [cell.text for cell in (plan.unit, plan.department) if cell is not None and bare_name(cell.text)]
        known = [bare_name(name) for name in (unit.name, unit.department.name)]
        agrees = any(own in bare_name(name) or bare_name(name) in own for name in said for own in known)
        return "" if agrees else next(iter(said), "")

    @property
    def doubtful(self) -> tuple[Match, ...]:
        """Rows with proposals, decided or not."""
        return tuple(match for match in self.seen.matches if match.proposals)

    @property
    def same_names(self) -> dict[str, str]:
        """Position → indicator for undecided rows whose name is exactly that of one known indicator, under whatever duty."""
        found = {}
        for match in self.seen.open_matches:
            same = [proposal for proposal in match.proposals if normalise(proposal.indicator.name) == normalise(match.name)]
            if len(same) == 1:
                found[str(match.position)] = str(same[0].indicator.pk)
        return found


def preview_page(viewer: Viewer, preview: UUID, number: int) -> PreviewPage:
    """One previewed table as its page shows it. The number of queries does not depend on the number of rows."""
    row = preview_table_for(viewer, preview, number)
    seen = previewed(row)
    form = keyed_form(seen.table.plan)
    asked = {question.key: question for question in seen.questions if question.key != "head/year"}

    def shown(rows: tuple[tuple[FormPlace, ...], ...]) -> tuple[tuple[ShownCell, ...], ...]:
        return tuple(tuple(ShownCell(cell, asked.get(cell.key) if cell.key else None) for cell in cells) for cells in rows)

    placed = {cell.key for cells in form.rows for cell in cells}
    elsewhere = tuple(question for key, question in asked.items() if key not in placed)
    projects = tuple(visible_projects(viewer).filter(unit__department=row.preview.department_id).order_by("unit", "code"))
    count = PreviewTable.objects.filter(preview=row.preview_id).count()
    return PreviewPage(seen, form, shown(form.head), shown(form.body), elsewhere, importing_units(viewer), projects, count)
