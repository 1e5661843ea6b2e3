"""What the year after the approval puts on the work list: one function per area, each with a constant number of queries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from zhiheng.plan.procedure import Role
from zhiheng_web.evaluation.models import RectificationItem, Survey
from zhiheng_web.evaluation.policies.rectification import by_finance, deciding, scope_of, visible_items, works_on
from zhiheng_web.evaluation.policies.surveys import scope_of as survey_scope
from zhiheng_web.evaluation.policies.surveys import visible_surveys
from zhiheng_web.evaluation.queries.rectification import BESIDE
from zhiheng_web.evaluation.rectifying import State, subject_of
from zhiheng_web.organisation.authority import may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.tasks import evaluation_work as evaluating
from zhiheng_web.tasks import monitoring_work as monitoring
from zhiheng_web.tasks import self_evaluation_work as self_evaluating
from zhiheng_web.tasks.notices import BEFORE, News, tell
from zhiheng_web.tasks.worklist import Task
from zhiheng_web.wording import Text

KINDS = {
    "rectify": Text("整改", "Put right"),
    "set_measure": Text("制定整改措施", "Set measures"),
    "review_rectified": Text("复核销号", "Review rectifications"),
    "close_survey": Text("结束调查", "Close a survey"),
    **monitoring.KINDS,
    **self_evaluating.KINDS,
    **evaluating.KINDS,
}
MOST = 1000
"""Open items looked at; the ledger has the rest."""


def work_of(viewer: Viewer) -> Iterator[Task]:
    """What the areas have for the viewer."""
    for area in AREAS:
        yield from area(viewer)


def rectification_work(viewer: Viewer) -> Iterator[Task]:
    """The viewer's own items; orders whose items nobody answers for yet; what waits for his review. One query."""
    seen = visible_items(viewer).exclude(state=State.CLOSED).select_related(*BESIDE, *ABOUT).order_by("due_on", "pk")
    unowned: dict[UUID, list[RectificationItem]] = {}
    waiting: list[RectificationItem] = []
    for item in seen[:MOST]:
        if item.state == State.REPORTED:
            if may(viewer, deciding(item, "review"), scope_of(item)) and not works_on(viewer, item):
                waiting.append(item)
        elif works_on(viewer, item):
            yield _own(item)
        elif not item.measure and item.order is not None and may(viewer, "evaluation.set_measure", scope_of(item)):
            unowned.setdefault(item.order.pk, []).append(item)
    yield from (_unowned(items) for items in unowned.values())
    if waiting:
        yield _waiting(waiting)


def survey_work(viewer: Viewer) -> Iterator[Task]:
    """Surveys past their last day that nobody has closed. One query."""
    rows = visible_surveys(viewer).filter(opened_at__isnull=False, closed_at__isnull=True, closes_on__lt=viewer.today())
    for survey in rows.order_by("closes_on"):
        if may(viewer, "evaluation.close_survey", survey_scope(survey)):
            yield _to_close(survey)


AREAS: tuple[Callable[[Viewer], Iterable[Task]], ...] = (
    monitoring.monitoring_work,
    self_evaluating.self_evaluation_work,
    evaluating.recheck_work,
    evaluating.evaluation_work,
    rectification_work,
    survey_work,
)
"""The areas of the year that have work to do, in the order of the year."""

DUE = Text("整改事项 {day} 到期：{problem}", "To be put right by {day}: {problem}")
LATE = Text("整改事项已逾期（应于 {day} 完成）：{problem}", "Overdue since {day}, to be put right: {problem}")


def remind_rectification() -> int:
    """Tell those who answer for an item that it falls due within three days, and once when it is overdue."""
    today, told = timezone.localdate(), 0
    rows = RectificationItem.objects.filter(
        state=State.OPEN, responsible_account__isnull=False, due_on__range=(today - timedelta(days=7), today + BEFORE)
    )
    for item in rows.order_by("due_on", "pk"):
        late = item.due_on < today
        words = (LATE if late else DUE).with_(day=item.due_on, problem=item.problem[:80])
        accounts = frozenset({item.responsible_account_id})
        kind = "overdue" if late else "due"
        told += tell(News(kind, words, _link(item), accounts), f"{kind}:rectification:{item.pk}:{item.due_on}", accounts)
    return told


ABOUT = ("indicator", "monitoring_row__indicator")
PROBLEM = Text("{what}：{problem}", "{what}: {problem}")
OF_INDICATOR = Text("{what} · “{name}”：{problem}", "{what}, “{name}”: {problem}")


def _own(item: RectificationItem) -> Task:
    about = item.indicator or (item.monitoring_row.indicator if item.monitoring_row is not None else None)
    words = PROBLEM if about is None else OF_INDICATOR
    words = words.with_(what=subject_of(item.table), name=about.name if about is not None else "", problem=item.problem[:60])
    return Task("rectify", words, _link(item), None, _day(item), Role.FILLER, item.due_on)


def _unowned(items: list[RectificationItem]) -> Task:
    order = items[0].order
    link = _link(items[0]) if len(items) == 1 else reverse("evaluation:order", args=[items[0].order_id])
    words = Text("{title}：{n} 个问题待制定措施", "{title}: {n} problems without a measure")
    return Task(
        "set_measure", words.with_(title=order.title if order else "", n=len(items)), link, None, _day(items[0]),
        Role.PERFORMANCE_OFFICER, min(item.due_on for item in items),
    )  # fmt: skip


def _waiting(items: list[RectificationItem]) -> Task:
    link = _link(items[0]) if len(items) == 1 else f"{reverse('evaluation:rectification')}?state=reported"
    who = Role.FINANCE_PERFORMANCE if by_finance(items[0]) else Role.PERFORMANCE_OFFICER
    words = Text("{n} 个整改事项待复核销号", "{n} rectifications to review").with_(n=len(items))
    return Task("review_rectified", words, link, None, min(_day(item) for item in items), who)


def _to_close(survey: Survey) -> Task:
    words = Text("{title}：已过截止日期，请结束调查", "{title}: past its last day; close it").with_(title=survey.title)
    link = reverse("evaluation:survey", args=[survey.pk])
    return Task("close_survey", words, link, None, survey.closes_on, Role.PERFORMANCE_OFFICER, survey.closes_on)


def _link(item: RectificationItem) -> str:
    return reverse("evaluation:rectification_item", args=[item.pk])


def _day(item: RectificationItem) -> date:
    return timezone.localtime(item.opened_at).date()
