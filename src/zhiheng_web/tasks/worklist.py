"""The work list: what a viewer must do and by when. Derived from where each table stands; nothing of it is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone

from zhiheng.plan.procedure import EDITABLE, EDITORS, Role
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import CellOpinion, Circulation, TableVersion
from zhiheng_web.planning.policies import visible_versions
from zhiheng_web.planning.queries.inbox import waiting
from zhiheng_web.tasks.deadlines import Deadlines
from zhiheng_web.wording import Text

KINDS: dict[str, Text] = {
    "decide": Text("审核", "Review"),
    "submit": Text("填写并送审", "Fill in and submit"),
    "mend": Text("修改后重新送审", "Mend and submit again"),
    "answer": Text("答复意见", "Answer opinions"),
    "confirm": Text("确认调整", "Confirm the adjustment"),
}


Source = Callable[[Viewer], "Iterable[Task]"]
_sources: list[Source] = []


def register_work(kinds: Mapping[str, Text], source: Source) -> None:
    """Put this, too, on the work list: what an app above has for a viewer to do. Called in AppConfig.ready."""
    KINDS.update(kinds)
    if source not in _sources:
        _sources.append(source)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do (待办事项). ``version`` None: it is about no table, and for the viewer who asked.

    ``who`` is the role it waits for, ``person`` the one person if it waits for nobody else;
    ``due_on`` None: no deadline is set.
    """

    kind: str
    text: Text
    link: str
    version: TableVersion | None
    since: date
    who: Role
    due_on: date | None = None
    submitted_by: UUID | None = None
    person: UUID | None = None

    @property
    def name(self) -> Text:
        """The kind in words."""
        return KINDS[self.kind]

    def days_left(self, today: date) -> int | None:
        """Days until it is due; negative when it is overdue."""
        return None if self.due_on is None else (self.due_on - today).days

    @property
    def left(self) -> int | None:
        """Days left today."""
        return self.days_left(timezone.localdate())


def scope_of(version: TableVersion) -> Scope:
    """Where a version belongs, without the offices of its duties."""
    return Scope(version.table.unit.department_id, version.table.unit_id)


def mine(viewer: Viewer) -> list[Task]:
    """What the viewer must do, most urgent first. The same number of queries for any number of tables."""
    deciding = {stands.version.pk for stands in waiting(viewer)}

    def is_mine(task: Task) -> bool:
        if task.version is None:
            return True
        if task.person is not None:
            return viewer.account is not None and task.person == viewer.account.pk
        return task.version.pk in deciding if task.kind == "decide" else _fills(viewer, task)

    return in_order([*filter(is_mine, open_work(viewer)), *registered(viewer)])


def overdue(viewer: Viewer, today: date) -> list[Task]:
    """What is overdue within the viewer's reach, whoever must do it."""
    every = [*open_work(viewer), *registered(viewer)]
    return in_order(task for task in every if task.due_on is not None and task.due_on < today)


def registered(viewer: Viewer) -> Iterator[Task]:
    """What other apps have for the viewer to do."""
    for source in _sources:
        yield from source(viewer)


def in_order(tasks: Iterable[Task]) -> list[Task]:
    """By due day, those without one last; then the longest waiting."""
    return sorted(tasks, key=lambda task: (task.due_on or date.max, task.since))


def open_work(viewer: Viewer) -> Iterator[Task]:
    """All open work on the versions that the viewer may read. A constant number of queries."""
    return _work(visible_versions(viewer))


def every_task() -> Iterator[Task]:
    """All open work of the installation: for the service's own reminders."""
    return _work(TableVersion.objects.all())


def _work(versions: QuerySet[TableVersion]) -> Iterator[Task]:
    seen = versions.select_related("table__unit__department", "table__project", "second_person")
    drafts = list(seen.filter(state__in=[state.value for state in EDITABLE]))
    under_way = Circulation.objects.filter(ended_at__isnull=True, version__in=versions)
    circulations = list(under_way.select_related("version__table__unit__department", "version__table__project"))
    deadlines = Deadlines({version.table.unit.department_id for version in [*drafts, *(row.version for row in circulations)]})
    unanswered = dict(
        CellOpinion.objects.filter(version__in=drafts, answered_at__isnull=True).values_list("version").annotate(Count("pk")).order_by()
    )
    for version in drafts:
        yield from _draft(version, unanswered.get(version.pk, 0), deadlines)
    for circulation in circulations:
        yield _waiting(circulation)


def _draft(version: TableVersion, opinions: int, deadlines: Deadlines) -> Iterator[Task]:
    table, since = version.table, timezone.localdate(version.created_at)
    due = _due(version, deadlines)
    returned = version.state == "returned"
    edit = reverse("planning:edit", args=[version.pk])
    yield Task(
        "mend" if returned else "submit", Text(f"{table}绩效目标表", f"{table}: performance table"), edit, version, since, Role.FILLER, due
    )
    if opinions:
        words = Text(f"{table}：{opinions} 条意见待答复", f"{table}: {opinions} opinions to answer")
        yield Task("answer", words, edit, version, since, Role.FILLER, due)
    if version.second_person_id and version.second_confirmed_at is None:
        words = Text(f"{table}：作为第二人确认目标调整", f"{table}: confirm the adjustment as the second person")
        link = reverse("planning:review", args=[version.pk])
        yield Task("confirm", words, link, version, since, Role.PERFORMANCE_OFFICER, due, person=version.second_person_id)


def submission_due(version: TableVersion) -> date | None:
    """By when an open version must be submitted; None: no deadline is set. Its table and unit must be loaded."""
    return _due(version, Deadlines([version.table.unit.department_id]))


def _due(version: TableVersion, deadlines: Deadlines) -> date | None:
    begun = timezone.localdate(version.created_at)
    return deadlines.due(version.table.unit.department_id, version.table.year, "submit", begun)


def _waiting(circulation: Circulation) -> Task:
    version = circulation.version
    checkpoint = circulation.checkpoints[circulation.position or 0]
    words = Text(f"{version.table}：{checkpoint['name_zh']}", f"{version.table}: {checkpoint['name_en']}")
    link = reverse("planning:review", args=[version.pk])
    begun = timezone.localdate(circulation.submitted_at)
    return Task("decide", words, link, version, begun, Role(circulation.checkpoint_role), circulation.due_on, circulation.submitted_by_id)


def _fills(viewer: Viewer, task: Task) -> bool:
    """Whether the viewer fills in the table: somebody of its unit, or of an office in it."""
    if task.version is None:
        return False
    scope = scope_of(task.version)
    return any(held.covers(scope) or (held.office is not None and held.unit == scope.unit) for held in viewer.bounds(EDITORS))
