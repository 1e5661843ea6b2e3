"""What the pages of monitoring send, read into values. What cannot be read is Invalid, never guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.http import QueryDict

from zhiheng_web.evaluation.actions.fill_monitoring import RowFilled
from zhiheng_web.evaluation.actions.open_correction import Correction
from zhiheng_web.evaluation.actions.plan_round import Covers, RoundPlan
from zhiheng_web.evaluation.actions.set_milestones import Point
from zhiheng_web.evaluation.actions.write_monitoring import WORDS, ReportFilled
from zhiheng_web.planning.forms.circulation import identifier
from zhiheng_web.planning.forms.weighing import WIDE
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

WAN = Decimal(10_000)
FORECAST = "forecast-"
SHARE, WORD = "share-", "text-"
NO_DAY = Text("请填写日期，例如 2020-08-31。", "Give a day, such as 2020-08-31.")
NO_NUMBER = Text("“{text}”不是数。", "“{text}” is no number.")


def plan_sent(sent: QueryDict) -> RoundPlan:
    """The form of a round. Its year is that of its first day."""
    first = day_sent(sent, "first")
    words = {name: sent.get(name, "") for name in ("name", "covers", "policy", "document")}
    chosen = tuple(identifier(text) for text in sent.getlist("tables")) if words["covers"] == Covers.CHOSEN else ()
    return RoundPlan(first.year, first=first, last=day_sent(sent, "last"), due_on=day_sent(sent, "due_on"), tables=chosen, **words)


def departments_sent(sent: QueryDict) -> list[UUID]:
    """The departments that were ticked."""
    return [identifier(text) for text in sent.getlist("departments")]


def day_sent(sent: QueryDict, name: str) -> date:
    """A day; Invalid at its input where there is none."""
    try:
        return date.fromisoformat(sent.get(name, "").strip())
    except ValueError:
        raise Invalid("day_unreadable", NO_DAY, {name: NO_DAY}) from None


def row_sent(sent: QueryDict) -> RowFilled:
    """The inputs of one row."""
    tier = sent.get("tier", "")
    words = {name: sent.get(name, "") for name in ("explanation", "forecast", "possibility", "remark")}
    return RowFilled(tuple(sent.getlist("reasons")), tier=int(tier) if tier.isdecimal() and len(tier) < 3 else None, **words)


def report_sent(sent: QueryDict) -> ReportFilled:
    """The words of a report and its forecasts, typed in 万元."""
    forecasts = {name.removeprefix(FORECAST): wan_sent(sent.get(name, ""), name) for name in sent if name.startswith(FORECAST)}
    return ReportFilled(**{name: sent.get(name, "").replace("\r\n", "\n") for name in WORDS}, forecasts=forecasts)


def number_sent(text: str, name: str) -> Decimal | None:
    """A number as people type it; None for nothing."""
    plain = text.strip().translate(WIDE).replace(",", "").removesuffix("%")
    if not plain:
        return None
    wrong = NO_NUMBER.with_(text=text.strip()[:50])
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise Invalid("number_wrong", wrong, {name: wrong}) from None
    if not number.is_finite() or len(plain) > 30 or abs(number.adjusted()) > 20:
        raise Invalid("number_wrong", wrong, {name: wrong})
    return number


def wan_sent(text: str, name: str) -> Decimal | None:
    """An amount typed in 万元, in 元."""
    number = number_sent(text, name)
    return None if number is None else number * WAN


def points_sent(sent: QueryDict) -> list[Point]:
    """The months with a share; a share is typed in per cent, an empty one is no milestone."""
    points: list[Point] = []
    for name in sent:
        if name.startswith(SHARE):
            share = number_sent(sent.get(name, ""), name)
            if share is not None:
                on = name.removeprefix(SHARE)
                points.append((_day(on, name), share / 100, sent.get(f"{WORD}{on}", "")))
    return sorted(points)


def _day(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid("day_unreadable", NO_DAY, {name: NO_DAY}) from None


def correction_sent(sent: QueryDict) -> Correction:
    """The form of a corrective action."""
    account = sent.get("account", "")
    words = {name: sent.get(name, "") for name in ("problem", "measure", "responsible")}
    return Correction(due_on=day_sent(sent, "due_on"), account=identifier(account) if account else None, **words)


def edits_sent(sent: QueryDict) -> int:
    """A count of edits; -1, which fits nothing, where it is none."""
    text = sent.get("edits", "")
    return int(text) if text.isdecimal() and len(text) < 10 else -1
