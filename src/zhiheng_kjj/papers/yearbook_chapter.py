"""年鉴初稿: the chapter of a year from the ledgers, with its tables (数据表) and what happened day by day (大事记)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from zhiheng.reports.letter import Style, letter
from zhiheng.reports.papers.content import Content
from zhiheng.reports.papers.opinions import day_words
from zhiheng_kjj.office.bulletin import counties, statistics
from zhiheng_kjj.office.desk import Desk, desk_for
from zhiheng_kjj.papers.bulletin import words_of_city, words_of_statistics
from zhiheng_kjj.papers.layout import form_of, in_chinese, over
from zhiheng_web.ledgers.models import EntryVersion
from zhiheng_web.ledgers.papers import Gathered, PaperKind
from zhiheng_web.wording import Text

REGISTER = "yearbook"


@dataclass(frozen=True, slots=True)
class Event:
    """One kind of event of the chronicle: the register, the date, the states, and the sentence. ``many``: a sentence for all of a day."""

    register: str
    column: str
    states: tuple[str, ...]
    said: Callable[[EntryVersion], str]
    many: str = ""


def _document(row: EntryVersion) -> str:
    return f"印发《{row.title.strip('《》')}》" + (f"（{row.document}）" if row.document else "") + "。"


EVENTS = (
    Event("policy_document", "decided_on", ("published", "amended", "repealed", "lapsed"), _document),
    Event("normative_document", "decided_on", ("published", "filed", "repealed", "lapsed"), _document),
    Event("bulletin", "done_on", ("issued",), lambda row: f"印发{row.title or row.edition}。"),
    Event(
        "platform",
        "decided_on",
        ("building", "running", "mending", "revoked"),
        lambda row: f"{row.title}获批（依托单位：{row.organisation_name}）。",
    ),
    Event("high_tech", "decided_on", ("certified", "moved_out", "cancelled", "expired"), lambda _: "", "高新技术企业{n}家备案公告。"),
    Event("tech_sme", "decided_on", ("listed", "lapsed"), lambda _: "", "科技型中小企业{n}家入库。"),
    Event("carrier", "decided_on", ("filed", "revoked"), lambda row: f"{row.title}备案（认定）。"),
    Event("academician_station", "decided_on", ("filed", "withdrawn"), lambda row: f"{row.title}备案公布。"),
    Event("agri_station", "decided_on", ("in_force", "removed"), lambda _: "", "农科驿站{n}家获认定。"),
    Event("talent", "recommended_on", ("recommended", "selected", "not_selected"), lambda _: "", "推荐上报高层次人才{n}人。"),
    Event("upper_project", "decided_on", ("approved", "paid", "ended"), lambda row: f"{row.title}获立项。"),
    Event("belt_road_event", "happened_on", ("held",), lambda row: f"举办{row.title}。"),
    Event("introduction_base", "decided_on", ("named", "removed"), lambda row: f"{row.title}获命名。"),
    Event("friendship_award", "decided_on", ("awarded",), lambda _: "", "外国专家{n}人获友谊奖。"),
)
"""What the chronicle tells, from public columns; nobody is named."""


def chronicle(desk: Desk) -> list[tuple[date, str]]:
    """The events of the year by their day, each told once."""
    return sorted(dict.fromkeys(_events(desk)))


def _events(desk: Desk) -> Iterator[tuple[date, str]]:
    for event in EVENTS:
        if not desk.has(event.register):
            continue
        chosen = desk.versions(event.register).filter(state__in=event.states, gap="", **{f"{event.column}__range": (desk.since, desk.on)})
        if event.many:
            days = Counter(day for day, _ in {(day, once) for day, once in chosen.values_list(event.column, "counts_as")})
            yield from ((day, event.many.format(n=n)) for day, n in days.items())
        else:
            rows = chosen.only("title", "document", "edition", "organisation_name", event.column)
            yield from ((getattr(row, event.column), event.said(row)) for row in rows)


@in_chinese
def build(asked: Gathered) -> Content:
    """The draft: outline, chronicle, tables."""
    desk = desk_for(asked)
    first, second = counties(desk), statistics(desk)
    title = f"科技年鉴{desk.year}年科技工作篇（初稿）"
    told = [(Style.BODY, f"{day.month}月{day.day}日　{words}") for day, words in chronicle(desk)]
    page = letter(
        title,
        (Style.TITLE, title),
        (Style.HEADING, "一、概况"),
        (Style.BODY, words_of_city(desk, first)),
        (Style.BODY, words_of_statistics(second)),
        (Style.HEADING, "二、大事记"),
        *(told or [(Style.BODY, "台账中没有可列入大事记的记录。")]),
        (Style.HEADING, "三、数据表"),
        (Style.BODY, "见附表。本稿由工作台账生成，供编辑修改；各科室供稿内容另行补入。"),
        (Style.SIGNATURE, asked.department),
        (Style.SIGNATURE, day_words(asked.day)),
    )
    until = f"数据截至{desk.on.isoformat()}"
    pages = (
        page,
        form_of(first, f"附表1　{desk.year}年各县区科技创新主要指标", until),
        form_of(second, f"附表2　{desk.year}年全市统计指标", until),
    )
    return Content("yearbook_chapter", title, asked.number, pages)


YEARBOOK_CHAPTER = PaperKind(
    "yearbook_chapter",
    Text("年鉴初稿（数据表、大事记）", "Draft chapter (tables, chronicle)"),
    "年鉴",
    (REGISTER,),
    "period",
    build,
    every=("year",),
    lacking=over,
)
