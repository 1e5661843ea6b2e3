"""What should be looked at before it is public, found by rule: each is withheld by a person, or a person says why it stays.

P04 (个人信息): a telephone, an identity number, a bank card, an e-mail address in a text. A row that rests on a classified register. A
figure from so few entries that are not public that it tells about each (a published or declared figure is one entry that speaks of
nobody). Something withheld that another text still says.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from zhiheng.audit.personal import personal as personal_data
from zhiheng_web.local_rules import in_force
from zhiheng_web.publication.building.redacting import strings, text_at
from zhiheng_web.publication.content.places import ROW_CELLS, TABLE_CELLS
from zhiheng_web.publication.content.shape import Content
from zhiheng_web.publication.content.tables import PublicTable, Row
from zhiheng_web.wording import Text

FEW = 3
SHORT = 4
NUMBERED = re.compile(r"(?:\d[-\s]?){7}")
"""Personal data have at least seven digits: thousands of other texts need not be looked at more closely."""
DAY = re.compile(r"\d{4}-\d\d-\d\d")
CODES = {
    "personal": Text("可能含个人信息（P04）", "May hold personal data (P04)"),
    "classified": Text("数据来自涉密台账", "Rests on a classified register"),
    "few": Text("汇总数所依据的未公开条目过少，可能推知个案", "So few entries behind the figure that it tells about each"),
    "leak": Text("已遮盖的内容仍出现在此处", "What is withheld elsewhere is still said here"),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing to withhold or to answer for: ``said`` is what is in question (personal data masked), ``around`` the text it stands in."""

    code: str
    place: str
    said: str
    around: str = ""

    @property
    def text(self) -> Text:
        """What is the matter."""
        return CODES[self.code]

    @property
    def key(self) -> str:
        """The digest of the text: an answer holds for this text and no other."""
        return hashlib.sha256(f"{self.said}\n{self.around}".encode()).hexdigest()


def proposals(content: Content, full: Content) -> list[Proposal]:
    """Everything to be decided about a content; ``full`` is the same with what is withheld. In reading order, each once."""
    found = dict.fromkeys([*personal(content), *_rows(content), *leaks(content, full)])
    return list(found)


def personal(content: Content) -> Iterator[Proposal]:
    """P04: personal data in any text, by the library's rule and the parameters of the year."""
    parameters = in_force(date(content.head.year, 12, 31))
    for place, said in spoken(content):
        if NUMBERED.search(said) and not DAY.fullmatch(said):
            for found in personal_data(said, parameters):
                yield Proposal("personal", place, found.masked, said)


def _rows(content: Content) -> Iterator[Proposal]:
    for table in content.tables:
        for row in table.rows:
            for part in row.actual.parts if row.actual else ():
                place = f"{table.slug}/{row.slug}"
                if part.closed == "classified":
                    yield Proposal("classified", place, row.name)
                if part.closed == "column" and part.measure != "external" and part.number is not None and 0 < part.counted < FEW:
                    yield Proposal("few", f"{place}/actual", f"{row.name}·{part.name.zh}：{part.counted}")


def leaks(content: Content, full: Content) -> Iterator[Proposal]:
    """Texts of people that still say what is withheld."""
    words = secrets(content, full)
    if not words:
        return
    for place, said in spoken(content):
        for secret, around in words.items():
            if secret in said and near(place, around):
                yield Proposal("leak", place, secret, said)


def near(place: str, around: str) -> bool:
    """Whether a text may tell something withheld: anywhere for a name, in the same row or in running text for a figure."""
    return not around or place.startswith((f"{around}/", "narrative/")) or place.count("/") == 1


def secrets(content: Content, full: Content) -> dict[str, str]:
    """What is withheld as texts → where saying it tells ('' anywhere). A figure like 100% is said of other things as well: only texts of
    its own row and running text count. What other tables or rows are called alike is no secret.
    """
    found: dict[str, str] = {}
    for one in content.redactions:
        for said, around in secrets_at(full, one.place):
            if len(said) >= SHORT:
                found[said] = "" if not around else found.get(said, around)
    common = [said for _, said in _names(content)]
    return {said: around for said, around in found.items() if said not in common}


