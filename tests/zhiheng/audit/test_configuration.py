"""An office's own settings: what is followed, and what is refused with file and key."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib import resources
from pathlib import Path

import pytest
from tests.plans import plan_of

from zhiheng.audit.configuration import Configuration, Misconfigured, configuration
from zhiheng.audit.engine import audit
from zhiheng.audit.finding import Severity
from zhiheng.parameters.parameters import in_force


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "zhiheng.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_everything_at_once(tmp_path: Path) -> None:
    text = """
[rules]
select = ["H", "measurability", "R03"]
ignore = ["M19"]
[rules.severity]
H02 = "error"
m05 = "information"
[parameters]
"audit_header.tolerance" = "0.1"
"audit_header.rate_low" = 60
"audit_header.rate_high" = 115.50
"audit_header.result_words" = "提升 达到"
"""
    read = configuration(written(tmp_path, text))
    assert read.selection.select == ("H", "measurability", "R03")
    assert read.selection.ignore == ("M19",)
    assert read.selection.severities == {"H02": Severity.ERROR, "m05": Severity.INFORMATION}
    assert read.parameters == {
        "audit_header.tolerance": "0.1",
        "audit_header.rate_low": "60",
        "audit_header.rate_high": "115.50",
        "audit_header.result_words": "提升 达到",
    }


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    assert configuration(written(tmp_path, "")) == Configuration()


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    assert configuration(written(tmp_path, b"\xef\xbb\xbf[rules]\nignore = ['M19']\n")).selection.ignore == ("M19",)


def test_the_settings_are_followed(tmp_path: Path) -> None:
    table = plan_of({"year": 2020, "budget": {"unit": "万元", "total": "100", "basic": "33.40", "project": "66.67"}})
    own = configuration(written(tmp_path, '[rules]\nselect = ["H01"]\n[rules.severity]\nH01 = "warning"\n'))
    found = audit(table, in_force(date(2020, 12, 31), own.parameters), own.selection).findings
    assert [(item.code, item.severity) for item in found] == [("H01", "warning")]
    own = configuration(written(tmp_path, '[rules]\nselect = ["H01"]\n[parameters]\n"audit_header.tolerance" = "0.1"\n'))
    assert audit(table, in_force(date(2020, 12, 31), own.parameters), own.selection).findings == ()


FAULTS = {
    "unreadable": None,
    "encoding": "[rules]\nselect = ['科']".encode("gbk"),
    "syntax": "[rules\nselect = 1",
    "unknown_key": '[rules]\nselekt = ["H"]',
    "not_a_table": 'rules = "H01"',
    "not_a_list": '[rules]\nselect = "H01"',
    "severity": '[rules.severity]\nH01 = "fatal"',
    "unknown_rule": '[rules]\nignore = ["完全不同"]',
    "unknown_rule_near": '[rules.severity]\nH99 = "error"',
    "unknown_parameter": '[parameters]\n"完全不同" = "1"',
    "unknown_parameter_near": '[parameters]\n"audit_header.tolerence" = "1"',
    "not_a_value": '[parameters]\n"audit_header.tolerance" = true',
    "not_a_number": '[parameters]\n"audit_header.tolerance" = "little"',
}
NAMED = {
    "unknown_key": "rules.selekt",
    "not_a_table": "rules",
    "not_a_list": "rules.select",
    "severity": "rules.severity.H01",
    "unknown_rule": "rules.ignore",
    "unknown_rule_near": "rules.severity",
    "not_a_value": "parameters.audit_header.tolerance",
    "not_a_number": "parameters.audit_header.tolerance",
}


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_names_file_and_key(code: str, tmp_path: Path) -> None:
    text = FAULTS[code]
    path = tmp_path / "none" / "zhiheng.toml" if text is None else written(tmp_path, text)
    with pytest.raises(Misconfigured) as refusal:
        configuration(path)
    assert refusal.value.code == code
    for language in ("zh", "en"):
        said = refusal.value.text(language)
        assert "zhiheng.toml" in said
        assert NAMED.get(code, "") in said
        assert "{" not in said


@pytest.mark.parametrize(
    ("code", "nearest"), [("unknown_key", "select"), ("unknown_rule_near", "H0"), ("unknown_parameter_near", "audit_header.tolerance")]
)
def test_the_nearest_name_is_suggested(code: str, nearest: str, tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=nearest):
        configuration(written(tmp_path, FAULTS[code] or ""))


def test_a_wrong_top_level_key(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="rule"):
        configuration(written(tmp_path, "[rule]\n"))


@pytest.mark.parametrize("value", ["nan", "inf", "NaN"])
def test_a_number_that_is_none(value: str, tmp_path: Path) -> None:
    with pytest.raises(Misconfigured) as refusal:
        configuration(written(tmp_path, f'[parameters]\n"audit_header.tolerance" = {value.lower()}'))
    assert refusal.value.code == "not_a_number"


def test_every_wording_is_used_and_in_both_languages() -> None:
    wordings = tomllib.loads(resources.files("zhiheng.audit").joinpath("configuration.toml").read_text("utf-8"))
    assert set(wordings) == set(FAULTS)
    assert all(set(texts) == {"zh", "en"} for texts in wordings.values())
