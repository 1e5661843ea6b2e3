"""What is wrong with a document from outside: where (line and path), what, in both languages."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. ``line`` counts from 1, 0 where it has none; ``path`` is that of the element, of the sheet and cell in a table.

    Severity ``error``: the document breaks its format, or what it says cannot be taken over; ``warning``: taken over, but look.
    """

    code: str
    line: int = 0
    path: str = ""
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def severity(self) -> str:
        """``error`` or ``warning``."""
        return fault_texts()[self.code]["severity"]

    def text(self, language: str = "zh") -> str:
        """The fault in words with its place, ``zh`` or ``en``."""
        sentence = fault_texts()[self.code][language].format(**dict(self.parameters))
        line = (f"第{self.line}行" if language == "zh" else f"line {self.line}") if self.line else ""
        place = " ".join(filter(None, (line, self.path)))
        return (f"{place}：{sentence}" if language == "zh" else f"{place}: {sentence}") if place else sentence


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """A document that cannot be taken over at all. Carries the faults that say why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(fault.text("en") for fault in faults))
        self.faults = faults


@cache
def fault_texts() -> Mapping[str, Mapping[str, str]]:
    """All faults with severity and wording."""
    return tomllib.loads(resources.files(__package__).joinpath("faults.toml").read_text("utf-8"))


def fault(code: str, line: int = 0, path: str = "", /, **parameters: object) -> Fault:
    """A fault with its parameters as texts."""
    return Fault(code, line, path, tuple((key, str(value)) for key, value in parameters.items()))
