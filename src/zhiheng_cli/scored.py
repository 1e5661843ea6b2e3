"""A recomputed self-evaluation as text and as JSON."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from zhiheng.plan.place import Problem
from zhiheng.plan.plan import Plan, Table
from zhiheng.scoring.inference import Inference
from zhiheng.scoring.recompute import Recomputation, RowCheck, Verdict
from zhiheng.scoring.scheme_file import scheme
from zhiheng.scoring.scorecard import Blocked, Refusal
from zhiheng.scoring.trace import explain, printed, told, word
from zhiheng.tables.canonical import problem_json
from zhiheng.tables.problems import message, where
from zhiheng_cli.check import screen_size

COLOURS = {Verdict.EQUAL: "green", Verdict.INSIDE: "green", Verdict.NOT_COMPUTABLE: "dim"}
SEPARATOR = {"zh": "；", "en": "; "}
COMMA = {"zh": "、", "en": ", "}
COLON = {"zh": "：", "en": ": "}
DOUBTS = {"truncated": "cut", "stream-too-long": "cut", "reading-unreliable": "unreliable", "row-uncertain": "uncertain"}
"""Problems of reading after which the sums of a table say nothing: it is not all there, or not surely in its columns."""
USELESS = ("cut", "unreliable")


@dataclass(frozen=True, slots=True)
class Scored:
    """One file: each table with its recomputation, or why the file could not be read; ``problems`` are the file's own."""

    file: str
    tables: tuple[tuple[Table, Recomputation | Refusal], ...] = ()
    problems: tuple[Problem, ...] = ()
    refused: str = ""

    @property
    def code(self) -> int:
        """0 all agree, 1 differences, 2 unreadable, cut off, not reliably read or not to be scored."""
        return 2 if self.refused else max((code_of(table, result) for table, result in self.tables), default=0)


def code_of(table: Table, result: Recomputation | Refusal) -> int:
    """The exit code that one table asks for."""
    if isinstance(result, Refusal) or doubt(table) in USELESS:
        return 2
    return 1 if wrong(table, result) else 0


def doubt(table: Table) -> str:
    """Why the sums of a table are not checked: cut, unreliable, uncertain; empty when they are."""
    found = {DOUBTS[problem.code] for problem in table.problems if problem.code in DOUBTS and not problem.repaired}
    return next((name for name in (*USELESS, "uncertain") if name in found), "")


def wrong(table: Table, result: Recomputation) -> list[str]:
    """What differs, as keys of the verdict: rows, the sum of points, the total, the grade. A doubtful table's sums are left out."""
    weights = result.weights
    sums = not doubt(table)
    found = {
        "differences": bool(result.differences),
        "verdict_weights": sums and weights.summed != weights.expected,
        "verdict_weights_printed": sums and weights.differs,
        "verdict_total": sums and result.total.differs,
        "verdict_grade": result.grade is not None and result.grade.differs,
    }
    return [key for key, holds in found.items() if holds]


def as_text(answer: Scored, language: str, trace: bool) -> str:
    """The answer for a terminal of any width, plain where it is piped."""
    import sys

    width, colour = screen_size(sys.stdout.isatty())
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for index, (table, result) in enumerate(answer.tables):
        console.print(Text(heading(answer, index, language), style="bold"))
        if isinstance(result, Refusal):
            for line in refusal_lines(table.plan, result, language):
                console.print(Text(line, style="yellow"))
        else:
            page(console, table, result, language, trace)
        problems(console, table.problems, language)
        console.print()
    problems(console, answer.problems, language)
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())


def heading(answer: Scored, index: int, language: str) -> str:
    """What a table is called: by title and project, else by the file and, where it holds several, its number in it."""
    plan = answer.tables[index][0].plan
    named = [name for name in (plan.title, plan.project.text if plan.project else "") if name]
    if named:
        return COLON[language].join(named)
    return say("nth_table", language, file=answer.file, number=index + 1) if len(answer.tables) > 1 else answer.file


def problems(console: Console, found: tuple[Problem, ...], language: str) -> None:
    """Problems of reading, each with its place; nothing when there are none."""
    if found:
        console.print(Text(say("problems", language), style="bold"))
    for problem in found:
        place = where(problem.place, language)
        words = f"{place}{COLON[language]}" if place else ""
        console.print(Padding(Text(words + message(problem, language), style="yellow"), (0, 0, 0, 2)))


def say(key: str, language: str, **parameters: object) -> str:
    """A sentence of the screen."""
    return word(f"screen.{key}", language, **{name: str(value) for name, value in parameters.items()})


def number(value: Decimal | None, language: str) -> str:
    """A figure as published, a dash where there is none."""
    return say("unknown", language) if value is None else printed(value)


