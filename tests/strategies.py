"""Performance tables made up by the search: one strategy per official form, typed as a reader of the form types them.

Texts hold what breaks file formats: quotation marks, line breaks, tabs, markup, formulas, long runs; figures are of
every kind and state. What no reader can tell from the printed page is not made up: a level word under which a blank
one stands, a heading used as a name, blanks at the ends of a cell.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Sequence
from dataclasses import replace

from hypothesis import strategies as st

from zhiheng.plan.plan import Budget, Cell, Duty, Figure, Fund, Goal, Indicator, Labels, Plan, References
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context, Reading
from zhiheng.values.value import Unresolved

FIGURES = (
    "60家", "8个", "20万平方米", "25.81万平方米", "34.6%", "≥95%", "＞92%", "不少于3次", "≤65万元", "5000元/年", "3-5家",
    "90%-95%", "约100人", "应做尽做", "应审尽审", "全覆盖", "完成", "建立4项", "促成合作160项", "组织对接次数/对接企业数10",
    "完成1部宣传片,2套方案", "达到全省平均水平", "较上年提高5个百分点", "同比增长10%以上", "2020年12月31日前", "9月前", "上半年",
    "30个工作日", "优", "满意", "显著提升", "1:3", "2周/次", "每月8篇", "全省前5名", "0", "0家", "无", "/", "—", "不适用",
    "待统计发布", "2019年未组织申报", "XX%", "1", "省级以上3家", "2次/月", "", "",
)  # fmt: skip
SOURCES = ("内部统计", "统计局统计", "《关于加快建设高水平创新型省份实施方案》", "根据往年情况制定", "")
STEMS = (
    "高新技术企业认定", "科技型中小微企业入库", "农科驿站建设", "创新券兑现", "技术合同登记", "“一带一路”技术对接",
    "R&D投入<占比>", "科技 'A' \"B\" 培训", "𠮷田合作", "&amp;_x0041_<br>",
)  # fmt: skip
AWKWARD = "的科技<>&\"'“”，。；、（）%=+-@#$*_`~\\{}[]|^!?：é€𠮷" + string.ascii_letters + string.digits
FIRST_LEVELS = {
    "产出指标": ("数量指标", "质量指标", "时效指标"),
    "效益指标": ("经济效益指标", "社会效益指标"),
    "满意度指标": ("服务对象满意度指标",),
}


def tidy(text: str) -> str:
    """No blank lines, no blanks at the ends of lines: a web page does not show them."""
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


SAID = st.text(AWKWARD + " ", max_size=24)
PROSE = st.tuples(
    st.sampled_from(("", "=", "+", "-", "@", "1.", "")),
    st.sampled_from(STEMS),
    SAID,
    st.sampled_from(("", "\n", "\t", "  ", "\n- ")),
    SAID,
    st.sampled_from(("", "", "为临沂市产业企业转型升级提供技术支撑，" * 20)),
).map(lambda parts: tidy("".join(parts)))
"""Running text."""
MAYBE = st.one_of(st.just(""), PROSE)
NAMES = st.tuples(st.sampled_from(STEMS), st.text(AWKWARD, max_size=12)).map("".join)
"""Names stand on one line: a line broken inside a name is the printer's."""
FIGURE_TEXTS = st.sampled_from(FIGURES)
YEARS = st.integers(2018, 2029)
AMOUNTS = st.one_of(st.just(""), st.integers(0, 10**6).map(str), st.decimals(0, 10**5, places=2).map(str))


def figure(text: str, context: Context | None = None) -> Figure:
    """A figure as its text reads."""
    return Figure(parse(text, context or Context()))


def slid(text: str, context: Context) -> Figure:
    """A figure in a row that slid to the left, so that it may belong to the cell beside it."""
    return Figure(Reading(text, Unresolved((parse(text, context).value,), "shifted"), ()))


@st.composite
def duty_tables(draw: Callable[..., object]) -> Plan:
    """Plans on the duty table."""
    return _plan_by_duty(draw)


def _plan_by_duty(draw) -> Plan:  # type: ignore[no-untyped-def]
    year = draw(YEARS)
    names = draw(st.lists(NAMES, min_size=1, max_size=5))
    duties = tuple(Duty(number, Cell(name), Cell(draw(PROSE))) for number, name in enumerate(names, start=1))
    rows = tuple(_duty_row(draw, duty.number, year) for duty in duties for _ in range(draw(st.integers(1, 4))))
    amounts = [draw(st.integers(1, 99999)) for _ in range(2)]
    other = draw(st.sampled_from(("", "12万元")))
    money = [figure(text, Context(name="金额", unit="万元")) for text in (f"{sum(amounts)}万元", f"{amounts[0]}万元", other)]
    money += [figure(f"{amount}万元", Context(name="金额", unit="万元")) for amount in amounts]
    return Plan(
        title=f"{year}年部门预算整体绩效目标表",
        layout="duty-table",
        year=year,
        department=Cell("临沂市" + draw(st.sampled_from(("科学技术局", "水利局")))),
        budget=Budget("万元", *money),
        strategic_goal=Cell(draw(PROSE)),
        duties=duties,
        indicators=rows,
        labels=Labels("“十三五” 规划值", f"{year}年标准值", f"{year - 3}-{year - 1}年 均值", f"{year - 1}年值 (实际完成)"),
    )


