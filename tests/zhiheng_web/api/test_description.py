"""Every operation called many times with what its description allows and forbids: no 500, no status or shape it does not tell of."""

from __future__ import annotations

import os
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance
from tests.zhiheng_web.api.conftest import Caller
from tests.zhiheng_web.conftest import LINYI

from zhiheng_web.organisation.tokens import viewer_for_token
from zhiheng_web.planning.actions.upload_table import upload_table
from zhiheng_web.planning.importing.preview_reading import read_preview
from zhiheng_web.planning.models import DutyRow, Indicator, IndicatorRow, TableVersion

pytestmark = pytest.mark.api
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 400 if os.environ.get("ZHIHENG_DEEP") else 25


@pytest.fixture
def described(everything: Caller, linyi: TableVersion) -> Any:
    """The API as its own description tells it, called in this process."""
    from zhiheng_web.config.wsgi import application

    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


def operations() -> list[tuple[str, str]]:
    """Address and method of every operation."""
    from zhiheng_web.api import urls

    return [(path, method) for path, methods in urls.api.get_openapi_schema()["paths"].items() for method in methods]


@pytest.mark.parametrize(("path", "method"), operations(), ids=lambda word: word.removeprefix("/api/v1"))
def test_what_is_described_is_what_happens(described: Any, everything: Caller, linyi: TableVersion, path: str, method: str) -> None:
    real = {
        "version": linyi.pk,
        "table": linyi.table_id,
        "department": linyi.table.unit.department_id,
        "unit": linyi.table.unit_id,
        "row": IndicatorRow.objects.filter(version=linyi).values_list("pk", flat=True)[2],
        "indicator": Indicator.objects.values_list("pk", flat=True)[0],
        "preview": uploaded(linyi, everything),
        "duty": DutyRow.objects.filter(version=linyi).values_list("pk", flat=True)[0],
    }

    operation = described[path][method.upper()]

    @settings(max_examples=EXAMPLES, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(operation.as_strategy() | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def called(case: Any) -> None:
        case.path_parameters = {name: mostly_real(value, real.get(name)) for name, value in (case.path_parameters or {}).items()}
        if isinstance(case.body, dict):
            case.body = {name: mostly_real(value, real.get(name)) for name, value in case.body.items()}
        case.call_and_validate(headers=everything.headers, checks=CHECKS)

    called()


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
