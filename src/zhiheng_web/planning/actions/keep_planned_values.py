"""维护五年规划值: the values of five-year plans per indicator and year, as written and as read."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from zhiheng.reports.forms.words import five_year_plan
from zhiheng.tables.canonical import digest
from zhiheng.values import canonical
from zhiheng.values.parse import parse
from zhiheng.values.reading import Context
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.models import Indicator, PlannedValue
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.wording import Text

LONGEST = 500
YEARS = range(2001, 2101)


@action("planning.keep_planned_values")
def keep_planned_values(viewer: Viewer, department_id: UUID, values: Mapping[tuple[UUID, int], str], source: str = "") -> Done[int]:
    """Write what differs from what is stored; a blank removes a value. ``source`` is the plan document of what is written now."""
    department = Department.objects.filter(pk=department_id).first()
    if department is None:
        raise absent(Text("该部门", "this department"))
    authorise(viewer, "planning.keep_planned_values", Scope(department.pk))
    refuse_marked_text([*values.values(), source], Text("所填规划值", "the plan values entered"))
    known = {one.pk: one for one in Indicator.objects.filter(department=department, pk__in={pk for pk, _ in values})}
    stored = {
        (value.indicator_id, value.year): value
        for value in PlannedValue.objects.select_for_update(no_key=True).filter(indicator__in=known, year__in={year for _, year in values})
    }
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for (pk, year), raw in values.items():
        text, kept = raw.strip(), stored.get((pk, year))
        if pk not in known or year not in YEARS:
            raise absent(Text("该指标", "this indicator"))
        if len(text) > LONGEST:
            words = Text("规划值最多{n}字。", "A plan value has at most {n} characters.").with_(n=LONGEST)
            raise Invalid("too_long", words)
        if text == (kept.text if kept else ""):
            continue
        name = f"{pk} {year}"
        before[name], after[name] = kept.text if kept else "", text
        _write(known[pk], year, text, source, kept)
    details = {"values": len(after), "source": source}
    return Done(
        len(after),
        "planning.PlannedValue",
        str(department.pk),
        department.name,
        str(department.pk),
        digest(before),
        digest(after),
        details,
        nothing=not after,
    )


def _write(indicator: Indicator, year: int, text: str, source: str, kept: PlannedValue | None) -> None:
    if not text:
        if kept is not None:
            kept.delete()
        return
    value = canonical.to_json(parse(text, Context(name=indicator.name, year=year)))
    value.pop("text")
    fields = {"plan": five_year_plan(year), "text": text, "value": value, "source": source[:200]}
    PlannedValue.objects.update_or_create(indicator=indicator, year=year, defaults=fields)
