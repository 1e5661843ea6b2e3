"""Organisations and people as registers find them: known ones by their code, new ones made once. Called inside an action.

Two writers that meet the same new organisation at once get the same row.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from zhiheng_web import uscc as codes
from zhiheng_web.ledgers.models import Organisation, Person
from zhiheng_web.organisation.models import Department
from zhiheng_web.sealed import digest
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

BATCH = 2000
"""Codes of one query."""
NAMELESS = Text("单位没有名称。请填写单位全称。", "The organisation has no name. Give its full name.")
CODELESS = Text(
    "单位“{name}”没有统一社会信用代码。境内单位必填；境外机构请注明国别。",
    "“{name}” has no unified social credit code. A body in China needs one; for one abroad give its country.",
)
NAMELESS_PERSON = Text("人员没有姓名。请填写姓名。", "The person has no name. Give it.")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
IDENTITY = Text(
    "居民身份证号“{shown}”的校验码不符，有一位录错。请对照证件核对；护照等其他证件请注明国籍。",
    "The check character of the resident identity number “{shown}” does not fit: one is mistyped. Compare it with the card; for a "
    "passport give the nationality.",
)


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation as a row names it. Without a code it is found by its exact name and country: a body abroad, a team."""

    uscc: str
    name: str
    county: str = ""
    kind: str = Organisation.Kind.ENTERPRISE
    country: str = "CN"


@dataclass(frozen=True, slots=True)
class Known:
    """The organisation that a row names. ``name`` is what the row calls it: the entry keeps it (organisation_name)."""

    organisation: Organisation
    name: str

    @property
    def differs(self) -> bool:
        """Whether the row calls it otherwise than it is called now: to be noted, not refused (更名, 简称)."""
        return plain(self.name) != plain(self.organisation.name)


@dataclass(frozen=True, slots=True)
class Described:
    """A person as a row describes him. ``identity`` is the number of his identity card or passport, '' if not given."""

    name: str
    identity: str = ""
    employer: Organisation | None = None
    born_on: str = ""
    mobile: str = ""
    nationality: str = "CN"
    rank: str = ""
    degree: str = ""
    field_code: str = ""


def plain(name: str) -> str:
    """A name as it is compared: full-width forms and blanks make no difference, brackets neither."""
    return "".join(unicodedata.normalize("NFKC", name).split()).replace("〔", "(").replace("〕", ")")


def fault_of(named: Named, needs_code: bool = False) -> Text | None:
    """What is wrong with an organisation as a row names it; None if nothing. A code that is given is always checked."""
    if named.uscc:
        return codes.fault(named.uscc) or (None if named.name.strip() else NAMELESS)
    if not named.name.strip():
        return NAMELESS
    return CODELESS.with_(name=named.name) if needs_code and named.country == "CN" else None


def organisation_of(uscc: str, name: str, county: str = "", kind: str = Organisation.Kind.ENTERPRISE, country: str = "CN") -> Known:
    """The organisation of a code (or, without one, of a name), made if it is new. Raises Invalid for a wrong code."""
    return organisations_of([Named(uscc, name, county, kind, country)])[0]


def organisations_of(rows: Sequence[Named]) -> list[Known]:
    """The organisations that rows name, in their order: one query for 2,000 codes, new ones in bulk.

    A row whose organisation is known under another name gets that organisation; what it is called is for a person to correct.
    """
    rows = [Named(codes.compact(row.uscc), row.name.strip(), row.county, row.kind, row.country) for row in rows]
    for row in rows:
        if (fault := fault_of(row)) is not None:
            raise Invalid("organisation", fault, {"organisation": fault})
    found = _found(rows)
    missing: dict[tuple[str, ...], Named] = {}
    for row in rows:
        if _place(row) not in found:
            missing.setdefault(_place(row), row)
    if missing:
        made = [
            Organisation(uscc=row.uscc, name=row.name, county=row.county, kind=row.kind, country=row.country) for row in missing.values()
        ]
        Organisation.objects.bulk_create(made, batch_size=BATCH, ignore_conflicts=True)
        found |= _found(list(missing.values()))
    return [Known(found[_place(row)], row.name) for row in rows]


def _place(row: Named) -> tuple[str, ...]:
    return (row.uscc,) if row.uscc else ("", row.name, row.country)


