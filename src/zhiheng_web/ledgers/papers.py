"""Papers of ledgers (台账文书): the kinds that packs offer, and what each is built from.

A pack registers its kinds in ``AppConfig.ready``. A kind is about one entry (交办单, 催办单) or about
a period of a register (季报) or a group of its entries (推荐函).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from zhiheng.reports.papers.content import Content
from zhiheng_web.ledgers.models import EntryVersion, Register
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class Period:
    """What a paper covers: a year (2020), a quarter (2020Q3) or a month (2020-05). ``first`` and ``last`` are its first and last days."""

    code: str
    first: date
    last: date

    @property
    def words(self) -> str:
        """As an official writes it."""
        if "Q" in self.code:
            return f"{self.first.year}年第{'一二三四'[int(self.code[-1]) - 1]}季度"
        return f"{self.first.year}年{self.first.month}月" if "-" in self.code else f"{self.first.year}年"


def period_of(code: str) -> Period:
    """The period of its code, else Invalid."""
    found = re.fullmatch(r"(\d{4})(?:Q([1-4])|-(0[1-9]|1[0-2]))?", code)
    if found is None:
        text = Text(
            "期间“{code}”无法识别，请写成 2020、2020Q3 或 2020-05。",
            "The period “{code}” cannot be read. Write 2020, 2020Q3 or 2020-05.",
        )
        raise Invalid("period", text.with_(code=code), {"period": text.with_(code=code)})
    year, quarter, month = int(found[1]), found[2], found[3]
    first_month, last_month = 1, 12
    if quarter:
        first_month, last_month = int(quarter) * 3 - 2, int(quarter) * 3
    elif month:
        first_month = last_month = int(month)
    return Period(code, date(year, first_month, 1), date(year, last_month, calendar.monthrange(year, last_month)[1]))


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a paper is built from: the register, the day it is issued, its number ('' for a draft), the period, entry or group."""

    register: Register
    day: date
    number: str
    period: Period | None = None
    entry: EntryVersion | None = None
    group: str = ""

    @property
    def department(self) -> str:
        """The department's name."""
        return self.register.department.name


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One kind of paper. ``registers`` are the codes of the registers that give it; ``of`` what it is about; ``every`` its period.
    ``groups`` lists what a paper of a group may be about in a year: (code, words), such as the rounds of a programme.

    ``lacking`` says why it cannot be issued now (no overdue day for a 催办单), None where it can. ``prefix`` begins its number.
    ``personal``: it names people in clear, so only who sees personal data may have it. ``repeats``: another day makes it another paper
    (a second 催办单); any other is issued again only when what it says has changed. ``proves`` is the kind of evidence that the issued
    paper is, of its entry or, for a period, of the entry that ``proved`` finds.
    """

    code: str
    text: Text
    prefix: str
    registers: tuple[str, ...]
    of: Literal["entry", "period", "group"]
    build: Callable[[Gathered], Content]
    every: tuple[Literal["year", "quarter", "month"], ...] = ()
    groups: Callable[[Register, int], list[tuple[str, str]]] = lambda _register, _year: []
    lacking: Callable[[Gathered], Text | None] = lambda _: None
    personal: bool = False
    repeats: bool = False
    proves: str = ""
    proved: Callable[[Gathered], UUID | None] = lambda asked: asked.entry.entry_id if asked.entry else None


KINDS: dict[str, PaperKind] = {}


def register_paper(*kinds: PaperKind) -> None:
    """Offer kinds of papers, from ``AppConfig.ready``."""
    for kind in kinds:
        KINDS[kind.code] = kind


def kinds_of(register: Register, of: str) -> list[PaperKind]:
    """The kinds that a register gives about an entry or a period."""
    return [kind for kind in KINDS.values() if kind.of == of and register.code in kind.registers] if register.pack else []
