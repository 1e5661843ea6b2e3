"""The page under /s/: no account, no script, on a phone; every answer of a link polite and with its status."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from tests.zhiheng_web.evaluation.surveys.asked import on, opened

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.evaluation import answering_rate
from zhiheng_web.evaluation.actions.close_survey import close_survey
from zhiheng_web.evaluation.models import Survey, SurveyAnswer, SurveyInvitation
from zhiheng_web.organisation.viewer import Viewer

See = Callable[[str], Viewer]
FULL = {"q1": "5", "q2": "4", "q3": "1", "q4": "不错"}


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


@pytest.fixture
def running(organisation: Demonstrated, viewer: See) -> tuple[Survey, list[str]]:
    """A survey that runs today, on the clock of the service."""
    today = timezone.localdate()
    officer = viewer("jixiao")
    row, tokens = opened(
        officer, organisation.departments["331"], 6, opens_on=on(officer).today(), closes_on=today.replace(year=today.year + 1)
    )
    return row, tokens


def test_anybody_with_a_link_answers_once(running: tuple[Survey, list[str]]) -> None:
    _, tokens = running
    client = Client(enforce_csrf_checks=True)
    page = client.get(f"/s/{tokens[0]}/")
    html = page.content.decode()
    assert page.status_code == 200
    assert "匿名填写" in html
    assert html.count('type="radio"') == 12
    assert "sessionid" not in client.cookies
    assert "no-cache" in page["Cache-Control"]
    assert client.post(f"/s/{tokens[0]}/", FULL).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
    assert token is not None
    sent = client.post(f"/s/{tokens[0]}/", {**FULL, "csrfmiddlewaretoken": token[1]}, follow=True)
    assert sent.redirect_chain == [("/s/thanks/", 302)]
    assert "谢谢您的参与" in sent.content.decode()
    again = client.get(f"/s/{tokens[0]}/")
    assert again.status_code == 410
    assert "只能回答一次" in again.content.decode()
    assert SurveyAnswer.objects.count() == 1
    assert "sessionid" not in client.cookies


def test_what_is_missing_is_marked_and_what_was_chosen_stays(running: tuple[Survey, list[str]]) -> None:
    _, tokens = running
    page = Client().post(f"/s/{tokens[0]}/", {"q1": "3", "q2": "9", "q4": "<b>好</b>"})
    html = page.content.decode()
    assert page.status_code == 400
    assert "还有题没有回答" in html
    assert 'value="3" checked' in html
    assert "&lt;b&gt;好" in html
    assert html.count('class="error"') == 1
    secret = Client().post(f"/s/{tokens[0]}/", {**FULL, "q4": "密级：机密★10年"})
    assert secret.status_code == 400
    assert not SurveyInvitation.objects.filter(used=True).exists()


def test_the_page_speaks_english_when_asked(running: tuple[Survey, list[str]]) -> None:
    _, tokens = running
    client = Client()
    changed = client.post("/language/", {"language": "en", "next": f"/s/{tokens[0]}/"})
    assert changed.status_code == 302
    html = client.get(f"/s/{tokens[0]}/").content.decode()
    assert "Very satisfied" in html
    assert "1. Quality" in html
    assert "2. 办理时限" in html


def test_unknown_and_closed_links_are_answered_politely(running: tuple[Survey, list[str]], viewer: See) -> None:
    row, tokens = running
    unknown = Client().get("/s/abcdefghijklmnop/")
    assert unknown.status_code == 404
    assert "没有这个调查链接" in unknown.content.decode()
    assert Client().post("/s/abcdefghijklmnop/", FULL).status_code == 404
    close_survey(on(viewer("jixiao")), row.pk)
    assert Client().get(f"/s/{tokens[0]}/").status_code == 410
    assert Client().post(f"/s/{tokens[0]}/", FULL).status_code == 410


def test_no_answer_of_the_page_puts_a_link_into_the_log(running: tuple[Survey, list[str]], caplog: pytest.LogCaptureFixture) -> None:
    _, tokens = running
    client = Client()
    with caplog.at_level("INFO"):
        answers = [client.post(f"/s/{tokens[0]}/", sent).status_code for sent in ({}, FULL, FULL)]
        answers.append(client.get("/s/unknown-link/").status_code)
    assert answers == [400, 302, 410, 404]
    assert "/s/" not in caplog.text


def test_one_address_cannot_try_links_without_end(running: tuple[Survey, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    _, tokens = running
    monkeypatch.setattr(answering_rate, "MOST", {"answer": 3, "wrong": 2})
    assert [Client().get(f"/s/{number:022d}/").status_code for number in range(4)] == [404, 404, 429, 429]
    assert Client().get(f"/s/{tokens[0]}/").status_code == 200
    assert [Client().post(f"/s/{token}/", {}).status_code for token in tokens[:4]] == [400, 400, 400, 429]
    assert Client(REMOTE_ADDR="10.0.0.9").post(f"/s/{tokens[0]}/", FULL).status_code == 302


def test_addresses_of_one_subscriber_count_together() -> None:
    assert answering_rate._network("2001:db8:1:2::1") == answering_rate._network("2001:db8:1:2:ffff::9")
    assert answering_rate._network("2001:db8:1:2::1") != answering_rate._network("2001:db8:1:3::1")
    assert answering_rate._network("nonsense") == ""


def test_the_officer_writes_opens_invites_and_closes_on_pages(
    organisation: Demonstrated, signed_in: Callable[[str], Client], tmp_path: Path
) -> None:
    client, today = signed_in("jixiao"), timezone.localdate()
    form = client.get("/surveys/new/").content.decode()
    assert "总体上，您对我们的工作是否满意？" in form
    fields: dict[str, Any] = {
        "department": organisation.departments["331"].pk, "title": "满意度", "audience": "企业", "year": str(today.year), "least": "5",
        "scheme": "share", "opens_on": str(today), "closes_on": str(today),
        "q0-text": "质量", "q0-kind": "grade", "q0-weight": "1", "q0-counts": "on",
    }  # fmt: skip
    wrong = client.post("/surveys/new/", {**fields, "q0-weight": "x"})
    assert wrong.status_code == 400
    assert "不是数" in wrong.content.decode()
    made = client.post("/surveys/new/", fields)
    row = Survey.objects.get()
    assert made["Location"] == f"/surveys/{row.pk}/"
    assert client.get(f"/surveys/{row.pk}/edit/").status_code == 200
    assert client.post(f"/surveys/{row.pk}/open/").status_code == 302
    shown = client.post(f"/surveys/{row.pk}/invitations/", {"number": "2", "as": "page"})
    links = re.findall(r"http://testserver/s/([\w-]+)/", shown.content.decode())
    assert len(links) == 2
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(client.post(f"/surveys/{row.pk}/invitations/", {"number": "3", "as": "xlsx"}).content))
    filed = [line[1] for line in book.active.iter_rows(values_only=True)][1:]
    assert len(filed) == 3
    assert client.post(f"/surveys/{row.pk}/invitations/", {"number": "zero"}).status_code == 400
    for link in [*links, *(address.rstrip("/").rsplit("/", 1)[-1] for address in filed)]:
        assert Client().post(f"/s/{link}/", {"q1": "4"}).status_code == 302
    assert client.get(f"/surveys/{row.pk}/result/").status_code == 409
    assert client.post(f"/surveys/{row.pk}/close/").status_code == 302
    html = client.get(f"/surveys/{row.pk}/").content.decode()
    assert "满意度 100%" in html
    assert client.get(f"/surveys/{row.pk}/result/").status_code == 200
    assert "满意度" in client.get("/surveys/").content.decode()


def test_no_page_of_surveys_is_open_to_those_who_may_not(
    running: tuple[Survey, list[str]], organisation: Demonstrated, signed_in: Callable[[str], Client]
) -> None:
    row, _ = running
    for name in ("sysadmin", "lanshan", "jigou", "czjixiao"):
        for path in (f"/surveys/{row.pk}/", f"/surveys/{row.pk}/edit/", f"/surveys/{row.pk}/result/"):
            assert signed_in(name).get(path).status_code in (302, 403, 404), (name, path)
    assert signed_in("juzhang").get("/surveys/new/").status_code == 403
    assert Client().get(f"/surveys/{row.pk}/").status_code == 302


def test_links_are_made_once_however_often_one_clicks(running: tuple[Survey, list[str]], signed_in: Any) -> None:
    """Six links for six people: the page says so, the file holds the same six, a second click makes no others."""
    row, _ = running
    client = signed_in("jixiao")
    page = f"/surveys/{row.pk}/"
    key = re.search(r'name="key" value="([\w-]+)"', client.get(page).content.decode())
    assert key is not None
    sent = {"number": "6", "label": "企业", "key": key[1]}
    shown = client.post(f"{page}invitations/", {**sent, "as": "page"}).content.decode()
    links = re.findall(r"http://testserver/s/([\w-]+)/", shown)
    assert len(set(links)) == 6
    assert "已生成 6 个链接，本调查共发出邀请 12" in shown
    import openpyxl

    for _ in range(2):
        book = openpyxl.load_workbook(BytesIO(client.post(f"{page}invitations/", {**sent, "as": "xlsx"}).content))
        filed = [line[1] for line in book.active.iter_rows(values_only=True)][1:]
        assert [address.rstrip("/").rsplit("/", 1)[-1] for address in filed] == links
    assert row.invitations.count() == 12
    assert client.post(f"{page}invitations/", {**sent, "number": "7"}).status_code == 409
    other = client.post(f"{page}invitations/", {**sent, "key": "k" * 22, "number": "1"}).content.decode()
    assert not set(re.findall(r"http://testserver/s/([\w-]+)/", other)) & set(links)
    assert row.invitations.count() == 13
    assert Client().post(f"/s/{links[0]}/", FULL).status_code == 302


def test_a_phone_set_to_english_reads_english(running: tuple[Survey, list[str]]) -> None:
    """The phone decides until the guest chooses; then his choice does. The switch stands on the page, not in a menu."""
    row, tokens = running
    row.questions.update(text_en="How content are you?")
    page = f"/s/{tokens[0]}/"
    english = Client(headers={"accept-language": "en-GB,en;q=0.9,zh;q=0.5"}).get(page)
    assert "How content are you?" in english.content.decode() and 'lang="en"' in english.content.decode()
    assert english.headers["Content-Language"] == "en"
    for header in ("zh-CN,zh;q=0.9,en;q=0.8", "fr-FR", ""):
        assert "How content are you?" not in Client(headers={"accept-language": header}).get(page).content.decode()
    client = Client(headers={"accept-language": "en"})
    shown = client.get(page).content.decode()
    assert 'class="choice speaks"' in shown
    chosen = client.post("/language/", {"language": "zh-hans", "next": page})
    assert chosen["Location"] == page
    assert "How content are you?" not in client.get(page).content.decode()


def test_the_result_is_read_in_english_too(running: tuple[Survey, list[str]], signed_in: Any) -> None:
    row, tokens = running
    row.questions.update(text_en="How content are you?")
    client = signed_in("jixiao")
    client.cookies["django_language"] = "en"
    asked = client.get(f"/surveys/{row.pk}/").content.decode()
    assert "How content are you?" in asked and row.questions.first().text not in asked
    for token in tokens:
        assert Client().post(f"/s/{token}/", FULL).status_code == 302
    assert client.post(f"/surveys/{row.pk}/close/").status_code == 302
    result = client.get(f"/surveys/{row.pk}/").content.decode()
    assert "How content are you?" in result and row.questions.first().text not in result
    assert "Counted by: 满意" not in result