def page(console: Console, table: Table, result: Recomputation, language: str, trace: bool) -> None:
    """Scheme, rows, totals."""
    for line in inference_lines(result.inference, language):
        console.print(Text(line, style="dim"))
    grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", expand=True)
    grid.add_column(say("row", language), justify="right", no_wrap=True)
    grid.add_column(say("indicator", language), overflow="fold", ratio=3)
    for key in ("weight", "published", "expected", "difference"):
        grid.add_column(say(key, language), justify="right", overflow="fold")
    grid.add_column(say("verdict", language), no_wrap=True)
    grid.add_column(say("rule", language), overflow="fold", ratio=4)
    for row in result.all_rows:
        add(grid, row, language, trace)
    console.print(Padding(grid, (0, 0, 0, 2)))
    for line, bad in closing_lines(table, result, language):
        console.print(Text(line, style="red" if bad else ""))


def add(grid: Grid, row: RowCheck, language: str, trace: bool) -> None:
    """One row: figures, verdict, and by which rule."""
    colour = COLOURS.get(row.verdict, "red")
    why = SEPARATOR[language].join(reasons(row, language))
    if trace:
        why = "\n".join([why, *explain(row.steps, language)])
    grid.add_row(
        str(row.place.row or ""),
        name_of(row, language),
        number(row.weight, language),
        number(row.published, language),
        expected(row, language),
        number(difference(row), language) if difference(row) else "",
        Text(word(f"verdict.{row.verdict.value}", language), style=colour),
        why,
    )


def name_of(row: RowCheck, language: str) -> str:
    """The indicator's name; the execution rate names its row of money."""
    return row.name if row.index is not None else say("execution", language, name=row.name.rstrip(":："))


def expected(row: RowCheck, language: str) -> str:
    """The recomputed points, or the range they must lie in."""
    if row.expected is None and row.low is not None and row.high is not None:
        return say("range" if row.closed else "range_open", language, low=printed(row.low), high=printed(row.high))
    return number(row.expected, language)


def difference(row: RowCheck) -> Decimal | None:
    """Published less recomputed."""
    return row.published - row.expected if row.published is not None and row.expected is not None else None


def reasons(row: RowCheck, language: str) -> list[str]:
    """By which rule, why not, what else would explain the published figure, what a reader must know."""
    said = [word(f"method.{row.method}", language)] if row.method else []
    if row.reason:
        said.append(reason(row.reason, row.parameters, language))
    if row.explained_by:
        others = COMMA[language].join(word(each, language) for each in row.explained_by[:3])
        said.append(say("explained", language, others=others))
    known = {reason(row.reason, row.parameters, language)}
    return said + [words for note in row.notes if (words := word(f"note.{note}", language)) not in known]


def reason(code: str, parameters: tuple[tuple[str, str], ...], language: str) -> str:
    """A reason with its parameters worded."""
    return told(f"reason.{code}", parameters, language)


def inference_lines(found: Inference, language: str) -> list[str]:
    """The scheme and the rounding, and how they were found."""
    by = found.scheme
    name = by.en if language == "en" else by.zh
    lines = [say("scheme_stated" if found.stated else "scheme_nearest", language, name=name)]
    lines.append(say("basis", language, basis=by.basis, status=say(f"status_{by.status}", language)))
    for key, value in found.changed:
        setting = by.settings[key]
        kind = setting.en if language == "en" else setting.zh
        lines.append(say("changed", language, setting=kind, method=word(f"method.{value}", language)))
    rounding = word(f"rounding.{found.rounding.name}", language)
    if not found.fits:
        return [*lines, say("rounding_unknown" if found.of else "rounding_silent", language, rounding=rounding, of=found.of)]
    line = say("rounding_read", language, rounding=rounding, fits=found.fits, of=found.of)
    alike = [name for name in found.roundings[1:] if name.replace("half_even", "half_up") not in found.roundings or "half_up" in name]
    others = [word(f"rounding.{name}", language) for name in alike[:3]]
    if others:
        line += SEPARATOR[language] + say("rounding_alike", language, others=COMMA[language].join(others))
    return [*lines, line]


def closing_lines(table: Table, result: Recomputation, language: str) -> list[tuple[str, bool]]:
    """Totals, each with whether it is wrong."""
    lines: list[tuple[str, bool]] = []
    if result.levels:
        names = [
            say(
                "level_differs" if level.differs else "level",
                language,
                name=level.en if language == "en" else level.zh,
                published=printed(level.published),
                expected=printed(level.expected),
            )
            for level in result.levels
        ]
        lines.append((say("levels", language, levels=COMMA[language].join(names)), False))
    checked = not doubt(table)
    words, bad = weights_line(result, checked, language)
    lines.append((words, bad))
    total = result.total
    figures = {name: number(getattr(total, name), language) for name in ("published", "summed", "expected")}
    differs = total.differs and checked
    said = SEPARATOR[language] + say("total_differs", language) if differs else ""
    lines.append((say("total", language, **figures) + said, differs))
    if result.grade is not None:
        grade = result.grade
        words = say("grade", language, published=grade.published, total=printed(grade.total), expected=grade.expected)
        if grade.explained_by:
            schemes = [scheme(name) for name in grade.explained_by]
            others = COMMA[language].join(each.en if language == "en" else each.zh for each in schemes)
            words += SEPARATOR[language] + say("grade_explained", language, others=others)
        lines.append((words, grade.differs))
    lines.append((verdict_line(table, result, language), code_of(table, result) > 0))
    return lines


