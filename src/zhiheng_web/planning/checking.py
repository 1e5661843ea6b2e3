"""The audit of a version: the library's findings, each with its words, its cell and whether it blocks submission."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from zhiheng.audit.catalogue import rule
from zhiheng.audit.engine import audit
from zhiheng.audit.finding import Finding, Severity
from zhiheng.audit.rule import message
from zhiheng.parameters.parameters import in_force
from zhiheng.plan.plan import Table
from zhiheng_web.planning.models import FindingReply, IndicatorRow
from zhiheng_web.planning.versions import Loaded
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class Checked:
    """One finding of a version. ``row`` None: it is about the table's head or a whole column; ``field`` as in planning.fields."""

    code: str
    severity: Severity
    row: IndicatorRow | None
    field: str
    duty: int | None
    text: Text
    reply: FindingReply | None = None

    @property
    def open(self) -> bool:
        """Whether it still asks for something: an error to be mended, a warning without a reply."""
        return self.severity is Severity.ERROR or (self.severity is Severity.WARNING and self.reply is None)


@lru_cache(maxsize=256)
def _found(table: Table) -> tuple[Finding, ...]:
    """The findings of a table: the same table gives the same findings, so they are kept while it is looked at."""
    year = table.plan.year or date.today().year
    return audit(table, in_force(date(year, 12, 31))).findings


def check(loaded: Loaded) -> tuple[Checked, ...]:
    """All findings of a version in reading order, with the replies given to them. One query."""
    replies = {(reply.code, reply.row_id, reply.field): reply for reply in FindingReply.objects.filter(version=loaded.version)}
    checked = []
    for found in findings_of(loaded.table):
        row = loaded.rows[found.subject.indicator] if found.subject.indicator is not None else None
        key = (found.code, row.pk if row else None, found.subject.field)
        checked.append(Checked(found.code, found.severity, row, found.subject.field, found.subject.duty, text_of(found), replies.get(key)))
    return tuple(checked)


def findings_of(table: Table) -> tuple[Finding, ...]:
    """The library's findings of a table under the parameters of its year."""
    return _found(table)


def text_of(found: Finding) -> Text:
    """The words of a finding in both languages."""
    known = rule(found.code)
    return Text(message(known, found, "zh"), message(known, found, "en"))
