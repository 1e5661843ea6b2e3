"""院士工作站, 外专, 引智基地, 孵化载体, 创新平台: what is limited, counted by county, or has a term."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from django.db.models import Count, Q, Sum

from zhiheng_kjj.office.desk import Desk
from zhiheng_kjj.office.summaries import Grouping, Listing, grouped, listed
from zhiheng_kjj.office.tables import Cell, Table, figure, word
from zhiheng_kjj.rules import academicians, foreign_experts
from zhiheng_kjj.rules.known import in_force, number
from zhiheng_web.ledgers.models import EntryVersion
from zhiheng_web.wording import Text

STATIONS, YEARS, PROJECTS, BASES, CHECKS = "academician_station", "academician_year", "foreign_project", "introduction_base", "base_check"
CARRIERS, PLATFORMS = "carrier", "platform"


def _in_force(desk: Desk, row: EntryVersion) -> bool:
    return row.state == "filed" and (row.valid_until is None or row.valid_until > desk.on)


def station_limit(desk: Desk, row: EntryVersion) -> Cell:
    """The academician's stations, those declared elsewhere included, of the most that are allowed."""
    if not _in_force(desk, row):
        return word("—")
    here = Counter(one.person_id for one in desk.rows(STATIONS) if _in_force(desk, one))
    total = here[row.person_id] + int(row.quantity or 0) if row.person_id else 1
    limit = academicians.station_limit(retired=row.category == "retired", known=desk.known)
    if limit is None:
        return word(Text("{n}（未限定）", "{n} (no limit)").with_(n=total))
    return word(f"{total}/{limit}", "bad" if total > limit else "good")


def days_at_station(desk: Desk, row: EntryVersion) -> Cell:
    """The days of the year at the station against the least."""
    if not _in_force(desk, row):
        return word("—")
    found = next((one for one in desk.rows(YEARS) if one.about_id == row.entry_id and one.data_year == desk.year), None)
    if found is None or found.quantity is None:
        return word(Text("未上报", "Not reported"), "warn")
    least = number(desk.known, "academicians.days") or Decimal(0)
    words = f"{figure(found.quantity).words}/{least}"
    return word(words, "good" if academicians.days_suffice(found.quantity, desk.known) else "bad")


def days_in_china(desk: Desk, row: EntryVersion) -> Cell:
    """The expert's days in China against what the programme asks."""
    known = in_force(row.decided_on or desk.on)
    asked = foreign_experts.days_asked(row.category, str(row.details.get("work") or ""), known)
    if asked is None:
        return word(Text("未规定", "None asked"))
    if row.quantity is None:
        return word(Text("未登记", "Not recorded"), "warn")
    return word(f"{figure(row.quantity).words}/{asked}", "good" if row.quantity >= asked else "bad")


def yearly_check(desk: Desk, row: EntryVersion) -> Cell:
    """Whether the base was checked in the year."""
    if row.state != "named":
        return word("—")
    checks = [
        one for one in desk.rows(CHECKS) if one.about_id == row.entry_id and one.due_on and desk.since <= one.due_on <= desk.period.last
    ]
    if not checks:
        return word(Text("未列入检查，请生成", "No check: generate it"), "warn")
    if any(one.state == "checked" for one in checks):
        return word(Text("已检查", "Checked"), "good")
    if all(one.state == "excused" for one in checks):
        return word(Text("免检", "Excused"))
    late = any(one.due_on and one.due_on < desk.on and one.state == "due" for one in checks)
    return word(Text("逾期未检", "Overdue") if late else Text("待检查", "To be checked"), "bad" if late else "info")


def _years_term(desk: Desk, row: EntryVersion) -> Cell:
    if row.valid_until is None:
        return word("—")
    left = (row.valid_until - desk.on).days
    if left <= 0:
        return word(Text("已到期", "Ended"), "bad")
    return word(Text("剩 {n} 天", "{n} days left").with_(n=left), "warn" if left <= SOON else "")


SOON = 180
"""Days before the end of a term from which it is marked."""


