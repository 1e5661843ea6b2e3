"""Words of planning for templates: ``{% load planning %}``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from zhiheng.plan.procedure import STATE_NAMES, State
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.consequences import Declared, consequences_of
from zhiheng_web.planning.models import PerformanceTable, TableVersion
from zhiheng_web.ui.templatetags.ui import state_badge, wan
from zhiheng_web.wording import Text

if TYPE_CHECKING:
    from zhiheng_web.planning.derived import Derived, DerivedValue
    from zhiheng_web.planning.queries.departments import DepartmentLine
    from zhiheng_web.planning.queries.overview import RowGlance

register = template.Library()
Kind, Purpose = PerformanceTable.Kind, TableVersion.Purpose
KIND_NAMES: dict[str, Text] = {
    Kind.DEPARTMENT.value: Text("部门整体", "Whole department"),
    Kind.UNIT.value: Text("单位整体", "Whole unit"),
    Kind.PROJECT.value: Text("项目支出", "Project"),
}
UNTITLED = Text("绩效目标表（原表无标题）", "Table of goals (its file has no title)")
PURPOSE_NAMES: dict[str, Text] = {
    Purpose.DECLARATION.value: Text("申报", "Declaration"),
    Purpose.ADJUSTMENT.value: Text("调整", "Adjustment"),
    Purpose.HISTORY.value: Text("历史申报", "Declared history"),
}


@register.inclusion_tag("planning/overview/consequences.html")
def consequences(viewer: Viewer, unit: UUID, year: int, project: UUID | None = None) -> dict[str, Any]:
    """What earlier results mean for a unit's or a project's money of a year. Nothing where nothing was decided."""
    return {"consequences": consequences_of(viewer, Declared(unit, year, project))}


@register.filter
def kind_name(kind: str) -> Text:
    """Whose goals a table holds."""
    return KIND_NAMES.get(kind, Text(kind, kind))


@register.filter
def title_of(version: TableVersion) -> Text | str:
    """The title of a version's form; where the table that was read had none, the name of its form."""
    return version.title or UNTITLED


@register.filter
def purpose_name(purpose: str) -> Text:
    """Why a version was made."""
    return PURPOSE_NAMES.get(purpose, Text(purpose, purpose))


@register.filter
def state_name(state: str) -> Text:
    """The state of a version in words, without the badge."""
    return Text(*STATE_NAMES[State(state)])


def finding_marks(errors: int, warnings: int) -> str:
    """The badges of how many errors and warnings there are; '' where there is none."""
    bad = f'<span class="badge bad">✕ {errors}</span> ' if errors else ""
    return f'{bad}<span class="badge warn">! {warnings}</span>' if warnings else bad


@register.simple_tag
def glance_rows(rows: Iterable[RowGlance]) -> SafeString:
    """The rows of a duty's indicators, made in one pass: a table has hundreds. Below the target is the place of the derived actual."""
    made = [
        f'<tr><td><a href="{row.address}">{escape(row.name)}</a></td>'
        f'<td><b>{escape(row.target)}</b><span id="actual-{row.indicator}"></span></td>'
        f'<td class="soft">{escape(row.mean)}</td><td>{escape(row.last_year)}</td><td class="number soft">{escape(row.change)}</td>'
        f"<td>{row.course}</td><td>{finding_marks(row.errors, row.warnings)}</td></tr>\n"
        for row in rows
    ]
    return mark_safe("".join(made))  # noqa: S308 - words are escaped; an address, a drawing and numbers


@register.simple_tag
def derived_places(derived: Derived) -> SafeString:
    """What ledgers say, for the places that a table's page keeps: the actual value of each indicator, a duty's registers without one."""
    values = format_html_join(
        "",
        '<span id="actual-{}" hx-swap-oob="true"><br><a class="small" href="{}">{} {}</a> {}</span>',
        ((key, one.link, Text("实际", "actual"), one.shown, _badge(one)) for key, one in derived.values.items()),
    )
    unmeasured = format_html_join(
        "",
        '<p class="small" id="unmeasured-{}" hx-swap-oob="true"><span class="badge">{}</span> {}</p>',
        ((number, Text("无指标", "no indicator"), _links(found)) for number, found in derived.registers.items()),
    )
    return values + unmeasured


def _badge(one: DerivedValue) -> SafeString:
    """How it stands, where its words do not say so already."""
    return mark_safe("") if one.shown == one.state else format_html('<span class="badge {}">{}</span>', one.tone, one.state)


def _links(found: Iterable[tuple[Text, str]]) -> SafeString:
    return format_html_join(str(Text("、", ", ")), '<a href="{}">{}</a>', ((link, text) for text, link in found))


@register.simple_tag
def department_rows(lines: Iterable[DepartmentLine]) -> SafeString:
    """The rows of finance's list of departments, made in one pass."""
    badges = {state: state_badge(state) for state in {line.state for line in lines}}
    made = [
        f'<tr><td>{escape(line.code)}</td><td><a href="{line.address}">{escape(line.department)}</a></td>'
        f'<td class="soft">{escape(line.unit)}</td><td>{badges[line.state]}</td><td class="number">{line.indicators}</td>'
        f'<td class="number">{wan(line.total)}</td><td class="number">{wan(line.fiscal)}</td><td class="number">{wan(line.project)}</td>'
        f"<td>{finding_marks(line.errors, line.warnings)}</td></tr>\n"
        for line in lines
    ]
    return mark_safe("".join(made))  # noqa: S308 - words are escaped; an address, a badge and numbers
