"""Backup and restore: one verified archive of the database and the files, alike on both databases.

The archive is a ZIP: a table is one file of JSON lines (the columns of a row in the order of the manifest), ``files/`` holds what
people uploaded, ``manifest.json`` counts and digests it all and names the end of the trail. The comment at its end is the digest of
every byte before it: an archive of a new installation is mostly what the container itself keeps, which no other digest covers.
Rows are read at one moment (SQLite: a copy by its backup interface; PostgreSQL: one repeatable-read transaction), and every value
comes back as it was. Sign-in sessions are left out: people sign in anew. An archive of one database may be restored into the other.
Evidence in the folder of files goes with them; evidence in an object store stays there and is backed up with the store's own means
(versioning, replication), while the archive says how many files it needs. Sealed values come back sealed: the keys
(ZHIHENG_SEAL_KEYS, secret_key) are kept apart from the archive.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from zhiheng_web.archived import BATCH, all_models, archived_rows, batches, damaged, kept_fields, openable, table_name, write_table
from zhiheng_web.ledgers.evidence_store.storing import PARTIAL
from zhiheng_web.ledgers.models import EvidenceFile
from zhiheng_web.organisation.models import Account
from zhiheng_web.trail.action import Refusal
from zhiheng_web.trail.actor import SYSTEM
from zhiheng_web.trail.chain import verify as verify_chain
from zhiheng_web.trail.models import ChainHead, TrailRecord
from zhiheng_web.trail.names import register_events
from zhiheng_web.trail.recording import record
from zhiheng_web.wording import Text

FORMAT = "zhiheng-backup-1"
COPY = "backup_copy"
MANIFEST, SEAL = "manifest.json", "manifest.sha256"
CHUNK = 2**20
WHOLE = 64
"""The digest of the whole at the end of an archive, in bytes; archives whose manifest does not say ``whole`` are older and have none."""

EXISTS = Text("{path} 已存在，不覆盖。", "{path} exists already; it is not overwritten.")
NOT_EMPTY = Text(
    "目标数据库或文件目录不是空的，只能恢复到新建的空库。", "The database or the folder of files is not empty; restore into a new one."
)
OTHER_VERSION = Text(
    "备份来自另一版本的程序（数据库结构不同）。请用同一版本恢复，再升级。",
    "The archive is of another version of the program (other tables). Restore with that version, then upgrade.",
)
BROKEN_TRAIL = Text("操作记录核验不通过（{count} 处），未完成。", "The trail does not verify ({count} places); not done.")
OTHER_STORE = Text(
    "备份中的 {n} 个证据文件与当前设置的存储不同（备份时的存储桶：{bucket}）。请按备份时的方式设置或取消 ZHIHENG_S3_BUCKET，再恢复。",
    "The {n} files of evidence of the archive lie in another kind of store (bucket then: {bucket}). Set or unset ZHIHENG_S3_BUCKET "
    "as it was, then restore.",
)
MISSING_FILE = Text("数据库提到的文件不在文件目录中：{name}", "A file that the database names is not there: {name}")
DIFFERENT = Text("恢复后的数据与备份不一致：{what}。已全部撤回。", "What was restored differs from the archive: {what}. All was undone.")

register_events({"backup.made": Text("备份", "Made a backup"), "backup.restored": Text("从备份恢复", "Restored from a backup")})


class _System:
    actor = SYSTEM


@dataclass(frozen=True, slots=True)
class Made:
    """What an archive holds: rows and files in number, the end of the trail, and the archive's own digest."""

    path: Path
    rows: int
    files: int
    trail_number: int
    trail_sha256: str
    sha256: str


def backup(path: Path | str) -> Made:
    """Make an archive at ``path`` and read it back to verify it. Refused if something is there or the trail does not hold."""
    path = Path(path)
    if path.exists():
        raise Refusal("exists", EXISTS.with_(path=path))
    record(_System(), "backup.made", "backup.Archive", "", path.name)
    partial = path.with_name(path.name + ".partial")
    partial.touch(mode=0o600)
    try:
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
            manifest = _write(archive)
            content = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()
            archive.writestr(MANIFEST, content)
            archive.writestr(SEAL, hashlib.sha256(content).hexdigest())
            archive.comment = b"0" * WHOLE
        with partial.open("r+b") as handle:
            digest = _whole(partial)
            handle.seek(-WHOLE, 2)
            handle.write(digest.encode())
        made = verify(partial)
        partial.rename(path)
    finally:
        partial.unlink(missing_ok=True)
    return Made(path, made.rows, made.files, made.trail_number, made.trail_sha256, made.sha256)


