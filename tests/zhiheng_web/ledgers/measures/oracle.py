"""The seven measures once more, one entry after the other in plain Python: what the statements are compared with."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from zhiheng_web.ledgers.models import Binding, EntryVersion


@dataclass
class Expected:
    """What one binding gives: counted and the others by reason; the figure; what explains it."""

    number: Decimal | None = None
    counted: int = 0
    due: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    of_version: dict[Any, list[str]] = field(default_factory=lambda: defaultdict(list))
    extra: dict[str, Any] = field(default_factory=dict)


def expected(binding: Binding, upto: date, known: datetime) -> Expected:
    """Count by hand."""
    chosen: dict[str, set[str]] = defaultdict(set)
    for row in binding.values.all():
        chosen[row.column].add(row.value)
    looked = []
    for version in EntryVersion.objects.filter(register=binding.register).prefetch_related("topic_rows"):
        if not version.known_from <= known < version.known_until:
            continue
        if any(getattr(version, name) not in chosen[name] for name in ("category", "level", "channel", "county") if chosen[name]):
            continue
        topics = {row.topic for row in version.topic_rows.all()}
        wanted = topics & chosen["topics"] if chosen["topics"] else topics
        if chosen["topics"] and not wanted:
            continue
        if binding.measure == "external" and version.category not in (binding.series, binding.benchmark):
            continue
        looked += [(version, topic) for topic in sorted(wanted)] if binding.once_by == "topic" else [(version, "")]
    return MEASURES[binding.measure](binding, chosen, looked, upto, known)


def once(binding: Binding, version: EntryVersion, topic: str) -> Any:
    if binding.once_by == "topic":
        return topic
    if binding.once_by == "organisation":
        return version.organisation_id or version.counts_as
    return version.counts_as


def standing(version: EntryVersion) -> str:
    return {"revoked": "revoked", "returned": "returned", "submitted": "pending"}.get(version.standing, "")


def gap(version: EntryVersion) -> str:
    return "" if not version.gap else "evidence" if version.gap == "evidence" else "check"


def fold(binding: Binding, rows: list[tuple[EntryVersion, str, str]], day: Any) -> tuple[Expected, list[EntryVersion]]:
    """Of what could count the earliest of each thing counts."""
    found, taken, kept = Expected(), set(), []
    for version, topic, reason in sorted(rows, key=lambda row: (day(row[0]) or date.max, row[0].entry_id)):
        thing = once(binding, version, topic)
        if not reason and thing in taken:
            reason = "duplicate"
        if not reason:
            taken.add(thing)
            kept.append(version)
            found.counted += 1
        else:
            found.reasons[reason] += 1
        found.of_version[version.pk].append(reason)
    return found, kept


def placed(binding: Binding, chosen: Any, version: EntryVersion, start: date, upto: date) -> str:
    day = getattr(version, binding.counted_on)
    if standing(version):
        return standing(version)
    if chosen["state"] and version.state not in chosen["state"]:
        return "state"
    if day is None:
        return "no_date"
    return "period" if not start <= day <= upto else gap(version)


def flow(binding: Binding, chosen: Any, looked: Any, upto: date, _known: Any) -> Expected:
    start = date(upto.year, 1, 1)
    earlier = set()
    if binding.first_ever:
        for version, topic in looked:
            day = getattr(version, binding.counted_on)
            if day and day < start and placed(binding, chosen, version, date.min, date.max) == "":
                earlier.add(once(binding, version, topic))
    rows = []
    for version, topic in looked:
        reason = placed(binding, chosen, version, start, upto)
        if not reason and once(binding, version, topic) in earlier:
            reason = "earlier"
        rows.append((version, topic, reason))
    found, kept = fold(binding, rows, lambda version: getattr(version, binding.counted_on))
    found.number = Decimal(len(kept))
    return found


def total(binding: Binding, chosen: Any, looked: Any, upto: date, _known: Any) -> Expected:
    rows = []
    for version, topic in looked:
        reason = placed(binding, chosen, version, date(upto.year, 1, 1), upto)
        rows.append((version, topic, reason or ("no_value" if getattr(version, binding.column) is None else "")))
    found, kept = fold(binding, rows, lambda version: getattr(version, binding.counted_on))
    found.number = sum((getattr(version, binding.column) for version in kept), Decimal(0)) * binding.scale
    return found


def in_force(binding: Binding, chosen: Any, version: EntryVersion, upto: date) -> str:
    if standing(version):
        return standing(version)
    if chosen["state"] and version.state not in chosen["state"]:
        return "state"
    if version.valid_from is None:
        return "no_date"
    if version.valid_from > upto:
        return "not_yet"
    return "ended" if version.valid_until and version.valid_until <= upto else gap(version)


def stock(binding: Binding, chosen: Any, looked: Any, upto: date, _known: Any) -> Expected:
    rows = [(version, topic, in_force(binding, chosen, version, upto)) for version, topic in looked]
    found, kept = fold(binding, rows, lambda version: version.valid_from)
    found.number = Decimal(len(kept))
    return found


def net(binding: Binding, chosen: Any, looked: Any, upto: date, known: Any) -> Expected:
    found = stock(binding, chosen, looked, upto, known)
    before = date(upto.year - 1, 12, 31)
    there = {day: {once(binding, v, t) for v, t in looked if in_force(binding, chosen, v, day) == ""} for day in (before, upto)}
    found.number = Decimal(len(there[upto]) - len(there[before]))
    found.extra = {"opening": len(there[before]), "closing": len(there[upto])}
    return found


def coverage(binding: Binding, chosen: Any, looked: Any, upto: date, _known: Any) -> Expected:
    found, best = Expected(), {}
    order = ["", "open", "evidence", "check", "late"]
    for version, topic in looked:
        reason = due(binding, chosen, version, upto)
        if reason not in order:
            found.reasons[reason] += 1
            found.of_version[version.pk].append(reason)
            continue
        best.setdefault(once(binding, version, topic), []).append(
            (order.index(reason), getattr(version, binding.counted_on), version.entry_id, version.pk)
        )
    for rows in best.values():
        (rank, _, _, key), *others = sorted(rows)
        found.due += 1
        found.counted += rank == 0
        found.of_version[key].append(order[rank])
        if rank:
            found.reasons[order[rank]] += 1
        for other in others:
            found.of_version[other[3]].append("duplicate")
            found.reasons["duplicate"] += 1
    found.number = Decimal(found.counted) * 100 / found.due if found.due else None
    return found


def due(binding: Binding, chosen: Any, version: EntryVersion, upto: date) -> str:
    day = getattr(version, binding.counted_on)
    if standing(version):
        return standing(version)
    if version.state in chosen["excused"]:
        return "state"
    if day is None:
        return "no_date"
    counts = not chosen["state"] or version.state in chosen["state"]
    left_over = binding.arrears and day.year < upto.year
    if left_over and counts and (version.done_on is None or version.done_on.year < upto.year):
        return "period"
    if day.year != upto.year and not left_over:
        return "period"
    if day > upto:
        return "not_due"
    done = counts and not (version.done_on and version.done_on > upto)
    late = bool(version.done_on and version.due_on and version.done_on > version.due_on) and not left_over
    if done and not version.gap and not late:
        return ""
    if version.due_on and version.due_on > upto:
        return "not_due"
    return "open" if not done else gap(version) or "late"


def cadence(binding: Binding, chosen: Any, looked: Any, upto: date, known: Any) -> Expected:
    start = date(upto.year, 1, 1)
    since: dict[Any, date] = {None: start}
    if binding.groups_id:
        since = {}
        for channel in EntryVersion.objects.filter(register=binding.groups, standing="confirmed", gap=""):
            began, ended = channel.valid_from or date.min, channel.valid_until or date.max
            if channel.known_from <= known < channel.known_until and began <= upto < ended:
                since[channel.entry_id] = max(start, began)
    rows = []
    for version, topic in looked:
        reason = placed(binding, chosen, version, start, upto)
        rows.append((version, topic, reason or ("no_channel" if binding.groups_id and version.about_id not in since else "")))
    found, kept = fold(binding, rows, lambda version: getattr(version, binding.counted_on))
    worst_gap, least = None, None
    for channel, first in since.items():
        days = sorted(getattr(v, binding.counted_on) for v in kept if not binding.groups_id or v.about_id == channel)
        marks = [first, *(day for day in days if day >= first), upto]
        longest = max((later - earlier).days for earlier, later in pairwise(marks))
        worst_gap = longest if worst_gap is None else max(worst_gap, longest)
        for window_start, window_end in windows(binding.window, first, upto):
            held = sum(window_start <= day <= window_end for day in days)
            least = held if least is None else min(least, held)
    found.extra = {"gap": worst_gap, "least": least}
    chosen_figure = worst_gap if binding.longest_gap is not None else least
    found.number = None if chosen_figure is None else Decimal(chosen_figure)
    return found


def windows(kind: str, first: date, upto: date) -> list[tuple[date, date]]:
    """Every whole window between two days, found by walking day by day."""
    same = {
        "week": lambda day: day.isocalendar()[:2],
        "month": lambda day: (day.year, day.month),
        "quarter": lambda day: (day.year, (day.month - 1) // 3),
        "": lambda day: None,
    }[kind]
    if not kind:
        return []
    days = [date(upto.year, 1, 1) - timedelta(8) + timedelta(n) for n in range(390)]
    groups: dict[Any, list[date]] = defaultdict(list)
    for day in days:
        groups[same(day)].append(day)
    return [(min(g), max(g)) for g in groups.values() if min(g) >= first and max(g) <= upto and min(g).year == upto.year]


def external(binding: Binding, chosen: Any, looked: Any, upto: date, _known: Any) -> Expected:
    found = Expected()
    usable = []
    for version, _ in looked:
        reason = standing(version)
        if not reason and chosen["state"] and version.state not in chosen["state"]:
            reason = "state"
        if not reason and version.data_year is None:
            reason = "no_date"
        if not reason and version.data_year != upto.year:
            reason = "period"
        reason = reason or gap(version) or ("no_value" if version.quantity is None else "")
        if reason:
            found.reasons[reason] += 1
            found.of_version[version.pk].append(reason)
        else:
            usable.append(version)
    newest = latest([version for version in usable if version.category == binding.series])
    beside = latest([v for v in usable if v.category == binding.benchmark and newest is not None and v.edition == newest.edition])
    for version in usable:
        counts = version in (newest, beside)
        found.counted += counts
        found.reasons["superseded"] += not counts
        found.of_version[version.pk].append("" if counts else "superseded")
    found.reasons += Counter()
    found.number = newest.quantity if newest else None
    found.extra = {"benchmark": beside.quantity if beside else None}
    return found


def latest(versions: list[EntryVersion]) -> EntryVersion | None:
    ranked = sorted(versions, key=lambda version: version.entry_id)
    return max(ranked, key=lambda version: (version.decided_on or date.min, version.edition), default=None)


MEASURES = {
    "flow": flow, "total": total, "stock": stock, "net": net, "coverage": coverage, "cadence": cadence, "external": external,
}  # fmt: skip
