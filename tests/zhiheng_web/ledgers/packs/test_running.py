"""A running service: a pack whose file is broken meanwhile is shown with its faults, is not adopted, and what runs goes on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from tests.zhiheng_web.ledgers.adopted import PACK

from zhiheng_web.ledgers.models import AdoptedPack, Register
from zhiheng_web.ledgers.packs import offered
from zhiheng_web.planning.models import TableVersion


def test_a_pack_that_breaks_while_the_service_runs(
    linyi: TableVersion, signed_in: Callable[[str], Client], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kjj" / "pack.toml"
    shutil.copytree(PACK.parent, path.parent)
    monkeypatch.setattr(offered, "OFFERED", [path])
    monkeypatch.setattr("zhiheng_web.ledgers.queries.declaring.OFFERED", [path])
    client = signed_in("jixiao")
    adopt = f"/packs/{linyi.table.unit.department_id}/adopt/"
    assert client.post(adopt, {"pack": "kjj"}).status_code == 302
    before = list(Register.objects.order_by("pk").values()), AdoptedPack.objects.get().digest
    broken = path.parent / "registers" / "policy.toml"
    broken.write_text(broken.read_text("utf-8").replace("zh = ", "zhh = ", 1), "utf-8")
    page = client.get("/packs/").content.decode()
    assert "registers/policy.toml" in page
    assert "zhh" in page
    assert client.post(adopt, {"pack": "kjj"}).status_code == 409
    assert (list(Register.objects.order_by("pk").values()), AdoptedPack.objects.get().digest) == before
    assert client.get("/ledgers/declare/").status_code == 200
