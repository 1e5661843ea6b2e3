"""A sheet of monthly 国库支付 as amounts a budget line and month, and what is wrong with it, cell by cell.

Two shapes are read, told by their headings: one row a project with the columns 1月…12月, and one row a payment with 月份 (or
支付日期) and 金额. Columns: 项目编码, 项目名称, 资金来源, 凭证号, 合计. Nothing is guessed: what cannot be settled is a fault at
its cell. A blank cell is no data, a 0 is a month without payment. Pure: it asks no database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from zhiheng.audit.money import IN_YUAN, printed
from zhiheng.tables.grid import Grid, Source
from zhiheng.values.normalise import normalise
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context
from zhiheng.values.value import Comparator, Missing, NotApplicable, Quantity
from zhiheng_web.planning.money import payments_words as words
from zhiheng_web.wording import Text

HEADINGS: dict[str, re.Pattern[str]] = {
    "code": re.compile(r"(预算)?(项目)?(编码|代码|编号)"),
    "name": re.compile(r"(预算)?项目(名称)?|名称"),
    "source": re.compile(r"资金(来源|性质)"),
    "month": re.compile(r"(支付)?月份?"),
    "date": re.compile(r"(支付|支出)?(日期|时间)"),
    "amount": re.compile(r"(本月|当月|本期)?(国库)?(实际)?(支付|支出)?(金额|数额|数)|(国库)?支付|支出"),
    "voucher": re.compile(r"(支付)?(凭证|支付令|单据|流水)编?号码?"),
    "total": re.compile(r"(全年|本年)?(合计|累计|小计|总计)(支付|支出)?(金额|数额?)?"),
}
MONTH = re.compile(r"(?:(\d{4})年)?(0?[1-9]|1[0-2])月份?(?:支付|支出)?(?:金额|数额?)?")
CELL_MONTH = re.compile(r"(?:(\d{4})[年\-/.]?)?(0?[1-9]|1[0-2])月?份?")
DATE = re.compile(r"(\d{4})[年\-/.](\d{1,2})[月\-/.](\d{1,2})日?(?:[ T].*)?")
UNIT = re.compile(r"单位[:：]?(?:人民币)?(亿元|百万元|万元|千元|元)|[(（](?:单位[:：]?)?(亿元|百万元|万元|千元|元)[)）]")
BRACKETED = re.compile(r"[(（].*?[)）]")
NEGATIVE = re.compile(r"[(（]([\d,，.]+)[)）]")
SUMS, PART_SUMS = ("合计", "总计"), ("小计",)
BASIC = "基本支出"
SOURCES = (
    ("结转", "carried"),
    ("结余", "carried"),
    ("财政", "fiscal"),
    ("一般公共预算", "fiscal"),
    ("其他", "other"),
    ("单位资金", "other"),
)
FIRST_ROWS = 30


@dataclass(frozen=True, slots=True)
class Known:
    """A budget line that a row may belong to. No code and no name: 基本支出."""

    line: UUID
    source: str
    code: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell. ``column`` counts from 1; ``blocking``: nothing is imported before it is mended."""

    text: Text
    sheet: str
    row: int | None = None
    column: int | None = None
    heading: str = ""
    value: str = ""
    blocking: bool = True


@dataclass(frozen=True, slots=True)
class Paid:
    """What the sheet says was paid of a line in a month (元), and the first row that says so."""

    line: UUID
    month: int
    amount: Decimal
    row: int


@dataclass(frozen=True, slots=True)
class Payments:
    """A sheet as read: ``unit`` is '' where it names none."""

    paid: tuple[Paid, ...]
    faults: tuple[Fault, ...]
    unit: str

    @property
    def blocked(self) -> bool:
        """Whether anything must be mended before the sheet can be imported."""
        return any(fault.blocking for fault in self.faults) or not self.paid

    @property
    def doubtful(self) -> bool:
        """Whether its totals are not the sums of its rows: somebody must say that the rows are right."""
        return any(not fault.blocking for fault in self.faults)


