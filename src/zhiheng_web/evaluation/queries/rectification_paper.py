"""What 整改通知书 and 整改台账 say, for the library's papers: from orders and items that the viewer reads."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from zhiheng.reports.papers.rectification_ledger import Entry
from zhiheng.reports.papers.rectification_notice import Notice, Problem
from zhiheng_web.evaluation.issuing.heads import office_of
from zhiheng_web.evaluation.models import RectificationItem, RectificationStep
from zhiheng_web.evaluation.policies.rectification import visible_items
from zhiheng_web.evaluation.queries.rectification import BESIDE, order_for
from zhiheng_web.evaluation.rectifying import SOURCES, STATES, Kind, source_of, source_of_order, standing, subject_of
from zhiheng_web.organisation.authority import authorise_menu
from zhiheng_web.organisation.viewer import Viewer


def notice_of(viewer: Viewer, order: UUID) -> Notice:
    """The letter of an order, in Chinese as papers are. Absent for one that the viewer may not see."""
    authorise_menu(viewer, "evaluation.see_rectification")
    found = order_for(viewer, order)
    table = found.table
    what = subject_of(table) + ("" if table.project else "整体支出")
    basis = f"{table.year}年度{what}{SOURCES[source_of_order(found)].zh if source_of_order(found) != 'other' else '绩效检查'}"
    problems = [Problem(item.problem, item.demand, item.due_on) for item in found.items.order_by("position")]
    day = timezone.localtime(found.ordered_at).date()
    return Notice(found.issuer.name, office_of(table), basis, day, found.due_on, problems)


def ledger_entries(viewer: Viewer, department: UUID, year: int) -> list[Entry]:
    """The ledger of a department's year as it stands on the viewer's day, corrections of monitoring among it. Two queries."""
    authorise_menu(viewer, "evaluation.see_rectification")
    items = list(
        visible_items(viewer)
        .filter(table__unit__department=department, table__year=year)
        .select_related(*BESIDE)
        .order_by("table__unit__code", "opened_at", "position")
    )
    steps: dict[UUID, list[RectificationStep]] = {}
    for step in RectificationStep.objects.filter(item__in=items).select_related("file").order_by("number"):
        steps.setdefault(step.item_id, []).append(step)
    return [_entry(viewer, item, steps.get(item.pk, [])) for item in items]


def _entry(viewer: Viewer, item: RectificationItem, steps: list[RectificationStep]) -> Entry:
    files = dict.fromkeys(step.file.name for step in steps if step.file is not None)
    check = next((step.text for step in reversed(steps) if step.kind in (Kind.CLOSED, Kind.RETURNED)), "")
    closed = timezone.localtime(item.closed_at).date() if item.closed_at else None
    responsible = item.responsible_account.name if item.responsible_account else item.responsible
    state = STATES[standing(item, viewer.today())].zh
    about = subject_of(item.table) + (f"\n{item.indicator.name}" if item.indicator is not None else "")
    return Entry(
        SOURCES[source_of(item)].zh, item.problem, item.measure, responsible, item.due_on, "\n".join(files), check, closed, state, about
    )  # fmt: skip
