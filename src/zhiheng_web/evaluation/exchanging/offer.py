"""What a preview offers, sealed: it goes to the browser and comes back, so nothing is kept of a file that nobody takes over.

The seal is bound to the person and the object. What comes back is what the file said, not what somebody put in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.core import signing

from zhiheng_web.evaluation.actions.fill_self_evaluation import Cell
from zhiheng_web.evaluation.actions.take_exchange import Taking
from zhiheng_web.evaluation.exchanging.comparing import Comparison, Offer
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

SALT = "evaluation.exchange"
LONGEST = 24 * 3600
"""Seconds for which a preview may be acted on."""
STALE = Text("预览已失效（超过一天，或不是您打开的）。请重新上传文件。", "The preview is too old, or not yours. Send the file again.")


def _salt(viewer: Viewer, what: str, pk: UUID) -> str:
    return f"{SALT}:{viewer.account.pk if viewer.account else ''}:{what}:{pk}"


def sealed(viewer: Viewer, what: str, pk: UUID, found: Comparison, file: str, sha256: str, kind: str) -> str:
    """All words that may be taken over, with what stands here now."""
    return signing.dumps([file, sha256, kind, list(_cells(found))], salt=_salt(viewer, what, pk), compress=True)


def _cells(found: Comparison) -> Iterator[tuple[str, str, str, str]]:
    rows: list[tuple[str, tuple[Offer, ...]]] = [(str(line.held.pk), line.offers) for line in found.lines]
    for row, offers in [*rows, ("", found.head)]:
        yield from ((row, one.field, one.base, one.text) for one in offers if one.why is None)


def chosen(viewer: Viewer, what: str, pk: UUID, seal: str, ticked: Iterable[str] | None) -> Taking:
    """The words of a sealed preview that were ticked (``row.field``), None for all. Raises Invalid for a seal that does not hold."""
    try:
        file, sha256, kind, cells = signing.loads(seal, salt=_salt(viewer, what, pk), max_age=LONGEST)
    except signing.BadSignature:
        raise Invalid("preview_stale", STALE) from None
    wanted = None if ticked is None else set(ticked)
    taken = [
        Cell(UUID(row) if row else None, field, base, text)
        for row, field, base, text in cells
        if wanted is None or f"{row}.{field}" in wanted
    ]
    return Taking(what, pk, taken, file, sha256, kind)
