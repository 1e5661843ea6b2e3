"""The lamps of a report and why: each indicator on its curve, the money on its own, the whole by the worst of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from zhiheng.monitoring.judgement import Judgement, noted, shown
from zhiheng.monitoring.lamp import Lamp, worst
from zhiheng.monitoring.pace import judge
from zhiheng.monitoring.policy import Policy
from zhiheng.monitoring.wording import note, sentence
from zhiheng.scoring.figures import Amount, conversion, measured
from zhiheng.scoring.methods.given import NotScored
from zhiheng.scoring.observation import Missing, Observation
from zhiheng.scoring.row import NUMERIC
from zhiheng.scoring.trace import Step, step
from zhiheng.values.value import Parts, Relative, Value
from zhiheng_web.evaluation.models import MonitoringFund, MonitoringReport, MonitoringRow
from zhiheng_web.evaluation.monitoring.curves import Along, begun_in, curve_json, curves_of
from zhiheng_web.evaluation.monitoring.money import judge_money
from zhiheng_web.evaluation.monitoring.observing import Observed, documents_of, observed, target_of
from zhiheng_web.evaluation.observing import in_unit
from zhiheng_web.ledgers.measures.result import State
from zhiheng_web.local_rules import policy_chosen
from zhiheng_web.wording import Text

UNKNOWN = frozenset({"missing", "not_judged", "by_hand"})
"""Notes of a part that leave the whole without a good lamp."""
LARGEST = Decimal(10) ** 14


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with what it was judged by. ``target`` is that of the whole row, ``actual`` what was observed of the part that decides."""

    row: MonitoringRow
    target: Value | None
    parts: tuple[Observed, ...]
    along: Along
    judgement: Judgement

    @property
    def actual(self) -> Observation:
        """What was observed of its first part."""
        return self.parts[0].actual if self.parts else Missing()

    @property
    def running(self) -> bool:
        """Whether its figure is a running total of the year."""
        return bool(self.parts) and self.parts[0].cumulative

    @property
    def needs_person(self) -> bool:
        """Whether nothing but a person's judgement will give it a lamp."""
        return self.by_person and self.judgement.lamp is Lamp.NONE and bool({"by_hand", "missing"} & set(self.judgement.notes))

    @property
    def by_person(self) -> bool:
        """Whether a person may judge its tier: a target in words, which no figure settles."""
        return in_words(self.target)


def is_provisional(row: MonitoringRow) -> bool:
    """Whether its lamp burns by the figure of an earlier data year, because the statistic of this one is not out."""
    return row.state == State.WAITING.value and row.lamp not in ("", Lamp.NONE.value)


def is_unknown(one: Judged) -> bool:
    """Whether something of a target in figures is due by its curve, and there is no figure."""
    return "missing" in one.judgement.notes and (isinstance(one.target, (*NUMERIC, Parts, Relative)))


def in_words(target: Value | None) -> bool:
    """Whether a target is one of words, a grade or 完成, so that a person may say how far it is met."""
    return target is not None and not isinstance(target, (*NUMERIC, Parts))


def policy_of(name: str) -> Policy:
    """The policy of a round."""
    return policy_chosen(name)


def judged_rows(report: MonitoringReport, rows: Collection[MonitoringRow]) -> list[Judged]:
    """Each row judged on the report's day. As many queries for one row as for all."""
    year, day = report.table.year, report.round.last
    policy = policy_of(report.round.policy)
    along = curves_of([row.indicator_row for row in rows], report.table, policy)
    documents = documents_of(rows, year)
    found = []
    for row in rows:
        parts = observed(row, documents, year)
        curve = along[row.indicator_id]
        each = [
            judge(part.target, part.actual, curve.curve, day, policy, cumulative=part.cumulative, tier=row.tier, name=part.name)
            for part in parts
        ]
        found.append(Judged(row, target_of(row.indicator_row, year), parts, curve, joined(parts, each)))
    return found


