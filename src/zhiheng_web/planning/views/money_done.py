"""Where a step of budget and projects goes on to."""

from __future__ import annotations

from zhiheng_web.ui.refusals import go_on

__all__ = ["go_on"]
