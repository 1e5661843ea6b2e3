"""评价报告 in the package of the final account: its index system is public, on a page and as a paper, and can be withheld."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.zhiheng_web.evaluation.evaluations.work import Work
from tests.zhiheng_web.publication.packages.conftest import Journey

from zhiheng.reports.form import Form
from zhiheng.reports.papers.content import Content as Paper
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.evaluation.issuing.contents import WRITERS, Asked
from zhiheng_web.evaluation.issuing.subjects import subject_for
from zhiheng_web.evaluation.models import Evaluation, IndexItem
from zhiheng_web.evaluation.queries.evaluation_paper import evaluation_paper
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.actions.redact import redact
from zhiheng_web.publication.building.building import build
from zhiheng_web.publication.building.proposing import proposals
from zhiheng_web.publication.content import Content, from_json, to_json
from zhiheng_web.publication.papers import letter, report
from zhiheng_web.publication.queries.published import published
from zhiheng_web.publication.site.pages import Site
from zhiheng_web.publication.site.writing import write

On = Callable[[str, str], Viewer]


@pytest.fixture
def work(final: Journey, organisation: Demonstrated) -> Work:
    """Finance has had the department's table evaluated and accepted the report; one item has its finding."""
    table = final.package.tables.get().self_evaluation.table
    made = Work(organisation, table.pk).to("accepted")
    item = IndexItem.objects.filter(evaluation=made.row).order_by("position")[0]
    IndexItem.objects.filter(pk=item.pk).update(finding="立项批复齐全，已抽查原件")
    return made


def words(paper: Paper) -> str:
    """Everything a paper says."""
    pages = [[cell.text for row in page.rows for cell in row] if isinstance(page, Form) else [one.text for one in page.lines]
             for page in paper.pages]  # fmt: skip
    return "\n".join(text for page in pages for text in page)


def test_the_index_system_is_published_with_full_points_points_and_ground(final: Journey, work: Work) -> None:
    (one,) = build(final.package).content.evaluations
    items = list(IndexItem.objects.filter(evaluation=work.row).order_by("position"))
    assert [(each.name, each.full, each.points, each.standard, each.finding) for each in one.items] == [
        (each.name, each.full, each.points, each.standard, each.finding) for each in items
    ]
    assert {each.level_1.zh for each in one.items} == {"决策", "过程", "产出", "效益"}
    assert sum((each.points or Decimal(0) for each in one.items), Decimal(0)) == one.total == work.row.total
    assert sum((each.full for each in one.items), Decimal(0)) == one.ceiling == 100
    assert (one.slug, one.table, one.evaluated, one.scope) == ("e01", "department", "临沂市科学技术局", "2020年度全部资金")
    assert "第一条与事实不符" in one.reply
    assert "已核实，维持" in one.reply


def test_the_published_paper_says_what_the_accepted_paper_says(final: Journey, work: Work) -> None:
    content = build(final.package).content
    made = report(content, content.evaluations[0])
    person = work.person("czjixiao")
    about = subject_for(person, 2020, "evaluation", work.row.pk, [final.package.department])
    assert made == WRITERS["evaluation"](Asked(person, about, "", work.instant.date()))
    assert evaluation_paper(person, work.row.pk).total == content.evaluations[0].total


def test_a_page_of_its_own_is_linked_and_its_paper_is_a_download(final: Journey, work: Work, tmp_path: Path) -> None:
    final.to("published")
    write(tmp_path / "site", published())
    folder = next((tmp_path / "site").glob("*-final-1"))
    for page in ("index.html", "department/index.html"):
        assert "e01.html" in (folder / page).read_text("utf-8")
    text = (folder / "e01.html").read_text("utf-8")
    for item in IndexItem.objects.filter(evaluation=work.row):
        assert item.name in text
    assert "立项批复齐全，已抽查原件" in text
    assert "加快执行" in text
    assert (folder / "data" / "e01.pdf").read_bytes()[:5] == b"%PDF-"
    english = (tmp_path / "site" / "en" / folder.name / "e01.html").read_text("utf-8")
    assert "What was found" in english
    assert "Decision" in english


