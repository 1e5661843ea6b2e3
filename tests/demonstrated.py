"""The demonstration with its invented year, made once in a test session by the command that people use, to be copied for each test.

``demonstrated`` is a data folder (SQLite and evidence files) that nobody changes; :func:`copied` gives a test one of its own. A service,
a command or a browser journey runs on it with ``ZHIHENG_DATA`` and the secret key of :func:`environment`.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DATABASE = "zhiheng.sqlite3"


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The settings of a process on a data folder: nothing of the caller's own ZHIHENG settings or database."""
    mine = ("ZHIHENG_", "COV_", "DJANGO_", "DATABASE_URL")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(mine)}
    return kept | {"PYTHONPATH": str(ROOT / "src"), "ZHIHENG_DATA": str(folder), "ZHIHENG_SECRET_KEY": "only-for-tests", **more}


def command(folder: Path, *words: str, **more: str) -> str:
    """What a command of ``zhiheng`` prints on a data folder; it must succeed."""
    called = [sys.executable, "-m", "zhiheng_cli", *words]
    done = subprocess.run(called, cwd=ROOT, env=environment(folder, **more), capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def copied(made: Path, folder: Path) -> Path:
    """A copy of the filled demonstration in ``folder``, for one test to change."""
    shutil.copytree(made, folder)
    return folder


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of all workers of a session; of all stages of ``run.py test``, which names it."""
    if given := os.environ.get("ZHIHENG_TEST_SHARED"):
        return Path(given)
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@pytest.fixture(scope="session")
def demonstrated(shared: Path) -> Path:
    """The data folder of the filled demonstration. All share one; the first that wants it makes it."""
    return demonstrated_in(shared)


def demonstrated_in(shared: Path) -> Path:
    """The filled demonstration in a shared folder, made when it is not there. Beside it stands what the command that made it said."""
    folder, mark = shared / "demonstrated", shared / "demonstrated.made"
    with (shared / "demonstrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not mark.exists():
            said = command(folder, "actuals", "--format", "json", PYTHONHASHSEED="1")
            mark.write_text(said, "utf-8")
    return folder
