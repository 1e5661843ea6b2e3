"""修改监控轮次: everything of a planned round; of an open one only its name, document and the day by which tables report."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from zhiheng_web.evaluation.actions.plan_round import RoundPlan, chosen_tables, fit, kept_order, refuse_same_day, said, told
from zhiheng_web.evaluation.models import MonitoringRound
from zhiheng_web.evaluation.monitoring.standing import refuse_closed, round_for
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.wording import Text

FIELDS = ("name", "first", "last", "due_on", "covers", "policy", "document")


@action("evaluation.change_round")
def change_round(viewer: Viewer, round_: UUID, plan: RoundPlan) -> Done[MonitoringRound]:
    """Write what was planned anew."""
    found = round_for(viewer, round_, lock=True)
    authorise(viewer, "evaluation.change_round", Scope(found.department_id))
    refuse_closed(found)
    plan = replace(plan, year=found.year, name=plan.name.strip(), document=plan.document.strip())
    fit(plan)
    before = plan_of(found)
    plan = replace(plan, tables=kept_order(chosen_tables(viewer, [found.department], plan).get(found.department_id, ())))
    fixed = [name for name in ("first", "last", "covers", "policy", "tables") if getattr(plan, name) != getattr(before, name)]
    if found.opened_at is not None and fixed:
        raise Refusal(
            "round_open",
            Text(
                "本轮监控已启动，期间、范围和监控办法不能再改；可以修改名称、依据文件和报送截止日。",
                "The round is open: its months, scope and policy are fixed. Its name, document and due date may be changed.",
            ),
        )
    others = MonitoringRound.objects.filter(department=found.department_id, year=found.year).exclude(pk=found.pk)
    refuse_same_day(others, plan)
    for name in FIELDS:
        setattr(found, name, getattr(plan, name))
    found.tables = told(plan.tables)
    found.save(update_fields=[*FIELDS, "tables"])
    return Done(
        found, "evaluation.MonitoringRound", str(found.pk), found.name, str(found.department_id), digest_of(said(before).values()),
        digest_of(said(plan).values()), {"name": plan.name, **said(plan)}, nothing=before == plan,
    )  # fmt: skip


def plan_of(found: MonitoringRound) -> RoundPlan:
    """A round as it is planned."""
    return RoundPlan(found.year, *(getattr(found, name) for name in FIELDS), tables=kept_order(UUID(pk) for pk in found.tables or ()))
