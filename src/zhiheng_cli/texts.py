"""What the command line says, in both languages: ``texts.toml``."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhiheng.audit.selection import Unknown


class Language(StrEnum):
    """The languages of the interface."""

    ZH = "zh"
    EN = "en"


class Failure(Exception):  # noqa: N818 - it is an answer, not a fault
    """Something the person can mend; its text is the whole sentence."""


@cache
def known() -> Mapping[str, Mapping[str, str]]:
    """All texts by key and language."""
    data: dict[str, dict[str, str]] = tomllib.loads(resources.files("zhiheng_cli").joinpath("texts.toml").read_text("utf-8"))
    return data


def text(key: str, language: str = "", /, **parameters: object) -> str:
    """The text of ``key`` with its parameters filled in; without a language the one that the environment asks for."""
    chosen = language or ("en" if os.environ.get("ZHIHENG_LANG") == "en" else "zh")
    return known()[key][chosen].format_map({name: str(value) for name, value in parameters.items()})


def unknown_rule(unknown: Unknown, language: str) -> str:
    """That there is no such rule, and which one may have been meant."""
    known = text("nearest_rule", language, nearest=unknown.nearest) if unknown.nearest else ""
    return text("unknown_rule", language, name=unknown.name) + known
