"""Organisations and people over all registers that a viewer sees: who they are, and every entry that speaks of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from zhiheng_web.ledgers.definition import RegisterDefinition
from zhiheng_web.ledgers.masking import Sight, mask, mask_name, sights_of, title_of
from zhiheng_web.ledgers.models import FOREVER, Binding, EntryVersion, Organisation, Person, Register
from zhiheng_web.ledgers.policies import visible_versions
from zhiheng_web.ledgers.subjects import plain
from zhiheng_web.ledgers.writing import definition_of
from zhiheng_web.organisation.authority import absent, may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.names import register_events
from zhiheng_web.trail.recording import record
from zhiheng_web.uscc import compact
from zhiheng_web.wording import Text

register_events({"ledgers.person_opened": Text("查看个人信息", "Opened personal data")})
ROWS = 50
MOST_ENTRIES = 500
STANDINGS = {
    "submitted": Text("待确认", "Awaiting confirmation"), "returned": Text("已退回", "Returned"),
    "confirmed": Text("已确认", "Confirmed"), "revoked": Text("已撤销", "Revoked"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One organisation of the list with the number of entries and registers that speak of it."""

    organisation: Organisation
    entries: int
    registers: int


@dataclass(frozen=True, slots=True)
class OrganisationList:
    """A page of organisations."""

    lines: tuple[Line, ...]
    total: int
    page: int
    pages: int
    search: str
    county: str
    shared: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """One entry that speaks of a subject: as what (单位, 对方单位, 人员), in which state, called what then."""

    version: EntryVersion
    title: str
    role: Text
    state: Text
    called: str
    counts: bool


@dataclass(frozen=True, slots=True)
class InRegister:
    """The entries of one register about a subject, and the indicators that the register feeds."""

    register: Register
    mentions: tuple[Mention, ...]
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """One organisation: what it is, how it was called, all its entries, its people, and records merged into it."""

    organisation: Organisation
    registers: tuple[InRegister, ...]
    entries: int
    names: tuple[str, ...]
    merged: tuple[Organisation, ...]
    alike: tuple[Organisation, ...]
    may_keep: bool


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of the list, masked unless the viewer sees personal data."""

    person: Person
    name: str
    employer: str
    entries: int


@dataclass(frozen=True, slots=True)
class PeopleList:
    """A page of people. ``clear``: names may be searched and are shown in full."""

    lines: tuple[PersonLine, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person with the entries; ``facts`` are shown in clear or masked, as ``clear`` says."""

    person: Person
    name: str
    facts: tuple[tuple[Text, str], ...]
    registers: tuple[InRegister, ...]
    clear: bool
    may_keep: bool


def known(viewer: Viewer) -> QuerySet[EntryVersion]:
    """What the viewer knows now: the open versions that may be read."""
    return visible_versions(viewer).filter(known_until=FOREVER)


def visible_organisations(viewer: Viewer) -> QuerySet[Organisation]:
    """The organisations of which the viewer may read an entry."""
    rows = known(viewer)
    named = Exists(rows.filter(organisation=OuterRef("pk"))) | Exists(rows.filter(counterpart=OuterRef("pk")))
    return Organisation.objects.filter(named, merged_into=None)


def visible_people(viewer: Viewer) -> QuerySet[Person]:
    """The people of whom the viewer may read an entry."""
    return Person.objects.filter(Exists(known(viewer).filter(person=OuterRef("pk"))))


