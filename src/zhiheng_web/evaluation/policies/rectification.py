"""Who may do what in rectification and use of results, and what a viewer sees of them."""

from __future__ import annotations

from django.db.models import QuerySet

from zhiheng.plan.procedure import FINANCE_ROLES, Role
from zhiheng_web.evaluation.models import RectificationItem, RectificationOrder, UseOfResult
from zhiheng_web.organisation.authority import Grant, absent, authorise, may, policies
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import PerformanceTable
from zhiheng_web.planning.policies import FILLERS, OFFICER, READERS, visible_tables
from zhiheng_web.wording import Text

FINANCE = frozenset({Role.FINANCE_PERFORMANCE})
"""Who orders and decides for finance; both its roles review."""
WORKERS = FILLERS | {Role.SECTION_HEAD}
REVIEWERS = OFFICER | {Role.SECTION_HEAD, Role.SUPERVISING_LEADER, Role.HEAD}

POLICIES = policies(
    {
        "evaluation.see_rectification": Grant(READERS, Text("查看整改与结果应用", "See rectification and use of results")),
        "evaluation.order_rectification": Grant(FINANCE | OFFICER, Text("下达整改通知", "Order a rectification")),
        "evaluation.set_measure": Grant(WORKERS, Text("制定整改措施", "Set the measure of a rectification")),
        "evaluation.report_progress": Grant(WORKERS, Text("填报整改进展", "Report progress of a rectification")),
        "evaluation.report_rectified": Grant(WORKERS, Text("报告整改完成", "Report a rectification done")),
        "evaluation.review_rectified": Grant(REVIEWERS, Text("复核销号（部门下达的整改和纠偏）", "Review what the department asked for")),
        "evaluation.review_for_finance": Grant(FINANCE_ROLES, Text("复核销号（财政下达的整改）", "Review what finance asked for")),
        "evaluation.extend_rectification": Grant(REVIEWERS, Text("同意整改延期（部门下达）", "Extend what the department asked for")),
        "evaluation.extend_for_finance": Grant(FINANCE_ROLES, Text("同意整改延期（财政下达）", "Extend what finance asked for")),
        "evaluation.decide_use": Grant(FINANCE, Text("决定结果应用", "Decide what follows from a result")),
    }
)
ITEM, ORDER, USE = Text("该整改事项", "this rectification"), Text("该整改通知", "this order"), Text("该结果应用", "this use of a result")


def scope_of_table(table: PerformanceTable, office: object = None) -> Scope:
    """Where a table belongs: its unit, and the office that answers. Its unit and project must be loaded."""
    offices = {office, table.project.office_id if table.project else None} - {None}
    return Scope(table.unit.department_id, table.unit_id, frozenset(offices))  # type: ignore[arg-type]


def scope_of(item: RectificationItem) -> Scope:
    """Where an item belongs."""
    return scope_of_table(item.table, item.office_id)


def by_finance(item: RectificationItem) -> bool:
    """Whether finance asked for it, so that finance strikes it off."""
    return item.order is not None and item.order.issuer.kind == Department.Kind.FINANCE


def visible_items(viewer: Viewer) -> QuerySet[RectificationItem]:
    """The items of tables that a viewer reads."""
    return RectificationItem.objects.filter(table__in=visible_tables(viewer))


def visible_orders(viewer: Viewer) -> QuerySet[RectificationOrder]:
    """The orders about tables that a viewer reads."""
    return RectificationOrder.objects.filter(table__in=visible_tables(viewer))


def visible_uses(viewer: Viewer) -> QuerySet[UseOfResult]:
    """What was decided from results of tables that a viewer reads."""
    return UseOfResult.objects.filter(table__in=visible_tables(viewer))


def item_for(viewer: Viewer, item: object, *, lock: bool = False) -> RectificationItem:
    """The item with its table, order and people, or Absent. ``lock`` holds it until the transaction ends."""
    if lock:
        RectificationItem.objects.select_for_update(no_key=True).filter(pk=item).first()
    beside = ("table__unit__department", "table__project", "order__issuer", "monitoring_row__report__round", "indicator", "office")
    found = visible_items(viewer).select_related(*beside, "responsible_account", "closed_by", "opened_by").filter(pk=item).first()
    if found is None:
        raise absent(ITEM)
    return found


def works_on(viewer: Viewer, item: RectificationItem) -> bool:
    """Whether it is the viewer's own: he was named as the one who answers for it."""
    return viewer.account is not None and item.responsible_account_id == viewer.account.pk


def may_work(viewer: Viewer, name: str, item: RectificationItem) -> bool:
    """Whether the viewer may take a step of putting it right: who works on the table, or who answers for the item."""
    return works_on(viewer, item) or may(viewer, name, scope_of(item))


def authorise_work(viewer: Viewer, name: str, item: RectificationItem) -> None:
    """Go on if the viewer may, else Forbidden."""
    if not works_on(viewer, item):
        authorise(viewer, name, scope_of(item))


def deciding(item: RectificationItem, step: str) -> str:
    """The grant by which a step (``review`` or ``extend``) is decided: that of finance for what finance asked for."""
    if by_finance(item):
        return f"evaluation.{step}_for_finance"
    return "evaluation.review_rectified" if step == "review" else "evaluation.extend_rectification"
