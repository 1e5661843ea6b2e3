"""结果应用 shown where the next year is declared: what was decided from the result of a year before. An app above keeps the decisions.

It registers here whom to ask, as planning.derived does for actual values; planning knows nothing of evaluation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class Consequence:
    """One decision: about what, keep, cut or cancel, the amounts in 元, the reason and document, the result it rests on, its page."""

    about: Text
    decision: Text
    tone: str
    before: Decimal
    after: Decimal
    reason: str
    document: str
    basis: Text
    on: date
    link: str

    @property
    def change(self) -> Decimal:
        """What is more or less."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Declared:
    """Whose declaration asks: a unit's for a year; ``project``: of this project alone; None: the whole, with all projects of the unit."""

    unit: UUID
    year: int
    project: UUID | None = None


Asked = Callable[[Viewer, Declared], Sequence[Consequence]]
_asked: list[Asked] = []


def register_consequences(asked: Asked) -> None:
    """Ask this for decisions. Called in AppConfig.ready; registering twice changes nothing."""
    if asked not in _asked:
        _asked.append(asked)


def consequences_of(viewer: Viewer, declared: Declared) -> tuple[Consequence, ...]:
    """What was decided for a declaration, by everybody who knows anything."""
    return tuple(one for ask in _asked for one in ask(viewer, declared))
