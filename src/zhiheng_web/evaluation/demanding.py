"""What a self-evaluation still lacks before it may be submitted: per row, and as a whole. Pure; every page and the submission ask it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal
from uuid import UUID

from zhiheng.audit.rules.self_evaluation import attainment
from zhiheng.plan.plan import Figure, Indicator
from zhiheng.scoring.observation import NotDue, Observation, Provisional, Reported
from zhiheng.scoring.proposal import expected_points
from zhiheng.scoring.scheme import Scheme
from zhiheng.scoring.scorecard import Blocked, RowScore
from zhiheng.scoring.scorecard import Refusal as NoScore
from zhiheng.scoring.trace import printed, told
from zhiheng.values.reading import Reading
from zhiheng.values.value import Quantity
from zhiheng_web.evaluation.declaring import left_to_a_person
from zhiheng_web.evaluation.ground import Scored
from zhiheng_web.evaluation.judging import judgeable
from zhiheng_web.evaluation.loading import Filled
from zhiheng_web.evaluation.models import SelfEvaluationRow
from zhiheng_web.evaluation.observing import undeclared
from zhiheng_web.planning.weighing import sum_text
from zhiheng_web.wording import Text

OVER = Fraction(13, 10)
"""Where the scheme sets no bound: more than 130 % of a target has to be explained (偏离度 as provinces use it for monitoring)."""
Where = Literal["points", "money", "payments", "row", "words", "actual", "scheme"]


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that is wanted of a row. ``field`` is the input it is about, ``code`` the audit rule that asks for it, '' if none does."""

    field: str
    text: Text
    code: str = ""


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing that is wanted of the whole. ``where`` is the place where it is done, ``row`` the row it is about."""

    text: Text
    where: Where
    row: UUID | None = None


REASON = Text("写明偏差原因：得分不足满分", "say why it is not full points")
OVER_REASON = Text("说明超额原因：完成率明显高于目标", "say why the result is far above the target")
TOO_LOW = Text("说明超额原因：完成率过高，目标可能定得过低", "say why the result is so far above the target, which may have been too low")
IMPROVE = Text("写明改进措施", "say what will be done about it")
JUDGE = Text("评定档次与得分，并写明依据", "judge it: tier, points and what they rest on")
NOT_OUT = Text(
    "数据还没有：发布后更新实际值，或由人评定并写明依据",
    "there is no figure yet: take it when it is out, or judge it and say on what basis",
)
SEVERAL = Text(
    "目标有几项，申报的一个数不能代表各项：请办理“人工评定”，在评定依据中写明各项完成数；要分项申报的，办理目标调整把各项分成几个指标",
    "the target has several parts, for which one figure cannot stand: judge it, with the figure of each part as its basis, or have it "
    "divided into several indicators by an adjustment",
)
CONFIRM = Text("人工改分待第二人确认，确认前不计入", "the override waits for a second person and does not count until then")
VOID = Text(
    "人工改分已失效（该行退出总分或分值已变），请撤回后重定",
    "the override holds no longer (the row left the total, or has fewer points): take it back",
)
YEARS_FIGURE = Text(
    "申报全年实际完成值：以前申报的是年中的数，不能作为全年的数",
    "declare the figure of the year: what was declared before is of another day of it",
)
JUDGED_BEFORE = Text(
    "已有实际完成值，应按公式计分，原人工评定（{points} 分）不能再用：请撤销评定；确需改分的，办理“人工改分”",
    "there is a figure by now, which is scored by formula: take the judgement ({points} points) back; to change its score use an override",
)
POINTS_REASON = Text("写明调整分值的理由", "say why the approved points were changed")
HEAD = {
    "goal_actual": Text("填写年度总体目标完成情况", "Write what came of the goal of the year"),
    "overview": Text("填写自评工作开展情况", "Write how the self-evaluation was done"),
    "problems": Text(
        "未得满分、超预算执行或全年预算为 0：填写存在问题及原因分析",
        "Not full points, overspent, or no budget: write the problems and their reasons",
    ),
    "improvements": Text(
        "未得满分、超预算执行或全年预算为 0：填写下一步改进措施",
        "Not full points, overspent, or no budget: write what will be done",
    ),
}
NO_MONEY = Text("没有登记该表的预算，无法计算预算执行率", "No budget is recorded for this table: there is no execution rate")
NO_PAYMENTS = Text(
    "尚无支付数据，预算执行率按 0 分计。请导入国库支付",
    "No payments are known: the execution rate scores 0. Import the treasury's payments",
)
PAYMENTS_UNTIL = Text(
    "支付数据至{month}月。请导入以后各月的国库支付；确未发生支付的，请填写支付情况说明",
    "Payments are known to month {month}. Import those of the later months, or state that nothing was paid in them",
)
BLOCKED = Text("“{name}”：{reason}", "“{name}”: {reason}")
COLUMNS: dict[str, tuple[Text, Where]] = {
    "weight": (
        Text("各指标还没有分值。请先设置分值（可采纳建议）", "No points are set. Set them first; a proposal is offered"),
        "points",
    ),
    "target": (Text("表中没有可以比较的目标值", "The table has no targets that can be compared"), "row"),
    "indicators": (Text("表中没有指标", "The table has no indicators"), "row"),
    "actual": (Text("没有实际完成值", "There are no actual values"), "actual"),
}
PLACES: dict[str, Where] = {
    "weight_missing": "points",
    "weight_negative": "points",
    "executed_missing": "money",
    "budget_missing": "money",
    "zero_budget": "money",
    "negative_amount": "money",
}


def refused(filled: Filled, refusal: NoScore) -> list[Todo]:
    """Why the library gives no score, as things to do, each with its place."""
    found = [Todo(*COLUMNS[column]) for column in refusal.columns if column in COLUMNS]
    return found + [blocked(filled, one) for one in refusal.rows]


def blocked(filled: Filled, one: Blocked) -> Todo:
    """One row that stops the score."""
    if one.index is None:
        said = NO_MONEY if one.reason in ("executed_missing", "budget_missing") else reason_text(one)
        return Todo(said, PLACES.get(one.reason, "money"))
    text = BLOCKED.with_(name=one.name, reason=reason_text(one))
    return Todo(text, PLACES.get(one.reason, "row"), filled.rows[one.index].pk)


def reason_text(one: Blocked) -> Text:
    """The library's reason in both languages."""
    return Text(told(f"reason.{one.reason}", one.parameters, "zh"), told(f"reason.{one.reason}", one.parameters, "en"))


