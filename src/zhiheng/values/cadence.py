"""So many per period: 每月8篇, 每季度不少于2次, 2周/次 (once in two weeks), 按月, 半年1次, 隔周1次, 全年12次, 7×24小时.

``2次/月`` and ``5000元/年`` are read with their unit (:mod:`zhiheng.values.quantities`). Sources: rules 7.2 forms 7-11, 33.
"""

from __future__ import annotations

import re
from decimal import Decimal

from zhiheng.values import flags, quantities, units
from zhiheng.values.found import Found
from zhiheng.values.units import PERIOD, PERIODS
from zhiheng.values.value import Cadence, Comparator, Every, PeriodUnit, Quantity

_EVERY = re.compile(rf"(平均)?每([0-9]{{0,3}})个?({PERIOD})(.*)")
_MEAN = re.compile(r"([年月周日])均(.+)")
_AFTERWARDS = re.compile(rf"(.*[0-9].*)每([0-9]{{0,3}})个?({PERIOD})")
_INVERTED = re.compile(rf"(≤|不超过|最多)?([0-9]{{0,3}}(?:\.5)?)个?({PERIOD})/([一1]?)([^0-9/]{{1,3}})")
_ALTERNATE = re.compile(r"隔(周|月|日|天|年|季度?)(.*)")
_HALF_YEARLY = re.compile(r"半年度?(.*[0-9].*)")
_IN_SPAN = re.compile(r"([0-9]{1,2})(周|星期|个月|个季度|天|个工作日)([0-9]{1,3}[^0-9个]{1,3})")
_REGULARLY = re.compile(
    rf"[按逐]({PERIOD})(?:度)?(?:安排|发放|支付|拨付|报送|上报|开展|进行|缴纳|执行|完成|实施|组织|召开|结算|通报|调度|发布|公开|统计|核算|检查|更新|足额发放|及时发放)?"
)
_WHOLE_YEAR = re.compile(r"(?:全年|一年|年度|本年度|1年|年)([^度底末前内份均]?.*[0-9].*)")
_SERVICE = re.compile(r"([0-9]{1,2})(?:个)?小时[×*xX](365|7|5)(?:天|日)?|(7|5|365)(?:天|日)?[×*xX]([0-9]{1,2})(?:个)?小时")


def read(text: str) -> Found | None:
    """The cadence or the rate per period that the whole text writes, or None."""
    if "小时" in text and (service := _SERVICE.fullmatch(text)):
        hours, days = service[1] or service[4], service[2] or service[3]
        day = PeriodUnit.WORKDAY if days == "5" else PeriodUnit.DAY
        return Found(Cadence(Decimal(hours), "小时", Every(units.ONE, day)))
    if text[0] in "每平" and (every := _EVERY.fullmatch(text)):
        return _every(every[4], every[2], every[3], every[1] is not None)
    if text[0] == "隔" and (alternate := _ALTERNATE.fullmatch(text)):
        return _every(alternate[2], "2", alternate[1], False)
    if text[0] == "半" and (half := _HALF_YEARLY.fullmatch(text)):
        return _every(half[1], "", "半年", False)
    if text[0].isdigit() and (within := _IN_SPAN.fullmatch(text)):
        return _every(within[3], within[1], within[2].removeprefix("个"), False)
    if text[0] in "按逐" and text != "逐年" and (regularly := _REGULARLY.fullmatch(text)):
        return Found(Cadence(units.ONE, "次", Every(units.ONE, PERIODS[regularly[1]])))
    if "/" in text and (inverted := _INVERTED.fullmatch(text)):
        return _inverted(inverted)
    if text[1:2] == "均" and (mean := _MEAN.fullmatch(text)):
        return _every(mean[2], "", mean[1], True)
    if "每" in text and (afterwards := _AFTERWARDS.fullmatch(text)):
        return _every(afterwards[1], afterwards[2], afterwards[3], False)
    if "年" in text and (year := _WHOLE_YEAR.fullmatch(text)):
        return _every(year[1], "", "年", False)
    return None


def _every(text: str, count: str, word: str, mean: bool) -> Found | None:
    """Attach a period to the quantity that stands beside it."""
    every = Every(Decimal(count) if count else units.ONE, PERIODS[word])
    if every.count <= 0:
        return None
    if not text:
        return Found(Cadence(units.ONE, "次", every))
    found = quantities.read(text)
    if found is None or not isinstance(found.value, Quantity) or found.value.per is not None:
        return None
    value = found.value
    if value.unit.startswith(("%", "‰", "个百分点")) or units.dimension(value.unit) is None:
        return None
    if mean or value.upper is not None or value.qualifier or not units.counted(value.unit):
        rated = Quantity(value.amount, value.unit, value.op, value.upper, every, value.qualifier, value.bounds)
        return found._replace(value=rated)
    return found._replace(value=Cadence(value.amount, value.unit, every, value.op))


def _inverted(match: re.Match[str]) -> Found | None:
    """2周/次: the period stands first, so one in two weeks is meant, not two."""
    bound, count, word, _, unit = match.groups()
    measure = units.whole(unit)
    if measure is None or not units.counted(measure.unit) or measure.unit in ("天", "周", "年"):
        return None
    every = Every(Decimal(count) if count else units.ONE, PERIODS[word])
    if every.count <= 0:
        return None
    op = Comparator.GE if bound else Comparator.EQ
    return Found(Cadence(units.ONE, measure.unit, every, op), (flags.INVERTED,), bool(bound))
