"""Reading tables, versions, findings and indicators."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from zhiheng.plan.procedure import STATE_NAMES, State
from zhiheng_web.api import shapes
from zhiheng_web.api.entrance import answers, page
from zhiheng_web.api.inputs import Limit, Offset, Year
from zhiheng_web.api.shapes import both, exact
from zhiheng_web.organisation.authority import absent
from zhiheng_web.organisation.models import Unit
from zhiheng_web.planning.checking import check
from zhiheng_web.planning.circulation.standing import standing
from zhiheng_web.planning.mapping import json_of
from zhiheng_web.planning.models import Decision, Indicator, IndicatorRow, PerformanceTable, TableVersion
from zhiheng_web.planning.policies import visible_tables, visible_versions
from zhiheng_web.planning.queries.tables import table_for, version_for
from zhiheng_web.planning.versions import load
from zhiheng_web.wording import Text

router = Router(tags=["绩效目标 Goals"])
INDICATOR = Text("该绩效指标", "this indicator")


@router.get("/me", response=answers(shapes.MeShape), operation_id="me", summary="Whose token this is 令牌属于谁")
def me(request: HttpRequest) -> dict[str, Any]:
    """The account, its roles in force today, and the token's scopes."""
    viewer = request.viewer
    account = viewer.account
    roles = sorted(role.value for role in viewer.roles)
    return {"id": account.pk, "username": account.username, "name": account.name, "roles": roles, "scopes": sorted(viewer.api_scopes or ())}


@router.get("/tables", response=answers(shapes.Page[shapes.TableShape]), operation_id="tables", summary="Performance tables 绩效目标表")
def tables(
    request: HttpRequest, year: Year | None = None, unit: UUID | None = None, limit: Limit = 50, offset: Offset = 0
) -> dict[str, Any]:
    """The tables the caller may see, newest year first."""
    found = visible_tables(request.viewer).select_related("unit__department", "project")
    found = found.filter(**{key: value for key, value in (("year", year), ("unit", unit)) if value is not None})
    return page(found.order_by("-year", "unit__code", "kind", "pk"), limit, offset, table_shape)


@router.get("/tables/{uuid:table}", response=answers(shapes.TableShape), operation_id="table", summary="One table 一张表")
def table(request: HttpRequest, table: UUID) -> dict[str, Any]:
    """One table."""
    return table_shape(table_for(request.viewer, table))


@router.get(
    "/tables/{uuid:table}/versions",
    response=answers(shapes.Page[shapes.VersionShape]),
    operation_id="versions",
    summary="Versions of a table 表的各版本",
)
def versions(request: HttpRequest, table: UUID, limit: Limit = 50, offset: Offset = 0) -> dict[str, Any]:
    """Those the caller may see, the newest first."""
    found = table_for(request.viewer, table)
    return page(visible_versions(request.viewer).filter(table=found).order_by("-number"), limit, offset, version_shape)


@router.get(
    "/versions/{uuid:version}", response=answers(shapes.ContentShape), operation_id="version", summary="What a version says 版本内容"
)
def version(request: HttpRequest, version: UUID) -> dict[str, Any]:
    """The whole table as canonical JSON: every figure with its text and typed value; tags and parts beside it."""
    loaded = load(version_for(request.viewer, version))
    return {
        "version": version_shape(loaded.version),
        "table": json_of(loaded.version, loaded.duties, loaded.rows, loaded.year),
        "duties": [row.pk for row in loaded.duties],
        "rows": [row.pk for row in loaded.rows],
        "tags": [tags_shape(row) for row in loaded.rows],
    }


