"""Every action of the procedure and every page that is read has an operation of the API, or stands here with the reason why not."""

from __future__ import annotations

import ast
import importlib
import inspect
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from tests.zhiheng_web.api.conftest import Caller

import zhiheng_web.api
from zhiheng_web.planning.models import IndicatorRow, TableVersion
from zhiheng_web.trail.action import ACTIONS

AREAS = ("planning", "tasks", "organisation", "ledgers", "evaluation", "publication")
"""The areas of which every action has an operation or a reason."""
PERSONS = "accounts, roles, passwords, sessions and second factors are kept by persons who sign in: a token must not widen its own rights"
STRUCTURE = "departments, units and offices are set up by the system administrator at the screen"
NOT_BY_API = {
    "organisation.assign_role": PERSONS,
    "organisation.change_password": PERSONS,
    "organisation.create_account": PERSONS,
    "organisation.create_first_administrator": PERSONS,
    "organisation.create_token": PERSONS,
    "organisation.deactivate_account": PERSONS,
    "organisation.delegate_role": PERSONS,
    "organisation.edit_account": PERSONS,
    "organisation.end_delegation": PERSONS,
    "organisation.end_role": PERSONS,
    "organisation.end_session": PERSONS,
    "organisation.enrol_second_factor": PERSONS,
    "organisation.reactivate_account": PERSONS,
    "organisation.remove_second_factor": PERSONS,
    "organisation.renew_recovery_codes": PERSONS,
    "organisation.reset_password": PERSONS,
    "organisation.reset_second_factor": PERSONS,
    "organisation.revoke_token": PERSONS,
    "organisation.unlock_account": PERSONS,
    "organisation.close_office": STRUCTURE,
    "organisation.create_department": STRUCTURE,
    "organisation.create_office": STRUCTURE,
    "organisation.create_unit": STRUCTURE,
    "organisation.edit_calendar": STRUCTURE,
    "organisation.edit_department": STRUCTURE,
    "organisation.edit_unit": STRUCTURE,
    "organisation.rename_office": STRUCTURE,
    "organisation.create_reporting_unit": STRUCTURE,
    "organisation.edit_reporting_unit": STRUCTURE,
    "organisation.close_reporting_unit": STRUCTURE,
    "ledgers.generate_daily": "the service does it of itself once a day, asked by nobody",
    "planning.import_table": "confirm_preview runs it, so that nothing is imported unseen",
    "planning.import_history": "confirm_preview runs it, so that nothing is imported unseen",
    "evaluation.answer_survey": "whoever answers holds an invitation and no account: a token would tell who it was",
}
"""Actions that no operation runs, each with its reason."""
WRAPPED = {
    "planning.upload_table": "upload_table",
    "planning.receive_payments": "receive_payments",
    "ledgers.import_entries": "import_entries",
    "ledgers.add_evidence": "add_evidence",
    "evaluation.add_file": "add_file",
    "evaluation.recheck_row": "recheck_row",
    "evaluation.declare_actual": "declare_actual",
    "evaluation.declare_monitored": "declare_monitored",
    "evaluation.engage_agency": "engage_agency",
    "evaluation.hand_in_material": "hand_in_material",
    "evaluation.hand_in_report": "hand_in_report",
    "evaluation.keep_sheet": "keep_sheet",
    "evaluation.report_progress": "report_progress",
    "evaluation.report_rectified": "report_rectified",
}
"""Actions that are run by a function of the same module, which first checks what was uploaded."""

