"""Files of an evaluation: contract, materials, reports. Who may open each is what sight says; every opening by an agency is watched."""

from __future__ import annotations

from typing import IO
from uuid import UUID

from zhiheng_web.evaluation.evaluating.lookup import evaluation_for, watched
from zhiheng_web.evaluation.evaluating.sight import sight_of
from zhiheng_web.evaluation.models import Engagement, EvaluationReport, Material
from zhiheng_web.ledgers.evidence_store.storing import verified
from zhiheng_web.ledgers.models import EvidenceFile
from zhiheng_web.organisation.authority import absent
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.wording import Text

FILE = Text("该文件", "this file")


@watched
def contract_file(viewer: Viewer, engagement: UUID) -> EvidenceFile:
    """The contract of an engagement, for the two that concluded it and who looks after the money."""
    row = Engagement.objects.select_related("contract").filter(pk=engagement).first()
    if row is None:
        raise absent(FILE)
    sight = sight_of(viewer, evaluation_for(viewer, row.evaluation_id))
    own = sight.engagement is not None and sight.engagement.pk == row.pk
    return _kept(row.contract, sight.organises or sight.pays or own)


@watched
def material_file(viewer: Viewer, material: UUID) -> EvidenceFile:
    """A material that was handed in, for those at work on the evaluation and the evaluated."""
    row = Material.objects.select_related("file").filter(pk=material).first()
    if row is None:
        raise absent(FILE)
    return _kept(row.file, sight_of(viewer, evaluation_for(viewer, row.evaluation_id)).sees_materials)


@watched
def report_file(viewer: Viewer, report: UUID) -> EvidenceFile:
    """The file of a report, for who sees the report."""
    row = EvaluationReport.objects.select_related("file").filter(pk=report).first()
    if row is None:
        raise absent(FILE)
    return _kept(row.file, sight_of(viewer, evaluation_for(viewer, row.evaluation_id)).sees_reports)


def _kept(file: EvidenceFile | None, seen: bool) -> EvidenceFile:
    if file is None or not seen:
        raise absent(FILE)
    return file


def content_of(file: EvidenceFile) -> IO[bytes]:
    """The content, compared with its digest."""
    return verified(file.key, file.sha256, file.name)
