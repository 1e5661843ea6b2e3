"""OFD files, written by hand after GB/T 33190."""

from __future__ import annotations

import pytest
from tests.zhiheng.tables.formats.samples import ofd_of, ofd_text, replaced, zipped

from zhiheng.tables.formats.ofd import read_ofd
from zhiheng.tables.grid import Refused

PICTURE = '<ofd:ImageObject Boundary="0 0 200 290"/>'


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read_ofd(data, "f")
    return caught.value.problem.code


def test_lines_by_position_whatever_the_order() -> None:
    page = (
        ofd_text(60, 20, "60家") + ofd_text(10, 20.5, "受理项目") + ofd_text(10, 10, "标题")
        + ofd_text(10, 30, "一", DeltaX="") + ofd_text(14.2, 30, "二") + ofd_text(20, 30, "三")
    )  # fmt: skip
    (grid,) = read_ofd(ofd_of(page), "f").grids
    assert grid.rows == (("标题",), ("受理项目", "60家"), ("一二 三",))
    assert (grid.page, grid.aligned, grid.numbers) == (1, False, (1, 2, 3))


def test_steps_between_characters_and_transformations() -> None:
    page = (
        ofd_text(10, 10, "科技创新", DeltaX="g 3 8") + ofd_text(39, 10, "券", DeltaX="4")
        + ofd_text(10, 20, "甲乙", CTM="2 0 0 2 5 0", DeltaX="4 x g") + ofd_text(32, 16, "丙", size=8)
    )  # fmt: skip
    assert read_ofd(ofd_of(page), "f").grids[0].rows == (("科技创新券",), ("甲乙丙",))


def test_pages_and_templates() -> None:
    used = '<ofd:Template TemplateID="t"/><ofd:Template TemplateID="none"/>'
    data = ofd_of(used + ofd_text(30, 10, "60家"), PICTURE, ofd_text(10, 10, "第二页"), template=ofd_text(10, 10, "目标"))
    source = read_ofd(data, "f")
    assert [(grid.page, grid.rows) for grid in source.grids] == [(1, (("目标", "60家"),)), (3, (("第二页",),))]
    assert [(problem.code, problem.place.page) for problem in source.problems] == [("page-scan", 2)]


def test_scans_blank_and_damaged_files(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(ofd_of(PICTURE, PICTURE)) == "ofd-scan"
    assert refusal(ofd_of("")) == "empty"
    assert refusal(zipped({"OFD.xml": "<x/>"})) == "empty"
    assert refusal(replaced(ofd_of(ofd_text(1, 1, "x")), {"Doc_0/Document.xml": None})) == "part-missing"
    assert refusal(ofd_of('<ofd:TextObject Boundary="1 2"><ofd:TextCode>x</ofd:TextCode></ofd:TextObject>')) == "empty"
    monkeypatch.setattr("zhiheng.tables.formats.ofd.MAX_PAGES", 1)
    assert refusal(ofd_of("", "")) == "too-many-pages"
    monkeypatch.setattr("zhiheng.tables.formats.ofd.MAX_PAGE_OBJECTS", 1)
    assert refusal(ofd_of(ofd_text(1, 1, "x") * 2)) == "page-too-dense"


def test_numbers_that_are_none() -> None:
    codes = '<ofd:CGTransform/><ofd:TextCode X="nan" Y="y">甲</ofd:TextCode><ofd:TextCode/>'
    page = f'<ofd:TextObject Boundary="a b 1e99 4" Size="x">{codes}</ofd:TextObject>'
    assert read_ofd(ofd_of(page), "f").grids[0].rows == (("甲",),)


def test_parts_are_found_from_the_top_of_the_file() -> None:
    data = replaced(
        ofd_of(ofd_text(1, 1, "甲")),
        {"OFD.xml": b"<OFD><DocBody><DocRoot>/Doc_0/Document.xml</DocRoot></DocBody></OFD>"},
    )
    assert read_ofd(data, "f").grids[0].rows == (("甲",),)
