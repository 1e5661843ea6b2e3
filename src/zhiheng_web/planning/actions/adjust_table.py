"""调整目标: from the version in force a new open one, with reason, document and a second person; the old one holds until approval."""

from __future__ import annotations

from uuid import UUID

from zhiheng.plan.procedure import EDITABLE, State, permitted
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.circulation.refusing import lacking, refusal, refuse_unfit_words
from zhiheng_web.planning.circulation.standing import deciders, holders_of
from zhiheng_web.planning.models import FindingReply, IndicatorRow, PerformanceTable, TableVersion
from zhiheng_web.planning.policies import SECOND_PERSONS
from zhiheng_web.planning.queries.tables import table_for
from zhiheng_web.planning.versions import Loaded, changed, copy_version, done_with, load, version_digest
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.wording import Text


@action("planning.adjust_table", steps=("adjust",))
def adjust_table(viewer: Viewer, table: UUID, *, reason: str, document: str, second_person: UUID | None) -> Done[TableVersion]:
    """Open an adjustment of the version in force. It circulates once the second person has confirmed what it says."""
    found = table_for(viewer, table)
    PerformanceTable.objects.select_for_update(no_key=True).get(pk=found.pk)  # one new version at a time
    in_force = TableVersion.objects.select_for_update(of=("self",), no_key=True).filter(table=found, state=State.APPROVED.value)
    current = in_force.select_related("table__unit__department", "table__project").first()
    newest = current or found.versions.select_related("table__unit__department", "table__project").order_by("-number").first()
    scope = Scope(found.unit.department_id, found.unit_id, _offices(newest))
    authorise(viewer, "planning.adjust_table", scope)
    if current is None:
        raise Refusal(
            "nothing_in_force", Text("该表还没有批复，直接修改即可，不需要调整。", "The table is not approved yet: edit it instead.")
        )
    refused = permitted("adjust", State(current.state), viewer.roles_over(scope))
    if refused is not None:
        raise refusal(refused)
    if found.closed_at is not None:
        raise Refusal("year_closed", Text("该年度已经关账，不能再调整。", "The year is closed; nothing is adjusted any more."))
    if found.versions.filter(state__in=[*EDITABLE, State.CIRCULATING.value]).exists():
        raise Refusal("version_open", Text("该表已有一个调整正在办理，请先办完。", "An adjustment is under way; finish it first."))
    given = {"reason": reason, "document": document, "second_person": second_person}
    missing = [word for word, value in given.items() if not str(value or "").strip()]
    if missing:
        raise lacking(missing, {})
    refuse_unfit_words({"reason": reason, "document": document})
    if second_person not in second_persons(viewer, scope):
        text = Text("第二人须是本部门的其他同事，不能是提出人自己。", "The second person must be somebody else of the department.")
        raise Invalid("second_person", text, {"second_person": text})
    loaded = load(current)
    version = copy_version(
        loaded,
        account=viewer.account,
        purpose=TableVersion.Purpose.ADJUSTMENT,
        reason=reason.strip(),
        document=document.strip(),
        second_person_id=second_person,
    )
    _keep_replies(loaded, version)
    copied = changed(version)
    return done_with(
        version,
        copied.version,
        before=version_digest(loaded),
        after=version_digest(copied),
        details={"reason": version.reason, "document": version.document, "second_person": str(second_person), "based_on": str(current.pk)},
    )


def _keep_replies(old: Loaded, version: TableVersion) -> None:
    """The replies to findings go with the rows that they are about: what was answered is not asked again while it stands."""
    rows = dict(IndicatorRow.objects.filter(version=version).values_list("position", "pk"))
    same = {row.pk: rows.get(row.position) for row in old.rows}
    kept = [
        FindingReply(
            version=version,
            code=reply.code,
            row_id=same.get(reply.row_id),
            field=reply.field,
            finding=reply.finding,
            text=reply.text,
            replied_by_id=reply.replied_by_id,
        )
        for reply in FindingReply.objects.filter(version=old.version).order_by("replied_at")
        if reply.row_id is None or same.get(reply.row_id)
    ]
    FindingReply.objects.bulk_create(kept)


def _offices(version: TableVersion | None) -> frozenset[UUID]:
    return frozenset(office for office in holders_of([version])[version.pk] if office is not None) if version else frozenset()


def second_persons(viewer: Viewer, scope: Scope) -> frozenset[UUID]:
    """Who may confirm an adjustment that the viewer proposes."""
    held = deciders(SECOND_PERSONS, scope, viewer.today(), {viewer.account.pk if viewer.account else None})
    return frozenset().union(*held.values())