def _duty_row(draw, duty: int, year: int) -> Indicator:  # type: ignore[no-untyped-def]
    name, definition = draw(NAMES), draw(MAYBE)
    around = Context(name=name, definition=definition, year=year)
    if draw(st.integers(0, 5)) == 0:
        mean, last = (slid(text, around) for text in (draw(st.sampled_from(("1项管理办法", "100家"))), "内部统计"))
        sources = ("内部统计", "")
    else:
        mean, last = (figure(draw(FIGURE_TEXTS), around) for _ in range(2))
        sources = (draw(st.sampled_from(SOURCES)), draw(st.sampled_from(SOURCES)))
    return Indicator(
        name=Cell(name),
        duty=duty,
        definition=Cell(definition),
        target=figure(draw(FIGURE_TEXTS), around),
        references=References(
            planned=figure(draw(FIGURE_TEXTS), around),
            standard=figure(draw(FIGURE_TEXTS), around),
            standard_source=Cell(sources[0]),
            mean=mean,
            last_year=last,
            history_source=Cell(sources[1]),
        ),
        remark=Cell(draw(MAYBE)),
        activity=Cell(draw(MAYBE)),
        project=Cell(draw(MAYBE)),
    )


@st.composite
def goal_declarations(draw: Callable[..., object]) -> Plan:
    """Plans on the national declaration of goals."""
    fields = draw(st.sets(st.sampled_from(("definition", "remark", "weight", "rule"))))
    return _national(draw, "goal-declaration", "项目支出绩效目标申报表", {"target", *fields})


@st.composite
def self_evaluations(draw: Callable[..., object]) -> Plan:
    """Plans on the national self-evaluation, with funds and points."""
    plan = _national(draw, "self-evaluation", "项目支出绩效自评表", {"target", "actual", "weight", "points", "reason"})
    amount = Context(name="金额", unit="万元")
    funds = tuple(
        Fund(
            Cell(name),
            *(figure(draw(AMOUNTS), amount) for _ in range(3)),
            points=figure(draw(st.sampled_from(("10", "—", "")))),
            rate=figure(draw(st.sampled_from(("100%", "98.5%", "")))),
            score=figure(draw(st.sampled_from(("10", "9.85", "—", "")))),
        )
        for name in ("年度资金总额", "其中：财政拨款", "上年结转资金", "其他资金")
    )
    grade = draw(st.sampled_from((None, Cell("优"), Cell("中"))))
    goals = tuple(replace(goal, actual=Cell(draw(PROSE))) for goal in plan.goals[:1])
    return replace(
        plan,
        budget=Budget("万元", funds=funds, total=funds[0].budget),
        goals=goals,
        total_weight=figure("100"),
        total_points=figure(draw(st.sampled_from(("100", "98.85")))),
        grade=grade,
    )


@st.composite
def monitoring_tables(draw: Callable[..., object]) -> Plan:
    """Plans on the monitoring table, under levels or under duties, with money, ticks and forecasts."""
    plan = _reached(draw, "monitoring", "项目支出绩效目标执行监控表")
    amount = Context(name="金额", unit="万元")
    funds = tuple(
        Fund(
            Cell(name),
            initial=figure(draw(AMOUNTS), amount),
            executed=figure(draw(AMOUNTS), amount),
            rate=figure(draw(st.sampled_from(("58.33%", "0%", "—", "")))),
            forecast=figure(draw(AMOUNTS), amount),
        )
        for name in ("年度资金总额", "其中：财政拨款", "其他资金")
    )
    last = draw(st.integers(1, 12))
    goals = (Goal(Cell(draw(PROSE))),) if not plan.duties else ()
    rows = tuple(_monitored(draw, row, plan.year or 0) for row in plan.indicators)
    months = (draw(st.integers(1, last)), last)
    return replace(plan, budget=Budget("万元", funds=funds), goals=goals, indicators=rows, months=months)


def _monitored(draw, row: Indicator, year: int) -> Indicator:  # type: ignore[no-untyped-def]
    around = Context(name=row.name.text, year=year)
    mark = st.sampled_from(("", "", "√", "资金未到位"))
    return replace(
        row,
        weight=None,
        points=None,
        actual=figure(draw(FIGURE_TEXTS), around),
        forecast=figure(draw(FIGURE_TEXTS), around),
        causes=tuple((name, Cell(draw(mark))) for name in ("经费保障", "制度保障", "人员保障", "硬件条件保障", "其他")),
        outlook=tuple((name, Cell(draw(mark))) for name in ("确定能", "有可能", "完全不可能")),
        reason=Cell(draw(MAYBE)),
        remark=Cell(draw(MAYBE)),
    )


