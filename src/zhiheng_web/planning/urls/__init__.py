"""Addresses of planning: one file per area."""

from zhiheng_web.planning.urls import circulation, duties, editing, importing, money, overview, papers, weighing

app_name = "planning"
urlpatterns = [
    *overview.urlpatterns,
    *importing.urlpatterns,
    *editing.urlpatterns,
    *weighing.urlpatterns,
    *circulation.urlpatterns,
    *duties.urlpatterns,
    *money.urlpatterns,
    *papers.urlpatterns,
]
