"""What goes to the people's congress, from the frozen content alone: the letter, the narrative, the tables. Nothing is read from rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from zhiheng.audit.money import printed as plain
from zhiheng.reports.form import A4_LANDSCAPE, Form, FormCell, Role
from zhiheng.reports.letter import Letter
from zhiheng.reports.papers.congress_letter import Sent, congress_letter
from zhiheng.reports.papers.content import Content as Paper
from zhiheng.reports.papers.evaluation_report import Evaluation, Item, evaluation_report
from zhiheng.reports.papers.final_account_statement import final_account_statement
from zhiheng.reports.settings import Settings
from zhiheng_web.planning.queries.papers import INVENTED, official_settings
from zhiheng_web.publication.content import Content
from zhiheng_web.publication.content.aftermath import EvaluationResult
from zhiheng_web.publication.content.places import Withheld
from zhiheng_web.publication.content.tables import PublicTable, Row

ENCLOSED = {"budget": "绩效目标表", "final": "绩效自评表"}
SUBJECT = {"budget": "预算绩效目标", "final": "决算绩效情况"}
WITHHELD = "■"
CONGRESS = "市人民代表大会常务委员会"


def letter(content: Content, number: str, on: date | None) -> Paper:
    """报送函: what is sent with it, and that it is what was published."""
    head = content.head
    enclosures = [f"{head.year}年度{ENCLOSED[head.kind]}"] + (["预算绩效情况说明"] if content.narrative else [])
    enclosures += [report(content, one).title for one in reports(content)]
    said = [f"报送内容与向社会公开的内容一致，{ENCLOSED[head.kind]}共{len(content.tables)}张。"]
    if head.corrects:
        said.append(f"本次为第{head.edition}版，更正原因：{head.corrects.reason}。")
    if content.redactions:
        said.append(f"其中有{len(content.redactions)}处内容依法不予公开，报送材料中作相应标注。")
    subject = f"{head.year}年度部门{SUBJECT[head.kind]}"
    return congress_letter(number, Sent(head.department, CONGRESS, subject, on, enclosures, "\n".join(said)))


def look(content: Content) -> Settings:
    """How the papers of a package are set: as the office's own, marked where the figures are invented."""
    return replace(official_settings(), mark=INVENTED if content.head.demonstration else "")


def reports(content: Content) -> list[EvaluationResult]:
    """The evaluations whose reports are published with the package."""
    return [one for one in content.evaluations if one.slug]


def report(content: Content, one: EvaluationResult) -> Paper:
    """评价报告 as published: the paper as it was issued, said from the content, what is withheld marked with its ground."""
    title, findings = content.withheld(f"{one.table}/title"), content.withheld(f"{one.table}/evaluation_findings")
    subject = re.sub(r"(绩效)?评价(报告)?$", "", one.name) or one.name
    items = [
        Item(each.level_1.zh, each.level_2, each.name, each.full, each.standard, each.finding if findings is None else withheld(findings),
             each.points)
        for each in one.items
    ]  # fmt: skip
    text = [("评价范围", one.scope), ("存在的主要问题", one.problems), ("有关建议", one.advice)]
    text += [("意见反馈情况", one.reply)] if one.reply else []
    said = Evaluation(
        subject=withheld(title) if title else subject, evaluated=withheld(title) if title else one.evaluated, organiser=one.organiser,
        agency=one.agency, day=one.accepted_on, text=text, items=items, full=one.ceiling or Decimal(0), total=one.total, grade=one.grade,
        conclusion=one.summary,
    )  # fmt: skip
    return evaluation_report(one.number, said)


def withheld(held: Withheld) -> str:
    """The mark of what is withheld, as the pages have it."""
    return f"{WITHHELD} 不予公开：{held.name.zh}"


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
    """The tables as published, what is withheld marked with its ground."""
    head = content.head
    title = f"{head.department}{head.year}年度{ENCLOSED[head.kind]}"
    pages: list[Form | Letter] = [_form(content, table) for table in content.tables]
    return Paper("published_tables", title, "", tuple(pages))


def _form(content: Content, table: PublicTable) -> Form:
    final = content.head.kind == "final"
    heads = (
        ["序号", "绩效指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因及改进措施"]
        if final
        else ["序号", "绩效指标", "指标解释", "年度指标值", "备注"]
    )
    widths = (5, 26, 14, 20, 6, 6, 23) if final else (5, 25, 38, 16, 16)
    held = content.withheld(table.slug)
    if held is not None:
        rows = [[_cell("整表不予公开"), _cell(held.name.zh, len(widths) - 1)]]
        return Form(table.slug, "", _rows([_heads(heads), *rows]), widths, 0, 1, A4_LANDSCAPE)
    above = [[_label("名称"), _cell(table.of or WITHHELD, len(widths) - 1)]]
    if table.score is not None:
        total = "暂定" if table.score.total is None else plain(table.score.total)
        above.append(
            [_label("总分"), _cell(f"{total}（满分{plain(table.score.ceiling)}）　等级：{table.score.grade or '—'}", len(widths) - 1)]
        )
    body = [[_cell(words) for words in _words(content, table, row, final=final)] for row in table.rows]
    return Form(table.title or table.slug, "", _rows([*above, _heads(heads), *body]), widths, len(above), len(above) + 1, A4_LANDSCAPE)


def _words(content: Content, table: PublicTable, row: Row, *, final: bool) -> list[str]:
    place = f"{table.slug}/{row.slug}"

    def said(cell: str, words: str) -> str:
        held = content.withheld(f"{place}/{cell}")
        return words if held is None else f"{WITHHELD} {held.name.zh}"

    target = said("target", row.target.text if row.target else "")
    start = [str(row.number), said("name", row.name)]
    if not final:
        return [*start, said("definition", row.definition), target, said("remark", row.remark)]
    result = row.result
    why = " ".join(filter(None, (result.reason, result.improvement))) if result else ""
    mark = "（人工改分）" if result is not None and result.override is not None else ""
    points = _number(result.points if result else None) + mark
    full = _number(result.effective if result else row.points)
    return [*start, target, said("actual", row.actual.shown.zh if row.actual else ""), full, said("points", points), said("reason", why)]


def _number(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


def _heads(words: list[str]) -> list[FormCell]:
    return [FormCell(one, Role.HEADING) for one in words]


def _label(words: str) -> FormCell:
    return FormCell(words, Role.LABEL)


def _cell(words: str, columns: int = 1) -> FormCell:
    return FormCell(words, Role.TEXT, 1, columns)


def _rows(rows: list[list[FormCell]]) -> tuple[tuple[FormCell, ...], ...]:
    return tuple(tuple(row) for row in rows)


ENCLOSURES: Mapping[str, Callable[[Content], Paper]] = {"statement": statement, "tables": tables}
"""What goes with the letter."""
