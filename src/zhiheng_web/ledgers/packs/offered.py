"""The packs that this installation offers: each registers its pack.toml from ``AppConfig.ready``."""

from __future__ import annotations

from pathlib import Path

OFFERED: list[Path] = []


def offer(pack: Path) -> None:
    """Offer the pack of this file to departments."""
    if pack not in OFFERED:
        OFFERED.append(pack)
