"""What a register is declared to be: its columns, states, moves, evidence, checks and obligations, as values read from a pack or a form.

Nothing here touches the database. A definition is kept in canonical form (:func:`to_json`) on its Register row and read as one whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cached_property, lru_cache
from typing import Any, Literal, cast

from zhiheng.plan.procedure import Role
from zhiheng_web.ledgers.columns import COMMON, Kind, Visibility
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a column with a fixed list: ``code`` is stored, the words are shown."""

    code: str
    zh: str
    en: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a register. ``name`` is a common column (ledgers.columns.COMMON) or the register's own detail.

    ``required``: from the first version on. ``pattern`` is a regular expression of the whole word, ``unit`` the unit of a quantity,
    ``register`` the register that an entry column points into. ``hidden``: no longer entered or shown, but entries still hold it.
    """

    name: str
    zh: str
    en: str
    kind: Kind
    required: bool = False
    visibility: Visibility = Visibility.INTERNAL
    choices: tuple[Choice, ...] = ()
    pattern: str = ""
    unit: str = ""
    register: str = ""
    hint_zh: str = ""
    hint_en: str = ""
    hidden: bool = False

    @property
    def detail(self) -> bool:
        """Whether it is the register's own, kept as words and never computed from."""
        return self.name not in COMMON

    @property
    def text(self) -> Text:
        """What it is called."""
        return Text(self.zh, self.en)


@dataclass(frozen=True, slots=True)
class State:
    """One state of the business (办理状态). ``final``: nothing follows of itself."""

    code: str
    zh: str
    en: str
    final: bool = False

    @property
    def text(self) -> Text:
        """What it is called."""
        return Text(self.zh, self.en)


@dataclass(frozen=True, slots=True)
class Move:
    """One step from a state to another: who may take it, which date it sets to its day, which columns it needs, how long it may take.

    ``by`` are role values; ``sets`` a date column that takes the day of the move where the mover gives no other. ``days`` is the time
    allowed from ``days_from`` (a date column), ``working`` in 工作日; ``basis`` names the document of that time.
    """

    code: str
    zh: str
    en: str
    start: tuple[str, ...]
    end: str
    by: tuple[Role, ...] = (Role.FILLER, Role.SECTION_HEAD)
    sets: str = ""
    needs: tuple[str, ...] = ()
    days: int | None = None
    working: bool = True
    days_from: str = ""
    basis: str = ""

    @property
    def text(self) -> Text:
        """What the button says."""
        return Text(self.zh, self.en)


@dataclass(frozen=True, slots=True)
class EvidenceKind:
    """One kind of evidence. ``required`` for an entry to count, in ``states`` only where any are named.

    ``address``: a public page's address may stand for the file. ``types``: the kinds of file that are taken
    (ledgers.evidence_store.kinds), none: all of them.
    """

    code: str
    zh: str
    en: str
    required: bool = False
    states: tuple[str, ...] = ()
    address: bool = False
    types: tuple[str, ...] = ()

    @property
    def text(self) -> Text:
        """What it is called."""
        return Text(self.zh, self.en)


@dataclass(frozen=True, slots=True)
class Check:
    """A check of an entry. ``effect``: refuse (not stored), uncounted (stored, does not count, ``gap`` is its code), warn (shown).

    Kinds: ``order`` (the dates of ``columns`` do not go backwards; blanks are passed over; ``strict`` forbids the same day), ``within``
    (the second date at most ``days`` after the first), ``together`` (all of ``columns`` or none), ``range`` (``least`` ≤ column ≤
    ``most``), ``limit`` (at most ``most`` open entries with the same ``per`` columns in states ``states``), ``same`` (equal to a column
    of the entry it is about: ``columns`` = own, theirs), ``rule`` (a calculation that a pack registers under the name ``rule``).
    """

    code: str
    kind: Literal["order", "within", "together", "range", "limit", "same", "rule"]
    zh: str
    en: str
    effect: Literal["refuse", "uncounted", "warn"] = "refuse"
    columns: tuple[str, ...] = ()
    per: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    days: int | None = None
    working: bool = False
    strict: bool = False
    least: str = ""
    most: str = ""
    rule: str = ""
    basis: str = ""

    @property
    def text(self) -> Text:
        """What is wrong and what to do, when it fails."""
        return Text(self.zh, self.en)


@dataclass(frozen=True, slots=True)
class ObligationRule:
    """How what is due comes about (应办事项): entries in state ``state`` made beforehand, one for each window or each source entry.

    ``every``: week, month, quarter, half, year, with ``due_month`` / ``due_day`` after the window's end (``due_month`` 1: the month after).
    ``source``: a register whose entries of ``source_states`` fall due on their ``source_date`` (expiring items, ended construction
    periods); the obligation is ``about`` that entry and due ``after_days`` after it. ``times``: so many in each window.
    With both ``every`` and ``source``, each window owes one for each source entry in ``source_states`` that had begun and was not over.
    ``source_where`` are a column of the source and the values that it must have, '' for blank: a matter is reported by its own cycle.
    ``each`` office: a calendar owes one from every 科室 of the department.
    """

    code: str
    zh: str
    en: str
    state: str
    every: Literal["", "week", "month", "quarter", "half", "year"] = ""
    due_month: int = 1
    due_day: int = 5
    times: int = 1
    source: str = ""
    source_date: str = ""
    source_states: tuple[str, ...] = ()
    source_where: tuple[str, ...] = ()
    each: Literal["", "office"] = ""
    after_days: int = 0
    category: str = ""
    channel: str = ""
    basis: str = ""


