"""Addresses of trail."""

from django.urls import path

from zhiheng_web.trail import views

app_name = "trail"
urlpatterns = [
    path("", views.trail, name="trail"),
    path("verify/", views.verify, name="verify"),
    path("export/", views.export, name="export"),
    path("<int:number>/", views.record, name="record"),
]
