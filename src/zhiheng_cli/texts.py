"""What the command line says, in both languages: ``texts.toml``."""

from __future__ import annotations

import errno
import os
import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhiheng.audit.selection import Unknown


PLACE = re.compile(r"at line (\d+), column (\d+)")


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
    return known()[key][language or asked()].format_map({name: str(value) for name, value in parameters.items()})


def asked() -> str:
    """The language that the environment asks for, zh or en."""
    return "en" if os.environ.get("ZHIHENG_LANG") == "en" else "zh"


def system(fault: OSError, language: str = "") -> str:
    """What the system could not do, in the person's language with its own words behind."""
    key = f"system_{errno.errorcode.get(fault.errno or 0, '')}"
    reason = fault.strerror or str(fault)
    if key not in known():
        return text("system_other", language, reason=reason)
    return text("system", language, words=text(key, language), reason=reason)


def toml(reason: str, language: str = "") -> str:
    """Where a TOML file goes wrong."""
    found = PLACE.search(reason)
    return text("toml_at", language, line=found[1], column=found[2], reason=reason) if found else text("toml", language, reason=reason)


def unknown_rule(unknown: Unknown, language: str) -> str:
    """That there is no such rule, and which one may have been meant."""
    known = text("nearest_rule", language, nearest=unknown.nearest) if unknown.nearest else ""
    return text("unknown_rule", language, name=unknown.name) + known
