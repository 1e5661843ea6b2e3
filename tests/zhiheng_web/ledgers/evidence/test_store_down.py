"""An object store that answers wrongly, late or not at all: said in words, and nothing is half done."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.zhiheng_web.ledgers.evidence.files import png, upload
from tests.zhiheng_web.ledgers.evidence.scene import entry_of, register_of
from tests.zhiheng_web.ledgers.evidence.test_keeping import Bucket

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.ledgers.actions.add_evidence import add_evidence
from zhiheng_web.ledgers.evidence_store import storing
from zhiheng_web.ledgers.models import EntryVersion, Evidence, EvidenceFile
from zhiheng_web.organisation.viewer import viewer_of
from zhiheng_web.trail.action import Refusal

FAILURES = ("503", "403", "silent", "cut", "closed", "not_http")


class Failing(Bucket):
    """A bucket that fails in one way once ``fails`` says so."""

    fails = ""

    def _answer(self, status: int, body: bytes = b"", length: int | None = None) -> None:
        if self.fails in ("503", "403"):
            return super()._answer(int(self.fails), b"<html>not what was asked</html>")
        if self.fails == "silent":
            time.sleep(1.5)
            return None
        if self.fails == "cut":
            return super()._answer(status, body[: len(body) // 2], len(body) + 100)
        if self.fails == "not_http":
            self.wfile.write(b"SSH-2.0-OpenSSH_9.9\r\n")
            return None
        return super()._answer(status, body, length)


@pytest.fixture
def bucket(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Failing]]:
    monkeypatch.setattr(storing, "CONNECT_SECONDS", 0.3)
    monkeypatch.setattr(storing, "READ_SECONDS", 0.3)
    storing._client.cache_clear()
    handler = type("OneBucket", (Failing,), {"objects": {}, "puts": []})
    settings.MEDIA_ROOT = tmp_path
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        settings.S3_BUCKET, settings.S3_ENDPOINT = "zhengju", f"http://127.0.0.1:{server.server_address[1]}"
        settings.S3_KEY, settings.S3_SECRET = "key", "secret"
        yield handler
        server.shutdown()
    storing._client.cache_clear()


def fail(bucket: type[Failing], how: str, settings: Any) -> None:
    if how == "closed":
        settings.S3_ENDPOINT = "http://127.0.0.1:9"
    else:
        bucket.fails = how


@pytest.mark.parametrize("how", FAILURES)
def test_evidence_is_not_half_kept(organisation: Demonstrated, signed_in: Any, bucket: type[Failing], settings: Any, how: str) -> None:
    entry = entry_of(register_of(organisation), "1").entry_id
    keeper = viewer_of(organisation.accounts["jingban"], timezone.localdate())
    fail(bucket, how, settings)
    if how == "cut":
        bucket.fails = "503"
    started = time.monotonic()
    with pytest.raises(Refusal) as refused:
        add_evidence(keeper, [entry], [upload("函.png", png())], "letter")
    assert refused.value.code == "store_unreachable" and "未保存" in refused.value.text.zh
    page = signed_in("jingban").post(reverse("ledgers:add_evidence", args=[entry]), {"kind": "letter", "file": upload("函.png", png())})
    assert page.status_code < 500 and "证据存储" in page.content.decode()
    assert time.monotonic() - started < 60
    assert not Evidence.objects.exists() and not EvidenceFile.objects.exists() and EntryVersion.objects.count() == 1


@pytest.mark.parametrize("how", FAILURES)
def test_evidence_that_cannot_be_fetched_is_told_in_words(
    organisation: Demonstrated, signed_in: Any, bucket: type[Failing], settings: Any, how: str
) -> None:
    entry = entry_of(register_of(organisation), "1").entry_id
    keeper = viewer_of(organisation.accounts["jingban"], timezone.localdate())
    kept = add_evidence(keeper, [entry], [upload("函.png", png())], "letter")[0]
    fail(bucket, how, settings)
    reader: Client = signed_in("jingban")
    for name, extra in (("evidence_file", []), ("evidence_picture", [1]), ("evidence_page", []), ("entry", None), ("add_evidence", None)):
        answer = reader.get(reverse(f"ledgers:{name}", args=[entry] if extra is None else [kept.pk, *extra]))
        assert answer.status_code < 500, name
        assert png() not in b"".join(answer) if answer.streaming else True
        if name in ("evidence_file", "evidence_picture"):
            assert "证据存储" in answer.content.decode(), name
    with pytest.raises(CommandError, match="证据存储"):
        call_command("check_evidence", stdout=io.StringIO())
