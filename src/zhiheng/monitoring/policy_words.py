"""A policy as people read it: each setting by its name, each value in words. The code words of its file stand nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from zhiheng.monitoring.wording import word
from zhiheng.scoring.trace import printed

SHARES = frozenset({"lamps.whole_blue", "lamps.tolerance", "over.limit", "warnings.sure_below", "warnings.too_low"})
"""Settings whose value is a share: read in per cent."""
MONTHS = frozenset({"warnings.late_from", "round.first", "round.last"})
DAYS = frozenset({"round.after_department", "round.after_project"})


def label(key: str, language: str = "zh") -> str:
    """What a setting is called."""
    return word(f"setting.{key}", language)


def said(key: str, value: str | Sequence[Sequence[str]], language: str = "zh") -> str:
    """The value of a setting in words."""
    if not isinstance(value, str):
        return tiers(value, language) if key == "lamps.tiers" else bands(value, language)
    if not value:
        return word("choice.none", language)
    if key == "warnings.rate_gap":
        return word("choice.points", language, count=printed(Fraction(value) * 100))
    if key in SHARES:
        return percent(value, language)
    if key in MONTHS:
        return word("choice.month", language, month=value)
    if key in DAYS:
        return word("choice.days", language, count=value)
    if key == "round.due":
        month, day = value.split("-")
        return word("choice.day", language, month=str(int(month)), day=str(int(day)))
    if key == "warnings.lamp_steps":
        return word("choice.steps", language, count=value)
    return word(f"choice.{key}.{value}", language)


def percent(share: str, language: str) -> str:
    """A share in per cent."""
    return printed(Fraction(share) * 100) + ("%" if language == "zh" else " %")


def bands(value: Sequence[Sequence[str]], language: str) -> str:
    """Lamps with the share from which each burns; the last is for all the rest."""
    most = [
        word("choice.from", language, share=percent(bound, language), lamp=word(f"lamp.{lamp}", language)) for bound, lamp in value[:-1]
    ]
    return "".join([*most, word("choice.rest", language, lamp=word(f"lamp.{value[-1][1]}", language))])


def tiers(value: Sequence[Sequence[str]], language: str) -> str:
    """The lamp of each tier of a target in words."""
    named = [
        word("choice.tier", language, tier=word(f"tier.{tier}", language), lamp=word(f"lamp.{lamp}", language)) for tier, lamp in value
    ]
    return ("；" if language == "zh" else "; ").join(named)
