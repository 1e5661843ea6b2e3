"""作废调查邀请: a link that went astray takes no answer any more. Whoever cancels it must have the link."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.evaluation.models import SurveyInvitation
from zhiheng_web.evaluation.policies.surveys import scope_of, survey_for
from zhiheng_web.evaluation.surveying import digest_of_token
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

UNKNOWN = Text("本次调查没有这个链接，请完整粘贴。", "This survey has no such link; paste all of it.")
USED = Text("这个链接已经答过，不能作废。", "This link has been answered and cannot be cancelled.")
CLOSED = Text("调查已结束。", "The survey is closed.")


@action("evaluation.cancel_invitation")
def cancel_invitation(viewer: Viewer, survey: UUID, link: str) -> Done[None]:
    """Cancel the invitation of a link (or of its last part). One that was answered stays: nobody can tell its answer from others."""
    row = survey_for(viewer, survey, lock=True)
    authorise(viewer, "evaluation.cancel_invitation", scope_of(row))
    if row.closed_at is not None:
        raise Refusal("survey_closed", CLOSED)
    digest = digest_of_token(link.strip().rstrip("/").rsplit("/", 1)[-1])
    known = SurveyInvitation.objects.filter(survey=row, digest=digest)
    if not known.exists():
        raise Invalid("link", UNKNOWN, {"link": UNKNOWN})
    if not known.filter(used=False).update(cancelled=True):
        raise Refusal("invitation_used", USED)
    return Done(None, "evaluation.Survey", str(row.pk), row.title, str(row.department_id), details={"count": 1})
