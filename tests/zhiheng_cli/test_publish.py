"""``zhiheng publish``: from nothing to a site whose every figure is recomputed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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
    assert check.stdout.count("\tok\n") > 100
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
