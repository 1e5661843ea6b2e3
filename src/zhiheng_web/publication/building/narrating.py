"""Paragraphs whose numbers are references: what they refer to, what is typed by hand, and the text with everything filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from zhiheng_web.publication.building.extent import Extent
from zhiheng_web.publication.building.numbers import REFERENCE, numbers_of
from zhiheng_web.publication.content.narrative import Number, Statement, within
from zhiheng_web.publication.content.shape import Content
from zhiheng_web.publication.models import Paragraph

DIGITS = re.compile(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*")
MEASURED = "个项家件份人次名位分元亩批期场条篇种类张倍成笔"
NUMERAL = "零一二三四五六七八九十百千万亿两"
SPOKEN = re.compile(rf"百分之[{NUMERAL}点]+|(?:[二三四五六七八九两十]|[一二三四五六七八九两十百千][{NUMERAL}]+)(?=[余多]?[{MEASURED}])")
YEAR = re.compile(r"(?:19|20)\d\d")
DOCUMENT = re.compile(r"[〔\[（(【](?:19|20)\d\d[〕\]）)】]\s*\d+\s*号|第\s*\d+\s*[号条款项章]|\d+\s*号(?:令|文)")
AS = ("document", "year")
"""As what a digit typed by hand may be confirmed: part of a document number, or a year."""


def references(text: str) -> list[str]:
    """The references of a text in their order."""
    return [found.strip() for found in REFERENCE.findall(text)]


def unknown(text: str, known: Mapping[str, Number]) -> list[str]:
    """References that no number answers."""
    return [name for name in dict.fromkeys(references(text)) if name not in known]


def typed(text: str) -> list[str]:
    """Numbers typed by hand: outside references, in digits or in words before a measure word."""
    bare = REFERENCE.sub("\u0000", text)
    return list(dict.fromkeys([*DIGITS.findall(bare), *SPOKEN.findall(bare)]))


def admissible(text: str, digits: str, kind: str) -> bool:
    """Whether digits in a text can be what somebody says they are: a year of four digits, or part of a document's number."""
    if kind == "year":
        return YEAR.fullmatch(digits) is not None
    return kind == "document" and any(digits in DIGITS.findall(found) for found in DOCUMENT.findall(text))


def loose(text: str, confirmed: Mapping[str, str]) -> list[str]:
    """Numbers typed by hand that nobody has confirmed: each must become a reference."""
    return [one for one in typed(text) if confirmed.get(one) not in AS]


def resolved(text: str, known: Mapping[str, Number]) -> str:
    """The text with its references filled in; one that nothing answers stays as it is and is told of elsewhere."""

    def said(found: re.Match[str]) -> str:
        one = known.get(found[1].strip())
        return found[0] if one is None else within(text[: found.start()], one.words)

    return REFERENCE.sub(said, text)


def narrated(
    content: Content, extent: Extent, paragraphs: Sequence[Paragraph]
) -> tuple[tuple[Statement, ...], tuple[Number, ...], tuple[str, ...]]:
    """(statements, the numbers they use, references that nothing answers)."""
    known = numbers_of(content, extent)
    statements, used, lost = [], dict[str, Number](), dict[str, None]()
    for row in paragraphs:
        names = [name for name in references(row.text) if name in known]
        used.update((name, known[name]) for name in names)
        lost.update(dict.fromkeys(unknown(row.text, known)))
        statements.append(Statement(row.code, row.heading, resolved(row.text, known), row.fixed, tuple(names), row.text))
    return tuple(statements), tuple(used[name] for name in sorted(used)), tuple(lost)
