"""企业与孵化载体: the term of a certificate, research staff, published ratios, the area that tenants use."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from zhiheng.parameters.parameters import Parameters
from zhiheng_kjj.rules.academicians import years_later


def certificate_fits(issued: date, until: date, known: Parameters) -> bool:
    """Whether a certificate ends no later than its years allow; an earlier end (cancelled, moved out) is right."""
    return until <= years_later(issued, int(known.number("enterprises.certificate_years")))


def enough_research_staff(research: Decimal | None, staff: Decimal | None, known: Parameters) -> bool:
    """Whether research staff are the share of all staff that is asked for; what is not known passes."""
    return research is None or not staff or research * 100 >= staff * known.number("enterprises.research_staff_share")


def ratio_agrees(value: Decimal | None, numerator: Decimal | None, denominator: Decimal | None, known: Parameters) -> bool:
    """Whether a published percentage is its terms, up to the difference that rounding may leave."""
    if value is None or numerator is None or not denominator:
        return True
    return abs(value * denominator - numerator * 100) <= known.number("enterprises.ratio_difference") * denominator


def enough_used(used: Decimal | None, area: Decimal | None, level: str, known: Parameters) -> bool:
    """Whether tenants use the share of the area that the level asks for."""
    if used is None or not area:
        return True
    share = known.text("enterprises.used_share_national" if level == "national" else "enterprises.used_share_city")
    over, under = (Decimal(word) for word in share.split("/"))
    return used * under >= area * over
