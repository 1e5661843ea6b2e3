"""拆分复合指标: an indicator with several measures becomes parts, each with its own target, and a rule that joins them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from zhiheng.scoring.division import JOINS
from zhiheng.values import canonical
from zhiheng_web.organisation.authority import absent
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.set_weights import EDITED
from zhiheng_web.planning.models import IndicatorRow, PartRow
from zhiheng_web.planning.parts import PartText, read_part
from zhiheng_web.planning.queries.weighing import version_to_weigh
from zhiheng_web.planning.versions import changed, version_digest
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Conflict, Done, Invalid, action
from zhiheng_web.wording import Text

MOST = 20
PART = Text("分项", "the parts")


@action("planning.divide_indicator", steps=("divide",))
def divide_indicator(
    viewer: Viewer, version: UUID, row: UUID, parts: Sequence[PartText], join: str, edits: int | None = None
) -> Done[IndicatorRow]:
    """Write the parts of a row in place of those it had; no parts: it is whole again. ``edits`` is the row's count when it was seen."""
    loaded = version_to_weigh(viewer, version, "planning.divide_indicator")
    own = next((each for each in loaded.rows if each.pk == row), None)
    if own is None:
        raise absent(Text("该指标", "this indicator"))
    if edits is not None and edits != own.edits:
        text = Text(
            "“{name}”刚被他人修改，您的拆分未保存。请核对后重填。", "Somebody else has just changed “{name}”; your parts were not saved."
        )
        raise Conflict("row_changed", text.with_(name=own.name), {"row": str(own.pk), "edits": own.edits})
    refuse_wrong(parts, join)
    before = version_digest(loaded)
    own.parts.all().delete()
    PartRow.objects.bulk_create(
        PartRow(
            indicator_row=own,
            position=position,
            name=part.name,
            target_text=part.target,
            target_value={key: value for key, value in canonical.to_json(read_part(part, loaded.year)).items() if key != "text"},
            unit=part.unit,
            due_on=part.due_on,
        )
        for position, part in enumerate(parts)
    )
    own.join, own.edits = join if parts else "", loaded.version.edits + 1
    own.edited_by, own.edited_at = viewer.account, viewer.now()
    own.save(update_fields=["join", *EDITED])
    after = changed(loaded)
    return Done(
        own,
        "planning.IndicatorRow",
        str(own.pk),
        own.name,
        str(after.version.table.unit.department_id),
        before,
        version_digest(after),
        {"parts": len(parts), "join": own.join},
    )


def refuse_wrong(parts: Sequence[PartText], join: str) -> None:
    """Invalid if the parts cannot stand: one alone, nameless, without target, two of one name, or no rule that joins them."""
    refuse_marked_text([text for part in parts for text in (part.name, part.target, part.unit)], PART)
    wrong: dict[str, Text] = {}
    if len(parts) == 1 or len(parts) > MOST:
        wrong["parts"] = Text(f"至少拆成 2 项，最多 {MOST} 项；不拆分请全部删除", f"2 to {MOST} parts; remove all to undo the division")
    if parts and join not in JOINS:
        wrong["join"] = Text("请选择分项的合成规则", "choose the rule that joins the parts")
    for number, part in enumerate(parts, 1):
        if not part.name.strip() or not part.target.strip():
            wrong[f"part-{number}"] = Text(f"第 {number} 项缺名称或指标值", f"part {number} lacks its name or target")
    names = [part.name.strip() for part in parts]
    if len(set(names)) < len(names):
        wrong["names"] = Text("两个分项同名", "two parts have the same name")
    if any(len(part.name) > 200 or len(part.target) > 500 or len(part.unit) > 30 for part in parts):
        wrong["long"] = Text("名称最长 200 字、指标值 500 字、单位 30 字", "at most 200 characters a name, 500 a target, 30 a unit")
    if wrong:
        text = Text("；".join(each.zh for each in wrong.values()) + "。", "; ".join(each.en for each in wrong.values()) + ".")
        raise Invalid("parts_wrong", text, wrong)
