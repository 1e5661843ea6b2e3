"""Submitting, reviewing, approving, adjusting, comparing."""

from django.urls import URLPattern, path

from zhiheng_web.planning.views import adjustment, circulation

urlpatterns: list[URLPattern] = [
    path("review/", circulation.inbox, name="inbox"),
    path("versions/<uuid:version>/review/", circulation.review, name="review"),
    path("versions/<uuid:version>/submit/", circulation.submit, name="submit"),
    path("versions/<uuid:version>/record-approval/", circulation.approval, name="record_approval"),
    path("versions/<uuid:version>/withdraw/", circulation.withdraw, name="withdraw"),
    path("versions/<uuid:version>/opinions/", circulation.opinion, name="write_opinion"),
    path("versions/<uuid:version>/opinions/<uuid:opinion>/answer/", circulation.answer, name="answer_opinion"),
    path("versions/<uuid:version>/compare/", adjustment.choose, name="compare_with"),
    path("versions/<uuid:version>/compare/<uuid:other>/", adjustment.compare, name="compare"),
    path("versions/<uuid:version>/confirm/", adjustment.confirm, name="confirm_adjustment"),
    path("versions/<uuid:version>/reasons/", adjustment.explain, name="explain_change"),
    path("tables/<uuid:table>/adjust/", adjustment.adjust, name="adjust"),
    path("departments/<uuid:department>/<int:year>/units/", adjustment.rollup, name="rollup"),
    path("routes/", adjustment.routes, name="routes"),
]
