"""Projects, their links, pre-assessments and own tables: who may write, what is refused, and that the table reads back equal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest

from zhiheng.plan.procedure import Grade
from zhiheng.reports.printing import printed
from zhiheng.tables.canonical import meaning, table_json
from zhiheng.tables.reading import read as read_file
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.demonstration.projects import write_projects
from zhiheng_web.organisation.models import Account, Department, Office, RoleAssignment, Unit
from zhiheng_web.organisation.viewer import Viewer, viewer_of
from zhiheng_web.planning.actions.confirm_pre_assessment import confirm_pre_assessment
from zhiheng_web.planning.actions.declare_project import Declared, declare_project
from zhiheng_web.planning.actions.import_table import import_table
from zhiheng_web.planning.actions.keep_budget_line import keep_budget_line
from zhiheng_web.planning.actions.keep_project import ProjectValues, keep_project
from zhiheng_web.planning.actions.link_project import link_project, unlink_project
from zhiheng_web.planning.actions.pre_assess import Assessed, pre_assess
from zhiheng_web.planning.models import Duty, Indicator, PerformanceTable, PreAssessment, Project, ProjectLink, TableVersion
from zhiheng_web.planning.pre_assessment import CONTENTS, contents, grade_of
from zhiheng_web.planning.versions import load
from zhiheng_web.trail.action import Absent, Conflict, Forbidden, Invalid, Refusal
from zhiheng_web.trail.models import TrailRecord

VALUES = ProjectValues("P1", "甲项目", "continuing", 2019, basis="依据")


@pytest.fixture
def officer(viewer: Callable[[str], Viewer]) -> Viewer:
    return viewer("jixiao")


@pytest.fixture
def headquarters(organisation: Demonstrated) -> Unit:
    return organisation.units["331001"]


@pytest.fixture
def project(officer: Viewer, headquarters: Unit) -> Project:
    return keep_project(officer, headquarters.pk, VALUES)


@pytest.fixture
def new(officer: Viewer, headquarters: Unit) -> Project:
    made = keep_project(officer, headquarters.pk, replace(VALUES, code="N1", name="新项目", attribute="new"))
    keep_budget_line(officer, headquarters.pk, 2020, "fiscal", Decimal("500000"), project=made.pk)
    return made


def office(code: str) -> Office:
    return Office.objects.get(unit__code="331001", code=code)


def assessed(conclusion: str = "support", points: str = "18") -> Assessed:
    return Assessed(date(2019, 10, 15), {code: (Decimal(points), "情况") for code in CONTENTS}, conclusion, "意见")


def confirmed(officer: Viewer, viewer: Callable[[str], Viewer], project: Project, conclusion: str = "support") -> PreAssessment:
    return confirm_pre_assessment(viewer("fenguan"), pre_assess(officer, project.pk, assessed(conclusion)).pk)


# --- entering -----------------------------------------------------------------------------------------------------------------


def test_an_office_writes_its_own_projects_and_no_others(viewer: Callable[[str], Viewer], officer: Viewer, headquarters: Unit) -> None:
    filler = viewer("jingban")  # 高新技术科, office 03
    own = keep_project(filler, headquarters.pk, replace(VALUES, office=office("03").pk))
    keep_project(filler, headquarters.pk, replace(VALUES, name="改名", office=office("03").pk), project=own.pk)
    for elsewhere in (office("01").pk, None):
        with pytest.raises(Forbidden):
            keep_project(filler, headquarters.pk, replace(VALUES, code="P2", office=elsewhere))
        with pytest.raises(Forbidden):  # nor may it give its own away
            keep_project(filler, headquarters.pk, replace(VALUES, office=elsewhere), project=own.pk)
    other = keep_project(officer, headquarters.pk, replace(VALUES, code="P3", office=office("01").pk))
    with pytest.raises(Forbidden):
        keep_project(filler, headquarters.pk, replace(VALUES, code="P3", office=office("03").pk), project=other.pk)
    with pytest.raises(Forbidden):
        link_project(filler, other.pk, 2020, duty=Duty.objects.first().pk, activity="活动")


@pytest.mark.parametrize("username", ["fenguan", "juzhang", "czyewu", "czjixiao", "shenji", "jiwei", "baomi"])
def test_readers_write_nothing(viewer: Callable[[str], Viewer], project: Project, username: str) -> None:
    records = TrailRecord.objects.count()
    asking = viewer(username)
    for attempt in (
        lambda: keep_project(asking, project.unit_id, replace(VALUES, code="X")),
        lambda: keep_project(asking, project.unit_id, VALUES, project=project.pk),
        lambda: link_project(asking, project.pk, 2020, duty=Duty.objects.first().pk, activity="活动"),
        lambda: declare_project(asking, project.pk, 2020),
        lambda: pre_assess(asking, project.pk, assessed()),
    ):
        with pytest.raises(Forbidden):
            attempt()
    assert TrailRecord.objects.count() == records


def test_another_department_is_as_absent_as_what_never_was(project: Project) -> None:
    elsewhere = Department.objects.create(code="999", name="别的局")
    Unit.objects.create(department=elsewhere, code="999001", name="别的局本级", kind=Unit.Kind.HEADQUARTERS)
    account = Account.objects.create_user("bieju", "别局绩效管理员", "x")
    RoleAssignment.objects.create(account=account, role="performance_officer", department=elsewhere, since=date(2015, 1, 1))
    stranger = viewer_of(account, date(2020, 1, 10))
    answers = []
    for asked in (project.pk, uuid4()):
        with pytest.raises(Absent) as absent:
            declare_project(stranger, asked, 2020)
        answers.append((absent.value.code, absent.value.text))
    assert answers[0] == answers[1]
    with pytest.raises(Absent):
        keep_project(stranger, project.unit_id, replace(VALUES, code="X"))


def test_what_is_no_project_is_refused_at_its_field(officer: Viewer, headquarters: Unit, organisation: Demonstrated) -> None:
    unit_office = Office.objects.get(unit=organisation.units["331002"])
    for field, values in (
        ("code", replace(VALUES, code=" ")),
        ("code", replace(VALUES, code="x" * 22)),
        ("name", replace(VALUES, name="")),
        ("attribute", replace(VALUES, attribute="?")),
        ("year", replace(VALUES, first_year=19)),
        ("last_year", replace(VALUES, last_year=2018)),
        ("office", replace(VALUES, office=unit_office.pk)),
    ):
        with pytest.raises(Invalid) as refused:
            keep_project(officer, headquarters.pk, values)
        assert field in refused.value.fields, field
    with pytest.raises(Invalid):
        keep_project(officer, headquarters.pk, replace(VALUES, basis="依据 机密★10年"))
    assert not Project.objects.exists()


def test_a_code_stands_once_in_a_unit(officer: Viewer, project: Project, organisation: Demonstrated) -> None:
    with pytest.raises(Refusal) as refused:
        keep_project(officer, project.unit_id, VALUES)
    assert refused.value.code == "code_taken"
    keep_project(officer, organisation.units["331002"].pk, VALUES)


def test_the_second_of_two_editors_sees_what_stands_there(officer: Viewer, project: Project) -> None:
    keep_project(officer, project.unit_id, replace(VALUES, name="乙"), project=project.pk, edits=0)
    with pytest.raises(Conflict) as conflict:
        keep_project(officer, project.unit_id, replace(VALUES, name="丙"), project=project.pk, edits=0)
    assert conflict.value.current["name"] == "乙"
    project.refresh_from_db()
    assert (project.name, project.edits) == ("乙", 1)


# --- links --------------------------------------------------------------------------------------------------------------------


def test_links_are_many_to_many_and_kept_once(officer: Viewer, project: Project, linyi: TableVersion) -> None:
    first, second = Duty.objects.order_by("code")[:2]
    indicator = Indicator.objects.get(name="高新技术企业认定数量")
    link_project(officer, project.pk, 2020, duty=first.pk, activity="活动")
    again = link_project(officer, project.pk, 2020, duty=first.pk, activity=" 活动 ")
    link_project(officer, project.pk, 2020, duty=second.pk, activity="活动", indicator=indicator.pk)
    link_project(officer, project.pk, 2020, indicator=indicator.pk)
    assert ProjectLink.objects.count() == 3
    assert TrailRecord.objects.filter(action="planning.link_project").count() == 3
    unlink_project(officer, project.pk, again.pk)
    assert ProjectLink.objects.count() == 2
    assert TrailRecord.objects.get(action="planning.unlink_project").details["activity"] == "活动"
    with pytest.raises(Absent):
        unlink_project(officer, project.pk, again.pk)


def test_a_link_needs_an_end_within_the_department(officer: Viewer, project: Project, organisation: Demonstrated) -> None:
    elsewhere = organisation.departments["101"]
    duty = Duty.objects.create(department=elsewhere, code="01", name="别处的职责")
    indicator = Indicator.objects.create(department=elsewhere, duty=duty, name="别处的指标")
    for ends in ({}, {"activity": "没有职责的活动"}, {"duty": duty.pk, "activity": "活动"}, {"indicator": indicator.pk}):
        with pytest.raises(Invalid):
            link_project(officer, project.pk, 2020, **ends)
    assert not ProjectLink.objects.exists()


# --- pre-assessment -----------------------------------------------------------------------------------------------------------


def test_a_new_project_declares_nothing_before_a_second_person_confirmed(
    officer: Viewer, viewer: Callable[[str], Viewer], new: Project, linyi: TableVersion
) -> None:
    def declare() -> str:
        with pytest.raises(Refusal) as refused:
            declare_project(officer, new.pk, 2020)
        with pytest.raises(Refusal) as imported:  # nor by importing a file
            import_table(officer, new.unit, load(linyi).table, kind=PerformanceTable.Kind.PROJECT, project=new)
        assert refused.value.code == imported.value.code == "pre_assessment_lacking"
        return refused.value.text.zh

    assert "应先开展事前绩效评估" in declare()
    made = pre_assess(officer, new.pk, assessed())
    assert "还没有经第二人确认" in declare()
    with pytest.raises(Refusal) as same:
        confirm_pre_assessment(officer, made.pk)
    assert same.value.code == "same_person"
    confirm_pre_assessment(viewer("fenguan"), made.pk)
    assert declare_project(officer, new.pk, 2020).state == "draft"
    with pytest.raises(Refusal):
        confirm_pre_assessment(viewer("juzhang"), made.pk)


def test_a_refused_project_needs_a_new_assessment(officer: Viewer, viewer: Callable[[str], Viewer], new: Project) -> None:
    confirmed(officer, viewer, new, "reject")
    with pytest.raises(Refusal) as refused:
        declare_project(officer, new.pk, 2020)
    assert "不予支持" in refused.value.text.zh
    confirmed(officer, viewer, new, "mend")
    declare_project(officer, new.pk, 2020)


def test_a_continuing_project_needs_none(officer: Viewer, project: Project) -> None:
    with pytest.raises(Invalid):
        pre_assess(officer, project.pk, assessed())
    keep_budget_line(officer, project.unit_id, 2020, "fiscal", Decimal(1), project=project.pk)
    assert declare_project(officer, project.pk, 2020).state == "draft"


@pytest.mark.parametrize("points", ["-1", "20.0001", "NaN", "1.00001"])
def test_points_beyond_the_full_ones_are_refused(officer: Viewer, new: Project, points: str) -> None:
    with pytest.raises(Invalid) as refused:
        pre_assess(officer, new.pk, assessed(points=points))
    assert set(refused.value.fields) == {f"{code}_points" for code in CONTENTS}


def test_an_assessment_says_something_of_every_content(officer: Viewer, new: Project) -> None:
    lacking = replace(assessed(), given={**assessed().given, "funding": (Decimal(10), " ")})
    with pytest.raises(Invalid) as refused:
        pre_assess(officer, new.pk, lacking)
    assert set(refused.value.fields) == {"funding_finding"}
    made = pre_assess(officer, new.pk, assessed(points="17.9"))
    assert (made.total, made.full, made.grade) == (Decimal("89.5"), 100, "good")
    assert [item.name_zh for item in made.items.all()] == ["立项必要性", "投入经济性", "绩效目标合理性", "实施方案可行性", "筹资合规性"]


@pytest.mark.parametrize(
    ("points", "grade"),
    [
        ("90", Grade.EXCELLENT),
        ("89.9999", Grade.GOOD),
        ("80", Grade.GOOD),
        ("79.5", Grade.FAIR),
        ("60", Grade.FAIR),
        ("59.9999", Grade.POOR),
    ],
)
def test_bands_are_half_open(points: str, grade: Grade) -> None:
    assert grade_of(Decimal(points), Decimal(100), date(2020, 1, 1)) is grade


def test_contents_are_data_that_nothing_calls_law() -> None:
    found = contents(date(2020, 1, 1))
    assert sum(content.full for content in found) == 100
    assert {content.status for content in found} == {"unverified"}


# --- the project's own table --------------------------------------------------------------------------------------------------


def test_a_table_starts_from_the_budget_and_the_linked_indicators(officer: Viewer, project: Project, linyi: TableVersion) -> None:
    with pytest.raises(Refusal) as refused:
        declare_project(officer, project.pk, 2020)
    assert refused.value.code == "no_budget"
    keep_budget_line(officer, project.unit_id, 2020, "fiscal", Decimal("1234500"), project=project.pk)
    keep_budget_line(officer, project.unit_id, 2020, "other", Decimal("100000.5"), project=project.pk)
    linked = Indicator.objects.get(name="高新技术企业认定数量")
    link_project(officer, project.pk, 2020, indicator=linked.pk)
    version = declare_project(officer, project.pk, 2020, goal="目标一句话。")
    plan = load(version).table.plan
    assert (plan.layout, plan.year, plan.project.text, plan.unit.text) == ("goal-declaration", 2020, "甲项目", project.unit.name)
    assert (plan.budget.unit, plan.budget.total.text, plan.budget.fiscal.text, plan.budget.other.text) == (
        "万元",
        "133.45005",
        "123.45",
        "10.00005",
    )
    assert (version.total, version.fiscal, version.other) == (Decimal("1334500.50"), 1_234_500, Decimal("100000.50"))
    assert plan.goals[0].expected.text == "目标一句话。"
    assert [(row.name.text, row.target.text) for row in plan.indicators] == [("高新技术企业认定数量", "60家")]
    assert version.indicator_rows.get().indicator == linked
    with pytest.raises(Refusal) as again:
        declare_project(officer, project.pk, 2020)
    assert again.value.code == "table_exists"


def test_two_projects_share_no_indicator_by_its_words_and_each_keeps_its_own(officer: Viewer, headquarters: Unit) -> None:
    rows = [Declared("满意度指标", "服务对象满意度指标", "受益企业满意度", "≥90%")]
    identities = {}
    for code in ("P1", "P2"):
        made = keep_project(officer, headquarters.pk, replace(VALUES, code=code, name=code))
        for year in (2020, 2021):
            keep_budget_line(officer, headquarters.pk, year, "fiscal", Decimal(1), project=made.pk)
            version = declare_project(officer, made.pk, year, indicators=rows)
            identities[code, year] = version.indicator_rows.get().indicator_id
    assert identities["P1", 2020] == identities["P1", 2021] != identities["P2", 2020] == identities["P2", 2021]


def test_the_printed_tables_of_the_demonstration_read_back_equal(organisation: Demonstrated, linyi: TableVersion, tmp_path: Path) -> None:
    write_projects(organisation, linyi)
    tables = TableVersion.objects.filter(table__kind=PerformanceTable.Kind.PROJECT).select_related("table__project")
    assert len(tables) == Project.objects.count() - 1 >= 6
    for version in tables:
        table = load(version).table
        assert "演示数据（虚构）" in [text.text for _, text in table.plan.notes]  # every paper and page of it says so
        for kind in ("docx", "xlsx"):
            path = tmp_path / f"{version.pk}.{kind}"
            path.write_bytes(printed([table.plan], kind))
            again = read_file(path).tables[0]
            assert meaning(table_json(again)) == meaning(table_json(table)), (version.table.project.name, kind)
