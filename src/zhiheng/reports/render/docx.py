"""Forms as a Word document: tables with real merges, headings repeated on every page, page x of y.

The rows are written as markup: addressing cells of a growing table one by one takes time that grows with the square
of the rows.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from zhiheng.reports.form import Form, FormCell, Paper, Part, Role, parts, place
from zhiheng.reports.letter import Letter
from zhiheng.reports.render import docx_letter
from zhiheng.reports.render.docx_runs import TWIPS, run_font, run_text
from zhiheng.reports.settings import PLAIN, Settings

CREATED = datetime(2000, 1, 1)
ZIPPED = (1980, 1, 1, 0, 0, 0)
FILL = {Role.HEADING: "EEF2F7", Role.LABEL: "F6F8FA", Role.TEXT: "", Role.VALUE: ""}


def render(*forms: Form | Letter, settings: Settings = PLAIN, note: str = "") -> bytes:
    """The document, one section per form or letter. ``note`` stands in the foot of every page, before its number."""
    document = docx.Document()
    body = document.element.body
    last = body.sectPr
    for index, form in enumerate(forms):
        for element in docx_letter.paragraphs(form, settings) if isinstance(form, Letter) else _form(form, settings):
            last.addprevious(element)
        if index < len(forms) - 1:
            last.addprevious(parse_xml(f"<w:p {nsdecls('w')}><w:pPr>{_page(form)}</w:pPr></w:p>"))
    if forms:
        body.replace(last, parse_xml(_page(forms[-1], nsdecls("w"))))
    _footer(document, settings, note)
    _properties(document, forms, settings)
    target = io.BytesIO()
    document.save(target)
    return _without_clock(target.getvalue())


def _properties(document: Any, forms: tuple[Form | Letter, ...], settings: Settings) -> None:
    about = document.core_properties
    about.title = " ".join(forms[0].title.split())[:255] if forms else ""
    about.author = about.last_modified_by = about.comments = ""
    about.created = about.modified = CREATED
    about.language = "zh-CN"
    style = document.styles["Normal"]
    style.font.name = settings.body_font
    style.element.rPr.rFonts.set(docx.oxml.ns.qn("w:eastAsia"), settings.body_font)


def _without_clock(data: bytes) -> bytes:
    """The same package with every part dated alike."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, ZIPPED)
            info.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(info, source.read(name))
    return target.getvalue()


def _page(form: Form | Letter, names: str = "") -> str:
    return docx_letter.section(names) if isinstance(form, Letter) else _section(form.paper, names)


def _section(paper: Paper, names: str = "") -> str:
    width, height, margin = (round(side * TWIPS) for side in (paper.width, paper.height, paper.margin))
    orient = ' w:orient="landscape"' if paper.landscape else ""
    return (
        f'<w:sectPr {names}><w:pgSz w:w="{width}" w:h="{height}"{orient}/><w:pgMar w:top="{margin}" w:right="{margin}" '
        f'w:bottom="{margin + 200}" w:left="{margin}" w:header="300" w:footer="300" w:gutter="0"/></w:sectPr>'
    )


def _footer(document: Any, settings: Settings, note: str) -> None:
    """第 x 页，共 y 页 on every page of every section."""
    font = run_font(settings.body_font, 18)
    pieces = "".join(
        f'<w:r>{font}<w:t xml:space="preserve">{words}</w:t></w:r>'
        + (f'<w:fldSimple w:instr=" {field} "><w:r>{font}<w:t>1</w:t></w:r></w:fldSimple>' if field else "")
        for words, field in ((f"{escape(note)}　　第 " if note else "第 ", "PAGE"), (" 页，共 ", "NUMPAGES"), (" 页", ""))
    )
    footer = document.sections[0].footer
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]._p
    paragraph.getparent().replace(paragraph, parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:jc w:val="center"/></w:pPr>{pieces}</w:p>'))


def _form(form: Form, settings: Settings) -> Iterator[Any]:
    if form.title:
        yield _paragraph(form.title, settings.title_font, 40, "0")
    if form.subtitle:
        yield _paragraph(form.subtitle, settings.body_font, 22)
    for part in parts(form):
        yield parse_xml(_table(part, form, settings))
        yield parse_xml(
            f'<w:p {nsdecls("w")}><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
            '<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
        )


def _paragraph(words: str, font: str, size: int, level: str = "") -> Any:
    outline = f'<w:outlineLvl w:val="{level}"/>' if level else ""
    return parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:keepNext/><w:spacing w:before="0" w:after="120"/><w:jc w:val="center"/>{outline}</w:pPr>'
        f"<w:r>{run_font(font, size)}{run_text(words)}</w:r></w:p>"
    )


def _table(part: Part, form: Form, settings: Settings) -> str:
    widths = [round(width / 100 * TWIPS) for width in form.millimetres()]
    sides = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in SIDES)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_rows(part, widths, form.paper.size * 2, settings.body_font))
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/>'
        f'<w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def _rows(part: Part, widths: list[int], size: int, font: str) -> Iterator[str]:
    """Each row's cells from left to right; where a merged cell goes on, a blank cell that says so."""
    cells: list[list[tuple[int, str]]] = [[] for _ in part.rows]
    for item in place(part.rows, len(widths)):
        width = sum(widths[item.column : item.column + item.cell.columns])
        for step in range(item.cell.rows):
            merge = "" if item.cell.rows == 1 else "restart" if step == 0 else "continue"
            cells[item.row + step].append((item.column, _cell(item.cell, width, merge, size, font)))
    for index, row in enumerate(cells):
        head = "<w:tblHeader/>" if index < part.heading else ""
        yield f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(markup for _, markup in sorted(row))}</w:tr>"


def _cell(cell: FormCell, width: int, merge: str, size: int, font: str) -> str:
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{FILL[cell.role]}"/>' if FILL[cell.role] else ""
    align = "left" if cell.role is Role.TEXT else "center"
    words = "" if merge == "continue" else cell.text
    properties = f'<w:pPr><w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/><w:jc w:val="{align}"/></w:pPr>'
    run = f"<w:r>{run_font(font, size, cell.role is Role.HEADING)}{run_text(words)}</w:r>" if words else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merged}{fill}<w:vAlign w:val="center"/></w:tcPr>'
        f"<w:p>{properties}{run}</w:p></w:tc>"
    )
