"""What the preview of a payment sheet says of a cell: what is wrong and what to do."""

from __future__ import annotations

from zhiheng_web.wording import Text

NO_HEADING = Text(
    "没有找到表头。表中应有“项目编码”或“项目名称”，以及“1月…12月”各列，或“月份”（“支付日期”）和“金额”两列。",
    "No headings were found. The sheet needs 项目编码 or 项目名称, and columns 1月…12月 or the two columns 月份 (支付日期) and 金额.",
)
NO_UNIT = Text("表中没有写明金额单位，请在下方选择元或万元。", "The sheet does not say its unit of money: choose 元 or 万元 below.")
NOTHING = Text("表中没有支付数据。", "The sheet holds no payments.")
NO_PROJECT = Text("缺少项目编码和项目名称。", "Project code and name are both missing.")
UNKNOWN_PROJECT = Text(
    "本单位本年没有这个项目的预算。请先登记项目和年初预算，或改正编码、名称。",
    "This unit has no budget for such a project in the year. Enter the project and its budget first, or correct code or name.",
)
OTHER_NAME = Text(
    "编码与名称不是同一个项目：该编码的项目是“{name}”。", "Code and name are of different projects: the code is that of “{name}”."
)
SEVERAL_PROJECTS = Text("有多个同名项目，请填写项目编码。", "Several projects have this name: give the code.")
WHICH_SOURCE = Text("该项目有多个资金来源，请填写“资金来源”列。", "The project has several sources of money: fill the column 资金来源.")
NO_SUCH_SOURCE = Text("该项目本年没有这个来源的预算。", "The project has no budget from this source in the year.")
NO_AMOUNT = Text("不是确定的金额。请填写数字（可带元、万元）。", "This is no definite amount. Enter a number (it may carry 元 or 万元).")
TOO_FINE = Text("金额不足一分。请改为精确到分的数。", "The amount is finer than one fen. Enter it exact to the fen.")
NO_MONTH = Text("不是 1—12 月中的一个月。", "This is no month from 1 to 12.")
OTHER_YEAR = Text("不是 {year} 年的 {month} 月。请按年度分别导入。", "This is not month {month} of {year}. Import each year by itself.")
TWICE = Text(
    "第 {row} 行已有该项目 {month} 月的支付。请合并，或增加“凭证号”列。",
    "Row {row} already has month {month} of this project. Join them, or add the column 凭证号.",
)
TWICE_IN_FILE = Text("另一张工作表已有该项目 {month} 月的支付。", "Another sheet of the file already has month {month} of this project.")
VOUCHER_TWICE = Text("凭证号与第 {row} 行重复，没有重复计入。", "The voucher is the same as in row {row}; it was not counted twice.")
WRONG_TOTAL = Text(
    "合计数不对：表中写 {stated}{unit}，各行相加是 {counted}{unit}。",
    "The total is wrong: the sheet says {stated} {unit}, the rows add up to {counted} {unit}.",
)
