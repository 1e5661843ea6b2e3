"""Small files of every type, each written by a program that shares nothing with the readers. All data is invented."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path

ROWS = (("职责", "绩效指标", "年度指标值"), ("科技奖励", "受理项目数", "60家"), ("科技奖励", "兑现率", "95%"))


def zipped(members: dict[str, str | bytes], **options: int) -> bytes:
    """An archive of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def replaced(data: bytes, changes: dict[str, bytes | None]) -> bytes:
    """An archive with members put in, exchanged, or (None) left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    for name, content in changes.items():
        members.pop(name, None)
        if content is not None:
            members[name] = content
    return zipped(members)


def xlsx() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "绩效表"
    for row in ROWS:
        sheet.append(row)
    sheet["A3"] = None
    sheet.merge_cells("A2:A3")
    sheet["C3"] = 0.95
    sheet["C3"].number_format = "0%"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def sheet_xml(rows: str, *, merges: str = "", extra: str = "", book: str = "", members: dict[str, str | bytes] | None = None) -> bytes:
    """A workbook of one sheet, written by hand."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{package}">'
            f'<Relationship Id="r" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}">{book}<sheets><sheet name="表" sheetId="1" r:id="a"/></sheets>'
            "</workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">'
            f'<Relationship Id="a" Type="{office}/worksheet" Target="/xl/sheet%31.xml"/>'
            f'<Relationship Id="e" Type="{office}/externalLink" Target="http://example.invalid/" TargetMode="External"/></Relationships>',
            "xl/sheet1.xml": f'<worksheet xmlns="{main}">{extra}<sheetData>{rows}</sheetData>{merges}</worksheet>',
            **(members or {}),
        }
    )


def styles_xml(*codes: str) -> str:
    """Cell styles 1, 2, … with these number formats; style 0 is General."""
    from xml.sax.saxutils import quoteattr

    formats = "".join(f"<numFmt numFmtId='{200 + i}' formatCode={quoteattr(code)}/>" for i, code in enumerate(codes))
    styles = "<xf numFmtId='0'/>" + "".join(f"<xf numFmtId='{200 + i}'/>" for i in range(len(codes)))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f"<styleSheet xmlns='{main}'><numFmts>{formats}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>"


