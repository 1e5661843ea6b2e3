"""Papers of the year (文书) and the exchange of monitoring and self-evaluation with other systems (数据交换)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from ninja import File, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field, StringConstraints

from zhiheng.reports.papers.printing import MEDIA_TYPES
from zhiheng_web.api.entrance import READ, STEPS, answers, results
from zhiheng_web.api.inputs import NO_NUL, Code, Line, Year
from zhiheng_web.api.shapes import MadeShape
from zhiheng_web.api.told import Known, MaybeKnown, MaybeWords, Words, binary
from zhiheng_web.evaluation.actions.issue_paper import issue_paper
from zhiheng_web.evaluation.actions.keep_signed_scan import keep_signed_scan
from zhiheng_web.evaluation.actions.take_exchange import take_exchange
from zhiheng_web.evaluation.exchanging.formats import KINDS
from zhiheng_web.evaluation.exchanging.formats import MEDIA_TYPES as EXCHANGED
from zhiheng_web.evaluation.exchanging.offer import chosen
from zhiheng_web.evaluation.exchanging.standing import MONITORING, SELF_EVALUATION
from zhiheng_web.evaluation.queries import year_papers as queries
from zhiheng_web.evaluation.queries.exchange import Page as Outgoing
from zhiheng_web.evaluation.queries.exchange import Preview, exchange_file, exchange_page, exchange_preview
from zhiheng_web.organisation.authority import absent
from zhiheng_web.ui.exporting import UPLOADED
from zhiheng_web.wording import Text

router = Router(tags=["年度文书与交换 Papers and exchange of the year"], auth=STEPS)
PAPER, SUBJECT = "/year-papers/{uuid:year_paper}", "/years/{year}/papers/{code}/{uuid:key}"
MADE = results(MadeShape)
FILE = Text("该文件", "this file")
HOMES = {MONITORING: "/monitoring-reports/{uuid:pk}", SELF_EVALUATION: "/self-evaluations/{uuid:pk}"}


class IssuedPaperShape(Schema):
    """An issued paper: what it says is kept under its digest."""

    id: UUID
    number: str
    digest: str
    issued_at: datetime
    signed_scan: UUID | None = Field(None, alias="signed_scan_id")


class PaperSubjectShape(Schema):
    """Something that papers of a kind are about; ``missing``: why none can be issued yet."""

    key: UUID = Field(alias="subject.key")
    name: str = Field(alias="subject.name")
    state: str
    missing: MaybeWords = Field(None, alias="subject.missing")
    issues: bool
    issued: list[IssuedPaperShape]


class PaperKindShape(Schema):
    """The papers of a kind."""

    code: str = Field(alias="kind.code")
    stage: str = Field(alias="kind.stage")
    lines: list[PaperSubjectShape]


class YearPapersShape(Schema):
    """The papers of a department's year."""

    year: int
    department: MaybeKnown
    departments: list[Known]
    groups: list[PaperKindShape]


class PaperDeskShape(Schema):
    """What a paper would be now; ``why`` it cannot be issued; ``changed``: it would say something else than the last one."""

    line: PaperSubjectShape
    why: MaybeWords
    changed: bool
    number: str
    can_issue: bool


class NumberInput(Schema):
    """The number of the paper; '' takes the proposed one."""

    number: Line = ""


class OutgoingShape(Schema):
    """A family of formats: its ``kinds`` of files, how much it has no place for, why nothing would go out."""

    name: Words
    kinds: list[str]
    lost: int
    refused: MaybeWords


class ExchangePageShape(Schema):
    """What would go out, and whether the caller may take a file in."""

    families: list[OutgoingShape]
    takes: bool


class TextOfferShape(Schema):
    """Words of the file that could be taken over; ``why`` they cannot."""

    field: str
    base: str
    text: str
    why: MaybeWords


class ComparedRowShape(Schema):
    """An indicator here beside its row of the file."""

    row: UUID = Field(alias="held.pk")
    name: str = Field(alias="held.name")
    here: Words = Field(alias="held.shown")
    there: str
    verdict: str
    notes: list[Words]
    offers: list[TextOfferShape]


class ComparedFileShape(Schema):
    """A file beside what stands here. ``seal`` goes with `take`; figures are shown and never written."""

    kind: Words
    lines: list[ComparedRowShape]
    head: list[TextOfferShape]
    unpaired: list[str]
    absent: list[str]
    seal: str


class TakeInput(Schema):
    """The seal of a preview and the words that are taken, as `row id.field` (`.field` of the head); null: all."""

    seal: Annotated[str, StringConstraints(max_length=1_000_000, pattern=NO_NUL)]
    take: Annotated[list[Line], Field(max_length=10_000)] | None = None


@router.get(
    "/years/{year}/papers", response=answers(YearPapersShape), auth=READ, operation_id="year_papers", summary="Papers of a year 年度文书"
)
def papers(request: HttpRequest, year: Year, department: UUID | None = None, stage: Code = "") -> Any:
    """What was issued, what can be, and what is missing for the rest."""
    return queries.year_papers(request.viewer, year, department, stage)


@router.get(SUBJECT, response=answers(PaperDeskShape), auth=READ, operation_id="paper_desk", summary="One thing and its papers 一种文书")
def desk(request: HttpRequest, year: Year, code: Code, key: UUID) -> Any:
    """What was issued about it, whether it would say something else now, and the proposed number."""
    return queries.paper_desk(request.viewer, year, code, key)


@router.post(f"{SUBJECT}/issue", response=MADE, operation_id="issue_year_paper", summary="Issue a paper 出具年度文书")
def issue(request: HttpRequest, year: Year, code: Code, key: UUID, payload: NumberInput) -> dict[str, Any]:
    """Number it and keep what it says; the same content is not issued twice."""
    return {"id": issue_paper(request.viewer, year, code, key, payload.number).pk}


