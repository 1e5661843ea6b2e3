"""Addresses of the yearly sheet of a department."""

from django.urls import URLPattern, path

from zhiheng_web.evaluation.views import sheet

urlpatterns: list[URLPattern] = [
    path("department-sheet/", sheet.sheets, name="department_sheets"),
    path("department-sheet/<uuid:department>/<int:year>/", sheet.department_sheet, name="department_sheet"),
    path("department-sheet/<uuid:department>/<int:year>/read/", sheet.read_sheet, name="read_department_sheet"),
    path("department-sheet/<uuid:department>/<int:year>/files/<uuid:figure>/", sheet.sheet_file, name="department_sheet_file"),
]
