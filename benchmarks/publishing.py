"""``zhiheng publish`` from nothing: the demonstration's year entered through its actions, then the site; and once more from that year."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measure import Row

TITLE = "zhiheng publish: the demonstration's year from an empty folder to its static site, on 2 cores (bar 60 s)"
ROOT = Path(__file__).parents[1]
CORES = 2
BAR = 60.0


def run(quick: bool) -> list[tuple[str, float, str, float | None]]:
    """Seconds from the command to its end, as a share of the bar; and of the same command on the folder that is there then."""
    del quick  # there is one year
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        first, again = published(folder, "first"), published(folder, "again")
        begun = time.perf_counter()
        program = folder / "first" / "proof" / "verify.py"
        proof = subprocess.run([sys.executable, "-I", "-S", str(program)], capture_output=True, check=False)
        checked = time.perf_counter() - begun
        if proof.returncode:
            raise RuntimeError(proof.stdout.decode()[-500:])
    return [
        Row("the bar", BAR, "s", 1.0),
        Row("from nothing", first, "s", first / BAR),
        Row("again, the year being there", again, "s", again / BAR),
        Row("every figure recomputed by proof/verify.py", checked, "s", checked / BAR),
    ]


def published(folder: Path, name: str) -> float:
    """Seconds of the command on two cores of this machine."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("ZHIHENG_", "DJANGO_", "DATABASE_"))}
    settings = kept | {"PYTHONPATH": str(ROOT / "src"), "ZHIHENG_DATA": str(folder / "data")}
    command = [sys.executable, "-m", "zhiheng_cli", "publish", "--out", str(folder / name)]
    begun = time.perf_counter()
    subprocess.run(command, env=settings, check=True, capture_output=True, preexec_fn=two_cores)
    return time.perf_counter() - begun


def two_cores() -> None:
    """Keep this process and its own on two cores, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
