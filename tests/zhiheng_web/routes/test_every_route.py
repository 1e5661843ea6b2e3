"""Every address, asked by nobody and by every account: who may not is sent away, and nothing ever breaks.

The addresses are taken from the resolver, so that a new one is asked without anybody adding it here.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.zhiheng_web.kept import once

from zhiheng_web.config.permissions import load_actions
from zhiheng_web.demonstration.load import load
from zhiheng_web.organisation.authority import ALL_POLICIES, may
from zhiheng_web.organisation.models import Account
from zhiheng_web.organisation.viewer import viewer_of
from zhiheng_web.planning.models import DutyRow, IndicatorRow, PerformanceTable, Project, TableVersion
from zhiheng_web.trail.models import TrailRecord
from zhiheng_web.ui.frame import MENU

TODAY = date(2020, 1, 10)
OPEN_TO_ALL = {
    "health",
    "api_reference",
    "organisation:login",
    "organisation:set_language",
    "organisation:oidc_start",
    "organisation:oidc_callback",
    "evaluation:answer",
    "evaluation:answered",
    "publication:public",
    "publication:public_path",
}
"""Addresses that need no sign-in; tests/zhiheng_web/config/test_security.py says why and what they show."""
OPEN_PREFIXES = ("/api/",)
"""The API asks for a token itself: tests/zhiheng_web/api."""
ENDS_THE_SESSION = {"organisation:logout"}
ACCOUNTS = (
    *("jingban", "jingban2", "kezhang", "jixiao", "fenguan", "dangzu", "juzhang", "czyewu", "czjixiao"),
    *("jigou", "jiwei", "shenji", "baomi", "sysadmin", "secadmin", "auditadmin"),
)


@dataclass(frozen=True)
class Route:
    """One address with the kinds of its parts."""

    name: str
    template: str

    def filled(self, known: dict[str, Any]) -> str:
        def part(match: re.Match[str]) -> str:
            kind, _, word = match[1].rpartition(":")
            other = {"uuid": uuid.UUID(int=7), "int": 2020}.get(kind, "x")
            return str(known.get(word, other))

        def group(match: re.Match[str]) -> str:
            words = match[2].strip("(?:)").split("|")
            other = words[0] if words[0].replace("_", "").isalpha() else uuid.UUID(int=7)
            return str(known.get(match[1], other))

        plain = re.sub(r"\(\?P<(\w+)>((?:[^()]|\([^()]*\))*)\)", group, self.template)
        return "/" + re.sub(r"<([^>]+)>", part, plain)


def routes(resolver: URLResolver | None = None, prefix: str = "", space: str = "") -> Iterator[Route]:
    """All addresses below a resolver."""
    for entry in (resolver or get_resolver()).url_patterns:
        template = prefix + str(entry.pattern).lstrip("^").rstrip("$")
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from routes(entry, template, inner)
        elif isinstance(entry, URLPattern):
            yield Route(f"{space}{entry.name or ''}", template)


def asked() -> list[Route]:
    return [route for route in routes() if not f"/{route.template}".startswith(OPEN_PREFIXES)]


@pytest.fixture
def demonstration(db: None) -> dict[str, Any]:
    """The whole demonstration, and an id for each kind of part."""
    once("demonstration", load)
    version = TableVersion.objects.get(table__kind=PerformanceTable.Kind.DEPARTMENT)
    row = IndicatorRow.objects.filter(version=version).order_by("position").first()
    return {
        "version": version.pk,
        "other": version.pk,
        "table": version.table_id,
        "unit": version.table.unit_id,
        "department": version.table.unit.department_id,
        "row": row.pk,
        "indicator": row.indicator_id,
        "duty": DutyRow.objects.filter(version=version).first().pk,
        "project": Project.objects.order_by("code").first().pk,
        "account": Account.objects.get(username="jingban").pk,
        "code": "declaration",
        "kind": "docx",
    }


def test_there_are_addresses() -> None:
    found = asked()
    assert len(found) > 60
    assert {"tasks:home", "planning:tables", "planning:edit", "organisation:accounts", "trail:trail"} <= {route.name for route in found}


def test_nobody_gets_in_without_signing_in(demonstration: dict[str, Any]) -> None:
    before = TrailRecord.objects.count()
    let_in = []
    for route in asked():
        if route.name in OPEN_TO_ALL:
            continue
        for method in ("get", "post"):
            answer = getattr(Client(), method)(route.filled(demonstration))
            if not (answer.status_code == 302 and "/login/" in answer["Location"]):
                let_in.append((method, route.name, answer.status_code))
    assert let_in == []
    assert TrailRecord.objects.count() == before


def test_what_is_open_to_all_is(db: None) -> None:
    for address in ("/health/", "/login/", "/api/docs/", "/api/v1/openapi.json"):
        assert Client().get(address).status_code == 200, address


@pytest.mark.parametrize("username", ACCOUNTS)
def test_an_account_gets_what_its_roles_allow_and_nothing_breaks(
    demonstration: dict[str, Any], username: str, django_capture_on_commit_callbacks: Any
) -> None:
    """No address answers with a fault; no request leaves a record of an action that the policies do not grant the account."""
    load_actions()
    account = Account.objects.get(username=username)
    viewer = viewer_of(account, TODAY)
    broken, forbidden = [], []
    client = Client(raise_request_exception=False)
    for route in asked():
        if route.name in ENDS_THE_SESSION:
            continue
        for method in ("get", "post"):
            last = TrailRecord.objects.order_by("-number").values_list("number", flat=True).first() or 0
            if client.session.get(SESSION_KEY) != str(account.pk):
                client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
            status = getattr(client, method)(route.filled(demonstration)).status_code
            if status not in (200, 201, 204, 302, 303, 400, 403, 404, 405, 409, 415, 422):
                broken.append((method, route.name, status))
            done = TrailRecord.objects.filter(number__gt=last, account=str(account.pk)).values_list("action", flat=True)
            forbidden += [(route.name, name) for name in done if name in ALL_POLICIES and not may(viewer, name, None)]
    assert broken == []
    assert forbidden == []


@pytest.mark.parametrize("username", ACCOUNTS)
def test_what_the_menu_shows_opens(demonstration: dict[str, Any], username: str, signed_in_as: Callable[[str], Client]) -> None:
    from django.urls import reverse

    account = Account.objects.get(username=username)
    viewer = viewer_of(account, TODAY)
    client = signed_in_as(username)
    shown = [entry for entry in MENU if entry.shows(viewer)]
    answers = {entry.url_name: client.get(reverse(entry.url_name), follow=True).status_code for entry in shown}
    assert {name: status for name, status in answers.items() if status != 200} == {}


@pytest.fixture
def signed_in_as(demonstration: dict[str, Any]) -> Callable[[str], Client]:
    def sign_in(username: str) -> Client:
        client = Client()
        client.force_login(Account.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def test_an_id_of_another_department_is_as_absent_as_one_that_never_was(
    demonstration: dict[str, Any], signed_in_as: Callable[[str], Client]
) -> None:
    """A reviewer of finance may not see the draft: its address answers byte for byte as an invented one."""
    client = signed_in_as("czyewu")
    for route in asked():
        if "<uuid:version>" not in route.template or not route.name.startswith("planning:"):
            continue
        invented = uuid.uuid4()
        real = client.get(route.filled(demonstration))
        never = client.get(route.filled({**demonstration, "version": invented}))
        assert real.status_code == never.status_code != 200, route.name
        if real.status_code == 404:
            hide = re.compile(
                r'csrf[^>]*>|X-CSRFToken[^}]*}|value="\w{64}"|nonce="[^"]*"|/versions/[0-9a-f-]{36}|%2Fversions%2F[0-9a-f-]{36}'
            )
            assert hide.sub("", real.content.decode()) == hide.sub("", never.content.decode()), route.name
