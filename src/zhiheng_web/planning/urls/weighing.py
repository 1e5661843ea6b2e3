"""Points, tags and parts."""

from django.urls import URLPattern, path

from zhiheng_web.planning.views import weighing

urlpatterns: list[URLPattern] = [
    path("versions/<uuid:version>/weights/", weighing.weights, name="weights"),
    path("versions/<uuid:version>/weights/accept/", weighing.accept, name="weights_accept"),
    path("versions/<uuid:version>/weights/scheme/", weighing.scheme, name="weights_scheme"),
    path("versions/<uuid:version>/rows/<uuid:row>/parts/", weighing.parts, name="parts"),
]