def organisation_list(viewer: Viewer, search: str = "", county: str = "", shared: bool = False, page: int = 1) -> OrganisationList:
    """Organisations by name, code or an earlier name; ``shared`` those that stand in several registers."""
    rows = visible_organisations(viewer)
    if search:
        called = known(viewer).filter(organisation_name__icontains=search).values("organisation")
        rows = rows.filter(Q(name__icontains=search) | Q(uscc__startswith=compact(search) or "-") | Q(pk__in=called))
    if county:
        rows = rows.filter(county=county)
    if shared:
        several = known(viewer).values("organisation").annotate(n=Count("register", distinct=True)).filter(n__gt=1)
        rows = rows.filter(pk__in=several.values("organisation"))
    total, page, pages = _paged(rows, page)
    chosen = list(rows.order_by("name", "pk")[(page - 1) * ROWS : page * ROWS])
    counted: dict[UUID, tuple[set[UUID], set[UUID]]] = {one.pk: (set(), set()) for one in chosen}
    for name in ("organisation", "counterpart"):
        for subject, entry, register in known(viewer).filter(**{f"{name}__in": chosen}).values_list(name, "entry", "register"):
            counted[subject][0].add(entry)
            counted[subject][1].add(register)
    lines = tuple(Line(one, len(counted[one.pk][0]), len(counted[one.pk][1])) for one in chosen)
    return OrganisationList(lines, total, page, pages, search, county, shared)


def counties_of(viewer: Viewer) -> list[str]:
    """The counties in which the viewer's organisations stand."""
    rows = visible_organisations(viewer).exclude(county="")
    return list(rows.order_by("county").values_list("county", flat=True).distinct())


def organisation_for(viewer: Viewer, organisation_id: UUID) -> Organisation:
    """An organisation that the viewer may see, else absent."""
    found = visible_organisations(viewer).filter(pk=organisation_id).first()
    if found is None:
        raise absent(Text("该单位", "this organisation"))
    return found


def organisation_page(viewer: Viewer, organisation_id: UUID) -> OrganisationPage:
    """One organisation over all registers that the viewer sees."""
    found = organisation_for(viewer, organisation_id)
    rows = known(viewer).filter(Q(organisation=found) | Q(counterpart=found))
    registers = _in_registers(viewer, rows, found)
    mentions = [mention for one in registers for mention in one.mentions]
    names = {mention.called for mention in mentions if mention.called and plain(mention.called) != plain(found.name)}
    alike = visible_organisations(viewer).filter(name=found.name).exclude(pk=found.pk)
    merged = tuple(Organisation.objects.filter(merged_into=found).order_by("name"))
    return OrganisationPage(
        found, registers, len({mention.version.entry_id for mention in mentions}), tuple(sorted(names)), merged, tuple(alike[:10]),
        may(viewer, "ledgers.keep_organisation", None),
    )  # fmt: skip


def people_list(viewer: Viewer, page: int = 1) -> PeopleList:
    """The people whom the viewer's entries speak of. Names are sealed, so the order is that of recording."""
    rows = visible_people(viewer)
    total, page, pages = _paged(rows, page)
    chosen = list(rows.select_related("employer").order_by("employer__name", "pk")[(page - 1) * ROWS : page * ROWS])
    counts: dict[UUID, set[UUID]] = {one.pk: set() for one in chosen}
    versions = list(known(viewer).filter(person__in=chosen).select_related("register__office").defer("sealed", "details"))
    sights = sights_of(viewer, {version.register_id: version.register for version in versions}.values())
    clear = {version.person_id for version in versions if _clear(sights[version.register_id], version)}
    for version in versions:
        counts[version.person_id].add(version.entry_id)
    lines = tuple(
        PersonLine(
            one, one.name if one.pk in clear else mask_name(one.name), one.employer.name if one.employer else "", len(counts[one.pk])
        )
        for one in chosen
    )
    return PeopleList(lines, total, page, pages)


def person_for(viewer: Viewer, person_id: UUID) -> Person:
    """A person of whom the viewer may read an entry, else absent."""
    found = visible_people(viewer).select_related("employer", "department").filter(pk=person_id).first()
    if found is None:
        raise absent(Text("该人员", "this person"))
    return found


