"""Papers of the procedure."""

from django.urls import URLPattern, path

from zhiheng_web.planning.views import papers

urlpatterns: list[URLPattern] = [
    path("versions/<uuid:version>/papers/", papers.papers, name="papers"),
    path("versions/<uuid:version>/approval-scan/", papers.approval_scan, name="approval_scan"),
    path("versions/<uuid:version>/papers/<str:code>.<str:kind>", papers.paper, name="paper"),
    path("versions/<uuid:version>/papers/<str:code>/issue/", papers.issue, name="paper_issue"),
    path("versions/<uuid:version>/papers/<uuid:paper>/scan/", papers.scan, name="paper_scan"),
    path("versions/<uuid:version>/papers/<uuid:paper>/scan/record/", papers.record_scan, name="paper_scan_record"),
]
