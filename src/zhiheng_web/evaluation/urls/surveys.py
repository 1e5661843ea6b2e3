"""Addresses of satisfaction surveys; those under /s/ take answers without an account."""

from django.urls import URLPattern, path

from zhiheng_web.evaluation.views import answering, surveys

urlpatterns: list[URLPattern] = [
    path("surveys/", surveys.surveys, name="surveys"),
    path("surveys/new/", surveys.new_survey, name="new_survey"),
    path("surveys/<uuid:survey>/", surveys.survey, name="survey"),
    path("surveys/<uuid:survey>/edit/", surveys.edit_survey, name="edit_survey"),
    path("surveys/<uuid:survey>/open/", surveys.open_it, name="open_survey"),
    path("surveys/<uuid:survey>/invitations/", surveys.invitations, name="invitations"),
    path("surveys/<uuid:survey>/cancel-link/", surveys.cancel_link, name="cancel_link"),
    path("surveys/<uuid:survey>/close/", surveys.close_it, name="close_survey"),
    path("surveys/<uuid:survey>/result/", surveys.result, name="survey_result"),
    path("s/thanks/", answering.answered, name="answered"),
    path("s/<str:token>/", answering.answer, name="answer"),
]
