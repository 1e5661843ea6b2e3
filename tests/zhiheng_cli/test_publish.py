"""``zhiheng publish``: from nothing to a site whose every figure is recomputed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from tests.demonstrated import ROOT, copied, environment


def published(folder: Path, out: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "zhiheng_cli", "publish", "--out", str(out), *more]
    return subprocess.run(command, cwd=ROOT, env=environment(folder), capture_output=True, text=True, timeout=300, check=False)


def test_the_demonstration_is_published_and_proves_itself(demonstrated: Path, tmp_path: Path) -> None:
    folder, out = copied(demonstrated, tmp_path / "data"), tmp_path / "site"
    done = published(folder, out)
    assert done.returncode == 0, done.stderr
    assert "verify.py" in done.stdout
    check = subprocess.run([sys.executable, "-I", "-S", str(out / "proof" / "verify.py")], capture_output=True, text=True, check=False)
    assert check.returncode == 0, check.stdout[-2000:]
    assert check.stdout.count("\t一致 / ok\n") > 100
    assert "演示数据" in (out / "index.html").read_text("utf-8")
    again = published(folder, out, "--lang", "en")
    assert again.returncode == 0
    assert "Written to" in again.stdout


def test_a_folder_of_somebody_else_is_refused(demonstrated: Path, tmp_path: Path) -> None:
    folder, out = copied(demonstrated, tmp_path / "data"), tmp_path / "out"
    out.mkdir()
    (out / "own.txt").write_text("mine")
    done = published(folder, out)
    assert done.returncode == 2
    assert str(out) in done.stderr
    assert [path.name for path in out.iterdir()] == ["own.txt"]


SERVED = """
import django; django.setup()
from tests.migrated import migrate; migrate()
from zhiheng_web.organisation.actions.create_first_administrator import create_first_administrator
from zhiheng_web.organisation.operator import OPERATOR
create_first_administrator(OPERATOR, "boss", "系统管理员", "long-enough-4711")
"""


@pytest.fixture
def served(tmp_path: Path) -> Path:
    """The data folder of a service for real use with its first administrator, as ``serve`` and ``administrator`` leave it."""
    folder = tmp_path / "service"
    folder.mkdir()
    settings = environment(folder) | {"DJANGO_SETTINGS_MODULE": "zhiheng_web.config.settings", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    subprocess.run([sys.executable, "-c", SERVED], cwd=ROOT, env=settings, check=True, capture_output=True)
    return folder


def test_a_service_is_read_and_never_filled_with_the_demonstration(served: Path, tmp_path: Path) -> None:
    """On SQLite there is no DATABASE_URL: nothing of Linyi may come into the service, nor its accounts whose password everybody knows."""
    done = published(served, tmp_path / "site")
    assert done.returncode == 2
    assert "还没有已公开的材料" in done.stderr
    assert "Traceback" not in done.stderr
    with sqlite3.connect(served / "zhiheng.sqlite3") as database:
        names = [name for (name,) in database.execute("SELECT username FROM organisation_account")]
        departments = database.execute("SELECT count(*) FROM organisation_department").fetchone()[0]
    assert (names, departments) == (["boss"], 0)


def test_what_a_service_published_is_what_is_written(demonstrated: Path, tmp_path: Path) -> None:
    """A database that is no demonstration's (it lacks its mark) is published as it is, and nothing is said of a demonstration."""
    folder = copied(demonstrated, tmp_path / "data")
    (folder / "demonstration").unlink()
    done = published(folder, tmp_path / "site")
    assert done.returncode == 0, done.stderr
    assert "演示" not in done.stderr
    assert (tmp_path / "site" / "index.html").exists()


def test_a_folder_of_other_things_is_not_taken_for_data(tmp_path: Path) -> None:
    (tmp_path / "important.txt").write_text("mine")
    done = published(tmp_path, tmp_path.parent / "site")
    assert done.returncode == 2
    assert str(tmp_path) in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["important.txt"]
