"""What the form and the file of the yearly sheet send, as values. A bare amount is in 万元, as the page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhiheng.evaluation.frame import Input, Unit, inputs
from zhiheng_web.evaluation.actions.keep_sheet import FigureValues
from zhiheng_web.evaluation.models import SheetFigure
from zhiheng_web.planning.forms import money as sent
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

State = SheetFigure.State
HEADS = {
    "code": ("代码", "code"),
    "name": ("项目", "figure"),
    "value": ("数值", "value"),
    "state": ("状态", "state"),
    "source": ("数据来源", "source"),
}
STATE_WORDS = {
    "不适用": State.NOT_APPLICABLE, "not applicable": State.NOT_APPLICABLE, "未取得": State.MISSING, "not obtained": State.MISSING,
}  # fmt: skip
NO_HEAD = Text(
    "文件中没有找到表头“代码（或项目）、数值、数据来源”。请先下载本页的表，填写后再上传。",
    "The file has no heading with code (or figure), value and source. Download the sheet of this page, fill it in and send it back.",
)


@dataclass(frozen=True, slots=True)
class Written:
    """One row of the sheet as somebody wrote it, in a form or in a file."""

    code: str
    value: str = ""
    state: str = State.GIVEN
    source: str = ""


def figures(post: Mapping[str, str]) -> list[FigureValues]:
    """The rows of the form that say something. A row left blank says nothing."""
    found = []
    for code, asked in inputs().items():
        state = sent.text(post, f"state-{code}") or State.GIVEN
        words = sent.text(post, f"value-{code}")
        if not words and state == State.GIVEN:
            continue
        number = value_of(asked, words, f"value-{code}") if state == State.GIVEN else None
        found.append(FigureValues(code, state, number, sent.text(post, f"source-{code}"), sent.identifier(post, f"base-{code}")))
    return found


def value_of(asked: Input, words: str, field: str) -> Decimal:
    """A figure from its words: amounts in 元, others as they stand. Refused at its field if it is no definite number."""
    if asked.unit is Unit.YUAN:
        return sent.needed_amount({field: words}, field)
    return sent.points({field: words.rstrip("%％").replace(",", "").replace("，", "")}, field)


def written_rows(grids: Sequence[Sequence[Sequence[str]]]) -> dict[str, Written]:
    """What a file says of the figures, by code. Rows that name none of them are left; nothing is saved by reading."""
    for rows in grids:
        for index, row in enumerate(rows):
            columns = _columns(row)
            if ("code" in columns or "name" in columns) and "value" in columns:
                return _rows(rows[index + 1 :], columns)
    raise Invalid("no_heading", NO_HEAD, {"file": NO_HEAD})


def _columns(row: Sequence[str]) -> dict[str, int]:
    cells = [cell.strip().lower() for cell in row]
    return {name: cells.index(word) for name, words in HEADS.items() for word in words if word in cells}


def _rows(rows: Sequence[Sequence[str]], columns: Mapping[str, int]) -> dict[str, Written]:
    named = {one.zh: code for code, one in inputs().items()} | {one.en: code for code, one in inputs().items()}

    def cell(row: Sequence[str], name: str) -> str:
        index = columns.get(name)
        return row[index].strip() if index is not None and index < len(row) else ""

    found = {}
    for row in rows:
        code = cell(row, "code") if cell(row, "code") in inputs() else named.get(cell(row, "name"), "")
        state = STATE_WORDS.get(cell(row, "state").lower(), State.GIVEN)
        if code and (cell(row, "value") or state != State.GIVEN):
            found[code] = Written(code, "" if state != State.GIVEN else cell(row, "value"), state, cell(row, "source"))
    return found
