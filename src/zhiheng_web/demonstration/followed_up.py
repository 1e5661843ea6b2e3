"""What is put right until it is struck off, and what the results mean for the next year's money."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from zhiheng_web.demonstration.people import Data, People, indicators, paper, tables, words
from zhiheng_web.evaluation.actions.decide_use import UseValues, decide_use
from zhiheng_web.evaluation.actions.order_rectification import OrderValues, Problem, order_rectification
from zhiheng_web.evaluation.actions.report_progress import report_progress
from zhiheng_web.evaluation.actions.report_rectified import report_rectified
from zhiheng_web.evaluation.actions.review_rectified import review_rectified
from zhiheng_web.evaluation.actions.set_measure import Measure, set_measure
from zhiheng_web.evaluation.models import Evaluation, RectificationItem, SelfEvaluation
from zhiheng_web.planning.models import BudgetLine

WORKS, REVIEWS, FINANCE = "jingban3", "fenguan", "czjixiao"


def close_corrections(people: People) -> None:
    """The corrections of the rounds, each followed until it is struck off."""
    data = words("followed_up")
    for item in data["corrections"]:
        opened = RectificationItem.objects.filter(
            table__unit__department=people.department, monitoring_row__indicator_row__name=item["name"], order__isnull=True
        )
        for one in opened.order_by("opened_at", "position"):
            follow(people, one.pk, item, REVIEWS)


def order(people: People) -> None:
    """Finance orders what its evaluation found to be put right. What is not due yet stays open."""
    data = words("followed_up")
    item = data["order"]
    table = tables(people.department, data["year"])[item["table"]]
    known = indicators(table)
    evaluation = Evaluation.objects.get(table=table, kind=Evaluation.Kind.FINANCE)
    problems = [Problem(one["problem"], one["demand"], known.get(one.get("indicator", "")), one["due_on"]) for one in item["problems"]]
    values = OrderValues(table.pk, item["title"], item["due_on"], problems, "evaluation", evaluation.pk)
    made = order_rectification(people.at(FINANCE, item["ordered_on"]), values)
    on = item["ordered_on"]
    for row, one in zip(RectificationItem.objects.filter(order=made).order_by("position"), item["problems"], strict=True):
        set_measure(people.at(WORKS, on, 16), row.pk, Measure(one["measure"], account=people.accounts[WORKS].pk))
        follow(people, row.pk, one, FINANCE)


def follow(people: People, item: UUID, data: Data, reviewer: str) -> None:
    """The steps of one item as far as it came."""
    if "progress" in data:
        on, text = data["progress"]
        report_progress(people.at(WORKS, on), item, text)
    if "reported" in data:
        report(people, item, data["proof"], data["reported"])
    if "returned" in data:
        on, text = data["returned"]
        review_rectified(people.at(reviewer, on), item, closes=False, opinion=text)
        report(people, item, data["proof"], data["again"])
    if "closed" in data:
        on, text = data["closed"]
        review_rectified(people.at(reviewer, on), item, closes=True, opinion=text)


def report(people: People, item: UUID, proof: str, said: tuple[date, str]) -> None:
    """Reported done, with the paper that proves it."""
    on, text = said
    report_rectified(people.at(WORKS, on), item, text, paper(proof, [text], on))


def use_results(people: People) -> None:
    """What finance decides for the next year: the amount before is this year's initial budget."""
    data = words("followed_up")
    item = data["uses"]
    found = tables(people.department, data["year"])
    for one in item["decisions"]:
        table = found[one["table"]]
        lines = BudgetLine.objects.filter(project=table.project, year=data["year"])
        before: Decimal = lines.aggregate(total=Sum("initial"))["total"]
        after = Decimal(one["after"]) if "after" in one else before
        basis: dict[str, UUID] = {}
        if one.get("from") == "evaluation":
            basis["evaluation"] = Evaluation.objects.get(table=table, kind=Evaluation.Kind.FINANCE).pk
        else:
            basis["self_evaluation"] = SelfEvaluation.objects.get(table=table, edition=1).pk
        decide_use(
            people.at(FINANCE, item["on"]), UseValues(table.pk, one["decision"], before, after, one["reason"], item["document"], **basis)
        )
