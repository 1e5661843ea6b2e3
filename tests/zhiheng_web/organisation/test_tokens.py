"""Tokens: shown once, kept as a digest, good for what they say and no longer."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.organisation.actions.create_token import create_token
from zhiheng_web.organisation.actions.revoke_token import revoke_token
from zhiheng_web.organisation.models import Account, ApiToken
from zhiheng_web.organisation.tokens import viewer_for_token
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Absent, Invalid
from zhiheng_web.trail.models import TrailRecord


@pytest.fixture
def raw(viewer: Callable[[str], Viewer]) -> str:
    return create_token(viewer("jixiao"), "报表程序", ["read", "import"], 30)[1]


def test_a_token_is_its_owner_with_its_scopes(raw: str) -> None:
    found = viewer_for_token(raw, "10.0.0.1")
    assert found.account.username == "jixiao" and found.api_scopes == {"read", "import"} and found.address == "10.0.0.1"
    assert [role.value for role in found.roles] == ["performance_officer"]


def test_the_secret_is_nowhere_in_the_database(raw: str) -> None:
    token = ApiToken.objects.get()
    kept = f"{token.__dict__}{[record.__dict__ for record in TrailRecord.objects.all()]}"
    assert raw not in kept and raw.removeprefix("zh_") not in kept


@pytest.mark.parametrize("change", ["", "x", "upper", "cut"])
def test_another_word_is_no_token(raw: str, change: str) -> None:
    wrong = {"": "", "x": raw + "x", "upper": raw.upper(), "cut": raw[:-1]}[change]
    assert viewer_for_token(wrong) is None


def test_an_expired_or_revoked_token_or_one_of_a_person_who_left_is_dead(raw: str, viewer: Callable[[str], Viewer]) -> None:
    token = ApiToken.objects.get()
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert viewer_for_token(raw) is None
    ApiToken.objects.update(expires_at=timezone.now() + timedelta(days=1))
    assert viewer_for_token(raw) is not None
    Account.objects.filter(username="jixiao").update(is_active=False)
    assert viewer_for_token(raw) is None
    Account.objects.filter(username="jixiao").update(is_active=True)
    with pytest.raises(Absent):
        revoke_token(viewer("juzhang"), token.pk)
    revoke_token(viewer("jixiao"), token.pk)
    assert viewer_for_token(raw) is None


def test_the_last_use_is_written_once_an_hour(raw: str) -> None:
    viewer_for_token(raw)
    first = ApiToken.objects.get().last_used_at
    viewer_for_token(raw)
    assert ApiToken.objects.get().last_used_at == first
    ApiToken.objects.update(last_used_at=first - timedelta(hours=2))
    viewer_for_token(raw)
    assert ApiToken.objects.get().last_used_at >= first


@pytest.mark.parametrize(("scopes", "days"), [([], 30), (["admin"], 30), (["read"], 0), (["read"], 366)])
def test_a_token_for_nothing_unknown_or_for_ever_is_refused(viewer: Callable[[str], Viewer], scopes: list[str], days: int) -> None:
    with pytest.raises(Invalid):
        create_token(viewer("jixiao"), "x", scopes, days)


def test_the_page_shows_it_once(organisation: Demonstrated, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("jixiao")
    page = client.post("/account/tokens/", {"name": "程序", "scopes": ["read"], "days": 30}).content.decode()
    raw = re.search(r"zh_[\w-]{43}", page).group()
    assert viewer_for_token(raw) is not None and raw not in client.get("/account/tokens/").content.decode()
