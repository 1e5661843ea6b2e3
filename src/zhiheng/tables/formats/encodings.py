"""Bytes of a text file as text: by its mark, by UTF-8, by what Chinese text looks like. Never a guess that garbles."""

from __future__ import annotations

import codecs
import re

from zhiheng.plan.place import Place, Problem
from zhiheng.tables.formats.limits import SAMPLE
from zhiheng.tables.formats.problems import listed, problem, refused

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
DECLARED = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030", "unicode": "utf-16", "big5": "cp950"}
CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
PRIVATE = re.compile("[\ue000-\uf8ff]")
IDEOGRAPH = re.compile("[\u4e00-\u9fff]")
LEADS = re.compile("[\u00e4-\u00e9]")  # what the first bytes of Chinese UTF-8 become in Latin-1
FEW = 0.001  # broken bytes that a damaged copy may have
COMMON = 0.75  # share of everyday characters in Chinese text; the wrong one of GB and Big5 has far fewer


def decoded(data: bytes, file: str, *, markup: bool = False) -> tuple[str, list[Problem]]:
    """The text, and a problem for each line with bytes that are none. With ``markup`` a declared charset is tried.

    Refuses what is no text, what is in no known encoding, and text that was garbled before it was saved.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding, file)
    declared = _declared(data) if markup else None
    encoding = declared or _recognised(data, file)
    return _marked(data, encoding, file)


def _marked(data: bytes, encoding: str, file: str) -> tuple[str, list[Problem]]:
    text, problems = _lenient(data, encoding, file)
    _judged(text, file)
    return _without_nul(text, problems, file)


def _without_nul(text: str, problems: list[Problem], file: str) -> tuple[str, list[Problem]]:
    """The text without NUL, which no one typed; where it stood is told."""
    if "\x00" not in text:
        return text, problems
    lines = [number for number, line in enumerate(text.split("\n"), 1) if "\x00" in line]
    told = problem("text-nul", Place(file, row=lines[0]), count=text.count("\x00"), lines=listed([str(line) for line in lines]))
    return text.replace("\x00", ""), [*problems, told]


def _declared(data: bytes) -> str | None:
    """The charset a page names, when its bytes agree."""
    match = CHARSET.search(data[:4096])
    if match is None:
        return None
    name = match[1].decode("ascii").lower()
    try:
        encoding = codecs.lookup(DECLARED.get(name, name)).name
        data.decode(encoding)
    except (LookupError, UnicodeError):
        return None
    return None if encoding in {"iso8859-1", "cp1252", "ascii"} or encoding.startswith("utf-16") else encoding


def _recognised(data: bytes, file: str) -> str:
    wide = _wide(data)
    if wide:
        return wide
    if data.count(b"\x00") > FEW * len(data) + 1:
        raise refused("binary", file)
    data = data.replace(b"\x00", b"")
    if _decodes(data, "utf-8") and not _gb_in_disguise(data):
        return "utf-8"
    scores = {encoding: score for encoding in ("gb18030", "cp950") if (score := _everyday(data, encoding)) is not None}
    best = max(scores, key=lambda encoding: scores[encoding], default=None)
    if best is not None and scores[best] >= COMMON:
        return best
    broken = data.decode("utf-8", "replace")
    if broken.count("�") <= FEW * len(broken) + 1 and not broken.isascii() and broken.count("�") < len(broken) / 4:
        return "utf-8"
    if best is None:
        best = _almost(data)
    if best is None:
        raise refused("text-encoding", file)
    return best


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: its ends of line, digits and tabs have a zero byte on one side, always the same."""
    if len(data) < 4 or len(data) % 2:
        return None
    even, odd = data[:SAMPLE:2].count(0), data[1:SAMPLE:2].count(0)
    if not even and not odd:
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    try:
        text = data.decode(encoding)
    except UnicodeError:
        return None
    known = sum(c.isascii() and (c.isprintable() or c in "\t\r\n") for c in text[:SAMPLE])
    known += len(IDEOGRAPH.findall(text[:SAMPLE])) + sum("\u3000" <= c <= "\u303f" or "\uff00" <= c <= "\uffef" for c in text[:SAMPLE])
    return encoding if known >= 0.9 * len(text[:SAMPLE]) else None


