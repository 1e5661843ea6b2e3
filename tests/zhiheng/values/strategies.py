"""Every value that parsing can produce, as hypothesis strategies: one for each type, none of them through the parser."""

from __future__ import annotations

from calendar import monthrange
from decimal import Decimal

from hypothesis import strategies as st

from zhiheng.values.tiers import SCALES
from zhiheng.values.units import counted
from zhiheng.values.value import (
    Achieved,
    Cadence,
    Comparator,
    Coverage,
    Deadline,
    Every,
    Missing,
    NotApplicable,
    NotDue,
    NotOrganised,
    Part,
    Parts,
    PeriodUnit,
    Phrase,
    Quantity,
    Rank,
    Ratio,
    Relative,
    Tier,
    Unresolved,
)

EQ, GE, LE, BETWEEN = Comparator.EQ, Comparator.GE, Comparator.LE, Comparator.BETWEEN
OPS = [op for op in Comparator if op is not BETWEEN]
COUNTS = "个 项 家 次 篇 人 户 人次 场次 批次 亩 万元 元 亿元 万平方米 公里 吨 % ‰ 个百分点 分 倍".split()
TIMES = ["天", "工作日", "个月", "年", "小时", "分钟", "周"]
RATES = ["元/人", "元/平方米", "万元/家", "件/万人", "次/人", "人年", "学时", "行政村", "GB", "泵", "摄氏度"]
UNITS = [*COUNTS, *TIMES, *RATES, ""]
NAMES = ["宣传片", "方案", "新建道路", "科普活动", "质量验收", "培训班"]

amounts = st.decimals(min_value=0, max_value=10**9, places=2).map(lambda n: n.normalize() + 0).map(lambda n: Decimal(f"{n:f}"))
positive = amounts.filter(lambda n: n > 0)
periods = st.builds(Every, st.integers(1, 12).map(Decimal), st.sampled_from(list(PeriodUnit)))
ops = st.sampled_from(OPS)
qualifiers = st.sampled_from(["", "", "", "净增", "新增", "累计", "总数", "省级以上", "国家级", "一等奖"])


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    unit = draw(st.sampled_from(UNITS))
    qualifier = draw(qualifiers)
    per = draw(st.none() | st.none() | periods) if unit and unit not in TIMES and unit not in ("分", "泵") else None
    if draw(st.integers(0, 3)) == 0:
        low, high = sorted((draw(amounts), draw(amounts)))
        bounds = draw(st.sampled_from(["[]", "[]", "[)", "(]", "()"])) if per is None and unit != "泵" else "[]"
        return Quantity(low, unit, BETWEEN, high, per, qualifier, bounds)
    amount = draw(amounts | amounts.map(lambda n: -n)) if not qualifier else draw(amounts)
    return Quantity(amount, unit, draw(ops), None, per, qualifier)


@st.composite
def cadences(draw: st.DrawFn) -> Cadence:
    unit = draw(st.sampled_from([unit for unit in (*COUNTS, "小时", "学时") if counted(unit)]))
    return Cadence(draw(amounts), unit, draw(periods), draw(ops))


@st.composite
def deadlines(draw: st.DrawFn) -> Deadline:
    year = draw(st.none() | st.integers(1990, 2099))
    form = draw(st.sampled_from(["year", "month", "day", "quarter", "half"]))
    op = draw(st.sampled_from([LE, EQ]))
    if form == "quarter":
        return Deadline(LE, year, quarter=draw(st.integers(1, 4)))
    if form == "half":
        return Deadline(LE, year, half=draw(st.integers(1, 2)))
    if form == "year":
        return Deadline(op, year)
    month = draw(st.integers(1, 12))
    if form == "month":
        return Deadline(op, year, month)
    return Deadline(op, year, month, draw(st.integers(1, monthrange(year or 2000, month)[1])))


@st.composite
def relatives(draw: st.DrawFn) -> Relative:
    base = draw(st.sampled_from(["上年", "全省平均", "全国平均", "2019年", "上年同期", "预算"]))
    if draw(st.booleans()):
        return Relative(base, draw(st.sampled_from([op for op in OPS if op is not Comparator.ABOUT])))
    change = draw(st.sampled_from(["up", "down"]))
    if draw(st.integers(0, 4)) == 0:
        return Relative(base, Comparator.GT, change)
    unit = draw(st.sampled_from(["%", "个百分点", "家", "万元"]))
    base = draw(st.sampled_from([base, ""])) if unit in ("%", "个百分点") else base
    return Relative(base, draw(ops), change, draw(positive), unit)


ratios = st.builds(Ratio, amounts, positive, ops)
coverages = st.builds(Coverage, st.sampled_from(["审", "做", "补", "检", "报", "保", "覆盖", "完成", "到位", "全员", "全员参与"]))
ranks = st.builds(Rank, st.integers(1, 300), st.sampled_from(["", "全省", "全市", "全国"]), st.sampled_from([LE, EQ]))
achieved = st.builds(Achieved, st.booleans(), st.sampled_from(["", "", "国家标准", "相关规定", "设计要求"]))


@st.composite
def tiers(draw: st.DrawFn) -> Tier:
    scale = SCALES[draw(st.sampled_from(sorted(SCALES)))]
    level = draw(st.sampled_from([level for equals in scale.levels for level in equals]))
    return Tier(scale.key, level, draw(st.sampled_from([EQ, EQ, GE, LE, Comparator.GT, Comparator.LT])))


@st.composite
def parts(draw: st.DrawFn) -> Parts:
    if draw(st.integers(0, 3)) == 0:
        names = draw(st.lists(st.sampled_from(["对接次数", "对接企业数", "参展面积", "成交额"]), min_size=2, max_size=3, unique=True))
        value = Quantity(draw(amounts), draw(st.sampled_from(["", "次", "家"])))
        return Parts((*(Part(name, None) for name in names[:-1]), Part(names[-1], value)), shared=True)
    if draw(st.integers(0, 3)) == 0:
        first, second = sorted(draw(st.lists(st.integers(1, 12), min_size=2, max_size=2)))
        year = draw(st.none() | st.integers(2000, 2050))
        return Parts((Part("开始", Deadline(EQ, year, first)), Part("结束", Deadline(EQ, year, second))))
    inner = st.one_of(quantities(), cadences(), deadlines(), coverages, achieved, relatives())
    names = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True))
    return Parts(tuple(Part(name, draw(inner)) for name in names))


phrases = st.builds(Phrase, st.sampled_from(["创业能力提升", "农民增收", "增强", "企业所得税减按15%征收", "营造良好氛围", "创业热情高涨"]))
states = st.one_of(
    st.builds(Missing, st.booleans()),
    st.builds(NotDue, st.sampled_from(["", "待统计发布", "暂不确定", "尚未公布"])),
    st.builds(NotApplicable, st.sampled_from(["", "无应办事项", "本年不涉及"])),
    st.builds(NotOrganised, st.sampled_from(["", "未组织申报", "2019年省科技厅未组织申报"])),
)
figures = st.one_of(quantities(), cadences(), ratios)
simple = st.one_of(figures, deadlines(), coverages, relatives(), ranks, tiers(), achieved)
open_readings = st.builds(
    Unresolved,
    st.lists(simple, max_size=3).map(tuple),
    st.sampled_from(["zero_or_none", "sign_lost", "range_or_date", "sign_column_disagrees", "no_such_date"]),
)
values = st.one_of(simple, parts(), phrases, states, open_readings)
