"""A backup comes back as it was, on both databases and from one to the other; a damaged one changes nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.postgres import database
from tests.zhiheng_web.ledgers.evidence.scene import SECRETS

from zhiheng_web.backup import verify
from zhiheng_web.trail.action import Refusal

ROOT = Path(__file__).parents[3]


KEYS = "keys-of-the-first-installation"


def run(scene: str, archive: Path, folder: Path, url: str = "", **more: str) -> dict[str, Any]:
    folder.mkdir(exist_ok=True)
    environment = {**os.environ, "ZHIHENG_DATA": str(folder), "DATABASE_URL": url, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    environment |= {"ZHIHENG_SEAL_KEYS": KEYS, "ZHIHENG_S3_BUCKET": "", **more}
    environment |= {"DJANGO_SETTINGS_MODULE": "zhiheng_web.config.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.zhiheng_web.config.scenes", scene, str(archive)],
        env=environment, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("first")
    return folder / "backup.zip", run("backup", folder / "backup.zip", folder / "data")


def without_restoring(state: dict[str, Any]) -> dict[str, Any]:
    """The state without the record that says that it was restored, and without the chain's end that follows from it."""
    tables = {name: list(rows) for name, rows in state["tables"].items()}
    restored = [row for row in tables["trail_trailrecord"] if "backup.restored" in row]
    assert len(restored) == 1
    tables["trail_trailrecord"].remove(restored[0])
    del tables["trail_chainhead"]
    return {**state, "tables": tables}


def compared(state: dict[str, Any]) -> dict[str, Any]:
    return {**state, "tables": {name: rows for name, rows in state["tables"].items() if name != "trail_chainhead"}}


def assert_same(restored: dict[str, Any], original: dict[str, Any]) -> None:
    one, two = without_restoring(restored), compared(original)
    assert one["breaks"] == two["breaks"] == []
    assert one["files"] == {name: content for name, content in two["files"].items() if "/.partial/" not in name}
    assert len(one["files"]) == 2 and one["opened"] == two["opened"]
    assert set(one["tables"]) == set(two["tables"])
    for name, rows in two["tables"].items():
        if name != "sqlite_sequence":
            assert one["tables"][name] == rows, name


