"""Registers and entries as an action finds them: visible to the viewer, locked, with the standing of what this viewer writes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from zhiheng.plan.procedure import Role
from zhiheng_web.ledgers.columns import REFERENCES, Kind
from zhiheng_web.ledgers.definition import RegisterDefinition
from zhiheng_web.ledgers.entering.cells import yuan_of
from zhiheng_web.ledgers.entering.preparing import Entering
from zhiheng_web.ledgers.models import FOREVER, Entry, EntryVersion, Register
from zhiheng_web.ledgers.policies import KEEPERS, scope_of, visible_registers, visible_versions
from zhiheng_web.ledgers.writing import definition_of, loaded, loaded_many, values_of, words_of
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.models import ReportingUnit
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.trail.action import Conflict, Refusal
from zhiheng_web.wording import Text

Standing = EntryVersion.Standing
REGISTER = Text("该台账", "this register")
ENTRY = Text("该台账记录", "this entry")
CLOSED = Text(
    "台账“{name}”已于 {day} 关闭，不能再登记或改动。", "The register “{name}” was closed on {day}: nothing is entered or changed."
)
NO_REPORTS = Text("台账“{name}”不接受填报单位填报，请交主管科室登记。", "“{name}” takes no reports: ask the office in charge to enter it.")
UNIT_CLOSED = Text("填报单位“{name}”已停用，不能再填报。", "The reporting unit “{name}” is closed and cannot report.")
CHANGED = Text(
    "{who}在 {when} 已改动该记录（{change}）。您的内容没有保存；请对照现在的内容再改。",
    "{who} changed this entry at {when} ({change}). Yours was not stored: compare it with what stands now.",
)
EARLIER = Text(
    "该记录在 {when} 已有更新的内容，不能补记到那之前。", "The entry has later content of {when}: nothing can be written before that."
)


def opened_register(viewer: Viewer, register_id: UUID) -> Register:
    """A register that the viewer may open, with what its scope needs; a closed one is refused."""
    register = _seen(viewer, register_id)
    if register is None:
        raise absent(REGISTER)
    _refuse_closed(viewer, register)
    return register


def _seen(viewer: Viewer, register_id: UUID) -> Register | None:
    return visible_registers(viewer).select_related("department", "office").filter(pk=register_id).first()


def _refuse_closed(viewer: Viewer, register: Register) -> None:
    if register.closed_on is not None and register.closed_on <= viewer.today():
        name = Text(register.name_zh, register.name_en)
        raise Refusal("register_closed", CLOSED.with_(name=name, day=register.closed_on))


def entering(viewer: Viewer, register: Register, name: str = "ledgers.record_entry") -> Entering:
    """How this viewer enters into a register: as its office, or as a reporting unit. Raises Forbidden or a refusal."""
    definition, today = definition_of(register), viewer.today()
    scope = scope_of(register, today)
    if viewer.holds(KEEPERS, scope):
        return Entering(register, definition, today, office_standing(definition))
    bound = [held for held in viewer.bounds({Role.REPORTER}) if held.department == register.department_id and held.reporter]
    if not bound:
        authorise(viewer, name, replace(scope, reporter=None))
    if not register.takes_reports:
        raise Refusal("no_reports", NO_REPORTS.with_(name=Text(register.name_zh, register.name_en)))
    unit = ReportingUnit.objects.get(pk=bound[0].reporter)
    if unit.closed_on is not None and unit.closed_on <= today:
        raise Refusal("unit_closed", UNIT_CLOSED.with_(name=unit.name))
    return Entering(register, definition, today, Standing.SUBMITTED, unit)


def office_standing(definition: RegisterDefinition) -> str:
    """How stands what the office itself enters: confirmed, unless a second person or the 保密办 confirms it."""
    return Standing.SUBMITTED if definition.confirmed_by == "second" or definition.classified else Standing.CONFIRMED


def opened_entry(viewer: Viewer, entry_id: UUID, seen: UUID | None = None) -> EntryVersion:
    """The open version of an entry that the viewer may see, its entry locked. ``seen``: the version that the writer looked at."""
    entry = Entry.objects.select_for_update(no_key=True).filter(pk=entry_id).first()
    register = _seen(viewer, entry.register_id) if entry is not None else None
    versions = loaded_many(register, visible_versions(viewer).filter(entry=entry_id, known_until=FOREVER)) if register else []
    if register is None or not versions:
        raise absent(ENTRY)
    _refuse_closed(viewer, register)
    version = versions[0]
    if seen is not None and seen != version.pk:
        raise changed(version)
    return version


def changed(version: EntryVersion) -> Conflict:
    """The answer to who looked at an earlier version: who wrote the present one, and what stands there."""
    when = timezone.localtime(version.known_from).strftime("%Y-%m-%d %H:%M")
    who = version.written_by.name if version.written_by else "系统"
    text = CHANGED.with_(who=who, when=when, change=version.get_change_display())
    return Conflict("entry_changed", text, {"version": str(version.pk), "state": version.state, "standing": version.standing})


def scope_of_entry(viewer: Viewer, version: EntryVersion) -> Scope:
    """Where an entry belongs: its register's scope and the unit that reported it."""
    return scope_of(version.register, viewer.today(), version.reporter_id)


