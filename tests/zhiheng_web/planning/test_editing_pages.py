"""The editing pages and what their script asks for, over HTTP."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from zhiheng_web.planning.checking import check
from zhiheng_web.planning.models import FindingReply, IndicatorRow, TableVersion
from zhiheng_web.planning.versions import changed, load

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
HIGH_TECH = "高新技术企业认定数量"


def url(name: str, version: TableVersion, *more: object) -> str:
    return reverse(f"planning:{name}", args=[version.pk, *more])


def ask(client: Client, name: str, version: TableVersion, **data: Any) -> tuple[int, dict[str, Any]]:
    answer = client.post(url(name, version), json.dumps(data), content_type="application/json")
    return answer.status_code, answer.json()


def row(version: TableVersion, name: str = HIGH_TECH) -> IndicatorRow:
    return IndicatorRow.objects.get(version=version, name=name)


def one(at: IndicatorRow, field: str, base: str, text: str) -> dict[str, str]:
    return {"row": str(at.pk), "field": field, "base": base, "text": text}


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", ("年度指标值", "“十三五”规划值", "须改正")), ("en", ("Target", "Five-year plan", "Mend"))]
)
def test_the_sheet_is_the_form_in_both_languages(linyi: TableVersion, signed_in: SignIn, language: str, words: tuple[str, ...]) -> None:
    client = signed_in("jixiao")
    client.cookies["django_language"] = language
    page = client.get(url("edit", linyi)).content.decode()
    said = page.encode().decode("unicode_escape", "ignore") if words[2] not in page else page
    for word in words:
        assert word in page or word in said
    assert page.count('role="gridcell"') == 7 + 11 * 2 + 36 * 12
    assert page.count("rowspan=") > 33
    assert not re.search(r"<[^>]+ style=|<[^>]+ on\w+=", page)


def test_an_office_sees_the_others_cells_as_read_only(linyi: TableVersion, signed_in: SignIn) -> None:
    page = signed_in("jingban").get(url("edit", linyi)).content.decode()
    own = IndicatorRow.objects.filter(version=linyi, duty_row__name="科技创新产业培育").count()
    open_cells = [cell for cell in re.findall(r'<td role="gridcell"[^>]*>', page) if "aria-readonly" not in cell]
    assert len(open_cells) == own * 12 + 2
    assert 'id="arrange"' not in page


def test_the_page_asks_the_database_as_often_for_many_rows(linyi: TableVersion, signed_in: SignIn) -> None:
    client = signed_in("jixiao")
    client.get(url("edit", linyi))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(url("edit", linyi))
    rows = list(IndicatorRow.objects.filter(version=linyi))
    for position in range(36, 200):
        copy = IndicatorRow.objects.get(pk=rows[position % 36].pk)
        copy.pk, copy.position, copy.name = uuid4(), position, f"{copy.name}{position}"
        copy._state.adding = True
        copy.save()
    changed(linyi)
    with CaptureQueriesContext(connection) as many:
        page = client.get(url("edit", linyi)).content.decode()
    assert page.count("data-line=") == 200
    assert len(many) == len(few)
    with CaptureQueriesContext(connection) as saving:
        ask(client, "edit_preview", linyi, row=str(rows[5].pk), field="target", text="61家")
    assert len(saving) <= 12


def test_saving_answers_with_the_findings(linyi: TableVersion, signed_in: SignIn) -> None:
    client, at = signed_in("jingban"), row(linyi)
    status, told = ask(client, "edit_cells", linyi, edits=[one(at, "target", "60家", "200家")])
    assert status == 200
    assert told["saved"] == [{"row": str(at.pk), "field": "target", "text": "200家"}]
    linyi.refresh_from_db()
    assert {found["mark"] for found in told["findings"]} == {found.mark for found in check(load(linyi))}
    assert told["edits"] == linyi.edits


def test_a_conflict_is_409_and_the_rest_is_saved(linyi: TableVersion, signed_in: SignIn) -> None:
    at = row(linyi)
    ask(signed_in("jingban"), "edit_cells", linyi, edits=[one(at, "target", "60家", "70家")])
    status, told = ask(signed_in("jixiao"), "edit_cells", linyi, edits=[one(at, "target", "60家", "65家"), one(at, "activity", "", "认定")])
    at.refresh_from_db()
    assert status == 409
    assert [(cell["current"], cell["text"], cell["by"]) for cell in told["conflicts"]] == [("70家", "65家", "经办·高新")]
    assert (at.target_text, at.activity) == ("70家", "认定")


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"edits": 5}', '{"edits": [{"row": 1}]}', '{"edits": ["x"]}', "{bad"])
def test_a_broken_request_is_told_so(linyi: TableVersion, signed_in: SignIn, body: str) -> None:
    answer = signed_in("jixiao").post(url("edit_cells", linyi), body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


def test_who_is_signed_out_or_outside_gets_nothing(linyi: TableVersion, signed_in: SignIn) -> None:
    edits = [one(row(linyi), "target", "60家", "70家")]
    signed_out = Client().post(url("edit_cells", linyi), json.dumps({"edits": edits}), content_type="application/json")
    assert signed_out.status_code in (302, 401)
    assert row(linyi).target_text == "60家"
    assert ask(signed_in("czyewu"), "edit_cells", linyi, edits=edits)[0] == 404
    assert ask(signed_in("juzhang"), "edit_cells", linyi, edits=edits)[0] == 403
    assert Client().get(url("edit", linyi)).status_code == 302
    assert signed_in("czyewu").get(url("edit", linyi)).status_code == 404
    assert signed_in("shenji").get(url("edit", linyi)).status_code == 200


def test_csrf_is_asked_for(linyi: TableVersion, organisation: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(organisation.accounts["jixiao"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(url("edit_cells", linyi), "{}", content_type="application/json").status_code == 403


def test_the_form_of_a_row_saves_without_script(linyi: TableVersion, signed_in: SignIn) -> None:
    client, at = signed_in("jingban"), row(linyi)
    page = client.get(url("edit_row", linyi, at.pk)).content.decode()
    assert page.count("<textarea id=") == 12
    base = {"base:target": "60家", "base:definition": "a\r\nb", "text:definition": "a\nb"}
    answer = client.post(url("edit_row", linyi, at.pk), {**base, "text:target": "70家", "go": "next"})
    at.refresh_from_db()
    assert at.target_text == "70家"
    assert answer.url == url("edit_row", linyi, row(linyi, "市级科技企业孵化器备案数量").pk)
    late = client.post(url("edit_row", linyi, at.pk), {**base, "text:target": "65家"})
    at.refresh_from_db()
    said = late.content.decode()
    assert late.status_code == 409
    assert at.target_text == "70家"
    assert "65家" in said
    assert 'name="base:target" value="70家"' in said
    client.post(url("edit_row", linyi, at.pk), {"base:target": "70家", "text:target": "65家"})
    at.refresh_from_db()
    assert at.target_text == "65家"


def test_head_and_duty_have_forms_and_others_are_read_only_there(linyi: TableVersion, signed_in: SignIn) -> None:
    duty = load(linyi).duties[0]
    client = signed_in("jixiao")
    client.post(url("edit_row", linyi, "head"), {"base:title": linyi.title, "text:title": "新表名"})
    client.post(url("edit_row", linyi, duty.pk), {"base:duty": duty.name, "text:duty": "政策规划"})
    linyi.refresh_from_db()
    duty.refresh_from_db()
    assert (linyi.title, duty.name) == ("新表名", "政策规划")
    assert "<textarea" not in signed_in("jingban").get(url("edit_row", linyi, "head")).content.decode()
    assert client.get(url("edit_row", linyi, "nothing")).status_code == 404


def test_a_reply_and_a_reading_are_given_without_script(linyi: TableVersion, signed_in: SignIn) -> None:
    client, at = signed_in("jixiao"), row(linyi, "规范创新平台管理")
    found = next(found for found in check(load(linyi)) if found.row == at and found.asks)
    client.post(url("reply_form", linyi, at.pk), {"mark": found.mark, f"reply:{found.mark}": "按内部台账。"})
    assert FindingReply.objects.get().text == "按内部台账。"
    client.post(url("answer_form", linyi, at.pk), {"choice": "0:references.mean", "base:references.mean": "100家"})
    at.refresh_from_db()
    assert at.mean_value["value"] == "100"


def test_reply_and_answer_over_json(linyi: TableVersion, signed_in: SignIn) -> None:
    client = signed_in("jixiao")
    found = next(found for found in check(load(linyi)) if found.asks)
    status, told = ask(client, "reply_finding", linyi, mark=found.mark, text="已说明。")
    assert status == 200
    assert next(one for one in told["findings"] if one["mark"] == found.mark)["reply"]["text"] == "已说明。"
    assert ask(client, "reply_finding", linyi, mark=found.mark, text=" ")[1]["code"] == "reply_missing"
    at = row(linyi, "规范创新平台管理")
    assert ask(client, "answer_cell", linyi, row=str(at.pk), field="references.mean", text="100家", choice="x")[0] == 400
    status, told = ask(client, "answer_cell", linyi, row=str(at.pk), field="references.mean", text="100家", choice=0)
    assert (status, told["candidates"]) == (200, [])


def test_rows_are_arranged_by_plain_forms(linyi: TableVersion, signed_in: SignIn) -> None:
    client, third = signed_in("jixiao"), load(linyi).duties[2]
    client.post(url("add_row", linyi), {"duty": third.pk, "name": "新指标"})
    added = row(linyi, "新指标")
    client.post(url("move_row", linyi, added.pk), {"step": "up"})
    assert row(linyi, "新指标").position == added.position - 1
    client.post(url("remove_row", linyi, added.pk))
    assert "新指标" in client.get(url("edit", linyi)).content.decode()
    client.post(url("restore_row", linyi, added.pk))
    assert row(linyi, "新指标").duty_row == third
    assert client.post(url("add_row", linyi), {"duty": "x", "name": "新指标"}).status_code == 400
    assert client.get(url("remove_row", linyi, added.pk)).status_code == 405


def test_a_closed_version_is_shown_and_not_written(linyi: TableVersion, signed_in: SignIn) -> None:
    TableVersion.objects.filter(pk=linyi.pk).update(state="circulating")
    client = signed_in("jixiao")
    page = client.get(url("edit", linyi)).content.decode()
    assert page.count("aria-readonly") == page.count('role="gridcell"')
    at = row(linyi)
    assert ask(client, "edit_cells", linyi, edits=[one(at, "target", "60家", "70家")])[0] == 409
    client.post(url("edit_row", linyi, at.pk), {"base:target": "60家", "text:target": "70家"})
    at.refresh_from_db()
    assert at.target_text == "60家"