def person_page(viewer: Viewer, person_id: UUID) -> PersonPage:
    """One person; in clear where the viewer sees personal data in a register that speaks of him, and then the trail says so."""
    found = person_for(viewer, person_id)
    rows = known(viewer).filter(person=found)
    registers = _in_registers(viewer, rows, None)
    sights = sights_of(viewer, [one.register for one in registers])
    versions = [mention.version for one in registers for mention in one.mentions]
    clear = any(_clear(sights[version.register_id], version) for version in versions)
    secret = (
        (Text("证件号码", "Identity number"), found.identity),
        (Text("出生日期", "Born on"), found.born_on),
        (Text("手机", "Mobile"), found.mobile),
    )
    open_ones = (
        (Text("单位", "Employer"), found.employer.name if found.employer else ""), (Text("国籍", "Nationality"), found.nationality),
        (Text("职称", "Rank"), found.rank), (Text("学位", "Degree"), found.degree),
    )  # fmt: skip
    facts = [(text, value if clear else mask(value)) for text, value in secret if value] + [
        (text, value) for text, value in open_ones if value
    ]
    if clear:
        record(viewer, "ledgers.person_opened", "ledgers.Person", str(found.pk), mask_name(found.name), str(found.department_id))
    keeps = clear and may(viewer, "ledgers.keep_person", None)
    return PersonPage(found, found.name if clear else mask_name(found.name), tuple(facts), registers, clear, keeps)


def sees_clear(viewer: Viewer, person: Person) -> bool:
    """Whether the viewer sees this person in clear."""
    rows = list(known(viewer).filter(person=person).select_related("register__office"))
    sights = sights_of(viewer, {row.register_id: row.register for row in rows}.values())
    return any(_clear(sights[row.register_id], row) for row in rows)


def _clear(sight: Sight, version: EntryVersion) -> bool:
    return sight.personal or (version.reporter_id is not None and version.reporter_id in sight.own)


def _paged(rows: QuerySet, page: int) -> tuple[int, int, int]:
    total = rows.count()
    pages = max(1, -(-total // ROWS))
    return total, min(max(page, 1), pages), pages


def _in_registers(viewer: Viewer, rows: QuerySet[EntryVersion], organisation: Organisation | None) -> tuple[InRegister, ...]:
    """The entries by register. The number of queries grows with neither."""
    versions = list(
        rows.select_related("register__office", "register__department").order_by("register__position", "number", "pk")[:MOST_ENTRIES]
    )
    registers = list({version.register_id: version.register for version in versions}.values())
    sights, feeds = sights_of(viewer, registers), _feeds(registers)
    found = []
    for register in registers:
        definition = definition_of(register)
        mentions = tuple(
            _mention(definition, version, sights[register.pk], organisation) for version in versions if version.register_id == register.pk
        )
        found.append(InRegister(register, mentions, tuple(feeds.get(register.pk, ()))))
    return tuple(found)


def _feeds(registers: Sequence[Register]) -> dict[UUID, list[str]]:
    """Register → the indicators that count it on their default basis."""
    rows = Binding.objects.filter(register__in=registers, withdrawn=False, basis__withdrawn=False, basis__default=True)
    feeds: dict[UUID, list[str]] = {}
    for register, name in rows.order_by("basis__indicator__pk").values_list("register", "basis__indicator__name").distinct():
        feeds.setdefault(register, []).append(name)
    return feeds


def _mention(definition: RegisterDefinition, version: EntryVersion, sight: Sight, organisation: Organisation | None) -> Mention:
    name = "person" if organisation is None else "organisation" if version.organisation_id == organisation.pk else "counterpart"
    states = {state.code: state.text for state in definition.states}
    role = definition.column(name).text if definition.has(name) else Text(definition.zh, definition.en)
    called = "" if organisation is None else getattr(version, f"{name}_name")
    counts = version.standing == EntryVersion.Standing.CONFIRMED and not version.gap
    state = states.get(version.state, Text(version.state, version.state))
    if version.standing != EntryVersion.Standing.CONFIRMED:
        state = STANDINGS[version.standing]
    return Mention(version, title_of(definition, version, sight), role, state, called, counts)
