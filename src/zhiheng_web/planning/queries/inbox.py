"""待审: everything that waits for a viewer's decision, across departments; what he sent; what he decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils import timezone

from zhiheng.plan.procedure import REQUIREMENTS, Outcome
from zhiheng.plan.route import needed
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.circulation.standing import Standing, standings
from zhiheng_web.planning.models import CellOpinion, Circulation, Decision, IndicatorRow
from zhiheng_web.planning.policies import visible_versions
from zhiheng_web.wording import Text

SORTS: dict[str, Text] = {
    "due": Text("按期限", "By due day"),
    "waiting": Text("按等待时间", "By waiting time"),
    "department": Text("按部门", "By department"),
    "amount": Text("按金额", "By amount"),
}
A_PAGE = 100
"""So many at most on one page; a bureau of finance filters by department, year and kind."""


@dataclass(frozen=True, slots=True)
class Item:
    """One table that waits. ``rows`` and ``opinions`` are how many indicators and unanswered opinions it has."""

    stands: Standing
    rows: int = 0
    opinions: int = 0

    @property
    def version(self) -> Any:
        """The version that waits."""
        return self.stands.version

    @property
    def needs(self) -> tuple[str, ...]:
        """What agreeing must carry."""
        checkpoint = self.stands.checkpoint
        return needed(checkpoint, Outcome.AGREE, last=self.stands.last) if checkpoint else ()

    @property
    def asks(self) -> list[Text]:
        """The same in words, without what the table itself must fulfil."""
        return [Text(*REQUIREMENTS[word]) for word in self.needs if word != "weights"]

    @property
    def late(self) -> bool:
        """Whether its day has passed."""
        due = self.stands.circulation.due_on if self.stands.circulation else None
        return due is not None and due < timezone.localdate()

    @property
    def key(self) -> str:
        """What a form sends back for it: the version and the turn that was shown."""
        return f"{self.version.pk}:{self.stands.turn}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: '' and None mean everything."""

    department: str = ""
    year: int | None = None
    kind: str = ""
    sort: str = "due"


@dataclass(frozen=True, slots=True)
class Inbox:
    """The items shown of ``total``, with the departments and years there are to choose from."""

    items: list[Item]
    total: int
    departments: list[tuple[str, str]]
    years: list[int]

    @property
    def needs(self) -> set[str]:
        """What agreeing to them must carry, taken together."""
        return {word for item in self.items for word in item.needs}


def _runs() -> QuerySet[Circulation]:
    return Circulation.objects.select_related("version__table__unit__department", "version__table__project", "submitted_by")


def waiting(viewer: Viewer, versions: Sequence[UUID] | None = None) -> list[Standing]:
    """Where every version stands that waits for the viewer. The same number of queries for any number of versions."""
    if viewer.account is None:
        return []
    runs = _runs().filter(
        ended_at__isnull=True, checkpoint_role__in=[role.value for role in viewer.roles], version__in=visible_versions(viewer).values("pk")
    )
    if versions is not None:
        runs = runs.filter(version__in=versions)
    by_version = {run.version_id: run for run in runs.defer("content").exclude(submitted_by=viewer.account)}
    found = standings([run.version for run in by_version.values()], by_version, offices=_signed_by_office)
    return [stands for stands in found.values() if stands.waits_for(viewer)]


def _signed_by_office(run: Circulation) -> bool:
    return run.position is not None and bool(run.checkpoints[run.position]["by_office"])


def inbox(viewer: Viewer, wanted: Wanted) -> Inbox:
    """What waits for the viewer, filtered and sorted. The same number of queries for any number of tables."""
    everything = waiting(viewer)
    departments = sorted({(str(row.version.table.unit.department_id), str(row.version.table.unit.department)) for row in everything})
    years = sorted({row.version.table.year for row in everything}, reverse=True)
    chosen = [row for row in everything if _is_wanted(row, wanted)]
    chosen.sort(key=_ORDER.get(wanted.sort, _ORDER["due"]))
    return Inbox(_counted(chosen[:A_PAGE]), len(chosen), departments, years)


def next_for(viewer: Viewer, after: UUID | None = None) -> Standing | None:
    """What to open next: the most urgent that waits, other than ``after``."""
    rest = [row for row in waiting(viewer) if row.version.pk != after]
    return min(rest, key=_ORDER["due"], default=None)


def _is_wanted(stands: Standing, wanted: Wanted) -> bool:
    table = stands.version.table
    return (
        (not wanted.department or str(table.unit.department_id) == wanted.department)
        and (wanted.year is None or table.year == wanted.year)
        and (not wanted.kind or table.kind == wanted.kind)
    )


def _order(first: Callable[[Standing], Any]) -> Callable[[Standing], Any]:
    return lambda row: (first(row), row.circulation.reached_at or row.circulation.submitted_at, str(row.version.pk))


_ORDER: dict[str, Callable[[Standing], Any]] = {
    "due": _order(lambda row: row.circulation.due_on or date.max),
    "waiting": _order(lambda _: 0),
    "department": _order(lambda row: (row.version.table.unit.department.code, row.version.table.unit.code)),
    "amount": _order(lambda row: -(row.version.total or 0)),
}


def _counted(rows: Sequence[Standing]) -> list[Item]:
    versions = [row.version.pk for row in rows]
    indicators = dict(IndicatorRow.objects.filter(version__in=versions).order_by().values_list("version").annotate(Count("pk")))
    unanswered = CellOpinion.objects.filter(version__in=versions, answered_at__isnull=True).order_by()
    opinions = dict(unanswered.values_list("version").annotate(Count("pk")))
    return [Item(row, indicators.get(row.version.pk, 0), opinions.get(row.version.pk, 0)) for row in rows]


def sent(viewer: Viewer) -> list[Item]:
    """What the viewer submitted and is still under way."""
    runs = _runs().filter(ended_at__isnull=True, submitted_by=viewer.account, version__in=visible_versions(viewer).values("pk"))
    by_version = {run.version_id: run for run in runs.defer("content")}
    return _counted(list(standings([run.version for run in by_version.values()], by_version, offices=_signed_by_office).values()))


def done(viewer: Viewer) -> list[Decision]:
    """What the viewer decided, the latest first."""
    rows = Decision.objects.filter(decided_by=viewer.account, circulation__version__in=visible_versions(viewer).values("pk"))
    seen = rows.select_related("circulation__version__table__unit__department", "circulation__version__table__project")
    return list(seen.defer("circulation__content").order_by("-decided_at")[:A_PAGE])