A_FORM = "an empty form or a step: the operation of the step takes the same"
AT_THE_SCREEN = "for a person at a screen"
PAGES = {
    "tasks:home": "tasks",
    "tasks:worklist": "tasks",
    "tasks:overdue": "overdue",
    "tasks:notices": "notices",
    "tasks:deadlines": "deadlines",
    "planning:tables": "tables",
    "planning:table": "glance",
    "planning:indicator": "indicator_of_table",
    "planning:derived": "actuals",
    "planning:version": "version",
    "planning:departments": "departments",
    "planning:edit": "version",
    "planning:edit_row": "version",
    "planning:edit_changes": "changes",
    "planning:replies": "replies",
    "planning:edit_preview": "meaning",
    "planning:import": "previews",
    "planning:preview": "preview",
    "planning:preview_progress": "preview",
    "planning:preview_table": "preview",
    "planning:generate": "new_table",
    "planning:generated": "generated",
    "planning:library": "library",
    "planning:library_entry": "library_entry",
    "planning:planned_values": "planned_values",
    "planning:exchange": "exchange",
    "planning:exchange_file": "exchange_file",
    "planning:weights": "weights",
    "planning:parts": "parts",
    "planning:inbox": "inbox",
    "planning:review": "review",
    "planning:compare": "compare",
    "planning:compare_with": "compare",
    "planning:adjust": "adjusting",
    "planning:rollup": "rollup",
    "planning:routes": "route",
    "planning:duties": "duties",
    "planning:projects": "projects_of_year",
    "planning:project": "project_of_year",
    "planning:pre_assessment": "project_of_year",
    "planning:budget": "budget",
    "planning:budget_now": "budget",
    "planning:coverage": "coverage",
    "planning:coverage_now": "coverage",
    "planning:payments": "payments",
    "planning:payment_sheet": "payment_sheet",
    "planning:papers": "papers",
    "planning:paper": "paper_file",
    "planning:paper_scan": "signed_scan",
    "planning:approval_scan": "approval_scan",
    "organisation:calendar": "calendar",
    "organisation:calendar_year": "calendar",
    "organisation:departments_admin": "units",
    "ledgers:registers": "registers",
    "ledgers:register": "entries",
    "ledgers:register_file": "entries",
    "ledgers:counties": "counties",
    "ledgers:obligations": "obligations",
    "ledgers:entry": "entry",
    "ledgers:waiting": "waiting_entries",
    "ledgers:import_entries": "entry_imports",
    "ledgers:template": "entry_template",
    "ledgers:one_import": "entry_import",
    "ledgers:import_progress": "entry_import",
    "ledgers:import_faults": "import_faults",
    "ledgers:add_evidence": "evidence_of_entry",
    "ledgers:evidence_bulk": "lacking_evidence",
    "ledgers:evidence_page": "evidence",
    "ledgers:evidence_file": "evidence_file",
    "ledgers:actuals_now": "actual_tables",
    "ledgers:actuals": "actuals",
    "ledgers:actual": "actual",
    "ledgers:bases": "counting_bases",
    "ledgers:snapshot": "snapshot",
    "ledgers:proof": "proof",
    "ledgers:take_snapshot": "actual",
    "ledgers:take_snapshots": "actuals",
    "ledgers:circumstance": "circumstances",
    "ledgers:papers": "register_papers",
    "ledgers:draft_paper": "draft_ledger_paper",
    "ledgers:paper": "ledger_paper_file",
    "ledgers:declare": "registers",
    "ledgers:change_register": "definition",
    "ledgers:bind_indicator": "counting_bases",
    "ledgers:packs": "packs",
    "ledgers:organisations": "organisations",
    "ledgers:one_organisation": "organisation",
    "ledgers:people": "people",
    "ledgers:one_person": "person",
    "evaluation:rounds": "rounds",
    "evaluation:round": "round",
    "evaluation:report": "monitoring_report",
    "evaluation:open_correction": "corrections",
    "evaluation:milestones": "milestones",
    "evaluation:milestone": "milestone",
    "evaluation:self_evaluations": "self_evaluations",
    "evaluation:self_evaluation": "self_evaluation",
    "evaluation:self_evaluation_row": "self_evaluation_row",
    "evaluation:self_evaluation_points": "self_evaluation_points",
    "evaluation:self_evaluation_file": "self_evaluation_file",
    "evaluation:evaluations": "evaluations",
    "evaluation:evaluation": "evaluation",
    "evaluation:marks": "evaluation",
    "evaluation:contract": "contract",
    "evaluation:material_file": "material_file",
    "evaluation:report_file": "report_file",
    "evaluation:agencies": "agencies",
    "evaluation:samples": "samples",
    "evaluation:sample": "sample",
    "evaluation:verify_sample": "sample_script",
    "evaluation:recheck": "recheck",
    "evaluation:department_sheet": "department_sheet",
    "evaluation:department_sheets": "units",
    "evaluation:surveys": "surveys",
    "evaluation:survey": "survey",
    "evaluation:survey_result": "survey",
    "evaluation:rectification": "rectification",
    "evaluation:rectification_item": "rectification_item",
    "evaluation:rectification_file": "rectification_file",
    "evaluation:order": "order",
    "evaluation:new_order": "order_draft",
    "evaluation:uses": "uses",
    "evaluation:use": "use",
    "evaluation:decide_use": "use_draft",
    "evaluation:papers": "year_papers",
    "evaluation:year_papers": "year_papers",
    "evaluation:paper_desk": "paper_desk",
    "evaluation:draft_paper": "year_paper_draft",
    "evaluation:paper": "year_paper",
    "evaluation:paper_scan": "year_paper_scan",
    "evaluation:paper_file": "year_paper_file",
    "evaluation:exchange_monitoring": "monitoring_exchange",
    "evaluation:exchange_monitoring_file": "monitoring_exchange_file",
    "evaluation:exchange_self_evaluation": "self_evaluation_exchange",
    "evaluation:exchange_self_evaluation_file": "self_evaluation_exchange_file",
    "publication:packages": "packages",
    "publication:new_package": "beginnable_packages",
    "publication:package": "package",
    "publication:package_content": "package_content",
    "publication:package_file": "package_file",
    "publication:package_narrative": "package_narrative",
    "publication:package_redactions": "package_redactions",
    "publication:package_editions": "package_editions",
    "publication:congress": "package",
    "publication:congress_file": "congress_file",
    "publication:public": "published",
    "publication:public_path": "published_content",
    "trail:trail": "trail",
    "trail:record": "record",
}
"""The operation that tells what a page shows."""
NO_PAGE = {
    "evaluation:evaluated": AT_THE_SCREEN,
    "evaluation:evaluated_row": AT_THE_SCREEN,
    "evaluation:evaluated_sheet": AT_THE_SCREEN,
    "evaluation:evaluated_sheet_file": AT_THE_SCREEN,
    "evaluation:department_sheet_file": AT_THE_SCREEN,
    "planning:record_approval": A_FORM,
    "planning:reply_form": A_FORM,
    "planning:answer_form": A_FORM,
    "planning:library_new": A_FORM,
    "planning:new_project": A_FORM,
    "planning:edit_project": A_FORM,
    "planning:transfer_duty": A_FORM,
    "planning:merge_offices": A_FORM,
    "ledgers:new_entry": A_FORM,
    "ledgers:correct_entry": A_FORM,
    "ledgers:move_entry": A_FORM,
    "ledgers:revoke_entry": A_FORM,
    "ledgers:restore_entry": A_FORM,
    "ledgers:new_register": A_FORM,
    "evaluation:declare_actual": "how what is being typed will be read; the operation refuses with the same words",
    "evaluation:declare_monitored": "how what is being typed will be read; the operation refuses with the same words",
    "evaluation:new_round": A_FORM,
    "evaluation:change_round": A_FORM,
    "evaluation:new_evaluation": A_FORM,
    "evaluation:new_survey": A_FORM,
    "evaluation:edit_survey": A_FORM,
    "evaluation:answer": "whoever answers holds an invitation and no account: a token would tell who it was",
    "evaluation:answered": "thanks after an answer, the same for everybody",
    "ledgers:paste": "pasted cells become rows of `record_entries`, which tells every fault",
    "ledgers:evidence_picture": "a picture of a page of the file that `evidence_file` gives",
    "trail:export": "the same records as CSV; `trail` pages through them",
    "trail:verify": "the check of the whole chain takes long; `zhiheng` runs it on the server",
    "organisation:department_admin": STRUCTURE,
    "organisation:new_department": STRUCTURE,
}
"""Addresses that are no page of their own to read, each with its reason."""


