"""Publication (信息公开): packages from the draft to the public, and what is published."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from zhiheng_web.api import publication_inputs as inputs
from zhiheng_web.api import publication_shapes as shapes
from zhiheng_web.api.entrance import READ, STEPS, answers, page, results
from zhiheng_web.api.inputs import Code, Limit, Offset, ReasonInput, Year
from zhiheng_web.api.shapes import MadeShape, Page
from zhiheng_web.api.told import binary
from zhiheng_web.organisation.authority import absent
from zhiheng_web.publication.actions.ask_withdrawal import ask_withdrawal
from zhiheng_web.publication.actions.begin_package import begin_package
from zhiheng_web.publication.actions.correct_package import correct_package
from zhiheng_web.publication.actions.decide_withdrawal import decide_withdrawal
from zhiheng_web.publication.actions.leave_out_table import leave_out_table
from zhiheng_web.publication.actions.prepare_package import prepare_package
from zhiheng_web.publication.actions.publish_package import publish_package
from zhiheng_web.publication.actions.reopen_package import reopen_package
from zhiheng_web.publication.actions.review_package import review_package
from zhiheng_web.publication.actions.send_to_congress import send_to_congress
from zhiheng_web.publication.actions.set_clock import set_clock
from zhiheng_web.publication.actions.sign_package import sign_package
from zhiheng_web.publication.content import to_json
from zhiheng_web.publication.policies import PACKAGE
from zhiheng_web.publication.queries.congress import JSON, MEDIA_TYPES, ZIP, file_for_congress
from zhiheng_web.publication.queries.package_parts import compared
from zhiheng_web.publication.queries.packages import PackageShown, package_page, packages_page
from zhiheng_web.publication.queries.published import published
from zhiheng_web.trail.action import Refusal
from zhiheng_web.wording import Text

router = Router(tags=["信息公开 Publication"], auth=STEPS)
ONE = "/packages/{uuid:package}"
MADE = results(MadeShape)
WITHDRAWN = Text("该版已于{day}撤回（{ground}），不再公开。", "This edition was withdrawn on {day} ({ground}) and is public no more.")


@router.get("/packages", response=answers(Page[shapes.PackageLineShape]), auth=READ, operation_id="packages", summary="Packages 公开包")
def packages(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> dict[str, Any]:
    """Those that the caller sees, the most urgent first; finance the published ones."""
    return page(packages_page(request.viewer).lines, limit, offset, lambda line: line)


@router.get(
    "/packages/beginnable",
    response=answers(shapes.BeginnableListShape),
    auth=READ,
    operation_id="beginnable_packages",
    summary="What could be begun 可编制的公开包",
)
def beginnable(request: HttpRequest) -> dict[str, Any]:
    """The packages whose tables are approved or evaluated and that nobody has begun, and the time limits."""
    found = packages_page(request.viewer)
    limits = [
        {"department": department, **{name: getattr(limit, name) for name in ("days", "working", "basis", "status")}}
        for department, limit in found.limits
    ]
    return {"beginnable": found.beginnable, "limits": limits}


@router.post("/departments/{uuid:department}/packages", response=MADE, operation_id="begin_package", summary="Begin a package 编制公开包")
def begin(request: HttpRequest, department: UUID, payload: inputs.PackageInput) -> dict[str, Any]:
    """With the tables of the year and a first narrative."""
    return {"id": begin_package(request.viewer, department, **payload.dict()).pk}


@router.post("/departments/{uuid:department}/publication-clock", response=MADE, operation_id="set_clock", summary="Time limit 公开时限")
def clock(request: HttpRequest, department: UUID, payload: inputs.ClockInput) -> dict[str, Any]:
    """The days for packages begun from now on; those begun keep their day."""
    set_clock(request.viewer, department, **payload.dict())
    return {"id": department}


@router.get(ONE, response=answers(shapes.PackageShape), auth=READ, operation_id="package", summary="One package 一个公开包")
def package(request: HttpRequest, package: UUID) -> dict[str, Any]:
    """Its steps, its clock, its tables, what stands against it, what was decided."""
    return _package(package_page(request.viewer, package))


def _package(found: PackageShown) -> dict[str, Any]:
    row = found.package
    names = (
        "department", "year", "kind", "edition", "correction_reason", "state", "approved_on", "approval_number", "due_on", "digest",
        "prepared_at", "reviewed_at", "signed_at", "published_at", "letter_number", "letter_on",
    )  # fmt: skip
    plain = {name: getattr(row, name) for name in names}
    parts = {name: getattr(found, name) for name in ("clock", "tables", "editions", "obstacles", "hints", "changed")}
    decisions = [
        {"text": text, **{name: getattr(one, name) for name in ("kind", "digest", "opinion", "by", "at")}} for text, one in found.decisions
    ]
    said = {"id": row.pk, "corrects": row.corrects_id, "state_text": found.state, "may": dict(found.may)}
    return {**plain, **parts, **said, "decisions": decisions}


@router.get(
    f"{ONE}/content",
    response=answers(shapes.ContentOfPackageShape),
    auth=READ,
    operation_id="package_content",
    summary="What is or will be public 公开内容",
)
def content(request: HttpRequest, package: UUID) -> dict[str, Any]:
    """The content of which review and signature take the digest; what is withheld is not in it."""
    found = package_page(request.viewer, package, whole=True)
    frozen = found.package.content
    return {"digest": found.package.digest, "content": to_json(found.content) if frozen is None else frozen}


@router.get(
    f"{ONE}/editions", response=answers(shapes.EditionsShape), auth=READ, operation_id="package_editions", summary="What changed 更正对照"
)
def editions(request: HttpRequest, package: UUID) -> Any:
    """What this edition says otherwise than the one it corrects."""
    return compared(package_page(request.viewer, package))


@router.post(f"{ONE}/leave-out", response=MADE, operation_id="leave_out_table", summary="Leave a table out 选择公开的表")
def leave_out(request: HttpRequest, package: UUID, payload: inputs.LeaveOutInput) -> dict[str, Any]:
    """For a reason that is published; '' takes it in again."""
    leave_out_table(request.viewer, package, payload.position, payload.reason)
    return {"id": package}


@router.post(f"{ONE}/prepare", response=MADE, operation_id="prepare_package", summary="Submit to the secrecy review 提交保密审查")
def prepare(request: HttpRequest, package: UUID) -> dict[str, Any]:
    """Freeze the content. Refused with whatever stands against it."""
    return {"id": prepare_package(request.viewer, package).pk}


@router.post(f"{ONE}/review", response=MADE, operation_id="review_package", summary="Secrecy review 保密审查")
def review(request: HttpRequest, package: UUID, payload: inputs.AgreedInput) -> dict[str, Any]:
    """By another person than who submitted it, about the content of exactly this digest."""
    return {"id": review_package(request.viewer, package, payload.digest, payload.agree, payload.opinion).pk}


@router.post(f"{ONE}/sign", response=MADE, operation_id="sign_package", summary="Sign 签发")
def sign(request: HttpRequest, package: UUID, payload: inputs.AgreedInput) -> dict[str, Any]:
    """The head signs the content of exactly this digest, or sends it back."""
    return {"id": sign_package(request.viewer, package, payload.digest, payload.agree, payload.opinion).pk}


@router.post(f"{ONE}/publish", response=MADE, operation_id="publish_package", summary="Publish 公开")
def publish(request: HttpRequest, package: UUID) -> dict[str, Any]:
    """What was signed is public from now on and never changes. Being late is shown, not refused."""
    return {"id": publish_package(request.viewer, package).pk}


@router.post(f"{ONE}/reopen", response=MADE, operation_id="reopen_package", summary="Send back 退回修改")
def reopen(request: HttpRequest, package: UUID, payload: ReasonInput) -> dict[str, Any]:
    """A draft again: whoever agreed must look at the new content."""
    return {"id": reopen_package(request.viewer, package, payload.reason).pk}


@router.post(f"{ONE}/correct", response=MADE, operation_id="correct_package", summary="Correct what was published 更正已公开内容")
def correct(request: HttpRequest, package: UUID, payload: ReasonInput) -> dict[str, Any]:
    """Begin the next edition; what was published stays beside it."""
    return {"id": correct_package(request.viewer, package, payload.reason).pk}


@router.post(f"{ONE}/withdrawal", response=MADE, operation_id="ask_withdrawal", summary="Ask to withdraw 申请撤回已公开版本")
def ask(request: HttpRequest, package: UUID, payload: inputs.WithdrawalInput) -> dict[str, Any]:
    """Of a published edition, on a declared ground. The public sees no change until the head agrees."""
    return {"id": ask_withdrawal(request.viewer, package, payload.ground, payload.reason).pk}


@router.post(f"{ONE}/withdrawal/decide", response=MADE, operation_id="decide_withdrawal", summary="Decide on a withdrawal 签发撤回")
def decide(request: HttpRequest, package: UUID, payload: inputs.WithdrawalDecisionInput) -> dict[str, Any]:
    """By the head, who is not the one who asked. Agreed, the public pages say that and why it was withdrawn; the content stays inside."""
    return {"id": decide_withdrawal(request.viewer, package, payload.agree, payload.opinion).pk}


@router.post(f"{ONE}/congress", response=MADE, operation_id="send_to_congress", summary="Send to the congress 报送人大")
def congress(request: HttpRequest, package: UUID, payload: inputs.LetterInput) -> dict[str, Any]:
    """Record the letter with which the frozen content goes to the people's congress."""
    return {"id": send_to_congress(request.viewer, package, payload.number, payload.on, payload.to).pk}