@router.get(
    "/versions/{uuid:version}/findings",
    response=answers(shapes.Page[shapes.FindingShape]),
    operation_id="findings",
    summary="Findings 发现的问题",
)
def findings(request: HttpRequest, version: UUID, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """The findings of the audit in reading order, with the replies given."""
    return page(check(load(version_for(request.viewer, version))), limit, offset, finding_shape)


@router.get(
    "/versions/{uuid:version}/standing",
    response=answers(shapes.StandingShape),
    operation_id="standing",
    summary="Where a version stands, with its decisions 流转情况",
)
def where(request: HttpRequest, version: UUID) -> dict[str, Any]:
    """The checkpoint that decides now and every decision so far."""
    stands = standing(version_for(request.viewer, version))
    checkpoint = stands.checkpoint
    return {
        "version": stands.version.pk,
        "state": stands.version.state,
        "checkpoint": {"zh": checkpoint.zh, "en": checkpoint.en} if checkpoint else None,
        "role": checkpoint.role.value if checkpoint else "",
        "turn": stands.turn,
        "due_on": stands.circulation.due_on if stands.circulation and checkpoint else None,
        "waits_for_me": stands.waits_for(request.viewer),
        "decisions": [decision_shape(row) for row in stands.decisions],
    }


@router.get("/indicators", response=answers(shapes.Page[shapes.IndicatorShape]), operation_id="indicators", summary="Indicators 绩效指标")
def indicators(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> dict[str, Any]:
    """The indicators of the versions that the caller may see."""
    return page(visible_indicators(request).order_by("department__code", "name", "pk"), limit, offset, indicator_shape)


@router.get(
    "/indicators/{uuid:indicator}",
    response=answers(shapes.HistoryShape),
    operation_id="indicator",
    summary="An indicator with its history 指标及历年情况",
)
def indicator(request: HttpRequest, indicator: UUID) -> dict[str, Any]:
    """Target and actual in every version that the caller may see, oldest first."""
    found = visible_indicators(request).filter(pk=indicator).first()
    if found is None:
        raise absent(INDICATOR)
    rows = IndicatorRow.objects.filter(indicator=found, version__in=visible_versions(request.viewer).values("pk"))
    rows = rows.select_related("version__table").order_by("version__table__year", "version__number")
    return {"indicator": indicator_shape(found), "history": [year_shape(row) for row in rows]}


def visible_indicators(request: HttpRequest) -> Any:
    """The indicators that stand in a version the caller may see."""
    seen = IndicatorRow.objects.filter(version__in=visible_versions(request.viewer).values("pk")).values("indicator")
    return Indicator.objects.filter(pk__in=seen).select_related("department", "duty")


# --- shapes -------------------------------------------------------------------------------------------------


def named(row: Any) -> dict[str, Any] | None:
    """Something by id and name."""
    return None if row is None else {"id": row.pk, "name": str(row)}


def unit_shape(unit: Unit) -> dict[str, Any]:
    """A unit with its department."""
    return {"id": unit.pk, "code": unit.code, "name": unit.name, "department": named(unit.department)}


def table_shape(row: PerformanceTable) -> dict[str, Any]:
    """A table."""
    known = {"id": row.pk, "year": row.year, "kind": row.kind, "closed": row.closed_at is not None}
    return {**known, "unit": unit_shape(row.unit), "project": named(row.project)}


def version_shape(row: TableVersion) -> dict[str, Any]:
    """A version without its rows."""
    plain = ("number", "purpose", "state", "title", "scheme", "edits", "created_at", "frozen_at", "in_force_from", "in_force_until")
    amounts = {name: exact(getattr(row, name)) for name in ("total", "fiscal", "other", "basic", "project")}
    words = {"state_name": both(Text(*STATE_NAMES[State(row.state)])), "approval_number": row.approval_number, "digest": row.digest}
    return {"id": row.pk, "table": row.table_id, **{name: getattr(row, name) for name in plain}, **amounts, **words}


def tags_shape(row: IndicatorRow) -> dict[str, Any]:
    """The tags of a row and its parts."""
    parts = [
        {"name": part.name, "target": part.target_text, "unit": part.unit, "due_on": part.due_on and part.due_on.isoformat()}
        for part in row.parts.all()
    ]
    plain = {name: getattr(row, name) for name in ("level_1", "level_2", "direction", "method")}
    return {"row": row.pk, "indicator": row.indicator_id, **plain, "points": exact(row.points), "parts": parts}


def finding_shape(found: Any) -> dict[str, Any]:
    """A finding with its reply."""
    return {
        "mark": found.mark,
        "code": found.code,
        "severity": found.severity.value,
        "row": found.row.pk if found.row else None,
        "field": found.field,
        "text": both(found.text),
        "open": found.open,
        "reply": found.reply.text if found.reply else None,
    }


def decision_shape(row: Decision) -> dict[str, Any]:
    """A decision."""
    plain = {name: getattr(row, name) for name in ("turn", "outcome", "opinion", "minutes", "document", "grade", "decided_at")}
    names = {"zh": row.checkpoint_zh, "en": row.checkpoint_en}
    return {**plain, "checkpoint": names, "total": exact(row.total), "decided_by": row.decided_by.name}


def indicator_shape(row: Indicator) -> dict[str, Any]:
    """An indicator."""
    return {"id": row.pk, "name": row.name, "department": named(row.department), "duty": named(row.duty)}


def year_shape(row: IndicatorRow) -> dict[str, Any]:
    """What one version says of an indicator."""
    version = row.version
    said = {"name": row.name, "target": row.target_text, "target_value": row.target_value}
    done = {"actual": row.actual_text, "actual_value": row.actual_value}
    return {"year": version.table.year, "version": version.pk, "state": version.state, **said, **done}
