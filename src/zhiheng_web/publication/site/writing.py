"""The static site in a folder: each file written whole or not at all, nothing of anybody else's touched."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from zhiheng_web.publication.queries.published import Published
from zhiheng_web.publication.site.pages import PackageSite, Site

MANIFEST = "manifest.json"
FORMAT = "zhiheng-site/1"


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
    """Write the whole site of these packages. Raises :class:`Foreign` for a folder that is not empty and not a site's."""
    former = former_files(folder)
    site = Site(packages)
    kept: dict[str, dict[str, Any]] = {}
    for path, data in everything(site):
        place(folder, path, data)
        kept[path] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    stale = [path for path in former if path not in kept]
    for path in stale:
        remove(folder, path)
    listed = {"format": FORMAT, "packages": [{"path": one.key, "digest": one.package.digest} for one in site.packages], "files": kept}
    place(folder, MANIFEST, (json.dumps(listed, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
    pages = sum(path.endswith(".html") for path in kept)
    return Written(len(site.packages), pages, len(kept) + 1, sum(one["bytes"] for one in kept.values()), len(stale))


def everything(site: Site) -> Any:
    """Path and bytes of every file, package by package."""
    for path, make in site.common.items():
        yield path, make()
    for one in site.packages:
        for path, make in PackageSite(one, site).makers.items():
            yield path, make()


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
