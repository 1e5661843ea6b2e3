"""P03 speaks before publication: what is to be published is held against what was approved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction
from tests.zhiheng_web.publication.packages.conftest import Journey, at

from zhiheng.plan.procedure import State
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.mapping import read_cell, reading_fields
from zhiheng_web.planning.models import IndicatorRow, TableVersion
from zhiheng_web.planning.versions import copy_version, freeze, load
from zhiheng_web.publication.queries.packages import package_page

On = Callable[[str, str], Viewer]


def adjusted(version: TableVersion, since: date) -> TableVersion:
    """A second version from a day on, in which one target is another."""
    with transaction.atomic():
        version.state, version.in_force_until = State.SUPERSEDED.value, since
        version.save(update_fields=["state", "in_force_until"])
        made = copy_version(load(version), account=version.created_by, purpose="adjustment")
        row = IndicatorRow.objects.get(version=made, position=0)
        for name, value in reading_fields("target", read_cell(row, "77家", 2020)).items():
            setattr(row, name, value)
        row.save()
        freeze(load(made), State.APPROVED, at("2020-06-01"), in_force_from=since)
    return made


def said(journey: Journey, on: On, day: str) -> list[str]:
    """What P03 says on the package's page."""
    page = package_page(on("jixiao", day), journey.package.pk)
    return [one.text.zh for one in page.hints if one.code == "P03"]


def test_what_was_approved_is_published_without_a_word(budget: Journey, on: On) -> None:
    assert said(budget, on, "2020-01-22") == []


def test_a_final_account_that_is_not_on_the_adjusted_targets_is_said(final: Journey, approved: TableVersion, on: On) -> None:
    assert said(final, on, "2021-08-12") == []
    adjusted(approved, date(2020, 6, 1))
    assert any("77家" in text for text in said(final, on, "2021-08-12"))


def test_an_adjustment_of_later_is_no_difference_of_the_budget_s_publication(budget: Journey, approved: TableVersion, on: On) -> None:
    adjusted(approved, date(2020, 6, 1))
    assert said(budget, on, "2020-06-22") == []
