"""Writing cells of an open version: what is saved, refused, told as a conflict, recorded; whose cells are whose."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from random import Random

import pytest
from django.test import Client
from django.urls import reverse

from zhiheng.plan.procedure import EDITABLE, State
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.answer_cell import answer_cell
from zhiheng_web.planning.actions.edit_cells import CellEdit, edit_cells
from zhiheng_web.planning.actions.reply_finding import reply_by_rule, reply_finding
from zhiheng_web.planning.checking import check, open_findings
from zhiheng_web.planning.editing.cells import cells_of
from zhiheng_web.planning.models import FindingReply, IndicatorRow, TableVersion
from zhiheng_web.planning.queries.editing import changes, preview, sheet
from zhiheng_web.planning.versions import load, version_digest
from zhiheng_web.trail.action import Absent, Conflict, Forbidden, Invalid, Refusal
from zhiheng_web.trail.models import TrailRecord

pytestmark = pytest.mark.django_db
See = Callable[[str], Viewer]
HIGH_TECH = "高新技术企业认定数量"
AWARD = "组织科技奖励评审"


def row(version: TableVersion, name: str) -> IndicatorRow:
    return IndicatorRow.objects.get(version=version, name=name)


def edit(at: IndicatorRow | str, field: str, base: str, text: str) -> CellEdit:
    return CellEdit(at if isinstance(at, str) else str(at.pk), field, base, text)


def texts(version: TableVersion) -> dict[tuple[str, str], str]:
    version.refresh_from_db()
    return {key: cell.text for key, cell in cells_of(load(version)).items()}


def test_a_cell_is_saved_read_anew_and_counted(linyi: TableVersion, viewer: See) -> None:
    at = row(linyi, HIGH_TECH)
    before = linyi.edits
    edited = edit_cells(viewer("jingban"), linyi.pk, [edit(at, "target", "60家", "≥70家")])
    at.refresh_from_db()
    linyi.refresh_from_db()
    assert [cell.text for cell in edited.saved] == ["≥70家"]
    assert (at.target_text, at.target_op, at.target_amount, at.target_unit) == ("≥70家", "≥", Decimal(70), "家")
    assert linyi.edits == before + 1 == at.edits
    assert at.edited_by.username == "jingban"
    assert edited.loaded.table.plan.indicators[at.position].target.text == "≥70家"


def test_the_trail_says_what_changed(linyi: TableVersion, viewer: See) -> None:
    at, before = row(linyi, HIGH_TECH), version_digest(load(linyi))
    edits = [edit(at, "target", "60家", "70家"), edit(at, "remark", "重点工作", "重点工作，较上年减少系口径变化")]
    edit_cells(viewer("jingban"), linyi.pk, edits)
    record = TrailRecord.objects.get(action="planning.edit_cells")
    linyi.refresh_from_db()
    assert record.object_id == str(linyi.pk)
    assert (record.before, record.after) == (before, version_digest(load(linyi)))
    assert record.before != record.after
    assert [(cell["name"], cell["field"], cell["old"], cell["new"]) for cell in record.details["cells"]] == [
        (HIGH_TECH, "target", "60家", "70家"),
        (HIGH_TECH, "remark", "重点工作", "重点工作，较上年减少系口径变化"),
    ]
    assert record.name == viewer("jingban").account.name


def test_the_second_writer_is_told_and_both_texts_stay(linyi: TableVersion, viewer: See) -> None:
    at = row(linyi, HIGH_TECH)
    edit_cells(viewer("jingban"), linyi.pk, [edit(at, "target", "60家", "70家")])
    edit_cells(viewer("jingban"), linyi.pk, [edit(at, "remark", "重点工作", "新增")])
    late = [edit(at, "target", "60家", "65家"), edit(at, "activity", "", "认定")]
    edited = edit_cells(viewer("jixiao"), linyi.pk, late)
    at.refresh_from_db()
    conflict = edited.conflicts[0]
    assert (at.target_text, at.activity) == ("70家", "认定")
    assert (conflict.current, conflict.edit.text, conflict.by) == ("70家", "65家", viewer("jingban").account.name)
    assert conflict.at == TrailRecord.objects.filter(action="planning.edit_cells").order_by("number").first().at
    again = edit_cells(viewer("jixiao"), linyi.pk, [edit(at, "target", "70家", "65家")])
    assert not again.conflicts


def test_writing_what_stands_there_is_no_conflict_and_no_record(linyi: TableVersion, viewer: See) -> None:
    at = row(linyi, HIGH_TECH)
    edited = edit_cells(viewer("jingban"), linyi.pk, [edit(at, "target", "什么都行", "60家")])
    assert len(edited.saved) == 1
    assert not TrailRecord.objects.filter(action="planning.edit_cells").exists()


def test_an_office_writes_its_own_duties_only(linyi: TableVersion, viewer: See) -> None:
    mine, theirs = row(linyi, HIGH_TECH), row(linyi, AWARD)
    edited = edit_cells(viewer("jingban"), linyi.pk, [edit(mine, "remark", "重点工作", "甲"), edit(theirs, "remark", "", "乙")])
    theirs.refresh_from_db()
    assert [cell.code for cell in edited.refused] == ["not_yours"]
    assert (theirs.remark or "") == ""
    for cell in (edit("head", "title", linyi.title, "新"), edit(theirs, "target", "应审尽审", "1项")):
        with pytest.raises(Forbidden):
            edit_cells(viewer("jingban"), linyi.pk, [cell])


def test_the_sheet_shows_what_each_may_write(linyi: TableVersion, viewer: See) -> None:
    shown = sheet(viewer("jingban"), linyi.pk)
    mine = {line.row.name for group in shown.groups for line in group.lines if all(cell.editable for cell in line.cells)}
    expected = {found.name for found in load(linyi).rows if found.duty_row.name == "科技创新产业培育"}
    assert mine == expected
    assert not any(cell.editable for cell in shown.head)
    assert all(cell.editable for group in sheet(viewer("jixiao"), linyi.pk).groups for line in group.lines for cell in line.cells)


@pytest.mark.parametrize("username", ["fenguan", "dangzu", "juzhang", "shenji", "jiwei", "baomi"])
def test_readers_change_nothing(linyi: TableVersion, viewer: See, username: str) -> None:
    at = row(linyi, HIGH_TECH)
    with pytest.raises(Forbidden):
        edit_cells(viewer(username), linyi.pk, [edit(at, "target", "60家", "70家")])
    assert not sheet(viewer(username), linyi.pk).may_write


@pytest.mark.parametrize("username", ["czyewu", "czjixiao", "jigou", "sysadmin", "secadmin", "auditadmin"])
def test_a_draft_is_absent_for_those_outside(linyi: TableVersion, viewer: See, username: str) -> None:
    with pytest.raises(Absent):
        edit_cells(viewer(username), linyi.pk, [edit(row(linyi, HIGH_TECH), "target", "60家", "70家")])
    with pytest.raises(Absent):
        changes(viewer(username), linyi.pk, 0)


def test_the_head_is_written_and_its_amounts_kept_in_yuan(linyi: TableVersion, viewer: See) -> None:
    edits = [edit("head", "budget.total", "5364万元", "5,400万元"), edit("head", "strategic_goal", linyi.strategic_goal, "目标")]
    edit_cells(viewer("jixiao"), linyi.pk, edits)
    linyi.refresh_from_db()
    assert (linyi.total_text, linyi.total, linyi.fiscal, linyi.strategic_goal) == (
        "5,400万元",
        Decimal(54_000_000),
        Decimal(53_640_000),
        "目标",
    )
    assert linyi.head_edits == linyi.edits


def test_a_duty_is_written(linyi: TableVersion, viewer: See) -> None:
    duty = load(linyi).duties[2]
    edit_cells(viewer("jingban"), linyi.pk, [CellEdit(str(duty.pk), "objective", duty.objective, "新目标")])
    duty.refresh_from_db()
    assert duty.objective == "新目标"


def test_many_edits_and_their_inverses_give_back_the_table(linyi: TableVersion, viewer: See) -> None:
    """What undo posts: each edit reversed, last first. Text, typed values and digest are those of before."""
    officer, chance = viewer("jixiao"), Random(20)
    before, original = version_digest(load(linyi)), texts(linyi)
    values = {found.pk: found.target_value for found in load(linyi).rows}
    done: list[list[CellEdit]] = []
    for _ in range(12):
        now = texts(linyi)
        batch = [
            CellEdit(*key, now[key], chance.choice(["", "7项", "≥3%", "应审尽审", "2周/次", "改\n行"]))
            for key in chance.sample(sorted(now), 9)
        ]
        assert not edit_cells(officer, linyi.pk, batch).conflicts
        done.append(batch)
    assert texts(linyi) != original
    for batch in reversed(done):
        edited = edit_cells(officer, linyi.pk, [CellEdit(one.row, one.field, one.text, one.base) for one in reversed(batch)])
        assert not edited.conflicts
        assert not edited.refused
    assert texts(linyi) == original
    assert {found.pk: found.target_value for found in load(linyi).rows} == values
    linyi.refresh_from_db()
    assert version_digest(load(linyi)) == before


@pytest.mark.parametrize("state", sorted(set(State) - EDITABLE))
def test_a_closed_version_refuses_every_way_of_writing(linyi: TableVersion, viewer: See, state: State) -> None:
    at, officer = row(linyi, HIGH_TECH), viewer("jixiao")
    mark = next(found.mark for found in check(load(linyi)) if found.severity.value == "warning")
    TableVersion.objects.filter(pk=linyi.pk).update(state=state.value)
    before = version_digest(load(linyi))
    ways = (
        lambda: edit_cells(officer, linyi.pk, [edit(at, "target", "60家", "70家")]),
        lambda: answer_cell(officer, linyi.pk, str(at.pk), "target", "60家", 0),
        lambda: reply_finding(officer, linyi.pk, mark, "说明"),
    )
    for way in ways:
        with pytest.raises(Refusal) as refused:
            way()
        assert refused.value.code == "version_closed"
    assert version_digest(load(linyi)) == before
    assert not FindingReply.objects.exists()


def test_a_secrecy_mark_is_stored_nowhere(linyi: TableVersion, viewer: See) -> None:
    at = row(linyi, HIGH_TECH)
    edited = edit_cells(
        viewer("jingban"), linyi.pk, [edit(at, "remark", "重点工作", "机密★1年"), edit(at, "target", "60家", "商业秘密1项")]
    )
    at.refresh_from_db()
    assert [cell.code for cell in edited.refused] == ["secrecy_mark"]
    assert (at.remark, at.target_text) == ("重点工作", "商业秘密1项")
    assert not any("机密★" in str(record.details) for record in TrailRecord.objects.all())
    with pytest.raises(Invalid):
        reply_finding(viewer("jingban"), linyi.pk, "x", "【秘密】")


@pytest.mark.parametrize(("text", "code"), [("a" * 5001, "too_long"), ("a\0b", "control_character"), ("a\x0bb", "control_character")])
def test_texts_that_cannot_be_kept_are_refused(linyi: TableVersion, viewer: See, text: str, code: str) -> None:
    edited = edit_cells(viewer("jixiao"), linyi.pk, [edit(row(linyi, HIGH_TECH), "remark", "重点工作", text)])
    assert [cell.code for cell in edited.refused] == [code]


def test_a_column_that_the_form_lacks_takes_nothing(linyi: TableVersion, viewer: See) -> None:
    at = row(linyi, HIGH_TECH)
    edited = edit_cells(viewer("jixiao"), linyi.pk, [edit(at, "weight", "", "5"), edit(at, "remark", "重点工作", "甲")])
    at.refresh_from_db()
    assert [cell.code for cell in edited.refused] == ["no_cell"]
    assert at.weight_text is None


def unresolved(version: TableVersion, viewer: Viewer) -> IndicatorRow:
    at = row(version, AWARD)
    edit_cells(viewer, version.pk, [edit(at, "target", "应审尽审", "5-10")])
    at.refresh_from_db()
    return at


def test_a_person_chooses_among_the_readings_and_the_choice_outlives_other_edits(linyi: TableVersion, viewer: See) -> None:
    who = viewer("jixiao")
    at = unresolved(linyi, who)
    assert at.target_value["kind"] == "unresolved"
    candidates = at.target_value["candidates"]
    told = preview(who, linyi.pk, str(at.pk), "target", at.target_text)
    assert len(told["candidates"]) == len(candidates)
    answer_cell(who, linyi.pk, str(at.pk), "target", at.target_text, 1)
    at.refresh_from_db()
    assert {key: at.target_value[key] for key in candidates[1]} == candidates[1]
    record = TrailRecord.objects.get(action="planning.answer_cell")
    assert (record.account, record.details["chosen"]["new"]) == (str(who.account.pk), candidates[1])
    edit_cells(who, linyi.pk, [edit(at, "definition", at.definition, "换一种解释")])
    at.refresh_from_db()
    assert at.target_value["kind"] == candidates[1]["kind"]
    edit_cells(who, linyi.pk, [edit(at, "target", "5-10", "9家")])
    edit_cells(who, linyi.pk, [edit(at, "target", "9家", "5-10")])
    at.refresh_from_db()
    assert at.target_value["kind"] == candidates[1]["kind"]
    with pytest.raises(Conflict):
        answer_cell(who, linyi.pk, str(at.pk), "target", "别的", 0)
    with pytest.raises(Invalid):
        answer_cell(who, linyi.pk, str(at.pk), "target", at.target_text, len(candidates))
    with pytest.raises(Forbidden):
        answer_cell(viewer("jingban"), linyi.pk, str(at.pk), "target", at.target_text, 0)


def test_a_cell_of_a_row_that_slid_is_settled_in_place(linyi: TableVersion, viewer: See) -> None:
    at = row(linyi, "规范创新平台管理")
    assert at.mean_value["reason"] == "shifted"
    told = preview(viewer("jixiao"), linyi.pk, str(at.pk), "references.mean", "100家")
    assert len(told["candidates"]) == 1
    answer_cell(viewer("jixiao"), linyi.pk, str(at.pk), "references.mean", "100家", 0)
    at.refresh_from_db()
    assert (at.mean_text, at.mean_value["value"], at.mean_value["unit"]) == ("100家", "100", "家")


def test_a_reply_answers_a_warning_and_lapses_with_what_it_answered(linyi: TableVersion, viewer: See) -> None:
    who = viewer("jingban")
    at = row(linyi, "市级科技企业孵化器备案数量")
    found = next(one for one in check(load(linyi)) if one.row == at and one.code == "R03")
    assert found in open_findings(load(linyi))
    reply_finding(who, linyi.pk, found.mark, "上年含补录4家。")
    after = next(one for one in check(load(linyi)) if one.row == at and one.code == "R03")
    assert (after.reply.text, after.open) == ("上年含补录4家。", False)
    assert TrailRecord.objects.get(action="planning.reply_finding").details["reply"] == "上年含补录4家。"
    edit_cells(who, linyi.pk, [edit(at, "target", "8家", "2家")])
    linyi.refresh_from_db()
    assert next(one for one in check(load(linyi)) if one.row == at and one.code.startswith("R03")).reply is None


def test_a_reply_to_one_duty_does_not_answer_another(linyi: TableVersion, viewer: See) -> None:
    version = load(linyi)
    for found in [one for one in version.rows if one.duty_row.number == 2][:1]:
        IndicatorRow.objects.filter(pk=found.pk).update(removed_at=found.version.created_at)
    TableVersion.objects.filter(pk=linyi.pk).update(checked_as="")
    linyi.refresh_from_db()
    lonely = [one for one in check(load(linyi)) if one.code == "C02"]
    assert {one.duty for one in lonely} == {2, 6}
    reply_finding(viewer("jixiao"), linyi.pk, lonely[0].mark, "一个指标已足够。")
    assert [one.reply is None for one in check(load(linyi)) if one.code == "C02"] == [False, True]


def test_one_reply_answers_all_of_its_kind_within_the_reach_of_who_replies(linyi: TableVersion, viewer: See) -> None:
    asking = [one for one in check(load(linyi)) if one.asks and one.row is not None]
    kinds = {one.code: [other for other in asking if other.code == one.code] for one in asking}
    duties = {code: {one.row.duty_row.number for one in found} for code, found in kinds.items()}
    code = next(code for code, numbers in duties.items() if 3 in numbers and len(numbers) > 1)
    own = next(one for one in kinds[code] if one.row.duty_row.number == 3)
    reply_finding(viewer("jingban"), linyi.pk, own.mark, "按内部台账核实。", alike=True)
    after = [one for one in check(load(linyi)) if one.code == code and one.row is not None]
    assert {one.row.duty_row.number for one in after if one.reply} == {3}
    assert not [one for one in after if one.open and one.row.duty_row.number == 3]
    record = TrailRecord.objects.get(action="planning.reply_finding")
    assert len(record.details.get("answered", ["one"])) == sum(1 for one in after if one.reply)
    rest = next(one for one in after if one.open)
    reply_finding(viewer("jixiao"), linyi.pk, rest.mark, "按内部台账核实。", alike=True)
    assert not [one for one in check(load(linyi)) if one.code == code and one.open]


def test_replies_by_rule_leave_nothing_that_asks_within_reach(linyi: TableVersion, viewer: See) -> None:
    codes = {one.code for one in check(load(linyi)) if one.open and one.asks}
    assert reply_by_rule(viewer("jingban"), linyi.pk, dict.fromkeys(codes, "按内部台账核实。")) > 0
    own = [one for one in check(load(linyi)) if one.reply]
    assert {one.row.duty_row.number if one.row else one.duty for one in own} == {3}
    some, *rest = sorted(codes)
    reply_by_rule(viewer("jixiao"), linyi.pk, {**dict.fromkeys(rest, "已核实。"), some: "  "})
    assert {one.code for one in check(load(linyi)) if one.open and one.asks} <= {some}
    assert not any(one.reply for one in check(load(linyi)) if not one.asks), "an error is not lifted by a reply"
    with pytest.raises(Invalid):
        reply_by_rule(viewer("jixiao"), linyi.pk, {some: "【秘密】"})
    assert TrailRecord.objects.filter(action="planning.reply_by_rule").count() == 2


@pytest.mark.parametrize("name", ["juzhang", "shenji", "jiwei"])
def test_a_reader_replies_to_nothing_by_rule(linyi: TableVersion, viewer: See, name: str) -> None:
    with pytest.raises(Forbidden):
        reply_by_rule(viewer(name), linyi.pk, {one.code: "x" for one in check(load(linyi)) if one.asks})


def test_the_page_of_replies_names_every_rule_once_and_saves_them_all(linyi: TableVersion, signed_in: Callable[[str], Client]) -> None:
    client, address = signed_in("jixiao"), reverse("planning:replies", args=[linyi.pk])
    asking = {one.code for one in check(load(linyi)) if one.open and one.asks}
    page = client.get(address).content.decode()
    assert sorted(re.findall(r'name="rule:(\w+)"', page)) == sorted(asking)
    client.post(address, {f"rule:{code}": "已核实。" for code in asking})
    assert "没有待答复的问题" in client.get(address).content.decode()
    client.cookies["django_language"] = "en"
    assert "No finding asks for a reply" in client.get(address).content.decode()


def test_an_error_must_be_mended_unless_the_threshold_says_otherwise(linyi: TableVersion, viewer: See, settings: object) -> None:
    found = next(one for one in check(load(linyi)) if one.code == "R03a")
    with pytest.raises(Refusal) as refused:
        reply_finding(viewer("jixiao"), linyi.pk, found.mark, "说明")
    assert refused.value.code == "must_be_mended"
    settings.FINDINGS_BLOCK = "none"
    reply_finding(viewer("jixiao"), linyi.pk, found.mark, "说明")
    assert found.code not in {one.code for one in open_findings(load(linyi)) if one.row == found.row}
    settings.FINDINGS_NEED_REPLY = "none"
    assert open_findings(load(linyi)) == ()


def test_only_the_duty_s_office_replies(linyi: TableVersion, viewer: See) -> None:
    found = next(one for one in check(load(linyi)) if one.row and one.row.name == HIGH_TECH and one.severity.value == "warning")
    with pytest.raises(Forbidden):
        reply_finding(viewer("jingban2"), linyi.pk, found.mark, "说明")


def test_a_preview_says_the_finding_and_stores_nothing(linyi: TableVersion, viewer: See) -> None:
    at, before = row(linyi, HIGH_TECH), version_digest(load(linyi))
    told = preview(viewer("jingban"), linyi.pk, str(at.pk), "target", "200家")
    assert "R03a" not in {found["code"] for found in told["findings"]}
    assert any("200" in line[1] for line in told["meaning"])
    assert version_digest(load(linyi)) == before


def test_what_others_changed_since_is_told_with_who(linyi: TableVersion, viewer: See, organisation: Demonstrated) -> None:
    at = row(linyi, HIGH_TECH)
    since = linyi.edits
    edit_cells(viewer("jingban"), linyi.pk, [edit(at, "target", "60家", "70家")])
    told = changes(viewer("jixiao"), linyi.pk, since)
    assert [(one["row"], one["cells"]["target"], one["by"]) for one in told["rows"]] == [
        (str(at.pk), "70家", viewer("jingban").account.name)
    ]
    assert set(changes(viewer("jixiao"), linyi.pk, told["edits"])) == {"edits", "open"}
