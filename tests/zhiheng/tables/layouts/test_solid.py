"""Text without separators, cell by cell: what divides, and what stays whole."""

from __future__ import annotations

import pytest

from zhiheng.plan.place import Place
from zhiheng.tables.layouts.raw import Token
from zhiheng.tables.layouts.solid import split_solid
from zhiheng.tables.layouts.solid_head import divide_head
from zhiheng.tables.layouts.tokens import heading_run, is_solid

EVALUATION = "一级指标二级指标三级指标年度指标值实际完成值分值得分"
DECLARATION = "一级指标二级指标三级指标指标值分值"


def _tokens(*lines: str) -> list[Token]:
    return [Token(text, Place("f", row=number), number, 0) for number, text in enumerate(lines, 1)]


def _rows(*lines: str) -> list[list[str]]:
    """The cells behind the headings, line by line."""
    rows: dict[int, list[str]] = {}
    for token in split_solid(_tokens(*lines)):
        rows.setdefault(token.line, []).append(token.text)
    found = list(rows.values())
    return found[next(i for i, row in enumerate(found) if "三级指标" in row) + 1 :]


def test_every_cell_is_kept() -> None:
    text = EVALUATION + "产出指标数量指标培训（含远程）≥5次6次1010质量指标合格率≥95%98%2018总分3028备注：无"
    divided = split_solid(_tokens(text))
    assert "".join(token.text for token in divided) == text


def test_blanks_between_columns_divide() -> None:
    assert _rows(DECLARATION + "产出指标数量指标足额保障率=100% 22.5 科目调整次数≤10次 22.5 时效指标按时发放率=100% 22.5 合计100") == [
        ["产出指标", "数量指标", "足额保障率", "=100%", "22.5"],
        ["科目调整次数", "≤10次", "22.5"],
        ["时效指标", "按时发放率", "=100%", "22.5"],
        ["合计", "100"],
    ]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("5000吨稻谷、500吨小麦到位率100%100%1010", ["5000吨稻谷、500吨小麦到位率", "100%", "100%", "10", "10"]),
        ("6小时内扑灭率≥95%96%1010", ["6小时内扑灭率", "≥95%", "96%", "10", "10"]),
        ("培训（含20人以上）班次5次5次1010", ["培训（含20人以上）班次", "5次", "5次", "10", "10"]),
        ("指标1培训班次5次5次1010", ["指标1培训班次", "5次", "5次", "10", "10"]),
        ("及时（按期）开工率≥90%90%1010", ["及时（按期）开工率", "≥90%", "90%", "10", "10"]),
        ("是否明显提高是是1010", ["是否明显提高", "是", "是", "10", "10"]),
        ("资金到位率100%", ["资金到位率", "100%"]),
    ],
)
def test_figures_inside_a_name_are_of_the_name(text: str, row: list[str]) -> None:
    assert _rows(EVALUATION + "产出指标数量指标" + text) == [["产出指标", "数量指标", *row]]


def test_what_has_no_single_division_stays_whole() -> None:
    assert _rows(DECLARATION + "产出指标数量指标88100质量指标88100") == [["产出指标", "数量指标", "88100"], ["质量指标", "88100"]]
    assert _rows(EVALUATION + "产出指标数量指标覆盖率100%5个达成预期指标质量指标合格率100%100%1010") == [
        ["产出指标", "数量指标", "覆盖率"],
        ["100%5个达成预期指标"],
        ["质量指标", "合格率", "100%", "100%", "10", "10"],
    ]


def test_level_words_with_points_and_blanks() -> None:
    rows = _rows(
        "一级 指标二级 指标三级指标年度指标 值实际完成值产出 指标（60分）数量 指标培训班次5次5次效益指标(分)社会 效益 指标知晓率80%85%"
    )
    assert rows == [
        ["产出指标（60分）", "数量指标", "培训班次", "5次", "5次"],
        ["效益指标", "社会效益指标", "知晓率", "80%", "85%"],
    ]


