"""From words to drafts that may be written: read, found, checked, with every fault at its column. Used by form, paste, sheet and API."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model

from zhiheng_web.ledgers.columns import SEALED, Kind
from zhiheng_web.ledgers.definition import Move, RegisterDefinition
from zhiheng_web.ledgers.entering.cells import Fault, Row, cells_of
from zhiheng_web.ledgers.entering.checking import Deadlines, check_drafts, missing
from zhiheng_web.ledgers.entering.references import resolve
from zhiheng_web.ledgers.models import FOREVER, EntryVersion, Register
from zhiheng_web.ledgers.writing import BATCH, Draft, key_of, words_of
from zhiheng_web.organisation.models import ReportingUnit
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

DUPLICATE = Text(
    "“{key}”已经登记过：{title}（{standing}）。请打开该记录更正，不要重复登记。",
    "“{key}” is recorded already: {title} ({standing}). Correct that entry instead of recording it again.",
)
DUPLICATE_HIDDEN = Text(
    "“{key}”已由其他单位登记过。请联系主管科室核对。", "“{key}” is recorded already by another unit. Ask the office in charge."
)
TWICE = Text("“{key}”在本次填报中出现两次；请删去其中一条。", "“{key}” comes twice in what you enter: remove one of the two.")
OTHER_COUNTY = Text("只能填报本县区（{county}）的事项，这里是 {given}。", "You report for {county} only; this says {given}.")
OTHER_UNIT = Text("只能填报本单位（{unit}）的事项。", "You report for {unit} only.")
STANDING_NAMES = {
    "submitted": Text("待确认", "awaiting confirmation"), "returned": Text("已退回", "returned"),
    "confirmed": Text("已确认", "confirmed"), "revoked": Text("已撤销", "revoked"),
}  # fmt: skip


@dataclass(slots=True)
class Prepared:
    """One row on its way: ``draft`` as far as it could be read, ``faults`` that refuse it, ``warnings`` that are shown."""

    draft: Draft
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Entering:
    """Who enters into which register on what day: the ``standing`` of what is entered, and the reporting unit, if one reports."""

    register: Register
    definition: RegisterDefinition
    today: date
    standing: str
    reporter: ReportingUnit | None = None


def prepare(
    entering: Entering, rows: Sequence[Mapping[str, str]], *, state: str = "", create: bool = False, known: Collection[str] = ()
) -> list[Prepared]:
    """Rows of words as drafts of new entries, checked. ``create``: new organisations and people are made (inside an action only).

    ``known`` are keys that may exist already (an import that writes a new version of them). ``state`` in words comes first.
    """
    definition = entering.definition
    cells = cells_of(definition)
    read = [cells.read(scoped(entering, words)) for words in rows]
    resolve(entering.register, definition, read, create=create)
    first = state or definition.first_state
    states = {word: one.code for one in definition.states for word in (one.en, one.zh, one.code)}
    drafts = [
        _draft(entering, row, states.get(words.get("state", ""), words.get("state", "")) or first)
        for row, words in zip(read, rows, strict=True)
    ]
    return judged(entering, drafts, [row.faults for row in read], known=known)


def _draft(entering: Entering, row: Row, state: str) -> Draft:
    reporter = entering.reporter.pk if entering.reporter else None
    return Draft(row.values, state, entering.standing, row.topics, reporter=reporter)


def judged(
    entering: Entering, drafts: Sequence[Draft], faults: Sequence[Sequence[Fault]] = (), *, known: Collection[str] | None = ()
) -> list[Prepared]:
    """Typed drafts with their due day, through all checks. ``known`` None: identities are not looked at (a change of known entries)."""
    dued = due(entering.definition, drafts)
    told = check_drafts(entering.register, entering.definition, dued, entering.today)
    given = faults or [()] * len(drafts)
    found = [
        Prepared(
            draft if draft.failed == checked.failed else replace(draft, failed=checked.failed),
            [*earlier, *checked.faults, *_outside(entering, draft)],
            checked.warnings,
        )
        for draft, checked, earlier in zip(dued, told, given, strict=True)
    ]
    for prepared in found:
        named = {fault.column for fault in prepared.faults}
        prepared.faults.extend(fault for fault in missing(entering.definition, prepared.draft) if fault.column not in named)
    if known is not None:
        _refuse_duplicates(entering, found, known)
    return found


def scoped(entering: Entering, words: Mapping[str, str]) -> Mapping[str, str]:
    """What a reporting unit need not write: its county, or its own code."""
    unit, definition = entering.reporter, entering.definition
    if unit is None:
        return words
    own: dict[str, str] = {}
    if definition.has("county") and unit.division_code and not words.get("county"):
        own["county"] = unit.division_code[:6]
    if unit.uscc and definition.has("organisation") and not words.get("organisation"):
        own |= {"organisation": unit.uscc, "organisation_name": words.get("organisation_name") or unit.name}
    return {**words, **own}


def _outside(entering: Entering, draft: Draft) -> list[Fault]:
    """What lies outside a reporting unit's scope: another county, another unit."""
    unit = entering.reporter
    if unit is None:
        return []
    county, organisation = draft.values.get("county", ""), draft.values.get("organisation")
    if unit.division_code and county and county != unit.division_code[:6]:
        return [Fault("county", "other_county", OTHER_COUNTY.with_(county=unit.name, given=county))]
    if unit.kind == ReportingUnit.Kind.OUTSIDE and unit.uscc and organisation is not None and organisation.uscc != unit.uscc:
        return [Fault("organisation", "other_unit", OTHER_UNIT.with_(unit=unit.name))]
    return []


