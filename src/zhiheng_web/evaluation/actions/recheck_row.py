"""抽查复核: finance re-checks a drawn self-evaluation row by row; what it finds right is kept beside the self-score, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from zhiheng_web.evaluation.evaluating.marking import shown
from zhiheng_web.evaluation.evaluating.rechecking import MONEY, Checked, CheckedLine, checked_of
from zhiheng_web.evaluation.evaluating.recording import words
from zhiheng_web.evaluation.models import Recheck, RecheckRow
from zhiheng_web.evaluation.policies.evaluations import visible_rechecks
from zhiheng_web.evaluation.policies.self_evaluation import table_scope
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Conflict, Done, Forbidden, Invalid, Refusal, action
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.wording import Text

Given = tuple[Decimal | None, str]
"""What was typed at a row: its points, None where the self-score stands, and the reason."""
RECHECK = Text("该抽查复核", "this re-check")
OWN = Text(
    "这份自评由您{did}，不能由您复核。请由另一位同事办理。",
    "You {did} this self-evaluation: somebody else must re-check it.",
)
FINISHED = Text("复核已经完成，不能再改。", "The re-check is finished and cannot be changed.")
CHANGED = Text("其他同事已改动这项复核，请核对后再保存。", "Somebody else has changed this re-check: look at it and save again.")
RANGE = Text(
    "“{name}”的复核得分应在 0 到 {full} 分之间，最多两位小数。", "“{name}”: the points lie between 0 and {full}, two places at most."
)
ALONE = Text(
    "“{name}”只写了理由，没有复核得分。请填写得分，或清空理由。", "“{name}” has a reason and no points: give them, or clear the reason."
)
WHY = Text("请填写“{name}”的复核理由。", "Say why “{name}” has other points.")
REASON = {"reason": Text("复核理由", "the reason")}
OPINION = {"opinion": Text("复核意见", "the opinion")}
UNJUDGED = Text("“{name}”没有自评得分，请给出复核得分。", "“{name}” has no self-score: give its points.")


@action("evaluation.recheck_row", steps=("recheck",))
def recheck_rows(
    viewer: Viewer, recheck: UUID, rows: Mapping[str, Given], opinion: str | None = None, edits: int | None = None
) -> Done[Recheck]:
    """Keep what finance finds right of rows, and why: all that stands in the form, with the opinion so far. Rows by their key."""
    found, checked = opened(viewer, recheck, "recheck_row")
    before = _digest(found)
    changed = _keep_all(found, checked, rows, opinion, edits)
    if _digest(found) == before:
        return _done(found, before, {}, nothing=True)
    found.edits += 1
    found.checked_by = viewer.account
    found.save(update_fields=["edits", "checked_by", "opinion"])
    return _done(found, before, {"rows": "；".join(changed), "opinion": found.opinion})


def recheck_row(viewer: Viewer, recheck: UUID, row: UUID | None, points: Decimal | None, reason: str, edits: int | None = None) -> Recheck:
    """Keep what finance finds right of one row (``row`` None: 预算执行率). ``points`` None: the self-score stands again."""
    return recheck_rows(
        viewer, recheck, {str(row) if row is not None else MONEY: (points, reason if points is not None else "")}, None, edits
    )


@action("evaluation.finish_recheck", steps=("recheck",))
def finish_recheck(
    viewer: Viewer, recheck: UUID, opinion: str, rows: Mapping[str, Given] | None = None, edits: int | None = None
) -> Done[Recheck]:
    """Finish with an opinion; total and grade are kept, by the scheme that the self-evaluation was scored with.

    ``rows`` is what stands in the form of the rows while one finishes: it is kept with it, or neither is.
    """
    found, checked = opened(viewer, recheck, "finish_recheck")
    before = _digest(found)
    if rows is not None:
        _keep_all(found, checked, rows, opinion, edits)
        checked = checked_of(found)
    open_line = next((line for line in checked.lines if line.stands is None and line.counts), None)
    if open_line is not None:
        text = UNJUDGED.with_(name=open_line.name)
        raise Refusal("unjudged", text, {f"points-{open_line.key}": text})
    found.opinion = words(OPINION, opinion=opinion)["opinion"]
    found.total, found.grade = checked.total, checked.grade
    found.checked_by, found.finished_at = viewer.account, viewer.now()
    found.edits += 1
    found.save()
    details = {
        "total": shown(found.total),
        "grade": found.grade,
        "self_total": shown(found.self_evaluation.total),
        "opinion": found.opinion,
    }
    return _done(found, before, details)


def _keep_all(found: Recheck, checked: Checked, rows: Mapping[str, Given], opinion: str | None, edits: int | None) -> list[str]:
    """Put what was sent in place of what stands; what was changed, in words. All that is wrong is refused at once."""
    if edits is not None and edits != found.edits:
        raise Conflict("recheck_changed", CHANGED, {"edits": found.edits})
    lines = {line.key: line for line in checked.lines}
    if set(rows) - set(lines):
        raise absent(Text("该指标", "this row"))
    refused: list[Invalid] = []
    changed = []
    for key, (points, reason) in rows.items():
        line = lines[key]
        if (points, reason.strip()) == ((line.found.points, line.found.reason) if line.found is not None else (None, "")):
            continue
        try:
            _keep(found, line, points, reason)
        except Invalid as wrong:
            refused.append(wrong)
        changed.append(f"{line.name} {shown(line.stands)} → {shown(points)}")
    if refused:
        raise Invalid(refused[0].code, refused[0].text, {name: text for each in refused for name, text in each.fields.items()})
    if opinion is not None:
        found.opinion = words({}, opinion=opinion)["opinion"]
    return changed


def _keep(found: Recheck, line: CheckedLine, points: Decimal | None, reason: str) -> None:
    """Put the points of one row in place, or take them away. A reason alone says nothing about points: it is refused, not lost."""
    at_points, at_reason = f"points-{line.key}", f"reason-{line.key}"
    if points is None:
        if reason.strip() and line.found is None:
            raise Invalid("points", ALONE.with_(name=line.name), {at_points: ALONE.with_(name=line.name)})
        if line.found is not None:
            line.found.delete()
        return
    if not points.is_finite() or not 0 <= points <= line.full or points != points.quantize(Decimal("0.01")):
        text = RANGE.with_(name=line.name, full=shown(line.full))
        raise Invalid("points", text, {at_points: text})
    kept = line.found or RecheckRow(recheck=found, row_id=line.row.pk if line.row is not None else None)
    try:
        kept.points, kept.reason = points, words(REASON, reason=reason)["reason"]
    except Invalid as refused:
        text = WHY.with_(name=line.name) if refused.code == "missing" else refused.text
        raise Invalid(refused.code, text, {at_reason: text}) from None
    kept.save()


def opened(viewer: Viewer, recheck: UUID, step: str) -> tuple[Recheck, Checked]:
    """A re-check under way, held, that the viewer may make: nobody re-checks what he himself submitted or accepted."""
    Recheck.objects.select_for_update(no_key=True).filter(pk=recheck).first()
    named = visible_rechecks(viewer).select_related("sample", "self_evaluation__table__unit__department", "self_evaluation__table__project")
    found = named.filter(pk=recheck).first()
    if found is None:
        raise absent(RECHECK)
    one = found.self_evaluation
    authorise(viewer, f"evaluation.{step}", table_scope(one.table))
    account = viewer.account.pk if viewer.account is not None else None
    for person, did in ((one.decided_by_id, DECIDED), (one.submitted_by_id, SUBMITTED), (one.begun_by_id, BEGUN)):
        if person == account:
            raise Forbidden("own_decision", OWN.with_(did=did))
    if found.finished_at is not None:
        raise Refusal("finished", FINISHED)
    return found, checked_of(found)


DECIDED, SUBMITTED, BEGUN = Text("认定", "accepted"), Text("报送", "submitted"), Text("填报", "filled in")


def _digest(found: Recheck) -> str:
    rows = [f"{row.row_id} {shown(row.points)} {row.reason}" for row in found.rows.all()]
    return digest_of([*rows, f"{found.pk} {found.opinion} {shown(found.total)} {found.grade}"])


def _done(found: Recheck, before: str, details: dict[str, str], *, nothing: bool = False) -> Done[Recheck]:
    table = found.self_evaluation.table
    name = f"{found.sample.name} {table}"
    return Done(
        found, "evaluation.Recheck", str(found.pk), name, str(table.unit.department_id), before, _digest(found), details, nothing=nothing
    )
