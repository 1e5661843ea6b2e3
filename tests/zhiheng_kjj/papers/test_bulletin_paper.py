"""科技创新通报 from a ledger made by hand: each county's figures worked out on paper, its cutoff, and the obligation that it proves."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.demonstrated import ROOT, command, environment
from tests.zhiheng_kjj.mini_ledger import Ledger, case_of, part_of
from tests.zhiheng_web.ledgers.adopted import Kjj

from zhiheng_kjj.office.bulletin import WHOLE, counties, figures_of, statistics
from zhiheng_kjj.office.desk import Desk
from zhiheng_kjj.papers import KINDS
from zhiheng_web.ledgers.actions.generate_obligations import generate_obligations
from zhiheng_web.ledgers.actions.issue_ledger_paper import issue_ledger_paper
from zhiheng_web.ledgers.measures.judging import plain
from zhiheng_web.ledgers.models import FOREVER, CountingBasis, Evidence
from zhiheng_web.ledgers.papers import Gathered, period_of
from zhiheng_web.ledgers.proving import prove_by_paper
from zhiheng_web.ledgers.queries.reading import spaced
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Refusal

LANSHAN, LUOZHUANG = "371302", "371311"


def firm(name: str, organisation: str, county: str, start: date, end: date, **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "register": "high_tech",
        "state": "certified",
        "number": f"GR2020370{int(name[1:]):05d}",
        "organisation": organisation,
        "county": county,
        "category": "first",
        "edition": "1",
        "document": "国科火字",
        "decided_on": start,
        "valid_from": start,
        "valid_until": end,
        **more,
    }


def contract(name: str, county: str, day: date, amount: str, **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "register": "technology_contract",
        "state": "registered",
        "number": f"20203700{int(name[1:]):08d}",
        "title": "合同",
        "category": "service",
        "organisation": "卖方",
        "county": county,
        "happened_on": date(2020, 1, 2),
        "decided_on": day,
        "amount": amount,
        "amount_2": "1",
        **more,
    }


ENTRIES = [
    firm("f1", "甲", LANSHAN, date(2018, 5, 1), date(2021, 5, 1)),  # valid at the start and on 30 September
    firm("f2", "乙", LANSHAN, date(2017, 8, 1), date(2020, 8, 1)),  # valid at the start, over on 1 August
    firm("f3", "丙", LUOZHUANG, date(2020, 6, 1), date(2023, 6, 1)),  # new
    firm("f4", "丁", LUOZHUANG, date(2020, 11, 1), date(2023, 11, 1)),  # after the cutoff
    firm("f5", "戊", LUOZHUANG, date(2020, 6, 2), date(2023, 6, 2), evidence=[]),  # without evidence
    contract("c1", LANSHAN, date(2020, 2, 1), "1000000"),
    contract("c2", LANSHAN, date(2020, 9, 30), "255000"),
    contract("c3", LUOZHUANG, date(2020, 10, 1), "9000000"),  # after the cutoff
    contract(
        "c4", LUOZHUANG, date(2020, 3, 1), "500000", state="cancelled", done_on=date(2020, 4, 1), evidence=["cancellation"]
    ),  # cancelled
    contract("c5", LUOZHUANG, date(2020, 3, 2), "700000", evidence=[]),  # without evidence
    {
        "id": "s1",
        "register": "statistic",
        "state": "published",
        "category": "rd_intensity_city",
        "title": "研发投入占比",
        "data_year": "2018",
        "edition": "2019年公报",
        "publisher": "市统计局",
        "decided_on": date(2019, 11, 20),
        "quantity": "2.06",
        "document": "公报",
    },
    {
        "id": "s2",
        "register": "statistic",
        "state": "published",
        "category": "rd_intensity_city",
        "title": "研发投入占比",
        "data_year": "2019",
        "edition": "2020年公报",
        "publisher": "市统计局",
        "decided_on": date(2020, 11, 20),
        "quantity": "2.13",
        "document": "公报",
    },
]


@pytest.fixture
def ledger(kjj: Kjj, viewer: Callable[[str], Viewer]) -> Ledger:
    made = Ledger(
        kjj, viewer, {"indicator": "高新技术企业认定数量", "register": "high_tech", "known": date(2020, 12, 1), "entries": ENTRIES}
    )
    made.write()
    return made


def line(table: Any, county: str) -> dict[str, str]:
    row = next(row for row in (*table.rows, table.total) if str(row[0].words) == county)
    return {heading.text.zh: str(cell.words) for heading, cell in zip(table.headings, row, strict=True)}


def test_the_figures_of_the_third_quarter(ledger: Ledger) -> None:
    register = ledger.kjj.register("bulletin")
    desk = Desk(register.department, date(2020, 12, 20), period_of("2020Q3"))
    table = counties(desk)
    lanshan, luozhuang, city = (line(table, name) for name in ("兰山区", "罗庄区", "全市"))
    assert (lanshan["高企有效（家）"], lanshan["高企净增（家）"]) == ("1", "-1")
    assert (luozhuang["高企有效（家）"], luozhuang["高企净增（家）"]) == ("1", "1")
    assert (city["高企有效（家）"], city["高企净增（家）"]) == ("2", "0")
    assert (lanshan["技术合同（项）"], lanshan["成交额（万元）"]) == ("2", "125.5")
    assert (luozhuang["技术合同（项）"], luozhuang["成交额（万元）"]) == ("0", "0")
    assert len(table.rows) == 12, "every county stands there, those without anything too"
    (row,) = statistics(desk).rows
    assert [str(cell.words) for cell in row][1:3] == ["2018", "2.06"], "what was published after the cutoff does not stand in it"
    (row,) = statistics(Desk(register.department, date(2021, 1, 20), period_of("2020"))).rows
    assert [str(cell.words) for cell in row][1:3] == ["2019", "2.13"]


def test_the_page_in_both_languages_does_not_ask_more_for_more_rows(
    ledger: Ledger, signed_in: Callable[[str], Any], django_assert_max_num_queries: Any
) -> None:
    client = signed_in("jixiao")
    with django_assert_max_num_queries(45):
        page = client.get("/office/bulletin/?period=2020Q3").content.decode()
    assert "125.5" in page and "兰山区" in page
    client.cookies["django_language"] = "en"
    page = client.get("/office/bulletin/?period=2020Q3").content.decode()
    assert "Lanshan" in page and "Main figures of the counties" in page and "各县区" not in page


def test_an_issued_bulletin_proves_the_obligation_of_its_quarter(ledger: Ledger, viewer: Callable[[str], Viewer]) -> None:
    register = ledger.kjj.register("bulletin")
    made = generate_obligations(ledger.clerk(date(2020, 12, 2)), register.pk, date(2021, 2, 1))
    third = next(one for one in made if one.category == "quarterly" and one.due_on == date(2020, 10, 25))
    clerk = replace(viewer("jixiao"), at=datetime(2020, 12, 3, 9, tzinfo=ZoneInfo("Asia/Shanghai")))
    with pytest.raises(Refusal, match="尚未结束"):
        issue_ledger_paper(clerk, register.pk, "bulletin", period="2020Q4")
    paper = issue_ledger_paper(clerk, register.pk, "bulletin", period="2020Q3")
    said = json.dumps(paper.content, ensure_ascii=False)
    assert paper.title == "2020年第三季度全市科技创新情况通报" and "成交额125.5万元" in said and "2020年9月30日" in said
    proved = prove_by_paper(clerk, paper.pk)
    assert proved.entry == third.entry_id and proved.added
    assert Evidence.objects.get(entry=third.entry_id, known_until=FOREVER).kind == "bulletin"


def test_a_paper_is_chinese_whatever_its_issuer_reads(ledger: Ledger) -> None:
    from django.utils.translation import override

    kind = next(one for one in KINDS if one.code == "bulletin")
    asked = Gathered(ledger.kjj.register("bulletin"), date(2020, 12, 3), "", period_of("2020Q3"))
    with override("en"):
        english = kind.build(asked)
    assert english == kind.build(asked) and "Lanshan" not in str(english)


COUNTED = {
    "高企净增（家）": ("06-high_tech", "firms"),
    "市级孵化载体备案（家）": ("07-carrier_city", "carriers"),
    "新增孵化面积（万㎡）": ("08-carrier_area", "area"),
    "中小企业首次入库（家）": ("10-tech_sme", "firms"),
    "省级平台（家）": ("12-platform", "platforms"),
    "省内产学研合作（项）": ("18-cooperation", "main"),
    "院士工作站（家）": ("19-academician_stations", "main"),
    "农科驿站在册（家）": ("22-agri_stations", "main"),
    "技术合同（项）": ("34-contracts", "contracts"),
    "成交额（万元）": ("34-contracts", "amount"),
}
"""The column → the case that has its indicator, and the part of it."""


def figures(desk: Desk) -> dict[str, dict[str, Decimal]]:
    return {column.text.zh: found for column, found in figures_of(desk)}


def by_county(found: dict[str, Decimal]) -> dict[str, int]:
    return {code: int(value) for code, value in found.items() if value and code != WHOLE}


def test_every_column_is_compared_with_its_indicator(ledger: Ledger) -> None:
    desk = Desk(ledger.kjj.register("bulletin").department, date(2020, 12, 20), period_of("2020"))
    assert figures(desk).keys() - COUNTED.keys() == {"高企有效（家）"}, "which is what the net increase has at its end"


@pytest.mark.parametrize("heading", COUNTED)
def test_the_city_is_what_the_indicator_counts_and_the_counties_add_up_to_it(
    heading: str, kjj: Kjj, viewer: Callable[[str], Viewer]
) -> None:
    """On the indicator's own entries by hand, with everything among them that must not count."""
    case, code = COUNTED[heading]
    ledger = Ledger(kjj, viewer, case_of(case))
    ledger.write()
    part = part_of(ledger.actual(date(2020, 12, 31), date(2021, 12, 31)), code)
    assert part.number, "a case that comes to nothing compares nothing"
    desk = Desk(kjj.register("bulletin").department, date(2021, 12, 31), period_of("2020"))
    found = figures(desk)
    assert found[heading][WHOLE] == part.number
    assert sum(value for county, value in found[heading].items() if county != WHOLE) == part.number
    assert line(counties(desk), "全市")[heading] == plain(part.number, 2)
    if heading == "高企净增（家）":
        assert found["高企有效（家）"][WHOLE] == part.extra["closing"]


