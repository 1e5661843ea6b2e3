"""报送人大常委会的函: the letter with which goals or results go to the standing committee, with the list of what is enclosed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhiheng.reports.letter import Style, letter
from zhiheng.reports.papers.content import Content
from zhiheng.reports.papers.prose import ONE_LINE, masthead, paragraphs, signed


@dataclass(frozen=True, slots=True)
class Sent:
    """Who sends what to whom: ``subject`` 2020年度部门决算绩效材料, ``text`` further paragraphs, ``enclosures`` in their order."""

    issuer: str
    to: str
    subject: str
    day: date | None
    enclosures: Sequence[str]
    text: str = ""


def congress_letter(number: str, said: Sent) -> Content:
    """The letter. Without an enclosure there is nothing to send: ValueError."""
    if not said.enclosures:
        raise ValueError("a letter that encloses nothing")
    title = f"{said.issuer}关于报送{said.subject}的函"
    page = letter(
        title,
        *masthead(said.issuer, number),
        (Style.TITLE, f"{said.issuer}关于报送\n{said.subject}的函" if len(title) > ONE_LINE else title),
        (Style.TO, f"{said.to}："),
        (Style.BODY, f"按照预算法和全面实施预算绩效管理的有关规定，现将{said.subject}（共{len(said.enclosures)}件）随函报送，请予审查。"),
        *paragraphs(said.text),
        (Style.BODY, "特此函达。"),
        (Style.ATTACHMENT, listed(said.enclosures)),
        *signed(said.issuer, said.day),
    )
    return Content("congress_letter", title, number, (page,))


def listed(enclosures: Sequence[str]) -> str:
    """附件：1．…, each further one in a line of its own under the first; a single one is not numbered."""
    if len(enclosures) == 1:
        return f"附件：{enclosures[0]}"
    lines = [f"{place}．{' '.join(name.split())}" for place, name in enumerate(enclosures, 1)]
    return "附件：" + "\n　　　　　".join(lines)
