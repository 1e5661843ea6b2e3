"""The year at a glance, a version on its form, an indicator: what they say is what the table says, for whom may see it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.zhiheng_web.conftest import LINYI

from zhiheng.plan.procedure import State
from zhiheng.tables.reading import read
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.organisation.models import RoleAssignment
from zhiheng_web.organisation.sessions import SEEN_EVERY
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.checking import check
from zhiheng_web.planning.mapping import read_cell, reading_fields
from zhiheng_web.planning.models import IndicatorRow, PerformanceTable, TableVersion
from zhiheng_web.planning.queries.declared import declared
from zhiheng_web.planning.queries.overview import glances, table_glance
from zhiheng_web.planning.versions import load, write_version
from zhiheng_web.trail.action import Absent

SignedIn = Callable[[str], Client]
ViewerOf = Callable[[str], Viewer]


def words(page: bytes) -> str:
    """What a reader reads of a page."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.decode())))


def bigger(organisation: Demonstrated, viewer: ViewerOf, times: int) -> TableVersion:
    """A table of the unit with the real rows so many times over."""
    real = read(LINYI).tables[0]
    rows = tuple(
        replace(row, name=replace(row.name, text=f"{row.name.text}{copy or ''}")) for copy in range(times) for row in real.plan.indicators
    )
    table = PerformanceTable.objects.create(unit=organisation.units["331002"], kind="unit", year=2021)
    with transaction.atomic():
        return write_version(table, replace(real, plan=replace(real.plan, indicators=rows)), account=viewer("jixiao").account)


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_the_overview_takes_at_most_15_queries_however_many_indicators(
    linyi: TableVersion, organisation: Demonstrated, viewer: ViewerOf, signed_in: SignedIn
) -> None:
    large = bigger(organisation, viewer, 6)
    assert IndicatorRow.objects.filter(version=linyi).count() == 36
    assert IndicatorRow.objects.filter(version=large).count() >= 200
    client = signed_in("jixiao")
    for name in ("table", "version"):
        small, big = (
            queries(client, reverse(f"planning:{name}", args=[found.table_id if name == "table" else found.pk])) for found in (linyi, large)
        )
        assert small == big <= 15, name


def test_a_request_that_marks_its_session_as_used_takes_no_more_either(linyi: TableVersion, signed_in: SignedIn) -> None:
    client, address = signed_in("jixiao"), reverse("planning:table", args=[linyi.table_id])
    with CaptureQueriesContext(connection) as first:
        client.get(address)
    session = client.session
    session["seen_at"] -= 2 * SEEN_EVERY
    session.save()
    with CaptureQueriesContext(connection) as later:
        client.get(address)
    assert client.session["seen_at"] > session["seen_at"]
    assert "UPDATE" in "".join(query["sql"] for query in later) and max(len(first), len(later)) <= 16


@pytest.mark.parametrize("username", ["jixiao", "jingban", "zhongxin", "czyewu", "sysadmin"])
def test_the_frame_names_the_department_that_all_roles_lie_in(organisation: Demonstrated, viewer: ViewerOf, username: str) -> None:
    held = RoleAssignment.objects.filter(account=organisation.accounts[username])
    lie_in = {
        found for row in held if (found := row.department or getattr(row.unit or getattr(row.office, "unit", None), "department", None))
    }
    with CaptureQueriesContext(connection) as caught:
        asking = viewer(username)
    assert len(caught) == 1 and asking.where == (next(iter(lie_in)).name if len(lie_in) == 1 else "")


def test_an_indicators_page_costs_the_same_in_a_table_of_any_size(
    linyi: TableVersion, organisation: Demonstrated, viewer: ViewerOf, signed_in: SignedIn
) -> None:
    large = bigger(organisation, viewer, 6)
    client = signed_in("jixiao")
    counts = [
        queries(client, reverse("planning:indicator", args=[found.table_id, load(found).rows[5].indicator_id])) for found in (linyi, large)
    ]
    assert counts[0] == counts[1] <= 22


def test_it_says_every_duty_indicator_and_target_of_the_file(linyi: TableVersion, signed_in: SignedIn) -> None:
    said = words(signed_in("jixiao").get(reverse("planning:table", args=[linyi.table_id])).content)
    plan = read(LINYI).tables[0].plan
    for duty in plan.duties:
        assert duty.name.text in said
    for row in plan.indicators:
        assert re.sub(r"\s+", " ", row.name.text) in said
        assert re.sub(r"\s+", " ", row.target.text) in said
    assert "5,364 万元" in said
    assert "714" in said and "4,650" in said


