"""The papers of a year from monitoring to publication, made up for the real table and for projects of any size."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from zhiheng.plan.plan import Cell, Figure, Goal, Indicator, Plan
from zhiheng.reports.papers import Content
from zhiheng.reports.papers.congress_letter import Sent, congress_letter
from zhiheng.reports.papers.evaluation_report import Evaluation, Item, evaluation_report
from zhiheng.reports.papers.final_account_statement import final_account_statement
from zhiheng.reports.papers.monitoring_report import Execution, Flagged, Round, monitoring_report
from zhiheng.reports.papers.monitoring_table import Monitored, monitored, monitoring_table
from zhiheng.reports.papers.opinions import Opinion
from zhiheng.reports.papers.outline import Money
from zhiheng.reports.papers.rectification_ledger import Entry, rectification_ledger
from zhiheng.reports.papers.rectification_notice import Notice, Problem, rectification_notice
from zhiheng.reports.papers.self_evaluation_report import Override, Part, Report, self_evaluation_report
from zhiheng.reports.papers.self_evaluation_table import Changed, Evaluated, Result, evaluated, self_evaluation_table
from zhiheng.reports.papers.use_of_results import Use, use_of_results
from zhiheng.tables import read
from zhiheng.values.parse import parse

REAL = read(Path(__file__).parents[3] / "examples" / "linyi-2020" / "table.txt").tables[0].plan
OPINIONS = (Opinion("科室负责人审核", "同意", "数据与台账一致。", "张三", date(2020, 8, 20)), Opinion("主要负责人签批"))
STATES = ("102家", "无应办事项", "未组织（鲁科字〔2020〕15号）", "待统计发布（暂定102家）", "0家", "尚无台账", "应审尽审", "未到期")
LEVELS = (("产出指标", "数量指标"), ("产出指标", "质量指标"), ("效益指标", "社会效益指标"), ("满意度指标", "服务对象满意度指标"))
REASON = "受疫情影响，线下活动推迟到下半年举办，经费拨付滞后。"
MONTHS = (1, 7)
SPENT = (
    Money("年度资金总额", Decimal(5364), executed=Decimal("2890.50"), rate="53.89%", forecast=Decimal(5364)),
    Money("其中：财政拨款", Decimal(5364), executed=Decimal("2890.50"), rate="53.89%", forecast=Decimal(5364)),
    Money("其他资金", Decimal(0), executed=Decimal(0), rate="—"),
)
SETTLED = (
    Money("年度资金总额", Decimal(5364), Decimal("5300.5"), Decimal("5210.25"), "10", "98.30%", "9.83"),
    Money("其中：当年财政拨款", Decimal(5364), Decimal("5300.5"), Decimal("5210.25"), "—", "98.30%", "—"),
    Money("其他资金", None, None, None, "—", "", "—"),
)
RESULT = Result(Decimal(100), Decimal("95.30"), "优", "完成年度目标。")
CHANGED = Changed(Decimal("1.5"), "统计口径经省厅更正：少计两家，\n依据：鲁科函〔2021〕3号。", "绩效管理员", "财务科负责人")


def project(size: int) -> Plan:
    """The goals of a project with ``size`` indicators under level words."""
    rows = tuple(
        Indicator(Cell(f"科技服务事项{row + 1}办结数量"), category=LEVELS[row * len(LEVELS) // size], target=Figure(parse("≥12场")))
        for row in range(size)
    )
    goal = Goal(Cell("开展科普活动，提高公民科学素质。"))
    names = (Cell("临沂市科学技术局"), Cell("科普活动经费"), Cell("临沂市科技馆"))
    return Plan("项目支出绩效目标申报表", "goal-declaration", 2020, *names, goals=(goal,), indicators=rows)


def by_duty(size: int) -> Plan:
    """The real table with its first ``size`` indicators, repeated where it has fewer."""
    rows = (REAL.indicators * (size // len(REAL.indicators) + 1))[:size]
    return replace(REAL, indicators=tuple(sorted(rows, key=lambda row: row.duty or 0)))


def monitored_rows(plan: Plan, long: int = 1) -> list[Monitored]:
    """A row for each indicator, in every state, one in five behind; reasons repeated ``long`` times."""
    return [
        Monitored(
            STATES[row % len(STATES)],
            "102家" if row % 3 else "",
            () if row % 5 else ("经费保障", "其他"),
            "" if row % 5 else REASON * long,
            "确定能" if row % 5 else "有可能",
            "" if row % 7 else "拟于9月底前集中开展。" * long,
        )
        for row, _ in enumerate(plan.indicators)
    ]


def evaluated_rows(plan: Plan, long: int = 1) -> list[Evaluated]:
    """A row for each indicator, some out of the sum, the fourth changed by hand."""
    return [
        Evaluated(
            STATES[row % len(STATES)],
            Decimal("2.5"),
            None if row % 4 == 0 else Decimal("2.50"),
            REASON * long if row % 4 == 2 else "",
            CHANGED if row == 3 else None,
        )
        for row, _ in enumerate(plan.indicators)
    ]


def monitoring(plan: Plan, long: int = 1) -> tuple[Content, Plan]:
    """The paper, and the plan that its form holds."""
    rows, kind = monitored_rows(plan, long), "department" if plan.duties else "project"
    held = monitored(plan, MONTHS, SPENT, rows, kind=kind)
    return monitoring_table(plan, "绩监〔2020〕1号", MONTHS, SPENT, rows, OPINIONS, kind=kind), held


def self_evaluation(plan: Plan, long: int = 1) -> tuple[Content, Plan]:
    """The paper, and the plan that its form holds."""
    rows, kind = evaluated_rows(plan, long), "department" if plan.duties else "project"
    held = evaluated(plan, SETTLED, rows, RESULT, kind=kind)
    return self_evaluation_table(plan, "绩评〔2021〕1号", SETTLED, rows, RESULT, OPINIONS, kind=kind), held


FLAGGED = (
    Flagged("国际科技合作对接次数", "红灯", "10次", "2次", "5.83次", "出境活动取消。", "改为线上对接。", "李四", date(2020, 9, 30)),
    Flagged("高新技术企业认定", "黄灯", "60家", "25家"),
)
ROUND = Round(
    "临沂市科学技术局",
    "临沂市财政局",
    "2020年1-7月部门整体",
    date(2020, 8, 20),
    "各项工作总体推进顺利。\n部分线下活动推迟。",
    Execution(Decimal(5364), Decimal("2890.50"), "53.89%", "黄灯", Decimal(5364), "项目评审推迟。"),
    (("绿灯", 25), ("蓝灯", 0), ("黄灯", 1), ("红灯", 1), ("不判定", 9)),
    FLAGGED,
)
REPORT = Report(
    "临沂市科学技术局",
    "临沂市财政局",
    "部门整体支出",
    2020,
    date(2021, 4, 20),
    "我局是市政府工作部门。",
    Decimal("5300.5"),
    Decimal("5210.25"),
    "98.30%",
    (("达到指标值", 28), ("未达到指标值", 3), ("无应办事项", 5)),
    "年度目标基本完成。",
    Decimal(100),
    Decimal("95.3"),
    "优",
    (Part("预算执行率", Decimal(10), Decimal("9.83")), Part("效益指标", Decimal(30), None)),
    (Override("企业入库数量", Decimal("1.5"), Decimal("2.5"), "统计口径经省厅更正。", "绩效管理员", "财务科负责人"),),
    problems="个别指标设定偏低。",
)
ITEMS = tuple(
    Item(first, second, name, Decimal(5), "目标与职责相符得2分。", "部分指标不可衡量。", Decimal("4.50"))
    for first, second, name in (
        ("决策", "项目立项", "立项依据充分性"),
        ("决策", "项目立项", "立项程序规范性"),
        ("决策", "绩效目标", "目标合理性"),
        ("过程", "资金管理", "预算执行率"),
        ("产出", "产出数量", "兑现企业数"),
        ("效益", "满意度", "企业满意度"),
    )
)
EVALUATION = Evaluation(
    "临沂市科学技术局2020年度科技创新券项目",
    "临沂市科学技术局",
    "临沂市财政局",
    "某会计师事务所有限公司",
    date(2021, 6, 30),
    (("基本情况", "项目自2016年起实施。"), ("主要经验", "")),
    ITEMS,
    Decimal(100),
    Decimal("88.5"),
    "良",
    "项目总体达到预期。",
)
NOTICE = Notice(
    "临沂市财政局",
    "临沂市科学技术局",
    "2020年度部门整体绩效自评抽查复核",
    date(2021, 6, 1),
    date(2021, 7, 31),
    (
        Problem("佐证材料与申报数不符，少2家。", "更正台账，补齐佐证。", date(2021, 7, 15)),
        Problem("部分指标偏差原因未说明。", "补充说明。", None),
    ),
)
ENTRIES = (
    Entry("抽查复核", "佐证不符，少2家。", "更正台账", "李四", date(2021, 7, 15), "更正后的台账", "同意销号", date(2021, 7, 12)),
    Entry("监控红灯", "进度滞后", due=date(2021, 9, 30), state="整改中", about="科普活动经费\n科普活动场次"),
)
USES = (
    Use("科技创新券", "财政评价", "88.5", "良", "压减", Decimal(500), Decimal("420.50"), "兑现率偏低。", "临财绩〔2021〕9号"),
    Use("科普活动经费", "自评", "95.3", "优", "保留", Decimal(60), Decimal(60), "执行良好。"),
    Use("规划编制", "部门评价", "55", "差", "取消", Decimal(30), Decimal(0), "任务已完成。"),
)
SENT = Sent(
    "临沂市科学技术局",
    "临沂市人大常委会",
    "2020年度部门决算绩效材料",
    date(2021, 9, 10),
    ("部门整体支出绩效自评表", "绩效评价报告", "结果应用表"),
)
STATEMENT = (("绩效评价工作开展情况", "组织对14个项目开展绩效自评，涉及预算资金3862万元。"), ("存在的问题", ""))

PAPERS: dict[str, Content] = {
    "monitoring": monitoring(REAL)[0],
    "monitoring_report": monitoring_report("临科字〔2020〕30号", ROUND),
    "self_evaluation": self_evaluation(REAL)[0],
    "self_evaluation_report": self_evaluation_report("临科字〔2021〕5号", REPORT),
    "evaluation": evaluation_report("临财评〔2021〕2号", EVALUATION),
    "rectification": rectification_notice("临财绩〔2021〕9号", NOTICE),
    "rectification_ledger": rectification_ledger("绩整〔2021〕1号", "临沂市科学技术局", 2020, date(2021, 8, 1), ENTRIES),
    "use_of_results": use_of_results("绩用〔2021〕1号", "临沂市科学技术局", 2020, date(2021, 8, 1), USES),
    "congress_letter": congress_letter("临科函〔2021〕12号", SENT),
    "final_account_statement": final_account_statement("绩说1号", "临沂市科学技术局", 2020, STATEMENT),
}
