"""The yearly sheet of the department: what budget, payments and ledgers give is taken from them, the rest is typed with its source."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from zhiheng_web.demonstration.people import Data, People, indicators, paper, tables, words
from zhiheng_web.evaluation.actions.keep_sheet import FigureValues, keep_sheet
from zhiheng_web.evaluation.models import SheetFigure
from zhiheng_web.evaluation.sheet_known import known_figures
from zhiheng_web.ledgers.models import Snapshot
from zhiheng_web.planning.models import TreasuryPayment

GIVEN = SheetFigure.State.GIVEN


def keep(people: People) -> None:
    """Save the sheet with the paper that says where its figures stand."""
    data = words("sheet")
    known = known_figures(people.department, data["year"])
    figures = {code: (one.value, one.source.zh) for code, one in known.items()}
    figures |= {code: (Decimal(value), source) for code, (value, source) in data["figures"].items()}
    figures |= tasks(people, data)
    figures["key_spending"] = (key_spending(people.department, data), data["key_source"])
    values = [FigureValues(code, GIVEN, value, source) for code, (value, source) in figures.items()]
    proof = paper(data["attachment"], [f"{source}" for _, source in data["figures"].values()], data["kept_on"])
    keep_sheet(people.at("jixiao", data["kept_on"]), people.department, data["year"], values, upload=proof)


def tasks(people: People, data: Data) -> dict[str, tuple[Decimal, str]]:
    """Tasks assigned and done: the due-list of the indicator that counts them."""
    indicator = indicators(tables(people.department, data["year"])["部门整体"])[data["tasks"]]
    counted = Snapshot.objects.get(indicator=indicator, on=f"{data['year']}-12-31", replaced_by__isnull=True).value["parts"][0]
    return {
        "tasks_assigned": (Decimal(counted["denominator"]), data["task_source"]),
        "tasks_done": (Decimal(counted["numerator"]), data["task_source"]),
    }


def key_spending(department: UUID, data: Data) -> Decimal:
    """What the treasury paid for the key projects, in 元."""
    paid = TreasuryPayment.objects.filter(
        line__unit__department=department, line__year=data["year"], line__project__name__in=data["key_projects"], replaced_by__isnull=True
    )
    total: Decimal = paid.aggregate(total=Sum("amount"))["total"]
    return total
