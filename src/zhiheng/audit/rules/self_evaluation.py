"""S01-S15: 绩效自评, what the office awarded against its own table, its evidence and its review.

Rules on single rows look at rows with points and
a score; a form without these columns is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache, partial

from zhiheng.audit.money import printed
from zhiheng.audit.rule import Case, Hit, family
from zhiheng.audit.rules.evidence import s13, s14
from zhiheng.audit.rules.weights import s01
from zhiheng.audit.scored import Award, award, cut_off, doubtful, execution, plain
from zhiheng.audit.standing import PERCENT, level, stated
from zhiheng.audit.wording import named, normal, placeholder, row_text, says_nothing
from zhiheng.plan.plan import Figure, Indicator, Plan
from zhiheng.scoring.funds import total_fund
from zhiheng.scoring.recompute import Recomputation, RowCheck, Verdict, recompute
from zhiheng.scoring.rounding import ROUNDINGS
from zhiheng.scoring.scheme import Scheme
from zhiheng.scoring.scheme_file import scheme
from zhiheng.scoring.scorecard import Refusal
from zhiheng.scoring.words import tier_of
from zhiheng.values.direction import Direction, direction
from zhiheng.values.value import Cadence, Quantity, Unresolved

NO_DEVIATION = re.compile(
    r"(?:不?存在|没有|未?有|未?出现|未发生)?无?(?:明显|较大|重大)?偏差(?:情况|原因)?|无(?:需|须)?(?:改进|说明|整改).*|无偏离|正常|不涉及"
)
DENIED = re.compile(r"未(?:能|按[^，。；]{0,6})?(?:完成|达成|达到|实现)|没有完成|不达标|未达标")
CLAIMED = re.compile(
    r"(?:超额|已|全部|全面|圆满|如期|按期|按时|顺利|100%)[^，。；不未没]{0,8}(?:完成|达成|达到|实现)"
    r"|^(?:完成|超额)|达标$|(?:任务|目标|指标)(?:已|均已|全部)?完成$"
)
SURVEY = ("问卷", "调查", "样本", "回访", "抽样", "测评", "访谈", "评议")


def key(name: str) -> str:
    """The full key of a parameter of this family."""
    return f"audit_self_evaluation.{name}"


def variant(plain_hit: Hit, name: str) -> Hit:
    """The hit with another sentence."""
    return Hit(plain_hit.subject, plain_hit.place, plain_hit.parameters, variant=name)


def awards(case: Case) -> Iterator[tuple[int, Indicator, Award]]:
    """Rows with points and a score."""
    for index, row in case.rows():
        given = award(row)
        if given is not None:
            yield index, row, given


def recomputed(case: Case) -> Recomputation | None:
    """The table scored again; None where it cannot be (no points, no actuals): its columns are the business of other rules."""
    found = of_plan(case.plan)
    return found if isinstance(found, Recomputation) else None


@lru_cache(maxsize=1)
def of_plan(plan: Plan) -> Recomputation | Refusal:
    """One recomputation for all rules: they run over one table after the other."""
    return recompute(plan)


def in_use(case: Case) -> Scheme:
    """The scheme the table follows, as far as its own figures show, else the general one."""
    found = recomputed(case)
    return found.inference.scheme if found is not None else scheme()


def unexplained(row: Indicator) -> bool:
    """Neither the column of reasons nor the remark says anything."""
    return says_nothing(row.reason) and says_nothing(row.remark)


def s02(case: Case) -> Iterator[Hit]:
    """Scores beyond their points or below zero, and totals that are no sum."""
    for index, row, given in awards(case):
        if not 0 <= given.points <= given.weight:
            yield case.at(index, "points", row.points, points=printed(given.points), weight=printed(given.weight))
    fund = execution(case.plan)
    if fund is not None and (points := plain(fund.score)) is not None:
        weight = plain(fund.points) or Decimal(0)
        if not 0 <= points <= weight:
            hit = case.whole("budget.funds", fund.score, points=printed(points), weight=printed(weight))
            yield variant(hit, "execution")
    total, found = plain(case.plan.total_points), sums(case)
    if total is not None and found is not None and not doubtful(case.table) and not any(as_printed(exact, total) for exact in found):
        hit = case.whole("total_points", case.plan.total_points, total=printed(total), sum=printed(found[0]))
        yield variant(hit, "total")


def sums(case: Case) -> tuple[Decimal, ...] | None:
    """What the scores add up to, with and without the execution rate where the form leaves that open; None if one is not known."""
    rows = [row for _, row in case.rows() if plain(row.weight)]
    given = [plain(row.points) for row in rows]
    known = [points for points in given if points is not None]
    if not rows or len(known) != len(given):
        return None
    indicators = sum(known, Decimal(0))
    fund = total_fund(case.plan)
    score = plain(fund.score) if fund is not None else None
    if fund is not None and score is None and plain(fund.points):
        return None
    return (indicators + score,) if score is not None else (indicators,)


def as_printed(exact: Decimal, total: Decimal) -> bool:
    """The total is the sum within 0.01, or the sum as it looks in the total's own number of decimals."""
    if abs(exact - total) <= Decimal("0.01"):
        return True
    places = max(-int(total.as_tuple().exponent), 0)
    ways = [way for way in ROUNDINGS.values() if way.places == places]
    return any(way.apply(Fraction(exact)) == total for way in ways)


