"""Calculations that a pack brings for checks of the kind ``rule``: registered by name, asked for many drafts at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from zhiheng_web.ledgers.definition import Check, RegisterDefinition
from zhiheng_web.ledgers.models import Register
from zhiheng_web.ledgers.writing import Draft


@dataclass(frozen=True, slots=True)
class Facts:
    """What a rule may look at besides the drafts: the register, its definition and the day on which is decided."""

    register: Register
    definition: RegisterDefinition
    today: date


Rule = Callable[[Sequence[Draft], Check, Facts], Sequence[bool]]
"""For each draft whether it passes. Queries do not grow with the number of drafts."""
RULES: dict[str, Rule] = {}


def register_rule(name: str, function: Rule) -> None:
    """Make a calculation known under the name that checks of a pack use. A name stands once; the same function may come again."""
    if RULES.get(name, function) is not function:
        raise ValueError(f"two rules are called {name}")
    RULES[name] = function
