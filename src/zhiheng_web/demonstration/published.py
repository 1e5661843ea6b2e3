"""The year 2020 of the demonstration from its approval to the public page: budget, monitoring, self-evaluation, evaluation, final account.

Everything is entered by the people whose work it is, on its day, through the ordinary actions. All words and papers are invented and
marked so; every number that a ledger gives comes from the ledger.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from zhiheng_web.demonstration.bound import bind
from zhiheng_web.demonstration.evaluated import evaluate, sample
from zhiheng_web.demonstration.followed_up import close_corrections, order, use_results
from zhiheng_web.demonstration.monitored import monitor
from zhiheng_web.demonstration.packaged import publish_budget, publish_correction, publish_final, published
from zhiheng_web.demonstration.paid import pay
from zhiheng_web.demonstration.people import People
from zhiheng_web.demonstration.self_evaluated import correct, self_evaluate
from zhiheng_web.demonstration.sheet import keep
from zhiheng_web.demonstration.surveyed import survey

YEAR = 2020
STEPS = (
    publish_budget, monitor, survey, close_corrections, pay, self_evaluate, keep, sample, evaluate, order, use_results, publish_final,
    correct, publish_correction,
)  # fmt: skip
"""What happens, in the order in which one rests on another."""


def load_published(department: UUID) -> bool:
    """Let the year go its way to the public page, all or nothing, unless it has. Tells whether it did."""
    if published(department, YEAR):
        return False
    people = People(department)
    with transaction.atomic():
        bind(people, YEAR)
        for step in STEPS:
            step(people)
    return True