def test_its_counts_of_findings_are_those_of_the_list(linyi: TableVersion, viewer: ViewerOf) -> None:
    glance = table_glance(viewer("jixiao"), linyi.table_id)
    findings = check(load(linyi))
    assert glance.errors == sum(found.severity == "error" for found in findings) > 0
    assert glance.warnings == sum(found.severity == "warning" for found in findings) > 0
    assert glance.open_warnings == sum(found.severity == "warning" and found.open for found in findings)
    for duty in glance.duties:
        for row in duty.rows:
            at_row = [found for found in findings if found.row is not None and found.row.pk == row.id]
            assert (row.errors, row.warnings) == tuple(sum(found.severity == name for found in at_row) for name in ("error", "warning"))


def test_what_the_form_leaves_blank_is_no_amount_and_not_zero(linyi: TableVersion, viewer: ViewerOf) -> None:
    source = table_glance(viewer("jixiao"), linyi.table_id).money[0]
    assert [amount for _, amount in source.parts] == [53_640_000, None]


@pytest.mark.parametrize("username", ["czyewu", "czjixiao"])
def test_finance_does_not_find_a_draft(linyi: TableVersion, organisation: Demonstrated, signed_in: SignedIn, username: str) -> None:
    client = signed_in(username)
    indicator = load(linyi).rows[0].indicator_id
    for address in (
        reverse("planning:table", args=[linyi.table_id]),
        reverse("planning:version", args=[linyi.pk]),
        reverse("planning:indicator", args=[linyi.table_id, indicator]),
    ):
        assert client.get(address).status_code == 404


def test_who_holds_no_role_over_the_department_finds_nothing(linyi: TableVersion, organisation: Demonstrated, signed_in: SignedIn) -> None:
    seeing = {"jixiao", "fenguan"}
    for username in seeing:
        assert signed_in(username).get(reverse("planning:table", args=[linyi.table_id])).status_code == 200
    administrators = [
        account
        for account in organisation.accounts.values()
        if all(role.role.endswith("administrator") for role in account.assignments.all())
    ]
    assert administrators
    for account in administrators:
        client = signed_in(account.username)
        assert client.get(reverse("planning:table", args=[linyi.table_id])).status_code in (403, 404)
        assert str(linyi.table_id) not in client.get(reverse("planning:tables")).content.decode()


def test_the_form_shows_the_published_words_and_each_finding_once(linyi: TableVersion, signed_in: SignedIn) -> None:
    page = signed_in("jixiao").get(reverse("planning:version", args=[linyi.pk])).content
    said = words(page)
    assert "“十三五”规划值" in said.replace(" ", "")
    assert "2017-2019年均值" in said.replace(" ", "")
    findings = check(load(linyi))
    for found in findings:
        assert re.sub(r"\s+", " ", found.text.zh) in said, found.code
    assert page.count(b"data-found=") <= len(findings)
    shown = sum(int(number) for number in re.findall(r"[✕!i] (\d+)", " ".join(re.findall(r"<summary>(.*?)</summary>", page.decode()))))
    apart = [found for found in findings if found.row is None]
    assert len(findings) - len(apart) <= shown <= len(findings)


def test_duties_are_merged_over_their_indicators(linyi: TableVersion, signed_in: SignedIn) -> None:
    page = signed_in("jixiao").get(reverse("planning:version", args=[linyi.pk])).content.decode()
    spans = [int(number) for number in re.findall(r'<td rowspan="(\d+)"[^>]*>\s*\d{1,2}</td>', page)]
    plan = read(LINYI).tables[0].plan
    wanted = [sum(row.duty == duty.number for row in plan.indicators) for duty in plan.duties]
    assert spans == [number for number in wanted if number > 1]


def history_of(organisation: Demonstrated, viewer: ViewerOf, year: int, actual: str) -> None:
    table = PerformanceTable.objects.create(unit=organisation.units["331001"], kind="department", year=year)
    with transaction.atomic():
        version = write_version(
            table, read(LINYI).tables[0], account=viewer("jixiao").account, purpose="history", state=State.DECLARED_HISTORY
        )
    row = IndicatorRow.objects.get(version=version, position=5)
    IndicatorRow.objects.filter(pk=row.pk).update(**reading_fields("actual", read_cell(row, actual, year)))
    IndicatorRow.objects.filter(version=version).update(last_year_text="")


