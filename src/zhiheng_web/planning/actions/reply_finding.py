"""答复问题: the office's reply to a finding of the audit, kept with the words that it answers."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from zhiheng_web.organisation.authority import absent, authorise, may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.checking import Checked, blocks, check
from zhiheng_web.planning.editing.cells import duty_scopes, finding_scope
from zhiheng_web.planning.editing.open_version import opened
from zhiheng_web.planning.models import FindingReply
from zhiheng_web.planning.versions import Loaded, done_with
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

NAME = "planning.reply_finding"
LONGEST = 1000
FINDING = Text("该问题（可能已改正）", "this finding (it may have been mended)")
WHERE = Text("答复内容", "the reply")
EMPTY = Text("请写明答复：为什么可以这样填，或者依据是什么。", "Write the reply: why it may stand so, or what it rests on.")
LONG = Text("答复最多1000字。", "A reply has at most 1000 letters.")
MEND = Text("这是须改正的错误，答复不能代替改正：{finding}", "This is an error; a reply does not lift it. Mend it: {finding}")


@action(NAME, steps=("reply",))
def reply_finding(viewer: Viewer, version: UUID, mark: str, text: str, *, alike: bool = False) -> Done[FindingReply]:
    """Reply to the finding that ``mark`` names (see checking.Checked).

    ``alike`` gives the same words to every other open finding of the same rule that the viewer may reply to: a rule often
    speaks at twenty rows for one reason.
    """
    said = said_in(text)
    loaded = opened(viewer, version)
    checked, scopes = check(loaded), duty_scopes(loaded)
    found = next((one for one in checked if one.mark == mark), None)
    if found is None:
        raise absent(FINDING)
    authorise(viewer, NAME, finding_scope(loaded, found, scopes))
    if blocks(found.severity):
        raise Refusal("must_be_mended", MEND.with_(finding=found.text))
    others = [one for one in checked if alike and one.open and one.asks and one.code == found.code and one.mark != mark]
    answered = [found, *(one for one in others if may(viewer, NAME, finding_scope(loaded, one, scopes)))]
    replies = [_reply(loaded, one, said, viewer) for one in answered]
    FindingReply.objects.bulk_create(replies)
    return done_with(
        loaded.version,
        replies[0],
        details={
            "code": found.code,
            "row": str(found.row.pk) if found.row else "",
            "field": found.field,
            "finding": found.text.zh,
            "reply": said,
            **({"answered": [one.text.zh for one in answered]} if len(answered) > 1 else {}),
        },
    )


@action("planning.reply_by_rule", steps=("reply",))
def reply_by_rule(viewer: Viewer, version: UUID, replies: Mapping[str, str]) -> Done[int]:
    """Reply to all open findings by their rule: code → words. How many were answered within the viewer's reach.

    Blank words answer nothing; a code that no longer asks is passed over: what it asked may have been mended meanwhile.
    """
    said = {code: said_in(text) for code, text in replies.items() if text.strip()}
    loaded = opened(viewer, version)
    scopes = duty_scopes(loaded)
    asking = [found for found in check(loaded) if found.open and found.asks and found.code in said]
    answered = [found for found in asking if may(viewer, "planning.reply_by_rule", finding_scope(loaded, found, scopes))]
    if asking and not answered:
        authorise(viewer, "planning.reply_by_rule", finding_scope(loaded, asking[0], scopes))
    FindingReply.objects.bulk_create([_reply(loaded, found, said[found.code], viewer) for found in answered])
    details = {"replies": said, "answered": [f"{found.code} {found.text.zh}" for found in answered]}
    return done_with(loaded.version, len(answered), details=details, nothing=not answered)


def said_in(text: str) -> str:
    """The words of a reply, refused if they are none, too many, or marked as secret."""
    refuse_marked_text(text, WHERE)
    said = text.strip()
    if not said or len(said) > LONGEST:
        raise Invalid("reply_missing" if not said else "reply_too_long", EMPTY if not said else LONG, {"text": EMPTY if not said else LONG})
    return said


def _reply(loaded: Loaded, found: Checked, said: str, viewer: Viewer) -> FindingReply:
    words = {"code": found.code, "row": found.row, "field": found.field, "finding": found.text.zh, "text": said}
    return FindingReply(version=loaded.version, replied_by=viewer.account, **words)
