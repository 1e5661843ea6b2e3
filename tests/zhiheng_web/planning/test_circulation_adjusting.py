"""An adjustment mid-year: reasons, document, second person; the old target holds for the past and stays readable for ever."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.zhiheng_web.conftest import LINYI
from tests.zhiheng_web.planning.travelling import WALK, Who, mended, say, walk

from zhiheng.plan.procedure import Outcome, State
from zhiheng.tables.reading import read
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.planning.actions.adjust_table import adjust_table
from zhiheng_web.planning.actions.confirm_adjustment import confirm_adjustment
from zhiheng_web.planning.actions.explain_change import explain_change
from zhiheng_web.planning.actions.import_table import import_table
from zhiheng_web.planning.actions.submit_table import submit_table
from zhiheng_web.planning.checking import check
from zhiheng_web.planning.comparison import compare, content_of, from_json, to_json
from zhiheng_web.planning.mapping import read_cell, reading_fields
from zhiheng_web.planning.models import FindingReply, IndicatorRow, TableVersion
from zhiheng_web.planning.queries.indicator import indicator_page
from zhiheng_web.planning.queries.targets import target_on
from zhiheng_web.planning.versions import changed, load, version_digest, write_version
from zhiheng_web.trail.action import Conflict, Forbidden, Invalid, Refusal

NAME = "高新技术企业认定数量"


@pytest.fixture
def approved(linyi: TableVersion, organisation: Demonstrated, viewer: Who) -> TableVersion:
    return walk(viewer, mended(linyi, organisation.accounts["jixiao"]))


def retarget(version: TableVersion, text: str, by: Any) -> IndicatorRow:
    row = next(row for row in load(version).rows if row.name == NAME)
    for name, value in reading_fields("target", read_cell(row, text, 2020)).items():
        setattr(row, name, value)
    row.save()
    for finding in check(changed(version)):
        if finding.open and finding.severity.value == "warning":
            FindingReply.objects.create(
                version=version, code=finding.code, row=finding.row, field=finding.field, finding="x", text="已核实。", replied_by=by
            )
    version.refresh_from_db()
    return row


def proposed(viewer: Who, organisation: Demonstrated, approved: TableVersion, by: str = "jingban") -> TableVersion:
    second = organisation.accounts["jixiao"].pk
    return adjust_table(viewer(by), approved.table_id, reason="疫情影响", document="临政发〔2020〕9号", second_person=second)


def code_of(refused: Any) -> str:
    return refused.value.code


def test_the_whole_way_of_an_adjustment(approved: TableVersion, organisation: Demonstrated, viewer: Who) -> None:
    old_digest = approved.digest
    version = proposed(viewer, organisation, approved)
    assert (version.state, version.purpose, version.based_on_id) == (State.DRAFT, "adjustment", approved.pk)
    row = retarget(version, "45项", organisation.accounts["jingban"])
    with pytest.raises(Refusal) as refused:
        submit_table(viewer("jingban"), version.pk)
    assert code_of(refused) == "not_confirmed"
    for username in ("jingban", "jingban2", "kezhang"):
        with pytest.raises(Forbidden):
            confirm_adjustment(viewer(username), version.pk)
    confirm_adjustment(viewer("jixiao"), version.pk)
    retarget(version, "44项", organisation.accounts["jingban"])  # what was confirmed is no longer what it says
    with pytest.raises(Refusal) as refused:
        submit_table(viewer("jingban"), version.pk)
    assert code_of(refused) == "not_confirmed"
    with pytest.raises(Conflict):
        confirm_adjustment(viewer("jixiao"), version.pk, edits=version.edits - 1)
    confirm_adjustment(viewer("jixiao"), version.pk, edits=version.edits)
    with pytest.raises(Refusal) as refused:
        submit_table(viewer("jingban2"), version.pk)
    assert code_of(refused) == "reasons_missing"
    assert NAME in refused.value.text.zh
    with pytest.raises(Forbidden):  # another office's indicator
        explain_change(viewer("jingban2"), version.pk, row.indicator_id, "x")
    explain_change(viewer("jingban"), version.pk, row.indicator_id, "企业停工")
    submit_table(viewer("jingban2"), version.pk)
    assert target_on(row.indicator_id, date(2020, 6, 30)).target_text == "10项"  # type: ignore[union-attr]
    for code, username, carries in WALK:
        if code == "finance_performance":
            carries = {**carries, "in_force_from": date(2020, 7, 1)}
        say(viewer(username), version, Outcome.AGREE, **carries)
    version.refresh_from_db()
    approved.refresh_from_db()
    assert (version.state, version.in_force_from, version.in_force_until) == (State.APPROVED, date(2020, 7, 1), None)
    assert (approved.state, approved.in_force_from, approved.in_force_until) == (State.SUPERSEDED, date(2020, 1, 1), date(2020, 7, 1))
    assert approved.digest == old_digest == version_digest(load(approved))
    texts = {day: target_on(row.indicator_id, day) for day in (date(2020, 1, 1), date(2020, 6, 30), date(2020, 7, 1), date(2020, 12, 31))}
    assert [found.target_text for found in texts.values() if found] == ["10项", "10项", "44项", "44项"]
    assert target_on(row.indicator_id, date(2021, 1, 1)) is None
    assert target_on(row.indicator_id, date(2019, 12, 31)) is None
    for username in ("jingban", "shenji", "czyewu"):
        seen = indicator_page(viewer(username), version.table_id, row.indicator_id).targets
        assert {one.target for one in seen} == {"44项", "10项"}


def test_the_first_day_lies_in_the_year_and_not_before_the_version_it_replaces(
    approved: TableVersion, organisation: Demonstrated, viewer: Who
) -> None:
    version = proposed(viewer, organisation, approved)
    row = retarget(version, "45项", organisation.accounts["jingban"])
    confirm_adjustment(viewer("jixiao"), version.pk)
    explain_change(viewer("jingban"), version.pk, row.indicator_id, "企业停工")
    walk(viewer, version, until="finance_performance", by="jingban2")
    for day in (date(2019, 12, 31), date(2021, 1, 1)):
        with pytest.raises(Invalid) as refused:
            say(viewer("czjixiao"), version, Outcome.AGREE, document="x", in_force_from=day)
        assert code_of(refused) == "in_force_from"
    approved.refresh_from_db()
    assert approved.state == State.APPROVED
    say(viewer("czjixiao"), version, Outcome.AGREE, document="x")
    version.refresh_from_db()
    assert version.in_force_from == date(2020, 12, 31)  # approved after the year: its last day, never the past


def test_who_proposed_it_decides_nothing_on_it(approved: TableVersion, organisation: Demonstrated, viewer: Who) -> None:
    second = organisation.accounts["jingban"].pk
    version = adjust_table(viewer("kezhang"), approved.table_id, reason="x", document="y", second_person=second)
    row = retarget(version, "45项", organisation.accounts["jingban"])
    confirm_adjustment(viewer("jingban"), version.pk)
    explain_change(viewer("kezhang"), version.pk, row.indicator_id, "企业停工")
    with pytest.raises(Forbidden) as refused:  # nobody but the proposer heads the section
        submit_table(viewer("jingban2"), version.pk)
    assert code_of(refused) == "nobody_else_decides"


def test_what_an_adjustment_must_carry(approved: TableVersion, organisation: Demonstrated, viewer: Who) -> None:
    second = organisation.accounts["jixiao"].pk
    for lacks in ({"reason": " "}, {"document": ""}, {"second_person": None}):
        given: dict[str, Any] = {"reason": "a", "document": "b", "second_person": second, **lacks}
        with pytest.raises(Invalid) as refused:
            adjust_table(viewer("jingban"), approved.table_id, **given)
        assert code_of(refused) == "incomplete"
    for person in ("jingban", "czyewu", "sysadmin", "shenji"):  # the proposer himself, finance, an administrator, the auditor
        with pytest.raises(Invalid) as refused:
            adjust_table(viewer("jingban"), approved.table_id, reason="a", document="b", second_person=organisation.accounts[person].pk)
        assert code_of(refused) == "second_person"
    for username in ("fenguan", "juzhang", "czjixiao", "shenji"):
        with pytest.raises(Forbidden):
            proposed(viewer, organisation, approved, by=username)
    proposed(viewer, organisation, approved)
    with pytest.raises(Refusal) as refused:
        proposed(viewer, organisation, approved)
    assert code_of(refused) == "version_open"


def test_a_table_in_force_is_not_replaced_by_importing_it_again(approved: TableVersion, organisation: Demonstrated, viewer: Who) -> None:
    """Nor does the import leave a draft that nobody could submit and that would stand in the way of every adjustment."""
    with pytest.raises(Refusal) as refused:
        import_table(viewer("jixiao"), organisation.units["331001"], read(LINYI).tables[0])
    assert code_of(refused) == "already_approved"
    assert approved.table.versions.count() == 1
    again = write_version(approved.table, read(LINYI).tables[0], account=organisation.accounts["jixiao"])
    mended(again, organisation.accounts["jixiao"])
    with pytest.raises(Refusal) as refused:
        submit_table(viewer("jingban"), again.pk)
    assert code_of(refused) == "already_approved"


def test_a_draft_is_edited_and_not_adjusted(linyi: TableVersion, organisation: Demonstrated, viewer: Who) -> None:
    with pytest.raises(Refusal) as refused:
        proposed(viewer, organisation, linyi)
    assert code_of(refused) == "nothing_in_force"


def test_side_by_side(approved: TableVersion, organisation: Demonstrated, viewer: Who, signed_in: Callable[[str], Client]) -> None:
    version = proposed(viewer, organisation, approved)
    old, new = content_of(load(approved)), content_of(load(version))
    assert compare(old, new).same
    assert from_json(to_json(old)) == old
    row = retarget(version, "45项", organisation.accounts["jingban"])
    gone = load(version).rows[3]
    IndicatorRow.objects.filter(pk=gone.pk).update(removed_at="2020-02-01T00:00:00Z")
    found = compare(old, content_of(load(version)))
    assert found.counts == {"same": 34, "changed": 1, "added": 0, "removed": 1}
    one = next(pair for pair in found.rows if pair.kind == "changed")
    assert one.indicator == str(row.indicator_id)
    assert [(cell.path, cell.old, cell.new) for cell in one.changes] == [("target", "10项", "45项")]
    assert compare(content_of(load(version)), old).counts["added"] == 1
    assert {pair.kind for pair in found.retargeted} == {"changed", "removed"}
    page = signed_in("jixiao").get(reverse("planning:compare", args=[version.pk, approved.pk]))
    assert page.status_code == 200
    text = page.content.decode()
    assert "45项" in text
    assert gone.name in text
    assert (
        signed_in("czyewu").get(reverse("planning:compare", args=[version.pk, approved.pk])).status_code == 404
    )  # a draft is the department's


def test_the_pages_of_adjusting(approved: TableVersion, organisation: Demonstrated, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("jingban")
    url = reverse("planning:adjust", args=[approved.table_id])
    assert client.get(url).status_code == 200
    kept = client.post(url, {"reason": "独一无二的理由", "document": "", "second_person": ""})
    assert kept.status_code == 400
    assert "独一无二的理由" in kept.content.decode()
    answer = client.post(url, {"reason": "r", "document": "d", "second_person": str(organisation.accounts["jixiao"].pk)})
    assert answer.status_code == 302
    version = TableVersion.objects.get(purpose="adjustment")
    row = retarget(version, "45项", organisation.accounts["jingban"])
    client.post(reverse("planning:explain_change", args=[version.pk]), {"indicator": str(row.indicator_id), "text": "企业停工"})
    signed_in("jixiao").post(reverse("planning:confirm_adjustment", args=[version.pk]), {"edits": version.edits})
    page = client.get(reverse("planning:review", args=[version.pk])).content.decode()
    assert "企业停工" in page
    assert "<del>10项</del>" in page
    assert client.post(reverse("planning:submit", args=[version.pk]), {"edits": version.edits}).status_code == 302
