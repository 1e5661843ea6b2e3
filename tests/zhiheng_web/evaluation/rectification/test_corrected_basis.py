"""A decision that rests on a self-evaluation says what it was corrected to since, on its page and on its paper."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhiheng_web.evaluation.models import Evaluation, SelfEvaluation, UseOfResult
from zhiheng_web.evaluation.queries.uses import UseLine, corrected


def card(total: str, grade: str, before: SelfEvaluation | None = None, state: str = "accepted") -> SelfEvaluation:
    """A self-evaluation, or the edition that corrects another. Nothing of it is stored."""
    made = SelfEvaluation(total=Decimal(total), grade=grade, state=state, replaces=before)
    made._state.fields_cache["replaced_by"] = None  # nothing corrects it; there is no database to ask
    if before is not None:
        before._state.fields_cache["replaced_by"] = made
    return made


def words(one: SelfEvaluation) -> tuple[str, str]:
    """What the page says of a decision that rests on it."""
    found = UseLine(UseOfResult(self_evaluation=one)).basis
    return found.zh, found.en


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_what_is_not_accepted_corrects_nothing(state: str) -> None:
    one = card("97.41", "优")
    card("88", "良", one, state)
    assert words(one) == ("绩效自评 97.41 优", "Self-evaluation 97.41 优")


def test_the_newest_accepted_edition_is_told() -> None:
    one = card("97.41", "优")
    second = card("88", "良", one)
    third = card("79.5", "中", second)
    assert words(one)[0] == "绩效自评 97.41 优（已更正为 79.5 中）"
    assert words(one)[1].startswith("Self-evaluation 97.41 优 (corrected to 79.5 ")
    assert corrected(UseOfResult(self_evaluation=second)) is third
    assert corrected(UseOfResult(self_evaluation=third)) is None


def test_an_evaluation_is_not_corrected_by_a_self_evaluation() -> None:
    one = card("97.41", "优")
    card("88", "良", one)
    assert corrected(UseOfResult(self_evaluation=one, evaluation=Evaluation(total=Decimal(90), grade="优"))) is None
