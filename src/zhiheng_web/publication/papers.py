"""What goes to the people's congress, from the frozen content alone: the letter, the narrative, the tables. Nothing is read from rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from zhiheng.audit.money import printed as plain
from zhiheng.reports.form import A4_LANDSCAPE, Form, FormCell, Role
from zhiheng.reports.letter import Letter, Style, letter
from zhiheng.reports.papers.content import Content as Paper
from zhiheng.reports.papers.opinions import day_words
from zhiheng_web.publication.content import Content
from zhiheng_web.publication.content.tables import PublicTable, Row

ENCLOSED = {"budget": "绩效目标表", "final": "绩效自评表"}
SUBJECT = {"budget": "预算绩效目标", "final": "决算绩效情况"}
WITHHELD = "■"
NUMERALS = "一二三四五六七八九十"


def congress_letter(content: Content, number: str, on: date | None) -> Paper:
    """报送函: what is sent with it, and that it is what was published."""
    head = content.head
    title = f"{head.department}关于报送{head.year}年度部门{SUBJECT[head.kind]}的函"
    tables = len(content.tables)
    page = letter(
        title,
        (Style.NUMBER, number or "〔　　〕　号（未编号）"),
        (Style.TITLE, title),
        (Style.TO, "市人民代表大会常务委员会："),
        (Style.BODY, f"按照预算绩效管理和人大预算审查监督要求，现将我单位{head.year}年度部门{SUBJECT[head.kind]}随函报送，请审查。"),
        (
            Style.BODY,
            f"报送内容与向社会公开的内容一致，包括{ENCLOSED[head.kind]}{tables}张{'和预算绩效情况说明' if content.narrative else ''}。",
        ),
        *(((Style.BODY, f"本次为第{head.edition}版，更正原因：{head.corrects.reason}。"),) if head.corrects else ()),
        *(((Style.BODY, f"其中有{len(content.redactions)}处内容依法不予公开，报送材料中作相应标注。"),) if content.redactions else ()),
        (Style.BODY, "特此函达。"),
        (Style.ATTACHMENT, f"附件：1．{head.year}年度{ENCLOSED[head.kind]}" + ("　2．预算绩效情况说明" if content.narrative else "")),
        (Style.ROOM, ""),
        (Style.ROOM, ""),
        (Style.SIGNATURE, head.department),
        (Style.SIGNATURE, day_words(on)),
    )
    return Paper("congress_letter", title, number, (page,))


def statement(content: Content) -> Paper:
    """预算绩效情况说明 as published."""
    head = content.head
    title = f"{head.department}{head.year}年度预算绩效情况说明"
    lines = [(Style.TITLE, title)]
    for place, one in enumerate(content.narrative):
        ordinal = NUMERALS[place] if place < len(NUMERALS) else str(place + 1)
        lines += [(Style.HEADING, f"{ordinal}、{one.heading}" if one.heading else ""), (Style.BODY, one.text)]
    return Paper("final_account_statement", title, "", (letter(title, *lines),))


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
