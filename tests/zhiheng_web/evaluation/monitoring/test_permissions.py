"""Who may do what: every step tried by every role of the department, of finance and of another department."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from tests.zhiheng_web.evaluation.monitoring.conftest import AUGUST, JULY, Watched, filled

from zhiheng.plan.procedure import Role
from zhiheng_web.evaluation.actions.change_round import change_round
from zhiheng_web.evaluation.actions.close_round import close_round
from zhiheng_web.evaluation.actions.fill_monitoring import RowFilled, fill_monitoring
from zhiheng_web.evaluation.actions.open_correction import Correction, open_correction
from zhiheng_web.evaluation.actions.open_round import open_round
from zhiheng_web.evaluation.actions.plan_round import plan_round
from zhiheng_web.evaluation.actions.refresh_monitoring import refresh_monitoring
from zhiheng_web.evaluation.actions.return_monitoring import return_monitoring
from zhiheng_web.evaluation.actions.set_milestones import set_milestones
from zhiheng_web.evaluation.actions.submit_monitoring import submit_monitoring
from zhiheng_web.evaluation.actions.write_monitoring import ReportFilled, write_monitoring
from zhiheng_web.evaluation.models import MonitoringReport, MonitoringRound
from zhiheng_web.evaluation.policies.monitoring import visible_reports, visible_rounds
from zhiheng_web.evaluation.queries.monitoring_paper import monitoring_paper
from zhiheng_web.evaluation.queries.monitoring_report import report_page
from zhiheng_web.evaluation.queries.rounds import round_page, rounds_page
from zhiheng_web.organisation.models import Account, Department, Office
from zhiheng_web.organisation.viewer import Held, Viewer
from zhiheng_web.trail.action import Absent, Forbidden, Refusal

WHOLE = set(Role) - {Role.REPORTER}
OFFICER = {"performance_officer"}
FILLERS = {"filler", "section_head", "performance_officer"}
POINTS = [(date(2020, 12, 31), Decimal(1), "")]
SOON = date(2020, 9, 30)
AUTUMN = replace(JULY, last=SOON, due_on=date(2020, 10, 9))

STEPS: dict[str, tuple[set[str], Callable[[Watched, Viewer], Any]]] = {
    "plan": (OFFICER | {"finance_performance"}, lambda w, v: plan_round(v, [w.round.department_id], AUTUMN)),
    "change": (OFFICER | {"finance_performance"}, lambda w, v: change_round(v, w.round.pk, replace(JULY, due_on=date(2020, 9, 9)))),
    "close": (OFFICER, lambda w, v: close_round(v, w.round.pk)),
    "fill": (FILLERS, lambda w, v: fill_monitoring(v, w.row("投诉次数").pk, RowFilled(**filled()), edits=0)),
    "write": (FILLERS, lambda w, v: write_monitoring(v, w.report.pk, ReportFilled("说明"), edits=0)),
    "refresh": (OFFICER, lambda w, v: refresh_monitoring(v, w.report.pk, "补登")),
    "submit": (OFFICER | {"section_head"}, lambda w, v: submit_monitoring(v, w.report.pk)),
    "return": (OFFICER, lambda w, v: return_monitoring(v, w.report.pk, "退回")),
    "milestones": (FILLERS, lambda w, v: set_milestones(v, w.scene.table.pk, w.scene.indicator("投诉次数").pk, POINTS)),
    "correct": (FILLERS, lambda w, v: open_correction(v, w.row("投诉次数").pk, Correction("多", "回访", SOON, "张三"))),
}  # fmt: skip


def holder(role: Role, department: Department, unit: Any = None, office: Any = None) -> Viewer:
    account, _ = Account.objects.get_or_create(username=f"try-{role.value}", defaults={"name": role.value})
    return Viewer(account, (Held(role, department.pk, unit, office),), at=AUGUST)


def outcome(step: Callable[[Watched, Viewer], Any], watched: Watched, viewer: Viewer) -> str:
    """What came of it; nothing stays written. A refusal for another reason than the person counts as let in."""
    try:
        with transaction.atomic():
            step(watched, viewer)
            transaction.set_rollback(True)
    except (Forbidden, Absent) as refused:
        return refused.code
    except Refusal:
        return "in"
    return "in"


@pytest.mark.parametrize("name", STEPS)
def test_each_step_by_each_role_of_the_department(watched: Watched, name: str) -> None:
    allowed, step = STEPS[name]
    department, unit = watched.round.department, watched.scene.table.unit
    let_in = {role.value for role in WHOLE if outcome(step, watched, holder(role, department, unit.pk)) == "in"}
    as_department = {role.value for role in WHOLE if outcome(step, watched, holder(role, department)) == "in"}
    in_the_unit = allowed if name not in ("plan", "change", "close", "refresh") else set()  # rounds and frozen values are the department's
    assert as_department == allowed
    assert let_in == in_the_unit


@pytest.mark.parametrize("name", STEPS)
def test_another_department_finds_nothing(watched: Watched, name: str) -> None:
    other = Department.objects.exclude(pk=watched.round.department_id).filter(kind="department").first() or Department.objects.create(
        code="999", name="另一部门"
    )
    step = STEPS[name][1]
    assert {outcome(step, watched, holder(role, other)) for role in WHOLE} == {"absent"}


def test_an_office_writes_in_its_own_rows_only(watched: Watched) -> None:
    department, unit = watched.round.department, watched.scene.table.unit
    for office in Office.objects.filter(unit=unit):
        viewer = holder(Role.FILLER, department, unit.pk, office.pk)
        got = {name: outcome(STEPS[name][1], watched, viewer) for name in ("fill", "milestones", "correct")}
        assert set(got.values()) == ({"in"} if office.code == "03" else {"not_permitted"})
        assert outcome(STEPS["write"][1], watched, viewer) == "not_permitted"  # the whole is not one office's


def test_opening_is_the_officers(planned: Watched) -> None:
    department = planned.round.department
    step = lambda w, v: open_round(v, w.round.pk)  # noqa: E731
    assert {role.value for role in WHOLE if outcome(step, planned, holder(role, department)) == "in"} == OFFICER


def test_who_reads_rounds_and_reports(watched: Watched, person: Any) -> None:
    readers = {"jixiao", "jingban", "jingban2", "kezhang", "fenguan", "dangzu", "juzhang", "jiwei", "baomi", "shenji"}
    finance = {"czyewu", "czjixiao"}
    nobody = {"jigou", "sysadmin", "secadmin", "auditadmin", "lanshan", "qiye", "zhongxin", "zhuren"}
    for username in readers | finance:
        assert visible_rounds(person(username)).count() == 1, username
    for username in nobody:
        viewer = person(username)
        assert not visible_reports(viewer).exists(), username
        with pytest.raises((Forbidden, Absent)):
            report_page(viewer, watched.report.pk)
    assert {username for username in readers if visible_reports(person(username)).exists()} == readers
    for username in finance:
        assert not visible_reports(person(username)).exists()
        page = round_page(person(username), watched.round.pk)
        assert ([line.readable for line in page.reports], page.line.reports, page.line.lamps) == ([False], 1, {})
    MonitoringReport.objects.filter(pk=watched.report.pk).update(state="submitted")
    for username in finance:
        assert report_page(person(username), watched.report.pk).rows
        assert not any(one.fills for one in report_page(person(username), watched.report.pk).rows)


def test_a_member_of_finance_who_also_works_in_the_department_reads_drafts_of_that_one_only(watched: Watched) -> None:
    other = Department.objects.create(code="998", name="另一部门")
    account = Account.objects.create(username="both", name="两头")
    both = Viewer(account, (Held(Role.FINANCE_PERFORMANCE), Held(Role.PERFORMANCE_OFFICER, other.pk)), at=AUGUST)
    assert not visible_reports(both).exists()


def test_finance_sees_the_progress_of_all_departments(watched: Watched, person: Any) -> None:
    other = Department.objects.create(code="997", name="另一部门")
    MonitoringRound.objects.create(
        department=other, year=2020, number=1, name="1-7月", first=JULY.first, last=JULY.last, due_on=JULY.due_on, policy="national"
    )
    page = rounds_page(person("czjixiao"), 2020)
    assert (page.several, [line.round.department.code for line in page.lines]) == (True, ["331", "997"])
    assert [line.round.department.code for line in rounds_page(person("jixiao"), 2020).lines] == ["331"]


def test_papers_are_of_submitted_reports(watched: Watched, person: Any) -> None:
    with pytest.raises(Refusal) as refused:
        monitoring_paper(watched.officer, watched.report.pk)
    assert refused.value.code == "not_submitted"
    with pytest.raises((Forbidden, Absent)):
        monitoring_paper(person("jigou"), watched.report.pk)