@router.get(
    f"{ONE}/congress/{{name}}",
    response=answers(None),
    auth=READ,
    operation_id="congress_file",
    summary="A file for the congress 报送材料",
    openapi_extra=binary(*MEDIA_TYPES.values(), JSON, ZIP),
)
def enclosure(request: HttpRequest, package: UUID, name: Code) -> HttpResponse:
    """letter.docx, letter.pdf, tables.docx, tables.pdf, statement.docx, statement.pdf, e01.pdf (a report), content.json or all.zip."""
    _, data, media = file_for_congress(request.viewer, package, name)
    return HttpResponse(data, content_type=media)


@router.get(
    "/published", response=answers(Page[shapes.PublishedShape]), auth=READ, operation_id="published", summary="What is published 已公开"
)
def listed(
    request: HttpRequest,  # noqa: ARG001 - everybody may read what is published
    department: UUID | None = None,
    year: Year | None = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Every published package, each edition, the newest first. Everybody may read it; without a token it stands under `/public/`."""
    return page(published(department, year), limit, offset, lambda one: one)


@router.get(
    "/published/{uuid:package}",
    response=answers(shapes.ContentOfPackageShape),
    auth=READ,
    operation_id="published_content",
    summary="The open data of a package 公开数据",
)
def open_data(request: HttpRequest, package: UUID) -> dict[str, Any]:  # noqa: ARG001 - as above
    """The content as it was reviewed, signed and published."""
    found = published(packages=[package])
    if not found:
        raise absent(PACKAGE)
    if (gone := found[0].withdrawn) is not None:
        raise Refusal("withdrawn", WITHDRAWN.with_(day=gone.on.isoformat(), ground=gone.name))
    return {"digest": found[0].digest, "content": found[0].data}
