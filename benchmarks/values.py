"""How many distinct cells are understood in a second, on the catalogue's forms with numbers that never repeat."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from statistics import median

from benchmarks.measure import Row

TITLE = "Understanding cells: distinct texts per second on one core; no cell is remembered, only words and units"
BAR = 50_000.0

# How often a form stands in published tables: (weight, template). {n} a number, {p} a percentage, {m} a month, {d} a decimal.
FORMS: tuple[tuple[int, str], ...] = (
    (160, "{n}家"), (110, "{n}项"), (90, "{n}人"), (80, "{n}次"), (40, "{n}个"), (30, "{n}篇"), (30, "{n}人次"), (20, "{n}户"),
    (70, "≥{n}次"), (70, "≥{p}%"), (60, "{p}%"), (20, "={p}%"), (20, "≤{p}%"), (15, "＞{p}%"), (10, "≥ {p} %"), (30, "{n}"),
    (20, "≥{n}"), (25, "{d}万元"), (20, "≤{d}万元"), (8, "{n}万"), (8, "{d}万平方米"), (6, "{n}元/人"), (4, "≥{n}元/人*月"),
    (4, "{n}元/年"), (20, "{n}家以上"), (15, "{p}%以上"), (12, "不少于{n}次"), (12, "不低于{p}%"), (10, "不超过{n}万元"),
    (5, "控制在{p}%以内"), (5, "达{p}%以上"), (5, "总数达到{n}家以上"), (8, "{n}-{more}家"), (4, "{p}%-{pmore}%"),
    (5, "约{n}人"), (5, "{n}余人"), (8, "每月{n}篇"), (6, "{n}次/月"), (3, "{m}周/次"), (3, "每季度不少于{n}次"),
    (3, "全年{n}次"), (12, "{m}月底前"), (10, "2021年{m}月{m}日前"), (8, "{m}月"), (5, "202{m}年底之前"),
    (4, "2021.{m}-2022.{m}"), (10, "建立{n}项"), (6, "促成合作{n}项"), (6, "{n}项管理办法"), (5, "净增{n}家"),
    (4, "省级以上{n}家"), (4, "完成{n}部宣传片,{more}套方案"), (2, "组织对接次数/对接企业数{n}"), (8, "较上年提高{d}个百分点"),
    (6, "同比增长{p}%以上"), (4, "全省前{m}名"), (3, "1:{d}"), (8, "{n}个工作日"), (4, "≤{m}天"), (4, "{n}分以上"),
)  # fmt: skip

# Words without a number: few distinct texts, many cells. Their share is written as it is in tables.
WORDS: tuple[tuple[int, str], ...] = (
    (40, "应审尽审"), (30, "完成"), (30, "及时"), (30, "满意"), (25, "达成预期指标"), (20, "优"), (20, "有效提升"),
    (20, "长期"), (15, "/"), (15, "无"), (10, "达到全省平均水平"), (10, "与上年持平"), (10, "不超预算"), (10, "符合相关规定"),
    (15, "显著提升"), (10, "按期完成"), (10, "两次"), (6, "百分之九十五"), (6, "第一名"), (40, ""),
)  # fmt: skip
PHRASES = ("带动{a}增收", "{a}热情高涨", "营造良好的{a}氛围", "{a}规范有序", "保障{a}正常运转")
THINGS = "农民 企业 群众 创业 科研 市场 社区 学校 医院 园区 机关 项目 平台 人才 成果 专利 展会 宣传 培训 治理".split()


def cells(count: int, seed: int = 7) -> Iterator[str]:
    """``count`` texts in the mix of published tables, all distinct but for the words that have no number."""
    chance = random.Random(seed)
    forms, weights = [text for _, text in (*FORMS, *WORDS)], [weight for weight, _ in (*FORMS, *WORDS)]
    seen: set[str] = set()
    made = 0
    while made < count:
        text = chance.choices(forms, weights)[0]
        if chance.random() < 0.05:
            text = chance.choice(PHRASES).replace("{a}", chance.choice(THINGS) + chance.choice(THINGS))
        elif "{" in text:
            text = _filled(text, chance)
            if text in seen and "{m}" not in text and len(text) > 4:
                continue
            seen.add(text)
        made += 1
        yield text


def _filled(text: str, chance: random.Random) -> str:
    n = chance.randint(1, 200_000)
    p = chance.randint(1, 8_999)
    fields = {
        "n": n, "more": n + chance.randint(1, 99), "p": f"{p // 100}.{p % 100:02d}", "pmore": f"{p // 100 + 10}.{p % 100:02d}",
        "m": chance.randint(1, 9), "d": f"{chance.randint(1, 99_999)}.{chance.randint(1, 99):02d}",
    }  # fmt: skip
    return text.format(**fields)


def run(quick: bool) -> list[Row]:
    """Cells per second: the whole mix, and its kinds apart; the ratio is over the bar of 50,000."""
    from zhiheng.values.parse import parse
    from zhiheng.values.reading import Context

    rounds, count = (3, 20_000) if quick else (7, 100_000)
    warm = list(cells(500, seed=1))
    for text in warm:
        parse(text)
    batches = [list(cells(count, seed=100 + number)) for number in range(rounds)]
    rates = []
    for batch in batches:
        begun = time.perf_counter()
        for text in batch:
            parse(text)
        rates.append(count / (time.perf_counter() - begun))
    context = Context("服务对象合格率", "完成情况", "", "≥", "定量", 2021)
    begun = time.perf_counter()
    for text in batches[0]:
        parse(text, context)
    with_context = count / (time.perf_counter() - begun)
    distinct = len(set(batches[0])) / count * 100
    rows = [
        Row("understood, mixed forms", median(rates), "cells/s", median(rates) / BAR),
        Row("understood, with name, sign and year around them", with_context, "cells/s", with_context / BAR),
        Row("distinct texts in a batch", distinct, "%"),
    ]
    for name, wanted in (("number and unit only", FORMS[:8]), ("all other forms with a number", FORMS[25:])):
        batch = [_filled(text, random.Random(index)) for index, (_, text) in enumerate(list(wanted) * (count // (4 * len(wanted))))]
        begun = time.perf_counter()
        for text in batch:
            parse(text)
        rate = len(batch) / (time.perf_counter() - begun)
        rows.append(Row(name, rate, "cells/s", rate / BAR))
    return rows
