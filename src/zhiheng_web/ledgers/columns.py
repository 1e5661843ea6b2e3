"""The columns that every ledger has: a register names those it uses and says what they are called there.

What is counted, filtered or summed stands in one of these; whatever else a register keeps is a *detail*, shown and never computed from.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from zhiheng_web.wording import Text


class Kind(StrEnum):
    """What stands in a column."""

    WORD = "word"
    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"
    QUANTITY = "quantity"
    MONEY = "money"
    YEAR = "year"
    YES_NO = "yes_no"
    ORGANISATION = "organisation"
    PERSON = "person"
    COUNTY = "county"
    OFFICE = "office"
    ENTRY = "entry"
    TOPICS = "topics"


class Visibility(StrEnum):
    """Who may see a column (公开属性). Personal, trade and bank secrets are sealed in the database and masked by role."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    TRADE_SECRET = "trade_secret"  # noqa: S105 - a word, not a password
    BANK_SECRET = "bank_secret"  # noqa: S105


VISIBILITY_NAMES = {
    Visibility.PUBLIC: Text("公开", "Public"),
    Visibility.INTERNAL: Text("内部", "Internal"),
    Visibility.PERSONAL: Text("个人信息", "Personal"),
    Visibility.TRADE_SECRET: Text("商业秘密", "Trade secret"),
    Visibility.BANK_SECRET: Text("银行秘密", "Bank secret"),
}
SEALED = frozenset({Visibility.PERSONAL, Visibility.TRADE_SECRET, Visibility.BANK_SECRET})


@dataclass(frozen=True, slots=True)
class Common:
    """One column of EntryVersion: ``kind`` and what it is called unless a register says otherwise."""

    kind: Kind
    text: Text


COMMON: dict[str, Common] = {
    "number": Common(Kind.WORD, Text("编号", "Number")),
    "title": Common(Kind.WORD, Text("名称", "Title")),
    "category": Common(Kind.CHOICE, Text("类别", "Category")),
    "level": Common(Kind.CHOICE, Text("级别", "Level")),
    "channel": Common(Kind.CHOICE, Text("渠道", "Channel")),
    "document": Common(Kind.WORD, Text("文号", "Document number")),
    "topics": Common(Kind.TOPICS, Text("对应事项", "Topics")),
    "organisation": Common(Kind.ORGANISATION, Text("单位", "Organisation")),
    "counterpart": Common(Kind.ORGANISATION, Text("对方单位", "Counterpart")),
    "person": Common(Kind.PERSON, Text("人员", "Person")),
    "about": Common(Kind.ENTRY, Text("关联记录", "About")),
    "county": Common(Kind.COUNTY, Text("县区", "County")),
    "office": Common(Kind.OFFICE, Text("科室", "Office")),
    "received_on": Common(Kind.DATE, Text("受理日期", "Received on")),
    "recommended_on": Common(Kind.DATE, Text("推荐上报日期", "Recommended on")),
    "happened_on": Common(Kind.DATE, Text("发生日期", "Happened on")),
    "decided_on": Common(Kind.DATE, Text("批准日期", "Decided on")),
    "due_on": Common(Kind.DATE, Text("应办日期", "Due on")),
    "done_on": Common(Kind.DATE, Text("办结日期", "Done on")),
    "valid_from": Common(Kind.DATE, Text("生效日期", "Valid from")),
    "valid_until": Common(Kind.DATE, Text("失效日期（当日起无效）", "Valid until (no longer valid on that day)")),
    "quantity": Common(Kind.QUANTITY, Text("数量", "Quantity")),
    "quantity_2": Common(Kind.QUANTITY, Text("数量二", "Second quantity")),
    "amount": Common(Kind.MONEY, Text("金额", "Amount")),
    "amount_2": Common(Kind.MONEY, Text("金额二", "Second amount")),
    "numerator": Common(Kind.QUANTITY, Text("分子", "Numerator")),
    "denominator": Common(Kind.QUANTITY, Text("分母", "Denominator")),
    "data_year": Common(Kind.YEAR, Text("数据年度", "Data year")),
    "edition": Common(Kind.WORD, Text("版次", "Edition")),
    "publisher": Common(Kind.WORD, Text("发布单位", "Publisher")),
}
"""Column of EntryVersion → its kind and usual name."""

DATES = tuple(name for name, column in COMMON.items() if column.kind is Kind.DATE)
QUANTITIES = tuple(name for name, column in COMMON.items() if column.kind in (Kind.QUANTITY, Kind.MONEY))
REFERENCES = frozenset({Kind.ORGANISATION, Kind.PERSON, Kind.ENTRY, Kind.OFFICE})
"""Kinds whose column on EntryVersion ends in ``_id``."""
DETAIL_KINDS = frozenset({Kind.WORD, Kind.TEXT, Kind.CHOICE, Kind.DATE, Kind.QUANTITY, Kind.MONEY, Kind.YEAR, Kind.YES_NO})
"""What a detail may be. It is kept as words in canonical form (dates ISO, numbers without separators)."""
FILTERS = ("state", "category", "level", "channel", "topics", "county")
"""Columns that a binding may choose by."""
