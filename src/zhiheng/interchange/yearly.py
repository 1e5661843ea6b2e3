"""Monitoring and self-evaluation in the tables of 预算管理一体化, out. What is declared (definitions, reference values, budget)
travels with the goals (integrated.py); here go what came of it, and what has no column is named.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from zhiheng.audit.money import IN_YUAN, amount, printed, usual_unit
from zhiheng.interchange.codes import Column
from zhiheng.interchange.integrated import Issue, LeftOut, Setting, Sheet, Tags, checked, issue
from zhiheng.interchange.observed import beside, number, parts
from zhiheng.interchange.parcels import Parcel
from zhiheng.interchange.results import Results, losses
from zhiheng.monitoring.deviation import POSSIBILITY_CODES, REASONS
from zhiheng.plan.plan import Budget, Figure, Plan
from zhiheng.scoring.observation import (
    InParts,
    Missing,
    NotDue,
    NothingDue,
    NotOrganised,
    Observation,
    Provisional,
    Rated,
    Reported,
    Zero,
    observed,
)
from zhiheng.values.parse import parse
from zhiheng.values.wording import wording

TRAVELS_WITH_GOALS = (
    "references.", "definition", "rule", "activity", "project", "grades", "duty", "duties.", "remark", "baseline", "plan.title",
    "plan.strategic_goal", "plan.notes", "plan.budget.unit", "plan.budget.total", "plan.budget.fiscal", "plan.budget.other",
    "plan.budget.basic", "plan.budget.project", "plan.budget.items",
)  # fmt: skip
"""Fields of the declaration: the goal tables carry them or name them as left out."""


@dataclass(frozen=True, slots=True)
class Fund:
    """A row of the money in 万元; None where nothing was reported, which is not 0. ``forecast`` 全年预计执行数."""

    name: str
    initial: Decimal | None = None
    budget: Decimal | None = None
    executed: Decimal | None = None
    forecast: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Watched:
    """What a monitoring round says of one indicator beside its value.

    ``forecast`` 全年预计完成情况, ``reasons`` codes of monitoring.deviation.REASONS, ``explanation`` 原因说明, ``possibility`` one of
    POSSIBILITIES or '', ``lamp`` a key of monitoring.lamp.Lamp or '', ``deviates`` None where nobody judged, ``completion`` in %.
    """

    forecast: str = ""
    reasons: tuple[str, ...] = ()
    explanation: str = ""
    possibility: str = ""
    lamp: str = ""
    deviates: bool | None = None
    completion: Decimal | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Monitored:
    """One table in a monitoring round. ``results.rows[i].actual`` is the value on the last day, ``watched[i]`` what is said of it."""

    results: Results
    watched: tuple[Watched, ...]
    funds: tuple[Fund, ...] = ()
    round: int | None = None
    budget_lamp: str = ""
    goal_lamp: str = ""
    lamp: str = ""
    deviates: bool | None = None


@cache
def layout() -> Mapping[str, Any]:
    """The tables, codes and words: ``yearly.toml``."""
    return tomllib.loads(resources.files(__package__).joinpath("yearly.toml").read_text("utf-8"))


@cache
def columns(kind: str) -> Mapping[str, tuple[Column, ...]]:
    """The columns of the tables of ``monitoring`` or ``self_evaluation``, by name."""
    return {
        table["name"]: tuple(Column(**{**one, "digits": tuple(one["digits"]) if "digits" in one else None}) for one in table["columns"])
        for table in layout()[kind]
    }


Rows = Mapping[str, Sequence[Mapping[str, str]]]


def monitoring(monitored: Monitored, setting: Setting, tags: Sequence[Tags] = ()) -> Parcel:
    """A table of a monitoring round for the integrated system."""
    from zhiheng.interchange.yearly_reading import monitored_of

    plan, known = monitored.results.plan, _tagged(monitored.results, tags)
    head = _common(plan, setting) | {
        "TRACENUM": str(monitored.round) if monitored.round is not None else "",
        "BGTWARN": _lamp(monitored.budget_lamp),
        "GOALWARN": _lamp(monitored.goal_lamp),
        "COMPWARN": _lamp(monitored.lamp),
        "COMPDEVIATE": _yes(monitored.deviates),
    }
    rows: Rows = {
        "PERF_T_PROMONITOR": [head],
        "PERF_T_PROBGTFUND": [_fund(setting, fund) for fund in monitored.funds],
        "PERF_T_PROINDEXTRACE": [
            _indicator(monitored.results, index, tag, setting) | _watched(one)
            for index, (one, tag) in enumerate(zip(monitored.watched, known, strict=True))
        ],
    }
    sheets, issues = _sheets("monitoring", rows, plan, setting)
    arrived, _ = monitored_of({name: list(one) for name, one in rows.items()}, [], [])
    left = [
        LeftOut(None, "全年预计执行数", "Forecast of the year's execution", f"{fund.name} {printed(fund.forecast)}")
        for fund in monitored.funds
        if fund.forecast is not None
    ]
    left += [
        LeftOut(index, "监控填报内容", "What the round says", repr(one))
        for index, (one, other) in enumerate(zip(monitored.watched, arrived.watched, strict=True))
        if one != other
    ]
    return Parcel(sheets, issues, (*_left(_without_year(monitored.results), arrived.results), *left))


def _without_year(results: Results) -> Results:
    """What a monitoring table tells of the results: neither points nor goals nor the money of the year; names go as codes."""
    plan = replace(results.plan, department=None, unit=None, goals=(), budget=Budget(), total_points=None, total_weight=None, grade=None)
    return replace(results, plan=plan, rows=tuple(replace(row, weight=None, score=None) for row in results.rows))


def self_evaluation(results: Results, setting: Setting, tags: Sequence[Tags] = (), statement: str = "") -> Parcel:
    """A self-evaluated table for the integrated system. ``statement`` is the text of the self-evaluation (自评说明)."""
    from zhiheng.interchange.yearly_reading import self_evaluated_of

    plan, known = results.plan, _tagged(results, tags)
    head = _common(plan, setting) | {
        "DEPT_NAME": results.department,
        "AGENCY_NAME": setting.agency_name or (plan.unit.text if plan.unit is not None else ""),
        "SCORE": plan.total_points.text.removesuffix("分") if plan.total_points is not None else "",
        "GRADE": plan.grade.text if plan.grade is not None else "",
    }
    goals = [
        {"TASKGUID": setting.goal_id, "KPI_TARGET": goal.expected.text, "ACTUAL_COMP": goal.actual.text if goal.actual is not None else ""}
        for goal in plan.goals
    ]
    rows: Rows = {
        "PERF_T_SELFEVALTASK": [head],
        "PERF_T_SELFPROFUND": list(_funds(plan, setting)),
        "PERF_T_SELFPERFGOAL": goals,
        "PERF_T_SELFPERFINDEX": [
            _indicator(results, index, tag, setting) | _scored(results, index, tag) for index, tag in enumerate(known)
        ],
        "PERF_T_SELFPERFDESC": [{"TASKGUID": setting.goal_id, "DESCRIPTION": statement}] if statement else [],
    }
    sheets, issues = _sheets("self_evaluation", rows, plan, setting)
    arrived, _ = self_evaluated_of({name: list(one) for name, one in rows.items()}, [], [])
    return Parcel(sheets, issues, _left(results, arrived.results))


def _left(sent: Results, arrived: Results) -> tuple[LeftOut, ...]:
    """What the tables do not say any more, without what travels with the goals."""
    return tuple(
        LeftOut(loss.row, loss.what(), loss.what("en"), loss.text)
        for loss in losses(sent, arrived)
        if not loss.field.startswith(TRAVELS_WITH_GOALS)
        and not (loss.field.startswith("plan.budget.funds") and loss.field.endswith(".text"))
    )


def _unit_only(field: str) -> bool:
    """Whether only the wording of an amount differs: 5364万元 goes out as 5364 in a column of 万元."""
    return field.startswith("plan.budget.funds") and field.endswith(".text")


def _tagged(results: Results, tags: Sequence[Tags]) -> tuple[Tags, ...]:
    return (*tags, *(Tags() for _ in range(len(results.rows) - len(tags))))


def _sheets(kind: str, rows: Rows, plan: Plan, setting: Setting) -> tuple[tuple[Sheet, ...], tuple[Issue, ...]]:
    level = "project" if plan.project is not None else "department"
    sheets: list[Sheet] = []
    issues: list[Issue] = []
    for name, found in columns(kind).items():
        shown = tuple(one for one in found if one.only in ("", level))
        texts = tuple(tuple(row.get(one.name, "") for one in shown) for row in rows[name])
        sheets.append(Sheet(name, shown, texts))
        for position, row in enumerate(texts):
            index = position if name in ("PERF_T_PROINDEXTRACE", "PERF_T_SELFPERFINDEX") else None
            issues.extend(checked(shown, row, index, setting))
            issues.extend(_digits(shown, row, index))
    return tuple(sheets), tuple(dict.fromkeys(issues))


def _digits(found: Sequence[Column], row: Sequence[str], index: int | None) -> Iterator[Issue]:
    """Points that do not fit N(5,2)."""
    for one, text in zip(found, row, strict=True):
        if one.digits is None or not text:
            continue
        whole, decimals = one.digits
        points = Decimal(text)
        if abs(points) >= 10 ** (whole - decimals) or points != round(points, decimals):
            yield replace(issue("weight_digits", one.name, text=text, limit=f"N({whole},{decimals})"), row=index)


def _common(plan: Plan, setting: Setting) -> dict[str, str]:
    return {
        "TASKGUID": setting.goal_id,
        "MOF_DIV_CODE": setting.division,
        "FISCAL_YEAR": str(plan.year or ""),
        "DEPT_CODE": setting.department,
        "PRO_CODE": setting.project,
        "PRO_NAME": setting.project_name or (plan.project.text if plan.project is not None else ""),
    }


def _indicator(results: Results, index: int, tags: Tags, setting: Setting) -> dict[str, str]:
    row, result = results.plan.indicators[index], results.rows[index]
    shown = _with_further(cell(result.actual), result.further)
    return {
        "TASKGUID": setting.goal_id,
        "KPI_ID": tags.id or str(index + 1),
        "LV1_PERF_IND_NAME": tags.level_1 or (row.category[0] if row.category else ""),
        "LV2_PERF_IND_NAME": tags.level_2 or (row.category[1] if len(row.category) > 1 else ""),
        "NAME": row.name.text,
        "TARGETVALUE": row.target.text if row.target is not None else "",
        "INDEXVAL": shown,
        "ACTUALVALUE": shown,
        "KPI_REMARK": result.comment,
    }


def _with_further(value: str, further: str) -> str:
    """The actual with what is published beside it, where the column is wide enough for both; else it is left out, and named."""
    whole = beside(value, further)
    width = next(one.length for one in columns("monitoring")["PERF_T_PROINDEXTRACE"] if one.name == "INDEXVAL")
    return whole if len(whole) <= width else value


def _scored(results: Results, index: int, tags: Tags) -> dict[str, str]:
    result = results.rows[index]
    weight = tags.points if tags.points is not None else result.weight
    score = result.score
    if isinstance(result.actual, Rated) and score is None:
        score = result.actual.points
    return {"ACTUALWEIGHT": f"{weight:f}" if weight is not None else "", "SCORE": f"{score:f}" if score is not None else ""}


def _watched(one: Watched) -> dict[str, str]:
    return {
        "COMPLETEANALYSCON": one.forecast,
        "DEVIATIONANALYSIS": "、".join(REASONS[reason][0] for reason in one.reasons),
        "OTHERREASONS": one.explanation,
        "COMPLETEANALYSIS": POSSIBILITY_CODES.get(one.possibility, ""),
        "REMARK": one.remark,
        "WARN": _lamp(one.lamp),
        "DEVIATE": _yes(one.deviates),
        "INDEXCOMPLETION": f"{one.completion:f}" if one.completion is not None else "",
    }


def _lamp(lamp: str) -> str:
    return str(layout()["lamps"][lamp]) if lamp else ""


def _yes(deviates: bool | None) -> str:
    return "" if deviates is None else "1" if deviates else "2"


def _fund(setting: Setting, fund: Fund) -> dict[str, str]:
    rate = ""
    if fund.executed is not None and fund.budget:
        rate = printed((fund.executed * 100 / fund.budget).quantize(Decimal("0.01")))
    amounts = {"AMT1": fund.initial, "AMT3": fund.budget, "AMT4": fund.executed}
    texts = {name: printed(one) if one is not None else "" for name, one in amounts.items()}
    return {"TASKGUID": setting.goal_id, "NAME": fund.name, "RATE": rate, **texts}


def _funds(plan: Plan, setting: Setting) -> Iterator[dict[str, str]]:
    """The money of a self-evaluation in 万元; what is no amount (—) goes out as it stands."""
    for fund in plan.budget.funds:
        amounts = {"AMT1": fund.initial, "AMT3": fund.budget, "AMT4": fund.executed}
        others = {"ACTUALWEIGHT": fund.points, "RATE": fund.rate, "SCORE": fund.score}
        texts = {name: _in_wan(one, plan.budget) for name, one in amounts.items()}
        texts |= {name: one.text if one is not None else "" for name, one in others.items()}
        yield {"TASKGUID": setting.goal_id, "NAME": fund.name.text, **texts}


def _in_wan(figure: Figure | None, budget: Budget) -> str:
    found = amount(figure, budget) if figure is not None and figure.text else None
    if found is None:
        return figure.text if figure is not None else ""
    return printed(found * IN_YUAN.get(usual_unit(budget), IN_YUAN["万元"]) / IN_YUAN["万元"])


def cell(observation: Observation | None) -> str:
    """What stands in a column of results: words that read as the same observation where there are any, blank if none was made."""
    states = layout()["states"]
    match observation:
        case None:
            return ""
        case Zero():
            return "0"
        case Missing():
            return str(states["missing"])
        case Reported(value, None) if (counted := number(value)) is not None and not counted[0] and not counted[1]:
            return "0"
        case Reported(value, _) | Provisional(_, value):
            return wording(value)
        case NotDue(text) | NothingDue(text) | NotOrganised(text):
            own = text and observed(Figure(parse(text))) == observation
            return text if own else str(states[STATES[type(observation)]])
        case Rated(tier, _):
            return str(layout()["tiers"][str(tier)][0])
        case InParts(several):
            return "；".join(map(cell, several))
        case _:
            return parts(observation)[0].text


STATES = {NotDue: "not_due", NothingDue: "nothing_due", NotOrganised: "not_organised"}
