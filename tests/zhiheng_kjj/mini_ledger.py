"""A mini-ledger from a case: entries and what becomes of them, written through the actions with the clock of the case.

A case is ``tests/cases/ledgers/NN-name.toml``::

    indicator = "…"            # as in the Linyi table
    register = "high_tech"     # of entries that name none
    known = 2020-12-20         # day on which entries become known that say none

    [[entries]]
    id = "a"                   # for steps and for "@a" in a column that points to an entry
    why = "counted: …"         # what this entry is there for
    known = 2021-01-15         # the day on which it becomes known
    by = "lanshan"             # a reporting unit enters it: it waits for confirmation
    state = "certified"        # default: the first state of the register
    evidence = ["notice"]      # kinds; default: all that are required in that state
    number = "GR2020…"         # every other key is a column. Organisations and people by name: the same name is the same one.

    [[steps]]                  # in the order of their days, after the entries of the same day
    known = 2021-02-01
    entry = "a"
    do = "correct"             # correct, move, prove, withdraw, confirm, return, revoke
    move = "cancel"            # of a move
    evidence = ["notice"]      # of prove and withdraw
    valid_until = 2020-12-01   # columns of correct and move

    [[expect]]                 # one part on one basis (default: the default basis, its first part)
    on = 2020-12-31
    known = 2020-12-31         # as known at the end of that day
    basis = "gross"
    part = "documents"
    value = "3"                # or, of a coverage, done = 3 and due = 5; neither: the part has no figure
    state = "missed"
    recorded = 4               # counted + evidence + check + duplicate
    not_counted = { evidence = 1, period = 2 }    # all of it
    extra = { opening = 2 }    # some of what explains the figure
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.zhiheng_web.ledgers.adopted import Kjj
from tests.zhiheng_web.ledgers.evidence.files import png

from zhiheng.plan.procedure import Role
from zhiheng.values.normalise import normalise
from zhiheng_web.ledgers.actions.add_evidence import add_evidence
from zhiheng_web.ledgers.actions.confirm_entries import confirm_entries
from zhiheng_web.ledgers.actions.correct_entry import correct_entry
from zhiheng_web.ledgers.actions.move_entry import move_entry
from zhiheng_web.ledgers.actions.record_entry import record_entry
from zhiheng_web.ledgers.actions.return_entries import return_entries
from zhiheng_web.ledgers.actions.revoke_entry import revoke_entry
from zhiheng_web.ledgers.actions.withdraw_evidence import withdraw_evidence
from zhiheng_web.ledgers.columns import Kind
from zhiheng_web.ledgers.definition import RegisterDefinition
from zhiheng_web.ledgers.measures.actual import actuals_of_bases
from zhiheng_web.ledgers.measures.counting import end_of
from zhiheng_web.ledgers.measures.result import Actual, PartResult
from zhiheng_web.ledgers.models import FOREVER, CountingBasis, EntryVersion, Evidence, Register
from zhiheng_web.ledgers.subjects import Described, organisation_of, person_of
from zhiheng_web.ledgers.writing import definition_of, loaded
from zhiheng_web.organisation.viewer import Held, Viewer
from zhiheng_web.planning.models import Indicator
from zhiheng_web.uscc import made_up

CASES = Path(__file__).parents[1] / "cases" / "ledgers"
MORNING = datetime(2020, 1, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai")).timetz()
OWN = frozenset({"id", "why", "known", "by", "state", "evidence", "register", "do", "entry", "move"})
"""Keys of an entry or a step that are no column."""
OFFICE = (Role.FILLER, Role.SECTION_HEAD, Role.PERFORMANCE_OFFICER, Role.SUPERVISING_LEADER, Role.HEAD, Role.DISCLOSURE_REVIEWER)
SCAN = png()


def case_of(name: str) -> dict[str, Any]:
    """The case of that file name without its ending; numbers exact."""
    return tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"), parse_float=Decimal)


def names() -> list[str]:
    """All cases, in the order of section 11 of the registers."""
    return sorted(path.stem for path in CASES.glob("*.toml"))


class Ledger:
    """The entries of one case as they are written, by id."""

    def __init__(self, kjj: Kjj, viewer: Callable[[str], Viewer], case: Mapping[str, Any]) -> None:
        self.kjj, self.viewer, self.case = kjj, viewer, case
        self.entries: dict[str, UUID] = {}
        self.registers: dict[str, Register] = {}
        self.subjects: dict[str, str] = {}
        self.steps = 0

    def write(self) -> None:
        """Everything of the case in the order in which it became known."""
        default = self.case.get("known", date(2020, 12, 20))
        events = [(item.get("known", default), 0, item, self._enter) for item in self.case["entries"]]
        events += [(item["known"], 1, item, self._step) for item in self.case.get("steps", ())]
        for day, _, item, do in sorted(events, key=lambda event: event[:2]):
            self.steps += 1
            do(item, datetime.combine(day, MORNING) + timedelta(seconds=self.steps))

    def actual(self, on: date, known: date, basis: str = "") -> Actual:
        """The indicator of the case on one of its bases, as known at the end of a day."""
        indicator = Indicator.objects.get(department=self.kjj.department, name=normalise(self.case["indicator"]))
        code = basis or CountingBasis.objects.get(indicator=indicator, default=True, withdrawn=False).code
        return actuals_of_bases([indicator], on, end_of(known))[indicator.pk][code]

    def clerk(self, day: date, hour: int = 1) -> Viewer:
        """The office on a day, so many hours after it opened."""
        return self._office(datetime.combine(day, MORNING) + timedelta(hours=hour))

    # --- what happens to entries

    def _enter(self, item: Mapping[str, Any], at: datetime) -> None:
        register = self._register(item.get("register", self.case["register"]))
        definition = definition_of(register)
        state = item.get("state", definition.first_state)
        kinds = item.get("evidence", sorted(definition.required_evidence(state)))
        who = replace(self.viewer(item["by"]), at=at) if "by" in item else self._office(at)
        version = record_entry(who, register.pk, self._words(definition, item), state=state, proofs=kinds)
        self.entries[item["id"]] = version.entry_id
        for kind in kinds:  # what the action was told that its caller adds in the same transaction
            Evidence.objects.create(entry=version.entry, kind=kind, url=f"https://kjj.example.cn/{version.entry_id}/{kind}", known_from=at)

    def _step(self, item: Mapping[str, Any], at: datetime) -> None:
        entry = self.entries[item["entry"]]
        version = loaded(EntryVersion.objects.filter(entry=entry, known_until=FOREVER)).get()
        words = self._words(definition_of(version.register), item)
        reason = item.get("why", "小台账")
        match item["do"]:
            case "correct":
                correct_entry(self._office(at), entry, words, reason=reason)
            case "move":
                move_entry(self._office(at), entry, item["move"], words=words, day=None)
            case "confirm":
                confirm_entries(self._office(at, "kezhang"), version.register_id, [entry])
            case "prove":
                for kind in item["evidence"]:
                    add_evidence(self._office(at), [entry], [SimpleUploadedFile(f"{kind}.png", SCAN)], kind)
            case "withdraw":
                for one in Evidence.objects.filter(entry=entry, kind__in=item["evidence"], known_until=FOREVER):
                    withdraw_evidence(self._office(at), one.pk, reason)
            case "revoke":
                revoke_entry(self._office(at), entry, reason=reason, document="临科字〔2020〕1号")
            case "return":
                return_entries(self._office(at), version.register_id, [entry], reason)
            case unknown:
                raise ValueError(f"no step {unknown}")

    # --- who, and words

    def _office(self, at: datetime, account: str = "jixiao") -> Viewer:
        held = tuple(Held(role, self.kjj.department) for role in OFFICE)
        return Viewer(self.viewer(account).account, held, at=at)

    def _register(self, code: str) -> Register:
        if code not in self.registers:
            self.registers[code] = self.kjj.register(code)
        return self.registers[code]

    def _words(self, definition: RegisterDefinition, item: Mapping[str, Any]) -> dict[str, str]:
        return {name: self._word(definition, name, value) for name, value in item.items() if name not in OWN}

    def _word(self, definition: RegisterDefinition, name: str, value: Any) -> str:
        if isinstance(value, list):
            return "、".join(value)
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, str) and value.startswith("@"):
            return str(self.entries[value[1:]])
        kind = definition.column(name).kind
        if kind in (Kind.ORGANISATION, Kind.PERSON) and value:
            return self._subject(kind, str(value))
        return str(value)

    def _subject(self, kind: Kind, name: str) -> str:
        if name not in self.subjects:
            department = self._register(self.case["register"]).department
            if kind is Kind.PERSON:
                self.subjects[name] = str(person_of(department, Described(name)).pk)
            else:
                code = made_up(9000 + len(self.subjects))
                self.subjects[name] = str(organisation_of(code, name, "371302").organisation.pk)
        return self.subjects[name]


def part_of(actual: Actual, code: str = "") -> PartResult:
    """The part of that code, or the first."""
    return next(part for part in actual.parts if code in ("", part.code))
