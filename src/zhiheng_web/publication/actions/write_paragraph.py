"""编写绩效情况说明: a paragraph is worded; its numbers are references into the data."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Max

from zhiheng_web.organisation.authority import absent
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.actions._standing import CHANGED, done, held, needed
from zhiheng_web.publication.building.building import build
from zhiheng_web.publication.building.narrating import admissible, typed, unknown
from zhiheng_web.publication.building.numbers import numbers_of
from zhiheng_web.publication.models import Package, Paragraph
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Conflict, Done, Invalid, action
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.wording import Text

PARAGRAPH = Text("该段落", "this paragraph")
EMPTY = Text("请填写段落内容。", "Write the paragraph.")
UNKNOWN = Text(
    "没有名为“{name}”的数据。请从可用数据中选择，名称写在花括号内。",
    "There is no number called “{name}”. Choose one of those offered and write its name in braces.",
)
NOT_SO = Text(
    "“{digits}”不是{what}，不能按此确认。请改为引用数据。",
    "“{digits}” is no {what}, so it cannot be confirmed as one. Refer to the data instead.",
)
WHATS = {"year": Text("年份", "year"), "document": Text("文号中的数字", "part of a document number")}
LONG = 5000


@action("publication.write_paragraph")
def write_paragraph(
    viewer: Viewer,
    package: UUID,
    paragraph: UUID | None,
    text: str,
    heading: str = "",
    confirmed: Mapping[str, str] | None = None,
    edits: int | None = None,
) -> Done[Paragraph]:
    """Word a paragraph, or add one (``paragraph`` None). ``confirmed``: digits typed by hand → document or year.

    A reference that nothing answers is refused. Digits that nobody confirms stay, are flagged, and keep the package from review.
    """
    row = held(viewer, package, "publication.write_paragraph", Package.State.DRAFT)
    said, title = needed("text", text, EMPTY), heading.strip()[:100]
    if len(said) > LONG:
        raise Invalid("too_long", Text("段落不超过 5000 字。", "A paragraph has at most 5,000 characters."))
    refuse_marked_text([said, title], Text("绩效情况说明", "the narrative"))
    built = build(row, whole=False)
    known = numbers_of(built.content, built.extent)
    if lost := unknown(said, known):
        missing = UNKNOWN.with_(name=lost[0])
        raise Invalid("unknown_reference", missing, {"text": missing})
    written = _row(row, paragraph)
    if edits is not None and edits != written.edits:
        raise Conflict("changed", CHANGED, {"text": written.text})
    before = digest_of([written.heading, written.text])
    written.text, written.heading = said, title or written.heading
    written.typed = _confirmed(said, confirmed or {})
    written.edits += 1
    written.save()
    return done(row, written, before, digest_of([written.heading, said]), paragraph=written.code, confirmed=dict(written.typed))


def _row(package: Package, paragraph: UUID | None) -> Paragraph:
    if paragraph is None:
        last = Paragraph.objects.filter(package=package).aggregate(last=Max("position"))["last"] or 0
        return Paragraph(package=package, position=last + 1, code=f"own_{last + 1}")
    found = Paragraph.objects.filter(package=package, pk=paragraph).first()
    if found is None:
        raise absent(PARAGRAPH)
    return found


def _confirmed(text: str, confirmed: Mapping[str, str]) -> dict[str, str]:
    """What is confirmed of the digits that stand in the text, each as what it can be."""
    present = typed(text)
    kept = {}
    for digits, kind in confirmed.items():
        if digits not in present or not kind:
            continue
        if not admissible(text, digits, kind):
            refused = NOT_SO.with_(digits=digits, what=WHATS.get(kind, Text(kind, kind)))
            raise Invalid("not_admissible", refused, {"text": refused})
        kept[digits] = kind
    return kept
