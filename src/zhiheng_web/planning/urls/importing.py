
from django.urls import URLPattern, path

from zhiheng_web.planning.views import importing

urlpatterns: list[URLPattern] = [
    path("import/", importing.start, name="import"),
    path("import/<uuid:preview>/", importing.preview, name="preview"),
    path("import/<uuid:preview>/progress/", importing.progress, name="preview_progress"),
    path("import/<uuid:preview>/cancel/", importing.cancel, name="preview_cancel"),
    path("import/<uuid:preview>/<int:number>/", importing.table, name="preview_table"),
    path("import/<uuid:preview>/<int:number>/answer/", importing.answer, name="preview_answer"),
    path("import/<uuid:preview>/<int:number>/direct/", importing.direct, name="preview_direct"),
    path("import/<uuid:preview>/<int:number>/identities/", importing.identities, name="preview_identities"),
    path("import/<uuid:preview>/<int:number>/confirm/", importing.confirm, name="preview_confirm"),
]
