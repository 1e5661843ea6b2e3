"""预算绩效情况说明: the part of the final account that tells of performance, section by section."""

from __future__ import annotations

from collections.abc import Sequence

from zhiheng.reports.letter import Style, letter
from zhiheng.reports.papers.content import Content
from zhiheng.reports.papers.prose import folded, sections

KIND = "预算绩效情况说明"


def final_account_statement(number: str, unit: str, year: int, text: Sequence[tuple[str, str]]) -> Content:
    """The statement; ``text`` is (heading, paragraphs) in order, each line a paragraph, its figures already in words.

    A statement of nothing is refused: ValueError. The year stands in the title, so that no page goes out under the year before.
    """
    if not text:
        raise ValueError("a statement without a section")
    title = f"{unit}{year}年度{KIND}"
    page = letter(title, (Style.TITLE, folded(title, KIND)), *sections(text))
    return Content("final_account_statement", title, number, (page,))
