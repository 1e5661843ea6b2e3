"""Addresses: evidence."""

from django.urls import URLPattern, path

from zhiheng_web.ledgers.views import evidence as views

urlpatterns: list[URLPattern] = [
    path("entries/<uuid:entry>/evidence/", views.add, name="add_evidence"),
    path("ledgers/<uuid:register>/evidence/", views.bulk, name="evidence_bulk"),
    path("evidence/<uuid:evidence>/", views.page, name="evidence_page"),
    path("evidence/<uuid:evidence>/page-<int:page>.jpg", views.picture, name="evidence_picture"),
    path("evidence/<uuid:evidence>/file/", views.file, name="evidence_file"),
    path("evidence/<uuid:evidence>/withdraw/", views.withdraw, name="withdraw_evidence"),
]
