"""Plain text: fields as they stand, quotes as RFC 4180 has them, running text untouched. The csv module is the witness."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.plan.place import Place
from zhiheng.tables.formats import read
from zhiheng.tables.formats.text import counted, is_tabbed, lines, records, tab_grid
from zhiheng.tables.grid import Grid, Refused

FIELD = st.text(alphabet=st.sampled_from('ab职责1% "\t\n,;'), max_size=8)


def grid(tmp_path: Path, text: str, name: str = "a.txt") -> Grid:
    path = tmp_path / name
    path.write_bytes(text.encode())
    (only,) = read(path).grids
    return only


def test_every_line_and_field_is_kept(tmp_path: Path) -> None:
    found = grid(tmp_path, "标题\n\n1\t科技奖励\t\t60家\t\t\n\t\t\r\n\t末行\t\t\t")
    assert found.rows == (("标题",), (), ("1", "科技奖励", "", "60家", "", ""), ("", "", ""), ("", "末行", "", "", ""))
    assert found.numbers == (1, 2, 3, 4, 5)
    assert found.aligned
    assert found.spans == ()


def test_all_ends_of_line_and_no_others() -> None:
    assert lines("a\r\nb\rc\nd\x0b\x0c\u2028e\x85", "f") == ["a", "b", "c", "d\x0b\x0c\u2028e\x85"]
    assert lines("a\n", "f") == ["a"]
    assert lines("a\n\n", "f") == ["a", ""]
    assert lines("", "f") == []


def test_a_quoted_field_may_hold_tabs_quotes_and_ends_of_line() -> None:
    found, problems = tab_grid(lines('甲\t"第一行\n第二\t""行"""\t丙\n丁\t戊', "f"), "f")
    assert found.rows == (("甲", '第一行\n第二\t"行"', "丙"), ("丁", "戊"))
    assert found.numbers == (1, 3)
    assert problems == []


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ('a\t"十三五"规划值\tb', ("a", '"十三五"规划值', "b")),  # goes on after the quote: no quoting
        ('a\tb"c"\td', ("a", 'b"c"', "d")),  # does not begin the field
        ("a\t“十三五”规划\tb", ("a", "“十三五”规划", "b")),  # Chinese quotes are text
        ('""\t""', ("", "")),
        ('"a"\t', ("a", "")),
        ('a\t"', ("a", '"')),
        ('a\t""""\t1', ("a", '"', "1")),
    ],
)
def test_a_quote_is_a_character_unless_it_opens_and_closes_a_field(line: str, fields: tuple[str, ...]) -> None:
    found, _ = tab_grid([line], "f")
    assert found.rows == (fields,)


def test_a_quote_without_end_is_read_as_it_stands_and_told() -> None:
    found, problems = tab_grid(['a\t"b\tc', "d\te"], "f")
    assert found.rows == (("a", '"b', "c"), ("d", "e"))
    assert [(problem.code, problem.place) for problem in problems] == [("quote-open", Place("f", row=1))]


@given(st.lists(st.lists(FIELD, min_size=1, max_size=4), min_size=1, max_size=6), st.sampled_from("\t,;"))
def test_what_the_csv_module_writes_is_read_again(rows: list[list[str]], mark: str) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=mark, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    found, numbers, problems = records(lines(buffer.getvalue(), "f"), mark, "f")
    assert [list(row) for row in found] == rows
    heights = [1 + sum(field.count("\n") for field in row) for row in rows]
    assert list(numbers) == [1 + sum(heights[:i]) for i in range(len(rows))]
    assert problems == []


@given(st.lists(st.lists(st.text(alphabet="ab职责1% ,;", min_size=1, max_size=6), min_size=2, max_size=5), min_size=1, max_size=6))
def test_without_quotes_splitting_is_all(rows: list[list[str]]) -> None:
    found, numbers, problems = records(["\t".join(row) for row in rows], "\t", "f")
    assert [list(row) for row in found] == [row if "\t".join(row).strip(" ") else [] for row in rows]
    assert numbers == tuple(range(1, len(rows) + 1))
    assert problems == []


def test_running_text_stays_as_it_is(tmp_path: Path) -> None:
    text = "  一、总体目标:完成60家。\n\n二、说明|其他\n\t缩进一行,a,b\n三、完\n四、完"
    found = grid(tmp_path, text)
    assert found.rows == (("  一、总体目标:完成60家。",), (), ("二、说明|其他",), ("\t缩进一行,a,b",), ("三、完",), ("四、完",))
    assert not found.aligned


def test_a_table_inside_a_long_text_is_found_by_its_lines() -> None:
    text = ["说明文字"] * 50
    assert not is_tabbed([*text, "a\tb"])
    assert not is_tabbed(text)
    assert is_tabbed([*text, "a\tb\tc", "a\tb\tc", "a\tb\tc"])
    assert not is_tabbed([*text, "a\tb\tc", "a\tb\tc", "x", "a\tb\tc"])
    assert is_tabbed(["a\tb", "标题"])


def test_a_tsv_is_a_table_whatever_it_holds(tmp_path: Path) -> None:
    assert grid(tmp_path, "只有一列\n两行", "a.tsv").aligned


def test_more_rows_than_any_sheet_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x\n" * 1_100_000)
    with pytest.raises(Refused) as caught:
        read(path)
    assert caught.value.problem.code == "too-many-rows"


def test_quotes_without_end_take_no_longer_than_the_text() -> None:
    line = '"' + 'a""\t' * 16_000
    found, _, _ = records([line] * 20, "\t", "f")
    assert len(found) == 20


@pytest.mark.parametrize("mark", [",", "\t", "|"])
def test_too_much_is_refused_with_its_line(mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused) as caught:
        counted(["a", mark * 16_384], mark, "f")
    assert (caught.value.problem.code, caught.value.problem.place.row) == ("too-many-columns", 2)
    counted(["a", mark * 16_383], mark, "f")
    monkeypatch.setattr("zhiheng.tables.formats.text.MAX_CELLS", 5)
    with pytest.raises(Refused) as caught:
        counted([mark, mark, mark], mark, "f")
    assert (caught.value.problem.code, dict(caught.value.problem.parameters)["line"]) == ("too-many-fields", "3")
