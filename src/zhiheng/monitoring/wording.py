"""The words of monitoring, in both languages: its own texts.toml first, then those of scoring, whose steps it passes on."""

from __future__ import annotations

from collections.abc import Iterable

from zhiheng.scoring import trace
from zhiheng.scoring.trace import Step


def word(key: str, language: str = "zh", **parameters: str) -> str:
    """The wording of ``<section>.<code>`` in a language; the key itself where nothing is worded under it."""
    found = trace.texts("zhiheng.monitoring").get(key)
    if found is None:
        return trace.word(key, language, **parameters)
    return found["en" if language == "en" else "zh"].format_map(parameters)


def explain(steps: Iterable[Step], language: str = "zh") -> list[str]:
    """The steps of a judgement as sentences, one each, in order."""
    return [sentence(each, language) for each in steps]


def sentence(each: Step, language: str) -> str:
    """One step in words; why something could not be judged is worded as scoring words it."""
    key = each.code if each.code.startswith("reason.") else f"step.{each.code}"
    return trace.told(key, each.parameters, language, word)


def note(code: str, language: str = "zh") -> str:
    """What a note of a judgement says."""
    return word(f"note.{code}", language)
