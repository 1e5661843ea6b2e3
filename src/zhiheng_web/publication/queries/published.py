"""What is public: published packages and their content; of a withdrawn edition only that it was withdrawn. The public pages, the static
site and the downloads ask here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from zhiheng_web.publication.content import Content, from_json
from zhiheng_web.publication.grounds import grounds
from zhiheng_web.publication.models import Package, Withdrawal
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """撤回: the day, and the ground in words. Why in particular stays inside. ``pages`` are those that the edition had."""

    on: date
    ground: str
    name: Text
    basis: Text
    checked: bool
    pages: tuple[str, ...]


@dataclass(frozen=True)
class Published:
    """A published package. ``data`` is the frozen content as JSON, ``digest`` what review and signature are bound to.

    ``withdrawn``: it is public no more, and ``data`` holds nothing but its head.

    ``edition`` 1 is the first; ``latest`` tells that no later edition corrects it. The days stand beside the content, not in it:
    ``reviewed_on`` 保密审查, ``signed_on`` 签发, ``published_on`` 公开. ``late`` is the number of days past ``due_on``,
    0 in time; only the first edition has a day to keep.
    """

    package: UUID
    department: UUID
    year: int
    kind: str
    edition: int
    latest: bool
    digest: str
    reviewed_on: date
    signed_on: date
    published_on: date
    due_on: date
    data: dict[str, Any]
    withdrawn: Withdrawn | None = None

    @cached_property
    def content(self) -> Content:
        """The content as values."""
        return from_json(self.data)

    @property
    def late(self) -> int:
        """Days past the last day to publish; 0: in time, or a correction of what was published before."""
        return max(0, (self.published_on - self.due_on).days) if self.edition == 1 else 0


def published(department: UUID | None = None, year: int | None = None, packages: Collection[UUID] | None = None) -> list[Published]:
    """Every published package, each edition, the newest first; without bounds those of all departments. One query."""
    taken = Withdrawal.objects.filter(package=OuterRef("pk"), state=Withdrawal.State.AGREED)
    rows = Package.objects.filter(state=Package.State.PUBLISHED).select_related("corrected_by").annotate(
        withdrawn_at=Subquery(taken.values("decided_at")[:1]), withdrawn_ground=Subquery(taken.values("ground")[:1])
    )  # fmt: skip
    if department is not None:
        rows = rows.filter(department=department)
    if year is not None:
        rows = rows.filter(year=year)
    if packages is not None:
        rows = rows.filter(pk__in=list(packages))
    return [_published(row) for row in rows.order_by("-year", "department__name", "kind", "-edition")]


def _published(row: Package) -> Published:
    later = getattr(row, "corrected_by", None)
    withdrawn = _withdrawn(row)
    return Published(
        row.pk, row.department_id, row.year, row.kind, row.edition, later is None or later.state != Package.State.PUBLISHED, row.digest,
        _day(row.reviewed_at), _day(row.signed_at), _day(row.published_at), row.due_on,
        row.content if withdrawn is None else head_only(row.content), withdrawn,
    )  # fmt: skip


def _day(instant: Any) -> date:
    return timezone.localtime(instant).date()


def _withdrawn(row: Any) -> Withdrawn | None:
    if row.withdrawn_at is None:
        return None
    ground = grounds()[row.withdrawn_ground]
    return Withdrawn(_day(row.withdrawn_at), ground.code, ground.name, ground.basis, ground.checked, tuple(pages_in(row.content)))


def head_only(data: dict[str, Any]) -> dict[str, Any]:
    """A content of which only the head is left, without what a correction said of the edition before it."""
    blank = {name: [] if isinstance(value, list) else value if isinstance(value, str) else None for name, value in data.items()}
    return {**blank, "head": {**data["head"], "corrects": None}}


def pages_in(data: dict[str, Any]) -> Iterator[str]:
    """The pages of an edition below its folder: of the package, each table, duty, row and report."""
    yield "index.html"
    for table in data["tables"]:
        yield f"{table['slug']}/index.html"
        yield from (f"{table['slug']}/{one['slug']}.html" for one in (*table["duties"], *table["rows"]))
    yield from (f"{slug}.html" for one in data["evaluations"] if (slug := one.get("slug")))
