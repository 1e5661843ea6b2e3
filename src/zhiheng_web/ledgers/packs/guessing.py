"""A register guessed from a sheet: its headings become columns, their cells tell what they hold. A person corrects it before it is used."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from zhiheng_web import uscc
from zhiheng_web.ledgers.columns import COMMON, Kind, Visibility

SAMPLE = 2000
"""Rows that are looked at."""
MOST_CHOICES = 12
MOSTLY = 0.9
"""The share of cells that must fit for a column to be of a kind."""
DAY = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[ T]00:00(?::00)?)?|(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d{1,15}(?:\.\d+)?%?")
YEAR = re.compile(r"(?:19|20)\d{2}年?度?")
IDENTITY = re.compile(r"\d{17}[\dXx]")
MOBILE = re.compile(r"1[3-9]\d{9}")
YES_NO = frozenset({"是", "否", "有", "无", "√", "×"})
PERSONAL_WORDS = re.compile(r"姓名|联系人|负责人|法定代表人|电话|手机|身份证|证件号|住址|家庭|邮箱|银行账|账号|卡号")
SECRET_WORDS = re.compile(r"银行账|账号|卡号|开户")
UNIT_WORDS = re.compile(r"[（(](万元|亿元|元|平方米|㎡|家|项|人|件|次|个)[)）]")
COMMON_WORDS: tuple[tuple[str, str], ...] = (
    ("document", r"文号|发文字号"),
    ("number", r"编号|登记号|证书号|序列号|合同号"),
    ("county", r"县区|区县|所属县|所在县|县\(区\)|县（区）"),
    ("publisher", r"发布单位|发布机构"),
    ("edition", r"版次"),
    ("title", r"^名称$|项目名称|标题|成果名称|文件名称|合同名称|事项名称|活动名称"),
    ("category", r"类别|类型|种类|分类"),
    ("level", r"级别|等级|层次"),
    ("channel", r"渠道"),
)
"""What a heading says of the common columns of words, in the order in which they are tried."""
DATE_WORDS: tuple[tuple[str, str], ...] = (
    ("received_on", r"受理|收到|接收"),
    ("recommended_on", r"推荐|上报"),
    ("valid_until", r"失效|有效期至|到期|届满"),
    ("valid_from", r"生效|有效期起|起始|开始|发证"),
    ("due_on", r"应办|期限|截止|限期|要求完成"),
    ("done_on", r"办结|完成|结束|验收"),
    ("decided_on", r"批准|认定|公告|签订|登记日|印发|审定"),
    ("happened_on", r""),
)
ORGANISATION_NAME = re.compile(r"(?:企业|单位|公司|机构)(?:全称|名称)?$")


@dataclass(frozen=True, slots=True)
class Guess:
    """One column as guessed. ``name`` is a common column, or '' for one of the register's own of ``kind``."""

    zh: str
    name: str
    kind: Kind
    visibility: Visibility = Visibility.INTERNAL
    choices: tuple[str, ...] = ()
    unit: str = ""
    key: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True)
class Guessed:
    """The sheet as guessed: columns, and which column of the sheet (from 0) each one comes from under the name of the import."""

    columns: tuple[Guess, ...]
    headings: tuple[str, ...]
    places: tuple[tuple[int, int, str], ...]
    rows: int


@dataclass
class _Free:
    """The common columns that are not taken yet."""

    taken: set[str] = field(default_factory=set)

    def take(self, name: str) -> str:
        if name in self.taken:
            return ""
        self.taken.add(name)
        return name


