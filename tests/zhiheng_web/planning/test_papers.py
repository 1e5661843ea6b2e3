"""Papers: numbered once, kept word for word, issued by the side they belong to, the signed scan taken back."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.zhiheng_web.planning.travelling import WALK, Who, mended, say, walk

from zhiheng.plan.plan import Table
from zhiheng.plan.procedure import Outcome
from zhiheng.tables import read
from zhiheng.tables.canonical import meaning, table_json
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.planning.actions.issue_paper import issue_paper
from zhiheng_web.planning.actions.record_signed_scan import record_signed_scan
from zhiheng_web.planning.models import Paper, TableVersion
from zhiheng_web.planning.queries.papers import paper_file
from zhiheng_web.planning.versions import load
from zhiheng_web.trail.action import Absent, Forbidden, Invalid, Refusal
from zhiheng_web.trail.models import TrailRecord

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


def scan(name: str = "signed.png", data: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "image/png")


def words(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    return "\n".join([p.text for p in document.paragraphs] + [c.text for t in document.tables for r in t.rows for c in r.cells])


def said(table: Table) -> dict[str, Any]:
    """What a table says; the form has no column 计量单位, so what the test put there cannot be printed."""
    data = meaning(table_json(Table(table.plan)))
    return {**data, "indicators": [{**row, "unit": None} for row in data["indicators"]]}


@pytest.fixture
def submitted(linyi: TableVersion, organisation: Demonstrated, viewer: Who) -> TableVersion:
    """Agreed in the department, now with finance."""
    return walk(viewer, mended(linyi, organisation.accounts["jingban"]), until="finance_business")


@pytest.fixture
def approved(linyi: TableVersion, organisation: Demonstrated, viewer: Who) -> TableVersion:
    return walk(viewer, mended(linyi, organisation.accounts["jingban"]))


@pytest.mark.parametrize("code", ["declaration", "review", "approval"])
def test_nothing_is_issued_before_its_step(linyi: TableVersion, viewer: Who, code: str) -> None:
    with pytest.raises((Refusal, Forbidden)):
        issue_paper(viewer("jixiao"), linyi.pk, code)
    assert not Paper.objects.exists()


def test_a_draft_has_no_number(linyi: TableVersion, viewer: Who) -> None:
    found = paper_file(viewer("jixiao"), linyi.pk, "declaration", "docx")
    assert "未编号" in words(found.data)
    assert "草稿" in found.name


@pytest.mark.parametrize("code", ["review", "approval", "pre_assessment"])
def test_no_draft_speaks_for_finance_before_it_has_decided(linyi: TableVersion, viewer: Who, code: str) -> None:
    with pytest.raises(Absent):
        paper_file(viewer("jixiao"), linyi.pk, code, "pdf")


def test_the_declaration_is_numbered_once_and_reprinted_alike(submitted: TableVersion, viewer: Who) -> None:
    first = issue_paper(viewer("jixiao"), submitted.pk, "declaration")
    assert first.number == "绩申331〔2020〕1号"
    before = paper_file(viewer("jixiao"), submitted.pk, "declaration", "docx").data
    again = issue_paper(viewer("jixiao"), submitted.pk, "declaration")
    assert again.pk == first.pk
    TableVersion.objects.filter(pk=submitted.pk).update(title="另一个题目")
    assert paper_file(viewer("jixiao"), submitted.pk, "declaration", "docx", first.pk).data == before
    record = TrailRecord.objects.get(action="planning.issue_paper")
    assert record.details["number"] == first.number
    assert record.after == first.digest


def test_the_declaration_shows_the_opinions_of_the_department(submitted: TableVersion, viewer: Who) -> None:
    issue_paper(viewer("jixiao"), submitted.pk, "declaration")
    said = words(paper_file(viewer("jixiao"), submitted.pk, "declaration", "docx").data)
    for each in ("高新技术科科长", "绩效管理员", "分管副局长", "会议纪要：2020年第3次", "局长", "绩申331〔2020〕1号"):
        assert each in said
    assert "财政绩效科复核批复" not in said


def test_the_papers_of_finance(approved: TableVersion, viewer: Who, tmp_path: object) -> None:
    finance = viewer("czjixiao")
    review = issue_paper(finance, approved.pk, "review")
    approval = issue_paper(finance, approved.pk, "approval")
    assert (review.number, approval.number) == ("绩审331〔2020〕1号", "临财绩〔2020〕5号")
    letter = words(paper_file(finance, approved.pk, "approval", "docx").data)
    for each in ("临沂市财政局文件", "临财绩〔2020〕5号", "临沂市科学技术局：", "11项职责", "36项绩效指标", "只作绩效监控，不作评分"):
        assert each in letter
    graded = words(paper_file(finance, approved.pk, "review", "docx").data)
    for each in ("完整性", "相关性", "适当性", "可行性", "指标科学性", "☑ 优", "财政科教科经办"):
        assert each in graded


def test_the_annex_of_the_approval_reads_back_as_the_approved_table(
    approved: TableVersion, viewer: Who, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("p") / "approval.docx"
    path.write_bytes(paper_file(viewer("czjixiao"), approved.pk, "approval", "docx").data)
    (table,) = read(path).tables
    own = load(approved).table
    assert said(table) == said(own)


def test_each_side_issues_its_own_papers(approved: TableVersion, viewer: Who) -> None:
    for username, code in (("jixiao", "approval"), ("jixiao", "review"), ("czjixiao", "declaration")):
        with pytest.raises(Forbidden):
            issue_paper(viewer(username), approved.pk, code)
    for username in ("jingban", "kezhang", "juzhang", "fenguan"):
        with pytest.raises(Forbidden):
            issue_paper(viewer(username), approved.pk, "declaration")
    with pytest.raises(Absent):
        issue_paper(viewer("jigou"), approved.pk, "declaration")
    with pytest.raises(Absent):
        issue_paper(viewer("jixiao"), approved.pk, "adjustment")


def test_a_new_content_gets_a_new_number_and_the_old_one_stays(submitted: TableVersion, viewer: Who) -> None:
    finance = viewer("czyewu")
    say(finance, submitted, Outcome.AGREE, **WALK[5][2])
    first = issue_paper(finance, submitted.pk, "review")
    kept = paper_file(finance, submitted.pk, "review", "docx", first.pk).data
    say(viewer("czjixiao"), submitted, Outcome.AGREE, **WALK[6][2])
    second = issue_paper(finance, submitted.pk, "review")
    assert (first.number, second.number) == ("绩审331〔2020〕1号", "绩审331〔2020〕2号")
    assert paper_file(finance, submitted.pk, "review", "docx", first.pk).data == kept


def test_the_signed_scan_comes_back_once(submitted: TableVersion, viewer: Who, signed_in: Callable[[str], Client]) -> None:
    officer = viewer("jixiao")
    paper = issue_paper(officer, submitted.pk, "declaration")
    record_signed_scan(officer, submitted.pk, paper.pk, scan())
    paper.refresh_from_db()
    assert paper.signed_scan.kind == "signed_scan"
    with pytest.raises(Refusal):
        record_signed_scan(officer, submitted.pk, paper.pk, scan("other.png"))
    answer = signed_in("juzhang").get(reverse("planning:paper_scan", args=[submitted.pk, paper.pk]))
    assert b"".join(answer.streaming_content) == PNG
    assert answer.headers["Content-Type"] == "image/png"
    assert signed_in("jigou").get(reverse("planning:paper_scan", args=[submitted.pk, paper.pk])).status_code == 404


@pytest.mark.parametrize(
    "upload",
    [None, scan("a.pdf", b"MZ" + b"0" * 50), scan("a.png", b"<svg onload=alert(1)>"), scan("机密.png"), scan("a.png", b"")],
)
def test_what_is_no_scan_is_refused(submitted: TableVersion, viewer: Who, upload: SimpleUploadedFile | None) -> None:
    paper = issue_paper(viewer("jixiao"), submitted.pk, "declaration")
    with pytest.raises(Invalid):
        record_signed_scan(viewer("jixiao"), submitted.pk, paper.pk, upload)
    paper.refresh_from_db()
    assert paper.signed_scan is None


def test_a_scan_is_recorded_by_the_side_that_issued(submitted: TableVersion, viewer: Who) -> None:
    paper = issue_paper(viewer("jixiao"), submitted.pk, "declaration")
    for username in ("juzhang", "czyewu", "czjixiao"):
        with pytest.raises(Forbidden):
            record_signed_scan(viewer(username), submitted.pk, paper.pk, scan())
    with pytest.raises(Absent):
        record_signed_scan(viewer("jixiao"), submitted.pk, uuid4(), scan())


def test_the_page_goes_from_not_yet_to_signed(submitted: TableVersion, signed_in: Callable[[str], Client]) -> None:
    client, url = signed_in("jixiao"), reverse("planning:papers", args=[submitted.pk])
    assert "可出具" in client.get(url).content.decode()
    assert (
        "已出具，编号 绩申331〔2020〕1号"
        in client.post(reverse("planning:paper_issue", args=[submitted.pk, "declaration"]), follow=True).content.decode()
    )
    paper = Paper.objects.get()
    client.post(reverse("planning:paper_scan_record", args=[submitted.pk, paper.pk]), {"scan": scan()})
    assert "签字盖章件已收回" in client.get(url).content.decode()
    client.cookies["django_language"] = "en"
    assert "Signed scan recorded" in client.get(url).content.decode()
    for kind, begin in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = client.get(reverse("planning:paper", args=[submitted.pk, "declaration", kind]))
        assert answer.status_code == 200
        assert answer.content.startswith(begin)
    assert client.get(reverse("planning:paper", args=[submitted.pk, "declaration", "exe"])).status_code == 404


def test_who_may_not_see_the_version_finds_no_papers(linyi: TableVersion, signed_in: Callable[[str], Client]) -> None:
    assert signed_in("czyewu").get(reverse("planning:papers", args=[linyi.pk])).status_code == 404
    assert signed_in("czyewu").get(reverse("planning:paper", args=[linyi.pk, "declaration", "pdf"])).status_code == 404


def test_the_page_asks_a_bounded_number_of_queries(approved: TableVersion, signed_in: Callable[[str], Client]) -> None:
    client, url = signed_in("jixiao"), reverse("planning:papers", args=[approved.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    assert len(asked) <= 25
