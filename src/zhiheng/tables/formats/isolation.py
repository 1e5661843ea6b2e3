"""PDF is read in a process of its own: a page may keep a reader busy for ever or ask for all memory, and neither must last.

The process gets the bytes and gives grids and problems as JSON; it is stopped after `PDF_SECONDS`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from typing import Any

from zhiheng.plan.place import Place, Problem
from zhiheng.tables.formats.limits import PDF_MEMORY, PDF_SECONDS
from zhiheng.tables.formats.pdf import read_pdf
from zhiheng.tables.formats.problems import refused
from zhiheng.tables.grid import Grid, Refused, Source, Span

ORDER = ("-m", __name__)
OUT_OF_MEMORY = 3  # exit code


def read_apart(data: bytes, file: str) -> Source:
    """What `read_pdf` gives, within bounded time and memory."""
    order = [sys.executable, *ORDER, file]
    places = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(order, input=data, capture_output=True, timeout=PDF_SECONDS, env=places, check=False)  # noqa: S603 - ourselves
    except subprocess.TimeoutExpired as fault:
        raise refused("pdf-slow", file, seconds=PDF_SECONDS) from fault
    if done.returncode:
        reason = "memory" if done.returncode == OUT_OF_MEMORY else str(done.returncode)
        raise refused("file-damaged", file, format="pdf", fault=reason)
    return received(json.loads(done.stdout), file)


def sent(data: bytes, file: str) -> dict[str, Any]:
    """What the process tells: grids and problems, or the problem that made it refuse."""
    try:
        grids, problems = read_pdf(data, file)
    except Refused as answer:
        return {"refused": asdict(answer.problem)}
    except MemoryError:
        raise
    except Exception as fault:  # noqa: BLE001 - a reader of someone else's making may fail in any way
        return {"refused": asdict(refused("file-damaged", file, format="pdf", fault=type(fault).__name__).problem)}
    return {"grids": [asdict(grid) for grid in grids], "problems": [asdict(problem) for problem in problems]}


def received(answer: dict[str, Any], file: str) -> Source:
    """What the process told, as values again."""
    if "refused" in answer:
        raise Refused(_problem(answer["refused"]))
    return Source(file, "pdf", tuple(map(_grid, answer["grids"])), tuple(map(_problem, answer["problems"])))


def _problem(told: dict[str, Any]) -> Problem:
    parameters = tuple((str(name), str(value)) for name, value in told["parameters"])
    return Problem(told["code"], Place(**told["place"]), parameters, told["repaired"])


def _grid(told: dict[str, Any]) -> Grid:
    flat: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    flat["rows"] = tuple(map(tuple, told["rows"]))
    flat["spans"] = tuple(Span(**span) for span in told["spans"])
    return Grid(**flat)


def main() -> int:
    """Read a PDF from standard input, with a bound on memory where the system knows one."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (PDF_MEMORY, PDF_MEMORY))
    except (ImportError, OSError, ValueError):
        pass  # the time is bounded still
    try:
        answer = sent(sys.stdin.buffer.read(), sys.argv[1])
    except MemoryError:
        return OUT_OF_MEMORY
    sys.stdout.buffer.write(json.dumps(answer).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
