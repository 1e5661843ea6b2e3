"""Parameters: what a file may say, and which value holds on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from importlib import resources

import pytest

from zhiheng.parameters.parameters import STATUSES, ParameterError, in_force, load, national

GOOD = """
[explained]
zh = "需说明的倍数"
en = "Multiple that needs a reason"
unit = "ratio"
status = "convention"
values = [
  { from = 2015-01-01, value = "1.3", basis = "职衡默认值" },
  { from = 2022-01-01, value = "1.20", basis = "某财绩〔2021〕1号" },
]
"""


def test_a_file_gives_parameters_keyed_by_file_and_name() -> None:
    (only,) = load("office.toml", GOOD).values()
    assert only.key == "office.explained"
    assert [dated.value for dated in only.values] == ["1.3", "1.20"]
    assert only.values[1].start == date(2022, 1, 1)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('unit = "ratio"', 'unit = "ratio"\nlimit = "2"', "explained: unknown key limit"),
        ('unit = "ratio"', "", "explained: missing key unit"),
        ('unit = "ratio"', 'unit = "ratio"\nunit = "ratio"', "Cannot overwrite"),
        ('unit = "ratio"', "unit = 3", "explained.unit: must be text"),
        ('"convention"', '"law"', "explained.status: 'law' is none of"),
        ('value = "1.3"', 'value = "1.3", note = "x"', "explained.values[0]: unknown key note"),
        ('value = "1.3", ', "", "explained.values[0]: missing key value"),
        ('value = "1.3"', "value = 1.3", "explained.values[0].value: must be text"),
        ('value = "1.3"', "value = true", "explained.values[0].value: must be text"),
        ('"职衡默认值"', '" "', "explained.values[0].basis"),
        ("2015-01-01", '"2015-01-01"', "explained.values[0].from: must be a date"),
        ("2015-01-01", "2015-01-01T00:00:00", "explained.values[0].from: must be a date"),
        ("2015-01-01", "2022-01-01", "does not come after"),
        ("2015-01-01", "2023-01-01", "does not come after"),
        ("[explained]", "[explained", "office.toml"),
    ],
)
def test_what_a_file_must_not_say_is_refused_with_file_and_key(old: str, new: str, says: str) -> None:
    assert old in GOOD
    with pytest.raises(ParameterError) as refused:
        load("office.toml", GOOD.replace(old, new, 1))
    assert "office.toml" in str(refused.value)
    assert says in str(refused.value)


@pytest.mark.parametrize("values", ["[]", '"1.3"', '["1.3"]'])
def test_values_are_a_list_of_dated_tables(values: str) -> None:
    text = f'[x]\nzh = "a"\nen = "a"\nunit = ""\nstatus = "convention"\nvalues = {values}\n'
    with pytest.raises(ParameterError, match=r"office\.toml: x"):
        load("office.toml", text)


def test_an_entry_that_is_no_table_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"office\.toml: x: must be a table"):
        load("office.toml", "x = 3")


def test_all_shipped_files_load_and_keep_the_closed_list_of_statuses() -> None:
    files = [file for file in resources.files("zhiheng.parameters").joinpath("national").iterdir() if file.name.endswith(".toml")]
    stems = {key.split(".")[0] for key in national()}
    assert stems == {file.name.removesuffix(".toml") for file in files}
    assert {parameter.status for parameter in national().values()} <= set(STATUSES)


def test_the_value_in_force_is_the_newest_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    known = load("office.toml", GOOD)
    monkeypatch.setattr("zhiheng.parameters.parameters.national", lambda: known)
    assert in_force(date(2021, 12, 31)).number("office.explained") == Decimal("1.3")
    assert in_force(date(2022, 1, 1)).text("office.explained") == "1.20"
    with pytest.raises(KeyError, match="not in force on 2014-12-31"):
        in_force(date(2014, 12, 31)).text("office.explained")


def test_an_office_lays_its_own_values_over_by_key_and_misspelt_keys_are_refused() -> None:
    key = next(iter(national()))
    assert in_force(date(2024, 1, 1), {key: "7 8"}).words(key) == ("7", "8")
    with pytest.raises(KeyError, match=r"unknown parameter: audit\.nothing"):
        in_force(date(2024, 1, 1), {"audit.nothing": "1"})
