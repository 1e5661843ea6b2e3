"""办理: an entry takes one of its register's steps to the next state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from zhiheng.plan.procedure import ROLE_NAMES, Role
from zhiheng_web.ledgers.columns import COMMON, Kind
from zhiheng_web.ledgers.definition import Move, RegisterDefinition
from zhiheng_web.ledgers.entering.cells import Fault, cells_of
from zhiheng_web.ledgers.entering.opening import Standing, entering_again, instant, opened_entry, scope_of_entry
from zhiheng_web.ledgers.entering.preparing import Entering, Prepared, due, judged, refuse_faults
from zhiheng_web.ledgers.entering.references import resolve
from zhiheng_web.ledgers.models import EntryVersion
from zhiheng_web.ledgers.writing import Draft, digest_versions, draft_of, proofs_of, words_of, write
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Done, Forbidden, Refusal, action
from zhiheng_web.wording import Text

JUMP = Text(
    "现在是“{state}”，不能直接“{move}”。现在可以办理：{moves}。", "It is “{state}”: “{move}” cannot follow. What can be done now: {moves}."
)
WHO = Text("“{move}”须由{roles}办理。", "“{move}” is for: {roles}.")
NEEDS = Text("办理“{move}”须先填写“{column}”。", "“{move}” needs “{column}”: fill it in.")
NOT_OPEN = Text("该记录{standing}，不能办理。", "The entry is {standing} and cannot be moved on.")


@action("ledgers.move_entry")
def move_entry(
    viewer: Viewer,
    entry_id: UUID,
    move: str,
    *,
    words: Mapping[str, str] | None = None,
    day: date | None = None,
    seen: UUID | None = None,
    note: str = "",
) -> Done[EntryVersion]:
    """Take the step of code ``move``: its date is ``day`` (or stands in ``words``, else today), what it needs may come in ``words``."""
    version = opened_entry(viewer, entry_id, seen)
    how = entering_again(viewer, version, "ledgers.move_entry")
    step = step_of(viewer, how.definition, version, move)
    refuse_marked_text(note, Text("办理意见", "the note"))
    draft = _moved(how, version, step, words or {}, day or viewer.today())
    draft = replace(draft, proofs=proofs_of([entry_id]).get(entry_id, frozenset()))
    at = instant(viewer, [version])
    reason = note.strip() or step.zh
    written = write(version.register, [draft], at=at, by=viewer.account, change=EntryVersion.Change.MOVED, reason=reason)
    details = {"move": step.code, "from": version.state, "to": step.end, "note": note.strip()}
    digests = digest_versions([version]), digest_versions(written)
    name, department = str(version)[:200], str(version.register.department_id)
    return Done(written[0], "ledgers.Entry", str(entry_id), name, department, *digests, details)


def step_of(viewer: Viewer, definition: RegisterDefinition, version: EntryVersion, code: str) -> Move:
    """The declared step from the present state that this viewer may take; a jump or a foreign role is refused."""
    if version.standing in (Standing.REVOKED, Standing.RETURNED):
        standing = (
            Text("已撤销", "revoked") if version.standing == Standing.REVOKED else Text("已退回，请先更正", "returned: correct it first")
        )
        raise Refusal("not_open", NOT_OPEN.with_(standing=standing))
    from_here = [move for move in definition.moves if version.state in move.start]
    step = next((move for move in from_here if move.code == code), None)
    if step is None:
        known = next((move.text for move in definition.moves if move.code == code), Text(code, code))
        moves = Text("、".join(move.zh for move in from_here) or "无", ", ".join(move.en for move in from_here) or "nothing")
        raise Refusal("state_jump", JUMP.with_(state=definition.state(version.state).text, move=known, moves=moves))
    if not may_take(viewer, version, step):
        names = [ROLE_NAMES[role] for role in step.by]
        roles = Text("、".join(name[0] for name in names), ", ".join(name[1] for name in names))
        raise Forbidden("not_your_step", WHO.with_(move=step.text, roles=roles))
    return step


def may_take(viewer: Viewer, version: EntryVersion, step: Move) -> bool:
    """Whether one of the step's roles covers the entry."""
    return bool(viewer.roles_over(scope_of_entry(viewer, version)) & {Role(role) for role in step.by})


def _moved(how: Entering, version: EntryVersion, step: Move, words: Mapping[str, str], day: date) -> Draft:
    """The entry in its new state with the step's date, what it needs and the day by which the next step is due."""
    definition = how.definition
    row = cells_of(definition).read(words, given=True)
    resolve(how.register, definition, [row], create=True)
    before = draft_of(definition, version)
    values = {**before.values, **row.values}
    if step.sets and step.sets not in row.values:
        dated = step.sets in COMMON and COMMON[step.sets].kind is Kind.DATE
        values[step.sets] = day if dated else day.isoformat()
    draft = replace(before, values=values, state=step.end, topics=row.topics or before.topics, standing=how.standing)
    if "due_on" not in row.values:
        draft = due(definition, [draft], step)[0]
    prepared = judged(how, [draft], [row.faults], known=None)
    refuse_faults([Prepared(prepared[0].draft, [*prepared[0].faults, *_needs(definition, step, draft)])])
    return prepared[0].draft


def _needs(definition: RegisterDefinition, step: Move, draft: Draft) -> list[Fault]:
    """Columns that the step needs and the entry has not."""
    lacking = [name for name in step.needs if not (draft.topics if name == "topics" else words_of(draft.values.get(name)))]
    return [Fault(name, "needed", NEEDS.with_(move=step.text, column=definition.column(name).text)) for name in lacking]
