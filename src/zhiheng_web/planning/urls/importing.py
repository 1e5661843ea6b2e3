"""Importing, generating, the library of indicators, planned values, exchange."""

from django.urls import URLPattern, path

from zhiheng_web.planning.views import exchange, generating, importing, library, planned_values

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
    path("generate/", generating.start, name="generate"),
    path("versions/<uuid:version>/generated/", generating.generated, name="generated"),
    path("library/", library.entries, name="library"),
    path("library/new/", library.new, name="library_new"),
    path("library/common/", library.load, name="library_load"),
    path("library/<uuid:entry>/", library.entry, name="library_entry"),
    path("library/<uuid:entry>/switch/", library.switch, name="library_switch"),
    path("planned-values/", planned_values.grid, name="planned_values"),
    path("planned-values/read/", planned_values.read_sheet, name="planned_values_read"),
    path("versions/<uuid:version>/exchange/", exchange.page, name="exchange"),
    path("versions/<uuid:version>/exchange/<str:kind>", exchange.download, name="exchange_file"),
]
