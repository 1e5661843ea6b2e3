"""The site of one published package, of a copy of the whole demonstration's content where that is wanted."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.zhiheng_web.publication.packages.conftest import Journey, approved, budget, evaluated, final, ledger, on

from zhiheng_web.publication.queries.published import Published, published
from zhiheng_web.publication.site.writing import write

__all__ = ["approved", "budget", "evaluated", "final", "ledger", "on"]


@pytest.fixture
def packages(final: Journey) -> list[Published]:
    """The final account of the real table, published in time."""
    final.to("published")
    return published()


@pytest.fixture
def folder(packages: list[Published], tmp_path: Path) -> Path:
    """Its static site."""
    write(tmp_path / "site", packages)
    return tmp_path / "site"
