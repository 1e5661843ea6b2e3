"""A pack's faults: each is named with the file and the line at which it stands, and all of them at once."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from zhiheng_web.ledgers.packs.lines import lines_of
from zhiheng_web.ledgers.packs.reading import Fault, read_pack

PACK = """code = "works"
edition = "1"
name = { zh = "示例", en = "Example" }
registers = ["registers.toml"]
bindings = ["bindings.toml"]
"""
REGISTERS = r"""# two registers
[[registers]]
code = "works"
zh = "工作"
en = "Works"
key = ["number"]
columns = [
    { name = "number", required = true, pattern = '\d{4}' },
    { name = "decided_on" },
    { name = "category", choices = [["a", "甲", "A"], "乙"] },
    { name = "quantity", unit = "项" },
    { name = "note", zh = "说明", en = "Note", kind = "text", visibility = "personal" },
]
states = [
    { code = "draft", zh = "在办", en = "Open" },
    { code = "approved", zh = "批准", en = "Approved", final = true },
]
moves = [
    { code = "approve", zh = "批准", en = "Approve", start = ["draft"], end = "approved", sets = "decided_on" },
]
evidence = [
    { code = "notice", zh = "通知", en = "Notice", required = true, states = ["approved"] },
]
checks = [
    { code = "size", kind = "range", zh = "太大", en = "Too large", columns = ["quantity"], most = 10 },
]

[[registers]]
code = "posts"
zh = "发布"
en = "Posts"
columns = [
    { name = "title" },
    { name = "happened_on" },
    { name = "due_on" },
    { name = "about", register = "works" },
]
states = [{ code = "posted", zh = "已发布", en = "Posted" }]
obligations = [
    { code = "weekly", zh = "每周发布", en = "Weekly", state = "posted", every = "week" },
]
"""
BINDINGS = """[[indicators]]
name = "完成项数"
[[indicators.bases]]
code = "usual"
zh = "按批准"
en = "By approval"
[[indicators.bases.parts]]
register = "works"
measure = "flow"
counted_on = "decided_on"
states = ["approved"]
categories = ["a"]

