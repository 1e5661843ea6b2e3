"""How an actual value came about, as far as it is public: parts, what was counted, months, evidence.

The open data hold of an entry only what a measure reads of it and the columns that its register declares public. Entries have keyed
pseudonyms instead of their identity. Where a measure reads a column that is not public, the value is published without its entries, and
the part says that it cannot be computed again from the open data and why (``closed``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class Explained:
    """One line of how a figure came about: its sign (+ − = or ''), what it is, and the figure in words."""

    sign: str
    name: Text
    words: str


@dataclass(frozen=True, slots=True)
class Column:
    """A public column of a register that counted entries are shown with. ``name`` is its key in :attr:`Line.shown`."""

    name: str
    text: Text
    kind: str


@dataclass(frozen=True, slots=True)
class Line:
    """One entry that a part reads. ``id``, ``counts_as`` and ``about`` are pseudonyms: ``id`` is the same wherever the entry is counted in
    the package, ``counts_as`` (what counts once) only within the part. ``reason`` is '' where it is counted, else why not: only those that
    the measure reads (what was due and not done, what stood at the beginning of the year) are here; others are numbers in ``not_counted``.
    ``read`` are the columns that the measure reads, as canonical words; ``shown`` the public columns in words for people.
    """

    id: str
    reason: str
    counts_as: str
    about: str = ""
    read: Mapping[str, str] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the value. ``number`` in ``unit`` is its figure, None where there is none; a ratio keeps both terms.

    ``counted`` 可计 of ``recorded`` 登记; ``not_counted`` reason → number of entries. ``rule`` is what computing it again needs:
    ``measure`` and ``rule`` are read by the proof (see ledgers.measures.proof). ``closed`` '' : its entries are in ``lines`` and the
    figure follows from them; else a code of :data:`CLOSED`, and ``lines`` is empty or not enough.
    """

    code: str
    name: Text
    measure: str
    register: Text
    state: str
    number: Decimal | None
    unit: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    counted: int = 0
    recorded: int = 0
    not_counted: Mapping[str, int] = field(default_factory=dict)
    target: str = ""
    how: tuple[Explained, ...] = ()
    rule: Mapping[str, Any] = field(default_factory=dict)
    closed: str = ""
    columns: tuple[Column, ...] = ()
    lines: tuple[Line, ...] = ()


CLOSED = {
    "column": Text("计算所用的列不对外公开，只公布汇总数", "A column that is read is not public: only the figure is published"),
    "classified": Text("涉密台账，条目不公开", "A classified register: its entries are not public"),
    "withheld": Text("条目依法不予公开", "The entries are withheld"),
    "aggregate": Text("按人填报或问卷汇总，没有台账条目", "Judged by a person or from a survey: there are no entries"),
}
"""Why a part cannot be computed again from the open data: code → words."""


@dataclass(frozen=True, slots=True)
class Month:
    """The value at a month's end (or on the day of the data), for the chart."""

    on: date
    state: str
    number: Decimal | None
    shown: Text


@dataclass(frozen=True, slots=True)
class Evidence:
    """佐证材料 by its digest. ``of`` is the pseudonym of the entry that it proves, '' where it was handed in with the value itself.

    ``title`` and ``name`` only where the file or the page it stands on is itself public: ``url`` a public page, ``file`` True that the file
    with this digest is published and may be downloaded.
    """

    sha256: str
    kind: Text
    of: str = ""
    title: str = ""
    url: str = ""
    file: bool = False
    name: str = ""
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Actual:
    """实际完成值. ``state`` is one of ledgers.measures (met, missed, waiting, …); ``shown`` the value in words.

    ``source``: ledger, declared (by the unit, with evidence), survey, judged (by a person) or none. ``basis`` says in words how it is
    counted, ``join`` how parts make one value, ``decisive`` the number of the part that decides. ``snapshot`` is the digest of the frozen
    value as the department keeps it: it covers what is not public, so that it can be checked by who may see the ledgers, while ``lines``
    prove the public part.
    ``known`` is the instant as of which the ledgers are read. ``circumstance``: why there is no figure, as decided.
    """

    source: str
    state: str
    shown: Text
    number: Decimal | None
    unit: str
    on: date | None
    known: datetime | None
    basis: Text = Text("", "")
    join: str = ""
    decisive: int = 0
    circumstance: str = ""
    snapshot: str = ""
    parts: tuple[Part, ...] = ()
    months: tuple[Month, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    answers: int | None = None

    @property
    def recomputable(self) -> bool:
        """Whether every part with a figure follows from the open data."""
        return bool(self.parts) and all(not part.closed for part in self.parts)
