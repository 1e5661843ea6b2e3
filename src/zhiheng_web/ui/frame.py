"""What every page's frame needs: who is here, the language, the menu."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from zhiheng_web.wording import language


def frame(request: HttpRequest) -> dict[str, Any]:
    """The template context of the frame."""
    return {"viewer": getattr(request, "viewer", None), "language": language()}
