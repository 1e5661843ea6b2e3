"""What the pages of entering show: the form of a register, the steps that an entry may take, what waits for confirmation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from zhiheng_web.ledgers.actions.confirm_entries import confirming
from zhiheng_web.ledgers.actions.move_entry import may_take
from zhiheng_web.ledgers.columns import SEALED, Kind
from zhiheng_web.ledgers.definition import Column, Move, RegisterDefinition
from zhiheng_web.ledgers.divisions import counties_of
from zhiheng_web.ledgers.entering.cells import SPLIT, Fault, example_of
from zhiheng_web.ledgers.entering.checking import check_drafts
from zhiheng_web.ledgers.entering.opening import Standing, entered_words, entering
from zhiheng_web.ledgers.entering.preparing import uuid_of
from zhiheng_web.ledgers.masking import Sight, seen, sight_of, title_of
from zhiheng_web.ledgers.models import FOREVER, EntryLink, EntryVersion, Register
from zhiheng_web.ledgers.policies import KEEPERS, scope_of, visible_registers, visible_versions
from zhiheng_web.ledgers.writing import definition_of, draft_of, loaded
from zhiheng_web.organisation.authority import absent, may
from zhiheng_web.organisation.models import Office
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

OFFERED = 100
"""Organisations and entries offered while typing."""
GROUPS = (
    (Text("事项", "Matter"), (Kind.WORD, Kind.CHOICE, Kind.TOPICS, Kind.ENTRY)),
    (Text("单位与人员", "Organisations and people"), (Kind.ORGANISATION, Kind.PERSON, Kind.COUNTY, Kind.OFFICE)),
    (Text("日期", "Dates"), (Kind.DATE, Kind.YEAR)),
    (Text("数量与金额", "Quantities and amounts"), (Kind.QUANTITY, Kind.MONEY)),
)
OTHER = Text("其他", "Other")
CODE_HINT = Text(
    "统一社会信用代码，或“代码 名称”；登记过的单位可只写名称", "Credit code, or code and name; of a known organisation the name"
)
PERSON_HINT = Text("姓名；有证件号码的请一并填写，避免同名混淆", "Name; give the identity number too where there is one")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
NO_TARGET = Text("没有找到编号为“{words}”的记录。请核对编号。", "No entry has the number “{words}”: check it.")
SEVERAL = Text(
    "编号“{words}”在多本台账中都有，请粘贴记录页面的网址。", "Several registers have “{words}”: paste the address of the entry's page."
)


@dataclass(slots=True)
class Field:
    """One input: what it is called, what stands in it, what is wrong with it, and what is offered."""

    column: Column
    value: str = ""
    error: Text | None = None
    now: str = ""
    options: Sequence[tuple[str, Text]] = ()
    offered: Sequence[tuple[str, str]] = ()
    required: bool = False

    @property
    def name(self) -> str:
        """The name of the input."""
        return self.column.name

    @property
    def shape(self) -> str:
        """How it is entered: checks, select, date, area, or a line. A word that is no date stays a line, so that it is kept."""
        if self.options:
            return "checks" if self.column.kind is Kind.TOPICS else "select"
        if self.column.kind is Kind.DATE and self.value and not DAY.fullmatch(self.value):
            return "line"
        return {Kind.DATE: "date", Kind.TEXT: "area"}.get(self.column.kind, "line")

    @property
    def mode(self) -> str:
        """What keyboard a telephone shows."""
        return "decimal" if self.column.kind in (Kind.QUANTITY, Kind.MONEY) else "numeric" if self.column.kind is Kind.YEAR else "text"

    @property
    def unit(self) -> str:
        """The unit behind its name, unless the name says it."""
        unit = self.column.unit or ("元" if self.column.kind is Kind.MONEY else "")
        return "" if unit in str(self.column.text) else unit

    @property
    def marked(self) -> Sequence[tuple[str, Text, bool]]:
        """The choices with whether each is marked."""
        words = set(SPLIT.split(self.value))
        return [(code, text, code in words or text.zh in words) for code, text in self.options]

    @property
    def hint(self) -> Text | str:
        """What helps to fill it in."""
        if self.column.hint_zh:
            return Text(self.column.hint_zh, self.column.hint_en or self.column.hint_zh)
        if self.column.pattern and (sample := example_of(self.column.pattern)):
            return Text(f"如 {sample}", f"such as {sample}")
        return {Kind.ORGANISATION: CODE_HINT, Kind.PERSON: PERSON_HINT}.get(self.column.kind, "")


@dataclass(frozen=True, slots=True)
class EntryForm:
    """A form of a register: its fields in groups, faults that belong to no field, the states to choose from."""

    register: Register
    definition: RegisterDefinition
    groups: Sequence[tuple[Text, Sequence[Field]]]
    states: Sequence[tuple[str, Text]] = ()
    state: str = ""
    errors: Sequence[Text] = ()
    links: Sequence[str] = ()
    version: EntryVersion | None = None
    name: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)
    reports: bool = False

    @property
    def text(self) -> Text:
        """What the register is called."""
        return Text(self.register.name_zh, self.register.name_en)


def register_for(viewer: Viewer, register_id: UUID) -> Register:
    """The register that a page of entering is about, or Absent."""
    register = visible_registers(viewer).select_related("department", "office").filter(pk=register_id).first()
    if register is None:
        raise absent(Text("该台账", "this register"))
    return register


def new_form(viewer: Viewer, register_id: UUID, words: Mapping[str, str] | None = None, refusal: Invalid | None = None) -> EntryForm:
    """The form of a new entry, with what was typed and what is wrong with it."""
    register = register_for(viewer, register_id)
    how = entering(viewer, register)
    given = dict(words or {})
    if how.reporter is not None and words is None:
        given = {
            "county": how.reporter.division_code[:6],
            "organisation": f"{how.reporter.uscc} {how.reporter.name}" if how.reporter.uscc else "",
        }
    states = [(state.code, state.text) for state in how.definition.states]
    made = form_of(viewer, register, how.definition, given, refusal)
    return replace(made, states=states, state=given.get("state") or how.definition.first_state, reports=how.reporter is not None)


def correct_form(
    viewer: Viewer, entry_id: UUID, words: Mapping[str, str] | None = None, refusal: Invalid | None = None, *, now: bool = False
) -> EntryForm:
    """The form of a correction: what is known, or what was typed. ``now``: beside it what stands now, after somebody was faster."""
    version = open_version(viewer, entry_id)
    definition = definition_of(version.register)
    sight = sight_of(viewer, version.register)
    shown = shown_words(definition, version, sight)
    made = form_of(viewer, version.register, definition, {**shown, **(words or {})}, refusal)
    for _, fields in made.groups:
        for one in fields:
            one.now = shown.get(one.name, "") or "—" if now and one.value != shown.get(one.name, "") else ""
    keeps = viewer.holds(KEEPERS, scope_of(version.register, viewer.today()))
    return replace(made, version=version, name=called(definition, version, sight), shown=shown, reports=not keeps)


def move_form(
    viewer: Viewer, entry_id: UUID, code: str, words: Mapping[str, str] | None = None, refusal: Invalid | None = None
) -> tuple[EntryForm, Move]:
    """The form of a step: its date, what it needs, and what the register requires and nobody has entered yet."""
    version = open_version(viewer, entry_id)
    definition = definition_of(version.register)
    step = next((move for move in definition.moves if move.code == code), None)
    if step is None:
        raise absent(Text("该办理步骤", "this step"))
    sight = sight_of(viewer, version.register)
    shown = shown_words(definition, version, sight)
    blank = entered_words(definition, version)
    owed = (column.name for column in definition.columns if column.required and not column.hidden and not blank.get(column.name))
    names = dict.fromkeys(name for name in (*step.needs, step.sets, *owed) if name and definition.has(name))
    faulty = [name for name in (refusal.fields if refusal else {}) if definition.has(name)]
    columns = [replace(definition.column(name), required=True) for name in (*names, *(name for name in faulty if name not in names))]
    given = {**shown, **({step.sets: shown.get(step.sets) or viewer.today().isoformat()} if step.sets else {}), **(words or {})}
    made = form_of(viewer, version.register, replace(definition, columns=tuple(columns)), given, refusal)
    return replace(made, definition=definition, version=version, name=called(definition, version, sight), shown=shown), step


def shown_words(definition: RegisterDefinition, version: EntryVersion, sight: Sight) -> dict[str, str]:
    """What is known as a form shows it; what the viewer may not see in clear stays empty, and so unchanged."""
    words = entered_words(definition, version)
    for column in definition.columns:
        name = column.name
        if name not in words:
            continue
        if column.visibility in SEALED and not sight.clear(column.visibility, version.reporter_id):
            words[name] = ""
        elif column.kind is Kind.ORGANISATION:
            words[name] = f"{words[name]} {words.get(f'{name}_name', '')}".strip()
        elif column.kind is Kind.PERSON:
            words[name] = version.person.name if version.person and sight.personal else ""
        elif column.kind is Kind.ENTRY:
            words[name] = version.about.key if version.about else ""
    return words


def open_version(viewer: Viewer, entry_id: UUID) -> EntryVersion:
    """What is known now of an entry that the viewer may see, or Absent."""
    found = visible_versions(viewer).filter(entry=entry_id, known_until=FOREVER)
    version = (
        loaded(EntryVersion.objects.filter(pk__in=found.values("pk")))
        .select_related("register__department", "register__office", "reporter", "written_by")
        .first()
    )
    if version is None:
        raise absent(Text("该台账记录", "this entry"))
    return version


def form_of(
    viewer: Viewer, register: Register, definition: RegisterDefinition, words: Mapping[str, str], refusal: Invalid | None = None
) -> EntryForm:
    """The fields of a definition in groups, with words and faults. The queries do not grow with the columns."""
    faults = dict(refusal.fields) if refusal else {}
    offices = [(str(one.pk), Text(one.name, one.name)) for one in _offices(register, definition)]
    groups: dict[str, list[Field]] = {}
    for column in definition.columns:
        made = Field(column, words.get(column.name, ""), faults.pop(column.name, None), required=column.required)
        made.options = _options(register, column, offices)
        if made.shape == "select" and made.value and made.value not in {code for code, _ in made.options}:
            made.options = [(made.value, Text(made.value, made.value)), *made.options]
        made.offered = _offered(viewer, register, column)
        groups.setdefault(_group(column).zh, []).append(made)
    titles = [*(text for text, _ in GROUPS), OTHER]
    ordered = [(text, groups[text.zh]) for text in titles if text.zh in groups]
    other = list(faults.values()) or ([refusal.text] if refusal and not refusal.fields else [])
    return EntryForm(register, definition, ordered, errors=other, links=getattr(refusal, "links", ()))


def _group(column: Column) -> Text:
    return OTHER if column.detail and column.kind is Kind.TEXT else next((text for text, kinds in GROUPS if column.kind in kinds), OTHER)


def _offices(register: Register, definition: RegisterDefinition) -> Iterable[Office]:
    if not any(column.kind is Kind.OFFICE for column in definition.columns):
        return ()
    return Office.objects.filter(unit__department=register.department_id, closed_on=None)


def _options(register: Register, column: Column, offices: Sequence[tuple[str, Text]]) -> Sequence[tuple[str, Text]]:
    """A fixed list to choose from; () where something is typed."""
    if column.kind is Kind.COUNTY:
        return [(one.code, one.text) for one in counties_of(register.department.division_code)]
    if column.kind is Kind.OFFICE:
        return offices
    if column.kind is Kind.YES_NO:
        return [("1", Text("是", "Yes")), ("0", Text("否", "No"))]
    fixed = column.kind in (Kind.CHOICE, Kind.TOPICS)
    return [(one.code, Text(one.zh, one.en or one.zh)) for one in column.choices] if fixed else ()


def _offered(viewer: Viewer, register: Register, column: Column) -> Sequence[tuple[str, str]]:
    """What is offered while typing: organisations of this register, entries of the register pointed into."""
    seen = visible_versions(viewer).filter(known_until=FOREVER)
    if column.kind is Kind.ORGANISATION and not column.detail:
        rows = seen.filter(register=register, **{f"{column.name}__isnull": False}).order_by("-known_from")
        pairs = rows.values_list(f"{column.name}__uscc", f"{column.name}_name")[:OFFERED]
        return list(dict.fromkeys((f"{uscc} {name}".strip(), name) for uscc, name in pairs))
    if column.kind is Kind.ENTRY:
        rows = seen.filter(register__department=register.department_id).exclude(number="").order_by("-known_from")
        rows = rows.filter(register__code=column.register) if column.register else rows
        return list(rows.values_list("number", "title")[:OFFERED])
    return ()


def called(definition: RegisterDefinition, version: EntryVersion, sight: Sight) -> str:
    """What an entry is called where its register has no title: its organisation or person as far as they may be seen, and its number."""
    said = title_of(definition, version, sight)
    if version.title and said:
        return said
    shown = seen(definition, version, sight)
    words = [shown[name] for name in ("person", "organisation", "counterpart") if name in shown and not shown[name].hidden]
    names = [str(one.value.name if hasattr(one.value, "name") else one.value) for one in words[:2]]
    return " · ".join([*names, *([said] if said else [])]) or definition.zh


def given_words(posted: Mapping[str, str], form: EntryForm) -> dict[str, str]:
    """The columns of a correction or a step that were changed against what the form showed."""
    names = [name for column in form.definition.columns for name in (column.name, f"{column.name}_identity")]
    return {name: posted[name] for name in names if name in posted and posted[name].strip() != form.shown.get(name, "").strip()}


def warnings_of(viewer: Viewer, version: EntryVersion) -> list[Fault]:
    """What the checks only warn of, once an entry is written."""
    definition = definition_of(version.register)
    fresh = loaded(EntryVersion.objects.filter(pk=version.pk)).get()
    return check_drafts(version.register, definition, [draft_of(definition, fresh)], viewer.today())[0].warnings


def link_target(viewer: Viewer, source: UUID, words: str) -> UUID:
    """The entry that somebody names as the other end of a link: a number, a key, an id or the address of its page."""
    version = open_version(viewer, source)
    parts = [part for part in words.strip().split("/") if part]
    named = next((found for part in reversed(parts) if (found := uuid_of(part))), None)
    rows = visible_versions(viewer).filter(known_until=FOREVER, register__department=version.register.department_id)
    rows = rows.filter(entry=named) if named else rows.filter(number=words.strip()).exclude(entry=source)
    ends = list(rows.values_list("entry", flat=True)[:2]) if words.strip() else []
    if len(ends) != 1:
        text = (SEVERAL if ends else NO_TARGET).with_(words=words.strip())
        raise Invalid("target", text, {"target": text})
    return UUID(str(ends[0]))


@dataclass(frozen=True, slots=True)
class EntrySteps:
    """What a viewer may do with an entry now."""

    version: EntryVersion
    moves: Sequence[tuple[Move, bool]]
    may_correct: bool
    may_confirm: bool
    may_return: bool
    may_revoke: bool
    may_restore: bool
    may_link: bool
    links: Sequence[EntryLink] = ()

    @property
    def any(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.moves) or self.may_confirm or self.may_return or self.may_restore or self.may_link


def steps_of(viewer: Viewer, version: EntryVersion) -> EntrySteps:
    """The steps of the open version of an entry that this viewer may take; those of others are named with who takes them."""
    register = version.register
    definition = definition_of(register)
    whole = scope_of(register, viewer.today())
    scope = replace(whole, reporter=version.reporter_id)
    closed = register.closed_on is not None and register.closed_on <= viewer.today()
    revoked, live = version.standing == Standing.REVOKED, version.standing in (Standing.SUBMITTED, Standing.CONFIRMED)
    moves = (
        [(move, may_take(viewer, version, move)) for move in definition.moves if version.state in move.start] if live and not closed else []
    )
    confirms = not closed and may(viewer, confirming(definition), whole)
    keeps = not closed and may(viewer, "ledgers.revoke_entry", whole)
    links = EntryLink.objects.filter(source=version.entry_id, known_until=FOREVER).select_related("target") if keeps else ()
    return EntrySteps(
        version,
        moves,
        may_correct=not closed and not revoked and may(viewer, "ledgers.correct_entry", scope),
        may_confirm=confirms and version.standing == Standing.SUBMITTED,
        may_return=confirms and live and version.reporter_id is not None,
        may_revoke=keeps and not revoked,
        may_restore=keeps and revoked,
        may_link=keeps,
        links=list(links),
    )
