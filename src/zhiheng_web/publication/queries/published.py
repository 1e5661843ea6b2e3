"""What is public: published packages and their content. The public pages, the static site and the downloads ask here and nowhere else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils import timezone

from zhiheng_web.publication.content import Content, from_json
from zhiheng_web.publication.models import Package


@dataclass(frozen=True)
class Published:
    """A published package. ``data`` is the frozen content as JSON, ``digest`` what review and signature are bound to.

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
    rows = Package.objects.filter(state=Package.State.PUBLISHED).select_related("corrected_by")
    if department is not None:
        rows = rows.filter(department=department)
    if year is not None:
        rows = rows.filter(year=year)
    if packages is not None:
        rows = rows.filter(pk__in=list(packages))
    return [_published(row) for row in rows.order_by("-year", "department__name", "kind", "-edition")]


def _published(row: Package) -> Published:
    later = getattr(row, "corrected_by", None)
    return Published(
        row.pk, row.department_id, row.year, row.kind, row.edition, later is None or later.state != Package.State.PUBLISHED, row.digest,
        _day(row.reviewed_at), _day(row.signed_at), _day(row.published_at), row.due_on, row.content,
    )  # fmt: skip


def _day(instant: Any) -> date:
    return timezone.localtime(instant).date()