@dataclass(slots=True)
class Sheet:
    """One grid while it is read: its columns, its unit, and what was found so far."""

    grid: Grid
    columns: dict[str, int]
    months: dict[int, int]
    headings: dict[int, str]
    first: int
    unit: str
    faults: list[Fault] = field(default_factory=list)
    paid: dict[tuple[UUID, int], Paid] = field(default_factory=dict)
    vouchers: dict[str, int] = field(default_factory=dict)
    sums: dict[int, Decimal] = field(default_factory=dict)
    part_sums: dict[int, Decimal] = field(default_factory=dict)

    def cell(self, row: int, column: int | None) -> str:
        """The words of a cell; '' beyond the row's end."""
        cells = self.grid.rows[row]
        return cells[column].strip() if column is not None and column < len(cells) else ""

    def fault(self, text: Text, row: int, column: int | None, *, blocking: bool = True) -> None:
        """Note what is wrong with a cell."""
        shown = None if column is None else column + 1
        heading = self.headings.get(column, "") if column is not None else ""
        number = self.grid.numbers[row]
        self.faults.append(Fault(text, self.grid.sheet or "", number, shown, heading, self.cell(row, column), blocking))


def read_payments(source: Source, lines: Sequence[Known], year: int, unit: str = "") -> Payments:
    """What the sheets of a file say was paid, month by month, of ``lines``. ``unit`` is used where the file names none."""
    sheets = [sheet for grid in source.grids if (sheet := _sheet(grid, unit)) is not None]
    if not sheets:
        return Payments((), (Fault(words.NO_HEADING, ""),), "")
    faults: list[Fault] = []
    paid: dict[tuple[UUID, int], Paid] = {}
    for sheet in sheets:
        if not sheet.unit:
            sheet.fault(words.NO_UNIT, max(sheet.first - 1, 0), None)
        else:
            _rows(sheet, lines, year)
        for key, found in sheet.paid.items():
            if key in paid:
                faults.append(Fault(words.TWICE_IN_FILE.with_(month=found.month), sheet.grid.sheet or "", found.row))
            paid.setdefault(key, found)
        faults += sheet.faults
    if not paid and not any(fault.blocking for fault in faults):
        faults.append(Fault(words.NOTHING, ""))
    return Payments(tuple(paid.values()), tuple(faults), next((sheet.unit for sheet in sheets if sheet.unit), ""))


def _plain(text: str) -> str:
    return "".join(normalise(text).split())


def _sheet(grid: Grid, unit: str) -> Sheet | None:
    """The grid with its columns, if a row near its top heads a list of payments."""
    for index in range(min(len(grid.rows), FIRST_ROWS)):
        columns, months = _headings(grid.rows[index])
        first = index + 1
        if not ({"code", "name"} & set(columns)):
            continue
        if not months and not ({"month", "date"} & set(columns)) and first < len(grid.rows):
            below, more = _headings(grid.rows[first])
            if more and not _names_project(grid.rows[first], columns):
                columns, months, first = {**columns, **below}, more, first + 1
        dated = "amount" in columns and ({"month", "date"} & set(columns))
        if months or dated:
            names = {c: grid.rows[r][c] for r in range(index, first) for c in range(len(grid.rows[r])) if grid.rows[r][c].strip()}
            return Sheet(grid, columns, months, names, first, _unit(grid, first) or unit)
    return None


def _names_project(row: Sequence[str], columns: Mapping[str, int]) -> bool:
    """Whether the row has words where the project stands: then it is no second row of headings."""
    return any(column < len(row) and row[column].strip() for name, column in columns.items() if name in ("code", "name"))


def _headings(row: Sequence[str]) -> tuple[dict[str, int], dict[int, int]]:
    """The named columns of a heading row, and month → column."""
    columns: dict[str, int] = {}
    months: dict[int, int] = {}
    for index, cell in enumerate(row):
        text = BRACKETED.sub("", _plain(cell))
        if found := MONTH.fullmatch(text):
            months.setdefault(int(found[2]), index)
            continue
        for name, pattern in HEADINGS.items():
            if name not in columns and pattern.fullmatch(text):
                columns[name] = index
                break
    return columns, months


def _unit(grid: Grid, first: int) -> str:
    """元 or 万元, as the headings or the lines around the table say."""
    texts = [*(cell for row in grid.rows[:first] for cell in row), *grid.before, *grid.after]
    found = (UNIT.search(_plain(text)) for text in texts)
    return next((match[1] or match[2] for match in found if match), "")


