"""信息报送 and 宣传载体: items, adoptions and points by office and month; the gaps of each channel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from zhiheng_kjj.office.desk import Desk
from zhiheng_kjj.office.tables import Cell, Heading, Table, day, figure, summed, word
from zhiheng_kjj.rules.information import points
from zhiheng_kjj.rules.known import in_force
from zhiheng_web.ledgers.models import EntryVersion
from zhiheng_web.wording import Text

ITEMS, CHANNELS, POSTS = "info_item", "channel", "channel_post"
COUNTED = ("submitted", "adopted")
OFFICE = "city_office"
MONTHS = range(1, 13)
TOTAL = Text("合计", "Total")


def tables(desk: Desk) -> list[Table]:
    """The page."""
    return [months(desk), offices(desk)]


def sent(desk: Desk) -> list[EntryVersion]:
    """What was sent to the city's information office in the period."""
    return [row for row in desk.dated(ITEMS, "happened_on") if _ours(row) and row.happened_on and row.happened_on >= desk.period.first]


def adopted(desk: Desk) -> list[EntryVersion]:
    """What it adopted in the period."""
    rows = (row for row in desk.dated(ITEMS, "decided_on") if row.state == "adopted" and row.channel == OFFICE and not row.gap)
    return [row for row in rows if row.decided_on and row.decided_on >= desk.period.first]


def _ours(row: EntryVersion) -> bool:
    return row.state in COUNTED and row.channel == OFFICE and not row.gap


def earned(row: EntryVersion) -> Decimal:
    """The points of an adopted item: as recorded, else those of the table on the day of its adoption."""
    if row.quantity is not None:
        return Decimal(row.quantity)
    if not row.level or row.decided_on is None:
        return Decimal(0)
    return points(row.level, str(row.details.get("journal") or ""), in_force(row.decided_on))


def omitted(desk: Desk) -> list[EntryVersion]:
    """The items that were asked for and withdrawn: each costs points."""
    asked = (
        row for row in desk.rows(ITEMS) if row.state == "withdrawn" and row.channel == OFFICE and str(row.details.get("requested")) == "1"
    )
    return [row for row in asked if row.happened_on is None or desk.period.first <= row.happened_on <= desk.on]


def months(desk: Desk) -> Table:
    """Each month: sent, adopted, points, and whether the month has its number."""
    least = desk.known.number("information.least_month")
    sent_in: dict[int, int] = defaultdict(int)
    adopted_in: dict[int, int] = defaultdict(int)
    points_in: dict[int, Decimal] = defaultdict(Decimal)
    for row in sent(desk):
        sent_in[row.happened_on.month if row.happened_on else 0] += 1
    for row in adopted(desk):
        month = row.decided_on.month if row.decided_on else 0
        adopted_in[month] += 1
        points_in[month] += earned(row)
    rows, figures = [], []
    for month in MONTHS:
        first = date(desk.year, month, 1)
        if not desk.period.first <= first <= desk.on:
            continue
        over = (first + timedelta(days=32)).replace(day=1) <= desk.on + timedelta(days=1)
        short = max(least - sent_in[month], 0)
        standing = Cell(Text("达到", "Reached"), tone="good")
        if short:
            text = Text("少 {n} 篇", "{n} short") if over else Text("还差 {n} 篇", "{n} to go")
            standing = Cell(text.with_(n=short), tone="bad" if over else "warn")
        figures.append((sent_in[month], adopted_in[month], points_in[month]))
        rows.append((word(Text(f"{month}月", f"{first:%Y-%m}")), *(figure(one) for one in figures[-1]), standing))
    headings = (
        Heading(Text("月份", "Month")),
        Heading(Text("报送（篇）", "Sent"), number=True),
        Heading(Text("采用（篇）", "Adopted"), number=True),
        Heading(Text("积分", "Points"), number=True),
        Heading(Text("是否达到每月下限", "The month's number"), share=4),
    )
    note = Text(
        "每月不少于 {n} 篇；报送按报送日，采用与积分按采用日。",
        "At least {n} a month; sent by the day of sending, adopted by the day of adoption.",
    )
    total = (word(TOTAL), *(figure(one) for one in summed(figures)), word("")) if figures else ()
    empty = Text("所选期间还没有开始。", "The period has not begun.")
    return Table(Text("逐月情况", "Month by month"), headings, tuple(rows), empty, note.with_(n=least), total, desk.registers[ITEMS].pk)


