"""Who hears of what: once, in order, without personal data, and never the person who did it."""

from __future__ import annotations

import json
import threading
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from tests.zhiheng_web.planning.travelling import mended, say, walk

from zhiheng.plan.procedure import Outcome
from zhiheng_web.demonstration import organisation as written
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import TableVersion
from zhiheng_web.tasks.actions.keep_deadline import keep_deadline
from zhiheng_web.tasks.actions.write_message import write_message
from zhiheng_web.tasks.channels import deliver
from zhiheng_web.tasks.models import Delivery, Message, Notice
from zhiheng_web.tasks.notices import make_notices, remind
from zhiheng_web.trail.action import Absent, Forbidden, Invalid


@pytest.fixture
def discussed(linyi: TableVersion, viewer: Callable[[str], Viewer]) -> Message:
    """The filler of 高新技术科 asks about one of his rows."""
    row = linyi.indicator_rows.get(name="高新技术企业认定数量")
    return write_message(viewer("jingban"), linyi.pk, "净增还是认定数？", row.indicator_id)


def test_a_message_reaches_the_officer_and_not_its_writer(discussed: Message) -> None:
    make_notices()
    told = {notice.account.username: notice for notice in Notice.objects.select_related("account")}
    assert set(told) == {"jixiao"}
    assert "净增" not in told["jixiao"].text_zh
    assert str(discussed.indicator_id) in told["jixiao"].link


def test_notices_are_made_once(discussed: Message) -> None:
    assert make_notices() == 1
    assert make_notices() == 0


def test_an_auditor_reads_and_does_not_talk(linyi: TableVersion, viewer: Callable[[str], Viewer]) -> None:
    with pytest.raises(Forbidden):
        write_message(viewer("shenji"), linyi.pk, "？")
    assert Message.objects.count() == 0


def test_finance_does_not_know_of_a_draft(linyi: TableVersion, viewer: Callable[[str], Viewer]) -> None:
    with pytest.raises(Absent):
        write_message(viewer("czyewu"), linyi.pk, "？")


@pytest.mark.parametrize("text", ["", "   ", "字" * 2001])
def test_a_message_has_words_and_an_end(linyi: TableVersion, viewer: Callable[[str], Viewer], text: str) -> None:
    with pytest.raises(Invalid):
        write_message(viewer("jixiao"), linyi.pk, text)


def test_mail_goes_out_once_and_only_where_it_is_wanted(discussed: Message, settings, organisation) -> None:
    settings.EMAIL_HOST = "mail.example"
    officer = organisation.accounts["jixiao"]
    make_notices()
    assert deliver() == 0, "an account without an address gets no mail"
    officer.email = "officer@example.org"
    officer.save()
    assert deliver() == 1
    assert deliver() == 0
    assert mail.outbox[0].to == ["officer@example.org"]
    officer.notify_by_email = False
    officer.save()
    assert len(mail.outbox) == 1


@pytest.fixture
def gateway() -> Iterator[tuple[str, list[dict]]]:
    """A gateway on loopback that refuses the first call."""
    received: list[dict] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(503 if len(received) == 1 else 200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", received
    server.shutdown()


def test_a_webhook_that_fails_is_tried_again(discussed: Message, settings, gateway: tuple[str, list[dict]]) -> None:
    settings.WEBHOOK_URL, received = gateway
    make_notices()
    assert deliver() == 0
    assert Delivery.objects.get().error
    assert deliver() == 1
    assert received[0] == received[1]
    assert set(received[0]) == {"kind", "text", "text_en", "link"}
    assert "经办" not in json.dumps(received[0], ensure_ascii=False)


def test_work_is_reminded_of_once_before_it_is_due(linyi: TableVersion, viewer: Callable[[str], Viewer]) -> None:
    keep_deadline(viewer("jixiao"), linyi.table.unit.department, 2020, "submit", due_on=date(2020, 1, 20))
    assert remind(date(2020, 1, 16)) == 0
    first = remind(date(2020, 1, 17))
    data = tomllib.loads(Path(written.__file__).with_name("organisation.toml").read_text("utf-8"))
    editing = {"filler", "section_head", "performance_officer"}
    inside = {
        account["username"]
        for account in data["accounts"]
        for role in account["roles"]
        if role["role"] in editing and (role.get("unit") == "331001" or role.get("department") == "331")
    }
    assert {notice.account.username for notice in Notice.objects.all()} == inside
    assert first == len(inside) > 3
    assert remind(date(2020, 1, 18)) == 0


def test_a_returned_table_is_opened_where_its_opinions_are_answered(linyi: TableVersion, viewer: Callable[[str], Viewer]) -> None:
    version = mended(linyi, viewer("jingban").account)
    walk(viewer, version, until="performance")
    say(viewer("jixiao"), version, Outcome.RETURN, opinion="请补充。")
    make_notices()
    told = Notice.objects.get(account__username="jingban", kind="returned")
    assert told.link == reverse("planning:review", args=[version.pk])


def test_the_form_of_the_discussion_is_offered_to_those_whose_message_is_taken(
    linyi: TableVersion, viewer: Callable[[str], Viewer], signed_in: Callable[[str], Client]
) -> None:
    offered = {}
    for office in ("高新技术企业认定数量", "依法行政"):  # of 高新技术科 and of 政策法规科
        row = linyi.indicator_rows.get(name=office)
        page = reverse("planning:indicator", args=[linyi.table_id, row.indicator_id])
        for username in ("jingban", "jingban2", "jixiao", "juzhang", "shenji"):
            shown = 'name="text"' in signed_in(username).get(page).content.decode()
            try:
                write_message(viewer(username), linyi.pk, "请核实。", row.indicator_id)
                taken = True
            except Forbidden:
                taken = False
            assert shown is taken, (office, username)
            offered[office, username] = shown
    assert offered["高新技术企业认定数量", "jingban"] and not offered["依法行政", "jingban"]
    assert offered["依法行政", "jingban2"] and not offered["依法行政", "shenji"]