def _found(rows: Sequence[Named]) -> dict[tuple[str, ...], Organisation]:
    """Place → the organisation that stands there, or the one it was merged into."""
    wanted = list({row.uscc for row in rows if row.uscc})
    names = list({row.name for row in rows if not row.uscc})
    found: dict[tuple[str, ...], Organisation] = {}
    for known in _batches(Q(uscc__in=wanted[start : start + BATCH]) for start in range(0, len(wanted), BATCH)):
        found[(known.uscc,)] = _standing(known)
    for known in _batches(Q(uscc="", name__in=names[start : start + BATCH]) for start in range(0, len(names), BATCH)):
        found.setdefault(("", known.name, known.country), _standing(known))
    return found


def _batches(conditions: Iterable[Q]) -> Iterable[Organisation]:
    for condition in conditions:
        yield from Organisation.objects.select_related("merged_into").filter(condition).order_by("pk")


def _standing(organisation: Organisation) -> Organisation:
    """The record that goes on: merging leaves no chains (actions.merge_organisations)."""
    return organisation.merged_into or organisation


def identity_fault(identity: str, nationality: str = "CN") -> Text | None:
    """What is wrong with a resident identity number (GB 11643-1999); other documents are taken as they are.

    The text shows the number masked.
    """
    number = _identity(identity)
    if nationality != "CN" or len(number) != 18 or not number[:17].isdecimal():
        return None
    right = "10X98765432"[sum(int(digit) * weight for digit, weight in zip(number[:17], WEIGHTS, strict=True)) % 11]
    return None if number[17] == right else IDENTITY.with_(shown=number[:4] + "*" * 10 + number[-4:])


def person_of(department: Department, described: Described) -> Person:
    """The person of an identity number (or, without one, of a name and employer), made if new. Raises Invalid for a wrong number."""
    return people_of(department, [described])[0]


def people_of(department: Department, rows: Sequence[Described]) -> list[Person]:
    """The people that rows describe, in their order. They are found by keyed digests: nothing is opened to compare.

    Without a number, the same name at the same employer is the same person.
    """
    for row in rows:
        fault = identity_fault(row.identity, row.nationality) if row.name.strip() else NAMELESS_PERSON
        if fault is not None:
            raise Invalid("person", fault, {"person": fault})
    digests = [digests_of(row) for row in rows]
    found = _people(department, digests)
    missing = {place: row for place, row in zip(digests, rows, strict=True) if place not in found}
    if missing:
        made = [_new_person(department, row, place) for place, row in missing.items()]
        Person.objects.bulk_create(made, batch_size=BATCH, ignore_conflicts=True)
        found |= _people(department, list(missing))
    return [found[place] for place in digests]


def seen_people(department: Department, rows: Sequence[Described]) -> list[Person]:
    """The people that rows describe, those who are new only held in memory: what a preview shows, nothing is made."""
    digests = [digests_of(row) for row in rows]
    found = _people(department, digests)
    for place, row in zip(digests, rows, strict=True):
        if place not in found:
            found[place] = _new_person(department, row, place)
    return [found[place] for place in digests]


def digests_of(row: Described) -> tuple[str, str]:
    """The digests by which a person is found: of the number, or else of name and employer."""
    if number := _identity(row.identity):
        return digest(number), ""
    return "", digest(f"{plain(row.name)}|{row.employer.pk if row.employer else ''}")


def _identity(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def _people(department: Department, digests: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Person]:
    found: dict[tuple[str, str], Person] = {}
    for start in range(0, len(digests), BATCH):
        some = digests[start : start + BATCH]
        numbers, names = [number for number, _ in some if number], [name for _, name in some if name]
        asked = Q(identity_digest__in=numbers) | Q(identity_digest="", name_digest__in=names)
        for person in Person.objects.filter(asked, department=department).order_by("pk"):
            found.setdefault((person.identity_digest, "" if person.identity_digest else person.name_digest), person)
    return found


def _new_person(department: Department, row: Described, place: tuple[str, str]) -> Person:
    return Person(
        department=department,
        name=row.name.strip(),
        identity=_identity(row.identity),
        identity_digest=place[0],
        name_digest=place[1],
        born_on=row.born_on,
        mobile=row.mobile,
        nationality=row.nationality,
        rank=row.rank,
        degree=row.degree,
        field_code=row.field_code,
        employer=row.employer,
    )
