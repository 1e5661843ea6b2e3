"""Exchange of a monitoring report or a self-evaluation: what would go out, its files, and a file that came in beside what stands here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from zhiheng_web.evaluation.exchanging import monitoring, self_evaluation
from zhiheng_web.evaluation.exchanging.comparing import Comparison, compared
from zhiheng_web.evaluation.exchanging.formats import ENDINGS, KINDS, MEDIA_TYPES, Outgoing, outgoing, read, written
from zhiheng_web.evaluation.exchanging.offer import sealed
from zhiheng_web.evaluation.exchanging.refusing import refuse_another, refuse_unpaired
from zhiheng_web.evaluation.exchanging.standing import MONITORING, SELF_EVALUATION, Standing
from zhiheng_web.evaluation.policies.monitoring import table_scope
from zhiheng_web.organisation.authority import authorise, authorise_menu, may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.secrecy import refuse_marked_file
from zhiheng_web.trail.action import Invalid, Refusal
from zhiheng_web.ui.exporting import named
from zhiheng_web.wording import Text, language

STANDINGS: Mapping[str, Callable[[Viewer, UUID], Standing]] = {
    MONITORING: monitoring.standing,
    SELF_EVALUATION: self_evaluation.standing,
}
NO_FILE = Text("请先选择文件。", "Choose a file first.")
TOO_LARGE = Text("“{name}”超过 {most} MB，没有读入。", "“{name}” has more than {most} MB and was not read.")


@dataclass(frozen=True, slots=True)
class Page:
    """What would go out in each format, and whether the viewer may take a file in."""

    standing: Standing
    families: tuple[Outgoing, ...]
    takes: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """A file that came in. ``seal`` is what the form of the page sends back."""

    standing: Standing
    name: str
    kind: Text
    found: Comparison
    seal: str


def standing_of(viewer: Viewer, what: str, pk: UUID) -> Standing:
    """What stands here, or Absent. KeyError for another ``what``."""
    authorise_menu(viewer, "evaluation.export_exchange")
    return STANDINGS[what](viewer, pk)


def exchange_page(viewer: Viewer, what: str, pk: UUID) -> Page:
    """The page of one report or self-evaluation. The number of queries does not depend on its rows."""
    standing = standing_of(viewer, what, pk)
    takes = standing.open and standing.fills and may(viewer, "evaluation.take_exchange", None)
    return Page(standing, outgoing(standing), takes)


def exchange_file(viewer: Viewer, what: str, pk: UUID, kind: str) -> tuple[bytes, str, str]:
    """The file of a kind with its media type and name. KeyError for another kind."""
    ending = ENDINGS[kind]
    standing = standing_of(viewer, what, pk)
    draft = f"（{standing.state.zh}）" if standing.open else ""
    return written(standing, kind, language()), MEDIA_TYPES[kind], f"{named(standing.title.zh + draft)}.{ending}"


def exchange_preview(viewer: Viewer, what: str, pk: UUID, upload: UploadedFile | None) -> Preview:
    """A file beside what stands here; nothing is written and nothing of it is kept."""
    authorise_menu(viewer, "evaluation.take_exchange")
    standing = standing_of(viewer, what, pk)
    if not standing.open:
        raise Refusal("exchange_closed", standing.closed)
    if not standing.fills:
        authorise(viewer, "evaluation.take_exchange", table_scope(standing.table))
    name, data = _content(upload)
    arrival = read(what, data, name, standing.on)
    refuse_another(standing, arrival, name)
    found = compared(standing, arrival)
    if not found.lines:
        refuse_unpaired(standing, name)
    digest = hashlib.sha256(data).hexdigest()
    seal = sealed(viewer, what, pk, found, name, digest, arrival.kind)
    kind = Text("一体化", "integrated system") if arrival.kind == "tables" else KINDS[arrival.kind]
    return Preview(standing, name, kind, found, seal)


def _content(upload: UploadedFile | None) -> tuple[str, bytes]:
    """The name and the bytes of an upload of a bearable size without a secrecy mark."""
    if upload is None:
        raise Invalid("no_file", NO_FILE, {"file": NO_FILE})
    name = PurePath(upload.name or "").name[:200]
    if (upload.size or 0) > settings.LARGEST_UPLOAD:
        raise Invalid("too_large", TOO_LARGE.with_(name=name, most=settings.LARGEST_UPLOAD // 2**20))
    refuse_marked_file(upload)
    return name, upload.read()
