"""Where the service keeps its data, and Django made ready for a command."""

from __future__ import annotations

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
"""The folder that holds run.py when the command runs from there."""


def data_folder(name: str) -> Path:
    """The data folder: ZHIHENG_DATA, else ``.zhiheng/NAME`` in the project's folder (or here, if installed elsewhere)."""
    given = os.environ.get("ZHIHENG_DATA")
    if given:
        return Path(given).resolve()
    home = PROJECT if (PROJECT / "run.py").exists() else Path.cwd()
    return home / ".zhiheng" / name


def django_ready(folder: Path) -> None:
    """Set Django up on the data folder. Settings come from the environment, and children inherit it."""
    import django

    folder.mkdir(parents=True, exist_ok=True)
    os.environ["ZHIHENG_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiheng_web.config.settings")
    django.setup()
