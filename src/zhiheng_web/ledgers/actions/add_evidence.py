"""上传证据: what a file, or a public page, proves of entries. An entry that is complete by it counts from that instant."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.core.files.base import File

from zhiheng.plan.procedure import Role
from zhiheng_web.ledgers.bulk import insert
from zhiheng_web.ledgers.definition import RegisterDefinition
from zhiheng_web.ledgers.entering.checking import failing
from zhiheng_web.ledgers.evidence_store.taking import CheckedFile, take
from zhiheng_web.ledgers.masking import NOTHING, title_of
from zhiheng_web.ledgers.models import FOREVER, EntryVersion, Evidence, EvidenceFile, Register
from zhiheng_web.ledgers.policies import scope_of, visible_entries, visible_registers, visible_versions
from zhiheng_web.ledgers.writing import BATCH, definition_of, digest_versions, draft_of, gap_of, loaded_many, proofs_of, write
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.wording import Text

Standing = EntryVersion.Standing
PAGE = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?")
SCHEMES = ("http", "https")
WHERE = Text("证据说明", "the description of the evidence")
NO_KIND = Text(
    "本台账没有“{kind}”这一类证据；可选：{choices}。", "This register has no evidence of the kind “{kind}”; choose one of: {choices}."
)
NEEDS_FILE = Text("请选择证据文件{or_address}。", "Choose the file of evidence{or_address}.")
OR_ADDRESS = Text("，或填写公开网页的网址", ", or give the address of a public page")
NO_ADDRESS = Text("“{kind}”须上传文件，不能只填网址。", "“{kind}” needs a file; an address is not enough.")
BAD_ADDRESS = Text(
    "网址“{url}”不完整，应以 http:// 或 https:// 开头。", "“{url}” is no complete address; it begins with http:// or https://."
)
BAD_PAGE = Text("页码“{page}”应写成 3 或 3-5{most}。", "Write the page as 3 or 3-5{most}.")
MOST = Text("，该文件共 {pages} 页", "; the file has {pages}")
BAD_COLUMN = Text("本台账没有“{name}”这一项。请重新选择证据证明的内容。", "This register has no “{name}”; choose again what is proved.")
LATER = Text("发文日期 {day} 还没有到，请核对。", "The day of issue, {day}, is still to come; check it.")
LONG = Text("“{what}”超过 {n} 个字，请缩短。", "“{what}” is longer than {n} characters; shorten it.")
CLASSIFIED = Text(
    "涉密事项只登记编号和日期，不上传任何文件。请由保密办出具数量确认。",
    "Of classified matters only number and date are kept; no file may be uploaded. The secrecy office confirms the number.",
)
REVOKED = Text("“{title}”已撤销，不能再加证据。需要时请先恢复该记录。", "“{title}” is revoked; restore it before adding evidence.")
LENGTHS = {"title": (200, Text("标题", "Title")), "document": (100, Text("文号", "Number")), "issuer": (100, Text("发文单位", "Issuer"))}


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing that is to be proved of an entry: by a checked file, or by an address."""

    entry: UUID
    kind: str
    file: CheckedFile | None = None
    url: str = ""
    title: str = ""
    document: str = ""
    issuer: str = ""
    issued_on: date | None = None
    page: str = ""
    proves: str = ""


def add_evidence(viewer: Viewer, entries: Collection[UUID], uploads: Sequence[File], kind: str, **facts: object) -> list[Evidence]:
    """Prove each of the entries (of one register) by each of the uploads, or by the address in ``facts``.

    The checks read the files, which may take long, so they come before the transaction: nobody waits for them, and a file that the
    database never comes to name is the only thing a crash can leave.
    """
    register = register_of(viewer, entries)
    definition = definition_of(register)
    base = [Proof(entry, kind, **facts) for entry in entries]  # type: ignore[arg-type]
    _refuse(viewer, definition, base, uploads)
    files = [take(upload, allowed_types(definition, kind)) for upload in uploads]
    proofs = [replace(proof, file=file) for proof in base for file in files] or base
    return add_proofs(viewer, register.pk, proofs)


def allowed_types(definition: RegisterDefinition, kind: str) -> tuple[str, ...]:
    """The kinds of file that a kind of evidence takes."""
    return next((one.types for one in definition.evidence if one.code == kind), ())


def register_of(viewer: Viewer, entries: Collection[UUID]) -> Register:
    """The one register of these entries, all of which the viewer may see and prove; absent or Forbidden otherwise."""
    rows = list(visible_entries(viewer).filter(pk__in=list(entries)).values_list("register", flat=True))
    if not entries or len(rows) != len(set(entries)) or len(set(rows)) != 1:
        raise absent(Text("该记录", "this entry"))
    register = register_seen(viewer, rows[0])
    may_prove(viewer, register, _open(viewer, register, entries))
    return register


