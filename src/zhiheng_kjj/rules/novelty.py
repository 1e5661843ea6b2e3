"""科技查新: who may audit a report."""

from __future__ import annotations


def two_people(searcher: str, auditor: str) -> bool:
    """查新员 and 审核员 differ; one not named yet is not held against the report. Blanks inside a name do not make another person."""
    one, other = ("".join(name.split()) for name in (searcher, auditor))
    return not one or not other or one != other