def offices(desk: Desk) -> Table:
    """Each office: sent month by month, adopted, points, deductions for what was asked for and not sent."""
    fine = desk.known.number("information.refused_request")
    sent_by: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    adopted_by: dict[str, int] = defaultdict(int)
    points_by: dict[str, Decimal] = defaultdict(Decimal)
    for row in sent(desk):
        sent_by[str(row.office or "")][row.happened_on.month if row.happened_on else 0] += 1
    for row in adopted(desk):
        adopted_by[str(row.office or "")] += 1
        points_by[str(row.office or "")] += earned(row)
    for row in omitted(desk):
        points_by[str(row.office or "")] += fine
    shown = [month for month in MONTHS if desk.period.first <= date(desk.year, month, 1) <= desk.on]
    names = sorted({*sent_by, *adopted_by, *points_by}, key=lambda name: (-points_by[name], -sum(sent_by[name].values()), name))
    figures: list[tuple[Decimal | int, ...]] = [
        (*(sent_by[name][month] for month in shown), sum(sent_by[name].values()), adopted_by[name], points_by[name]) for name in names
    ]
    rows = tuple(
        (word(name or Text("未注明科室", "No office")), *(figure(one) for one in line)) for name, line in zip(names, figures, strict=True)
    )
    headings = (
        Heading(Text("科室", "Office"), share=5),
        *(Heading(Text(f"{month}月", f"{month:02d}"), number=True, share=2) for month in shown),
        Heading(Text("报送合计", "Sent"), number=True),
        Heading(Text("采用", "Adopted"), number=True, share=2),
        Heading(Text("积分", "Points"), number=True, share=2),
    )
    note = Text(
        "约稿未报每件计 {n} 分；积分表为可调整的参数。",
        "An item asked for and not sent counts {n} points; the table of points can be changed.",
    )
    total = (word(TOTAL), *(figure(one) for one in summed(figures))) if figures else ()
    empty = Text(
        "所选期间还没有报送信息。请在“信息报送”台账登记。", "Nothing was sent in the period. Record it in the register of information."
    )
    return Table(Text("各科室情况", "By office"), headings, rows, empty, note.with_(n=fine), total)


def channels(desk: Desk) -> list[Table]:
    """载体: each channel in use with its last post, the days since and its longest gap of the year."""
    posted: dict[object, list[date]] = defaultdict(list)
    for row in desk.rows(POSTS, "happened_on", "entry"):
        if row.state == "posted" and row.happened_on and row.happened_on <= desk.on and not row.gap:
            posted[row.about_id].append(row.happened_on)
    most, warn = (int(desk.known.number(f"channels.{name}")) for name in ("longest_gap", "warn_before"))
    rows = []
    for row in desk.rows(CHANNELS):
        begun, ended = max(row.valid_from or desk.since, desk.since), min(row.valid_until or desk.on, desk.on)
        if begun > desk.on or ended < desk.since:
            continue
        days = posted[row.entry_id]
        within = [one for one in days if begun <= one <= ended]
        longest, since = longest_gap(within, begun, ended)
        idle = (ended - days[-1]).days if days else None
        closed = row.valid_until is not None and row.valid_until <= desk.on
        title, kind = desk.said(CHANNELS, row, ("title", "channel"))
        rows.append(
            (
                title,
                kind,
                day(days[-1] if days else None),
                figure(None if closed else idle),
                figure(len(within)),
                figure(longest, "bad" if longest > most else ""),
                day(since),
                _channel_standing(idle, longest, most, warn, closed=closed),
            )
        )
    headings = (
        Heading(Text("载体", "Channel"), share=6),
        Heading(Text("类型", "Kind")),
        Heading(Text("最近发布", "Last post")),
        Heading(Text("距今天数", "Days since"), number=True),
        Heading(Text("本年发布（条）", "Posts"), number=True),
        Heading(Text("最长间隔（天）", "Longest gap, days"), number=True),
        Heading(Text("间隔起自", "Gap since")),
        Heading(Text("情况", "Standing"), share=5),
    )
    note = Text(
        "两次发布的间隔不超过 {n} 天；到期前 {m} 天提醒。注销之日起不再考核。",
        "At most {n} days between posts; a warning {m} days before. A closed channel is judged no longer.",
    )
    empty = Text("还没有登记在用的载体。请在“宣传载体”台账登记。", "No channel is in use. Record it in the register of channels.")
    return [
        Table(Text("载体更新", "Channels"), headings, tuple(rows), empty, note.with_(n=most, m=warn), register=desk.registers[CHANNELS].pk)
    ]


def longest_gap(days: Sequence[date], begun: date, ended: date) -> tuple[int, date]:
    """The longest time without a post between two days, both ends included, and the day from which it ran."""
    edges = [begun, *days, ended]
    return max((((after - before).days, before) for before, after in pairwise(edges)), key=lambda gap: gap[0])


def _channel_standing(idle: int | None, longest: int, most: int, warn: int, *, closed: bool) -> Cell:
    if closed:
        return word(Text("已注销", "Closed"))
    if idle is None or idle > most:
        return word(Text("已超过 {n} 天未更新", "No post for more than {n} days").with_(n=most), "bad")
    if idle >= most - warn:
        return word(Text("还有 {n} 天到期，请安排更新", "{n} days left: plan a post").with_(n=most - idle), "warn")
    if longest > most:
        return word(Text("本年曾中断", "Was interrupted this year"), "bad")
    return word(Text("正常", "Regular"), "good")
