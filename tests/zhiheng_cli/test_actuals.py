"""``zhiheng actuals``: the demonstration is made if there is none, and every indicator is a line of plain data."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.demonstrated import copied

KEYS = {"indicator", "value", "state", "measure", "counted", "not_counted", "snapshot"}


def asked(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ZHIHENG_DATA": str(folder), "PYTHONPATH": "src"}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "zhiheng_cli", "actuals", *options]
    return subprocess.run(command, env=environment, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def folder(demonstrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration that this command made when there was none."""
    return copied(demonstrated, tmp_path_factory.mktemp("demo") / "demo")


def test_all_36_indicators_as_data(demonstrated: Path, folder: Path) -> None:
    done = asked(folder, "--format", "json")
    assert done.returncode == 0, done.stderr
    assert done.stdout == demonstrated.with_suffix(".made").read_text("utf-8"), "what it said when it had to make the demonstration"
    lines = json.loads(done.stdout)
    assert len(lines) == 36
    assert all(line.keys() >= KEYS for line in lines)
    assert all(line["value"] is None or isinstance(line["value"], str) for line in lines)


def test_a_day_that_is_none_is_said(folder: Path) -> None:
    done = asked(folder, "--on", "2020-06-31", "--format", "json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "2020-06-31" in done.stderr
