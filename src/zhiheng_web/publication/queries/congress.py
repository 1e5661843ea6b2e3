"""What a package sends to the people's congress, as files: the letter, each enclosure, all of them in one archive."""

from __future__ import annotations

import io
import zipfile
from uuid import UUID

from zhiheng.reports.papers.content import Content as Paper
from zhiheng.reports.papers.printing import MEDIA_TYPES, RENDERERS, printed
from zhiheng_web.organisation.authority import absent, authorise_menu
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.content import Content, canonical, from_json
from zhiheng_web.publication.models import Package
from zhiheng_web.publication.papers import CONGRESS, ENCLOSURES, letter, look, report, reports
from zhiheng_web.publication.policies import package_for
from zhiheng_web.ui.exporting import named
from zhiheng_web.wording import Text

FILE = Text("该文件", "this file")
READY = (Package.State.SIGNED, Package.State.PUBLISHED)
ZIP, JSON = "application/zip", "application/json"
STAMP = (2020, 1, 1, 0, 0, 0)
"""The same bytes for the same content: an archive keeps no time of its making."""


def file_for_congress(viewer: Viewer, package: UUID, name: str) -> tuple[str, bytes, str]:
    """(file name, content, media type) of letter.docx, statement.pdf, tables.docx, e01.pdf, all.zip …; Absent before the signature."""
    authorise_menu(viewer, "publication.see_packages")
    row = package_for(viewer, package)
    if row.state not in READY or row.content is None:
        raise absent(FILE)
    if name == "all.zip":
        return f"{named(str(row))}.zip", _archive(row), ZIP
    shown, data = _file(row, name)
    return shown, data, MEDIA_TYPES.get(name.rpartition(".")[2], JSON)


def _file(row: Package, name: str) -> tuple[str, bytes]:
    what, _, kind = name.rpartition(".")
    content = from_json(row.content)
    if name == "content.json":
        return f"{named(str(row))}.json", canonical(row.content)
    paper = _paper(row, content, what) if kind in RENDERERS else None
    if paper is None:
        raise absent(FILE)
    return f"{named(paper.title)}.{kind}", printed(paper, kind, look(content))


def _paper(row: Package, content: Content, what: str) -> Paper | None:
    """The letter, an enclosure, or the evaluation report of a slug; None where the package has no such paper."""
    if what == "letter":
        return letter(content, row.letter_number, row.letter_on, addressee(row))
    one = content.evaluation(what)
    if one is not None:
        return report(content, one)
    return ENCLOSURES[what](content) if what in ENCLOSURES and (what != "statement" or content.narrative) else None


def addressee(row: Package) -> str:
    """主送机关 of a package's letter: as recorded, else that of the department's last letter. One query where it is not recorded."""
    if row.letter_to:
        return row.letter_to
    sent = Package.objects.filter(department=row.department_id, letter_to__isnull=False).exclude(letter_to="")
    return sent.order_by("-letter_on").values_list("letter_to", flat=True).first() or CONGRESS


def _archive(row: Package) -> bytes:
    """The letter and its enclosures, with the open data that they are printed from."""
    names = ["letter.docx", "letter.pdf", "tables.docx", "tables.pdf", "content.json"]
    if row.content["narrative"]:
        names[2:2] = ["statement.docx", "statement.pdf"]
    names[-1:-1] = [f"{one.slug}.{kind}" for one in reports(from_json(row.content)) for kind in ("docx", "pdf")]
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, name in enumerate(names, 1):
            shown, data = _file(row, name)
            archive.writestr(zipfile.ZipInfo(f"{place:02d} {shown}", STAMP), data, zipfile.ZIP_DEFLATED)
    return written.getvalue()