@st.composite
def self_evaluations_by_duty(draw: Callable[..., object]) -> Plan:
    """Self-evaluations of a duty table; points that were changed by hand bear a star, which a footnote explains."""
    plan = _reached(draw, "self-evaluation", "部门整体支出绩效自评表", duties=True)
    notes = draw(st.sampled_from(((), ((Cell("注"), Cell("带*的得分为人工改分。" + "理由见复核记录，" * 9)),))))
    return replace(plan, total_weight=figure("100"), total_points=starred(draw), grade=Cell("良"), notes=notes)


def starred(draw) -> Figure:  # type: ignore[no-untyped-def]
    """Points, perhaps with the star of a footnote, which is no part of the figure."""
    points = parse(draw(st.sampled_from(("10", "9.5", "0"))), Context())
    return Figure(replace(points, text=points.text + draw(st.sampled_from(("", "*")))))


def _reached(draw, layout: str, title: str, duties: bool | None = None) -> Plan:  # type: ignore[no-untyped-def]
    year = draw(YEARS)
    by_duty = draw(st.booleans()) if duties is None else duties
    names = draw(st.lists(NAMES, min_size=1, max_size=4)) if by_duty else []
    held = tuple(Duty(number, Cell(name)) for number, name in enumerate(names, start=1))
    if by_duty:
        rows = [
            replace(_national_row(draw, ("", ""), REACHED, year), category=(), duty=duty.number)
            for duty in held
            for _ in range(draw(st.integers(1, 4)))
        ]
    else:
        rows = [_national_row(draw, path, REACHED, year) for path in _paths(draw)]
    return Plan(
        title=title,
        layout=layout,
        year=year,
        department=Cell("临沂市科学技术局"),
        duties=held,
        indicators=tuple(replace(row, points=starred(draw)) for row in rows),
    )


REACHED = {"target", "actual", "weight", "points", "reason"}


@st.composite
def graded_goals(draw: Callable[..., object]) -> Plan:
    """Plans with the columns 优, 良, 中, 差."""
    return _national(draw, "graded-goals", "部门整体支出绩效目标表", {"definition", "grades"})


def _national(draw, layout: str, title: str, fields: set[str]) -> Plan:  # type: ignore[no-untyped-def]
    year = draw(YEARS)
    rows = tuple(_national_row(draw, path, fields, year) for path in _paths(draw))
    amounts = (figure(draw(AMOUNTS.filter(bool)), Context(name="金额", unit="万元")) for _ in range(3))
    levels = draw(st.sampled_from(((), (("产出指标", "50"), ("效益指标", "30")))))
    notes = draw(st.sampled_from(((), ((Cell("项目属性"), Cell("延续性项目")),))))
    return Plan(
        title=title,
        layout=layout,
        year=year,
        department=Cell("临沂市科学技术局"),
        project=Cell(draw(NAMES)),
        unit=Cell("临沂市科技创新中心"),
        budget=Budget("万元", *amounts),
        goals=tuple(Goal(Cell(draw(PROSE))) for _ in range(draw(st.integers(0, 2)))),
        indicators=rows,
        notes=notes,
        levels=tuple((level, points) for level, points in levels if any(level in row.category for row in rows)),
    )


def _paths(draw) -> Sequence[tuple[str, str]]:  # type: ignore[no-untyped-def]
    """The paths of the rows, first levels in the order of the form."""
    return [
        (first, second)
        for first, seconds in FIRST_LEVELS.items()
        for second in seconds
        for _ in range(draw(st.integers(1 if second == "数量指标" else 0, 3)))
    ]


def _national_row(draw, path: tuple[str, str], fields: set[str], year: int) -> Indicator:  # type: ignore[no-untyped-def]
    name, definition = draw(NAMES), draw(MAYBE) if "definition" in fields else ""
    around = Context(name=name, definition=definition, year=year)
    points = st.sampled_from(("10", "9.5", "20"))

    def words(field: str) -> Cell | None:
        return Cell(draw(MAYBE)) if field in fields else None

    return Indicator(
        name=Cell(name),
        category=path,
        definition=Cell(definition) if "definition" in fields else None,
        target=figure(draw(FIGURE_TEXTS), around) if "target" in fields else None,
        actual=figure(draw(FIGURE_TEXTS), around) if "actual" in fields else None,
        weight=figure(draw(points), Context(year=year)) if "weight" in fields else None,
        points=figure(draw(points), Context(year=year)) if "points" in fields else None,
        reason=words("reason"),
        remark=words("remark"),
        rule=words("rule"),
        grades=tuple((grade, figure(draw(FIGURE_TEXTS), around)) for grade in "优良中差") if "grades" in fields else (),
    )


PLANS = {
    "duty-table": duty_tables(),
    "goal-declaration": goal_declarations(),
    "self-evaluation": self_evaluations(),
    "graded-goals": graded_goals(),
}
WHAT_CAME = {
    "monitoring": monitoring_tables(),
    "self-evaluation-by-duty": self_evaluations_by_duty(),
}
"""Tables of what came of the goals, which no declaration is: by paper, not by layout."""
