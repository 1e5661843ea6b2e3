"""Addresses of the area packages."""

from django.urls import URLPattern, path

from zhiheng_web.publication.views import congress, packages, withdrawals

ONE = "publication/<uuid:package>/"
urlpatterns: list[URLPattern] = [
    path("publication/", packages.packages, name="packages"),
    path("publication/new/", packages.new_package, name="new_package"),
    path("publication/clock/", packages.keep_clock, name="set_clock"),
    path(ONE, packages.package, name="package"),
    path(f"{ONE}content/", packages.package_content, name="package_content"),
    path(f"{ONE}file/<str:sha256>/", packages.package_file, name="package_file"),
    path(f"{ONE}narrative/", packages.package_narrative, name="package_narrative"),
    path(f"{ONE}redactions/", packages.package_redactions, name="package_redactions"),
    path(f"{ONE}editions/", packages.package_editions, name="package_editions"),
    path(f"{ONE}leave-out/", packages.leave_out, name="leave_out"),
    path(f"{ONE}paragraph/", packages.write, name="write_paragraph"),
    path(f"{ONE}remove-paragraph/", packages.remove, name="remove_paragraph"),
    path(f"{ONE}redact/", packages.redact_place, name="redact"),
    path(f"{ONE}lift/", packages.lift, name="lift_redaction"),
    path(f"{ONE}answer/", packages.answer, name="answer_proposal"),
    path(f"{ONE}prepare/", packages.prepare, name="prepare"),
    path(f"{ONE}review/", packages.review, name="review"),
    path(f"{ONE}sign/", packages.sign, name="sign"),
    path(f"{ONE}publish/", packages.publish, name="publish"),
    path(f"{ONE}reopen/", packages.reopen, name="reopen"),
    path(f"{ONE}correct/", packages.correct, name="correct"),
    path(f"{ONE}withdraw/", withdrawals.ask, name="ask_withdrawal"),
    path(f"{ONE}withdraw/decide/", withdrawals.decide, name="decide_withdrawal"),
    path(f"{ONE}congress/", congress.congress, name="congress"),
    path(f"{ONE}congress/<str:kind>/", congress.enclosure, name="congress_file"),
]