def s03(case: Case) -> Iterator[Hit]:
    """Scores that target, actual and points do not give, beyond the table's own way of rounding.

    A score outside its tier is S07's, one beyond its points S02's.
    """
    found = recomputed(case)
    for check in found.rows if found is not None else ():
        if check.index is None or not wrong(check) or check.method == "tiers":
            continue
        row = case.plan.indicators[check.index]
        given = award(row)
        if given is None or row.target is None or row.actual is None or not 0 <= given.points <= given.weight:
            continue
        figures = {"points": printed(given.points), "weight": printed(given.weight), "expected": expected(check)}
        yield case.at(check.index, "points", row.points, target=row.target.text, actual=row.actual.text, **figures)


def wrong(check: RowCheck) -> bool:
    """The published figure is another than the recomputed one, or outside the range a person may give."""
    return check.verdict in (Verdict.DIFFERS, Verdict.OUTSIDE)


def expected(check: RowCheck) -> str:
    """What the figure should be: a number, or the range a person may give."""
    if check.expected is not None:
        return printed(check.expected)
    return f"{printed(check.low or Decimal(0))}–{printed(check.high or Decimal(0))}"


def s15(case: Case) -> Iterator[Hit]:
    """Execution points that budget and spending do not give."""
    found, fund = recomputed(case), execution(case.plan)
    if found is None or fund is None or found.execution is None or not wrong(found.execution):
        return
    cells = {"points": fund.score, "weight": fund.points, "executed": fund.executed, "budget": fund.budget or fund.initial}
    texts = {name: cell.text if cell is not None else "" for name, cell in cells.items()}
    yield case.whole("budget.funds", fund.score, **texts, expected=expected(found.execution))


def s04(case: Case) -> Iterator[Hit]:
    """Points taken off without a word. In a form that has no column for it nothing can be said."""
    for index, row, given in awards(case):
        if given.points < given.weight and row.reason is not None and empty_reason(row.reason.text):
            yield case.at(index, "reason", row.reason, points=printed(given.points), weight=printed(given.weight))


def empty_reason(text: str) -> bool:
    """Nothing, a placeholder, or a bare 0."""
    bare = normal(text)
    return not bare or placeholder(text) or bare in ("0", "无。", "没有") or bool(NO_DEVIATION.fullmatch(bare))


def attainment(row: Indicator) -> Fraction | None:
    """Actual over target of a rising number, None for all else. Less of what should not happen is no over-achievement."""
    if row.target is None or row.actual is None or not stated(row.target) or not stated(row.actual):
        return None
    value = row.target.reading.value
    if not isinstance(value, Quantity | Cadence) or direction(row.name.text, value) is Direction.FALLING:
        return None
    target, actual = level(value, row.name.text), level(row.actual.reading.value, row.name.text)
    if target is None or actual is None or (target.unit != actual.unit and "" not in (target.unit, actual.unit)):
        return None
    if target.unit != actual.unit and PERCENT in (target.unit, actual.unit) and (actual.low or 0) <= 1:
        return None
    aim = target.high if target.high is not None else target.low
    return actual.low / aim if aim and aim > 0 and actual.low is not None else None


def over(case: Case, *, above: str, upto: str | None) -> Iterator[Hit]:
    """Rows with full points and no explanation whose attainment lies above one bound and not above the next."""
    rules = in_use(case)
    low, high = rules.number(above), rules.number(upto) if upto else None
    for index, row, given in awards(case):
        rate = attainment(row)
        if rate is None or low is None or rate <= low or (high is not None and rate > high):
            continue
        if given.full and unexplained(row) and row.actual is not None and row.target is not None:
            percent = f"{printed(ROUNDINGS['half_up_1'].apply(rate * 100))}%"
            yield case.at(index, "actual", row.actual, actual=row.actual.text, target=row.target.text, percent=percent)


def tiered(row: Indicator) -> bool:
    """The actual is one of the three tiers of the form."""
    return row.actual is not None and tier_of(row.actual.reading.value) is not None


def s07(case: Case) -> Iterator[Hit]:
    """Tiers and scores that do not belong together."""
    bands = in_use(case).bands("tiers.bands")
    for index, row, given in awards(case):
        tier = tier_of(row.actual.reading.value) if row.actual is not None else None
        if tier is None or row.actual is None or not 0 <= given.points <= given.weight:
            continue
        floor, ceiling = bands[tier - 1][0], Fraction(bands[tier - 1][1])
        share = Fraction(given.points) / Fraction(given.weight)
        if not (floor <= share < ceiling or (tier == 1 and share == ceiling)):
            band = f"{number(floor * Fraction(given.weight))}–{number(ceiling * Fraction(given.weight))}"
            figures = {"points": printed(given.points), "weight": printed(given.weight), "band": band}
            yield case.at(index, "points", row.points, actual=row.actual.text, **figures)


