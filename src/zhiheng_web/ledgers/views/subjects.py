"""Organisations and people: their lists, one with all its entries, corrections, merging."""

from __future__ import annotations

from dataclasses import fields
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhiheng_web.ledgers.actions.keep_organisation import OrganisationFacts, keep_organisation
from zhiheng_web.ledgers.actions.keep_person import PersonFacts, keep_person
from zhiheng_web.ledgers.actions.merge_organisations import merge_organisations
from zhiheng_web.ledgers.divisions import county_name
from zhiheng_web.ledgers.models import Organisation
from zhiheng_web.ledgers.queries.subjects import counties_of, organisation_list, organisation_page, people_list, person_page
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

KINDS = {
    "enterprise": Text("企业", "Enterprise"), "university": Text("高等院校", "University"), "institute": Text("科研院所", "Institute"),
    "bank": Text("银行", "Bank"), "agency": Text("服务机构", "Agency"), "public": Text("机关事业单位", "Public body"),
    "abroad": Text("境外机构", "Body abroad"), "other": Text("其他", "Other"),
}  # fmt: skip
KEPT = Text("已更正。此前的记录仍保留当时的名称。", "Corrected. Earlier entries keep the name of their time.")
MERGED = Text("已合并，相关记录已转到本单位。", "Merged; the entries now belong to this organisation.")
CHOOSE = Text("请选择要并入的单位。", "Choose the organisation to merge.")


@require_GET
def organisations(request: HttpRequest) -> HttpResponse:
    """The organisations of which the viewer reads entries."""
    asked = request.GET
    number = int(asked["page"]) if asked.get("page", "").isdecimal() else 1
    found = organisation_list(
        request.viewer, asked.get("search", "").strip()[:100], asked.get("county", "")[:6], asked.get("shared") == "1", number
    )
    lines = [(line, county_name(line.organisation.county), KINDS[line.organisation.kind]) for line in found.lines]
    counties = [(code, county_name(code)) for code in counties_of(request.viewer)]
    return render(request, "ledgers/subjects/organisations.html", {"found": found, "lines": lines, "counties": counties})


def one_organisation(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """One organisation with all its entries; posting corrects it."""
    faults: dict[str, Text] = {}
    if request.method == "POST":
        try:
            keep_organisation(request.viewer, organisation, _facts(OrganisationFacts, request.POST))
            messages.success(request, KEPT)
            return redirect("ledgers:one_organisation", organisation)
        except Invalid as refused:
            faults = refused.fields
    page = organisation_page(request.viewer, organisation)
    given = request.POST if faults else {field.name: getattr(page.organisation, field.name) for field in fields(OrganisationFacts)}
    context = {
        "page": page,
        "given": given,
        "faults": faults,
        "kinds": [(code, KINDS[code]) for code in Organisation.Kind.values],
        "kind": KINDS[page.organisation.kind],
        "county": county_name(page.organisation.county),
        "entry_page": page.may_keep,
    }
    return render(request, "ledgers/subjects/organisation.html", context, status=400 if faults else 200)


@require_POST
def merge(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Merge another organisation into this one."""
    try:
        gone = UUID(request.POST.get("organisation", ""))
    except ValueError:
        raise Invalid("organisation", CHOOSE, {"organisation": CHOOSE}) from None
    merge_organisations(request.viewer, organisation, gone, request.POST.get("reason", ""))
    messages.success(request, MERGED)
    return redirect("ledgers:one_organisation", organisation)


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """The people whom the viewer's entries speak of."""
    asked = request.GET.get("page", "")
    return render(request, "ledgers/subjects/people.html", {"found": people_list(request.viewer, int(asked) if asked.isdecimal() else 1)})


def one_person(request: HttpRequest, person: UUID) -> HttpResponse:
    """One person with the entries; opening it in clear is on the trail, posting corrects it."""
    faults: dict[str, Text] = {}
    if request.method == "POST":
        try:
            keep_person(request.viewer, person, _facts(PersonFacts, request.POST))
            messages.success(request, Text("已更正。", "Corrected."))
            return redirect("ledgers:one_person", person)
        except Invalid as refused:
            faults = refused.fields
    page = person_page(request.viewer, person)
    given = (
        request.POST if faults else {field.name: getattr(page.person, field.name) for field in fields(PersonFacts)} if page.may_keep else {}
    )
    context = {"page": page, "given": given, "faults": faults, "entry_page": page.may_keep}
    return render(request, "ledgers/subjects/person.html", context, status=400 if faults else 200)


def _facts(kind: type, data: QueryDict) -> Any:
    """What was posted as the facts of an action; what was not given keeps its default."""
    return kind(**{field.name: data[field.name] for field in fields(kind) if field.name in data} | ({} if "name" in data else {"name": ""}))
