"""How well a reading holds together: for choosing between two readings of one text, and for warning of a bad one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zhiheng.plan.place import Problem
from zhiheng.plan.plan import Cell
from zhiheng.tables.layouts.headings import level, may_be_name, word
from zhiheng.tables.layouts.look import look
from zhiheng.tables.layouts.raw import Raw, Row, problem

NUMBER = re.compile(r"\d+(\.\d+)?分?|[-—–/]*")
LEVEL_WORD = re.compile("(?:产出|效益|满意度|数量|质量|时效|经济效益|社会效益|生态效益|可持续影响|服务对象满意度)指标")
LONGEST_VALUE = 150
FRAME = {"name", "category1", "category2", "target", "actual", "weight", "points", "reason"}
DOUBTS = {"row-uncertain": 2, "text-left-over": 2, "cell-without-heading": 1}


def soundness(raws: Sequence[Raw]) -> int:
    """A score: rows with a name and a value count for a reading; names that are figures, misplaced words and rests against it."""
    score = 0
    for raw in raws:
        score += sum(_row(raw, row) for row in raw.rows)
        score -= sum(DOUBTS.get(found.code, 0) for found in raw.problems)
    return score


def _row(raw: Raw, row: Row) -> int:
    name = row.text("name")
    seen = look(name)
    score = 2 if name and not (seen.number or seen.figure or seen.sign or seen.dash) and not misplaced(name) else -2
    monitored = any(role.startswith("outlook.") for role in raw.columns)  # a round may find nothing done yet
    for field in ("target",) if monitored else ("target", "actual"):
        if field in raw.columns:
            text = row.text(field)
            score += -3 if misplaced(text) else 1 if text else 0
    for field in ("weight", "points"):
        if field in raw.columns and row.text(field):
            score += 1 if NUMBER.fullmatch(row.text(field).strip()) else -2
    return score + sum(bool(level(part)) for part in row.category)


def misplaced(text: str) -> bool:
    """Whether a cell holds what belongs to the frame of the form: a heading or a level word."""
    return word("columns", text) in FRAME or bool(level(text)) and not may_be_name(text)


def unreliable(raw: Raw) -> Iterator[Problem]:
    """A cell that mixes several contents shows that the cells of the text could not be told apart; told once."""
    for row in raw.rows:
        for field, cell in row.cells.items():
            if _mixed(field, cell):
                text = cell.text if len(cell.text) < 60 else cell.text[:60] + "…"
                yield problem("reading-unreliable", cell.place, text=text)
                return


def _mixed(field: str, cell: Cell) -> bool:
    if field in {"definition", "reason", "remark", "rule", "duty_objective", "objective"}:
        return len(LEVEL_WORD.findall(cell.text)) > 1
    if field in {"category1", "category2", "duty_name", "duty_number", "activity", "project", "project_name"}:
        return False
    return len(LEVEL_WORD.findall(cell.text)) > 1 or field != "name" and (misplaced(cell.text) or len(cell.text) > LONGEST_VALUE)
