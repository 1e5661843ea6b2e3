"""Indicators and duties come, go, come back and change places; what was said about them stays."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from zhiheng.plan.procedure import EDITABLE, State
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.add_row import add_duty, add_row
from zhiheng_web.planning.actions.move_row import move_duty, move_row
from zhiheng_web.planning.actions.remove_row import remove_duty, remove_row, restore_duty, restore_row
from zhiheng_web.planning.models import CellOpinion, DutyRow, Indicator, IndicatorRow, LibraryIndicator, TableVersion
from zhiheng_web.planning.versions import load, version_digest
from zhiheng_web.trail.action import Absent, Forbidden, Invalid, Refusal
from zhiheng_web.trail.models import TrailRecord

pytestmark = pytest.mark.django_db
See = Callable[[str], Viewer]


def names(version: TableVersion) -> list[str]:
    version.refresh_from_db()
    loaded = load(version)
    assert [row.position for row in loaded.rows] == list(range(len(loaded.rows)))
    return [row.name for row in loaded.rows]


def duty(version: TableVersion, number: int) -> DutyRow:
    return DutyRow.objects.get(version=version, number=number)


def test_a_row_is_added_below_another_with_the_cells_of_the_form(linyi: TableVersion, viewer: See) -> None:
    before, third = names(linyi), duty(linyi, 3)
    after = load(linyi).rows[6]
    row = add_row(viewer("jixiao"), linyi.pk, third.pk, " 新增  独角兽企业数 ", after=after.pk)
    now = names(linyi)
    assert now == [*before[:7], "新增 独角兽企业数", *before[7:]]
    assert (row.target_text, row.target_value["state"], row.definition, row.weight_text) == ("", "missing", "", None)
    assert TrailRecord.objects.get(action="planning.add_row").details["added"]["name"] == "新增 独角兽企业数"
    assert load(linyi).table.plan.indicators[7].duty == 3


@pytest.mark.parametrize("number", [1, 3, 11])
def test_a_row_goes_to_the_end_of_its_duty(linyi: TableVersion, viewer: See, number: int) -> None:
    row = add_row(viewer("jixiao"), linyi.pk, duty(linyi, number).pk, "某指标")
    own = [found.pk for found in load(linyi).rows if found.duty_row_id == row.duty_row_id]
    assert own[-1] == row.pk
    numbers = [found.duty_row.number for found in IndicatorRow.objects.filter(version=linyi).order_by("position")]
    assert numbers == sorted(numbers)


def test_a_name_of_earlier_years_keeps_its_identity(linyi: TableVersion, viewer: See) -> None:
    third = duty(linyi, 3)
    known = Indicator.objects.create(department=third.duty.department, duty=third.duty, name="瞪羚企业数")
    assert add_row(viewer("jixiao"), linyi.pk, third.pk, "瞪羚企业数").indicator == known
    assert add_row(viewer("jixiao"), linyi.pk, third.pk, "瞪羚企业数").indicator != known


def test_a_row_from_the_library_brings_its_words_and_sets_no_tag(linyi: TableVersion, viewer: See) -> None:
    entry = LibraryIndicator.objects.create(code="G1", name="服务对象满意度", explanation="抽样调查", level_1="满意度指标", unit="%")
    row = add_row(viewer("jixiao"), linyi.pk, duty(linyi, 8).pk, "", library=entry.pk)
    assert (row.name, row.definition, row.level_1, row.indicator.library) == ("服务对象满意度", "抽样调查", "", entry)
    other = LibraryIndicator.objects.create(code="G2", name="停用", enabled=False)
    with pytest.raises(Absent):
        add_row(viewer("jixiao"), linyi.pk, duty(linyi, 8).pk, "", library=other.pk)


def test_a_removed_row_leaves_the_table_and_comes_back_whole(linyi: TableVersion, viewer: See) -> None:
    before, order = version_digest(load(linyi)), names(linyi)
    row = load(linyi).rows[9]
    opinion = CellOpinion.objects.create(version=linyi, row=row, field="target", text="偏低", written_by=viewer("fenguan").account)
    remove_row(viewer("jixiao"), linyi.pk, row.pk)
    assert names(linyi) == [*order[:9], *order[10:]]
    assert Indicator.objects.filter(pk=row.indicator_id).exists()
    assert CellOpinion.objects.get(pk=opinion.pk).row.name == row.name
    assert (linyi.indicator_rows.count(), IndicatorRow._base_manager.filter(version=linyi).count()) == (35, 36)
    restore_row(viewer("jixiao"), linyi.pk, row.pk)
    assert names(linyi) == order
    assert version_digest(load(linyi)) == before
    assert [record.action for record in TrailRecord.objects.order_by("number")][-2:] == ["planning.remove_row", "planning.restore_row"]


def test_a_duty_goes_when_it_is_empty(linyi: TableVersion, viewer: See) -> None:
    officer, sixth = viewer("jixiao"), duty(linyi, 6)
    with pytest.raises(Refusal) as refused:
        remove_duty(officer, linyi.pk, sixth.pk)
    assert refused.value.code == "duty_has_rows"
    row = IndicatorRow.objects.get(duty_row=sixth)
    remove_row(officer, linyi.pk, row.pk)
    remove_duty(officer, linyi.pk, sixth.pk)
    assert 6 not in [found.number for found in load(linyi).duties]
    with pytest.raises(Refusal):
        restore_row(officer, linyi.pk, row.pk)
    restore_duty(officer, linyi.pk, sixth.pk)
    restore_row(officer, linyi.pk, row.pk)
    assert [found.number for found in load(linyi).duties] == list(range(1, 12))


def test_a_duty_is_added_once(linyi: TableVersion, viewer: See) -> None:
    row = add_duty(viewer("jixiao"), linyi.pk, "科普与宣传", "目标")
    assert (row.number, row.objective) == (12, "目标")
    assert row.duty.holdings.get().unit == linyi.table.unit
    with pytest.raises(Invalid):
        add_duty(viewer("jixiao"), linyi.pk, "科普与宣传")


def test_rows_move_within_their_duty_and_to_another(linyi: TableVersion, viewer: See) -> None:
    officer, order = viewer("jixiao"), names(linyi)
    rows = load(linyi).rows
    move_row(officer, linyi.pk, rows[5].pk, 1)
    assert names(linyi)[5:7] == [order[6], order[5]]
    move_row(officer, linyi.pk, rows[5].pk, -1)
    assert names(linyi) == order
    records = TrailRecord.objects.count()
    move_row(officer, linyi.pk, rows[0].pk, -1)
    move_row(officer, linyi.pk, rows[2].pk, 1)
    assert names(linyi) == order
    assert TrailRecord.objects.count() == records
    move_row(officer, linyi.pk, rows[0].pk, duty=duty(linyi, 2).pk)
    assert names(linyi)[:5] == [order[1], order[2], order[3], order[4], order[0]]
    assert IndicatorRow.objects.get(pk=rows[0].pk).duty_row.number == 2


def test_a_duty_takes_its_rows_along(linyi: TableVersion, viewer: See) -> None:
    order = names(linyi)
    second = duty(linyi, 2)
    move_duty(viewer("jixiao"), linyi.pk, second.pk, -1)
    assert names(linyi)[:5] == [*order[3:5], *order[:3]]
    assert [found.name for found in load(linyi).duties][:2] == ["成果评审与科技奖励", "政策规划与依法行政"]
    move_duty(viewer("jixiao"), linyi.pk, second.pk, 1)
    assert names(linyi) == order


Way = Callable[[Viewer, TableVersion, UUID, UUID], object]
WAYS: tuple[Way, ...] = (
    lambda who, version, duty, row: add_row(who, version.pk, duty, "新"),
    lambda who, version, duty, row: add_duty(who, version.pk, "新职责"),
    lambda who, version, duty, row: remove_row(who, version.pk, row),
    lambda who, version, duty, row: restore_row(who, version.pk, row),
    lambda who, version, duty, row: move_row(who, version.pk, row, 1),
    lambda who, version, duty, row: remove_duty(who, version.pk, duty),
    lambda who, version, duty, row: restore_duty(who, version.pk, duty),
    lambda who, version, duty, row: move_duty(who, version.pk, duty, 1),
)


@pytest.mark.parametrize("way", WAYS)
def test_only_the_officer_arranges_an_open_version(linyi: TableVersion, viewer: See, way: Way) -> None:
    third, before = duty(linyi, 3), version_digest(load(linyi))
    row = load(linyi).rows[6].pk
    for username in ("jingban", "kezhang", "juzhang", "shenji"):
        with pytest.raises(Forbidden):
            way(viewer(username), linyi, third.pk, row)
    for username in ("czyewu", "jigou", "sysadmin"):
        with pytest.raises(Absent):
            way(viewer(username), linyi, third.pk, row)
    for state in sorted(set(State) - EDITABLE):
        TableVersion.objects.filter(pk=linyi.pk).update(state=state.value)
        with pytest.raises(Refusal) as refused:
            way(viewer("jixiao"), linyi, third.pk, row)
        assert refused.value.code == "version_closed"
    assert version_digest(load(linyi)) == before


def test_names_are_checked_and_rows_of_other_versions_absent(linyi: TableVersion, viewer: See) -> None:
    for name in ("", "  ", "长" * 201, "【机密】项目"):
        with pytest.raises(Invalid):
            add_row(viewer("jixiao"), linyi.pk, duty(linyi, 1).pk, name)
    for way in (remove_row, restore_row, move_row, remove_duty, restore_duty):  # each takes the version and a row
        with pytest.raises(Absent):
            way(viewer("jixiao"), linyi.pk, uuid4())