def joined(parts: Sequence[Observed], each: Sequence[Judgement]) -> Judgement:
    """Several parts as one: the weakest decides, and what was not reported never makes the whole look good."""
    if len(each) == 1:
        return each[0]
    if not each:
        return Judgement(Lamp.NONE, steps=(step("missing_figure"),), notes=("missing",))
    steps: list[Step] = []
    for part, found in zip(parts, each, strict=True):
        steps += (step("part", name=part.name), *found.steps)
    lamp, notes = worst(found.lamp for found in each), noted(one for found in each for one in found.notes)
    unknown = bool(UNKNOWN & set(notes))
    if unknown and lamp not in (Lamp.RED, Lamp.YELLOW):
        return Judgement(Lamp.NONE, steps=(*steps, step("incomplete")), notes=(*notes, "incomplete"))
    decisive = min(each, key=lambda found: list(Lamp).index(found.lamp))
    return Judgement(
        lamp, decisive.expected, None, decisive.ratio, decisive.attainment, (*steps, step("weakest", lamp=f"lamp.{lamp}")), notes
    )


def judge_report(report: MonitoringReport, rows: Collection[MonitoringRow], funds: Sequence[MonitoringFund]) -> Judgement:
    """Write the lamps of rows and report into them, not yet into the database. Gives the judgement of the money."""
    for one in judged_rows(report, rows):
        write(one)
    money = judge_money(funds, report.round.last, policy_of(report.round.policy), begun_in(report.table))
    report.budget_lamp, report.budget_trace = money.lamp.value, trace_of(money)
    report.goal_lamp = worst(Lamp(row.lamp) for row in rows if row.lamp).value
    report.lamp = of_whole(money.lamp, Lamp(report.goal_lamp)).value
    return money


def of_whole(money: Lamp, goals: Lamp) -> Lamp:
    """The lamp of a table. Money on pace says nothing of goals of which nothing is known: the whole is then without a lamp."""
    together = worst((money, goals))
    return Lamp.NONE if goals is Lamp.NONE and together not in (Lamp.RED, Lamp.YELLOW) else together


def write(one: Judged) -> None:
    """The judgement of a row into its columns."""
    found = one.judgement
    one.row.lamp, one.row.trace, one.row.curve = found.lamp.value, trace_of(found), curve_json(one.along)
    due = due_of(one)
    one.row.due = due if due is not None and abs(due) < LARGEST else None


def due_of(one: Judged) -> Decimal | None:
    """What was due, in the unit of the figure that stands beside it: of 1亿元 two thirds are 6666.6667万元. None where none was due."""
    due, unit = one.judgement.due, one.row.unit
    target = measured(one.parts[0].target) if len(one.parts) == 1 else None
    if due is None or target is None or not unit or unit == target.unit:
        return due
    one_of, share = in_unit(Decimal(1), unit), one.judgement.expected
    factor = conversion(Amount(Fraction(1), target.unit), Amount(Fraction(1), one_of.unit))
    if isinstance(factor, NotScored):
        return None
    exact = target.amount * share if share is not None else Fraction(due)
    return shown(exact * factor / Fraction(one_of.amount))


def trace_of(judgement: Judgement) -> list[dict[str, Any]]:
    """The steps and notes of a judgement as they are kept."""
    steps = [{"code": each.code, "parameters": dict(each.parameters)} for each in judgement.steps]
    return [*steps, *({"note": code} for code in judgement.notes)]


def trace_texts(trace: Iterable[dict[str, Any]]) -> list[Text]:
    """The kept steps as sentences in both languages."""
    steps = [Step(each["code"], tuple(each["parameters"].items())) for each in trace if "code" in each]
    return [Text(sentence(each, "zh"), sentence(each, "en")) for each in steps]


def note_texts(trace: Iterable[dict[str, Any]]) -> list[Text]:
    """The kept notes in both languages."""
    return [Text(note(each["note"]), note(each["note"], "en")) for each in trace if "note" in each]
