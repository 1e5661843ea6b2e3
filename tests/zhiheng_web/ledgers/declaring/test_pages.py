"""An administrator sets up registers and bindings by page, without code."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.ledgers.models import ColumnMapping, CountingBasis, EntryImport, EntryVersion, Register
from zhiheng_web.ledgers.writing import definition_of
from zhiheng_web.planning.models import Indicator, TableVersion
from zhiheng_web.uscc import made_up

SignedIn = Callable[[str], Client]


@pytest.fixture
def department(organisation: Demonstrated) -> str:
    return str(organisation.departments["331"].pk)


def lines(columns: list[dict[str, str]], **more: str) -> dict[str, str]:
    """What the browser sends of the form with these lines."""
    usual = {"kind": ":word", "visibility": "internal"}
    sent = {"columns-TOTAL_FORMS": str(len(columns)), "columns-INITIAL_FORMS": "0", **more}
    for number, column in enumerate(columns):
        sent |= {f"columns-{number}-{name}": value for name, value in {**usual, **column}.items()}
    return sent


def declare(client: Client, department: str, **more: str) -> Register:
    """The simplest register: a name and two columns."""
    columns = [{"zh": "活动名称", "kind": "title"}, {"zh": "举办日期", "kind": "happened_on"}]
    answer = client.post(f"/ledgers/declare/{department}/new/", lines(columns, zh="双创活动", **more))
    assert answer.status_code == 302, answer.content.decode()
    return Register.objects.get(name_zh="双创活动")


def test_the_simplest_register_on_one_page(signed_in: SignedIn, department: str) -> None:
    client = signed_in("jixiao")
    assert "新设台账" in client.get(f"/ledgers/declare/{department}/new/").content.decode()
    definition = definition_of(declare(client, department))
    assert [(column.name, column.zh, column.en) for column in definition.columns] == [
        ("title", "活动名称", "活动名称"),
        ("happened_on", "举办日期", "举办日期"),
    ]
    assert [state.zh for state in definition.states] == ["已登记"]
    assert definition.first_state == definition.states[0].code
    assert "双创活动" in client.get("/ledgers/declare/").content.decode()


def test_more_lines_keep_what_was_written(signed_in: SignedIn, department: str) -> None:
    answer = signed_in("jixiao").post(f"/ledgers/declare/{department}/new/", lines([{"zh": "活动名称"}], zh="双创活动", more="1"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="活动名称"' in page
    assert 'name="columns-6-zh"' in page
    assert not Register.objects.exists()


def test_what_is_wrong_stands_at_its_line(signed_in: SignedIn, department: str) -> None:
    columns = [{"zh": "名称", "kind": "title"}, {"zh": "全称", "kind": "title"}, {"zh": "类别", "kind": "category"}]
    answer = signed_in("jixiao").post(f"/ledgers/declare/{department}/new/", lines(columns, zh="重复"))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "这一内容已有另一列" in page
    assert "选择列须列出" in page
    assert not Register.objects.filter(name_zh="重复").exists()


@pytest.mark.parametrize("username", ["jingban", "lanshan", "juzhang", "czjixiao", "secadmin"])
def test_others_declare_nothing(signed_in: SignedIn, department: str, username: str) -> None:
    answer = signed_in(username).post(f"/ledgers/declare/{department}/new/", lines([{"zh": "名称", "kind": "title"}], zh="不该有"))
    assert answer.status_code in (403, 404)
    assert not Register.objects.filter(name_zh="不该有").exists()


def test_an_officer_of_one_department_sees_no_other(signed_in: SignedIn, organisation: Demonstrated) -> None:
    other = organisation.departments["101"].pk
    assert signed_in("jixiao").get(f"/ledgers/declare/{other}/new/").status_code == 404
    assert signed_in("sysadmin").get(f"/ledgers/declare/{other}/new/").status_code == 200


def sheet() -> SimpleUploadedFile:
    """Thirty firms as an office keeps them: code, name, county, kind, day, money, telephone."""
    book = Workbook()
    page = book.active
    page.append(["序列号", "企业名称", "统一社会信用代码", "县区", "企业类型", "认定日期", "研发费用（万元）", "联系电话"])
    for number in range(30):
        kind = ["小型", "中型", "大型"][number % 3]
        day = f"2020-0{number % 9 + 1}-15"
        page.append([f"N{number:03d}", f"甲{number}公司", made_up(number), "兰山区", kind, day, number + 0.5, f"138{number:08d}"])
    stored = io.BytesIO()
    book.save(stored)
    return SimpleUploadedFile("企业名录.xlsx", stored.getvalue())


def test_a_sheet_becomes_a_register_after_a_look_at_it(
    signed_in: SignedIn, department: str, django_capture_on_commit_callbacks: Any
) -> None:
    client = signed_in("jixiao")
    answer = client.post(f"/ledgers/declare/{department}/sheet/", {"file": sheet()})
    form = answer.context["form"]
    shown = {one["zh"]: (one["kind"], one["visibility"], one["choices"]) for one in form.columns.initial if one.get("zh")}
    assert shown["序列号"][0] == "number"
    assert shown["企业"][0] == "organisation"
    assert shown["县区"][0] == "county"
    assert shown["企业类型"] == ("category", "internal", "小型、中型、大型")
    assert shown["认定日期"][0] == "decided_on"
    assert shown["研发费用"][0] == "amount"
    assert shown["联系电话"][:2] == (":word", "personal")
    assert not Register.objects.exists(), "nothing is written before a person has looked"
    sent: dict[str, Any] = {"zh": form.register.initial["zh"], "headings": form.register.initial["headings"]}
    columns = [{key: str(value) for key, value in one.items() if value not in ("", False)} for one in form.columns.initial]
    answer = client.post(f"/ledgers/declare/{department}/new/", lines(columns, **sent))
    register = Register.objects.get(name_zh="企业名录")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/ledgers/{register.pk}/import/")
    assert definition_of(register).key == ("number",)
    mapping = ColumnMapping.objects.get(register=register).mapping
    assert mapping["1"] == "organisation_name"
    assert mapping["2"] == "organisation"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/ledgers/{register.pk}/import/", {"file": sheet()})
    batch = EntryImport.objects.get(register=register)
    assert (batch.state, batch.rows, batch.faults) == ("read", 30, 0), list(batch.fault_rows.values_list("cell", "text_zh"))[:3]


@pytest.mark.parametrize(("name", "content"), [("空.xlsx", b""), ("图.xlsx", b"\x89PNG\r\n"), ("一行.csv", "只有一格\n".encode())])
def test_what_is_no_sheet_is_refused_in_words(signed_in: SignedIn, department: str, name: str, content: bytes) -> None:
    answer = signed_in("jixiao").post(f"/ledgers/declare/{department}/sheet/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 400
    assert 'class="error"' in answer.content.decode()


def test_changed_with_states_and_evidence(signed_in: SignedIn, department: str) -> None:
    client = signed_in("jixiao")
    register = declare(client, department)
    columns = [
        {"name": "title", "zh": "活动名称", "kind": "title"},
        {"name": "happened_on", "zh": "举办日期", "kind": "happened_on"},
        {"zh": "参加人数", "kind": "quantity", "unit": "人"},
    ]
    more = {
        "states-TOTAL_FORMS": "2", "states-INITIAL_FORMS": "0", "states-0-code": "recorded", "states-0-zh": "已登记",
        "states-1-zh": "已总结", "evidence-TOTAL_FORMS": "1", "evidence-INITIAL_FORMS": "0", "evidence-0-zh": "照片",
        "evidence-0-required": "on",
    }  # fmt: skip
    answer = client.post(f"/ledgers/{register.pk}/change/", lines(columns, zh="双创活动", edition="1", **more))
    assert answer.status_code == 302
    register.refresh_from_db()
    definition = definition_of(register)
    assert register.edition == 2
    assert [state.zh for state in definition.states] == ["已登记", "已总结"]
    assert [move.end for move in definition.moves] == [state.code for state in definition.states]
    assert definition.required_evidence("recorded") == {definition.evidence[0].code}
    stale = client.post(f"/ledgers/{register.pk}/change/", lines(columns, zh="双创活动", edition="1"))
    assert stale.status_code == 400
    assert "刚被别人改过" in stale.content.decode()


def test_an_indicator_is_bound_by_form(signed_in: SignedIn, department: str, linyi: TableVersion) -> None:
    client = signed_in("jixiao")
    register = declare(client, department)
    indicator = Indicator.objects.filter(department=department).first()
    address = f"/indicators/{indicator.pk}/bind/"
    assert "双创活动" in client.get(address).content.decode()
    address += f"?register={register.pk}&measure=flow"
    assert "按哪个日期计入" in client.get(address).content.decode()
    assert client.post(address, {"zh": "按举办日期计"}).status_code == 400, "states and date are needed"
    sent = {"zh": "按举办日期计", "states": ["recorded"], "counted_on": "happened_on", "once_by": "key", "unit": "次"}
    assert client.post(address, sent).status_code == 302
    basis = CountingBasis.objects.get(indicator=indicator)
    part = basis.parts.get()
    assert (basis.default, part.measure, part.counted_on, part.unit) == (True, "flow", "happened_on", "次")
    assert list(part.values.values_list("column", "value")) == [("state", "recorded")]
    assert client.post(address, sent).status_code == 302
    assert list(CountingBasis.objects.filter(indicator=indicator).values_list("default", flat=True)) == [True, False]
    gone = client.post(
        f"/ledgers/{register.pk}/change/", lines([{"name": "title", "zh": "活动名称", "kind": "title"}], zh="双创活动", edition="1")
    )
    assert gone.status_code == 400
    assert "取数规则要用" in gone.content.decode()


def test_the_packs_page(signed_in: SignedIn, linyi: TableVersion) -> None:
    page = signed_in("jixiao").get("/packs/").content.decode()
    assert "科学技术局业务包" in page
    assert signed_in("jingban").get("/packs/").status_code == 403


def test_a_declared_register_is_used_at_once(signed_in: SignedIn, department: str, linyi: TableVersion) -> None:
    register = declare(signed_in("jixiao"), department, duty="国际科技合作")
    client = signed_in("jingban3")  # a filler of the office that holds this duty
    assert "活动名称" in client.get(f"/ledgers/{register.pk}/new/").content.decode()
    answer = client.post(f"/ledgers/{register.pk}/new/", {"title": "创客大赛", "happened_on": "2020-01-08", "state": "recorded"})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    version = EntryVersion.objects.get(register=register)
    assert (version.title, version.happened_on.isoformat(), version.standing, version.gap) == ("创客大赛", "2020-01-08", "confirmed", "")
    assert "创客大赛" in client.get(f"/ledgers/{register.pk}/").content.decode()
