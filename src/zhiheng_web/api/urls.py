"""Addresses of the API: /api/v1/ and its reference."""

from django.urls import path, re_path

from zhiheng_web.api import (
    actuals,
    arrangements,
    entries,
    entry_imports,
    evaluation_steps,
    evidence,
    importing,
    ledgers,
    money_steps,
    monitoring,
    overview,
    papers,
    preparing,
    publication_parts,
    reading,
    rechecks,
    rectification,
    reviewing,
    rows,
    self_evaluation_rows,
    subjects,
    surveys,
    work,
    year_papers,
)
from zhiheng_web.api.entrance import api
from zhiheng_web.api.views import no_such_address, reference

PLANNING = (overview, reading, importing, rows, reviewing, preparing, papers, money_steps, arrangements, work)
LEDGERS = (ledgers, entries, evidence, entry_imports, actuals, subjects)
YEAR = (monitoring, self_evaluation_rows, evaluation_steps, rechecks, surveys, rectification, publication_parts, year_papers)
AREAS = (*PLANNING, *LEDGERS, *YEAR)
for _area in AREAS:
    api.add_router("", _area.router)

urlpatterns = [path("docs/", reference, name="api_reference"), path("v1/", api.urls), re_path("", no_such_address)]
