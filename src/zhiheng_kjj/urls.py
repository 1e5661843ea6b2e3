"""Addresses of the pack's own pages."""

from django.urls import path

from zhiheng_kjj.office import views

app_name = "kjj"
urlpatterns = [
    path("office/", views.office, name="office"),
    path("office/<slug:code>/", views.page, name="office_page"),
]
