"""The pages of importing, as an officer walks through them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.zhiheng_web.ledgers.importing.conftest import HEADINGS, row, sheet

from zhiheng_web.ledgers.models import ColumnMapping, Entry, EntryImport, Register

FOREIGN = ("合同编号", "项目名称", "合同类别", "卖方代码", "卖方名称", "所在县区", "登记时间", "成交金额(万元)", "其他", "进度")


def send(client: Client, register: Register, content: bytes, capture: Any) -> EntryImport:
    with capture(execute=True):
        answer = client.post(f"/ledgers/{register.pk}/import/", {"file": SimpleUploadedFile("合同.xlsx", content)})
    assert answer.status_code == 302, answer.content.decode()
    return EntryImport.objects.latest("created_at")


def test_from_the_upload_to_the_register(
    signed_in: Callable[[str], Client], register: Register, django_capture_on_commit_callbacks: Any, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client = signed_in("jixiao")
    assert "下载模板" in client.get(f"/ledgers/{register.pk}/import/").content.decode()
    batch = send(client, register, sheet([row(1), row(2, 登记日期="昨天")]), django_capture_on_commit_callbacks)
    page = client.get(f"/imports/{batch.pk}/").content.decode()
    assert "合同!G3" in page
    assert "昨天" in page
    assert "写入" not in page.split("核对结果")[1].split("列对照")[0].replace("不能写入", "")
    client.post(f"/imports/{batch.pk}/leave-out/", {"out": "1"})
    assert "写入 1 条" in client.get(f"/imports/{batch.pk}/").content.decode()
    client.post(f"/imports/{batch.pk}/write/")
    assert Entry.objects.count() == 1
    client.post(f"/imports/{batch.pk}/undo/", {"reason": "传错"})
    batch.refresh_from_db()
    assert batch.state == EntryImport.State.UNDONE


def test_foreign_columns_are_mapped_once_and_remembered(
    signed_in: Callable[[str], Client], register: Register, django_capture_on_commit_callbacks: Any, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client = signed_in("jixiao")
    batch = send(client, register, sheet([row(1)], FOREIGN), django_capture_on_commit_callbacks)
    assert "还不知道哪一列是" in client.get(f"/imports/{batch.pk}/").content.decode()
    names = ("number", "title", "category", "organisation", "organisation_name", "county", "decided_on", "amount", "remark", "state")
    said = {f"column-{index}": name for index, name in enumerate(names)}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/imports/{batch.pk}/columns/", {**said, "name": "国家系统"})
    batch.refresh_from_db()
    assert (batch.made, batch.faults) == (1, 0)
    assert ColumnMapping.objects.get().name == "国家系统"
    again = send(client, register, sheet([row(2)], FOREIGN), django_capture_on_commit_callbacks)
    assert (again.made, again.choices["source"]) == (1, "remembered")
    assert "沿用已记住的对照（国家系统）" in client.get(f"/imports/{again.pk}/").content.decode()


@pytest.mark.parametrize("path", ["", "progress/", "faults.xlsx"])
def test_others_do_not_find_an_import(
    signed_in: Callable[[str], Client], register: Register, django_capture_on_commit_callbacks: Any, settings: Any, tmp_path: Any, path: str
) -> None:
    settings.MEDIA_ROOT = tmp_path
    batch = send(signed_in("jixiao"), register, sheet([row(1)]), django_capture_on_commit_callbacks)
    for username in ("czyewu", "jigou", "jiwei"):
        assert signed_in(username).get(f"/imports/{batch.pk}/{path}").status_code == 404
        assert signed_in(username).post(f"/imports/{batch.pk}/write/").status_code in (403, 404)
    assert not Entry.objects.exists()


def test_the_faulty_rows_come_back_with_their_faults_and_are_uploaded_again(
    signed_in: Callable[[str], Client], register: Register, django_capture_on_commit_callbacks: Any, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client = signed_in("jixiao")
    batch = send(client, register, sheet([row(1), row(2, 合同类型="技开")]), django_capture_on_commit_callbacks)
    answer = client.get(f"/imports/{batch.pk}/faults.xlsx")
    assert answer.status_code == 200
    again = send(client, register, answer.content, django_capture_on_commit_callbacks)
    assert (again.made, again.faulty) == (0, 1)
    assert again.headings[: len(HEADINGS)] == list(HEADINGS)


def test_a_reporting_unit_is_not_told_of_the_sheets_of_others(upload: Callable[..., EntryImport], viewer: Any, county: Any) -> None:
    office = upload(viewer("jixiao"), sheet([row(1)]), "科室汇总.xlsx")
    own = upload(county, sheet([row(2)]), "兰山.xlsx")
    client = Client()
    client.force_login(county.account, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/ledgers/{office.register_id}/import/").content.decode()
    assert "兰山.xlsx" in page
    assert "科室汇总.xlsx" not in page
    assert client.get(f"/imports/{own.pk}/").status_code == 200
    assert client.get(f"/imports/{office.pk}/").status_code == 404


def test_a_sheet_that_the_disk_lost_is_told_in_words(
    upload: Callable[..., EntryImport], viewer: Any, signed_in: Callable[[str], Client]
) -> None:
    batch, client = upload(viewer("jixiao"), sheet([row(1), row(2, 登记日期="昨天")])), signed_in("jixiao")
    Path(batch.source.stored.path).unlink()
    client.post(f"/imports/{batch.pk}/leave-out/", {"out": "1"})
    for answer in (client.get(f"/imports/{batch.pk}/faults.xlsx"), client.post(f"/imports/{batch.pk}/write/", follow=True)):
        assert answer.status_code < 500
        assert "已不在文件目录中" in answer.content.decode()
    assert not Entry.objects.exists()
