"""The ledgers of one department as a page or a paper reads them: what is known now and confirmed, on a day of a year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet

from zhiheng.parameters.parameters import Parameters
from zhiheng_kjj.office.tables import Cell
from zhiheng_kjj.rules.known import in_force
from zhiheng_web.ledgers.columns import Kind
from zhiheng_web.ledgers.definition import Column, RegisterDefinition
from zhiheng_web.ledgers.divisions import county_name
from zhiheng_web.ledgers.masking import NOTHING, Sight, seen, sights_of
from zhiheng_web.ledgers.models import FOREVER, Entry, EntryVersion, Organisation, Register
from zhiheng_web.ledgers.papers import Gathered, Period, period_of
from zhiheng_web.ledgers.policies import visible_versions
from zhiheng_web.ledgers.queries.reading import NUMBERS, WAN, spaced
from zhiheng_web.ledgers.writing import definition_of
from zhiheng_web.organisation.calendar import working_days
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.wording import Text

READ = ("entry", "office", "organisation", "counterpart", "person", "about")


@dataclass
class Desk:
    """A department's ledgers for one period: ``period`` (a year, a quarter, a month) as seen on ``today``.

    ``viewer`` None: a paper is made, whose reader is asked for elsewhere; ``clear`` then says whether it names people.
    """

    department: Department
    today: date
    period: Period
    viewer: Viewer | None = None
    clear: bool = False
    _rows: dict[str, list[EntryVersion]] = field(default_factory=dict)

    @property
    def year(self) -> int:
        """The year of the period."""
        return int(self.period.first.year)

    @property
    def since(self) -> date:
        """The first day of the year: what happens is shown from the year's beginning."""
        return date(self.year, 1, 1)

    @property
    def on(self) -> date:
        """The day on which is judged: today, or the period's last day once it is past."""
        last: date = self.period.last
        return min(self.today, last)

    @property
    def known(self) -> Parameters:
        """The parameters of the business on that day."""
        return in_force(self.on)

    @cached_property
    def registers(self) -> dict[str, Register]:
        """The department's registers by code. One query."""
        return {row.code: row for row in Register.objects.filter(department=self.department).select_related("office", "department")}

    @cached_property
    def sights(self) -> dict[Any, Sight]:
        """What of each register is shown in clear. Two queries."""
        if self.viewer is None:
            return {row.pk: Sight(personal=True) if self.clear else NOTHING for row in self.registers.values()}
        return dict(sights_of(self.viewer, self.registers.values()))

    def has(self, code: str) -> bool:
        """Whether the department keeps that register."""
        return code in self.registers

    def definition(self, code: str) -> RegisterDefinition:
        """The definition of a register that the department keeps."""
        return definition_of(self.registers[code])

    def versions(self, code: str) -> QuerySet[EntryVersion]:
        """What is known now of a register and confirmed, as far as the viewer reads it."""
        rows = EntryVersion.objects.all() if self.viewer is None else visible_versions(self.viewer)
        chosen = Q(register__department=self.department, register__code=code)
        return rows.filter(chosen, known_until=FOREVER, standing=EntryVersion.Standing.CONFIRMED)

    def rows(self, code: str, *order: str) -> list[EntryVersion]:
        """The entries of a register with what they point to. One query each time it is first asked for."""
        if code not in self._rows:
            chosen = self.versions(code).select_related(*READ)
            self._rows[code] = list(chosen.order_by(*(order or ("number", "entry"))))
        return self._rows[code]

    def dated(self, code: str, column: str) -> list[EntryVersion]:
        """The entries whose date lies in the year up to the day that is judged."""
        return [row for row in self.rows(code) if (day := getattr(row, column)) is not None and self.since <= day <= self.on]

    def said(self, code: str, row: EntryVersion, names: Iterable[str]) -> list[Cell]:
        """The columns of an entry in words, masked where the reader may not see them; the title leads to the entry."""
        definition = self.definition(code)
        values = seen(definition, row, self.sights[self.registers[code].pk])
        found = []
        for name in names:
            one = values.get(name)
            column = definition.column(name)
            if one is None:
                found.append(Cell("—" if column.kind in NUMBERS or column.kind is Kind.DATE else "", column.kind in NUMBERS))
            elif not one.clear:
                found.append(Cell("＊＊＊" if one.value is None else str(one.value)))
            else:
                link = row.entry_id if name in ("title", "number") else None
                found.append(Cell(words_of(column, one.value), column.kind in NUMBERS, entry=link, dated=column.kind is Kind.DATE))
        return found

    def state(self, code: str, row: EntryVersion) -> Cell:
        """The state of an entry in words."""
        return Cell(next((state.text for state in self.definition(code).states if state.code == row.state), row.state))

    def following_working_day(self, days: Iterable[date]) -> dict[date, date]:
        """Each day → itself if it is worked, else the next day that is. One query."""
        asked = sorted(set(days))
        if not asked:
            return {}
        worked = working_days(asked[0], asked[-1] + timedelta(days=30))
        return {one: next(day for day in sorted(worked) if day >= one and worked[day]) for one in asked}


def words_of(column: Column, value: Any) -> str | Text:
    """The value of a column as people read it."""
    named: dict[str, Text] = {choice.code: Text(choice.zh, choice.en or choice.zh) for choice in column.choices}
    if named:
        return named.get(str(value), str(value))
    if column.kind is Kind.COUNTY:
        return county_name(value)
    if column.kind in NUMBERS:
        return spaced(Decimal(value) / WAN if column.kind is Kind.MONEY else Decimal(value))
    if isinstance(value, Organisation):
        return value.name
    if column.kind is Kind.YES_NO:
        return Text("是", "Yes") if str(value) in ("1", "True") else Text("否", "No")
    if isinstance(value, Entry):
        return value.key
    return value.isoformat() if isinstance(value, date) else str(getattr(value, "name", None) or value)


def detail_day(row: EntryVersion, name: str) -> date | None:
    """A day that a register keeps as a detail."""
    words = row.details.get(name)
    return date.fromisoformat(words) if words else None


def desk_for(asked: Gathered, *, clear: bool = False) -> Desk:
    """The desk of a paper: its period, or the year of the day on which a paper about an entry is issued."""
    return Desk(asked.register.department, asked.day, asked.period or period_of(str(asked.day.year)), clear=clear)
