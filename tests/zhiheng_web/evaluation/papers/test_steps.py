"""Who issues what and when, under which number; the signed scan; what others see of it; pages that do not grow."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pdfplumber
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.zhiheng_web.evaluation.papers.conftest import MAY, Issue, Year
from tests.zhiheng_web.evaluation.papers.test_kinds import prepared
from tests.zhiheng_web.ledgers.evidence.files import pdf, png

from zhiheng.plan.procedure import Role
from zhiheng_web.evaluation.actions.issue_paper import issue_paper
from zhiheng_web.evaluation.actions.keep_signed_scan import keep_signed_scan
from zhiheng_web.evaluation.issuing.kinds import KINDS
from zhiheng_web.evaluation.models import RectificationItem, YearPaper
from zhiheng_web.evaluation.queries.year_papers import draft_file, issued_file, paper_desk, paper_page, scan_of, year_papers
from zhiheng_web.organisation.models import Account, Department
from zhiheng_web.organisation.viewer import Held, Viewer
from zhiheng_web.planning.models import SourceFile
from zhiheng_web.trail.action import Absent, Forbidden, Invalid, Refusal
from zhiheng_web.trail.models import TrailRecord

pytestmark = pytest.mark.django_db
BY_FINANCE = {"evaluation", "rectification", "use_of_results"}
OFFICER, FINANCE = "performance_officer", "finance_performance"


def holder(role: Role, department: UUID | None) -> Viewer:
    account, _ = Account.objects.get_or_create(username=f"try-{role.value}", defaults={"name": role.value})
    return Viewer(account, (Held(role, department),), at=MAY)


def scan(data: bytes | None = None, name: str = "签章.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf() if data is None else data)


@pytest.mark.parametrize("code", ["monitoring", "self_evaluation_report", "evaluation", "rectification", "rectification_ledger"])
def test_only_the_side_that_it_belongs_to_issues_it(code: str, year: Year) -> None:
    key, by = prepared(year, code)
    for role in set(Role) - {Role.REPORTER}:
        if role == (FINANCE if code in BY_FINANCE else OFFICER):
            continue
        with pytest.raises((Forbidden, Absent)):
            issue_paper(holder(role, year.department), 2020, code, key)
    assert not YearPaper.objects.exists()
    assert issue_paper(year.person(by), 2020, code, key).number


def test_a_department_issues_the_notice_that_it_gave_itself(year: Year, issue: Issue) -> None:
    order = year.order("jixiao")
    with pytest.raises(Forbidden, match="绩效管理员出具"):
        issue("rectification", order.pk, "czjixiao")
    assert issue("rectification", order.pk).title.startswith("临沂市科学技术局关于2020年度")


def elsewhere(year: Year) -> Viewer:
    other = Department.objects.create(code="332", name="临沂市教育局", kind=Department.Kind.DEPARTMENT)
    return holder(Role.PERFORMANCE_OFFICER, other.pk)


@pytest.mark.parametrize("code", KINDS)
def test_to_another_department_nothing_of_it_exists(code: str, year: Year, issue: Issue) -> None:
    key, by = prepared(year, code)
    paper, other = issue(code, key, by), elsewhere(year)
    for attempt in (
        lambda: issue_paper(other, 2020, code, key),
        lambda: paper_desk(other, 2020, code, key),
        lambda: paper_page(other, paper.pk),
        lambda: issued_file(other, paper.pk, "pdf"),
        lambda: draft_file(other, 2020, code, key, "pdf"),
        lambda: keep_signed_scan(other, paper.pk, scan()),
        lambda: scan_of(other, paper.pk),
        lambda: year_papers(other, 2020, year.department),
    ):
        with pytest.raises(Absent):
            attempt()


def test_what_is_said_of_the_whole_department_is_not_for_one_office(year: Year, issue: Issue) -> None:
    year.order()
    paper = issue("rectification_ledger", year.department)
    office = holder(Role.FILLER, year.department)
    with pytest.raises(Absent):
        paper_page(office, paper.pk)
    with pytest.raises(Absent):
        draft_file(office, 2020, "rectification_ledger", year.department, "pdf")
    assert paper_page(holder(Role.AUDITOR, year.department), paper.pk).paper == paper


@pytest.mark.parametrize("code", ["monitoring", "monitoring_report", "self_evaluation", "self_evaluation_report", "evaluation"])
def test_too_early_is_refused_with_what_to_do(code: str, year: Year) -> None:
    if code.startswith("monitoring"):
        key, words = year.monitored(submit=False).pk, "监控表尚未报送"
    elif code.startswith("self"):
        key, words = year.evaluated(submit=False).pk, "自评表尚未报送"
    else:
        key, words = year.evaluation("checked").pk, "评价尚未验收"
    by = "czjixiao" if code == "evaluation" else "jixiao"
    with pytest.raises(Refusal, match=words):
        issue_paper(year.person(by), 2020, code, key)
    assert words in paper_desk(year.person(by), 2020, code, key).why.zh  # type: ignore[union-attr]
    with pytest.raises(Refusal, match=words):
        draft_file(year.person(by), 2020, code, key, "pdf")


def test_an_empty_year_has_no_ledger_and_no_use_of_results(year: Year) -> None:
    for code, by in (("rectification_ledger", "jixiao"), ("use_of_results", "czjixiao")):
        with pytest.raises(Refusal) as refused:
            issue_paper(year.person(by), 2020, code, year.department)
        assert refused.value.code == "not_yet"


def test_an_address_of_nothing_is_absent(year: Year) -> None:
    report = year.monitored()
    for year_, code, key in ((2020, "monitoring", uuid4()), (2019, "monitoring", report.pk), (2020, "approval", report.pk)):
        with pytest.raises(Absent):
            paper_desk(year.person("jixiao"), year_, code, key)


def test_what_the_form_cannot_hold_is_refused_with_its_subject(year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    from zhiheng_web.evaluation.issuing import contents

    def faulty(asked: contents.Asked) -> Any:
        raise ValueError("the form has no ['天气']")

    report = year.monitored()
    monkeypatch.setitem(contents.WRITERS, "monitoring", faulty)
    with pytest.raises(Refusal, match=r"1-7月监控.*天气.*核对更正"):
        issue_paper(year.person("jixiao"), 2020, "monitoring", report.pk)


# --- numbers ------------------------------------------------------------------------------------------------


def test_a_number_stands_once_in_its_kind(year: Year, issue: Issue) -> None:
    report, one = year.monitored(), year.evaluated()
    assert issue("monitoring", report.pk, number=" 临科绩〔2021〕7号 ").number == "临科绩〔2021〕7号"
    issue("self_evaluation", one.pk, number="临科绩〔2021〕7号")  # another kind has its own run
    order = year.order("jixiao")
    issue("rectification_ledger", year.department, number="台1号")
    RectificationItem.objects.filter(order=order).update(problem="改了")
    with pytest.raises(Invalid, match="已用于《2020年度绩效问题整改台账》") as refused:
        issue("rectification_ledger", year.department, number="台1号")
    assert list(refused.value.fields) == ["number"]
    assert issue("rectification_ledger", year.department, number="台2号").sequence == 2


@pytest.mark.parametrize("number", ["长" * 101, "一\n二", "机密★十年"])
def test_a_number_that_cannot_stand_is_refused(number: str, year: Year, issue: Issue) -> None:
    report = year.monitored()
    with pytest.raises(Invalid):
        issue("monitoring", report.pk, number=number)
    assert not YearPaper.objects.exists()


def test_the_same_content_is_not_numbered_twice(year: Year, issue: Issue) -> None:
    report = year.monitored()
    paper = issue("monitoring", report.pk)
    assert issue("monitoring", report.pk) == paper
    with pytest.raises(Refusal, match=paper.number):
        issue("monitoring", report.pk, number="另一号")
    assert YearPaper.objects.count() == 1
    assert TrailRecord.objects.filter(action="evaluation.issue_paper").count() == 1


def test_a_later_day_alone_makes_no_new_ledger(year: Year) -> None:
    year.order()
    paper = issue_paper(year.person("jixiao"), 2020, "rectification_ledger", year.department)
    later = replace(year.person("jixiao"), at=MAY.replace(day=20))
    assert issue_paper(later, 2020, "rectification_ledger", year.department) == paper


# --- the signed scan ----------------------------------------------------------------------------------------


def test_the_scan_comes_back_and_a_better_one_leaves_the_first_in_the_trail(year: Year, issue: Issue) -> None:
    paper = issue("monitoring", year.monitored().pk)
    officer = year.person("jixiao")
    first = keep_signed_scan(officer, paper.pk, scan()).signed_scan
    assert keep_signed_scan(officer, paper.pk, scan()).signed_scan == first
    second = keep_signed_scan(officer, paper.pk, scan(png(), "签章.png")).signed_scan
    assert (second.media_type, scan_of(officer, paper.pk)) == ("image/png", second)
    assert SourceFile.objects.filter(pk=first.pk).exists()
    told = TrailRecord.objects.filter(action="evaluation.keep_signed_scan").order_by("number")
    assert [(one.before, one.after) for one in told] == [("", first.sha256), (first.sha256, second.sha256)]
    assert told[1].details["earlier_sha256"] == first.sha256


@pytest.mark.parametrize(
    ("upload", "code"),
    [
        (None, "scan_missing"),
        (scan(b"PK\x03\x04 word", "签章.docx"), "scan_type"),
        (scan(b"<html>", "签章.pdf"), "scan_type"),
        (scan(b"", "空.pdf"), "scan_type"),
        (scan(pdf()[:300]), "broken_file"),
        (scan(png()[:60], "签章.png"), "broken_file"),
    ],
)
def test_what_is_no_scan_is_refused(upload: SimpleUploadedFile | None, code: str, year: Year, issue: Issue) -> None:
    paper = issue("monitoring", year.monitored().pk)
    with pytest.raises(Invalid) as refused:
        keep_signed_scan(year.person("jixiao"), paper.pk, upload)
    assert refused.value.code == code
    assert YearPaper.objects.get(pk=paper.pk).signed_scan is None


def test_the_scan_of_a_paper_of_finance_is_for_finance(year: Year, issue: Issue) -> None:
    paper = issue("rectification", year.order().pk, "czjixiao")
    with pytest.raises(Forbidden, match="出具文书的一方"):
        keep_signed_scan(year.person("jixiao"), paper.pk, scan())
    assert keep_signed_scan(year.person("czjixiao"), paper.pk, scan()).signed_scan
    assert scan_of(year.person("jixiao"), paper.pk)


# --- pages --------------------------------------------------------------------------------------------------


def test_a_draft_says_so_on_every_page_and_an_issued_paper_has_its_number_there(year: Year, issue: Issue) -> None:
    report, officer = year.monitored(), year.person("jixiao")
    name, data = draft_file(officer, 2020, "monitoring", report.pk, "pdf")
    assert "（草稿）" in name
    assert all("草稿，未编号" in page for page in pages(data))
    paper = issue("monitoring", report.pk)
    assert all(paper.number in page and "草稿" not in page for page in pages(issued_file(officer, paper.pk, "pdf")[1]))


def pages(data: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(data)) as file:
        return [page.extract_text() for page in file.pages]


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def test_the_pages_from_the_list_to_the_signed_scan(year: Year, signed_in: Callable[[str], Client]) -> None:
    client, report = signed_in("jixiao"), year.monitored()
    html = text(client.get("/papers/2020/"))
    assert all(words in html for words in ("可出具", "本年还没有自评表", "尚不能出具", "草稿 PDF"))
    desk = f"/papers/2020/monitoring/{report.pk}/"
    assert "绩监331〔" in text(client.get(desk))
    assert client.get(f"/papers/2020/monitoring/{report.pk}.docx").content.startswith(b"PK")
    assert "不超过 100 字" in text(client.post(f"{desk}issue/", {"number": "长" * 101}), 400)
    answer = client.post(f"{desk}issue/", {"number": "临科绩〔2021〕1号"})
    page = answer.headers["Location"]
    html = text(client.get(page))
    assert all(words in html for words in ("临科绩〔2021〕1号", "受疫情影响", YearPaper.objects.get().digest))
    assert client.get(f"{page.rstrip('/')}.pdf").content.startswith(b"%PDF-")
    assert client.get(f"{page.rstrip('/')}.exe").status_code == 404
    assert "不是 PDF" in text(client.post(f"{page}scan/keep/", {"scan": scan(b"x", "a.txt")}), 400)
    client.post(f"{page}scan/keep/", {"scan": scan()})
    assert b"".join(client.get(f"{page}scan/").streaming_content).startswith(b"%PDF-")
    client.cookies["django_language"] = "en"
    english = text(client.get("/papers/2020/"))
    assert "Signed scan kept" in english
    assert "签字盖章件已收回" not in english
    assert "The content is what the last issued paper says" in text(client.get(desk))


def test_the_pages_that_papers_are_about_lead_to_them(year: Year, signed_in: Callable[[str], Client]) -> None:
    report, one, evaluation, order = year.monitored(), year.evaluated(), year.evaluation(), year.order()
    for address, to in {
        f"/monitoring/reports/{report.pk}/": f"/papers/2020/monitoring/{report.pk}/",
        f"/monitoring/{report.round_id}/": "/papers/2020/?department=",
        f"/self-evaluations/{one.pk}/": f"/papers/2020/self_evaluation/{one.pk}/",
        f"/evaluations/{evaluation.pk}/": f"/papers/2020/evaluation/{evaluation.pk}/",
        f"/rectification/orders/{order.pk}/": f"/papers/2020/rectification/{order.pk}/",
        "/rectification/": "/papers/?stage=rectification",
        "/uses-of-results/": "/papers/?stage=rectification",
    }.items():
        client = signed_in("jixiao")
        assert to in text(client.get(address)), address
        assert client.get(to, follow=True).status_code == 200, to


def test_the_list_asks_no_more_for_many_papers(year: Year) -> None:
    year.monitored()
    year.evaluated()
    officer, counts = year.person("jixiao"), []
    for orders in (1, 6):
        while YearPaper.objects.filter(code="rectification").count() < orders:
            issue_paper(officer, 2020, "rectification", year.order("jixiao").pk)
        with CaptureQueriesContext(connection) as asked:
            page = year_papers(officer, 2020)
            for group in page.groups:
                assert all(str(line.state_text) and (line.last is None or line.last.issued_by.name) for line in group.lines)
        counts.append(len(asked))
        assert [len(group.lines) for group in page.groups if group.kind.code == "rectification"] == [orders]
    assert counts[0] == counts[1] <= 25
