"""Charts: well-formed, a missing year is a gap and nothing more, what is drawn stands in proportion."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from zhiheng_web.ui.charts import HEIGHT, TOP, WIDTH, Point, Share, history, shares, spark
from zhiheng_web.wording import Text

AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False, allow_infinity=False)
POINTS = st.lists(st.one_of(st.none(), AMOUNTS), min_size=1, max_size=12)


def points(figures: list[Decimal | None]) -> list[Point]:
    return [Point(str(2000 + index), figure) for index, figure in enumerate(figures)]


def drawn(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


@given(figures=POINTS, target=st.one_of(st.none(), AMOUNTS))
def test_every_figure_is_drawn_once_and_every_missing_year_is_a_gap(figures: list[Decimal | None], target: Decimal | None) -> None:
    svg = history(points(figures), "标题", target)
    if all(figure is None for figure in figures):
        assert svg == ""
        return
    root = drawn(svg)
    known = [figure for figure in figures if figure is not None]
    circles = root.findall("circle")
    assert len(circles) == len(known)
    assert len([line for line in root.findall("line") if line.get("class") == "gap"]) == len(figures) - len(known)
    heights = [Decimal(circle.get("cy", "")) for circle in circles]
    assert all(TOP - 1 <= height <= HEIGHT for height in heights)
    for (one, first), (other, second) in pairwise(zip(known, heights, strict=True)):
        assert (first <= second) if one > other else (first >= second) if one < other else first == second
    joined = sum(len(line.get("points", "").split()) for line in root.findall("polyline"))
    runs = [run for run in re.findall(r"1+", "".join("0" if figure is None else "1" for figure in figures)) if len(run) > 1]
    assert joined == sum(map(len, runs)), "no line leads over a missing year"


@given(figures=POINTS)
def test_a_spark_shows_the_same_course_or_nothing(figures: list[Decimal | None]) -> None:
    svg = spark(points(figures), "走势")
    known = [figure for figure in figures if figure is not None]
    assert (svg == "") is (len(known) < 2)
    if svg:
        assert len(drawn(svg).findall("circle")) == len(known)


def test_a_target_is_drawn_open_and_joined_to_nothing() -> None:
    root = drawn(history([Point("2019", Decimal(160)), Point("2020", Decimal(60), aim=True)], "高新技术企业", Decimal(60), "家"))
    assert [circle.get("class") for circle in root.findall("circle")] == ["mark", "mark aim"]
    assert root.findall("polyline") == []
    assert "2019 160家" in (root.get("aria-label") or "") and "指标值 60家" in (root.get("aria-label") or "")


def test_zero_is_drawn_and_is_not_a_gap() -> None:
    root = drawn(history(points([Decimal(0), Decimal(3)]), "x"))
    assert len(root.findall("circle")) == 2
    assert 'class="gap"' not in ElementTree.tostring(root).decode()


@given(amounts=st.lists(st.decimals(min_value=0, max_value=10**10, places=2), min_size=1, max_size=6))
def test_shares_fill_the_bar_in_proportion(amounts: list[Decimal]) -> None:
    svg = shares([Share(Text(f"部分{index}", f"part {index}"), amount) for index, amount in enumerate(amounts)], "资金")
    whole = sum(amounts)
    assert (svg == "") is (whole == 0)
    if not svg:
        return
    bars = [bar for bar in drawn(svg).findall("rect") if (bar.get("class") or "").startswith("share")]
    widths = [Decimal(bar.get("width", "")) for bar in bars]
    wanted = [WIDTH * amount / whole for amount in amounts if amount > 0]
    assert len(widths) == len(wanted)
    assert all(abs(width - want) <= Decimal("0.06") for width, want in zip(widths, wanted, strict=True))


def test_words_cannot_break_out_of_a_chart() -> None:
    svg = history([Point("<script>", Decimal(1), '"><b>')], '"><script>alert(1)</script>', Decimal(1), "<i>")
    assert "<script>" not in svg and "<b>" not in svg and "<i>" not in svg
    drawn(svg)


def test_a_spark_of_last_year_and_this_years_target_is_a_slope_with_room_at_the_edges() -> None:
    for actual, target in ((160, 60), (60, 160), (8, 8)):
        root = drawn(spark([Point("2019", Decimal(actual)), Point("2020", Decimal(target), aim=True)], "走势"))
        first, last = root.findall("circle")
        lead = root.find("line[@class='lead']")
        assert lead is not None
        assert [lead.get(name) for name in ("x1", "y1", "x2", "y2")] == [each.get(n) for each in (first, last) for n in ("cx", "cy")]
        assert (float(first.get("cy", "")) < float(last.get("cy", ""))) is (actual > target)
        wide, high = map(int, (root.get("viewBox") or "").split()[2:])
        for circle in (first, last):
            radius = float(circle.get("r", "")) + 1.5
            assert radius < float(circle.get("cx", "")) < wide - radius
            assert radius < float(circle.get("cy", "")) < high - radius


def test_a_target_after_a_gap_leads_from_the_last_figure_and_none_before_any() -> None:
    told = [Point("2017", Decimal(5)), Point("2018", None), Point("2019", Decimal(6), aim=True)]
    assert len(drawn(spark(told, "走势")).findall("line[@class='lead']")) == 1
    assert drawn(spark([Point("2019", Decimal(6), aim=True), Point("2020", Decimal(7))], "走势")).findall("line[@class='lead']") == []
