"""A target as 计算符号 + 指标值 + 计量单位, the three columns that the integrated system has for it.

A figure has a sign, a number and a unit; everything else goes out as 定性 with its words. Nothing is changed to fit: what the
system's own checks would reject is named.
"""

from __future__ import annotations

from dataclasses import dataclass

from zhiheng.audit.money import printed
from zhiheng.interchange.codes import Codes
from zhiheng.plan.plan import Figure
from zhiheng.values.value import Cadence, Comparator, Missing, NotApplicable, Parts, Quantity, Unresolved
from zhiheng.values.wording import period, wording

SIGNS = {
    Comparator.GE: "≥",
    Comparator.GT: ">",
    Comparator.EQ: "=",
    Comparator.LT: "<",
    Comparator.LE: "≤",
}
WIDE = {"=": "＝", ">": "＞", "<": "＜"}


@dataclass(frozen=True, slots=True)
class Split:
    """One target in three columns. ``sign`` is a symbol, or '' for a qualitative one; ``issues`` are codes of issues.toml."""

    sign: str
    value: str
    unit: str
    issues: tuple[str, ...] = ()
    not_applicable: bool = False

    def joined(self) -> str:
        """Sign, value and unit in one text, as KPI_VAL shows it: with the wide signs that such systems print."""
        return f"{WIDE.get(self.sign, self.sign)}{self.value}{self.unit}"


def split(figure: Figure | None) -> tuple[Split, ...]:
    """The rows of a target: one, but two for a range, which the system cannot hold in one."""
    if figure is None or isinstance(figure.reading.value, Missing):
        return (Split("", "", "", ("target_missing",)),)
    value, text = figure.reading.value, figure.text.strip()
    match value:
        case NotApplicable():
            return (Split("", text, "", (), True),)
        case Unresolved():
            return (Split("", text, "", ("target_open",)),)
        case Quantity(upper=upper) if upper is not None:
            return _range(value)
        case Quantity() if value.op in SIGNS:
            return (_quantity(value),)
        case Cadence() if value.op in SIGNS:
            each = f"{value.unit}/{period(value.every)}"
            return (Split(SIGNS[value.op], printed(value.amount), each, () if value.unit else ("unit_missing",)),)
        case Parts():
            return (Split("", text, "", ("several_measures",)),)
        case _:
            return (Split("", wording(value) if _has_hyphen(text) else text, ""),)


def _has_hyphen(text: str) -> bool:
    """A date written 2020-12-31 is rejected there; its canonical words hold no hyphen."""
    return "-" in text


def _quantity(value: Quantity) -> Split:
    each = f"/{period(value.per)}" if value.per is not None else ""
    issues = () if value.unit else ("unit_missing",)
    qualified = ("qualifier_lost",) if value.qualifier else ()
    return Split(SIGNS[value.op], printed(value.amount), f"{value.unit}{each}", issues + qualified)


def _range(value: Quantity) -> tuple[Split, ...]:
    """3-5家: at least 3家, and at most 5家. Ends that do not belong to the range are strict."""
    upper = value.upper if value.upper is not None else value.amount
    low, high = ("≥" if value.bounds[0] == "[" else ">"), ("≤" if value.bounds[1] == "]" else "<")
    issues = ("range_split", *(() if value.unit else ("unit_missing",)))
    return (Split(low, printed(value.amount), value.unit, issues), Split(high, printed(upper), value.unit, issues))


def coded(found: Split, codes: Codes) -> tuple[str, str]:
    """The code of the sign and the value to send, in a vendor's table: by symbol, never by code."""
    if found.not_applicable:
        return codes.not_applicable, codes.not_applicable_value
    return (codes.signs[found.sign] if found.sign else codes.qualitative), found.value
