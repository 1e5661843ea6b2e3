"""The official forms: one file per form, each lays a plan out as a :class:`zhiheng.reports.form.Form`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from zhiheng.plan.plan import Plan
from zhiheng.reports.form import Form
from zhiheng.reports.forms import duty_table, goal_declaration, graded_goals, monitoring, self_evaluation
from zhiheng.reports.letter import Letter

FORMS: Mapping[str, Callable[[Plan], Form]] = {
    "duty-table": duty_table.form,
    "goal-declaration": goal_declaration.form,
    "self-evaluation": self_evaluation.form,
    "graded-goals": graded_goals.form,
    "monitoring": monitoring.form,
}


def form(plan: Plan) -> Form:
    """``plan`` on the official form it was recognised as. A layout without a form is refused: KeyError."""
    return printable(FORMS[plan.layout](plan))


UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """``text`` without the signs that no paper and no XML can carry: each becomes the sign for what cannot be shown."""
    return UNPRINTABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n"))


def printable_letter(letter: Letter) -> Letter:
    """``letter`` in signs that paper can carry."""
    return Letter(clean(letter.title), tuple(replace(line, text=clean(line.text)) for line in letter.lines))


def printable(form: Form) -> Form:
    """``form`` in signs that paper can carry."""
    rows = tuple(tuple(replace(cell, text=clean(cell.text)) for cell in row) for row in form.rows)
    return replace(form, title=clean(form.title), subtitle=clean(form.subtitle), rows=rows)