def sums(filled: Filled) -> list[Todo]:
    """Points that do not sum to what the scheme leaves them."""
    execution, expected = expected_points(filled.scheme)
    points = [row.points for row in filled.rows]
    total = sum((one for one in points if one is not None), Decimal(0))
    if all(one is None for one in points) or total == expected:
        return []
    return [Todo(sum_text(total, expected, execution), "points")]


def whole(filled: Filled, scored: Scored | NoScore) -> list[Todo]:
    """Everything wanted of the table as a whole."""
    todos = sums(filled)
    if isinstance(scored, NoScore):
        return todos + refused(filled, scored)
    execution = next((row for row in scored.card.rows if row.index is None), None)
    if filled.scheme.weight("execution") and execution is None and not todos:
        todos.append(Todo(NO_MONEY, "money"))
    if execution is not None and "missing" in execution.notes:
        todos.append(Todo(NO_PAYMENTS, "payments"))
    if execution is not None and filled.unknown_since is not None and not filled.unpaid_stated:
        todos.append(Todo(PAYMENTS_UNTIL.with_(month=filled.unknown_since), "payments"))
    return todos + words(filled, scored)


def words(filled: Filled, scored: Scored) -> list[Todo]:
    """The words of the head: what came of the goal always; problems and improvements where points were lost or too much spent."""
    short = any(row.low < row.effective or {"overspent", "zero_budget"} & set(row.notes) for row in scored.card.rows)
    wanted = ("goal_actual", "overview", *(("problems", "improvements") if short else ()))
    return [Todo(HEAD[name], "words") for name in wanted if not getattr(filled.evaluation, name).strip()]


