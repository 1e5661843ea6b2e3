"""Make check.png: what `check` prints for the real table, its beginning and the findings of one duty.

Needs chromium and the font Noto Sans Mono CJK:

    PYTHONPATH=src .zhiheng/core/bin/python docs/images/screenshot.py
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from zhiheng.audit.selection import Selection
from zhiheng_cli.checking import Wanted, examine

ROOT = Path(__file__).parents[2]
TABLE = "examples/linyi-2020/table.txt"
COLUMNS = 108
PAGE = """<meta charset="utf-8"><style>body {{ margin: 0; background: #1b1f24 }}
pre {{ margin: 24px; font: 15px/1.45 "Noto Sans Mono CJK SC"; color: #d5dae0 }}</style><pre>{}</pre>"""


def lines() -> list[str]:
    """The prompt, the head and the first duties, then the findings of the third duty."""
    wanted = Wanted("zh", "text", Selection(), {}, summary=False, width=COLUMNS, colour=True)
    shown = examine(wanted, Path(TABLE)).text.splitlines()
    plain = [Text.from_ansi(line).plain for line in shown]
    fourth = next(number for number, line in enumerate(plain) if line.startswith("4 "))
    findings = next(number for number, line in enumerate(plain) if line.startswith("审核发现"))
    third, end = (next(n for n, line in enumerate(plain) if n > findings and line.startswith(f"{duty} ")) for duty in (3, 4))
    picked = [*shown[: fourth - 1], "⋮", shown[findings], "⋮", *shown[third : min(end, third + 22)], "⋮", shown[-1]]
    return [f"$ python3 run.py check {TABLE}", *picked]


def main() -> None:
    """Render the lines as a page and photograph it."""
    rows = lines()
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    for row in rows:
        console.print(Text.from_ansi(row), soft_wrap=True)
    body = console.export_html(theme=MONOKAI, inline_styles=True, code_format="{code}")
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("chromium is needed")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(PAGE.format(body), encoding="utf-8")
        size = f"--window-size={int(COLUMNS * 7.5) + 48},{int(len(rows) * 21.75) + 48}"
        picture = f"--screenshot={ROOT / 'docs' / 'images' / 'check.png'}"
        command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", size, picture, page.as_uri()]
        subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
