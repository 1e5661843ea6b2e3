"""实际完成值 in words: one rendering for the signed paper and for what is published, the frozen value's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from zhiheng.scoring.observation import InParts, Observation, Provisional, Rated
from zhiheng.values.value import Comparator, Quantity
from zhiheng_web.evaluation.keeping import observation_from
from zhiheng_web.evaluation.paper_plan import of_value
from zhiheng_web.ledgers.measures.result import STATE_NAMES, State
from zhiheng_web.wording import Text

TIERS = {
    1: Text("达成年度指标", "Met the year's target"),
    2: Text("部分达成年度指标并具有一定效果", "Partly met, with some effect"),
    3: Text("未达成年度指标且效果较差", "Not met, with little effect"),
}
DATA_YEAR = re.compile(r"(\d{4})年(?=.)(.*)")
"""An edition as observing.waiting names it: the year that its data speak of, then the publication."""


def value_words(frozen: Mapping[str, Any], index: int) -> Text:
    """The words of the row number ``index`` of what a self-evaluation keeps: those of its frozen value, else what a person judged, else
    that nothing is known. Where a figure that is not out is scored by an earlier one, that one stands beside it as 暂定.
    """
    row, observed = frozen["rows"][index], frozen["observed"].get(str(index))
    return said(Text(row["shown_zh"], row["shown_en"]), observation_from(observed) if observed else None)


def said(shown: Text, observed: Observation | None) -> Text:
    """The words of a value, ``shown`` where it has its own, with what stands in for it."""
    if not shown.zh:
        shown = TIERS.get(observed.tier, Text("", "")) if isinstance(observed, Rated) else STATE_NAMES[State.UNBOUND]
    beside = [stands_in(one) for one in provisional(observed)]
    if not beside:
        return shown
    return Text(f"{shown.zh}（{'；'.join(one.zh for one in beside)}）", f"{shown.en} ({'; '.join(one.en for one in beside)})")


def provisional(observed: Observation | None) -> Iterator[Provisional]:
    """What stands in for figures that are not out."""
    if isinstance(observed, Provisional):
        yield observed
    elif isinstance(observed, InParts):
        for part in observed.parts:
            yield from provisional(part)


def stands_in(one: Provisional) -> Text:
    """暂定2.13%，2019年数据，2020年公报."""
    value = one.value
    plain = isinstance(value, Quantity) and value.op is Comparator.EQ and value.upper is None and not value.qualifier
    figure = of_value(value, "").text if plain else ""
    found = DATA_YEAR.fullmatch(one.edition)
    zh, en = (f"{found[1]}年数据，{found[2]}", f"data of {found[1]}, {found[2]}") if found else (one.edition, one.edition)
    return Text(
        "，".join(filter(None, (f"暂定{figure}", zh.removeprefix("年")))), ", ".join(filter(None, (f"provisionally {figure}".strip(), en)))
    )
