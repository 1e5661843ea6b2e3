"""The audit of a version: the library's findings, each with its words, its cell and whether it blocks submission.

The findings are kept as rows while the version stays as it is: ``versions.changed`` writes them anew after every edit, and
:func:`check` audits again only where what is kept is not of the version's present text and rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import zhiheng
from zhiheng.audit.catalogue import rule
from zhiheng.audit.engine import audit
from zhiheng.audit.finding import Finding, Severity
from zhiheng.audit.rule import message
from zhiheng.parameters.parameters import in_force
from zhiheng.plan.plan import Table
from zhiheng.plan.procedure import FROZEN, State
from zhiheng_web.planning.models import FindingReply, FindingRow, IndicatorRow, TableVersion
from zhiheng_web.wording import Text

if TYPE_CHECKING:
    from zhiheng_web.planning.versions import Loaded

DECIDING = ("audit", "parameters", "values")
"""The packages of the library by which a finding comes out as it does."""


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


def check(loaded: Loaded) -> tuple[Checked, ...]:
    """All findings of a version in reading order, with the replies given to them. Two queries."""
    replies = {(reply.code, reply.row_id, reply.field): reply for reply in FindingReply.objects.filter(version=loaded.version)}
    rows = {row.pk: row for row in loaded.rows}
    return tuple(
        Checked(
            found.code,
            Severity(found.severity),
            rows.get(found.row_id),
            found.field,
            found.duty,
            Text(found.text_zh, found.text_en),
            replies.get((found.code, found.row_id, found.field)),
        )
        for found in _kept_or_found(loaded)
    )


def _kept_or_found(loaded: Loaded) -> Sequence[FindingRow]:
    """The findings that are kept, or those of an audit now where none are kept of this text. Writes nothing.

    A frozen version keeps what was found when it froze: later rules do not judge it.
    """
    version = loaded.version
    if version.checked_as == text_mark(version) or (version.checked_as and State(version.state) in FROZEN):
        return FindingRow.objects.filter(version=version).order_by("position")
    return found_rows(loaded)


def text_mark(version: TableVersion) -> str:
    """The text and the rules that findings are of: the count of edits, and the rules as they are installed."""
    return f"{version.edits}/{_rules_mark()}"


@cache
def _rules_mark() -> str:
    """A digest of what decides findings: the library's rules, readings of cells and parameters, with their words."""
    root = Path(zhiheng.__file__).parent
    files = sorted(path for part in DECIDING for path in (root / part).rglob("*") if path.suffix in (".py", ".toml"))
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


def refresh(loaded: Loaded) -> None:
    """Audit the version as it stands and keep the findings. Must run inside a transaction. Four queries."""
    version = loaded.version
    FindingRow.objects.filter(version=version).delete()
    FindingRow.objects.bulk_create(found_rows(loaded))
    version.checked_as = text_mark(version)
    version.save(update_fields=["checked_as"])


def found_rows(loaded: Loaded) -> list[FindingRow]:
    """The findings of an audit now, as rows that are not written yet."""
    rows = []
    for position, found in enumerate(findings_of(loaded.table)):
        subject, words = found.subject, text_of(found)
        row = loaded.rows[subject.indicator] if subject.indicator is not None else None
        rows.append(
            FindingRow(
                version=loaded.version,
                position=position,
                code=found.code,
                severity=found.severity.value,
                row=row,
                field=subject.field,
                duty=subject.duty,
                text_zh=words.zh,
                text_en=words.en,
            )
        )
    return rows


def findings_of(table: Table) -> tuple[Finding, ...]:
    """The library's findings of a table under the parameters of its year."""
    year = table.plan.year or date.today().year
    return audit(table, in_force(date(year, 12, 31))).findings


def text_of(found: Finding) -> Text:
    """The words of a finding in both languages."""
    known = rule(found.code)
    return Text(message(known, found, "zh"), message(known, found, "en"))
