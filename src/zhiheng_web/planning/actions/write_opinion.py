"""逐格意见: who may decide where the version stands writes an opinion on one of its cells."""

from __future__ import annotations

from uuid import UUID

from zhiheng.plan.procedure import Outcome
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.circulation.refusing import lacking, refusal, refuse_unfit_words
from zhiheng_web.planning.circulation.standing import standing
from zhiheng_web.planning.comparison import HEAD, LABELS
from zhiheng_web.planning.models import CellOpinion, IndicatorRow
from zhiheng_web.planning.queries.tables import version_for
from zhiheng_web.planning.versions import done_with
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text


@action("planning.write_opinion")
def write_opinion(viewer: Viewer, version: UUID, row: UUID | None, field: str, text: str) -> Done[CellOpinion]:
    """Write an opinion on a cell of ``row`` (None: the head). ``field`` is a key of planning.comparison."""
    found = version_for(viewer, version, lock=True)
    stands = standing(found)
    authorise(viewer, "planning.write_opinion", stands.scope)
    refused = stands.refused(viewer, Outcome.RETURN)
    if refused is not None:
        raise refusal(refused)
    known = HEAD if row is None else LABELS
    if field not in known or (row is not None and not IndicatorRow.objects.filter(pk=row, version=found).exists()):
        raise Invalid("no_such_cell", Text("表中没有这一格，请重新打开页面。", "The table has no such cell; open the page again."))
    if not text.strip():
        raise lacking(["opinion"], {"opinion": "text"})
    refuse_unfit_words({"text": text})
    opinion = CellOpinion.objects.create(version=found, row_id=row, field=field, text=text.strip(), written_by=viewer.account)
    return done_with(found, opinion, details={"opinion": str(opinion.pk), "row": str(row or ""), "field": field, "text": opinion.text})
