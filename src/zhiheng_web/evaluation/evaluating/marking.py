"""The panel of an evaluation as the library judges it: rows of marks into results of items and their total."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from zhiheng.audit.money import printed
from zhiheng.evaluation.index_system import IndexSystem, system
from zhiheng.evaluation.panel import ItemResult, Rule, Total, result, total
from zhiheng.evaluation.panel import Mark as PanelMark
from zhiheng.scoring.rounding import ROUNDINGS
from zhiheng_web.evaluation.models import Evaluation, Evaluator, IndexItem, Mark


@dataclass(frozen=True, slots=True)
class Judged:
    """What the marks amount to, by item, and as a total. ``open_hearings``: items on which the panel is too far apart, without a word."""

    items: tuple[tuple[IndexItem, ItemResult], ...]
    total: Total

    @property
    def open_hearings(self) -> tuple[IndexItem, ...]:
        """The items that must be heard and for which nobody has written down what came of it."""
        return tuple(item for item, found in self.items if found.hearing and not item.finding.strip())


def judged(items: Iterable[IndexItem], seats: Iterable[Evaluator], marks: Iterable[Mark], rule: Rule) -> Judged:
    """The results of handed-in marks. Marks that are not handed in yet do not exist; void ones count no more and stay in the trace."""
    handed_in = {seat.pk: seat for seat in seats if seat.handed_in_at is not None}
    of_item: dict[UUID, list[PanelMark]] = {}
    for mark in marks:
        if (seat := handed_in.get(mark.evaluator_id)) is not None:
            points = None if mark.points is None else Fraction(mark.points)
            of_item.setdefault(mark.item_id, []).append(PanelMark(str(seat.pk), points, seat.voided_at is not None))
    found = tuple((item, result(Fraction(item.full), of_item.get(item.pk, []), rule)) for item in items)
    return Judged(found, total((one for _, one in found), rule))


def judge(evaluation: Evaluation) -> Judged:
    """The results of an evaluation as its marks are now. Three queries."""
    items = list(evaluation.items.order_by("position"))
    seats = list(evaluation.evaluators.all())
    return judged(items, seats, Mark.objects.filter(item__evaluation=evaluation), system_of(evaluation).rule)


def system_of(evaluation: Evaluation) -> IndexSystem:
    """The index system by which it is evaluated."""
    return system(evaluation.system)


def frozen_of(evaluation: Evaluation, found: Judged) -> dict[str, Any]:
    """What is kept at acceptance: the rules of the panel, each mark with what became of it, the exact results."""
    rule = system_of(evaluation).rule
    return {
        "rule": {
            "trim_from": rule.trim_from, "hearing": str(rule.hearing), "rounding": rule.rounding.name,
            "bands": [[str(bound), name] for bound, name in rule.bands],
        },
        "items": [
            {
                "item": str(item.pk), "name": item.name, "full": printed(item.full), "exact": None if one.exact is None else str(one.exact),
                "applies": one.applies, "hearing": one.hearing,
                "marks": [[evaluator, None if points is None else str(points), fate.value] for evaluator, points, fate in one.fates],
            }
            for item, one in found.items
        ],
        "total": str(found.total.exact), "ceiling": str(found.total.ceiling), "grade": found.total.grade,
    }  # fmt: skip


def again(frozen: Mapping[str, Any]) -> Total:
    """The total worked out again from what was kept, and nothing else."""
    kept = frozen["rule"]
    bands = tuple((Fraction(bound), name) for bound, name in kept["bands"])
    rule = Rule(kept["trim_from"], Fraction(kept["hearing"]), ROUNDINGS[kept["rounding"]], bands)
    items = [
        result(
            Fraction(item["full"]),
            [PanelMark(who, None if points is None else Fraction(points), fate == "voided") for who, points, fate in item["marks"]],
            rule,
        )
        for item in frozen["items"]
    ]
    return total(items, rule)


def shown(points: Decimal | None) -> str:
    """Points as the trail keeps them."""
    return "" if points is None else printed(points)