def used() -> set[tuple[str, str]]:
    """Module and name of everything that the API's modules import."""
    found = set()
    for path in Path(zhiheng_web.api.__file__).parent.glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                found |= {(node.module, name.name) for name in node.names}
        aliases = {name for _, name in found}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in aliases:
                found.add((f"zhiheng_web.planning.actions.{node.value.id}", node.attr))
    return found


def operation_ids() -> set[str]:
    from zhiheng_web.api.urls import api

    return {said["operationId"] for methods in api.get_openapi_schema()["paths"].values() for said in methods.values()}


def test_every_action_is_an_operation_or_has_a_reason() -> None:
    get_resolver().url_patterns  # noqa: B018 - registers the actions
    importlib.import_module("zhiheng_web.organisation.actions.create_first_administrator")  # the command's own
    at_hand = used()
    reached = {name for name, entry in ACTIONS.items() if (entry.module, WRAPPED.get(name, entry.function)) in at_hand}
    named = {name for name in ACTIONS if name.split(".")[0] in AREAS}
    assert named - reached - NOT_BY_API.keys() == set(), "give these an operation, or a reason in NOT_BY_API"
    assert NOT_BY_API.keys() & reached == set(), "these have an operation: take them out of NOT_BY_API"
    assert NOT_BY_API.keys() <= ACTIONS.keys()


@pytest.mark.parametrize(("action", "function"), WRAPPED.items())
def test_a_wrapped_action_is_run_by_its_wrapper(action: str, function: str) -> None:
    get_resolver().url_patterns  # noqa: B018
    entry = ACTIONS[action]
    assert entry.function in inspect.getsource(getattr(importlib.import_module(entry.module), function))


