"""How the figure of a part came about, in lines that a person can add up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhiheng_web.ledgers.measures.judging import plain
from zhiheng_web.ledgers.measures.result import PartResult
from zhiheng_web.wording import Text

MOVEMENTS = (
    ("opening", "", Text("上年末", "At the end of last year")),
    ("new", "+", Text("新增", "New")),
    ("moved_in", "+", Text("迁入", "Moved in")),
    ("expired", "−", Text("到期", "Expired")),
    ("revoked", "−", Text("撤销", "Revoked")),
    ("moved_out", "−", Text("迁出", "Moved out")),
    ("closing", "=", Text("期末", "At the end")),
)
WHOLE = Text("全部", "all")
EVERY_WINDOW = Text("各期件数", "In each window")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its sign, what it is, its figure in words. ``bad``: it falls short."""

    text: Text | str
    words: str
    sign: str = ""
    bad: bool = False


def explained(part: PartResult, channels: Mapping[str, str]) -> list[Line]:
    """The lines of a part; none where the figure is a plain count."""
    extra = part.extra
    lines: list[Line] = []
    if part.numerator is not None and part.denominator is not None:
        ratio = f"{plain(part.numerator)} / {plain(part.denominator)}"
        lines.append(Line(Text("分子 / 分母", "Numerator / denominator"), ratio))
    if "opening" in extra:
        lines += [Line(text, str(extra[name]), sign) for name, sign, text in MOVEMENTS]
        lines.append(Line(Text("净增（期末 − 上年末）", "Net (end − end of last year)"), plain(part.number or Decimal(0))))
    if "of" in extra:
        lines += _windows(extra, channels)
    if "longest_gap" in extra:
        lines += _gaps(extra, channels)
    if "data_year" in extra:
        lines += _published(extra)
    if extra.get("latest"):
        latest = _mapping(extra["latest"])
        lines.append(Line(Text("最近已发布", "Published last"), _said(latest)))
    return lines


def equation(part: PartResult) -> str:
    """520 + 113 + 2 − 32 − 1 − 1 = 601, and 601 − 520 = 81: how a stock came to be what it is, and its change; '' of any other figure."""
    extra = part.extra
    if "opening" not in extra:
        return ""
    whole = " ".join(f"{sign} {extra[name]}".strip() for name, sign, _ in MOVEMENTS)
    return f"{whole}；{extra['closing']} − {extra['opening']} = {plain(part.number or Decimal(0))}"


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _windows(extra: Mapping[str, Any], channels: Mapping[str, str]) -> list[Line]:
    """Every channel with its windows in their order."""
    lines = [Line(Text("达标期数", "Windows met"), f"{extra['met']} / {extra['of']}", bad=extra["met"] < extra["of"])]
    for channel, held in sorted(_mapping(extra.get("all")).items(), key=lambda one: channels.get(one[0], "")):
        lines.append(Line(channels.get(channel) or EVERY_WINDOW, " · ".join(str(n) for n in held)))
    return lines


def _gaps(extra: Mapping[str, Any], channels: Mapping[str, str]) -> list[Line]:
    limit = int(extra["limit"] or 0)
    days = Text(f"最长间隔（不超过 {limit} 天）", f"Longest gap (at most {limit} days)")
    worst = extra["longest_gap"]
    lines = [Line(days, "—" if worst is None else str(worst), bad=worst is not None and worst > limit)]
    every = _mapping(extra.get("gaps"))
    if len(every) > 1 or any(every):
        lines += [Line(channels.get(one, str(WHOLE)), str(gap), bad=gap > limit) for one, gap in sorted(every.items(), key=lambda e: -e[1])]
    return lines


def _published(extra: Mapping[str, Any]) -> list[Line]:
    lines = [Line(Text("数据年度与版次", "Data year and edition"), _said(extra))]
    against = _mapping(extra.get("benchmark"))
    if against:
        bad = extra.get("reached") is False
        lines.append(Line(Text("对照值（同年度、同版次）", "Benchmark (same year and edition)"), _said(against), bad=bad))
    return lines


def _said(one: Mapping[str, Any]) -> str:
    number = one.get("number")
    figure = plain(number, 2) if isinstance(number, Decimal) else ""
    return " · ".join(
        str(word) for word in (figure, one.get("data_year"), one.get("edition"), one.get("publisher")) if word not in (None, "")
    )