def due(definition: RegisterDefinition, drafts: Sequence[Draft], taken: Move | None = None) -> list[Draft]:
    """The drafts with ``due_on`` where a time runs: of the next steps the earliest, else of the step ``taken``.

    A day that people give (a required column) is left alone, one that stands there is only replaced by a step that was taken.
    """
    if not definition.has("due_on") or definition.column("due_on").required:
        return list(drafts)
    timed = [move for move in definition.moves if move.days is not None and move.days_from]
    wanted: dict[Move, list[date]] = {}
    for draft in drafts:
        for move, start in _running(draft, timed, taken):
            wanted.setdefault(move, []).append(start)
    ends = {move: Deadlines(min(days), max(days), move.days or 0, working=move.working) for move, days in wanted.items()}
    found = []
    for draft in drafts:
        days = [ends[move].after(start) for move, start in _running(draft, timed, taken)]
        found.append(replace(draft, values={**draft.values, "due_on": min(days)}) if days else draft)
    return found


def _running(draft: Draft, timed: Sequence[Move], taken: Move | None) -> list[tuple[Move, date]]:
    if taken is None and draft.values.get("due_on"):
        return []
    running = [(move, draft.values[move.days_from]) for move in timed if draft.state in move.start and draft.values.get(move.days_from)]
    if not running and taken in timed and taken is not None and draft.values.get(taken.days_from):
        running = [(taken, draft.values[taken.days_from])]
    return [(move, date.fromisoformat(start) if isinstance(start, str) else start) for move, start in running]


def _refuse_duplicates(entering: Entering, found: Sequence[Prepared], known: Collection[str]) -> None:
    """A key stands once in its register; the fault says which entry has it."""
    definition = entering.definition
    column = next((name for name in ("number", *definition.key) if name in definition.key), "")
    if not column:
        return
    keys = [key_of(definition, prepared.draft.values) for prepared in found]
    there = known_entries(entering.register, [key for key in keys if key not in known])
    seen: set[str] = set()
    for prepared, key in zip(found, keys, strict=True):
        own = prepared.draft.entry
        shown = _key_words(definition, prepared.draft)
        if key in seen:
            prepared.faults.append(Fault(column, "twice", TWICE.with_(key=shown)))
        elif key in there and (own is None or there[key].entry_id != own.pk):
            prepared.faults.append(_duplicate(entering, column, shown, there[key]))
        seen.add(key)


def _key_words(definition: RegisterDefinition, draft: Draft) -> str:
    """The key of a draft as people read it: names for organisations; what is personal or secret is left out."""
    open_ones = [name for name in definition.key if definition.has(name) and definition.column(name).visibility not in SEALED]
    values = [draft.values.get(name) for name in open_ones if definition.column(name).kind is not Kind.PERSON]
    return " · ".join(filter(None, (str(one) if isinstance(one, Model) else words_of(one) for one in values))) or definition.zh


def _duplicate(entering: Entering, column: str, key: str, version: EntryVersion) -> Fault:
    if entering.reporter is not None and version.reporter_id != entering.reporter.pk:
        return Fault(column, "duplicate", DUPLICATE_HIDDEN.with_(key=key))
    title = version.title or version.organisation_name or version.number
    text = DUPLICATE.with_(key=key, title=title, standing=STANDING_NAMES[version.standing])
    return Fault(column, "duplicate", text, link=str(version.entry_id))


def known_entries(register: Register, keys: Sequence[str]) -> dict[str, EntryVersion]:
    """Key → the open version of its entry. One query for each 2,000 keys."""
    wanted = sorted(set(keys))
    found: dict[str, EntryVersion] = {}
    for start in range(0, len(wanted), BATCH):
        versions = EntryVersion.objects.filter(entry__register=register, entry__key__in=wanted[start : start + BATCH], known_until=FOREVER)
        found.update({version.entry.key: version for version in versions.select_related("entry")})
    return found


class FaultyRows(Invalid):
    """Rows with faults by column. ``links`` are entries that stand in the way."""

    def __init__(self, text: Text, fields: Mapping[str, Text], links: Sequence[str]) -> None:
        super().__init__("entry_faults", text, fields)
        self.links = list(links)


def refuse_faults(prepared: Sequence[Prepared]) -> None:
    """Raise :class:`FaultyRows` with every fault by its column; of several rows the number of the row comes before it."""
    fields: dict[str, Text] = {}
    several = len(prepared) > 1
    for number, one in enumerate(prepared, 1):
        for fault in one.faults:
            fields.setdefault(f"{number}.{fault.column}" if several else fault.column, fault.text)
    if not fields:
        return
    first = next(iter(fields.values()))
    text = Text("有 {n} 处需要改正：{first}", "{n} things to correct: {first}").with_(n=len(fields), first=first)
    links = [fault.link for one in prepared for fault in one.faults if fault.link]
    raise FaultyRows(text, fields, links)


def uuid_of(text: Any) -> UUID | None:
    """The id that a text writes, or None."""
    try:
        return UUID(str(text))
    except ValueError:
        return None
