"""The checks of a register on drafts, for many at once: what refuses them, what keeps them from counting, what is only shown.

Each check of the definition is one function over all drafts; what a check needs of the database it fetches once. Values of details are
canonical words, as a version gives them back.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

from django.db.models import Model

from zhiheng_web.ledgers.columns import COMMON, REFERENCES
from zhiheng_web.ledgers.definition import Check, RegisterDefinition
from zhiheng_web.ledgers.entering.cells import REQUIRED, Fault
from zhiheng_web.ledgers.entering.rules import RULES, Facts
from zhiheng_web.ledgers.models import FOREVER, Entry, EntryVersion, Register
from zhiheng_web.ledgers.writing import BATCH, Draft, words_of
from zhiheng_web.organisation.calendar import working_days
from zhiheng_web.trail.action import Refusal
from zhiheng_web.wording import Text

EVENTS = ("received_on", "recommended_on", "happened_on", "decided_on", "done_on")
"""Dates of what has happened: never later than the day of entering."""
FUTURE = Text(
    "“{column}”是 {day}，还没有到；请核对日期，事项办理后再登记。",
    "“{column}” is {day}, which is still to come: check it, or record it once it has happened.",
)
OTHER_YEAR = Text(
    "“{column}”是 {day}，不在 {year} 年度；如确属补登，可以保存。",
    "“{column}” is {day}, not in {year}: it may be stored if it is entered late.",
)
NO_STATE = Text("“{state}”不是本台账的办理状态；可选：{choices}。", "“{state}” is no state of this register; choose one of: {choices}.")
NO_RULE = Text(
    "业务包没有提供规则“{name}”，无法核对；请联系管理员启用相应的业务包。",
    "The rule “{name}” is not there: ask the administrator for the pack.",
)
LIVE = (EntryVersion.Standing.SUBMITTED, EntryVersion.Standing.CONFIRMED)


@dataclass(slots=True)
class Checked:
    """What the checks say of one draft: ``faults`` refuse it, ``failed`` is the gap of an uncounted check, ``warnings`` are shown."""

    faults: list[Fault] = field(default_factory=list)
    failed: str = ""
    warnings: list[Fault] = field(default_factory=list)


def check_drafts(register: Register, definition: RegisterDefinition, drafts: Sequence[Draft], today: date) -> list[Checked]:
    """All checks on all drafts. The number of queries does not grow with the drafts (one for each 2,000 where a check asks)."""
    told = [Checked() for _ in drafts]
    _own(definition, drafts, told, today)
    facts = Facts(register, definition, today)
    for check in definition.checks:
        concerned = [
            number for number, draft in enumerate(drafts) if check.kind == "limit" or not check.states or draft.state in check.states
        ]
        if not concerned:
            continue
        passed = KINDS[check.kind]([drafts[number] for number in concerned], check, facts)
        for number, passes in zip(concerned, passed, strict=True):
            if not passes:
                _tell(told[number], check, definition)
    return told


def failing(register: Register, definition: RegisterDefinition, drafts: Sequence[Draft], today: date) -> list[Draft]:
    """The drafts with ``failed`` as the uncounted checks say now: for a version that is written for another reason."""
    uncounted = replace(definition, checks=tuple(check for check in definition.checks if check.effect == "uncounted"))
    if not uncounted.checks:
        return [replace(draft, failed="") if draft.failed else draft for draft in drafts]
    told = check_drafts(register, uncounted, drafts, today)
    return [replace(draft, failed=checked.failed) for draft, checked in zip(drafts, told, strict=True)]


def _tell(checked: Checked, check: Check, definition: RegisterDefinition) -> None:
    names = [name for name in check.columns if definition.has(name)] or [""]
    fault = Fault(names[-1] if check.kind in ("order", "within") else names[0], check.code, check.text)
    if check.effect == "refuse":
        checked.faults.append(fault)
    elif check.effect == "warn":
        checked.warnings.append(fault)
    else:
        checked.failed = checked.failed or check.code


def _own(definition: RegisterDefinition, drafts: Sequence[Draft], told: Sequence[Checked], today: date) -> None:
    """What holds for every register: a known state, no event to come."""
    states = {state.code for state in definition.states}
    events = [name for name in EVENTS if definition.has(name)]
    lasting = definition.has("valid_until") or definition.has("valid_from")
    for draft, checked in zip(drafts, told, strict=True):
        if draft.state not in states:
            choices = "、".join(state.zh for state in definition.states)
            checked.faults.append(Fault("state", "state", NO_STATE.with_(state=draft.state, choices=choices)))
        for name in events:
            day = draft.values.get(name)
            if day is None:
                continue
            if day > today:
                checked.faults.append(Fault(name, "future", FUTURE.with_(column=definition.column(name).text, day=day)))
            elif not lasting and day.year != today.year:
                text = OTHER_YEAR.with_(column=definition.column(name).text, day=day, year=today.year)
                checked.warnings.append(Fault(name, "other_year", text))


def missing(definition: RegisterDefinition, draft: Draft) -> list[Fault]:
    """Required columns that a draft has not."""
    return [
        Fault(column.name, "required", REQUIRED.with_(column=column.text))
        for column in definition.required
        if not (draft.topics if column.name == "topics" else words_of(draft.values.get(column.name)))
    ]


def _day(value: Any) -> date | None:
    if isinstance(value, date) or value is None:
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _number(value: Any) -> Decimal | None:
    try:
        return None if value in (None, "") else Decimal(str(value))
    except InvalidOperation:
        return None


def _order(drafts: Sequence[Draft], check: Check, _: Facts) -> Iterable[bool]:
    for draft in drafts:
        days = [day for day in (_day(draft.values.get(name)) for name in check.columns) if day is not None]
        yield all(first < second or (first == second and not check.strict) for first, second in pairwise(days))


def _within(drafts: Sequence[Draft], check: Check, _: Facts) -> Iterable[bool]:
    first, second = check.columns[:2]
    pairs = [(_day(draft.values.get(first)), _day(draft.values.get(second))) for draft in drafts]
    starts = [start for start, end in pairs if start is not None and end is not None]
    if not starts:
        return [True] * len(pairs)
    days = check.days or 0
    last = Deadlines(min(starts), max(starts), days, working=check.working)
    return [start is None or end is None or end <= last.after(start) for start, end in pairs]


class Deadlines:
    """The day so many days after others, with the calendar of the whole span fetched once."""

    def __init__(self, first: date, last: date, days: int, *, working: bool) -> None:
        self.days, self.worked = days, None
        if working:
            calendar = working_days(first, last + timedelta(days=days * 2 + 40))
            self.worked = [day for day, works in calendar.items() if works]

    def after(self, day: date) -> date:
        """The last day of the time: ``day`` itself is not counted."""
        if self.worked is None:
            return day + timedelta(days=self.days)
        return self.worked[min(bisect_right(self.worked, day) + max(self.days, 1) - 1, len(self.worked) - 1)]


def _together(drafts: Sequence[Draft], check: Check, _: Facts) -> Iterable[bool]:
    return [len({bool(words_of(draft.values.get(name))) for name in check.columns}) <= 1 for draft in drafts]


def _range(drafts: Sequence[Draft], check: Check, facts: Facts) -> Iterable[bool]:
    dated = COMMON.get(check.columns[0]) is not None and check.columns[0].endswith(("_on", "_from", "_until"))
    read: Callable[[Any], Any] = _day if dated else _number
    least, most = _bound(check.least, facts.today, 1, 1, read), _bound(check.most, facts.today, 12, 31, read)
    for draft in drafts:
        found = [value for value in (read(draft.values.get(name)) for name in check.columns) if value is not None]
        yield all((least is None or least <= value) and (most is None or value <= most) for value in found)


def _bound(words: str, today: date, month: int, day: int, read: Callable[[Any], Any]) -> Any:
    """A bound as written; ``year`` is the first or last day of the running year, ``today`` the day itself."""
    if words == "year":
        return date(today.year, month, day) if read is _day else today.year
    return today if words == "today" else read(words or None)


def _limit(drafts: Sequence[Draft], check: Check, facts: Facts) -> Iterable[bool]:
    """Each further entry beyond the limit fails; those already open count first."""
    groups = [_group(draft, check) for draft in drafts]
    asked = {group[0] for group in groups if group}
    taken: Counter[tuple[str, ...]] = Counter()
    own = {draft.entry.pk for draft in drafts if draft.entry is not None}
    names = [_field(name) for name in check.per]
    values = sorted(asked)
    for start in range(0, len(values), BATCH):
        versions = EntryVersion.objects.filter(register=facts.register, known_until=FOREVER, standing__in=LIVE)
        versions = versions.filter(**{f"{names[0]}__in": values[start : start + BATCH]})
        versions = versions.filter(state__in=check.states) if check.states else versions
        for entry, *per in versions.order_by().values_list("entry_id", *names):
            if entry not in own:
                taken[tuple(_bare(one) for one in per)] += 1
    passed = []
    for group in groups:
        taken[group] += 1
        passed.append(not group or taken[group] <= int(Decimal(check.most or "0")))
    return passed


def _group(draft: Draft, check: Check) -> tuple[str, ...]:
    """What the limit counts the draft under; () where it is not counted."""
    if check.states and draft.state not in check.states:
        return ()
    per = tuple(_bare(draft.values.get(name)) for name in check.per)
    return per if per and all(per) else ()


def _field(name: str) -> str:
    if name not in COMMON:
        return f"details__{name}"
    return f"{name}_id" if COMMON[name].kind in REFERENCES else name


def _bare(value: Any) -> str:
    return str(value.pk) if isinstance(value, Model) else words_of(value)


def _same(drafts: Sequence[Draft], check: Check, _: Facts) -> Iterable[bool]:
    own, theirs = check.columns[:2]
    about = {value.pk for value in (draft.values.get("about") for draft in drafts) if isinstance(value, Entry)}
    known: dict[Any, str] = {}
    for start in range(0, len(about), BATCH):
        versions = EntryVersion.objects.filter(entry__in=list(about)[start : start + BATCH], known_until=FOREVER).order_by()
        known.update({entry: _bare(value) for entry, value in versions.values_list("entry_id", _field(theirs))})
    for draft in drafts:
        entry, value = draft.values.get("about"), _bare(draft.values.get(own))
        yield not isinstance(entry, Entry) or not value or known.get(entry.pk, "") in ("", value)


def _rule(drafts: Sequence[Draft], check: Check, facts: Facts) -> Iterable[bool]:
    rule = RULES.get(check.rule)
    if rule is None:
        raise Refusal("no_rule", NO_RULE.with_(name=check.rule))
    return rule(drafts, check, facts)


KINDS: dict[str, Callable[[Sequence[Draft], Check, Facts], Iterable[bool]]] = {
    "order": _order, "within": _within, "together": _together, "range": _range, "limit": _limit, "same": _same, "rule": _rule,
}  # fmt: skip
