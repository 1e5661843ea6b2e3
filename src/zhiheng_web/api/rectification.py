"""Rectification (整改) and the use of results (结果应用)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest
from ninja import File, Form, Query, Router, Schema
from ninja.files import UploadedFile

from zhiheng_web.api import publication_inputs as inputs
from zhiheng_web.api import rectification_shapes as shapes
from zhiheng_web.api.entrance import READ, STEPS, answers, page, results
from zhiheng_web.api.evaluations import download
from zhiheng_web.api.inputs import Code, Limit, Line, Offset, Year
from zhiheng_web.api.ledger_inputs import PageNumber
from zhiheng_web.api.shapes import MadeShape, Page
from zhiheng_web.api.told import evidence_files
from zhiheng_web.api.year_inputs import MeasureInput
from zhiheng_web.evaluation.actions.decide_use import UseValues, decide_use
from zhiheng_web.evaluation.actions.extend_rectification import extend_rectification
from zhiheng_web.evaluation.actions.order_rectification import OrderValues, Problem, order_rectification
from zhiheng_web.evaluation.actions.report_progress import report_progress
from zhiheng_web.evaluation.actions.report_rectified import report_rectified
from zhiheng_web.evaluation.actions.review_rectified import review_rectified
from zhiheng_web.evaluation.actions.set_measure import Measure, set_measure
from zhiheng_web.evaluation.policies.rectification import scope_of_table
from zhiheng_web.evaluation.queries import rectification as queries
from zhiheng_web.evaluation.queries import uses as use_queries
from zhiheng_web.evaluation.rectifying import STATES
from zhiheng_web.organisation.authority import authorise, authorise_menu

router = Router(tags=["整改与结果应用 Rectification and use of results"], auth=STEPS)
ITEM = "/rectification/{uuid:item}"
MADE = results(MadeShape)


class LedgerFilter(Schema):
    """What the ledger is narrowed to, as in the address of its page; ``mine``: what the caller answers for."""

    year: Year | None = None
    state: Code = ""
    source: Code = ""
    unit: UUID | None = None
    text: Line = ""
    mine: bool = False


@router.get(
    "/rectification",
    response=answers(Page[shapes.RectificationShape]),
    auth=READ,
    operation_id="rectification",
    summary="The ledger of rectification 整改台账",
)
def ledger(request: HttpRequest, asked: Query[LedgerFilter], limit: Limit = 100, number: PageNumber = 1) -> dict[str, Any]:
    """Page ``number`` of ``limit`` problems, what is open first; corrective actions of monitoring among them."""
    filters = queries.Filters(
        str(asked.year or ""), asked.state, asked.source, str(asked.unit or ""), asked.text, "1" if asked.mine else ""
    )
    found = queries.ledger(request.viewer, filters, number, limit)
    count = found.counts.get(asked.state, 0) if asked.state in STATES else found.total
    return {"count": count, "items": found.lines if number <= found.pages else []}


@router.get(
    ITEM, response=answers(shapes.RectificationPageShape), auth=READ, operation_id="rectification_item", summary="One problem 一项整改"
)
def one(request: HttpRequest, item: UUID) -> dict[str, Any]:
    """One problem with everything that happened to it."""
    found = queries.item_page(request.viewer, item)
    steps = [
        {
            "file": step.file.name if step.file else "",
            **{name: getattr(step, name) for name in ("id", "number", "kind", "text", "at")},
        }
        for step, _ in found.steps
    ]
    plain = {name: getattr(found, name) for name in ("line", "can", "people", "origin")}
    return {**plain, "steps": steps}


@router.get(
    f"{ITEM}/files/{{uuid:step}}",
    response=answers(None),
    auth=READ,
    operation_id="rectification_file",
    summary="The file of a step 整改佐证",
    openapi_extra=evidence_files(),
)
def step_file(request: HttpRequest, item: UUID, step: UUID) -> FileResponse:
    """What was uploaded with a step, compared with its digest."""
    return download(queries.step_file(request.viewer, item, step))


@router.post(f"{ITEM}/measure", response=MADE, operation_id="set_measure", summary="Set the measure 制定措施")
def measure(request: HttpRequest, item: UUID, payload: MeasureInput) -> dict[str, Any]:
    """What is done, by whom, by when; what was set before stays among the steps."""
    said = Measure(payload.text, payload.responsible, payload.account, payload.due_on)
    return {"id": set_measure(request.viewer, item, said, payload.edits).pk}


@router.post(f"{ITEM}/progress", response=MADE, operation_id="report_progress", summary="Report progress 填报进展")
def progress(request: HttpRequest, item: UUID, said: Form[inputs.ProgressInput], file: File[UploadedFile | None] = None) -> dict[str, Any]:
    """In words, with a file if there is one."""
    return {"id": report_progress(request.viewer, item, said.text, file).pk}


@router.post(f"{ITEM}/report", response=MADE, operation_id="report_rectified", summary="Report it done 报告完成")
def report(request: HttpRequest, item: UUID, said: Form[inputs.ProgressInput], file: File[UploadedFile]) -> dict[str, Any]:
    """With the file that proves it; somebody else reviews it."""
    return {"id": report_rectified(request.viewer, item, said.text, file).pk}


@router.post(f"{ITEM}/extend", response=MADE, operation_id="extend_rectification", summary="Give more time 延期")
def extend(request: HttpRequest, item: UUID, payload: inputs.ExtendInput) -> dict[str, Any]:
    """A later day, and why."""
    return {"id": extend_rectification(request.viewer, item, payload.due_on, payload.reason).pk}


@router.post(f"{ITEM}/review", response=MADE, operation_id="review_rectified", summary="Close or return it 复核销号")
def review(request: HttpRequest, item: UUID, payload: inputs.ReviewItemInput) -> dict[str, Any]:
    """By another person than who reported it or answers for it."""
    return {"id": review_rectified(request.viewer, item, closes=payload.closes, opinion=payload.opinion).pk}


@router.post("/orders", response=MADE, operation_id="order_rectification", summary="Order a rectification 下达整改通知")
def order(request: HttpRequest, payload: inputs.OrderInput) -> dict[str, Any]:
    """Every problem becomes an item of the ledger."""
    problems = [Problem(**one.dict()) for one in payload.problems]
    said = OrderValues(payload.table, payload.title, payload.due_on, problems, payload.source, payload.source_id)
    return {"id": order_rectification(request.viewer, said).pk}


@router.get("/orders/{uuid:order}", response=answers(shapes.OrderShape), auth=READ, operation_id="order", summary="An order 整改通知")
def one_order(request: HttpRequest, order: UUID) -> dict[str, Any]:
    """An order with how each of its problems stands."""
    found, lines, source = queries.order_lines(request.viewer, order)
    plain = {name: getattr(found, name) for name in ("title", "table", "issuer", "due_on", "ordered_at")}
    return {"id": found.pk, **plain, "source": source, "lines": lines}


@router.get(
    "/tables/{uuid:table}/order-draft",
    response=answers(shapes.OrderDraftShape),
    auth=READ,
    operation_id="order_draft",
    summary="What an order may be about 整改通知草稿",
)
def order_draft(request: HttpRequest, table: UUID, source: Code = "", source_id: UUID | None = None) -> dict[str, Any]:
    """The results an order about a table may come from and, of the chosen one, the problems that it shows."""
    authorise_menu(request.viewer, "evaluation.order_rectification")
    found = queries.draft_of(request.viewer, table, f"{source}:{source_id}" if source_id else "")
    authorise(request.viewer, "evaluation.order_rectification", scope_of_table(found.table))
    sources = [{"kind": kind, "id": pk, "text": text} for kind, pk, text in found.sources]
    indicators = [{"id": pk, "name": name} for pk, name in found.indicators]
    return {"table": found.table, "sources": sources, "indicators": indicators, "problems": found.problems}


@router.get("/uses", response=answers(Page[shapes.UseShape]), auth=READ, operation_id="uses", summary="Use of results 结果应用")
def uses(request: HttpRequest, year: Year | None = None, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """The decisions that stand, newest first."""
    return page(use_queries.uses(request.viewer, year)[0], limit, offset, lambda line: line)


@router.get("/uses/{uuid:use}", response=answers(shapes.UsePageShape), auth=READ, operation_id="use", summary="One decision 一项结果应用")
def use(request: HttpRequest, use: UUID) -> dict[str, Any]:
    """One decision with those before and after it on the same matter."""
    line, others, may_decide = use_queries.use_page(request.viewer, use)
    return {"line": line, "others": others, "may_decide": may_decide}


@router.post("/uses", response=MADE, operation_id="decide_use", summary="Decide what follows 决定结果应用")
def decide(request: HttpRequest, payload: inputs.UseInput) -> dict[str, Any]:
    """Keep, cut or cancel; it shows in the declaration of the next year."""
    said = payload.dict(exclude={"before", "after"})
    return {"id": decide_use(request.viewer, UseValues(**said, before=Decimal(payload.before), after=Decimal(payload.after))).pk}


@router.get(
    "/tables/{uuid:table}/use-draft",
    response=answers(shapes.UseDraftShape),
    auth=READ,
    operation_id="use_draft",
    summary="What a decision would rest on 结果应用依据",
)
def use_draft(request: HttpRequest, table: UUID, project: UUID | None = None) -> Any:
    """Accepted results, the amount before, and what the parameters propose (a proposal, not a rule)."""
    authorise_menu(request.viewer, "evaluation.decide_use")
    found = use_queries.deciding(request.viewer, table, project)
    authorise(request.viewer, "evaluation.decide_use", scope_of_table(found.table))
    return found
