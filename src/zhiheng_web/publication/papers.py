"""What goes to the people's congress, from the frozen content alone: the letter, the narrative, the tables. Nothing is read from rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from zhiheng.reports.papers.congress_letter import Sent, congress_letter
from zhiheng.reports.papers.content import Content as Paper
from zhiheng.reports.papers.evaluation_report import Evaluation, Item, evaluation_report
from zhiheng.reports.papers.final_account_statement import final_account_statement
from zhiheng.reports.settings import Settings
from zhiheng_web.planning.queries.papers import INVENTED, official_settings
from zhiheng_web.publication.content import Content
from zhiheng_web.publication.content.aftermath import EvaluationResult
from zhiheng_web.publication.official import ENCLOSED, form_of, mark

SUBJECT = {"budget": "预算绩效目标", "final": "决算绩效情况"}
CONGRESS = "人民代表大会常务委员会"
"""The addressee before a department has named its own."""


def letter(content: Content, number: str, on: date | None, to: str = CONGRESS) -> Paper:
    """报送函 to its addressee (主送机关): what is sent with it, and that it is what was published."""
    head = content.head
    enclosures = [f"{head.year}年度{ENCLOSED[head.kind]}"] + (["预算绩效情况说明"] if content.narrative else [])
    enclosures += [report(content, one).title for one in reports(content)]
    said = [f"报送内容与向社会公开的内容一致，{ENCLOSED[head.kind]}共{len(content.tables)}张。"]
    if head.corrects:
        reason = head.corrects.reason.strip().rstrip("。；，.;, ")
        said.append(f"本次为第{head.edition}版，更正原因：{reason}。")
    if content.redactions:
        said.append(f"其中有{len(content.redactions)}处内容依法不予公开，报送材料中作相应标注。")
    subject = f"{head.year}年度部门{SUBJECT[head.kind]}"
    return congress_letter(number, Sent(head.department, to, subject, on, enclosures, "\n".join(said)))


def look(content: Content) -> Settings:
    """How the papers of a package are set: as the office's own, marked where the figures are invented."""
    found: Settings = official_settings()
    return replace(found, mark=INVENTED if content.head.demonstration else "")


def reports(content: Content) -> list[EvaluationResult]:
    """The evaluations whose reports are published with the package."""
    return [one for one in content.evaluations if one.slug]


def report(content: Content, one: EvaluationResult) -> Paper:
    """评价报告 as published: the paper as it was issued, said from the content, what is withheld marked with its ground."""
    title, findings = content.withheld(f"{one.table}/title"), content.withheld(f"{one.table}/evaluation_findings")
    subject = re.sub(r"(绩效)?评价(报告)?$", "", one.name) or one.name
    items = [
        Item(each.level_1.zh, each.level_2, each.name, each.full, each.standard, each.finding if findings is None else mark(findings),
             each.points)
        for each in one.items
    ]  # fmt: skip
    text = [("评价范围", one.scope), ("存在的主要问题", one.problems), ("有关建议", one.advice)]
    text += [("意见反馈情况", one.reply)] if one.reply else []
    said = Evaluation(
        subject=mark(title) if title else subject, evaluated=mark(title) if title else one.evaluated, organiser=one.organiser,
        agency=one.agency, day=one.accepted_on, text=text, items=items, full=one.ceiling or Decimal(0), total=one.total, grade=one.grade,
        conclusion=one.summary,
    )  # fmt: skip
    return evaluation_report(one.number, said)


def statement(content: Content) -> Paper:
    """预算绩效情况说明 as published. A paragraph without a heading belongs to the section before it."""
    found: list[tuple[str, list[str]]] = []
    for one in content.narrative:
        if found and one.heading in ("", found[-1][0]):
            found[-1][1].append(one.text)
        else:
            found.append((one.heading, [one.text]))
    text = [(heading or "有关情况", "\n".join(paragraphs)) for heading, paragraphs in found]
    return final_account_statement("", content.head.department, content.head.year, text)


def tables(content: Content) -> Paper:
    """The tables as published on their official forms, what is withheld marked with its ground."""
    head = content.head
    pages = tuple(form_of(content, table) for table in content.tables)
    return Paper("published_tables", f"{head.department}{head.year}年度{ENCLOSED[head.kind]}", "", pages)


ENCLOSURES: Mapping[str, Callable[[Content], Paper]] = {"statement": statement, "tables": tables}
"""What goes with the letter."""