def verify(path: Path | str) -> Made:
    """Check every digest of an archive and the chain of its trail; :class:`Refusal` at the first that does not fit."""
    path = Path(path)
    with _opened(path) as archive:
        manifest = _manifest(archive)
        expected = {table_name(label): entry["sha256"] for label, entry in manifest["tables"].items()}
        expected |= {f"files/{name}": entry["sha256"] for name, entry in manifest["files"].items()}
        names = set(archive.namelist()) - {MANIFEST, SEAL}
        if names != set(expected) or len(archive.namelist()) != len(expected) + 2:
            raise damaged(sorted(names ^ set(expected))[0] if names != set(expected) else MANIFEST)
        for name, digest in expected.items():
            with archive.open(name) as member:
                if hashlib.file_digest(member, "sha256").hexdigest() != digest:
                    raise damaged(name)
        _verify_archived_trail(archive, manifest)
        if manifest.get("whole") and archive.comment != _whole(path).encode():
            raise damaged(path.name)
    with path.open("rb") as handle:
        own = hashlib.file_digest(handle, "sha256").hexdigest()
    rows = sum(entry["rows"] for entry in manifest["tables"].values())
    return Made(path, rows, len(manifest["files"]), manifest["trail"]["number"], manifest["trail"]["sha256"], own)


def restore(path: Path | str) -> Made:
    """Put an archive into the empty database and folder of files of these settings. All of it, verified, or nothing."""
    made = verify(path)
    root = Path(settings.MEDIA_ROOT)
    with _opened(Path(path)) as archive:
        manifest = _manifest(archive)
        if manifest["migrations"] != _migrations():
            raise Refusal("other_version", OTHER_VERSION)
        _check_store(manifest)
        if Account.objects.exists() or TrailRecord.objects.exists() or (root.exists() and any(root.iterdir())):
            raise Refusal("not_empty", NOT_EMPTY)
        root.mkdir(parents=True, exist_ok=True)
        staged = Path(tempfile.mkdtemp(prefix=".restoring-", dir=root))
        try:
            _stage_files(archive, manifest, staged)
            with transaction.atomic():
                _load(archive, manifest)
                _check_loaded(manifest)
                for child in staged.iterdir():
                    child.rename(root / child.name)
        except BaseException:
            _remove(list(root.iterdir()))
            raise
        _remove([staged])
    ContentType.objects.clear_cache()
    record(_System(), "backup.restored", "backup.Archive", "", Path(path).name, details={"sha256": made.sha256})
    return made


# --- writing ------------------------------------------------------------------------------------------------


def _write(archive: zipfile.ZipFile) -> dict[str, Any]:
    tables: dict[str, Any] = {}
    with _one_moment() as alias:
        broken = list(
            verify_chain(TrailRecord.objects.using(alias).order_by("number").iterator(BATCH), ChainHead.objects.using(alias).get(pk=1))
        )
        if broken:
            raise Refusal("broken_trail", BROKEN_TRAIL.with_(count=len(broken)))
        head = ChainHead.objects.using(alias).get(pk=1)
        named: set[str] = set()
        for model in all_models():
            with archive.open(table_name(model._meta.label_lower), "w", force_zip64=True) as member:
                tables[model._meta.label_lower] = write_table(model, alias, member, named)
        evidence = sorted(set(EvidenceFile.objects.using(alias).values_list("key", flat=True)))
    if not settings.S3_BUCKET:
        named.update(f"evidence/{key}" for key in evidence)
    files = _write_files(archive)
    if missing := sorted(named - set(files)):
        raise Refusal("missing_file", MISSING_FILE.with_(name=missing[0]))
    return {
        "format": FORMAT,
        "whole": True,
        "made_at": timezone.now().isoformat(),
        "database": connection.vendor,
        "migrations": _migrations(),
        "tables": tables,
        "files": files,
        "evidence": {"store": "s3" if settings.S3_BUCKET else "files", "bucket": settings.S3_BUCKET, "files": len(evidence)},
        "trail": {"number": head.number, "sha256": head.sha256, "sm3": head.sm3},
    }


