"""The narrative of a package and what is withheld of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest

from zhiheng_web.api import publication_inputs as inputs
from zhiheng_web.api import publication_shapes as shapes
from zhiheng_web.api.entrance import READ, answers
from zhiheng_web.api.inputs import Code, Line
from zhiheng_web.api.publication import MADE, ONE, router
from zhiheng_web.api.told import evidence_files
from zhiheng_web.publication.actions.answer_proposal import answer_proposal
from zhiheng_web.publication.actions.lift_redaction import lift_redaction
from zhiheng_web.publication.actions.redact import redact
from zhiheng_web.publication.actions.remove_paragraph import remove_paragraph
from zhiheng_web.publication.actions.write_paragraph import write_paragraph
from zhiheng_web.publication.handed_in import opened
from zhiheng_web.publication.queries.package_parts import file_of, narrative_of, redactions_of
from zhiheng_web.publication.queries.packages import package_page
from zhiheng_web.ui.exporting import uploaded

PARAGRAPH = f"{ONE}/paragraphs/{{uuid:paragraph}}"


@router.get(
    f"{ONE}/files/{{sha256}}",
    response=answers(None),
    auth=READ,
    operation_id="package_file",
    summary="A file that is public with it 随表公开的佐证材料",
    openapi_extra=evidence_files(),
)
def file(request: HttpRequest, package: UUID, sha256: Code) -> FileResponse:
    """A file of evidence that is or will be public with the package, by the digest that its content names."""
    found = file_of(package_page(request.viewer, package), sha256)
    return uploaded(opened(found), found.name, found.media_type)


@router.get(
    f"{ONE}/narrative", response=answers(shapes.NarrativeShape), auth=READ, operation_id="package_narrative", summary="Narrative 说明"
)
def narrative(request: HttpRequest, package: UUID) -> Any:
    """预算绩效情况说明: every number in it is a reference into the data."""
    return narrative_of(package_page(request.viewer, package))


@router.post(f"{ONE}/paragraphs", response=MADE, operation_id="add_paragraph", summary="Add a paragraph 增加段落")
def add(request: HttpRequest, package: UUID, payload: inputs.ParagraphInput) -> dict[str, Any]:
    """At the end of the narrative."""
    return {"id": write_paragraph(request.viewer, package, None, payload.text, payload.heading, payload.confirmed, payload.edits).pk}


@router.post(PARAGRAPH, response=MADE, operation_id="write_paragraph", summary="Word a paragraph 编写段落")
def write(request: HttpRequest, package: UUID, paragraph: UUID, payload: inputs.ParagraphInput) -> dict[str, Any]:
    """A later change of somebody else than ``edits`` is a conflict."""
    said = (payload.text, payload.heading, payload.confirmed, payload.edits)
    return {"id": write_paragraph(request.viewer, package, paragraph, *said).pk}


@router.post(f"{PARAGRAPH}/remove", response=MADE, operation_id="remove_paragraph", summary="Remove a paragraph 删除段落")
def remove(request: HttpRequest, package: UUID, paragraph: UUID) -> dict[str, Any]:
    """One that is no fixed statement."""
    remove_paragraph(request.viewer, package, paragraph)
    return {"id": paragraph}


@router.get(
    f"{ONE}/redactions", response=answers(shapes.RedactionsShape), auth=READ, operation_id="package_redactions", summary="Redactions 遮盖"
)
def redactions(request: HttpRequest, package: UUID, table: Line = "") -> Any:
    """What is withheld, what rules propose to withhold, and the places of a table (by its slug)."""
    return redactions_of(package_page(request.viewer, package, whole=True), table, "")


@router.post(f"{ONE}/redactions", response=MADE, operation_id="redact", summary="Withhold 遮盖")
def withhold(request: HttpRequest, package: UUID, payload: inputs.RedactInput) -> dict[str, Any]:
    """What stands at a place, on a declared ground. The trail keeps place and ground, never what stood there."""
    return {"id": redact(request.viewer, package, payload.place, payload.ground, payload.remark, payload.also).pk}


@router.post(f"{ONE}/redactions/{{uuid:redaction}}/lift", response=MADE, operation_id="lift_redaction", summary="Lift 撤销遮盖")
def lift(request: HttpRequest, package: UUID, redaction: UUID) -> dict[str, Any]:
    """Of a draft."""
    lift_redaction(request.viewer, package, redaction)
    return {"id": redaction}


@router.post(f"{ONE}/proposals/answer", response=MADE, operation_id="answer_proposal", summary="Answer a proposal 答复遮盖建议")
def answer(request: HttpRequest, package: UUID, payload: inputs.ProposalAnswerInput) -> dict[str, Any]:
    """Why what a rule proposes to withhold stays public."""
    answer_proposal(request.viewer, package, payload.code, payload.place, payload.key, payload.reason)
    return {"id": package}