def weights_line(result: Recomputation, checked: bool, language: str) -> tuple[str, bool]:
    """The sum of 分值, which should be 100; only named where rows may be missing."""
    weights = result.weights
    bad = checked and weights.summed != weights.expected
    line = say("weights_differ" if bad else "weights", language, summed=number(weights.summed, language), expected=weights.expected)
    if weights.differs and checked:
        line += say("weights_printed", language, published=number(weights.published, language))
    return line, bad or (weights.differs and checked)


def verdict_line(table: Table, result: Recomputation, language: str) -> str:
    """What differs, how many rows cannot be computed, and what was not checked."""
    weights = result.weights
    figures = {"count": len(result.differences), "summed": number(weights.summed, language), "expected": weights.expected}
    said = [say(key, language, **figures) for key in wrong(table, result)]
    why = doubt(table)
    if not said:
        said = [say("agrees_rows" if why else "agrees", language)]
    open_ = sum(row.verdict is Verdict.NOT_COMPUTABLE for row in result.all_rows)
    if open_:
        said.append(say("open", language, count=open_))
    if why:
        said.append(say(f"doubt_{why}", language))
    return SEPARATOR[language].join(said)


def refusal_lines(plan: Plan, refusal: Refusal, language: str) -> list[str]:
    """Why a table is not scored: the columns it lacks, the rows that stop it."""
    lines = []
    if refusal.columns:
        columns = COMMA[language].join(word(f"column.{column}", language) for column in refusal.columns)
        lines.append(say("refused", language, columns=columns))
    if "weight" in refusal.columns and plan.indicators:
        lines.append(say("refused_weight", language, count=len(plan.indicators)))
    lines += [say("refused_rows", language) + blocked(row, language) for row in refusal.rows]
    return lines


def blocked(row: Blocked, language: str) -> str:
    """One row that stops a score."""
    return f"{row.name}{SEPARATOR[language]}{reason(row.reason, row.parameters, language)}"


def as_json(answers: list[Scored], language: str, trace: bool) -> str:
    """The same as data; several files under ``files``."""
    files = [
        {
            "file": answer.file,
            **({"refused": answer.refused} if answer.refused else {}),
            "tables": [table_json(table, result, language, trace) for table, result in answer.tables],
            "problems": [problem_json(problem) for problem in answer.problems],
        }
        for answer in answers
    ]
    return json.dumps(files[0] if len(files) == 1 else {"files": files}, ensure_ascii=False, indent=2) + "\n"


def table_json(table: Table, result: Recomputation | Refusal, language: str, trace: bool) -> dict[str, Any]:
    """One table. Figures are text, so that no reader makes floats of them."""
    plan = table.plan
    head = {"title": plan.title, "project": plan.project.text if plan.project else None}
    read = {"doubt": doubt(table) or None, "problems": [problem_json(problem) for problem in table.problems]}
    if isinstance(result, Refusal):
        rows = [{"index": row.index, "name": row.name, "reason": row.reason} for row in result.rows]
        lines = refusal_lines(plan, result, language)
        return {**head, "refused": {"columns": list(result.columns), "rows": rows, "message": SEPARATOR[language].join(lines)}, **read}
    found, total, weights = result.inference, result.total, result.weights
    return {
        **head,
        "scheme": {
            "name": found.scheme.name,
            "zh": found.scheme.zh,
            "en": found.scheme.en,
            "stated": found.stated,
            "changed": dict(found.changed),
        },
        "rounding": {"name": found.rounding.name, "fits": found.fits, "of": found.of, "alike": list(found.roundings)},
        "execution": row_json(result.execution, language, trace) if result.execution else None,
        "rows": [row_json(row, language, trace) for row in result.rows],
        "levels": [
            {"level": level.key, "published": str(level.published), "expected": str(level.expected), "differs": level.differs}
            for level in result.levels
        ],
        "weights": {"published": text_of(weights.published), "summed": text_of(weights.summed), "expected": text_of(weights.expected)},
        "total": {
            "published": text_of(total.published),
            "summed": text_of(total.summed),
            "expected": text_of(total.expected),
            "differs": total.differs,
        },
        "grade": {"published": result.grade.published, "expected": result.grade.expected, "differs": result.grade.differs}
        if result.grade
        else None,
        "agrees": code_of(table, result) == 0,
        "verdict": verdict_line(table, result, language),
        **read,
    }


def row_json(row: RowCheck, language: str, trace: bool) -> dict[str, Any]:
    """One row."""
    data: dict[str, Any] = {
        "index": row.index,
        "name": row.name,
        "row": row.place.row,
        "weight": text_of(row.weight),
        "published": text_of(row.published),
        "expected": text_of(row.expected),
        "low": text_of(row.low),
        "high": text_of(row.high),
        "method": row.method,
        "verdict": row.verdict.value,
        "reason": row.reason,
        "message": SEPARATOR[language].join(reasons(row, language)),
        "explained_by": list(row.explained_by),
        "notes": list(row.notes),
    }
    return {**data, "trace": explain(row.steps, language)} if trace else data


def text_of(value: Decimal | None) -> str | None:
    """A figure as text."""
    return None if value is None else printed(value)
