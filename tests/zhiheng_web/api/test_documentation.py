"""The examples of docs/api.md do what they say."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.zhiheng_web.api.conftest import Caller

from zhiheng_web.planning.models import DutyRow, IndicatorRow, TableVersion

DOCUMENT = Path(__file__).parents[3] / "docs" / "api.md"
LINE = re.compile(r"(GET|POST) (\S+)(?: (\{.*\}))? -> (\d{3})")


def test_every_example_answers_as_it_says(everything: Caller, linyi: TableVersion) -> None:
    row = IndicatorRow.objects.filter(version=linyi, position__gt=0).order_by("position")[0]
    ids = {
        "version": linyi.pk,
        "table": linyi.table_id,
        "unit": linyi.table.unit_id,
        "department": linyi.table.unit.department_id,
        "row": row.pk,
        "indicator": row.indicator_id,
        "duty": DutyRow.objects.filter(version=linyi)[0].pk,
    }
    blocks = re.findall(r"```text run\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    assert len(lines) > 30
    for line in lines:
        found = LINE.fullmatch(line)
        assert found, line
        method, address, body, status = found.groups()
        for name, known in ids.items():
            address = address.replace("{" + name + "}", str(known))
            body = body and body.replace('"{' + name + '}"', f'"{known}"')
        said = everything.post(address, json.loads(body) if body else None) if method == "POST" else everything.get(address)
        assert said.status == int(status), f"{line}: {said}"