def test_the_paper_is_drawn_from_the_content_and_never_from_rows(final: Journey, work: Work, signed_in: Callable[[str], Client]) -> None:
    row = final.to("published")
    site = Site(published())
    path = next(path for path in site.paths() if path.endswith("data/e01.pdf"))
    before = site.file(path)
    Evaluation.objects.filter(pk=work.row.pk).update(name="改了的名称", total=Decimal(1))
    IndexItem.objects.filter(evaluation=work.row).update(finding="改了的依据")
    again = Site(published())
    assert again.packages[0].content.evaluations[0].name == "2020年度部门整体绩效评价"
    with CaptureQueriesContext(connection) as asked:
        assert again.file(path) == before
    assert len(asked) == 0
    client = signed_in("jixiao")
    archive = zipfile.ZipFile(io.BytesIO(client.get(reverse("publication:congress_file", args=[row.pk, "all.zip"])).content))
    names = archive.namelist()
    assert [name.rpartition(".")[2] for name in names if "评价报告" in name] == ["docx", "pdf"]
    assert client.get(reverse("publication:congress_file", args=[row.pk, "e01.pdf"])).content[:5] == b"%PDF-"
    assert client.get(reverse("publication:congress_file", args=[row.pk, "e02.pdf"])).status_code == 404
    assert "改了的" not in words(report(from_json(row.content), from_json(row.content).evaluations[0]))


def test_the_letter_names_the_report_among_its_enclosures(final: Journey, work: Work) -> None:
    content = build(final.package).content
    assert "评价报告" in words(letter(content, "", None))
    assert "评价报告" not in words(letter(replace(content, evaluations=()), "", None))


def test_a_report_is_withheld_as_a_whole_or_without_what_was_found(final: Journey, work: Work, on: On, tmp_path: Path) -> None:
    redact(on("jixiao", "2021-08-13"), final.package.pk, "department/evaluation_findings", "work_secret")
    content = build(final.package).content
    assert "立项批复齐全" not in json.dumps(to_json(content), ensure_ascii=False)
    assert "■ 不予公开：工作秘密" in words(report(content, content.evaluations[0]))
    assert content.evaluations[0].items[0].points is not None
    redact(on("jixiao", "2021-08-13"), final.package.pk, "department/evaluation", "work_secret")
    assert build(final.package).content.evaluations == ()
    final.to("published")
    write(tmp_path / "site", published())
    folder = next((tmp_path / "site").glob("*-final-1"))
    assert not (folder / "e01.html").exists()
    assert not (folder / "data" / "e01.pdf").exists()
    assert "不予公开：工作秘密" in (folder / "department" / "index.html").read_text("utf-8")


def test_the_name_of_a_withheld_table_is_not_told_by_its_report(final: Journey, work: Work, on: On) -> None:
    redact(on("jixiao", "2021-08-13"), final.package.pk, "department/title", "state_secret")
    content = build(final.package).content
    (one,) = content.evaluations
    assert (one.name, one.evaluated) == ("", "")
    assert "2020年度部门整体绩效评价" not in words(report(content, one))


def test_personal_data_in_what_was_found_are_asked_about(final: Journey, work: Work) -> None:
    IndexItem.objects.filter(evaluation=work.row, finding__gt="").update(finding="核实电话13805399999")
    built = build(final.package)
    assert "department/evaluation_findings" in {one.place for one in proposals(built.content, built.full) if one.code == "personal"}


def test_a_content_kept_before_reports_were_published_still_loads(final: Journey, work: Work, tmp_path: Path) -> None:
    final.to("published")
    (package,) = published()
    data = json.loads(json.dumps(package.data))
    added = ("slug", "evaluated", "organiser", "number", "scope", "reply", "items")
    for name in added:
        del data["evaluations"][0][name]
    content: Content = from_json(data)
    assert (content.evaluations[0].slug, content.evaluations[0].items) == ("", ())
    site = Site([replace(package, data=data, digest="older")])
    assert not [path for path in site.paths() if "e01" in path]
    page = site.file(f"{site.packages[0].key}/index.html").decode()
    assert "加快执行" in page, "the conclusion alone stands on the page of the package"
    assert "e01" not in page
