"""生成调查邀请: so many links, each good for one answer. They are given out here; only their digests are kept.

A page sends a key of its own with the form: the links of one key are always the same, so that a second click, or the file after the
page, gives the links that are there and makes no others. The key is kept nowhere and is worth nothing without that of the installation.
"""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.evaluation.models import SurveyInvitation
from zhiheng_web.evaluation.policies.surveys import scope_of, survey_for
from zhiheng_web.evaluation.surveying import digest_of_token, new_token, token_of
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Conflict, Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

MOST = 20_000
"""Invitations of one survey."""
NOT_OPEN = Text("请先开始调查，再生成邀请。", "Open the survey before inviting.")
CLOSED = Text("调查已结束，不能再生成邀请。", "The survey is closed; nobody can be invited any more.")
NUMBER = Text("邀请数应在 1 到 {n} 之间（每次调查最多 {most} 个）。", "Give a number from 1 to {n} (at most {most} a survey).")
MADE = Text(
    "这一批链接已经生成，数量不同。请回到调查页另行生成。",
    "The links of this form are made already, and not as many. Go back to the survey to make others.",
)
SHORTEST_KEY = 20
"""A key that nobody guesses; a shorter one is none."""
LABEL = Text("邀请批次", "the name of the batch")
LONG = Text("批次名称不超过 100 字。", "The name of a batch has at most 100 characters.")


@action("evaluation.invite")
def invite(viewer: Viewer, survey: UUID, number: int, label: str = "", key: str = "") -> Done[list[str]]:
    """Make ``number`` invitations and give their tokens. ``label`` names the batch (to whom they go), never a person's link.

    ``key``: that of the page that asks; asked again with it, the same links are given and none is made.
    """
    row = survey_for(viewer, survey, lock=True)
    authorise(viewer, "evaluation.invite", scope_of(row))
    if row.closed_at is not None:
        raise Refusal("survey_closed", CLOSED)
    if row.opened_at is None:
        raise Refusal("survey_not_open", NOT_OPEN)
    tokens = [token_of(row.pk, key, place) for place in range(min(max(number, 0), MOST))] if len(key) >= SHORTEST_KEY else []
    standing = row.invitations.filter(digest__in=[digest_of_token(token) for token in tokens[:1]]).exists()
    if standing:
        kept = set(row.invitations.values_list("digest", flat=True))
        if not all(digest_of_token(token) in kept for token in tokens):
            raise Conflict("links_made", MADE, {"invited": len(kept)})
        return Done(tokens, "evaluation.Survey", str(row.pk), row.title, str(row.department_id), nothing=True)
    room = MOST - row.invitations.count()
    if not 1 <= number <= room:
        text = NUMBER.with_(n=max(room, 0), most=MOST)
        raise Invalid("number", text, {"number": text})
    if len(label) > 100:
        raise Invalid("label", LONG, {"label": LONG})
    refuse_marked_text(label, LABEL)
    tokens = tokens or [new_token() for _ in range(number)]
    made = [SurveyInvitation(survey=row, digest=digest_of_token(token), label=label.strip()) for token in tokens]
    SurveyInvitation.objects.bulk_create(
        sorted(made, key=lambda one: one.digest), batch_size=1000
    )  # not in the order of the list given out
    return Done(tokens, "evaluation.Survey", str(row.pk), row.title, str(row.department_id), details={"count": number})
