"""参与讨论: one contribution to the discussion on an indicator or on the whole table."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.policies import scope_of
from zhiheng_web.planning.queries.tables import version_for
from zhiheng_web.planning.versions import done_with
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.tasks.models import Message
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text

LONGEST = 2000
WHERE = Text("讨论", "the discussion")


@action("tasks.write_message")
def write_message(viewer: Viewer, version_id: UUID, text: str, indicator: UUID | None = None) -> Done[Message]:
    """Add a message. Messages are never changed or deleted. A frozen version may still be discussed."""
    version = version_for(viewer, version_id)
    row = None
    if indicator is not None:
        row = version.indicator_rows.filter(indicator=indicator).select_related("duty_row").first()
        if row is None:
            raise absent(Text("该指标", "this indicator"))
    duty = row.duty_row.duty_id if row is not None and row.duty_row else None
    authorise(viewer, "tasks.write_message", scope_of(version.table, duty))
    words = text.strip()
    if not words or len(words) > LONGEST:
        raise Invalid(
            "message_length",
            Text("请填写讨论内容，最多 {n} 字。", "Write a message of at most {n} characters.").with_(n=LONGEST),
            {"text": Text("必填", "required")},
        )
    refuse_marked_text(words, WHERE)
    message = Message.objects.create(version=version, indicator_id=indicator, text=words, written_by=viewer.account)
    return done_with(version, message, details={"message": str(message.pk), "indicator": row.name if row else "", "text": words})
