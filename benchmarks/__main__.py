"""List the benchmarks, or run one and print its table."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measure import Row

FOLDER = Path(__file__).parent
NOT_BENCHMARKS = {"__init__", "__main__", "measure"}


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.py") if path.stem not in NOT_BENCHMARKS)


def main() -> int:
    parser = argparse.ArgumentParser(prog="run.py bench", description="Benchmarks; without a name: list them.")
    parser.add_argument("name", nargs="?")
    parser.add_argument("--quick", action="store_true", help="less work, rougher figures")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    chosen = parser.parse_args()
    if chosen.name is not None and chosen.name not in names():
        known = "、".join(names())
        print(f"没有名为 {chosen.name} 的性能测试，可用：{known}", file=sys.stderr)
        print(f"There is no benchmark {chosen.name}; there are: {', '.join(names())}", file=sys.stderr)
        return 2
    if chosen.name is None:
        for name in names():
            print(f"{name:<10}{importlib.import_module(f'benchmarks.{name}').TITLE}")
        return 0
    benchmark = importlib.import_module(f"benchmarks.{chosen.name}")
    rows = [Row(*row) for row in benchmark.run(chosen.quick)]
    if chosen.format == "json":
        answer = {"benchmark": chosen.name, "title": benchmark.TITLE, "machine": machine(), "rows": [row._asdict() for row in rows]}
        print(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        print(benchmark.TITLE)
        print(machine())
        print(table(rows))
    return 0


def machine() -> str:
    """What the figures were measured on."""
    model = "unknown processor"
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        model = next((line.partition(":")[2].strip() for line in cpuinfo.read_text().splitlines() if line.startswith("model name")), model)
    return f"{model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def table(rows: Sequence[Row]) -> str:
    """The rows as an aligned table."""
    lines = [(row.name, shown(row.figure), row.unit, "" if row.ratio is None else f"{row.ratio:.2f} ×") for row in rows]
    cells = [("figure", "", "", "ratio"), *lines]
    widths = [max(len(row[column]) for row in cells) for column in range(4)]
    return "\n".join(f"{a:<{widths[0]}}  {b:>{widths[1]}} {c:<{widths[2]}}  {d:>{widths[3]}}".rstrip() for a, b, c, d in cells)


def shown(figure: float) -> str:
    """A figure with as many digits as are worth reading."""
    return f"{figure:,.0f}" if abs(figure) >= 100 else f"{figure:.3g}"


if __name__ == "__main__":
    sys.exit(main())
