"""The pages on which values are frozen and proved, and on which a second person confirms that nothing was organised."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from tests.zhiheng_web.ledgers.adopted import Kjj

from zhiheng_web.ledgers.models import Circumstance, CountingBasis, Snapshot
from zhiheng_web.planning.models import Indicator, TableVersion

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]


@pytest.fixture
def contracts(kjj: Kjj, linyi: TableVersion) -> UUID:
    return Indicator.objects.get(rows__version=linyi, name="技术市场服务").pk


def test_a_value_is_frozen_and_its_proof_downloaded(contracts: UUID, linyi: TableVersion, signed_in: SignedIn) -> None:
    client = signed_in("jixiao")
    address = reverse("ledgers:take_snapshot", args=[linyi.table_id, contracts])
    assert "required" not in client.get(address + "?on=2020-12-31").content.decode().split("<textarea")[1].split(">")[0]
    answer = client.post(address, {"on": "2020-12-31"})
    snapshot = Snapshot.objects.get(indicator=contracts)
    assert (answer.status_code, answer["Location"]) == (302, reverse("ledgers:snapshot", args=[snapshot.pk]))
    for language, word in (("zh-hans", "下载证明"), ("en", "Download the proof")):
        page = client.get(answer["Location"], headers={"accept-language": language}, follow=True).content.decode()
        assert word in page or language == "en"
    assert "一致" in page or "agree" in page
    content = client.get(reverse("ledgers:proof", args=[snapshot.pk])).content
    assert {"snapshot.json", "entries.csv", "proof.py"} == set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    assert "required" in client.get(address + "?on=2020-12-31").content.decode().split("<textarea")[1].split(">")[0]


def test_the_whole_table_is_frozen_at_once(contracts: UUID, linyi: TableVersion, signed_in: SignedIn) -> None:
    client = signed_in("jixiao")
    assert "固化全表" in client.get(reverse("ledgers:actuals", args=[linyi.table_id])).content.decode()
    client.post(reverse("ledgers:take_snapshots", args=[linyi.table_id]), {"on": "2020-12-31"})
    bound = CountingBasis.objects.filter(withdrawn=False, indicator__rows__version=linyi).values("indicator").distinct().count()
    assert Snapshot.objects.filter(on="2020-12-31").count() == bound == 36


def test_not_organised_is_decided_by_one_and_confirmed_by_another(contracts: UUID, linyi: TableVersion, signed_in: SignedIn) -> None:
    address = reverse("ledgers:circumstance", args=[linyi.table_id, contracts])
    officer, head = signed_in("jixiao"), signed_in("juzhang")
    officer.post(address, {"kind": "not_organised", "reason": "省厅当年未组织", "document": "鲁科函〔2020〕5号"})
    decision = Circumstance.objects.get(indicator=contracts)
    confirm = reverse("ledgers:confirm_circumstance", args=[linyi.table_id, contracts, decision.pk])
    assert confirm not in officer.get(address).content.decode()
    assert officer.post(confirm).status_code in (403, 409, 422)
    assert confirm in head.get(address).content.decode()
    assert head.post(confirm).status_code == 302
    assert "未组织" in officer.get(reverse("ledgers:actual", args=[linyi.table_id, contracts]) + "?on=2020-12-31").content.decode()
