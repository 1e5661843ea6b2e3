"""Reading an uploaded file into its preview, in the request for a small file and in the worker for a long one."""

from __future__ import annotations

import tempfile
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django_tasks import task

from zhiheng.plan.plan import Document, Table
from zhiheng.tables.canonical import problem_json, table_json
from zhiheng.tables.grid import Refused
from zhiheng.tables.reading import read
from zhiheng.values.normalise import normalise
from zhiheng_web.organisation.models import Unit
from zhiheng_web.planning.models import ImportPreview, PerformanceTable, PreviewTable, Project

State = ImportPreview.State
AT_ONCE = 512 * 1024
"""Files up to this size are read while the person waits; longer ones and printed pages by the worker."""
LONGEST_NAME = 240
SLOW = (".pdf", ".doc", ".ofd", ".rtf")
UNDER_WAY = (State.WAITING, State.READING)


def at_once(name: str, size: int) -> bool:
    """Whether a file is read in the request: it takes well under a second."""
    return size <= (AT_ONCE // 8 if Path(name).suffix.lower() in SLOW else AT_ONCE)


@task()
def read_in_background(preview: str) -> None:
    """The job of the worker. It may be cancelled between its steps."""
    read_preview(UUID(preview))


def read_preview(preview_id: UUID) -> None:
    """Read the file and keep its tables. A preview that was cancelled meanwhile keeps nothing."""
    if not _move(preview_id, step=1, steps=3):
        return
    preview = ImportPreview.objects.select_related("source", "unit__department").get(pk=preview_id)
    try:
        document = _read(Path(preview.source.stored.path), preview.source.name)
    except Refused as refused:
        told = problem_json(refused.problem)
        ImportPreview.objects.filter(pk=preview_id, state=State.READING).update(state=State.REFUSED, refusal=told)
        return
    if not _move(preview_id, step=2, steps=3):
        return
    _keep(preview, document)


def _read(stored: Path, name: str) -> Document:
    """The tables of a stored file under the name that people know it by, so that every place names it so."""
    with tempfile.TemporaryDirectory() as folder:
        shown = Path(folder) / (name if len(name.encode()) <= LONGEST_NAME else f"file{Path(name).suffix[:10]}")
        shown.symlink_to(stored)
        return read(shown)


def _move(preview_id: UUID, *, step: int, steps: int) -> bool:
    """Tell how far the reading is; False if somebody cancelled it."""
    going = ImportPreview.objects.filter(pk=preview_id, state__in=UNDER_WAY)
    return going.update(state=State.READING, step=step, steps=steps) > 0


def _keep(preview: ImportPreview, document: Document) -> None:
    units = list(Unit.objects.filter(department=preview.department))
    projects = list(Project.objects.filter(unit__department=preview.department))
    with transaction.atomic():
        held = ImportPreview.objects.select_for_update(no_key=True).get(pk=preview.pk)
        if held.state != State.READING:
            return
        for number, table in enumerate(document.tables):
            where = proposed_target(table, preview.unit, units, projects)
            PreviewTable.objects.create(preview=held, number=number, data=table_json(table, document.file), **where)
        held.problems = [problem_json(problem) for problem in document.problems]
        held.state, held.step = State.READ, held.steps
        held.save(update_fields=["problems", "state", "step"])


def proposed_target(table: Table, unit: Unit, units: list[Unit], projects: list[Project]) -> dict[str, object]:
    """Where a table most likely goes, from what its head says: a person confirms it."""
    plan = table.plan
    names = [normalise(cell.text) for cell in (plan.unit, plan.department) if cell is not None and cell.text]
    found = next((own for name in names for own in units if normalise(own.name) == name), unit)
    project = None
    kind = PerformanceTable.Kind.DEPARTMENT if found.kind == Unit.Kind.HEADQUARTERS else PerformanceTable.Kind.UNIT
    if plan.project is not None and plan.project.text:
        name = normalise(plan.project.text)
        project = next((own for own in projects if normalise(own.name) == name), None)
        kind = PerformanceTable.Kind.PROJECT
        found = project.unit if project is not None else found
    history = plan.layout == "self-evaluation"
    return {"unit": found, "kind": kind, "project": project, "year": plan.year, "history": history}