def register_seen(viewer: Viewer, register_id: UUID) -> Register:
    """The register, with its office; absent for whoever may not open it."""
    register = visible_registers(viewer).select_related("office").filter(pk=register_id).first()
    if register is None:
        raise absent(Text("该台账", "this register"))
    return register


def may_prove(viewer: Viewer, register: Register, versions: Sequence[EntryVersion], what: str = "ledgers.add_evidence") -> None:
    """Forbidden unless the viewer may add to (or withdraw from) what proves these versions."""
    scope = scope_of(register, viewer.today())
    for reporter in {version.reporter_id for version in versions}:
        authorise(viewer, what, replace(scope, reporter=reporter))


def _open(viewer: Viewer, register: Register, entries: Collection[UUID]) -> list[EntryVersion]:
    """What is known now of these entries, as far as the viewer sees it."""
    wanted = list(entries)
    found: list[EntryVersion] = []
    for start in range(0, len(wanted), BATCH):
        known = visible_versions(viewer).filter(register=register, entry__in=wanted[start : start + BATCH], known_until=FOREVER)
        found += loaded_many(register, known.order_by("entry"))
    return found


@action("ledgers.add_evidence")
def add_proofs(viewer: Viewer, register_id: UUID, proofs: Sequence[Proof]) -> Done[list[Evidence]]:
    """Record what proves entries of one register. What is recorded already is not recorded twice."""
    entries = list(dict.fromkeys(proof.entry for proof in proofs))
    register = register_seen(viewer, register_id)
    versions = locked(viewer, register, entries)
    may_prove(viewer, register, versions)
    definition = definition_of(register)
    _refuse(viewer, definition, proofs, ())
    if (revoked := next((version for version in versions if version.standing == Standing.REVOKED), None)) is not None:
        raise Refusal("revoked", REVOKED.with_(title=title_of(definition, revoked, NOTHING)))
    at = viewer.now()
    files = _kept(viewer, register, [proof.file for proof in proofs if proof.file])
    made = [_evidence(viewer, proof, files, at) for proof in proofs]
    known = _known(entries)
    made = list({_identity(one): one for one in made if _identity(one) not in known}.values())
    insert(made)
    incomplete = [version for version in versions if version.gap]  # what is complete stays so by one proof more
    written = complete_again(viewer, register, definition, incomplete, at) if incomplete else []
    details = {
        "evidence": len(made),
        "entries": len(entries),
        "complete": sum(not version.gap for version in written),
        "files": sorted({f"{one.file.sha256} {one.file.name}" for one in made if one.file})[:200],
    }
    name, number = (
        (title_of(definition, versions[0], NOTHING), str(entries[0])) if len(entries) == 1 else (register.name_zh, str(register.pk))
    )
    kind = "ledgers.Entry" if len(entries) == 1 else "ledgers.Register"
    after = digest_of(line_of(one) for one in made)
    return Done(
        made, kind, number, name, str(register.department_id), digest_versions(versions), after, details, nothing=not made and not written
    )


def locked(viewer: Viewer, register: Register, entries: Sequence[UUID]) -> list[EntryVersion]:
    """The open versions of these entries, locked in one order; absent if the viewer may not see one of them."""
    for start in range(0, len(entries), BATCH):
        rows = EntryVersion.objects.filter(register=register, entry__in=entries[start : start + BATCH], known_until=FOREVER)
        list(rows.select_for_update(no_key=True).order_by("entry").values_list("pk", flat=True))
    versions = _open(viewer, register, entries)
    if not entries or len(versions) != len(entries):
        raise absent(Text("该记录", "this entry"))
    return versions


def complete_again(
    viewer: Viewer, register: Register, definition: RegisterDefinition, versions: Sequence[EntryVersion], at: datetime
) -> list[EntryVersion]:
    """New versions of the entries whose completeness has changed by their evidence, so that it is right as known on any day.

    A reporting unit that completes a confirmed entry hands it to the office again: nothing counts that the office has not seen.
    """
    proofs = proofs_of([version.entry_id for version in versions])
    drafts = [draft_of(definition, version, proofs=proofs.get(version.entry_id, frozenset())) for version in versions]
    drafts = failing(register, definition, drafts, viewer.today())
    changed = [(draft, version) for draft, version in zip(drafts, versions, strict=True) if gap_of(definition, draft) != version.gap]
    reporting = bool(viewer.roles) and viewer.roles <= {Role.REPORTER}
    drafts = [
        replace(draft, standing=Standing.SUBMITTED)
        if reporting and draft.standing == Standing.CONFIRMED and version.gap == "evidence"
        else draft
        for draft, version in changed
    ]
    return write(register, drafts, at=at, by=viewer.account, change=EntryVersion.Change.PROVED) if drafts else []


