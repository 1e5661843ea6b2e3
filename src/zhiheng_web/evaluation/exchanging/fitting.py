"""Whether words of a file could stand in their input here, before anybody takes them over."""

from __future__ import annotations

from dataclasses import replace

from zhiheng_web.evaluation.actions.fill_monitoring import RowFilled, fit
from zhiheng_web.evaluation.exchanging.standing import Held
from zhiheng_web.evaluation.models import MonitoringRow
from zhiheng_web.planning.circulation.refusing import refuse_unfit_words
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

NOT_YOURS = Text("不属于您填写的范围", "It is not yours to fill in")


def misfit(held: Held | None, field: str, text: str, *, fills: bool = True) -> Text | None:
    """Why the words cannot be taken into a row (None: the whole), None if they can."""
    if not (held.fills if held is not None else fills):
        return NOT_YOURS
    try:
        if held is not None and isinstance(held.row, MonitoringRow):
            fit(held.row, filled_with(held.row, {field: text}))
        else:
            refuse_unfit_words({field: text})
    except Invalid as refused:
        return refused.text
    return None


def filled_with(row: MonitoringRow, words: dict[str, str]) -> RowFilled:
    """What the office says of a row with some of its words put anew."""
    said = RowFilled(tuple(row.reasons.split()), row.explanation, row.forecast, row.possibility, row.tier, row.remark)
    if "reasons" in words:
        said = replace(said, reasons=tuple(words["reasons"].split()))
    return replace(said, **{name: text for name, text in words.items() if name != "reasons"})
