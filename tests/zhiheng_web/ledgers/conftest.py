"""The registers and bases of the bureau's pack on the real table."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.zhiheng_web.kept import once
from tests.zhiheng_web.ledgers.adopted import Kjj, adopt

from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import TableVersion


@pytest.fixture
def kjj(linyi: TableVersion, viewer: Callable[[str], Viewer]) -> Kjj:
    """The pack adopted by the performance officer: ``kjj.register("normative_document")``, ``kjj.department``."""
    return once("kjj", lambda: adopt(viewer("jixiao"), linyi))
