"""涉密不上网: text and files that carry a secrecy mark (密级标志) are refused before anything is stored.

A mark is 绝密, 机密 or 秘密 written as GB/T 9704 and the rules on state-secret marks have it: with a star (机密★1年), in marking
brackets (【秘密】), after 密级：, or alone on its line. The same words inside a sentence (保密审查, 商业秘密, 机密性) are no mark.
"""

from __future__ import annotations

import html
import re
import tempfile
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from hashlib import file_digest
from pathlib import Path, PurePath
from typing import Any

from zhiheng.tables import formats
from zhiheng.tables.formats.archives import Archive
from zhiheng.tables.grid import Grid, Refused
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

INVISIBLE = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad]")
GAP = r"[^\S\n]*"
LEVEL = rf"(?:[绝絕]{GAP}密|[机機]{GAP}密|[秘祕]{GAP}密)"
STAR = "[★☆✩✪✭⭐]"
MARK = re.compile(
    rf"(?<!商业)(?<!技术)(?<!工作){LEVEL}{GAP}[级級]?{GAP}(?:{STAR}|[*＊]{GAP}(?:[\d〇一二三四五六七八九十]|长期|長期))"
    rf"|{STAR}{GAP}{LEVEL}{GAP}[级級]?{GAP}(?=$|{STAR})"
    rf"|[【〔［\[〖]{GAP}{LEVEL}{GAP}[级級]?{GAP}(?:[】〕］\]〗]|{STAR})"
    rf"|[密][级級](?:标志|标识)?{GAP}[:：]{GAP}{LEVEL}(?!{GAP}[/、／□☐])"
    rf"|^{GAP}[（(]?{GAP}{LEVEL}{GAP}[级級]?{GAP}[)）]?{GAP}$",
    re.MULTILINE,
)
NAME_MARK = re.compile(rf"(?:^|[\s_\-—–·.,，、()（）]){LEVEL}[级級]?(?=$|[\s_\-—–·.,，、()（）])")
"""A level that stands as a word of its own in a file's name: 机密-预算表.xlsx."""
XML = (".xml", ".rels")
ENDS = re.compile(r"</(?:\w+:)?(?:p|si|c|row|t(?=>\s*</(?:\w+:)?si)|h|table-cell|TextCode|oddHeader|oddFooter|evenHeader|firstHeader)>")
TAGS = re.compile(r"<[^>]*>")
PAGE_CODES = re.compile(r'&(?:[LCRPNDTFAGBIUESXY]|"[^"]*"|\d+|K[0-9A-F]{6})')
"""What a sheet's header says besides words: alignment, page number, font."""
REFUSAL = Text(
    "涉密不上网：{where}带有密级标志“{mark}”，未保存。请核实；涉密内容不得在本系统填写或上传。",
    "No classified content: {where} carries the secrecy mark “{mark}” and was not stored. Check it; classified content must not be "
    "entered or uploaded here.",
)
LOCKED = Text(
    "“{name}”设有密码，无法核对密级标志，未保存。请去掉密码后再上传。",
    "“{name}” is protected by a password, so it cannot be checked for a secrecy mark and was not stored. Remove the password first.",
)
NAME_OF = Text("文件名“{name}”", "the file name “{name}”")
INSIDE = Text("文件“{name}”", "the file “{name}”")


def mark_in(text: str) -> str | None:
    """The first secrecy mark in a text as it is written there, or None."""
    if "密" not in text:
        return None
    found = MARK.search(INVISIBLE.sub("", text).replace("\r", "\n").replace("\u3000", " "))
    return found.group().strip() if found else None


def refuse_marked_text(text: str | Iterable[str], where: Text) -> None:
    """Raise :class:`Invalid` if a text that somebody enters carries a mark. ``where`` names the input."""
    for part in (text,) if isinstance(text, str) else text:
        if (mark := mark_in(part)) is not None:
            raise _refusal(mark, where)


def refuse_marked_file(upload: Any, name: str = "") -> None:
    """Raise :class:`Invalid` if an upload (or a Path) carries a mark in its name or in what the library's readers find in it.

    An upload is left at its beginning. What cannot be read as text (a picture, a scan) is judged by its name; what is locked by
    a password is refused, because nobody can say what is in it.
    """
    shown = name or PurePath(str(upload.name)).name
    refuse_marked_name(shown)
    if isinstance(upload, Path):
        _refuse_content(upload, shown)
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / f"upload{PurePath(shown).suffix[:10]}"
        upload.seek(0)
        with copy.open("wb") as stream:
            stream.writelines(iter(lambda: upload.read(1 << 20), b""))
        upload.seek(0)
        _refuse_content(copy, shown)


def refuse_marked_name(shown: str) -> None:
    """Raise :class:`Invalid` if the name of a file carries a mark."""
    if (found := NAME_MARK.search(INVISIBLE.sub("", PurePath(shown).stem))) or mark_in(shown):
        raise _refusal(found.group().strip(" _-—–·.,，、()（）") if found else str(mark_in(shown)), NAME_OF.with_(name=shown))


def _refuse_content(path: Path, shown: str) -> None:
    with path.open("rb") as stream:
        told = (file_digest(stream, "sha256").hexdigest(), path.suffix.lower())
    if told not in UNMARKED:  # one paper proves or approves many things: it is read once
        _refuse_words(path, shown)
        UNMARKED[told] = None
        while len(UNMARKED) > REMEMBERED:
            UNMARKED.popitem(last=False)


REMEMBERED = 1000
UNMARKED: OrderedDict[tuple[str, str], None] = OrderedDict()
"""Contents (digest and kind of file) that this process has read and found without a mark."""


def _refuse_words(path: Path, shown: str) -> None:
    where = INSIDE.with_(name=shown)
    refuse_marked_text(_parts(path), where)
    try:
        source = formats.read(path)
    except Refused as refused:
        if refused.problem.code == "encrypted":
            raise Invalid("locked_file", LOCKED.with_(name=shown), {"file": LOCKED.with_(name=shown)}) from refused
        return
    for grid in source.grids:
        refuse_marked_text(_texts(grid), where)


def _texts(grid: Grid) -> Iterator[str]:
    """Cells, each row as one line (a mark may be set over several cells), the lines around, the sheet's name."""
    yield from grid.before
    yield from grid.after
    yield grid.sheet or ""
    for row in grid.rows:
        yield from row
        yield "".join(row)


def _parts(path: Path) -> Iterator[str]:
    """The words of every XML part of an archive: headers, footers and text boxes stand in no table; and the text of a plain file."""
    with path.open("rb") as stream:
        data = stream.read()
    if data[:2] != b"PK":
        if len(data) <= LARGEST_PLAIN and b"\0" not in data[:4096]:
            yield from (text for text in (_decoded(data, code) for code in ("utf-8-sig", "gb18030")) if text)
        return
    try:
        archive = Archive(data, path.name)
        for member in sorted(archive.names):
            if member.endswith(XML):
                text = archive.read(member).decode("utf-8", "replace")
                yield PAGE_CODES.sub("", html.unescape(TAGS.sub("", ENDS.sub("\n", text))))
    except Refused:
        return


LARGEST_PLAIN = 20_000_000


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _refusal(mark: str, where: Text) -> Invalid:
    text = REFUSAL.with_(where=where, mark=mark)
    return Invalid("secrecy_mark", text, {"secrecy": text})
