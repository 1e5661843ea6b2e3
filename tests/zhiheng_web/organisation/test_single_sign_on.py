"""Single sign-on against a provider on loopback: who enters, who does not, and that nobody gains a role by it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from zhiheng_web.demonstration.organisation import PASSWORD, Demonstrated
from zhiheng_web.organisation.models import Account
from zhiheng_web.organisation.viewer import viewer_of
from zhiheng_web.trail.models import TrailRecord

sys.path.insert(0, str(Path(__file__).parent))
from provider import CLIENT, SECRET, Provider, provider


@pytest.fixture
def sso(organisation: Demonstrated, settings: Any) -> Iterator[Provider]:
    with provider() as found:
        settings.OIDC_RP_CLIENT_ID, settings.OIDC_RP_CLIENT_SECRET = CLIENT, SECRET
        settings.OIDC_ISSUER = found.issuer
        settings.OIDC_OP_AUTHORIZATION_ENDPOINT = f"{found.issuer}/authorise"
        settings.OIDC_OP_TOKEN_ENDPOINT, settings.OIDC_OP_USER_ENDPOINT = f"{found.issuer}/token", f"{found.issuer}/user"
        settings.OIDC_OP_JWKS_ENDPOINT = f"{found.issuer}/keys"
        yield found


def enter(sso: Provider, client: Client | None = None, query: str = ""):
    client = client or Client()
    location = client.get(f"/login/oidc/{query}")["Location"]
    back = sso.authorise(location)
    answer = client.get(back.replace("http://testserver", ""))
    return client, answer


def who(client: Client) -> str:
    answer = client.get("/account/")
    return answer.wsgi_request.viewer.account.username if answer.status_code == 200 else ""


def test_without_configuration_there_is_none_of_it(organisation: Demonstrated) -> None:
    assert Client().get("/login/oidc/").status_code == Client().get("/login/oidc/callback/").status_code == 404
    assert "oidc" not in Client().get("/login/").content.decode()


def test_a_person_enters_and_is_bound_to_the_subject(sso: Provider) -> None:
    assert "用统一身份认证登录" in Client().get("/login/").content.decode()
    client, answer = enter(sso, query="?next=/account/tokens/")
    assert answer["Location"] == "/account/tokens/" and who(client) == "jixiao"
    assert Account.objects.get(username="jixiao").oidc_subject == f"{sso.issuer}|s-1"
    assert TrailRecord.objects.get(action="organisation.sign_in").details["way"] == "oidc"
    sso.claims["preferred_username"] = "juzhang"
    assert who(enter(sso)[0]) == "jixiao", "from then on the subject counts, not the name"


def test_another_subject_of_the_same_name_does_not_enter(sso: Provider) -> None:
    enter(sso)
    sso.claims["sub"] = "s-2"
    client, answer = enter(sso)
    assert "ended=oidc" in answer["Location"] and who(client) == ""
    assert TrailRecord.objects.filter(action="organisation.sign_in_failed").count() == 1


def test_names_count_for_nothing_if_the_setting_says_so(sso: Provider, settings: Any) -> None:
    settings.OIDC_MATCH_USERNAME = False
    assert who(enter(sso)[0]) == ""
    Account.objects.filter(username="jixiao").update(oidc_subject=f"{sso.issuer}|s-1")
    assert who(enter(sso)[0]) == "jixiao"


def test_nobody_unknown_enters_and_if_accounts_are_made_they_hold_no_role(sso: Provider, settings: Any) -> None:
    sso.claims |= {"sub": "s-9", "preferred_username": "stranger", "roles": ["system_administrator"], "groups": ["admin"], "is_staff": True}
    assert who(enter(sso)[0]) == "" and not Account.objects.filter(username="stranger").exists()
    settings.OIDC_CREATE_ACCOUNTS = True
    assert who(enter(sso)[0]) == "stranger"
    from django.utils import timezone

    made = Account.objects.get(username="stranger")
    assert viewer_of(made, timezone.localdate()).roles == frozenset() and not made.has_usable_password()
    sso.claims |= {"sub": "s-10", "preferred_username": "JUZHANG"}
    assert who(enter(sso)[0]) == "", "nobody is made in another's name"


def test_somebody_who_left_does_not_enter(sso: Provider, settings: Any) -> None:
    settings.OIDC_CREATE_ACCOUNTS = True
    enter(sso)
    Account.objects.filter(username="jixiao").update(is_active=False)
    assert who(enter(sso)[0]) == ""


@pytest.mark.parametrize(
    "change",
    [
        {"aud": "another-client"},
        {"iss": "https://evil.example"},
        {"exp": 1},
        {"exp": None},
        {"nonce": "x"},
        {"azp": "another"},
        {"sub": None},
    ],
    ids=str,
)
def test_a_token_for_somebody_else_of_somebody_else_or_old_is_refused(sso: Provider, change: dict[str, object]) -> None:
    sso.token_changes = change
    client, answer = enter(sso)
    assert answer.status_code == 302 and "ended=oidc" in answer["Location"] and who(client) == ""


def test_a_forged_signature_and_words_about_another_subject_are_refused(sso: Provider) -> None:
    sso.forged = True
    assert who(enter(sso)[0]) == ""
    sso.forged, sso.userinfo_changes = False, {"sub": "s-2"}
    assert who(enter(sso)[0]) == ""
    sso.userinfo_changes = {}
    assert who(enter(sso)[0]) == "jixiao"


def test_an_answer_that_nobody_asked_for_is_refused(sso: Provider) -> None:
    back = sso.authorise(Client().get("/login/oidc/")["Location"]).replace("http://testserver", "")
    other = Client()
    assert "ended=oidc" in other.get(back)["Location"] and who(other) == ""
    other.get("/login/oidc/")
    assert "ended=oidc" in other.get(back)["Location"] and who(other) == ""


def test_the_second_factor_is_asked_after_it_too(sso: Provider) -> None:
    from django_otp.plugins.otp_totp.models import TOTPDevice

    TOTPDevice.objects.create(user=Account.objects.get(username="jixiao"), confirmed=True)
    client, answer = enter(sso)
    assert answer["Location"] == "/login/code/" and who(client) == ""


def test_passwords_still_work_beside_it(sso: Provider) -> None:
    client = Client()
    client.post("/login/", {"username": "jixiao", "password": PASSWORD})
    assert who(client) == "jixiao"
