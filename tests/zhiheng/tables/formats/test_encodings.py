"""Chinese text in every encoding it is found in; text that is beyond reading is said to be so."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.tables.formats.encodings import decoded
from zhiheng.tables.grid import Refused

SIMPLIFIED = "部门整体支出绩效目标表\n职责\t绩效指标\t年度指标值\n科技奖励\t受理项目数\t60家以上\n"
TRADITIONAL = "部門整體支出績效目標表\n職責\t績效指標\t年度指標值\n科技獎勵\t受理項目數\t60家以上,完成率達到百分之九十五\n"
EVERYDAY = [
    chr(code) for code in range(0x4E00, 0x9FA6) if len(chr(code).encode("gb2312", "ignore")) == 2 and chr(code).encode("gb2312")[0] < 0xD8
]


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        decoded(data, "f")
    return caught.value.problem.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk", "gb2312"])
def test_simplified_text(encoding: str) -> None:
    assert decoded(SIMPLIFIED.encode(encoding), "f") == (SIMPLIFIED, [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "big5", "cp950"])
def test_traditional_text(encoding: str) -> None:
    assert decoded(TRADITIONAL.encode(encoding), "f") == (TRADITIONAL, [])


def test_marks_of_encodings() -> None:
    for mark, encoding in ((b"\xfe\xff", "utf-16-be"), (b"\x84\x31\x95\x33", "gb18030"), (b"\x00\x00\xfe\xff", "utf-32-be")):
        assert decoded(mark + SIMPLIFIED.encode(encoding), "f")[0] == SIMPLIFIED


@given(st.lists(st.sampled_from(EVERYDAY), min_size=8, max_size=200).map("".join), st.sampled_from(["gb18030", "utf-8", "utf-16-le"]))
def test_any_everyday_text_comes_back(text: str, encoding: str) -> None:
    text += "\n1\t2"
    assert decoded(text.encode(encoding), "f") == (text, [])


def test_rare_names_in_gb18030_come_back() -> None:
    text = SIMPLIFIED + "镕喆堃㙦𠮷\n"
    assert decoded(text.encode("gb18030"), "f")[0] == text


def test_ascii_and_symbols() -> None:
    assert decoded(b"a,b\n1,2\n", "f")[0] == "a,b\n1,2\n"
    assert decoded("≥95%,≤3天,①—②".encode(), "f")[0] == "≥95%,≤3天,①—②"


def test_a_page_says_its_charset() -> None:
    page = "<html><meta charset=big5><table><td>絲</table>"
    assert decoded(page.encode("big5"), "f", markup=True)[0] == page
    wrong = '<html><meta content="text/html; charset=utf-8"><table><td>绩效目标表格</table>'
    assert decoded(wrong.encode("gb18030"), "f", markup=True)[0] == wrong
    for name in ("nonsense", "iso-8859-1", "utf-16"):
        other = f"<html><meta charset={name}><table><td>绩效目标</table>"
        assert decoded(other.encode(), "f", markup=True)[0] == other
    assert decoded("<table><td>绩效目标</table>".encode(), "f", markup=True)[0].startswith("<table>")


def test_a_few_broken_bytes_are_told_with_their_line() -> None:
    for encoding, broken in (("utf-8", b"\xe7\xbb"), ("gb18030", b"\xff")):
        lines = [SIMPLIFIED.replace("\n", " ")] * 60
        raw = [line.encode(encoding) for line in lines]
        raw[7] += broken
        text, problems = decoded(b"\n".join(raw), "f")
        assert [(problem.code, problem.place.row) for problem in problems] == [("text-broken-bytes", 8)]
        assert text.split("\n")[0] == lines[0]
        assert "�" in text.split("\n")[7]


def test_a_text_cut_inside_a_character() -> None:
    data = (SIMPLIFIED * 5).encode()[:-2].rstrip()[:-1]
    text, problems = decoded(data[:-1] if data[-1:].isascii() else data, "f")
    assert text.startswith(SIMPLIFIED)
    assert len(problems) <= 1


@pytest.mark.parametrize(
    "garbled",
    [
        SIMPLIFIED.encode().decode("latin-1"),
        SIMPLIFIED.encode().decode("cp1252", "replace"),
        SIMPLIFIED.encode().decode("gb18030", "replace"),
        SIMPLIFIED.encode("gb18030").decode("utf-8", "replace"),
        SIMPLIFIED.encode("gb18030").decode("utf-8", "replace").encode().decode("gb18030", "replace"),
        "".join(chr(0xE000 + i) for i in range(60)),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_garbled_text_is_refused(garbled: str, encoding: str) -> None:
    assert refusal(garbled.encode(encoding)) == "text-mojibake"


@given(st.lists(st.sampled_from(EVERYDAY), min_size=5, max_size=300).map("".join))
def test_sound_text_is_never_called_garbled(text: str) -> None:
    assert decoded(text.encode(), "f")[0] == text


def test_foreign_letters_are_not_garbled_chinese() -> None:
    text = "Les élèves français étudient à l'école; größer, Ångström, año, çà et là où ils sont déjà allés."
    assert decoded(text.encode(), "f")[0] == text


def test_bullets_from_symbol_fonts_do_no_harm() -> None:
    text = "\uf0b7 受理项目六十家\n\uf0b7 兑现率百分之百\n"
    assert decoded(text.encode(), "f")[0] == text


def test_what_is_no_text() -> None:
    chance = random.Random(1)
    assert refusal(bytes(chance.randrange(256) for _ in range(4000))) == "binary"
    assert refusal(bytes(chance.randrange(128, 256) for _ in range(4000))) == "text-encoding"
    assert refusal(bytes(chance.randrange(1, 32) for _ in range(400))) == "binary"
    assert refusal(b"\xff\xfe" + bytes(chance.randrange(256) for _ in range(400))) in {"text-encoding", "text-mojibake", "binary"}
    assert refusal("caf\u00e9 \u00fcber na\u00efve \u00e0 la carte, d\u00e9j\u00e0 vu".encode("latin-1")) == "text-encoding"
    assert refusal("\u0000表格\u0000目标".encode()) == "binary"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig", "utf-16"])
def test_a_nul_in_good_text_is_dropped_and_told(encoding: str) -> None:
    good = "绩效指标\t年度指标值\n新增科技企业孵化器数量\t八家\n" * 40
    text, problems = decoded((good[:30] + "\x00" + good[30:]).encode(encoding), "f")
    assert text == good
    assert [(one.code, one.place.row) for one in problems] == [("text-nul", 3)]
