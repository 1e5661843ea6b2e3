"""The words that follow the budget year, when the table itself did not publish them."""

from __future__ import annotations

from zhiheng.plan.plan import Labels

FIRST_PLAN = 1953  # 一五
ORDINALS = "一二三四五六七八九"


def five_year_plan(year: int) -> str:
    """The 五年规划 that covers ``year``: 2016-2020 十三五, 2021-2025 十四五. Empty where the count does not reach.

    The first two ran 1953-1957 and 1958-1962; from the third on (1966-1970) they follow without a gap.
    """
    if year < FIRST_PLAN + 13:
        return ""
    number = (year - 1966) // 5 + 3
    tens, ones = divmod(number, 10)
    if tens > 9:
        return ""
    lead = ("" if tens == 1 else ORDINALS[tens - 1]) + "十" if tens else ""
    return lead + (ORDINALS[ones - 1] if ones else "") + "五"


def labels(published: Labels, year: int | None) -> Labels:
    """The four year-bound headings: as published, else from the budget year, else without a year.

    A published 标准值 without its year is the lower of the form's two headings; the year stands in the upper one.
    """
    if year is None:
        plain = Labels("五年规划值", "标准值", "前三年均值", "上年值(实际完成)")
    else:
        plan = five_year_plan(year)
        plain = Labels(
            planned=f"“{plan}”规划值" if plan else "五年规划值",
            standard=f"{year}年标准值",
            mean=f"{year - 3}-{year - 1}年均值",
            last_year=f"{year - 1}年值(实际完成)",
        )
    return Labels(
        planned=published.planned or plain.planned,
        standard=published.standard if any(letter.isdigit() for letter in published.standard) else plain.standard,
        mean=published.mean or plain.mean,
        last_year=published.last_year or plain.last_year,
    )
