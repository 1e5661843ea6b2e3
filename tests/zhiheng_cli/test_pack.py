"""zhiheng pack check: each fault with its file and line, and an exit code that a script can ask."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import zhiheng_kjj
from zhiheng_cli.main import run

PACK = Path(zhiheng_kjj.__file__).parent


def test_the_bureaus_pack_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pack", "check", str(PACK)]) == 0
    assert "36 项指标" in capsys.readouterr().out


@pytest.mark.parametrize(("lang", "words"), [("zh", "没有“editon”这一键"), ("en", "There is no key “editon”")])
def test_a_fault_is_printed_with_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, words: str) -> None:
    folder = tmp_path / "kjj"
    shutil.copytree(PACK, folder)
    index = folder / "pack.toml"
    lines = index.read_text("utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("edition"))
    lines.insert(at + 1, 'editon = "2"')
    index.write_text("\n".join(lines), "utf-8")
    assert run(["pack", "check", str(index), "--lang", lang]) == 1
    out = capsys.readouterr().out
    assert f"{index}:{at + 2}" in out
    assert words in out


def test_no_such_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pack", "check", str(tmp_path / "none.toml")]) == 2
    assert "none.toml" in capsys.readouterr().err
