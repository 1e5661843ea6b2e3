"""The commands that run the service, as a person runs them: demo, administrator, trail, backup, restore."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

import pytest
from tests.demonstrated import copied
from tests.postgres import free_port
from tests.zhiheng_cli.conftest import Zhiheng

ROOT = Path(__file__).parents[2]
PATIENCE = 300
"""Seconds after which a service that gives no page counts as hung. How fast it is stands in docs/benchmarks.md."""


def settings(folder: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("ZHIHENG_", "DJANGO_", "DATABASE_", "COV_"))}
    return kept | {"PYTHONPATH": str(ROOT / "src"), "ZHIHENG_DATA": str(folder)}


def command(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "zhiheng_cli", *words]
    return subprocess.run(program, env=settings(folder) | more, capture_output=True, text=True, timeout=120, check=False)


def page(address: str) -> tuple[int, str]:
    try:
        with build_opener(ProxyHandler({})).open(address, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as answer:
        return answer.code, ""


@contextmanager
def demonstration(folder: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], str, float]]:
    """The demonstration running; its process, its address and the seconds until the first page."""
    port = free_port()
    begun = time.monotonic()
    program = [sys.executable, "-m", "zhiheng_cli", "demo", "--no-browser", "--port", str(port), *words]
    with (folder.parent / "output").open("w") as output:
        process = subprocess.Popen(program, env=settings(folder), stdout=output, stderr=output, text=True, preexec_fn=hear_interrupts)  # noqa: PLW1509
    address = f"http://127.0.0.1:{port}"
    try:
        while time.monotonic() - begun < PATIENCE:
            try:
                assert page(f"{address}/login/")[0] == 200
            except OSError:
                time.sleep(0.1)
            else:
                break
        yield process, address, time.monotonic() - begun
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.wait(30)


def hear_interrupts() -> None:
    """Ctrl-C is heard, though the tests themselves may have been started where it is not (nohup, a job in the background)."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def children_of(process: int) -> set[int]:
    """The processes below a process."""
    found, waiting = set(), [process]
    while waiting:
        for path in Path(f"/proc/{waiting.pop()}/task").glob("*/children"):
            waiting += (below := [int(word) for word in path.read_text().split()])
            found |= set(below)
    return found


def test_the_demonstration_from_start_to_reset(demonstrated: Path, tmp_path: Path) -> None:
    """It is started on a folder that a command filled from nothing, and filled from nothing once more by the reset."""
    folder = copied(demonstrated, tmp_path / "demo")
    with demonstration(folder) as (process, address, _):
        status, text = page(f"{address}/login/")
        assert status == 200
        assert "jixiao" in text, "the sign-in page lists the accounts"
        style = re.search(r'href="(/static/ui/[^"]+\.css)"', text)
        assert style is not None
        assert page(address + style[1])[0] == 200
        assert page(f"{address}/health/") == (200, '{"status": "ok"}')
        time.sleep(1)
        below = children_of(process.pid)
        idle = [socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2]))) for _ in range(200)]
        assert page(f"{address}/login/")[0] == 200, "connections that browsers open in advance keep nobody waiting"
        for connection in idle:
            connection.close()
        assert len(below) >= 4, "two web workers and their master, jobs, notices"
        busy = command(folder, "demo", "--no-browser", "--port", address.rpartition(":")[2])
        assert busy.returncode == 2
        assert "端口" in busy.stderr
        twice = command(folder, "demo", "--no-browser", "--port", str(free_port()))
        assert (twice.returncode, "already" in twice.stderr or "已有一个服务" in twice.stderr) == (2, True)
    output = (tmp_path / "output").read_text()
    assert address in output
    assert "zhiheng-demo-2020" in output
    assert "Traceback" not in output
    assert process.returncode == 0
    assert [number for number in below if Path(f"/proc/{number}").exists()] == [], "Ctrl-C ends them all"

    with sqlite3.connect(folder / "zhiheng.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM planning_indicatorrow").fetchone()[0] >= 36
        database.execute("UPDATE organisation_department SET name = '改过的名称' WHERE code = '331'")
    assert "whole" in command(folder, "trail", "verify", "--lang", "en").stdout
    with demonstration(folder):
        pass
    assert names(folder) == ["改过的名称"], "it keeps its database between runs"
    with demonstration(folder, "--reset"):
        pass
    assert names(folder) == ["临沂市科学技术局"]
    assert "约需一分钟" in (tmp_path / "output").read_text(), "whoever waits is told"


