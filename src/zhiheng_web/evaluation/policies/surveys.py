"""Who may do what with satisfaction surveys, and which of them a viewer sees. Answering takes an invitation, not an account."""

from __future__ import annotations

from django.db.models import QuerySet

from zhiheng.plan.procedure import FINANCE_ROLES
from zhiheng_web.evaluation.models import Survey
from zhiheng_web.organisation.authority import Grant, absent, policies, within
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.planning.policies import OFFICER, READERS
from zhiheng_web.wording import Text

POLICIES = policies(
    {
        "evaluation.see_surveys": Grant(READERS, Text("查看满意度调查", "See satisfaction surveys")),
        "evaluation.keep_survey": Grant(OFFICER, Text("编制满意度调查", "Write a satisfaction survey")),
        "evaluation.open_survey": Grant(OFFICER, Text("开始满意度调查", "Open a satisfaction survey")),
        "evaluation.invite": Grant(OFFICER, Text("生成调查邀请", "Make invitations to a survey")),
        "evaluation.cancel_invitation": Grant(OFFICER, Text("作废调查邀请", "Cancel an invitation to a survey")),
        "evaluation.close_survey": Grant(OFFICER, Text("结束满意度调查", "Close a satisfaction survey")),
        "evaluation.read_survey_words": Grant(OFFICER, Text("查看调查的文字意见", "Read the words of a survey's answers")),
        "evaluation.answer_survey": Grant(
            frozenset(), Text("回答满意度调查（凭邀请链接，不用账号）", "Answer a survey (by an invitation, without an account)")
        ),
    }
)
SURVEY = Text("该满意度调查", "this survey")


def scope_of(survey: Survey) -> Scope:
    """Where a survey belongs."""
    return Scope(survey.department_id)


def visible_surveys(viewer: Viewer) -> QuerySet[Survey]:
    """The surveys of the departments a viewer reads, wherever in them he works; finance sees those that are closed."""
    paths = ("department", "department__units", "department__units__offices")
    own = Survey.objects.filter(within(viewer.bounds(READERS - FINANCE_ROLES), *paths)).values("pk")
    closed = Survey.objects.filter(within(viewer.bounds(FINANCE_ROLES), *paths), closed_at__isnull=False).values("pk")
    return Survey.objects.filter(pk__in=own) | Survey.objects.filter(pk__in=closed)


def survey_for(viewer: Viewer, survey: object, *, lock: bool = False) -> Survey:
    """The survey with its department and indicator, or Absent. ``lock`` holds it until the transaction ends."""
    if lock:
        Survey.objects.select_for_update(no_key=True).filter(pk=survey).first()
    found = visible_surveys(viewer).select_related("department", "indicator", "made_by").filter(pk=survey).first()
    if found is None:
        raise absent(SURVEY)
    return found


def surveying_departments(viewer: Viewer) -> list[Department]:
    """The departments for which a viewer may write a survey."""
    held = viewer.bounds(OFFICER)
    return list(Department.objects.filter(within(held, "pk", "units", "units__offices")).distinct().order_by("code"))
