"""What the forms of circulation send, as the library's values. What cannot be read is Invalid, never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.http import QueryDict

from zhiheng.plan.appraisal import ITEMS
from zhiheng.plan.procedure import Checkpoint, Grade, Outcome, Role
from zhiheng_web.planning.actions.decide import Verdict
from zhiheng_web.planning.circulation.bulk_decisions import Chosen
from zhiheng_web.planning.queries.routes import CARRIED
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

UNREADABLE = Text("表单内容无法识别，请重新打开页面再试。", "The form could not be read; open the page again.")


LARGEST = 1000
"""More points than that nothing carries: a greater number is not even rounded."""
MOST_CHECKPOINTS = 100


def identifier(text: str) -> UUID:
    """An id."""
    try:
        return UUID(text)
    except ValueError:
        raise Invalid("unreadable", UNREADABLE) from None


def whole(text: str) -> int:
    """A whole number."""
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise Invalid("unreadable", UNREADABLE)
    return int(text)


def verdict_sent(sent: Mapping[str, str], outcome: str) -> Verdict:
    """The verdict of a form. ``all_grades`` ticks every item that has no tick of its own."""
    try:
        kind = Outcome(outcome)
        shared = sent.get("all_grades", "")
        ticks = {item.code: sent.get(f"tick-{item.code}") or shared for item in ITEMS}
        graded = {code: Grade(tick) for code, tick in ticks.items() if tick}
    except ValueError:
        raise Invalid("unreadable", UNREADABLE) from None
    points = {item.code: _points(item.code, text) for item in ITEMS if (text := sent.get(f"points-{item.code}", "").strip())}
    words = {name: sent.get(name, "") for name in ("opinion", "minutes", "document", "mend")}
    return Verdict(kind, points=points, ticks=graded, in_force_from=day_sent(sent.get("in_force_from", "")), **words)


def _points(item: str, text: str) -> Decimal:
    wrong = Text(f"“{text}”不是分值。", f"“{text}” is not a number of points.")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise Invalid("points_unreadable", wrong, {f"points-{item}": wrong}) from None
    if not number.is_finite() or abs(number) > LARGEST or number != round(number, 4):
        raise Invalid("points_unreadable", wrong, {f"points-{item}": wrong})
    return number


def day_sent(text: str) -> date | None:
    """A day, None where the field is empty."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        wrong = Text(f"“{text}”不是日期，应写成 2020-03-01。", f"“{text}” is not a date; write 2020-03-01.")
        raise Invalid("date_unreadable", wrong, {"in_force_from": wrong}) from None


def chosen_sent(sent: QueryDict) -> list[Chosen]:
    """The tables ticked in the inbox, with the turn that was shown."""
    found = []
    for key in sent.getlist("chosen"):
        version, _, turn = key.partition(":")
        found.append(Chosen(identifier(version), whole(turn), sent.get(f"document-{version}", "")))
    return found


def checkpoints_sent(sent: QueryDict, before: tuple[Checkpoint, ...]) -> list[Checkpoint]:
    """The route of the form, in the order of its numbers. Rows that were not editable come back as they were."""
    rows: list[tuple[int, int, Checkpoint]] = []
    count = whole(sent.get("rows", "0"))
    if count > MOST_CHECKPOINTS:
        raise Invalid("unreadable", UNREADABLE)
    for index in range(count):
        if sent.get(f"remove-{index}") or not sent.get(f"order-{index}"):
            continue
        if sent.get(f"fixed-{index}"):
            place = whole(sent[f"fixed-{index}"]) - 1
            if place < 0 or place >= len(before):
                raise Invalid("unreadable", UNREADABLE)
            entry = before[place]
        elif not sent.get(f"zh-{index}", "").strip() and not sent.get(f"en-{index}", "").strip():
            continue
        else:
            entry = _checkpoint(sent, index)
        rows.append((whole(sent[f"order-{index}"]), index, entry))
    return [entry for _, _, entry in sorted(rows, key=lambda row: row[:2])]


def _checkpoint(sent: QueryDict, index: int) -> Checkpoint:
    days = sent.get(f"days-{index}", "").strip()
    carried = sent.getlist(f"requires-{index}")
    try:
        role = Role(sent.get(f"role-{index}", ""))
    except ValueError:
        raise Invalid("unreadable", UNREADABLE) from None
    flags: dict[str, Any] = {name: bool(sent.get(f"{name}-{index}")) for name in ("grades", "by_office", "again")}
    return Checkpoint(
        sent.get(f"code-{index}", "").strip()[:30] or f"step{index + 1}",
        sent.get(f"zh-{index}", "").strip()[:60],
        sent.get(f"en-{index}", "").strip()[:60],
        role,
        tuple(word for word in CARRIED if word in carried),
        days=whole(days) if days else None,
        working=sent.get(f"working-{index}", "1") == "1",
        **flags,
    )
