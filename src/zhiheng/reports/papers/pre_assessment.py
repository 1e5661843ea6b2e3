"""事前绩效评估报告: why a new policy or project is worth its money, content by content, with the conclusion and signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhiheng.reports.form import Form, FormCell
from zhiheng.reports.forms.head import heading, label, text, value
from zhiheng.reports.letter import Style, letter
from zhiheng.reports.papers.content import Content
from zhiheng.reports.papers.opinions import SHEET, WIDTHS, Opinion, blocks, fact_rows

ORDINALS = "一二三四五六七八九十"
ONE_LINE = 20
"""So many characters of a title stand in one line; a longer one is cut before the kind of the paper, not within a word."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """One content: 立项必要性 with full points, points given, and what was found."""

    name: str
    full: str
    points: str
    finding: str


def pre_assessment(
    project: str,
    number: str,
    facts: Sequence[tuple[str, str]],
    method: str,
    contents: Sequence[Assessed],
    conclusion: tuple[str, str, str, str],
    opinions: Sequence[Opinion],
) -> Content:
    """A letter of prose, then the sheet of points and signatures. ``conclusion``: (points of full, grade, conclusion, words)."""
    title = f"{project}事前绩效评估报告"
    heading_lines = f"{project}\n事前绩效评估报告" if len(title) > ONE_LINE else title
    total, grade, verdict, words = conclusion
    found = [
        pair
        for place, each in enumerate(contents)
        for pair in ((Style.BODY, f"（{ORDINALS[place]}）{each.name}（{each.full}分，得{each.points}分）"), (Style.BODY, each.finding))
    ]
    report = letter(
        title,
        (Style.TITLE, heading_lines),
        (Style.NUMBER, f"编号：{number or '（未编号）'}"),
        (Style.HEADING, "一、评估对象"),
        *((Style.BODY, f"{name}：{said}") for name, said in facts if said),
        (Style.HEADING, "二、评估方式和方法"),
        (Style.BODY, method or "由本单位自行组织评估。"),
        (Style.HEADING, "三、评估内容与结论"),
        *found,
        (Style.HEADING, "四、总体结论"),
        (Style.BODY, f"评估得分{total}分，等级为“{grade}”，结论：{verdict}。"),
        (Style.BODY, words),
    )
    rows: list[tuple[FormCell, ...]] = list(fact_rows([("项目名称", project), *facts]))
    rows.append((heading("评估内容", columns=2), heading("评估情况", columns=3), heading("满分"), heading("得分")))
    rows += [(label(each.name, columns=2), text(each.finding, columns=3), value(each.full), value(each.points)) for each in contents]
    rows.append((label("评估结论"), text(f"得分{total}分　等级{grade}　{verdict}", columns=len(WIDTHS) - 1)))
    rows += blocks(opinions)
    sheet = Form("事前绩效评估表", f"编号：{number or '（未编号）'}", tuple(rows), WIDTHS, 0, 0, SHEET)
    return Content("pre_assessment", title, number, (report, sheet))