def _rows(sheet: Sheet, lines: Sequence[Known], year: int) -> None:
    for heading_month, column in sheet.months.items():
        stated = MONTH.fullmatch(BRACKETED.sub("", _plain(sheet.headings.get(column, ""))))
        if stated and stated[1] and int(stated[1]) != year:
            sheet.fault(words.OTHER_YEAR.with_(year=year, month=heading_month), sheet.first - 1, column)
    above: dict[str, str] = {}
    for row in range(sheet.first, len(sheet.grid.rows)):
        if not any(cell.strip() for cell in sheet.grid.rows[row]):
            continue
        names = {name: sheet.cell(row, sheet.columns.get(name)) for name in ("code", "name", "source")}
        label = _plain(names["code"]) + _plain(names["name"])
        first_cells = {_plain(cell) for cell in sheet.grid.rows[row][:2]}
        if any(word in (label, *first_cells) for word in (*SUMS, *PART_SUMS)):
            _check_sums(sheet, row, part=any(word in (label, *first_cells) for word in PART_SUMS))
            continue
        names = {name: text or (above.get(name, "") if _merged(sheet, row, name) else "") for name, text in names.items()}
        above = names
        amounts = list(_amounts(sheet, row, year))
        if not amounts:
            continue
        line = _line(sheet, row, lines, names)
        for month, amount, column in amounts:
            for sums in (sheet.sums, sheet.part_sums):
                sums[column] = sums.get(column, Decimal(0)) + amount
            if line is not None and month is not None:
                _keep(sheet, row, column, Paid(line, month, amount, sheet.grid.numbers[row]))
        _check_total(sheet, row, amounts)


def _merged(sheet: Sheet, row: int, name: str) -> bool:
    """Whether the cell belongs to a merged one that begins further up."""
    column = sheet.columns.get(name)
    return column is not None and any(s.top < row <= s.bottom and s.left <= column <= s.right for s in sheet.grid.spans)


def _amounts(sheet: Sheet, row: int, year: int) -> Iterator[tuple[int | None, Decimal, int]]:
    """Month, amount in 元 and column of each cell of the row that holds one. The month is None where it cannot be told."""
    if sheet.months:
        for month, column in sheet.months.items():
            if (amount := _amount(sheet, row, column)) is not None:
                yield month, amount, column
        return
    column = sheet.columns["amount"]
    if (amount := _amount(sheet, row, column)) is not None:
        yield _month(sheet, row, year), amount, column


def _amount(sheet: Sheet, row: int, column: int) -> Decimal | None:
    """The amount of a cell in 元; None where it is blank or, with a fault, cannot be read."""
    text = normalise(sheet.cell(row, column)).lstrip("￥¥ ")
    if found := NEGATIVE.fullmatch(text):
        text = f"-{found[1]}"
    value = parse(text, Context(name="金额", unit=sheet.unit)).value
    if isinstance(value, Missing | NotApplicable):
        return None
    if not isinstance(value, Quantity) or value.op is not Comparator.EQ or value.unit not in IN_YUAN or value.per is not None:
        sheet.fault(words.NO_AMOUNT, row, column)
        return None
    amount = value.amount * IN_YUAN[value.unit]
    if amount != amount.quantize(Decimal("0.01")):
        sheet.fault(words.TOO_FINE, row, column)
        return None
    return amount


def _month(sheet: Sheet, row: int, year: int) -> int | None:
    """The month of a row, from 月份 or 支付日期."""
    column = sheet.columns.get("month", sheet.columns.get("date"))
    text = _plain(sheet.cell(row, column)) if "month" in sheet.columns else normalise(sheet.cell(row, column))
    found = CELL_MONTH.fullmatch(text) if "month" in sheet.columns else None
    found = found or DATE.fullmatch(text)
    if found is None or not 1 <= int(found[2]) <= 12:
        sheet.fault(words.NO_MONTH, row, column)
        return None
    if found[1] and int(found[1]) != year:
        sheet.fault(words.OTHER_YEAR.with_(year=year, month=int(found[2])), row, column)
        return None
    return int(found[2])