def test_the_course_has_gaps_where_nobody_said_anything(
    linyi: TableVersion, organisation: Demonstrated, viewer: ViewerOf, signed_in: SignedIn
) -> None:
    history_of(organisation, viewer, 2017, "90家")
    indicator = load(linyi).rows[5].indicator_id
    told = declared(viewer("jixiao"), linyi, [load(linyi).rows[5]])[indicator]
    assert {year: one.words for year, one in told.items()} == {2017: "90家", 2019: "160家"}
    page = signed_in("jixiao").get(reverse("planning:indicator", args=[linyi.table_id, indicator])).content.decode()
    assert page.count('class="gap"') == 1
    assert "2018 无数据" in page
    said = words(page.encode())
    assert "2018 无数据 — —" in said
    assert "polyline" not in page, "2017 and 2019 must not be joined over the missing year"


def test_a_years_own_table_comes_before_what_the_next_one_says(linyi: TableVersion, organisation: Demonstrated, viewer: ViewerOf) -> None:
    history_of(organisation, viewer, 2019, "155家")
    indicator = load(linyi).rows[5].indicator_id
    told = declared(viewer("jixiao"), linyi, [load(linyi).rows[5]])[indicator]
    assert told[2019].words == "155家"


def test_an_indicators_page_says_its_meaning_references_and_findings(linyi: TableVersion, signed_in: SignedIn) -> None:
    row = load(linyi).rows[5]
    said = words(signed_in("jixiao").get(reverse("planning:indicator", args=[linyi.table_id, row.indicator_id])).content)
    assert "实际值不少于 60家" in said
    assert "《关于加快建设高水平创新型省份实施方案》" in said
    for found in check(load(linyi)):
        if found.row is not None and found.row.pk == row.pk:
            assert found.text.zh in said


def test_an_indicator_of_another_table_is_absent(
    linyi: TableVersion, organisation: Demonstrated, viewer: ViewerOf, signed_in: SignedIn
) -> None:
    other = PerformanceTable.objects.create(unit=organisation.units["331002"], kind="unit", year=2030)
    address = reverse("planning:indicator", args=[other.pk, load(linyi).rows[0].indicator_id])
    assert signed_in("jixiao").get(address).status_code == 404
    with pytest.raises(Absent):
        table_glance(viewer("jixiao"), other.pk)


def test_in_english_the_frame_holds_no_chinese(linyi: TableVersion, signed_in: SignedIn) -> None:
    client = signed_in("jixiao")
    client.cookies["django_language"] = "en"
    chinese = re.compile(r"[\u4e00-\u9fff]")
    own = chinese_of_data(linyi)
    for name, key in (("tables", None), ("table", linyi.table_id), ("version", linyi.pk)):
        address = reverse(f"planning:{name}", args=[key] if key else [])
        page = client.get(address).content.decode()
        labels = re.findall(r"<(?:h1|h2|button|label|th scope=\"col\" (?:data|class)[^>]*)>([^<]+)<", page)
        assert labels
        assert [label for label in labels if chinese.search(label) and label.strip() not in own] == [], name


def chinese_of_data(version: TableVersion) -> set[str]:
    """Words of the table itself, which no language of the interface changes, and names of languages."""
    loaded = load(version)
    return {"中文", version.title, *(duty.name for duty in loaded.duties), *(row.name for row in loaded.rows)}


def test_the_list_shows_one_line_a_table_by_the_version_meant(linyi: TableVersion, viewer: ViewerOf, signed_in: SignedIn) -> None:
    TableVersion.objects.filter(pk=linyi.pk).update(state=State.APPROVED.value)
    with transaction.atomic():
        write_version(linyi.table, read(LINYI).tables[0], account=viewer("jixiao").account)
    page = signed_in("jixiao").get(reverse("planning:tables")).content.decode()
    assert page.count(f'href="{reverse("planning:table", args=[linyi.table_id])}"') == 1
    body = page[page.index("<tbody>") :]
    assert "待送审" in body and "已批复" not in body
    assert '<td class="number" data-name="指标">36</td>' in body
    filtered = signed_in("jixiao").get(reverse("planning:tables"), {"state": "approved"}).content.decode()
    assert "没有符合条件" in filtered
    assert "没有符合条件" in signed_in("jixiao").get(reverse("planning:tables"), {"year": "1999"}).content.decode()


def test_the_first_page_shows_the_newest_year(linyi: TableVersion, organisation: Demonstrated, viewer: ViewerOf) -> None:
    history_of(organisation, viewer, 2018, "1家")
    assert [glance.table.year for glance in glances(viewer("jixiao"))] == [2020]


def test_nobody_signed_in_sees_nothing(linyi: TableVersion, client: Client) -> None:
    for address in (reverse("planning:tables"), reverse("planning:table", args=[linyi.table_id]), reverse("planning:departments")):
        answer = client.get(address)
        assert answer.status_code in (302, 403, 404), address
        assert linyi.title not in answer.content.decode()
