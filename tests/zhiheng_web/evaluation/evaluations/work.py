"""An evaluation of the bureau's table, taken as far as a test wants it, by the people who take each step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.zhiheng_web.ledgers.evidence.files import pdf

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.evaluation.actions.accept_evaluation import accept_evaluation
from zhiheng_web.evaluation.actions.appoint_evaluator import appoint_evaluator, open_marking
from zhiheng_web.evaluation.actions.check_quality import check_quality
from zhiheng_web.evaluation.actions.declare_interests import declare_evaluator, declare_interests
from zhiheng_web.evaluation.actions.engage_agency import Terms, engage_agency
from zhiheng_web.evaluation.actions.give_marks import Given, hand_in_marks
from zhiheng_web.evaluation.actions.hand_in_material import hand_in_material
from zhiheng_web.evaluation.actions.hand_in_report import Draft, hand_in_report
from zhiheng_web.evaluation.actions.plan_evaluation import EvaluationPlan, plan_evaluation
from zhiheng_web.evaluation.actions.reply_to_report import answer_reply, reply_to_report
from zhiheng_web.evaluation.actions.request_material import request_material
from zhiheng_web.evaluation.models import Agency, AgencyMember, Evaluation, EvaluationReport
from zhiheng_web.organisation.models import Account, RoleAssignment
from zhiheng_web.organisation.viewer import Viewer, viewer_of

NOW = datetime(2021, 4, 6, 8, tzinfo=UTC)
TODAY = date(2021, 4, 6)
STAGES = ("planned", "engaged", "collecting", "scoring", "marked", "drafted", "replied", "checked", "accepted")
MARKS = ("agent", "agent2")
"""Who marks: both of the engaged agency."""


@dataclass
class Work:
    """An evaluation with the people around it. ``person("jixiao")`` is somebody on 6 April 2021."""

    organisation: Demonstrated
    table: UUID
    kind: str = "finance"
    instant: datetime = NOW
    evaluation: UUID | None = None
    engagement: UUID | None = None

    def person(self, name: str) -> Viewer:
        account = self.organisation.accounts.get(name) or Account.objects.get(username=name)
        return replace(viewer_of(account, self.instant.date(), "127.0.0.1"), at=self.instant)

    def later(self, days: int) -> None:
        self.instant += timedelta(days=days)

    @property
    def organiser(self) -> Viewer:
        return self.person("czjixiao" if self.kind == "finance" else "jixiao")

    @property
    def evaluated(self) -> Viewer:
        return self.person("jixiao" if self.kind == "finance" else "kezhang")

    @property
    def row(self) -> Evaluation:
        return Evaluation.objects.get(pk=self.evaluation)

    @property
    def report(self) -> EvaluationReport:
        return EvaluationReport.objects.filter(evaluation=self.evaluation).order_by("-number")[0]

    def to(self, stage: str) -> Work:
        """Take it there, step by step."""
        for step in STAGES[: STAGES.index(stage) + 1]:
            getattr(self, f"make_{step}")()
        return self

    def make_planned(self) -> None:
        plan = EvaluationPlan(self.kind, "2020年度部门整体绩效评价", "2020年度全部资金", "project", date(2021, 8, 31), "临财绩〔2021〕5号")
        self.evaluation = plan_evaluation(self.organiser, self.table, plan).pk

    def make_engaged(self) -> None:
        agency = agency_of("山东示例评价有限公司", *MARKS)
        terms = Terms(agency.pk, "HT-2021-05", date(2021, 4, 1), Decimal("80000"), "独立评价并出具报告")
        assert self.evaluation is not None
        self.engagement = engage_agency(self.organiser, self.evaluation, terms).pk

    def make_collecting(self) -> None:
        declare_interests(self.person("agent"), self.engagement, True)  # type: ignore[arg-type]
        request_material(self.person("agent"), self.evaluation, ["立项文件"], TODAY + timedelta(days=10))  # type: ignore[arg-type]

    def make_scoring(self) -> None:
        for material in self.row.materials.all():
            hand_in_material(self.evaluated, material.pk, SimpleUploadedFile("立项.pdf", pdf()))
        for name in MARKS:
            appoint_evaluator(self.organiser, self.row.pk, name)
        open_marking(self.organiser, self.row.pk)
        for name in MARKS:
            declare_evaluator(self.person(name), self.row.pk, True)

    def make_marked(self) -> None:
        for name in MARKS:
            self.mark(name)

    def mark(self, name: str, share: str = "0.9", **more: object) -> None:
        hand_in_marks(self.person(name), self.row.pk, self.given(share, **more))  # type: ignore[arg-type]

    def given(self, share: str = "0.9", changed: Mapping[UUID, Given] | None = None) -> dict[UUID, Given]:
        """The same share of every item's points, but for what is changed."""
        return {item.pk: Given(item.full * Decimal(share)) for item in self.row.items.all()} | dict(changed or {})

    def make_drafted(self) -> None:
        hand_in_report(self.person("agent"), self.row.pk, Draft("总体良好", "预算执行偏慢\n佐证不全", "加快执行"))

    def make_replied(self) -> None:
        reply_to_report(self.evaluated, self.report.pk, False, "第一条与事实不符")
        answer_reply(self.person("agent"), self.report.pk, "已核实，维持")

    def make_checked(self) -> None:
        check_quality(self.organiser, self.report.pk, passing())

    def make_accepted(self) -> None:
        accept_evaluation(self.organiser, self.report.pk, "同意")


def passing(**lines: bool) -> dict[str, bool]:
    """Every line of the quality check passes, but for what is said."""
    from zhiheng.evaluation.index_system import system

    return {check.code: True for check in system("project").checks} | lines


def agency_of(name: str, *usernames: str) -> Agency:
    """An agency with people, made anew for a test; accounts that do not exist are made with the role of an agency."""
    agency = Agency.objects.get_or_create(name=name)[0]
    for username in usernames:
        account = outsider(username)
        AgencyMember.objects.get_or_create(agency=agency, account=account, until=None, defaults={"since": date(2021, 1, 1)})
    return agency


def outsider(username: str) -> Account:
    """An account with the role of an agency and no other."""
    account, made = Account.objects.get_or_create(username=username, defaults={"name": f"评价员{username}"})
    if made:
        RoleAssignment.objects.create(account=account, role="agency", since=date(2015, 1, 1))
    return account


Maker = Callable[..., Work]
