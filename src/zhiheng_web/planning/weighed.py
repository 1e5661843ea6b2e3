"""Whether the points of a version are settled: complete by its scheme, or explicitly left out."""

from __future__ import annotations

from zhiheng_web.planning.versions import Loaded


def is_weighed(loaded: Loaded) -> bool:
    """Whether every row has its points and they add up, or the table is to be monitored and not scored."""
    return bool(loaded.version.unscored) or (bool(loaded.rows) and all(row.points is not None for row in loaded.rows))
