"""Words of planning for templates: ``{% load planning %}``."""

from __future__ import annotations

from django import template

from zhiheng.plan.procedure import STATE_NAMES, State
from zhiheng_web.planning.models import PerformanceTable, TableVersion
from zhiheng_web.wording import Text

register = template.Library()
Kind, Purpose = PerformanceTable.Kind, TableVersion.Purpose
KIND_NAMES: dict[str, Text] = {
    Kind.DEPARTMENT.value: Text("部门整体", "Whole department"),
    Kind.UNIT.value: Text("单位整体", "Whole unit"),
    Kind.PROJECT.value: Text("项目支出", "Project"),
}
PURPOSE_NAMES: dict[str, Text] = {
    Purpose.DECLARATION.value: Text("申报", "Declaration"),
    Purpose.ADJUSTMENT.value: Text("调整", "Adjustment"),
    Purpose.HISTORY.value: Text("历史申报", "Declared history"),
}


@register.filter
def kind_name(kind: str) -> Text:
    """Whose goals a table holds."""
    return KIND_NAMES.get(kind, Text(kind, kind))


@register.filter
def purpose_name(purpose: str) -> Text:
    """Why a version was made."""
    return PURPOSE_NAMES.get(purpose, Text(purpose, purpose))


@register.filter
def state_name(state: str) -> Text:
    """The state of a version in words, without the badge."""
    return Text(*STATE_NAMES[State(state)])
