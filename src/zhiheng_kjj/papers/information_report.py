"""信息报送情况通报: items, adoptions and points by month and office."""

from __future__ import annotations

from zhiheng.reports.papers.content import Content
from zhiheng_kjj.office.desk import desk_for
from zhiheng_kjj.office.information import ITEMS, months, offices
from zhiheng_kjj.papers.layout import UPRIGHT, form_of, in_chinese, numbered, over
from zhiheng_web.ledgers.papers import Gathered, PaperKind
from zhiheng_web.wording import Text


@in_chinese
def build(asked: Gathered) -> Content:
    """The two tables."""
    assert asked.period is not None
    desk = desk_for(asked)
    title = f"{asked.period.words}{'度' if len(asked.period.code) == 4 else ''}政务信息报送情况通报"
    wide = len(offices(desk).headings) > 8
    pages = (
        form_of(months(desk), title, numbered(asked.number), UPRIGHT),
        form_of(offices(desk), "各科室报送、采用和积分", f"截至{desk.on.isoformat()}", *(() if wide else (UPRIGHT,))),
    )
    return Content("information_report", title, asked.number, pages)


INFORMATION_REPORT = PaperKind(
    "information_report",
    Text("信息报送情况通报", "Report on information"),
    "信报",
    (ITEMS,),
    "period",
    build,
    every=("month", "year"),
    lacking=over,
)
