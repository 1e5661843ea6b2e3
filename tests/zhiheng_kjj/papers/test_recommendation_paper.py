"""推荐函: one for a round, names in clear only for who sees personal data, masked in the public list; the places left."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.zhiheng_kjj.mini_ledger import Ledger
from tests.zhiheng_web.ledgers.adopted import Kjj

from zhiheng_web.ledgers.actions.issue_ledger_paper import issue_ledger_paper
from zhiheng_web.ledgers.models import LedgerPaper
from zhiheng_web.ledgers.queries.papers import draft_file, issued_file, papers_of_register
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Absent, Forbidden

ROUND = "taishan_industry|2020年度|general"


def candidate(name: str, state: str, category: str = "taishan_industry") -> dict[str, Any]:
    sent = {"recommended_on": date(2020, 6, 10), "document": "临科函〔2020〕8号"} if state == "recommended" else {}
    return {
        "id": name,
        "state": state,
        "person": name,
        "organisation": f"用人单位{ord(name[0])}",
        "county": "371302",
        "category": category,
        "level": "province",
        "channel": "general",
        "edition": "2020年度",
        "received_on": date(2020, 5, 1),
        **sent,
    }


ENTRIES = [
    candidate("张建国", "recommended"),
    candidate("李秀英", "recommended"),
    candidate("王小明", "noticed"),
    candidate("赵东方", "applied"),
    candidate("钱学文", "recommended", "taishan_scholar"),
]


@pytest.fixture
def ledger(kjj: Kjj, viewer: Callable[[str], Viewer]) -> Ledger:
    made = Ledger(kjj, viewer, {"indicator": "高层次科技人才培养", "register": "talent", "known": date(2020, 6, 20), "entries": ENTRIES})
    made.write()
    return made


def on(viewer: Viewer) -> Viewer:
    return replace(viewer, at=datetime(2020, 7, 1, 10, tzinfo=ZoneInfo("Asia/Shanghai")))


def issue(viewer: Viewer, ledger: Ledger, kind: str = "recommendation", group: str = ROUND) -> LedgerPaper:
    return issue_ledger_paper(on(viewer), ledger.kjj.registers["talent"], kind, group=group)


def test_the_letter_of_a_round_and_the_public_list(ledger: Ledger, viewer: Callable[[str], Viewer]) -> None:
    letter = issue(viewer("jixiao"), ledger)
    said = json.dumps(letter.content, ensure_ascii=False)
    assert "张建国" in said and "李秀英" in said
    assert not any(name in said for name in ("王小明", "赵东方", "钱学文")), "not recommended, or of another programme"
    assert "推荐名额6名，已推荐2名，剩余4名" in said and "省科学技术厅" in said
    assert issue(viewer("jixiao"), ledger).pk == letter.pk
    public = json.dumps(issue(viewer("jixiao"), ledger, "public_list").content, ensure_ascii=False)
    assert "张*" in public and "王*" in public and not any(name in public for name in ("张建国", "李秀英", "王小明", "赵*"))
    with pytest.raises(Absent):
        issue(viewer("jixiao"), ledger, group="taishan_industry|2019年度|general")


def test_who_does_not_see_personal_data_does_not_get_the_letter(ledger: Ledger, viewer: Callable[[str], Viewer]) -> None:
    letter, register = issue(viewer("jixiao"), ledger), ledger.kjj.registers["talent"]
    leader = on(viewer("juzhang"))
    with pytest.raises(Absent):
        issued_file(leader, letter.pk, "pdf")
    with pytest.raises(Forbidden):
        draft_file(leader, register, "recommendation", "pdf", entry=None, period="", group=ROUND)
    assert [row.kind.code for row in papers_of_register(leader, register, 2020)["rows"]] == ["public_list"]
    assert draft_file(leader, register, "public_list", "pdf", entry=None, period="", group=ROUND)[1].startswith(b"%PDF")


def test_what_a_letter_says_is_sealed_in_the_database(ledger: Ledger, viewer: Callable[[str], Viewer]) -> None:
    from django.db import connection

    letter = issue(viewer("jixiao"), ledger)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM ledgers_ledgerpaper")
        (kept,) = cursor.fetchone()
    assert "张建国" not in kept and "\\u5f20" not in kept and letter.pk


def test_the_page_of_quotas(ledger: Ledger, signed_in: Callable[[str], Any]) -> None:
    page = signed_in("jixiao").get("/office/talents/?year=2020").content.decode()
    assert "张建国" in page and "名额使用" in page
    masked = signed_in("juzhang").get("/office/talents/?year=2020").content.decode()
    assert "张*" in masked and "张建国" not in masked
    assert signed_in("lanshan").get("/office/talents/").status_code in (403, 404)
