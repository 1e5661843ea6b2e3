"""Sheet names and the room a text takes."""

from __future__ import annotations

import pytest

from zhiheng.reports.measure import halves, lines
from zhiheng.reports.sheets import names


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (["a/b:c*?[d]"], ["a b c   d"]),
        (["", "'"], ["表1", "表2"]),
        (["表", "表", "表"], ["表", "表 2", "表 3"]),
        (["History"], ["History 2"]),
        (["Ab", "aB"], ["Ab", "aB 2"]),
    ],
)
def test_sheet_names_are_legal_and_distinct(titles: list[str], expected: list[str]) -> None:
    assert names(titles) == expected


def test_long_titles_are_cut_and_stay_distinct() -> None:
    made = names(["绩效" * 20, "绩效" * 20])
    assert [len(name) for name in made] == [31, 31]
    assert len(set(made)) == 2


def test_a_chinese_character_is_twice_as_wide() -> None:
    assert halves("60家“”") == 4 + halves("“”")
    assert halves("家") == 2 * halves("a")


def test_lines_grow_with_the_text_and_count_its_own_breaks() -> None:
    assert lines("", 30, 9) == 1
    assert lines("一\n二\n\n四", 30, 9) == 4
    assert lines("字" * 100, 31.75, 9) >= 10
    assert lines("字", 0.1, 9) == 1
