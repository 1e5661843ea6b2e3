"""A round and a self-evaluation of the small tables of their own tests, and a browser that sends files back."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from tests.zhiheng_web.evaluation.monitoring.conftest import person, planned, table, watched
from tests.zhiheng_web.evaluation.self_evaluation.conftest import make, small

__all__ = ["make", "person", "planned", "small", "table", "watched"]
KINDS = ("xlsx", "zip", "json", "stratml", "iati")


@dataclass
class Exchange:
    """The pages of one report or self-evaluation as a client calls them."""

    client: Client
    what: str
    pk: UUID

    @property
    def address(self) -> str:
        return f"/exchange/{self.what}/{self.pk}/"

    def page(self) -> Any:
        return self.client.get(self.address)

    def file(self, kind: str) -> bytes:
        answer = self.client.get(f"{self.address}{kind}")
        assert answer.status_code == 200, answer.status_code
        return answer.content

    def send(self, data: bytes, name: str = "退回.xlsx") -> Any:
        return self.client.post(f"{self.address}compare/", {"file": SimpleUploadedFile(name, data)})

    def take(self, preview: Any, *ticked: str) -> Any:
        seal = re.search(r'name="seal" value="([^"]+)"', preview.content.decode())[1]  # type: ignore[index]
        return self.client.post(f"{self.address}take/", {"seal": unescape(seal), "take": list(ticked)})

    def changed(self, sheet: str, name: str, **cells: str) -> bytes:
        """The JSON file with cells of one row (found by its NAME) put anew."""
        content = json.loads(self.file("json"))
        rows = [row for row in content["tables"][sheet] if name in ("", row.get("NAME"))]
        assert rows
        rows[0].update(cells)
        return json.dumps(content, ensure_ascii=False).encode()


def cells_of(data: bytes, sheet: str) -> list[dict[str, str]]:
    """The rows of a sheet of the workbook by field code, read by another program than ours."""
    rows = list(load_workbook(io.BytesIO(data))[sheet].values)
    return [dict(zip(rows[0], ["" if cell is None else cell for cell in row], strict=True)) for row in rows[2:]]


@pytest.fixture
def exchange(signed_in: Callable[[str], Client]) -> Callable[..., Exchange]:
    """``exchange("monitoring", pk, "jixiao")``."""
    return lambda what, pk, username="jixiao": Exchange(signed_in(username), what, pk)
