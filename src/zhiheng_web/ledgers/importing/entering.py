"""As what an import enters: the office, or a reporting unit in its own scope; and which imports a viewer may see."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from zhiheng.plan.procedure import Role
from zhiheng_web.ledgers.entering.opening import office_standing
from zhiheng_web.ledgers.entering.preparing import Entering
from zhiheng_web.ledgers.models import EntryImport, EntryVersion, Register
from zhiheng_web.ledgers.policies import KEEPERS, scope_of
from zhiheng_web.ledgers.writing import definition_of
from zhiheng_web.organisation.authority import absent, authorise, within
from zhiheng_web.organisation.models import ReportingUnit
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Refusal
from zhiheng_web.wording import Text

IMPORT = Text("该导入", "this import")
State = EntryImport.State
WRONG_STATE = Text(
    "该导入“{state}”，不能再{what}。请刷新页面查看。", "This import is “{state}”: it is too late to {what}. Reload the page."
)


def entering_of(register: Register, unit: ReportingUnit | None, today: date) -> Entering:
    """Entering for the office (``unit`` None) or a reporting unit on a day."""
    definition = definition_of(register)
    standing = office_standing(definition) if unit is None else EntryVersion.Standing.SUBMITTED
    return Entering(register, definition, today, standing, unit)


def entering_for(batch: EntryImport) -> Entering:
    """How an import enters, judged by the day on which it was uploaded."""
    return entering_of(batch.register, batch.reporter, timezone.localtime(batch.created_at).date())


def visible_imports(viewer: Viewer) -> QuerySet[EntryImport]:
    """The imports of the registers that a viewer keeps, and those of its own reporting unit."""
    own = [held.reporter for held in viewer.bounds({Role.REPORTER}) if held.reporter]
    kept = Register.objects.filter(within(viewer.bounds(KEEPERS), "department", "department__units", "department__units__offices"))
    return EntryImport.objects.filter(Q(reporter__in=own) | Q(register__in=kept.values("pk")))


def opened_import(viewer: Viewer, batch_id: UUID, policy: str, states: set[str], what: Text) -> EntryImport:
    """An import that the viewer may handle, locked; Absent, Forbidden, or a refusal where it has gone on."""
    seen = visible_imports(viewer).filter(pk=batch_id)
    rows = EntryImport.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=seen.values("pk"))
    batch = rows.select_related("register__department", "register__office", "source", "reporter", "created_by").first()
    if batch is None:
        raise absent(IMPORT)
    authorise(viewer, policy, scope_of(batch.register, viewer.today(), batch.reporter_id))
    if batch.state not in states:
        state = STATE_TEXTS[batch.state]
        raise Refusal("import_state", WRONG_STATE.with_(state=state, what=what))
    return batch


STATE_TEXTS = {
    State.WAITING: Text("等待读取", "waiting"),
    State.READING: Text("正在读取", "being read"),
    State.READ: Text("待确认", "to be confirmed"),
    State.REFUSED: Text("无法读取", "could not be read"),
    State.WRITING: Text("正在写入", "being written"),
    State.WRITTEN: Text("已导入", "imported"),
    State.CANCELLED: Text("已取消", "cancelled"),
    State.UNDONE: Text("已撤销", "undone"),
}
