"""科技服务与项目管理: loans compensated, vouchers with two paid late, one platform not checked, the fourth system known only in January."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from zhiheng_kjj.demonstration.happening import Corrected, Generated, Happening, Moved, Recorded, Revoked
from zhiheng_kjj.demonstration.later import stepped
from zhiheng_kjj.demonstration.world import FIELDS, World
from zhiheng_web.ledgers.models import EntryVersion

EXPECTED = {
    "实施科技成果转化贷款风险补偿资金政策": ("100%（3/3）；79.2万元；79.2万元；60笔", "met"),
    "落实完善“创新券”补助政策": ("98.44%（126/128）；160.86万元", "missed"),
    "健全项目管理制度": ("3项", "missed"),
    "规范创新平台管理": ("95.65%（22/23）", "missed"),
}
"""Indicator → its value and state on 2020-12-31 as known on that day."""
EXPECTED_LATER: dict[str, tuple[str, str]] = {"健全项目管理制度": ("4项", "met")}
"""What differs as known on 2021-02-01."""


def happenings(drawn: World) -> Iterator[Happening]:
    """The year of the duty."""
    yield from loans(drawn)
    yield from compensations(drawn)
    yield from vouchers(drawn)
    yield from systems()
    yield from projects(drawn)
    yield from credit(drawn)
    yield from checks()


# -- 贷款 ---------------------------------------------------------------------------------------------------------------------

LATE_FILED, CANCELLED = 37, 50


def loan(drawn: World, number: int) -> dict[str, str]:
    """One loan, paid out by a bank five weeks before the province announces its filing; number 37 was filed after four months."""
    filed = date(2020, (number - 1) // 16 * 3 + 2, 5 + number % 16)
    asked = filed - timedelta(days=20)
    paid = asked - timedelta(days=120 if number == LATE_FILED else 15)
    firm, bank, amount = drawn.firm(number * 9 + 4), drawn.banks[number % 3], (number % 9 + 1) * 500_000
    return {
        "number": f"DK2020-{number:04d}",
        "organisation": firm.words,
        "counterpart": bank.words,
        "county": firm.county,
        "category": ("research", "transfer", "production")[number % 3],
        "level": ("early", "start_up", "other")[number % 3],
        "document": f"SF2020-{number:03d}",
        "happened_on": paid.isoformat(),
        "received_on": asked.isoformat(),
        "decided_on": filed.isoformat(),
        "valid_from": paid.isoformat(),
        "valid_until": (paid + timedelta(days=365)).isoformat(),
        "amount": str(amount),
        "loan": str(amount),
        "rate": "4.35",
        "benchmark_rate": "3.85",
        "contract": f"YD{number:06d}",
        "first_loan": "是" if number % 4 == 0 else "否",
    }


def loans(drawn: World) -> Iterator[Happening]:
    """贷款备案: 62 filed; one too late for compensation, one whose filing is cancelled: 60 count. Two more wait for the province."""
    for quarter in range(4):
        rows = [loan(drawn, n) for n in range(quarter * 16 + 1, min(quarter * 16 + 17, 63))]
        for row in rows:
            if row["number"] in ("DK2020-0003", "DK2020-0008"):
                row["state"] = "overdue"
        kinds = ("filing", "agreement", "voucher")
        yield Recorded(date(2020, quarter * 3 + 2, 26), "loan_filing", rows, "filed", kinds)
    yield Moved(date(2020, 12, 9), "loan_filing", f"DK2020-{CANCELLED:04d}", "cancel", by="kezhang")
    for n in (1, 2, 5):
        yield Moved(date(2020, 12, 16), "loan_filing", f"DK2020-{n:04d}", "repay", {"balance": "0"})
    waiting = [
        {name: value for name, value in loan(drawn, n).items() if name not in ("decided_on", "amount")}
        | {"happened_on": "2020-11-20", "received_on": "2020-12-14", "valid_from": "2020-11-20", "valid_until": "2021-11-20"}
        for n in (63, 64)
    ]
    yield Recorded(date(2020, 12, 15), "loan_filing", waiting, "submitted")


def compensations(drawn: World) -> Iterator[Happening]:
    """贷款补偿: a loss, a second one and an interest subsidy paid in time, 450,000 + 280,000 + 62,000 yuan; one claim rejected."""
    rows = [claim(drawn, n, about, kind, amount) for n, (about, kind, amount) in enumerate(CLAIMS, 1)]
    done = {"decided_on": "2020-09-10", "due_on": "2020-10-28", "done_on": "2020-10-15"}
    yield Recorded(date(2020, 10, 16), "loan_compensation", [rows[0] | done | paid(450_000), rows[2] | done | paid(62_000)], "paid")
    yield Recorded(date(2020, 9, 1), "loan_compensation", [rows[1]], "applied")
    yield Moved(
        date(2020, 9, 28), "loan_compensation", "BC2020-002", "approve", {"amount": "280000", "due_on": "2020-11-17"}, ("audit",), "kezhang"
    )
    yield Moved(date(2020, 10, 30), "loan_compensation", "BC2020-002", "pay", paid(280_000), ("payment",))
    yield Recorded(date(2020, 9, 15), "loan_compensation", [rows[3]], "rejected", ("agreement", "filing", "bad_debt"))


CLAIMS = ((3, "loss", 450_000), (8, "loss", 280_000), (5, "interest", 62_000), (LATE_FILED, "loss", 300_000))


def claim(drawn: World, number: int, about: int, kind: str, amount: int) -> dict[str, str]:
    """One claim of a bank."""
    of = loan(drawn, about)
    return {
        "number": f"BC2020-{number:03d}",
        "about": of["number"],
        "organisation": of["organisation"],
        "counterpart": of["counterpart"],
        "county": of["county"],
        "category": kind,
        "happened_on": "2020-08-20",
        "received_on": "2020-08-28",
        "principal": str(amount * 10 // 7),
    }


def paid(amount: int) -> dict[str, str]:
    """How a loss is shared: province and city pay 70 of 100, the bank bears 30."""
    return {
        "amount": str(amount),
        "amount_2": str(amount),
        "province_share": str(amount // 2),
        "city_share": str(amount // 2),
        "bank_share": str(amount * 3 // 7),
    }


# -- 创新券 -------------------------------------------------------------------------------------------------------------------

PAID_LATE = frozenset({44, 97})
REJECTED = frozenset({13, 39, 66, 88, 104, 120})


def voucher(drawn: World, number: int) -> dict[str, str]:
    """One redemption: fourteen a month applied for, approved in the next month and paid in the month after that."""
    month = (number - 1) // 14 + 1
    applied = date(2020, month, 3 + number % 20)
    firm, lab = drawn.firm(number * 5 + 3), drawn.university(number)
    return {
        "number": f"CX2020-{number:04d}",
        "organisation": firm.words,
        "counterpart": lab.words,
        "county": firm.county,
        "category": ("testing", "experiment", "analysis")[number % 3],
        "data_year": "2020",
        "valid_from": (applied - timedelta(days=60)).isoformat(),
        "happened_on": (applied - timedelta(days=25)).isoformat(),
        "received_on": applied.isoformat(),
        "amount": str((number % 5 + 1) * 7_000),
        "invoice": f"FP{number:08d}",
        "report_number": f"JC2020{number:04d}",
        "instrument": ("质谱仪", "扫描电镜", "疲劳试验机", "色谱仪")[number % 4],
        "batch": f"2020年{month + 2}月",
    }


def approved(row: dict[str, str], month: int) -> dict[str, str]:
    """The audit passed in the month after the application; to be paid by the end of the next."""
    following = date(2020 + (month + 2) // 12, (month + 2) % 12 + 1, 1) - timedelta(days=1)
    return row | {"decided_on": date(2020, month + 1, 12).isoformat(), "due_on": following.isoformat()}


def vouchers(drawn: World) -> Iterator[Happening]:
    """创新券: 140 applications. Six rejected, six of the last month due in January: 128 due in the year, two of them paid too late.

    Each redemption is three fifths of its cost; the six of January are none of the year's money.
    """
    everything = ("order", "report", "invoice", "audit", "payment")
    late = []
    for month in range(1, 11):
        numbers = [n for n in range(month * 14 - 13, month * 14 + 1) if n not in REJECTED]
        done = date(2020, month + 2, 18)
        rows = []
        for n in numbers if month < 10 else numbers[:8]:
            row = approved(voucher(drawn, n), month)
            row |= {"amount_2": str(int(row["amount"]) * 3 // 5), "quantity": "60"}
            if n in PAID_LATE:
                late.append(row | {"done_on": (date.fromisoformat(row["due_on"]) + timedelta(days=9)).isoformat()})
            else:
                rows.append(row | {"done_on": done.isoformat()})
        yield Recorded(done + timedelta(days=1), "voucher", rows, "paid", everything)
    yield Recorded(date(2020, 11, 20), "voucher", late, "paid", everything, hour=11)
    last = [approved(voucher(drawn, n), 11) for n in range(135, 141)]
    yield Recorded(date(2020, 12, 18), "voucher", last, "approved")
    refused = [voucher(drawn, n) for n in sorted(REJECTED)]
    yield Recorded(date(2020, 11, 23), "voucher", refused, "rejected", ("order", "report", "invoice"))
    yield Corrected(date(2020, 6, 24), "voucher", "CX2020-0031", {"instrument": "透射电镜"}, "检测报告复核，仪器名称登记有误")
    twice = voucher(drawn, 7) | {"number": "CX2020-0999"}
    yield Recorded(date(2020, 2, 20), "voucher", [twice], "applied")
    yield Revoked(date(2020, 2, 24), "voucher", "CX2020-0999", "与CX2020-0007为同一发票，重复申请", "创新券审核记录〔2020〕2号")


# -- 项目管理制度 -------------------------------------------------------------------------------------------------------------


def systems() -> Iterator[Happening]:
    """四项制度: one document for the negative list, one for two systems; the blacklist, issued on 25 December, is entered in January."""
    for title, kind, document, topics, month, day, entered in (
        ("临沂市科研经费负面清单（演示）", "notice", "临科字〔2020〕27号", "negative_list", 4, 14, date(2020, 4, 20)),
        ("临沂市科技计划项目检查验收管理办法（演示）", "rules", "临科字〔2020〕42号", "midterm_check、acceptance", 7, 7, date(2020, 7, 13)),
        ("临沂市科研信用黑名单管理规定（演示）", "provisions", "临科字〔2020〕90号", "credit_blacklist", 12, 25, date(2021, 1, 11)),
    ):
        row = {
            "title": title,
            "document": document,
            "category": kind,
            "level": "bureau",
            "topics": topics,
            "office": "规划与资金管理科",
            "recommended_on": date(2020, month, day - 5).isoformat(),
            "happened_on": date(2020, month, day - 3).isoformat(),
            "decided_on": date(2020, month, day).isoformat(),
            "done_on": date(2020, month, day + 3).isoformat(),
            "valid_from": date(2020, month, day + 3).isoformat(),
            "valid_until": f"2023-{month:02d}-{day + 3:02d}",
            "normative": "否",
        }
        yield Recorded(entered, "policy_document", [row], "published")


# -- 科技项目 ---------------------------------------------------------------------------------------------------------------


def project(drawn: World, number: int, year: int) -> dict[str, str]:
    """One project of three years at most."""
    firm, started = drawn.firm(number * 7 + 1), date(year, 7, 1)
    return {
        "number": f"{year}LYKJ{number:03d}",
        "title": f"{FIELDS[number % 12]}关键技术研发（演示）{number:03d}",
        "category": ("key_research", "innovation", "agriculture", "soft", "platform")[number % 5],
        "level": "city" if number % 6 else "province",
        "data_year": str(year),
        "organisation": firm.words,
        "counterpart": drawn.university(number).words if number % 3 == 0 else "",
        "person": f"{drawn.person(number + 11)}（项目演示{number:02d}）",
        "county": firm.county,
        "document": f"临科计〔{year}〕{year - 2010}号",
        "received_on": date(year, 3, 20).isoformat(),
        "decided_on": date(year, 6, 18).isoformat(),
        "valid_from": started.isoformat(),
        "valid_until": started.replace(year=year + 2).isoformat(),
        "due_on": date(year + 2, 12, 30).isoformat(),
        "amount": str((number % 6 + 1) * 50_000),
        "amount_2": str((number % 6 + 2) * 200_000),
    }


def projects(drawn: World) -> Iterator[Happening]:
    """科技项目: ninety, from those accepted in the year to those that asked in vain."""
    both = ("approval", "task_book")
    yield Recorded(date(2020, 1, 9), "project", [project(drawn, n, 2018) for n in range(1, 39)], "running", hour=16)
    checked = [project(drawn, n, 2019) | {"happened_on": "2020-07-16", "midterm": "mend" if n == 44 else "continue"} for n in range(39, 55)]
    yield Recorded(date(2020, 7, 20), "project", checked, "running", (*both, "midterm"))
    yield Recorded(date(2020, 7, 8), "project", [project(drawn, n, 2020) for n in range(55, 83)], "running")
    refused = [
        {
            name: value
            for name, value in project(drawn, n, 2020).items()
            if name in ("title", "category", "data_year", "organisation", "received_on")
        }
        for n in range(83, 91)
    ]
    yield Recorded(date(2020, 6, 19), "project", refused, "refused")
    old = {"data_year": 2018, "number__in": [f"2018LYKJ{n:03d}" for n in range(1, 13)]}
    yield stepped(date(2020, 9, 3), "project", "ask", old)
    for move, numbers in (("accept", range(1, 10)), ("not_accept", range(10, 11)), ("end", range(11, 12))):
        find = {"number__in": [f"2018LYKJ{n:03d}" for n in numbers]}
        yield stepped(date(2020, 11, 6), "project", move, find, proofs=("acceptance",), by="kezhang" if "accept" in move else "")
    stopped = {"number": "2018LYKJ030"}
    yield stepped(date(2020, 5, 14), "project", "stop", stopped, words={"changes": "承担单位停产，申请终止"}, by="kezhang")


def credit(drawn: World) -> Iterator[Happening]:
    """科研信用: two decisions, each confirmed by a second person."""
    rows = [
        {
            "number": f"XY2020-00{n}",
            "category": kind,
            "organisation": drawn.firm(n * 70 + 1).words,
            "level": degree,
            "channel": measure,
            "document": f"临科监〔2020〕{n}号",
            "happened_on": f"2020-0{4 + n}-10",
            "decided_on": "2020-10-12",
            "due_on": "2020-10-27",
            "valid_from": "2020-10-12",
            "valid_until": f"202{1 + n}-10-12",
            "rule": "科学技术活动违规行为处理暂行规定（演示引用）",
        }
        for n, (kind, degree, measure) in enumerate((("performer", "serious", "bar"), ("performer", "light", "warning")), 1)
    ]
    yield Recorded(date(2020, 10, 13), "research_credit", rows, "decided")


# -- 平台检查 -----------------------------------------------------------------------------------------------------------------


def checks() -> Iterator[Happening]:
    """平台检查: 24 due, made from the ends of construction; one is exempt, one is not concluded on: 22 of 23."""
    yield Generated(date(2020, 1, 10), "platform_check", date(2020, 12, 31))
    proofs = ("notice", "scores", "report")
    for on, due, most in (
        (date(2020, 3, 20), date(2020, 3, 31), None),
        (date(2020, 6, 18), date(2020, 6, 30), None),
        (date(2020, 9, 16), date(2020, 9, 30), None),
        (date(2020, 12, 4), date(2020, 12, 14), 4),
    ):
        find = {"due_on": due, "state": "due"}
        yield stepped(on, "platform_check", "conclude", find, words=conclusion, proofs=proofs, by="kezhang", most=most)
    words = {"document": "临科函〔2020〕88号"}
    rest = {"due_on": date(2020, 12, 14), "state": "due"}
    yield stepped(date(2020, 12, 9), "platform_check", "exempt", rest, words=words, proofs=("exemption",), by="kezhang", most=1)
    failed = {"level": "failed", "state": "concluded"}
    yield stepped(date(2020, 9, 28), "platform_check", "mend", failed, words={"mend_by": "2020-12-28"})


def conclusion(row: EntryVersion) -> dict[str, str]:
    """How a platform is graded: the worst of the third round is to be mended."""
    day = row.due_on or date(2020, 12, 31)
    grade = len(row.title) % 3
    worst = day == date(2020, 9, 30) and row.title.endswith("122")
    return {
        "level": "failed" if worst else ("excellent", "good", "passed")[grade],
        "quantity": "52" if worst else str(90 - grade * 9),
        "document": f"临科函〔2020〕{day.month + 60}号",
        "happened_on": (day - timedelta(days=20)).isoformat(),
    }