[[indicators]]
name = "发布频次"
[[indicators.bases]]
code = "usual"
zh = "每周"
en = "Weekly"
parts = [
    { register = "posts", measure = "cadence", counted_on = "happened_on", window = "week", per_window = 2, states = ["posted"] },
]
"""


def faults(folder: Path, pack: str = PACK, registers: str = REGISTERS, bindings: str = BINDINGS) -> list[Fault]:
    for name, text in (("pack.toml", pack), ("registers.toml", registers), ("bindings.toml", bindings)):
        (folder / name).write_text(text, "utf-8")
    return list(read_pack(folder / "pack.toml").faults)


def test_a_pack_without_fault(tmp_path: Path) -> None:
    assert faults(tmp_path) == []
    pack = read_pack(tmp_path / "pack.toml")
    works = pack.registers[0]
    assert works.first_state == "draft"
    assert works.column("number").en == "Number", "the words of the common column"
    assert [(one.code, one.zh) for one in works.column("category").choices] == [("a", "甲"), ("乙", "乙")]
    assert pack.indicators[0].bases[0].default, "a single basis is the default one"
    assert pack.indicators[0].bases[0].parts[0].states == ("approved",)


@pytest.mark.parametrize(
    ("file", "before", "after", "code"),
    [
        ("pack", 'edition = "1"', 'edition = "1"\nowner = "x"', "unknown_key"),
        ("pack", '"registers.toml"', '"missing.toml"', "file"),
        ("pack", '"registers.toml"', '"../registers.toml"', "file"),
        ("pack", 'en = "Example"', 'en = ""', "missing"),
        ("registers", 'key = ["number"]', 'key = ["numbr"]', "unknown"),
        ("registers", 'key = ["number"]', 'key = ["note"]', "sealed_key"),
        ("registers", r"'\d{4}'", r"'\d{4'", ""),
        ("registers", r"'\d{4}'", "'(a'", "pattern"),
        ("registers", '{ name = "decided_on" }', '{ name = "decided_on", kind = "word" }', "common_kind"),
        ("registers", '{ name = "decided_on" }', '{ name = "decided_on", visibility = "personal" }', "sealed_common"),
        ("registers", '{ name = "decided_on" }', '{ name = "decidedon" }', "missing"),
        ("registers", '{ name = "quantity", unit', '{ name = "number", unit', "twice"),
        ("registers", 'kind = "text", visibility', 'kind = "essay", visibility', "value"),
        ("registers", 'kind = "text", visibility', 'kind = "county", visibility', "detail_kind"),
        ("registers", 'visibility = "personal"', 'visibility = "hidden"', "value"),
        ("registers", '{ name = "note"', '{ name = "unit"', "reserved"),
        ("registers", 'choices = [["a", "甲", "A"], "乙"]', "choices = []", "missing"),
        ("registers", 'choices = [["a", "甲", "A"], "乙"]', 'choices = ["乙", "乙"]', "twice"),
        ("registers", 'code = "approved", zh', 'code = "Approved!", zh', "code"),
        ("registers", 'code = "approved", zh', 'code = "draft", zh', "twice"),
        ("registers", 'end = "approved"', 'end = "aproved"', "unknown"),
        ("registers", 'start = ["draft"]', 'start = ["begun"]', "unknown"),
        ("registers", 'sets = "decided_on"', 'sets = "quantity"', "unknown"),
        ("registers", 'sets = "decided_on"', 'by = ["fillr"]', "value"),
        ("registers", 'sets = "decided_on"', "days = 5", "together"),
        ("registers", 'required = true, states = ["approved"]', 'required = true, states = ["done"]', "unknown"),
        ("registers", 'columns = ["quantity"], most = 10', 'columns = ["quantity"]', "needs"),
        ("registers", 'columns = ["quantity"], most = 10', 'columns = ["decided_on"], most = 10', "unknown"),
        ("registers", 'kind = "range"', 'kind = "sum"', "value"),
        ("registers", '{ name = "about", register = "works" }', '{ name = "about", register = "jobs" }', "unknown"),
        ("registers", '{ name = "about", register = "works" }', '{ name = "about" }', "missing"),
        ("registers", 'every = "week"', 'every = "day"', "value"),
        ("registers", 'every = "week"', "times = 2", "either"),
        ("bindings", 'register = "works"', 'register = "work"', "unknown"),
        ("bindings", 'measure = "flow"', 'measure = "flows"', "value"),
        ("bindings", 'measure = "flow"', 'measure = "total"', "needs"),
        ("bindings", 'measure = "flow"', 'measure = "flow"\nwindow = "week"', "needless"),
        ("bindings", 'measure = "flow"', 'measure = "stock"', "needs"),
        ("bindings", 'measure = "flow"', 'measure = "external"', "needs"),
        ("bindings", 'counted_on = "decided_on"', 'counted_on = "happened_on"', "unknown"),
        ("bindings", 'states = ["approved"]', 'states = ["aproved"]', "unknown"),
        ("bindings", 'categories = ["a"]', 'categories = ["b"]', "unknown"),
        ("bindings", 'categories = ["a"]', 'levels = ["a"]', "unknown"),
        ("bindings", 'categories = ["a"]', 'first_ever = true', "needs"),
        ("bindings", "per_window = 2, ", "", "needs"),
        ("bindings", 'name = "发布频次"', 'name = "完成项数"', "twice"),
    ],
)  # fmt: skip
def test_each_fault_is_told_with_its_file_and_line(tmp_path: Path, file: str, before: str, after: str, code: str) -> None:
    texts = {"pack": PACK, "registers": REGISTERS, "bindings": BINDINGS}
    assert texts[file].count(before) >= 1
    line = texts[file][: texts[file].index(before)].count("\n") + 1 + after.count("\n")
    texts[file] = texts[file].replace(before, after, 1)
    found = faults(tmp_path, **texts)
    if not code:
        assert found == [] or found[0].code == "pattern"
        return
    here = [fault for fault in found if fault.file == f"{file}.toml" and fault.code == code]
    assert here, [str(fault) for fault in found]
    assert all(fault.text.zh and fault.text.en for fault in found)
    if code not in ("needs", "missing", "twice", "needless"):
        assert line in {fault.line for fault in here}
    else:
        assert any(abs(fault.line - line) <= 4 for fault in here)


def test_all_faults_at_once(tmp_path: Path) -> None:
    registers = REGISTERS.replace('end = "approved"', 'end = "x"').replace('key = ["number"]', 'key = ["y"]')
    bindings = BINDINGS.replace('states = ["posted"]', 'states = ["z"]')
    found = faults(tmp_path, registers=registers, bindings=bindings)
    lines = [(fault.file, fault.line) for fault in found]
    assert lines == [("registers.toml", 6), ("registers.toml", 19), ("bindings.toml", 21)]


def test_what_is_no_toml(tmp_path: Path) -> None:
    (fault,) = [one for one in faults(tmp_path, registers="[[registers]]\ncode = \n") if one.file == "registers.toml"]
    assert (fault.code, fault.line) == ("toml", 2)


def test_lines_of_every_form_of_toml() -> None:
    text = '''a.b = 1 # a ] remark }
c = """
two "" lines
"""
[t]
"odd key" = 'x'
many = [
  [1, 2], # one
  { k = "}", l = [ "]" ] },
]
[[t.list]]
x = 1
[[t.list]]
x = 2
y = { z = 1979-05-27 07:32:00 }
[[t.list.inner]]
w = 1
'''
    tomllib.loads(text)
    lines = lines_of(text)
    assert lines["a", "b"] == 1
    assert lines["c",] == 2
    assert lines["t", "odd key"] == 6
    assert lines["t", "many", 0] == 8
    assert lines["t", "many", 1, "l", 0] == 9
    assert lines["t", "list", 0, "x"] == 12
    assert lines["t", "list", 1, "x"] == 14
    assert lines["t", "list", 1, "y", "z"] == 15
    assert lines["t", "list", 1, "inner", 0, "w"] == 17
