"""What the operations of the ledgers take, bounded so that nothing the database cannot keep gets in."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, Field, StringConstraints

from zhiheng_web.api.inputs import NO_NUL, Code, Line, Number, Year
from zhiheng_web.api.inputs import Words as LongWords

Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 12, 31))]
Words = Annotated[str, StringConstraints(max_length=5000, pattern=NO_NUL)]
PageNumber = Annotated[int, Field(ge=1, le=100_000)]
Month = Annotated[str, StringConstraints(pattern=r"^([0-9]{4}-(0[1-9]|1[0-2]))?$")]
Entries = Annotated[list[UUID], Field(min_length=1, max_length=5000)]
Row = Annotated[dict[Code, Words], Field(max_length=200)]
LARGEST_JSON = 500_000


def _keepable(value: dict[str, Any]) -> dict[str, Any]:
    """JSON that every database keeps: no NUL, no half of a surrogate pair, of a bounded size."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("the text cannot be encoded / 含有无法编码的字符") from None
    if "\\u0000" in text or len(text) > LARGEST_JSON:
        raise ValueError("too long, or it holds NUL / 内容过长或含有空字符")
    return value


Json = Annotated[dict[str, Any], AfterValidator(_keepable)]


class FilterInput(Schema):
    """The filter of a register's list, as in the address of its page. ``known``: as known at the end of that day."""

    state: Line = ""
    standing: Code = ""
    gap: Code = ""
    county: Code = ""
    category: Line = ""
    level: Line = ""
    channel: Line = ""
    topic: Line = ""
    dated: Code = ""
    since: Day | None = None
    until: Day | None = None
    words: Line = ""
    known: Day | None = None
    order: Code = ""

    def asked(self) -> dict[str, str]:
        """As the address of the page has it."""
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in self if value}


class DeclareRegisterInput(Schema):
    """The definition of a register in the shape that `definition` gives; its code is given by the service."""

    definition: Json


class ChangeRegisterInput(DeclareRegisterInput):
    """``edition`` is the one that was changed: another change meanwhile is a conflict."""

    edition: Number


class RecordInput(Schema):
    """An entry: the words of its columns by their names. ``state``: '' for the register's first."""

    words: Row
    state: Code = ""

    model_config = {"json_schema_extra": {"examples": [{"words": {"number": "2020-001", "title": "技术开发合同"}, "state": ""}]}}


class RecordManyInput(Schema):
    """Entries, all of which are recorded or none."""

    rows: Annotated[list[Row], Field(min_length=1, max_length=2000)]
    state: Code = ""


class CorrectInput(Schema):
    """What is corrected and why. ``seen`` is the version that the caller saw: a later one is a conflict."""

    words: Row
    reason: LongWords
    seen: UUID | None = None
    confirm: bool = False


class MoveEntryInput(Schema):
    """A step of the business by its code, its day, and what it needs besides."""

    move: Code
    words: Row = {}
    day: Day | None = None
    seen: UUID | None = None
    note: LongWords = ""


class RevokeInput(Schema):
    """Why and by which document."""

    reason: LongWords
    document: Line = ""
    seen: UUID | None = None


class RestoreInput(Schema):
    """Why it stands again."""

    reason: LongWords
    seen: UUID | None = None


class LinkEntriesInput(Schema):
    """The other entry and what the link is called."""

    target: UUID
    kind: Line
    note: Line = ""


class EntriesInput(Schema):
    """Entries of one register."""

    entries: Entries


class ReturnInput(EntriesInput):
    """Entries that go back, and why."""

    reason: LongWords


class ProofInput(Schema):
    """What evidence is and proves; ``url`` is a public page in place of a file, ``page`` 3 or 3-5, ``proves`` a column."""

    kind: Line
    url: Words = ""
    title: Words = ""
    document: Words = ""
    issuer: Words = ""
    issued_on: Day | None = None
    page: Line = ""
    proves: Code = ""


class GenerateObligationsInput(Schema):
    """One register or all that the caller keeps; until which day."""

    ledger: UUID | None = None
    until: Annotated[date, Field(ge=date(1990, 1, 1), le=date(2035, 12, 31))] | None = None


class ColumnsInput(Schema):
    """What each column of the sheet is, by its position counted from 0; ``name`` is what the system is called whose export it is."""

    columns: Annotated[dict[Annotated[str, StringConstraints(pattern=r"^[0-9]{1,4}$")], Code], Field(max_length=500)]
    name: Line = ""


class SheetInput(Schema):
    """The sheet of a workbook and the row of its heading."""

    sheet: Line
    row: Annotated[int, Field(ge=1, le=1000)] | None = None


class WordInput(Schema):
    """A word of a column that stands for a choice; ``choice`` '' takes it back."""

    column: Code
    word: Line
    choice: Line = ""


class OutInput(Schema):
    """Whether the faulty rows are left out."""

    out: bool


class SnapshotInput(Schema):
    """The indicators whose values are frozen, on which day; ``reason`` where they are frozen for that day already."""

    indicators: Annotated[list[UUID], Field(min_length=1, max_length=500)]
    on: Day
    reason: LongWords = ""


class CircumstanceInput(Schema):
    """`not_organised` or `not_applicable`, with reason and document."""

    year: Year
    kind: Code
    reason: LongWords
    document: Line


class BasisInput(Schema):
    """The basis that is chosen; ``seen`` the code of the one that stood there ('' the usual one)."""

    basis: UUID
    seen: Code = ""


class BindInput(Schema):
    """A counting basis in the shape of a pack: zh, en, join, parts."""

    basis: Json


class PackInput(Schema):
    """The code of a pack on offer."""

    pack: Code


class IssueInput(Schema):
    """What a paper is about: an entry, or a period (2020, 2020Q3, 2020-05)."""

    entry: UUID | None = None
    period: Code = ""


class OrganisationInput(Schema):
    """What an organisation is to be recorded as; what is left out stays."""

    name: Line
    uscc: Line | None = None
    kind: Code | None = None
    county: Code | None = None
    country: Line | None = None


class MergeOrganisationsInput(Schema):
    """The record that goes, and why."""

    organisation: UUID
    reason: LongWords


class PersonInput(Schema):
    """What a person is to be recorded as; what is left out stays."""

    name: Line
    identity: Line | None = None
    born_on: Line | None = None
    mobile: Line | None = None
    nationality: Line | None = None
    rank: Line | None = None
    degree: Line | None = None
