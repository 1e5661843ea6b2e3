"""Addresses of the area self_evaluation."""

from django.urls import URLPattern, path

from zhiheng_web.evaluation.views import declaring
from zhiheng_web.evaluation.views import self_evaluation as pages
from zhiheng_web.evaluation.views import self_evaluation_steps as steps

ONE = "self-evaluations/<uuid:self_evaluation>/"
ROW = f"{ONE}<uuid:row>/"

urlpatterns: list[URLPattern] = [
    path("self-evaluations/", pages.self_evaluations, name="self_evaluations"),
    path("self-evaluations/begin/<uuid:table>/", steps.begin, name="begin"),
    path(ONE, pages.self_evaluation, name="self_evaluation"),
    path(f"{ONE}points/", pages.points, name="self_evaluation_points"),
    path(f"{ONE}points/save/", steps.save_points, name="set_points"),
    path(f"{ONE}fill/", steps.fill, name="fill"),
    path(f"{ONE}values/", steps.values, name="take_values"),
    path(f"{ONE}scheme/", steps.scheme, name="choose_scheme"),
    path(f"{ONE}submit/", steps.submit, name="submit"),
    path(f"{ONE}decide/", steps.decide, name="decide"),
    path(f"{ONE}correct/", steps.correct, name="correct"),
    path(f"{ONE}files/<uuid:file>/", pages.file, name="self_evaluation_file"),
    path(f"{ONE}files/<uuid:file>/withdraw/", steps.withdraw, name="withdraw_file"),
    path(ROW, pages.self_evaluation_row, name="self_evaluation_row"),
    path(f"{ROW}judge/", steps.judge, name="judge"),
    path(f"{ROW}declare/", declaring.actual, name="declare_actual"),
    path(f"{ROW}override/", steps.override, name="override"),
    path(f"{ROW}confirm/", steps.confirm, name="confirm_override"),
    path(f"{ROW}files/", steps.upload, name="add_file"),
]
