"""A hundred self-evaluation tables of 36 rows as pdf, with four processes, against docx of the same tables and a bare typst table."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal

from benchmarks.measure import Row, medians

TITLE = (
    "100 self-evaluation tables of 36 rows as pdf on 4 processes (bar: 5 s), against docx and against a bare typst table of the same words"
)
PROCESSES = 4
BAR = 5.0
ROWS = 36
LEVELS = (("产出指标", "数量指标"), ("产出指标", "质量指标"), ("效益指标", "社会效益指标"), ("满意度指标", "服务对象满意度指标"))
BARE = """#let data = json(bytes(sys.inputs.data))
#set page(paper: "a4")
#set text(size: 10pt, font: "Noto Sans CJK SC")
#table(columns: 9, ..data.flatten())
"""


def run(quick: bool) -> list[Row]:
    number = 20 if quick else 100
    works: dict[str, Callable[[int], int]] = {"bare typst": bare, "docx": as_docx, "pdf": as_pdf}
    seconds = {name: pooled(work, number) for name, work in works.items()}
    begun = time.perf_counter()
    with ProcessPoolExecutor(PROCESSES) as pool:
        list(pool.map(as_pdf, range(number)))
    cold = time.perf_counter() - begun
    single = medians({"one": lambda: as_pdf(0)}, 5)["one"]
    reached = seconds["pdf"] * 100 / number
    return [
        *(Row(f"{number} tables, {name}", value, "s", value / seconds["bare typst"]) for name, value in seconds.items()),
        Row(f"{number} tables, pdf, processes and fonts loaded first", cold, "s", cold / seconds["bare typst"]),
        Row("100 pdfs, over the bar", reached, "s", reached / BAR),
        Row("one pdf in a warm process", single * 1000, "ms"),
    ]


def pooled(work: Callable[[int], int], number: int) -> float:
    """Seconds for ``number`` tables with a warm pool, as a service has it: imports and fonts are loaded once before."""
    with ProcessPoolExecutor(PROCESSES) as pool:
        list(pool.map(work, range(PROCESSES * 2)))
        begun = time.perf_counter()
        sizes = list(pool.map(work, range(number)))
        spent = time.perf_counter() - begun
    assert all(sizes)
    return spent


# --- the work ---------------------------------------------------------------------------------------------------


def as_pdf(number: int) -> int:
    """Table ``number`` from plain data to the bytes of its pdf."""
    from zhiheng.reports.papers.printing import printed

    return len(printed(table(number), "pdf"))


def as_docx(number: int) -> int:
    """The same as a Word document."""
    from zhiheng.reports.papers.printing import printed

    return len(printed(table(number), "docx"))


def bare(number: int) -> int:
    """The words of the same rows as a plain table of typst: what typesetting alone takes."""
    import json

    import typst

    from zhiheng.reports.fonts import fonts

    rows = [list(words) for words in said(number)]
    made = typst.compile(
        BARE.encode(),
        format="pdf",
        font_paths=fonts(()),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(rows, ensure_ascii=False)},
    )
    return len(made)


def said(number: int) -> list[tuple[str, ...]]:
    """The words of the rows: levels, name, target, actual, points, reason. No two tables are alike."""
    rows = []
    for row in range(ROWS):
        first, second = LEVELS[row * len(LEVELS) // ROWS]
        target, actual = 10 + (number * 7 + row * 3) % 90, 8 + (number * 5 + row * 11) % 95
        reason = f"第{row + 1}项受外部条件影响，完成进度滞后；下一年度提前部署，按季度调度。" if actual < target else ""
        rows.append(
            ("绩效指标", first, second, f"科技服务事项{number}-{row + 1}办结数量", f"≥{target}项", f"{actual}项", "2.5", "2.5", reason)
        )
    return rows


def table(number: int):  # type: ignore[no-untyped-def]
    """Self-evaluation ``number`` as the paper that the service prints."""
    from zhiheng.plan.plan import Cell, Figure, Goal, Indicator, Plan
    from zhiheng.reports.papers.outline import Money
    from zhiheng.reports.papers.self_evaluation_table import Evaluated, Result, self_evaluation_table
    from zhiheng.values.parse import parse

    rows = said(number)
    plan = Plan(
        title="项目支出绩效目标申报表",
        layout="goal-declaration",
        year=2020,
        department=Cell("临沂市科学技术局"),
        project=Cell(f"科技服务项目{number}"),
        unit=Cell("临沂市科技创新中心"),
        goals=(Goal(Cell("做好科技服务，按期办结年度事项。")),),
        indicators=tuple(Indicator(Cell(row[3]), category=(row[1], row[2]), target=Figure(parse(row[4]))) for row in rows),
    )
    money = [Money("年度资金总额", Decimal(500), Decimal(480), Decimal(470), "10", "97.92%", "9.79")]
    evaluated = [Evaluated(row[5], Decimal("2.5"), Decimal("2.5"), row[8]) for row in rows]
    return self_evaluation_table(
        plan, f"绩评〔2021〕{number}号", money, evaluated, Result(Decimal(100), Decimal("95.3"), "优"), kind="project"
    )
