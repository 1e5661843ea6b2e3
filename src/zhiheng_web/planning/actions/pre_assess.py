"""开展事前绩效评估: a new policy or project is looked at before it may declare goals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.keep_budget_line import amount_in_yuan
from zhiheng_web.planning.models import PreAssessment, PreAssessmentItem
from zhiheng_web.planning.money.projects import project_for, written
from zhiheng_web.planning.policies import project_scope
from zhiheng_web.planning.pre_assessment import Content, contents, grade_of
from zhiheng_web.trail.action import Done, Invalid, action
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class Assessed:
    """What an assessment says. ``given`` holds for each content its points and what was found."""

    assessed_on: date
    given: Mapping[str, tuple[Decimal, str]]
    conclusion: str
    opinion: str
    method: str = ""
    amount: Decimal | None = None


@action("planning.pre_assess", steps=("pre_assess",))
def pre_assess(viewer: Viewer, project: UUID, assessed: Assessed) -> Done[PreAssessment]:
    """Write a pre-assessment with points for each content. It counts once another person has confirmed it."""
    row = project_for(viewer, project, lock=True)
    authorise(viewer, "planning.pre_assess", project_scope(row))
    if row.attribute != row.Attribute.NEW:
        raise Invalid("not_new", Text("持续性项目不需要事前绩效评估。", "A continuing project needs no pre-assessment."))
    asked = contents(assessed.assessed_on)
    _check(assessed, asked)
    total = sum((assessed.given[content.code][0] for content in asked), Decimal(0))
    full = sum((content.full for content in asked), Decimal(0))
    made = PreAssessment.objects.create(
        project=row,
        assessed_on=assessed.assessed_on,
        method=assessed.method.strip(),
        amount=assessed.amount if assessed.amount is None else amount_in_yuan(assessed.amount, "amount"),
        total=total,
        full=full,
        grade=grade_of(total, full, assessed.assessed_on).value,
        conclusion=assessed.conclusion,
        opinion=assessed.opinion.strip(),
        assessed_by=viewer.account,
    )
    items = [
        PreAssessmentItem(
            assessment=made,
            position=position,
            code=content.code,
            name_zh=content.text.zh,
            name_en=content.text.en,
            full=content.full,
            points=assessed.given[content.code][0],
            finding=assessed.given[content.code][1].strip(),
        )
        for position, content in enumerate(asked)
    ]
    PreAssessmentItem.objects.bulk_create(items)
    details = {"total": str(total), "grade": made.grade, "conclusion": made.conclusion}
    lines = [f"{item.code} {item.points} {item.finding}" for item in items]
    after = digest_of([*lines, made.conclusion, made.opinion, str(made.assessed_on)])
    return Done(made, "planning.PreAssessment", str(made.pk), row.name, str(row.unit.department_id), after=after, details=details)


def _check(assessed: Assessed, asked: tuple[Content, ...]) -> None:
    """Refuse an assessment that leaves a content out or gives points that it cannot have, each fault at its field."""
    findings = [(f"{content.code}_finding", assessed.given.get(content.code, (None, ""))[1], content.text) for content in asked]
    texts = [*findings, ("opinion", assessed.opinion, OPINION), ("method", assessed.method, METHOD)]
    written(texts, needed=(*(field for field, _, _ in findings), "opinion"))
    faults = {}
    for content in asked:
        points = assessed.given[content.code][0]
        if not points.is_finite() or not 0 <= points <= content.full or points != points.quantize(Decimal("0.0001")):
            faults[f"{content.code}_points"] = RANGE.with_(name=content.text, full=content.full)
    if assessed.conclusion not in PreAssessment.Conclusion.values:
        faults["conclusion"] = Text("请选择评估结论。", "Choose the conclusion.")
    if faults:
        raise Invalid("invalid", next(iter(faults.values())), faults)


OPINION, METHOD = Text("评估意见", "opinion"), Text("评估方式", "method")
RANGE = Text("“{name}”的得分应在 0 到 {full} 分之间。", "The points for “{name}” must lie between 0 and {full}.")
