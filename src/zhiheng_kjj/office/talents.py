"""人才推荐: the places of each programme and round, who was recommended, what is left."""

from __future__ import annotations

from collections import defaultdict

from zhiheng_kjj.office.desk import Desk, words_of
from zhiheng_kjj.office.tables import Heading, Table, figure, word
from zhiheng_web.ledgers.models import EntryVersion
from zhiheng_web.wording import Text

TALENTS = "talent"
RECOMMENDED = ("recommended", "selected", "not_selected")
WAITING = ("applied", "accepted", "reviewed", "agreed", "noticed")
PEOPLE = ("person", "organisation", "category", "level", "channel", "edition", "recommended_on")
ROUND = ("category", "edition", "channel")


def tables(desk: Desk) -> list[Table]:
    """The page."""
    return [quotas(desk), people(desk, recommended(desk))]


def recommended(desk: Desk) -> list[EntryVersion]:
    """Those recommended in the period, by programme, round and day."""
    rows = (row for row in desk.dated(TALENTS, "recommended_on") if row.state in RECOMMENDED)
    found = [row for row in rows if row.recommended_on and row.recommended_on >= desk.period.first]
    return sorted(found, key=lambda row: (row.category, row.edition, row.channel, row.recommended_on or desk.on, str(row.entry_id)))


def places(desk: Desk) -> int:
    """The places of one programme and round: what the register's own check allows, else the parameter."""
    check = next((one for one in desk.definition(TALENTS).checks if one.code == "quota"), None)
    return int(check.most) if check is not None and check.most else int(desk.known.number("talents.quota"))


def quotas(desk: Desk) -> Table:
    """Programme, round, sector: places, recommended, left, still in process. Rounds of the year and those with candidates in process."""
    counted: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0, 0])
    live: set[tuple[str, ...]] = set()
    for row in desk.rows(TALENTS):
        group = tuple(getattr(row, name) for name in ROUND)
        counted[group][0] += row.state in RECOMMENDED
        counted[group][1] += row.state in WAITING
        counted[group][2] += row.state == "selected"
        if row.state in WAITING or (row.recommended_on and desk.since <= row.recommended_on <= desk.on):
            live.add(group)
    most = places(desk)
    definition = desk.definition(TALENTS)
    rows = []
    for group in sorted(live):
        done, waiting, chosen = counted[group]
        words = [word(words_of(definition.column(name), value)) for name, value in zip(ROUND, group, strict=True)]
        left = most - done
        rows.append((*words, figure(most), figure(done), figure(left, "warn" if left <= 0 else ""), figure(waiting), figure(chosen)))
    headings = (
        *(Heading(definition.column(name).text, share=4) for name in ROUND),
        Heading(Text("名额", "Places"), number=True),
        Heading(Text("已推荐", "Recommended"), number=True),
        Heading(Text("剩余", "Left"), number=True),
        Heading(Text("办理中", "In process"), number=True),
        Heading(Text("已入选", "Selected"), number=True),
    )
    note = Text(
        "名额以当年申报通知为准，可由管理员在台账设置中调整。",
        "Places follow the call of the year; an administrator changes them in the register.",
    )
    empty = Text("本年没有人才推荐批次。", "There is no round in this year.")
    return Table(Text("名额使用", "Use of the places"), headings, tuple(rows), empty, note, register=desk.registers[TALENTS].pk)


def people(desk: Desk, some: list[EntryVersion]) -> Table:
    """The people of a list, in clear or masked as the reader may see them."""
    definition = desk.definition(TALENTS)
    headings = (
        Heading(Text("序号", "No."), number=True, share=2),
        *(Heading(definition.column(name).text, share=5 if name in ("organisation", "category") else 3) for name in PEOPLE),
    )
    rows = tuple((figure(place), *desk.said(TALENTS, row, PEOPLE)) for place, row in enumerate(some, 1))
    empty = Text("所选期间没有推荐上报的人选。", "Nobody was recommended in the period.")
    return Table(Text("推荐人选", "Candidates recommended"), headings, rows, empty)
