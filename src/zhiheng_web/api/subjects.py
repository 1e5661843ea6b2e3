"""Organisations and people (单位与人员) over all registers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from zhiheng_web.api import ledger_inputs as inputs
from zhiheng_web.api import subject_shapes as shapes
from zhiheng_web.api.entrance import READ, STEPS, answers, results
from zhiheng_web.api.inputs import Code, Line
from zhiheng_web.api.shapes import MadeShape, Page
from zhiheng_web.ledgers.actions.keep_organisation import OrganisationFacts, keep_organisation
from zhiheng_web.ledgers.actions.keep_person import PersonFacts, keep_person
from zhiheng_web.ledgers.actions.merge_organisations import merge_organisations
from zhiheng_web.ledgers.models import Organisation
from zhiheng_web.ledgers.queries.subjects import InRegister, Mention, organisation_list, organisation_page, people_list, person_page

router = Router(tags=["单位与人员 Organisations and people"], auth=STEPS)
ORGANISATION, PERSON = "/organisations/{uuid:organisation}", "/people/{uuid:person}"


@router.get(
    "/organisations",
    response=answers(Page[shapes.OrganisationShape]),
    auth=READ,
    operation_id="organisations",
    summary="Organisations 单位",
)
def organisations(
    request: HttpRequest, search: Line = "", county: Code = "", shared: bool = False, number: inputs.PageNumber = 1
) -> dict[str, Any]:
    """Fifty organisations of which the caller reads entries, page ``number``; ``shared``: those that stand in several registers."""
    found = organisation_list(request.viewer, search, county, shared, number)
    return {"count": found.total, "items": [_organisation(line.organisation, line.entries) for line in found.lines]}


def _organisation(row: Organisation, entries: int) -> dict[str, Any]:
    names = ("id", "name", "uscc", "kind", "county", "country")
    return {**{name: getattr(row, name) for name in names}, "entries": entries}


@router.get(
    ORGANISATION,
    response=answers(shapes.OrganisationPageShape),
    auth=READ,
    operation_id="organisation",
    summary="One organisation 一个单位",
)
def organisation(request: HttpRequest, organisation: UUID) -> dict[str, Any]:
    """An organisation with all its entries that the caller sees."""
    found = organisation_page(request.viewer, organisation)
    said = _organisation(found.organisation, found.entries)
    return {**said, "names": list(found.names), "merged": list(found.merged), "registers": in_registers(found.registers)}


def in_registers(found: Sequence[InRegister]) -> list[dict[str, Any]]:
    """The entries about a subject by register."""
    return [
        {"ledger": one.register, "mentions": [_mention(mention) for mention in one.mentions], "indicators": list(one.indicators)}
        for one in found
    ]


def _mention(one: Mention) -> dict[str, Any]:
    said = {name: getattr(one, name) for name in ("title", "role", "state", "called", "counts")}
    return {**said, "entry": one.version.entry_id}


@router.post(ORGANISATION, response=results(MadeShape), operation_id="keep_organisation", summary="Correct an organisation 更正单位信息")
def keep(request: HttpRequest, organisation: UUID, payload: inputs.OrganisationInput) -> dict[str, Any]:
    """Correct it for all registers; entries keep the name of their time."""
    return {"id": keep_organisation(request.viewer, organisation, OrganisationFacts(**payload.dict())).pk}


@router.post(
    f"{ORGANISATION}/merge", response=results(MadeShape), operation_id="merge_organisations", summary="Merge organisations 合并单位"
)
def merge(request: HttpRequest, organisation: UUID, payload: inputs.MergeOrganisationsInput) -> dict[str, Any]:
    """Merge a record of the same organisation into this one."""
    return {"id": merge_organisations(request.viewer, organisation, payload.organisation, payload.reason).pk}


@router.get("/people", response=answers(Page[shapes.PersonLineShape]), auth=READ, operation_id="people", summary="People 人员")
def people(request: HttpRequest, number: inputs.PageNumber = 1) -> dict[str, Any]:
    """Fifty people of whom the caller reads entries, page ``number``; masked unless the caller sees personal data."""
    found = people_list(request.viewer, number)
    lines = [{"id": one.person.pk, "name": one.name, "employer": one.employer, "entries": one.entries} for one in found.lines]
    return {"count": found.total, "items": lines}


@router.get(PERSON, response=answers(shapes.PersonPageShape), auth=READ, operation_id="person", summary="One person 一名人员")
def person(request: HttpRequest, person: UUID) -> dict[str, Any]:
    """A person with the entries. Opening it in clear is on the trail."""
    found = person_page(request.viewer, person)
    facts = [{"name": name, "value": value} for name, value in found.facts]
    return {"id": found.person.pk, "name": found.name, "clear": found.clear, "facts": facts, "registers": in_registers(found.registers)}


@router.post(PERSON, response=results(MadeShape), operation_id="keep_person", summary="Correct a person 更正人员信息")
def keep_one(request: HttpRequest, person: UUID, payload: inputs.PersonInput) -> dict[str, Any]:
    """Correct what is recorded of a person."""
    return {"id": keep_person(request.viewer, person, PersonFacts(**payload.dict())).pk}
