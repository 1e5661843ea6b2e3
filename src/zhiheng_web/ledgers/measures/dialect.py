# ruff: noqa: S608 - see statements
"""What SQLite and PostgreSQL say differently, and the windows of a cadence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Dialect:
    """The words of one of the two databases."""

    postgresql: bool

    def day(self, day: date) -> str:
        """A date as a literal."""
        return f"DATE '{day.isoformat()}'" if self.postgresql else f"'{day.isoformat()}'"

    def instant(self) -> str:
        """An instant that is a parameter."""
        return "CAST(%s AS timestamptz)" if self.postgresql else "%s"

    def joined(self, expression: str) -> str:
        """All values of a group in one word."""
        return f"string_agg({expression}, '|')" if self.postgresql else f"group_concat({expression}, '|')"

    def among(self, column: str, chosen: str) -> str:
        """Whether a column stands in a word made by :meth:`joined`."""
        return f"{'strpos' if self.postgresql else 'instr'}({chosen}, '|' || {column} || '|') > 0"

    def days_between(self, later: str, earlier: str) -> str:
        """Whole days from one date to another."""
        return f"({later} - {earlier})" if self.postgresql else f"CAST(julianday({later}) - julianday({earlier}) AS integer)"

    def year(self, day: str) -> str:
        """The year of a date."""
        return f"CAST(EXTRACT(YEAR FROM {day}) AS integer)" if self.postgresql else f"CAST(substr({day}, 1, 4) AS integer)"

    def rows(self, columns: Mapping[str, str]) -> str:
        """The rows of a parameter in JSON, by the names and kinds of their columns."""
        if self.postgresql:
            kinds = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
            return f"SELECT * FROM json_to_recordset(%s::json) AS given({kinds})"
        names = ", ".join(f"json_extract(value, '$.{name}') AS \"{name}\"" for name in columns)
        return f"SELECT {names} FROM json_each(%s)"

    def chosen(self, column: str) -> str:
        """Whether a column is one of the ids given as a parameter."""
        return f"{column} = ANY(%s::uuid[])" if self.postgresql else f"{column} IN (SELECT value FROM json_each(%s))"


def windows_of(kind: str, start: date, upto: date) -> list[tuple[int, date, date]]:
    """The whole windows of a kind within a period: number, first day, last day. Weeks run from Monday to Sunday."""
    found: list[tuple[int, date, date]] = []
    first = start + timedelta(-start.weekday() % 7) if kind == "week" else start
    while first <= upto:
        if kind == "week":
            after = first + timedelta(7)
        else:
            step = 3 if kind == "quarter" else 1
            after = date(first.year + (first.month + step > 12), (first.month + step - 1) % 12 + 1, 1)
        if after - timedelta(1) <= upto:
            found.append((len(found) + 1, first, after - timedelta(1)))
        first = after
    return found