def number(exact: Fraction) -> str:
    """A number of at most two decimals, cut."""
    return printed(Decimal(exact.numerator * 100 // exact.denominator) / 100)


def s08(case: Case) -> Iterator[Hit]:
    """Full points throughout, or next to it."""
    given = [award for _, _, award in awards(case)]
    if len(given) < case.parameters.number(key("least_rows")) or cut_off(case.table):
        return
    if all(one.full for one in given):
        yield case.column("points", count=len(given))
        return
    total, rate = plain(case.plan.total_points), execution_rate(case)
    if total is None or rate is None:
        return
    if total >= case.parameters.number(key("near_full")) and rate >= case.parameters.number(key("near_full_execution")):
        hit = case.whole("total_points", case.plan.total_points, total=printed(total), rate=f"{number(rate)}%")
        yield variant(hit, "total")


def execution_rate(case: Case) -> Fraction | None:
    """全年执行数 over 全年预算数 in per cent."""
    fund = total_fund(case.plan)
    if fund is None:
        return None
    spent, budget = (amount_of(figure) for figure in (fund.executed, fund.budget or fund.initial))
    return spent / budget * 100 if spent is not None and budget else None


def amount_of(figure: Figure | None) -> Fraction | None:
    """An amount of money in its base unit."""
    found = level(figure.reading.value) if figure is not None else None
    return found.low if found is not None and found.low == found.high else None


def s09(case: Case) -> Iterator[Hit]:
    """A tier and nothing else as actual."""
    grounds = case.context.grounds or {}
    for index, row in case.rows():
        if row.actual is not None and tiered(row) and not tells_more(row, grounds.get(index, "")):
            yield case.at(index, "actual", row.actual, actual=row.actual.text)


def tells_more(row: Indicator, grounds: str = "") -> bool:
    """The column of reasons, the remark or what the judgement rests on holds more than a placeholder or another verdict."""
    texts = [*(cell.text for cell in (row.reason, row.remark) if cell is not None), grounds]
    return any(len(normal(text)) > 6 for text in texts if not empty_reason(text))


def s10(case: Case) -> Iterator[Hit]:
    """Satisfaction of 100 % with no survey named anywhere in the table."""
    notes = " ".join(cell.text for _, cell in case.plan.notes)
    for index, row in case.rows():
        if row.actual is None or not named(row_text(row, "category", "name"), ("满意",)):
            continue
        surveyed = named(row_text(row, "definition", "reason", "remark", "rule", "actual") + notes, SURVEY)
        if complete(row.actual, row.name.text) and not surveyed:
            yield case.at(index, "actual", row.actual, actual=row.actual.text)


def complete(actual: Figure, name: str) -> bool:
    """100 %, also as a bare 100 under a rate: of satisfaction it can mean nothing else."""
    value = actual.reading.value
    for meant in value.candidates if isinstance(value, Unresolved) else (value,):
        found = level(meant, name) if isinstance(meant, Quantity) else None
        if found is not None and found.low == 100 and found.unit in (PERCENT, ""):
            return True
    return False


def s11(case: Case) -> Iterator[Hit]:
    """Grades that are not those of the total."""
    total, grade = plain(case.plan.total_points), case.plan.grade
    if total is None or grade is None or not 0 <= total <= 100:
        return
    rules = in_use(case)
    names = [name for _, name in rules.bands("grades.bands")]
    stated_grade = next((name for name in names if re.fullmatch(rf"{name}(?:秀|好|等|级|级别)?", normal(grade.text))), "")
    due = rules.grade(Fraction(total) / 100)
    if stated_grade and stated_grade != due:
        yield case.whole("grade", grade, total=printed(total), due=due, grade=grade.text)


def s12(case: Case) -> Iterator[Hit]:
    """Full points with a deviation column that says done, or not done. A surplus above the bound has to be told there."""
    bound = in_use(case).number("over.explain_above")
    for index, row, given in awards(case):
        if not given.full or row.reason is None or empty_reason(row.reason.text):
            continue
        rate = attainment(row)
        surplus = bound is not None and rate is not None and rate > bound
        text = normal(row.reason.text)
        if DENIED.search(text) or (CLAIMED.search(text) and not surplus):
            yield case.at(index, "reason", row.reason, reason=row.reason.text)


RULES = family(
    "self_evaluation",
    {
        "S01": s01,
        "S02": s02,
        "S03": s03,
        "S04": s04,
        "S05": partial(over, above="over.explain_above", upto="over.deduct_above"),
        "S06": partial(over, above="over.deduct_above", upto=None),
        "S07": s07,
        "S08": s08,
        "S09": s09,
        "S10": s10,
        "S11": s11,
        "S12": s12,
        "S13": s13,
        "S14": s14,
        "S15": s15,
    },
)
