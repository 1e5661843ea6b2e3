"""Addresses of the papers of the year."""

from django.urls import URLPattern, path

from zhiheng_web.evaluation.views import papers

SUBJECT = "papers/<int:year>/<slug:code>/<uuid:key>"
urlpatterns: list[URLPattern] = [
    path("papers/", papers.papers, name="papers"),
    path("papers/<int:year>/", papers.year_papers, name="year_papers"),
    path(f"{SUBJECT}/", papers.paper_desk, name="paper_desk"),
    path(f"{SUBJECT}/issue/", papers.issue, name="issue_paper"),
    path(f"{SUBJECT}.<str:kind>", papers.draft, name="draft_paper"),
    path("papers/<uuid:paper>/", papers.paper, name="paper"),
    path("papers/<uuid:paper>/scan/", papers.scan, name="paper_scan"),
    path("papers/<uuid:paper>/scan/keep/", papers.keep_scan, name="keep_signed_scan"),
    path("papers/<uuid:paper>.<str:kind>", papers.file, name="paper_file"),
]