def _gb_in_disguise(data: bytes) -> bool:
    """A short GB text may happen to be UTF-8 as well (一 is also һ): then only letters of far alphabets come out."""
    text = data.decode("utf-8")[:SAMPLE]
    if max(text, default="") > "\u07ff":
        return False
    foreign = [character for character in text if not character.isascii()]
    if not foreign or 2 * sum(character > "\u00ff" for character in foreign) <= len(foreign):
        return False
    return (_everyday(data, "gb18030") or 0.0) >= COMMON


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeError:
        return False
    return True


def _everyday(data: bytes, encoding: str) -> float | None:
    """The share of everyday characters among the double-byte ones; None when the bytes are not of this encoding.

    Both standards put the everyday characters first: GB 2312 in rows 16 to 55 (lead bytes B0 to D7), Big5 in lead
    bytes A4 to C6. Text of the one read as the other is scattered.
    """
    if not _decodes(data, encoding):
        return None
    first, last = (0xB0, 0xD7) if encoding == "gb18030" else (0xA4, 0xC6)
    everyday = all_pairs = 0
    for character in data.decode(encoding)[:SAMPLE]:
        if "\u3400" <= character <= "\u9fff" or "\ue000" <= character <= "\uf8ff":
            lead = character.encode(encoding)
            all_pairs += 1
            everyday += first <= lead[0] <= last and lead[1] >= (0xA1 if encoding == "gb18030" else 0x40)
    return everyday / all_pairs if all_pairs else 0.0


def _almost(data: bytes) -> str | None:
    """GB 18030 with a few bytes lost."""
    text = data.decode("gb18030", "replace")
    lost = text.count("�")
    if lost > FEW * len(text) + 1 or lost > len(text) / 4:
        return None
    score = _everyday(text.replace("�", "").encode("gb18030"), "gb18030")
    return "gb18030" if score is not None and score >= COMMON else None


def _lenient(data: bytes, encoding: str, file: str) -> tuple[str, list[Problem]]:
    """The text; bytes that belong to no character become � and are told with their line."""
    try:
        return data.decode(encoding), []
    except UnicodeError:
        text = data.decode(encoding, "replace")
    if text.count("�") > FEW * len(text) + 1:
        raise refused("text-encoding", file)
    lines = [number for number, line in enumerate(text.split("\n"), 1) if "�" in line]
    return text, [problem("text-broken-bytes", Place(file, None, None, line), line=line) for line in lines]


def _judged(text: str, file: str) -> None:
    """Refuses text that no one can read: control characters, private ones, and the patterns of a wrong re-saving."""
    sample = text[:SAMPLE]
    if not sample:
        return
    if _twice_encoded(sample):
        raise refused("text-mojibake", file)
    if len(CONTROL.findall(sample)) > 0.01 * len(sample) + 2:
        raise refused("binary", file)
    letters = len(sample) - sum(map(str.isspace, sample))
    ideographs = len(IDEOGRAPH.findall(sample))
    if sample.count("锟斤拷") * 3 + sample.count("�") > 0.02 * letters + 3 or len(PRIVATE.findall(sample)) > 0.2 * letters + 5:
        raise refused("text-mojibake", file)
    if ideographs > 4 and _read_as_gb(sample):
        raise refused("text-mojibake", file)


def _twice_encoded(sample: str) -> bool:
    """UTF-8 read as Latin-1 and saved again: ä¸€çº§ for 一级."""
    if len(LEADS.findall(sample)) < 3:
        return False
    raw = b"".join(_latin_byte(character) for character in sample)
    again = raw.decode("utf-8", "replace")
    found = len(IDEOGRAPH.findall(again))
    return found >= 3 and again.count("�") <= found and found > len(IDEOGRAPH.findall(sample))


def _latin_byte(character: str) -> bytes:
    for encoding in ("latin-1", "cp1252"):
        try:
            return character.encode(encoding)
        except UnicodeError:
            continue
    return b" "


def _read_as_gb(sample: str) -> bool:
    """UTF-8 read as GB and saved again: 绉戞妧 for 科技. Real Chinese is no UTF-8 when written as GB."""
    words = "".join(IDEOGRAPH.findall(sample))
    again = sample.encode("gb18030", "replace").decode("utf-8", "replace")
    found = len(IDEOGRAPH.findall(again))
    return found >= 0.4 * len(words) and again.count("�") <= 0.5 * found
