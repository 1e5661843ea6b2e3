"""The Excel template of a register: headings, drop-downs, formats, and a second sheet that says how to fill it in."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from zhiheng.reports import sheets
from zhiheng_web.ledgers.columns import VISIBILITY_NAMES, Kind
from zhiheng_web.ledgers.definition import Choice, RegisterDefinition
from zhiheng_web.ledgers.importing.sheet_columns import SheetColumn, sheet_columns
from zhiheng_web.ledgers.models import Register
from zhiheng_web.wording import Text

NOTES_SHEET = "填表说明"
LISTS_SHEET = "选项"
VERSION_MARK = "职衡台账模板"
FILLED_TO = 50_000
"""Down to this row the drop-downs and formats of the template reach."""
KIND_NAMES = {
    Kind.WORD: Text("文字", "text"),
    Kind.TEXT: Text("长文字", "long text"),
    Kind.CHOICE: Text("选项", "choice"),
    Kind.DATE: Text("日期", "date"),
    Kind.QUANTITY: Text("数", "number"),
    Kind.MONEY: Text("金额", "amount"),
    Kind.YEAR: Text("年度", "year"),
    Kind.YES_NO: Text("是/否", "yes or no"),
    Kind.ORGANISATION: Text("单位", "organisation"),
    Kind.PERSON: Text("人员", "person"),
    Kind.COUNTY: Text("县区", "county"),
    Kind.OFFICE: Text("科室", "office"),
    Kind.ENTRY: Text("其他记录的编号", "number of another entry"),
    Kind.TOPICS: Text("事项，用顿号分隔", "items, separated by commas"),
}
REQUIRED, OPTIONAL = Text("必填", "required"), Text("选填", "optional")
TITLE = Text("{register}填表说明", "How to fill in: {register}")
RULES = (
    Text(
        "从第一张工作表的第 2 行开始填写，一行一条；不要改动表头。",
        "Fill in the first sheet from row 2 on, one record a row; leave the headings as they are.",
    ),
    Text("带 * 的列必填。空白的格不改动已登记的内容。", "Columns with * are required. A blank cell leaves what is recorded as it is."),
    Text(
        "编号、证件号等长数字请保持文本格式，否则表格软件会丢掉末几位。",
        "Keep long numbers as text, or the spreadsheet loses their last digits.",
    ),
    Text(
        "同一文件可以重复导入：没有变化的行不会重复登记。",
        "The same file may be imported again: rows that did not change are not recorded twice.",
    ),
    Text("涉密内容不得填写。", "No classified content."),
)
HEADS = (Text("列", "Column"), Text("必填", "Required"), Text("填写内容", "Content"), Text("公开属性", "Visibility"), Text("说明", "Notes"))
WIDTHS = {Kind.TEXT: 40, Kind.WORD: 22, Kind.ORGANISATION: 26, Kind.DATE: 13, Kind.YEAR: 9, Kind.YES_NO: 9}
LONGEST_LIST = 255
"""The characters of a list that a drop-down may hold itself; a longer one stands on its own sheet."""


def edition_mark(register: Register) -> str:
    """What tells which edition of a register a template was made for."""
    return f"{VERSION_MARK} {register.code} {register.edition}"


def template(register: Register, definition: RegisterDefinition, counties: tuple[Choice, ...] = ()) -> bytes:
    """The workbook. The same register gives the same bytes."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, sheets.OPTIONS) as book:
        sheets.fix_dates(book)
        book.set_properties({"created": sheets.CREATED, "author": "", "comments": edition_mark(register)})
        sheet = book.add_worksheet(sheets.names([definition.zh])[0])
        notes = book.add_worksheet(NOTES_SHEET)
        lists = book.add_worksheet(LISTS_SHEET)
        lists.hide()
        columns = sheet_columns(definition)
        _entry_sheet(book, sheet, lists, columns, counties)
        _notes_sheet(book, notes, register, definition, columns)
    return target.getvalue()


