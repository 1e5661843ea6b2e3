"""What fixtures write a second time is what they wrote the first time."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from tests.zhiheng_web.conftest import LINYI, TODAY
from tests.zhiheng_web.kept import KEPT, once, rows, values

from zhiheng.tables.reading import read
from zhiheng_web.demonstration.load import load
from zhiheng_web.demonstration.organisation import Demonstrated, write_organisation
from zhiheng_web.organisation.models import Account
from zhiheng_web.organisation.viewer import viewer_of
from zhiheng_web.planning.actions.import_table import import_table
from zhiheng_web.planning.checking import check
from zhiheng_web.planning.models import IndicatorRow, TableVersion
from zhiheng_web.planning.versions import load as load_version
from zhiheng_web.planning.versions import version_digest
from zhiheng_web.trail.chain import verify


def stored() -> dict[str, dict[Any, list[Any]]]:
    return {model.__name__: {pk: values(row) for pk, row in found.items()} for model, found in rows().items()}


def imported(organisation: Demonstrated) -> TableVersion:
    viewer = viewer_of(organisation.accounts["jixiao"], TODAY)
    return import_table(viewer, organisation.units["331001"], read(LINYI).tables[0])


SEEN: list[dict[str, dict[Any, list[Any]]]] = []


@pytest.mark.parametrize("time", [1, 2, 3])
def test_the_rows_come_back_as_they_were(db: None, time: int) -> None:
    assert not Account.objects.exists()
    organisation = once("kept organisation", write_organisation)
    version = once("kept table", lambda: imported(organisation))
    assert list(verify()) == []
    assert version_digest(load_version(version)) == version_digest(load_version(TableVersion.objects.get()))
    assert check(load_version(version)) and IndicatorRow.objects.count() == 36
    SEEN.append(stored())
    assert SEEN[-1] == SEEN[0] and {"kept organisation", "kept table"} <= KEPT.keys()


@pytest.mark.parametrize("time", [1, 2])
def test_what_one_test_changes_the_next_does_not_see(db: None, time: int) -> None:
    account = once("kept organisation", write_organisation).accounts["jixiao"]
    assert account.name == Account.objects.get(pk=account.pk).name == "绩效管理员"
    account.name = "改"
    account.save()


def test_on_another_ground_the_action_runs_again(db: None) -> None:
    organisation = once("kept organisation", write_organisation)
    before = once("kept table", lambda: imported(organisation))
    again = once("kept table", lambda: imported(organisation))
    assert again.pk == before.pk and TableVersion.objects.count() == 1


@pytest.mark.parametrize("time", [1, 2])
def test_the_demonstration_comes_with_its_files(db: None, settings: Any, tmp_path: Any, time: int) -> None:
    settings.MEDIA_ROOT = tmp_path / str(time)
    assert once("kept demonstration", load) is True
    source = TableVersion.objects.exclude(source=None).first().source
    assert source.stored.open("rb").read() == LINYI.read_bytes() and list(verify()) == []


def test_another_ground_that_comes_again_is_kept_too(db: None) -> None:
    written: list[str] = []

    def second() -> Account:
        written.append("second")
        return Account.objects.create_user("second", "第二位", None)

    def on_ground_with(*guests: int) -> None:
        with transaction.atomic():
            for guest in guests:
                Account.objects.create_user(f"guest{guest}", "客人", None, pk=UUID(int=guest))
            found = once("kept account", second)
            assert found == Account.objects.get(username="second")
            transaction.set_rollback(True)

    for guests, times in [((), 1), ((), 1), ((7,), 2), ((7,), 3), ((7,), 3), ((8,), 4), ((), 4)]:
        on_ground_with(*guests)
        assert len(written) == times, guests
