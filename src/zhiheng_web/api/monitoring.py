"""Monitoring (绩效运行监控): rounds, the reports of tables, corrective actions, curves."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Router
from ninja.files import UploadedFile

from zhiheng.scoring.rounding import Mode, Rounding
from zhiheng_web.api import monitoring_shapes as shapes
from zhiheng_web.api import year_inputs as inputs
from zhiheng_web.api.entrance import READ, STEPS, answers, page, results
from zhiheng_web.api.inputs import Limit, Offset, ReasonInput, Year
from zhiheng_web.api.shapes import CountShape, MadeShape, Page
from zhiheng_web.evaluation.actions.change_round import change_round
from zhiheng_web.evaluation.actions.close_round import close_round
from zhiheng_web.evaluation.actions.declare_monitored import declare_monitored
from zhiheng_web.evaluation.actions.fill_monitoring import RowFilled, fill_monitoring
from zhiheng_web.evaluation.actions.open_correction import Correction, open_correction
from zhiheng_web.evaluation.actions.open_round import open_round
from zhiheng_web.evaluation.actions.plan_round import RoundPlan, plan_round
from zhiheng_web.evaluation.actions.refresh_monitoring import refresh_monitoring
from zhiheng_web.evaluation.actions.return_monitoring import return_monitoring
from zhiheng_web.evaluation.actions.set_milestones import set_milestones
from zhiheng_web.evaluation.actions.submit_monitoring import submit_monitoring
from zhiheng_web.evaluation.actions.write_monitoring import ReportFilled, write_monitoring
from zhiheng_web.evaluation.queries.milestones import CurveLine, curve_form, milestones_page
from zhiheng_web.evaluation.queries.monitoring_report import correction_page, report_page
from zhiheng_web.evaluation.queries.rounds import round_page, rounds_page

router = Router(tags=["绩效运行监控 Monitoring"], auth=STEPS)
ROUND, REPORT, ROW = "/rounds/{uuid:round}", "/monitoring-reports/{uuid:report}", "/monitoring-rows/{uuid:monitored}"
CURVE = "/tables/{uuid:table}/milestones"
MADE = results(MadeShape)
FOUR_PLACES = Rounding(Mode.HALF_UP, 4)


@router.get("/rounds", response=answers(Page[shapes.RoundShape]), auth=READ, operation_id="rounds", summary="Rounds of a year 监控轮次")
def rounds(request: HttpRequest, year: Year | None = None, limit: Limit = 50, offset: Offset = 0) -> dict[str, Any]:
    """The rounds of a year (the newest) that the caller sees, each with its progress."""
    return page(rounds_page(request.viewer, year).lines, limit, offset, lambda line: line)


@router.post("/rounds", response=results(shapes.ManyMadeShape), operation_id="plan_round", summary="Plan a round 设置监控轮次")
def plan(request: HttpRequest, payload: inputs.NewRoundInput) -> dict[str, Any]:
    """Plan a round for each of the departments: all or none."""
    asked = payload.dict(exclude={"departments"})
    return {"ids": [one.pk for one in plan_round(request.viewer, payload.departments, RoundPlan(**asked))]}


@router.get(ROUND, response=answers(shapes.RoundPageShape), auth=READ, operation_id="round", summary="One round 一个轮次")
def one_round(request: HttpRequest, round: UUID) -> Any:  # noqa: A002 - the name of the address
    """One round with the reports of its tables."""
    return round_page(request.viewer, round)


@router.post(ROUND, response=MADE, operation_id="change_round", summary="Change a round 修改轮次")
def change(request: HttpRequest, round: UUID, payload: inputs.RoundInput) -> dict[str, Any]:  # noqa: A002
    """Write what was planned anew; once it is open its data stay."""
    return {"id": change_round(request.viewer, round, RoundPlan(**payload.dict())).pk}


@router.post(f"{ROUND}/open", response=MADE, operation_id="open_round", summary="Open a round 启动监控")
def start(request: HttpRequest, round: UUID) -> dict[str, Any]:  # noqa: A002
    """Freeze the values as of its last day and ask every table for its report."""
    return {"id": open_round(request.viewer, round).pk}


@router.post(f"{ROUND}/close", response=MADE, operation_id="close_round", summary="Close a round 完成监控")
def end(request: HttpRequest, round: UUID) -> dict[str, Any]:  # noqa: A002
    """Close it for good; too early, or with a report still out, it is refused with what is missing."""
    return {"id": close_round(request.viewer, round).pk}


@router.get(
    REPORT, response=answers(shapes.MonitoringReportShape), auth=READ, operation_id="monitoring_report", summary="A report 绩效监控表"
)
def report(request: HttpRequest, report: UUID) -> Any:
    """One report, row by row, with the reason of each lamp and what is still asked for."""
    return report_page(request.viewer, report)


@router.post(f"{REPORT}/words", response=MADE, operation_id="write_monitoring", summary="Money and words of a report 填写资金与说明")
def words(request: HttpRequest, report: UUID, payload: inputs.MonitoringWordsInput) -> dict[str, Any]:
    """Write the words and forecasts, if nobody else wrote since ``edits``."""
    said = payload.dict(exclude={"edits", "forecasts"})
    forecasts = {source: None if amount is None else Decimal(amount) for source, amount in payload.forecasts.items()}
    return {"id": write_monitoring(request.viewer, report, ReportFilled(**said, forecasts=forecasts), edits=payload.edits).pk}


@router.post(f"{REPORT}/submit", response=MADE, operation_id="submit_monitoring", summary="Submit a report 报送监控表")
def submit(request: HttpRequest, report: UUID) -> dict[str, Any]:
    """Hand it in: it does not change unless it is returned."""
    return {"id": submit_monitoring(request.viewer, report).pk}


@router.post(f"{REPORT}/return", response=MADE, operation_id="return_monitoring", summary="Return a report 退回监控表")
def give_back(request: HttpRequest, report: UUID, payload: ReasonInput) -> dict[str, Any]:
    """Return it to those who fill it in; of a closed round nothing is returned."""
    return {"id": return_monitoring(request.viewer, report, payload.reason).pk}


@router.post(f"{REPORT}/refresh", response=MADE, operation_id="refresh_monitoring", summary="Take the values anew 更新监控数据")
def refresh(request: HttpRequest, report: UUID, payload: ReasonInput) -> dict[str, Any]:
    """Freeze its values once more as known now; what the office wrote stays."""
    return {"id": refresh_monitoring(request.viewer, report, payload.reason).pk}


@router.post(ROW, response=MADE, operation_id="fill_monitoring", summary="Report on an indicator 填报一项指标")
def fill(request: HttpRequest, monitored: UUID, payload: inputs.MonitoredInput) -> dict[str, Any]:
    """Write what the office says of a row, if nobody else wrote since ``edits``. The value itself is never typed."""
    said = payload.dict(exclude={"edits", "reasons"})
    filled = RowFilled(**said, reasons=tuple(payload.reasons))
    return {"id": fill_monitoring(request.viewer, monitored, filled, edits=payload.edits).pk}


@router.post(f"{ROW}/declare", response=MADE, operation_id="declare_monitored", summary="Declare a figure of the period 申报本期完成值")
def declare(
    request: HttpRequest, monitored: UUID, declared: Form[inputs.DeclaredInput], file: File[list[UploadedFile] | None] = None
) -> dict[str, Any]:
    """The figure of the round's last day of an indicator that no register counts becomes an entry, with its evidence."""
    said = declared.told()
    more = {"moved": declared.moved, "done_on": declared.done_on, "so_far": declared.so_far}
    made = declare_monitored(request.viewer, monitored, said.number, said.unit, said.source, file or [], **more)
    return {"id": made.pk}


