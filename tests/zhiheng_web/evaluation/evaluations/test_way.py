"""An evaluation from its plan to its acceptance, and what each step asks for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.zhiheng_web.evaluation.evaluations.work import TODAY, Work, agency_of, outsider, passing
from tests.zhiheng_web.ledgers.evidence.files import pdf

from zhiheng_web.evaluation.actions.accept_evaluation import accept_evaluation, return_report
from zhiheng_web.evaluation.actions.appoint_evaluator import appoint_evaluator, open_marking
from zhiheng_web.evaluation.actions.check_quality import check_quality
from zhiheng_web.evaluation.actions.declare_interests import declare_evaluator, declare_interests
from zhiheng_web.evaluation.actions.engage_agency import Terms, end_engagement, engage_agency
from zhiheng_web.evaluation.actions.give_marks import Given, give_marks, hand_in_marks
from zhiheng_web.evaluation.actions.hand_in_material import hand_in_material
from zhiheng_web.evaluation.actions.hand_in_report import Draft, hand_in_report
from zhiheng_web.evaluation.actions.plan_evaluation import EvaluationPlan, cancel_evaluation, plan_evaluation
from zhiheng_web.evaluation.actions.reply_to_report import answer_reply, pass_over_reply, reply_to_report
from zhiheng_web.evaluation.actions.request_material import request_material, return_material, waive_material
from zhiheng_web.evaluation.actions.weigh_items import weigh_items
from zhiheng_web.evaluation.actions.write_finding import write_finding
from zhiheng_web.evaluation.evaluating.marking import again
from zhiheng_web.evaluation.models import Evaluation, Mark
from zhiheng_web.evaluation.queries.evaluation import evaluation_page
from zhiheng_web.evaluation.queries.evaluation_paper import evaluation_paper
from zhiheng_web.evaluation.queries.problems import evaluation_problems
from zhiheng_web.trail.action import Absent, Conflict, Forbidden, Invalid, Refusal
from zhiheng_web.trail.models import TrailRecord

pytestmark = pytest.mark.django_db
Make = Callable[..., Work]
DRAFT = Draft("总体良好", "预算执行偏慢", "加快执行")


def refused(code: str, function: Any, *arguments: Any, **named: Any) -> Refusal:
    with pytest.raises(Refusal) as found:
        function(*arguments, **named)
    assert found.value.code == code, found.value.code
    assert found.value.text.zh != found.value.text.en
    return found.value


class TestWholeWay:
    @pytest.mark.parametrize("kind", ["finance", "department"])
    def test_to_acceptance(self, work: Make, kind: str) -> None:
        """Everybody gives 90 % of every item: 90 of 100 points, 优 from 90 on; kept with its marks, worked out again from them."""
        done = work("accepted", kind)
        row = done.row
        assert (row.state, row.total, row.grade) == ("accepted", Decimal("90"), "优")
        assert row.frozen is not None
        assert again(row.frozen).exact == Fraction(90)
        assert again(row.frozen).grade == "优"
        assert sum(item.points or 0 for item in row.items.all()) == Decimal("90")
        assert not row.engagements.filter(ended_at__isnull=True).exists()

    def test_every_step_is_in_the_trail(self, work: Make) -> None:
        done = work("accepted")
        names = set(TrailRecord.objects.filter(action__startswith="evaluation.").values_list("action", flat=True))
        assert names >= {
            f"evaluation.{name}"
            for name in (
                "plan_evaluation", "engage_agency", "declare_interests", "request_material", "hand_in_material", "appoint_evaluator",
                "declare_evaluator", "open_marking", "hand_in_marks", "hand_in_report", "reply_to_report", "answer_reply", "check_quality",
                "accept_evaluation",
            )
        }  # fmt: skip
        marks = TrailRecord.objects.filter(action="evaluation.hand_in_marks")
        assert all("3.6" not in str(one.details) for one in marks), "the trail must not tell marks"
        assert done.row.state == "accepted"

    def test_without_an_agency_the_organiser_evaluates(self, work: Make) -> None:
        own = work("planned", "department")
        request_material(own.organiser, own.row.pk, ["总结"], TODAY + timedelta(days=5))
        assert own.row.state == "collecting"
        waive_material(own.organiser, own.row.materials.get().pk, "已在台账中")
        appoint_evaluator(own.organiser, own.row.pk, "jingban2")
        open_marking(own.organiser, own.row.pk)
        declare_evaluator(own.person("jingban2"), own.row.pk, True)
        own.mark("jingban2")
        hand_in_report(own.organiser, own.row.pk, DRAFT)
        assert own.row.state == "drafted"
        reply_to_report(own.evaluated, own.report.pk, True, "")
        refused("same_person", check_quality, own.organiser, own.report.pk, passing())

    def test_paper_and_problems(self, work: Make) -> None:
        done = work("accepted")
        paper = evaluation_paper(done.organiser, done.row.pk)
        assert (paper.total, paper.full, paper.grade, paper.agency) == (Decimal("90"), Decimal("100"), "优", "山东示例评价有限公司")
        assert [line.text for line in evaluation_problems(done.organiser, done.row.pk)] == ["预算执行偏慢", "佐证不全"]

    def test_no_paper_before(self, work: Make) -> None:
        open_one = work("checked")
        refused("not_accepted", evaluation_paper, open_one.organiser, open_one.row.pk)
        assert evaluation_problems(open_one.organiser, open_one.row.pk) == ()


class TestPlanning:
    def plan(self, **changed: Any) -> EvaluationPlan:
        said = {"kind": "finance", "name": "评价", "scope": "全部", "system": "project", "due_on": date(2021, 8, 1)} | changed
        return EvaluationPlan(**said)

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"name": " "}, "name"), ({"scope": ""}, "scope"), ({"system": "luck"}, "system"), ({"due_on": date(2021, 4, 5)}, "due_on"),
            ({"kind": "luck"}, "kind"), ({"name": "长" * 201}, "name"), ({"scope": "密级：机密"}, None),
        ],
    )  # fmt: skip
    def test_bad_input(self, work: Make, organisation: Any, changed: dict[str, Any], field: str | None) -> None:
        base = Work(organisation, work("planned").table)
        with pytest.raises(Invalid) as found:
            plan_evaluation(base.organiser, base.table, self.plan(**changed))
        assert field is None or field in found.value.fields

    def test_one_at_a_time_of_each_kind(self, work: Make) -> None:
        standing = work("planned")
        refused("evaluation_standing", plan_evaluation, standing.organiser, standing.table, self.plan())
        officer = standing.person("jixiao")
        assert plan_evaluation(officer, standing.table, self.plan(kind="department")).organiser.code == "331"

    def test_finance_plans_no_evaluation_of_the_department(self, work: Make) -> None:
        standing = work("planned")
        with pytest.raises(Forbidden):
            plan_evaluation(standing.organiser, standing.table, self.plan(kind="department"))
        with pytest.raises(Forbidden):
            plan_evaluation(standing.person("jixiao"), standing.table, self.plan())

    def test_a_table_that_nobody_sees(self, work: Make) -> None:
        with pytest.raises(Absent):
            plan_evaluation(work("planned").organiser, uuid4(), self.plan())

    def test_points_of_items(self, work: Make) -> None:
        planned = work("planned")
        first, second = planned.row.items.order_by("position")[:2]
        refused("sum", weigh_items, planned.organiser, planned.row.pk, {first.pk: Decimal("5")})
        weigh_items(planned.organiser, planned.row.pk, {first.pk: Decimal("5"), second.pk: second.full - (5 - first.full)})
        assert planned.row.items.get(pk=first.pk).full == 5
        for wrong in ("0", "-1", "1.001", "NaN"):
            refused(f"item-{first.pk}", weigh_items, planned.organiser, planned.row.pk, {first.pk: Decimal(wrong)})


class TestEngagement:
    def terms(self, **changed: Any) -> Terms:
        agency = agency_of("乙机构")
        said = {"agency": agency.pk, "contract_number": "1", "contract_on": date(2021, 4, 1), "fee": Decimal("8000"), "scope": "评价"}
        return Terms(**(said | changed))

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"fee": Decimal("-0.01")}, "fee"), ({"fee": Decimal("0.001")}, "fee"), ({"fee": Decimal("NaN")}, "fee"),
            ({"contract_number": ""}, "missing"), ({"scope": ""}, "missing"), ({"contract_on": date(2021, 4, 7)}, "contract_on"),
            ({"contract_number": "长" * 101}, "contract_number"),
        ],
    )  # fmt: skip
    def test_bad_terms(self, work: Make, changed: dict[str, Any], code: str) -> None:
        planned = work("planned")
        refused(code, engage_agency, planned.organiser, planned.row.pk, self.terms(**changed))

    def test_an_unknown_or_closed_agency(self, work: Make) -> None:
        planned = work("planned")
        refused("agency", engage_agency, planned.organiser, planned.row.pk, self.terms(agency=uuid4()))
        closed = agency_of("丙机构")
        closed.closed_on = TODAY
        closed.save()
        refused("agency", engage_agency, planned.organiser, planned.row.pk, self.terms(agency=closed.pk))

    def test_one_at_a_time(self, work: Make) -> None:
        collecting = work("collecting")
        refused("engaged_already", engage_agency, collecting.organiser, collecting.row.pk, self.terms())

    def test_a_conflict_ends_it(self, work: Make) -> None:
        engaged = work("engaged")
        refused("missing", declare_interests, engaged.person("agent"), engaged.engagement, False, " ")
        declare_interests(engaged.person("agent"), engaged.engagement, False, "承担过该单位的审计")
        assert engaged.row.state == "planned"
        ended = engaged.row.engagements.get()
        assert ended.ended_at is not None
        assert ended.conflict == "承担过该单位的审计"
        with pytest.raises(Absent):
            evaluation_page(engaged.person("agent"), engaged.row.pk)

    def test_declared_once(self, work: Make) -> None:
        collecting = work("collecting")
        refused("declared", declare_interests, collecting.person("agent"), collecting.engagement, True)

    def test_a_conflict_of_the_agency_after_the_marks_voids_them(self, work: Make) -> None:
        drafted = work("drafted")
        declare_interests(drafted.person("agent"), drafted.engagement, False, "新签了咨询合同")
        assert drafted.row.state == "scoring", "the draft rested on marks that count no more"
        assert all(seat.voided_at is not None for seat in drafted.row.evaluators.all())
        assert Mark.objects.filter(item__evaluation=drafted.row).count() == 2 * drafted.row.items.count(), "they stay on record"
        assert evaluation_page(drafted.organiser, drafted.row.pk).total is None

    def test_another_agency_goes_on(self, work: Make) -> None:
        scoring = work("scoring")
        end_engagement(scoring.organiser, scoring.engagement, "未按期派员")
        assert scoring.row.state == "scoring"
        with pytest.raises(Absent):
            give_marks(scoring.person("agent"), scoring.row.pk, {})
        second = agency_of("乙机构", "other")
        made = engage_agency(scoring.organiser, scoring.row.pk, self.terms())
        assert evaluation_page(scoring.person("other"), scoring.row.pk).sight.terms_only
        declare_interests(scoring.person("other"), made.pk, True)
        appoint_evaluator(scoring.organiser, scoring.row.pk, "other")
        declare_evaluator(scoring.person("other"), scoring.row.pk, True)
        scoring.mark("other")
        assert second.engagements.get().pk == made.pk
        assert hand_in_report(scoring.person("other"), scoring.row.pk, DRAFT).total == Decimal("90")

    def test_the_contract_file_is_checked(self, work: Make) -> None:
        planned = work("planned")
        with pytest.raises(Invalid):
            engage_agency(planned.organiser, planned.row.pk, self.terms(), SimpleUploadedFile("合同.pdf", b"MZ not a pdf"))
        assert planned.row.state == "planned"
        made = engage_agency(planned.organiser, planned.row.pk, self.terms(), SimpleUploadedFile("合同.pdf", pdf()))
        assert made.contract is not None


class TestMaterials:
    def test_secrecy_and_kind_of_file(self, work: Make) -> None:
        collecting = work("collecting")
        material = collecting.row.materials.get()
        named = SimpleUploadedFile("机密-立项.pdf", pdf())
        other, empty = SimpleUploadedFile("a.pdf", b"text"), SimpleUploadedFile("空.pdf", b"")
        for bad in (named, other, empty, None):
            with pytest.raises(Invalid):
                hand_in_material(collecting.evaluated, material.pk, bad)
        material.refresh_from_db()
        assert material.file is None

    def test_sent_back_and_handed_in_again(self, work: Make) -> None:
        collecting = work("collecting")
        material = collecting.row.materials.get().pk
        refused("not_handed_in", return_material, collecting.person("agent"), material, "不清楚")
        hand_in_material(collecting.evaluated, material, SimpleUploadedFile("一.pdf", pdf()))
        refused("handed_in", hand_in_material, collecting.evaluated, material, SimpleUploadedFile("二.pdf", pdf(("red",))))
        refused("handed_in", waive_material, collecting.organiser, material, "不需要")
        refused("missing", return_material, collecting.person("agent"), material, "")
        return_material(collecting.person("agent"), material, "扫描不清")
        appoint_evaluator(collecting.organiser, collecting.row.pk, "agent")
        refused("materials_lacking", open_marking, collecting.organiser, collecting.row.pk)
        hand_in_material(collecting.evaluated, material, SimpleUploadedFile("二.pdf", pdf(("red",))))
        open_marking(collecting.organiser, collecting.row.pk)

    def test_overdue_is_shown(self, work: Make) -> None:
        collecting = work("collecting")
        collecting.later(10)
        assert evaluation_page(collecting.organiser, collecting.row.pk).materials[0].state == "awaited", "due on that very day"
        collecting.later(1)
        assert evaluation_page(collecting.organiser, collecting.row.pk).materials[0].state == "overdue"

    @pytest.mark.parametrize(
        ("names", "days", "code"), [([], 5, "missing"), (["a", "a"], 5, "name"), (["立项文件"], 5, "name"), (["b"], -1, "past")]
    )
    def test_bad_lists(self, work: Make, names: list[str], days: int, code: str) -> None:
        collecting = work("collecting")
        refused(code, request_material, collecting.person("agent"), collecting.row.pk, names, TODAY + timedelta(days=days))

    def test_waived_is_waived(self, work: Make) -> None:
        collecting = work("collecting")
        material = collecting.row.materials.get().pk
        refused("missing", waive_material, collecting.organiser, material, "")
        waive_material(collecting.organiser, material, "见台账")
        refused("waived", hand_in_material, collecting.evaluated, material, SimpleUploadedFile("一.pdf", pdf()))


class TestPanel:
    def test_who_cannot_be_on_it(self, work: Make) -> None:
        collecting = work("collecting")
        agency_of("丁机构", "stranger")
        for name, code in (
            ("czjixiao", "oneself"), ("nobody", "username"), ("stranger", "other_agency"), ("sysadmin", "no_role"), ("lanshan", "no_role"),
        ):  # fmt: skip
            refused(code, appoint_evaluator, collecting.organiser, collecting.row.pk, name)
        appoint_evaluator(collecting.organiser, collecting.row.pk, "agent")
        refused("appointed", appoint_evaluator, collecting.organiser, collecting.row.pk, "agent")

    def test_an_expert_of_no_agency(self, work: Make) -> None:
        collecting = work("collecting")
        outsider("expert")
        appoint_evaluator(collecting.organiser, collecting.row.pk, "expert")
        page = evaluation_page(collecting.person("expert"), collecting.row.pk)
        assert page.sight.terms_only, "before he has declared he sees the terms only"
        assert (page.items, page.materials, page.panel) == ((), (), ())

    def test_nobody_on_it(self, work: Make) -> None:
        collecting = work("collecting")
        waive_material(collecting.organiser, collecting.row.materials.get().pk, "见台账")
        refused("no_panel", open_marking, collecting.organiser, collecting.row.pk)


class TestMarks:
    def test_what_a_mark_can_be(self, work: Make) -> None:
        scoring = work("scoring")
        first = scoring.row.items.order_by("position").first()
        assert first is not None
        for points in (first.full + Decimal("0.01"), Decimal("-0.01"), Decimal("1.001"), Decimal("NaN")):
            refused("invalid", give_marks, scoring.person("agent"), scoring.row.pk, {first.pk: Given(points)})
        refused("invalid", give_marks, scoring.person("agent"), scoring.row.pk, {first.pk: Given(None, not_applicable=True)})
        with pytest.raises(Absent):
            give_marks(scoring.person("agent"), scoring.row.pk, {uuid4(): Given(Decimal(1))})
        give_marks(scoring.person("agent"), scoring.row.pk, {first.pk: Given(first.full)})
        assert Mark.objects.get().points == first.full

    def test_a_blank_takes_a_draft_back(self, work: Make) -> None:
        scoring = work("scoring")
        first = scoring.row.items.order_by("position").first()
        assert first is not None
        give_marks(scoring.person("agent"), scoring.row.pk, {first.pk: Given(Decimal(1))})
        give_marks(scoring.person("agent"), scoring.row.pk, {first.pk: Given(None)})
        assert not Mark.objects.exists()

    def test_handed_in_is_final_and_whole(self, work: Make) -> None:
        scoring = work("scoring")
        refused("marks_lacking", hand_in_marks, scoring.person("agent"), scoring.row.pk)
        scoring.mark("agent")
        refused("handed_in", give_marks, scoring.person("agent"), scoring.row.pk, {})
        refused("handed_in", hand_in_marks, scoring.person("agent"), scoring.row.pk, {})

    def test_undeclared(self, work: Make) -> None:
        scoring = work("scoring")
        outsider("expert")
        appoint_evaluator(scoring.organiser, scoring.row.pk, "expert")
        refused("undeclared", give_marks, scoring.person("expert"), scoring.row.pk, {})

    def test_two_windows(self, work: Make) -> None:
        scoring = work("scoring")
        first = scoring.row.items.order_by("position").first()
        assert first is not None
        give_marks(scoring.person("agent"), scoring.row.pk, {first.pk: Given(Decimal(1))}, 0)
        with pytest.raises(Conflict):
            give_marks(scoring.person("agent"), scoring.row.pk, {first.pk: Given(Decimal(2))}, 0)
        assert Mark.objects.get().points == 1

    def test_a_conflict_after_marking_voids_with_trace(self, work: Make) -> None:
        """Pitfall 92: one gave 90 %, the other 50 %; the second's marks go: 90, not 70."""
        scoring = work("scoring")
        scoring.mark("agent")
        scoring.mark("agent2", "0.7")
        assert evaluation_page(scoring.organiser, scoring.row.pk).total == Decimal("80")
        declare_evaluator(scoring.person("agent2"), scoring.row.pk, False, "配偶在被评价单位任职")
        page = evaluation_page(scoring.organiser, scoring.row.pk)
        assert page.total == Decimal("90")
        fates = {str(fate.zh) for line in page.items for _, _, fate, _ in line.marks}
        assert fates == {"计入", "作废"}
        kept = TrailRecord.objects.filter(action="evaluation.declare_evaluator").latest("number")
        assert kept.details["conflict"] == "配偶在被评价单位任职"
        with pytest.raises(Absent):
            evaluation_page(scoring.person("agent2"), scoring.row.pk)

    def test_a_conflict_overtakes_the_draft(self, work: Make) -> None:
        checked = work("checked")
        declare_evaluator(checked.person("agent2"), checked.row.pk, False, "亲属")
        assert checked.row.state == "scoring"
        assert checked.report.returned
        assert checked.row.total is None

    def test_disagreement_needs_a_hearing(self, work: Make) -> None:
        """30 % of the points of each item: 90 % and 50 % are further apart."""
        scoring = work("scoring")
        scoring.mark("agent")
        scoring.mark("agent2", "0.5")
        refused("hearing", hand_in_report, scoring.person("agent"), scoring.row.pk, DRAFT)
        write_finding(scoring.person("agent"), scoring.row.pk, {item.pk: "已复议，维持各自意见" for item in scoring.row.items.all()})
        assert hand_in_report(scoring.person("agent"), scoring.row.pk, DRAFT).total == Decimal("70")

    def test_a_report_needs_all_marks(self, work: Make) -> None:
        scoring = work("scoring")
        scoring.mark("agent")
        refused("marks_lacking", hand_in_report, scoring.person("agent"), scoring.row.pk, DRAFT)


