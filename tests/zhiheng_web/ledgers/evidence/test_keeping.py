"""Evidence in an S3-compatible store, the comparison of store and database, new keys, backup and restore."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from tests.zhiheng_web.ledgers.evidence.files import pdf, png, upload
from tests.zhiheng_web.ledgers.evidence.scene import IDENTITY, SECRETS, entry_of, register_of

from zhiheng_web import sealed
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.ledgers.actions.add_evidence import add_evidence
from zhiheng_web.ledgers.evidence_store import storing
from zhiheng_web.ledgers.evidence_store.storing import S3Store, store, verified
from zhiheng_web.ledgers.evidence_store.taking import take
from zhiheng_web.ledgers.models import EntryVersion, EvidenceFile, Person
from zhiheng_web.ledgers.subjects import Described, person_of
from zhiheng_web.organisation.viewer import Viewer, viewer_of
from zhiheng_web.trail.action import Refusal


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def keeper(organisation: Demonstrated) -> Viewer:
    return viewer_of(organisation.accounts["jingban"], timezone.localdate())


class Bucket(BaseHTTPRequestHandler):
    """As much of S3 as is needed: PUT, HEAD, GET, DELETE and the list of a bucket, over loopback."""

    objects: dict[str, bytes]
    puts: list[str]
    down = False

    def _answer(self, status: int, body: bytes = b"", length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        if body and self.command != "HEAD":
            self.wfile.write(body)

    def _key(self) -> str:
        assert "AWS4-HMAC-SHA256" in self.headers["Authorization"]
        return self.path.partition("?")[0].removeprefix("/zhengju/")

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        assert self.headers["x-amz-content-sha256"] in (hashlib.sha256(body).hexdigest(), "UNSIGNED-PAYLOAD")
        if self.down:
            return self._answer(503)
        self.puts.append(self._key())
        self.objects[self._key()] = body
        return self._answer(200)

    def do_HEAD(self) -> None:
        found = self.objects.get(self._key())
        self._answer(404) if found is None else self._answer(200, length=len(found))

    def do_GET(self) -> None:
        if self.path.startswith("/zhengju?"):
            items = "".join(f"<Contents><Key>{key}</Key><Size>{len(body)}</Size></Contents>" for key, body in self.objects.items())
            return self._answer(200, f"<ListBucketResult><IsTruncated>false</IsTruncated>{items}</ListBucketResult>".encode())
        found = self.objects.get(self._key())
        return self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>") if found is None else self._answer(200, found)

    def do_DELETE(self) -> None:
        self.objects.pop(self._key(), None)
        self._answer(204)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def bucket(settings: Any) -> Iterator[type[Bucket]]:
    handler = type("OneBucket", (Bucket,), {"objects": {}, "puts": [], "down": False})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        settings.S3_BUCKET, settings.S3_ENDPOINT = "zhengju", f"http://127.0.0.1:{server.server_address[1]}"
        settings.S3_KEY, settings.S3_SECRET = "key", "secret"
        yield handler
        server.shutdown()
    storing._client.cache_clear()


def test_an_object_store_keeps_content_once_and_gives_it_back(bucket: type[Bucket], folder: Path) -> None:
    taken, again = take(upload("图.png", png())), take(upload("副本.png", png()))
    assert isinstance(store(), S3Store)
    assert bucket.objects == {f"evidence/{taken.key}": png()}
    assert len(bucket.puts) == 1
    assert verified(again.key, again.sha256, "图.png").read() == png()
    assert list(store().names()) == [(taken.key, len(png()))]
    assert not folder.exists()
    bucket.objects[f"evidence/{taken.key}"] = png("red")
    with pytest.raises(Refusal) as damaged:
        verified(taken.key, taken.sha256, "图.png")
    assert damaged.value.code == "evidence_damaged"
    store().remove(taken.key)
    with pytest.raises(Refusal) as gone:
        verified(taken.key, taken.sha256, "图.png")
    assert gone.value.code == "evidence_gone"


def test_a_crash_leaves_only_a_file_that_nobody_names(
    organisation: Demonstrated, keeper: Viewer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhiheng_web.ledgers.actions import add_evidence as module

    version = entry_of(register_of(organisation), "1")
    monkeypatch.setattr(module, "complete_again", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        add_evidence(keeper, [version.entry_id], [upload("函.pdf", pdf())], "letter")
    assert not EvidenceFile.objects.exists()
    out = io.StringIO()
    call_command("check_evidence", stdout=out)
    assert "无引用 1" in out.getvalue()
    call_command("check_evidence", "--remove-orphans", stdout=out)
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_missing_and_damaged_files_are_told(organisation: Demonstrated, keeper: Viewer, folder: Path) -> None:
    entries = [entry_of(register_of(organisation), "1").entry_id]
    add_evidence(keeper, entries, [upload("一.pdf", pdf()), upload("二.png", png()), upload("三.png", png("red"))], "letter")
    call_command("check_evidence", stdout=io.StringIO())
    first, second = (folder / "evidence" / row.key for row in EvidenceFile.objects.filter(name__in=["一.pdf", "二.png"]).order_by("name"))
    first.unlink()
    second.write_bytes(second.read_bytes()[::-1])
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("check_evidence", stdout=out)
    assert "缺失 / missing: 一.pdf" in out.getvalue()
    assert "损坏 / damaged: 二.png" in out.getvalue()
    assert "三.png" not in out.getvalue()


def raw() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM ledgers_entryversion")
        versions = repr(cursor.fetchall())
        cursor.execute("SELECT name, identity, mobile FROM ledgers_person")
        return versions + repr(cursor.fetchall())


def test_a_new_key_reads_the_old_and_reseals(organisation: Demonstrated, settings: Any) -> None:
    settings.SEAL_KEYS = ["the first key of the installation"]
    entry_of(register_of(organisation), "1")
    before = raw()
    settings.SEAL_KEYS = ["a second key", "the first key of the installation"]
    assert Person.objects.get().identity == IDENTITY
    call_command("reseal", stdout=io.StringIO())
    assert raw() != before
    assert not any(words in raw() for words in SECRETS)
    department = organisation.departments["331"]
    assert person_of(department, Described("张三丰", IDENTITY)) == Person.objects.get()  # found by the digest of before
    settings.SEAL_KEYS = ["a second key"]
    assert Person.objects.get().identity == IDENTITY
    assert EntryVersion.objects.get().sealed["recipe"] == "配方甲乙丙"
    settings.SEAL_KEYS = ["another key"]
    with pytest.raises(sealed.UnreadableError, match="ZHIHENG_SEAL_KEYS"):
        Person.objects.get()
    with pytest.raises(CommandError):
        call_command("reseal", stdout=io.StringIO())
