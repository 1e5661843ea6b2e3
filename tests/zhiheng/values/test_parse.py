"""What texts mean: the catalogue, forms as other places publish them, context, and answers for every text."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.zhiheng.values.catalogue import (
    ABOUT,
    CATALOGUE,
    EQ,
    GE,
    GT,
    LE,
    LT,
    MONTH,
    QUARTER,
    WEEK,
    YEAR,
    Entry,
    between,
    d,
    each,
    per,
    q,
    tier,
)

from zhiheng.values import flags as f
from zhiheng.values.parse import FORMS, parse, single
from zhiheng.values.reading import Context, Reading
from zhiheng.values.value import (
    Achieved,
    Cadence,
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
    Value,
)


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: f"{entry.form}-{entry.text or 'blank'}")
def test_catalogue(entry: Entry) -> None:
    assert parse(entry.text, entry.context) == Reading(entry.text, entry.value, tuple(sorted(entry.flags)))


def test_the_catalogue_is_whole() -> None:
    assert {entry.form for entry in CATALOGUE} == set(range(1, 101))


PUBLISHED: list[tuple[str, Value]] = [
    (">=21933人", q(21933, "人", GE)),
    ("<=5300元/户", q(5300, "元/户", LE)),
    (">=530元/人*月", q(530, "元/人", GE, per=each(MONTH))),
    ("583元/人·月", q(583, "元/人", per=each(MONTH))),
    ("570元/人/月", q(570, "元/人", per=each(MONTH))),
    ("200余人", q(200, "人", GE)),
    ("20多家", q(20, "家", GE)),
    ("1万余人次", q(1, "万人次", GE)),
    ("11月底前", Deadline(LE, month=11)),
    ("2个亿以上", q(2, "亿", GE)),
    ("企业所得税减按15%征收", Phrase("企业所得税减按15%征收")),
    ("≥ 95 %", q(95, "%", GE)),
    ("不少于 10 场次", q(10, "场次", GE)),
    ("90％以上", q(90, "%", GE)),
    ("两次", q(2, "次")),
    ("第一名", Rank(1, "", EQ)),
    ("100%(含)", q(100, "%")),
    ("50-60分", between(50, 60, "分")),
    ("3—5家", between(3, 5, "家")),
    ("80-90%", between(80, 90, "%")),
    ("3至5个工作日", between(3, 5, "工作日")),
    ("10万元-20万元", between(10, 20, "万元")),
    ("2021.1-2021.12", Parts((Part("开始", Deadline(EQ, 2021, 1)), Part("结束", Deadline(EQ, 2021, 12))))),
    ("2021年1-12月", Parts((Part("开始", Deadline(EQ, 2021, 1)), Part("结束", Deadline(EQ, 2021, 12))))),
    ("2020年3月至2021年2月", Parts((Part("开始", Deadline(EQ, 2020, 3)), Part("结束", Deadline(EQ, 2021, 2))))),
    ("6-9月", Parts((Part("开始", Deadline(EQ, month=6)), Part("结束", Deadline(EQ, month=9))))),
    ("大于等于95%", q(95, "%", GE)),
    ("控制在预算内", Relative("预算", LE)),
    ("不超年初预算", Relative("预算", LE)),
    ("控制在预算范围内", Relative("预算", LE)),
    ("每季度不少于2次", per(2, "次", 1, QUARTER, GE)),
    ("1次/季度", per(1, "次", 1, QUARTER)),
    ("全年12次", per(12, "次", 1, YEAR)),
    ("12次/年", per(12, "次", 1, YEAR)),
    ("一年2次", per(2, "次", 1, YEAR)),
    ("每两周一次", per(1, "次", 2, PeriodUnit.WEEK)),
    ("1次每月", per(1, "次", 1, MONTH)),
    ("每月开展2次", per(2, "次", 1, MONTH)),
    ("每月2-3次", q(2, "次", between(2, 3, "次").op, upper=d(3), per=each(MONTH))),
    ("每年100万元", q(100, "万元", per=each(YEAR))),
    ("月均8篇", q(8, "篇", per=each(MONTH))),
    ("24小时×365天", per(24, "小时", 1, PeriodUnit.DAY)),
    ("7*24小时", per(24, "小时", 1, PeriodUnit.DAY)),
    ("5×8小时", per(8, "小时", 1, PeriodUnit.WORKDAY)),
    ("≥735人次", q(735, "人次", GE)),
    ("1,234.56万元", q("1234.56", "万元")),
    ("1，234，567元", q(1234567, "元")),
    ("12 500人", q(12500, "人")),
    ("５０家", q(50, "家")),
    ("二十万平方米", q(20, "万平方米")),
    ("三万五千元", q(35000, "元")),
    ("2万3千人", q(23000, "人")),
    ("建立四项制度", q(4, "项")),
    ("百余人", q(100, "人", GE)),
    ("十余家", q(10, "家", GE)),
    ("八成以上", q(80, "%", GE)),
    ("百分之百", q(100, "%")),
    ("千分之三", q(3, "‰")),
    ("百分之八点五", q("8.5", "%")),
    ("不低于1:3", Ratio(d(1), d(3), GE)),
    ("2/3以上", Ratio(d(2), d(3), GE)),
    ("-5%", q(-5, "%")),
    ("≥-5%", q(-5, "%", GE)),
    ("80≤X<90", between(80, 90, "", "[)")),
    ("80%≤满意度<90%", between(80, 90, "%", "[)")),
    ("≥80分且<90分", between(80, 90, "分", "[)")),
    ("(60,80]分", between(60, 80, "分", "(]")),
    ("80%（含）以上", q(80, "%", GE)),
    ("90分以上（含）", q(90, "分", GE)),
    ("5万平米", q(5, "万平方米")),
    ("每万人5件", q(5, "件/万人")),
    ("每亩补贴200元", q(200, "元/亩")),
    ("服务对象满意度≥95%", q(95, "%", GE)),
    ("合格率达95%以上", q(95, "%", GE)),
    ("参训人数约100人", q(100, "人", ABOUT)),
    ("省级及以上2项", q(2, "项", qualifier="省级及以上")),
    ("新增科技企业8家", q(8, "家", qualifier="新增")),
    ("半年内", q(6, "个月", LE)),
    ("2年以内", q(2, "年", LE)),
    ("5日内", q(5, "天", LE)),
    ("1-2年", between(1, 2, "年")),
    ("2020-12-31", Deadline(EQ, 2020, 12, 31)),
    ("2020/12/31前", Deadline(LE, 2020, 12, 31)),
    ("2020.6.30", Deadline(EQ, 2020, 6, 30)),
    ("2020-12", Deadline(EQ, 2020, 12)),
    ("2021-12-31 00:00:00", Deadline(EQ, 2021, 12, 31)),
    ("12月31日前完成验收", Deadline(LE, month=12, day=31)),
    ("于2021年6月30日前", Deadline(LE, 2021, 6, 30)),
    ("截至2021年12月31日", Deadline(LE, 2021, 12, 31)),
    ("2021年", Deadline(EQ, 2021)),
    ("2021年底", Deadline(EQ, 2021)),
    ("年内", Deadline(LE)),
    ("第二季度末", Deadline(LE, quarter=2)),
    ("2021年上半年", Deadline(LE, 2021, half=1)),
    ("6月上旬", Deadline(LE, month=6, day=10)),
    ("不超过上年", Relative("上年", LE)),
    ("高于去年", Relative("上年", GT)),
    ("优于上年水平", Relative("上年", GT)),
    ("全市平均水平以上", Relative("全市平均", GE)),
    ("较2019年提高5%", Relative("2019年", EQ, "up", d(5), "%")),
    ("较上年下降3%以上", Relative("上年", GE, "down", d(3), "%")),
    ("比去年增加10家", Relative("上年", EQ, "up", d(10), "家")),
    ("环比增长2%", Relative("上期", EQ, "up", d(2), "%")),
    ("下降10%", Relative("", EQ, "down", d(10), "%")),
    ("翻一番", Relative("", EQ, "up", d(1), "番")),
    ("零增长", Relative("", LE, "up", d(0), "%")),
    ("较上年不下降", Relative("上年", GE)),
    ("提高到95%", q(95, "%")),
    ("全省第3名以内", Rank(3, "全省", LE)),
    ("应审尽审率100%", Coverage("审")),
    ("全额发放", Coverage("发放")),
    ("应保障尽保障", Coverage("保障")),
    ("未完成", Achieved(False)),
    ("验收不合格", Achieved(False)),
    ("√", Achieved(True)),
    ("未达到国家标准", Achieved(False, "国家标准")),
    ("优秀", tier("grade", "优")),
    ("良好以上", tier("grade", "良", GE)),
    ("AAA级", tier("stars", "3A")),
    ("二级以上", tier("letter", "二", GE)),
    ("五星级", tier("star", "五星")),
    ("非常满意", tier("satisfaction", "非常满意")),
    ("显著下降", tier("decline", "显著")),
    ("创新能力显著增强", tier("degree", "显著")),
    ("有效", tier("degree", "有效")),
    ("按计划完成", tier("timeliness", "按计划")),
    ("基本完成", tier("attainment", "基本达成预期指标")),
    ("增强", Phrase("增强")),
    ("健全", Phrase("健全")),
    ("数百人", Phrase("数百人")),
    ("降低成本5%", Relative("", EQ, "down", d(5), "%")),
    ("减少投诉3起", Relative("", EQ, "down", d(3), "起")),
    ("增加10家", Relative("", EQ, "up", d(10), "家")),
    ("提高合格率至95%", q(95, "%")),
    ("节约资金100万元", q(100, "万元")),
    ("改善住房100套", q(100, "套")),
    ("无人机5架", q(5, "架")),
    ("无投诉", q(0, qualifier="投诉")),
    ("0事故", q(0, qualifier="事故")),
    ("未发生安全事故", q(0, qualifier="安全事故")),
    ("每人每月不低于500元", q(500, "元/人", GE, per=each(MONTH))),
    ("10万-20万元", between(10, 20, "万元")),
    ("10元-20万元", Phrase("10元-20万元")),
    ("1天至3个工作日", Phrase("1天至3个工作日")),
    ("80%(含)-90%", between(80, 90, "%")),
    ("总数[80,90)家", q(80, "家", between(80, 90, "家").op, upper=d(90), qualifier="总数", bounds="[)")),
    ("达到约50人", q(50, "人", ABOUT)),
    ("10家以上企业", q(10, "家", GE)),
    ("不足10家以上", Unresolved((q(10, "家", LT), q(10, "家", GE)), "comparators_disagree")),
    ("今年12月底前", Deadline(LE, month=12)),
    ("当月5日前", Deadline(LE, day=5)),
    ("10日前", Phrase("10日前")),
    ("6月份以后", Phrase("6月份以后")),
    ("6月15日上旬", Phrase("6月15日上旬")),
    ("2021年第三季度12月", Phrase("2021年第三季度12月")),
    ("2021年13月-2021年14月", Phrase("2021年13月-2021年14月")),
    ("9月-6月", Phrase("9月-6月")),
    ("2021年1月31日-2月30日", Phrase("2021年1月31日-2月30日")),
    ("每0月2次", Phrase("每0月2次")),
    ("每月", per(1, "次", 1, MONTH)),
    ("每月95%", Phrase("每月95%")),
    ("每月2次/周", Phrase("每月2次/周")),
    ("0周/次", Phrase("0周/次")),
    ("2周/泵", Phrase("2周/泵")),
    ("前三年平均水平以上", Relative("前三年平均", GE)),
    ("不低于上年同期水平", Relative("上年同期", GE)),
    ("预算", Phrase("预算")),
    ("达到计划", Achieved(True, "计划")),
    ("同全省平均", Phrase("同全省平均")),
    ("全市平均左右", Relative("全市平均", ABOUT)),
    ("较上年提高至90%", Phrase("较上年提高至90%")),
    ("较我省提高5%", Phrase("较我省提高5%")),
    ("提高", Phrase("提高")),
    ("较上年增长5-10%", Phrase("较上年增长5-10%")),
    ("增长5泵", Phrase("增长5泵")),
    ("翻两番", Relative("", EQ, "up", d(2), "番")),
    ("五分之x", Phrase("五分之x")),
    ("4分之3", Ratio(d(3), d(4))),
    ("百分之百以上", q(100, "%", GE)),
    ("约1:3", Ratio(d(1), d(3), ABOUT)),
    ("不低于1:3以下", Phrase("不低于1:3以下")),
    ("杠杆1:3", Phrase("杠杆1:3")),
    ("4星级", tier("star", "四星")),
    ("未显著提升", Phrase("未显著提升")),
    ("未完成;3项", Parts((Part("", Achieved(False)), Part("", q(3, "项"))))),
    ("检查次数/整改次数10泵", Phrase("检查次数/整改次数10泵")),
    ("待确认(无此原因):5项", Phrase("待确认(无此原因):5项")),
    ("3天内完成", q(3, "天", LE)),
    ("5个工作日内办结", q(5, "工作日", LE)),
    ("三五分之二", Phrase("三五分之二")),
    ("五分之二点x", Phrase("五分之二点x")),
    ("两分之两点五", Ratio(d("2.5"), d(2))),
    ("完成,3泵", Phrase("完成,3泵")),
    ("项目:完成;质量:合格", Parts((Part("项目", Achieved(True)), Part("质量", Achieved(True))))),
    ("1)论文5篇;2)专利3项", Parts((Part("论文", q(5, "篇")), Part("专利", q(3, "项"))))),
    ("和及、与10", Phrase("和及、与10")),
    ("；".join(["3项"] * 21), Phrase("；".join(["3项"] * 21))),
    ("省级以上A1类3家", Phrase("省级以上A1类3家")),
    ("新增不超过3以上5家", Phrase("新增不超过3以上5家")),
    ("≥80分且≤90家", Phrase("≥80分且≤90家")),
    ("≥90分且≤80分", Phrase("≥90分且≤80分")),
    ("≤80分且≥90分", Phrase("≤80分且≥90分")),
    ("培训≥8人且≤9人", Phrase("培训≥8人且≤9人")),
    ("[80,70]分", Phrase("[80,70]分")),
    ("80分≤X<90家", Phrase("80分≤X<90家")),
    ("5-3家", Phrase("5-3家")),
    ("≥5-8家", Phrase("≥5-8家")),
    ("每亩", Phrase("每亩")),
    ("每亩5元/年", q(5, "元/亩", per=each(YEAR))),
    ("每亩每年5元/年", Phrase("每亩每年5元/年")),
    ("每人5元/户", Phrase("每人5元/户")),
    ("5(每0月)", Phrase("5(每0月)")),
    ("本年度12月底前", Deadline(LE, month=12)),
    ("月底前", Phrase("月底前")),
    ("2021年底前1季度", Phrase("2021年底前1季度")),
    ("1月-2021年3月", Phrase("1月-2021年3月")),
    ("13-14", between(13, 14, "")),
    ("上年实际水平以上", Relative("上年", GE)),
    ("预算左右", Relative("预算", ABOUT)),
    ("与目标一致", Phrase("与目标一致")),
    ("优秀等次", tier("grade", "优")),
    ("达到及时", Phrase("达到及时")),
    ("待确认(零或不适用):某事", Phrase("待确认(零或不适用):某事")),
    ("1部宣传片、2套方案", Parts((Part("宣传片", q(1, "部")), Part("方案", q(2, "套"))))),
    ("发表论文5篇，申请专利3项", Parts((Part("发表论文", q(5, "篇")), Part("申请专利", q(3, "项"))))),
    ("应补尽补、应保尽保", Parts((Part("", Coverage("补")), Part("", Coverage("保"))))),
    ("1部宣传片\n2套方案", Parts((Part("宣传片", q(1, "部")), Part("方案", q(2, "套"))))),
    ("①论文5篇②专利3项", Parts((Part("论文", q(5, "篇")), Part("专利", q(3, "项"))))),
    ("未组织申报", NotOrganised("未组织申报")),
    ("2019年省科技厅未组织申报", NotOrganised("2019年省科技厅未组织申报")),
    ("待统计发布", NotDue("待统计发布")),
    ("未到期", NotDue("")),
    ("无应办事项", NotApplicable("无应办事项")),
    ("N/A", NotApplicable()),
    ("-", NotApplicable()),
    ("____", Missing(placeholder=True)),
    ("≥**人", Missing(placeholder=True)),
    ("XXX万元", Missing(placeholder=True)),
    ("×家", Missing(placeholder=True)),
    ("……", Missing(placeholder=True)),
    ("　", Missing()),
    ("60家。", q(60, "家")),
]


@pytest.mark.parametrize(("text", "value"), PUBLISHED, ids=[text for text, _ in PUBLISHED])
def test_forms_as_published_elsewhere(text: str, value: Value) -> None:
    reading = parse(text)
    assert reading.value == value
    assert reading.text == text


YEARS = Parts((Part("开始", Deadline(EQ, 2019)), Part("结束", Deadline(EQ, 2021))))
UNDECIDED: list[tuple[str, Context, str, tuple[Value, ...]]] = [
    ("2-3", Context(), "range_or_date", (between(2, 3, ""), Deadline(EQ, month=2, day=3))),
    ("2019-2021", Context(), "range_or_date", (between(2019, 2021, ""), YEARS)),
    ("2020.12", Context(), "date_or_number", (Deadline(EQ, 2020, 12), q("2020.12"))),
    ("5日", Context(), "days_or_date", (q(5, "天"), Deadline(EQ, day=5))),
    ("3月内", Context(), "months_or_date", (q(3, "个月", LE), Deadline(LE, month=3))),
    ("12.5", Context("研发投入占比"), "percent_without_unit", (q("12.5", "%"), q("12.5"))),
    ("100", Context("工程完工率"), "percent_without_unit", (q(100, "%"), q(100))),
    ("0.346", Context("高新技术产业产值占比"), "fraction_or_percent", (q("34.6", "%"), q("0.346", "%"), q("0.346"))),
    ("0.95", Context("合格率", unit="%"), "fraction_or_percent", (q("0.95", "%"), q(95, "%"))),
    ("≥95%", Context(sign="≤"), "sign_column_disagrees", (q(95, "%", GE), q(95, "%", LE))),
    ("2021年12月", Context(sign="≥"), "sign_column_disagrees", (Deadline(EQ, 2021, 12),)),
    ("不超过5%以上", Context(), "comparators_disagree", (q(5, "%", LE), q(5, "%", GE))),
    ("超过95%以上", Context(), "comparators_disagree", (q(95, "%", GT), q(95, "%", GE))),
    ("2023-06-31", Context(), "no_such_date", ()),
    ("2021年2月29日前", Context(), "no_such_date", ()),
    ("null", Context(), "export_remnant", ()),
    ("#DIV/0!", Context(), "export_remnant", ()),
    ("ⅹ", Context(), "cross", (Achieved(False), Missing(placeholder=True))),
    ("未开展", Context(), "not_begun", (NotOrganised(), Achieved(False), q(0))),
    ("0", Context("培训人数"), "zero_or_none", (q(0), NotApplicable())),
    ("292%", Context("验收合格率"), "sign_lost", (q(92, "%", GE), q(292, "%"))),
]


@pytest.mark.parametrize(("text", "context", "reason", "candidates"), UNDECIDED, ids=[case[0] + case[1].name for case in UNDECIDED])
def test_two_readings_stay_two(text: str, context: Context, reason: str, candidates: tuple[Value, ...]) -> None:
    assert parse(text, context).value == Unresolved(candidates, reason)


SETTLED: list[tuple[str, Context, Value, tuple[str, ...]]] = [
    ("95", Context(sign="≥", unit="%"), q(95, "%", GE), ()),
    ("95", Context(sign="＝", unit="％"), q(95, "%"), ()),
    ("100", Context(sign="═", unit="%"), q(100, "%"), ()),
    ("735", Context(sign="≧", unit="人次"), q(735, "人次", GE), ()),
    ("735", Context(sign="⩾", unit="人次"), q(735, "人次", GE), ()),
    ("3", Context(sign=">", unit="次"), q(3, "次", GT), ()),
    ("5", Context(sign="小于等于", unit="个工作日"), q(5, "工作日", LE), ()),
    ("优", Context(sign="定性"), tier("grade", "优"), ()),
    ("良", Context(sign="≥"), tier("grade", "良", GE), ()),
    ("≥95%", Context(sign="≥"), q(95, "%", GE), ()),
    ("2021年12月", Context(sign="≤"), Deadline(LE, 2021, 12), ()),
    ("2", Context(sign="≥", unit="次/月"), per(2, "次", 1, MONTH, GE), ()),
    ("1:3", Context(sign="≥"), Ratio(d(1), d(3), GE), ()),
    ("5", Context(unit="泵"), q(5, "泵"), ()),
    ("5", Context(unit="/"), q(5), (f.NO_UNIT,)),
    ("3", Context(unit="月"), q(3, "个月"), ()),
    ("2020", Context(unit="年"), q(2020, "年"), ()),
    ("12", Context(unit="百分比"), q(12, "%"), (f.UNIT_ALIAS,)),
    ("6", Context("林木采伐监管(万立方米)"), q(6, "万立方米"), (f.UNIT_FROM_NAME,)),
    ("95", Context("工资发放准确性（%）"), q(95, "%"), (f.UNIT_FROM_NAME,)),
    ("200", Context("资金到位", unit="万元"), q(200, "万元"), ()),
    ("200万", Context("资金到位", unit="元"), q(200, "万元"), ()),
    ("200万", Context("资金到位", unit="万元"), q(200, "万元"), ()),
    ("2个亿以上", Context("技术交易额"), q(2, "亿元", GE), (f.UNIT_FROM_NAME,)),
    ("3万", Context("受益群众"), q(3, "万"), (f.NO_UNIT,)),
    (">=21933人", Context("农村低保发放人数(按月平均)(≥**人)"), q(21933, "人", GE), ()),
    ("8篇", Context("每月平均报送信息"), q(8, "篇"), ()),
    ("2次", Context("每季度检查次数"), q(2, "次", per=each(QUARTER)), (f.PERIOD_FROM_NAME,)),
    ("95%", Context("每月通报率"), q(95, "%"), ()),
    ("0", Context("安全事故"), q(0), (f.NO_UNIT,)),
    ("0", Context(unit="起"), q(0, "起"), ()),
    ("0", Context(sign="="), q(0), (f.NO_UNIT,)),
    ("0%", Context("投诉率"), q(0, "%"), ()),
    ("无", Context("重大安全事故"), q(0), ()),
    ("1", Context("合格率"), q(100, "%"), (f.FRACTION,)),
    ("0.5", Context("差错率", unit="%", sign="≤"), q("0.5", "%", LE), ()),
    ("292%", Context("销售收入增长率"), q(292, "%"), ()),
    ("292%", Context("完成产值"), q(292, "%"), ()),
    ("2-3", Context("项目完成时间"), Deadline(EQ, month=2, day=3), (f.WHOLE_BUDGET_YEAR,)),
    ("2-3", Context("培训次数"), between(2, 3, ""), (f.NO_UNIT,)),
    ("5日", Context("平均办理时长"), q(5, "天"), ()),
    ("2020.12", Context("完成时间"), Deadline(EQ, 2020, 12), ()),
    ("2020.12", Context(unit="万元"), q("2020.12", "万元"), ()),
    ("次年3月底前", Context(year=2020), Deadline(LE, 2021, 3), ()),
    ("2019-2021", Context("完成时间"), Parts((Part("开始", Deadline(EQ, 2019)), Part("结束", Deadline(EQ, 2021)))), (f.MILESTONES,)),
    ("2", Context(unit="周/次"), per(1, "次", 2, WEEK), ()),
    ("200万", Context("节约用水量(万立方米)"), q(200, "万立方米"), (f.UNIT_FROM_NAME,)),
    ("200万", Context("受益人数(名单)"), q(200, "万"), (f.NO_UNIT,)),
    ("5", Context("培训(含线上)"), q(5), (f.NO_UNIT,)),
    ("2500次", Context("巡查次数", "全年巡查500次、2500次"), q(2500, "次"), ()),
    ("3-5次", Context(sign="≥"), between(3, 5, "次"), ()),
    ("3次", Context(sign="其他"), q(3, "次"), ()),
    ("较上年提高", Context(sign="="), Relative("上年", GT, "up"), (f.NO_AMOUNT, f.NO_BASELINE)),
    ("7月", Context(sign="="), Deadline(EQ, month=7), (f.WHOLE_BUDGET_YEAR,)),
    ("中", Context("质量风险程度"), Unresolved((tier("grade", "中"), tier("level", "中等水平")), "which_scale"), ()),
    ("5%", Context("每月下降率"), q(5, "%"), ()),
    ("8篇", Context("每0月报送"), q(8, "篇"), ()),
]


@pytest.mark.parametrize(("text", "context", "value", "marks"), SETTLED, ids=[f"{case[0]}-{index}" for index, case in enumerate(SETTLED)])
def test_what_stands_around_the_cell_settles_it(text: str, context: Context, value: Value, marks: tuple[str, ...]) -> None:
    assert parse(text, context) == Reading(text, value, tuple(sorted(marks)))


@pytest.mark.parametrize(
    ("text", "op"),
    [
        *((f"5家{word}", GE) for word in ("以上", "及以上", "（含）以上")),
        *((f"5家{word}", LE) for word in ("以下", "以内", "之内")),
        *((f"{word}5家", GE) for word in ("不低于", "不少于", "至少", "≥", ">=", "≧", "⩾", "大于等于")),
        *((f"{word}5家", LE) for word in ("不超过", "不高于", "最多", "≤", "<=", "≦", "⩽", "不大于")),
        *((f"{word}5家", GT) for word in ("超过", "大于", "高于", "多于", "突破", ">", "＞", "〉")),
        *((f"{word}5家", LT) for word in ("不满", "不足", "不到", "小于", "低于", "少于", "<", "＜")),
        ("5家以外", GT),
        ("5家左右", ABOUT),
        ("大约5家", ABOUT),
    ],
)
def test_legal_reading(text: str, op: str) -> None:
    assert parse(text).value == q(5, "家", op)  # type: ignore[arg-type]


UNCOVERED = "未完成3项 减按15%征收 5号楼 985高校 比例为 2020年完成5项 电话13800000000 3D打印 1/0 99999999999999999999".split()


@pytest.mark.parametrize("text", UNCOVERED)
def test_what_no_form_covers_is_left_to_people(text: str) -> None:
    assert parse(text).value == Phrase(text)


@given(st.text(max_size=40))
def test_answers_for_every_text(text: str) -> None:
    reading = parse(text, Context("合格率（%）", text, text, text, text, 2020))
    assert reading.text == text
    assert list(reading.flags) == sorted(set(reading.flags))
    assert parse(text).text == text


USUAL = (
    "0123456789.,%≥≤><=~-—至到万亿千百十一二三四五六七八九两零半年月日周季度旬天次家人元项/每按不低于超过以上下内前底第全省应尽覆盖完成率约近余"
    "、;； :()（）×*xX无"
)


@given(st.text(USUAL, max_size=14))
def test_answers_for_every_mixture_of_the_usual_signs(text: str) -> None:
    assert parse(text).text == text


@given(st.sampled_from([entry.text for entry in CATALOGUE]), st.text("  \t　", max_size=3), st.text(" \n　", max_size=3))
def test_blanks_around_a_value_say_nothing(text: str, left: str, right: str) -> None:
    assert parse(f"{left}{text}{right}").value == parse(text).value


@given(st.sampled_from([entry.text for entry in CATALOGUE]))
def test_full_width_digits_and_signs_say_the_same(text: str) -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)
    assert unicodedata.normalize("NFKC", wide) == unicodedata.normalize("NFKC", text)
    assert parse(wide).value == parse(text).value


@given(st.integers(1, 10**6), st.integers(0, 99))
def test_numbers_are_exact(whole: int, cents: int) -> None:
    text = f"{whole}.{cents:02d}"
    assert parse(f"{text}万元").value == Quantity(Decimal(text), "万元")


@given(st.integers(1, 99), st.sampled_from(list(PeriodUnit)))
def test_every_period_reads_in_both_notations(count: int, period: PeriodUnit) -> None:
    expected = Cadence(d(3), "次", Every(d(count), period))
    assert parse(f"每{count}个{period.value}3次").value == expected
    assert parse(f"3次/{count}{period.value}").value == expected


def test_a_narrative_is_not_searched_for_values() -> None:
    text = "完成5项。" * 200
    assert parse(text).value == Phrase(text)


@pytest.mark.parametrize(
    "text",
    [
        "待确认(区间或日期):",
        "待确认(天数或日期):5天",
        "待确认(零或不适用):待确认(零或不适用):=0",
        "达到或过预算",
    ],
)
def test_odd_prints_are_answered(text: str) -> None:
    assert parse(text).text == text


def test_tier_and_relative_types_keep_their_own_fields() -> None:
    assert isinstance(parse("优").value, Tier)
    assert isinstance(parse("不超预算").value, Relative)


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.text or "blank")
def test_the_first_form_in_the_order_of_the_table_answers(entry: Entry) -> None:
    text = entry.text.replace(" ", "")
    hit = (form.read(text) for form in FORMS if not form.letters or any(letter in form.letters for letter in text))
    assert single(text) == next((found for found in hit if found is not None), None)
