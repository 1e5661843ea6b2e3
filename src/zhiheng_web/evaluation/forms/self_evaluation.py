"""What the pages of self-evaluation send, read into values."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from uuid import UUID

from zhiheng_web.evaluation.actions.fill_self_evaluation import CELLS, HEAD, Cell
from zhiheng_web.planning.forms.weighing import WIDE, identifier, points_sent
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

POINTS = "points-"
NUMBER = Text("“{text}”不是数。", "“{text}” is no number.")
NEEDED = Text("请填写数字。", "Give a number.")


def cells_sent(sent: Mapping[str, str]) -> list[Cell]:
    """The inputs of one row, or of the head where no row is named."""
    row = identifier(sent["row"]) if sent.get("row") else None
    fields = HEAD if row is None else CELLS
    return [Cell(row, name, sent.get(f"base-{name}", ""), sent[f"text-{name}"]) for name in fields if f"text-{name}" in sent]


Points = dict[UUID, Decimal | None]


def all_points_sent(sent: Mapping[str, str]) -> tuple[Points, dict[UUID, str], Points]:
    """(points, reasons, what was seen) by row."""
    keys = {name.removeprefix(POINTS): identifier(name.removeprefix(POINTS)) for name in sent if name.startswith(POINTS)}
    points = {row: points_of(sent, f"{POINTS}{key}") for key, row in keys.items()}
    reasons = {row: sent[f"why-{key}"] for key, row in keys.items() if f"why-{key}" in sent}
    seen = {row: points_sent(sent[f"seen-{key}"]) for key, row in keys.items() if f"seen-{key}" in sent}
    return points, reasons, seen


def points_of(sent: Mapping[str, str], field: str) -> Decimal | None:
    """Points of an input, None where it is empty; what is no number is Invalid there."""
    try:
        return points_sent(sent.get(field, ""))
    except Invalid as wrong:
        raise Invalid(wrong.code, wrong.text, {field: wrong.text}) from None


def number_sent(text: str, field: str) -> Decimal:
    """A number as typed in an input, full-width digits too; Invalid there where there is none."""
    plain = text.strip().translate(WIDE).replace(",", "").replace("，", "")
    if not plain:
        raise Invalid("number_missing", NEEDED, {field: NEEDED})
    wrong = NUMBER.with_(text=text[:50])
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise Invalid("number_wrong", wrong, {field: wrong}) from None
    if not number.is_finite():
        raise Invalid("number_wrong", wrong, {field: wrong})
    return number


def count_sent(text: str) -> int:
    """A count of edits; -1, which fits nothing, where it is none."""
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def tier_sent(text: str) -> int | None:
    """A tier; None for none."""
    return int(text) if text in ("1", "2", "3") else None
