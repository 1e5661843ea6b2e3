"""What every page's frame needs: who is here, the language, the theme, the menu.

Apps register their menu entries in ``AppConfig.ready`` by :func:`register_menu`; an entry shows if its policy allows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from zhiheng_web.wording import Text, language

THEMES = ("auto", "light", "dark")


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One line of the side menu. ``shows`` takes the viewer; ``group`` is a key of GROUPS; entries stand in ``order``."""

    group: str
    order: int
    text: Text
    url_name: str
    shows: Callable[[Any], bool]


GROUPS: dict[str, Text] = {
    "work": Text("办理", "Work"),
    "goals": Text("绩效目标", "Goals"),
    "money": Text("预算与项目", "Budget and projects"),
    "administration": Text("管理", "Administration"),
}
MENU: list[MenuEntry] = []


def register_menu(*entries: MenuEntry) -> None:
    """Add entries to the menu, from ``AppConfig.ready``."""
    MENU.extend(entries)


def menu_of(viewer: Any, path: str) -> list[dict[str, Any]]:
    """The menu as this viewer sees it; the entry whose address is the longest beginning of ``path`` is current."""
    seen = [(entry, reverse(entry.url_name)) for entry in sorted(MENU, key=lambda entry: entry.order) if entry.shows(viewer)]
    current = max((url for _, url in seen if path == url or (url != "/" and path.startswith(url))), key=len, default="")
    groups = []
    for key, text in GROUPS.items():
        entries = [{"text": entry.text, "url": url, "current": url == current} for entry, url in seen if entry.group == key]
        if entries:
            groups.append({"text": text, "entries": entries})
    return groups


def frame(request: HttpRequest) -> dict[str, Any]:
    """The template context of the frame."""
    viewer = getattr(request, "viewer", None)
    theme = request.COOKIES.get("theme", "auto")
    return {
        "viewer": viewer,
        "language": language(),
        "theme": theme if theme in THEMES else "auto",
        "menu": menu_of(viewer, request.path) if viewer is not None and viewer.account is not None else [],
    }
