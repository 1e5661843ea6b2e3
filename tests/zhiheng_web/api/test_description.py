"""Every operation called many times with what its description allows and forbids: no 500, no status or shape it does not tell of."""

from __future__ import annotations

import os
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance
from tests.zhiheng_web.api.conftest import Caller
from tests.zhiheng_web.api.year import Year, small_scene
from tests.zhiheng_web.conftest import LINYI
from tests.zhiheng_web.kept import once
from tests.zhiheng_web.ledgers.filled import fill

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.organisation.models import Unit
from zhiheng_web.organisation.tokens import viewer_for_token
from zhiheng_web.organisation.viewer import viewer_of
from zhiheng_web.planning.actions.upload_table import upload_table
from zhiheng_web.planning.importing.preview_reading import read_preview
from zhiheng_web.planning.models import BudgetLine, DutyRow, IndicatorRow, Project, SourceFile, TableVersion

pytestmark = pytest.mark.api
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES, FEW = (400, 400) if os.environ.get("ZHIHENG_DEEP") else (25, 8)
"""How often an operation is called, and one that takes nothing but the ids in its address."""
GROUPS = 8


@pytest.fixture
def described(everything: Caller, linyi: TableVersion) -> Any:
    """The API as its own description tells it, called in this process."""
    from zhiheng_web.config.wsgi import application

    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


def operations() -> list[tuple[str, str]]:
    """Address and method of every operation."""
    from zhiheng_web.api import urls

    return [(path, method) for path, methods in urls.api.get_openapi_schema()["paths"].items() for method in methods]


@pytest.mark.parametrize("number", range(GROUPS), ids=lambda number: f"{number + 1} of {GROUPS}")
def test_what_is_described_is_what_happens(
    described: Any, everything: Caller, linyi: TableVersion, organisation: Demonstrated, caller: Any, number: int
) -> None:
    real = once("api year", lambda: lived(organisation, caller, linyi)) | known(linyi, everything)
    wrong = []
    for path, method in operations()[number::GROUPS]:  # a group shares what it is tried on: setting that up costs most
        try:
            with transaction.atomic():
                tried(described[path][method.upper()], everything, real)
                transaction.set_rollback(True)
        except Exception as fault:  # noqa: BLE001 - every operation is tried, then all that is wrong is told
            wrong.append(f"{method.upper()} {path}: {type(fault).__name__} {fault}"[:3000])
    assert not wrong, "\n\n".join(wrong)


def tried(operation: Any, everything: Caller, real: dict[str, Any]) -> None:
    """Call one operation with what its description allows and with what it forbids."""

    @settings(
        max_examples=EXAMPLES if operation.body or operation.query else FEW,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy() | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def called(case: Any) -> None:
        case.path_parameters = {name: mostly_real(value, real.get(name)) for name, value in (case.path_parameters or {}).items()}
        if isinstance(case.body, dict):
            case.body = {name: mostly_real(value, real.get(name)) for name, value in case.body.items()}
        case.call_and_validate(headers=everything.headers, checks=CHECKS)

    called()


def lived(organisation: Demonstrated, caller: Any, linyi: TableVersion) -> dict[str, Any]:
    """The ids of a year under way, of another unit of the department: its own table is still a draft."""
    home = Unit.objects.create(department=linyi.table.unit.department, code="331008", name="示例事业单位", kind="subordinate")
    return Year(caller, small_scene(organisation, viewer_of(organisation.accounts["jixiao"], date(2020, 1, 10)), home)).under_way(
        changed=False
    )


def known(linyi: TableVersion, everything: Caller) -> dict[str, Any]:
    """The ids of things that are there, by the name they have in an address or a body."""
    unit = linyi.table.unit
    project = Project.objects.create(unit=unit, code="P-1", name="科技创新专项", first_year=2020)
    line = BudgetLine.objects.create(unit=unit, project=project, year=2020, source="fiscal", initial=1000)
    source = SourceFile.objects.create(
        department=unit.department, kind="payments", name="支付.csv", sha256="0" * 64, size=1, uploaded_by=linyi.created_by
    )
    source.stored.save("payments.csv", ContentFile("月份,金额\n1,2\n".encode()))
    indicator = IndicatorRow.objects.filter(version=linyi).order_by("position")[2].indicator_id
    ledger = once("api ledger", lambda: fill(viewer_for_token(everything.token), unit.department_id, indicator))
    return {
        **ledger,
        "version": linyi.pk,
        "table": linyi.table_id,
        "department": unit.department_id,
        "unit": unit.pk,
        "row": IndicatorRow.objects.filter(version=linyi).values_list("pk", flat=True)[2],
        "indicator": indicator,
        "preview": uploaded(linyi, everything),
        "duty": DutyRow.objects.filter(version=linyi).values_list("pk", flat=True)[0],
        "project": project.pk,
        "line": line.pk,
        "source": source.pk,
    }


def uploaded(linyi: TableVersion, everything: Caller) -> UUID:
    """A file that was uploaded and read."""
    viewer = viewer_for_token(everything.token)
    preview = upload_table(viewer, linyi.table.unit_id, SimpleUploadedFile("表.txt", LINYI.read_bytes(), "text/plain"))
    read_preview(preview.pk)
    return preview.pk


def mostly_real(value: Any, known: UUID | None) -> Any:
    """Three ids of four are of something that is there, so that calls get further than the door."""
    if known is None or not isinstance(value, str) or sum(value.encode("utf-8", "replace")) % 4 == 0:
        return value
    return str(known)
