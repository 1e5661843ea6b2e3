"""Addresses of what is public: one page, and every path below it."""

from django.urls import URLPattern, path

from zhiheng_web.publication.views import public

urlpatterns: list[URLPattern] = [
    path("public/", public.public, name="public"),
    path("public/<path:path>", public.public, name="public_path"),
]
