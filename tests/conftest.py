"""How property-based tests search: bounded and the same every time, or long with ZHIHENG_DEEP=1 (run.py test --deep)."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from tests.demonstrated import demonstrated, shared  # noqa: F401
from tests.postgres import postgres_url  # noqa: F401

os.environ.setdefault("ZHIHENG_DATA", tempfile.mkdtemp(prefix="zhiheng-test-"))  # nothing of a test lands in the project
os.environ.setdefault("ZHIHENG_SECRET_KEY", "only-for-tests")

BOUNDED = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)  # a slow machine is no fault of the code

settings.register_profile("ci", derandomize=True, deadline=None, max_examples=60, database=None, suppress_health_check=BOUNDED)
settings.register_profile("deep", deadline=None, max_examples=2000, print_blob=True, suppress_health_check=BOUNDED)
settings.load_profile("deep" if os.environ.get("ZHIHENG_DEEP") else "ci")


@pytest.fixture(scope="session")
def migrated(shared: Path) -> Iterator[None]:  # noqa: F811
    from tests.migrated import SHARED, migrated_once

    os.environ.setdefault(SHARED, str(shared))  # the processes that tests start copy the same database
    with migrated_once(shared):
        yield


@pytest.fixture(scope="session")
def django_db_setup(migrated: None, django_db_setup: None) -> None:
    """A worker's database begins as a copy of the one that the first worker migrated."""