def names(folder: Path) -> list[str]:
    with sqlite3.connect(folder / "zhiheng.sqlite3") as database:
        return [row[0] for row in database.execute("SELECT name FROM organisation_department WHERE code = '331'")]


def test_a_folder_that_is_not_the_demonstrations_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "important").write_text("x")
    refused = command(tmp_path, "demo", "--no-browser", "--reset", "--port", str(free_port()))
    assert refused.returncode == 2
    assert str(tmp_path) in refused.stderr
    assert (tmp_path / "important").exists()


def test_a_taken_port_is_said_in_both_languages(zhiheng: Zhiheng) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"端口 {port} 不能使用" in zhiheng("demo", "--no-browser", "--port", port).err
        assert f"port {port} cannot be used" in zhiheng("--lang", "en", "serve", "--port", port).err


@pytest.fixture
def installation(tmp_path: Path) -> Path:
    """A real installation with its first administrator."""
    folder = tmp_path / "installation"
    made = command(folder, "administrator", "xitong", "--name", "张三")
    assert made.returncode == 0, made.stderr
    assert "xitong" in made.stdout
    return folder


def test_there_is_one_first_administrator_of_each_kind(installation: Path) -> None:
    again = command(installation, "administrator", "other", "--name", "李四")
    assert (again.returncode, "Traceback" in again.stderr) == (2, False)
    assert "张三" in again.stderr
    assert command(installation, "administrator", "anquan", "--name", "李四", "--role", "security").returncode == 0
    assert command(installation, "administrator", "x", "--name", "李四", "--role", "everything").returncode == 2


def test_a_backup_comes_back_and_a_damaged_one_does_not(installation: Path, tmp_path: Path) -> None:
    archive = tmp_path / "copy.zip"
    made = command(installation, "backup", str(archive))
    assert made.returncode == 0, made.stderr
    assert command(installation, "backup", str(archive)).returncode == 2, "nothing is overwritten"
    assert command(installation, "restore", "--check", str(archive)).returncode == 0
    restored = command(tmp_path / "other", "restore", str(archive))
    assert restored.returncode == 0, restored.stderr
    assert command(tmp_path / "other", "trail", "verify").returncode == 0
    damaged = bytearray(archive.read_bytes())
    damaged[len(damaged) // 3] ^= 1
    (tmp_path / "damaged.zip").write_bytes(damaged)
    refused = command(tmp_path / "third", "restore", str(tmp_path / "damaged.zip"))
    assert (refused.returncode, "Traceback" in refused.stderr) == (2, False)


def test_a_changed_trail_is_found(installation: Path) -> None:
    assert command(installation, "trail", "verify").returncode == 0
    with sqlite3.connect(installation / "zhiheng.sqlite3") as database:
        triggers = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        assert triggers
        for trigger in triggers:
            database.execute(f'DROP TRIGGER "{trigger}"')
        database.execute("UPDATE trail_trailrecord SET name = '别人' WHERE number = 1")
    found = command(installation, "trail", "verify")
    assert found.returncode == 1
    assert "第 1 条" in found.stdout


def test_an_unreachable_database_is_a_sentence(tmp_path: Path) -> None:
    answer = command(tmp_path, "administrator", "a", "--name", "b", DATABASE_URL=f"postgresql://nobody@127.0.0.1:{free_port()}/none")
    assert (answer.returncode, "Traceback" in answer.stderr) == (2, False)
    assert "DATABASE_URL" in answer.stderr
