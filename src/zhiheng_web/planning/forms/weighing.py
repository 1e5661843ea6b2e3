"""What the pages of points and parts send, read into values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from zhiheng.scoring.trace import printed
from zhiheng_web.planning.parts import PartText
from zhiheng_web.planning.weighing import Tags
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

ROW = "level-"


def tags_sent(sent: Mapping[str, str]) -> tuple[dict[UUID, Tags], dict[UUID, Tags]]:
    """(what is wanted, what was seen) of each row of a form. A number that is none is Invalid."""
    wanted, seen = {}, {}
    for name in sent:
        if name.startswith(ROW):
            key = name.removeprefix(ROW)
            level, _, below = sent[name].partition("/")
            row = identifier(key)
            wanted[row] = Tags(
                level, below, sent.get(f"direction-{key}", ""), points_sent(sent.get(f"points-{key}", "")), sent.get(f"method-{key}", "")
            )
            seen[row] = tags_of_text(sent.get(f"seen-{key}", ""))
    return wanted, seen


def identifier(text: str) -> UUID:
    """An id out of a form."""
    try:
        return UUID(text)
    except ValueError:
        raise Invalid("row_unknown", Text("没有这一行。", "There is no such row.")) from None


def points_sent(text: str) -> Decimal | None:
    """Points as typed; '' is none. Full-width digits and points are digits and points."""
    text = text.strip().translate(WIDE)
    if not text:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        raise Invalid("points_no_number", Text("分值“{text}”不是数。", "“{text}” is no number of points.").with_(text=text)) from None


WIDE = str.maketrans("０１２３４５６７８９．。", "0123456789..")


def tags_text(tags: Tags) -> str:
    """Tags as one text, for a hidden field."""
    points = "" if tags.points is None else printed(tags.points)
    return "|".join((tags.level_1, tags.level_2, tags.direction, points, tags.method))


def tags_of_text(text: str) -> Tags:
    """Tags of such a text."""
    level, below, direction, points, method = (text.split("|") + [""] * 5)[:5]
    return Tags(level, below, direction, points_sent(points), method)


def parts_sent(sent: Any) -> list[PartText]:
    """The parts of a form, in order; lines left wholly blank are none."""
    columns = [sent.getlist(name) for name in ("name", "target", "unit", "due_on")]
    if len({len(column) for column in columns}) != 1:
        raise Invalid("parts_wrong", Text("分项填写不完整，请刷新后重填。", "The parts came incomplete: load the page again."))
    lines = [tuple(text.strip() for text in line) for line in zip(*columns, strict=True)]
    return [PartText(name, target, unit, day_sent(day)) for name, target, unit, day in lines if name or target or unit or day]


def day_sent(text: str) -> date | None:
    """A day as browsers send it."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid("day_wrong", Text("“{text}”不是日期。", "“{text}” is no date.").with_(text=text)) from None
