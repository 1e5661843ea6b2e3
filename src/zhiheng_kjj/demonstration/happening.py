"""What happens in the invented year and how it is entered: at its instant, by whose work it is, through the ordinary actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.db import transaction

from zhiheng_kjj.demonstration.sheets import sheet
from zhiheng_web.ledgers.actions.add_evidence import Proof, add_proofs
from zhiheng_web.ledgers.actions.confirm_entries import confirm_entries
from zhiheng_web.ledgers.actions.correct_entry import correct_entry
from zhiheng_web.ledgers.actions.generate_obligations import generate_obligations
from zhiheng_web.ledgers.actions.move_entry import move_entry
from zhiheng_web.ledgers.actions.record_entries import record_entries
from zhiheng_web.ledgers.actions.return_entries import return_entries
from zhiheng_web.ledgers.actions.revoke_entry import revoke_entry
from zhiheng_web.ledgers.definition import RegisterDefinition
from zhiheng_web.ledgers.evidence_store.taking import take
from zhiheng_web.ledgers.models import FOREVER, Entry, EntryVersion, Register
from zhiheng_web.ledgers.writing import definition_of
from zhiheng_web.organisation.models import Account
from zhiheng_web.organisation.viewer import Viewer, viewer_of

CHINA = ZoneInfo("Asia/Shanghai")
KEEPERS = {"01": "jingban2", "03": "jingban"}
"""Office of the headquarters → the account that keeps its ledgers; all others are kept by one."""
OTHERS, CENTRE = "jingban3", "zhongxin"
SECRECY = "baomi"
"""Who confirms classified work."""
HEADS = {"331001": "kezhang", "331002": "zhuren"}


@dataclass(frozen=True, slots=True)
class Recorded:
    """Entries that come into a register together: ``rows`` as words of its columns, ``state`` of all that name none of their own.

    ``proofs``: what proves all of them, by kind of evidence; None stands for every kind that the register requires in the state.
    ``by`` names another account (a reporting unit); ``confirmed``: whether the office confirms what others entered.
    """

    on: date
    register: str
    rows: Sequence[Mapping[str, str]]
    state: str = ""
    proofs: Sequence[str] | None = None
    by: str = ""
    confirmed: bool = True
    hour: int = 10


@dataclass(frozen=True, slots=True)
class Moved:
    """An entry, named by its key, takes a step. ``proofs`` are added first."""

    on: date
    register: str
    key: str
    move: str
    words: Mapping[str, str] = field(default_factory=dict)
    proofs: Sequence[str] = ()
    by: str = ""
    hour: int = 15


@dataclass(frozen=True, slots=True)
class Proved:
    """Entries, named by their keys, are proved by one file."""

    on: date
    register: str
    keys: Sequence[str]
    proofs: Sequence[str]
    hour: int = 14


@dataclass(frozen=True, slots=True)
class Corrected:
    """An entry, named by its key, is corrected in what ``words`` name."""

    on: date
    register: str
    key: str
    words: Mapping[str, str]
    reason: str
    by: str = ""
    hour: int = 15


@dataclass(frozen=True, slots=True)
class Revoked:
    """An entry is revoked for a reason, by a document."""

    on: date
    register: str
    key: str
    reason: str
    document: str
    hour: int = 16


@dataclass(frozen=True, slots=True)
class Returned:
    """What a reporting unit entered goes back to it with a reason."""

    on: date
    register: str
    keys: Sequence[str]
    reason: str
    hour: int = 16


@dataclass(frozen=True, slots=True)
class Generated:
    """What the calendar of a register calls for is made, up to a day."""

    on: date
    register: str
    until: date
    hour: int = 9


@dataclass(frozen=True, slots=True)
class Done:
    """Anything else that happens: ``do`` is called with the stage at its hour."""

    on: date
    do: Callable[[Stage, Viewer], Any]
    by: str = "jixiao"
    hour: int = 16


Happening = Recorded | Moved | Proved | Corrected | Revoked | Returned | Generated | Done


class Stage:
    """The department with its accounts and registers, loaded once."""

    def __init__(self, department: UUID) -> None:
        """Load them."""
        self.department = department
        self.registers = {
            one.code: one for one in Register.objects.filter(department=department).select_related("office", "duty", "department")
        }
        self.definitions: dict[str, RegisterDefinition] = {code: definition_of(one) for code, one in self.registers.items()}
        self.accounts = {one.username: one for one in Account.objects.all()}
        self._keepers: dict[str, str] = {}
        self._held: dict[str, Viewer] = {}
        self._files = 0

    def viewer(self, username: str, on: date, hour: int = 10) -> Viewer:
        """The viewer of an account at an hour of a day in China. What an account holds does not change in the year."""
        found = self._held.get(username)
        if found is None:
            found = self._held[username] = viewer_of(self.accounts[username], on, "127.0.0.1")
        return Viewer(found.account, found.held, found.address, None, datetime.combine(on, time(hour), CHINA))

    def keeper(self, register: str) -> str:
        """The account that keeps a register."""
        if register not in self._keepers:
            office = self._office(self.registers[register])
            centre = office is not None and office.unit.code != "331001"
            self._keepers[register] = CENTRE if centre else KEEPERS.get(office.code if office else "", OTHERS)
        return self._keepers[register]

    def head(self, register: str) -> str:
        """The section head who confirms in a register."""
        return HEADS["331002" if self.keeper(register) == CENTRE else "331001"]

    def _office(self, register: Register) -> Any:
        if register.office_id:
            return register.office
        holding = register.duty.holdings.select_related("office__unit").order_by("-since").first() if register.duty_id else None
        return holding.office if holding else None

    def entry(self, register: str, key: str) -> UUID:
        """The entry of a business key."""
        found: UUID = Entry.objects.get(register=self.registers[register], key=key).pk
        return found

    def owed(self, register: str, about: str, number: str) -> UUID:
        """The obligation in a register that comes from the entry ``number`` of the register ``about``."""
        source = self.entry(about, number)
        found: UUID = EntryVersion.objects.get(register=self.registers[register], about=source, known_until=FOREVER).entry_id
        return found

    # -- what happens -------------------------------------------------------------------------------------------------

    def happen(self, happenings: Iterable[Happening]) -> None:
        """Let everything happen in the order of its instants."""
        for one in sorted(happenings, key=lambda each: (each.on, each.hour)):
            self.one(one)

    def one(self, what: Happening) -> None:
        """Let one thing happen."""
        match what:
            case Recorded():
                self.record(what)
            case Moved():
                self.move(what)
            case Proved(register=register):
                viewer = self.viewer(self.keeper(register), what.on, what.hour)
                self.prove(viewer, register, [self.entry(register, key) for key in what.keys], what.proofs)
            case Corrected(register=register):
                viewer = self.viewer(what.by or self.keeper(register), what.on, what.hour)
                correct_entry(viewer, self.entry(register, what.key), what.words, reason=what.reason)
            case Revoked(register=register):
                viewer = self.viewer(self.keeper(register), what.on, what.hour)
                revoke_entry(viewer, self.entry(register, what.key), reason=what.reason, document=what.document)
            case Returned(register=register):
                viewer = self.viewer(self.keeper(register), what.on, what.hour)
                return_entries(viewer, self.registers[register].pk, [self.entry(register, key) for key in what.keys], what.reason)
            case Generated(register=register):
                viewer = self.viewer(self.keeper(register), what.on, what.hour)
                generate_obligations(viewer, self.registers[register].pk, what.until)
            case Done():
                what.do(self, self.viewer(what.by, what.on, what.hour))

    def record(self, what: Recorded) -> list[EntryVersion]:
        """Enter rows with what proves them; the office or a second person confirms what awaits it."""
        definition, register = self.definitions[what.register], self.registers[what.register]
        viewer = self.viewer(what.by or self.keeper(what.register), what.on, what.hour)
        state = what.state or definition.first_state
        kinds = sorted(definition.required_evidence(state)) if what.proofs is None else list(what.proofs)
        with transaction.atomic():
            made: list[EntryVersion] = record_entries(viewer, register.pk, list(what.rows), state=state, proofs=kinds)
            self.prove(viewer, what.register, [version.entry_id for version in made], kinds)
        waiting = [version.entry_id for version in made if version.standing == EntryVersion.Standing.SUBMITTED]
        if waiting and what.confirmed:
            who = self.head(what.register) if definition.confirmed_by == "second" else self.keeper(what.register)
            who = SECRECY if definition.classified else who
            confirm_entries(self.viewer(who, what.on, min(what.hour + 2, 23)), register.pk, waiting)
        return made

    def prove(self, viewer: Viewer, register: str, entries: Sequence[UUID], kinds: Sequence[str]) -> None:
        """One small file with a page for each kind of evidence proves all of the entries."""
        if not kinds or not entries:
            return
        definition = self.definitions[register]
        names = {kind.code: kind.zh for kind in definition.evidence}
        day = viewer.today()
        self._files += 1
        lines = [f"台账：{definition.zh}", f"日期：{day.isoformat()}", f"记录数：{len(entries)}", f"文件序号：{self._files}"]
        content = sheet([(names[kind], [f"证据：{names[kind]}", *lines]) for kind in kinds])
        file = take(ContentFile(content, name=f"{definition.zh}{day:%m%d}.pdf"))
        proofs = [
            Proof(entry, kind, file, title=names[kind], issued_on=day, page=str(page))
            for page, kind in enumerate(kinds, 1)
            for entry in entries
        ]
        add_proofs(viewer, self.registers[register].pk, proofs)

    def move(self, what: Moved) -> EntryVersion:
        """Take a step, proved first."""
        viewer = self.viewer(what.by or self.keeper(what.register), what.on, what.hour)
        entry = self.entry(what.register, what.key)
        self.prove(viewer, what.register, [entry], what.proofs)
        return move_entry(viewer, entry, what.move, words=what.words, day=what.on)
