"""采纳交换文件中的说明: the chosen words of a file of another system into a monitoring report or a self-evaluation, all or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from zhiheng_web.evaluation.actions.fill_monitoring import EDITED, conflict, fit, put, said
from zhiheng_web.evaluation.actions.fill_self_evaluation import Cell, same
from zhiheng_web.evaluation.actions.fill_self_evaluation import put as put_cells
from zhiheng_web.evaluation.changing import said_before, said_now
from zhiheng_web.evaluation.exchanging.fitting import filled_with
from zhiheng_web.evaluation.exchanging.standing import FIELDS, MONITORING
from zhiheng_web.evaluation.loading import done_with as done_self_evaluation
from zhiheng_web.evaluation.loading import opened
from zhiheng_web.evaluation.models import MonitoringReport, MonitoringRow, SelfEvaluation
from zhiheng_web.evaluation.monitoring.recording import WRITTEN, done_with
from zhiheng_web.evaluation.monitoring.standing import ROW, report_for, rows_of, scopes_of, writable
from zhiheng_web.organisation.authority import absent, authorise, authorise_menu
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.wording import Text

NOTHING = Text("没有勾选要采纳的说明。请在预览中勾选后再采纳。", "Nothing was ticked. Tick the words to be taken over in the preview.")
AT_ROW = Text("“{row}”的{field}：{why}", "{field} of “{row}”: {why}")


@dataclass(frozen=True, slots=True)
class Taking:
    """The chosen words of one file: ``what`` it is about, ``cells`` with what stood here when the file was looked at."""

    what: str
    pk: UUID
    cells: Sequence[Cell]
    file: str
    sha256: str
    kind: str

    @property
    def details(self) -> dict[str, object]:
        """What the trail says of the file."""
        return {"file": self.file, "sha256": self.sha256, "format": self.kind, "cells": len(self.cells)}


@action("evaluation.take_exchange", steps=("monitor", "self_evaluate"))
def take_exchange(viewer: Viewer, taking: Taking) -> Done[MonitoringReport | SelfEvaluation]:
    """Write the chosen words. What another changed since the file was looked at is a Conflict; figures are never written."""
    authorise_menu(viewer, "evaluation.take_exchange")
    if not taking.cells:
        raise Invalid("nothing_chosen", NOTHING)
    return _monitoring(viewer, taking) if taking.what == MONITORING else _self_evaluation(viewer, taking)


def _self_evaluation(viewer: Viewer, taking: Taking) -> Done[MonitoringReport | SelfEvaluation]:
    one = opened(viewer, taking.pk)
    changed = put_cells(viewer, one, taking.cells)
    details = {**taking.details, "changed": [each.told() for each in changed]}
    return done_self_evaluation(one, one, before=said_before(changed), after=said_now(changed), details=details, nothing=not changed)


def _monitoring(viewer: Viewer, taking: Taking) -> Done[MonitoringReport | SelfEvaluation]:
    report = report_for(viewer, taking.pk, lock=True)
    writable(report)
    rows = {row.pk: row for row in rows_of(report)}
    if {cell.row for cell in taking.cells} - set(rows):
        raise absent(ROW)
    scopes = scopes_of(report, rows.values())
    wanted: dict[MonitoringRow, dict[str, str]] = {}
    for cell in taking.cells:
        row = rows[cell.row]  # type: ignore[index]  # every cell has one of them
        row.report = report
        authorise(viewer, "evaluation.fill_monitoring", scopes[row.pk])
        if not same(getattr(row, cell.field), cell.base):
            raise conflict(row)
        wanted.setdefault(row, {})[cell.field] = cell.text
    before, changed = [said(row) for row in wanted], []
    for row, words in wanted.items():
        filled = filled_with(row, words)
        try:
            fit(row, filled)
        except Invalid as refused:
            field = FIELDS[next(iter(words))]
            raise Invalid(refused.code, AT_ROW.with_(row=row.indicator_row.name, field=field, why=refused.text)) from None
        if put(viewer, row, filled):
            changed.append(row)
    MonitoringRow.objects.bulk_update(changed, [*WRITTEN, *EDITED])
    after = digest_of([str(said(row)) for row in wanted])
    return done_with(report, digest_of([str(one) for one in before]), taking.details, after=after, nothing=not changed)
