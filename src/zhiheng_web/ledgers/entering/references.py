"""What rows refer to, found for many rows at once: organisations, people, offices, other entries, counties. No query per row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Model, Q

from zhiheng_web import uscc
from zhiheng_web.ledgers.columns import Kind
from zhiheng_web.ledgers.definition import RegisterDefinition
from zhiheng_web.ledgers.divisions import counties_of
from zhiheng_web.ledgers.entering.cells import Asked, Fault, Row
from zhiheng_web.ledgers.models import FOREVER, EntryVersion, Organisation, Person, Register
from zhiheng_web.ledgers.subjects import BATCH, Described, Named, fault_of, identity_fault, organisations_of, people_of, seen_people
from zhiheng_web.organisation.models import Department, Office
from zhiheng_web.wording import Text

CODE_AND_NAME = re.compile(r"([0-9A-Za-z]{18})[\s|／/,，、]+(.+)")
CODE_LIKE = re.compile(r"[0-9A-Za-z\s\-]{9,24}")

UNKNOWN_NAME = Text(
    "没有登记过名为“{name}”的单位；请填写其统一社会信用代码。境外机构请先在“单位与人员”中登记。",
    "No organisation called “{name}” is known: give its unified social credit code. Record a body abroad under Organisations first.",
)
SEVERAL_NAMES = Text(
    "名为“{name}”的单位不止一个，请填写统一社会信用代码。", "More than one organisation is called “{name}”: give the credit code."
)
NAMELESS = Text(
    "统一社会信用代码“{code}”是第一次出现，请同时填写单位全称。",
    "The code “{code}” is new here: give the full name of the organisation too.",
)
NO_ENTRY = Text(
    "没有找到编号为“{words}”的关联记录。请核对编号，或者先登记该记录。",
    "No entry has the number “{words}”. Check it, or record that entry first.",
)
SEVERAL_ENTRIES = Text(
    "编号“{words}”对应不止一条记录，请打开记录后再关联。", "More than one entry has the number “{words}”: start from the entry itself."
)
NO_OFFICE = Text("没有名为“{words}”的科室。可选：{choices}。", "There is no office “{words}”. Choose one of: {choices}.")
NO_COUNTY = Text(
    "“{words}”不是县区；请写六位区划代码或名称：{choices}。", "“{words}” is no county: write its six-digit code or its name: {choices}."
)

compact, code_fault = lru_cache(20000)(uscc.compact), lru_cache(20000)(uscc.fault)
"""An enterprise stands in many rows of a sheet: its code is looked at once."""


Remembered = dict[tuple[str, str], tuple[Organisation, str]]
"""Organisations by the words that asked for them, from one block of rows to the next: as they stand and what the row calls them."""
MOST_REMEMBERED = 20000


def resolve(
    register: Register, definition: RegisterDefinition, rows: Sequence[Row], *, create: bool, remembered: Remembered | None = None
) -> None:
    """Put into each row's values what it refers to, or a fault. ``create``: organisations and people that are new are made.

    Without it (a preview) new ones are only held in memory.
    """
    asked = [(row, name, one) for row in rows for name, one in row.asked.items()]
    _organisations_once([each for each in asked if each[2].kind is Kind.ORGANISATION], {} if remembered is None else remembered, create)
    _people(register.department, [each for each in asked if each[2].kind is Kind.PERSON], create=create)
    _offices(register.department_id, [each for each in asked if each[2].kind is Kind.OFFICE])
    for column in definition.columns:
        if column.kind is Kind.ENTRY:
            _entries(register, column.register, [each for each in asked if each[1] == column.name])
        elif column.kind is Kind.COUNTY:
            _counties(register.department, column.name, rows)


Place = tuple[Row, str, Asked]


def _organisations_once(asked: Sequence[Place], remembered: Remembered, create: bool) -> None:
    """An enterprise stands in many rows of a sheet: what was found for the same words is not asked for again."""
    if len(remembered) > MOST_REMEMBERED:
        remembered.clear()
    new: dict[tuple[str, str], list[Place]] = {}
    for place in asked:
        words = (place[2].words, place[2].name)
        if words in remembered:
            _put(place, *remembered[words])
        else:
            new.setdefault(words, []).append(place)
    _organisations([places[0] for places in new.values()], create=create)
    for words, (first, *others) in new.items():
        row, name, _ = first
        if name in row.values:
            remembered[words] = row.values[name], row.values[f"{name}_name"]
            for place in others:
                _put(place, *remembered[words])
        else:
            faults = [fault for fault in row.faults if fault.column == name]
            for place in others:
                place[0].faults.extend(replace(fault, column=place[1]) for fault in faults)


def _put(place: Place, known: Organisation, name: str) -> None:
    values = place[0].values
    values[place[1]], values[f"{place[1]}_name"] = known, name


def _organisations(asked: Sequence[Place], *, create: bool) -> None:
    found = _by_id(Organisation, asked)
    codes: list[tuple[Place, str, str]] = []
    names: list[tuple[Place, str, str]] = []
    new: list[tuple[Place, Named]] = []
    for place in asked:
        if place[2].words in found:
            _organisation(place, found[place[2].words], place[2].name)
            continue
        code, name = _code_and_name(place[2])
        (codes if code else names).append((place, code, name))
    known = _chunks(Organisation, "uscc", [compact(code) for _, code, _ in codes], lambda one: one.uscc)
    for place, code, name in codes:
        there = known.get(compact(code))
        if there:
            _organisation(place, there[0], name)
        elif (fault := code_fault(code) or (None if name else NAMELESS.with_(code=code))) is not None:
            place[0].faults.append(Fault(place[1], "organisation", fault))
        else:
            new.append((place, Named(compact(code), name)))
    called = _chunks(Organisation, "name", [name for _, _, name in names], lambda one: one.name)
    for place, _, name in names:
        there = called.get(name, [])
        if len(there) == 1:
            _organisation(place, there[0], name)
        else:
            text = (SEVERAL_NAMES if there else UNKNOWN_NAME).with_(name=name)
            place[0].faults.append(Fault(place[1], "organisation", text))
    _new_organisations(new, create=create)


def _new_organisations(new: Sequence[tuple[Place, Named]], *, create: bool) -> None:
    right = []
    for place, named in new:
        if not named.uscc and (fault := fault_of(named)) is not None:
            place[0].faults.append(Fault(place[1], "organisation", fault))
        else:
            right.append((place, named))
    if create and right:
        for (place, named), known in zip(right, organisations_of([named for _, named in right]), strict=True):
            _organisation(place, known.organisation, named.name)
        return
    held: dict[str, Organisation] = {}
    for place, named in right:
        _organisation(place, held.setdefault(named.uscc, Organisation(uscc=named.uscc, name=named.name)), named.name)


def _code_and_name(asked: Asked) -> tuple[str, str]:
    """The code and the name that the words write: 91371300… 某公司, a code alone, or a name alone."""
    if both := CODE_AND_NAME.fullmatch(asked.words):
        return both[1], asked.name or both[2].strip()
    if asked.name:
        return asked.words, asked.name
    return (asked.words, "") if CODE_LIKE.fullmatch(asked.words) and any(map(str.isdigit, asked.words)) else ("", asked.words)


def _organisation(place: Place, known: Organisation, name: str) -> None:
    standing = getattr(known, "merged_into", None) or known
    _put(place, standing, name or known.name)


def _people(department: Department, asked: Sequence[Place], *, create: bool) -> None:
    found = {words: one for words, one in _by_id(Person, asked).items() if one.department_id == department.pk}
    new: list[tuple[Place, Described]] = []
    for place in asked:
        row, name, one = place
        if one.words in found:
            row.values[name] = found[one.words]
            continue
        called, number = one.name or one.words, one.identity or (one.words if one.name else "")
        employer = row.values.get("organisation")
        described = Described(called, number, employer=employer)
        fault = identity_fault(number)
        if fault is not None:
            row.faults.append(Fault(name, "person", fault))
        else:
            new.append((place, described))
    if create and new:
        for (place, _), person in zip(new, people_of(department, [described for _, described in new]), strict=True):
            place[0].values[place[1]] = person
        return
    if not new:
        return
    for (place, _), person in zip(new, seen_people(department, [described for _, described in new]), strict=True):
        place[0].values[place[1]] = person


def _offices(department: UUID, asked: Sequence[Place]) -> None:
    if not asked:
        return
    offices = list(Office.objects.filter(unit__department=department, closed_on=None))
    known = {word: office for office in offices for word in (office.code, office.name, str(office.pk))}
    for row, name, one in asked:
        if one.words in known:
            row.values[name] = known[one.words]
        else:
            choices = "、".join(office.name for office in offices[:20])
            row.faults.append(Fault(name, "office", NO_OFFICE.with_(words=one.words, choices=choices)))


def _entries(register: Register, code: str, asked: Sequence[Place]) -> None:
    """Entries of the register that a column points into, by id, number or key."""
    words = list({one.words for _, _, one in asked})
    found: dict[str, dict[UUID, Any]] = {}
    for start in range(0, len(words), BATCH):
        some = words[start : start + BATCH]
        named = Q(number__in=some) | Q(entry__key__in=some) | Q(entry__in=list(_ids(some)))
        versions = EntryVersion.objects.filter(named, known_until=FOREVER, register__department=register.department_id)
        versions = versions.filter(register__code=code) if code else versions
        for version in versions.exclude(standing=EntryVersion.Standing.REVOKED).select_related("entry"):
            for word in (version.number, version.entry.key, str(version.entry_id)):
                if word:
                    found.setdefault(word, {})[version.entry_id] = version.entry
    for row, name, one in asked:
        there = list(found.get(one.words, {}).values())
        if len(there) == 1:
            row.values[name] = there[0]
        else:
            row.faults.append(Fault(name, "entry", (SEVERAL_ENTRIES if there else NO_ENTRY).with_(words=one.words)))


def _counties(department: Department, column: str, rows: Sequence[Row]) -> None:
    """Names of counties as their codes; a code is kept."""
    wanted = [(row, row.values[column]) for row in rows if column in row.values and not row.values[column].isdigit()]
    if not wanted:
        return
    counties = counties_of(department.division_code)
    names = {name: one.code for one in counties for name in (one.text.zh, one.text.en, one.text.zh[:-1])}
    for row, words in wanted:
        if words in names:
            row.values[column] = names[words]
        else:
            del row.values[column]
            choices = "、".join(f"{one.text.zh} {one.code}" for one in counties) or "—"
            row.faults.append(Fault(column, "county", NO_COUNTY.with_(words=words, choices=choices)))


def _ids(words: Iterable[str]) -> Iterable[UUID]:
    for word in words:
        if len(word) == 36:
            try:
                yield UUID(word)
            except ValueError:
                continue


def _by_id(model: type[Model], asked: Sequence[Place]) -> dict[str, Any]:
    wanted = list(set(_ids(place[2].words for place in asked)))
    found: dict[str, Any] = {}
    for start in range(0, len(wanted), BATCH):
        for one in model._default_manager.filter(pk__in=wanted[start : start + BATCH]):
            found[str(one.pk)] = one
    return found


def _chunks(model: type[Organisation], field: str, wanted: Iterable[str], key: Callable[[Any], str]) -> dict[str, list[Any]]:
    words = sorted(set(wanted) - {""})
    found: dict[str, list[Any]] = {}
    for start in range(0, len(words), BATCH):
        some = model._default_manager.filter(**{f"{field}__in": words[start : start + BATCH]})
        for one in some.select_related("merged_into").order_by("pk"):
            found.setdefault(key(one), []).append(one)
    return found