@router.get(
    f"{ROW}/corrections",
    response=answers(shapes.CorrectionFormShape),
    auth=READ,
    operation_id="corrections",
    summary="Corrective actions of a row 一项指标的纠偏措施",
)
def corrections(request: HttpRequest, monitored: UUID) -> dict[str, Any]:
    """Those there are, and who may answer for a further one."""
    found = correction_page(request.viewer, monitored)
    return {"row": found.row.pk, "corrections": found.corrections, "persons": found.persons, "why": found.why}


@router.post(f"{ROW}/corrections", response=MADE, operation_id="open_correction", summary="Corrective action 提出纠偏措施")
def correct(request: HttpRequest, monitored: UUID, payload: inputs.CorrectionInput) -> dict[str, Any]:
    """Open it; it is followed in the ledger of rectification until it is closed."""
    return {"id": open_correction(request.viewer, monitored, Correction(**payload.dict())).pk}


@router.get(CURVE, response=answers(shapes.CurvesShape), auth=READ, operation_id="milestones", summary="Curves of a table 进度节点")
def curves(request: HttpRequest, table: UUID) -> dict[str, Any]:
    """Along which curve each indicator's target is due in the year."""
    found = milestones_page(request.viewer, table)
    return {"table": found.table, "version": found.version.pk, "lines": [_curve(line) for line in found.lines]}


@router.get(
    f"{CURVE}/{{uuid:indicator}}",
    response=answers(shapes.CurveToSetShape),
    auth=READ,
    operation_id="milestone",
    summary="One curve 一项节点",
)
def curve(request: HttpRequest, table: UUID, indicator: UUID) -> dict[str, Any]:
    """One indicator's curve with its ``base``."""
    found = curve_form(request.viewer, table, indicator)
    return {"line": _curve(found.line), "base": found.base}


def _curve(line: CurveLine) -> dict[str, Any]:
    points = [{"on": on, "percent": format(FOUR_PLACES.apply(share * 100), "f")} for on, share in line.along.curve.points]
    said = {"row": line.row.pk, "indicator": line.row.indicator_id, "name": line.row.name, "target": line.row.target_text}
    return {**said, "origin": line.along.origin, "own": line.along.own, "paced": line.paced, "sets": line.sets, "points": points}


@router.post(
    f"{CURVE}/{{uuid:indicator}}", response=results(CountShape), operation_id="set_milestones", summary="Set milestones 设置进度节点"
)
def set_curve(request: HttpRequest, table: UUID, indicator: UUID, payload: inputs.CurveInput) -> dict[str, Any]:
    """Put a curve in place of the one that stood; open reports are judged anew along it."""
    points = sorted((one.on, Decimal(one.percent) / 100, one.text) for one in payload.points)
    return {"count": set_milestones(request.viewer, table, indicator, points, base=payload.base, reason=payload.reason)}
