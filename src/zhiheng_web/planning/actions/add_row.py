"""增加指标、增加职责: a new row in an open version; an indicator that the duty had before keeps its identity."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from zhiheng.values.normalise import normalise
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.editing.cells import columns_of, keep
from zhiheng_web.planning.editing.open_version import duty_in, opened
from zhiheng_web.planning.mapping import read_cell
from zhiheng_web.planning.models import DutyRow, Indicator, IndicatorRow, LibraryIndicator
from zhiheng_web.planning.policies import scope_of
from zhiheng_web.planning.versions import Loaded, changed, done_with, duty_identity, version_digest
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

ASIDE = 10_000
"""Positions out of the way, while rows change places."""
NAME = Text("名称", "the name")
NO_NAME = Text("请填写名称。", "Give a name.")
LONG_NAME = Text("名称最多200字。", "A name has at most 200 letters.")
LIBRARY = Text("该指标库指标", "this library indicator")
TWICE = Text("本表中已有职责“{name}”。", "The table already has the duty “{name}”.")
FULL = Text("一张表最多{most}行。", "A table has at most {most} rows.")
MOST = 5000


@action("planning.add_row", steps=("edit",))
def add_row(
    viewer: Viewer, version: UUID, duty: UUID | None, name: str, *, library: UUID | None = None, after: UUID | None = None
) -> Done[IndicatorRow]:
    """Add an indicator under a duty, below the row ``after`` or at the duty's end; from the library with its usual words."""
    loaded = opened(viewer, version)
    authorise(viewer, "planning.add_row", scope_of(loaded.version.table))
    source = _library(loaded, library)
    said = named(name or (source.name if source else ""))
    if len(loaded.rows) >= MOST:
        raise Refusal("table_full", FULL.with_(most=MOST))
    duty_row = duty_in(loaded, duty) if duty is not None else None
    before = version_digest(loaded)
    indicator = _identity(loaded, duty_row, said, source)
    row = IndicatorRow(version=loaded.version, indicator=indicator, duty_row=duty_row, position=_place(loaded, duty_row, after), name=said)
    _fill(row, loaded, source)
    row.edits, row.edited_by, row.edited_at = loaded.version.edits + 1, viewer.account, viewer.now()
    order = [found.pk for found in loaded.rows]
    row.position, at = ASIDE * 2, row.position
    row.save()
    put_in_order(loaded, [*order[:at], row.pk, *order[at:]])
    now = changed(loaded)
    return done_with(
        loaded.version,
        row,
        before=before,
        after=version_digest(now),
        details={"added": {"row": str(row.pk), "name": said, "duty": duty_row.name if duty_row else ""}},
    )


@action("planning.add_duty", steps=("edit",))
def add_duty(viewer: Viewer, version: UUID, name: str, objective: str = "") -> Done[DutyRow]:
    """Add a duty at the end of the table; one that the department has had keeps its identity."""
    loaded = opened(viewer, version)
    authorise(viewer, "planning.add_duty", scope_of(loaded.version.table))
    said = named(name)
    refuse_marked_text(objective, NAME)
    table = loaded.version.table
    if any(normalise(row.name) == normalise(said) for row in loaded.duties):
        raise Invalid("duty_twice", TWICE.with_(name=said), {"name": TWICE.with_(name=said)})
    before = version_digest(loaded)
    number = max((row.number for row in loaded.duties), default=0) + 1
    identity = duty_identity(table.unit.department, table, said, number)
    row = DutyRow(version=loaded.version, duty=identity, number=number, name=said, objective=objective.strip())
    row.edits, row.edited_by, row.edited_at = loaded.version.edits + 1, viewer.account, viewer.now()
    row.save()
    return done_with(
        loaded.version,
        row,
        before=before,
        after=version_digest(changed(loaded)),
        details={"added": {"row": str(row.pk), "name": said, "number": number}},
    )


def named(name: str) -> str:
    """A name that somebody typed, tidied; Invalid if it is blank, too long or marked."""
    said = " ".join(name.split())
    refuse_marked_text(said, NAME)
    if not said or len(said) > 200:
        text = LONG_NAME if said else NO_NAME
        raise Invalid("bad_name", text, {"name": text})
    return said


def put_in_order(loaded: Loaded, order: Sequence[UUID]) -> None:
    """Give the rows the positions of ``order``: first out of the way, so that no two ever stand at one place. Two or more queries."""
    rows = IndicatorRow.objects.filter(version=loaded.version)
    moved = {pk: at for at, pk in enumerate(order)}
    kept = list(rows)
    for offset in (ASIDE, 0):
        for row in kept:
            row.position = offset + moved[row.pk]
        IndicatorRow.objects.bulk_update(kept, ["position"])


def _library(loaded: Loaded, library: UUID | None) -> LibraryIndicator | None:
    if library is None:
        return None
    own = Q(department=None) | Q(department=loaded.version.table.unit.department_id)
    found = LibraryIndicator.objects.filter(own, pk=library, enabled=True).first()
    if found is None:
        raise absent(LIBRARY)
    return found


def _identity(loaded: Loaded, duty_row: DutyRow | None, name: str, library: LibraryIndicator | None) -> Indicator:
    """The identity of that name under the duty that this version does not use yet, else a new one.

    Two projects share no indicator by its wording alone: a project's row finds only those of the project's own tables.
    """
    table, duty = loaded.version.table, duty_row.duty if duty_row else None
    department = table.unit.department
    used = {row.indicator_id for row in loaded.rows}
    of_project = Q(pk__in=IndicatorRow.objects.filter(version__table__project=table.project_id).values("indicator"))
    for known in Indicator.objects.filter(of_project if table.project_id else Q(), department=department, duty=duty).order_by("-pk"):
        if known.pk not in used and normalise(known.name) == normalise(name):
            return known
    return Indicator.objects.create(department=department, duty=duty, name=name, library=library)


def _place(loaded: Loaded, duty_row: DutyRow | None, after: UUID | None) -> int:
    """The index at which the new row stands: below ``after``, else at the end of its duty, else where its duty's rows would be."""
    number = {row.pk: row.number for row in loaded.duties}
    mine = duty_row.pk if duty_row else None
    for index, row in enumerate(loaded.rows):
        if row.pk == after and row.duty_row_id == mine:
            return index + 1
    own = [index for index, row in enumerate(loaded.rows) if row.duty_row_id == mine]
    if own:
        return own[-1] + 1
    earlier = [index for index, row in enumerate(loaded.rows) if duty_row and number.get(row.duty_row_id, 0) < duty_row.number]
    return earlier[-1] + 1 if earlier else (0 if duty_row else len(loaded.rows))


def _fill(row: IndicatorRow, loaded: Loaded, library: LibraryIndicator | None) -> None:
    """Blank cells in the columns that the form has, with what the library says of the indicator."""
    texts = {}
    if library is not None:
        texts = {"definition": library.explanation or library.formula, "unit": library.unit, "rule": library.scoring_rule}
    for field in columns_of(loaded):
        if field.kind == "words" and field.path != "name":
            setattr(row, field.column, texts.get(field.path, ""))
    for field in columns_of(loaded):
        if field.kind == "figure":
            keep(row, field, read_cell(row, "", loaded.year))
