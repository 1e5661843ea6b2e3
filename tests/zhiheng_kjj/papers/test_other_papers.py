"""年鉴初稿, 信息报送通报, 百分测评表, 督办汇总: what stands in them, and when they cannot be issued."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.zhiheng_kjj.mini_ledger import Ledger
from tests.zhiheng_web.ledgers.adopted import Kjj

from zhiheng.reports.papers.content import Content, from_json, to_json
from zhiheng.reports.papers.printing import printed
from zhiheng_kjj.papers import KINDS
from zhiheng_web.ledgers.papers import Gathered, period_of
from zhiheng_web.organisation.viewer import Viewer

BY_CODE = {kind.code: kind for kind in KINDS}


@pytest.fixture
def write(kjj: Kjj, viewer: Callable[[str], Viewer]) -> Callable[..., Ledger]:
    def written(register: str, *entries: dict[str, Any]) -> Ledger:
        case = {"indicator": "编辑科技年鉴", "register": register, "known": date(2020, 12, 20), "entries": entries}
        made = Ledger(kjj, viewer, case)
        made.write()
        return made

    return written


def built(kjj: Kjj, code: str, period: str, day: date = date(2021, 1, 10)) -> Content:
    return BY_CODE[code].build(asked(kjj, code, period, day))


def asked(kjj: Kjj, code: str, period: str, day: date) -> Gathered:
    return Gathered(kjj.register(BY_CODE[code].registers[0]), day, "", period_of(period))


def test_the_chronicle_tells_the_year_and_names_nobody(kjj: Kjj, write: Callable[..., Ledger]) -> None:
    person = {
        "state": "recommended",
        "person": "孙立人",
        "organisation": "某单位",
        "county": "371302",
        "category": "taishan_industry",
        "level": "province",
        "channel": "general",
        "edition": "2020年度",
        "recommended_on": date(2020, 6, 10),
        "document": "函",
    }
    write(
        "talent",
        {"id": "t1", **person},
        {"id": "t2", **person, "person": "周长江"},
        {"id": "t3", **person, "person": "吴明", "recommended_on": date(2019, 6, 1)},
    )
    said = json.dumps(to_json(built(kjj, "yearbook_chapter", "2020")), ensure_ascii=False)
    assert "6月10日　推荐上报高层次人才2人。" in said
    assert not any(name in said for name in ("孙立人", "周长江", "吴明")) and "6月1日" not in said
    assert "大事记" in said and "附表1" in said


def test_a_report_of_a_month_waits_for_its_end(kjj: Kjj) -> None:
    for code in ("information_report", "supervision_summary"):
        kind = BY_CODE[code]
        assert "尚未结束" in kind.lacking(asked(kjj, code, "2020-07", date(2020, 7, 31))).zh
        assert kind.lacking(asked(kjj, code, "2020-07", date(2020, 8, 1))) is None


def test_the_sheet_waits_for_every_own_score(kjj: Kjj, write: Callable[..., Ledger]) -> None:
    kind, day = BY_CODE["civilised_sheet"], date(2020, 11, 1)
    assert "还没有测评条目" in kind.lacking(asked(kjj, "civilised_sheet", "2020", day)).zh
    item = {"title": "领导重视", "category": "leadership", "office": "机关党委", "due_on": date(2020, 10, 31), "quantity": "100"}
    write("civilised_material", {"id": "a", "number": "1", "state": "due", **item})
    assert "1 条没有自评分" in kind.lacking(asked(kjj, "civilised_sheet", "2020", day)).zh


@pytest.mark.parametrize("code", [kind.code for kind in KINDS if kind.of == "period"])
def test_a_paper_of_an_empty_ledger_prints_and_comes_back_from_what_is_kept(kjj: Kjj, code: str) -> None:
    period = {"quarter": "2020Q3", "month": "2020-07", "year": "2020"}[BY_CODE[code].every[0]]
    content = built(kjj, code, period)
    again = from_json(to_json(content))
    assert again == content
    assert printed(again, "pdf").startswith(b"%PDF") and printed(again, "docx").startswith(b"PK")
