"""Writing registers as declared: new ones, changed ones, and what a change may not take away from entries that are there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from zhiheng.values.normalise import normalise
from zhiheng_web.ledgers.columns import COMMON, REFERENCES, SEALED, Kind
from zhiheng_web.ledgers.definition import Column, RegisterDefinition, State, to_json
from zhiheng_web.ledgers.models import FOREVER, EntryVersion, Register, VersionTopic
from zhiheng_web.ledgers.writing import BATCH, definition_of, draft_of, gap_of, loaded, proofs_of, write
from zhiheng_web.organisation.models import Account
from zhiheng_web.planning.models import Duty
from zhiheng_web.trail.action import Refusal
from zhiheng_web.wording import Text


@dataclass
class Changes:
    """What writing registers did, by code; ``entries`` counts those that got a new version because the evidence asked for changed."""

    made: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    duties_absent: list[str] = field(default_factory=list)
    entries: int = 0

    @property
    def any(self) -> bool:
        """Whether anything was written."""
        return bool(self.made or self.changed or self.closed)


def write_registers(
    department: UUID, pack: str, definitions: Sequence[RegisterDefinition], *, at: datetime, today: date, by: Account | None
) -> Changes:
    """Make and change the registers of a pack as its edition has them; those that it no longer has are closed, never deleted."""
    changes = Changes()
    existing = {row.code: row for row in Register.objects.select_for_update(no_key=True).filter(department=department).order_by("pk")}
    duties = {normalise(name): pk for pk, name in Duty.objects.filter(department=department).order_by("-code").values_list("pk", "name")}
    for position, definition in enumerate(definitions):
        row = existing.get(definition.code)
        if row is not None and row.pack != pack:
            raise taken(row)
        duty = duties.get(normalise(definition.duty))
        if definition.duty and duty is None:
            changes.duties_absent.append(definition.duty)
        if row is None:
            row = Register(department_id=department, code=definition.code, pack=pack)
            place(row, definition, position, duty)
            row.save(force_insert=True)
            changes.made.append(row.code)
        elif change_register_row(row, definition, position, duty, changes, at=at, by=by):
            changes.changed.append(row.code)
    wanted = {definition.code for definition in definitions}
    for row in existing.values():
        if pack and row.pack == pack and row.code not in wanted and row.closed_on is None:
            row.closed_on = today
            row.save(update_fields=["closed_on"])
            changes.closed.append(row.code)
    changes.duties_absent = list(dict.fromkeys(changes.duties_absent))
    return changes


def taken(row: Register) -> Refusal:
    """The code belongs to another register."""
    owner = Text(f"业务包“{row.pack}”", f"the pack “{row.pack}”") if row.pack else Text("自行设立的台账", "a register declared here")
    text = Text(
        "台账代码“{code}”已由{owner}使用（{name}）。请先改用别的代码。",
        "The register code “{code}” is used by {owner} already ({name}). Choose another code first.",
    )
    return Refusal("register_taken", text.with_(code=row.code, owner=owner, name=Text(row.name_zh, row.name_en)))


def place(row: Register, definition: RegisterDefinition, position: int, duty: UUID | None) -> None:
    """Set what the row repeats of its definition."""
    row.name_zh, row.name_en = definition.zh, definition.en
    row.unmeasured, row.takes_reports = definition.unmeasured, definition.reporters
    row.position, row.duty_id = position, duty
    row.definition = to_json(definition)


def change_register_row(
    row: Register,
    definition: RegisterDefinition,
    position: int,
    duty: UUID | None,
    changes: Changes,
    *,
    at: datetime,
    by: Account | None,
) -> bool:
    """Write a changed definition, keeping what entries still hold. False if nothing changed. A changed definition is a new edition."""
    before = definition_of(row)
    kept = keeping(row, before, definition)
    old = {name: getattr(row, name) for name in ("definition", "position", "duty_id", "closed_on")}
    place(row, kept, position, duty)
    row.closed_on = None
    if all(getattr(row, name) == value for name, value in old.items()):
        return False
    if row.definition != old["definition"]:
        row.edition += 1
    row.save()
    changes.entries += prove_again(row, before, kept, at=at, by=by)
    return True


def keeping(row: Register, before: RegisterDefinition, after: RegisterDefinition) -> RegisterDefinition:
    """The new definition with the columns and states that it drops and entries still hold: columns hidden, states without moves.

    A column in use that changes its kind, or goes from open to sealed or back, is refused: its values lie where they were written.
    """
    dropped = [column for column in before.columns if not after.has(column.name)]
    changed = [column for column in before.columns if after.has(column.name) and _moved(column, after.column(column.name))]
    used = columns_in_use(row, [*dropped, *changed])
    for column in changed:
        if column.name in used:
            raise _in_use(row, column)
    hidden = tuple(replace(column, hidden=True, required=False) for column in dropped if column.name in used)
    gone = [state for state in before.states if state.code not in {one.code for one in after.states}]
    states = tuple(state for state in gone if state.code in states_in_use(row, gone))
    return replace(after, columns=(*after.columns, *hidden), states=(*after.states, *states))


def _moved(before: Column, after: Column) -> bool:
    return before.kind is not after.kind or (before.detail and (before.visibility in SEALED) != (after.visibility in SEALED))


def _in_use(row: Register, column: Column) -> Refusal:
    text = Text(
        "台账“{register}”的“{column}”列已有数据，不能改变类型或加密与否。请另设一列，并停用原列。",
        "The column “{column}” of {register} holds data: its kind, and whether it is sealed, cannot change. "
        "Add another column and hide this one.",
    )
    return Refusal("column_in_use", text.with_(register=Text(row.name_zh, row.name_en), column=column.text))


def columns_in_use(row: Register, columns: Collection[Column]) -> frozenset[str]:
    """Those columns that any version of any entry holds. One query a column, asked only of columns that are to change."""
    return frozenset(column.name for column in columns if _held(row, column))


def _held(row: Register, column: Column) -> bool:
    versions = EntryVersion.objects.filter(register=row)
    if column.name == "topics":
        return VersionTopic.objects.filter(version__register=row).exists()
    if column.detail:
        if column.visibility in SEALED:
            return any(column.name in sealed for sealed in versions.exclude(sealed="").values_list("sealed", flat=True).iterator())
        return versions.filter(details__has_key=column.name).exists()
    if COMMON[column.name].kind in REFERENCES or COMMON[column.name].kind in (Kind.DATE, Kind.QUANTITY, Kind.MONEY, Kind.YEAR):
        return versions.filter(**{f"{column.name}__isnull": False}).exists()
    return versions.exclude(**{column.name: ""}).exists()


def states_in_use(row: Register, states: Iterable[State]) -> frozenset[str]:
    """Those states in which any version stands or stood."""
    codes = [state.code for state in states]
    if not codes:
        return frozenset()
    return frozenset(EntryVersion.objects.filter(register=row, state__in=codes).values_list("state", flat=True).distinct())


def prove_again(row: Register, before: RegisterDefinition, after: RegisterDefinition, *, at: datetime, by: Account | None) -> int:
    """New versions for entries that the changed list of mandatory evidence makes complete or incomplete; how many."""
    states = [state.code for state in after.states if _asked(before, state.code) != after.required_evidence(state.code)]
    if not states:
        return 0
    affected = EntryVersion.objects.filter(register=row, known_until=FOREVER, state__in=states)
    keys = list(affected.select_for_update(no_key=True).order_by("entry").values_list("pk", flat=True))
    return sum(_prove(row, after, keys[start : start + BATCH], at=at, by=by) for start in range(0, len(keys), BATCH))


def _asked(definition: RegisterDefinition, state: str) -> frozenset[str]:
    return definition.required_evidence(state)


def _prove(row: Register, definition: RegisterDefinition, keys: Sequence[Any], *, at: datetime, by: Account | None) -> int:
    versions = list(loaded(EntryVersion.objects.filter(pk__in=keys)).order_by("entry"))
    proofs = proofs_of([version.entry_id for version in versions])
    drafts = []
    for version in versions:
        draft = draft_of(definition, version, proofs=proofs.get(version.entry_id, frozenset()))
        if gap_of(definition, draft) != version.gap:
            drafts.append(draft)
    reason = "必备证据清单已调整 / the list of mandatory evidence changed"
    write(row, drafts, at=at, by=by, change=EntryVersion.Change.PROVED, reason=reason)
    return len(drafts)
