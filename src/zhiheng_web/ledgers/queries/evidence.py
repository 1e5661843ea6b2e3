"""What proves entries: the evidence of one, a piece of it with its pages, and the entries that still lack some."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import IO
from uuid import UUID

from zhiheng_web.ledgers.columns import SEALED
from zhiheng_web.ledgers.definition import EvidenceKind, RegisterDefinition
from zhiheng_web.ledgers.evidence_store.pictures import can_show
from zhiheng_web.ledgers.evidence_store.storing import verified
from zhiheng_web.ledgers.masking import Sight, sight_of
from zhiheng_web.ledgers.models import FOREVER, Entry, EntryVersion, Evidence, EvidenceFile, Register
from zhiheng_web.ledgers.policies import scope_of, visible_entries, visible_registers, visible_versions
from zhiheng_web.ledgers.queries.entering import called
from zhiheng_web.ledgers.writing import definition_of, loaded, proofs_of
from zhiheng_web.organisation.authority import absent, may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Forbidden
from zhiheng_web.wording import Text

ROWS = 50
MOST_OTHERS = 20
WITHHELD = Text(
    "这份证据证明的是“{column}”，属于个人信息或商业、银行秘密，您无权查看。请联系主管科室。",
    "This evidence proves “{column}”, which is personal or secret; you may not see it. Ask the office in charge.",
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence as a page shows it. ``clear``: the viewer may open it."""

    evidence: Evidence
    kind: Text
    proves: Text | None
    clear: bool

    @property
    def file(self) -> EvidenceFile | None:
        """Its file; None for an address."""
        return self.evidence.file

    @property
    def withdrawn(self) -> bool:
        """Whether it proves nothing any more."""
        return self.evidence.known_until != FOREVER

    @property
    def page(self) -> int:
        """The first page that proves it, 1 where none is named."""
        first = self.evidence.page.partition("-")[0]
        return int(first) if first.isdecimal() else 1

    @property
    def shown(self) -> bool:
        """Whether its pages can be shown."""
        return self.file is not None and self.clear and can_show(self.file.media_type)


