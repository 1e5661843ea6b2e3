"""What a self-evaluation awarded: points and scores as plain numbers, row by row and as a whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from zhiheng.audit.wording import normal
from zhiheng.plan.plan import Figure, Fund, Indicator, Plan, Table
from zhiheng.scoring.funds import total_fund

NUMBER = re.compile(r"\d+(?:\.\d+)?")
ANNOUNCED = re.compile(r"[（(]\s*(?:共|合计)?\s*(\d+(?:\.\d+)?)\s*分\s*[）)]")


@dataclass(frozen=True, slots=True)
class Award:
    """The points of one row (分值) and what it was given (得分)."""

    weight: Decimal
    points: Decimal

    @property
    def full(self) -> bool:
        """Full points."""
        return self.points == self.weight


def plain(figure: Figure | None) -> Decimal | None:
    """The number of a cell of points: 10, 10分. None for a blank, a dash and anything else."""
    if figure is None:
        return None
    text = normal(figure.text).removesuffix("分")
    sign = -1 if text.startswith("-") else 1
    digits = text.removeprefix("-")
    return sign * Decimal(digits) if NUMBER.fullmatch(digits) else None


def award(row: Indicator) -> Award | None:
    """The points and the score of a row, None where one of them is not a number or the row has no points to give."""
    weight, points = plain(row.weight), plain(row.points)
    return Award(weight, points) if weight and points is not None else None


def execution(plan: Plan) -> Fund | None:
    """The row of the money block that is scored: 年度资金总额, with points of its own."""
    fund = total_fund(plan)
    return fund if fund is not None and plain(fund.points) is not None else None


def announced(plan: Plan) -> dict[str, Decimal]:
    """The points that level-1 words announce, by the level as the rows write it: 产出指标(50分) → 50."""
    found = {level: Decimal(points) for level, points in plan.levels if NUMBER.fullmatch(points)}
    for row in plan.indicators:
        for level in row.category:
            if stated := ANNOUNCED.search(level):
                found[level] = Decimal(stated.group(1))
    return found


def cut_off(table: Table) -> bool:
    """The source ends within the table: what is said of the whole of it would rest on a part."""
    return any(problem.code in ("truncated", "stream-too-long") for problem in table.problems)


def doubtful(table: Table) -> bool:
    """Not every figure of the table is sure to stand where it was read: a sum that is wrong may be a reading that is wrong."""
    return cut_off(table) or any(problem.code == "row-uncertain" and not problem.repaired for problem in table.problems)
