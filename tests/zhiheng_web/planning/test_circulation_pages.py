"""The pages of reviewing: what they offer to whom, what a press does, what stays when it is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.zhiheng_web.planning.travelling import WALK, Who, mended, walk

from zhiheng.plan.procedure import State
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.planning.circulation.standing import standing
from zhiheng_web.planning.models import Decision, TableVersion

SignedIn = Callable[[str], Client]


@pytest.fixture
def ready(linyi: TableVersion, organisation: Demonstrated) -> TableVersion:
    return mended(linyi, organisation.accounts["jixiao"])


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens_in_both_languages(ready: TableVersion, signed_in: SignedIn, viewer: Who, language: str) -> None:
    walk(viewer, ready, until="finance_business")
    pages = [("czyewu", "inbox", []), ("czyewu", "review", [ready.pk]), ("jingban", "review", [ready.pk]), ("jixiao", "routes", [])]
    for username, name, arguments in pages:
        for query in ("", "?show=sent", "?show=done") if name == "inbox" else ("",):
            client = signed_in(username)
            client.cookies["django_language"] = language
            answer = client.get(reverse(f"planning:{name}", args=arguments) + query)
            assert answer.status_code == 200, (username, name)
            text = answer.content.decode()
            assert ("Review" in text or "Routes" in text) == (language == "en")


def test_a_table_walks_from_submission_to_approval_through_the_pages(ready: TableVersion, signed_in: SignedIn) -> None:
    signed_in("jingban").post(reverse("planning:submit", args=[ready.pk]), {"edits": ready.edits})
    for number, (_, username, carries) in enumerate(WALK):
        client = signed_in(username)
        assert str(ready.table) in client.get(reverse("planning:inbox")).content.decode()
        sent = {"outcome": "agree", "turn": number, "next": "1"}
        sent |= {key: str(value) for key, value in carries.items() if key != "ticks"}
        if "ticks" in carries:
            sent["all_grades"] = "excellent"
        answer = client.post(reverse("planning:review", args=[ready.pk]), sent)
        assert answer.status_code == 302, answer.content.decode()[:500]
        assert (
            str(ready.table) not in client.get(reverse("planning:inbox")).content.decode().split('role="status"')[-1].split("</p>", 1)[-1]
        )
    ready.refresh_from_db()
    assert ready.state == State.APPROVED


def test_what_was_typed_stays_when_the_decision_is_refused(ready: TableVersion, signed_in: SignedIn, viewer: Who) -> None:
    walk(viewer, ready, until="finance_business")
    answer = signed_in("czyewu").post(
        reverse("planning:review", args=[ready.pk]),
        {"outcome": "agree", "turn": 5, "points-form": "9", "opinion": "目标基本合理，独一无二的意见"},
    )
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "独一无二的意见" in text
    assert 'value="9"' in text
    assert "四项审核评分" in text
    stale = signed_in("czyewu").post(
        reverse("planning:review", args=[ready.pk]), {"outcome": "return", "turn": 4, "opinion": "旧页面的意见"}
    )
    assert stale.status_code == 409
    assert "旧页面的意见" in stale.content.decode()
    assert Decision.objects.count() == 5


def test_plain_agreement_takes_two_presses(ready: TableVersion, signed_in: SignedIn, viewer: Who) -> None:
    """From the inbox: tick, agree. Or: open, agree. No requirement asks for more at a plain checkpoint."""
    walk(viewer, ready, until="leader")
    client = signed_in("fenguan")
    page = client.get(reverse("planning:inbox")).content.decode()
    key = f"{ready.pk}:{standing(ready).turn}"
    assert f'name="chosen" value="{key}"' in page
    answer = client.post(reverse("planning:inbox"), {"chosen": key, "outcome": "agree"})
    assert "已办理" in answer.content.decode()
    assert Decision.objects.filter(checkpoint_code="leader", outcome="agree").exists()


def test_many_at_once_keep_every_check_of_one(ready: TableVersion, signed_in: SignedIn, viewer: Who) -> None:
    walk(viewer, ready, until="meeting")
    key = f"{ready.pk}:{standing(ready).turn}"
    url = reverse("planning:inbox")
    for username in ("dangzu", "jingban", "jixiao", "sysadmin"):  # no minutes; own submission; wrong role; sees nothing
        answer = signed_in(username).post(url, {"chosen": key, "outcome": "agree"})
        assert "未办理" in answer.content.decode()
    answer = signed_in("dangzu").post(url, {"chosen": f"{ready.pk}:0", "outcome": "agree", "minutes": "3"})
    assert "没有保存" in answer.content.decode()
    assert not Decision.objects.filter(checkpoint_code="meeting").exists()
    signed_in("dangzu").post(url, {"chosen": key, "outcome": "agree", "minutes": "3"})
    assert Decision.objects.get(checkpoint_code="meeting").minutes == "3"


def test_a_stranger_finds_nothing(ready: TableVersion, signed_in: SignedIn, viewer: Who) -> None:
    walk(viewer, ready, until="leader")
    for username in ("sysadmin", "secadmin", "auditadmin", "jigou", "czyewu", "czjixiao"):
        for name in ("review", "submit", "withdraw", "write_opinion", "explain_change", "confirm_adjustment"):
            client, url = signed_in(username), reverse(f"planning:{name}", args=[ready.pk])
            sent = {"turn": 2, "outcome": "agree", "cell": "/title", "text": "x", "reason": "x", "indicator": str(ready.pk)}
            assert client.post(url, sent).status_code == 404, (username, name)
            assert client.get(reverse("planning:inbox")).status_code == 200


def test_the_review_page_asks_the_same_number_of_queries_for_any_number_of_rows(
    ready: TableVersion, signed_in: SignedIn, viewer: Who, django_assert_max_num_queries: Callable[..., object]
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from zhiheng_web.planning.models import IndicatorRow
    from zhiheng_web.planning.versions import changed

    counts = []
    for extra in (0, 160):
        rows = list(IndicatorRow.objects.filter(version=ready).order_by("position"))
        for number in range(extra):
            row = rows[number % len(rows)]
            row.pk, row.position, row._state.adding = None, 1000 + number, True
            row.id = IndicatorRow._meta.pk.get_default()
            row.save(force_insert=True)
        if extra:
            changed(ready)
        client = signed_in("jingban")
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(reverse("planning:review", args=[ready.pk])).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 30


def test_the_pages_of_an_open_table_lead_to_submitting(ready: TableVersion, signed_in: SignedIn) -> None:
    """Submitting takes two presses from the table or from the sheet: check and submit, submit."""
    client, url = signed_in("jingban"), reverse("planning:review", args=[ready.pk])
    for page in (reverse("planning:table", args=[ready.table_id]), reverse("planning:edit", args=[ready.pk])):
        assert f'href="{url}"' in client.get(page).content.decode()
    assert reverse("planning:submit", args=[ready.pk]) in client.get(url).content.decode()
    assert f'href="{url}"' not in signed_in("shenji").get(reverse("planning:table", args=[ready.table_id])).content.decode()


def test_a_refused_submission_counts_only_what_is_there_and_reads_as_one_sentence(linyi: TableVersion, signed_in) -> None:
    for language, none in (("zh-hans", "0 个"), ("en", "0 errors")):
        client = signed_in("jingban")
        client.cookies["django_language"] = language
        page = client.post(f"/versions/{linyi.pk}/submit/", {"edits": linyi.edits}).content.decode()
        assert none not in page
        assert "。；" not in page
        assert ".;" not in page
