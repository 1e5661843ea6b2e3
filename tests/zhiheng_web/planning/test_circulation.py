"""A table travels the default route: who decides where, what each decision carries, what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.zhiheng_web.planning.travelling import EXCELLENT, WALK, Who, mended, say, walk

from zhiheng.plan.appraisal import ITEMS
from zhiheng.plan.procedure import Grade, Outcome, State
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.organisation.models import Account, RoleAssignment
from zhiheng_web.planning.actions.answer_opinion import answer_opinion
from zhiheng_web.planning.actions.decide import Verdict, decide
from zhiheng_web.planning.actions.submit_table import submit_table
from zhiheng_web.planning.actions.withdraw_table import withdraw_table
from zhiheng_web.planning.actions.write_opinion import write_opinion
from zhiheng_web.planning.circulation.standing import standing
from zhiheng_web.planning.models import Circulation, Decision, DutyHolding, FindingReply, SignOff, TableVersion
from zhiheng_web.planning.policies import visible_versions
from zhiheng_web.planning.versions import load, version_digest
from zhiheng_web.trail.action import Absent, Conflict, Forbidden, Invalid, Refusal
from zhiheng_web.trail.models import TrailRecord


@pytest.fixture
def ready(linyi: TableVersion, organisation: Demonstrated) -> TableVersion:
    return mended(linyi, organisation.accounts["jixiao"])


def code_of(refused: Any) -> str:
    return refused.value.code


def test_the_whole_default_route_ends_in_an_approved_frozen_version(ready: TableVersion, viewer: Who) -> None:
    before = version_digest(load(ready))
    submit_table(viewer("jingban"), ready.pk)
    for code, username, carries in WALK:
        stands = standing(TableVersion.objects.select_related("table__unit").get(pk=ready.pk))
        assert stands.checkpoint is not None
        assert stands.checkpoint.code == code
        assert not ready.frozen_at
        say(viewer(username), ready, Outcome.AGREE, **carries)
    ready.refresh_from_db()
    assert (ready.state, ready.approval_number, ready.in_force_from) == (State.APPROVED, "临财绩〔2020〕5号", date(2020, 1, 1))
    assert ready.digest == before == version_digest(load(ready))
    run = Circulation.objects.get(version=ready)
    assert (run.position, run.checkpoint_role) == (None, "")
    assert run.ended_at is not None
    signed = list(Decision.objects.order_by("turn").values_list("checkpoint_code", "decided_by__username", "minutes"))
    assert signed == [(code, name, str(carries.get("minutes", ""))) for code, name, carries in WALK]
    actions = list(TrailRecord.objects.order_by("number").values_list("action", flat=True))
    assert actions[-8:] == ["planning.submit_table", *["planning.decide"] * 7]


@pytest.mark.parametrize("number", range(7))
def test_nobody_but_the_role_of_the_checkpoint_decides(ready: TableVersion, viewer: Who, organisation: Demonstrated, number: int) -> None:
    at, allowed, carries = WALK[number]
    walk(viewer, ready, until=at)
    turn = standing(ready).turn
    for username in sorted(set(organisation.accounts) - {allowed}):
        for outcome in Outcome:
            with pytest.raises((Forbidden, Absent)):
                decide(viewer(username), ready.pk, Verdict(outcome, **{"opinion": "意见", **carries}), turn=turn)  # type: ignore[arg-type]
    assert Decision.objects.count() == number
    assert say(viewer(allowed), ready, Outcome.AGREE, **carries).checkpoint_code == at


def test_an_error_or_a_warning_without_a_reply_stops_submission(linyi: TableVersion, organisation: Demonstrated, viewer: Who) -> None:
    with pytest.raises(Refusal) as refused:
        submit_table(viewer("jingban"), linyi.pk)
    assert code_of(refused) == "findings_open"
    assert "13 个错误" in refused.value.text.zh
    ready = mended(linyi, organisation.accounts["jixiao"])
    reply = FindingReply.objects.filter(version=ready).first()
    assert reply is not None
    reply.delete()
    with pytest.raises(Refusal) as refused:
        submit_table(viewer("jingban"), ready.pk)
    assert "还有 1 个疑点要答复" in refused.value.text.zh
    assert refused.value.text.en.startswith("1 warnings to reply to before submitting")


def test_who_may_submit(ready: TableVersion, viewer: Who, organisation: Demonstrated) -> None:
    fillers = {"jingban", "jingban2", "jingban3", "zhongxin"}  # each of an office that holds a duty of the table
    for username in sorted(set(organisation.accounts) - fillers - {"jixiao"}):
        with pytest.raises((Forbidden, Absent)):
            submit_table(viewer(username), ready.pk)
    with pytest.raises(Forbidden) as refused:  # the only performance officer could not agree to it afterwards
        submit_table(viewer("jixiao"), ready.pk)
    assert code_of(refused) == "nobody_else_decides"
    assert submit_table(viewer("jingban2"), ready.pk).position == 0


def test_a_second_officer_lets_the_first_submit_and_the_first_still_decides_nothing(
    ready: TableVersion, viewer: Who, organisation: Demonstrated
) -> None:
    second = Account.objects.create_user("second", "另一位绩效管理员", "x")
    organisation.accounts["second"] = second
    RoleAssignment.objects.create(
        account=second, role="performance_officer", department=organisation.departments["331"], since="2015-01-01"
    )
    RoleAssignment.objects.create(account=organisation.accounts["jixiao"], role="head", since="2015-01-01")
    walk(viewer, ready, until="performance", by="jixiao")
    with pytest.raises(Forbidden) as refused:
        say(viewer("jixiao"), ready, Outcome.AGREE)
    assert code_of(refused) == "own_submission"
    say(viewer("second"), ready, Outcome.AGREE)
    say(viewer("fenguan"), ready, Outcome.AGREE)
    say(viewer("dangzu"), ready, Outcome.AGREE, minutes="1")
    for outcome in (Outcome.AGREE, Outcome.RETURN):  # the head's role does not help either
        with pytest.raises(Forbidden) as refused:
            say(viewer("jixiao"), ready, outcome, opinion="x")
        assert code_of(refused) == "own_submission"


def test_one_person_decides_once_in_a_circulation(ready: TableVersion, viewer: Who, organisation: Demonstrated) -> None:
    RoleAssignment.objects.create(account=organisation.accounts["fenguan"], role="party_group", since="2015-01-01")
    walk(viewer, ready, until="meeting")
    with pytest.raises(Forbidden) as refused:
        say(viewer("fenguan"), ready, Outcome.AGREE, minutes="1")
    assert code_of(refused) == "decided_before"
    run = Circulation.objects.get(version=ready)
    run.checkpoints[3]["again"] = True
    run.save()
    assert say(viewer("fenguan"), ready, Outcome.AGREE, minutes="1").checkpoint_code == "meeting"


@pytest.mark.parametrize(
    ("at", "lacks"),
    [
        ("meeting", {}),
        ("finance_business", {"opinion": "同意"}),
        ("finance_business", {"ticks": EXCELLENT}),
        ("finance_business", {"opinion": "同意", "ticks": {**EXCELLENT, "form": Grade.GOOD}}),
        ("finance_performance", {}),
    ],
)
def test_a_decision_carries_what_its_checkpoint_asks_for(ready: TableVersion, viewer: Who, at: str, lacks: dict[str, Any]) -> None:
    walk(viewer, ready, until=at)
    who = viewer(next(name for code, name, _ in WALK if code == at))
    with pytest.raises(Invalid) as refused:
        say(who, ready, Outcome.AGREE, **lacks)
    assert code_of(refused) == "incomplete"
    assert refused.value.fields


def test_points_make_the_grade_and_are_kept(ready: TableVersion, viewer: Who) -> None:
    walk(viewer, ready, until="finance_business")
    points = dict(zip([item.code for item in ITEMS], map(str, (10, 10, 15, 15, 15, 15, "9.5", 0)), strict=True))
    given = {code: Decimal(value) for code, value in points.items()}
    with pytest.raises(Invalid):
        say(viewer("czyewu"), ready, Outcome.AGREE, opinion="同意", mend="x", points={**given, "form": Decimal("10.5")})
    decision = say(viewer("czyewu"), ready, Outcome.AGREE, opinion="同意", mend="补充成本指标", points=given)
    decision.refresh_from_db()
    assert (decision.total, decision.grade, decision.mend) == (Decimal("89.5"), "good", "补充成本指标")
    assert {row.item: row.points for row in decision.grades.all()} == given


def test_points_must_be_settled_before_a_table_is_sent_where_a_checkpoint_asks_for_them(ready: TableVersion, viewer: Who) -> None:
    TableVersion.objects.filter(pk=ready.pk).update(unscored=False)
    with pytest.raises(Refusal) as refused:
        submit_table(viewer("jingban"), ready.pk)
    assert code_of(refused) == "weights_open"
    TableVersion.objects.filter(pk=ready.pk).update(unscored=True)
    walk(viewer, ready, until="performance")
    TableVersion.objects.filter(pk=ready.pk).update(unscored=False)
    with pytest.raises(Refusal) as refused:  # the checkpoint asks again
        say(viewer("jixiao"), ready, Outcome.AGREE)
    assert code_of(refused) == "weights_incomplete"
    TableVersion.objects.filter(pk=ready.pk).update(unscored=True)
    assert say(viewer("jixiao"), ready, Outcome.AGREE).outcome == "agree"


def test_return_goes_back_at_once_and_the_route_begins_anew(ready: TableVersion, viewer: Who) -> None:
    walk(viewer, ready, until="head")
    with pytest.raises(Invalid):
        say(viewer("juzhang"), ready, Outcome.RETURN)
    with pytest.raises(Forbidden):  # only finance keeps a table out of the budget
        say(viewer("juzhang"), ready, Outcome.BLOCK, opinion="x")
    say(viewer("juzhang"), ready, Outcome.RETURN, opinion="目标偏低")
    ready.refresh_from_db()
    assert ready.state == State.RETURNED
    run = Circulation.objects.get(version=ready)
    assert run.position is None
    assert run.ended_at
    submit_table(viewer("jingban"), ready.pk)
    again = standing(ready)
    assert again.checkpoint is not None
    assert (again.checkpoint.code, again.turn, again.decisions) == ("section", 5, ())


def test_poor_is_kept_out_of_the_budget_for_good(ready: TableVersion, viewer: Who) -> None:
    walk(viewer, ready, until="finance_business")
    poor = {item.code: Grade.POOR for item in ITEMS}
    say(viewer("czyewu"), ready, Outcome.BLOCK, opinion="不符合要求", ticks=poor)
    ready.refresh_from_db()
    assert ready.state == State.BLOCKED
    assert ready.digest
    with pytest.raises(Refusal):
        submit_table(viewer("jingban"), ready.pk)


def test_the_second_of_two_reviewers_meets_a_conflict(ready: TableVersion, viewer: Who) -> None:
    walk(viewer, ready, until="leader")
    turn = standing(ready).turn
    decide(viewer("fenguan"), ready.pk, Verdict(Outcome.RETURN, opinion="先改"), turn=turn)
    with pytest.raises(Conflict) as refused:
        decide(viewer("fenguan"), ready.pk, Verdict(Outcome.AGREE), turn=turn)
    assert refused.value.current["outcome"] == "return"
    assert refused.value.current["opinion"] == "先改"
    submit_table(viewer("jingban"), ready.pk)  # a form of the first run is old in the second too
    with pytest.raises(Conflict):
        decide(viewer("kezhang"), ready.pk, Verdict(Outcome.AGREE), turn=0)


def test_every_office_that_holds_duties_signs_at_the_section_checkpoint(
    ready: TableVersion, viewer: Who, organisation: Demonstrated
) -> None:
    offices = set(DutyHolding.objects.filter(duty__rows__version=ready).values_list("office", flat=True))
    assert len(offices) == 10
    heads = {}
    RoleAssignment.objects.filter(account=organisation.accounts["kezhang"], office=None).delete()
    for number, office in enumerate(sorted(offices)):
        heads[office] = Account.objects.create_user(f"head{number}", f"科长{number}", "x")
        organisation.accounts[f"head{number}"] = heads[office]
        RoleAssignment.objects.create(account=heads[office], role="section_head", office_id=office, since="2015-01-01")
    submit_table(viewer("jingban"), ready.pk)
    turn = standing(ready).turn
    for number, office in enumerate(sorted(offices)):  # each has the page of the beginning open: no conflict among them
        who = viewer(f"head{number}")
        ready.refresh_from_db()
        assert standing(ready).waits_for(who)
        decision = decide(who, ready.pk, Verdict(Outcome.AGREE), turn=turn)
        assert set(SignOff.objects.filter(decision=decision).values_list("office", flat=True)) == {office}
        if number == 3:
            assert not standing(ready).waits_for(who)
            with pytest.raises(Forbidden):
                decide(who, ready.pk, Verdict(Outcome.AGREE), turn=standing(ready).turn)
        checkpoint = standing(ready).checkpoint
        assert checkpoint is not None
        assert checkpoint.code == ("performance" if number == 9 else "section")
    with pytest.raises(Conflict):
        decide(viewer("head0"), ready.pk, Verdict(Outcome.AGREE), turn=turn)


def test_a_head_of_the_whole_unit_signs_for_the_offices_that_are_left(ready: TableVersion, viewer: Who, organisation: Demonstrated) -> None:
    own = Account.objects.create_user("head", "科长", "x")
    organisation.accounts["head"] = own
    office = DutyHolding.objects.get(duty__name="政策规划与依法行政").office_id
    RoleAssignment.objects.create(account=own, role="section_head", office_id=office, since="2015-01-01")
    submit_table(viewer("jingban"), ready.pk)
    say(viewer("head"), ready, Outcome.AGREE)
    decision = say(viewer("kezhang"), ready, Outcome.AGREE)
    assert SignOff.objects.filter(decision=decision).count() == 9
    checkpoint = standing(ready).checkpoint
    assert checkpoint is not None
    assert checkpoint.code == "performance"


def test_withdrawing_is_for_the_sender_with_a_reason_before_finance_has_decided(ready: TableVersion, viewer: Who) -> None:
    walk(viewer, ready, until="finance_business")
    for username in ("jingban2", "jixiao"):
        with pytest.raises(Forbidden):
            withdraw_table(viewer(username), ready.pk, "数据有误")
    with pytest.raises(Invalid):
        withdraw_table(viewer("jingban"), ready.pk, " ")
    assert viewer("czyewu") and visible_versions(viewer("czyewu")).filter(pk=ready.pk).exists()
    withdraw_table(viewer("jingban"), ready.pk, "数据有误")
    ready.refresh_from_db()
    assert ready.state == State.DRAFT
    assert not visible_versions(viewer("czyewu")).filter(pk=ready.pk).exists()
    walk(viewer, ready, until="finance_performance")
    with pytest.raises(Refusal) as refused:
        withdraw_table(viewer("jingban"), ready.pk, "又有误")
    assert code_of(refused) == "decided_outside"


def test_finance_sees_a_version_only_from_its_own_checkpoint_on(ready: TableVersion, viewer: Who) -> None:
    def sees() -> bool:
        return visible_versions(viewer("czyewu")).filter(pk=ready.pk).exists()

    assert not sees()
    submit_table(viewer("jingban"), ready.pk)
    for code, username, carries in WALK:
        assert sees() == (code.startswith("finance"))
        say(viewer(username), ready, Outcome.AGREE, **carries)
    assert sees()


def test_opinions_on_cells_are_answered_before_the_table_goes_again(ready: TableVersion, viewer: Who) -> None:
    walk(viewer, ready, until="leader")
    row = next(row for row in load(ready).rows if row.duty_row and row.duty_row.name == "科技创新产业培育")
    for username in ("jixiao", "shenji", "jiwei", "jingban", "kezhang", "czyewu"):
        with pytest.raises((Forbidden, Absent)):
            write_opinion(viewer(username), ready.pk, row.pk, "target", "偏低")
    with pytest.raises(Invalid):
        write_opinion(viewer("fenguan"), ready.pk, row.pk, "no_such_field", "偏低")
    opinion = write_opinion(viewer("fenguan"), ready.pk, row.pk, "target", "偏低")
    say(viewer("fenguan"), ready, Outcome.RETURN, opinion="见逐格意见")
    with pytest.raises(Refusal) as refused:
        submit_table(viewer("jingban"), ready.pk)
    assert code_of(refused) == "opinions_open"
    with pytest.raises(Forbidden):  # another office's row
        answer_opinion(viewer("jingban2"), opinion.pk, "已改")
    answer_opinion(viewer("jingban"), opinion.pk, "已提高到 80 家")
    with pytest.raises(Conflict):
        answer_opinion(viewer("jixiao"), opinion.pk, "再答")
    assert submit_table(viewer("jingban"), ready.pk).position == 0


def test_approval_changes_no_author_and_leaves_no_way_back(ready: TableVersion, viewer: Who) -> None:
    author, created = ready.created_by_id, ready.created_at
    walk(viewer, ready)
    assert (ready.created_by_id, ready.created_at) == (author, created)
    for attempt in (
        lambda: submit_table(viewer("jingban"), ready.pk),
        lambda: withdraw_table(viewer("jingban"), ready.pk, "x"),
        lambda: decide(viewer("czjixiao"), ready.pk, Verdict(Outcome.RETURN, opinion="x"), turn=standing(ready).turn),
        lambda: write_opinion(viewer("czjixiao"), ready.pk, None, "title", "x"),
    ):
        with pytest.raises(Refusal):
            attempt()
    ready.refresh_from_db()
    assert ready.state == State.APPROVED
