"""All that is due is done: 应审尽审, 全覆盖, 全部完成, 100%覆盖. The cell does not name the denominator.

Source: rules 7.2 forms 48-54.
"""

from __future__ import annotations

import re

from zhiheng.values import flags
from zhiheng.values.found import Found
from zhiheng.values.lexicon import DATA
from zhiheng.values.value import Coverage

_DUE = re.compile(r"应([\u4e00-\u9fff]{1,3})[尽必]\1(?:率?(?:达到|达|为)?100%|率|原则)?")
_ALL = re.compile(r"(?:全部|全额|足额|100%|百分之百|百分百)([\u4e00-\u9fff]{2,4})(?:率)?")
_OVER_ALL = re.compile(r"(?:实现|达到|做到|基本实现)?(全覆盖|100%覆盖|全部覆盖|全面覆盖|全方位覆盖|覆盖率?达?到?100%)")
_EVERYBODY = re.compile(r"全员(?:[\u4e00-\u9fff]{0,4})")
_NOT_A_VERB = tuple(DATA["coverage"]["no_verbs"])


def read(text: str) -> Found | None:
    """The coverage that the whole text writes, or None."""
    if text[0] not in "应全百足1实达做":
        return None
    due = _DUE.fullmatch(text)
    if due is not None:
        return _found(due[1])
    if _OVER_ALL.fullmatch(text):
        return None if text.startswith(("基本", "覆盖率")) else _found("覆盖")
    everything = _ALL.fullmatch(text)
    if everything is not None and not everything[1].startswith(_NOT_A_VERB) and not everything[1].endswith(("率", "的")):
        return _found(everything[1])
    if _EVERYBODY.fullmatch(text):
        return _found(text)
    return None


def _found(verb: str) -> Found:
    return Found(Coverage(verb), (flags.DENOMINATOR_UNKNOWN,), False, "")


def words(verb: str) -> str:
    """How a coverage of this verb is printed."""
    if verb == "覆盖":
        return "全覆盖"
    if verb.startswith("全员"):
        return verb
    return f"应{verb}尽{verb}" if len(verb) == 1 else f"全部{verb}"
