"""What the project promises about its own shape."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"
MODULES = [path for path in sorted(SOURCE.rglob("*.py")) if path.parent.name != "migrations" or path.name == "__init__.py"]
CODE = [*MODULES, *sorted((ROOT / "benchmarks").glob("*.py")), ROOT / "run.py"]
LOCKS = sorted(ROOT.glob("requirements*.lock"))
LONGEST = 400
NAMES_THAT_SAY_NOTHING = {"util", "utils", "helper", "helpers", "common", "misc", "service", "services", "manager", "managers"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", CODE, ids=name)
def test_a_module_is_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST, "split it by concept"


def test_no_name_says_nothing() -> None:
    named = {path: {part.removesuffix(".py") for part in path.relative_to(SOURCE).parts} for path in MODULES}
    assert [name(path) for path, parts in named.items() if parts & NAMES_THAT_SAY_NOTHING] == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


def test_every_folder_of_code_is_a_package() -> None:
    folders = {path.parent for path in MODULES} - {SOURCE}
    assert [name(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


EXACT = [path for folder in ("values", "plan", "scoring", "monitoring") for path in sorted((SOURCE / "zhiheng" / folder).rglob("*.py"))]


@pytest.mark.parametrize("path", EXACT, ids=name)
def test_figures_are_exact(path: Path) -> None:
    """No float literal, no call of float(): quantities, money and points are Decimal or whole numbers."""
    found = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float")
    ]
    assert found == []


@pytest.mark.parametrize("path", LOCKS, ids=name)
def test_a_lock_names_versions_and_hashes_but_no_address(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "://" not in text
    assert "index-url" not in text
    pinned = re.findall(r"^[a-z0-9._-]+(?:\[[a-z,]+\])?==", text, re.MULTILINE)
    assert pinned
    assert text.count("--hash=sha256:") >= len(pinned)


def test_the_test_lock_holds_the_same_versions_as_the_core_lock() -> None:
    def pins(path: Path) -> set[str]:
        return set(re.findall(r"^([a-z0-9._-]+==\S+)", path.read_text("utf-8"), re.MULTILINE))

    assert pins(ROOT / "requirements.lock") <= pins(ROOT / "requirements-test.lock")


def tracked() -> list[Path]:
    """Every text file of the project. An unpacked archive has no git: then everything that is not hidden."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False) if has_git() else None
    if listed is not None and listed.returncode == 0:
        return [ROOT / part for part in listed.stdout.split("\0") if part and (ROOT / part).is_file()]
    made = re.compile(r"(?:^|/)(?:\.|__pycache__/)")
    return [path for path in ROOT.rglob("*") if path.is_file() and not made.search(str(path.relative_to(ROOT)))]


def has_git() -> bool:
    from shutil import which

    return which("git") is not None and (ROOT / ".git").exists()


def test_no_file_names_a_path_of_one_machine_or_a_package_index() -> None:
    suspicious = re.compile(re.escape(str(ROOT)) + r"/|https?://[^\s\"']*/(?:simple|packages)/|/home/\w+/|/tmp/\w+/")
    found = []
    for path in tracked():
        data = path.read_bytes()
        if b"\0" in data or path == Path(__file__):
            continue
        text = data.decode("utf-8", "replace")
        found += [f"{name(path)}: {match.group()}" for match in suspicious.finditer(text)]
    assert found == []


def test_there_is_no_skipped_test_and_no_stub() -> None:
    marks = re.compile(r"pytest\.mark\.(?:skip|xfail)|pytest\.skip\(|raise NotImplementedError|\b(?:TO" + "DO|FIX" + r"ME)\b")
    files = [*CODE, *(path for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__))]
    assert [name(path) for path in files if marks.search(path.read_text("utf-8"))] == []
