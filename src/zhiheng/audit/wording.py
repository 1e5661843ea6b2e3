"""What the words of a cell show, before any meaning: blank, placeholder, named words, the same words again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from zhiheng.plan.plan import Cell, Figure, Indicator

PLACEHOLDER = re.compile(r"(?:[/／\\|、.。…*＊_\-—–－~～?？○〇]+|无|暂无|略|待定|待填|空)")
"""A whole cell that says nothing."""

LEFT_OPEN = re.compile(
    r"[≥≤><=]?\*{2,}|_{2,}|[○〇]{2,}|[×]{2,}|(?<![A-Za-z0-9])[Xx]{2,}(?![A-Za-z])"
    r"|[≥≤><=]\*|(?<![A-Za-z0-9])[NnXx](?=[家个项次人名件份篇场期户万亿元%])|\(\)(?=[家个项次人名件份篇场期户%])"
)
"""A place in a form's text that was meant to be filled in: XX%, N家, ≥**人."""

PUNCTUATION = re.compile(r"[\s，,。；;：:、“”\"'‘’（）()《》〈〉【】\[\]★☆·.!！?？\-—]+")


def normal(text: str) -> str:
    """The text with full-width signs made narrow and all spaces gone."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=4096)  # every row is compared with all before it
def squeezed(text: str) -> str:
    """The words alone: no spaces, no punctuation."""
    return PUNCTUATION.sub("", unicodedata.normalize("NFKC", text))


def blank(cell: Cell | Figure | None) -> bool:
    """Nothing stands there: the form has no such cell, or it is empty."""
    return cell is None or not cell.text.strip()


@lru_cache(maxsize=4096)  # many rules ask it of the same cells
def placeholder(text: str) -> bool:
    """The whole cell is a sign that stands for nothing: /, —, 无, ……"""
    return bool(PLACEHOLDER.fullmatch(re.sub(r"\s+", "", text)))


def says_nothing(cell: Cell | Figure | None) -> bool:
    """Blank, or a placeholder."""
    return cell is None or blank(cell) or placeholder(cell.text)


def left_open(text: str) -> str:
    """The place that the form wanted filled in, as written; empty if there is none."""
    found = LEFT_OPEN.search(normal(text))
    return found.group() if found else ""


def named(text: str, words: Iterable[str]) -> str:
    """The first of ``words`` that the text contains, empty if none."""
    return next((word for word in words if word in text), "")


def row_text(row: Indicator, *fields: str) -> str:
    """The text of the given fields of a row, one after the other; ``category`` is the path."""
    parts = [" ".join(row.category) if field == "category" else text_of(getattr(row, field)) for field in fields]
    return " ".join(part for part in parts if part)


def text_of(cell: Cell | Figure | None) -> str:
    """The text of a cell, empty where there is none."""
    return "" if cell is None else cell.text


def without_brackets(text: str) -> str:
    """A name without its remarks in brackets: 保障在职职工人数(人) → 保障在职职工人数."""
    return re.sub(r"[（(][^（）()]*[）)]", "", text).strip()