def guess(rows: Sequence[Sequence[str]]) -> Guessed:
    """The register of a sheet whose first row of two words or more is its heading. Empty where there is none."""
    start = next((at for at, row in enumerate(rows[:30]) if sum(bool(cell.strip()) for cell in row) >= 2), None)
    if start is None:
        return Guessed((), (), (), 0)
    headings = tuple(cell.strip() for cell in rows[start])
    body = [row for row in rows[start + 1 :] if any(cell.strip() for cell in row)]
    free = _Free()
    columns: list[Guess] = []
    places: list[tuple[int, int, str]] = []
    cells = [[row[at].strip() for row in body[:SAMPLE] if at < len(row) and row[at].strip()] for at in range(len(headings))]
    codes = next((at for at, found in enumerate(cells) if _mostly(found, uscc.valid)), None)
    names = next((at for at, word in enumerate(headings) if codes is not None and at != codes and ORGANISATION_NAME.search(word)), None)
    for at, heading in enumerate(headings):
        if not heading:
            continue
        if at == codes:
            free.take("organisation")
            zh = re.sub(r"全称|名称", "", headings[names]) if names is not None else "单位"
            places.append((len(columns), at, ""))
            columns.append(Guess(zh or "单位", "organisation", Kind.ORGANISATION, required=len(cells[at]) == len(body)))
        elif at == names:
            places.append((-1, at, "organisation_name"))
        else:
            places.append((len(columns), at, ""))
            columns.append(_column(heading, cells[at], len(body), free))
    return Guessed(tuple(_keyed(columns)), headings, tuple(places), len(body))


def _keyed(columns: Sequence[Guess]) -> list[Guess]:
    """The number identifies an entry where it is always there and never twice; one column at most."""
    found = False
    kept = []
    for column in columns:
        kept.append(column if not (column.key and found) else Guess(column.zh, column.name, column.kind, required=column.required))
        found = found or column.key
    return kept


def _mostly(cells: Sequence[str], fits: Callable[[str], object]) -> bool:
    return bool(cells) and sum(1 for cell in cells if fits(cell)) >= MOSTLY * len(cells)


def _column(heading: str, cells: Sequence[str], rows: int, free: _Free) -> Guess:
    plain = UNIT_WORDS.sub("", heading)
    required = bool(rows) and len(cells) == rows
    if PERSONAL_WORDS.search(heading) or _mostly(cells, IDENTITY.fullmatch) or _mostly(cells, MOBILE.fullmatch):
        secret = Visibility.BANK_SECRET if SECRET_WORDS.search(heading) else Visibility.PERSONAL
        return Guess(heading, "", Kind.WORD, secret)
    if _mostly(cells, DAY.fullmatch) or (not cells and heading.endswith(("日期", "时间"))):
        name = next(name for name, words in DATE_WORDS if re.search(words, heading))
        return Guess(heading, free.take(name), Kind.DATE, required=required)
    if _mostly(cells, YEAR.fullmatch) and re.search("年", heading):
        return Guess(heading, free.take("data_year"), Kind.YEAR, required=required)
    if cells and set(cells) <= YES_NO:
        return Guess(heading, "", Kind.YES_NO)
    found = next((name for name, words in COMMON_WORDS if re.search(words, plain)), "")
    if not found and _mostly(cells, NUMBER.fullmatch):
        return _number(heading, plain, free)
    return _words(heading, found, cells, rows, free)


def _number(heading: str, plain: str, free: _Free) -> Guess:
    unit = UNIT_WORDS.search(heading)
    if re.search(r"金额|经费|资金|额$|款|产值|收入", plain) or (unit and unit[1].endswith("元")):
        return Guess(plain, free.take("amount") or free.take("amount_2"), Kind.MONEY)
    return Guess(plain, free.take("quantity") or free.take("quantity_2"), Kind.QUANTITY, unit=unit[1] if unit else "")


def _words(heading: str, found: str, cells: Sequence[str], rows: int, free: _Free) -> Guess:
    distinct = tuple(dict.fromkeys(cells))
    few = 2 <= len(distinct) <= MOST_CHOICES and len(cells) >= 2 * len(distinct) and all(len(word) <= 20 for word in distinct)
    if found in ("category", "level", "channel") and not few:
        found = ""
    if few and found not in ("number", "title", "document", "county"):
        name = found if found in ("category", "level", "channel") else ""
        return Guess(heading, free.take(name) if name else "", Kind.CHOICE, choices=distinct)
    if found:
        unique = found == "number" and bool(cells) and len(cells) == rows == len(distinct)
        return Guess(heading, free.take(found), COMMON[found].kind, key=unique, required=bool(rows) and len(cells) == rows)
    long = any(len(cell) > 100 for cell in cells)
    return Guess(heading, "", Kind.TEXT if long else Kind.WORD)
