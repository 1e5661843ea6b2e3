"""填报部门整体基础数据: figures with their sources. A figure is never changed: a later one replaces it, with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID, uuid4

from django.core.files.base import File

from zhiheng.evaluation.frame import Unit, inputs
from zhiheng_web.evaluation.actions.add_file import kept_file
from zhiheng_web.evaluation.models import SheetFigure
from zhiheng_web.evaluation.policies.sheet import department_for
from zhiheng_web.ledgers.evidence_store.taking import CheckedFile, take
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.money.projects import budget_year, written
from zhiheng_web.trail.action import Conflict, Done, Invalid, action
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.wording import Text

LARGEST = Decimal(10) ** 14
State = SheetFigure.State
SOURCE, REASON = Text("数据来源", "source"), Text("更正理由", "reason for the correction")


@dataclass(frozen=True, slots=True)
class FigureValues:
    """One figure as filled in: amounts in 元. ``base`` is the figure that stood there when the form was made; None: none did."""

    code: str
    state: str
    value: Decimal | None
    source: str
    base: UUID | None = None


def keep_sheet(
    viewer: Viewer, department: UUID, year: int, figures: Sequence[FigureValues], *, reason: str = "", upload: File | None = None
) -> list[SheetFigure]:
    """Record the figures that differ from what stands. The file, if any, proves those; it is checked before the transaction."""
    home = department_for(viewer, department)
    authorise(viewer, "evaluation.keep_sheet", Scope(home.pk))
    return keep_figures(viewer, department, year, figures, reason, take(upload) if upload else None)


@action("evaluation.keep_sheet")
def keep_figures(
    viewer: Viewer, department: UUID, year: int, figures: Sequence[FigureValues], reason: str, file: CheckedFile | None
) -> Done[list[SheetFigure]]:
    """Record figures of a department's year with a checked file."""
    home = department_for(viewer, department)
    authorise(viewer, "evaluation.keep_sheet", Scope(home.pk))
    Department.objects.select_for_update(no_key=True).get(pk=home.pk)
    budget_year(year)
    standing = {row.code: row for row in SheetFigure.objects.filter(department=home, year=year, replaced_by__isnull=True)}
    changed = [one for one in figures if _differs(one, standing.get(one.code))]
    _refuse(changed, standing, reason)
    if not changed:
        return Done([], "evaluation.SheetFigure", str(home.pk), nothing=True)
    kept = kept_file(viewer, home.pk, file) if file else None
    made = [
        SheetFigure(
            department=home, year=year, code=one.code, state=one.state, value=one.value, source=one.source.strip(), file=kept,
            reason=reason.strip() if one.code in standing else "", entered_by=viewer.account, entered_at=viewer.now(),
        )
        for one in changed
    ]  # fmt: skip
    for row in made:
        row.pk = uuid4()
        if row.code in standing:
            SheetFigure.objects.filter(pk=standing[row.code].pk).update(replaced_by=row.pk)
    SheetFigure.objects.bulk_create(made)
    before = digest_of(line_of(standing[row.code]) for row in made if row.code in standing)
    details = {"year": year, "count": len(made), "reason": reason.strip()}
    name = f"{home.name} {year}"
    after = digest_of(line_of(row) for row in made)
    return Done(made, "evaluation.SheetFigure", str(home.pk), name, str(home.pk), before, after, details)


def line_of(row: SheetFigure) -> str:
    """One figure as a line of a digest."""
    return f"{row.code}|{row.state}|{'' if row.value is None else format(row.value.normalize(), 'f')}|{row.source}"


def _differs(one: FigureValues, standing: SheetFigure | None) -> bool:
    return standing is None or (one.state, one.value, one.source.strip()) != (standing.state, standing.value, standing.source)


def _refuse(figures: Sequence[FigureValues], standing: dict[str, SheetFigure], reason: str) -> None:
    codes = [one.code for one in figures]
    if len(set(codes)) != len(codes) or not set(codes) <= inputs().keys():
        raise Invalid("invalid", UNKNOWN)
    for one in figures:
        now = standing.get(one.code)
        if one.base != (now.pk if now else None):
            name = Text(inputs()[one.code].zh, inputs()[one.code].en)
            current = {str(name): f"{now.value if now and now.value is not None else '—'}"}
            raise Conflict("figure_changed", CHANGED.with_(name=name), current)
        _refuse_one(one)
    if any(one.code in standing for one in figures):
        written([("reason", reason, REASON)], needed=("reason",))
    written([("reason", reason, REASON)])


def _refuse_one(one: FigureValues) -> None:
    asked = inputs()[one.code]
    name = Text(asked.zh, asked.en)
    written([(f"source-{one.code}", one.source, SOURCE)])
    if one.state not in State.values or (one.state == State.GIVEN) != (one.value is not None):
        raise _wrong(one, NO_VALUE.with_(name=name))
    if not one.source.strip():
        raise _wrong(one, NO_SOURCE.with_(name=name), "source")
    if len(one.source) > 200:
        raise _wrong(one, LONG.with_(name=name), "source")
    if one.value is None:
        return
    if not one.value.is_finite() or not 0 <= one.value < LARGEST:
        raise _wrong(one, NEGATIVE.with_(name=name))
    places = {Unit.YUAN: Decimal("0.01"), Unit.PERCENT: Decimal("0.0001")}.get(asked.unit, Decimal(1))
    if one.value != one.value.quantize(places):
        raise _wrong(one, DIGITS.with_(name=name))


def _wrong(one: FigureValues, text: Text, field: str = "value") -> Invalid:
    return Invalid("invalid", text, {f"{field}-{one.code}": text})


UNKNOWN = Text("基础数据中没有这一项，请刷新页面后再填。", "The sheet has no such figure; reload the page.")
CHANGED = Text("“{name}”刚被别人改过，请刷新后核对再填。", "“{name}” has just been changed by somebody else; reload and check.")
NO_VALUE = Text("“{name}”：请填写数值，或选择“不适用”“未取得”。", "“{name}”: give a value, or say that there is none.")
NO_SOURCE = Text("“{name}”：请填写数据来源，如决算报表表号。", "“{name}”: say where the figure stands, such as a table of the accounts.")
LONG = Text("“{name}”：数据来源不超过 200 字。", "“{name}”: the source has at most 200 characters.")
NEGATIVE = Text("“{name}”应为不小于 0 的数。", "“{name}” must be a number not below 0.")
DIGITS = Text("“{name}”的小数位过多：金额精确到分，人数和项数为整数。", "“{name}” has too many places: money to the fen, counts whole.")
