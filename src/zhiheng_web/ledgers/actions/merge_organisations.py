"""合并重复单位: one organisation recorded twice becomes one; its entries follow by new versions, their names as entered."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from zhiheng_web.ledgers.entering.checking import failing
from zhiheng_web.ledgers.models import FOREVER, EntryVersion, Organisation, Person, Register
from zhiheng_web.ledgers.policies import scopes_of
from zhiheng_web.ledgers.queries.subjects import organisation_for
from zhiheng_web.ledgers.writing import definition_of, digest_versions, draft_of, loaded, proofs_of, write
from zhiheng_web.organisation.authority import authorise_menu, may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

WHERE = Text("合并理由", "the reason")
WHY = Text("请写明合并的理由。", "Give the reason for merging.")
SAME = Text("请选择另一个单位。", "Choose another organisation.")
CODE = Text(
    "“{gone}”有统一社会信用代码而“{kept}”没有。请保留有代码的一条。",
    "“{gone}” has a credit code and “{kept}” has none; keep the one with the code.",
)
OTHERS = Text(
    "“{gone}”另有 {n} 条记录在您不能更正的台账中（如“{register}”）。请由绩效管理员合并，或请该科室先更正。",
    "“{gone}” has {n} more entries in registers that you may not correct (such as {register}). Ask the performance officer to merge.",
)


@action("ledgers.merge_organisations")
def merge_organisations(viewer: Viewer, kept_id: UUID, gone_id: UUID, reason: str) -> Done[Organisation]:
    """Let ``kept`` go on for both. Every entry of the other gets a new version; what was known before stays as it was."""
    organisation_for(viewer, kept_id)
    organisation_for(viewer, gone_id)
    authorise_menu(viewer, "ledgers.merge_organisations")
    if not (reason := reason.strip()):
        raise Invalid("reason", WHY, {"reason": WHY})
    refuse_marked_text(reason, WHERE)
    if kept_id == gone_id:
        raise Invalid("organisation", SAME, {"organisation": SAME})
    both = Organisation.objects.select_for_update(no_key=True).filter(pk__in=[kept_id, gone_id], merged_into=None).order_by("pk")
    rows = {row.pk: row for row in both}
    kept, gone = rows[kept_id], rows[gone_id]
    if gone.uscc and not kept.uscc:
        raise Refusal("code", CODE.with_(gone=gone.name, kept=kept.name))
    about = EntryVersion.objects.filter(Q(organisation=gone) | Q(counterpart=gone), known_until=FOREVER)
    list(about.select_for_update(no_key=True, of=("self",)).order_by("entry").values_list("pk", flat=True))
    registers = list(Register.objects.filter(pk__in=about.values("register")).select_related("office").order_by("pk"))
    _refuse_others(viewer, gone, registers)
    before: list[EntryVersion] = []
    after: list[EntryVersion] = []
    at = viewer.now()
    for register in registers:  # a register has its own definition; within it all entries at once
        versions = list(loaded(about.filter(register=register)).order_by("entry"))
        before += versions
        after += _follow(viewer, register, versions, kept, gone, reason, at)
    Person.objects.filter(employer=gone).update(employer=kept)
    Organisation.objects.filter(merged_into=gone).update(merged_into=kept)
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    details = {"kept": str(kept.pk), "merged": str(gone.pk), "merged_name": gone.name, "entries": len(after), "reason": reason}
    return Done(kept, "ledgers.Organisation", str(kept.pk), kept.name, "", digest_versions(before), digest_versions(after), details)


def _refuse_others(viewer: Viewer, gone: Organisation, registers: list[Register]) -> None:
    scopes = scopes_of(registers, viewer.today())
    foreign = [register for register in registers if not may(viewer, "ledgers.merge_organisations", scopes[register.pk])]
    if foreign:
        number = EntryVersion.objects.filter(Q(organisation=gone) | Q(counterpart=gone), register__in=foreign, known_until=FOREVER).count()
        seen = Text(foreign[0].name_zh, foreign[0].name_en)
        raise Refusal("other_registers", OTHERS.with_(gone=gone.name, n=number, register=seen))


def _follow(
    viewer: Viewer, register: Register, versions: list[EntryVersion], kept: Organisation, gone: Organisation, reason: str, at: datetime
) -> list[EntryVersion]:
    definition = definition_of(register)
    proofs = proofs_of([version.entry_id for version in versions])
    drafts = []
    for version in versions:
        draft = draft_of(definition, version, proofs=proofs.get(version.entry_id, frozenset()))
        values = {name: kept if value == gone else value for name, value in draft.values.items()}
        drafts.append(draft_of(definition, version, proofs=draft.proofs, values=values))
    drafts = failing(register, definition, drafts, viewer.today())
    return write(register, drafts, at=at, by=viewer.account, change=EntryVersion.Change.CORRECTED, reason=reason)
