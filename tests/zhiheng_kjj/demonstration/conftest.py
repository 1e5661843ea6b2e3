"""The filled demonstration as plain rows: read with sqlite3, so that nothing of the service stands between."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.demonstrated import DATABASE


@pytest.fixture
def rows(demonstrated: Path) -> Iterator[sqlite3.Connection]:
    """The database of the filled demonstration, read only."""
    found = sqlite3.connect(f"file:{demonstrated / DATABASE}?mode=ro", uri=True)
    yield found
    found.close()
