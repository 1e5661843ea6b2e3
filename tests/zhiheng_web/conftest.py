"""The organisation of the demonstration, a viewer per account, and the real table as an open draft."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from tests.zhiheng_web.kept import once

from zhiheng.tables.reading import read
from zhiheng_web.demonstration.organisation import Demonstrated, write_organisation
from zhiheng_web.organisation.viewer import Viewer, viewer_of
from zhiheng_web.planning.actions.import_table import import_table
from zhiheng_web.planning.models import TableVersion

LINYI = Path(__file__).parents[2] / "examples" / "linyi-2020" / "table.txt"
TODAY = date(2020, 1, 10)


@pytest.fixture
def organisation(db: None) -> Demonstrated:
    return once("organisation", write_organisation)


@pytest.fixture
def viewer(organisation: Demonstrated) -> Callable[[str], Viewer]:
    """``viewer("jixiao")``: the viewer of one of the demonstration's accounts."""
    return lambda username: viewer_of(organisation.accounts[username], TODAY, "127.0.0.1")


@pytest.fixture
def linyi(organisation: Demonstrated, viewer: Callable[[str], Viewer]) -> TableVersion:
    """The real table, imported by the performance officer."""
    return once("linyi", lambda: import_table(viewer("jixiao"), organisation.units["331001"], read(LINYI).tables[0]))


@pytest.fixture
def signed_in(organisation: Demonstrated) -> Callable[[str], Client]:
    """``signed_in("jixiao")``: a browser-like client of that account."""

    def sign_in(username: str) -> Client:
        client = Client()
        client.force_login(organisation.accounts[username], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
