"""The bureau's table in force, and an evaluation of it as far as a test wants it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.zhiheng_web.evaluation.evaluations.work import Work
from tests.zhiheng_web.evaluation.self_evaluation.scene import Line, scene

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.organisation.viewer import Viewer

LINES = [Line("新增企业数", "10家", "50"), Line("投诉次数", "≤4次", "50")]


@pytest.fixture
def work(organisation: Demonstrated, viewer: Callable[[str], Viewer], settings: Any, tmp_path: Any) -> Callable[..., Work]:
    """``work("scoring")``: an evaluation of the bureau's table as far as its marking; ``kind="department"``: by the department."""
    settings.MEDIA_ROOT = tmp_path
    made = scene(viewer("jixiao"), organisation.units["331001"], LINES)

    def make(stage: str = "planned", kind: str = "finance") -> Work:
        return Work(organisation, made.table.pk, kind).to(stage)

    return make
