"""The columns of a register as a sheet has them: an organisation takes two (code and name), a person two (name and number), a state one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from zhiheng.values.units import PLAIN
from zhiheng_web.ledgers.columns import COMMON, Kind
from zhiheng_web.ledgers.definition import Choice, Column, RegisterDefinition
from zhiheng_web.wording import Text

CODE_OF = Text("{column}统一社会信用代码", "{column}: credit code")
NAME_OF = Text("{column}全称", "{column}: full name")
IDENTITY_OF = Text("{column}证件号码", "{column}: identity number")
STATE = Text("办理状态", "State")
MARKS = re.compile(r"[\s*＊:：_]|[（(【\[](?:必填|选填|required|optional|yyyy-mm-dd|年-月-日)[)）】\]]", re.IGNORECASE)
IN_UNIT = re.compile(r"[（(【\[](?:单位[:：])?([^（()）】\]]{1,8})[)）】\]]$")


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column of a sheet: ``name`` as the readers of cells know it, and the register's column behind it (None: the state)."""

    name: str
    text: Text
    column: Column | None
    required: bool = False
    choices: tuple[Choice, ...] = ()


def sheet_columns(definition: RegisterDefinition) -> tuple[SheetColumn, ...]:
    """All columns of a register in its order, then the state."""
    found: list[SheetColumn] = []
    for column in definition.shown:
        if column.kind is Kind.ORGANISATION:
            found.append(SheetColumn(column.name, CODE_OF.with_(column=column.text), column, column.required))
            found.append(SheetColumn(f"{column.name}_name", NAME_OF.with_(column=column.text), column))
        elif column.kind is Kind.PERSON:
            found.append(SheetColumn(f"{column.name}_name", column.text, column, column.required))
            found.append(SheetColumn(f"{column.name}_identity", IDENTITY_OF.with_(column=column.text), column))
        else:
            found.append(SheetColumn(column.name, column.text, column, column.required, column.choices))
    states = tuple(Choice(state.code, state.zh, state.en) for state in definition.states)
    if len(states) > 1:
        found.append(SheetColumn("state", STATE, None, choices=states))
    return tuple(found)


def plain(heading: str) -> str:
    """A heading as it is compared: widths, blanks, marks of what is required and a unit in brackets make no difference."""
    text = MARKS.sub("", unicodedata.normalize("NFKC", heading)).casefold()
    return IN_UNIT.sub("", text) or text if unit_in(heading) else text


def unit_in(heading: str) -> str:
    """The unit that a heading names in brackets: 成交额（万元）; '' for any other words in brackets."""
    found = IN_UNIT.search(MARKS.sub("", unicodedata.normalize("NFKC", heading)))
    return found[1] if found and found[1] in PLAIN else ""


def known_headings(definition: RegisterDefinition) -> dict[str, str]:
    """Heading as compared → name of the sheet's column. The register's own words win over codes and usual names."""
    columns = sheet_columns(definition)
    known: dict[str, str] = {}
    for sheet_column in columns:
        column = sheet_column.column
        bare = column is not None and sheet_column.name == column.name
        words = [sheet_column.text.zh, sheet_column.text.en]
        if column is not None and column.kind in (Kind.ORGANISATION, Kind.PERSON) and bare:
            words += [column.zh, column.en]
        for word in words:
            known.setdefault(plain(word), sheet_column.name)
    for sheet_column in columns:
        known.setdefault(plain(sheet_column.name), sheet_column.name)
        if sheet_column.column is not None and sheet_column.name == sheet_column.column.name and sheet_column.name in COMMON:
            usual = COMMON[sheet_column.name].text
            known.setdefault(plain(usual.zh), sheet_column.name)
    return known
