"""How the parts of an office file (ECMA-376 part 2) point to each other."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

from zhiheng.tables.formats.archives import Archive
from zhiheng.tables.formats.markup import local, parse


def relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """What a part points to: identifier → (kind, part). Targets outside the file are not followed."""
    folder, name = posixpath.split(part)
    listing = posixpath.join(folder, "_rels", f"{name}.rels")
    if listing not in archive.names:
        return {}
    found: dict[str, tuple[str, str]] = {}
    for link in parse(archive.read(listing), archive.file, listing):
        if local(link) != "Relationship" or link.get("TargetMode") == "External":
            continue
        target = unquote(link.get("Target") or "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[link.get("Id") or ""] = ((link.get("Type") or "").rpartition("/")[2], path)
    return found


def main_part(archive: Archive, usual: str) -> str:
    """The part the file is about."""
    return next((target for kind, target in relations(archive, "").values() if kind == "officeDocument"), usual)
