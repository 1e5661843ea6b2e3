"""Addresses: subjects."""

from django.urls import URLPattern, path

from zhiheng_web.ledgers.views import subjects as views

urlpatterns: list[URLPattern] = [
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/<uuid:organisation>/", views.one_organisation, name="one_organisation"),
    path("organisations/<uuid:organisation>/merge/", views.merge, name="merge_organisations"),
    path("people/", views.people, name="people"),
    path("people/<uuid:person>/", views.one_person, name="one_person"),
]
