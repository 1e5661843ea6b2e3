"""An approval that finance gave outside is recorded with its paper: by whom, of what, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.zhiheng_web.planning.travelling import mended, walk

from zhiheng_web.demonstration.approval import even
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.add_row import add_row
from zhiheng_web.planning.actions.record_approval import record_approval
from zhiheng_web.planning.actions.set_scheme import UNSCORED, set_scheme
from zhiheng_web.planning.models import TableVersion
from zhiheng_web.planning.policies import visible_versions
from zhiheng_web.planning.queries.overview import way_of
from zhiheng_web.planning.queries.targets import targets_on
from zhiheng_web.trail.action import Conflict, Forbidden, Invalid, Refusal
from zhiheng_web.trail.models import TrailRecord

NUMBER, DAY = "临财绩〔2020〕1号", date(2020, 1, 16)
Who = Callable[[str], Viewer]


def paper(content: bytes = b"%PDF-1.4 approval", name: str = "批复.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


@pytest.fixture
def officer(viewer: Who) -> Viewer:
    return replace(viewer("jixiao"), at=datetime(2020, 1, 20, 2, tzinfo=UTC))


@pytest.fixture
def settled(linyi: TableVersion, officer: Viewer) -> TableVersion:
    """The real table with the choice to set no points."""
    return set_scheme(officer, linyi.pk, UNSCORED)


def test_the_table_is_approved_from_the_first_day_of_its_year_and_finance_sees_it(
    settled: TableVersion, officer: Viewer, viewer: Who
) -> None:
    assert not visible_versions(viewer("czjixiao")).filter(pk=settled.pk).exists()
    done = record_approval(officer, settled.pk, NUMBER, DAY, paper())
    done.refresh_from_db()
    assert (done.state, done.approval_number, done.approved_on, done.in_force_from) == ("approved", NUMBER, DAY, date(2020, 1, 1))
    assert done.approval_scan.name == "批复.pdf"
    assert visible_versions(viewer("czjixiao")).filter(pk=settled.pk).exists()
    indicators = list(done.indicator_rows.values_list("indicator", flat=True))
    assert len(targets_on(indicators, date(2020, 1, 1))) == 36
    record = TrailRecord.objects.get(action="planning.record_approval")
    assert record.details["number"] == NUMBER
    assert record.details["sha256"] == done.approval_scan.sha256


def test_who_may(settled: TableVersion, viewer: Who, organisation: Demonstrated) -> None:
    for name in organisation.accounts:
        asking = viewer(name)
        if "performance_officer" in asking.roles:
            continue
        with pytest.raises(Refusal):
            record_approval(asking, settled.pk, NUMBER, DAY, paper())
    settled.refresh_from_db()
    assert settled.state == "draft"


def test_a_head_who_sees_the_table_is_told_who_may(settled: TableVersion, viewer: Who) -> None:
    with pytest.raises(Forbidden, match="绩效管理员"):
        record_approval(viewer("juzhang"), settled.pk, NUMBER, DAY, paper())


def test_points_must_be_settled(linyi: TableVersion, officer: Viewer) -> None:
    with pytest.raises(Refusal, match="不设分值") as refused:
        record_approval(officer, linyi.pk, NUMBER, DAY, paper())
    assert refused.value.code == "weights_open"


@pytest.mark.parametrize(
    ("number", "day", "fields"),
    [
        ("", DAY, {"number"}),
        ("  ", None, {"number", "approved_on"}),
        (NUMBER, date(2020, 1, 21), {"approved_on"}),
        (NUMBER, date(2019, 6, 30), {"approved_on"}),
        (NUMBER, date(2021, 1, 1), {"approved_on"}),
    ],
)
def test_number_and_day(settled: TableVersion, officer: Viewer, number: str, day: date | None, fields: set[str]) -> None:
    with pytest.raises(Invalid) as refused:
        record_approval(officer, settled.pk, number, day, paper())
    assert set(refused.value.fields) == fields


@pytest.mark.parametrize("upload", [None, paper(b"hello"), paper(b"")])
def test_the_paper_must_be_there(settled: TableVersion, officer: Viewer, upload: SimpleUploadedFile | None) -> None:
    with pytest.raises(Invalid, match="扫描件"):
        record_approval(officer, settled.pk, NUMBER, DAY, upload)


def test_not_twice_and_not_what_changed_since(settled: TableVersion, officer: Viewer) -> None:
    seen = settled.edits
    duty = settled.duty_rows.first()
    add_row(officer, settled.pk, duty.pk, "新增指标")
    with pytest.raises(Conflict):
        record_approval(officer, settled.pk, NUMBER, DAY, paper(), edits=seen)
    record_approval(officer, settled.pk, NUMBER, DAY, paper())
    with pytest.raises(Refusal, match="已批复"):
        record_approval(officer, settled.pk, NUMBER, DAY, paper())


def test_the_page(settled: TableVersion, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("jixiao")
    where = reverse("planning:record_approval", args=[settled.pk])
    assert where in client.get(reverse("planning:review", args=[settled.pk])).content.decode()
    assert client.get(where).status_code == 200
    answer = client.post(where, {"number": NUMBER, "approved_on": "很早", "scan": paper(), "edits": settled.edits})
    assert answer.status_code == 400
    assert NUMBER in answer.content.decode()  # what was typed stays
    answer = client.post(where, {"number": NUMBER, "approved_on": "2020-01-16", "scan": paper(), "edits": settled.edits})
    assert answer.status_code == 302
    page = client.get(reverse("planning:table", args=[settled.table_id])).content.decode()
    scan = reverse("planning:approval_scan", args=[settled.pk])
    assert scan in page
    assert b"".join(client.get(scan).streaming_content).startswith(b"%PDF")


def test_the_table_shows_no_checkpoint_that_it_never_passed(
    settled: TableVersion, officer: Viewer, signed_in: Callable[[str], Client]
) -> None:
    done = record_approval(officer, settled.pk, NUMBER, DAY, paper())
    done.refresh_from_db()
    way = [(step.text.zh, step.state) for step in way_of(done, None)]
    assert way == [("填报", "done"), ("线下批复（临财绩〔2020〕1号，2020-01-16）", "now")]
    page = signed_in("jixiao").get(reverse("planning:table", args=[settled.table_id])).content.decode()
    assert "线下批复（临财绩〔2020〕1号，2020-01-16）" in page
    assert "✓ 科室负责人" not in page


def test_a_table_under_review_is_taken_back_first(
    linyi: TableVersion, organisation: Demonstrated, viewer: Who, signed_in: Callable[[str], Client]
) -> None:
    """Said when the page opens, not after everything was filled in and uploaded."""
    ready = mended(linyi, organisation.accounts["jixiao"])
    walk(viewer, ready, until="performance")
    answer = signed_in("jixiao").get(reverse("planning:record_approval", args=[ready.pk]))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "请先由送审人撤回" in page
    assert 'name="scan"' not in page
    with pytest.raises(Refusal, match="撤回") as refused:
        record_approval(viewer("jixiao"), ready.pk, NUMBER, DAY, paper())
    assert refused.value.code == "under_review"


@pytest.mark.parametrize("count", [1, 7, 36, 200])
def test_even_points_sum_exactly(count: int) -> None:
    points = even(Decimal(90), [None] * count)
    assert sum(points) == 90
    assert max(points) - min(points) <= Decimal("0.1")