def entering_again(viewer: Viewer, version: EntryVersion, name: str) -> Entering:
    """How this viewer writes a known entry anew: as the office, or as the unit that reported it."""
    scope = scope_of_entry(viewer, version)
    authorise(viewer, name, scope)
    definition = definition_of(version.register)
    if version.reporter_id and not viewer.holds(KEEPERS, replace(scope, reporter=None)) and viewer.holds({Role.REPORTER}, scope):
        return Entering(version.register, definition, viewer.today(), Standing.SUBMITTED, version.reporter)
    standing = office_standing(definition) if version.standing == Standing.CONFIRMED else version.standing
    return Entering(version.register, definition, viewer.today(), standing)


def instant(viewer: Viewer, versions: Sequence[EntryVersion]) -> datetime:
    """The instant of what is written over these versions, never before they began; a year entered afterwards is refused the past."""
    now = viewer.now()
    last = max((version.known_from for version in versions), default=now)
    if last <= now:
        return now
    if viewer.at is None:
        return last
    raise Refusal("earlier", EARLIER.with_(when=timezone.localtime(last).strftime("%Y-%m-%d %H:%M")))


def locked_entries(register: Register, entries: Collection[UUID], standings: Collection[str]) -> list[EntryVersion]:
    """The open versions of these entries that stand so, their entries locked in one order, with what drafts read."""
    wanted = Entry.objects.filter(register=register, pk__in=list(entries)).order_by("pk")
    keys = list(wanted.select_for_update(no_key=True).values_list("pk", flat=True))
    versions = EntryVersion.objects.filter(entry__in=keys, known_until=FOREVER, standing__in=list(standings))
    return list(loaded(versions).order_by("entry"))


def entered_words(definition: RegisterDefinition, version: EntryVersion) -> dict[str, str]:
    """What is known of an entry as words that the form shows and reads back to the same values: money in the column's unit."""
    values: dict[str, Any] = values_of(definition, version)
    words: dict[str, str] = {}
    for column in definition.columns:
        value = values.get(column.name)
        if value is None:
            continue
        words[column.name] = words_of(value)
        if column.kind in REFERENCES:
            words[column.name] = getattr(value, "uscc", "") or str(value.pk)
            if name := values.get(f"{column.name}_name"):
                words[f"{column.name}_name"] = name
        elif column.kind is Kind.MONEY and column.unit:
            words[column.name] = words_of(Decimal(words[column.name]) / yuan_of(column.unit))
        elif column.name == "quantity" and values.get("quantity_text"):
            words[column.name] = values["quantity_text"]
    if version.topic_rows.all():
        words["topics"] = "、".join(row.topic for row in version.topic_rows.all())
    return words