def test_a_firm_with_two_certificates_stands_in_one_county(kjj: Kjj, viewer: Callable[[str], Viewer]) -> None:
    moved = [
        firm("m1", "甲", LANSHAN, date(2018, 5, 1), date(2021, 5, 1)),
        firm("m2", "甲", LUOZHUANG, date(2020, 6, 1), date(2023, 6, 1), category="again"),
        firm("m3", "乙", LANSHAN, date(2017, 8, 1), date(2020, 8, 1)),
        firm("m4", "乙", LUOZHUANG, date(2020, 8, 1), date(2023, 8, 1), category="again"),
    ]
    case = {"indicator": "高新技术企业认定数量", "register": "high_tech", "known": date(2020, 12, 1), "entries": moved}
    Ledger(kjj, viewer, case).write()
    found = figures(Desk(kjj.register("bulletin").department, date(2020, 12, 20), period_of("2020Q3")))
    assert by_county(found["高企有效（家）"]) == {LANSHAN: 1, LUOZHUANG: 1}, "the first in the county of the certificate it had before"
    assert by_county(found["高企净增（家）"]) == {LANSHAN: -1, LUOZHUANG: 1}, "the second has gone from one county to the other"
    assert (found["高企有效（家）"][WHOLE], found["高企净增（家）"][WHOLE]) == (2, 0)


