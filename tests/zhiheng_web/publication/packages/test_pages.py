"""Pages of packages: each opens in every state for who may see it, says what is due, and its steps go through forms."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.zhiheng_web.publication.packages.conftest import Journey

from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.actions.send_to_congress import send_to_congress
from zhiheng_web.publication.models import Package
from zhiheng_web.publication.queries.waiting import waiting_for

PAGES = ("package", "package_content", "package_narrative", "package_redactions", "congress")
Sign = Callable[[str], Client]
On = Callable[[str, str], Viewer]


@pytest.mark.parametrize("state", ["draft", "prepared", "published"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens_in_every_state(final: Journey, signed_in: Sign, state: str, language: str) -> None:
    row = final.package if state == "draft" else final.to(state)
    for username in ("jixiao", "baomi", "juzhang", "shenji"):
        client = signed_in(username)
        client.cookies["django_language"] = language
        assert client.get(reverse("publication:packages")).status_code == 200
        for name in PAGES:
            answer = client.get(reverse(f"publication:{name}", args=[row.pk]))
            assert answer.status_code == 200, (username, name)


def test_who_may_not_see_gets_the_answer_of_what_never_was(final: Journey, signed_in: Sign) -> None:
    for name in PAGES:
        assert signed_in("czjixiao").get(reverse(f"publication:{name}", args=[final.package.pk])).status_code == 404
    assert signed_in("jixiao").get(reverse("publication:package", args=["00000000-0000-0000-0000-000000000000"])).status_code == 404


def test_the_whole_way_through_forms(budget: Journey, signed_in: Sign) -> None:
    pk = budget.package.pk
    officer, reviewer, head = signed_in("jixiao"), signed_in("baomi"), signed_in("juzhang")
    assert officer.post(reverse("publication:prepare", args=[pk])).status_code == 302
    row = Package.objects.get(pk=pk)
    refused = reviewer.post(reverse("publication:review", args=[pk]), {"digest": row.digest, "outcome": "return", "opinion": ""})
    assert refused.status_code == 400
    assert "退回须写明意见" in refused.content.decode()
    assert reviewer.post(reverse("publication:review", args=[pk]), {"digest": row.digest, "outcome": "agree"}).status_code == 302
    assert head.post(reverse("publication:sign", args=[pk]), {"digest": row.digest, "outcome": "agree"}).status_code == 302
    assert officer.post(reverse("publication:publish", args=[pk])).status_code == 302
    assert Package.objects.get(pk=pk).state == "published"
    assert officer.post(reverse("publication:prepare", args=[pk])).status_code == 409


def test_a_package_begins_by_its_form_and_keeps_what_was_typed(approved: object, signed_in: Sign) -> None:
    client = signed_in("jixiao")
    page = client.get(reverse("publication:packages")).content.decode()
    assert "现在编制" in page
    department = page.split("department=")[1].split("&")[0]
    wrong = {
        "department": department,
        "year": "2020",
        "kind": "budget",
        "approved_on": "2020-13-20",
        "approval_number": "临财预〔2020〕12号",
    }
    answer = client.post(reverse("publication:new_package"), wrong)
    assert answer.status_code == 400
    assert "临财预〔2020〕12号" in answer.content.decode()
    assert client.post(reverse("publication:new_package"), {**wrong, "approved_on": "2020-01-20"}).status_code == 302
    assert Package.objects.get().due_on == date(2020, 2, 9)


def test_a_narrative_is_shown_as_text_and_never_as_markup(final: Journey, signed_in: Sign) -> None:
    client, pk = signed_in("jixiao"), final.package.pk
    text = "<script>alert(1)</script>{department}"
    assert client.post(reverse("publication:write_paragraph", args=[pk]), {"text": text, "heading": "补充"}).status_code == 302
    page = client.get(reverse("publication:package_narrative", args=[pk])).content.decode()
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;临沂市科学技术局" in page


def test_the_letter_and_its_enclosures_hold_what_was_published(final: Journey, signed_in: Sign, on: On) -> None:
    client, row = signed_in("jixiao"), final.to("signed")
    assert client.get(reverse("publication:congress_file", args=[row.pk, "letter.pdf"])).content[:5] == b"%PDF-"
    assert client.get(reverse("publication:congress_file", args=[row.pk, "other.pdf"])).status_code == 404
    send_to_congress(on("jixiao", "2021-08-22"), row.pk, "临科字〔2021〕66号", date(2021, 8, 22))
    first = client.get(reverse("publication:congress_file", args=[row.pk, "all.zip"])).content
    assert first == client.get(reverse("publication:congress_file", args=[row.pk, "all.zip"])).content
    names = zipfile.ZipFile(io.BytesIO(first)).namelist()
    assert [name.rpartition(".")[2] for name in names] == ["docx", "pdf", "docx", "pdf", "docx", "pdf", "json"]
    letter = zipfile.ZipFile(io.BytesIO(zipfile.ZipFile(io.BytesIO(first)).read(names[0]))).read("word/document.xml").decode()
    assert "临科字〔2021〕66号" in letter
    assert final.to("published").letter_number == "临科字〔2021〕66号"


def test_nothing_goes_to_the_congress_before_the_signature(final: Journey, signed_in: Sign) -> None:
    row = final.to("reviewed")
    assert signed_in("jixiao").get(reverse("publication:congress_file", args=[row.pk, "all.zip"])).status_code == 404


def test_the_next_step_waits_for_who_takes_it(budget: Journey, on: On) -> None:
    def waits() -> dict[str, str]:
        people = ("jixiao", "baomi", "juzhang", "shenji", "czjixiao")
        return {name: one.kind for name in people for one in waiting_for(on(name, "2020-02-01"))}

    assert waits() == {"jixiao": "prepare"}
    budget.to("prepared", "2020-02-01")
    assert waits() == {"baomi": "review"}
    budget.to("reviewed", "2020-02-01")
    assert waits() == {"juzhang": "sign"}
    budget.to("signed", "2020-02-01")
    assert waits() == {"jixiao": "publish", "juzhang": "publish"}
    budget.to("published", "2020-02-01")
    assert waits() == {}
