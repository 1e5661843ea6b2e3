"""``zhiheng actuals``: what every indicator amounts to, from the entries of the ledgers, as known at an instant."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any

import typer

from zhiheng_cli.opening import opened
from zhiheng_cli.texts import Failure, Language, text


def actuals(
    on: Annotated[str, typer.Option(help="计到哪一天，默认计划年度末 / counted up to this day, the end of the plan's year")] = "",
    known: Annotated[str, typer.Option(help="按哪一天所知，默认现在 / as known at the end of this day, now")] = "",
    output: Annotated[str, typer.Option("--format", help="text | json")] = "text",
    lang: Annotated[Language, typer.Option(help="语言 / language", envvar="ZHIHENG_LANG")] = Language.ZH,
) -> int:
    """由台账计算全部指标的实际值：计了哪些、哪些未计及原因。

    The actual value of every indicator from its ledgers: what was counted, what was not, and why.
    """
    upto, as_of = day(on, lang), day(known, lang)
    if output not in ("text", "json"):
        raise Failure(text("actuals_format", lang, value=output))
    opened()
    from django.utils import timezone

    from zhiheng_web.ledgers.measures.counting import end_of
    from zhiheng_web.ledgers.measures.listing import listing, plan_year

    if upto is None:
        year = plan_year()
        if year is None:
            raise Failure(text("actuals_no_table", lang))
        upto = date(year, 12, 31)
    lines = listing(upto, end_of(as_of) if as_of else timezone.now())
    print(json.dumps(lines, ensure_ascii=False, indent=2) if output == "json" else table(lines, lang))
    return 0


def day(words: str, lang: Language) -> date | None:
    """The day of an option; None where it is not given."""
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        raise Failure(text("actuals_day", lang, value=words)) from None


def table(lines: list[dict[str, Any]], lang: Language) -> str:
    """The values for reading: one line for each indicator."""
    from zhiheng_web.ledgers.measures.result import REASON_NAMES, STATE_NAMES, Reason, State

    shown = []
    for line in lines:
        left = "，".join(f"{REASON_NAMES[Reason(one['reason'])].in_(lang)} {one['count']}" for one in line["not_counted"])
        state = STATE_NAMES[State(line["state"])].in_(lang)
        shown.append(f"{line['indicator']}\t{line['target']}\t{line['shown']}\t{state}\t{line['counted']}\t{left}")
    return "\n".join([text("actuals_heading", lang), *shown])
