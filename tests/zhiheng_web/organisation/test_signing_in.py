"""Signing in: passwords, lock-out, sessions, the second factor; each outcome is in the trail."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from zhiheng_web.demonstration.organisation import PASSWORD, Demonstrated
from zhiheng_web.organisation.models import Account, OpenSession, RecoveryCode
from zhiheng_web.trail.models import TrailRecord

NEW = "Gaoxin-2021-mubiao"


def attempt(client: Client, username: str, password: str, **extra: str):
    return client.post("/login/", {"username": username, "password": password}, **extra)


def actions() -> list[str]:
    return list(TrailRecord.objects.order_by("number").values_list("action", flat=True))


def test_a_stranger_is_sent_to_sign_in_and_comes_back(organisation: Demonstrated) -> None:
    client = Client()
    answer = client.get("/account/?a=1")
    assert answer.status_code == 302 and answer["Location"] == "/login/?next=%2Faccount%2F%3Fa%3D1"
    page = client.get(answer["Location"]).content.decode()
    assert "涉密不上网" in page and 'name="next" value="/account/?a=1"' in page
    answer = client.post("/login/", {"username": "jixiao", "password": PASSWORD, "next": "/account/?a=1"})
    assert answer["Location"] == "/account/?a=1"
    assert actions() == ["organisation.sign_in"]
    record = TrailRecord.objects.get()
    assert (record.name, record.address, record.object_name) == ("绩效管理员", "127.0.0.1", "绩效管理员")


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"])
def test_signing_in_never_leads_to_another_site(organisation: Demonstrated, away: str) -> None:
    answer = Client().post("/login/", {"username": "jixiao", "password": PASSWORD, "next": away})
    assert answer["Location"] == "/"


def test_five_wrong_passwords_lock_and_the_trail_tells_it_once(organisation: Demonstrated) -> None:
    client = Client()
    for _ in range(4):
        assert attempt(client, "jixiao", "wrong").status_code == 400
    assert attempt(client, "jixiao", "wrong").status_code == 429
    for _ in range(3):
        locked = attempt(client, "jixiao", PASSWORD)
        assert locked.status_code == 429 and "登录已锁定" in locked.content.decode()
    assert actions() == ["organisation.sign_in_failed"] * 4 + ["organisation.locked_out"]
    assert attempt(Client(), "juzhang", PASSWORD).status_code == 302, "others from the same address are not locked"
    assert attempt(Client(REMOTE_ADDR="10.0.0.9"), "jixiao", PASSWORD).status_code == 302, "nor the person from elsewhere"


def test_a_failure_never_keeps_what_was_typed(organisation: Demonstrated) -> None:
    attempt(Client(), "my-secret-typed-in-the-wrong-field", "another-secret")
    record = TrailRecord.objects.get(action="organisation.sign_in_failed")
    assert "secret" not in f"{record.object_name}{record.name}{record.details}{record.object_id}"


def test_a_known_and_an_unknown_name_get_the_same_answer(organisation: Demonstrated) -> None:
    pages = [attempt(Client(REMOTE_ADDR=f"10.0.0.{n}"), name, "wrong").content.decode() for n, name in enumerate(["jixiao", "nobody1"])]
    shorn = [re.sub(r'value="[^"]*"', "", re.sub(r'X-CSRFToken": "[^"]*"', "", page)) for page in pages]
    assert shorn[0] == shorn[1] and "用户名或密码不对" in shorn[0]


def test_an_inactive_account_does_not_enter(organisation: Demonstrated) -> None:
    Account.objects.filter(username="jixiao").update(is_active=False)
    assert attempt(Client(), "jixiao", PASSWORD).status_code == 400


def test_sign_in_without_a_csrf_token_is_refused(organisation: Demonstrated) -> None:
    assert attempt(Client(enforce_csrf_checks=True), "jixiao", PASSWORD).status_code == 403


def test_signing_out_ends_the_session_and_is_recorded(organisation: Demonstrated) -> None:
    client = Client()
    attempt(client, "jixiao", PASSWORD)
    assert client.get("/logout/").status_code == 405, "a link cannot sign somebody out"
    client.post("/logout/")
    assert client.get("/account/").status_code == 302
    assert actions() == ["organisation.sign_in", "organisation.sign_out"] and not OpenSession.objects.exists()


# --- sessions ---


def with_times(client: Client, **times: int) -> None:
    session = client.session
    for name, value in times.items():
        session[name] = value
    session.save()


def test_an_idle_session_ends_and_says_why(organisation: Demonstrated) -> None:
    client = Client()
    attempt(client, "jixiao", PASSWORD)
    now = int(time.time())
    with_times(client, seen_at=now - 3600 + 30)
    assert client.get("/account/").status_code == 200
    with_times(client, seen_at=now - 3601)
    answer = client.get("/account/")
    assert answer.status_code == 302 and "ended=idle" in answer["Location"]
    assert "较长时间没有操作" in client.get(answer["Location"]).content.decode()


def test_a_session_ends_at_its_age_however_busy(organisation: Demonstrated) -> None:
    client = Client()
    attempt(client, "jixiao", PASSWORD)
    now = int(time.time())
    with_times(client, signed_in_at=now - 8 * 3600 - 1, seen_at=now)
    assert "ended=age" in client.get("/account/")["Location"]


@override_settings(PARALLEL_SESSIONS=2)
def test_the_oldest_session_ends_when_there_are_too_many(organisation: Demonstrated) -> None:
    clients = [Client() for _ in range(3)]
    for client in clients:
        attempt(client, "jixiao", PASSWORD)
    assert [client.get("/account/").status_code for client in clients] == [302, 200, 200]


def test_i_end_my_session_elsewhere_but_nobody_elses(organisation: Demonstrated) -> None:
    here, there, other = Client(), Client(HTTP_USER_AGENT="Office browser"), Client()
    attempt(here, "jixiao", PASSWORD)
    attempt(there, "jixiao", PASSWORD)
    attempt(other, "juzhang", PASSWORD)
    assert "Office browser" in here.get("/account/").content.decode()
    foreign = OpenSession.objects.get(account__username="juzhang")
    assert here.post(f"/account/sessions/{foreign.pk}/end/").status_code == 404
    mine = OpenSession.objects.get(browser="Office browser")
    assert here.post(f"/account/sessions/{mine.pk}/end/").status_code == 302
    assert [client.get("/account/").status_code for client in (here, there, other)] == [200, 302, 200]


def test_htmx_is_told_to_go_to_sign_in(organisation: Demonstrated) -> None:
    answer = Client().get("/account/", HTTP_HX_REQUEST="true")
    assert answer.status_code == 204 and answer["HX-Redirect"] == "/login/"


# --- passwords ---


def change(client: Client, present: str, new: str):
    return client.post("/account/password/", {"present": present, "new": new, "again": new})


def test_a_first_password_must_be_changed_before_anything_else(organisation: Demonstrated) -> None:
    Account.objects.filter(username="jixiao").update(must_change_password=True)
    client = Client()
    attempt(client, "jixiao", PASSWORD)
    assert client.get("/account/")["Location"] == "/account/password/"
    assert change(client, PASSWORD, NEW)["Location"] == "/account/"
    assert client.get("/account/").status_code == 200, "whoever changes it stays signed in"
    assert Account.objects.get(username="jixiao").must_change_password is False


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("short-1", "10"),
        ("password123", "常见"),
        ("98237498237", "数字"),
        ("jixiao12345", "相似|相近|类似"),
        (PASSWORD, "最近用过"),
    ],
)
def test_a_weak_or_used_password_is_refused(organisation: Demonstrated, new: str, why: str) -> None:
    client = Client()
    attempt(client, "jixiao", PASSWORD)
    answer = change(client, PASSWORD, new)
    assert answer.status_code == 400
    errors = "".join(re.findall(r'<div class="error".*?</div>', answer.content.decode(), re.S))
    assert re.search(why, errors), errors
    assert Account.objects.get(username="jixiao").check_password(PASSWORD)


def test_a_password_of_before_is_refused_too(organisation: Demonstrated) -> None:
    client = Client()
    attempt(client, "jixiao", PASSWORD)
    assert change(client, PASSWORD, NEW).status_code == 302
    assert change(client, NEW, PASSWORD).status_code == 400
    assert change(client, "wrong", "Another-2021-good").status_code == 400


def test_a_new_password_ends_the_other_sessions(organisation: Demonstrated) -> None:
    here, there = Client(), Client()
    attempt(here, "jixiao", PASSWORD)
    attempt(there, "jixiao", PASSWORD)
    change(here, PASSWORD, NEW)
    assert [client.get("/account/").status_code for client in (here, there)] == [200, 302]
    assert OpenSession.objects.count() == 1


@override_settings(PASSWORD_MAX_DAYS=90)
def test_an_old_password_must_be_changed_if_the_setting_says_so(organisation: Demonstrated) -> None:
    client = Client()
    attempt(client, "jixiao", PASSWORD)
    assert client.get("/account/").status_code == 200
    Account.objects.filter(username="jixiao").update(password_changed_at=timezone.now() - timedelta(days=91))
    assert client.get("/account/")["Location"] == "/account/password/"


# --- the second factor ---


def code_for(key: str, later: int = 0) -> str:
    totp = TOTP(bytes.fromhex(key), 30, 0, 6)
    totp.time = time.time() + later
    return f"{totp.token():06d}"


def enrolled(client: Client) -> tuple[str, list[str]]:
    client.get("/account/second-factor/")
    key = client.session["enrolling"]
    page = client.post("/account/second-factor/", {"code": code_for(key)}).content.decode()
    return key, re.findall(r"[A-Z2-7]{4}(?:-[A-Z2-7]{4}){3}", page)


def test_enrolling_then_signing_in_with_a_code_and_with_a_recovery_code(organisation: Demonstrated) -> None:
    client = Client()
    attempt(client, "jixiao", PASSWORD)
    page = client.get("/account/second-factor/").content.decode()
    assert "data:image/svg+xml" in page
    assert client.post("/account/second-factor/", {"code": "000000"}).status_code == 400
    assert not TOTPDevice.objects.exists(), "nothing is on until a code proves it"
    key, codes = enrolled(client)
    assert len(set(codes)) == 10 and not RecoveryCode.objects.filter(digest__in=codes).exists()

    TOTPDevice.objects.update(last_t=-1)
    client = Client()
    assert attempt(client, "jixiao", PASSWORD)["Location"] == "/login/code/"
    assert client.get("/account/").status_code == 302, "the password alone opens nothing"
    assert client.post("/login/code/", {"code": code_for(key)})["Location"] == "/"
    assert client.get("/account/").status_code == 200

    client = Client()
    attempt(client, "jixiao", PASSWORD)
    assert client.post("/login/code/", {"code": codes[0].lower()}).status_code == 302
    client = Client()
    attempt(client, "jixiao", PASSWORD)
    assert client.post("/login/code/", {"code": codes[0]}).status_code == 400, "a recovery code counts once"


def test_a_code_counts_once(organisation: Demonstrated) -> None:
    client = Client()
    attempt(client, "jixiao", PASSWORD)
    key, _ = enrolled(client)
    client = Client()
    attempt(client, "jixiao", PASSWORD)
    assert client.post("/login/code/", {"code": code_for(key)}).status_code == 400, "the code of the enrolment was used"


def test_five_wrong_codes_ask_for_the_password_again(organisation: Demonstrated) -> None:
    client = Client()
    attempt(client, "jixiao", PASSWORD)
    enrolled(client)
    client = Client()
    attempt(client, "jixiao", PASSWORD)
    answers = [client.post("/login/code/", {"code": "000000"}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [400] * 4 + [302] and "ended=code" in answers[-1]["Location"]
    assert client.get("/login/code/")["Location"] == "/login/"
    assert actions().count("organisation.second_factor_failed") == 5


@override_settings(SECOND_FACTOR="roles")
@pytest.mark.parametrize(("username", "asked"), [("sysadmin", True), ("czjixiao", True), ("jixiao", False), ("juzhang", False)])
def test_administrators_and_finance_must_enrol_if_the_setting_says_so(organisation: Demonstrated, username: str, asked: bool) -> None:
    client = Client()
    attempt(client, username, PASSWORD)
    answer = client.get("/account/")
    assert (answer.status_code, answer.headers.get("Location")) == ((302, "/account/second-factor/") if asked else (200, None))
    if asked:
        enrolled(client)
        assert client.get("/account/").status_code == 200


def test_removing_it_needs_the_password(organisation: Demonstrated) -> None:
    client = Client()
    attempt(client, "jixiao", PASSWORD)
    enrolled(client)
    assert client.post("/account/second-factor/off/", {"password": "wrong"}).status_code == 400
    assert TOTPDevice.objects.exists()
    assert client.post("/account/second-factor/off/", {"password": PASSWORD}).status_code == 302
    assert not TOTPDevice.objects.exists() and not RecoveryCode.objects.exists()


def test_the_language_stays_with_the_account(organisation: Demonstrated) -> None:
    client = Client()
    attempt(client, "jixiao", PASSWORD)
    client.post("/language/", {"language": "en", "next": "/account/"})
    assert "Sessions" in client.get("/account/").content.decode()
    elsewhere = Client()
    attempt(elsewhere, "jixiao", PASSWORD)
    assert "Sessions" in elsewhere.get("/account/").content.decode()


def test_the_account_page_costs_no_query_more_for_more_sessions(organisation: Demonstrated) -> None:
    client, counts = Client(), []
    attempt(client, "jixiao", PASSWORD)
    for _ in range(2):
        with CaptureQueriesContext(connection) as context:
            assert client.get("/account/").status_code == 200
        counts.append(len(context))
        for _ in range(3):
            attempt(Client(), "jixiao", PASSWORD)
    assert counts[0] == counts[1]
