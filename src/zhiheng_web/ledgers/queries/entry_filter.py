"""What of a register is shown: a filter read from an address and nothing else, the same for a page, its counts and its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from zhiheng_web.ledgers.columns import COMMON, Kind
from zhiheng_web.ledgers.definition import RegisterDefinition
from zhiheng_web.ledgers.models import FOREVER, Register
from zhiheng_web.ledgers.policies import visible_versions
from zhiheng_web.organisation.viewer import Viewer

CHINA = ZoneInfo("Asia/Shanghai")

CHOSEN = ("state", "standing", "gap", "county", "category", "level", "channel", "topic")

SEARCHED = ("number", "title", "document", "organisation", "counterpart")

SORTABLE = frozenset({Kind.WORD, Kind.CHOICE, Kind.DATE, Kind.QUANTITY, Kind.MONEY, Kind.YEAR, Kind.COUNTY, Kind.ORGANISATION})

NO_COUNTY = "-"


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """What of a register is shown. ``dated`` is a date column with ``since`` and ``until``; ``known`` an earlier day as known on which.

    ``order`` is a column, with - before it for the newest or largest first. ``after`` and ``before`` say where a page begins.
    """

    chosen: Mapping[str, str] = field(default_factory=dict)
    dated: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""
    known: date | None = None
    order: str = ""
    after: str = ""
    before: str = ""

    def address(self, **changes: str) -> str:
        """The filter as the query of an address; ``changes`` replace or, with '', leave out."""
        said = dict(self.chosen) | {"dated": self.dated, "words": self.words, "order": self.order}
        said |= {
            name: day.isoformat() if day else "" for name, day in (("since", self.since), ("until", self.until), ("known", self.known))
        }
        said |= {"after": self.after, "before": self.before} | changes
        return urlencode({name: value for name, value in said.items() if value})

    @property
    def bare(self) -> bool:
        """Whether everything is shown."""
        return not (self.chosen or self.since or self.until or self.words or self.known)


def read_filter(query: Mapping[str, str], definition: RegisterDefinition, hidden: frozenset[str]) -> EntryFilter:
    """The filter of an address. What the register has no column for, or the viewer may not see, does not filter."""
    chosen = {name: query.get(name, "").strip()[:60] for name in CHOSEN}
    usable = {name for name in CHOSEN if name in ("state", "standing", "gap") or definition.has("topics" if name == "topic" else name)}
    dated = query.get("dated", "")
    dates = [column.name for column in definition.columns if column.kind is Kind.DATE and not column.detail and column.name not in hidden]
    order = query.get("order", "")
    return EntryFilter(
        chosen={name: value for name, value in chosen.items() if value and name in usable and name not in hidden},
        dated=dated if dated in dates else (dates[0] if dates else ""),
        since=_day(query.get("since", "")),
        until=_day(query.get("until", "")),
        words=query.get("words", "").strip()[:100],
        known=_day(query.get("known", "")),
        order=order if order.removeprefix("-") in sortable(definition, hidden) else "",
        after=query.get("after", "")[:400],
        before=query.get("before", "")[:400],
    )


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words.strip())
    except ValueError:
        return None


def sortable(definition: RegisterDefinition, hidden: frozenset[str]) -> frozenset[str]:
    """The columns by which a list may be sorted: common ones that the viewer sees in clear."""
    return frozenset(
        column.name for column in definition.columns if not column.detail and column.kind in SORTABLE and column.name not in hidden
    )


def known_at(day: date) -> datetime:
    """The instant up to which something is known on a day: its end in China."""
    return datetime.combine(day + timedelta(days=1), time(), CHINA)


def filtered(
    viewer: Viewer, register: Register, asked: EntryFilter, definition: RegisterDefinition, hidden: frozenset[str]
) -> QuerySet[Any]:
    """The versions that the filter lets through, unsorted."""
    rows = visible_versions(viewer).filter(register=register)
    if asked.known is None:
        rows = rows.filter(known_until=FOREVER)
    else:
        rows = rows.filter(known_from__lt=known_at(asked.known), known_until__gte=known_at(asked.known))
    return rows.filter(_chosen(asked.chosen), _dated(asked), _worded(asked.words, definition, hidden)).order_by()


def _chosen(chosen: Mapping[str, str]) -> Q:
    found = Q()
    for name, value in chosen.items():
        if name == "topic":
            found &= Q(topic_rows__topic=value)
        elif name == "gap":
            found &= Q(gap="evidence") if value == "evidence" else ~Q(gap="") if value == "any" else Q(gap="" if value == "none" else value)
        elif name == "county" and value == NO_COUNTY:
            found &= Q(county="")
        else:
            found &= Q(**{name: value})
    return found


def _dated(asked: EntryFilter) -> Q:
    found = Q()
    if asked.dated and asked.since:
        found &= Q(**{f"{asked.dated}__gte": asked.since})
    if asked.dated and asked.until:
        found &= Q(**{f"{asked.dated}__lte": asked.until})
    return found


def _worded(words: str, definition: RegisterDefinition, hidden: frozenset[str]) -> Q:
    """Every word stands in one of the searched columns that the viewer sees in clear."""
    names = [name for name in SEARCHED if definition.has(name) and name not in hidden]
    found = Q()
    for word in words.split():
        one = Q(pk__in=[])
        for name in names:
            refers = COMMON[name].kind is Kind.ORGANISATION
            one |= (
                Q(**{f"{name}_name__icontains": word}) | Q(**{f"{name}__uscc": word.upper()})
                if refers
                else Q(**{f"{name}__icontains": word})
            )
        found &= one
    return found