@dataclass(frozen=True)
class RegisterDefinition:
    """A register. ``key``: the columns that identify a row; ``counts_once_by``: those of what counts once (default: the key).

    ``first_state`` is that of a new entry. ``confirmed_by``: ``office`` (what the office enters is confirmed, what others enter awaits it)
    or ``second`` (a second person of the office confirms every entry). ``classified``: only number and date are kept, no text, no
    file (涉密事项, counted by a confirmation of the 保密办).
    """

    code: str
    zh: str
    en: str
    duty: str = ""
    purpose_zh: str = ""
    purpose_en: str = ""
    unmeasured: bool = False
    columns: tuple[Column, ...] = ()
    states: tuple[State, ...] = ()
    first_state: str = ""
    moves: tuple[Move, ...] = ()
    evidence: tuple[EvidenceKind, ...] = ()
    checks: tuple[Check, ...] = ()
    obligations: tuple[ObligationRule, ...] = ()
    key: tuple[str, ...] = ()
    counts_once_by: tuple[str, ...] = ()
    confirmed_by: Literal["office", "second"] = "office"
    reporters: bool = False
    classified: bool = False
    basis: str = ""

    def __hash__(self) -> int:
        """Cheap, for it is asked for every row: what is made of a definition is remembered by it."""
        return hash((self.code, self.zh, len(self.columns), len(self.states)))

    @property
    def text(self) -> Text:
        """What it is called."""
        return Text(self.zh, self.en)

    def column(self, name: str) -> Column:
        """The column of that name; KeyError if the register has none."""
        return self._by_name[name]

    def has(self, name: str) -> bool:
        """Whether the register uses that column."""
        return name in self._by_name

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @property
    def required(self) -> tuple[Column, ...]:
        """The columns that no entry may leave blank."""
        return _required(self)

    @property
    def shown(self) -> tuple[Column, ...]:
        """The columns that pages, forms and templates have; hidden ones are kept with their entries only."""
        return tuple(column for column in self.columns if not column.hidden)

    def state(self, code: str) -> State:
        """The state of that code; KeyError if there is none."""
        return {state.code: state for state in self.states}[code]

    def required_evidence(self, state: str) -> frozenset[str]:
        """The kinds of evidence without which an entry in this state does not count."""
        return _required_evidence(self, state)


@lru_cache(maxsize=2048)
def _required_evidence(definition: RegisterDefinition, state: str) -> frozenset[str]:
    return frozenset(kind.code for kind in definition.evidence if kind.required and (not kind.states or state in kind.states))


@lru_cache(maxsize=512)
def _required(definition: RegisterDefinition) -> tuple[Column, ...]:
    return tuple(column for column in definition.columns if column.required)


PARTS: dict[str, type] = {
    "columns": Column, "states": State, "moves": Move, "evidence": EvidenceKind, "checks": Check, "obligations": ObligationRule,
}  # fmt: skip
LISTS = ("key", "counts_once_by")


def to_json(definition: RegisterDefinition) -> dict[str, Any]:
    """The canonical form: what equals its default is left out, so that two equal definitions are equal text."""
    return cast("dict[str, Any]", _bare(definition))


def _bare(value: Any) -> Any:
    if is_dataclass(value):
        said = {field.name: (getattr(value, field.name), field.default) for field in fields(value)}
        return {name: _bare(inner) for name, (inner, default) in said.items() if default is MISSING or inner != default}
    if isinstance(value, list | tuple):
        return [_bare(inner) for inner in value]
    return value.value if isinstance(value, Role | Kind | Visibility) else value


def from_json(data: Mapping[str, Any]) -> RegisterDefinition:
    """The definition of a canonical form. What is wrong with it must have been found before (packs.checking)."""
    named = {key: value for key, value in data.items() if key not in PARTS}
    for key in LISTS:
        named[key] = tuple(named.get(key, ()))
    for key, part in PARTS.items():
        named[key] = tuple(_part(part, item) for item in data.get(key, ()))
    return RegisterDefinition(**named)


def _part(part: type, item: Mapping[str, Any]) -> Any:
    named = dict(item)
    for key, value in named.items():
        if key == "choices":
            named[key] = tuple(Choice(**choice) for choice in value)
        elif isinstance(value, list):
            named[key] = tuple(Role(one) for one in value) if key == "by" else tuple(value)
    if part is Column:
        named["kind"] = Kind(named["kind"])
        named["visibility"] = Visibility(named.get("visibility", Visibility.INTERNAL))
    return part(**named)