def _refuse(viewer: Viewer, definition: RegisterDefinition, proofs: Sequence[Proof], uploads: Sequence[File]) -> None:
    if definition.classified:
        raise Refusal("classified", CLASSIFIED)
    for proof in {replace(proof, entry=proofs[0].entry) for proof in proofs}:
        _refuse_one(viewer, definition, proof, bool(uploads))


def _refuse_one(viewer: Viewer, definition: RegisterDefinition, proof: Proof, uploaded: bool) -> None:
    kind = next((one for one in definition.evidence if one.code == proof.kind), None)
    if kind is None:
        choices = Text("、".join(one.zh for one in definition.evidence), ", ".join(one.en for one in definition.evidence))
        raise _invalid("kind", NO_KIND.with_(kind=proof.kind, choices=choices))
    if not proof.file and not uploaded:
        if not proof.url:
            raise _invalid("file", NEEDS_FILE.with_(or_address=OR_ADDRESS if kind.address else ""))
        if not kind.address:
            raise _invalid("url", NO_ADDRESS.with_(kind=kind.text))
    if proof.url and (len(proof.url) > 500 or urlsplit(proof.url).scheme not in SCHEMES or not urlsplit(proof.url).hostname):
        raise _invalid("url", BAD_ADDRESS.with_(url=proof.url[:100]))
    _refuse_page(proof)
    if proof.proves and not definition.has(proof.proves):
        raise _invalid("proves", BAD_COLUMN.with_(name=proof.proves))
    if proof.issued_on and proof.issued_on > viewer.today():
        raise _invalid("issued_on", LATER.with_(day=proof.issued_on))
    for name, (most, called) in LENGTHS.items():
        if len(getattr(proof, name)) > most:
            raise _invalid(name, LONG.with_(what=called, n=most))
    refuse_marked_text((proof.title, proof.document, proof.issuer, proof.url), WHERE)


def _refuse_page(proof: Proof) -> None:
    if not proof.page:
        return
    found = PAGE.fullmatch(proof.page)
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    pages = proof.file.pages if proof.file else None
    if first < 1 or last < first or (pages is not None and last > pages):
        raise _invalid("page", BAD_PAGE.with_(page=proof.page[:20], most=MOST.with_(pages=pages) if pages else ""))


def _invalid(name: str, text: Text) -> Invalid:
    return Invalid(name, text, {name: text})


def _kept(viewer: Viewer, register: Register, files: Sequence[CheckedFile]) -> Mapping[str, EvidenceFile]:
    """Digest → the file's row. The same content is kept once per department."""
    wanted = {file.sha256: file for file in files}
    named = [
        EvidenceFile(
            department_id=register.department_id, sha256=file.sha256, size=file.size, media_type=file.media_type, name=file.name,
            pages=file.pages, key=file.key, scanned=file.scanned, uploaded_by=viewer.account, uploaded_at=viewer.now(),
        )
        for file in wanted.values()
    ]  # fmt: skip
    if not named:
        return {}
    EvidenceFile.objects.bulk_create(named, batch_size=BATCH, ignore_conflicts=True)
    return {row.sha256: row for row in EvidenceFile.objects.filter(department=register.department_id, sha256__in=list(wanted))}


def _evidence(viewer: Viewer, proof: Proof, files: Mapping[str, EvidenceFile], at: datetime) -> Evidence:
    return Evidence(
        entry_id=proof.entry, file=files[proof.file.sha256] if proof.file else None, kind=proof.kind, url=proof.url,
        title=proof.title.strip() or (proof.file.name[:200] if proof.file else ""), document=proof.document.strip(),
        issuer=proof.issuer.strip(), issued_on=proof.issued_on, page=proof.page, proves=proof.proves, known_from=at,
        added_by=viewer.account,
    )  # fmt: skip


def _known(entries: Sequence[UUID]) -> set[tuple[object, ...]]:
    found = set()
    for start in range(0, len(entries), BATCH):
        some = Evidence.objects.filter(entry__in=entries[start : start + BATCH], known_until=FOREVER)
        found |= {_identity(one) for one in some}
    return found


def _identity(one: Evidence) -> tuple[object, ...]:
    return one.entry_id, one.file_id, one.url, one.kind, one.page, one.proves


def line_of(one: Evidence) -> str:
    """One piece of evidence as a line of a digest."""
    words = (one.entry_id, one.file.sha256 if one.file else "", one.url, one.kind, one.title, one.document, one.issuer, one.issued_on)
    return "|".join(str(word or "") for word in (*words, one.page, one.proves, one.known_from.isoformat()))