def xls() -> bytes:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("绩效表")
    for column, text in enumerate(ROWS[0]):
        sheet.write(0, column, text)
    sheet.write_merge(1, 2, 0, 0, ROWS[1][0])
    sheet.write(1, 1, ROWS[1][1])
    sheet.write(1, 2, ROWS[1][2])
    sheet.write(2, 1, ROWS[2][1])
    sheet.write(2, 2, 0.95, xlwt.easyxf(num_format_str="0%"))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def ods() -> bytes:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import CoveredTableCell, Table, TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    table = Table(name="绩效表")
    for number, row in enumerate(ROWS):
        line = TableRow()
        for column, text in enumerate(row):
            if (number, column) == (2, 0):
                line.addElement(CoveredTableCell())
                continue
            cell = TableCell(valuetype="string", **({"numberrowsspanned": 2} if (number, column) == (1, 0) else {}))
            cell.addElement(P(text=text))
            line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def docx() -> bytes:
    from docx import Document

    document = Document()
    document.add_paragraph("部门整体支出绩效目标")
    table = document.add_table(3, 3)
    for number, row in enumerate(ROWS):
        for column, text in enumerate(row):
            if (number, column) != (2, 0):
                table.cell(number, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    document.add_paragraph("填报人:某某")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx_of(body: str, **members: str | bytes) -> bytes:
    """A document with this body, written by hand; ``numbering`` and ``styles`` are parts of it."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    links = "".join(f'<Relationship Id="{name}" Type="{office}/{name}" Target="{name}.xml"/>' for name in members)
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f'<w:document xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f"<w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}">{links}</Relationships>',
            **{f"word/{name}.xml": content for name, content in members.items()},
        }
    )


def html() -> bytes:
    return (
        "<html><head><meta charset='utf-8'><title>x</title></head><body><p>部门整体支出绩效目标</p><table>"
        "<tr><th>职责</th><th>绩效指标</th><th>年度指标值</th></tr><tr><td rowspan=2>科技奖励</td><td>受理项目数</td><td>60家</td></tr>"
        "<tr><td>兑现率</td><td>95%</td></tr></table><p>填报人:某某</p></body></html>"
    ).encode()


def tsv() -> bytes:
    return "\r\n".join("\t".join(row) for row in ROWS).encode("gb18030")


def csv() -> bytes:
    return "\n".join(",".join(row) for row in ROWS).encode()


def pipes() -> bytes:
    return "\n".join("| " + " | ".join(row) + " |" for row in ROWS).encode()


def spreadsheetml() -> bytes:
    cells = "".join("<Row>" + "".join(f'<Cell><Data ss:Type="String">{text}</Data></Cell>' for text in row) + "</Row>" for row in ROWS[:1])
    return (
        '<?xml version="1.0" encoding="utf-8"?><?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        '<Styles><Style ss:ID="p"><NumberFormat ss:Format="0%"/></Style></Styles>'
        f'<Worksheet ss:Name="绩效表"><Table>{cells}'
        '<Row><Cell ss:MergeDown="1"><Data ss:Type="String">科技奖励</Data></Cell><Cell><Data ss:Type="String">受理项目数</Data></Cell>'
        '<Cell><Data ss:Type="String">60家</Data></Cell></Row>'
        '<Row><Cell ss:Index="2"><Data ss:Type="String">兑现率</Data></Cell>'
        '<Cell ss:StyleID="p"><Data ss:Type="Number">0.95</Data></Cell></Row>'
        "</Table></Worksheet></Workbook>"
    ).encode()


def mht() -> bytes:
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText

    message = MIMEMultipart("related")
    message["Subject"] = "table"
    message.attach(MIMEText(html().decode(), "html", "utf-8"))
    return message.as_bytes()


def fonts() -> str:
    import noto_cjk

    return str(next(Path(noto_cjk.__file__).parent.parent.glob("noto_cjk*/**/*.ttc")).parent)


@cache
def pdf_of(source: str) -> bytes:
    """A PDF of a Typst text, in Chinese type."""
    import typst

    head = '#set text(font: "Noto Sans CJK SC", size: 10pt, lang: "zh")\n'
    made = typst.compile((head + source).encode(), font_paths=[fonts()], ignore_system_fonts=True)
    assert isinstance(made, bytes)
    return made


def pdf() -> bytes:
    return pdf_of(
        "部门整体支出绩效目标\n#table(columns: 3, [职责], [绩效指标], [年度指标值], "
        "table.cell(rowspan: 2)[科技奖励], [受理项目数], [60家], [兑现率], [95%])\n"
        "填报人:某某"
    )


OFD = "http://www.ofdspec.org/2016"


def ofd_of(*pages: str, template: str = "") -> bytes:
    """An OFD file with the given page contents."""
    listing = "".join(f'<ofd:Page ID="{i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages)))
    common = '<ofd:CommonData><ofd:TemplatePage ID="t" BaseLoc="Tpls/T.xml"/></ofd:CommonData>' if template else ""

    def page(content: str) -> str:
        return f'<ofd:Page xmlns:ofd="{OFD}">{content}</ofd:Page>'

    return zipped(
        {
            "OFD.xml": f'<ofd:OFD xmlns:ofd="{OFD}"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
            "Doc_0/Document.xml": f'<ofd:Document xmlns:ofd="{OFD}">{common}<ofd:Pages>{listing}</ofd:Pages></ofd:Document>',
            **({"Doc_0/Tpls/T.xml": page(template)} if template else {}),
            **{f"Doc_0/Pages/Page_{i}/Content.xml": page(content) for i, content in enumerate(pages)},
        }
    )


def ofd_text(x: float, y: float, text: str, size: float = 4, **more: str) -> str:
    attributes = "".join(f' {name}="{value}"' for name, value in more.items() if name != "DeltaX")
    delta = f' DeltaX="{more["DeltaX"]}"' if "DeltaX" in more else ""
    return (
        f'<ofd:TextObject Boundary="{x} {y} 50 {size}" Size="{size}"{attributes}>'
        f'<ofd:TextCode X="0" Y="{size}"{delta}>{text}</ofd:TextCode></ofd:TextObject>'
    )


def ofd() -> bytes:
    return ofd_of("".join(ofd_text(10 + 40 * c, 10 + 8 * r, text) for r, row in enumerate(ROWS) for c, text in enumerate(row)))


MERGED = (ROWS[0], ROWS[1], ("", *ROWS[2][1:]))
EVERY = {
    "a.xlsx": xlsx, "a.xls": xls, "a.ods": ods, "a.docx": docx, "a.html": html, "a.txt": tsv, "a.csv": csv, "a.md": pipes,
    "a.xml": spreadsheetml, "a.mht": mht, "a.pdf": pdf, "a.ofd": ofd,
}  # fmt: skip
