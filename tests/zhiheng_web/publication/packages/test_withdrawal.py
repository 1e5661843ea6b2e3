"""撤回已公开版本: asked by one, decided by another; gone from the public with a notice, kept inside, changed by nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from tests.zhiheng_web.publication.packages.conftest import Journey
from tests.zhiheng_web.publication.packages.test_journey import refuses

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.ledgers.actions.revoke_entry import revoke_entry
from zhiheng_web.organisation.models import RoleAssignment
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.actions.ask_withdrawal import ask_withdrawal
from zhiheng_web.publication.actions.correct_package import correct_package
from zhiheng_web.publication.actions.decide_withdrawal import decide_withdrawal
from zhiheng_web.publication.content import digest
from zhiheng_web.publication.models import Package, Withdrawal
from zhiheng_web.publication.queries.packages import packages_page
from zhiheng_web.publication.queries.published import published
from zhiheng_web.publication.queries.waiting import waiting_for
from zhiheng_web.publication.site.pages import Site
from zhiheng_web.publication.site.shown import shown
from zhiheng_web.publication.site.writing import write
from zhiheng_web.trail.action import Absent, Forbidden, Invalid, Refusal
from zhiheng_web.trail.models import TrailRecord

On = Callable[[str, str], Viewer]
KEY = "-2020-budget-1"


def withdrawn(row: Package, on: On) -> Package:
    ask_withdrawal(on("baomi", "2020-03-01"), row.pk, "state_secret", "目标值涉密")
    decide_withdrawal(on("juzhang", "2020-03-02"), row.pk, True)
    return row


def test_a_withdrawn_edition_is_nowhere_public_and_its_pages_say_so(budget: Journey, on: On, tmp_path: Path) -> None:
    row = budget.to("published", "2020-02-01")
    key = f"{row.department.code}{KEY}"
    name = row.content["tables"][0]["rows"][0]["name"]
    before = Site(published())
    paths = list(before.paths())
    write(tmp_path / "site", published())
    withdrawn(row, on)
    after = Site(published())
    reader = Client()
    for path in [one for one in paths if key in one]:
        answer = reader.get(f"/public/{path}")
        text = answer.content.decode()
        assert answer.status_code == 410, path
        assert name not in text
        assert ("2020-03-02" in text) and ("State secret" if path.startswith("en/") else "国家秘密") in text
        assert "目标值涉密" not in text, "why in particular stays inside"
        if path.endswith(".html"):
            assert after.file(path) == answer.content
    write(tmp_path / "site", published())
    left = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    assert [path for path in left if name.encode() in path.read_bytes()] == []
    assert (tmp_path / "site" / key / "index.html").is_file()
    assert "2020-03-02撤回" in reader.get("/public/").content.decode()
    row.refresh_from_db()
    assert digest(row.content) == row.digest, "kept inside as it was published"


def test_what_was_read_before_is_not_what_is_read_after(budget: Journey, on: On) -> None:
    """An edition keeps its digest: its content before the withdrawal, its head alone afterwards, whichever was asked first."""
    row = budget.to("published", "2020-02-01")
    before = shown(published())
    assert [table.slug for table in before[0].content.tables] == ["department"]
    withdrawn(row, on)
    after = shown(published())
    assert after[0].package.digest == before[0].package.digest
    assert after[0].content.tables == ()
    assert [table.slug for table in before[0].content.tables] == ["department"]


def test_two_people_and_a_ground_and_a_reason(budget: Journey, on: On, organisation: Demonstrated) -> None:
    row = budget.package
    with pytest.raises(Refusal):
        ask_withdrawal(on("baomi", "2020-02-01"), row.pk, "state_secret", "未公开")
    row = budget.to("published", "2020-02-01")
    for ground, reason in (("because", "涉密"), ("state_secret", " ")):
        with pytest.raises(Invalid):
            ask_withdrawal(on("baomi", "2020-03-01"), row.pk, ground, reason)
    with pytest.raises(Absent):
        decide_withdrawal(on("juzhang", "2020-03-01"), row.pk, True)
    with pytest.raises(Forbidden):
        ask_withdrawal(on("juzhang", "2020-03-01"), row.pk, "state_secret", "涉密")
    ask_withdrawal(on("baomi", "2020-03-01"), row.pk, "state_secret", "目标值涉密")
    assert published()[0].withdrawn is None, "asked is not withdrawn"
    with pytest.raises(Refusal):
        ask_withdrawal(on("jixiao", "2020-03-01"), row.pk, "privacy", "再申请")
    RoleAssignment.objects.create(
        account=organisation.accounts["baomi"], role="head", department_id=row.department_id, since=date(2019, 1, 1)
    )
    with pytest.raises(Forbidden) as own:
        decide_withdrawal(on("baomi", "2020-03-02"), row.pk, True)
    assert own.value.code == "own_withdrawal"
    with pytest.raises(Forbidden):
        decide_withdrawal(on("jixiao", "2020-03-02"), row.pk, True)
    with pytest.raises(Invalid):
        decide_withdrawal(on("juzhang", "2020-03-02"), row.pk, False, "")
    decide_withdrawal(on("juzhang", "2020-03-02"), row.pk, False, "不属于国家秘密")
    assert published()[0].withdrawn is None
    withdrawn(row, on)
    gone = published()[0].withdrawn
    assert gone is not None
    assert (gone.on, gone.ground) == (date(2020, 3, 2), "state_secret")
    with pytest.raises(Refusal):
        ask_withdrawal(on("jixiao", "2020-03-03"), row.pk, "privacy", "再申请")
    said = TrailRecord.objects.filter(action__contains="withdrawal", object_id=str(row.pk)).order_by("pk")
    done = [one.action for one in said if one.details.get("ground")]
    assert "publication.decide_withdrawal" in done


def test_content_and_decision_are_kept_by_the_database(budget: Journey, on: On) -> None:
    row = withdrawn(budget.to("published", "2020-02-01"), on)
    tries = [
        lambda: Package.objects.filter(pk=row.pk).update(content={}),
        lambda: Package.objects.filter(pk=row.pk).update(digest="0" * 64),
        lambda: Package.objects.filter(pk=row.pk)._raw_delete(Package.objects.db),
        lambda: Withdrawal.objects.filter(package=row).update(ground="privacy"),
        lambda: Withdrawal.objects.filter(package=row).update(state="asked", decided_by=None),
        lambda: Withdrawal.objects.filter(package=row).delete(),
    ]
    for number, change in enumerate(tries):
        assert refuses(change), number


def test_what_was_withdrawn_is_not_repeated_in_a_later_edition(budget: Journey, on: On) -> None:
    first = withdrawn(budget.to("published", "2020-02-01"), on)
    second = Journey(correct_package(on("jixiao", "2020-03-05"), first.pk, "撤回后重新公开"), on).to("published", "2020-03-06")
    content = next(one for one in published() if one.package == second.pk).content
    assert all(row.earlier is None for table in content.tables for row in table.rows)
    notice = Client().get(f"/public/{first.department.code}{KEY}/department/index.html").content.decode()
    assert "查看第2版" in notice


def test_every_page_of_a_corrected_edition_says_so_and_leads_to_the_same_page(
    budget: Journey, on: On, signed_in: Callable[[str], Client]
) -> None:
    first = budget.to("published", "2020-02-01")
    key = f"{first.department.code}-2020-budget"
    reader = Client()
    page = reader.get(f"/public/{key}-1/department/d01-i01.html").content.decode()
    assert "本版已被更正" not in page
    Journey(correct_package(on("jixiao", "2020-03-05"), first.pk, "笔误"), on).to("published", "2020-03-06")
    site = Site(published())
    pages = [path for path in site.paths() if path.endswith(".html") and f"{key}-1/" in path]
    assert len(pages) > 50
    for path in pages:
        text = site.file(path).decode()
        assert ("This edition was corrected." if path.startswith("en/") else "本版已被更正。") in text, path
    said = reader.get(f"/public/{key}-1/department/d01-i01.html").content.decode()
    assert f'href="../../{key}-2/department/d01-i01.html"' in said
    assert "2020-03-06公开" in said
    assert "本版已被更正" not in reader.get(f"/public/{key}-2/department/d01-i01.html").content.decode()
    assert "前后不同的数字" not in reader.get(f"/public/{key}-2/index.html").content.decode(), "nothing differs"
    asked = signed_in("baomi").get(reverse("publication:package", args=[first.pk])).content.decode()
    assert "撤回本版不改变它" in asked, "the correction quotes it"


@pytest.mark.django_db
def test_a_wrong_public_address_shows_a_public_page() -> None:
    for path, words in (("nothing/here.html", "没有这个页面"), ("en/nothing/at/all.html", "No such page")):
        answer = Client().get(f"/public/{path}")
        assert answer.status_code == 404
        text = answer.content.decode()
        assert words in text
        assert "您无权查看" not in text
        assert "/login" not in text
        assert "assets/site.css" in text


def test_the_pages_inside_say_it_and_take_the_steps(budget: Journey, on: On, signed_in: Callable[[str], Client]) -> None:
    row = budget.to("published", "2020-02-01")
    address = reverse("publication:package", args=[row.pk])
    reviewer, head, officer = signed_in("baomi"), signed_in("juzhang"), signed_in("jixiao")
    sent = {"withdraw": "1", "ground": "state_secret", "reason": ""}
    refused = reviewer.post(reverse("publication:ask_withdrawal", args=[row.pk]), sent)
    assert refused.status_code == 400
    assert "请写明撤回的原因" in refused.content.decode()
    assert reviewer.post(reverse("publication:ask_withdrawal", args=[row.pk]), {**sent, "reason": "涉密"}).status_code == 302
    assert "撤回待签发" in officer.get(reverse("publication:packages")).content.decode()
    assert [one.kind for one in waiting_for(on("juzhang", "2020-03-02"))] == ["withdraw"]
    assert "同意撤回" in head.get(address).content.decode()
    assert 'value="agree"' not in reviewer.get(address).content.decode()
    assert head.post(reverse("publication:decide_withdrawal", args=[row.pk]), {"outcome": "agree"}).status_code == 302
    assert "已撤回" in officer.get(reverse("publication:packages")).content.decode()
    assert "建立更正版" in officer.get(address).content.decode(), "a withdrawn edition can be followed by another"


def test_a_corrected_edition_says_so_inside_and_offers_no_correction(budget: Journey, on: On, signed_in: Callable[[str], Client]) -> None:
    first = budget.to("published", "2020-02-01")
    officer = signed_in("jixiao")
    address = reverse("publication:package", args=[first.pk])
    assert "建立更正版" in officer.get(address).content.decode()
    Journey(correct_package(on("jixiao", "2020-03-05"), first.pk, "笔误"), on).to("published", "2020-03-06")
    said = officer.get(address).content.decode()
    assert "已有更正版" in said
    assert "建立更正版" not in said
    assert officer.get(reverse("publication:packages")).content.decode().count("已有更正版") == 1


def test_the_list_and_the_work_tell_of_what_was_revoked_since(final: Journey, on: On, ledger: list[UUID]) -> None:
    row = final.to("published")
    (line,) = packages_page(on("jixiao", "2021-09-01")).lines
    assert line.revoked == 0
    revoke_entry(on("jixiao", "2021-09-01"), ledger[0], reason="重复登记", document="临科字〔2021〕8号")
    (line,) = packages_page(on("jixiao", "2021-09-02")).lines
    assert (line.revoked, [text.zh for text, _ in line.marks]) == (1, ["公开后撤销 1 条依据"])
    told = {one.kind: one.text.zh for one in waiting_for(on("jixiao", "2021-09-02"))}
    assert told == {"changed": f"{row}第1版：公开后撤销 1 条依据，请核对是否更正"}
    assert [one.kind for one in waiting_for(on("baomi", "2021-09-02"))] == []
