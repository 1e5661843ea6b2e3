"""The pages of budget and projects: what they show, to whom, in both languages, and at what cost."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.demonstration.projects import write_projects
from zhiheng_web.planning.actions.keep_budget_line import keep_budget_line
from zhiheng_web.planning.actions.keep_project import ProjectValues, keep_project
from zhiheng_web.planning.actions.link_project import link_project
from zhiheng_web.planning.models import BudgetLine, Duty, PreAssessment, Project, SourceFile, TableVersion, TreasuryPayment

INVENTED = "演示数据（虚构）"


@pytest.fixture
def demo(organisation: Demonstrated, linyi: TableVersion) -> Demonstrated:
    write_projects(organisation, linyi)
    return organisation


def addresses() -> list[str]:
    project = Project.objects.get(name="军民融合协同创新专项规划编制")
    sheet = SourceFile.objects.filter(kind="payments").first()
    return [
        reverse("planning:projects"),
        reverse("planning:project", args=[project.pk]),
        reverse("planning:budget", args=[2020]),
        reverse("planning:coverage", args=[2020]),
        reverse("planning:payments"),
        reverse("planning:pre_assessment", args=[project.pk]),
        f"{reverse('planning:payment_sheet', args=[sheet.pk])}?unit={project.unit_id}&year=2020",
    ]


@pytest.mark.parametrize("username", ["jixiao", "jingban", "kezhang", "fenguan", "juzhang", "czyewu", "czjixiao", "shenji"])
def test_every_page_that_shows_invented_money_says_so(demo: Demonstrated, signed_in: Callable[[str], Client], username: str) -> None:
    client = signed_in(username)
    for address in addresses():
        response = client.get(address)
        assert response.status_code == 200, address
        assert INVENTED in response.content.decode(), address


def test_the_pages_are_complete_in_english(demo: Demonstrated, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("jixiao")
    client.cookies["django_language"] = "en"
    for address in addresses():
        page = client.get(address).content.decode()
        assert "Demonstration data (invented)" in page
        for chinese in ("年初预算", "执行率", "未关联", "登记项目", "资金来源", "已支付", "评估内容"):
            assert chinese not in page.replace("项目编码", ""), (address, chinese)


@pytest.mark.parametrize("username", ["jigou", "sysadmin", "secadmin", "auditadmin"])
def test_who_reads_no_budget_finds_none(demo: Demonstrated, signed_in: Callable[[str], Client], username: str) -> None:
    client = signed_in(username)
    project = Project.objects.first()
    assert client.get(reverse("planning:project", args=[project.pk])).status_code == 404
    assert project.name not in client.get(reverse("planning:projects")).content.decode()
    assert "4,650" not in client.get(reverse("planning:coverage", args=[2020])).content.decode()


def test_nobody_signed_in_is_sent_to_sign_in(demo: Demonstrated) -> None:
    for address in addresses():
        assert Client().get(address).status_code == 302


def test_the_projects_are_filtered(demo: Demonstrated, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("jixiao")
    address = reverse("planning:projects")
    assert client.get(address, {"links": "unlinked"}).context["rows"][0].project.name == "综合管理与信息系统运行"
    assert len(client.get(address, {"attribute": "new"}).context["rows"]) == 1
    assert len(client.get(address, {"q": "农科"}).context["rows"]) == 1
    assert len(client.get(address, {"goals": "without"}).context["rows"]) == 1
    assert client.get(address, {"q": "没有这样的"}).context["rows"] == []
    assert "清除条件" in client.get(address, {"q": "没有这样的"}).content.decode()


def cost(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_no_page_asks_more_for_more_projects(
    demo: Demonstrated, signed_in: Callable[[str], Client], viewer: Callable[[str], object]
) -> None:
    client, officer = signed_in("jixiao"), viewer("jixiao")
    watched = [address for address in addresses() if "pre-assessment" not in address]
    before = {address: cost(client, address) for address in watched}
    unit, duties = demo.units["331001"], list(Duty.objects.all())
    for number in range(40):
        row = keep_project(officer, unit.pk, ProjectValues(f"N{number}", f"项目{number}", "new" if number % 2 else "continuing", 2020))
        keep_budget_line(officer, unit.pk, 2020, BudgetLine.Source.FISCAL, Decimal(number), project=row.pk)
        link_project(officer, row.pk, 2020, duty=duties[number % len(duties)].pk, activity=f"活动{number}")
    after = {address: cost(client, address) for address in watched}
    assert after == before
    assert max(after.values()) <= 30


def test_a_sheet_goes_from_upload_through_its_preview_into_the_months(demo: Demonstrated, signed_in: Callable[[str], Client]) -> None:
    client, unit = signed_in("jixiao"), demo.units["331001"]
    project = Project.objects.get(name="科技创新券补助")
    sheet = f"项目编码,项目名称,9月（元）,10月（元）\n{project.code},{project.name},1223500,500000.5\n".encode()
    sent = {"unit": str(unit.pk), "year": "2020", "file": SimpleUploadedFile("十月.csv", sheet)}
    uploaded = client.post(reverse("planning:payments"), sent)
    assert uploaded.status_code == 302
    preview = client.get(uploaded["Location"])
    assert "确认导入" in preview.content.decode()
    assert not TreasuryPayment.objects.filter(month=10).exists()
    source = SourceFile.objects.get(name="十月.csv")
    client.post(reverse("planning:payment_sheet", args=[source.pk]), {"unit": str(unit.pk), "year": "2020"})
    paid = TreasuryPayment.objects.get(month=10)
    assert paid.amount == Decimal("500000.50")
    assert paid.source_file == source
    assert TreasuryPayment.objects.filter(line=paid.line, month=9).count() == 1
    again = client.post(reverse("planning:payment_sheet", args=[source.pk]), {"unit": str(unit.pk), "year": "2020"})
    assert again.status_code == 302
    assert TreasuryPayment.objects.filter(month=10).count() == 1


def test_a_sheet_with_a_secrecy_mark_is_not_kept(demo: Demonstrated, signed_in: Callable[[str], Client]) -> None:
    client, unit, before = signed_in("jixiao"), demo.units["331001"], SourceFile.objects.count()
    sheet = "机密★3年,,\n项目编码,项目名称,1月（元）\nX,Y,1\n".encode()
    refused = client.post(reverse("planning:payments"), {"unit": str(unit.pk), "year": "2020", "file": SimpleUploadedFile("a.csv", sheet)})
    assert refused.status_code == 400
    assert SourceFile.objects.count() == before


def test_entry_pages_say_that_nothing_classified_goes_in(demo: Demonstrated, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("jixiao")
    project = Project.objects.get(name="军民融合协同创新专项规划编制")
    for name in ("project", "edit_project", "pre_assessment"):
        assert "涉密不上网" in client.get(reverse(f"planning:{name}", args=[project.pk])).content.decode(), name
    for address in (reverse("planning:payments"), reverse("planning:new_project")):
        assert "涉密不上网" in client.get(address).content.decode(), address


def test_a_reader_finds_no_form(demo: Demonstrated, signed_in: Callable[[str], Client]) -> None:
    for username in ("shenji", "czyewu", "juzhang"):
        client = signed_in(username)
        for address in addresses():
            page = client.get(address).content.decode()
            assert 'hx-boost="true"' not in page, (username, address)


def test_the_form_enters_and_corrects_a_project_and_says_a_conflict(demo: Demonstrated, signed_in: Callable[[str], Client]) -> None:
    client, unit = signed_in("jixiao"), demo.units["331001"]
    fields = {
        "unit": str(unit.pk),
        "code": "T1",
        "name": "试点项目",
        "attribute": "continuing",
        "first_year": "2020",
        "last_year": "",
        "basis": "",
        "office": "",
        "responsible": "",
    }
    assert client.post(reverse("planning:new_project"), fields).status_code == 302
    row = Project.objects.get(code="T1")
    edit = reverse("planning:edit_project", args=[row.pk])
    assert client.post(edit, {**fields, "name": "试点项目甲", "edits": "0"}).status_code == 302
    late = client.post(edit, {**fields, "name": "试点项目乙", "edits": "0"})
    assert late.status_code == 409
    row.refresh_from_db()
    assert row.name == "试点项目甲"
    wrong = client.post(reverse("planning:new_project"), {**fields, "code": "T2", "first_year": "二零二零"})
    assert wrong.status_code == 400


def test_the_pre_assessment_is_written_and_confirmed_in_the_browser(demo: Demonstrated, signed_in: Callable[[str], Client]) -> None:
    project = Project.objects.get(name="军民融合协同创新专项规划编制")
    address = reverse("planning:pre_assessment", args=[project.pk])
    contents = ("necessity", "economy", "goals", "feasibility", "funding")
    fields = {f"{code}_points": "15" for code in contents} | {f"{code}_finding": "见附件" for code in contents}
    fields |= {"assessed_on": "2020-02-01", "conclusion": "mend", "opinion": "修改后支持", "method": "", "amount": "50"}
    assert signed_in("jixiao").post(address, fields).status_code == 302
    made = PreAssessment.objects.get(project=project, confirmed_at__isnull=True)
    assert (made.total, made.grade, made.amount) == (75, "fair", 500_000)
    confirm = reverse("planning:confirm_pre_assessment", args=[made.pk])
    assert signed_in("jixiao").post(confirm).status_code == 409
    assert signed_in("shenji").post(confirm).status_code == 403
    assert signed_in("fenguan").post(confirm).status_code == 302
    made.refresh_from_db()
    assert made.confirmed_by == demo.accounts["fenguan"]


def test_a_step_by_htmx_loads_the_next_page_as_a_whole(demo: Demonstrated, signed_in: Callable[[str], Client]) -> None:
    client, project = signed_in("jixiao"), Project.objects.get(name="综合管理与信息系统运行")
    sent = {"year": "2020", "goal": "保障运转。"}
    done = client.post(reverse("planning:declare_project", args=[project.pk]), sent, headers={"hx-request": "true"})
    assert done.status_code == 200
    made = TableVersion.objects.get(table__project=project)
    assert done["HX-Redirect"] == reverse("planning:version", args=[made.pk])
    again = client.post(reverse("planning:declare_project", args=[project.pk]), sent, headers={"hx-request": "true"})
    assert (again.status_code, again["HX-Retarget"]) == (409, "#notes")
