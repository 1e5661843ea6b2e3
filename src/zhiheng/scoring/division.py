"""Division: the parts a compound indicator is split into, as a proposal. A cell with several measures names its parts; a numbered
explanation (1.…；2.…；3.…) names them too. Nothing is divided here; a person accepts and completes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhiheng.plan.plan import Indicator
from zhiheng.scoring.around import value_of
from zhiheng.scoring.classifying import Reason, reason
from zhiheng.scoring.scheme import Scheme
from zhiheng.values.value import Achieved, Coverage, Parts, Quantity
from zhiheng.values.wording import wording

JOINS = ("all", "any", "weakest", "sum")
NUMBERED = re.compile(r"(?:^|(?<=[；;。\n\s]))\s*[(（]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})(?:[.．、](?![0-9])|[)）])\s*")
ENDS = " \t\n；;。，,、."


@dataclass(frozen=True, slots=True)
class PartProposal:
    """One part: its name, its target as text ('' where the cell does not say it), its unit."""

    name: str
    target: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Division:
    """The parts proposed for an indicator with the rule that joins them; no parts: nothing shows that it is compound."""

    parts: tuple[PartProposal, ...]
    join: str
    reason: Reason | None


def divide(row: Indicator, scheme: Scheme) -> Division:
    """How a compound indicator may be split."""
    join = scheme.word("parts.join")
    target = value_of(row.target)
    if isinstance(target, Parts):
        parts = tuple(
            PartProposal(
                each.name,
                wording(each.value) if each.value is not None else "",
                each.value.unit if isinstance(each.value, Quantity) else "",
            )
            for each in target.parts
        )
        return Division(parts, join, reason("parts_shared" if target.shared else "parts_cell"))
    names = numbered(row.definition.text if row.definition is not None else "")
    if len(names) < 2:
        return Division((), join, None)
    own = row.target.text if row.target is not None and isinstance(target, Coverage | Achieved) else ""
    return Division(tuple(PartProposal(name, own) for name in names), join, reason("parts_numbered", count=str(len(names))))


def numbered(text: str) -> tuple[str, ...]:
    """The items of a numbered explanation, without their numbers; () where fewer than two are numbered."""
    marks = list(NUMBERED.finditer(text))
    if len(marks) < 2:
        return ()
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    items = tuple(item for mark, end in zip(marks, ends, strict=True) if (item := text[mark.end() : end].strip(ENDS)))
    return items if len(items) > 1 else ()
