"""The numbers of papers of the year: what is proposed, and what a person may give instead."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from zhiheng_web.evaluation.issuing.subjects import Subject
from zhiheng_web.evaluation.models import YearPaper
from zhiheng_web.organisation.models import Department
from zhiheng_web.secrecy import refuse_marked_text
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

LONGEST = 100
TOO_LONG = Text("编号不超过 {n} 字，且不能换行。", "A number has at most {n} characters, in one line.").with_(n=LONGEST)
TAKEN = Text(
    "编号“{number}”已用于《{title}》。请改用其他编号，或留空由系统编号。",
    "The number {number} is already that of “{title}”. Give another one, or leave it empty to have it numbered.",
)


def proposed(subject: Subject, on: date) -> str:
    """The next number of the kind for the department in the year of issue that is not taken. One query."""
    head = f"{subject.kind.prefix}{subject.department.code}〔{on.year}〕"
    rows = YearPaper.objects.filter(department=subject.department, code=subject.kind.code, number__startswith=head)
    taken = set(rows.values_list("number", flat=True))
    place = len(taken) + 1
    while f"{head}{place}号" in taken:
        place += 1
    return f"{head}{place}号"


def given(subject: Subject, number: str) -> str:
    """A number that somebody wrote, checked: one that stands already is refused. What finance issues has one run of numbers for all."""
    said = number.strip()
    if len(said) > LONGEST or not said.isprintable():
        raise Invalid("number", TOO_LONG, {"number": TOO_LONG})
    refuse_marked_text([said], Text("编号", "number"))
    where = Q(department=subject.department)
    if subject.finance:
        where |= (
            Q(order__issuer__kind=Department.Kind.FINANCE) | Q(evaluation_report__evaluation__kind="finance") | Q(code="use_of_results")
        )
    other = YearPaper.objects.filter(where, code=subject.kind.code, number=said).first()
    if other is not None:
        text = TAKEN.with_(number=said, title=other.title)
        raise Invalid("number_taken", text, {"number": text})
    return said