class TestReports:
    def test_the_agency_writes_it(self, work: Make) -> None:
        marked = work("marked")
        with pytest.raises(Forbidden):
            hand_in_report(marked.organiser, marked.row.pk, DRAFT)
        refused("missing", hand_in_report, marked.person("agent"), marked.row.pk, Draft("", "x", "y"))

    def test_a_reply_and_its_day(self, work: Make) -> None:
        drafted = work("drafted")
        assert drafted.report.reply_due_on == TODAY + timedelta(days=10)
        refused("missing", reply_to_report, drafted.evaluated, drafted.report.pk, False, "")
        drafted.later(10)
        refused("not_due", pass_over_reply, drafted.organiser, drafted.report.pk)
        drafted.later(1)
        pass_over_reply(drafted.organiser, drafted.report.pk)
        assert drafted.row.state == "replied"
        refused("no_reply", answer_reply, drafted.person("agent"), drafted.report.pk, "x")

    def test_an_objection_needs_an_answer(self, work: Make) -> None:
        drafted = work("drafted")
        reply_to_report(drafted.evaluated, drafted.report.pk, False, "不符")
        refused("unanswered", check_quality, drafted.organiser, drafted.report.pk, passing())
        answer_reply(drafted.person("agent"), drafted.report.pk, "已改")
        refused("answered", answer_reply, drafted.person("agent"), drafted.report.pk, "再改")
        check_quality(drafted.organiser, drafted.report.pk, passing())
        assert drafted.row.state == "checked"

    def test_the_whole_list_is_checked(self, work: Make) -> None:
        replied = work("replied")
        lines = passing()
        lines.pop("scope")
        refused("incomplete", check_quality, replied.organiser, replied.report.pk, lines)
        refused("missing", check_quality, replied.organiser, replied.report.pk, passing(scope=False))
        check_quality(replied.organiser, replied.report.pk, passing(scope=False), "范围不全")
        assert replied.row.state == "scoring"

    def test_a_further_draft(self, work: Make) -> None:
        checked = work("checked")
        first = checked.report
        return_report(checked.organiser, first.pk, "补充产出分析")
        hand_in_report(checked.person("agent"), checked.row.pk, Draft("改后", "甲", "乙"))
        assert checked.report.number == 2
        first.refresh_from_db()
        assert (first.summary, first.returned) == ("总体良好", "补充产出分析")
        for step in (lambda: reply_to_report(checked.evaluated, first.pk, True, ""), lambda: pass_over_reply(checked.organiser, first.pk)):
            refused("older_draft", step)

    def test_the_total_of_the_report_is_what_is_accepted(self, work: Make) -> None:
        checked = work("checked")
        Mark.objects.filter(evaluator__account__username="agent").update(points=Decimal(0))  # behind the service's back
        refused("total_differs", accept_evaluation, checked.organiser, checked.report.pk)

    def test_cancelled(self, work: Make) -> None:
        scoring = work("scoring")
        refused("missing", cancel_evaluation, scoring.organiser, scoring.row.pk, "")
        cancel_evaluation(scoring.organiser, scoring.row.pk, "项目撤销")
        assert Evaluation.objects.get().state == "cancelled"
        with pytest.raises(Absent):
            evaluation_page(scoring.person("agent"), scoring.row.pk)
