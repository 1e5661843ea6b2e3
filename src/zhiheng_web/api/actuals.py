"""Actual values (实际值): of a table, of one indicator with what is behind it, frozen, by other readings, decided otherwise."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from zhiheng_web.api import actual_shapes as shapes
from zhiheng_web.api import ledger_inputs as inputs
from zhiheng_web.api.entrance import READ, STEPS, answers, page, results
from zhiheng_web.api.inputs import Code, Limit, Offset
from zhiheng_web.api.ledgers import in_shape
from zhiheng_web.api.reading import version_shape
from zhiheng_web.api.shapes import ChangedShape, MadeShape, Named, Page
from zhiheng_web.api.told import binary
from zhiheng_web.ledgers.actions.bind_indicator import bind_indicator
from zhiheng_web.ledgers.actions.choose_basis import choose_basis
from zhiheng_web.ledgers.actions.confirm_circumstance import confirm_circumstance
from zhiheng_web.ledgers.actions.decide_circumstance import decide_circumstance
from zhiheng_web.ledgers.actions.take_snapshot import take_snapshot
from zhiheng_web.ledgers.measures.result import Actual, PartResult
from zhiheng_web.ledgers.models import CountingBasis, Snapshot
from zhiheng_web.ledgers.packs.bases import Basis
from zhiheng_web.ledgers.queries.actuals_page import ActualLine, DutyActuals, actuals_page, tables_seen
from zhiheng_web.ledgers.queries.bases import bases_of
from zhiheng_web.ledgers.queries.indicator_actual import MonthShown, Reading, actual_page
from zhiheng_web.ledgers.queries.snapshots import circumstances_of, holds, proof_of, snapshot_for

router = Router(tags=["实际值 Actual values"], auth=STEPS)
INDICATOR, TABLE = "/indicators/{uuid:indicator}", "/actuals/{uuid:table}"


@router.get("/actuals", response=answers(Page[Named]), auth=READ, operation_id="actual_tables", summary="Tables with actual values 实际值")
def tables(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> dict[str, Any]:
    """The tables whose actual values the caller sees, newest first."""
    return page(tables_seen(request.viewer), limit, offset, lambda row: {"id": row.table_id, "name": str(row.table)})


@router.get(TABLE, response=answers(shapes.ActualsShape), auth=READ, operation_id="actuals", summary="Actual values of a table 全表实际值")
def actuals(request: HttpRequest, table: UUID, on: inputs.Day | None = None, known: inputs.Day | None = None) -> dict[str, Any]:
    """All indicators on the day ``on`` (today in the table's year, else its last day), as known at the end of ``known`` (now)."""
    found = actuals_page(request.viewer, table, on, known)
    return {
        "table": found.table.pk,
        "version": found.version.pk,
        "on": found.on,
        "known": found.known,
        "states": {state.value: count for state, _, count in found.counts},
        "duties": [_duty(duty) for duty in found.duties],
        "organisations": found.shared.total,
        "shared": {str(one): sorted(indicators) for one, indicators in found.shared.several.items()},
    }


def _duty(duty: DutyActuals) -> dict[str, Any]:
    lines = [_line(line) for line in duty.lines]
    return {"number": duty.number, "name": duty.name, "lines": lines, "registers": list(duty.registers)}


def _line(line: ActualLine) -> dict[str, Any]:
    said = {"row": line.row.pk, "name": line.row.name, "target": line.row.target_text}
    return {**said, "actual": actual_shape(line.actual), "snapshot": line.snapshot.pk if line.snapshot else None}


def actual_shape(value: Actual) -> dict[str, Any]:
    """An actual value."""
    names = ("indicator", "basis", "basis_code", "state", "value", "unit", "shown", "target", "on", "known", "circumstance", "decisive")
    counted = {name: getattr(value, name) for name in ("counted", "recorded", "not_counted")}
    return {**{name: getattr(value, name) for name in names}, **counted, "parts": [_part(part) for part in value.parts]}


def _part(part: PartResult) -> dict[str, Any]:
    names = ("code", "name", "measure", "state", "number", "unit", "numerator", "denominator", "counted", "recorded", "not_counted")
    return {**{name: getattr(part, name) for name in names}, "ledger": part.register, "target": part.target, "extra": dict(part.extra)}


@router.get(
    f"{TABLE}/{{uuid:indicator}}",
    response=answers(shapes.ActualPageShape),
    auth=READ,
    operation_id="actual",
    summary="The actual value of an indicator 一项指标的实际值",
)
def actual(
    request: HttpRequest,
    table: UUID,
    indicator: UUID,
    on: inputs.Day | None = None,
    known: inputs.Day | None = None,
    part: Code = "",
    reason: Code = "",
    month: inputs.Month = "",
    number: inputs.PageNumber = 1,
) -> dict[str, Any]:
    """Its value, months, other readings and page ``number`` of the entries behind a part.

    ``reason`` '' lists what counts, `all` everything, `left_out` what does not count, or the code of one reason.
    """
    found = actual_page(request.viewer, table, indicator, on, known, part, reason, month, number)
    entries = [
        {name: getattr(one, name) for name in ("entry", "name", "organisation", "state", "day", "reason", "proofs", "proof")}
        for one in found.entries
    ]
    return {
        "row": found.row.pk,
        "name": found.row.name,
        "actual": actual_shape(found.actual),
        "months": [_month(one) for one in found.months],
        "readings": [_reading(one) for one in found.readings],
        "snapshots": [one.pk for one in found.snapshots],
        "part": found.part,
        "entries": entries,
        "more": found.more,
    }


def _month(one: MonthShown) -> dict[str, Any]:
    value = one.actual
    return {"month": one.month, "day": one.day, "state": value.state, "value": value.value, "shown": value.shown, "counted": one.counted}


def _reading(one: Reading) -> dict[str, Any]:
    value = one.actual
    told = {"state": value.state, "value": value.value, "shown": value.shown} if value else {"state": None, "value": None, "shown": None}
    return {"id": one.basis.pk, "code": one.basis.code, "text": one.text, "holds": one.holds, **told}


@router.get(
    f"{TABLE}/{{uuid:indicator}}/bases",
    response=answers(shapes.BasesShape),
    auth=READ,
    operation_id="counting_bases",
    summary="Counting bases 计算口径",
)
def bases(request: HttpRequest, table: UUID, indicator: UUID) -> dict[str, Any]:
    """The readings of an indicator's words, and the open version in which one can be chosen."""
    found = bases_of(request.viewer, table, indicator)
    listed = [_basis(one, found.current) for one in found.bases]
    return {"row": found.row.pk, "version": found.open.pk if found.open else None, "bases": listed}


def _basis(one: CountingBasis, current: CountingBasis | None) -> dict[str, Any]:
    return _reading(Reading(one, None, current is not None and one.pk == current.pk))


@router.post(
    "/versions/{uuid:version}/rows/{uuid:row}/basis",
    response=results(ChangedShape),
    operation_id="choose_basis",
    summary="Choose a counting basis 选择计算口径",
)
def choose(request: HttpRequest, version: UUID, row: UUID, payload: inputs.BasisInput) -> dict[str, Any]:
    """Write it into an open version; in force it is part of the target and changes by an adjustment only."""
    return {"version": version_shape(choose_basis(request.viewer, version, row, payload.basis, payload.seen))}


@router.post(f"{INDICATOR}/bases", response=results(MadeShape), operation_id="bind_indicator", summary="Bind an indicator 绑定取数规则")
def bind(request: HttpRequest, indicator: UUID, payload: inputs.BindInput) -> dict[str, Any]:
    """A counting basis without code: the one that holds if there is none, else a further one."""
    return {"id": bind_indicator(request.viewer, indicator, in_shape(Basis, {"code": "own", **payload.basis})).pk}


@router.get(
    f"{INDICATOR}/circumstances",
    response=answers(list[shapes.CircumstanceShape]),
    auth=READ,
    operation_id="circumstances",
    summary="What was decided of an indicator 情形认定",
)
def circumstances(request: HttpRequest, indicator: UUID) -> Any:
    """未组织 or 不适用, the last first."""
    return circumstances_of(request.viewer, indicator)


@router.post(
    f"{INDICATOR}/circumstances", response=results(MadeShape), operation_id="decide_circumstance", summary="Decide a circumstance 认定情形"
)
def decide(request: HttpRequest, indicator: UUID, payload: inputs.CircumstanceInput) -> dict[str, Any]:
    """Not organised, or not applicable, in a year; it holds when a second person has confirmed it."""
    given = (payload.year, payload.kind, payload.reason, payload.document)
    return {"id": decide_circumstance(request.viewer, indicator, *given).pk}


@router.post(
    "/circumstances/{uuid:circumstance}/confirm",
    response=results(MadeShape),
    operation_id="confirm_circumstance",
    summary="Confirm a circumstance 确认情形认定",
)
def confirm(request: HttpRequest, circumstance: UUID) -> dict[str, Any]:
    """A second person confirms it."""
    return {"id": confirm_circumstance(request.viewer, circumstance).pk}


@router.post("/snapshots", response=results(shapes.SnapshotsShape), operation_id="take_snapshot", summary="Freeze actual values 固化实际值")
def freeze(request: HttpRequest, payload: inputs.SnapshotInput) -> dict[str, Any]:
    """Freeze values as known now with their entries and digest."""
    return {"snapshots": [one.pk for one in take_snapshot(request.viewer, payload.indicators, payload.on, payload.reason)]}


@router.get(
    "/snapshots/{uuid:snapshot}", response=answers(shapes.SnapshotShape), auth=READ, operation_id="snapshot", summary="A snapshot 快照"
)
def snapshot(request: HttpRequest, snapshot: UUID) -> dict[str, Any]:
    """A frozen value, and whether its digest still agrees with its entries."""
    found: Snapshot = snapshot_for(request.viewer, snapshot)
    names = ("id", "indicator", "on", "known_at", "counted", "digest", "reason", "taken_by", "taken_at", "value")
    return {**{name: getattr(found, name) for name in names}, "replaces": found.replaces_id, "holds": holds(found)}


@router.get(
    "/snapshots/{uuid:snapshot}/proof",
    response=answers(None),
    auth=READ,
    operation_id="proof",
    summary="The proof of a snapshot 快照证明",
    openapi_extra=binary("application/zip"),
)
def proof(request: HttpRequest, snapshot: UUID) -> HttpResponse:
    """A ZIP of the value, its entries and the script that computes both again."""
    return HttpResponse(proof_of(request.viewer, snapshot)[1], content_type="application/zip")
