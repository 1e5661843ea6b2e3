"""Which version of a table a reader means by the table."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Case, F, IntegerField, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from zhiheng.plan.procedure import State
from zhiheng_web.planning.models import TableVersion

OPEN_STATES = (State.DRAFT.value, State.RETURNED.value, State.CIRCULATING.value)


def current(versions: Sequence[TableVersion]) -> TableVersion:
    """The open version, else the one in force, else the newest, of those that the reader may see."""
    return max(versions, key=lambda row: (row.state in OPEN_STATES, row.state == State.APPROVED, row.number))


def meant(versions: QuerySet[TableVersion]) -> QuerySet[TableVersion]:
    """The same for many tables at once, by the database."""
    rank = Case(When(state__in=OPEN_STATES, then=Value(2)), When(state=State.APPROVED.value, then=Value(1)), default=Value(0))
    order = Window(RowNumber(), partition_by=F("table_id"), order_by=[rank.desc(), F("number").desc()], output_field=IntegerField())
    ranked = TableVersion.objects.filter(pk__in=versions.order_by().values("pk")).annotate(place=order)
    return TableVersion.objects.filter(pk__in=ranked.filter(place=1).values("pk"))