def demands(filled: Filled, scored: Scored | NoScore) -> Mapping[int, tuple[Demand, ...]]:
    """What is wanted of each row that has a score, by its place in the table."""
    found: dict[int, tuple[Demand, ...]] = {}
    if isinstance(scored, NoScore):
        return {index: own for index, row in enumerate(filled.rows) if (own := tuple(of_points(filled, index, row)))}
    plan = filled.ground.table.plan
    for score in scored.card.rows:
        if score.index is None:
            continue
        row, index = filled.rows[score.index], score.index
        own = [*of_declared(row, score), *of_points(filled, index, row), *of_override(row, index in scored.overridden, score)]
        own += of_judgement(filled, index, row)
        own += of_row(row, score, filled.ground.observed[index], filled.scheme, plan.indicators[index])
        if own:
            found[index] = tuple(own)
    return found


def of_declared(row: SelfEvaluationRow, score: RowScore) -> list[Demand]:
    """A row declared for a day of the year and not for its end asks for the year's figure."""
    wanted = score.state == "missing" and row.snapshot is not None and score.effective > 0 and not left_to_a_person(row)
    return [Demand("actual", YEARS_FIGURE)] if wanted and undeclared(row.snapshot.value) else []


def of_points(filled: Filled, index: int, row: SelfEvaluationRow) -> list[Demand]:
    """Approved points that were changed need a reason."""
    approved = filled.approved[index]
    changed = approved is not None and row.points != approved
    return [Demand("points_reason", POINTS_REASON)] if changed and not row.points_reason.strip() else []


def of_override(row: SelfEvaluationRow, holds: bool, score: RowScore) -> list[Demand]:
    """An override that nobody confirmed, or that can hold no longer."""
    if row.override is None:
        return []
    if row.override_confirmed_by_id is None:
        return [Demand("override", CONFIRM)]
    return [] if holds or (score.effective > 0 and row.override <= score.effective) else [Demand("override", VOID)]


def of_judgement(filled: Filled, index: int, row: SelfEvaluationRow) -> list[Demand]:
    """A judgement of a row that the rules alone can score by now: the figure came after it, and no hand stands before a figure."""
    if row.tier is None or row.judged is None or judgeable(filled, index):
        return []
    return [Demand("tier", JUDGED_BEFORE.with_(points=f"{row.judged.normalize():f}"))]


def of_row(row: SelfEvaluationRow, score: RowScore, observed: Observation, scheme: Scheme, indicator: Indicator) -> list[Demand]:
    """Judgement, reason and improvement of one row (S04, S05, S06). A row that left the total owes nothing."""
    if score.effective <= 0:
        return []
    if score.state == "missing" and left_to_a_person(row):
        return [Demand("tier", SEVERAL)]
    if score.points is None:
        return [Demand("tier", NOT_OUT if isinstance(observed, NotDue) else JUDGE)]
    wanted: list[Demand] = []
    if score.points < score.effective:
        if not row.reason.strip():
            wanted.append(Demand("reason", REASON, "S04"))
        if not row.improvement.strip():
            wanted.append(Demand("improvement", IMPROVE))
        return wanted
    if not row.reason.strip() and (over := above(score, observed, scheme, indicator)) is not None:
        wanted.append(over)
    return wanted


def above(score: RowScore, observed: Observation, scheme: Scheme, indicator: Indicator) -> Demand | None:
    """Whether a result is so far above its target that it must be explained."""
    if "target_too_low" in score.notes:
        return Demand("reason", TOO_LOW, "S06")
    if "explain_over" in score.notes:
        return Demand("reason", OVER_REASON, "S05")
    if scheme.number("over.explain_above") is not None:
        return None
    rate = attained(indicator, observed)
    return Demand("reason", OVER_REASON, "S05") if rate is not None and rate > OVER else None


def attained(indicator: Indicator, observed: Observation) -> Fraction | None:
    """Actual over target of a rising number."""
    match observed:
        case Reported(value) | Provisional(_, value) if isinstance(value, Quantity):
            figure = Figure(Reading(printed(value.amount), value))
        case _:
            return None
    return attainment(with_actual(indicator, figure))


def with_actual(indicator: Indicator, figure: Figure) -> Indicator:
    """The row with an actual."""
    return replace(indicator, actual=figure)


def left(todos: Sequence[Todo], rows: Mapping[int, Sequence[Demand]]) -> int:
    """还差 n 项."""
    return len(todos) + sum(len(own) for own in rows.values())
