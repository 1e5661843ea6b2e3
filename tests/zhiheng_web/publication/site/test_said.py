"""What the page of an indicator says of its entries, its course and its parts is true of the measure that it shows."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from zhiheng.values.canonical import to_json
from zhiheng.values.parse import parse
from zhiheng_web.publication.content import digest
from zhiheng_web.publication.content.actuals import Actual, Explained, Month, Part
from zhiheng_web.publication.content.scores import Result
from zhiheng_web.publication.content.tables import Figure, Row
from zhiheng_web.publication.queries.published import Published
from zhiheng_web.publication.site.pages import Site
from zhiheng_web.publication.site.pieces import caption, drawn, longest_gaps
from zhiheng_web.publication.site.words import named, recorded, working
from zhiheng_web.wording import Text

NOTHING = Text("", "")


def share(done: str, due: str, left: dict[str, int], counted: int) -> Part:
    """A part that is a coverage."""
    return Part(
        "main", Text("办结", "Done"), "coverage", NOTHING, "missed", Decimal(0), "%", Decimal(done), Decimal(due),
        counted=counted, recorded=counted, not_counted=left,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("part", "said", "english", "left"),
    [
        (
            share("5", "6", {"late": 1, "state": 1}, 5),
            "统计期内应办6条，按期办结5条，未按期1条（逾期办理1条）；另有1条不属于统计口径。",
            "Due in the period: 6; done in time: 5; not in time: 1 (Done late 1). Outside the measure: 1 more of the register.",
            ["状态不计"],
        ),
        (
            share("322", "328", {"late": 6, "pending": 5, "state": 4}, 322),
            "统计期内应办328条，按期办结322条，未按期6条（逾期办理6条）；另有9条不属于统计口径。",
            "Due in the period: 328; done in time: 322; not in time: 6 (Done late 6). Outside the measure: 9 more of the register.",
            ["待确认", "状态不计"],
        ),
        (
            share("50", "54", {"open": 1, "late": 3}, 50),
            "统计期内应办54条，按期办结50条，未按期4条（未办结1条、逾期办理3条）。",
            "Due in the period: 54; done in time: 50; not in time: 4 (Not done 1, Done late 3).",
            [],
        ),
        (
            share("0", "0", {"state": 2}, 0),
            "统计期内没有应办事项；另有2条不属于统计口径。",
            "Nothing was due in the period. Outside the measure: 2 more of the register.",
            ["状态不计"],
        ),
    ],
)
def test_what_was_due_and_not_done_in_time_is_said_to_be_in_the_share(part: Part, said: str, english: str, left: list[str]) -> None:
    found = recorded(part)
    assert (found.said.zh, found.said.en) == (said, english)
    assert [reason.zh for reason, _ in found.left] == left


def test_of_a_count_what_is_not_counted_is_within_the_period_or_beside_it() -> None:
    part = Part("m", NOTHING, "flow", NOTHING, "met", Decimal(35), "次", counted=35, recorded=36, not_counted={"check": 1, "state": 2})
    found = recorded(part)
    assert found.said.zh == "统计期内登记36条，计入35条，未计入1条。 台账中另有2条不属于统计期或统计口径。"
    assert [count for _, count in found.left] == [1, 2]


def course(target: Figure, figures: list[str | None]) -> Row:
    """A row with a figure or none at the end of each month."""
    months = tuple(
        Month(date(2020, number, 28), "met", None if figure is None else Decimal(figure), Text(figure or "—", figure or "—"))
        for number, figure in enumerate(figures, start=1)
    )
    actual = Actual("ledger", "met", Text("", ""), Decimal(100), "%", date(2020, 12, 31), None, months=months)
    return Row("d01-i03", "d01", 3, "清单", target=target, actual=actual)


DONE = Figure("应做尽做", {"kind": "completeness", "verb": "做", "flags": []})
SHARE = Figure("≥95%", {"kind": "percent", "value": "95", "unit": "%", "op": ">="})


@pytest.mark.parametrize(
    ("row", "said", "english"),
    [
        (
            course(SHARE, ["100", "80"]),
            "横轴为月份，横向虚线为年度指标值。",
            "Months along the bottom; the dashed level line is the target.",
        ),
        (course(DONE, ["100", "80"]), "横轴为月份。", "Months along the bottom."),
        (
            course(DONE, [None, "80"]),
            "横轴为月份，竖向虚线表示截至该月末没有数值。",
            "Months along the bottom; a dotted upright line marks a month without a figure.",
        ),
    ],
)
def test_the_caption_of_the_course_explains_the_lines_that_it_has(row: Row, said: str, english: str) -> None:
    chart = drawn(row)
    assert ('class="target"' in chart, 'class="gap"' in chart) == ("横向" in said, "竖向" in said)
    assert (caption(row).zh, caption(row).en) == (said, english)


def several(zh: str, en: str, *names: str) -> Actual:
    """An actual value of several parts."""
    parts = tuple(Part(f"p{n}", Text(name, f"Part {n}"), "flow", NOTHING, "met", Decimal(1), "") for n, name in enumerate(names))
    return Actual("ledger", "met", Text(zh, en), Decimal(100), "%", None, None, parts=parts)


@pytest.mark.parametrize(
    ("actual", "said", "english"),
    [
        (
            several("100%（3/3）；79.2万元；60笔", "100%（3/3）; 79.2万元; 60笔", "按期拨付", "审核通过金额", "当年备案贷款"),
            "按期拨付 100%（3/3）；\n审核通过金额 79.2万元；\n当年备案贷款 60笔",
            "Part 0 100%（3/3）;\nPart 1 79.2万元;\nPart 2 60笔",
        ),
        (several("83.33%（5/6）", "83.33%（5/6）", "文件", "清单", "通报"), "83.33%（5/6）", "83.33%（5/6）"),
        (several("12家", "12家", "批准"), "12家", "12家"),
        (several("未组织", "Not organised", "一", "二"), "未组织", "Not organised"),
    ],
)
def test_a_value_of_toldparts_names_each_where_each_is_shown(actual: Actual, said: str, english: str) -> None:
    assert (named(actual).zh, named(actual).en) == (said, english)


def test_the_pages_name_the_parts_of_a_value_and_a_telephone_shows_rounds_as_cards(packages: list[Published]) -> None:
    data = json.loads(json.dumps(packages[0].data))
    table = data["tables"][0]
    row = table["rows"][5]
    names = [{"zh": "认定企业", "en": "Firms named"}, {"zh": "审核通过金额", "en": "Amount approved"}]
    parts = [{**row["actual"]["parts"][0], "code": name["zh"], "name": name} for name in names]
    row["actual"] |= {"shown": {"zh": "60家；79.2万元", "en": "60家; 79.2万元"}, "parts": parts}
    lamps = {"budget": "yellow", "goals": "green", "red": 0, "yellow": 1, "green": 3, "blue": 2, "none": 0}
    table["monitored"] = [{"name": "上半年监控", "first": "2024-01-01", "last": "2024-06-30", **lamps}]
    site = Site([replace(packages[0], data=data, digest=digest(data))])
    where = f"{site.packages[0].key}/{table['slug']}"
    for page in ("index", row["duty"], row["slug"]):
        assert "认定企业 60家；\n审核通过金额 79.2万元" in site.file(f"{where}/{page}.html").decode(), page
        assert "Firms named 60家;\nAmount approved 79.2万元" in site.file(f"en/{where}/{page}.html").decode(), page
    assert '<td data-name="预算">黄灯</td>' in site.file(f"{where}/index.html").decode()


def gap(*lines: tuple[str, str], number: str = "12", rule: int = 14) -> Part:
    """A part that is the longest gap of a cadence, with the lines of its working."""
    how = tuple(Explained("", Text(name, name), words) for name, words in lines)
    return Part("main", NOTHING, "cadence", NOTHING, "met", Decimal(number), "天", how=how, rule={"longest_gap": rule})


def test_channels_without_a_public_name_are_told_apart_by_their_number() -> None:
    first = ("最长间隔（不超过 14 天）", "12")
    told = working(gap(first, ("全部", "12"), ("全部", "8"), ("门户网站", "7"), ("全部", "6")), "ledger")
    assert [line.name.zh for line in told[1:]] == ["渠道1", "渠道2", "门户网站", "渠道3"]
    assert [line.name.en for line in told[1:]] == ["Channel 1", "Channel 2", "门户网站", "Channel 3"]
    assert [(line.name.zh, line.name.en) for line in working(gap(first, ("全部", "12")), "ledger")[1:]] == [("全部", "all")]
    windows = [("达标期数", "11 / 12"), ("各期件数", "7 · 8"), ("各期件数", "9 · 9")]
    assert [line.name.zh for line in working(gap(*windows), "ledger")] == ["达标期数", "渠道1", "渠道2"]


@pytest.mark.parametrize(
    ("target", "said", "english"),
    [
        (
            "2周/次",
            "最长间隔12天，规定不超过14天；计分时折算为次数。",
            "Longest gap in days: 12, at most 14 allowed; for scoring both are turned into numbers of times.",
        ),
        ("1周/次", "最长间隔12天，规定不超过7天；计分时折算为次数。", ""),
        ("每月1次", "最长间隔12天，规定不超过14天；计分时折算为次数。", ""),
        ("应更尽更", "最长间隔12天，规定不超过14天。", "Longest gap in days: 12, at most 14 allowed."),
    ],
)
def test_a_longest_gap_is_said_in_days_with_its_limit_before_it_is_scored_as_times(target: str, said: str, english: str) -> None:
    value = {key: each for key, each in to_json(parse(target)).items() if key != "text"}
    actual = Actual("ledger", "met", Text("12天", "12天"), Decimal(12), "天", None, None, parts=(gap(),))
    result = Result("reported", *(Decimal("2.5"),) * 5)
    row = Row("d08-i26", "d08", 26, "间隔", target=Figure(target, value), actual=actual, result=result)
    (found,) = longest_gaps(row)
    assert found.zh == said
    assert english in ("", found.en)
    assert longest_gaps(replace(row, result=replace(result, tier=1))) == []
    assert longest_gaps(replace(row, result=None)) == []
