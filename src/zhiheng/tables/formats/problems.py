"""What can be wrong with a file, as values with a place. Their wording is in problems.toml, in both languages."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from zhiheng.plan.place import Place, Problem
from zhiheng.tables.formats.limits import MAX_LISTED
from zhiheng.tables.grid import Refused


@cache
def wordings() -> dict[str, dict[str, str]]:
    """Code to {"zh": …, "en": …}; the braces name parameters of the problem."""
    return tomllib.loads(files(__package__).joinpath("problems.toml").read_text("utf-8"))


def problem(code: str, place: Place, *, repaired: bool = False, **parameters: str | int) -> Problem:
    """A problem at ``place``. The file's name is always among its parameters."""
    named = {"file": place.file, **parameters}
    return Problem(code, place, tuple((name, str(value)) for name, value in named.items()), repaired)


def refused(code: str, place: Place | str, **parameters: str | int) -> Refused:
    """The exception for a file of which nothing is read."""
    at = Place(file=place) if isinstance(place, str) else place
    named = {"file": at.file, **parameters}
    return Refused(Problem(code, at, tuple((name, str(value)) for name, value in named.items())))


def listed(places: list[str]) -> str:
    """Names of cells, rows or columns in one line: the first ones by name, then how many more."""
    more = len(places) - MAX_LISTED
    return "、".join(places[:MAX_LISTED]) + (f" …(+{more})" if more > 0 else "")
