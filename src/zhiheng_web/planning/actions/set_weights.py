"""设置分值: level, direction, points and method of rows, as the performance officer wrote them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from zhiheng.scoring.scheme import Scheme
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import IndicatorRow, TableVersion
from zhiheng_web.planning.queries.weighing import version_to_weigh
from zhiheng_web.planning.versions import Loaded, changed, done_with, version_digest
from zhiheng_web.planning.weighing import DIRECTIONS, METHODS, Tags, row_levels, scheme_of, tags_of
from zhiheng_web.trail.action import Conflict, Done, Invalid, action
from zhiheng_web.wording import Text

MOST = Decimal(100)
FINEST = Decimal("0.0001")
COLUMNS = ("level_1", "level_2", "direction", "points", "method")
EDITED = ("edits", "edited_by", "edited_at")


@action("planning.set_weights", steps=("weigh",))
def set_weights(viewer: Viewer, version: UUID, tags: Mapping[UUID, Tags], seen: Mapping[UUID, Tags]) -> Done[TableVersion]:
    """Write the tags of rows. ``seen`` is what stood there when the person began: if another has changed a row meanwhile, Conflict."""
    loaded = version_to_weigh(viewer, version, "planning.set_weights")
    return written(viewer, loaded, tags, seen)


def written(viewer: Viewer, loaded: Loaded, tags: Mapping[UUID, Tags], seen: Mapping[UUID, Tags], **details: object) -> Done[TableVersion]:
    """Check and write tags: what setting and accepting a proposal have in common. Within the transaction of an action."""
    scheme, rows = scheme_of(loaded.version), {row.pk: row for row in loaded.rows}
    if strangers := set(tags) - set(rows):
        raise Invalid("row_unknown", Text("{n} 行不属于该版本。", "{n} rows are not of this version.").with_(n=len(strangers)))
    refuse_lost_updates(rows, tags, seen)
    before = version_digest(loaded)
    different = [(rows[key], new) for key, new in tags.items() if tags_of(rows[key]) != new]
    for row, new in different:
        refuse_wrong(row, new, scheme)
        row.level_1, row.level_2, row.direction, row.points, row.method = new.level_1, new.level_2, new.direction, new.points, new.method
        row.edits, row.edited_by, row.edited_at = loaded.version.edits + 1, viewer.account, viewer.now()
    if not different:
        return done_with(loaded.version, loaded.version, nothing=True)
    IndicatorRow.objects.bulk_update([row for row, _ in different], [*COLUMNS, *EDITED], batch_size=200)
    if loaded.version.unscored or not loaded.version.scheme:
        TableVersion.objects.filter(pk=loaded.version.pk).update(unscored=False, scheme=scheme.name)
        loaded.version.unscored, loaded.version.scheme = False, scheme.name
    after = changed(loaded)
    return done_with(
        after.version,
        after.version,
        before=before,
        after=version_digest(after),
        details={"rows": len(different), "scheme": scheme.name, **details},
    )


def refuse_lost_updates(rows: Mapping[UUID, IndicatorRow], tags: Mapping[UUID, Tags], seen: Mapping[UUID, Tags]) -> None:
    """Conflict if a row no longer stands as it was seen, and not as it is wanted either."""
    for key, new in tags.items():
        now = tags_of(rows[key])
        if key in seen and now not in (seen[key], new):
            text = Text(
                "“{name}”刚被他人修改，您的修改未保存。请核对后重新填写。",
                "Somebody else has just changed “{name}”; yours was not saved. Look at it and set it again.",
            )
            current = {"row": str(key), **{column: str(getattr(rows[key], column) or "") for column in COLUMNS}}
            raise Conflict("row_changed", text.with_(name=rows[key].name), current)


def refuse_wrong(row: IndicatorRow, new: Tags, scheme: Scheme) -> None:
    """Invalid if a tag is none of the scheme's or the points cannot be."""
    level = next((level for level in row_levels(scheme) if level.key == new.level_1), None)
    wrong: dict[str, Text] = {}
    if new.level_1 and level is None:
        wrong["level_1"] = Text("该方案没有这个一级指标", "the scheme has no such level")
    if new.level_2 and (level is None or new.level_2 not in {below.key for below in level.below}):
        wrong["level_2"] = Text("二级指标不在所选一级指标之下", "this level-2 indicator is not below the level")
    if new.direction and new.direction not in DIRECTIONS:
        wrong["direction"] = Text("没有这个方向", "no such direction")
    if new.method and new.method not in METHODS:
        wrong["method"] = Text("没有这个计分方法", "no such method")
    if new.points is not None and not possible(new.points):
        wrong["points"] = Text("分值应为 0 至 100，最多 4 位小数", "points lie between 0 and 100, with at most 4 decimal places")
    if wrong:
        text = Text("“{name}”：{what}。", "“{name}”: {what}.")
        what = Text("；".join(each.zh for each in wrong.values()), "; ".join(each.en for each in wrong.values()))
        raise Invalid("tags_wrong", text.with_(name=row.name, what=what), {f"{name}-{row.pk}": each for name, each in wrong.items()})


def possible(points: Decimal) -> bool:
    """Whether points can be kept exactly."""
    return points.is_finite() and 0 <= points <= MOST and points == points.quantize(FINEST)
