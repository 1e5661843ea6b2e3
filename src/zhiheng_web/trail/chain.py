"""The chain: how a record is digested, appended and verified."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.db import connection
from django.utils import timezone

from zhiheng_web.trail.actor import Actor
from zhiheng_web.trail.models import ChainHead, TrailRecord

FIELDS = (
    "number", "at", "account", "name", "address", "action", "object_type", "object_id", "object_name", "department",
    "before", "after", "details",
)  # fmt: skip
START = "0" * 64


def canonical(record: TrailRecord) -> bytes:
    """The record as bytes: keys sorted, time in UTC to the microsecond, no blanks."""
    data = {name: getattr(record, name) for name in FIELDS}
    data["at"] = record.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha256(content: bytes, before: str) -> str:
    """SHA-256 over the digest before and the content."""
    return hashlib.sha256(before.encode() + b"\n" + content).hexdigest()


def sm3(content: bytes, before: str) -> str:
    """SM3 (GB/T 32905-2016) over the digest before and the content."""
    digest = Hash(SM3())
    digest.update(before.encode() + b"\n" + content)
    return digest.finalize().hex()


def digest_of(rows: Iterable[str]) -> str:
    """The digest of an object made of rows: over their sorted lines, so that their order does not matter."""
    return hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()


def append(actor: Actor, action: str, done: Any) -> TrailRecord:
    """Write one record at the end of the chain. Must run inside the transaction of the action.

    The head is locked here, last, so that actions on different objects wait for each other only while they end. Last means after
    the references of what was written: PostgreSQL would look at them when the transaction ends, and wait there, with the head in
    its hands, for a row that somebody holds who waits for the head.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    head = ChainHead.objects.select_for_update().get(pk=1)
    record = TrailRecord(
        number=head.number + 1,
        at=actor.at or timezone.now(),
        account=actor.account,
        name=actor.name,
        address=actor.address,
        action=action,
        object_type=done.object_type,
        object_id=done.object_id,
        object_name=done.object_name[:300],
        department=done.department,
        before=done.before,
        after=done.after,
        details=json.loads(json.dumps(dict(done.details), ensure_ascii=False, default=str)),
    )
    content = canonical(record)
    record.sha256, record.sm3 = sha256(content, head.sha256), sm3(content, head.sm3)
    record.save(force_insert=True)
    ChainHead.objects.filter(pk=1).update(number=record.number, sha256=record.sha256, sm3=record.sm3)
    return record


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain does not hold. ``kind``: missing, changed, head, rewritten."""

    number: int
    kind: str


def kept_end(number: int, digest: str) -> Iterator[Break]:
    """A break if record ``number`` no longer has the digest (SHA-256 or SM3) that was written down outside the database.

    Who may write to the database can make the whole chain anew from any record on, and it verifies; an end kept elsewhere tells.
    """
    record = TrailRecord.objects.filter(number=number).first()
    if record is None or digest.lower() not in (record.sha256, record.sm3):
        yield Break(number, "rewritten")


def verify(records: Iterable[TrailRecord] | None = None, head: ChainHead | None = None) -> Iterator[Break]:
    """Every break of the chain: a record changed, missing or out of order, or an end that was cut off."""
    rows = TrailRecord.objects.order_by("number").iterator(2000) if records is None else iter(records)
    end = ChainHead.objects.get(pk=1) if head is None else head
    expected, last_sha, last_sm3 = 1, START, START
    for record in rows:
        while expected < record.number:
            yield Break(expected, "missing")
            expected += 1
        content = canonical(record)
        if record.sha256 != sha256(content, last_sha) or record.sm3 != sm3(content, last_sm3):
            yield Break(record.number, "changed")
        expected, last_sha, last_sm3 = record.number + 1, record.sha256, record.sm3
    if (end.number, end.sha256, end.sm3) != (expected - 1, last_sha, last_sm3):
        yield Break(end.number, "head")
