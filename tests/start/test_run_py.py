"""run.py on a machine where pip and uv are stand-ins that write down what they are asked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PIP = """
import os, sys
from pathlib import Path
if sys.argv[1:3] == ["config", "list"]:
    print(os.environ.get("STAND_IN_CONFIG", ""))
    sys.exit(0)
with open(os.environ["STAND_IN_LOG"], "a") as log:
    log.write("pip\\n")
with open(os.environ["STAND_IN_LOG"] + "-words", "a") as log:
    log.write(" ".join(sys.argv[1:]) + "\\n")
if os.environ.get("STAND_IN_FAILS") == "pip":
    sys.exit("no network")
folder = Path(sys.argv[sys.argv.index("--target") + 1]) / "uv"
folder.mkdir(parents=True)
(folder / "__init__.py").write_text("")
(folder / "__main__.py").write_text(Path(os.environ["STAND_IN_UV"]).read_text())
"""

UV = """
import os, sys, time
from pathlib import Path
words = sys.argv[1:]
verbs = [word for word in words[:2] if not word.startswith("-")]
with open(os.environ["STAND_IN_LOG"], "a") as log:
    open(os.environ["STAND_IN_LOG"] + "-words", "a").write(" ".join(words) + "\\n")
    log.write(" ".join(["uv", *verbs, os.environ.get("UV_DEFAULT_INDEX", "")]) + "\\n")
if words[0] == "venv":
    folder = Path(words[-1]) / "bin"
    folder.mkdir(parents=True)
    (folder / "python").symlink_to(sys.executable)
else:
    time.sleep(0.2)
    if os.environ.get("STAND_IN_FAILS") == "uv":
        sys.exit("no network")
print("words that belong to nobody")
"""

COMMAND = "import os, sys\nprint(os.getcwd(), *sys.argv[1:])\nsys.exit(len(sys.argv) - 1)\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with run.py, its locks, and a command that only repeats its arguments."""
    folder = tmp_path / "a project"
    (folder / "src" / "zhiheng_cli").mkdir(parents=True)
    for name in ("run.py", "requirements-boot.lock", "requirements.lock", "requirements-test.lock"):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    (folder / "src" / "zhiheng_cli" / "__main__.py").write_text(COMMAND)
    stand_ins = tmp_path / "stand-ins" / "pip"
    stand_ins.mkdir(parents=True)
    (stand_ins / "__init__.py").write_text("")
    (stand_ins / "__main__.py").write_text(PIP)
    (tmp_path / "uv.py").write_text(UV)
    return folder


def start(project: Path, *arguments: str, cwd: Path | None = None, **settings: str) -> subprocess.Popen[str]:
    beside = project.parent
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("UV_", "PIP_", "COV_", "COVERAGE"))}
    environment |= {
        "PYTHONPATH": str(beside / "stand-ins"),
        "STAND_IN_LOG": str(beside / "log"),
        "STAND_IN_UV": str(beside / "uv.py"),
        **settings,
    }
    return subprocess.Popen(
        [sys.executable, str(project / "run.py"), *arguments],
        cwd=cwd or beside,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(project: Path, *arguments: str, cwd: Path | None = None, **settings: str) -> subprocess.CompletedProcess[str]:
    process = start(project, *arguments, cwd=cwd, **settings)
    out, err = process.communicate(timeout=60)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def log(project: Path) -> list[str]:
    path = project.parent / "log"
    return [line.strip() for line in path.read_text().splitlines()] if path.exists() else []


def test_the_first_run_sets_up_and_the_command_speaks_alone_on_standard_output(project: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = run(project, "check", "a b", cwd=elsewhere)
    assert done.stdout == f"{elsewhere} check a b\n", "the caller's folder, the arguments as they were"
    assert done.returncode == 2, "the exit code is the command's"
    assert log(project) == ["pip", "uv venv", "uv pip sync"]
    assert "words that belong to nobody" in done.stderr


def test_the_second_run_needs_neither_pip_nor_network(project: Path) -> None:
    run(project, "x")
    before = log(project)
    done = run(project, "x", STAND_IN_FAILS="pip")
    assert (done.returncode, done.stderr) == (1, "")
    assert log(project) == before


def test_another_lock_file_makes_another_environment(project: Path) -> None:
    run(project, "x")
    with (project / "requirements.lock").open("a") as lock:
        lock.write("# newer\n")
    assert run(project, "x").returncode == 1
    assert log(project) == ["pip", "uv venv", "uv pip sync", "uv venv", "uv pip sync"], "uv itself is fetched once"


@pytest.mark.parametrize("step", ["pip", "uv"])
def test_what_was_interrupted_is_repaired_the_next_time(project: Path, step: str) -> None:
    broken = run(project, "x", STAND_IN_FAILS=step)
    assert broken.returncode == 2
    assert broken.stdout == ""
    assert "运行环境没有准备好" in broken.stderr
    assert "did not finish" in broken.stderr
    assert "Traceback" not in broken.stderr
    mended = run(project, "x")
    assert mended.returncode == 1
    assert mended.stdout


def test_an_environment_without_its_stamp_is_not_trusted(project: Path) -> None:
    run(project, "x")
    (project / ".zhiheng" / "core" / "stamp").unlink()
    assert run(project, "x").returncode == 1
    assert log(project).count("uv venv") == 2


def test_three_at_once_set_up_once(project: Path) -> None:
    processes = [start(project, "x") for _ in range(3)]
    results = [(process.communicate(timeout=60), process.returncode) for process in processes]
    assert [code for _, code in results] == [1, 1, 1]
    assert log(project) == ["pip", "uv venv", "uv pip sync"]


def test_uv_goes_to_the_index_that_pip_is_set_to(project: Path) -> None:
    run(project, "x", STAND_IN_CONFIG="global.index-url='mirror.example'")
    assert log(project) == ["pip", "uv venv mirror.example", "uv pip sync mirror.example"]


def test_an_archive_brings_its_wheels_and_asks_no_index(project: Path) -> None:
    (project / "wheels").mkdir()
    assert run(project, "x").returncode == 1
    pip, venv, sync = (project.parent / "log-words").read_text().splitlines()
    for words in (pip, sync):
        assert f"--no-index --find-links {project / 'wheels'}" in words
    assert "--offline" in sync
    assert venv.startswith("venv")


def test_everything_is_written_inside_the_project(project: Path, tmp_path: Path) -> None:
    before = {path for path in tmp_path.rglob("*") if project not in path.parents}
    run(project, "x", HOME=str(tmp_path / "home"))
    after = {path for path in tmp_path.rglob("*") if project not in path.parents and "__pycache__" not in path.parts}
    assert after - before == {tmp_path / "log", tmp_path / "log-words"}
    assert {path.name for path in project.iterdir()} - {"src", "run.py"} == {
        ".zhiheng",
        "requirements-boot.lock",
        "requirements.lock",
        "requirements-test.lock",
    }
