"""科技创新通报季报、年报: the city's figures in words, the counties' in a table, all from the ledgers."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from zhiheng.reports.letter import Style, letter
from zhiheng.reports.papers.content import Content
from zhiheng.reports.papers.opinions import day_words
from zhiheng_kjj.office.bulletin import counties, statistics
from zhiheng_kjj.office.desk import Desk, desk_for
from zhiheng_kjj.office.tables import Table
from zhiheng_kjj.papers.layout import form_of, in_chinese, over
from zhiheng_web.ledgers.models import FOREVER, EntryVersion
from zhiheng_web.ledgers.papers import Gathered, PaperKind
from zhiheng_web.wording import Text

REGISTER = "bulletin"
AFTER = timedelta(days=92)
"""How long after a period's end its bulletin falls due at the latest."""
YEAR = "2020"


def words_of_city(desk: Desk, table: Table) -> str:
    """The city's figures as a sentence; what is 0 is said too."""
    said = []
    for one, cell in zip(table.headings[1:], table.total[1:], strict=True):
        name, _, unit = one.text.zh.rstrip("）").partition("（")
        said.append(f"{name}{cell.words}{unit}")
    return f"截至{day_words(desk.on)}，全市" + "，".join(said) + "。"


def words_of_statistics(table: Table) -> str:
    """What the statisticians published, each with its year and publisher."""
    if not table.rows:
        return str(table.empty)
    return "；".join(f"{row[1].words}年度{row[0].words}为{row[2].words}%（{row[3].words}，{row[4].words}）" for row in table.rows) + "。"


@in_chinese
def build(asked: Gathered) -> Content:
    """The bulletin with its annexes."""
    assert asked.period is not None
    desk = desk_for(asked)
    first, second = counties(desk), statistics(desk)
    title = f"{asked.period.words}{'' if 'Q' in asked.period.code else '度'}全市科技创新情况通报"
    page = letter(
        title,
        (Style.MASTHEAD, "科技创新通报"),
        (Style.NUMBER, asked.number or "〔　　〕　号（未编号）"),
        (Style.RULE, ""),
        (Style.TITLE, title),
        (Style.TO, "各县区科技局，有关单位："),
        (Style.BODY, f"现将{asked.period.words}（1月1日至{desk.on.month}月{desk.on.day}日累计）全市科技创新主要指标完成情况通报如下。"),
        (Style.HEADING, "一、主要指标"),
        (Style.BODY, words_of_city(desk, first)),
        (Style.HEADING, "二、统计指标"),
        (Style.BODY, words_of_statistics(second)),
        (Style.HEADING, "三、数据说明"),
        (
            Style.BODY,
            f"本通报数据截止日期为{day_words(desk.on)}，取自工作台账中已确认、证据齐全的记录；统计指标以发布单位公布的数据为准。企业跨县区迁移的，全市只计一次。",
        ),
        (Style.ATTACHMENT, "附件：1.各县区科技创新主要指标　2.全市统计指标"),
        (Style.ROOM, ""),
        (Style.ROOM, ""),
        (Style.SIGNATURE, asked.department),
        (Style.SIGNATURE, day_words(asked.day)),
    )
    until = f"数据截至{desk.on.isoformat()}"
    pages = (page, form_of(first, "附件1　各县区科技创新主要指标", until), form_of(second, "附件2　全市统计指标", until))
    return Content("bulletin", title, asked.number, pages)


def answered(asked: Gathered) -> UUID | None:
    """The 通报 entry of the period: of its kind, due in the months after the period's end; the first of them."""
    if asked.period is None:
        return None
    kind = "annual" if len(asked.period.code) == len(YEAR) else "quarterly"
    rows = EntryVersion.objects.filter(
        register=asked.register, known_until=FOREVER, standing=EntryVersion.Standing.CONFIRMED, category=kind
    )
    rows = rows.filter(due_on__gt=asked.period.last, due_on__lte=asked.period.last + AFTER).exclude(state="waived")
    found: UUID | None = rows.order_by("due_on", "entry").values_list("entry", flat=True).first()
    return found


BULLETIN = PaperKind(
    "bulletin",
    Text("科技创新通报（季报、年报）", "Bulletin (quarter, year)"),
    "通报",
    (REGISTER,),
    "period",
    build,
    every=("quarter", "year"),
    lacking=over,
    proves="bulletin",
    proved=answered,
)
