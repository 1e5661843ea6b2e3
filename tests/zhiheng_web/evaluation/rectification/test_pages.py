"""The pages of rectification and use of results as people send them: what works, what is refused in its place, who sees nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import openpyxl
from django.test import Client
from django.utils import timezone
from tests.zhiheng_web.evaluation.rectification.conftest import Ground
from tests.zhiheng_web.ledgers.evidence.files import pdf, upload

from zhiheng_web.evaluation.models import RectificationItem, RectificationOrder, UseOfResult

Sign = Callable[[str], Client]


def test_an_order_is_written_worked_on_and_closed_on_pages(ground: Ground, signed_in: Sign) -> None:
    finance, officer = signed_in("czjixiao"), signed_in("jixiao")
    due = str(timezone.localdate() + timedelta(days=30))
    assert str(ground.table.pk) in finance.get("/rectification/new/").content.decode()
    form = finance.get(f"/rectification/new/?table={ground.table.pk}").content.decode()
    assert f"self_evaluation:{ground.card.pk}" in form
    fields = {"table": ground.table.pk, "title": "整改", "due_on": due, "source": f"self_evaluation:{ground.card.pk}", "p1-problem": "不实"}
    wrong = finance.post("/rectification/new/", {**fields, "title": ""})
    assert wrong.status_code == 400
    assert "请填写整改通知的标题" in wrong.content.decode()
    assert ">不实</textarea>" in wrong.content.decode()
    made = finance.post("/rectification/new/", fields)
    order, item = RectificationOrder.objects.get(), RectificationItem.objects.get()
    assert made["Location"] == f"/rectification/orders/{order.pk}/"
    assert officer.get(made["Location"]).status_code == 200
    path = f"/rectification/{item.pk}/"
    bad = officer.post(f"{path}measure/", {"measure": "查", "responsible": "", "edits": "0"})
    assert bad.status_code == 400
    assert "请填写责任人" in bad.content.decode()
    assert officer.post(f"{path}measure/", {"measure": "核查", "responsible": "王某", "edits": "0"}).status_code == 302
    assert officer.post(f"{path}report/", {"text": "已办"}).status_code == 400
    assert officer.post(f"{path}progress/", {"text": "正在办"}).status_code == 302
    assert officer.post(f"{path}report/", {"text": "已办", "file": upload("证.pdf", pdf())}).status_code == 302
    step = item.steps.get(kind="reported")
    file = finance.get(f"{path}files/{step.pk}/")
    assert (file.status_code, file["X-Content-Type-Options"]) == (200, "nosniff")
    assert finance.get(f"{path}files/{item.pk}/").status_code == 404
    assert officer.post(f"{path}close/", {}).status_code == 403
    assert finance.post(f"{path}return/", {"opinion": ""}).status_code == 400
    assert finance.post(f"{path}close/", {"opinion": "属实"}).status_code == 302
    assert "已销号" in officer.get(path).content.decode()
    book = openpyxl.load_workbook(BytesIO(officer.get("/rectification/?export=xlsx&state=closed").content))
    assert [row[4] for row in book.active.iter_rows(values_only=True)] == ["问题", "不实"]
    assert officer.get("/rectification/?state=nonsense&year=x&unit=y&page=99&source=z").status_code == 200


def test_a_decision_is_made_on_the_page(ground: Ground, signed_in: Sign) -> None:
    finance = signed_in("czjixiao")
    assert str(ground.table.pk) in finance.get("/uses-of-results/decide/").content.decode()
    form = finance.get(f"/uses-of-results/decide/?table={ground.table.pk}").content.decode()
    assert "按等级建议：压减，核定 160 万元" in form
    assert "不是法定要求" in form
    fields = {"table": ground.table.pk, "basis": f"self_evaluation:{ground.card.pk}", "decision": "cut", "before": "200", "after": "160"}
    wrong = finance.post("/uses-of-results/decide/", {**fields, "after": "很少", "reason": "慢"})
    assert wrong.status_code == 400
    assert "不是确定的金额" in wrong.content.decode()
    assert finance.post("/uses-of-results/decide/", fields).status_code == 400
    made = finance.post("/uses-of-results/decide/", {**fields, "reason": "进度慢"})
    use = UseOfResult.objects.get()
    assert made["Location"] == f"/uses-of-results/{use.pk}/"
    assert (use.before, use.after) == (2_000_000, 1_600_000)
    assert "重新决定" in finance.get(made["Location"]).content.decode()
    assert "重新决定" not in signed_in("jixiao").get(made["Location"]).content.decode()
    assert "压减" in signed_in("jixiao").get("/uses-of-results/?year=2021").content.decode()
    assert signed_in("jixiao").get("/uses-of-results/?export=xlsx").status_code == 200
    again = finance.post("/uses-of-results/decide/", {**fields, "reason": "再定", "decision": "cancel"})
    assert again.status_code == 409
    form = {**fields, "reason": "再定", "decision": "cancel", "replaces": str(use.pk)}
    assert finance.post("/uses-of-results/decide/", form).status_code == 302
    assert UseOfResult.objects.get(replaced_by__isnull=True).after == 0


def test_who_may_not_sees_no_page(ground: Ground, signed_in: Sign) -> None:
    for name in ("sysadmin", "lanshan", "jigou"):
        for path in ("/rectification/", "/rectification/new/", "/uses-of-results/", "/uses-of-results/decide/"):
            assert signed_in(name).get(path).status_code in (302, 403, 404), (name, path)
    assert signed_in("juzhang").get("/uses-of-results/decide/").status_code == 403
    assert signed_in("juzhang").get(f"/rectification/new/?table={ground.table.pk}").status_code == 403
    assert signed_in("jixiao").get(f"/uses-of-results/decide/?table={ground.table.pk}").status_code == 403
    assert Client().get("/rectification/").status_code == 302
