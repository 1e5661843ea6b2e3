"""整改通知书: a numbered letter with the problems found, what is asked for, and by when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhiheng.reports.form import A4_PORTRAIT, Form, FormCell
from zhiheng.reports.forms.head import heading, text, value
from zhiheng.reports.letter import Style, letter
from zhiheng.reports.papers.content import Content
from zhiheng.reports.papers.prose import ONE_LINE, day, masthead, number_line, paragraphs, signed

COLUMNS = ("序号", "问题", "整改要求", "整改期限")
WIDTHS = (5, 24, 24, 11)


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem, what is asked for, and the day by which it must be put right."""

    problem: str
    demand: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Notice:
    """Who asks whom, from which finding (``basis``: 2020年部门整体绩效自评抽查复核), and by when the answer is due."""

    issuer: str
    to: str
    basis: str
    day: date | None
    reply_by: date | None
    problems: Sequence[Problem]
    closing: str = ""


def rectification_notice(number: str, said: Notice) -> Content:
    """The letter, and the list of problems on pages of its own. Without a problem there is nothing to notify: ValueError."""
    if not said.problems:
        raise ValueError("a notice without a problem")
    title = f"{said.issuer}关于{said.basis}发现问题的整改通知书"
    reply = f"请于{day(said.reply_by)}前将整改情况和佐证材料书面报送我单位。" if said.reply_by else "请按期报送整改情况和佐证材料。"
    page = letter(
        title,
        *masthead(said.issuer, number),
        (Style.TITLE, _folded(said) if len(title) > ONE_LINE else title),
        (Style.TO, f"{said.to}："),
        (
            Style.BODY,
            f"在{said.basis}中，发现你单位存在{len(said.problems)}个问题（见附件）。请对照整改要求逐项制定措施，明确责任人，按期完成整改。",
        ),
        *paragraphs(said.closing),
        (Style.BODY, reply),
        (Style.ATTACHMENT, "附件：整改问题清单"),
        *signed(said.issuer, said.day),
    )
    rows: list[tuple[FormCell, ...]] = [tuple(heading(name) for name in COLUMNS)]
    rows += [
        (value(str(place)), text(each.problem), text(each.demand), value(day(each.due))) for place, each in enumerate(said.problems, 1)
    ]
    listing = Form("整改问题清单", number_line(number), tuple(rows), WIDTHS, 0, 1, A4_PORTRAIT)
    return Content("rectification", title, number, (page, listing))


def _folded(said: Notice) -> str:
    """The title in three lines; the year of the finding stands in the first, so that the second does not run over by a character."""
    year = re.match(r"\d{4}年度?", said.basis)
    lead = year.group() if year is not None else ""
    return f"{said.issuer}关于{lead}\n{said.basis.removeprefix(lead)}\n发现问题的整改通知书"