def test_a_backup_comes_back_on_sqlite(made: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    archive, original = made
    assert len(original["tables"]["planning_indicatorrow"]) == 36
    assert_same(run("restore", archive, tmp_path / "data"), original)
    assert run("restore", archive, tmp_path / "data")["refused"] == "not_empty"


def test_a_backup_comes_back_on_postgresql_and_numbers_go_on(postgres_url: str, tmp_path: Path) -> None:
    archive = tmp_path / "backup.zip"
    original = run("backup", archive, tmp_path / "one", database("backup_one"))
    target = database("backup_two")
    assert_same(run("restore", archive, tmp_path / "two", target), original)
    written = run("write", archive, tmp_path / "two", target)
    assert len(written["tables"]["organisation_usedpassword"]) == 1 and written["breaks"] == []


def test_a_backup_of_sqlite_comes_back_on_postgresql(postgres_url: str, made: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    archive, original = made
    restored = run("restore", archive, tmp_path / "data", database("backup_three"))
    assert restored["breaks"] == [] and len(restored["files"]) == 2 and "refused" not in restored
    assert restored["opened"] == original["opened"]
    counts = {name: len(rows) for name, rows in original["tables"].items() if name not in {"sqlite_sequence", "trail_trailrecord"}}
    assert {name: len(rows) for name, rows in restored["tables"].items() if name in counts} == counts


def rewritten(archive: Path, target: Path, change: dict[str, bytes | None]) -> Path:
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = change.get(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return target


@pytest.mark.parametrize("damage", ["cut", "bit", "row", "file", "left_out", "added", "no_archive", "manifest"])
def test_a_damaged_archive_restores_nothing(made: tuple[Path, dict[str, Any]], tmp_path: Path, damage: str) -> None:
    archive, _original = made
    bad = tmp_path / "bad.zip"
    table = "tables/organisation.account.jsonl"
    with zipfile.ZipFile(archive) as whole:
        upload = next(name for name in whole.namelist() if name.startswith("files/"))
        first = whole.read(table)
        manifest = json.loads(whole.read("manifest.json"))
    content = archive.read_bytes()
    if damage == "cut":
        bad.write_bytes(content[: len(content) // 2])
    elif damage == "bit":
        place = len(content) // 3
        bad.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
    elif damage == "row":
        rewritten(archive, bad, {table: first.replace(b"jixiao", b"nobody")})
    elif damage == "file":
        rewritten(archive, bad, {upload: b"other"})
    elif damage == "left_out":
        rewritten(archive, bad, {upload: None})
    elif damage == "added":
        rewritten(archive, bad, {})
        with zipfile.ZipFile(bad, "a") as added:
            added.writestr("files/../../evil", b"x")
    elif damage == "manifest":
        manifest["trail"]["number"] += 1
        rewritten(archive, bad, {"manifest.json": json.dumps(manifest).encode()})
    else:
        bad.write_bytes(b"not an archive")
    result = run("restore", bad, tmp_path / "data")
    assert result["refused"] == "damaged"
    assert result["tables"]["organisation_account"] == [] and result["files"] == {}


def test_a_manifest_sealed_anew_over_a_changed_trail_is_refused(made: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    """Whoever can write the archive can write its digests too; the chain still tells."""
    import hashlib

    archive, _ = made
    name = "tables/trail.trailrecord.jsonl"
    with zipfile.ZipFile(archive) as whole:
        changed = whole.read(name).replace("绩效管理员".encode(), "别的什么人".encode())
        manifest = json.loads(whole.read("manifest.json"))
    manifest["tables"]["trail.trailrecord"]["sha256"] = hashlib.sha256(changed).hexdigest()
    content = json.dumps(manifest).encode()
    seal = hashlib.sha256(content).hexdigest().encode()
    bad = rewritten(archive, tmp_path / "bad.zip", {name: changed, "manifest.json": content, "manifest.sha256": seal})
    assert run("restore", bad, tmp_path / "data")["refused"] == "broken_trail"


def test_a_changed_bit_anywhere_is_refused_in_words(made: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    content, bad = made[0].read_bytes(), tmp_path / "bad.zip"
    unseen = []
    for place in range(0, len(content), max(1, len(content) // 60)):
        bad.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        try:
            verify(bad)
        except Refusal:
            continue
        unseen.append(place)
    assert unseen == []


def test_not_even_a_date_that_the_container_keeps(made: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    """Dates, flags, lengths and the directory of the container: each byte of a header, the last entries, the comment's length."""
    content, bad = made[0].read_bytes(), tmp_path / "bad.zip"
    with zipfile.ZipFile(made[0]) as whole:
        places = [whole.infolist()[3].header_offset + byte for byte in range(0, 50, 3)]
    for place in [*places, *range(len(content) - 100, len(content), 3)]:
        for bit in (1, 64):
            bad.write_bytes(content[:place] + bytes([content[place] ^ bit]) + content[place + 1 :])
            with pytest.raises(Refusal):
                verify(bad)


def test_an_archive_of_before_is_read_as_it_was(made: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    """Archives made before the whole had a digest say nothing of it, and restore."""
    import hashlib

    with zipfile.ZipFile(made[0]) as whole:
        manifest = json.loads(whole.read("manifest.json"))
    del manifest["whole"]
    content = json.dumps(manifest).encode()
    seal = hashlib.sha256(content).hexdigest().encode()
    old = rewritten(made[0], tmp_path / "old.zip", {"manifest.json": content, "manifest.sha256": seal})
    assert verify(old).trail_number == manifest["trail"]["number"]


def test_what_is_sealed_stays_sealed_in_the_archive(made: tuple[Path, dict[str, Any]]) -> None:
    archive, original = made
    people, sealed = original["opened"]
    assert people[0][1] in SECRETS and sealed[0]["bank_account"] in SECRETS  # what the program reads
    with zipfile.ZipFile(archive) as whole:
        for name in whole.namelist():
            words = whole.read(name).decode(errors="replace")
            assert not [secret for secret in SECRETS if secret in words or json.dumps(secret)[1:-1] in words], name


def test_without_the_keys_of_then_nothing_is_restored(made: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    result = run("restore", made[0], tmp_path / "data", ZHIHENG_SEAL_KEYS="keys-of-another-installation")
    assert result["refused"] == "other_keys" and result["files"] == {}
    assert result["tables"]["organisation_account"] == [] and result["tables"]["ledgers_person"] == []
    newer = run("restore", made[0], tmp_path / "newer", ZHIHENG_SEAL_KEYS=f"a-newer-key,{KEYS}")
    assert newer["opened"] == made[1]["opened"]


def test_evidence_is_looked_for_where_it_was(made: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    result = run("restore", made[0], tmp_path / "data", ZHIHENG_S3_BUCKET="evidence")
    assert result["refused"] == "other_store" and result["tables"]["organisation_account"] == []


def test_no_backup_without_a_file_of_evidence(tmp_path: Path) -> None:
    result = run("backup_without_evidence", tmp_path / "backup.zip", tmp_path / "data")
    assert result["refused"] == "missing_file" and not (tmp_path / "backup.zip").exists()
