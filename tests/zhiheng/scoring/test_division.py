"""Dividing compound indicators: by the measures of the target, by the numbers of the explanation."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhiheng.scoring.division import divide, numbered
from zhiheng.scoring.scheme_file import scheme
from zhiheng.tables.reading import read

LINYI = Path(__file__).parents[3] / "examples" / "linyi-2020" / "table.txt"


def test_the_compound_indicators_of_the_real_table() -> None:
    found = {row.name.text: divide(row, scheme()) for row in read(LINYI).tables[0].plan.indicators}
    compound = {name: [(part.name, part.target) for part in each.parts] for name, each in found.items() if each.parts}
    assert set(compound) == {"依法行政", "组织技术对接"}
    assert compound["组织技术对接"] == [("组织对接次数", ""), ("对接企业数", "10")]
    assert [target for _, target in compound["依法行政"]] == ["应做尽做"] * 3
    assert compound["依法行政"][2][0] == "完成科技创新通报季报和年报工作"


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("1.甲；2.乙；3.丙。", ("甲", "乙", "丙")),
        ("（1）甲；（2）乙", ("甲", "乙")),
        ("一、甲；二、乙", ("甲", "乙")),
        ("增长1.5倍；减少2.5%", ()),
        ("1.只有一项", ()),
        ("2020年完成3.5万亩", ()),
        ("", ()),
    ],
)
def test_numbered_items(text: str, items: tuple[str, ...]) -> None:
    assert numbered(text) == items
