"""Entries (台账记录): the list, one with all that is known of it, recording, correcting, moving on, confirming."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router

from zhiheng_web.api import ledger_inputs as inputs
from zhiheng_web.api import ledger_shapes as shapes
from zhiheng_web.api.entrance import READ, STEPS, answers, results
from zhiheng_web.api.inputs import Limit, Offset
from zhiheng_web.api.shapes import MadeShape, Page
from zhiheng_web.ledgers.actions.confirm_entries import confirm_entries
from zhiheng_web.ledgers.actions.correct_entry import correct_entry
from zhiheng_web.ledgers.actions.link_entries import link_entries
from zhiheng_web.ledgers.actions.move_entry import move_entry
from zhiheng_web.ledgers.actions.record_entries import record_entries
from zhiheng_web.ledgers.actions.record_entry import record_entry
from zhiheng_web.ledgers.actions.restore_entry import restore_entry
from zhiheng_web.ledgers.actions.return_entries import return_entries
from zhiheng_web.ledgers.actions.revoke_entry import revoke_entry
from zhiheng_web.ledgers.actions.unlink_entries import unlink_entries
from zhiheng_web.ledgers.models import EntryVersion
from zhiheng_web.ledgers.queries.entry import EntryPage, Step, entry_page
from zhiheng_web.ledgers.queries.entry_rows import entry_rows
from zhiheng_web.ledgers.queries.reading import Cell
from zhiheng_web.ledgers.queries.register_list import Line
from zhiheng_web.ledgers.queries.waiting import WaitingGroup, waiting_page

router = Router(tags=["台账记录 Entries"], auth=STEPS)
REGISTER, ENTRY = "/registers/{uuid:ledger}", "/entries/{uuid:entry}"
WRITTEN, MADE = results(shapes.VersionsShape), results(MadeShape)


@router.get(
    f"{REGISTER}/entries", response=answers(Page[shapes.LedgerEntryShape]), auth=READ, operation_id="entries", summary="Entries 台账记录"
)
def entries(request: HttpRequest, ledger: UUID, asked: Query[inputs.FilterInput], limit: Limit = 50, offset: Offset = 0) -> dict[str, Any]:
    """The entries that the filter lets through, in its order, masked as on the page."""
    count, lines = entry_rows(request.viewer, ledger, asked.asked(), limit, offset)
    return {"count": count, "items": [_line(line) for line in lines]}


def _line(line: Line) -> dict[str, Any]:
    return _entry(line.version, line.name, line.state, line.gap, line.cells)


def _entry(version: EntryVersion, name: str, state: str, gap: str, cells: Sequence[Cell]) -> dict[str, Any]:
    plain = {name: getattr(version, name) for name in ("standing", "state", "gap", "known_from")}
    said = {"id": version.entry_id, "version": version.pk, "name": name, "state_name": state, "gap_name": gap}
    return {**plain, **said, "cells": [_cell(cell) for cell in cells]}


def _cell(cell: Cell) -> dict[str, Any]:
    return {"column": cell.column.name, "words": cell.words, "code": cell.code, "masked": cell.masked, "entry": cell.entry}


@router.get(ENTRY, response=answers(shapes.WholeEntryShape), auth=READ, operation_id="entry", summary="One entry 一条记录")
def entry(request: HttpRequest, entry: UUID, known: inputs.Day | None = None, on: inputs.Day | None = None) -> dict[str, Any]:
    """What is known of it now, or was on the day ``known``; its history, links, and where it counts on the day ``on``."""
    return _whole(entry_page(request.viewer, entry, known, on))


def _whole(found: EntryPage) -> dict[str, Any]:
    links = [
        {"kind": one.kind, "entry": one.entry, "name": one.name, "ledger": one.register, "forward": one.forward} for one in found.links
    ]
    counts = [
        {name: getattr(one, name) for name in ("indicator", "name", "part", "basis", "holds", "reason", "table")} for one in found.counts
    ]
    said = _entry(found.version, found.name, found.state, found.gap, found.cells)
    more = {"ledger": found.register, "missing": found.missing, "on": found.on, "links": links, "counts": counts}
    return {**said, **more, "history": [_step(one) for one in found.history]}


def _step(step: Step) -> dict[str, Any]:
    version = step.version
    said = {name: getattr(version, name) for name in ("change", "reason", "standing", "state")}
    changes = [{"name": one.text, "before": one.before, "after": one.after} for one in step.changes]
    return {**said, "version": version.pk, "at": version.known_from, "by": version.written_by, "changes": changes}


@router.get(
    "/entries", response=answers(shapes.WaitingPageShape), auth=READ, operation_id="waiting_entries", summary="What waits 待确认与退回"
)
def waiting(request: HttpRequest) -> dict[str, Any]:
    """What waits for the caller's confirmation, what came back to the caller, what of the caller's waits at the office."""
    found = waiting_page(request.viewer)
    return {name: [_group(one) for one in getattr(found, name)] for name in ("confirm", "returned", "submitted")}


def _group(one: WaitingGroup) -> dict[str, Any]:
    lines = [line.version.entry_id for line in one.lines]
    return {"ledger": one.register.pk, "name": one.text, "count": one.count, "entries": lines}


@router.post(f"{REGISTER}/entry", response=MADE, operation_id="record_entry", summary="Record an entry 登记")
def record(request: HttpRequest, ledger: UUID, payload: inputs.RecordInput) -> dict[str, Any]:
    """Record an entry by the words of its columns; what a reporting unit records waits for the office."""
    return {"id": record_entry(request.viewer, ledger, payload.words, state=payload.state).entry_id}


@router.post(f"{REGISTER}/entries", response=WRITTEN, operation_id="record_entries", summary="Record many 批量登记")
def record_many(request: HttpRequest, ledger: UUID, payload: inputs.RecordManyInput) -> dict[str, Any]:
    """Record all of the rows or none; a row of words may name its `state`."""
    return _written(record_entries(request.viewer, ledger, payload.rows, state=payload.state))


def _written(versions: Sequence[EntryVersion]) -> dict[str, Any]:
    return {"count": len(versions), "entries": [version.entry_id for version in versions]}


@router.post(f"{ENTRY}/correct", response=MADE, operation_id="correct_entry", summary="Correct an entry 更正")
def correct(request: HttpRequest, entry: UUID, payload: inputs.CorrectInput) -> dict[str, Any]:
    """A new version with what is corrected and why; the earlier one stays known."""
    made = correct_entry(request.viewer, entry, payload.words, reason=payload.reason, seen=payload.seen, confirm=payload.confirm)
    return {"id": made.entry_id}


@router.post(f"{ENTRY}/move", response=MADE, operation_id="move_entry", summary="Move an entry on 办理")
def move(request: HttpRequest, entry: UUID, payload: inputs.MoveEntryInput) -> dict[str, Any]:
    """Take a step that the register declares from the present state."""
    given = {"words": payload.words, "day": payload.day, "seen": payload.seen, "note": payload.note}
    return {"id": move_entry(request.viewer, entry, payload.move, **given).entry_id}


@router.post(f"{ENTRY}/revoke", response=MADE, operation_id="revoke_entry", summary="Revoke an entry 撤销")
def revoke(request: HttpRequest, entry: UUID, payload: inputs.RevokeInput) -> dict[str, Any]:
    """It counts no more; that it stood stays known."""
    made = revoke_entry(request.viewer, entry, reason=payload.reason, document=payload.document, seen=payload.seen)
    return {"id": made.entry_id}


@router.post(f"{ENTRY}/restore", response=MADE, operation_id="restore_entry", summary="Restore an entry 恢复")
def restore(request: HttpRequest, entry: UUID, payload: inputs.RestoreInput) -> dict[str, Any]:
    """A revoked entry stands again."""
    return {"id": restore_entry(request.viewer, entry, reason=payload.reason, seen=payload.seen).entry_id}


@router.post(f"{REGISTER}/confirm", response=WRITTEN, operation_id="confirm_entries", summary="Confirm entries 确认")
def confirm(request: HttpRequest, ledger: UUID, payload: inputs.EntriesInput) -> dict[str, Any]:
    """Confirm what waits: all of the entries or none."""
    return _written(confirm_entries(request.viewer, ledger, payload.entries))


@router.post(f"{REGISTER}/return", response=WRITTEN, operation_id="return_entries", summary="Return entries 退回")
def give_back(request: HttpRequest, ledger: UUID, payload: inputs.ReturnInput) -> dict[str, Any]:
    """Send entries back to who reported them, with the reason."""
    return _written(return_entries(request.viewer, ledger, payload.entries, payload.reason))


@router.post(f"{ENTRY}/links", response=MADE, operation_id="link_entries", summary="Link entries 关联")
def link(request: HttpRequest, entry: UUID, payload: inputs.LinkEntriesInput) -> dict[str, Any]:
    """Say that two entries belong together; the id is that of the link."""
    return {"id": link_entries(request.viewer, entry, payload.target, payload.kind, payload.note).pk}


@router.post("/entry-links/{uuid:link}/end", response=MADE, operation_id="unlink_entries", summary="End a link 取消关联")
def unlink(request: HttpRequest, link: UUID) -> dict[str, Any]:
    """The link ends; that it stood stays known."""
    return {"id": unlink_entries(request.viewer, link).pk}
