"""Which files a command line means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from zhiheng_cli.texts import Failure, text

ENDINGS = frozenset(
    ".txt .tsv .tab .csv .html .htm .xlsx .xlsm .xls .et .ett .ods .docx .doc .wps .wpt .pdf .ofd".split()
)
"""Files of a folder that can be a table. What a file really is decides its content, once it is opened."""


def meant(paths: Iterable[Path]) -> Iterator[Path]:
    """Every file named, and in every folder named all files that can be a table, in order of name.

    A folder may hold anything, so only what can be a table is taken from it, and neither hidden files nor the lock
    files of an office suite; a file that is named is always taken. A name that does not exist is refused at once.
    """
    named = list(paths)
    for path in named:
        if not path.exists():
            raise Failure(text("no_such_file", file=path))
    for path in named:
        if path.is_dir():
            yield from within(path)
        else:
            yield path


def within(folder: Path) -> Iterator[Path]:
    """The tables in a folder and those below it."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "~$")):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from within(path)
        elif path.suffix.lower() in ENDINGS and path.is_file():
            yield path