def test_second_level_words_without_zhibiao_only_between_rows() -> None:
    rows = _rows(
        "一级指标二级指标三级指标指标值产出指标产出数量耕地数量保有率100%产出质量质量达标率95%效益指标社会效益群众社会效益认可度90%"
    )
    assert rows == [
        ["产出指标", "产出数量", "耕地数量保有率", "100%"],
        ["产出质量", "质量达标率", "95%"],
        ["效益指标", "社会效益", "群众社会效益认可度", "90%"],
    ]


def test_pages_of_one_text() -> None:
    text = ("1、" + EVALUATION + "产出指标数量指标培训班", "2、次5次5次1010")
    divided = split_solid(_tokens(*text))
    assert [token.text for token in divided][-6:] == ["数量指标", "培训班次", "5次", "5次", "10", "10"]
    assert [token.place.row for token in divided][-2:] == [2, 2]


def test_numbers_that_count_no_pages_are_kept() -> None:
    assert "2、其他" in [token.text for token in split_solid(_tokens("绩效目标表", "2、其他", EVALUATION))]


def test_a_row_a_line() -> None:
    rows = _rows(DECLARATION, "产出指标数量指标培训2次班次5次10", "质量指标规章建立与否20", "成本指标", "造价", "总分", "100", "附表.xlsx")
    assert rows == [
        ["产出指标", "数量指标", "培训2次班次", "5次", "10"],
        ["质量指标", "规章建立与否"],
        ["20"],
        ["成本指标"],
        ["造价"],
        ["总分"],
        ["100"],
        ["附表.xlsx"],
    ]


def test_two_tables_in_one_text() -> None:
    rows = _rows(
        "一级指标二级指标三级指标指标值产出指标数量指标培训班次5次年度绩效指标一级指标二级指标三级指标指标值产出指标数量指标培训班次2次"
    )
    assert rows == [
        ["产出指标", "数量指标", "培训班次", "5次"],
        ["年度绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "培训班次", "2次"],
    ]


@pytest.mark.parametrize(
    ("last", "value", "title"),
    [("培训班次5次", "5次", "绩效目标表"), ("满意情况显著提升", "显著提升", "某局绩效目标表"), ("班次5次", "5次", "2022年度绩效目标表")],
)
def test_a_title_between_two_tables_begins_a_head(last: str, value: str, title: str) -> None:
    head = "一级指标二级指标三级指标指标值产出指标数量指标"
    cells = [token.text for token in split_solid(_tokens(f"{head}{last}{title}（2022年度）项目名称甲项目{head}培训班次2次"))]
    assert cells[7:12] == [value, title, "（2022年度）", "项目名称", "甲项目"]


def test_the_explanation_begins_at_its_word() -> None:
    rows = _rows("一级指标二级指标三级指标指标解释指标值产出指标数量指标培训班次反映培训数量≥5次")
    assert rows == [["产出指标", "数量指标", "培训班次", "反映培训数量", "≥5次"]]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("单位名称：某局填报日期：2022年3月项目名称甲项目", ["单位名称：", "某局", "填报日期：", "2022年3月", "项目名称", "甲项目"]),
        ("项目名称某区部门联动项目主管部门某局", ["项目名称", "某区部门联动", "项目主管部门", "某局"]),
        (
            "某县某局2022年12月30日绩效目标自评表(2022年度)项目名称甲",
            ["某县某局2022年12月30日", "绩效目标自评表", "(2022年度)", "项目名称", "甲"],
        ),
        ("年度资金总额：20其中：财政拨款20", ["年度资金总额：", "20", "其中：", "财政拨款", "20"]),
        ("这里没有标签", ["这里没有标签"]),
    ],
)
def test_labels_divide_the_head(text: str, cells: list[str]) -> None:
    assert list(divide_head(text)) == cells


def test_headings_that_run_together() -> None:
    run = heading_run("绩效指标一级指标二级指标三级指标实际完成值未完成原因及改进措施得分")
    assert run is not None
    assert run[2] == ("绩效指标", "一级指标", "二级指标", "三级指标", "实际完成值", "未完成原因及改进措施", "得分")
    assert is_solid(_tokens("绩 效 指 标一级 指标二级 指标三级指标年度指标 值"))
    assert not is_solid(_tokens("评价指标体系绩效指标一级指标的说明文字很长"))
