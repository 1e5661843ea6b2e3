"""The audit of a version: the library's findings, each with its words, its cell and whether it blocks submission.

The findings are kept as rows while the version stays as it is: ``versions.changed`` writes them anew after every edit,
``versions.freeze`` those of the years after when a table that they are held against is settled (planning.earlier), and
:func:`check` audits again only where what is kept is not of the version's present text and rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, QuerySet

import zhiheng
from zhiheng.audit.catalogue import rule
from zhiheng.audit.context import Context
from zhiheng.audit.engine import audit
from zhiheng.audit.finding import Finding, Severity
from zhiheng.audit.rule import message
from zhiheng.plan.plan import Plan, Table
from zhiheng.plan.procedure import FROZEN, State
from zhiheng_web.local_rules import in_force, mark, selection
from zhiheng_web.planning.earlier import earlier_plans
from zhiheng_web.planning.models import FindingReply, FindingRow, IndicatorRow, TableVersion
from zhiheng_web.wording import Text

if TYPE_CHECKING:
    from zhiheng_web.planning.versions import Loaded

BESIDE = b"earlier years"
"""What the rules are given beside the table: findings that were kept without it are made anew."""
DECIDING = ("audit", "parameters", "values")
"""The packages of the library by which a finding comes out as it does."""
RANKS: dict[str, int] = {severity.value: rank for rank, severity in enumerate(Severity)}


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
        return blocks(self.severity) or (wants_reply(self.severity) and self.reply is None)

    @property
    def asks(self) -> bool:
        """Whether a reply is what it wants."""
        return wants_reply(self.severity) and not blocks(self.severity)

    @property
    def mark(self) -> str:
        """Names this finding among those of its version, as long as it says the same."""
        said = "\n".join((self.code, str(self.row.pk) if self.row else "", self.field, self.text.zh))
        return sha256(said.encode()).hexdigest()[:16]


def blocks(severity: Severity) -> bool:
    """Whether a finding of that severity must be mended before submission: from ``FINDINGS_BLOCK`` on (none: never)."""
    return _from(severity, settings.FINDINGS_BLOCK)


def wants_reply(severity: Severity) -> bool:
    """Whether a finding of that severity needs at least a reply before submission: from ``FINDINGS_NEED_REPLY`` on."""
    return _from(severity, settings.FINDINGS_NEED_REPLY)


def _from(severity: Severity, threshold: str) -> bool:
    return threshold in RANKS and RANKS[severity] <= RANKS[threshold]


def open_findings(loaded: Loaded) -> tuple[Checked, ...]:
    """What stands in the way of submission: findings that must be mended, and those that wait for a reply."""
    return tuple(found for found in check(loaded) if found.open)


def check(loaded: Loaded) -> tuple[Checked, ...]:
    """All findings of a version in reading order, with the replies given to them. Two queries.

    A reply to a finding of one row or duty answers what it said: if the text changes so that the finding says something else, it
    asks again. A finding of a whole column keeps its reply while only its counts change.
    """
    replies = _replies(loaded.version)
    rows = {row.pk: row for row in loaded.rows}
    return tuple(
        Checked(
            found.code,
            Severity(found.severity),
            rows.get(found.row_id),
            found.field,
            found.duty,
            Text(found.text_zh, found.text_en),
            replies.get(_answer_key(found)),
        )
        for found in _kept_or_found(loaded)
    )


def _replies(version: TableVersion) -> dict[tuple[Any, ...], FindingReply]:
    """The replies by what they answer: the finding with its words, and without them for findings of a whole column."""
    replies = {}
    for reply in FindingReply.objects.filter(version=version).select_related("replied_by"):
        replies[reply.code, reply.row_id, reply.field, ""] = replies[reply.code, reply.row_id, reply.field, reply.finding] = reply
    return replies


def _answer_key(found: Any) -> tuple[Any, ...]:
    return found.code, found.row_id, found.field, found.text_zh if found.row_id or found.duty is not None else ""


def _kept_or_found(loaded: Loaded) -> Sequence[FindingRow]:
    """The findings that are kept, or those of an audit now where none are kept of this text. Writes nothing.

    A frozen version keeps what was found when it froze: later rules do not judge it.
    """
    if _kept(loaded.version):
        return FindingRow.objects.filter(version=loaded.version).order_by("position")
    return found_rows(loaded)


def _kept(version: TableVersion) -> bool:
    """Whether the findings that are kept are those of the version as it stands."""
    return version.checked_as == text_mark(version) or (bool(version.checked_as) and State(version.state) in FROZEN)


def text_mark(version: TableVersion) -> str:
    """The text and the rules that findings are of: the count of edits, and the rules as they are installed."""
    return f"{version.edits}/{_rules_mark()}{mark()}"


@cache
def _rules_mark() -> str:
    """A digest of what decides findings: the library's rules, readings of cells and parameters, with their words."""
    root = Path(zhiheng.__file__).parent
    files = sorted(path for part in DECIDING for path in (root / part).rglob("*") if path.suffix in (".py", ".toml"))
    return sha256(b"".join(path.read_bytes() for path in files) + BESIDE).hexdigest()[:12]


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
    for position, found in enumerate(findings_of(loaded.table, earlier_plans(loaded.version.table))):
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


def findings_of(table: Table, earlier: tuple[Plan, ...] = ()) -> tuple[Finding, ...]:
    """The library's findings of a table under the parameters of its year, beside its ``earlier`` plans, newest first."""
    year = table.plan.year or date.today().year
    return audit(table, in_force(date(year, 12, 31)), selection(), context=Context(earlier=earlier)).findings


def text_of(found: Finding) -> Text:
    """The words of a finding in both languages."""
    known = rule(found.code)
    return Text(message(known, found, "zh"), message(known, found, "en"))


@dataclass(frozen=True, slots=True)
class FindingCount:
    """How many findings of one severity stand at one row (None: the head or a whole column), and how many are still open."""

    row: UUID | None
    severity: Severity
    number: int
    open: int


HAS_REPLIES = Exists(FindingReply.objects.filter(version=OuterRef("pk")))
"""Of a version: whether a reply was given to any finding."""


def finding_counts(version: TableVersion, *, replied: bool = True) -> list[FindingCount]:
    """The findings of a version counted by row and severity. Two queries while what is kept is of its present text.

    ``replied`` False tells that no reply was given (HAS_REPLIES): then one query is enough, and the database counts.
    """
    from zhiheng_web.planning.versions import load

    found: Any = FindingRow.objects.filter(version=version) if _kept(version) else found_rows(load(version))
    replies = _replies(version) if replied else {}
    if isinstance(found, QuerySet) and not replies:
        grouped = found.order_by().values_list("row_id", "severity").annotate(number=Count("pk"))
        return [_counted(row, Severity(severity), number, number) for row, severity, number in grouped]
    if isinstance(found, QuerySet):
        found = found.order_by("position").values_list("row_id", "severity", "code", "field", "duty", "text_zh", named=True)
    counts: dict[tuple[UUID | None, str], list[int]] = {}
    for one in found:
        count = counts.setdefault((one.row_id, one.severity), [0, 0])
        count[0] += 1
        count[1] += _answer_key(one) not in replies
    return [_counted(row, Severity(severity), *numbers) for (row, severity), numbers in counts.items()]


def _counted(row: UUID | None, severity: Severity, number: int, unanswered: int) -> FindingCount:
    """The count, with as many open as must be mended or still wait for a reply."""
    return FindingCount(row, severity, number, number if blocks(severity) else unanswered if wants_reply(severity) else 0)
