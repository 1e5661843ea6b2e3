"""Lists, entries and actual values as pages: what they show, what it costs, who may not, and three clicks down to the page of paper."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.zhiheng_web.ledgers.seeing.conftest import Contracts
from tests.zhiheng_web.ledgers.seeing.scene import at, contract, put

from zhiheng_web.ledgers.models import Register

SignedIn = Callable[[str], Client]
CHIEF = re.compile(r'chief"[^>]*><a href="(/entries/[^"]+)"')


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def words_of(cell: object) -> str:
    return "" if cell is None else f"{cell:.0f}" if isinstance(cell, float) else str(cell)


def addresses(contracts: Contracts) -> list[str]:
    return [
        reverse("ledgers:registers"),
        reverse("ledgers:register", args=[contracts.register]),
        reverse("ledgers:counties", args=[contracts.register]),
        reverse("ledgers:entry", args=[contracts.first]),
        reverse("ledgers:obligations") + "?month=2020-03",
        reverse("ledgers:actuals", args=[contracts.table]) + "?on=2020-12-31",
        reverse("ledgers:actual", args=[contracts.table, contracts.indicator]) + "?on=2020-12-31",
        reverse("planning:table", args=[contracts.table]),
        reverse("planning:derived", args=[contracts.table]),
        reverse("planning:indicator", args=[contracts.table, contracts.indicator]),
    ]


def test_every_page_opens_in_both_languages(contracts: Contracts, signed_in: SignedIn) -> None:
    client = signed_in("jixiao")
    for address in addresses(contracts):
        for language in ("zh-hans", "en"):
            client.cookies["django_language"] = language
            assert page(client, address)


def test_no_page_takes_more_queries_for_more_entries(contracts: Contracts, signed_in: SignedIn) -> None:
    client = signed_in("jixiao")

    def counted() -> list[int]:
        found = []
        for address in addresses(contracts):
            client.get(address)
            with CaptureQueriesContext(connection) as caught:
                client.get(address)
            found.append(len(caught))
        return found

    before = counted()
    put(Register.objects.get(pk=contracts.register), [contract(number) for number in range(200, 500)], "registered", at(12, 21))
    assert counted() == before


def test_the_figure_says_what_is_recorded_counted_and_missing(contracts: Contracts, signed_in: SignedIn) -> None:
    client = signed_in("jixiao")
    address = reverse("ledgers:actual", args=[contracts.table, contracts.indicator])
    text = page(client, f"{address}?on=2020-12-31")
    assert "登记 110，可计 100" in text
    assert "缺证据 10" in text and "待确认 4" in text and "状态不计 6" in text
    assert "登记 0，可计 0" in page(client, f"{address}?on=2020-12-31&known=2020-12-19")  # entered on 20 December


def test_from_a_figure_to_the_page_of_paper_in_three_clicks(contracts: Contracts, signed_in: SignedIn) -> None:
    client, clicks = signed_in("jixiao"), 0
    here = page(client, reverse("ledgers:actuals", args=[contracts.table]) + "?on=2020-12-31")
    for pattern in (
        rf'href="(/actuals/{contracts.table}/{contracts.indicator}/[^"]*)"',
        rf'href="(/entries/{contracts.first}/)"',
        r'href="(/evidence/[0-9a-f-]{36}/)"',
    ):
        found = re.search(pattern, here)
        assert found, pattern
        clicks += 1
        address = found[1].replace("&amp;", "&")
        answer = client.get(address)
        here = answer.content.decode()
        assert answer.status_code == 200 or pattern.startswith(r'href="(/evidence')
    assert clicks == 3


def test_the_entry_names_the_indicators_it_counts_in_and_why_not(contracts: Contracts, signed_in: SignedIn) -> None:
    client = signed_in("jixiao")
    text = page(client, reverse("ledgers:entry", args=[contracts.first]) + "?on=2020-12-31")
    assert "技术市场服务" in text and "✓ 计入" in text
    early = page(client, reverse("ledgers:entry", args=[contracts.first]) + "?on=2019-12-31")
    assert "不在期间内" in early and "✓ 计入" not in early


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", 120),
        ("state=applied", 6),
        ("standing=submitted", 4),
        ("gap=evidence", 10),
        ("county=371302", 30),
        ("county=-", 30),
        ("words=技术开发合同007", 1),
        ("dated=decided_on&since=2020-01-06&until=2020-01-06", 3),  # numbers 0, 50, 100
        ("known=2020-12-19", 0),
    ],
)
def test_the_file_holds_exactly_what_the_filter_shows(contracts: Contracts, signed_in: SignedIn, query: str, expected: int) -> None:
    client = signed_in("jixiao")
    text = page(client, reverse("ledgers:register", args=[contracts.register]) + f"?{query}")
    assert f"符合条件 {expected} 条" in text if expected else "没有符合条件的记录" in text
    answer = client.get(reverse("ledgers:register_file", args=[contracts.register, "csv"]) + f"?{query}")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined]
    assert len(rows) == expected + 1
    answer = client.get(reverse("ledgers:register_file", args=[contracts.register, "xlsx"]) + f"?{query}")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active  # type: ignore[attr-defined]
    assert [[words_of(cell) for cell in row] for row in sheet.iter_rows(values_only=True)] == rows


def test_every_entry_stands_once_on_the_pages_forwards_and_backwards(contracts: Contracts, signed_in: SignedIn) -> None:
    client = signed_in("jixiao")
    base = reverse("ledgers:register", args=[contracts.register])
    for order in ("", "number", "-amount", "county", "-done_on"):
        seen: list[str] = []
        address = f"{base}?order={order}"
        while address:
            text = page(client, address)
            seen += CHIEF.findall(text)
            found = re.search(r'rel="next" href="(\?[^"]+)"', text)
            last, address = text, base + found[1].replace("&amp;", "&") if found else ""
        assert len(seen) == len(set(seen)) == 120, order
        back = re.search(r'rel="prev" href="(\?[^"]+)"', last)
        assert back
        text = page(client, base + back[1].replace("&amp;", "&"))
        assert CHIEF.findall(text) == seen[50:100], order


def test_a_formula_in_a_title_is_only_a_text(contracts: Contracts, signed_in: SignedIn) -> None:
    register = Register.objects.get(pk=contracts.register)
    put(register, [contract(700, title="=HYPERLINK(1)")], "registered", at(12, 21))
    answer = signed_in("jixiao").get(reverse("ledgers:register_file", args=[contracts.register, "csv"]) + "?words=HYPERLINK")
    assert "'=HYPERLINK(1)" in b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]


def test_counties_without_entries_show_zero_and_all_adds_up(contracts: Contracts, signed_in: SignedIn) -> None:
    text = page(signed_in("jixiao"), reverse("ledgers:counties", args=[contracts.register]))
    rows = re.findall(r'<th scope="row">(?:<a[^>]*>)?([^<]+)(?:</a>)?</th><td class="number">(\d+)</td><td class="number">(\d+)</td>', text)
    found = {name: (int(recorded), int(counted)) for name, recorded, counted in rows}
    assert len(found) == 14 and found["蒙阴县"] == (0, 0) and found["未注明县区"] == (30, 27)  # 25 of the hundred, 111 and 115
    total = found.pop("合计")
    assert total == (120, 100 + 6) == tuple(sum(column) for column in zip(*found.values(), strict=True))


@pytest.mark.parametrize("username", ["sysadmin"])
def test_who_reads_no_ledgers_is_refused(contracts: Contracts, signed_in: SignedIn, username: str) -> None:
    client = signed_in(username)
    for address in addresses(contracts)[:7]:
        assert client.get(address).status_code in (403, 404), address
    assert client.get(reverse("ledgers:register_file", args=[contracts.register, "csv"])).status_code in (403, 404)