def test_a_period_that_has_not_begun_shows_the_year_of_today(ledger: Ledger) -> None:
    department = ledger.kjj.register("bulletin").department
    assert figures_of(Desk(department, date(2020, 9, 30), period_of("2022"))) == figures_of(
        Desk(department, date(2020, 9, 30), period_of("2020Q3"))
    )


def test_what_no_indicator_counts_has_no_column(ledger: Ledger) -> None:
    CountingBasis.objects.filter(code="in_province").update(withdrawn=True, default=False)
    desk = Desk(ledger.kjj.register("bulletin").department, date(2020, 12, 20), period_of("2020Q3"))
    assert COUNTED.keys() - figures(desk).keys() == {"省内产学研合作（项）"}


SAID = """
import json, sys
from datetime import date
from pathlib import Path
from zhiheng_cli.place import django_ready
django_ready(Path(sys.argv[1]))
from zhiheng_kjj.office.bulletin import counties
from zhiheng_kjj.office.desk import Desk
from zhiheng_web.ledgers.models import Register
from zhiheng_web.ledgers.papers import period_of
department = Register.objects.get(code="bulletin").department
tables = [counties(Desk(department, date(2021, 2, 1), period_of(period))) for period in sys.argv[2:]]
print(json.dumps([[[one.text.zh, str(cell.words)] for one, cell in zip(table.headings, table.total)] for table in tables]))
"""
"""The bulletins of a data folder for some periods: heading and city."""


def test_in_the_invented_year_the_bulletins_say_what_the_indicators_say(demonstrated: Path) -> None:
    called = [sys.executable, "-c", SAID, str(demonstrated), "2020Q3", "2020"]
    given = environment(demonstrated, ZHIHENG_DEMO="1")
    done = subprocess.run(called, cwd=ROOT, env=given, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    third, year = map(dict, json.loads(done.stdout))
    for said, on in ((third, "2020-09-30"), (year, "2020-12-31")):
        lines = {row["indicator"]: row for row in json.loads(command(demonstrated, "actuals", "--format", "json", "--on", on))}
        told = {}
        for heading, (case, code) in COUNTED.items():
            part = next(one for one in lines[case_of(case)["indicator"]]["parts"] if one["code"] == code)
            told[heading] = spaced(Decimal(plain(Decimal(part["value"]), 2)))
        assert {heading: said[heading] for heading in COUNTED} == told, on
    assert third["省内产学研合作（项）"] == "119", "134 with the universities outside the province"
