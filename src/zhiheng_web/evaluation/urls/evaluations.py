"""Addresses of samples, re-checks and evaluations."""

from django.urls import URLPattern, path

from zhiheng_web.evaluation.views import evaluated, evaluations, rechecks
from zhiheng_web.evaluation.views import evaluations_agencies as agencies
from zhiheng_web.evaluation.views import evaluations_steps as steps

EVALUATION, REPORT = "evaluations/<uuid:evaluation>/", "evaluation-reports/<uuid:report>/"
ENGAGEMENT, MATERIAL = "engagements/<uuid:engagement>/", "materials/<uuid:material>/"
SAMPLE, RECHECK = "samples/<uuid:sample>/", "rechecks/<uuid:recheck>/"

urlpatterns: list[URLPattern] = [
    path("evaluations/", evaluations.evaluations, name="evaluations"),
    path("evaluations/new/", evaluations.new_evaluation, name="new_evaluation"),
    path(EVALUATION, evaluations.evaluation, name="evaluation"),
    path(EVALUATION + "evaluated/", evaluated.evaluated, name="evaluated"),
    path(EVALUATION + "evaluated/sheet/", evaluated.sheet, name="evaluated_sheet"),
    path(EVALUATION + "evaluated/sheet/files/<uuid:figure>/", evaluated.sheet_file, name="evaluated_sheet_file"),
    path(EVALUATION + "evaluated/<uuid:row>/", evaluated.row, name="evaluated_row"),
    path(EVALUATION + "cancel/", steps.cancel, name="cancel_evaluation"),
    path(EVALUATION + "points/", steps.weigh, name="weigh_items"),
    path(EVALUATION + "engage/", steps.engage, name="engage"),
    path(ENGAGEMENT + "declare/", steps.declare, name="declare_interests"),
    path(ENGAGEMENT + "end/", steps.end_engaged, name="end_engagement"),
    path(ENGAGEMENT + "contract/", agencies.contract, name="contract"),
    path(EVALUATION + "materials/", steps.materials, name="materials"),
    path(MATERIAL + "hand-in/", steps.hand_in, name="hand_in_material"),
    path(MATERIAL + "return/", steps.send_back, name="return_material"),
    path(MATERIAL + "waive/", steps.waive, name="waive_material"),
    path(MATERIAL + "file/", agencies.material, name="material_file"),
    path(EVALUATION + "panel/", steps.appoint, name="appoint_evaluator"),
    path(EVALUATION + "declare/", steps.declare_oneself, name="declare_evaluator"),
    path(EVALUATION + "open-marking/", steps.marking, name="open_marking"),
    path(EVALUATION + "marks/", evaluations.marks, name="marks"),
    path(EVALUATION + "findings/", steps.findings, name="findings"),
    path(EVALUATION + "report/", steps.report, name="hand_in_report"),
    path(REPORT + "file/", agencies.report, name="report_file"),
    path(REPORT + "reply/", steps.reply, name="reply"),
    path(REPORT + "pass-over/", steps.pass_over, name="pass_over_reply"),
    path(REPORT + "answer/", steps.answer, name="answer_reply"),
    path(REPORT + "check/", steps.quality_check, name="quality_check"),
    path(REPORT + "accept/", steps.accept, name="accept"),
    path(REPORT + "return/", steps.return_draft, name="return_draft"),
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies/<uuid:agency>/join/", agencies.join, name="join_agency"),
    path("agencies/members/<int:member>/leave/", agencies.leave, name="leave_agency"),
    path("samples/", rechecks.samples, name="samples"),
    path(SAMPLE, rechecks.sample, name="sample"),
    path(SAMPLE + "draw/", rechecks.draw, name="draw_sample"),
    path(SAMPLE + "draw_again.py", rechecks.verify, name="verify_sample"),
    path(RECHECK, rechecks.recheck, name="recheck"),
    path(RECHECK + "rows/", rechecks.rows, name="recheck_rows"),
]
