"""A file of any type into grids. What it is decides its content; its name is only a hint."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

from zhiheng.plan.place import Place, Problem
from zhiheng.tables.formats.limits import MAX_CELL, MAX_FILE, MAX_TEXT, SAMPLE
from zhiheng.tables.formats.problems import refused
from zhiheng.tables.formats.sniffing import by_bytes, by_members, by_text
from zhiheng.tables.grid import Grid, Refused, Source


def read(path: Path) -> Source:
    """The grids of a file, and what was wrong with it.

    Raises `Refused` for a file of which nothing can be read: missing, empty, encrypted, damaged, too large, of an
    unknown kind, a picture. The problem in it names the file and says what to do.
    """
    file = path.name or str(path)
    data = _bytes(path, file)
    if not data:
        raise refused("empty", file)
    kind = by_bytes(data, file)
    try:
        return _bounded(_read(data, kind, file, path))
    except Refused:
        raise
    except Exception as fault:  # a reader of someone else's making may fail in any way
        raise refused("file-damaged", file, format=kind, fault=type(fault).__name__) from fault


def _bytes(path: Path, file: str) -> bytes:
    """The content of a file. Refuses what is no file, is closed to the reader, or is too large."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise refused("not-a-file", file)
        if status.st_size > MAX_FILE:
            raise refused("too-large", file, size=status.st_size // 1_000_000, limit=MAX_FILE // 1_000_000)
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE + 1)
    except FileNotFoundError as fault:
        raise refused("file-missing", file) from fault
    except PermissionError as fault:
        raise refused("file-closed", file) from fault
    except (OSError, ValueError) as fault:
        raise refused("file-unreadable", file, fault=type(fault).__name__) from fault
    if len(data) > MAX_FILE:
        raise refused("too-large", file, size=len(data) // 1_000_000, limit=MAX_FILE // 1_000_000)
    return data


def _bounded(source: Source) -> Source:
    """The source, unless its texts are longer than any table's: one text may stand in a million cells of a small file."""
    total = 0
    for grid in source.grids:
        for number, row in zip(grid.numbers, grid.rows, strict=True):
            longest = max(map(len, row), default=0)
            if longest > MAX_CELL:
                raise refused("cell-too-long", Place(source.file, grid.sheet, grid.page, number), row=number, limit=MAX_CELL)
            total += sum(map(len, row)) if longest else 0
        total += sum(map(len, grid.before)) + sum(map(len, grid.after))
    if total > MAX_TEXT:
        raise refused("text-too-long", source.file, limit=MAX_TEXT)
    return source


def _read(data: bytes, kind: str, file: str, path: Path) -> Source:
    if kind == "zip":
        return _zipped(data, file)
    if kind == "pdf":
        from zhiheng.tables.formats.isolation import read_apart

        return read_apart(data, file)
    if kind == "ole":
        from zhiheng.tables.formats.ole import Compound

        kind = Compound(data, file).kind()
    if kind in {"xls", "biff"}:
        from zhiheng.tables.formats.xls import read_xls

        return read_xls(data, file)
    if kind in {"doc", "rtf"}:
        from zhiheng.tables.formats.doc import as_docx
        from zhiheng.tables.formats.docx import read_docx

        return _document(*read_docx(as_docx(data, f".{kind}", file), file), file, kind)
    return _text(data, file, path.suffix.lower())


def _zipped(data: bytes, file: str) -> Source:
    from zhiheng.tables.formats.archives import Archive

    archive = Archive(data, file)
    kind = by_members(archive.names, archive.read("mimetype") if "mimetype" in archive.names else b"", file)
    if kind == "xlsx":
        from zhiheng.tables.formats.xlsx import read_xlsx

        return read_xlsx(data, file)
    if kind == "docx":
        from zhiheng.tables.formats.docx import read_docx

        return _document(*read_docx(data, file), file, kind)
    if kind == "ofd":
        from zhiheng.tables.formats.ofd import read_ofd

        return read_ofd(data, file)
    if "META-INF/manifest.xml" in archive.names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise refused("encrypted", file)
    return _open_document(archive.read("content.xml"), "content.xml", file)


def _open_document(data: bytes, part: str, file: str) -> Source:
    from zhiheng.tables.formats.markup import parse
    from zhiheng.tables.formats.odf import read_odf

    kind, grids, below, problems = read_odf(parse(data, file, part), file)
    return _document(grids, below, problems, file, kind)


def _text(data: bytes, file: str, suffix: str) -> Source:
    from zhiheng.tables.formats.encodings import decoded

    text, problems = decoded(data, file, markup=data.lstrip()[:1] == b"<" or b"<table" in data[:SAMPLE].lower())
    kind = by_text(text)
    if kind == "xml":
        return _xml(data, file)
    if kind == "html":
        from zhiheng.tables.formats.html import read_html

        grids, below, more = read_html(text, file)
        return _document(grids, below, problems + more, file, kind)
    if kind == "mht":
        from zhiheng.tables.formats.mht import read_mht

        return _document(*read_mht(data, file), file, kind)
    return _plain(text, problems, file, suffix)


def _xml(data: bytes, file: str) -> Source:
    """A workbook or an OpenDocument as one XML file."""
    from zhiheng.tables.formats.markup import local, parse

    root = parse(data.lstrip(), file, file)
    name = local(root)
    if name == "Workbook":
        from zhiheng.tables.formats.spreadsheetml import read_spreadsheetml

        return read_spreadsheetml(root, file)
    if name == "document":
        return _open_document(data.lstrip(), file, file)
    raise refused("xml-unknown", file, root=name)


def _document(grids: tuple[Grid, ...], below: tuple[str, ...], problems: list[Problem], file: str, kind: str) -> Source:
    """Tables with the lines around them; without a table the lines are read like a text file."""
    if grids:
        return Source(file, kind, (*grids[:-1], replace(grids[-1], after=below)), tuple(problems))
    return replace(_plain("\n".join(below), problems, file, ""), format=kind)


def _plain(text: str, problems: list[Problem], file: str, suffix: str) -> Source:
    """Text as a table of tabs, of bars, of commas, or line by line."""
    from zhiheng.tables.formats.csv import csv_grid, separator
    from zhiheng.tables.formats.pipes import is_piped, pipe_grid
    from zhiheng.tables.formats.text import is_tabbed, line_grid, lines, tab_grid

    found = lines(text, file)
    if not any(line.strip() for line in found):
        raise refused("empty", file)
    if suffix != ".csv" and (is_tabbed(found) or suffix in {".tsv", ".tab"}):
        grid, more = tab_grid(found, file)
        return Source(file, "tsv", (grid,), (*problems, *more))
    if suffix != ".csv" and is_piped(found):
        return Source(file, "pipes", (pipe_grid(found, file),), tuple(problems))
    mark = separator(found, file, named=suffix == ".csv")
    if mark is not None:
        grid, more = csv_grid(found, mark, file)
        return Source(file, "csv", (grid,), (*problems, *more))
    return Source(file, "text", (line_grid(found),), tuple(problems))
