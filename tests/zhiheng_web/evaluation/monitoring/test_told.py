"""Who is told of a round: when it opens, when a report comes back, when all are in, when it is closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.zhiheng_web.evaluation.monitoring.conftest import AUGUST, Watched
from tests.zhiheng_web.tasks.told import told

from zhiheng_web.evaluation.actions.close_round import close_round
from zhiheng_web.evaluation.actions.open_round import open_round
from zhiheng_web.evaluation.actions.return_monitoring import return_monitoring
from zhiheng_web.evaluation.actions.submit_monitoring import submit_monitoring
from zhiheng_web.evaluation.models import MonitoringReport, MonitoringRow
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.tasks.models import Notice


def test_a_round_from_its_opening_to_its_end(planned: Watched, person: Callable[..., Viewer]) -> None:
    assert told() == {}
    open_round(planned.officer, planned.round.pk)
    assert told() == {"to_fill": {"kezhang", "jingban", "jingban2"}}, "who opened it knows"
    assert "2020-08-31" in Notice.objects.filter(kind="to_fill")[0].text_zh
    MonitoringRow.objects.update(reasons="staff", explanation="受疫情影响，检查推迟到9月。", forecast="")
    MonitoringReport.objects.update(budget_reason="已说明")
    submit_monitoring(person("kezhang"), planned.report.pk)
    assert told() == {"to_decide": {"jixiao"}}
    return_monitoring(planned.officer, planned.report.pk, "检查率请复核")
    assert told() == {"returned": {"kezhang", "jingban", "jingban2"}}
    submit_monitoring(person("kezhang", AUGUST + timedelta(days=1)), planned.report.pk)
    assert told() == {"to_decide": {"jixiao"}}
    close_round(planned.officer, planned.round.pk)
    assert told() == {"accepted": {"kezhang"}}


def test_what_is_over_when_its_notice_is_made_is_told_to_nobody(watched: Watched) -> None:
    MonitoringReport.objects.update(state="submitted", digest="a" * 64, submitted_at=AUGUST)
    close_round(watched.officer, watched.round.pk)
    assert told() == {}
