"""Old documents go through a converter. Here a small program stands for it, so that its failures can be staged."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.zhiheng.tables.formats import samples
from tests.zhiheng.tables.formats.test_xls import compound

from zhiheng.tables.formats import read
from zhiheng.tables.grid import Refused

STAGED = """#!{python}
import pathlib, sys, time
folder = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
source = pathlib.Path(sys.argv[-1])
assert any(a.startswith("-env:UserInstallation=file://" + str(folder)) for a in sys.argv)
assert source.parent == folder and source.read_bytes()
{action}
"""


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, action: str) -> None:
    program = folder / "soffice"
    program.write_text(STAGED.format(python=sys.executable, action=action))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "旧 文档.wps"
    path.write_bytes(compound("WordDocument"))
    return path


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as caught:
        read(path)
    return caught.value.problem.code


def test_without_a_converter_it_is_said_what_to_install(old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refusal(old) == "needs-converter"


@pytest.mark.parametrize("kind", ["doc", "rtf"])
def test_with_a_converter_its_docx_is_read(old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    (tmp_path / "made.docx").write_bytes(samples.docx())
    install(tmp_path, monkeypatch, f"(folder / 'document.docx').write_bytes(pathlib.Path({str(tmp_path / 'made.docx')!r}).read_bytes())")
    if kind == "rtf":
        old.write_bytes(b"{\\rtf1 x}")
    source = read(old)
    assert (source.format, source.file, source.grids[0].rows) == (kind, "旧 文档.wps", samples.MERGED)


def test_a_converter_that_fails_or_hangs(old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, "sys.exit(1)")
    assert refusal(old) == "converter-failed"
    install(tmp_path, monkeypatch, "(folder / 'document.docx').write_bytes(b'')")
    assert refusal(old) == "converter-failed"
    install(tmp_path, monkeypatch, "time.sleep(60)")
    monkeypatch.setattr("zhiheng.tables.formats.doc.CONVERTER_SECONDS", 0.2)
    assert refusal(old) == "converter-slow"
    (tmp_path / "soffice").write_bytes(b"no program")
    assert refusal(old) == "converter-failed"