def _line(sheet: Sheet, row: int, lines: Sequence[Known], names: Mapping[str, str]) -> UUID | None:
    """The budget line of a row, or None with the fault that says why."""
    code, name = _plain(names["code"]), _plain(names["name"])
    at = sheet.columns.get("code" if code else "name", sheet.columns.get("name"))
    if not code and not name:
        sheet.fault(words.NO_PROJECT, row, at)
        return None
    if not code and name == BASIC:
        found = [known for known in lines if not known.code]
    else:
        found = [known for known in lines if known.code and (_plain(known.code) == code if code else _plain(known.name) == name)]
    if not found:
        sheet.fault(words.UNKNOWN_PROJECT, row, at)
        return None
    if code and name and all(_plain(known.name) != name for known in found):
        sheet.fault(words.OTHER_NAME.with_(name=found[0].name), row, sheet.columns.get("name"))
        return None
    if len({known.code for known in found}) > 1:
        sheet.fault(words.SEVERAL_PROJECTS, row, at)
        return None
    return _of_source(sheet, row, found, names["source"])


def _of_source(sheet: Sheet, row: int, found: Sequence[Known], text: str) -> UUID | None:
    """Of the lines of one project the one of that source."""
    column = sheet.columns.get("source")
    if not text:
        if len(found) > 1:
            sheet.fault(words.WHICH_SOURCE, row, column if column is not None else sheet.columns.get("name", sheet.columns.get("code")))
            return None
        return found[0].line
    source = next((code for word, code in SOURCES if word in _plain(text)), None)
    line = next((known.line for known in found if known.source == source), None)
    if line is None:
        sheet.fault(words.NO_SUCH_SOURCE, row, column)
    return line


def _keep(sheet: Sheet, row: int, column: int, paid: Paid) -> None:
    """Add a payment. Rows add up where each has a number of its own; else a second one for the month is a fault."""
    key = (paid.line, paid.month)
    number = _plain(sheet.cell(row, sheet.columns.get("voucher"))) if "voucher" in sheet.columns else ""
    if number and number in sheet.vouchers:
        sheet.fault(words.VOUCHER_TWICE.with_(row=sheet.vouchers[number]), row, sheet.columns["voucher"])
        return
    if number:
        sheet.vouchers[number] = paid.row
    before = sheet.paid.get(key)
    if before is not None and not number:
        sheet.fault(words.TWICE.with_(month=paid.month, row=before.row), row, column)
        return
    sheet.paid[key] = Paid(paid.line, paid.month, before.amount + paid.amount, before.row) if before else paid


def _check_total(sheet: Sheet, row: int, amounts: Iterable[tuple[int | None, Decimal, int]]) -> None:
    """合计 beside the months against their sum."""
    column = sheet.columns.get("total")
    if column is None or not sheet.months:
        return
    stated = _amount(sheet, row, column)
    counted = sum((amount for _, amount, _ in amounts), Decimal(0))
    if stated is not None:
        for sums in (sheet.sums, sheet.part_sums):
            sums[column] = sums.get(column, Decimal(0)) + stated
        if stated != counted:
            sheet.fault(_wrong(stated, counted, sheet.unit), row, column, blocking=False)


def _check_sums(sheet: Sheet, row: int, *, part: bool) -> None:
    """合计 or 小计 below the rows against the sum of the rows above it."""
    sums = sheet.part_sums if part else sheet.sums
    columns = [*sheet.months.values(), *(sheet.columns[name] for name in ("amount", "total") if name in sheet.columns)]
    for column in columns:
        stated, counted = _amount(sheet, row, column), sums.get(column, Decimal(0))
        if stated is not None and stated != counted:
            sheet.fault(_wrong(stated, counted, sheet.unit), row, column, blocking=False)
    sheet.part_sums = {}


def _wrong(stated: Decimal, counted: Decimal, unit: str) -> Text:
    scale = IN_YUAN[unit]
    return words.WRONG_TOTAL.with_(stated=printed(stated / scale), counted=printed(counted / scale), unit=unit)


@dataclass(frozen=True, slots=True)
class Planned:
    """One month of a line as the import would leave it. ``old`` None: nothing was known; ``same``: nothing changes."""

    paid: Paid
    old: Decimal | None

    @property
    def same(self) -> bool:
        """Whether the sheet says what is known already."""
        return self.old == self.paid.amount


def planned(paid: Iterable[Paid], known: Mapping[tuple[UUID, int], Decimal]) -> tuple[Planned, ...]:
    """What an import would do, given what is known of each line and month."""
    return tuple(Planned(row, known.get((row.line, row.month))) for row in paid)
