"""删除说明段落: a paragraph of one's own goes; a fixed statement stays."""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.organisation.authority import absent
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.actions._standing import done, held
from zhiheng_web.publication.actions.write_paragraph import PARAGRAPH
from zhiheng_web.publication.models import Package, Paragraph
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

FIXED = Text(
    "“{name}”是公开说明必须包含的内容，可以改写，不能删除。",
    "“{name}” is a statement that every disclosure makes: word it anew, it cannot go.",
)


@action("publication.remove_paragraph")
def remove_paragraph(viewer: Viewer, package: UUID, paragraph: UUID) -> Done[None]:
    """Remove a paragraph that is no fixed statement."""
    row = held(viewer, package, "publication.remove_paragraph", Package.State.DRAFT)
    found = Paragraph.objects.filter(package=row, pk=paragraph).first()
    if found is None:
        raise absent(PARAGRAPH)
    if found.fixed:
        raise Refusal("fixed", FIXED.with_(name=found.heading))
    code, text = found.code, found.text
    found.delete()
    return done(row, None, paragraph=code, text=text)
