"""Why a row has its lamp: every kept step is a sentence in both languages, also why it could not be compared."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.zhiheng_web.evaluation.monitoring.conftest import Watched

from zhiheng.monitoring.standing import refused
from zhiheng.scoring.outcome import NotScored
from zhiheng.scoring.trace import texts
from zhiheng_web.evaluation.models import MonitoringRow
from zhiheng_web.evaluation.monitoring.judging import trace_of, trace_texts

KEYS = sorted({key for package in ("zhiheng.scoring", "zhiheng.monitoring") for key in texts(package)})
REASONS = [key.removeprefix("reason.") for key in KEYS if key.startswith("reason.")]


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_said_in_words(reason: str) -> None:
    asked = re.findall(r"{(\w+)}", texts()[f"reason.{reason}"]["zh"])
    (said,) = trace_texts(trace_of(refused(NotScored(reason, tuple((name, "1") for name in asked)))))
    assert re.search(r"[\u4e00-\u9fff]", said.zh)
    for words in (said.zh, said.en):
        assert not re.search(r"reason\.|step\.|[{}]", words), words


def test_the_page_of_a_closed_round_says_it_too(watched: Watched, signed_in: Any) -> None:
    row = watched.row("新增企业数")
    kept = [{"code": "reason.target_parts", "parameters": {}}, {"note": "not_judged"}]
    MonitoringRow.objects.filter(pk=row.pk).update(trace=kept, lamp="none")
    html = signed_in("jixiao").get(f"/monitoring/reports/{watched.report.pk}/").content.decode()
    assert "目标是多项内容，须分项填报实际值" in html
    assert "reason.target_parts" not in html
