"""What was measured of a row, as its page prints it and as systems exchange it: beside what the scoring makes of it.

The scoring takes a gap of 12 days within two weeks for exactly as often as asked, and looks only at what is held against the target.
Another system is told what was found: 12天, and every part that the page shows.
"""

from __future__ import annotations

from decimal import Decimal

from zhiheng.scoring.observation import InParts, NothingDue, Observation, Reported
from zhiheng.values.value import Cadence, Coverage
from zhiheng_web.evaluation.observing import SHOWN_ONLY, Frozen, days
from zhiheng_web.ledgers.measures.result import STATE_NAMES, State

BETWEEN = "；"
"""Between the parts of a value in words (ledgers.measures.judging.words_of)."""
STATED = (State.NOT_ORGANISED.value, State.NOT_APPLICABLE.value)
WINDOWS = "{met}/{of} 期达标"


def measured(value: Frozen | None, observation: Observation) -> Observation:
    """The observation as the page prints it, of a frozen value."""
    if value is None or value["state"] in STATED or not value["parts"]:
        return observation
    match observation:
        case NothingDue(""):
            return NothingDue(STATE_NAMES[State.NOTHING_DUE].zh)
        case InParts(parts):
            return InParts(tuple(NothingDue(STATE_NAMES[State.NOTHING_DUE].zh) if one == NothingDue() else one for one in parts))
        case Reported(Cadence() | Coverage()):
            part = value["parts"][value["decisive"]]
            gap = part.get("rule", {}).get("longest_gap") is not None and part["number"] is not None
            return Reported(days(Decimal(part["number"]))) if gap else observation
        case _:
            return observation


def further(value: Frozen | None, observation: Observation | None) -> str:
    """What the page prints beside that which is held against the target, in words; '' where it prints nothing else."""
    if value is None or value["state"] in STATED or not value["parts"]:
        return ""
    parts, decisive = value["parts"], value["decisive"]
    several = isinstance(observation, InParts)
    told = parts[decisive].get("told", {})
    words = [WINDOWS.format(**told)] if "of" in told and not several else []
    shown = value["shown_zh"].split(BETWEEN)
    if len(shown) == len(parts):
        held = [part.get("target") != SHOWN_ONLY if several else number == decisive for number, part in enumerate(parts)]
        words += [text for text, within in zip(shown, held, strict=True) if not within]
    return BETWEEN.join(words)
