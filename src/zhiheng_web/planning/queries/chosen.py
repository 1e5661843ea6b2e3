"""Which version of a table a reader means by the table."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Case, F, IntegerField, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from zhiheng.plan.procedure import OPEN, State
from zhiheng_web.planning.models import TableVersion

RANK = Case(When(state__in=OPEN, then=Value(2)), When(state=State.APPROVED.value, then=Value(1)), default=Value(0))
"""Among the versions of one table the one with the highest rank is meant, and of equals the one with the highest number."""


def current(versions: Sequence[TableVersion]) -> TableVersion:
    """The open version, else the one in force, else the newest, of those that the reader may see."""
    return max(versions, key=lambda row: (row.state in OPEN, row.state == State.APPROVED, row.number))


def meant(versions: QuerySet[TableVersion]) -> QuerySet[TableVersion]:
    """The same for many tables at once, by the database: those of ``versions`` that no other of them comes before."""
    order = Window(RowNumber(), partition_by=F("table_id"), order_by=[RANK.desc(), F("number").desc()], output_field=IntegerField())
    ranked = versions.order_by().annotate(place=order).values("pk", "place")
    return TableVersion.objects.filter(pk__in=ranked.filter(place=1).values("pk"))
