"""填写自评: reasons and improvements of rows, what came of the goal of the year, the words of the head. One cell or many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from zhiheng_web.evaluation.changing import Change, said_before, said_now
from zhiheng_web.evaluation.loading import EDITED, ROW, done_with, edited, funds_now, opened, rows_of, unknown_since
from zhiheng_web.evaluation.models import SelfEvaluation, SelfEvaluationRow
from zhiheng_web.evaluation.policies.self_evaluation import scopes_of, table_scope
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.circulation.refusing import refuse_unfit_words
from zhiheng_web.trail.action import Conflict, Done, Invalid, action
from zhiheng_web.wording import Text

HEAD = ("goal_actual", "overview", "problems", "improvements", "payments_note")
CELLS = ("reason", "improvement", "points_reason")
UNKNOWN = Text("没有“{field}”这一栏。请刷新页面后重试。", "There is no input “{field}”. Load the page again.")
CHANGED = Text(
    "{name}在您填写期间修改了此处，现在是：“{now}”。您填写的内容没有保存，请核对后重新填写。",
    "{name} changed this meanwhile; it now says: “{now}”. What you typed is not saved: look at it and enter it again.",
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One input: ``row`` None is the head. ``base`` is what the person saw there, ``text`` what it shall say."""

    row: UUID | None
    field: str
    base: str
    text: str


@action("evaluation.fill_self_evaluation", steps=("self_evaluate",))
def fill_self_evaluation(viewer: Viewer, self_evaluation: UUID, cells: Sequence[Cell]) -> Done[SelfEvaluation]:
    """Write the cells, all or none: a cell that another has changed meanwhile is a Conflict, never overwritten."""
    one = opened(viewer, self_evaluation)
    changed = put(viewer, one, cells)
    details = {"cells": len(changed), "changed": [each.told() for each in changed]}
    return done_with(one, one, before=said_before(changed), after=said_now(changed), details=details, nothing=not changed)


def put(viewer: Viewer, one: SelfEvaluation, cells: Sequence[Cell]) -> list[Change]:
    """Write the cells of a self-evaluation that is held and open; what they said and say now, where that differs."""
    wanted = {cell.row for cell in cells if cell.row is not None}
    rows = {row.pk: row for row in rows_of([one.pk]).filter(pk__in=wanted).select_for_update(of=("self",), no_key=True)}
    if wanted - set(rows):
        raise absent(ROW)
    scopes = scopes_of(one, rows.values()) if rows else {}
    changed: list[Change] = []
    touched: dict[UUID, SelfEvaluationRow] = {}
    for cell in cells:
        owner: SelfEvaluation | SelfEvaluationRow = one if cell.row is None else rows[cell.row]
        authorise(viewer, "evaluation.fill_self_evaluation", table_scope(one.table) if cell.row is None else scopes[cell.row])
        old = getattr(owner, cell.field, None) or ""
        if written(owner, cell):
            name = rows[cell.row].indicator_row.name if cell.row is not None else ""
            changed.append(Change(str(cell.row or ""), name, cell.field, old, cell.text.strip()))
            if cell.row is not None:
                touched[cell.row] = rows[cell.row]
    for row in touched.values():
        edited(viewer, one, row)
        row.save(update_fields=[*CELLS, *EDITED])
    fields = {each.field for each in changed if not each.row}
    if "payments_note" in fields:
        one.payments_month = unknown_since(funds_now(one.table, one.on), one.on)
    if fields:
        one.save(update_fields=[*HEAD, "payments_month"])
        edited(viewer, one)
    return changed


def written(owner: SelfEvaluation | SelfEvaluationRow, cell: Cell) -> bool:
    """Put one text into its place; whether it differs from what stood there."""
    if cell.field not in (HEAD if isinstance(owner, SelfEvaluation) else CELLS):
        raise Invalid("field_unknown", UNKNOWN.with_(field=cell.field))
    text, now = cell.text.strip(), getattr(owner, cell.field) or ""
    refuse_unfit_words({cell.field: text})
    if same(text, now):
        return False
    if not same(cell.base, now):
        who = getattr(owner, "edited_by", None)
        name = Text(who.name, who.name) if who is not None else Text("另一人", "Somebody else")
        current = {"row": str(cell.row or ""), "field": cell.field, "text": now}
        raise Conflict("cell_changed", CHANGED.with_(name=name, now=now), current)
    setattr(owner, cell.field, text)
    return True


def same(one: str, other: str) -> bool:
    """Whether two texts say the same: a browser sends line ends of its own."""
    return one.replace("\r\n", "\n").strip() == other.replace("\r\n", "\n").strip()
