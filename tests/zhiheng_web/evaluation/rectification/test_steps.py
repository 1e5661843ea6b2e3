"""问题—措施—责任人—期限—佐证—复核—销号: every step, who may take it, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from tests.zhiheng_web.evaluation.rectification.conftest import DUE, Ground, Person, ordered
from tests.zhiheng_web.ledgers.evidence.files import pdf, upload

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.evaluation.actions.extend_rectification import extend_rectification
from zhiheng_web.evaluation.actions.order_rectification import Problem
from zhiheng_web.evaluation.actions.report_progress import report_progress
from zhiheng_web.evaluation.actions.report_rectified import report_rectified
from zhiheng_web.evaluation.actions.review_rectified import review_rectified
from zhiheng_web.evaluation.actions.set_measure import Measure, set_measure
from zhiheng_web.evaluation.models import RectificationItem, RectificationOrder
from zhiheng_web.evaluation.queries.rectification import Filters, item_page, ledger
from zhiheng_web.evaluation.queries.rectification_paper import ledger_entries, notice_of
from zhiheng_web.tasks.worklist import mine
from zhiheng_web.tasks.year_work import remind_rectification, work_of
from zhiheng_web.trail.action import Absent, Conflict, Forbidden, Invalid, Refusal
from zhiheng_web.trail.models import TrailRecord

LATE = datetime(2021, 4, 2, tzinfo=UTC)


def proof(name: str = "整改.pdf") -> Any:
    return upload(name, pdf())


def worked(person: Person, item: RectificationItem, by: str = "jixiao") -> None:
    """Measure set and reported done."""
    set_measure(person(by), item.pk, Measure("逐户走访", "王某"))
    report_rectified(person(by), item.pk, "已走访", proof())


def test_from_the_problem_to_the_closure(ground: Ground, person: Person, organisation: Demonstrated) -> None:
    order, (one, two) = ordered(person("czjixiao"), ground)
    assert (order.issuer, one.due_on, two.due_on) == (organisation.departments["101"], DUE, date(2021, 2, 28))
    set_measure(person("jixiao"), one.pk, Measure("逐户走访", account=organisation.accounts["jixiao"].pk, due_on=date(2021, 3, 1)))
    report_progress(person("jixiao"), one.pk, "已走访一半")
    report_rectified(person("jixiao"), one.pk, "全部走访", proof())
    review_rectified(person("czyewu"), one.pk, closes=False, opinion="佐证不全")
    report_rectified(person("jixiao"), one.pk, "补充佐证", proof("二.pdf"))
    done = review_rectified(person("czjixiao"), one.pk, closes=True)
    assert (done.state, done.closed_by) == ("closed", organisation.accounts["czjixiao"])
    page = item_page(person("jixiao"), one.pk)
    assert [step.kind for step, _ in page.steps] == ["measure", "progress", "reported", "returned", "reported", "closed"]
    assert not any(page.can.values())
    for step in (
        lambda: set_measure(person("jixiao"), one.pk, Measure("再改", "王某")),
        lambda: report_progress(person("jixiao"), one.pk, "再说"),
        lambda: report_rectified(person("jixiao"), one.pk, "再报", proof()),
        lambda: review_rectified(person("czjixiao"), one.pk, closes=True),
        lambda: extend_rectification(person("czjixiao"), one.pk, date(2021, 12, 1), "晚"),
    ):
        with pytest.raises(Refusal, match="已销号"):
            step()
    names = TrailRecord.objects.filter(object_id=str(one.pk)).values_list("action", flat=True)
    assert len(names) == 6


def test_nobody_reviews_what_he_reported_or_answers_for(ground: Ground, person: Person, organisation: Demonstrated) -> None:
    _, (one, _) = ordered(person("jixiao"), ground)
    set_measure(person("jixiao"), one.pk, Measure("走访", account=organisation.accounts["kezhang"].pk))
    report_rectified(person("jixiao"), one.pk, "已办", proof())
    for name in ("jixiao", "kezhang"):
        with pytest.raises(Forbidden, match="另一位同事"):
            review_rectified(person(name), one.pk, closes=True)
        assert item_page(person(name), one.pk).can["review_own"]
    assert review_rectified(person("fenguan"), one.pk, closes=True).state == "closed"


def test_what_finance_asked_for_finance_closes(ground: Ground, person: Person) -> None:
    _, (one, _) = ordered(person("czjixiao"), ground)
    worked(person, one)
    for name in ("juzhang", "fenguan", "kezhang", "shenji"):
        with pytest.raises(Forbidden):
            review_rectified(person(name), one.pk, closes=True)
    review_rectified(person("czyewu"), one.pk, closes=True)
    _, (two, _) = ordered(person("jixiao"), ground)
    worked(person, two)
    with pytest.raises(Forbidden):
        review_rectified(person("czjixiao"), two.pk, closes=True)


def test_more_time_is_given_by_who_asked_and_never_by_who_answers(ground: Ground, person: Person, organisation: Demonstrated) -> None:
    _, (one, _) = ordered(person("czjixiao"), ground)
    set_measure(person("jixiao"), one.pk, Measure("走访", account=organisation.accounts["jixiao"].pk))
    with pytest.raises(Forbidden):
        extend_rectification(person("juzhang"), one.pk, date(2021, 6, 1), "晚")
    with pytest.raises(Invalid):
        extend_rectification(person("czjixiao"), one.pk, DUE, "晚")
    with pytest.raises(Invalid):
        extend_rectification(person("czjixiao"), one.pk, date(2021, 6, 1), " ")
    row = extend_rectification(person("czjixiao"), one.pk, date(2021, 6, 1), "疫情")
    assert row.due_on == date(2021, 6, 1)
    assert row.steps.get(kind="extended").text == "2021-03-31 → 2021-06-01：疫情"
    with pytest.raises(Invalid, match="只能提前"):
        set_measure(person("jixiao"), one.pk, Measure("走访", "王某", due_on=date(2021, 7, 1)))


def test_what_is_late_is_shown_and_counted(ground: Ground, person: Person) -> None:
    _, (one, two) = ordered(person("czjixiao"), ground)
    worked(person, two)
    found = ledger(person("jixiao", LATE), Filters())
    assert found.counts == {"overdue": 1, "reported": 1}
    assert [line.state for line in ledger(person("jixiao", LATE), Filters(state="overdue")).lines] == ["overdue"]
    assert item_page(person("jixiao", LATE), one.pk).line.late == 2
    assert ledger(person("jixiao"), Filters(state="overdue")).lines == []
    assert ledger(person("jixiao"), Filters(state="open", source="self_evaluation", year="2020", text="企业")).total == 1
    for filters in (Filters(source="recheck"), Filters(year="1999"), Filters(text="无此"), Filters(unit="x"), Filters(source="correction")):
        assert ledger(person("jixiao"), filters).total == 0


BAD: list[tuple[dict[str, Any], type[Exception]]] = [
    ({"title": " "}, Invalid),
    ({"title": "长" * 201}, Invalid),
    ({"title": "机密★3年"}, Invalid),
    ({"due_on": date(2021, 1, 19)}, Invalid),
    ({"problems": ()}, Invalid),
    ({"problems": [Problem("问")] * 61}, Invalid),
    ({"problems": [Problem(" ")]}, Invalid),
    ({"problems": [Problem("绝密★长期")]}, Invalid),
    ({"problems": [Problem("问", due_on=date(2020, 1, 1))]}, Invalid),
    ({"problems": [Problem("问", indicator=uuid4())]}, Invalid),
    ({"source": "nonsense"}, Invalid),
    ({"source": ""}, Invalid),
    ({"source_id": uuid4()}, Absent),
    ({"source": "evaluation"}, Absent),
    ({"table": uuid4()}, Absent),
]


@pytest.mark.parametrize(("changes", "fault"), BAD)
def test_what_cannot_be_ordered(ground: Ground, person: Person, changes: dict[str, Any], fault: type[Exception]) -> None:
    with pytest.raises(fault):
        ordered(person("czjixiao"), ground, **changes)
    assert not RectificationOrder.objects.exists()


def test_what_cannot_be_done_to_an_item(ground: Ground, person: Person, organisation: Demonstrated) -> None:
    _, (one, two) = ordered(person("czjixiao"), ground)
    officer = person("jixiao")
    with pytest.raises(Refusal, match="先制定"):
        report_rectified(officer, one.pk, "已办", proof())
    bad = (
        Measure(" ", "王某"),
        Measure("走访"),
        Measure("走访", "长" * 51),
        Measure("走访", account=uuid4()),
        Measure("走访", account=organisation.accounts["czyewu"].pk),
        Measure("走访", "王某", due_on=date(2021, 1, 1)),
        Measure("秘密★1年", "王某"),
    )
    for measure in bad:
        with pytest.raises(Invalid):
            set_measure(officer, one.pk, measure)
    set_measure(officer, one.pk, Measure("走访", "王某"), 0)
    with pytest.raises(Conflict):
        set_measure(officer, one.pk, Measure("不走访", "李某"), 0)
    with pytest.raises(Invalid, match="佐证"):
        report_rectified(officer, one.pk, "已办", None)
    with pytest.raises(Invalid):
        report_rectified(officer, one.pk, "已办", upload("恶.pdf", b"MZ\x90"))
    with pytest.raises(Refusal, match="整改中"):
        review_rectified(person("czjixiao"), one.pk, closes=True)
    worked(person, two)
    with pytest.raises(Invalid):
        review_rectified(person("czjixiao"), two.pk, closes=False)
    with pytest.raises(Absent):
        item_page(officer, uuid4())


def test_every_role_at_every_step(ground: Ground, person: Person, organisation: Demonstrated) -> None:
    """Who may not is refused and nothing is written, whoever he is."""
    _, (one, two) = ordered(person("czjixiao"), ground)
    worked(person, two)
    orders = {"jixiao", "czjixiao"}
    works = {"jixiao", "kezhang"}
    before = TrailRecord.objects.count()
    steps: list[tuple[set[str], Callable[[Any], object]]] = [
        (orders, lambda who: ordered(who, ground)),
        (works, lambda who: set_measure(who, one.pk, Measure("走访", "王某"))),
        (works, lambda who: report_progress(who, one.pk, "进展")),
        (works, lambda who: report_rectified(who, one.pk, "已办", proof())),
        ({"czjixiao", "czyewu"}, lambda who: review_rectified(who, two.pk, closes=True)),
        ({"czjixiao", "czyewu"}, lambda who: extend_rectification(who, one.pk, date(2021, 6, 1), "晚")),
    ]
    for name in organisation.accounts:
        for allowed, step in steps:
            if name in allowed:
                continue
            with pytest.raises((Forbidden, Absent)):
                step(person(name))
    assert TrailRecord.objects.count() == before


def test_the_work_list_names_what_waits_for_whom(ground: Ground, person: Person, organisation: Demonstrated) -> None:
    _, (one, two) = ordered(person("czjixiao"), ground)
    kinds = {name: [task.kind for task in work_of(person(name))] for name in ("jixiao", "czjixiao", "kezhang", "lanshan", "sysadmin")}
    assert kinds == {"jixiao": ["set_measure"], "czjixiao": [], "kezhang": ["set_measure"], "lanshan": [], "sysadmin": []}
    set_measure(person("jixiao"), one.pk, Measure("走访", account=organisation.accounts["kezhang"].pk))
    worked(person, two)
    assert [task.kind for task in work_of(person("kezhang"))] == ["rectify"]
    assert [task.kind for task in work_of(person("czyewu"))] == ["review_rectified"]
    assert [task.link for task in work_of(person("kezhang"))] == [f"/rectification/{one.pk}/"]
    assert "rectify" in [task.kind for task in mine(person("kezhang"))]


def test_who_answers_is_reminded_once(ground: Ground, person: Person, organisation: Demonstrated) -> None:
    from django.utils import timezone

    _, (one, _) = ordered(person("czjixiao"), ground)
    set_measure(person("jixiao"), one.pk, Measure("走访", account=organisation.accounts["kezhang"].pk))
    assert remind_rectification() == 0
    RectificationItem.objects.filter(pk=one.pk).update(due_on=timezone.localdate())
    assert remind_rectification() == 1
    assert remind_rectification() == 0


def test_papers_say_what_the_ledger_says(ground: Ground, person: Person) -> None:
    firms = ground.scene.indicator("新增企业数").pk
    problems = (Problem("企业数未达目标", "分析原因", indicator=firms), Problem("满意度没有佐证", "补充问卷", due_on=date(2021, 2, 28)))
    order, (_, two) = ordered(person("czjixiao"), ground, *problems)
    worked(person, two)
    review_rectified(person("czyewu"), two.pk, closes=True, opinion="属实")
    notice = notice_of(person("jixiao"), order.pk)
    assert (notice.issuer, notice.to, notice.reply_by) == ("临沂市财政局", "临沂市科学技术局", DUE)
    assert notice.basis == "2020年度临沂市科学技术局整体支出绩效自评"
    own = Problem("凭证不全", "补齐")
    of_project, _ = ordered(person("czjixiao"), ground, own, table=ground.project_table.pk, source="", source_id=None)
    assert notice_of(person("jixiao"), of_project.pk).to == "临沂市科学技术局"  # 本级 receives no letters
    assert [(one.problem, one.due) for one in notice.problems] == [("企业数未达目标", DUE), ("满意度没有佐证", date(2021, 2, 28))]
    entries = {one.problem: one for one in ledger_entries(person("jixiao"), ground.table.unit.department_id, 2020)}
    assert {name: one.about for name, one in entries.items()} == {
        "企业数未达目标": "临沂市科学技术局\n新增企业数",
        "满意度没有佐证": "临沂市科学技术局",
        "凭证不全": "创新券",
    }
    closed = entries["满意度没有佐证"]
    assert (closed.measure, closed.responsible, closed.evidence, closed.check) == ("逐户走访", "王某", "整改.pdf", "属实")
    assert closed.closed == date(2021, 1, 20)
    assert (entries["企业数未达目标"].closed, entries["企业数未达目标"].state) == (None, "整改中")
    with pytest.raises((Absent, Forbidden)):
        notice_of(person("lanshan"), order.pk)
    from zhiheng.reports.papers.rectification_ledger import rectification_ledger
    from zhiheng.reports.papers.rectification_notice import rectification_notice

    assert rectification_notice("临财绩〔2021〕1号", notice).code == "rectification"
    assert rectification_ledger("1", "局", 2020, DUE, list(entries.values())).code == "rectification_ledger"


def test_queries_do_not_grow_with_items(ground: Ground, person: Person, django_assert_max_num_queries: Any) -> None:
    for number in range(4):
        ordered(person("czjixiao"), ground, *[Problem(f"问题{number}{place}") for place in range(15)])
    with django_assert_max_num_queries(5):
        found = ledger(person("jixiao"), Filters())
        _ = [(line.state_name, line.source, line.responsible) for line in found.lines]
    with django_assert_max_num_queries(8):  # one or two for each area of the year, however many items
        list(work_of(person("jixiao")))
    with django_assert_max_num_queries(8):
        item_page(person("jixiao"), RectificationItem.objects.values_list("pk", flat=True)[0])
