"""One package as it is public: its head, its tables, its narrative, what followed from the year, and what is withheld."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhiheng_web.publication.content.aftermath import EvaluationResult, Rectification, Use
from zhiheng_web.publication.content.narrative import Number, Statement
from zhiheng_web.publication.content.places import Withheld
from zhiheng_web.publication.content.tables import PublicTable, Row
from zhiheng_web.wording import Text

FORMAT = "zhiheng-publication/1"
"""The name of this form of the open data; a later one gets another number, and what was published keeps its own."""


@dataclass(frozen=True, slots=True)
class Correction:
    """更正: which edition this one corrects, why, and when that one had been published. The earlier stays public beside it."""

    edition: int
    reason: str
    published_on: date | None


@dataclass(frozen=True, slots=True)
class Head:
    """Whose package of which year it is. ``kind`` is budget or final; ``due_on`` the last day to publish after ``approved_on`` (批复).

    ``demonstration``: the figures are invented (演示数据), which every page and file of it must say. The days of review, signature and
    publication are not here: they come after the content is frozen and stand on the package.
    """

    department: str
    code: str
    year: int
    kind: str
    kind_name: Text
    edition: int
    approved_on: date
    approval_number: str
    due_on: date
    demonstration: bool = False
    corrects: Correction | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A table of the department that the package leaves out, with the reason given. ``name`` is '' where even that is withheld."""

    slug: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Content:
    """All that is public of one package. Addresses of what is in it (see places): table slug, then row slug, then cell."""

    head: Head
    tables: tuple[PublicTable, ...]
    left_out: tuple[LeftOut, ...] = ()
    narrative: tuple[Statement, ...] = ()
    numbers: tuple[Number, ...] = ()
    evaluations: tuple[EvaluationResult, ...] = ()
    rectification: Rectification | None = None
    uses: tuple[Use, ...] = ()
    redactions: tuple[Withheld, ...] = ()
    format: str = FORMAT

    def table(self, slug: str) -> PublicTable | None:
        """The table of that slug."""
        return next((table for table in self.tables if table.slug == slug), None)

    def row(self, table: str, slug: str) -> Row | None:
        """The row of that slug in that table."""
        found = self.table(table)
        return None if found is None else next((row for row in found.rows if row.slug == slug), None)

    def evaluation(self, slug: str) -> EvaluationResult | None:
        """The evaluation report of that slug."""
        return next((one for one in self.evaluations if slug and one.slug == slug), None)

    def withheld(self, place: str) -> Withheld | None:
        """Why nothing stands at a place: withheld itself, or with the row or table it is in. None: it is public (and may be blank)."""
        parts = place.split("/")
        around = {"/".join(parts[: count + 1]) for count in range(len(parts))}
        return next((one for one in self.redactions if one.place in around), None)
