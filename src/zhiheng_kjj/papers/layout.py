"""How the papers are set: tables of a page as official forms, always in Chinese."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import override

from zhiheng.reports.form import Form, FormCell, Paper
from zhiheng.reports.forms.head import heading, label, text, value
from zhiheng.reports.papers.content import Content
from zhiheng_kjj.office.tables import Cell, Table
from zhiheng_web.ledgers.papers import Gathered
from zhiheng_web.wording import Text

UPRIGHT = Paper("a4", 210, 297, 20, 10)
LYING = Paper("a4", 297, 210, 18, 10)
NUMERALS = "一二三四五六七八九十"


def in_chinese(build: Callable[[Gathered], Content]) -> Callable[[Gathered], Content]:
    """A paper is Chinese whatever language is read."""

    def built(asked: Gathered) -> Content:
        with override("zh-hans"):
            return build(asked)

    built.__doc__ = build.__doc__
    return built


def form_of(table: Table, title: str, subtitle: str, paper: Paper = LYING) -> Form:
    """A table as a form: its headings on every page, the sum below, what is said in place of rows where there are none."""
    width = len(table.headings)
    rows = [tuple(heading(str(one.text)) for one in table.headings)]
    rows += [tuple(_cell(cell) for cell in row) for row in table.rows]
    if not table.rows:
        rows.append((text(str(table.empty), columns=width),))
    elif table.total:
        rows.append((label(str(table.total[0].words)), *(_cell(cell) for cell in table.total[1:])))
    if table.note is not None:
        rows.append((text(f"说明：{table.note}", columns=width),))
    return Form(title, subtitle, tuple(rows), tuple(one.share for one in table.headings), 0, 1, paper)


def _cell(cell: Cell) -> FormCell:
    return value(str(cell.words)) if cell.number else text(str(cell.words))


def numbered(number: str) -> str:
    """The number under a title."""
    return f"编号：{number or '（未编号）'}"


def over(asked: Gathered) -> Text | None:
    """Why a paper of a period that is not over cannot be issued yet."""
    if asked.period is None or asked.period.last < asked.day:
        return None
    text = Text(
        "{period}尚未结束，{day} 之后才能出具；现在可以看草稿。",
        "{period} is not over: it can be issued after {day}. A draft can be read now.",
    )
    return text.with_(period=Text(asked.period.words, asked.period.code), day=asked.period.last.isoformat())
