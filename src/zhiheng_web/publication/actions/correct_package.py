"""更正: a further edition of what was published, beside the first, with its reason. It goes through review and signature again."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.actions._redrafting import redraft
from zhiheng_web.publication.actions._standing import done, held, needed
from zhiheng_web.publication.actions.begin_package import UNDER_WAY, fill
from zhiheng_web.publication.building.building import build
from zhiheng_web.publication.models import Package, PackageTable, Paragraph, ProposalAnswer, Redaction
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

REASON = Text("请写明更正的原因。", "Say what is corrected and why.")
NOT_LATEST = Text("该版已被更正，请更正最新一版。", "This edition has been corrected already: correct the newest one.")


@action("publication.correct_package")
def correct_package(viewer: Viewer, package: UUID, reason: str) -> Done[Package]:
    """Begin the next edition from the rows as they are now, with redactions, answers, left-out tables and wording of the published one."""
    first = held(viewer, package, "publication.correct_package", Package.State.PUBLISHED)
    said = needed("reason", reason, REASON)
    refuse_marked_text([said], Text("更正原因", "reason"))
    later = Package.objects.filter(corrects=first).first()
    if later is not None:
        raise Refusal("corrected", NOT_LATEST if later.state == Package.State.PUBLISHED else UNDER_WAY)
    row = Package.objects.create(
        department=first.department, year=first.year, kind=first.kind, edition=first.edition + 1, corrects=first,
        correction_reason=said, approved_on=first.approved_on, approval_number=first.approval_number, due_on=first.due_on,
        begun_by=viewer.account, begun_at=viewer.now(),
    )  # fmt: skip
    _copied(first, row)
    redrafted = redraft(row, build(first, whole=False))
    return done(row, row, first.digest, "", corrects=first.edition, reason=said, redrafted=redrafted)


def _copied(first: Package, row: Package) -> None:
    reasons = {_table(one): one.left_out for one in _tables(first)}
    fill(row, next((reason for reason in reasons.values() if reason), ""))
    for table in _tables(row):
        if reason := reasons.get(_table(table), ""):
            table.left_out = reason
            table.save(update_fields=["left_out"])
    Redaction.objects.bulk_create(
        Redaction(
            package=row, place=one.place, ground=one.ground, remark=one.remark, made_by_id=one.made_by_id, made_at=one.made_at
        )
        for one in first.redactions.all()
    )  # fmt: skip
    ProposalAnswer.objects.bulk_create(
        ProposalAnswer(
            package=row, place=one.place, code=one.code, text_digest=one.text_digest, reason=one.reason, made_by_id=one.made_by_id,
            made_at=one.made_at,
        )
        for one in first.answers.all()
    )  # fmt: skip
    Paragraph.objects.bulk_create(
        Paragraph(
            package=row, position=one.position, code=one.code, fixed=one.fixed, heading=one.heading, text=one.text, typed=one.typed
        )
        for one in first.paragraphs.all()
    )  # fmt: skip


def _tables(package: Package) -> list[PackageTable]:
    return list(PackageTable.objects.filter(package=package).select_related("version", "self_evaluation").order_by("position"))


def _table(row: PackageTable) -> UUID:
    source = row.version or row.self_evaluation
    if source is None:
        raise ValueError("a table of a package has a source")
    return source.table_id
