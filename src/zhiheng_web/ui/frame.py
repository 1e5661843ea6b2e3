"""What every page's frame needs: who is here, the language, the theme, the menu.

Apps register their menu entries in ``AppConfig.ready`` by :func:`register_menu`; an entry shows if its policy allows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from zhiheng_web.wording import LANGUAGES, Text, language

THEMES: dict[str, Text] = {"auto": Text("跟随系统", "System"), "light": Text("浅色", "Light"), "dark": Text("深色", "Dark")}


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One line of the side menu. ``shows`` takes the viewer; ``group`` is a key of GROUPS; entries stand in ``order``.

    ``count`` says how much waits behind it; it costs a query on every page, so few entries have one.
    """

    group: str
    order: int
    text: Text
    url_name: str
    shows: Callable[[Any], bool]
    count: Callable[[Any], int] | None = None


GROUPS: dict[str, Text] = {
    "work": Text("办理", "Work"),
    "goals": Text("绩效目标", "Goals"),
    "ledgers": Text("台账与实际", "Ledgers and actuals"),
    "money": Text("预算与项目", "Budget and projects"),
    "year": Text("监控评价与公开", "Monitoring to publication"),
    "administration": Text("管理", "Administration"),
}
MENU: list[MenuEntry] = []


def register_menu(*entries: MenuEntry) -> None:
    """Add entries to the menu, from ``AppConfig.ready``."""
    MENU.extend(entries)


def menu_of(viewer: Any, path: str) -> list[dict[str, Any]]:
    """The menu as this viewer sees it; the entry whose address is the longest beginning of ``path`` is current."""
    seen = [(entry, address(entry.url_name)) for entry in sorted(MENU, key=lambda entry: entry.order) if entry.shows(viewer)]
    current = max((url for _, url in seen if path == url or (url != "/" and path.startswith(url))), key=len, default="")
    groups = []
    for key, text in GROUPS.items():
        entries = [
            {"text": entry.text, "url": url, "current": url == current, "count": entry.count(viewer) if entry.count else 0}
            for entry, url in seen
            if entry.group == key
        ]
        if entries:
            groups.append({"text": text, "entries": entries})
    return groups


def address(url_name: str) -> str:
    """Where a page of the frame is; '' for one that this installation does not have."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def frame(request: HttpRequest) -> dict[str, Any]:
    """The template context of the frame. Costs nothing until the frame is drawn: a fragment pays for none of it."""
    viewer = getattr(request, "viewer", None)
    known = viewer is not None and viewer.account is not None
    theme = request.COOKIES.get("theme", "auto")
    return {
        "viewer": viewer,
        "language": language(),
        "languages": LANGUAGES,
        "invented": settings.DEMO,
        "theme": theme if theme in THEMES else "auto",
        "themes": THEMES,
        "where": SimpleLazyObject(lambda: viewer.where if known else ""),
        "menu": SimpleLazyObject(lambda: menu_of(viewer, request.path) if known else []),
    }
