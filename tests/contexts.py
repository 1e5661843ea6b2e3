"""What stands beside a table, from a plain mapping: the ``context`` of the case files of the audit rules.

Rows of a round name the index of their indicator; lamps are judged by the library on the linear curve of the year (``once`` names
another), so that a case states only what an office would have.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from tests.plans import plan_of, refuse_unknown

from zhiheng.audit.context import Context, Publication, Round, RoundRow
from zhiheng.monitoring.budget import judge_execution
from zhiheng.monitoring.curve import linear, once
from zhiheng.monitoring.deviation import Stated
from zhiheng.monitoring.lamp import Lamp
from zhiheng.monitoring.pace import judge
from zhiheng.monitoring.policy import Policy, shipped
from zhiheng.plan.plan import Indicator, Plan
from zhiheng.scoring.observation import Missing, NotDue, Observation, Reported
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context as Around
from zhiheng.values.value import Value

KEYS = {"earlier", "approved", "evidence", "grounds", "review_total", "round", "publication"}
ROW_KEYS = {
    "index", "actual", "reasons", "explanation", "possibility", "forecast", "correction", "adjustment", "previous", "last_lamp",
    "once", "cumulative", "execution",
}  # fmt: skip


def context_of(data: Mapping[str, Any], plan: Plan) -> Context:
    """The context that ``data`` describes for a table. A misspelt key is refused."""
    refuse_unknown(data, KEYS)
    evidence = data.get("evidence")
    return Context(
        earlier=tuple(plan_of(each).plan for each in data.get("earlier", ())),
        approved=plan_of(data["approved"]).plan if "approved" in data else None,
        evidence={int(index): count for index, count in evidence.items()} if evidence is not None else None,
        grounds={int(index): text for index, text in data.get("grounds", {}).items()},
        review_total=Decimal(data["review_total"]) if "review_total" in data else None,
        round=round_of(data["round"], plan) if "round" in data else None,
        publication=publication_of(data["publication"]) if "publication" in data else None,
    )


def publication_of(data: Mapping[str, Any]) -> Publication:
    """The facts of a publication."""
    refuse_unknown(data, {"approved_on", "published_on", "on", "title", "approved", "withheld"})
    return Publication(
        data.get("approved_on"),
        data.get("published_on"),
        data.get("on"),
        data.get("title", ""),
        plan_of(data["approved"]).plan if "approved" in data else None,
        frozenset(data.get("withheld", ())),
    )


def round_of(data: Mapping[str, Any], plan: Plan) -> Round:
    """A round. ``execution`` is (年初预算数, 全年预算数, 执行数)."""
    refuse_unknown(data, {"policy", "day", "execution", "rows"})
    policy, day = shipped(data.get("policy", "national")), data["day"]
    return Round(policy, day, {row["index"]: row_of(row, plan, policy, day) for row in data.get("rows", ())}, money(data, day, policy))


def money(data: Mapping[str, Any], day: date, policy: Policy) -> Any:
    """The judgement of the money, None where none is given."""
    return judge_execution(*map(Decimal, data["execution"]), day, policy) if "execution" in data else None


def row_of(data: Mapping[str, Any], plan: Plan, policy: Policy, day: date) -> RoundRow:
    """One row of a round."""
    refuse_unknown(data, ROW_KEYS)
    row = plan.indicators[data["index"]]
    actual: Observation = (
        NotDue() if data.get("actual") == "not due" else Reported(read(data["actual"], row)) if "actual" in data else Missing()
    )
    curve = once(data["once"], day.year) if "once" in data else linear(day.year)
    target = row.target.reading.value if row.target is not None else None
    judgement = judge(target, actual, curve, day, policy, cumulative=data.get("cumulative", True), name=row.name.text)
    stated = Stated(
        tuple(data.get("reasons", ())),
        data.get("explanation", ""),
        data.get("possibility", ""),
        read(data["forecast"], row) if "forecast" in data else None,
        data.get("correction", False),
        data.get("adjustment", False),
    )
    previous = read(data["previous"], row) if "previous" in data else None
    return RoundRow(judgement, actual, stated, previous, Lamp(data["last_lamp"]) if "last_lamp" in data else None, money(data, day, policy))


def read(text: str, row: Indicator) -> Value:
    """A cell of the row."""
    return parse(text, Around(name=row.name.text)).value
