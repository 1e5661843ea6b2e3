"""Addresses of monitoring: rounds, reports, curves."""

from django.urls import URLPattern, path

from zhiheng_web.evaluation.views import declaring, monitoring, monitoring_steps

urlpatterns: list[URLPattern] = [
    path("monitoring/", monitoring.rounds, name="rounds"),
    path("monitoring/new/", monitoring_steps.new_round, name="new_round"),
    path("monitoring/<uuid:round>/", monitoring.round_, name="round"),
    path("monitoring/<uuid:round>/change/", monitoring_steps.edit_round, name="change_round"),
    path("monitoring/<uuid:round>/open/", monitoring_steps.start_round, name="open_round"),
    path("monitoring/<uuid:round>/close/", monitoring_steps.end_round, name="close_round"),
    path("monitoring/reports/<uuid:report>/", monitoring.report, name="report"),
    path("monitoring/reports/<uuid:report>/words/", monitoring_steps.write_report, name="write_report"),
    path("monitoring/reports/<uuid:report>/submit/", monitoring_steps.submit_report, name="submit_report"),
    path("monitoring/reports/<uuid:report>/return/", monitoring_steps.return_report, name="return_report"),
    path("monitoring/reports/<uuid:report>/refresh/", monitoring_steps.refresh_report, name="refresh_report"),
    path("monitoring/rows/<uuid:row>/", monitoring_steps.fill_row, name="fill_row"),
    path("monitoring/rows/<uuid:row>/correction/", monitoring_steps.correct_row, name="open_correction"),
    path("monitoring/rows/<uuid:row>/declare/", declaring.monitored, name="declare_monitored"),
    path("monitoring/milestones/<uuid:table>/", monitoring.milestones, name="milestones"),
    path("monitoring/milestones/<uuid:table>/<uuid:indicator>/", monitoring.milestone, name="milestone"),
    path("monitoring/milestones/<uuid:table>/<uuid:indicator>/set/", monitoring_steps.set_curve, name="set_milestones"),
]
