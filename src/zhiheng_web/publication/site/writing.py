"""The static site in a folder: made whole beside it first, then put in its place; nothing of anybody else's is touched."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from zhiheng_web.publication.queries.published import Published
from zhiheng_web.publication.site import proof
from zhiheng_web.publication.site.pages import Maker, Site

MANIFEST, EXPECTED, PAGES = "manifest.json", "proof/files.json", "proof/data/pages.json"
FORMAT = "zhiheng-site/1"
CHUNK = 50
"""Pages that are handed over together."""


class Foreign(ValueError):  # noqa: N818 - what the folder is, not a fault of the program
    """The folder holds something that no former writing of a site put there."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: packages, pages, files in all, bytes, and how many files of a former writing were removed."""

    packages: int
    pages: int
    files: int
    size: int
    removed: int


def write(folder: Path, packages: Sequence[Published]) -> Written:
    """Write the whole site of these packages. Raises :class:`Foreign` for a folder that is not empty and not a site's.

    Whatever fails while pages are made leaves the folder as it was: a site that is there stays, and none appears that is half of one.
    """
    former = former_files(folder)
    site = Site(packages)
    made = beside(folder)
    try:
        kept: dict[str, dict[str, Any]] = {}
        for path, data in everything(site):
            place(made, path, data)
            kept[path] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        listed = {"format": FORMAT, "packages": [{"path": one.key, "digest": one.package.digest} for one in site.packages], "files": kept}
        place(made, MANIFEST, manifest(listed))
        stale = [path for path in former if path not in kept]
        if folder.exists():
            put(made, folder, listed, stale)
        else:
            made.rename(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    pages = sum(path.endswith(".html") for path in kept)
    return Written(len(site.packages), pages, len(kept) + 1, sum(one["bytes"] for one in kept.values()), len(stale))


def beside(folder: Path) -> Path:
    """An empty folder for what is not whole yet: beside the one that is wanted, elsewhere where only that one may be written to."""
    made = folder.absolute().parent / f".{folder.absolute().name}.{uuid4().hex[:8]}"
    try:
        made.mkdir(parents=True)
    except OSError:
        if not folder.exists():
            raise
        return Path(tempfile.mkdtemp(prefix="zhiheng-site-"))
    return made


def put(made: Path, folder: Path, listed: Mapping[str, Any], stale: Sequence[str]) -> None:
    """Put a whole site into a folder that is there, among the files of others. The list goes first and names old and new, so that nothing
    of ours is ever taken for somebody else's; then what the proof expects, so that an end on the way does not pass for a whole site.
    """
    everywhere = {path: {} for path in stale} | listed["files"]
    place(folder, MANIFEST, manifest({**listed, "files": everywhere}))
    for path in sorted(listed["files"], key=lambda one: (one != EXPECTED, one)):
        place(folder, path, (made / path).read_bytes())
    for path in stale:
        remove(folder, path)
    place(folder, MANIFEST, manifest(listed))


def manifest(listed: Mapping[str, Any]) -> bytes:
    """The list of a site's files."""
    return (json.dumps(listed, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def everything(site: Site) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every file, package by package; at last what the proof says of the pages and documents among them. Only a folder
    has that: a service makes its pages when they are asked for.
    """
    seen: dict[str, str] = {}
    for path, made in _of_the_site(site):
        data = proof.packages_file([*site.proved, "pages"]) if path == EXPECTED else made
        if not path.startswith("proof/"):
            seen[path] = hashlib.sha256(data).hexdigest()
        yield path, data
    yield PAGES, proof.pages_file(seen)


def _of_the_site(site: Site) -> Iterator[tuple[str, bytes]]:
    """Part by part, so that one package is held in memory at a time."""
    alone = "fork" not in multiprocessing.get_all_start_methods() or sys.platform == "darwin"  # its libraries do not survive a copy
    for makers in site.parts():
        yield from _made(makers, makers) if alone else _by_two(makers)


def _by_two(makers: Mapping[str, Maker]) -> Iterator[tuple[str, bytes]]:
    """A copy of this process makes the pages while this one makes documents and data: both come from the published content alone, so
    neither waits for the other or for a database.
    """
    pages = [path for path in makers if path.endswith(".html")]
    copy = ProcessPoolExecutor(1, multiprocessing.get_context("fork"), INHERITED.update, (makers,))
    apart = frozenset(pages)
    try:
        coming = [copy.submit(_inherited, pages[start : start + CHUNK]) for start in range(0, len(pages), CHUNK)]
        yield from _made(makers, [path for path in makers if path not in apart])
        for some in coming:
            yield from some.result()
    finally:
        copy.shutdown(cancel_futures=True)


INHERITED: dict[str, Maker] = {}
"""What the copy makes: makers cannot be sent, they are inherited."""


def _inherited(paths: Sequence[str]) -> list[tuple[str, bytes]]:
    return list(_made(INHERITED, paths))


def _made(makers: Mapping[str, Maker], paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        yield path, makers[path]()


def former_files(folder: Path) -> list[str]:
    """The files that a former writing listed. A folder with anything else in it and no such list is left alone."""
    if not folder.exists() or not any(folder.iterdir()):
        return []
    try:
        data = json.loads((folder / MANIFEST).read_text("utf-8"))
        if data["format"] != FORMAT:
            raise Foreign(str(folder))
        return [path for path in data["files"] if inside(path)]
    except (OSError, ValueError, LookupError, TypeError):
        raise Foreign(str(folder)) from None


def inside(path: str) -> bool:
    """Whether a path of a list stays in the folder."""
    return bool(path) and not path.startswith("/") and ".." not in path.split("/") and "\\" not in path and ":" not in path


def place(folder: Path, path: str, data: bytes) -> None:
    """Write one file whole: beside it first, then in its place. One that is the same already is left."""
    target = folder / path
    if target.is_file() and not target.is_symlink() and target.read_bytes() == data:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.parent / f".{uuid4().hex}"
    try:
        beside.write_bytes(data)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def remove(folder: Path, path: str) -> None:
    """Take away a file of a former writing, and the folders that this leaves empty."""
    target = folder / path
    target.unlink(missing_ok=True)
    for parent in target.parents:
        if parent == folder or any(parent.iterdir()):
            return
        parent.rmdir()