@dataclass(frozen=True, slots=True)
class EntryEvidence:
    """The evidence of an entry: what there is, what is still needed in its state, and what the viewer may do."""

    entry: Entry
    version: EntryVersion
    register: Register
    definition: RegisterDefinition
    title: str
    pieces: tuple[Piece, ...]
    needed: tuple[EvidenceKind, ...]
    may_add: bool
    may_withdraw: bool

    @property
    def standing(self) -> tuple[Piece, ...]:
        """What proves it now."""
        return tuple(piece for piece in self.pieces if not piece.withdrawn)

    @property
    def withdrawn(self) -> tuple[Piece, ...]:
        """What proved it once."""
        return tuple(piece for piece in self.pieces if piece.withdrawn)


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """One piece of evidence, open at a page."""

    of: EntryEvidence
    piece: Piece
    page: int
    pages: int
    others: tuple[tuple[UUID, str], ...]
    """Further entries that the same file proves, as far as the viewer sees them."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """An entry that lacks mandatory evidence, and which kinds."""

    version: EntryVersion
    title: str
    kinds: tuple[EvidenceKind, ...]


@dataclass(frozen=True, slots=True)
class LackingPage:
    """The entries of a register that lack evidence: a page of them, and how many there are. ``recorded`` are all that are confirmed."""

    register: Register
    definition: RegisterDefinition
    rows: tuple[Lacking, ...]
    total: int
    recorded: int
    page: int
    pages: int
    may_add: bool


def evidence_for(viewer: Viewer, evidence_id: UUID) -> Evidence:
    """A piece of evidence of an entry that the viewer sees, else absent."""
    rows = Evidence.objects.select_related("file", "entry__register__office", "added_by", "withdrawn_by")
    found = rows.filter(pk=evidence_id, entry__in=visible_entries(viewer)).first()
    if found is None:
        raise absent(Text("该证据", "this evidence"))
    return found


def openable(viewer: Viewer, evidence_id: UUID) -> Evidence:
    """A piece of evidence whose content the viewer may see: what proves a personal or secret column is for who sees that column."""
    found = evidence_for(viewer, evidence_id)
    version = EntryVersion.objects.get(entry=found.entry_id, known_until=FOREVER)
    definition, register = definition_of(found.entry.register), found.entry.register
    if not _clear(found, definition, sight_of(viewer, register), version.reporter_id):
        raise Forbidden("withheld", WITHHELD.with_(column=definition.column(found.proves).text))
    return found


def _clear(found: Evidence, definition: RegisterDefinition, sight: Sight, reporter: UUID | None) -> bool:
    if not definition.has(found.proves):
        return True
    visibility = definition.column(found.proves).visibility
    return visibility not in SEALED or sight.clear(visibility, reporter)


def content_of(found: Evidence) -> IO[bytes]:
    """The content of its file, compared with its digest. Ask :func:`openable` first."""
    assert found.file is not None
    return verified(found.file.key, found.file.sha256, found.file.name)


def entry_evidence(viewer: Viewer, entry_id: UUID) -> EntryEvidence:
    """The evidence of an entry, the withdrawn too."""
    versions = loaded(visible_versions(viewer).filter(entry=entry_id, known_until=FOREVER)).select_related("register__office")
    version = versions.first()
    if version is None:
        raise absent(Text("该记录", "this entry"))
    register, definition = version.register, definition_of(version.register)
    sight = sight_of(viewer, register)
    rows = Evidence.objects.filter(entry=entry_id).select_related("file", "added_by", "withdrawn_by").order_by("known_from", "pk")
    pieces = tuple(_piece(row, definition, sight, version) for row in rows)
    have = frozenset(piece.evidence.kind for piece in pieces if not piece.withdrawn)
    scope = scope_of(register, viewer.today(), version.reporter_id)
    takes = not definition.classified and bool(definition.evidence)
    return EntryEvidence(
        version.entry,
        version,
        register,
        definition,
        called(definition, version, sight),
        pieces,
        needed_kinds(definition, version.state, have),
        takes and version.standing != EntryVersion.Standing.REVOKED and may(viewer, "ledgers.add_evidence", scope),
        may(viewer, "ledgers.withdraw_evidence", scope),
    )


def _piece(row: Evidence, definition: RegisterDefinition, sight: Sight, version: EntryVersion) -> Piece:
    kinds = {kind.code: kind.text for kind in definition.evidence}
    proves = definition.column(row.proves).text if definition.has(row.proves) else None
    return Piece(row, kinds.get(row.kind, Text(row.kind, row.kind)), proves, _clear(row, definition, sight, version.reporter_id))


def needed_kinds(definition: RegisterDefinition, state: str, have: Iterable[str]) -> tuple[EvidenceKind, ...]:
    """The mandatory kinds that an entry in this state lacks."""
    lacking = definition.required_evidence(state) - frozenset(have)
    return tuple(kind for kind in definition.evidence if kind.code in lacking)


def evidence_page(viewer: Viewer, evidence_id: UUID, page: int | None = None) -> EvidencePage:
    """A piece of evidence, open at the page that proves, or at another."""
    found = evidence_for(viewer, evidence_id)
    of = entry_evidence(viewer, found.entry_id)
    piece = next(one for one in of.pieces if one.evidence.pk == found.pk)
    pages = (found.file.pages or 1) if found.file else 1
    return EvidencePage(of, piece, min(max(page or piece.page, 1), pages), pages, _others(viewer, found))


def _others(viewer: Viewer, found: Evidence) -> tuple[tuple[UUID, str], ...]:
    if found.file_id is None:
        return ()
    rows = Evidence.objects.filter(file=found.file_id, known_until=FOREVER).exclude(entry=found.entry_id).values("entry")
    versions = visible_versions(viewer).filter(known_until=FOREVER, entry__in=rows)[:MOST_OTHERS]
    definitions: dict[UUID, RegisterDefinition] = {}
    others = []
    for version in loaded(versions):
        definition = definitions.setdefault(version.register_id, definition_of(version.register))
        others.append((version.entry_id, called(definition, version, Sight())))
    return tuple(others)


def lacking_evidence(viewer: Viewer, register_id: UUID, page: int = 1) -> LackingPage:
    """缺证据: the entries of a register that the viewer sees and that lack mandatory evidence, in the order of their numbers."""
    register = visible_registers(viewer).select_related("office").filter(pk=register_id).first()
    if register is None:
        raise absent(Text("该台账", "this register"))
    definition = definition_of(register)
    live = visible_versions(viewer).filter(register=register, known_until=FOREVER).exclude(standing=EntryVersion.Standing.REVOKED)
    wanting = live.filter(gap="evidence").order_by("number", "entry")
    total = wanting.count()
    pages = max(1, -(-total // ROWS))
    page = min(max(page, 1), pages)
    rows = list(loaded(wanting[(page - 1) * ROWS : page * ROWS]))
    proofs: Mapping[UUID, frozenset[str]] = proofs_of([version.entry_id for version in rows])
    sight = sight_of(viewer, register)
    lacking = tuple(
        Lacking(row, called(definition, row, sight), needed_kinds(definition, row.state, proofs.get(row.entry_id, frozenset())))
        for row in rows
    )
    may_add = not definition.classified and _adds(viewer, register)
    return LackingPage(register, definition, lacking, total, live.count(), page, pages, may_add)


def _adds(viewer: Viewer, register: Register) -> bool:
    """Whether the viewer may prove any entry of the register: the office all of them, a reporting unit its own."""
    scope = scope_of(register, viewer.today())
    reporters = (None, *(held.reporter for held in viewer.held if held.reporter))
    return any(may(viewer, "ledgers.add_evidence", type(scope)(scope.department, scope.unit, scope.offices, one)) for one in reporters)
