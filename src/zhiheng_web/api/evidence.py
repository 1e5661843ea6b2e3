"""Evidence (证据): what proves entries, added as files or addresses, opened, withdrawn."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest
from ninja import File, Form, Router
from ninja.files import UploadedFile

from zhiheng_web.api import ledger_inputs as inputs
from zhiheng_web.api import ledger_shapes as shapes
from zhiheng_web.api.entrance import READ, STEPS, answers, results
from zhiheng_web.api.inputs import Number, ReasonInput
from zhiheng_web.api.shapes import CountShape, MadeShape, Page
from zhiheng_web.api.told import binary
from zhiheng_web.ledgers.actions.add_evidence import add_evidence
from zhiheng_web.ledgers.actions.withdraw_evidence import withdraw_evidence
from zhiheng_web.ledgers.evidence_store.kinds import KINDS
from zhiheng_web.ledgers.queries.evidence import Lacking, Piece, content_of, entry_evidence, evidence_page, lacking_evidence, openable
from zhiheng_web.organisation.authority import absent
from zhiheng_web.ui.exporting import uploaded
from zhiheng_web.wording import Text

router = Router(tags=["证据 Evidence"], auth=STEPS)
FILE = Text("该文件", "this file")


@router.get(
    "/entries/{uuid:entry}/evidence",
    response=answers(shapes.EntryEvidenceShape),
    auth=READ,
    operation_id="evidence_of_entry",
    summary="The evidence of an entry 记录的证据",
)
def evidence_of(request: HttpRequest, entry: UUID) -> dict[str, Any]:
    """What proves it, the withdrawn too, and the mandatory kinds that it lacks."""
    found = entry_evidence(request.viewer, entry)
    return {"evidence": [piece_shape(one) for one in found.pieces], "needed": [kind.text for kind in found.needed]}


def piece_shape(piece: Piece) -> dict[str, Any]:
    """A piece of evidence."""
    row, file = piece.evidence, piece.file
    plain = {name: getattr(row, name) for name in ("id", "kind", "proves", "document", "issuer", "issued_on", "url", "page", "known_from")}
    stored = {name: getattr(file, name) if file else None for name in ("size", "pages")}
    named = {name: getattr(file, name) if file else "" for name in ("media_type", "sha256")}
    said = {"entry": row.entry_id, "kind_name": piece.kind, "title": row.title, "file": file.name if file else "", "reason": row.reason}
    return {**plain, **stored, **named, **said, "withdrawn": piece.withdrawn, "clear": piece.clear}


@router.post("/entries/{uuid:entry}/evidence", response=results(CountShape), operation_id="add_evidence", summary="Add evidence 上传证据")
def add(request: HttpRequest, entry: UUID, proof: Form[inputs.ProofInput], file: File[list[UploadedFile] | None] = None) -> dict[str, Any]:
    """Prove an entry by files, or by the address of a public page. What is recorded already is not recorded twice."""
    return {"count": len(add_evidence(request.viewer, [entry], file or [], **proof.dict()))}


@router.get(
    "/evidence/{uuid:evidence}", response=answers(shapes.EvidenceShape), auth=READ, operation_id="evidence", summary="Evidence 一份证据"
)
def evidence(request: HttpRequest, evidence: UUID) -> dict[str, Any]:
    """One piece of evidence."""
    return piece_shape(evidence_page(request.viewer, evidence).piece)


@router.get(
    "/evidence/{uuid:evidence}/file",
    response=answers(None),
    auth=READ,
    operation_id="evidence_file",
    summary="The file of evidence 证据原件",
    openapi_extra=binary(*(kind.media_type for kind in KINDS.values())),
)
def file(request: HttpRequest, evidence: UUID) -> FileResponse:
    """The file as it was uploaded, compared with its digest."""
    found = openable(request.viewer, evidence)
    if found.file is None:
        raise absent(FILE)
    return uploaded(content_of(found), found.file.name, found.file.media_type)


@router.post(
    "/evidence/{uuid:evidence}/withdraw",
    response=results(MadeShape),
    operation_id="withdraw_evidence",
    summary="Withdraw evidence 撤回证据",
)
def withdraw(request: HttpRequest, evidence: UUID, payload: ReasonInput) -> dict[str, Any]:
    """It proves nothing from now on and stays on record."""
    return {"id": withdraw_evidence(request.viewer, evidence, payload.reason).pk}


@router.get(
    "/registers/{uuid:ledger}/lacking-evidence",
    response=answers(Page[shapes.LackingShape]),
    auth=READ,
    operation_id="lacking_evidence",
    summary="Entries that lack evidence 缺证据的记录",
)
def lacking(request: HttpRequest, ledger: UUID, number: Number = 1) -> dict[str, Any]:
    """Fifty entries that lack mandatory evidence, page ``number``, with the kinds that they lack."""
    found = lacking_evidence(request.viewer, ledger, number)
    return {"count": found.total, "items": [_lacking(one) for one in found.rows]}


def _lacking(one: Lacking) -> dict[str, Any]:
    return {"entry": one.version.entry_id, "name": one.title, "needed": [kind.text for kind in one.kinds]}
