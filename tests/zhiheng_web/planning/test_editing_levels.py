"""The sheet of a table without duties (a project's, many departments'): levels in place of duties, 年度总体目标 in the head."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from zhiheng.plan.procedure import State
from zhiheng.tables.reading import read
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.add_row import add_row
from zhiheng_web.planning.actions.adjust_table import adjust_table
from zhiheng_web.planning.actions.edit_cells import CellEdit, edit_cells
from zhiheng_web.planning.actions.import_table import import_table
from zhiheng_web.planning.comparison import compare, content_of
from zhiheng_web.planning.models import PerformanceTable, Project, TableVersion
from zhiheng_web.planning.queries.editing import sheet
from zhiheng_web.planning.versions import freeze, load

pytestmark = pytest.mark.django_db
See = Callable[[str], Viewer]
SignIn = Callable[[str], Client]
WRITTEN = """项目支出绩效目标申报表
（2020年度）
项目名称\t{name}
主管部门\t临沂市科学技术局
年度总体目标\t补助企业100家
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t补助企业数\t≥100家
满意度指标\t服务对象满意度指标\t企业满意度\t≥90%
"""


@pytest.fixture
def declared(organisation: Demonstrated, viewer: See, tmp_path: Path) -> Callable[[str], TableVersion]:
    """``declared("科技创新券")``: the table of a project of that name, imported."""

    def declare(name: str) -> TableVersion:
        unit = organisation.units["331001"]
        project = Project.objects.create(unit=unit, code=f"P-{name}", name=name, first_year=2020, attribute=Project.Attribute.CONTINUING)
        path = tmp_path / f"{name}.txt"
        path.write_text(WRITTEN.format(name=name), "utf-8")
        return import_table(viewer("jixiao"), unit, read(path).tables[0], kind=PerformanceTable.Kind.PROJECT, project=project)

    return declare


def test_levels_stand_where_a_duty_table_has_its_duties(declared: Callable[[str], TableVersion], signed_in: SignIn) -> None:
    page = signed_in("jixiao").get(reverse("planning:edit", args=[declared("科技创新券").pk])).content.decode()
    assert "产出指标" in page
    assert "服务对象满意度指标" in page
    for foreign in ("职责序号", "部门职责", "职责目标", "部门整体预算总额", "战略目标", "所属职责", "增加职责"):
        assert foreign not in page
    assert "项目资金总额" in page


def test_a_duty_table_keeps_its_form(linyi: TableVersion, signed_in: SignIn) -> None:
    page = signed_in("jixiao").get(reverse("planning:edit", args=[linyi.pk])).content.decode()
    for own in ("职责序号", "部门职责", "职责目标", "部门整体预算总额", "战略目标"):
        assert own in page
    assert "年度总体目标" not in page


def test_the_goal_of_the_year_is_written_like_any_cell_and_compared(declared: Callable[[str], TableVersion], viewer: See) -> None:
    version = declared("科技创新券")
    before = content_of(load(version))
    (goal,) = (shown for shown in sheet(viewer("jixiao"), version.pk).head if shown.field.startswith("goals."))
    assert goal.text == "补助企业100家"
    edited = edit_cells(viewer("jixiao"), version.pk, [CellEdit("head", goal.field, goal.text, "补助企业150家")])
    assert [cell.text for cell in edited.saved] == ["补助企业150家"]
    assert [goal.expected.text for goal in edited.loaded.table.plan.goals] == ["补助企业150家"]
    changed = [(cell.old, cell.new) for cell in compare(before, content_of(edited.loaded)).head if cell.changed]
    assert changed == [("补助企业100家", "补助企业150家")]
    late = edit_cells(viewer("jixiao"), version.pk, [CellEdit("head", goal.field, "补助企业100家", "补助企业200家")])
    assert [conflict.current for conflict in late.conflicts] == ["补助企业150家"]


def test_two_projects_share_no_indicator_by_its_name_alone(declared: Callable[[str], TableVersion], viewer: See) -> None:
    one, other = declared("科技创新券"), declared("成果转化补助")
    first = add_row(viewer("jixiao"), one.pk, None, "成本控制率")
    assert add_row(viewer("jixiao"), other.pk, None, "成本控制率").indicator_id != first.indicator_id


def test_a_table_without_a_title_can_still_be_opened_from_the_list(declared: Callable[[str], TableVersion], signed_in: SignIn) -> None:
    version = declared("科技创新券")
    TableVersion.objects.filter(pk=version.pk).update(title="")
    PerformanceTable.objects.filter(pk=version.table_id).update(kind=PerformanceTable.Kind.DEPARTMENT, project=None)
    page = signed_in("jixiao").get(reverse("planning:tables")).content.decode()
    assert f'<a href="{reverse("planning:table", args=[version.table_id])}">绩效目标表（原表无标题）</a>' in page


class _Bodies(HTMLParser):
    """The cells of the official form by table body and row, as (columns, rows)."""

    def __init__(self) -> None:
        super().__init__()
        self.bodies: list[list[list[tuple[int, int]]]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "table":
            self.bodies = [] if "form-grid" in (said.get("class") or "") else None
        elif self.bodies is not None and tag == "tbody":
            self.bodies.append([])
        elif self.bodies is not None and tag == "tr":
            self.bodies[-1].append([])
        elif self.bodies is not None and tag in ("td", "th"):
            self.bodies[-1][-1].append((int(said.get("colspan") or 1), int(said.get("rowspan") or 1)))

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self.bodies:
            self.seen, self.bodies = self.bodies, None


@pytest.mark.parametrize("name", ["version", "review"])
def test_no_cell_of_the_form_reaches_out_of_its_table_body(declared: Callable[[str], TableVersion], signed_in: SignIn, name: str) -> None:
    """A browser cuts a cell off at the end of its table body and moves the rows below by a column."""
    parser = _Bodies()
    parser.feed(signed_in("jixiao").get(reverse(f"planning:{name}", args=[declared("科技创新券").pk])).content.decode())
    for body in parser.seen:
        assert body
        for at, row in enumerate(body):
            assert all(at + rows <= len(body) for _, rows in row)


def test_an_adjustment_of_a_projects_table_keeps_the_old_goal_and_shows_the_change(
    declared: Callable[[str], TableVersion], organisation: Demonstrated, viewer: See, signed_in: SignIn
) -> None:
    version = declared("科技创新券")
    freeze(load(version), State.APPROVED, timezone.now(), in_force_from=date(2020, 2, 1))
    second = organisation.accounts["fenguan"].pk
    adjusted = adjust_table(viewer("jixiao"), version.table_id, reason="预算压减", document="临财教〔2020〕8号", second_person=second)
    edit_cells(viewer("jixiao"), adjusted.pk, [CellEdit("head", "goals.0", "补助企业100家", "补助企业80家")])
    page = signed_in("jixiao").get(reverse("planning:compare", args=[version.pk, adjusted.pk])).content.decode()
    assert "补助企业100家" in page
    assert "补助企业80家" in page
    assert load(version).table.plan.goals[0].expected.text == "补助企业100家"
