"""事前绩效评估 as data: its contents with full points and the bands of its grade. All of it is unverified and editable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhiheng.parameters.parameters import national
from zhiheng.plan.procedure import Grade
from zhiheng_web.local_rules import basis, in_force
from zhiheng_web.planning.models import PreAssessment, Project
from zhiheng_web.trail.action import Refusal
from zhiheng_web.wording import Text

CONTENTS = ("necessity", "economy", "goals", "feasibility", "funding")
BANDS = (Grade.EXCELLENT, Grade.GOOD, Grade.FAIR)
QUESTIONS: dict[str, Text] = {
    "necessity": Text(
        "政策依据、与职责的关系、现实需求、是否与其他项目重复", "Policy basis, tie to the duty, real need, overlap with other projects"
    ),
    "economy": Text("投入与产出是否匹配、成本测算依据、有无更省的办法", "Input against output, basis of the costs, any cheaper way"),
    "goals": Text("目标是否明确、与投入相当、指标可衡量", "Clear goals that fit the input, indicators one can measure"),
    "feasibility": Text("组织、进度、技术、风险和保障条件", "Organisation, schedule, technique, risks and conditions"),
    "funding": Text("资金来源、财政承受能力、筹资程序是否合规", "Sources, what the budget can bear, lawful procedure of funding"),
}
"""What each content asks: help for the writer, not a rule."""


@dataclass(frozen=True, slots=True)
class Content:
    """One content: its code, name, full points and whether the text it rests on was checked."""

    code: str
    text: Text
    full: Decimal
    status: str
    question: Text


def contents(day: date) -> tuple[Content, ...]:
    """The contents of a pre-assessment made on ``day``."""
    parameters, known = in_force(day), national()
    found = []
    for code in CONTENTS:
        key = f"pre_assessment.{code}"
        found.append(Content(code, Text(known[key].zh, known[key].en), parameters.number(key), basis(key, day)[1], QUESTIONS[code]))
    return tuple(found)


def grade_of(points: Decimal, full: Decimal, day: date) -> Grade:
    """The grade by half-open bands of the share of the points: 89.5 of 100 is 良, not 差."""
    parameters = in_force(day)
    return next((grade for grade in BANDS if points >= parameters.number(f"pre_assessment.{grade.value}") * full), Grade.POOR)


def lacking(project: Project) -> Text | None:
    """Why a new policy or project may not declare goals yet; None if it may. One query for a new project, none for a continuing one.

    It needs a pre-assessment that a second person has confirmed and that does not refuse it; the newest confirmed one counts.
    """
    if project.attribute != Project.Attribute.NEW:
        return None
    made = project.pre_assessments.all()
    newest = max((row for row in made if row.confirmed_at is not None), key=lambda row: (row.assessed_on, row.confirmed_at), default=None)
    if newest is None:
        words = UNCONFIRMED if made else NOT_MADE
        return words.with_(project=project)
    return REJECTED.with_(project=project) if newest.conclusion == PreAssessment.Conclusion.REJECT else None


def refuse_if_lacking(project: Project | None) -> None:
    """Refuse to declare goals for a new project without a confirmed pre-assessment. Every way of starting its table asks this."""
    if project is not None and (words := lacking(project)) is not None:
        raise Refusal("pre_assessment_lacking", words)


NOT_MADE = Text(
    "“{project}”是新增项目，应先开展事前绩效评估，评估经第二人确认后才能申报绩效目标。",
    "“{project}” is new: it must be pre-assessed first, and a second person must confirm that, before it may declare goals.",
)
UNCONFIRMED = Text(
    "“{project}”的事前绩效评估还没有经第二人确认，确认后才能申报绩效目标。",
    "The pre-assessment of “{project}” has not been confirmed by a second person; it may declare goals after that.",
)
REJECTED = Text(
    "“{project}”的事前绩效评估结论为“不予支持”，不能申报绩效目标；修改方案后可重新评估。",
    "The pre-assessment of “{project}” does not support it, so it cannot declare goals; change the plan and assess it anew.",
)
