"""自评表 and 自评报告 from what was kept of a submitted self-evaluation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils import timezone

from zhiheng.plan.plan import Cell, Figure, Fund, Plan
from zhiheng.reports.papers.content import Content
from zhiheng.reports.papers.outline import Money
from zhiheng.reports.papers.prose import amount
from zhiheng.reports.papers.self_evaluation_report import Override, Part, Report, self_evaluation_report
from zhiheng.reports.papers.self_evaluation_table import Changed, Evaluated, Result, self_evaluation_table
from zhiheng.scoring.observation import Missing, NotDue, NothingDue, NotOrganised, Observation, Provisional
from zhiheng.scoring.scorecard import RowScore
from zhiheng_web.evaluation.issuing.heads import headed, kind_words, office_of, signature
from zhiheng_web.evaluation.issuing.subjects import Subject
from zhiheng_web.evaluation.models import SelfEvaluation
from zhiheng_web.evaluation.queries.self_evaluation_paper import Paper, paper_of
from zhiheng_web.evaluation.rescoring import ground_of, payments_said
from zhiheng_web.evaluation.value_words import value_words

LEFT, EXECUTION = "—", "预算执行率"
WAN = Decimal(10_000)
OUTCOMES = ("得满分", "扣分", "未计分", "未到期", "无应办事项", "未组织", "暂定值", "尚无数据")
"""How rows came out, in the order in which a report names them."""


def table_of(subject: Subject, number: str) -> Content:
    """The table with its sheet for signatures."""
    paper = paper_of(subject.row)
    plan = headed(paper.table.plan, subject.row.table)
    scores = {row.index: row for row in paper.card.rows}
    rows = [evaluated(paper, plan, index, scores.get(index)) for index in range(len(plan.indicators))]
    remarks = [edition_words(subject.row, "本表"), *(said.zh for said in payments_said(subject.row.frozen.get("payments") or {}))]
    result = Result(paper.card.ceiling, paper.card.total, paper.card.grade, paper.words["goal_actual"], paper.card.provisional, remarks)
    opinions = signature("自评表报送", subject.row.submitted_by, subject.row.submitted_at)
    funds = [money(fund) for fund in plan.budget.funds]
    return self_evaluation_table(plan, number, funds, rows, result, opinions, kind=subject.row.table.kind)


def edition_words(evaluation: SelfEvaluation, paper: str) -> str:
    """Of a correction: which edition it is, what it replaces with the result that no longer holds, and why; '' of a first edition."""
    old = evaluation.replaces
    if old is None:
        return ""
    was = f"总分{amount(old.total)}分" if old.total is not None else "总分未定"
    grade = f"，等级为“{old.grade}”" if old.grade else ""
    reason = "".join(line.strip() for line in evaluation.correction_reason.splitlines()).rstrip("。")
    return f"{paper}为第{evaluation.edition}版，更正第{old.edition}版（{was}{grade}），更正原因为{reason}。"


def evaluated(paper: Paper, plan: Plan, index: int, score: RowScore | None) -> Evaluated:
    """One row. What left the total has a dash for its points, what nobody has scored has none."""
    row = plan.indicators[index]
    left = score is None or score.effective <= 0
    weight = LEFT if score is None or left else score.effective
    points = None if left else "" if score is None or score.points is None else score.points
    actual = value_words(paper.evaluation.frozen or {}, index).zh
    reason = row.reason.text if row.reason else ""
    return Evaluated(actual, weight, points, reason, changed(paper, index), score is not None and score.provisional)


def changed(paper: Paper, index: int) -> Changed | None:
    """人工改分 of the row, with both persons."""
    if index not in paper.overrides:
        return None
    computed, _, reason, by, confirmed = paper.overrides[index]
    return Changed(computed or LEFT, reason, by, confirmed)


def money(fund: Fund) -> Money:
    """A row of 项目资金 in the words of the table."""
    said = {name: words(getattr(fund, name)) or None for name in ("initial", "budget", "executed", "points", "rate", "score")}
    return Money(fund.name.text, **said)


def words(figure: Figure | Cell | None) -> str:
    """The words of a cell; '' of none."""
    return "" if figure is None else figure.text


def report_of(subject: Subject, number: str, finance: str) -> Content:
    """The letter that goes with the table, to the office of that name."""
    evaluation = subject.row
    paper, table, frozen = paper_of(evaluation), evaluation.table, evaluation.frozen
    funds = frozen["funds"]
    spent = [Decimal(one["executed"]) for one in funds if one["executed"] is not None]
    whole = paper.table.plan.budget.funds[:1]
    submitted = evaluation.submitted_at
    report = Report(
        issuer=office_of(table),
        to=finance, subject=kind_words(table), year=table.year, day=timezone.localdate(submitted) if submitted else None,
        overview=paper.words["overview"], budget=sum((Decimal(one["budget"]) for one in funds), Decimal(0)) / WAN if funds else None,
        executed=sum(spent) / WAN if spent else None, rate=words(whole[0].rate) if whole else "",
        states=states(paper), goal_actual=paper.words["goal_actual"], full=paper.card.ceiling, total=paper.card.total,
        grade=paper.card.grade, provisional=paper.card.provisional, parts=parts(paper),
        overrides=list(overrides(paper)), problems=paper.words["problems"],
        improvements=paper.words["improvements"], correction=edition_words(evaluation, "本报告"),
    )  # fmt: skip
    return self_evaluation_report(number, report)


def states(paper: Paper) -> list[tuple[str, int]]:
    """How many rows came out how."""
    observed = ground_of(paper.evaluation.frozen or {}).observed
    scores = {row.index: row for row in paper.card.rows}
    found = Counter(outcome(observed.get(index), scores.get(index)) for index in range(len(paper.table.plan.indicators)))
    return [(name, found[name]) for name in OUTCOMES if found[name]]


def outcome(observed: Observation | None, score: RowScore | None) -> str:
    """How one row came out: a state where there is no figure, else whether it got all its points."""
    match observed:
        case NotDue():
            return "未到期"
        case NothingDue():
            return "无应办事项"
        case NotOrganised():
            return "未组织"
        case Provisional():
            return "暂定值"
        case None | Missing():
            return "尚无数据"
    if score is None or score.points is None or score.effective <= 0:
        return "未计分"
    return "得满分" if score.points >= score.effective else "扣分"


def parts(paper: Paper) -> list[Part]:
    """What the total is the sum of: the money, then each level or duty in the order of the table. A part with an open row has no sum."""
    found: dict[str, list[RowScore]] = {}
    for row in paper.card.rows:
        found.setdefault(part_name(paper.table.plan, row.index), []).append(row)
    return [Part(name, sum((row.effective for row in rows), Decimal(0)), _sum(rows)) for name, rows in found.items()]


def _sum(rows: Sequence[RowScore]) -> Decimal | None:
    given = [row.points for row in rows if row.effective > 0]
    return None if not given or None in given else sum((points for points in given if points is not None), Decimal(0))


def part_name(plan: Plan, index: int | None) -> str:
    """The level-1 indicator or the duty that a row stands under."""
    if index is None:
        return EXECUTION
    row = plan.indicators[index]
    if row.category:
        return row.category[0]
    duty = next((one for one in plan.duties if one.number == row.duty), None)
    return duty.name.text if duty is not None else "绩效指标"


def overrides(paper: Paper) -> Iterator[Override]:
    """Every change by hand."""
    for index, (computed, points, reason, by, confirmed) in paper.overrides.items():
        name = paper.table.plan.indicators[index].name.text
        yield Override(name, Decimal(computed) if computed else None, Decimal(points), reason, by, confirmed)
