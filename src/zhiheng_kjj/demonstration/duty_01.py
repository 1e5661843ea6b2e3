"""政策规划与依法行政: the named document issued, nine talents recommended, one list adjusted too late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from zhiheng_kjj.demonstration.happening import Corrected, Generated, Happening, Moved, Recorded
from zhiheng_kjj.demonstration.later import stepped
from zhiheng_kjj.demonstration.world import FIELDS, World

EXPECTED = {
    "拟订科技创新政策措施": ("1项", "met"),
    "高层次科技人才培养": ("9个", "met"),
    "依法行政": ("83.33%（5/6）", "missed"),
}
"""Indicator → its value and state on 2020-12-31 as known on that day."""
EXPECTED_LATER: dict[str, tuple[str, str]] = {"高层次科技人才培养": ("10个", "met")}
"""What differs as known on 2021-02-01."""

NAMED = "关于加强全市科技干部人才队伍建设的若干措施（演示）"
FOUR_PAPERS = ("letter", "notice", "minutes", "checklist")


def happenings(drawn: World) -> Iterator[Happening]:
    """The year of the duty."""
    yield from named_document()
    yield from policies(drawn)
    yield from normative()
    yield from items()
    yield from adjustments()
    yield from bulletins()
    yield from talents(drawn)
    yield from supervision(drawn)


def named_document() -> Iterator[Happening]:
    """The document that the indicator names goes its whole way, from proposal in March to publication in September."""
    row = {
        "title": NAMED,
        "category": "measures",
        "level": "joint",
        "topics": "talent_measures",
        "office": "政策法规科",
        "received_on": "2020-03-16",
        "normative": "否",
        "normative_reason": "内部人才工作安排，不涉及公民、法人的权利义务",
        "superior_basis": "省科技创新人才政策（演示）",
    }
    key = f"{NAMED}|"
    yield Recorded(date(2020, 3, 16), "policy_document", [row], "planned")
    yield Moved(date(2020, 4, 2), "policy_document", key, "draft")
    yield Moved(
        date(2020, 6, 10), "policy_document", key, "consult", {"consultation": "市直部门和县区，2020-06-10至06-24，意见17条，采纳11条"}
    )
    yield Moved(date(2020, 8, 18), "policy_document", key, "review", {"legal_opinion": "临科法审〔2020〕6号"}, ("opinion",), "kezhang")
    yield Moved(date(2020, 9, 4), "policy_document", key, "deliberate", {"minutes": "局党组会纪要〔2020〕21号"}, ("minutes",), "kezhang")
    yield Moved(date(2020, 9, 15), "policy_document", key, "issue", {"document": "临科字〔2020〕58号"}, ("document",))
    yield Moved(
        date(2020, 9, 17),
        "policy_document",
        key,
        "publish",
        {"valid_from": "2020-10-01", "page": "https://kjj.example.cn/zc/202058"},
        ("page",),
    )


PUBLISHED = (
    ("临沂市科技计划年度申报指南（演示）", "notice", 2, 12),
    ("临沂市高新技术企业培育三年行动方案（演示）", "scheme", 3, 24),
    ("临沂市促进科技成果转化若干措施（演示）", "measures", 5, 19),
    ("临沂市科技创新券实施细则（演示）", "details", 6, 16),
    ("临沂市孵化载体备案办法（演示）", "rules", 7, 21),
    ("临沂市科技型中小企业培育意见（演示）", "opinions", 8, 20),
    ("临沂市科技特派员工作办法（演示）", "rules", 10, 15),
    ("临沂市新型研发机构建设办法（演示）", "rules", 11, 17),
)


ENTERED = (date(2020, 3, 30), date(2020, 6, 22), date(2020, 8, 25), date(2020, 11, 23))
"""When the documents are entered, two at a time."""


def policies(drawn: World) -> Iterator[Happening]:
    """Eight other documents published through the year; two still being written, one given up."""
    rows = [policy(*of) for of in PUBLISHED]
    for place, entered in enumerate(ENTERED):
        yield Recorded(entered, "policy_document", rows[place * 2 : place * 2 + 2], "published")
    open_ones = [
        {"title": title, "category": kind, "office": "政策法规科", "state": state, "received_on": drawn.day(2020, 6, 8).isoformat()}
        for title, kind, state in (
            ("临沂市科技伦理审查办法（演示）", "rules", "drafting"),
            ("临沂市“十四五”科技创新规划（演示）", "plan", "consulting"),
            ("临沂市技术经纪人管理办法（演示）", "rules", "dropped"),
        )
    ]
    yield Recorded(date(2020, 9, 10), "policy_document", open_ones, proofs=())


def policy(title: str, kind: str, month: int, day: int) -> dict[str, str]:
    """One document, published two days after it was issued."""
    published = date(2020, month, day + 2).isoformat()
    return {
        "title": title,
        "document": f"临科字〔2020〕{month * 6 + 3}号",
        "category": kind,
        "level": "bureau",
        "office": "政策法规科",
        "recommended_on": date(2020, month, day - 9).isoformat(),
        "happened_on": date(2020, month, day - 5).isoformat(),
        "decided_on": date(2020, month, day).isoformat(),
        "done_on": published,
        "valid_from": published,
        "valid_until": f"2023-{month:02d}-{day + 2:02d}",
        "normative": "是" if title in NORMATIVE else "否",
        "minutes": f"局长办公会纪要〔2020〕{month + 3}号",
    }


NORMATIVE = {
    "临沂市科技创新券实施细则（演示）": date(2020, 6, 18),
    "临沂市孵化载体备案办法（演示）": date(2020, 7, 23),
    "临沂市科技特派员工作办法（演示）": date(2020, 10, 17),
    "临沂市新型研发机构建设办法（演示）": date(2020, 11, 19),
}
"""Of these the normative ones, and when they were published."""


def normative() -> Iterator[Happening]:
    """规范性文件: four reviewed first and filed in time, one not made; two of 2017 evaluated before they lapse."""
    old = [
        {
            "title": title,
            "document": f"临科字〔2017〕{number}号",
            "number": f"LYCR-2017-331000{number - 40}",
            "category": "lawful",
            "office": "政策法规科",
            "recommended_on": "2017-09-20",
            "happened_on": "2017-09-28",
            "decided_on": f"2017-{month}-15",
            "due_on": f"2017-{month}-30",
            "done_on": f"2017-{month}-24",
            "valid_from": f"2017-{month}-15",
            "valid_until": f"2020-{month}-15",
        }
        for title, number, month in (("临沂市科技创新券管理办法（演示）", 41, "10"), ("临沂市科学技术奖励办法实施细则（演示）", 42, "12"))
    ]
    yield Recorded(date(2020, 1, 8), "normative_document", old, "filed")
    rows = [filed(number, title, published) for number, (title, published) in enumerate(NORMATIVE.items(), 1)]
    yield Recorded(date(2020, 8, 28), "normative_document", rows[:2], "filed")
    yield Recorded(date(2020, 11, 30), "normative_document", rows[2:], "filed")
    dropped = {
        "title": "临沂市技术经纪人管理办法（演示）",
        "category": "reject",
        "office": "政策法规科",
        "received_on": "2020-09-01",
        "recommended_on": "2020-09-16",
    }
    yield Recorded(date(2020, 9, 17), "normative_document", [dropped], "dropped")
    yield Generated(date(2020, 2, 3), "document_evaluation", date(2020, 12, 31))
    for evaluated, conclusion in ((date(2020, 8, 20), "renew"), (date(2020, 10, 12), "lapse")):
        words = {"category": conclusion, "opinion": "经征求使用单位意见，形成评估结论"}
        yield stepped(evaluated, "document_evaluation", "finish", {"state": "due"}, words=words, proofs=("report",), most=1)


def filed(number: int, title: str, published: date) -> dict[str, str]:
    """One document reviewed first, published, and filed within eight days."""
    return {
        "title": title,
        "document": f"临科字〔2020〕{published.month * 6 + 3}号",
        "number": f"LYCR-2020-331000{number}",
        "about": f"{title}|",
        "category": "lawful" if number != 2 else "amend",
        "clauses": "第七条、第十二条" if number == 2 else "",
        "office": "政策法规科",
        "received_on": (published - timedelta(days=25)).isoformat(),
        "recommended_on": (published - timedelta(days=11)).isoformat(),
        "happened_on": (published - timedelta(days=7)).isoformat(),
        "decided_on": published.isoformat(),
        "due_on": (published + timedelta(days=15)).isoformat(),
        "done_on": (published + timedelta(days=8)).isoformat(),
        "valid_from": published.isoformat(),
        "valid_until": published.replace(year=2023).isoformat(),
        "legal_opinion": f"临科法审〔2020〕{number + 1}号",
        "filing": f"临司备〔2020〕{number + 40}号",
    }


KINDS = ("licence", "confirmation", "award", "supervision", "supervision", "other", "service", "service", "service", "penalty")
OFFICES = ("政策法规科", "成果与奖励科", "高新技术科", "规划与资金管理科", "科技合作科", "农村科技科", "外国专家科")
MATTERS = (
    "外国人来华工作许可",
    "高新技术企业认定推荐",
    "技术合同认定登记",
    "科技成果登记",
    "科学技术奖励",
    "科技计划项目管理",
    "科技咨询服务",
)


def item(number: int, edition: str, since: str) -> dict[str, str]:
    """One item of the list of powers and services."""
    return {
        "number": f"3700000131{number:03d}",
        "title": f"{MATTERS[number % 7]}（演示第{number}项）",
        "edition": edition,
        "category": KINDS[number % 10],
        "level": "city" if number % 4 else "county",
        "office": OFFICES[number % 7],
        "valid_from": since,
        "legal_basis": "《中华人民共和国科学技术进步法》等",
        "legal_limit": str(20 + number % 3 * 10),
        "promised_limit": str(7 + number % 5),
        "charges": "否",
    }


def items() -> Iterator[Happening]:
    """权责清单: sixty items in force since December 2019; three in a new version, two removed."""
    yield Recorded(date(2020, 1, 7), "service_item", [item(n, "2019年版", "2019-12-20") for n in range(1, 61)], "in_force")
    yield Recorded(date(2020, 6, 30), "service_item", [item(n, "2020年版", "2020-06-29") for n in (4, 18, 33)], "in_force")
    for n in (4, 18, 33):
        yield Moved(date(2020, 6, 30), "service_item", f"3700000131{n:03d}|2019年版", "replace", by="kezhang")
    for n in (51, 57):
        yield Moved(date(2020, 9, 28), "service_item", f"3700000131{n:03d}|2019年版", "remove", by="kezhang")


def adjustments() -> Iterator[Happening]:
    """清单调整: six triggers that concern the bureau, five published within the limit and one too late; one found not to concern it."""
    plan = (
        (1, "amend", "law", "2020-02-10", "2020-02-24", "2020-03-02", "2020-03-06"),
        (2, "amend", "higher", "2020-06-05", "2020-06-15", "2020-06-22", "2020-06-29"),
        (3, "take_over", "higher", "2020-07-01", "2020-07-10", "2020-07-16", "2020-07-24"),
        (4, "cancel", "higher", "2020-09-01", "2020-09-08", "2020-09-18", "2020-09-25"),
        (5, "delegate", "higher", "2020-09-02", "2020-09-21", "2020-10-12", "2020-10-30"),
    )
    due = {1: "2020-03-09", 2: "2020-07-06", 3: "2020-07-29", 4: "2020-09-29", 5: "2020-09-30"}
    rows = []
    for number, kind, trigger, received, sent, approved, done in plan:
        row = adjustment(number, trigger, received) | {
            "category": kind,
            "recommended_on": sent,
            "decided_on": approved,
            "due_on": due[number],
            "done_on": done,
            "before": "2019年版",
            "after": "2020年版",
        }
        rows.append(row)
    for start, stop, entered in ((0, 1, date(2020, 3, 9)), (1, 3, date(2020, 7, 27)), (3, 5, date(2020, 11, 2))):
        yield Recorded(entered, "list_adjustment", rows[start:stop], "published", hour=17)
    yield Recorded(date(2020, 10, 20), "list_adjustment", [adjustment(6, "functions", "2020-10-19")], "triggered")
    yield Moved(date(2020, 10, 26), "list_adjustment", "QZ2020-006", "apply")
    yield Moved(date(2020, 11, 4), "list_adjustment", "QZ2020-006", "approve", proofs=("approval",))
    words = {"category": "amend", "before": "2019年版", "after": "2020年版"}
    yield Moved(date(2020, 11, 10), "list_adjustment", "QZ2020-006", "publish", words, ("page",))
    yield Recorded(date(2020, 11, 20), "list_adjustment", [adjustment(7, "law", "2020-11-18")], "triggered")
    yield Moved(date(2020, 11, 25), "list_adjustment", "QZ2020-007", "dismiss", by="kezhang")


def adjustment(number: int, trigger: str, received: str) -> dict[str, str]:
    """What stands in a request from the beginning."""
    return {
        "number": f"QZ2020-{number:03d}",
        "title": f"{MATTERS[number % 7]}（演示）",
        "channel": trigger,
        "document": f"鲁编办发〔2020〕{number + 10}号（演示）",
        "office": "政策法规科",
        "received_on": received,
    }


ISSUES = (
    (date(2020, 1, 20), "annual", date(2020, 1, 25), "2019年度"),
    (date(2020, 1, 21), "quarterly", date(2020, 1, 25), "2019年第四季度"),
    (date(2020, 4, 22), "quarterly", date(2020, 4, 25), "2020年第一季度"),
    (date(2020, 7, 23), "quarterly", date(2020, 7, 25), "2020年第二季度"),
    (date(2020, 10, 22), "quarterly", date(2020, 10, 25), "2020年第三季度"),
)


def bulletins() -> Iterator[Happening]:
    """通报: what the calendar calls for, five in the year, all issued in time."""
    yield Generated(date(2020, 1, 6), "bulletin", date(2020, 12, 31))
    for number, (day, kind, due, edition) in enumerate(ISSUES, 1):
        words = {
            "edition": edition,
            "document": f"临科通报〔2020〕{number}期",
            "drafter": "经办·政策",
            "recipients": "各县区科技局，局机关各科室",
        }
        yield stepped(day, "bulletin", "issue", {"category": kind, "due_on": due}, words=words, proofs=("bulletin",))


def talents(drawn: World) -> Iterator[Happening]:
    """人才推荐: of twelve ten are recommended, one of them without its list of papers until January; quotas are kept."""
    summer = [talent(drawn, n, "taishan_industry", date(2020, 6, 18)) for n in range(5)]
    yield Recorded(date(2020, 6, 19), "talent", summer, "recommended")
    autumn = [talent(drawn, n, "yimeng" if n < 8 else "ten_thousand", date(2020, 10, 14)) for n in range(5, 9)]
    yield Recorded(date(2020, 10, 15), "talent", autumn, "recommended")
    late = [talent(drawn, 9, "taishan_scholar", date(2020, 10, 28))]
    yield Recorded(date(2020, 10, 29), "talent", late, "recommended", FOUR_PAPERS[:3])
    others = [
        {
            name: value
            for name, value in talent(drawn, n, "taishan_industry", date(2020, 6, 18)).items()
            if name not in ("recommended_on", "document")
        }
        | {"state": state}
        for n, state in ((10, "refused"), (11, "withdrawn"))
    ]
    yield Recorded(date(2020, 6, 22), "talent", others, proofs=())
    find = {"category": "taishan_industry", "channel": "general", "state": "recommended"}
    yield stepped(date(2020, 12, 8), "talent", "select", find, proofs=("selection",), most=2)
    yield stepped(
        date(2021, 1, 12),
        "talent",
        "select",
        {"category": "taishan_scholar", "channel": "general", "state": "recommended"},
        words={"amount": "500000", "valid_from": "2021-01-12", "valid_until": "2026-01-12"},
        proofs=("checklist", "selection"),
    )


def talent(drawn: World, number: int, programme: str, sent: date) -> dict[str, str]:
    """One candidate, of an employer of his own."""
    firm = drawn.firm(number * 61 + 7)
    return {
        "person": f"{drawn.person(number + 3)}（人才演示{number:02d}）",
        "organisation": firm.words,
        "county": firm.county,
        "category": programme,
        "level": {"yimeng": "city", "ten_thousand": "national"}.get(programme, "province"),
        "channel": "general",
        "edition": "2020年度",
        "document": f"临科函〔2020〕{sent.month + 20}号",
        "received_on": date(2020, sent.month - 1, 12).isoformat(),
        "recommended_on": sent.isoformat(),
        "recommender": "临沂市科学技术局（演示）",
        "age": str(36 + number),
        "age_limit": "57",
    }


def supervision(drawn: World) -> Iterator[Happening]:
    """无指标: checks of how policies are carried out, and the alliances."""
    checks = [
        {
            "number": f"JD2020{n:02d}",
            "title": f"{PUBLISHED[n % 8][0].removesuffix('（演示）')}落实情况检查（演示）",
            "organisation": drawn.firm(n * 17).words,
            "county": drawn.firm(n * 17).county,
            "office": "政策法规科",
            "happened_on": f"2020-{9 + n % 3:02d}-{10 + n:02d}",
            "finding": "台账不全" if n % 3 == 0 else "",
        }
        for n in range(6)
    ]
    yield Recorded(date(2020, 11, 26), "policy_supervision", checks, "checked")
    yield Corrected(
        date(2020, 11, 27), "policy_supervision", "JD202004", {"finding": "个别单位未公示，已当场改正"}, "检查报告复核后补记问题"
    )
    alliances = [
        {
            "number": f"LM{n:03d}",
            "title": f"临沂{FIELDS[n]}产业技术创新战略联盟（演示）",
            "level": "provincial" if n < 2 else "municipal",
            "organisation": drawn.firm(n * 29).words,
            "county": drawn.firm(n * 29).county,
            "decided_on": f"20{16 + n % 4}-05-20",
            "valid_from": f"20{16 + n % 4}-04-01",
            "quantity": str(11 + n * 3),
        }
        for n in range(5)
    ]
    yield Recorded(date(2020, 1, 10), "industry_alliance", alliances, "running")
