"""Addresses: papers."""

from django.urls import path

from zhiheng_web.ledgers.views import papers

urlpatterns = [
    path("ledgers/<uuid:register>/papers/", papers.papers, name="papers"),
    path("ledgers/<uuid:register>/papers/<slug:kind>/issue/", papers.issue, name="issue_paper"),
    path("ledgers/<uuid:register>/papers/<slug:code>.<slug:kind>", papers.draft, name="draft_paper"),
    path("ledger-papers/<uuid:paper>/prove/", papers.prove, name="prove_by_paper"),
    path("ledger-papers/<uuid:paper>.<slug:kind>", papers.paper, name="paper"),
]