def construction(desk: Desk, row: EntryVersion) -> Cell:
    """How a platform under construction stands: days left, over, or accepted."""
    if row.state != "building":
        return word("—" if row.done_on is None else Text("{day} 验收", "accepted {day}").with_(day=row.done_on.isoformat()))
    if row.due_on is None:
        return word(Text("未登记建设期", "No term recorded"), "warn")
    left = (row.due_on - desk.on).days
    if left < 0:
        return word(Text("建设期已满 {n} 天未验收", "{n} days over, not accepted").with_(n=-left), "bad")
    return word(Text("剩 {n} 天", "{n} days left").with_(n=left), "warn" if left <= SOON else "good")


STATION_LIST = Listing(
    STATIONS,
    Text("院士工作站", "Academician stations"),
    ("title", "person", "category", "organisation", "county", "decided_on", "valid_until"),
    ((Text("设站数/上限", "Stations/limit"), station_limit), (Text("进站天数/下限", "Days/least"), days_at_station)),
    note=Text(
        "未退休院士设站不超过1个、已退休不超过3个，每年每站不少于90天；均为可调整的参数。",
        "At most 1 station in service, 3 retired, 90 days a year at each: parameters that can be changed.",
    ),
)
PROJECT_LIST = Listing(
    PROJECTS,
    Text("外国专家项目在华天数", "Days in China of foreign experts"),
    ("title", "category", "organisation", "person", "decided_on", "amount"),
    ((Text("在华天数/要求", "Days/asked"), days_in_china),),
    shown=lambda _, row: row.state in ("approved", "closed", "ended"),
    shares=(6, 4, 5, 3, 3, 3),
)
BASE_LIST = Listing(
    BASES,
    Text("引智基地年度检查", "Yearly check of the bases"),
    ("title", "level", "organisation", "county", "decided_on", "valid_until"),
    ((Text("有效期", "Term"), _years_term), (Text("本年检查", "This year's check"), yearly_check)),
    shown=lambda _, row: row.state in ("named", "removed"),
)
PLATFORM_LIST = Listing(
    PLATFORMS,
    Text("创新平台建设期", "Construction of platforms"),
    ("title", "category", "level", "organisation", "county", "happened_on", "due_on"),
    ((Text("建设情况", "Construction"), construction),),
    shown=lambda _, row: row.state in ("building", "mending") or row.done_on is not None,
    order=("due_on", "entry"),
    empty=Text("没有在建或已验收的平台。", "No platform is under construction or accepted."),
)


def _filed(desk: Desk) -> Q:
    return Q(state__in=("filed", "revoked"), decided_on__range=(desk.since, desk.on))


CARRIER_GROUPS = (
    Grouping(
        CARRIERS,
        Text("本年孵化载体与面积（按县区）", "Carriers and area of the year by county"),
        "county",
        (
            (Text("首次备案（家）", "First filings"), Count("pk", filter=Q(channel="first_filing")), False),
            (
                Text("新增省级以上（家）", "New provincial or national"),
                Count("pk", filter=Q(channel__in=("first_filing", "promotion"), level__in=("province", "national"))),
                False,
            ),
            (Text("新增面积（万平方米）", "Area (10⁴ m²)"), Sum("quantity", filter=Q(channel__in=("first_filing", "expansion"))), True),
            (
                Text("在孵企业使用（万平方米）", "Used by tenants (10⁴ m²)"),
                Sum("quantity_2", filter=Q(channel__in=("first_filing", "expansion"))),
                True,
            ),
        ),
        _filed,
        Text("面积按首次备案和扩建计，升级、晋级不重复。", "Area of first filings and expansions; promotions are not counted again."),
    ),
)
PLATFORM_GROUP = Grouping(
    PLATFORMS,
    Text("创新平台（按县区）", "Platforms by county"),
    "county",
    (
        (Text("在建", "Building"), Count("pk", filter=Q(state="building")), False),
        (Text("运行", "Running"), Count("pk", filter=Q(state="running")), False),
        (Text("整改", "Mending"), Count("pk", filter=Q(state="mending")), False),
        (Text("支持经费（万元）", "Support (×10,000 yuan)"), Sum("amount"), True),
    ),
)


def experts(desk: Desk) -> list[Table]:
    """The page of academicians, foreign experts and bases."""
    return [listed(desk, one) for one in (STATION_LIST, PROJECT_LIST, BASE_LIST)]


def places(desk: Desk) -> list[Table]:
    """The page of carriers and platforms."""
    return [*(grouped(desk, one) for one in CARRIER_GROUPS), grouped(desk, PLATFORM_GROUP), listed(desk, PLATFORM_LIST)]
