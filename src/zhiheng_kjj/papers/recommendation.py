"""推荐函 of a round with its list in clear for who receives it, and the list as it is made public, names masked."""

from __future__ import annotations

from zhiheng.reports.letter import Style, letter
from zhiheng.reports.papers.content import Content
from zhiheng.reports.papers.opinions import day_words
from zhiheng_kjj.office.desk import Desk, desk_for, words_of
from zhiheng_kjj.office.tables import Heading, Table, figure
from zhiheng_kjj.office.talents import RECOMMENDED, ROUND, TALENTS, places
from zhiheng_kjj.papers.layout import UPRIGHT, form_of, in_chinese, numbered
from zhiheng_web.ledgers.models import FOREVER, EntryVersion, Register
from zhiheng_web.ledgers.papers import Gathered, PaperKind
from zhiheng_web.ledgers.writing import definition_of
from zhiheng_web.wording import Text

COLUMNS = ("person", "organisation", "county", "level", "recommended_on")
SHARES = (3, 7, 3, 3, 4)
NOTICED = (*RECOMMENDED, "noticed")
TO = {"city": "市委组织部", "province": "省科学技术厅", "national": "省科学技术厅"}
"""Whom the letter goes to, by the level of the programme."""


def rounds(states: tuple[str, ...], register: Register, year: int) -> list[tuple[str, str]]:
    """The rounds with people in these states; of a year those recommended in it or not yet, 0: all."""
    rows = EntryVersion.objects.filter(register=register, known_until=FOREVER, standing=EntryVersion.Standing.CONFIRMED, state__in=states)
    found = rows.order_by(*ROUND).values_list(*ROUND, "recommended_on").distinct()
    kept = {(category, edition, channel): None for category, edition, channel, on in found if not year or on is None or on.year == year}
    definition = definition_of(register)
    return [
        ("|".join(one), " ".join(words_of(definition.column(name), value).__str__() for name, value in zip(ROUND, one, strict=True)))
        for one in kept
    ]


def of_round(desk: Desk, asked: Gathered, states: tuple[str, ...]) -> list[EntryVersion]:
    """The people of the round, by the day of recommendation."""
    group = tuple(asked.group.split("|"))
    rows = [row for row in desk.rows(TALENTS) if row.state in states and tuple(getattr(row, name) for name in ROUND) == group]
    return sorted(rows, key=lambda row: (row.recommended_on or desk.today, str(row.entry_id)))


def people(desk: Desk, rows: list[EntryVersion]) -> Table:
    """The list that is annexed."""
    definition = desk.definition(TALENTS)
    headings = (
        Heading(Text("序号", "No."), number=True, share=2),
        *(Heading(definition.column(name).text, share=share) for name, share in zip(COLUMNS, SHARES, strict=True)),
    )
    lines = tuple((figure(place), *desk.said(TALENTS, row, COLUMNS)) for place, row in enumerate(rows, 1))
    return Table(Text("推荐人选名单", "Candidates"), headings, lines, Text("没有人选。", "There are no candidates."))


def called(desk: Desk, asked: Gathered) -> tuple[str, str]:
    """The programme and the round in words."""
    category, edition, _ = asked.group.split("|")
    return str(words_of(desk.definition(TALENTS).column("category"), category)), edition


@in_chinese
def build(asked: Gathered) -> Content:
    """The letter and its list, in clear."""
    desk = desk_for(asked, clear=True)
    rows = of_round(desk, asked, RECOMMENDED)
    programme, edition = called(desk, asked)
    title = f"关于推荐{programme}（{edition}）人选的函"
    most = places(desk)
    page = letter(
        title,
        (Style.MASTHEAD, asked.department),
        (Style.NUMBER, asked.number or "〔　　〕　号（未编号）"),
        (Style.RULE, ""),
        (Style.TITLE, title),
        (Style.TO, f"{TO.get(rows[0].level if rows else '', '省科学技术厅')}："),
        (
            Style.BODY,
            f"根据{programme}{edition}申报工作安排，经单位申报、资格审查、评审考察、联审和公示，我局研究同意推荐以下人选{len(rows)}名，名单附后。",
        ),
        (
            Style.BODY,
            f"本批次推荐名额{most}名，已推荐{len(rows)}名，剩余{max(most - len(rows), 0)}名。推荐人选申报材料完整，筛选过程规范。",
        ),
        (Style.BODY, "特此函告。"),
        (Style.ATTACHMENT, "附件：推荐人选名单"),
        (Style.ROOM, ""),
        (Style.ROOM, ""),
        (Style.SIGNATURE, asked.department),
        (Style.SIGNATURE, day_words(asked.day)),
    )
    annex = form_of(people(desk, rows), "推荐人选名单", f"{programme}　{edition}", UPRIGHT)
    return Content("recommendation", title, asked.number, (page, annex))


@in_chinese
def build_public(asked: Gathered) -> Content:
    """The list for the public: names masked."""
    desk = desk_for(asked)
    programme, edition = called(desk, asked)
    title = f"{programme}（{edition}）推荐人选公示名单"
    return Content(
        "public_list", title, asked.number, (form_of(people(desk, of_round(desk, asked, NOTICED)), title, numbered(asked.number), UPRIGHT),)
    )


RECOMMENDATION = PaperKind(
    "recommendation",
    Text("推荐函（含名单，涉及个人信息）", "Letter of recommendation (names people)"),
    "推荐",
    (TALENTS,),
    "group",
    build,
    groups=lambda register, year: rounds(RECOMMENDED, register, year),
    personal=True,
)
PUBLIC_LIST = PaperKind(
    "public_list",
    Text("推荐人选公示名单（姓名脱敏）", "Public list (names masked)"),
    "公示",
    (TALENTS,),
    "group",
    build_public,
    groups=lambda register, year: rounds(NOTICED, register, year),
)
