"""The data of the values: whole in both languages."""

from __future__ import annotations

import tomllib
from importlib import resources

from zhiheng.values import flags
from zhiheng.values.open_reading import REASONS
from zhiheng.values.tiers import SCALES
from zhiheng.values.value import Comparator, Kind

EXPLAIN = tomllib.loads(resources.files("zhiheng.values").joinpath("explain.toml").read_text("utf-8"))


def test_every_flag_kind_and_comparator_has_its_words() -> None:
    names = {value for name, value in vars(flags).items() if name.isupper()}
    assert set(EXPLAIN["flag"]) == names
    assert set(EXPLAIN["kind"]) == {kind.value for kind in Kind}
    assert set(EXPLAIN["op"]) == {op.value for op in Comparator}
    assert all(set(entry) == {"zh", "en"} for section in EXPLAIN.values() for entry in section.values())


def test_every_reason_has_a_title_of_its_own_and_words_in_both_languages() -> None:
    assert len({entry["title"] for entry in REASONS.values()}) == len(REASONS)
    assert all(entry["zh"] and entry["en"] for entry in REASONS.values())


def test_scales_rank_their_levels() -> None:
    assert SCALES["grade"].rank("优") == 0
    assert SCALES["grade"].rank("差") == 3
    assert SCALES["timeliness"].rank("按时") == SCALES["timeliness"].rank("及时")
    assert SCALES["grade"].rank("完美") is None