def secrets_at(full: Content, place: str) -> Iterator[tuple[str, str]]:
    """What stands at a place as texts → where saying it tells ('' anywhere)."""
    slug, _, rest = place.partition("/")
    yield from _withheld(full, slug, rest)


def _names(content: Content) -> Iterator[tuple[str, str]]:
    for table in content.tables:
        yield table.slug, table.title
        yield table.slug, table.of
        yield from ((table.slug, row.name) for row in table.rows)


def _withheld(full: Content, slug: str, rest: str) -> Iterator[tuple[str, str]]:
    table = full.table(slug)
    if table is None:
        return
    if not rest:
        yield from ((said, "") for said in (table.of, table.title, *(row.name for row in table.rows)))
    elif "/" not in rest and (row := full.row(slug, rest)) is not None:
        place = f"{slug}/{rest}"
        yield from ((row.name, ""), (row.definition, ""))
        yield from ((said, place) for said in (row.target.text if row.target else "", row.actual.shown.zh if row.actual else ""))
    elif rest == "title":
        yield from ((table.of, ""), (table.title, ""))
    else:
        cell = rest.rpartition("/")[2]
        yield text_at(full, f"{slug}/{rest}"), f"{slug}/{rest.rpartition('/')[0]}" if cell in FIGURES else ""


FIGURES = frozenset({"target", "actual", "points", "references"})


def spoken(content: Content) -> Iterator[tuple[str, str]]:
    """(place, text) of everything in a content that people wrote or that entries say, at the place where it could be withheld."""
    for table in content.tables:
        yield from _table_texts(table)
        for row in table.rows:
            yield from _row_texts(table, row)
    for one in content.evaluations:
        said = (one.name, one.scope, one.summary, one.problems, one.advice, one.reply, *(item.name for item in one.items))
        yield from ((f"{one.table}/evaluation", text) for text in said if text)
        yield from ((f"{one.table}/evaluation_findings", item.finding) for item in one.items if item.finding)
    yield from ((f"{one.table}/uses", one.reason) for one in content.uses if one.reason)
    yield from ((one.slug, one.reason) for one in content.left_out)
    yield from ((f"narrative/{one.code}", one.text) for one in content.narrative if one.text)


def _table_texts(table: PublicTable) -> Iterator[tuple[str, str]]:
    for cell in TABLE_CELLS:
        if cell in ("title", "goal"):
            said = getattr(table, cell)
        else:
            said = getattr(table.self_evaluated, cell, "") if table.self_evaluated else ""
        if said:
            yield f"{table.slug}/{cell}", said
    for duty in table.duties:
        yield from ((f"{table.slug}/{duty.slug}/{cell}", getattr(duty, cell)) for cell in ("name", "objective") if getattr(duty, cell))


def _row_texts(table: PublicTable, row: Row) -> Iterator[tuple[str, str]]:
    place = f"{table.slug}/{row.slug}"
    for cell in ROW_CELLS:
        for said in cell_texts(row, cell):
            yield f"{place}/{cell}", said


def cell_texts(row: Row, cell: str) -> Iterable[str]:
    """The texts of one cell of a row."""
    result, actual = row.result, row.actual
    match cell:
        case "target":
            return [row.target.text] if row.target else []
        case "references":
            return [text for _, text in strings(row.references) if text]
        case "actual":
            return [actual.shown.zh, actual.circumstance, *(line.words for part in actual.parts for line in part.how)] if actual else []
        case "entries":
            return [word for part in actual.parts for line in part.lines for word in line.shown.values()] if actual else []
        case "evidence":
            return [
                text for one in (*row.evidence, *(actual.evidence if actual else ())) for text in (one.title, one.name, one.url) if text
            ]
        case "reason":
            return [result.reason, result.improvement] if result else []
        case "points":
            return [result.judged_basis, result.points_reason, result.override.reason if result.override else ""] if result else []
        case "months":
            return []
        case _:
            said = getattr(row, cell)
            return [said] if said else []
