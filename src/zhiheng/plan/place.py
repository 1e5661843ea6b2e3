"""Where something stands in the file it came from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a source file. Rows, columns and pages count from 1; None where the file has none.

    In a text file ``row`` is the line and ``column`` the field of that line; in a workbook they are the
    sheet's own.
    """

    file: str = ""
    sheet: str | None = None
    page: int | None = None
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the source that could not be read, or only by a repair.

    ``code`` is a key of tables/problems.toml, which holds its wording in both languages; ``parameters``
    fill the wording. ``repaired`` tells that the reading went on with a proven repair.
    """

    code: str
    place: Place
    parameters: tuple[tuple[str, str], ...] = ()
    repaired: bool = False
