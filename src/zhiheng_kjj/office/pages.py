"""The pages of the office's own work: what each is called, which registers it reads, and its tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from zhiheng_kjj.office import bulletin, documents, information, limits, party, supervision, talents
from zhiheng_kjj.office.desk import Desk
from zhiheng_kjj.office.tables import Table
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class OfficePage:
    """One page. ``registers`` it reads, the first of which gives its papers; ``column`` is the date by which its last year is found.

    ``every``: the periods that may be chosen beside the year.
    """

    code: str
    text: Text
    about: Text
    registers: tuple[str, ...]
    column: str
    tables: Callable[[Desk], list[Table]]
    every: tuple[str, ...] = ()


PAGES = (
    OfficePage(
        "supervision",
        Text("督办", "Supervision"),
        Text("在办事项的三级阶梯、应报反馈和办结情况。", "The ladder of matters in hand, reports owed, how matters were finished."),
        ("supervision_item", "supervision_report"),
        "due_on",
        supervision.tables,
    ),
    OfficePage(
        "bulletin",
        Text("科技创新通报", "Bulletin"),
        Text("各县区主要指标，季报和年报由台账生成。", "The counties' main figures; bulletins are made from the ledgers."),
        ("bulletin",),
        "due_on",
        bulletin.tables,
        ("quarter",),
    ),
    OfficePage(
        "information",
        Text("信息报送", "Information"),
        Text("逐月、逐科室的报送、采用和积分。", "Sent, adopted and points by month and office."),
        ("info_item",),
        "happened_on",
        information.tables,
        ("month",),
    ),
    OfficePage(
        "channels",
        Text("载体更新", "Channels"),
        Text("每个载体的最近发布和最长间隔。", "The last post and the longest gap of each channel."),
        ("channel_post", "channel"),
        "happened_on",
        information.channels,
    ),
    OfficePage(
        "talents",
        Text("人才推荐名额", "Talent quotas"),
        Text("各工程各批次的名额、已推荐和剩余。", "Places, recommended and left by programme and round."),
        ("talent",),
        "recommended_on",
        talents.tables,
    ),
    OfficePage(
        "documents",
        Text("文件有效期与清单调整", "Validity and lists"),
        Text("规范性文件的效力，清单调整的时限。", "Validity of normative documents, limits of adjustments."),
        ("normative_document", "list_adjustment"),
        "decided_on",
        documents.documents,
    ),
    OfficePage(
        "yearbook",
        Text("年鉴供稿", "Yearbook"),
        Text("各科室供稿进度；初稿由台账生成。", "What each office contributes; the draft is made from the ledgers."),
        ("yearbook", "yearbook_task"),
        "due_on",
        documents.yearbook,
    ),
    OfficePage(
        "party",
        Text("党建清单", "Party list"),
        Text("按支部和月份看已办、迟办和未办。", "Done, late and open by branch and month."),
        ("party_task",),
        "due_on",
        party.party,
    ),
    OfficePage(
        "civilised",
        Text("文明单位测评", "Civilised unit"),
        Text("百分测评表：分值、自评分、材料。", "The 100-point sheet: points, own score, material."),
        ("civilised_material",),
        "due_on",
        party.civilised,
    ),
    OfficePage(
        "experts",
        Text("院士、外专与基地", "Experts and bases"),
        Text("设站数和进站天数、在华天数、基地年度检查。", "Stations and days of academicians, days of experts, checks of bases."),
        ("academician_station", "academician_year", "foreign_project", "introduction_base", "base_check"),
        "decided_on",
        limits.experts,
    ),
    OfficePage(
        "places",
        Text("载体与平台", "Carriers and platforms"),
        Text("各县区载体面积，平台建设期。", "Area of carriers by county, construction of platforms."),
        ("carrier", "platform"),
        "decided_on",
        limits.places,
    ),
)
BY_CODE = {page.code: page for page in PAGES}
