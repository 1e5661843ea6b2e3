"""Points: nothing in silence, sums exact, an explicit choice without points, only the performance officer, only open versions."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.accept_proposal import accept_proposal
from zhiheng_web.planning.actions.divide_indicator import divide_indicator
from zhiheng_web.planning.actions.set_scheme import set_scheme
from zhiheng_web.planning.actions.set_weights import set_weights
from zhiheng_web.planning.models import IndicatorRow, PartRow, TableVersion
from zhiheng_web.planning.parts import PartText
from zhiheng_web.planning.queries.weighing import weighed
from zhiheng_web.planning.versions import load
from zhiheng_web.planning.weighing import Tags, proposal_digest, proposal_of, tags_of, weights_state
from zhiheng_web.trail.action import Absent, Conflict, Forbidden, Invalid, Refusal
from zhiheng_web.trail.models import TrailRecord

Viewers = Callable[[str], Viewer]
OUTPUT = Tags("output", "quantity", "rising", Decimal("1.5"), "proportional")


def fresh(version: TableVersion) -> TableVersion:
    return TableVersion.objects.select_related("table__unit__department").get(pk=version.pk)


def accept_all(viewer: Viewer, version: TableVersion) -> None:
    accept_proposal(viewer, version.pk, None, proposal_digest(proposal_of(load(fresh(version)))))


def test_a_new_table_has_no_points_and_showing_the_page_sets_none(linyi: TableVersion, signed_in: Callable[[str], Client]) -> None:
    response = signed_in("jixiao").get(reverse("planning:weights", args=[linyi.pk]))
    assert response.status_code == 200
    assert IndicatorRow.objects.filter(version=linyi, points__isnull=True, level_1="", method="").count() == 36
    assert weights_state(load(fresh(linyi))).kind == "unweighted"


def test_accepting_all_gives_ninety_beside_the_execution_rate(linyi: TableVersion, viewer: Viewers) -> None:
    accept_all(viewer("jixiao"), linyi)
    state = weights_state(load(fresh(linyi)))
    assert (state.kind, state.total, state.execution) == ("complete", 90, 10)
    total = sum(IndicatorRow.objects.filter(version=linyi).values_list("points", flat=True))
    assert total == 90
    record = TrailRecord.objects.get(action="planning.accept_proposal")
    assert record.details["rows"] == 36
    assert record.before != record.after


def test_accepting_a_duty_leaves_the_others(linyi: TableVersion, viewer: Viewers) -> None:
    loaded = load(linyi)
    rows = [row.pk for row in loaded.rows if row.duty_row.number == 3]
    accept_proposal(viewer("jixiao"), linyi.pk, rows, proposal_digest(proposal_of(loaded)))
    done = IndicatorRow.objects.filter(version=linyi, points__isnull=False)
    assert set(done.values_list("pk", flat=True)) == set(rows)
    assert weights_state(load(fresh(linyi))).kind == "untagged"


def test_accepting_keeps_what_a_person_has_set_and_still_sums(linyi: TableVersion, viewer: Viewers) -> None:
    officer, first = viewer("jixiao"), load(linyi).rows[0]
    own = Tags("output", "quality", "rising", Decimal("7.25"), "yes_no")
    set_weights(officer, linyi.pk, {first.pk: own}, {first.pk: Tags()})
    accept_all(officer, linyi)
    loaded = load(fresh(linyi))
    assert tags_of(loaded.rows[0]) == own
    assert weights_state(loaded).kind == "complete"


def test_a_proposal_that_has_changed_since_is_not_accepted(linyi: TableVersion, viewer: Viewers) -> None:
    officer, loaded = viewer("jixiao"), load(linyi)
    seen = proposal_digest(proposal_of(loaded))
    set_weights(officer, linyi.pk, {loaded.rows[0].pk: OUTPUT}, {})
    set_weights(officer, linyi.pk, {loaded.rows[0].pk: Tags("output", "quantity", "rising", Decimal(9), "proportional")}, {})
    with pytest.raises(Conflict):
        accept_proposal(officer, linyi.pk, None, seen)
    assert IndicatorRow.objects.filter(version=linyi, points__isnull=False).count() == 1


def test_the_sum_is_exact(linyi: TableVersion, viewer: Viewers) -> None:
    officer = viewer("jixiao")
    accept_all(officer, linyi)
    row = load(fresh(linyi)).rows[0]
    off = Tags(row.level_1, row.level_2, row.direction, row.points + Decimal("0.0001"), row.method)
    set_weights(officer, linyi.pk, {row.pk: off}, {row.pk: tags_of(row)})
    state = weights_state(load(fresh(linyi)))
    assert (state.kind, state.total) == ("wrong_sum", Decimal("90.0001"))
    assert "多 0.0001 分" in state.wrong[0].zh
    assert "0.0001 too many" in state.wrong[0].en


@pytest.mark.parametrize(
    "tags",
    [
        Tags("cost", "", "rising", Decimal(1), "proportional"),
        Tags("output", "economic", "rising", Decimal(1), "proportional"),
        Tags("output", "quantity", "sideways", Decimal(1), "proportional"),
        Tags("output", "quantity", "rising", Decimal("-1"), "proportional"),
        Tags("output", "quantity", "rising", Decimal("100.1"), "proportional"),
        Tags("output", "quantity", "rising", Decimal("0.00001"), "proportional"),
        Tags("output", "quantity", "rising", Decimal("NaN"), "proportional"),
        Tags("output", "quantity", "rising", Decimal("1e30"), "proportional"),
        Tags("output", "quantity", "rising", Decimal(1), "magic"),
        Tags("execution", "", "rising", Decimal(1), "proportional"),
    ],
)
def test_what_the_scheme_does_not_know_is_refused(linyi: TableVersion, viewer: Viewers, tags: Tags) -> None:
    row = load(linyi).rows[0]
    with pytest.raises(Invalid):
        set_weights(viewer("jixiao"), linyi.pk, {row.pk: tags}, {})
    assert IndicatorRow.objects.get(pk=row.pk).points is None


def test_the_second_of_two_editors_sees_a_conflict(linyi: TableVersion, viewer: Viewers) -> None:
    officer, row = viewer("jixiao"), load(linyi).rows[0]
    set_weights(officer, linyi.pk, {row.pk: OUTPUT}, {row.pk: Tags()})
    with pytest.raises(Conflict) as refused:
        set_weights(officer, linyi.pk, {row.pk: Tags("output", "quality", "rising", Decimal(2), "yes_no")}, {row.pk: Tags()})
    assert refused.value.current["points"] == "1.5000"
    assert IndicatorRow.objects.get(pk=row.pk).points == Decimal("1.5")


@pytest.mark.parametrize("username", ["jingban", "kezhang", "fenguan", "juzhang"])
def test_only_the_performance_officer_weighs(linyi: TableVersion, viewer: Viewers, username: str) -> None:
    other, row = viewer(username), load(linyi).rows[0]
    for step in (
        lambda: set_weights(other, linyi.pk, {row.pk: OUTPUT}, {}),
        lambda: set_scheme(other, linyi.pk, "with_cost"),
        lambda: accept_proposal(other, linyi.pk, None, ""),
        lambda: divide_indicator(other, linyi.pk, row.pk, [], ""),
    ):
        with pytest.raises(Forbidden):
            step()


@pytest.mark.parametrize("username", ["czyewu", "jigou"])
def test_who_may_not_see_the_draft_finds_nothing(linyi: TableVersion, viewer: Viewers, username: str) -> None:
    with pytest.raises(Absent):
        set_scheme(viewer(username), linyi.pk, "with_cost")
    with pytest.raises(Absent):
        weighed(viewer(username), linyi.pk)


@pytest.mark.parametrize("state", ["circulating", "approved", "superseded", "blocked", "declared_history"])
def test_points_change_in_open_versions_only(linyi: TableVersion, viewer: Viewers, state: str) -> None:
    officer, row = viewer("jixiao"), load(linyi).rows[0]
    TableVersion.objects.filter(pk=linyi.pk).update(state=state)
    with pytest.raises(Refusal) as refused:
        set_weights(officer, linyi.pk, {row.pk: OUTPUT}, {})
    assert refused.value.code == "wrong_state"
    with pytest.raises(Refusal):
        divide_indicator(officer, linyi.pk, row.pk, [PartText("甲", "1项"), PartText("乙", "2项")], "all")
    assert IndicatorRow.objects.get(pk=row.pk).points is None


def test_without_points_is_a_choice_that_is_kept_and_recorded(linyi: TableVersion, viewer: Viewers) -> None:
    officer = viewer("jixiao")
    set_scheme(officer, linyi.pk, "unscored")
    state = weights_state(load(fresh(linyi)))
    assert (state.kind, state.ok) == ("unscored", True)
    assert TrailRecord.objects.get(action="planning.set_scheme").details["scheme"] == "unscored"
    set_scheme(officer, linyi.pk, "national")
    assert weights_state(load(fresh(linyi))).kind == "unweighted"


def test_another_scheme_has_another_sum_and_keeps_points(linyi: TableVersion, viewer: Viewers) -> None:
    officer = viewer("jixiao")
    accept_all(officer, linyi)
    set_scheme(officer, linyi.pk, "hubei")
    state = weights_state(load(fresh(linyi)))
    assert (state.kind, state.total, state.expected, state.execution) == ("wrong_sum", 90, 80, 20)


def test_a_scheme_of_another_tree_takes_away_tags_it_does_not_have(linyi: TableVersion, viewer: Viewers) -> None:
    officer, row = viewer("jixiao"), load(linyi).rows[0]
    set_weights(officer, linyi.pk, {row.pk: Tags("output", "cost", "falling", Decimal(5), "reverse_linear")}, {})
    set_scheme(officer, linyi.pk, "with_cost")
    now = IndicatorRow.objects.get(pk=row.pk)
    assert (now.level_1, now.level_2, now.points) == ("output", "", 5)
    assert fresh(linyi).tree == "with_cost"
    set_scheme(officer, linyi.pk, "decision")
    assert IndicatorRow.objects.get(pk=row.pk).level_1 == ""


def test_absent_levels_and_where_their_points_went_are_shown(
    linyi: TableVersion, viewer: Viewers, signed_in: Callable[[str], Client]
) -> None:
    set_scheme(viewer("jixiao"), linyi.pk, "with_cost")
    page = signed_in("jixiao").get(reverse("planning:weights", args=[linyi.pk])).content.decode()
    assert "表中没有成本指标" in page
    assert "10 分归入“产出指标”" in page
    assert "表中没有满意度指标" in page


def test_the_page_saves_a_duty_and_says_what_it_did(linyi: TableVersion, signed_in: Callable[[str], Client]) -> None:
    client, row = signed_in("jixiao"), load(linyi).rows[0]
    sent = {f"level-{row.pk}": "output/quantity", f"direction-{row.pk}": "rising", f"points-{row.pk}": "１.5", f"method-{row.pk}": "yes_no"}
    answer = client.post(reverse("planning:weights", args=[linyi.pk]), {**sent, f"seen-{row.pk}": "||||", "duty": "1"}, follow=True)
    assert "已保存" in answer.content.decode()
    assert tags_of(IndicatorRow.objects.get(pk=row.pk)) == Tags("output", "quantity", "rising", Decimal("1.5"), "yes_no")
    wrong = client.post(reverse("planning:weights", args=[linyi.pk]), {**sent, f"points-{row.pk}": "很多", f"seen-{row.pk}": "||||"})
    assert wrong.status_code == 400


def test_readers_see_points_without_inputs(linyi: TableVersion, signed_in: Callable[[str], Client]) -> None:
    page = signed_in("juzhang").get(reverse("planning:weights", args=[linyi.pk])).content.decode()
    assert "data-points" not in page
    assert "全部采纳建议" not in page


def test_the_page_asks_as_often_for_many_rows_as_for_few(linyi: TableVersion, signed_in: Callable[[str], Client]) -> None:
    client, url = signed_in("jixiao"), reverse("planning:weights", args=[linyi.pk])
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(url)
    rows = list(IndicatorRow.objects.filter(version=linyi))
    copies: list[IndicatorRow] = []
    for position in range(36, 200):
        row = rows[position % 36]
        copy = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        indicator = type(row.indicator)(department=row.indicator.department, name=f"指标{position}")
        indicator.save()
        copies.append(IndicatorRow(**{**copy, "id": uuid4(), "position": position, "indicator_id": indicator.pk}))
    IndicatorRow.objects.bulk_create(copies)
    with CaptureQueriesContext(connection) as many:
        assert client.get(url).status_code == 200
    assert len(many) == len(few) <= 15


PARTS = [PartText("组织对接次数", "10次", "次"), PartText("对接企业数", "10家", "家")]


def row_named(version: TableVersion, name: str) -> IndicatorRow:
    return IndicatorRow.objects.get(version=version, name=name)


def test_dividing_keeps_typed_parts_and_their_rule(linyi: TableVersion, viewer: Viewers) -> None:
    row = row_named(linyi, "组织技术对接")
    divide_indicator(viewer("jixiao"), linyi.pk, row.pk, PARTS, "weakest")
    kept = PartRow.objects.filter(indicator_row=row)
    assert [(part.name, part.target_value["kind"], part.target_value["value"], part.unit) for part in kept] == [
        ("组织对接次数", "number", "10", "次"),
        ("对接企业数", "number", "10", "家"),
    ]
    assert row_named(linyi, "组织技术对接").join == "weakest"
    record = TrailRecord.objects.get(action="planning.divide_indicator")
    assert record.before != record.after


def test_dividing_again_replaces_and_no_parts_undo(linyi: TableVersion, viewer: Viewers) -> None:
    officer, row = viewer("jixiao"), row_named(linyi, "组织技术对接")
    divide_indicator(officer, linyi.pk, row.pk, PARTS, "weakest")
    divide_indicator(officer, linyi.pk, row.pk, [*PARTS, PartText("签约数", "2项")], "sum")
    assert PartRow.objects.filter(indicator_row=row).count() == 3
    divide_indicator(officer, linyi.pk, row.pk, [], "")
    assert not PartRow.objects.filter(indicator_row=row).exists()
    assert row_named(linyi, "组织技术对接").join == ""


@pytest.mark.parametrize(
    ("parts", "join"),
    [
        (PARTS[:1], "all"),
        (PARTS, ""),
        (PARTS, "most"),
        ([*PARTS, PartText("", "3项")], "all"),
        ([*PARTS, PartText("丙", " ")], "all"),
        ([PARTS[0], PARTS[0]], "all"),
        ([PARTS[0], PartText("乙", "密级：机密", "")], "all"),
        ([PartText(f"分项{n}", "1项") for n in range(21)], "all"),
    ],
)
def test_parts_that_cannot_stand_are_refused(linyi: TableVersion, viewer: Viewers, parts: list[PartText], join: str) -> None:
    row = row_named(linyi, "组织技术对接")
    with pytest.raises(Invalid):
        divide_indicator(viewer("jixiao"), linyi.pk, row.pk, parts, join)
    assert not PartRow.objects.exists()


def test_the_page_of_parts_proposes_and_saves(linyi: TableVersion, signed_in: Callable[[str], Client]) -> None:
    client, row = signed_in("jixiao"), row_named(linyi, "依法行政")
    url = reverse("planning:parts", args=[linyi.pk, row.pk])
    page = client.get(url).content.decode()
    assert "完成科技创新通报季报和年报工作" in page
    assert "尚未保存" in page
    assert not PartRow.objects.exists()
    sent: dict[str, Any] = {
        "name": ["甲", "乙", ""],
        "target": ["应做尽做", "2项", ""],
        "unit": ["", "项", ""],
        "due_on": ["2020-06-30", "", ""],
    }
    client.post(url, {**sent, "join": "all", "edits": row.edits})
    assert [(part.name, str(part.due_on)) for part in PartRow.objects.all()] == [("甲", "2020-06-30"), ("乙", "None")]
    again = client.post(url, {**sent, "join": "all", "edits": row.edits})
    assert again.status_code == 409


def test_a_row_of_another_version_is_absent(linyi: TableVersion, signed_in: Callable[[str], Client]) -> None:
    assert signed_in("jixiao").get(reverse("planning:parts", args=[linyi.pk, uuid4()])).status_code == 404


def test_both_languages(linyi: TableVersion, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("jixiao")
    client.cookies["django_language"] = "en"
    page = client.get(reverse("planning:weights", args=[linyi.pk])).content.decode()
    assert "Points and tags" in page
    assert "Accept all proposals" in page


def test_a_level_2_indicator_that_the_table_lacks_is_named(linyi: TableVersion, viewer: Callable[[str], Viewer]) -> None:
    """The table of Linyi has no 成本 (issue 3): under the general scheme it is a level-2 indicator of 产出."""
    shown = {each.level.zh: [text.zh for text in each.lacking] for each in weighed(viewer("jixiao"), linyi.pk).levels}
    assert "成本指标" in shown["产出指标"]
    assert "数量指标" not in shown["产出指标"]
    assert shown["满意度指标"] == [], "the whole level is lacking, which is said with where its points go"
