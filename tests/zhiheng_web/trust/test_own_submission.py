"""Nobody approves what he submitted: not by a second role, not in bulk, not by the API, not through a substitute."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.zhiheng_web.planning.travelling import Who, mended, say, walk

from zhiheng.plan.procedure import Outcome
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.organisation.models import Account, Department, Office, RoleAssignment
from zhiheng_web.planning.actions.adjust_table import adjust_table
from zhiheng_web.planning.actions.decide import Verdict
from zhiheng_web.planning.actions.submit_table import submit_table
from zhiheng_web.planning.circulation.bulk_decisions import Chosen, decide_each
from zhiheng_web.planning.circulation.standing import standing
from zhiheng_web.planning.models import Decision, TableVersion
from zhiheng_web.trail.action import Forbidden, Invalid, Refusal

SINCE = date(2019, 1, 1)


@pytest.fixture
def ready(linyi: TableVersion, organisation: Demonstrated) -> TableVersion:
    return mended(linyi, organisation.accounts["jixiao"])


@pytest.fixture
def colleague(organisation: Demonstrated) -> Account:
    """A second performance officer, so that the first may submit."""
    account = organisation.accounts["baomi"]
    RoleAssignment.objects.create(account=account, role="performance_officer", department=organisation.departments["331"], since=SINCE)
    return account


def lent(by: Account, to: Account, role: str, **bounds: Any) -> RoleAssignment:
    return RoleAssignment.objects.create(account=to, role=role, since=SINCE, until=date(2099, 1, 1), delegated_by=by, **bounds)


def code(refused: pytest.ExceptionInfo[Refusal]) -> str:
    return refused.value.code


def test_a_substitute_may_do_no_more_than_the_sender_whose_role_he_has(
    ready: TableVersion, organisation: Demonstrated, viewer: Who, colleague: Account
) -> None:
    """The officer submits and lends his role: who took it cannot agree for him at the officer's checkpoint."""
    department: Department = organisation.departments["331"]
    lent(organisation.accounts["jixiao"], organisation.accounts["jingban2"], "performance_officer", department=department)
    walk(viewer, ready, until="performance", by="jixiao")
    for outcome in (Outcome.AGREE, Outcome.RETURN):
        with pytest.raises(Forbidden) as refused:
            say(viewer("jingban2"), ready, outcome, opinion="同意")
        assert code(refused) == "own_submission"
    [result] = decide_each(viewer("jingban2"), [Chosen(ready.pk, standing(ready).turn)], Verdict(Outcome.AGREE))
    assert result.refused is not None and result.refused.code == "own_submission"
    assert not standing(ready).waits_for(viewer("jingban2"))
    with pytest.raises(Forbidden):
        say(viewer("jixiao"), ready, Outcome.AGREE)
    assert say(viewer(colleague.username), ready, Outcome.AGREE).outcome == "agree"


def test_a_substitute_of_somebody_else_decides(ready: TableVersion, organisation: Demonstrated, viewer: Who, colleague: Account) -> None:
    """Two lent him the role, one of them is the sender: he acts for the other."""
    department = organisation.departments["331"]
    for lender in (organisation.accounts["jixiao"], colleague):
        lent(lender, organisation.accounts["jingban2"], "performance_officer", department=department)
    walk(viewer, ready, until="performance", by="jixiao")
    assert say(viewer("jingban2"), ready, Outcome.AGREE).outcome == "agree"


def test_a_head_signs_by_a_role_that_the_sender_lent_for_no_office(ready: TableVersion, organisation: Demonstrated, viewer: Who) -> None:
    """The sender heads one office, lends that, and the substitute heads another of his own: he signs for his own alone."""
    mine, other = (Office.objects.get(unit__code="331001", code=code) for code in ("03", "01"))
    RoleAssignment.objects.create(account=organisation.accounts["jingban"], role="section_head", office=mine, since=SINCE)
    RoleAssignment.objects.create(account=organisation.accounts["jingban2"], role="section_head", office=other, since=SINCE)
    lent(organisation.accounts["jingban"], organisation.accounts["jingban2"], "section_head", office=mine)
    submit_table(viewer("jingban"), ready.pk)
    assert standing(ready).signs_for(viewer("jingban2")) == {other.pk}
    say(viewer("jingban2"), ready, Outcome.AGREE)
    assert mine.pk in standing(ready).unsigned


def test_who_lends_his_role_does_not_make_somebody_else_who_decides(ready: TableVersion, organisation: Demonstrated, viewer: Who) -> None:
    """The only officer may not submit on the ground that his own substitute could agree."""
    lent(
        organisation.accounts["jixiao"],
        organisation.accounts["jingban2"],
        "performance_officer",
        department=organisation.departments["331"],
    )
    with pytest.raises(Forbidden) as refused:
        submit_table(viewer("jixiao"), ready.pk)
    assert code(refused) == "nobody_else_decides"


def test_the_second_person_of_an_adjustment_is_none_whom_the_proposer_made_one(
    ready: TableVersion, organisation: Demonstrated, viewer: Who
) -> None:
    walk(viewer, ready)
    outsider = organisation.accounts["shenji"]
    lent(organisation.accounts["jixiao"], outsider, "performance_officer", department=organisation.departments["331"])
    with pytest.raises(Invalid) as refused:
        adjust_table(viewer("jixiao"), ready.table_id, reason="理由", document="文号", second_person=outsider.pk)
    assert code(refused) == "second_person"


def test_a_second_role_of_the_sender_decides_nothing_at_any_checkpoint(
    ready: TableVersion, organisation: Demonstrated, viewer: Who
) -> None:
    """The sender holds every role of the route; every other checkpoint is decided by its own person."""
    from tests.zhiheng_web.planning.travelling import WALK

    sender = organisation.accounts["jingban"]
    for row in RoleAssignment.objects.filter(account__username__in=[username for _, username, _ in WALK]):
        RoleAssignment.objects.create(
            account=sender, role=row.role, department=row.department, unit=row.unit, office=row.office, since=SINCE
        )
    submit_table(viewer("jingban"), ready.pk)
    for _, username, carries in WALK:
        with pytest.raises(Forbidden):
            say(viewer("jingban"), ready, Outcome.AGREE, **carries)
        say(viewer(username), ready, Outcome.AGREE, **carries)
    assert not Decision.objects.filter(decided_by=sender).exists()


@pytest.mark.parametrize("days", [-1, 0])
def test_a_role_that_ended_decides_nothing(ready: TableVersion, organisation: Demonstrated, viewer: Who, days: int) -> None:
    """``until`` is the first day without it: yesterday and today are both over."""
    from tests.zhiheng_web.conftest import TODAY

    walk(viewer, ready, until="leader")
    RoleAssignment.objects.filter(account=organisation.accounts["fenguan"]).update(until=TODAY + timedelta(days=days))
    with pytest.raises(Refusal):
        say(viewer("fenguan"), ready, Outcome.AGREE)
    RoleAssignment.objects.filter(account=organisation.accounts["fenguan"]).update(until=TODAY + timedelta(days=1))
    assert say(viewer("fenguan"), ready, Outcome.AGREE).outcome == "agree"
