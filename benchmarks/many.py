"""Ten thousand departments: their tables, half workbooks and half text, checked by the command with all cores."""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.measure import Row, watched

TITLE = "10,000 generated department tables of 36 rows, xlsx and text mixed, checked with all cores (--quick: 200)"
SOURCE = Path(__file__).parent.parent / "src"
ROWS = 36
SAMPLE = 60

SUBJECTS = "企业 平台 项目 专家 基地 技术 人才 合同 宣传 培训 查新 评审 成果 孵化器 驿站 园区 档案 设备 课题 奖励".split()
ACTIONS = "认定 备案 服务 管理 对接 申报 推广 验收 评价 培育 监测 建设 登记 辅导 检查 发布".split()
UNITS = "家 个 项 人 次 篇 台 件 份 场".split()
WORDS = "应审尽审 应报尽报 应检尽检 完成 达到全省平均水平 全覆盖 通过 每月1次 2次/季度 12月底前".split()
SOURCES = "内部统计 统计局统计 省级要求 根据往年情况制定".split()
HEADINGS = (
    "职责序号 部门职责 职责目标 绩效指标 指标解释 年度指标值 指标参考值 - - - - - 备注 工作活动 预算项目",
    "- - - - - - 标准值(规划目标、行业标准或其他明确标准) - - 历史值(统计年鉴/统计公报/内部统计) - - - - -",
    "- - - - - - “十三五”规划值 2020年标准值 - 2017-2019年均值 2019年值(实际完成) 数据来源 - - -",
    "- - - - - - - 标准值 来源 - - - - - -",
)


def run(quick: bool) -> list[Row]:
    number = 200 if quick else 10_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with ProcessPoolExecutor() as pool:
            list(pool.map(partial(write, folder), range(number), chunksize=20))
        command = [sys.executable, "-m", "zhiheng_cli", "check", "--summary", "--no-progress", str(folder)]
        result = watched(command, {**os.environ, "PYTHONPATH": str(SOURCE)})
        if result.exit_code not in (0, 1):
            raise RuntimeError(f"check ended with {result.exit_code}")
        shares = list(shared(sorted(folder.iterdir())[: SAMPLE if quick else 4 * SAMPLE]))
    early = max(result.megabytes[: max(1, len(result.megabytes) // 5)])
    peak = max(result.megabytes)
    return [
        Row("tables", number, "files"),
        Row("wall time", result.seconds, "s"),
        Row("tables per second", number / result.seconds, "files/s"),
        Row("rows per second", number * ROWS / result.seconds, "rows/s"),
        Row("peak memory of all processes", peak, "MB", None if quick else peak / early),
        *shares,
    ]


# --- making the tables ----------------------------------------------------------------------------------------


def write(folder: Path, number: int) -> None:
    """Table ``number``: text, and every second one as a workbook on the official form."""
    from zhiheng.reports.printing import printed
    from zhiheng.tables import read

    path = folder / f"{number:05d}.txt"
    path.write_text(generated(number), encoding="utf-8")
    if number % 2:
        path.with_suffix(".xlsx").write_bytes(printed([table.plan for table in read(path).tables], "xlsx"))
        path.unlink()


def generated(number: int) -> str:
    """An invented duty table of eleven duties and 36 indicators; the same number gives the same table."""
    draw = random.Random(number)
    basic, projects = draw.randint(100, 3000), draw.randint(100, 9000)
    fields = [""] * 15
    first = fields.copy()
    first[0], first[2], first[3], first[4] = "部门名称", f"第{number}号局", "部门整体预算总额", f"{basic + projects}万元"
    first[6], first[8] = "1. 资金来源：（1）财政拨款", f"{basic + projects}万元"
    first[10], first[12] = "2. 资金结构：（1）基本支出", f"{basic}万元"
    second = fields.copy()
    second[6], second[10], second[12] = "（2）其他资金", "（2）项目支出", f"{projects}万元"
    goal = fields.copy()
    goal[0], goal[2] = "战略目标", f"到“十三五”末，基本形成适应第{number}号局职责的服务体系，办成一批群众看得见的实事。"
    lines = ["2020年部门预算整体绩效目标表", "", *("\t".join(line) for line in (first, second, goal))]
    lines += ["\t".join("" if word == "-" else word for word in line.split()) for line in HEADINGS]
    return "\n".join([*lines, *rows(draw)]) + "\n"


def rows(draw: random.Random) -> Iterator[str]:
    """The indicators, spread over the duties; the duty stands in its first row only."""
    starts = {0, *draw.sample(range(1, ROWS), 10)}
    duty = 0
    for row in range(ROWS):
        subject, action = draw.choice(SUBJECTS), draw.choice(ACTIONS)
        fields = [""] * 15
        if row in starts:
            duty += 1
            fields[0], fields[1] = str(duty), f"{subject}{action}"
            fields[2] = f"做好全市{subject}的{action}工作，提高服务水平，保障年度任务完成。"
        unit = draw.choice(UNITS)
        last = draw.randint(1, 900)
        target = draw.choice(WORDS) if draw.random() < 0.25 else f"{max(1, last + draw.randint(-50, 80))}{unit}"
        fields[3] = f"{subject}{action}数量{row + 1}"
        fields[4] = f"年内完成{subject}{action}，材料完整，过程规范，按时办结第{row + 1}类事项。"
        fields[5], fields[7], fields[8] = target, target, draw.choice(SOURCES)
        fields[10] = target if target in WORDS else f"{last}{unit}"
        fields[11] = "内部统计"
        fields[12] = draw.choice(("", "", "", "新增", "重点工作"))
        yield "\t".join(fields)


# --- where the time goes ----------------------------------------------------------------------------------------


def shared(paths: list[Path]) -> Iterator[Row]:
    """Shares of reading files and layouts, typing values, and auditing, in one warm process."""
    from datetime import date

    from zhiheng.audit.engine import audit
    from zhiheng.parameters.parameters import in_force
    from zhiheng.tables import read
    from zhiheng.values.parse import parse

    parameters = in_force(date(2020, 12, 31))
    tables = [table for path in paths for table in read(path).tables]  # warm
    with timed(parse) as typing:
        begun = time.perf_counter()
        for path in paths:
            read(path)
        reading = time.perf_counter() - begun - typing[0]
    begun = time.perf_counter()
    for table in tables:
        audit(table, parameters)
    auditing = time.perf_counter() - begun
    total = reading + typing[0] + auditing
    for name, seconds in (("reading files and layouts", reading), ("typing values", typing[0]), ("auditing", auditing)):
        yield Row(f"share of {name}", 100 * seconds / total, "%")


@contextmanager
def timed(function: Callable[..., Any]) -> Iterator[list[float]]:
    """The seconds spent in ``function``, wherever the library calls it by its own name."""
    spent = [0.0]

    def wrapped(*arguments: Any, **named: Any) -> Any:
        begun = time.perf_counter()
        try:
            return function(*arguments, **named)
        finally:
            spent[0] += time.perf_counter() - begun

    holders = [
        (module, name)
        for module in list(sys.modules.values())
        if getattr(module, "__name__", "").startswith("zhiheng.")
        for name, value in list(vars(module).items())
        if value is function
    ]
    for module, name in holders:
        setattr(module, name, wrapped)
    try:
        yield spent
    finally:
        for module, name in holders:
            setattr(module, name, function)
