"""Addresses: importing."""

from django.urls import URLPattern, path

from zhiheng_web.ledgers.views import importing

urlpatterns: list[URLPattern] = [
    path("ledgers/<uuid:register>/import/", importing.start, name="import_entries"),
    path("ledgers/<uuid:register>/template.xlsx", importing.template_file, name="template"),
    path("imports/<uuid:batch>/", importing.one, name="one_import"),
    path("imports/<uuid:batch>/progress/", importing.progress, name="import_progress"),
    path("imports/<uuid:batch>/cancel/", importing.cancel, name="cancel_import"),
    path("imports/<uuid:batch>/columns/", importing.columns, name="map_columns"),
    path("imports/<uuid:batch>/sheet/", importing.sheet, name="choose_sheet"),
    path("imports/<uuid:batch>/answer/", importing.answer, name="answer_import"),
    path("imports/<uuid:batch>/leave-out/", importing.out, name="leave_out"),
    path("imports/<uuid:batch>/write/", importing.write, name="write_import"),
    path("imports/<uuid:batch>/undo/", importing.undo, name="undo_import"),
    path("imports/<uuid:batch>/faults.xlsx", importing.faults, name="import_faults"),
]
