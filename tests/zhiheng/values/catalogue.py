"""The catalogue of 100 forms (rules 7.2), written from the catalogue: text, context, value, flags."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from zhiheng.values import flags as f
from zhiheng.values.reading import Context
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
    Value,
)

GE, GT, EQ, LT, LE, ABOUT = Comparator.GE, Comparator.GT, Comparator.EQ, Comparator.LT, Comparator.LE, Comparator.ABOUT
WEEK, MONTH, QUARTER, YEAR = PeriodUnit.WEEK, PeriodUnit.MONTH, PeriodUnit.QUARTER, PeriodUnit.YEAR


@dataclass(frozen=True)
class Entry:
    """One text of a form. ``form`` is its number in the catalogue."""

    form: int
    text: str
    value: Value
    flags: tuple[str, ...] = ()
    context: Context = Context()


def d(number: str | int) -> Decimal:
    return Decimal(number)


def q(amount: str | int, unit: str = "", op: Comparator = EQ, **more: object) -> Quantity:
    return Quantity(d(amount), unit, op, **more)  # type: ignore[arg-type]


def between(low: str | int, high: str | int, unit: str, bounds: str = "[]") -> Quantity:
    return Quantity(d(low), unit, Comparator.BETWEEN, d(high), None, "", bounds)


def per(amount: str | int, unit: str, count: int, period: PeriodUnit, op: Comparator = EQ) -> Cadence:
    return Cadence(d(amount), unit, Every(d(count), period), op)


def each(unit: PeriodUnit) -> Every:
    return Every(d(1), unit)


def tier(scale: str, level: str, op: Comparator = EQ) -> Tier:
    return Tier(scale, level, op)


NAPP = NotApplicable()
ZERO = (q(0), NAPP)

CATALOGUE: tuple[Entry, ...] = (
    Entry(1, "60家", q(60, "家")),
    Entry(2, "8个", q(8, "个")),
    Entry(3, "1项", q(1, "项")),
    Entry(4, "400项", q(400, "项")),
    Entry(5, "1人", q(1, "人")),
    Entry(6, "1次", q(1, "次")),
    Entry(7, "8篇", q(8, "篇")),
    Entry(7, "8篇", q(8, "篇", per=each(MONTH)), (f.PERIOD_FROM_NAME,), Context("科技宣传信息每月报送")),
    Entry(8, "每月8篇", per(8, "篇", 1, MONTH)),
    Entry(9, "2周/次", per(1, "次", 2, WEEK), (f.INVERTED,)),
    Entry(10, "1次/2周", per(1, "次", 2, WEEK)),
    Entry(10, "2次/月", per(2, "次", 1, MONTH)),
    Entry(10, "1期/季度", per(1, "期", 1, QUARTER)),
    Entry(11, "每周1次", per(1, "次", 1, WEEK)),
    Entry(11, "每季度1次", per(1, "次", 1, QUARTER)),
    Entry(11, "每年2次", per(2, "次", 1, YEAR)),
    Entry(11, "按月", per(1, "次", 1, MONTH)),
    Entry(11, "按季度", per(1, "次", 1, QUARTER)),
    Entry(11, "按月安排", per(1, "次", 1, MONTH)),
    Entry(12, "20万平方米", q(20, "万平方米")),
    Entry(13, "25.81万平方米", q("25.81", "万平方米")),
    Entry(14, "34.6%", q("34.6", "%")),
    Entry(15, "34.6%以上", q("34.6", "%", GE)),
    Entry(16, "≥95%", q(95, "%", GE)),
    Entry(17, ">92%", q(92, "%", GT)),
    Entry(17, "＞92%", q(92, "%", GT)),
    Entry(18, "≥100百分比", q(100, "%", GE), (f.UNIT_ALIAS,)),
    Entry(19, "=100%", q(100, "%")),
    Entry(20, "100%", q(100, "%")),
    Entry(21, "≤5%", q(5, "%", LE)),
    Entry(22, "100", q(100, "%"), (), Context("完成率", unit="%")),
    Entry(23, "0.95", q(95, "%"), (f.FRACTION,), Context("验收合格率")),
    Entry(23, "0.95", q("0.95"), (f.NO_UNIT,), Context("课题数量")),
    Entry(24, "百分之九十五", q(95, "%")),
    Entry(24, "九成", q(90, "%")),
    Entry(24, "过半数", q(50, "%", GT)),
    Entry(25, "8家以上", q(8, "家", GE)),
    Entry(26, "5家以上", q(5, "家", GE)),
    Entry(27, "不少于3次", q(3, "次", GE)),
    Entry(27, "至少3次", q(3, "次", GE)),
    Entry(28, "不低于90%", q(90, "%", GE)),
    Entry(29, "不超过200万元", q(200, "万元", LE)),
    Entry(29, "不超预算", Relative("预算", LE)),
    Entry(30, "控制在10%以内", q(10, "%", LE)),
    Entry(31, "≤65万元", q(65, "万元", LE)),
    Entry(31, "≤90万元", q(90, "万元", LE)),
    Entry(32, "200万", q(200, "万"), (f.NO_UNIT,)),
    Entry(32, "200万", q(200, "万元"), (f.UNIT_FROM_NAME,), Context("专项资金支出")),
    Entry(32, "195.5万元", q("195.5", "万元")),
    Entry(32, "28.8万元", q("28.8", "万元")),
    Entry(33, "5000元/年", q(5000, "元", per=each(YEAR))),
    Entry(34, "100元/人", q(100, "元/人")),
    Entry(34, "≤2.5元/平方米", q("2.5", "元/平方米", LE)),
    Entry(35, "≥3次", q(3, "次", GE)),
    Entry(36, "≥2000", q(2000, "", GE), (f.NO_UNIT,)),
    Entry(37, "≤10次", q(10, "次", LE)),
    Entry(38, "280人次", q(280, "人次")),
    Entry(38, "25人次", q(25, "人次")),
    Entry(39, "209人年", q(209, "人年")),
    Entry(40, "5批次", q(5, "批次")),
    Entry(40, "6次", q(6, "次"), (), Context("培训批次")),
    Entry(41, "0起", q(0, "起")),
    Entry(41, "0件", q(0, "件")),
    Entry(41, "零事故", q(0, qualifier="事故")),
    Entry(41, "零投诉", q(0, qualifier="投诉")),
    Entry(42, "0", Unresolved(ZERO, "zero_or_none"), (f.NO_UNIT,)),
    Entry(42, "0%", Unresolved((q(0, "%"), NAPP), "zero_or_none")),
    Entry(42, "无", Unresolved(ZERO, "nothing_or_none")),
    Entry(43, "/", NAPP),
    Entry(43, "—", NAPP),
    Entry(43, "--", NAPP),
    Entry(43, "", Missing()),
    Entry(44, "3-5家", between(3, 5, "家")),
    Entry(44, "3～5家", between(3, 5, "家")),
    Entry(44, "5至10个", between(5, 10, "个")),
    Entry(45, "90%-95%", between(90, 95, "%")),
    Entry(46, "约100人", q(100, "人", ABOUT), (f.FUZZY,)),
    Entry(46, "100人左右", q(100, "人", ABOUT), (f.FUZZY,)),
    Entry(47, "10余项", q(10, "项", GE), (f.FUZZY,)),
    Entry(47, "近20家", q(20, "家", LT), (f.FUZZY,)),
    Entry(47, "上百人", q(100, "人", GE), (f.FUZZY,)),
    *(
        Entry(number, f"应{verb}尽{verb}", Coverage(verb), (f.DENOMINATOR_UNKNOWN,))
        for number, verbs in ((48, "做"), (49, "审"), (50, "补"), (51, "检"), (52, "报"), (53, "保收发享查帮"))
        for verb in verbs
    ),
    Entry(54, "全覆盖", Coverage("覆盖"), (f.DENOMINATOR_UNKNOWN,)),
    Entry(54, "全部完成", Coverage("完成"), (f.DENOMINATOR_UNKNOWN,)),
    Entry(54, "100%覆盖", Coverage("覆盖"), (f.DENOMINATOR_UNKNOWN,)),
    Entry(54, "全员", Coverage("全员"), (f.DENOMINATOR_UNKNOWN,)),
    *(Entry(55, text, Achieved(True)) for text in ("完成", "完成率100%", "已完成")),
    *(Entry(56, text, Achieved(True)) for text in ("通过", "合格", "达标", "验收合格")),
    Entry(57, "是", Achieved(True)),
    Entry(57, "否", Achieved(False)),
    Entry(58, "建立4项", q(4, "项"), (f.VERB,)),
    Entry(59, "促成合作160项", q(160, "项"), (f.VERB,)),
    Entry(60, "1项管理办法", q(1, "项"), (f.NOUN,)),
    Entry(
        61,
        "组织对接次数/对接企业数10",
        Parts((Part("组织对接次数", None), Part("对接企业数", q(10))), shared=True),
        (f.MULTIPLE, f.NO_UNIT),
    ),
    Entry(
        62,
        "完成1部宣传片,2套方案",
        Parts((Part("宣传片", q(1, "部")), Part("方案", q(2, "套")))),
        (f.MULTIPLE, f.NOUN, f.VERB),
    ),
    Entry(63, "达到全省平均水平", Relative("全省平均", GE), (f.NO_BASELINE,)),
    Entry(64, "达到国家标准", Achieved(True, "国家标准")),
    Entry(64, "符合相关规定", Achieved(True, "相关规定")),
    Entry(64, "严格执行相关制度规定", Achieved(True, "相关制度规定")),
    Entry(65, "高于全国平均", Relative("全国平均", GT), (f.NO_BASELINE,)),
    Entry(65, "全省前5名", Rank(5, "全省", LE)),
    Entry(65, "位居全市前3", Rank(3, "全市", LE)),
    Entry(65, "跃居全省前40位", Rank(40, "全省", LE)),
    Entry(66, "较上年提高", Relative("上年", GT, "up"), (f.NO_AMOUNT, f.NO_BASELINE)),
    Entry(66, "比上年增长", Relative("上年", GT, "up"), (f.NO_AMOUNT, f.NO_BASELINE)),
    Entry(66, "比上年下降", Relative("上年", GT, "down"), (f.NO_AMOUNT, f.NO_BASELINE)),
    Entry(67, "较上年提高5个百分点", Relative("上年", EQ, "up", d(5), "个百分点"), (f.NO_BASELINE,)),
    Entry(68, "同比增长10%以上", Relative("上年", GE, "up", d(10), "%"), (f.NO_BASELINE,)),
    Entry(68, "增速13%以上", Relative("", GE, "up", d(13), "%"), (f.NO_BASELINE,)),
    Entry(69, "不低于上年", Relative("上年", GE), (f.NO_BASELINE,)),
    Entry(69, "与上年持平", Relative("上年", EQ), (f.NO_BASELINE,)),
    Entry(70, "达1.7%以上", q("1.7", "%", GE)),
    Entry(71, "总数达到130家以上", q(130, "家", GE, qualifier="总数")),
    Entry(72, "净增60家", q(60, "家", qualifier="净增")),
    Entry(72, "新增8家", q(8, "家", qualifier="新增")),
    Entry(73, "2020年12月31日前", Deadline(LE, 2020, 12, 31)),
    *(
        Entry(73, text, Deadline(LE, month=month), (f.WHOLE_BUDGET_YEAR,))
        for text, month in (("12月底前", 12), ("11月前", 11), ("9月前", 9))
    ),
    Entry(74, "2022年底之前", Deadline(LE, 2022)),
    Entry(74, "年底前", Deadline(LE), (f.WHOLE_BUDGET_YEAR,)),
    Entry(75, "7月", Deadline(EQ, month=7), (f.WHOLE_BUDGET_YEAR,)),
    Entry(75, "10月", Deadline(EQ, month=10), (f.WHOLE_BUDGET_YEAR,)),
    Entry(76, "2020年第三季度", Deadline(LE, 2020, quarter=3)),
    Entry(76, "上半年", Deadline(LE, half=1), (f.WHOLE_BUDGET_YEAR,)),
    Entry(76, "下半年", Deadline(LE, half=2), (f.WHOLE_BUDGET_YEAR,)),
    Entry(
        77,
        "6月份完成招标;9月份完成主体;11月竣工",
        Parts((Part("完成招标", Deadline(EQ, month=6)), Part("完成主体", Deadline(EQ, month=9)), Part("竣工", Deadline(EQ, month=11)))),
        (f.WHOLE_BUDGET_YEAR, f.MILESTONES, f.VERB),
    ),
    Entry(78, "1年", q(1, "年")),
    Entry(78, "3个月", q(3, "个月")),
    Entry(78, "30个工作日", q(30, "工作日")),
    Entry(78, "≤3天", q(3, "天", LE)),
    Entry(78, "24小时内", q(24, "小时", LE)),
    Entry(79, "及时", tier("timeliness", "及时")),
    Entry(79, "按时", tier("timeliness", "按时")),
    Entry(79, "按期完成", tier("timeliness", "按期")),
    Entry(79, "在项目计划完成时间内完成", tier("timeliness", "按计划")),
    *(Entry(80, text, tier("endurance", text)) for text in ("长期", "持续", "常年", "可持续")),
    *(Entry(81, text, tier("grade", text)) for text in ("优", "良", "差")),
    Entry(81, "中", Unresolved((tier("grade", "中"), tier("level", "中等水平")), "which_scale")),
    Entry(81, "中", tier("grade", "中"), (), Context("绩效评价等级")),
    Entry(82, "高", tier("level", "高"), (f.VAGUE,)),
    Entry(82, "低", tier("level", "低"), (f.VAGUE,)),
    Entry(82, "中", tier("level", "中等水平"), (), Context("风险程度")),
    *(Entry(82, text, tier("quality", text), (f.VAGUE,)) for text in ("好", "较好", "一般")),
    *(Entry(83, text, tier("satisfaction", text)) for text in ("满意", "基本满意", "较满意")),
    *(
        Entry(84, text, tier("degree", level), (f.VAGUE,))
        for text, level in (("显著提升", "显著"), ("明显改善", "明显"), ("有效提升", "有效"), ("效果明显", "明显"))
    ),
    *(
        Entry(85, text, tier("degree", level), (f.VAGUE,))
        for text, level in (("逐步提高", "逐步"), ("不断完善", "不断"), ("进一步加强", "进一步"), ("有所提升", "有所"))
    ),
    Entry(86, "创业能力提升", Phrase("创业能力提升"), (f.REPEATS_NAME, f.VAGUE), Context("科技特派员创业能力提升")),
    Entry(87, "达成预期指标", tier("attainment", "达成预期指标")),
    Entry(87, "部分达成预期指标并具有一定效果", tier("attainment", "部分达成预期指标")),
    Entry(87, "未达成预期指标且效果较差", tier("attainment", "未达成预期指标")),
    Entry(88, "1:3", Ratio(d(1), d(3))),
    Entry(88, "1∶1.5", Ratio(d(1), d("1.5"))),
    Entry(89, "3/4", Ratio(d(3), d(4))),
    Entry(89, "三分之二", Ratio(d(2), d(3))),
    Entry(90, "2 (部)", q(2, "部"), (f.SPACES,)),
    Entry(90, "80 篇/年", per(80, "篇", 1, YEAR), (f.SPACES,)),
    Entry(90, "300 人·天", q(300, "人天"), (f.SPACES, f.UNIT_ALIAS)),
    Entry(91, "1000亩", q(1000, "亩")),
    Entry(91, "500公里", q(500, "公里")),
    Entry(91, "60吨", q(60, "吨")),
    Entry(91, "300平方米", q(300, "平方米")),
    Entry(91, "420㎡", q(420, "平方米")),
    Entry(91, "50户", q(50, "户")),
    Entry(92, "≥50个", q(50, "个", GE)),
    Entry(92, "≥4 个行政村", q(4, "行政村", GE), (f.SPACES,)),
    Entry(93, "省级以上3家", q(3, "家", qualifier="省级以上")),
    Entry(94, "2.13%", q("2.13", "%")),
    Entry(95, "不适用", NAPP),
    Entry(95, "本指标不适用此项目", NotApplicable("本指标不适用此项目")),
    Entry(95, "暂不确定", NotDue("暂不确定")),
    Entry(96, "290%", Unresolved((q(90, "%", GE), q(290, "%")), "sign_lost"), (f.OCR_SUSPECT,)),
    Entry(96, "290%", q(290, "%"), (), Context("高新技术产品出口增长率")),
    Entry(
        96,
        "2280次",
        Unresolved((q(280, "次", GE), q(2280, "次")), "sign_lost"),
        (f.OCR_SUSPECT,),
        Context("日常维修维护次数", "全年维修维护280次"),
    ),
    *(Entry(97, text, Missing(placeholder=True), (f.PLACEHOLDER,)) for text in ("XX%", "**%", "N家")),
    Entry(98, "第1名", Rank(1, "", EQ)),
    Entry(98, "一等奖2项", q(2, "项", qualifier="一等奖")),
    Entry(99, "5分", q(5, "分")),
    Entry(99, "90分以上", q(90, "分", GE)),
    Entry(100, "A级", tier("letter", "A")),
    Entry(100, "3A级", tier("stars", "3A")),
    Entry(100, "国家级", tier("authority", "国家级")),
)