def test_no_two_shapes_have_one_name() -> None:
    """The description knows a shape by its name: of two, one would be described as the other."""
    names: list[str] = []
    for path in Path(zhiheng_web.api.__file__).parent.glob("*.py"):
        names += [node.name for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ClassDef)]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def routes(patterns: Any, namespace: str = "") -> list[tuple[str, Any]]:
    """Every named address of the pages with its view."""
    found = []
    for one in patterns:
        if isinstance(one, URLResolver):
            found += routes(one.url_patterns, one.namespace or namespace)
        elif isinstance(one, URLPattern) and one.name:
            found.append((f"{namespace}:{one.name}", one.callback))
    return found


def test_every_page_is_an_operation_or_has_a_reason() -> None:
    spaces = {*AREAS, "trail"} - {"organisation"}
    pages = {name: view for name, view in routes(get_resolver().url_patterns) if name.split(":")[0] in spaces}
    posted = {name for name, view in pages.items() if only_posts(view)}
    assert len(posted) > 25
    assert pages.keys() - posted - PAGES.keys() - NO_PAGE.keys() == set(), "give these an operation, or a reason in NO_PAGE"
    assert set(PAGES.values()) <= operation_ids()


def only_posts(view: Any) -> bool:
    """Whether the view refuses to be read."""
    from django.http import HttpResponseNotAllowed
    from django.test import RequestFactory

    request = RequestFactory().get("/")
    request.user = type("Somebody", (), {"is_authenticated": True})()
    try:
        return isinstance(view(request), HttpResponseNotAllowed)
    except Exception:  # noqa: BLE001 - it went on to read, and lacks its arguments
        return False


EACH = [
    "/departments",
    "/units",
    "/tables/{table}/glance",
    "/tables/{table}/indicators/{indicator}",
    "/tables/{table}/adjusting",
    "/versions/{version}/review",
    "/versions/{version}/opinions",
    "/versions/{version}/messages",
    "/versions/{version}/weights",
    "/versions/{version}/rows/{row}/parts",
    "/versions/{version}/generate/2021",
    "/versions/{version}/generated",
    "/versions/{version}/exchange",
    "/versions/{version}/papers",
    "/versions/{version}/changes",
    "/versions/{version}/replies",
    "/departments/{department}/units/2020",
    "/departments/{department}/budget/2020",
    "/departments/{department}/coverage/2020",
    "/departments/{department}/planned-values/2020",
    "/units/{unit}/payments/2020",
    "/units/{unit}/money/2020",
    "/years/2020/projects",
    "/projects",
    "/library",
    "/bases",
    "/duties",
    "/deadlines",
    "/calendar/2020",
    "/inbox",
    "/inbox/sent",
    "/inbox/done",
    "/imports",
    "/overdue",
    "/registers",
    "/entries",
    "/obligations",
    "/organisations",
    "/people",
    "/actuals",
    "/actuals/{table}",
    "/actuals/{table}/{indicator}",
    "/actuals/{table}/{indicator}/bases",
    "/indicators/{indicator}/circumstances",
    "/years/2020/papers",
    "/rounds",
    "/tables/{table}/milestones",
    "/tables/{table}/milestones/{indicator}",
    "/self-evaluations",
    "/evaluations",
    "/agencies",
    "/samples",
    "/surveys",
    "/departments/{department}/sheet/2020",
    "/rectification",
    "/tables/{table}/order-draft",
    "/uses",
    "/tables/{table}/use-draft",
    "/packages",
    "/packages/beginnable",
    "/published",
]


@pytest.mark.parametrize("address", EACH)
def test_a_page_can_be_read(everything: Caller, linyi: TableVersion, address: str) -> None:
    row = IndicatorRow.objects.filter(version=linyi).order_by("pk")[0]
    table = linyi.table
    ids = {"version": linyi.pk, "table": table.pk, "unit": table.unit_id, "department": table.unit.department_id}
    said = everything.get(address.format(**ids, row=row.pk, indicator=row.indicator_id))
    assert said.status == 200, said.data


def test_what_was_read_can_be_looked_at_with_the_scope_read(everything: Caller, linyi: TableVersion) -> None:
    """The preview of an import is reading; uploading is not."""
    from tests.zhiheng_web.api.conftest import token_of
    from tests.zhiheng_web.api.test_description import uploaded

    from zhiheng_web.organisation.tokens import viewer_for_token

    preview = uploaded(linyi, everything)
    reader = Caller(token_of(viewer_for_token(everything.token), ("read",)))
    assert reader.get(f"/imports/{preview}").status == 200
    assert reader.post(f"/imports/{preview}/cancel").data["code"] == "scope"
