"""How the benchmarks measure: medians of interleaved runs in one warm process, and memory of a process tree."""

from __future__ import annotations

import gc
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from typing import NamedTuple


class Row(NamedTuple):
    """One line of a benchmark's table. ``ratio`` is the figure over that of the thing it is compared with."""

    name: str
    figure: float
    unit: str
    ratio: float | None = None


def medians(works: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Median seconds of each piece of work.

    Each is done once before (imports, caches), then all in turn, so that a slow moment of the machine meets them alike.
    """
    for work in works.values():
        work()
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            gc.collect()
            begun = time.perf_counter()
            work()
            seconds[name].append(time.perf_counter() - begun)
    return {name: median(values) for name, values in seconds.items()}


class Watched(NamedTuple):
    """What running a command took: wall seconds and megabytes of it and all its children, sample by sample."""

    seconds: float
    megabytes: tuple[float, ...]
    exit_code: int


def watched(command: list[str], env: Mapping[str, str], interval: float = 0.1) -> Watched:
    """Run ``command`` and look at the memory of its process tree while it works."""
    samples: list[float] = []
    begun = time.perf_counter()
    with subprocess.Popen(command, env=dict(env), stdout=subprocess.DEVNULL) as process:
        done = threading.Event()

        def look() -> None:
            while not done.wait(interval):
                samples.append(tree_megabytes(process.pid))

        watcher = threading.Thread(target=look)
        watcher.start()
        code = process.wait()
        done.set()
        watcher.join()
    return Watched(time.perf_counter() - begun, tuple(samples) or (0.0,), code)


def tree_megabytes(root: int) -> float:
    """Memory of a process and all below it; what they share is counted once (proportional set size)."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(entry.name))
    total, waiting = 0, [root]
    while waiting:
        process = waiting.pop()
        waiting += children.get(process, [])
        try:
            lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return total / 1024
