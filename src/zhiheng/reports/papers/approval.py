"""批复: a numbered letter of the finance bureau in the layout of official documents, with the approved table as its annex."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhiheng.plan.plan import Plan
from zhiheng.reports import forms
from zhiheng.reports.letter import Style, letter
from zhiheng.reports.papers.content import Content
from zhiheng.reports.papers.opinions import day_words

NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Approved:
    """What the letter says: who issues it to whom, on what, with which conditions (each a paragraph of its own)."""

    issuer: str
    to: str
    subject: str
    table_title: str
    day: date | None
    points: Sequence[tuple[str, str]]
    adjustment: bool = False


def approval(plan: Plan, number: str, said: Approved) -> Content:
    """The letter and its annex. The annex reads back as the same plan."""
    kind = "调整批复" if said.adjustment else "批复"
    title = f"{said.issuer}关于{said.subject}绩效目标的{kind}"
    heads = [
        pair
        for place, (name, words) in enumerate(said.points)
        for pair in ((Style.HEADING, f"{NUMERALS[place]}、{name}"), (Style.BODY, words))
    ]
    page = letter(
        title,
        (Style.MASTHEAD, f"{said.issuer}文件"),
        (Style.NUMBER, number or "〔　　〕　号（未编号）"),
        (Style.RULE, ""),
        (Style.TITLE, title),
        (Style.TO, f"{said.to}："),
        (Style.BODY, f"你单位报送的《{said.table_title}》收悉。经审核，现批复如下："),
        *heads,
        (Style.BODY, "此复。"),
        (Style.ATTACHMENT, f"附件：{said.table_title}"),
        (Style.ROOM, ""),
        (Style.ROOM, ""),
        (Style.SIGNATURE, said.issuer),
        (Style.SIGNATURE, day_words(said.day)),
    )
    return Content("approval", title, number, (page, forms.form(plan)))