@contextmanager
def _one_moment() -> Iterator[str]:
    """The alias of a connection on which every read sees the database as it was at one moment."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            if not connection.savepoint_ids:  # the outermost transaction: only there may its kind be chosen
                connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield "default"
        return
    with tempfile.TemporaryDirectory(prefix="zhiheng-backup-") as folder:
        copy = Path(folder) / "copy.sqlite3"
        connection.ensure_connection()
        with sqlite3.connect(copy) as target:
            connection.connection.backup(target)
        target.close()
        connections.databases[COPY] = {**connection.settings_dict, "NAME": str(copy), "OPTIONS": {}, "CONN_MAX_AGE": 0}
        try:
            yield COPY
        finally:
            connections[COPY].close()
            del connections[COPY]
            del connections.databases[COPY]


def _write_files(archive: zipfile.ZipFile) -> dict[str, Any]:
    root, files = Path(settings.MEDIA_ROOT), {}
    for source in sorted(path for path in root.rglob("*") if path.is_file() and PARTIAL not in path.parts) if root.exists() else ():
        name, digest, size = source.relative_to(root).as_posix(), hashlib.sha256(), 0
        with source.open("rb") as handle, archive.open(f"files/{name}", "w", force_zip64=True) as member:
            while chunk := handle.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                member.write(chunk)
        files[name] = {"size": size, "sha256": digest.hexdigest()}
    return files


def _whole(path: Path) -> str:
    """The digest of an archive but for the place where it stands itself."""
    digest, left = hashlib.sha256(), path.stat().st_size - WHOLE
    with path.open("rb") as handle:
        while left > 0 and (chunk := handle.read(min(CHUNK, left))):
            digest.update(chunk)
            left -= len(chunk)
    return digest.hexdigest()


def _migrations() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


# --- reading ------------------------------------------------------------------------------------------------


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError, OSError, UnicodeError, ValueError) as error:
        raise damaged(str(error) or type(error).__name__) from error


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    content = archive.read(MANIFEST)
    if hashlib.sha256(content).hexdigest() != archive.read(SEAL).decode():
        raise damaged(MANIFEST)
    manifest = json.loads(content)
    if manifest.get("format") != FORMAT:
        raise damaged(f"format {manifest.get('format')}")
    for name in manifest["files"]:
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or "\\" in name:
            raise damaged(name)
    return manifest


def _verify_archived_trail(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    columns = manifest["tables"][TrailRecord._meta.label_lower]["columns"]
    broken = list(verify_chain(archived_rows(archive, TrailRecord, columns), ChainHead(pk=1, **manifest["trail"])))
    if broken:
        raise Refusal("broken_trail", BROKEN_TRAIL.with_(count=len(broken)))


def _load(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Replace what the migrations wrote by the rows of the archive. References are checked when all are there."""
    models = {model._meta.label_lower: model for model in all_models()}
    if set(models) != set(manifest["tables"]):
        raise Refusal("other_version", OTHER_VERSION)
    with connection.constraint_checks_disabled():
        for model in models.values():
            if model is not TrailRecord:
                connection.cursor().execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 - a quoted name
        for label, model in models.items():
            rows = openable(archived_rows(archive, model, manifest["tables"][label]["columns"]), model)
            for batch in batches(rows):
                model._base_manager.get_queryset()._insert(batch, fields=kept_fields(model), using="default", raw=True)
    connection.check_constraints()
    for statement in connection.ops.sequence_reset_sql(no_style(), list(models.values())):
        connection.cursor().execute(statement)


def _check_loaded(manifest: dict[str, Any]) -> None:
    """Read everything back: the same digests as the archive's, and a chain that holds."""
    for model in all_models():
        label = model._meta.label_lower
        if write_table(model, "default", None, set())["content"] != manifest["tables"][label]["content"]:
            raise Refusal("different", DIFFERENT.with_(what=label))
    if broken := list(verify_chain()):
        raise Refusal("broken_trail", BROKEN_TRAIL.with_(count=len(broken)))


def _check_store(manifest: dict[str, Any]) -> None:
    """The archive's evidence must lie where these settings look for it: in the files of the archive, or in the same object store."""
    kept = manifest.get("evidence", {"store": "files", "bucket": "", "files": 0})
    if kept["files"] and (kept["store"] == "s3") != bool(settings.S3_BUCKET):
        raise Refusal("other_store", OTHER_STORE.with_(bucket=kept["bucket"] or "—", n=kept["files"]))


def _stage_files(archive: zipfile.ZipFile, manifest: dict[str, Any], staged: Path) -> None:
    for name, entry in manifest["files"].items():
        target = staged / name
        target.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        with archive.open(f"files/{name}") as member, target.open("xb") as handle:
            while chunk := member.read(CHUNK):
                digest.update(chunk)
                handle.write(chunk)
        if digest.hexdigest() != entry["sha256"]:
            raise damaged(name)


def _remove(paths: Iterable[Path]) -> None:
    import shutil

    for path in paths:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
