"""The findings that are kept are those of the library, for every text a version ever has; reading them audits nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import transaction
from tests.zhiheng_web.conftest import LINYI

from zhiheng.audit.engine import audit
from zhiheng.parameters.parameters import in_force
from zhiheng.plan.procedure import State
from zhiheng.tables.reading import read
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning import checking
from zhiheng_web.planning.checking import check
from zhiheng_web.planning.mapping import read_cell, reading_fields
from zhiheng_web.planning.models import FindingReply, IndicatorRow, TableVersion
from zhiheng_web.planning.versions import changed, copy_version, load


def expected(table: object) -> list[tuple]:
    found = audit(table, in_force(date(2020, 12, 31))).findings
    return [(one.code, one.severity, one.subject.indicator, one.subject.field, one.subject.duty) for one in found]


def kept(version: TableVersion) -> list[tuple]:
    loaded = load(TableVersion.objects.get(pk=version.pk))
    return [(one.code, one.severity, one.row.position if one.row else None, one.field, one.duty) for one in check(loaded)]


@pytest.fixture
def no_audit(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Call it to make every further audit fail."""

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("audited on reading")

    return lambda: monkeypatch.setattr(checking, "audit", fail)


def test_an_imported_version_keeps_the_findings_of_its_file(linyi: TableVersion, no_audit: Callable[[], None]) -> None:
    wanted = expected(read(LINYI).tables[0])
    assert len(wanted) > 30
    no_audit()
    assert kept(linyi) == wanted


def test_after_an_edit_they_are_those_of_the_new_text(linyi: TableVersion, no_audit: Callable[[], None]) -> None:
    before = kept(linyi)
    row = IndicatorRow.objects.get(version=linyi, position=5)
    for name, value in reading_fields("target", read_cell(row, "若干", 2020)).items():
        setattr(row, name, value)
    row.save()
    with transaction.atomic():
        loaded = changed(load(linyi))
    assert loaded.version.edits == TableVersion.objects.get(pk=linyi.pk).edits == 1
    wanted = expected(loaded.table)
    no_audit()
    assert kept(linyi) == wanted
    assert wanted != before


def test_an_edit_that_was_counted_and_not_checked_is_audited_on_reading(linyi: TableVersion) -> None:
    before = kept(linyi)
    row = IndicatorRow.objects.get(version=linyi, position=5)
    IndicatorRow.objects.filter(pk=row.pk).update(**reading_fields("target", read_cell(row, "若干", 2020)))
    TableVersion.objects.filter(pk=linyi.pk).update(edits=7)
    loaded = load(TableVersion.objects.get(pk=linyi.pk))
    assert kept(linyi) == expected(loaded.table) != before


def test_a_frozen_version_is_not_judged_by_later_rules(
    linyi: TableVersion, monkeypatch: pytest.MonkeyPatch, no_audit: Callable[[], None]
) -> None:
    wanted = kept(linyi)
    TableVersion.objects.filter(pk=linyi.pk).update(state=State.APPROVED.value)
    monkeypatch.setattr(checking, "_rules_mark", lambda: "other rules")
    no_audit()
    assert kept(linyi) == wanted


def test_other_rules_judge_an_open_version_anew(linyi: TableVersion, monkeypatch: pytest.MonkeyPatch, no_audit: Callable[[], None]) -> None:
    monkeypatch.setattr(checking, "_rules_mark", lambda: "other rules")
    no_audit()
    with pytest.raises(AssertionError, match="audited on reading"):
        kept(linyi)


def test_a_copy_keeps_its_own(linyi: TableVersion, viewer: Callable[[str], Viewer], no_audit: Callable[[], None]) -> None:
    TableVersion.objects.filter(pk=linyi.pk).update(state=State.APPROVED.value)
    with transaction.atomic():
        copy = copy_version(load(linyi), account=viewer("jixiao").account, purpose="adjustment")
    wanted = expected(load(copy).table)
    no_audit()
    assert kept(copy) == wanted
    loaded = load(copy)
    assert {found.row.pk for found in check(loaded) if found.row} <= {row.pk for row in loaded.rows}


def test_a_reply_closes_its_warning_and_no_other(linyi: TableVersion, viewer: Callable[[str], Viewer]) -> None:
    warnings = [found for found in check(load(linyi)) if found.severity == "warning"]
    assert all(found.open for found in warnings)
    answered = warnings[0]
    FindingReply.objects.create(
        version=linyi, code=answered.code, row=answered.row, field=answered.field, finding=answered.text.zh, text="已核实",
        replied_by=viewer("jixiao").account,
    )  # fmt: skip
    assert [found.code for found in check(load(linyi)) if found.severity == "warning" and not found.open] == [answered.code]


def test_reading_them_takes_two_queries(linyi: TableVersion, django_assert_num_queries: Callable) -> None:
    loaded = load(linyi)
    with django_assert_num_queries(2):
        check(loaded)
