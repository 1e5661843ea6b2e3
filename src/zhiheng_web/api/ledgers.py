"""Registers (台账): what there is, how each is declared, what is due in them, their counties and papers, packs."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhiheng.reports.papers.printing import MEDIA_TYPES
from zhiheng_web.api import ledger_inputs as inputs
from zhiheng_web.api import ledger_shapes as shapes
from zhiheng_web.api.entrance import READ, STEPS, answers, page, results
from zhiheng_web.api.inputs import Code, Limit, Offset, Year
from zhiheng_web.api.shapes import CountShape, MadeShape, Page, exact
from zhiheng_web.api.told import binary
from zhiheng_web.ledgers.actions.adopt_pack import adopt_pack
from zhiheng_web.ledgers.actions.change_register import change_register
from zhiheng_web.ledgers.actions.declare_register import declare_register
from zhiheng_web.ledgers.actions.generate_obligations import generate_obligations
from zhiheng_web.ledgers.actions.issue_ledger_paper import issue_ledger_paper
from zhiheng_web.ledgers.definition import RegisterDefinition, to_json
from zhiheng_web.ledgers.models import LedgerPaper
from zhiheng_web.ledgers.packs.reading import Pack
from zhiheng_web.ledgers.packs.shapes import Problem, shaped
from zhiheng_web.ledgers.queries import papers as paper_queries
from zhiheng_web.ledgers.queries.counties import counties_page
from zhiheng_web.ledgers.queries.declaring import Offer, offers
from zhiheng_web.ledgers.queries.obligations import Obligation, obligations_page
from zhiheng_web.ledgers.queries.registers import RegisterLine, register_for, registers_page
from zhiheng_web.ledgers.writing import definition_of
from zhiheng_web.organisation.authority import absent, authorise_menu
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

router = Router(tags=["台账 Ledgers"], auth=STEPS)
REGISTER = "/registers/{uuid:ledger}"
NO_SHAPE = Text("内容不符合台账定义的结构，见 fields。", "This is not in the shape of a definition; see fields.")
PACK = Text("该业务包", "this pack")


@router.get(
    "/registers", response=answers(Page[shapes.RegisterShape]), auth=READ, operation_id="registers", summary="The registers 工作台账"
)
def registers(request: HttpRequest, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """The registers that the caller may open, by duty, with what is recorded in each."""
    lines = [line for group in registers_page(request.viewer) for line in group.lines]
    return page(lines, limit, offset, _register)


def _register(line: RegisterLine) -> dict[str, Any]:
    row = line.register
    plain = {name: getattr(row, name) for name in ("id", "code", "pack", "unmeasured", "takes_reports", "edition", "duty")}
    more = {"name": line.text, "purpose": line.purpose, "counts": line.counts, "overdue": line.overdue}
    return {**plain, **more, "department": row.department_id}


@router.get(
    f"{REGISTER}/definition",
    response=answers(shapes.DefinitionShape),
    auth=READ,
    operation_id="definition",
    summary="How a register is declared 台账定义",
)
def definition(request: HttpRequest, ledger: UUID) -> dict[str, Any]:
    """Columns, states, moves, evidence, checks, obligations."""
    authorise_menu(request.viewer, "ledgers.see_entries")
    found = register_for(request.viewer, ledger)
    return {"ledger": found, "edition": found.edition, "definition": to_json(definition_of(found))}


@router.post(
    "/departments/{uuid:department}/registers",
    response=results(MadeShape),
    operation_id="declare_register",
    summary="Declare a register 设立台账",
)
def declare(request: HttpRequest, department: UUID, payload: inputs.DeclareRegisterInput) -> dict[str, Any]:
    """A register of the department, to be used at once. Every fault is told at its place (`columns.3.name`)."""
    return {"id": declare_register(request.viewer, department, definition_in(payload.definition)).pk}


@router.post(
    f"{REGISTER}/definition", response=results(MadeShape), operation_id="change_register", summary="Change a register 修改台账设置"
)
def change(request: HttpRequest, ledger: UUID, payload: inputs.ChangeRegisterInput) -> dict[str, Any]:
    """Write the changed declaration; columns that entries hold are hidden, not dropped."""
    return {"id": change_register(request.viewer, ledger, definition_in(payload.definition), payload.edition).pk}


def definition_in(given: dict[str, Any]) -> RegisterDefinition:
    """The definition that a caller sent, else Invalid with every place at which it has another shape."""
    found: RegisterDefinition = in_shape(RegisterDefinition, {"code": "own", **given})
    return found


def in_shape(shape: type, given: dict[str, Any]) -> Any:
    """What was sent as a value of that shape, else Invalid."""
    problems: list[Problem] = []
    made = shaped(shape, given, (), problems.append)
    if problems or made is None:
        raise Invalid("shape", NO_SHAPE, {".".join(map(str, one.path)) or "request": one.text for one in problems})
    return made


@router.get(
    "/obligations", response=answers(shapes.ObligationsShape), auth=READ, operation_id="obligations", summary="What is due 应办事项"
)
def obligations(request: HttpRequest, month: inputs.Month = "", ledger: UUID | None = None, standing: Code = "") -> dict[str, Any]:
    """The obligations of a month (2020-05) with those of earlier months that still wait."""
    first = date.fromisoformat(f"{month}-01") if month and "1900" <= month[:4] <= "2200" else None
    found = obligations_page(request.viewer, first, ledger, standing)
    listed, overdue = [_obligation(one) for one in found.listed], [_obligation(one) for one in found.overdue]
    return {"month": found.month, "listed": listed, "overdue": overdue, "quiet": found.quiet, "more": found.more}


def _obligation(one: Obligation) -> dict[str, Any]:
    version = one.version
    said = {"entry": version.entry_id, "ledger": one.register.pk, "due_on": version.due_on, "done_on": version.done_on}
    return {**said, "name": one.name, "standing": one.standing, "state": one.state, "days": one.days}


@router.post("/obligations", response=results(CountShape), operation_id="generate_obligations", summary="Generate obligations 生成应办事项")
def generate(request: HttpRequest, payload: inputs.GenerateObligationsInput) -> dict[str, Any]:
    """Make what falls due, in one register or in all that the caller keeps. Doing it twice makes nothing twice."""
    return {"count": len(generate_obligations(request.viewer, payload.ledger, payload.until))}


@router.get(
    f"{REGISTER}/counties", response=answers(list[shapes.CountyShape]), auth=READ, operation_id="counties", summary="By county 按县区"
)
def counties(request: HttpRequest, ledger: UUID, asked: Query[inputs.FilterInput]) -> list[dict[str, Any]]:
    """A register by 县区 under the filter of its list; the line without a county stands last."""
    found = counties_page(request.viewer, ledger, asked.asked())
    return [
        {
            "code": one.code,
            "name": one.text,
            "recorded": one.recorded,
            "countable": one.countable,
            "sums": {column.name: exact(number) for column, number in one.pairs},
        }
        for one in found.lines
    ]


@router.get(
    f"{REGISTER}/papers",
    response=answers(list[shapes.KindOfPaperShape]),
    auth=READ,
    operation_id="register_papers",
    summary="Papers of a register 台账文书",
)
def papers(request: HttpRequest, ledger: UUID, year: Year | None = None) -> list[dict[str, Any]]:
    """The kinds of papers that a register gives by period, with those issued."""
    found = paper_queries.papers_of_register(request.viewer, ledger, year or request.viewer.today().year)
    return [
        {"code": row.kind.code, "name": row.kind.text, "periods": row.periods, "issued": [_paper(one) for one in row.issued]}
        for row in found["rows"]
    ]


def _paper(row: LedgerPaper) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("id", "kind", "number", "title", "period", "issued_at")}


@router.post(
    f"{REGISTER}/papers/{{kind}}", response=results(MadeShape), operation_id="issue_ledger_paper", summary="Issue a paper 出具台账文书"
)
def issue(request: HttpRequest, ledger: UUID, kind: Code, payload: inputs.IssueInput) -> dict[str, Any]:
    """Issue a paper about an entry or a period under the next number."""
    return {"id": issue_ledger_paper(request.viewer, ledger, kind, entry=payload.entry, period=payload.period).pk}


@router.get(
    f"{REGISTER}/papers/{{code}}/draft.{{kind}}",
    response=answers(None),
    auth=READ,
    operation_id="draft_ledger_paper",
    summary="A paper as it would be issued 文书草稿",
    openapi_extra=binary(*MEDIA_TYPES.values()),
)
def draft(request: HttpRequest, ledger: UUID, code: Code, kind: Code, entry: UUID | None = None, period: Code = "") -> HttpResponse:
    """As docx or pdf, without a number."""
    _, data = paper_queries.draft_file(request.viewer, ledger, code, kind, entry=entry, period=period)
    return HttpResponse(data, content_type=MEDIA_TYPES[kind])


@router.get(
    "/ledger-papers/{uuid:paper}/{kind}",
    response=answers(None),
    auth=READ,
    operation_id="ledger_paper_file",
    summary="An issued paper 台账文书文件",
    openapi_extra=binary(*MEDIA_TYPES.values()),
)
def paper(request: HttpRequest, paper: UUID, kind: Code) -> HttpResponse:
    """As docx or pdf: the same bytes for ever."""
    _, data = paper_queries.issued_file(request.viewer, paper, kind)
    return HttpResponse(data, content_type=MEDIA_TYPES[kind])


@router.get(
    "/departments/{uuid:department}/packs",
    response=answers(list[shapes.OfferShape]),
    auth=READ,
    operation_id="packs",
    summary="Packs on offer 业务包",
)
def packs(request: HttpRequest, department: UUID) -> list[dict[str, Any]]:
    """The packs of this installation with the faults of those that do not load."""
    authorise_menu(request.viewer, "ledgers.adopt_pack")
    return [_offer(one, one.pack) for one in offers(request.viewer, department)[1]]


def _offer(one: Offer, pack: Pack) -> dict[str, Any]:
    faults = [{"file": fault.file, "line": fault.line, "text": fault.text} for fault in pack.faults]
    adopted = one.adopted.edition if one.adopted else ""
    return {"code": pack.code, "name": pack.name, "edition": pack.edition, "adopted": adopted, "same": one.same, "faults": faults}


@router.post(
    "/departments/{uuid:department}/packs",
    response=results(shapes.AdoptedShape),
    operation_id="adopt_pack",
    summary="Adopt a pack 启用业务包",
)
def adopt(request: HttpRequest, department: UUID, payload: inputs.PackInput) -> dict[str, Any]:
    """Take over the registers and counting bases of a pack, or of its next edition."""
    authorise_menu(request.viewer, "ledgers.adopt_pack")
    found = next((one for one in offers(request.viewer, department)[1] if one.pack.code == payload.pack), None)
    if found is None:
        raise absent(PACK)
    done = adopt_pack(request.viewer, department, found.path)
    counts = {name: len(getattr(done.registers, name)) for name in ("made", "changed", "closed")}
    return {**counts, "bound": len(done.bases.changed), "absent": list(done.bases.absent)}
