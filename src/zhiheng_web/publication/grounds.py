"""Grounds of withholding (不予公开的理由), as data: what each is called, what it rests on, and whether that was checked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from zhiheng.parameters.parameters import STATUSES
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground. ``status``: how far its legal basis was checked (zhiheng.parameters); what is unverified is never called law."""

    code: str
    name: Text
    basis: Text
    status: str

    @property
    def checked(self) -> bool:
        """Whether the basis was read in the document."""
        return self.status == "verified"


@cache
def grounds() -> Mapping[str, Ground]:
    """All grounds by code, in the order in which they are offered."""
    data = tomllib.loads(resources.files("zhiheng_web.publication").joinpath("grounds.toml").read_text("utf-8"))
    found = {
        code: Ground(code, Text(one["zh"], one["en"]), Text(one["basis_zh"], one["basis_en"]), one["status"]) for code, one in data.items()
    }
    if wrong := [one.code for one in found.values() if one.status not in STATUSES]:
        raise ValueError(f"grounds.toml: status of {', '.join(wrong)}")
    return found
