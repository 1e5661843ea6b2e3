"""A self-evaluation from its beginning to its correction: what it demands, what it keeps, what nobody changes afterwards."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from tests.zhiheng_web.evaluation.self_evaluation.conftest import LINES
from tests.zhiheng_web.evaluation.self_evaluation.scene import AFTER, Line, Scene, at, entries, row_of
from tests.zhiheng_web.ledgers.evidence.files import pdf

from zhiheng.scoring import scheme_file
from zhiheng.scoring.scheme import Scheme
from zhiheng.scoring.scorecard import Refusal as NoScore
from zhiheng_web.evaluation.actions.add_file import add_file
from zhiheng_web.evaluation.actions.begin_self_evaluation import begin_self_evaluation
from zhiheng_web.evaluation.actions.choose_scheme import choose_scheme
from zhiheng_web.evaluation.actions.confirm_override import confirm_override
from zhiheng_web.evaluation.actions.correct_self_evaluation import correct_self_evaluation
from zhiheng_web.evaluation.actions.decide_self_evaluation import decide_self_evaluation
from zhiheng_web.evaluation.actions.fill_self_evaluation import Cell, fill_self_evaluation
from zhiheng_web.evaluation.actions.judge_row import judge_row
from zhiheng_web.evaluation.actions.override_score import override_score
from zhiheng_web.evaluation.actions.set_points import set_points
from zhiheng_web.evaluation.actions.submit_self_evaluation import submit_self_evaluation
from zhiheng_web.evaluation.actions.take_back_override import take_back_override
from zhiheng_web.evaluation.actions.take_values import take_values
from zhiheng_web.evaluation.keeping import card_json, digest
from zhiheng_web.evaluation.models import Recheck, Sample, SelfEvaluation, SelfEvaluationFund, SelfEvaluationRow
from zhiheng_web.evaluation.queries.self_evaluation import self_evaluation_page
from zhiheng_web.evaluation.queries.self_evaluation_paper import differences, paper_of
from zhiheng_web.evaluation.rescoring import reproduces, rescore
from zhiheng_web.ledgers.models import Circumstance, EntryVersion
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import BudgetChange, IndicatorRow, PerformanceTable, TreasuryPayment
from zhiheng_web.trail.action import Conflict, Forbidden, Invalid, Refusal
from zhiheng_web.trail.chain import verify
from zhiheng_web.trail.models import TrailRecord

pytestmark = pytest.mark.django_db
Person = Callable[[str], Viewer]
FINANCE = "czjixiao"
REASONS = ("新增企业数", "投诉次数", "检查覆盖率", "服务对象满意度")


def complete(viewer: Viewer, one: SelfEvaluation, names: tuple[str, ...] = REASONS) -> None:
    """Write every word that is demanded."""
    cells = [Cell(None, name, "", "已写明") for name in ("goal_actual", "overview", "problems", "improvements")]
    for name in names:
        row = row_of(one, name)
        cells += [
            Cell(row.pk, "reason", row.reason, "受疫情影响，企业开工推迟"),
            Cell(row.pk, "improvement", row.improvement, "下年提前部署"),
        ]
    fill_self_evaluation(viewer, one.pk, cells)


def total(viewer: Viewer, one: SelfEvaluation) -> Decimal | None:
    card = self_evaluation_page(viewer, one.pk).card
    return card.total if card is not None else None


@pytest.fixture
def begun(small: Scene, person: Person) -> SelfEvaluation:
    return small.begin(person("jixiao"))


@pytest.fixture
def accepted(begun: SelfEvaluation, person: Person) -> SelfEvaluation:
    complete(person("jixiao"), begun)
    submit_self_evaluation(person("jixiao"), begun.pk)
    return decide_self_evaluation(person(FINANCE), begun.pk, True, "同意")


# --- beginning ----------------------------------------------------------------------------------------------


def test_it_begins_only_when_the_year_is_over_and_only_once(small: Scene, person: Person) -> None:
    with pytest.raises(Refusal, match="2020 年还没有结束"):
        begin_self_evaluation(replace(person("jixiao"), at=datetime(2020, 12, 31, 4, tzinfo=UTC)), small.table.pk)
    small.begin(person("jixiao"))
    with pytest.raises(Refusal, match="已在自评"):
        small.begin(person("jixiao"))


def test_a_version_that_was_not_in_force_at_the_year_s_end_is_not_evaluated(small: Scene, person: Person) -> None:
    small.version.in_force_from, small.version.in_force_until = date(2020, 2, 1), date(2020, 12, 31)
    small.version.save()
    with pytest.raises(Refusal, match="没有已批复"):
        small.begin(person("jixiao"))


def test_rows_have_the_approved_points_and_the_values_of_the_last_day(begun: SelfEvaluation) -> None:
    rows = SelfEvaluationRow.objects.filter(self_evaluation=begun).order_by("position")
    assert [row.points for row in rows] == [40, 10, 30, 10]
    assert {row.snapshot.on for row in rows if row.snapshot} == {date(2020, 12, 31)}
    assert [row.snapshot is None for row in rows] == [False, False, False, True]
    assert rows[3].survey is not None


# --- what is demanded ---------------------------------------------------------------------------------------


def test_rows_below_full_points_demand_reason_and_improvement_and_nothing_is_submitted_before(
    begun: SelfEvaluation, person: Person
) -> None:
    page = self_evaluation_page(person("jixiao"), begun.pk)
    assert [sorted(line.wants) for line in page.lines] == [["improvement", "reason"]] * 4
    assert page.left == 12  # four words of the head, two of each row
    with pytest.raises(Refusal, match="还差 12 项"):
        submit_self_evaluation(person("jixiao"), begun.pk)
    complete(person("jixiao"), begun)
    assert self_evaluation_page(person("jixiao"), begun.pk).left == 0


@pytest.mark.parametrize(("count", "demanded"), [(10, None), (12, None), (13, "S05"), (15, "S05"), (16, "S06")])
def test_far_above_the_target_wants_an_explanation(count: int, demanded: str | None, make: Callable[..., Scene], person: Person) -> None:
    found = make([Line("新增企业数", "10家", "90")])
    found.bind("新增企业数", "flow")
    entries(found, count)
    one = found.begin(person("jixiao"))
    line = self_evaluation_page(person("jixiao"), one.pk).lines[0]
    assert line.score and line.score.points == 90
    assert [each.code for each in line.demands] == ([demanded] if demanded else [])


def test_points_that_do_not_sum_and_rows_without_points_are_things_to_do_and_no_partial_score(
    make: Callable[..., Scene], person: Person
) -> None:
    found = make([Line("新增企业数", "10家"), Line("培训人次", "100人次")], unscored=True)
    one = found.begin(person("jixiao"))
    page = self_evaluation_page(person("jixiao"), one.pk)
    assert page.card is None
    assert [todo.where for todo in page.todos] == ["points"]
    first, second = page.held.rows
    set_points(person("jixiao"), one.pk, {first.pk: Decimal(50), second.pk: Decimal(30)}, {}, {})
    page = self_evaluation_page(person("jixiao"), one.pk)
    assert any("80" in todo.text.zh and "90" in todo.text.zh for todo in page.todos)
    with pytest.raises(Refusal):
        submit_self_evaluation(person("jixiao"), one.pk)


def test_changing_approved_points_needs_a_reason_that_stays(begun: SelfEvaluation, person: Person) -> None:
    firms, checks = row_of(begun, "新增企业数"), row_of(begun, "检查覆盖率")
    with pytest.raises(Invalid, match="批复的 40 分"):
        set_points(person("jixiao"), begun.pk, {firms.pk: Decimal(30)}, {}, {})
    wanted = {firms.pk: Decimal(30), checks.pk: Decimal(40)}
    set_points(person("jixiao"), begun.pk, wanted, dict.fromkeys(wanted, "工作重点调整"), {})
    assert row_of(begun, "新增企业数").points_reason == "工作重点调整"
    assert total(person("jixiao"), begun) == Decimal("24") + Decimal("7.5") + Decimal("26.67") + Decimal("9.47") + Decimal("9.5")
    set_points(person("jixiao"), begun.pk, {firms.pk: Decimal(40), checks.pk: Decimal(30)}, {}, {})
    assert row_of(begun, "新增企业数").points_reason == ""


@pytest.mark.parametrize("wrong", ["-1", "100.5", "1.00001", "NaN"])
def test_points_that_cannot_be_are_refused(wrong: str, begun: SelfEvaluation, person: Person) -> None:
    row = row_of(begun, "新增企业数")
    with pytest.raises(Invalid):
        set_points(person("jixiao"), begun.pk, {row.pk: Decimal(wrong)}, {row.pk: "理由"}, {})


def test_money_that_nobody_paid_scores_nothing_and_says_so_and_a_budget_of_zero_leaves_the_total(
    make: Callable[..., Scene], person: Person
) -> None:
    found = make([Line("新增企业数", "10家", "90")], money=(Decimal(2_000_000), None))
    one = found.begin(person("jixiao"))
    page = self_evaluation_page(person("jixiao"), one.pk)
    assert page.execution is not None
    assert page.execution.points == 0
    assert "payments" in [todo.where for todo in page.todos]
    line = found.table.unit.budget_lines.get()
    TreasuryPayment.objects.create(line=line, month=12, amount=Decimal(0), imported_by=person("jixiao").account)
    found.table.unit.budget_lines.update(initial=0)
    page = self_evaluation_page(person("jixiao"), one.pk)
    assert page.card is not None
    assert page.execution is not None
    assert (page.execution.effective, page.card.ceiling) == (0, 90)
    assert "words" in [todo.where for todo in page.todos]


def test_a_budget_cut_in_the_year_makes_spending_more_than_the_budget_capped_and_explained(
    make: Callable[..., Scene], person: Person
) -> None:
    found = make([Line("新增企业数", "10家", "90")])
    found.bind("新增企业数", "flow")
    entries(found, 10)
    one = found.begin(person("jixiao"))
    fill_self_evaluation(person("jixiao"), one.pk, [Cell(None, name, "", "已写明") for name in ("goal_actual", "overview")])
    line = found.table.unit.budget_lines.get()
    BudgetChange.objects.create(
        line=line, on=date(2020, 9, 1), amount=Decimal(-500_000), reason="压减", document="文件", made_by=person("jixiao").account
    )
    page = self_evaluation_page(person("jixiao"), one.pk)
    assert page.money == (2_000_000, 1_500_000, 1_900_000)
    assert page.card is not None
    assert page.execution is not None
    assert (page.execution.points, page.card.total) == (10, 100)  # 190/150 is above 100 % and capped
    assert [todo.where for todo in page.todos] == ["words", "words"]  # problems and improvements, though every row is full


def test_points_of_thirds_sum_exactly(make: Callable[..., Scene], person: Person) -> None:
    found = make([Line(f"指标{n}", "1项", points) for n, points in enumerate(("33.33", "33.33", "23.34"))])
    one = found.begin(person("jixiao"))
    assert not [todo for todo in self_evaluation_page(person("jixiao"), one.pk).todos if todo.where == "points"]


def test_a_late_payment_counts_in_the_draft_and_not_in_what_was_submitted(begun: SelfEvaluation, small: Scene, person: Person) -> None:
    complete(person("jixiao"), begun)
    submit_self_evaluation(person("jixiao"), begun.pk)
    kept = total(person("jixiao"), begun)
    line = small.table.unit.budget_lines.get()
    TreasuryPayment.objects.create(line=line, month=11, amount=Decimal(100_000), imported_by=person("jixiao").account)
    assert total(person("jixiao"), begun) == kept == Decimal("78.47")
    assert SelfEvaluationFund.objects.get(self_evaluation=begun).executed == Decimal(1_900_000)
    decide_self_evaluation(person(FINANCE), begun.pk, False, "请核对支付")
    assert total(person("jixiao"), begun) == Decimal("78.97")


# --- states -------------------------------------------------------------------------------------------------


def test_what_was_not_organised_leaves_the_total_and_its_points_go_to_its_duty(make: Callable[..., Scene], person: Person) -> None:
    found = make([Line("新增企业数", "10家", "45"), Line("省级孵化器", "3家", "45")])
    for name in ("新增企业数", "省级孵化器"):
        found.bind(name, "flow", categories=(name,))
    entries(found, 5, "新增企业数")
    account = person("jixiao").account
    Circumstance.objects.create(
        indicator=found.indicator("省级孵化器"), year=2020, kind="not_organised", reason="省厅未组织", document="鲁科字〔2020〕1号",
        decided_by=account, confirmed_by=account, confirmed_at=AFTER - timedelta(days=1), known_from=AFTER - timedelta(days=2),
    )  # fmt: skip
    one = found.begin(person("jixiao"))
    card = self_evaluation_page(person("jixiao"), one.pk).card
    assert card is not None
    scores = {row.index: (row.effective, row.points) for row in card.rows}
    assert scores[1] == (0, 0)
    assert scores[0] == (90, 45)
    assert (card.ceiling, card.total) == (100, Decimal("54.5"))
    lines = self_evaluation_page(person("jixiao"), one.pk).lines
    assert not lines[1].demands


def test_an_indicator_without_ledger_scores_nothing_and_is_noted(make: Callable[..., Scene], person: Person) -> None:
    found = make([Line("新增企业数", "10家", "90")])
    one = found.begin(person("jixiao"))
    line = self_evaluation_page(person("jixiao"), one.pk).lines[0]
    assert line.score is not None
    assert (line.score.state, line.score.points) == ("missing", 0)
    assert line.shown.zh == "未绑定台账"
    assert line.wants == {"reason", "improvement"}


@pytest.mark.parametrize(("second", "points"), [("-", "90"), ("", "27")])
def test_one_figure_for_two_measures_is_asked_of_each_that_the_basis_judges(
    second: str, points: str, make: Callable[..., Scene], person: Person
) -> None:
    found = make([Line("组织技术对接", "组织对接次数/对接企业数10", "90")])
    first = found.bind("组织技术对接", "flow", join="first" if second else "all", categories=("talk",), name_zh="组织对接次数", unit="次")
    found.bind("组织技术对接", "flow", basis=first.basis, categories=("firm",), name_zh="对接企业数", unit="家", target=second, position=1)
    entries(found, 11, "talk")
    entries(found, 3, "firm")  # 3 of 10 is the weaker of the two: 27 of 90 points
    one = found.begin(person("jixiao"))
    line = self_evaluation_page(person("jixiao"), one.pk).lines[0]
    assert line.score is not None
    assert line.score.points == Decimal(points)


def test_words_are_judged_by_a_person_within_the_tier_and_figures_are_not(make: Callable[..., Scene], person: Person) -> None:
    found = make([Line("科技创新氛围", "明显改善", "50"), Line("新增企业数", "10家", "40")])
    found.bind("新增企业数", "flow")
    entries(found, 9)
    one = found.begin(person("jixiao"))
    words, figure = row_of(one, "科技创新氛围"), row_of(one, "新增企业数")
    with pytest.raises(Refusal, match="有实际完成值"):
        judge_row(person("jixiao"), one.pk, figure.pk, 1, Decimal(40), "依据", 0)
    with pytest.raises(Invalid, match="不在第2档内"):
        judge_row(person("jixiao"), one.pk, words.pk, 2, Decimal(40), "依据", 0)  # 40 is the lower end of tier 1
    with pytest.raises(Invalid, match="依据"):
        judge_row(person("jixiao"), one.pk, words.pk, 1, Decimal(40), " ", 0)
    judge_row(person("jixiao"), one.pk, words.pk, 1, Decimal(40), "走访20家企业", 0)
    assert total(person("jixiao"), one) == 40 + 36 + Decimal("9.5")
    with pytest.raises(Conflict):
        judge_row(person("jixiao"), one.pk, words.pk, 1, Decimal(45), "依据", 0)
    judge_row(person("jixiao"), one.pk, words.pk, None, None, "", 1)
    assert row_of(one, "科技创新氛围").tier is None


# --- overrides ----------------------------------------------------------------------------------------------


def test_an_override_counts_only_when_another_person_has_confirmed_it(begun: SelfEvaluation, person: Person) -> None:
    row = row_of(begun, "新增企业数")
    for wrong in ("40.01", "-1"):
        with pytest.raises(Invalid):
            override_score(person("jixiao"), begun.pk, row.pk, Decimal(wrong), "理由", 0)
    with pytest.raises(Invalid, match="理由"):
        override_score(person("jixiao"), begun.pk, row.pk, Decimal(36), " ", 0)
    override_score(person("jixiao"), begun.pk, row.pk, Decimal(36), "两家企业已验收待公示", 0)
    assert total(person("jixiao"), begun) == Decimal("78.47")
    assert "override" in self_evaluation_page(person("jixiao"), begun.pk).lines[0].wants
    with pytest.raises(Refusal, match="不能确认自己"):
        confirm_override(person("jixiao"), begun.pk, row.pk, Decimal(36), 1)
    with pytest.raises(Conflict):
        confirm_override(person("juzhang"), begun.pk, row.pk, Decimal(35), 1)
    confirm_override(person("juzhang"), begun.pk, row.pk, Decimal(36), 1)
    page = self_evaluation_page(person("jixiao"), begun.pk)
    assert page.card is not None
    assert page.card.total == Decimal("82.47")
    assert page.lines[0].computed is not None
    assert page.lines[0].computed.points == 32
    take_back_override(person("jixiao"), begun.pk, row.pk)
    assert total(person("jixiao"), begun) == Decimal("78.47")


def test_an_override_is_marked_in_what_is_kept_and_on_paper_with_both_people(begun: SelfEvaluation, person: Person) -> None:
    row = row_of(begun, "新增企业数")
    override_score(person("jixiao"), begun.pk, row.pk, Decimal(36), "两家企业已验收待公示", 0)
    confirm_override(person("juzhang"), begun.pk, row.pk, Decimal(36), 1)
    complete(person("jixiao"), begun)
    one = submit_self_evaluation(person("jixiao"), begun.pk)
    paper = paper_of(one)
    assert dict(paper.marks) == {0: "*"}
    by, second = person("jixiao").account, person("juzhang").account
    assert by is not None
    assert second is not None
    assert paper.overrides[0] == ("32.00", "36.0000", "两家企业已验收待公示", by.name, second.name)
    points = paper.table.plan.indicators[0].points
    assert points is not None
    assert points.text == "36"
    assert paper.table.plan.total_points is not None
    assert paper.table.plan.total_points.text == "82.47"


# --- what is kept -------------------------------------------------------------------------------------------


def test_what_was_submitted_scores_again_to_every_digit_from_itself_alone(
    accepted: SelfEvaluation, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = json.loads(json.dumps(accepted.frozen))
    wanted = kept["card"]

    def nothing_shipped(name: str = "") -> Scheme:
        raise AssertionError(f"the shipped scheme {name} was asked")

    IndicatorRow.objects.update(points=Decimal(1), target_text="1家")
    monkeypatch.setattr(scheme_file, "scheme", nothing_shipped)
    monkeypatch.setattr(scheme_file, "trees", nothing_shipped)
    assert card_json(rescore(kept)) == wanted
    assert reproduces(kept, accepted.digest)
    assert digest(kept) == accepted.digest


@pytest.mark.parametrize("path", [("observed", "0", "value", "value"), ("funds", 0, "executed"), ("card", "total"), ("scheme", "zh")])
def test_one_changed_datum_is_noticed(path: tuple[Any, ...], accepted: SelfEvaluation) -> None:
    kept = copy.deepcopy(accepted.frozen)
    inner = kept
    for key in path[:-1]:
        inner = inner[key]
    assert inner[path[-1]]
    inner[path[-1]] = "9"
    assert not reproduces(kept, accepted.digest)


def test_another_scheme_or_weight_re_scores_the_draft_and_never_the_closed_year(
    accepted: SelfEvaluation, small: Scene, person: Person
) -> None:
    with pytest.raises(Refusal, match="已认定"):
        choose_scheme(person("jixiao"), accepted.pk, "with_cost")
    row = row_of(accepted, "新增企业数")
    with pytest.raises(Refusal, match="已认定"):
        set_points(person("jixiao"), accepted.pk, {row.pk: Decimal(30)}, {row.pk: "理由"}, {})
    new = correct_self_evaluation(person("jixiao"), accepted.pk, "支付数据更正")
    choose_scheme(person("jixiao"), new.pk, "with_cost")
    assert total(person("jixiao"), new) == 79
    assert total(person("jixiao"), accepted) == Decimal("78.47")


def test_a_late_edit_of_an_accepted_one_leaves_its_refusal_in_the_trail(accepted: SelfEvaluation, person: Person) -> None:
    row = row_of(accepted, "新增企业数")
    late: dict[str, Callable[[], object]] = {
        "evaluation.fill_self_evaluation": lambda: fill_self_evaluation(
            person("jixiao"), accepted.pk, [Cell(row.pk, "reason", row.reason, "补记")]
        ),
        "evaluation.override_score": lambda: override_score(person("jixiao"), accepted.pk, row.pk, Decimal(40), "补记", row.edits),
        "evaluation.take_values": lambda: take_values(person("jixiao"), accepted.pk, "补记"),
    }
    for name, step in late.items():
        before = TrailRecord.objects.count()
        with pytest.raises(Refusal) as refused:
            step()
        (kept,) = TrailRecord.objects.order_by("number")[before:]
        assert (kept.action, kept.details["tried"], kept.object_id) == ("trail.refused", name, str(accepted.pk))
        assert (kept.name, kept.details["reason"]) == ("绩效管理员", refused.value.text.zh)
    assert list(verify()) == []
    before = TrailRecord.objects.count()
    self_evaluation_page(person("jixiao"), accepted.pk)
    assert TrailRecord.objects.count() == before, "looking at it is no attempt"


def test_acceptance_closes_the_year_of_the_table_and_the_database_keeps_it(accepted: SelfEvaluation, small: Scene) -> None:
    small.table.refresh_from_db()
    assert small.table.closed_at is not None
    changes: list[Callable[[], Any]] = [
        lambda: SelfEvaluation.objects.filter(pk=accepted.pk).update(total=99),
        lambda: SelfEvaluationRow.objects.filter(self_evaluation=accepted).update(score=1),
        lambda: SelfEvaluationFund.objects.filter(self_evaluation=accepted).update(executed=1),
        lambda: SelfEvaluationFund.objects.filter(self_evaluation=accepted).delete(),
    ]
    for change in changes:
        with pytest.raises(DatabaseError, match="accepted self-evaluation"), transaction.atomic():
            change()


def test_finance_returns_with_an_opinion_or_accepts_and_nobody_accepts_his_own(begun: SelfEvaluation, person: Person) -> None:
    complete(person("jixiao"), begun)
    submit_self_evaluation(person("jixiao"), begun.pk)
    with pytest.raises(Invalid, match="意见"):
        decide_self_evaluation(person(FINANCE), begun.pk, False, " ")
    with pytest.raises(Forbidden):
        decide_self_evaluation(person("jixiao"), begun.pk, True, "")
    with pytest.raises(Conflict):
        decide_self_evaluation(person(FINANCE), begun.pk, True, "", seen="0" * 64)
    decide_self_evaluation(person(FINANCE), begun.pk, False, "补充满意度说明")
    fill_self_evaluation(person("jixiao"), begun.pk, [Cell(None, "overview", "已写明", "再次核对")])
    submit_self_evaluation(person("jixiao"), begun.pk)
    decide_self_evaluation(person(FINANCE), begun.pk, True, "")
    assert PerformanceTable.objects.get().closed_at is not None


def test_a_correction_stands_beside_the_first_with_its_reason_and_its_differences(
    accepted: SelfEvaluation, small: Scene, person: Person
) -> None:
    with pytest.raises(Invalid, match="原因"):
        correct_self_evaluation(person("jixiao"), accepted.pk, "")
    row = row_of(accepted, "新增企业数")
    new = correct_self_evaluation(person("jixiao"), accepted.pk, "漏计一家企业")
    with pytest.raises(Refusal, match="第 2 版"):
        correct_self_evaluation(person("jixiao"), accepted.pk, "再更正")
    small.ledger.put({"happened_on": date(2020, 7, 1), "category": "firm"})
    with pytest.raises(Invalid, match="原因"):
        take_values(person("jixiao"), new.pk, "")
    take_values(at(person("jixiao"), AFTER + timedelta(days=1)), new.pk, "漏计一家企业")
    submit_self_evaluation(person("jixiao"), new.pk)
    second = decide_self_evaluation(person(FINANCE), new.pk, True, "")
    accepted.refresh_from_db()
    assert (accepted.total, second.total) == (Decimal("78.47"), Decimal("82.47"))
    assert accepted.frozen is not None
    assert second.frozen is not None
    found = {(one.name, one.what.zh): (one.before, one.after) for one in differences(accepted.frozen, second.frozen)}
    assert found["", "总分"] == ("78.47", "82.47")
    assert found[row.indicator_row.name, "实际完成值"] == ("8", "9")
    assert found[row.indicator_row.name, "得分"] == ("32.00", "36.00")


def test_an_entry_revoked_afterwards_is_shown_and_changes_nothing(accepted: SelfEvaluation, small: Scene, person: Person) -> None:
    assert not self_evaluation_page(person("jixiao"), accepted.pk).changed
    version = EntryVersion.objects.filter(category="firm").first()
    assert version is not None
    EntryVersion.objects.filter(pk=version.pk).update(known_until=AFTER)
    page = self_evaluation_page(person(FINANCE), accepted.pk)
    assert [(line.row.indicator_row.name, line.changed) for line in page.changed] == [("新增企业数", 1)]
    assert page.card is not None
    assert page.card.total == Decimal("78.47")


# --- edits of several people --------------------------------------------------------------------------------


def test_of_two_who_write_into_one_cell_the_second_sees_what_stands_there(begun: SelfEvaluation, person: Person) -> None:
    row = row_of(begun, "新增企业数")
    fill_self_evaluation(person("jixiao"), begun.pk, [Cell(row.pk, "reason", "", "甲写的")])
    with pytest.raises(Conflict) as refused:
        fill_self_evaluation(person("jixiao"), begun.pk, [Cell(row.pk, "reason", "", "乙写的")])
    assert refused.value.current["text"] == "甲写的"
    assert row_of(begun, "新增企业数").reason == "甲写的"
    fill_self_evaluation(person("jixiao"), begun.pk, [Cell(row.pk, "improvement", "", "另一栏不冲突")])


def test_what_changed_since_the_person_looked_is_not_submitted_and_marked_words_are_refused(begun: SelfEvaluation, person: Person) -> None:
    complete(person("jixiao"), begun)
    with pytest.raises(Conflict):
        submit_self_evaluation(person("jixiao"), begun.pk, seen="80")
    row = row_of(begun, "新增企业数")
    with pytest.raises(Invalid):
        fill_self_evaluation(person("jixiao"), begun.pk, [Cell(row.pk, "reason", row.reason, "机密★1年")])
    with pytest.raises(Invalid):
        fill_self_evaluation(person("jixiao"), begun.pk, [Cell(row.pk, "points", "", "90")])


def test_the_trail_keeps_every_step_once(accepted: SelfEvaluation) -> None:
    names = list(TrailRecord.objects.filter(action__startswith="evaluation.").values_list("action", flat=True))
    steps = ["begin_self_evaluation", "fill_self_evaluation", "submit_self_evaluation", "decide_self_evaluation"]
    assert names == [f"evaluation.{name}" for name in steps]


def test_scored_rows_are_what_the_library_gives(accepted: SelfEvaluation) -> None:
    kept = {row.indicator_row.name: row.score for row in SelfEvaluationRow.objects.filter(self_evaluation=accepted)}
    assert kept == {
        "新增企业数": Decimal(32), "投诉次数": Decimal("7.5"), "检查覆盖率": Decimal(20), "服务对象满意度": Decimal("9.47"),
    }  # fmt: skip
    assert len(LINES) == len(kept)
    assert not isinstance(rescore(accepted.frozen or {}), NoScore)


def test_a_figure_without_evidence_is_a_finding_until_a_file_supports_it(begun: SelfEvaluation, person: Person) -> None:
    def rows_without(code: str = "S13") -> set[str]:
        lines = self_evaluation_page(person("jixiao"), begun.pk).lines
        return {line.row.indicator_row.name for line in lines if any(one.code == code for one in line.findings)}

    # the entries of the scene have no evidence; the coverage (应检尽检) asks for no figure, the survey is evidence itself
    assert rows_without() == {"新增企业数", "投诉次数"}
    row = row_of(begun, "新增企业数")
    add_file(person("jixiao"), begun.pk, row.pk, [SimpleUploadedFile("证明.pdf", pdf())])
    assert rows_without() == {"投诉次数"}


def test_a_correction_far_from_what_the_re_check_gave_is_a_finding(accepted: SelfEvaluation, person: Person) -> None:
    account = person(FINANCE).account
    sample = Sample.objects.create(
        year=2020,
        name="抽查",
        seed="1",
        size=1,
        population=str(accepted.pk),
        digest="0" * 64,
        drawn_by=account,
        drawn_at=AFTER,
        announced_at=AFTER,
        announced_by=account,
    )
    Recheck.objects.create(sample=sample, self_evaluation=accepted, place=1, total=Decimal(60), checked_by=account, finished_at=AFTER)
    new = correct_self_evaluation(person("jixiao"), accepted.pk, "按抽查意见更正")
    codes = {one.code for one in self_evaluation_page(person("jixiao"), new.pk).findings}
    assert "S14" in codes
