"""Where files of evidence lie: by the digest of their content, in a local folder or in an S3-compatible store.

A file is put there before anything in the database names it, and never changed or removed by an action: a crash leaves at most a file
that nobody names (``python -m zhiheng_web check_evidence`` finds them).
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, Protocol

from django.conf import settings

from zhiheng_web.trail.action import Refusal
from zhiheng_web.wording import Text

CHUNK = 2**20
IN_MEMORY = 2 * 2**20
PARTIAL = ".partial"
CONNECT_SECONDS, READ_SECONDS = 5, 15
"""How long an object store may keep silent. It is asked twice, and a person waits for the answer."""
UNREACHABLE = Text(
    "证据存储暂时不可用（{what}），未保存。请稍后再试；持续出现请联系系统管理员。",
    "The store of evidence cannot be reached ({what}); nothing was kept. Try again later; if it goes on, tell the administrator.",
)
GONE = Text(
    "证据文件“{name}”不在存储中。请联系系统管理员从备份恢复。",
    "The file “{name}” is not in the store of evidence. Ask the administrator to bring it back from a backup.",
)
DAMAGED = Text(
    "证据文件“{name}”的内容与登记的摘要不符，可能已损坏，不予显示。请联系系统管理员从备份恢复。",
    "The content of “{name}” does not fit its recorded digest; it may be damaged and is not shown. Ask the administrator to restore it.",
)


class Store(Protocol):
    """A place for content by key."""

    def put(self, key: str, content: IO[bytes], sha256: str) -> None:
        """Keep the content; the same content is kept once, a damaged copy is replaced."""

    def read(self, key: str) -> Iterator[bytes]:
        """The content in pieces; FileNotFoundError if there is none."""

    def names(self) -> Iterator[tuple[str, int]]:
        """Every key with the size of its content."""

    def remove(self, key: str) -> None:
        """Remove content that nobody names."""


def key_of(sha256: str) -> str:
    """Where content lies: ab/cd/abcd…"""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


@dataclass(frozen=True, slots=True)
class LocalStore:
    """A folder of this machine. A file appears under its name only when all of it is on the disk."""

    root: Path

    def put(self, key: str, content: IO[bytes], sha256: str) -> None:
        """Keep the content, unless it lies there already."""
        target = self.root / key
        if target.exists() and self._digest(target) == sha256:
            return
        partial = self.root / PARTIAL
        try:
            partial.mkdir(parents=True, exist_ok=True)
            target.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=partial, delete=False) as copy:
                try:
                    while chunk := content.read(CHUNK):
                        copy.write(chunk)
                    copy.flush()
                    os.fsync(copy.fileno())
                    Path(copy.name).replace(target)
                except BaseException:
                    Path(copy.name).unlink(missing_ok=True)
                    raise
        except OSError as error:
            raise Refusal("store_unreachable", UNREACHABLE.with_(what=error.strerror or type(error).__name__)) from error

    @staticmethod
    def _digest(path: Path) -> str:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    def read(self, key: str) -> Iterator[bytes]:
        """The content in pieces."""
        with (self.root / key).open("rb") as stream:
            while chunk := stream.read(CHUNK):
                yield chunk

    def names(self) -> Iterator[tuple[str, int]]:
        """Every file with its size; those still being written are left out."""
        for path in sorted(self.root.glob("??/??/*")) if self.root.exists() else ():
            yield path.relative_to(self.root).as_posix(), path.stat().st_size

    def remove(self, key: str) -> None:
        """Remove a file."""
        (self.root / key).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class S3Store:
    """A bucket of an S3-compatible service (MinIO, Ceph, 对象存储 OSS/OBS/COS)."""

    client: Any
    bucket: str
    prefix: str

    def put(self, key: str, content: IO[bytes], sha256: str) -> None:
        """Keep the content, unless the bucket has it with that size."""
        from botocore.exceptions import BotoCoreError, ClientError

        size = content.seek(0, os.SEEK_END)
        content.seek(0)
        try:
            if self._size(key) != size:
                self.client.put_object(Bucket=self.bucket, Key=self.prefix + key, Body=content, Metadata={"sha256": sha256})
        except (BotoCoreError, ClientError) as error:
            raise Refusal("store_unreachable", UNREACHABLE.with_(what=type(error).__name__)) from error

    def _size(self, key: str) -> int | None:
        from botocore.exceptions import ClientError

        try:
            return int(self.client.head_object(Bucket=self.bucket, Key=self.prefix + key)["ContentLength"])
        except ClientError as error:
            if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == 404:
                return None
            raise

    def read(self, key: str) -> Iterator[bytes]:
        """The content in pieces."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            yield from self.client.get_object(Bucket=self.bucket, Key=self.prefix + key)["Body"].iter_chunks(CHUNK)
        except ClientError as error:
            if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == 404:
                raise FileNotFoundError(key) from error
            raise Refusal("store_unreachable", UNREACHABLE.with_(what=type(error).__name__)) from error
        except BotoCoreError as error:
            raise Refusal("store_unreachable", UNREACHABLE.with_(what=type(error).__name__)) from error

    def names(self) -> Iterator[tuple[str, int]]:
        """Every object below the prefix with its size."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            for page in self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=self.prefix):
                for item in page.get("Contents", ()):
                    yield item["Key"][len(self.prefix) :], item["Size"]
        except (BotoCoreError, ClientError) as error:
            raise Refusal("store_unreachable", UNREACHABLE.with_(what=type(error).__name__)) from error

    def remove(self, key: str) -> None:
        """Remove an object."""
        self.client.delete_object(Bucket=self.bucket, Key=self.prefix + key)


def store() -> Store:
    """The store of this installation."""
    if not settings.S3_BUCKET:
        return LocalStore(Path(settings.MEDIA_ROOT) / "evidence")
    return S3Store(
        _client(settings.S3_ENDPOINT, settings.S3_REGION, settings.S3_KEY, settings.S3_SECRET), settings.S3_BUCKET, settings.S3_PREFIX
    )


@lru_cache(maxsize=2)
def _client(endpoint: str, region: str, key: str, secret: str) -> Any:
    import boto3
    from botocore.config import Config

    # not every compatible service knows the newer checksums, and few have a name for each bucket
    config = Config(
        signature_version="s3v4",
        s3={"addressing_style": settings.S3_ADDRESSING},
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        retries={"mode": "standard", "total_max_attempts": 2},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    return boto3.client(
        "s3", endpoint_url=endpoint or None, region_name=region, aws_access_key_id=key, aws_secret_access_key=secret, config=config
    )


def verified(key: str, sha256: str, name: str) -> IO[bytes]:
    """The content of a file, read whole and compared with its digest before any of it is given out."""
    copy = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - whoever asked closes it
    digest = hashlib.sha256()
    try:
        for chunk in store().read(key):
            digest.update(chunk)
            copy.write(chunk)
    except FileNotFoundError as error:
        copy.close()
        raise Refusal("evidence_gone", GONE.with_(name=name)) from error
    if digest.hexdigest() != sha256:
        copy.close()
        raise Refusal("evidence_damaged", DAMAGED.with_(name=name))
    copy.seek(0)
    return copy  # type: ignore[return-value]
