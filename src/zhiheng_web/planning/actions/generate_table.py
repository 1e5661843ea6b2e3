"""生成新年度表: the open version of a new year's table, made from the version in force of an earlier year."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from zhiheng.plan.procedure import SETTLED
from zhiheng.values import canonical
from zhiheng.values.reading import Reading
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.generating import Generated, Note, generate
from zhiheng_web.planning.models import (
    DutyHolding,
    GenerationNote,
    IndicatorRow,
    PartRow,
    PerformanceTable,
    PlannedValue,
    TableVersion,
)
from zhiheng_web.planning.policies import scope_of
from zhiheng_web.planning.queries.tables import version_for
from zhiheng_web.planning.stored_actuals import stored_actuals
from zhiheng_web.planning.versions import Loaded, changed, done_with, load, version_digest, write_version
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

CARRIED = ("level_1", "level_2", "direction", "method", "join", "counting_basis", "counting_basis_text")
"""Tags that describe the indicator itself. 分值 are set anew each year."""
NOT_SETTLED = Text(
    "只能从已批复或历史申报的版本生成新年度表。", "A new year's table is made from an approved version or from declared history only."
)


@action("planning.generate_table", steps=("generate",))
def generate_table(viewer: Viewer, base: UUID, year: int, *, carry_tags: bool = True) -> Done[TableVersion]:
    """Write the table of ``year`` from the version ``base``. Refused where the year has a table already."""
    version = version_for(viewer, base, lock=True)
    authorise(viewer, "planning.generate_table", scope_of(version.table))
    if version.state not in SETTLED:
        raise Refusal("not_settled", NOT_SETTLED)
    old = version.table
    if year <= old.year:
        raise Refusal("year_not_later", Text("新年度应晚于{year}年。", "The new year must be later than {year}.").with_(year=old.year))
    table, _ = PerformanceTable.objects.select_related("unit__department").get_or_create(
        unit=old.unit, kind=old.kind, year=year, project=old.project
    )
    PerformanceTable.objects.select_for_update(no_key=True).get(pk=table.pk)  # one new version at a time
    if table.versions.exists():
        raise Refusal(
            "year_exists",
            Text("{table}已存在，不再生成。请打开该表继续填写。", "{table} exists already; open it and go on.").with_(table=table),
        )
    loaded = load(version)
    made = generated(loaded, year)
    new = write_version(
        table,
        made.table,
        account=viewer.account,
        identities={index: row.indicator for index, row in enumerate(loaded.rows)},
        duties={row.number: row.duty for row in loaded.duties},
        based_on=version,
        **({"scheme": version.scheme, "tree": version.tree} if carry_tags else {}),
    )
    rows = list(IndicatorRow.objects.filter(version=new).order_by("position"))
    if carry_tags:
        _carry(loaded, rows)
    _keep_notes(new, rows, [*made.notes, *moved(loaded, year)])
    after = changed(new)
    details = {"from": str(version.pk), "from_year": old.year, "indicators": len(rows), "tags": carry_tags}
    return done_with(new, new, after=version_digest(after), details=details)


def generated(loaded: Loaded, year: int) -> Generated:
    """The table of ``year`` that would come of a version: what the page shows is what the action writes. Two queries."""
    stored = stored_actuals([row.indicator_id for row in loaded.rows], range(year - 3, year))
    values = PlannedValue.objects.filter(indicator__in=[row.indicator_id for row in loaded.rows], year=year)
    by_indicator = {value.indicator_id: value for value in values}
    actuals = {index: stored.get(row.indicator_id, {}) for index, row in enumerate(loaded.rows)}
    planned = {index: _planned(by_indicator[row.indicator_id]) for index, row in enumerate(loaded.rows) if row.indicator_id in by_indicator}
    return generate(loaded.table.plan, year, actuals, planned)


def _planned(value: PlannedValue) -> tuple[Reading, str]:
    reading = canonical.from_json({"text": value.text, **(value.value or {"kind": "text", "words": value.text})})
    return reading, value.source


def moved(loaded: Loaded, year: int) -> list[Note]:
    """A note for every duty that somebody else answers for in the new year: a person decides what becomes of its rows. One query.

    The table of the whole department covers its units; a unit's table only what the unit itself holds.
    """
    unit = loaded.version.table.unit
    whole = loaded.version.table.kind == PerformanceTable.Kind.DEPARTMENT
    start = date(year, 1, 1)
    holdings = DutyHolding.objects.filter(duty__in=[row.duty_id for row in loaded.duties], since__lte=start).select_related("unit")
    held = {holding.duty_id: holding for holding in holdings.order_by("since") if holding.until is None or holding.until > start}
    words = Text(
        "职责“{duty}”自{since}起由{unit}承担，本表中该职责及其指标是否保留，请核对。",
        "Since {since} {unit} answers for “{duty}”; check whether its rows belong in this table.",
    )
    found = []
    for row in loaded.duties:
        holding = held.get(row.duty_id)
        if holding is not None and (holding.department_id != unit.department_id or (not whole and holding.unit_id != unit.pk)):
            text = words.with_(duty=row.name, since=holding.since, unit=holding.unit.name)
            found.append(Note(None, "duty", GenerationNote.Kind.MOVED, text))
    return found


def _carry(loaded: Loaded, rows: list[IndicatorRow]) -> None:
    """Tags and parts of the old rows; the parts' targets and dates are left to fill."""
    parts = []
    for old, row in zip(loaded.rows, rows, strict=True):
        for name in CARRIED:
            setattr(row, name, getattr(old, name))
        parts += [
            PartRow(indicator_row=row, position=part.position, name=part.name, target_text="", unit=part.unit) for part in old.parts.all()
        ]
    IndicatorRow.objects.bulk_update(rows, CARRIED)
    PartRow.objects.bulk_create(parts)


def _keep_notes(version: TableVersion, rows: list[IndicatorRow], notes: list[Note]) -> None:
    GenerationNote.objects.bulk_create(
        GenerationNote(
            version=version,
            row=rows[note.row] if note.row is not None else None,
            field=note.field[:30],
            kind=note.kind,
            zh=note.text.zh,
            en=note.text.en,
        )
        for note in notes
    )
