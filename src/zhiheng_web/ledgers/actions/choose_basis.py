"""选择计算口径: by which reading of its words an indicator is counted, written into an open version of its table.

It is part of the target: in a declaration it travels with the table, afterwards it changes by an adjustment only, with its reason,
document, second person and the finance bureau.
"""

from __future__ import annotations

from uuid import UUID

from zhiheng_web.ledgers.models import CountingBasis
from zhiheng_web.organisation.authority import absent, authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.editing.open_version import opened, row_in, write_rows
from zhiheng_web.planning.models import TableVersion
from zhiheng_web.planning.policies import scope_of
from zhiheng_web.planning.versions import done_with, version_digest
from zhiheng_web.trail.action import Conflict, Done, action
from zhiheng_web.wording import Text

BASIS = Text("该计算口径", "this counting basis")


@action("ledgers.choose_basis")
def choose_basis(viewer: Viewer, version: UUID, row: UUID, basis: UUID, seen: str) -> Done[TableVersion]:
    """Have the indicator of ``row`` counted by ``basis``. ``seen`` is the code that stood there ('' the usual one), else Conflict."""
    loaded = opened(viewer, version)
    found = row_in(loaded, row)
    duty = next((one.duty_id for one in loaded.duties if one.pk == found.duty_row_id), None)
    authorise(viewer, "ledgers.choose_basis", scope_of(loaded.version.table, duty))
    chosen = CountingBasis.objects.filter(pk=basis, indicator=found.indicator_id, withdrawn=False).first()
    if chosen is None:
        raise absent(BASIS)
    code, words = ("", "") if chosen.default else (chosen.code, chosen.text_zh)
    if found.counting_basis == code:
        return done_with(loaded.version, loaded.version, nothing=True)
    if found.counting_basis != seen:
        text = Text(
            "“{name}”的计算口径刚被他人改为“{now}”，您的选择未保存。请核对后重新选择。",
            "Somebody else has just changed the counting basis of “{name}” to “{now}”; yours was not saved. Look at it and choose again.",
        )
        current = {"row": str(found.pk), "counting_basis": found.counting_basis}
        raise Conflict("row_changed", text.with_(name=found.name, now=found.counting_basis_text or found.counting_basis), current)
    before, old = version_digest(loaded), found.counting_basis_text
    found.counting_basis, found.counting_basis_text = code, words
    after = write_rows(viewer, loaded, [found])
    details = {"row": str(found.pk), "indicator": found.name, "old": old, "new": chosen.text_zh}
    return done_with(after.version, after.version, before=before, after=version_digest(after), details=details)
