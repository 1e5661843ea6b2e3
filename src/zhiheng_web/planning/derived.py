"""实际值 worked out from ledgers, shown beside what was declared. An app above keeps the ledgers; it registers here whom to ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import TableVersion
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class DerivedValue:
    """The derived actual of one indicator: its words, how it stands in words and tone (a badge's class), where its page is."""

    shown: Text
    state: Text
    tone: str
    link: str


@dataclass(frozen=True, slots=True)
class Derived:
    """What ledgers say of a table: of its indicators, and the registers of a duty (by its number) that no indicator measures (无指标)."""

    values: Mapping[UUID, DerivedValue] = field(default_factory=dict)
    registers: Mapping[int, Sequence[tuple[Text, str]]] = field(default_factory=dict)
    link: str = ""


Asked = Callable[[Viewer, TableVersion, Sequence[UUID] | None], Derived]
_asked: list[Asked] = []


def register_derived(asked: Asked) -> None:
    """Ask this for derived actual values. Called in AppConfig.ready; registering twice changes nothing."""
    if asked not in _asked:
        _asked.append(asked)


def is_derived() -> bool:
    """Whether anybody derives actual values in this installation."""
    return bool(_asked)


def derived_of(viewer: Viewer, version: TableVersion, indicators: Sequence[UUID] | None = None) -> Derived:
    """What is derived for a version's indicators, or for some of them; the first who knows anything answers."""
    for ask in _asked:
        found = ask(viewer, version, indicators)
        if found.values or found.registers:
            return found
    return Derived()
