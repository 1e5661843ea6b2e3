"""Runs the service's processes together: web server, worker of jobs, notices. They begin and end with this process."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from zhiheng_cli.texts import Failure, text

PATIENCE = 60
"""Seconds in which the first page must come."""
GRACE = 10
"""Seconds in which a process may end what it is doing."""
NOTICES_EVERY = "15"
MANAGE = [sys.executable, "-m", "zhiheng_web"]
UNCHECKED = "--skip-checks"
"""Checking imports every page and the API, which these processes never use: three quarters of their start."""
THREADS = 4
"""Requests that each web process answers at a time."""
KEPT_OPEN = 5
"""Seconds that a connection waits for its first and for its next request."""


@dataclass
class Processes:
    """The children by name, with the command each was started by."""

    commands: dict[str, list[str]]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str) -> None:
        """Start one. It gets its own group: Ctrl-C reaches this process only, which then ends them in order."""
        command = self.commands[name]
        self.running[name] = subprocess.Popen(command, start_new_session=True, preexec_fn=die_with_parent())  # noqa: S603, PLW1509

    def watch(self) -> str:
        """Return when the web server has ended; start the others again when they end."""
        begun = dict.fromkeys(self.commands, 0.0)
        while True:
            for name, process in list(self.running.items()):
                if process.poll() is None:
                    continue
                if name == "web":
                    return name
                if time.monotonic() - begun[name] > GRACE:
                    begun[name] = time.monotonic()
                    self.start(name)
            time.sleep(0.5)

    def stop(self) -> None:
        """Ask all to end, then end them."""
        for process in self.running.values():
            if process.poll() is None:
                process.terminate()
        until = time.monotonic() + GRACE
        for process in self.running.values():
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def die_with_parent() -> Callable[[], None] | None:
    """On Linux a child ends when this process is killed, however that happens."""
    if not sys.platform.startswith("linux"):
        return None
    import ctypes

    libc = ctypes.CDLL(None)
    parent_death_signal = 1
    return lambda: libc.prctl(parent_death_signal, signal.SIGTERM)


def web_server(host: str, port: int, workers: int = 0) -> list[str]:
    """The command of the web server; 0 processes: one more than the machine has processors, 9 at most."""
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    processes = workers or min(9, (os.cpu_count() or 1) + 1)
    command = [sys.executable, "-m", "gunicorn", "zhiheng_web.config.wsgi:application", "--bind", bind]
    command += ["--workers", str(processes), "--threads", str(THREADS), "--keep-alive", str(KEPT_OPEN)]
    command += ["--worker-class", "zhiheng_web.config.web_worker.WebWorker"]
    command += ["--preload", "--no-control-socket", "--timeout", "120", "--log-level", "warning", "--max-requests", "5000"]
    return [*command, "--max-requests-jitter", "500", "--forwarded-allow-ips", os.environ.get("ZHIHENG_PROXIES", "127.0.0.1")]


def jobs() -> list[str]:
    """The command of the worker that does what takes long."""
    return [*MANAGE, "db_worker", "--queue-name", "*", "--no-reload", UNCHECKED]


def service(host: str, port: int, workers: int = 0) -> Processes:
    """Web server, worker and notices of the service as the environment sets it up."""
    return Processes(
        {
            "web": web_server(host, port, workers),
            "worker": jobs(),
            "notices": [*MANAGE, "make_notices", "--every", NOTICES_EVERY, UNCHECKED],
        }
    )


def refuse_taken(host: str, port: int) -> None:
    """A port that another program listens on is said in words, before anything is done."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as fault:
            raise Failure(text("port_taken", port=port, other=port + 1, reason=getattr(fault, "strerror", "") or fault)) from None


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Only one service runs on a data folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "running").open("a") as handle:
        if os.name != "nt":
            import fcntl

            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Failure(text("already_running", folder=folder)) from None
        yield


def run(processes: Processes, address: str, ready: Callable[[], None]) -> int:
    """Run until Ctrl-C or a signal to end. ``ready`` is called when the first page has come."""
    signal.signal(signal.SIGTERM, interrupt)
    try:
        for name in processes.commands:
            processes.start(name)
        wait_for(address, processes.running["web"])
        ready()
        processes.watch()
    except KeyboardInterrupt:
        print(text("service_stopped"), file=sys.stderr)
        return 0
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not cut the ending short
        processes.stop()
    raise Failure(text("web_server_ended"))


def interrupt(_signal: int, _frame: object) -> None:
    """A signal to end is taken like Ctrl-C."""
    raise KeyboardInterrupt


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Return when the service answers at its health address; the machine's proxy settings are not asked."""
    opener = build_opener(ProxyHandler({}))
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            opener.open(f"{address}/health/", timeout=5).close()
        except (URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise Failure(text("web_server_ended"))
