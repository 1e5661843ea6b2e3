"""Running text of papers: numbered headings with their paragraphs, amounts and days in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from zhiheng.reports.letter import Style

ONE_LINE = 20
"""So many characters of a title stand in one line; a longer one is cut between its words, not within one."""
DIGITS = "一二三四五六七八九"
Lines = Iterator[tuple[Style, str]]


def ordinal(number: int) -> str:
    """一, 二 … 十, 十一 … 九十九, as headings are numbered. From 1; beyond 99 in figures."""
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    lead = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens - 1]}十"
    return lead + (DIGITS[ones - 1] if ones else "")


def paragraphs(text: str) -> Lines:
    """Each line of ``text`` as a paragraph; empty lines are left out."""
    yield from ((Style.BODY, line.strip()) for line in text.splitlines() if line.strip())


def sections(named: Iterable[tuple[str, str | Sequence[str]]], start: int = 1) -> Lines:
    """一、name, then its paragraphs. A section that says nothing says 无, so that nobody looks for what was forgotten."""
    for number, (name, said) in enumerate(named, start):
        yield Style.HEADING, f"{ordinal(number)}、{name}"
        found = list(paragraphs(said if isinstance(said, str) else "\n".join(said)))
        yield from found or [(Style.BODY, "无。")]


def amount(figure: Decimal | None) -> str:
    """An amount as people write it: no zeros behind the last digit that counts; 未取得 where there is none. Zero is 0."""
    if figure is None:
        return "未取得"
    words = f"{figure:f}"
    words = words.rstrip("0").rstrip(".") if "." in words else words
    return "0" if words in {"-0", ""} else words


def amount_of_money(figure: Decimal | None) -> str:
    """An amount of 万元 with its unit; 未取得 alone where there is none."""
    return amount(figure) if figure is None else f"{amount(figure)}万元"


def day(on: date | None, open_day: str = "") -> str:
    """2020年8月31日; ``open_day`` where no day is set."""
    return open_day if on is None else f"{on.year}年{on.month}月{on.day}日"


def signed(issuer: str, on: date | None) -> Lines:
    """Room for the seal, the office and the day; the day left open while it is not set."""
    yield from ((Style.ROOM, ""), (Style.ROOM, ""), (Style.SIGNATURE, issuer), (Style.SIGNATURE, day(on, "　　年　月　日")))


def masthead(issuer: str, number: str) -> Lines:
    """The head of a numbered letter of an office."""
    yield from ((Style.MASTHEAD, f"{issuer}文件"), (Style.NUMBER, number or "〔　　〕　号（未编号）"), (Style.RULE, ""))


def folded(title: str, kind: str) -> str:
    """``title`` in two lines where it does not stand in one: cut before ``kind``, the kind of paper, not within a word."""
    return f"{title.removesuffix(kind)}\n{kind}" if len(title) > ONE_LINE and title.endswith(kind) and title != kind else title


def number_line(number: str) -> str:
    """编号：…, or that the paper has none yet."""
    return f"编号：{number or '（未编号）'}"