@router.get(
    f"{SUBJECT}/draft.{{kind}}",
    response=answers(None),
    auth=READ,
    operation_id="year_paper_draft",
    summary="A paper as it would be issued 文书草稿",
    openapi_extra=binary(*MEDIA_TYPES.values()),
)
def draft(request: HttpRequest, year: Year, code: Code, key: UUID, kind: Code) -> HttpResponse:
    """As docx or pdf, without a number and marked as a draft."""
    _, data = queries.draft_file(request.viewer, year, code, key, kind)
    return HttpResponse(data, content_type=MEDIA_TYPES[kind])


@router.get(PAPER, response=answers(IssuedPaperShape), auth=READ, operation_id="year_paper", summary="An issued paper 已出具的文书")
def paper(request: HttpRequest, year_paper: UUID) -> Any:
    """Its number, digest and signed scan."""
    return queries.paper_page(request.viewer, year_paper).paper


@router.get(
    f"{PAPER}/file.{{kind}}",
    response=answers(None),
    auth=READ,
    operation_id="year_paper_file",
    summary="The file of a paper 文书文件",
    openapi_extra=binary(*MEDIA_TYPES.values()),
)
def paper_file(request: HttpRequest, year_paper: UUID, kind: Code) -> HttpResponse:
    """As docx or pdf: the same bytes for ever."""
    _, data = queries.issued_file(request.viewer, year_paper, kind)
    return HttpResponse(data, content_type=MEDIA_TYPES[kind])


@router.post(f"{PAPER}/scan", response=MADE, operation_id="keep_signed_scan", summary="Keep the signed scan 登记签字盖章件")
def keep(request: HttpRequest, year_paper: UUID, file: File[UploadedFile]) -> dict[str, Any]:
    """A better scan takes the place of the first, whose file stays."""
    return {"id": keep_signed_scan(request.viewer, year_paper, file).pk}


@router.get(
    f"{PAPER}/scan",
    response=answers(None),
    auth=READ,
    operation_id="year_paper_scan",
    summary="The signed scan 签字盖章件",
    openapi_extra=binary("application/pdf", "image/jpeg", "image/png"),
)
def scan(request: HttpRequest, year_paper: UUID) -> FileResponse:
    """The signed scan of a paper."""
    found = queries.scan_of(request.viewer, year_paper)
    try:
        return FileResponse(found.stored.open("rb"), content_type=found.media_type, headers=UPLOADED)
    except FileNotFoundError:
        raise absent(FILE) from None


def _outgoing(found: Outgoing) -> dict[str, Any]:
    families = [{"name": one.name, "kinds": one.kinds, "lost": len(one.lost), "refused": one.refused} for one in found.families]
    return {"families": families, "takes": found.takes}


def _preview(found: Preview) -> dict[str, Any]:
    compared = found.found
    unpaired, missing = [name for _, name, *_ in compared.unpaired], [held.name for held in compared.absent]
    plain = {"lines": compared.lines, "head": compared.head, "unpaired": unpaired, "absent": missing}
    return {"kind": found.kind, **plain, "seal": found.seal}


def _exchanged(what: str, home: str, name: str) -> tuple[Callable[..., Any], ...]:
    """The operations of one of the two: both go the same way."""
    said = {"monitoring_exchange": "a monitoring report 监控表", "self_evaluation_exchange": "a self-evaluation 自评表"}[name]

    @router.get(
        f"{home}/exchange", response=answers(ExchangePageShape), auth=READ, operation_id=name, summary=f"What goes out of {said}交换"
    )
    def outgoing(request: HttpRequest, pk: UUID) -> dict[str, Any]:
        """In each family of formats: its kinds of files and how much it has no place for."""
        return _outgoing(exchange_page(request.viewer, what, pk))

    @router.get(
        f"{home}/exchange.{{kind}}",
        response=answers(None),
        auth=READ,
        operation_id=f"{name}_file",
        summary=f"The file of {said}交换文件",
        openapi_extra=binary(*dict.fromkeys(EXCHANGED.values())),
    )
    def file(request: HttpRequest, pk: UUID, kind: Code) -> HttpResponse:
        """`xlsx`, `zip` or `json` in the columns of 一体化; `stratml` or `iati` as XML."""
        if kind not in KINDS:
            raise absent(FILE)
        data, media_type, _ = exchange_file(request.viewer, what, pk, kind)
        return HttpResponse(data, content_type=media_type)

    @router.post(
        f"{home}/exchange/compare",
        response=results(ComparedFileShape),
        operation_id=f"{name}_compare",
        summary=f"A file beside {said}对照",
    )
    def compare(request: HttpRequest, pk: UUID, file: File[UploadedFile]) -> dict[str, Any]:
        """Nothing is written and nothing of the file is kept."""
        return _preview(exchange_preview(request.viewer, what, pk, file))

    @router.post(f"{home}/exchange/take", response=MADE, operation_id=f"{name}_take", summary=f"Take words into {said}采纳")
    def take(request: HttpRequest, pk: UUID, payload: TakeInput) -> dict[str, Any]:
        """All or none; what another changed since the file was looked at is a conflict. Figures are never written."""
        return {"id": take_exchange(request.viewer, chosen(request.viewer, what, pk, payload.seal, payload.take)).pk}

    return outgoing, file, compare, take


_exchanged(MONITORING, HOMES[MONITORING], "monitoring_exchange")
_exchanged(SELF_EVALUATION, HOMES[SELF_EVALUATION], "self_evaluation_exchange")
