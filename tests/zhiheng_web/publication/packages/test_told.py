"""Who is told of a package, and who has it on his list by its twentieth day: the next who acts, and who prepares it when it comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from tests.zhiheng_web.publication.packages.conftest import Journey, at
from tests.zhiheng_web.publication.packages.evaluated import accepted
from tests.zhiheng_web.tasks.told import told
from tests.zhiheng_web.tasks.waiting import closed_doors, kinds, one

from zhiheng.plan.procedure import State
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import TableVersion
from zhiheng_web.planning.versions import freeze, load
from zhiheng_web.publication.actions.ask_withdrawal import ask_withdrawal
from zhiheng_web.publication.actions.begin_package import begin_package
from zhiheng_web.publication.actions.decide_withdrawal import decide_withdrawal
from zhiheng_web.publication.actions.prepare_package import prepare_package
from zhiheng_web.publication.actions.publish_package import publish_package
from zhiheng_web.publication.actions.review_package import review_package
from zhiheng_web.publication.actions.sign_package import sign_package
from zhiheng_web.publication.queries.beginning import beginnable, departments_of
from zhiheng_web.tasks.models import Notice
from zhiheng_web.tasks.publication_work import remind_to_begin


def test_a_package_that_nobody_has_begun(linyi: TableVersion, organisation: Demonstrated, on: Callable[[str, str], Viewer]) -> None:
    """From the approval to the last day: on the list of who may begin it, told once, once more when the day is near, gone once begun."""
    approved = {"in_force_from": date(2020, 1, 1), "approval_number": "临财绩〔2020〕1号", "approved_on": date(2020, 1, 20)}
    freeze(load(linyi), State.APPROVED, at("2020-01-20"), **approved)
    person = partial(lambda day, name: on(name, day), "2020-01-21")
    assert closed_doors(person) == []
    assert kinds(person)["package_begin"] == {"jixiao"}
    task = one(person, "jixiao", "package_begin")
    assert (task.since, task.due_on) == (date(2020, 1, 20), date(2020, 2, 9))
    assert "2020 年预算公开" in task.text.zh
    assert (remind_to_begin(), remind_to_begin()) == (1, 0)
    notice = Notice.objects.get()
    assert (notice.account.username, notice.kind) == ("jixiao", "due")
    assert "应于 2020-02-09 前公开" in notice.text_zh

    begin_package(on("jixiao", "2020-01-22"), linyi.table.unit.department_id, 2020, "budget", date(2020, 1, 20), "临财预〔2020〕12号")
    assert "package_begin" not in kinds(person)
    assert remind_to_begin() == 0
    accepted(linyi, organisation.accounts["jixiao"])
    task = one(person, "jixiao", "package_begin")
    assert ("决算公开" in task.text.zh, task.due_on) == (True, None)
    assert remind_to_begin() == 1
    assert Notice.objects.filter(kind="to_begin").count() == 1


def test_an_adjustment_moves_no_last_day(linyi: TableVersion, on: Callable[[str, str], Viewer]) -> None:
    freeze(load(linyi), State.SUPERSEDED, at("2020-01-20"), approved_on=date(2020, 1, 20))
    other = TableVersion.objects.create(
        table=linyi.table, number=2, title=linyi.title, layout=linyi.layout, created_by=linyi.created_by, state="approved",
        approved_on=date(2020, 9, 1), digest="0" * 64, frozen_at=at("2020-09-01"), in_force_from=date(2020, 9, 1),
    )  # fmt: skip
    assert other.table.kind == "department"
    (found,) = beginnable(departments_of(on("jixiao", "2020-09-02")))
    assert (found.since, found.due_on) == (date(2020, 1, 20), date(2020, 2, 9))


def test_a_package_from_its_preparation_to_the_public(budget: Journey, on: Callable[[str, str], Viewer]) -> None:
    row, day = budget.package, "2020-02-03"
    person = partial(lambda day, name: on(name, day), day)

    def waits() -> dict[str, set[str]]:
        assert closed_doors(person) == []
        return {kind: who for kind, who in kinds(person).items() if kind.startswith("package")}

    told()
    assert waits() == {"package_prepare": {"jixiao"}}
    assert one(person, "jixiao", "package_prepare").due_on == row.due_on
    prepare_package(on("jixiao", day), row.pk)
    row.refresh_from_db()
    assert (told(), waits()) == ({"to_decide": {"baomi"}}, {"package_review": {"baomi"}})
    review_package(on("baomi", day), row.pk, row.digest, False, "第三段请改写")
    assert (told(), waits()) == ({"returned": {"jixiao"}}, {"package_prepare": {"jixiao"}})
    prepare_package(on("jixiao", day), row.pk)
    row.refresh_from_db()
    told()
    review_package(on("baomi", day), row.pk, row.digest, True)
    assert (told(), waits()) == ({"to_decide": {"juzhang"}}, {"package_sign": {"juzhang"}})
    sign_package(on("juzhang", day), row.pk, row.digest, True)
    assert told() == {"to_decide": {"jixiao"}}
    assert "jixiao" in waits()["package_publish"]
    publish_package(on("jixiao", day), row.pk)
    assert (told(), waits()) == ({}, {})
    ask_withdrawal(on("jixiao", day), row.pk, "trade_secret", "含有企业商业秘密")
    assert told() == {"to_decide": {"juzhang"}}
    decide_withdrawal(on("juzhang", day), row.pk, False, "不涉及商业秘密")
    assert (told(), waits()) == ({"returned": {"jixiao"}}, {})