def _entry_sheet(book: Any, sheet: Any, lists: Any, columns: tuple[SheetColumn, ...], counties: tuple[Choice, ...]) -> None:
    text, day = book.add_format({"num_format": "@"}), book.add_format({"num_format": "yyyy-mm-dd"})
    number = book.add_format({"num_format": "General"})
    head = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "bg_color": "#F3F0E8"}
    needed, free = book.add_format({**head, "font_color": "#9C2B23"}), book.add_format(head)
    sheet.freeze_panes(1, 1)
    sheet.set_row(0, 32)
    for index, one in enumerate(columns):
        kind = one.column.kind if one.column is not None else Kind.CHOICE
        numeric = kind in (Kind.QUANTITY, Kind.MONEY, Kind.YEAR)
        sheet.set_column(index, index, WIDTHS.get(kind, 16), day if kind is Kind.DATE else number if numeric else text)
        sheets.write(sheet, 0, index, heading(one), needed if one.required else free)
        choices = _offered(one, kind, counties)
        if choices:
            sheet.data_validation(1, index, FILLED_TO, index, _list(lists, index, choices))
        elif kind is Kind.DATE:
            sheet.data_validation(1, index, FILLED_TO, index, _dated())


def heading(one: SheetColumn) -> str:
    """A heading of the template: the register's words, the unit of a number, * where required."""
    unit = one.column.unit if one.column is not None else ""
    if one.column is not None and one.column.kind is Kind.MONEY:
        unit = unit or "元"
    shown = f"（{unit}）" if unit and f"（{unit}）" not in one.text.zh else ""
    return f"{one.text.zh}{shown}{'*' if one.required else ''}"


def _offered(one: SheetColumn, kind: Kind, counties: tuple[Choice, ...]) -> list[str]:
    if kind is Kind.YES_NO:
        return ["是", "否"]
    if kind is Kind.COUNTY:
        return [choice.zh for choice in counties]
    return [choice.zh for choice in one.choices] if kind is Kind.CHOICE else []


def _list(lists: Any, index: int, choices: list[str]) -> dict[str, Any]:
    source: Any = choices
    if len(",".join(choices)) > LONGEST_LIST or any("," in choice for choice in choices):
        lists.write_column(0, index, choices)
        letter = xlsxwriter.utility.xl_col_to_name(index)
        source = f"={LISTS_SHEET}!${letter}$1:${letter}${len(choices)}"
    told = {"error_title": "不在可选项内", "error_message": "请从下拉列表中选择。", "error_type": "warning"}
    return {"validate": "list", "source": source, **told}


def _dated() -> dict[str, Any]:
    from datetime import date

    told = {"error_title": "日期", "error_message": "请填写日期，如 2020-06-30。", "error_type": "warning"}
    return {"validate": "date", "criteria": "between", "minimum": date(1949, 1, 1), "maximum": date(2199, 12, 31), **told}


def _notes_sheet(book: Any, sheet: Any, register: Register, definition: RegisterDefinition, columns: tuple[SheetColumn, ...]) -> None:
    plain, bold = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for index, width in enumerate((30, 16, 34, 18, 60)):
        sheet.set_column(index, index, width)
    sheets.write_merged(sheet, 0, 0, 0, 4, _both(TITLE.with_(register=definition.text)), bold)
    row = 1
    for text in RULES:
        sheets.write_merged(sheet, row, 0, row, 4, _both(text), plain)
        sheet.set_row(row, 30)
        row += 1
    for index, text in enumerate(HEADS):
        sheets.write(sheet, row + 1, index, _both(text), bold)
    for place, one in enumerate(columns, start=row + 2):
        for index, words in enumerate(_note(one)):
            sheets.write(sheet, place, index, words, plain)
    sheets.write(sheet, row + 3 + len(columns), 0, edition_mark(register), plain)


def _note(one: SheetColumn) -> tuple[str, str, str, str, str]:
    column = one.column
    kind = KIND_NAMES[column.kind] if column is not None else KIND_NAMES[Kind.CHOICE]
    offered = "、".join(choice.zh for choice in one.choices)
    english = ", ".join(choice.en or choice.zh for choice in one.choices)
    content = _both(kind) + (f"：{offered}\n{english}" if offered else "")
    visibility = _both(VISIBILITY_NAMES[column.visibility]) if column is not None else ""
    hints = "\n".join(hint for hint in (column.hint_zh, column.hint_en) if hint) if column is not None else ""
    return _both(one.text), _both(REQUIRED if one.required else OPTIONAL), content, visibility, hints


def _both(text: Text) -> str:
    return f"{text.zh}\n{text.en}" if text.en and text.en != text.zh else text.zh
