"""The wording of problems: what, where, what to do, in both languages."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from zhiheng.plan.place import Place, Problem

SOURCES = ("zhiheng.tables.formats", "zhiheng.tables.layouts")


@cache
def texts() -> Mapping[str, Mapping[str, str]]:
    """All problem codes with their wording in ``zh`` and ``en``."""
    known: dict[str, Mapping[str, str]] = {}
    for package in SOURCES:
        data = tomllib.loads(resources.files(package).joinpath("problems.toml").read_text("utf-8"))
        if twice := set(known) & set(data):
            raise ValueError(f"problem codes defined twice: {sorted(twice)}")
        known.update(data)
    return known


def where(place: Place, language: str) -> str:
    """A place in words: 第2页 工作表“Sheet1” 第12行第6列."""
    if language == "en":
        parts = [
            f"page {place.page}" if place.page else "",
            f"sheet “{place.sheet}”" if place.sheet else "",
            f"row {place.row}" if place.row else "",
            f"column {place.column}" if place.column else "",
        ]
        return ", ".join(part for part in parts if part)
    parts = [
        f"第{place.page}页" if place.page else "",
        f"工作表“{place.sheet}”" if place.sheet else "",
        (f"第{place.row}行" if place.row else "") + (f"第{place.column}列" if place.column else ""),
    ]
    return " ".join(part for part in parts if part)


def message(problem: Problem, language: str) -> str:
    """The sentence a reader sees. Unknown codes are a mistake of the code: KeyError."""
    return texts()[problem.code][language].format_map({"file": problem.place.file, **dict(problem.parameters)})
