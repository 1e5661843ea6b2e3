"""Monitoring and self-evaluation out of the tables of 预算管理一体化, in: rows in the order of the sheet, with their keys there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Generic, TypeVar

from zhiheng.interchange.faults import Fault, fault
from zhiheng.interchange.observed import counted, decimal, parted
from zhiheng.interchange.parcels import Line, lines
from zhiheng.interchange.results import Results, Row
from zhiheng.interchange.yearly import Fund, Monitored, Watched, columns, layout
from zhiheng.monitoring.deviation import POSSIBILITIES, POSSIBILITY_CODES, REASONS
from zhiheng.plan.place import Place
from zhiheng.plan.plan import Budget, Cell, Figure, Goal, Indicator, Plan
from zhiheng.plan.plan import Fund as Money
from zhiheng.scoring.observation import Missing, Observation, Rated, Reported, Zero, observed
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context
from zhiheng.values.value import Quantity

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SelfEvaluated:
    """A self-evaluation that came in, with the text of its statement."""

    results: Results
    statement: str = ""


Content = TypeVar("Content")


@dataclass(frozen=True)
class Taken(Generic[Content]):
    """What came in, the keys of its indicators there (KPI_ID), by row, what was wrong, and the cells of its head (whose table it is)."""

    content: Content
    ids: tuple[str, ...]
    faults: tuple[Fault, ...]
    head: Cells = field(default_factory=dict)


class _Faults:
    """Collects faults with the place of the row they are of."""

    def __init__(self, found: list[Fault]) -> None:
        self.found = found
        self.line: Line | None = None

    def say(self, code: str, column: str, /, **parameters: object) -> None:
        """Note a fault at a column of the present row."""
        place = (self.line.number, self.line.at(column)) if self.line is not None else (0, column)
        self.found.append(fault(code, *place, **parameters))

    def number(self, row: Cells, column: str) -> Decimal | None:
        """The number of a cell; None for a blank one, and for what is none, which is said."""
        text = row.get(column, "").strip()
        found = decimal(text) if text else None
        if text and found is None:
            self.say("not_number", column, found=text[:40])
        return found

    def code(self, row: Cells, column: str, known: Mapping[str, str]) -> str:
        """The meaning of a code; '' for a blank one, and for an unknown one, which is said."""
        text = row.get(column, "").strip()
        if text and text not in known:
            self.say("unknown_code", column, name=column, found=text[:40], expected="、".join(key for key in known if key))
        return known.get(text, "")


def read_monitoring(data: bytes, file: str = "") -> Taken[Monitored]:
    """A monitoring table of a file (xlsx, zip, json). Raises Refused for a file that is none."""
    found, faults = lines(data, list(columns("monitoring").items()), file)
    said = list(faults)
    content, ids = monitored_of(_cells(found), said, found.get("PERF_T_PROINDEXTRACE", ()))
    return Taken(content, ids, tuple(said), _head(found, "PERF_T_PROMONITOR"))


def read_self_evaluation(data: bytes, file: str = "") -> Taken[SelfEvaluated]:
    """A self-evaluation of a file (xlsx, zip, json). Raises Refused for a file that is none."""
    found, faults = lines(data, list(columns("self_evaluation").items()), file)
    said = list(faults)
    content, ids = self_evaluated_of(_cells(found), said, found.get("PERF_T_SELFPERFINDEX", ()))
    return Taken(content, ids, tuple(said), _head(found, "PERF_T_SELFEVALTASK"))


def _head(found: Mapping[str, Sequence[Line]], sheet: str) -> Cells:
    """The only row of the sheet that says whose table it is."""
    return next((one.cells for one in found.get(sheet, ())), {})


def _cells(found: Mapping[str, Sequence[Line]]) -> Mapping[str, Sequence[Cells]]:
    return {name: [one.cells for one in rows] for name, rows in found.items()}


def monitored_of(rows: Mapping[str, Sequence[Cells]], said: list[Fault], placed: Sequence[Line]) -> tuple[Monitored, tuple[str, ...]]:
    """A monitoring table of its rows; ``placed`` tells where the rows of indicators stood."""
    faults = _Faults(said)
    head = next(iter(rows.get("PERF_T_PROMONITOR", ())), {})
    lamps = {text: lamp for lamp, text in layout()["lamps"].items() if text}
    indicators, results, watched = [], [], []
    ids = []
    year = _year(head, faults)
    for position, row in enumerate(rows.get("PERF_T_PROINDEXTRACE", ())):
        faults.line = placed[position] if position < len(placed) else None
        indicators.append(_declared(row, year, position))
        value, further = parted(row.get("INDEXVAL", ""))
        results.append(Row(actual=_actual(value, None, faults, scored=False), further=further))
        watched.append(_watched(row, lamps, faults))
        ids.append(row.get("KPI_ID", ""))
    faults.line = None
    funds = tuple(
        Fund(row.get("NAME", ""), *(faults.number(row, name) for name in ("AMT1", "AMT3", "AMT4")))
        for row in rows.get("PERF_T_PROBGTFUND", ())
    )
    counted = faults.number(head, "TRACENUM")
    content = Monitored(
        Results(_plan(head, year, indicators, "goal-declaration"), tuple(results)),
        tuple(watched),
        funds,
        int(counted) if counted is not None and counted == int(counted) else None,
        faults.code(head, "BGTWARN", lamps),
        faults.code(head, "GOALWARN", lamps),
        faults.code(head, "COMPWARN", lamps),
        _deviates(head, "COMPDEVIATE", faults),
    )
    return content, tuple(ids)


def _watched(row: Cells, lamps: Mapping[str, str], faults: _Faults) -> Watched:
    known = {zh: code for code, (zh, _) in REASONS.items()}
    reasons = []
    for text in filter(None, (one.strip() for one in row.get("DEVIATIONANALYSIS", "").replace("，", "、").replace(",", "、").split("、"))):
        if text in known:
            reasons.append(known[text])
        else:
            faults.say("unknown_code", "DEVIATIONANALYSIS", name="偏差原因", found=text[:40], expected="、".join(known))
    chances = {code: key for key, code in POSSIBILITY_CODES.items()} | {zh: key for key, (zh, _) in POSSIBILITIES.items()}
    return Watched(
        row.get("COMPLETEANALYSCON", ""),
        tuple(reasons),
        row.get("OTHERREASONS", ""),
        faults.code(row, "COMPLETEANALYSIS", chances),
        faults.code(row, "WARN", lamps),
        _deviates(row, "DEVIATE", faults),
        faults.number(row, "INDEXCOMPLETION"),
        row.get("REMARK", ""),
    )


def _deviates(row: Cells, column: str, faults: _Faults) -> bool | None:
    code = faults.code(row, column, {"1": "1", "2": "2"})
    return None if not code else code == "1"


def self_evaluated_of(
    rows: Mapping[str, Sequence[Cells]], said: list[Fault], placed: Sequence[Line]
) -> tuple[SelfEvaluated, tuple[str, ...]]:
    """A self-evaluation of its rows."""
    faults = _Faults(said)
    head = next(iter(rows.get("PERF_T_SELFEVALTASK", ())), {})
    year = _year(head, faults)
    indicators, results, ids = [], [], []
    for position, row in enumerate(rows.get("PERF_T_SELFPERFINDEX", ())):
        faults.line = placed[position] if position < len(placed) else None
        weight, score = faults.number(row, "ACTUALWEIGHT"), faults.number(row, "SCORE")
        value, further = parted(row.get("ACTUALVALUE", ""))
        actual = _actual(value, score, faults)
        indicators.append(_declared(row, year, position))
        results.append(Row(actual=actual, weight=weight, score=score, comment=row.get("KPI_REMARK", ""), further=further))
        ids.append(row.get("KPI_ID", ""))
    faults.line = None
    plan = _plan(head, year, indicators, "self-evaluation")
    funds = tuple(_money(row) for row in rows.get("PERF_T_SELFPROFUND", ()))
    goals = []
    for row in rows.get("PERF_T_SELFPERFGOAL", ()):
        done = row.get("ACTUAL_COMP", "")
        goals.append(Goal(Cell(row.get("KPI_TARGET", "")), Cell(done) if done else None))
        if row.get("DEVIATIONANALY", "").strip():
            faults.say("not_taken", "DEVIATIONANALY", name="偏差原因 DEVIATIONANALY", found=row["DEVIATIONANALY"][:60])
    total = head.get("SCORE", "")
    plan = Plan(
        plan.title,
        plan.layout,
        year,
        department=Cell(head["DEPT_NAME"]) if head.get("DEPT_NAME") else None,
        project=plan.project,
        unit=Cell(head["AGENCY_NAME"]) if head.get("AGENCY_NAME") else None,
        budget=Budget("万元", total=funds[0].budget if funds else None, funds=funds),
        goals=tuple(goals),
        indicators=plan.indicators,
        total_points=Figure(parse(total)) if total else None,
        grade=Cell(head["GRADE"]) if head.get("GRADE") else None,
    )
    statement = "\n".join(row.get("DESCRIPTION", "") for row in rows.get("PERF_T_SELFPERFDESC", ()))
    return SelfEvaluated(Results(plan, tuple(results)), statement), tuple(ids)


def _year(head: Cells, faults: _Faults) -> int | None:
    text = head.get("FISCAL_YEAR", "").strip()
    if text and not (text.isdecimal() and len(text) == 4):
        faults.say("not_number", "FISCAL_YEAR", found=text[:40])
        return None
    return int(text) if text else None


def _plan(head: Cells, year: int | None, indicators: Sequence[Indicator], kind: str) -> Plan:
    name = head.get("PRO_NAME", "")
    title = ("项目支出绩效自评表" if name else "部门整体支出绩效自评表") if kind == "self-evaluation" else "绩效目标执行监控表"
    return Plan(title, kind, year, project=Cell(name) if name else None, indicators=tuple(indicators))


def _declared(row: Cells, year: int | None, position: int) -> Indicator:
    """An indicator as these tables name it; its definition stands with the goals."""
    name, text = row.get("NAME", ""), row.get("TARGETVALUE", "")
    levels = tuple(filter(None, (row.get("LV1_PERF_IND_NAME", ""), row.get("LV2_PERF_IND_NAME", ""))))
    here = Place(row=position + 1)
    return Indicator(
        Cell(name, here),
        category=levels,
        target=Figure(parse(text, Context(name=name, year=year)), here),
        place=here,
    )


def _money(row: Cells) -> Money:
    around = Context(name="金额", unit="万元")
    amounts = [Figure(parse(row.get(name, ""), around)) for name in ("AMT1", "AMT3", "AMT4")]
    others = [Figure(parse(row.get(name, ""))) for name in ("ACTUALWEIGHT", "RATE", "SCORE")]
    return Money(Cell(row.get("NAME", "")), *amounts, *others)


def _actual(text: str, score: Decimal | None, faults: _Faults, *, scored: bool = True) -> Observation | None:
    """What a cell of results reports: blank is nothing observed, 未填报 is missing, 0 is zero, 2/3 is a rate, a tier in words is rated.

    A monitoring table has no points (``scored`` False): a tier there stays the words that it is.
    """
    words = text.strip()
    if not words:
        return None
    if words == layout()["states"]["missing"]:
        return Missing()
    if (rate := counted(words)) is not None:
        return rate
    tier = next((int(tier) for tier, known in layout()["tiers"].items() if words in known and words not in ("1", "2", "3")), 0)
    if tier and scored:
        if score is None:
            faults.say("not_taken", "SCORE", name="自评定性结果", found=words)
            return observed(Figure(parse(words)))
        return Rated(tier, score)
    found = observed(Figure(parse(words)))
    if isinstance(found, Reported) and isinstance(found.value, Quantity) and found.value == Quantity(Decimal(0)):
        return Zero()
    return found
