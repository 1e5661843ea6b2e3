"""What of an evaluation somebody sees: terms only, blind marking, nothing across agencies and departments; every attempt on record."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.zhiheng_web.evaluation.evaluations.work import STAGES, Work, agency_of, outsider
from tests.zhiheng_web.ledgers.evidence.files import pdf

from zhiheng_web.evaluation.actions.accept_evaluation import accept_evaluation, return_report
from zhiheng_web.evaluation.actions.appoint_evaluator import appoint_evaluator, open_marking
from zhiheng_web.evaluation.actions.check_quality import check_quality
from zhiheng_web.evaluation.actions.declare_interests import declare_evaluator, declare_interests
from zhiheng_web.evaluation.actions.engage_agency import Terms, end_engagement, engage_agency
from zhiheng_web.evaluation.actions.give_marks import give_marks, hand_in_marks
from zhiheng_web.evaluation.actions.hand_in_material import hand_in_material
from zhiheng_web.evaluation.actions.hand_in_report import Draft, hand_in_report
from zhiheng_web.evaluation.actions.plan_evaluation import cancel_evaluation
from zhiheng_web.evaluation.actions.reply_to_report import answer_reply, pass_over_reply, reply_to_report
from zhiheng_web.evaluation.actions.request_material import request_material, return_material, waive_material
from zhiheng_web.evaluation.actions.weigh_items import weigh_items
from zhiheng_web.evaluation.actions.write_finding import write_finding
from zhiheng_web.evaluation.queries.evaluation import evaluation_page
from zhiheng_web.evaluation.queries.evaluation_files import contract_file, material_file, report_file
from zhiheng_web.evaluation.queries.evaluation_paper import evaluation_paper
from zhiheng_web.evaluation.queries.evaluations import evaluations
from zhiheng_web.evaluation.queries.problems import evaluation_problems
from zhiheng_web.organisation.authority import ALL_POLICIES
from zhiheng_web.organisation.models import Account, Department, RoleAssignment, Unit
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Absent, Refusal
from zhiheng_web.trail.models import TrailRecord

pytestmark = pytest.mark.django_db
Make = Callable[..., Work]
REFUSED = "evaluation.agency_refused"


def attempts() -> int:
    return TrailRecord.objects.filter(action=REFUSED).count()


class TestTermsOnly:
    def test_before_the_declaration(self, work: Make) -> None:
        engaged = work("engaged")
        page = evaluation_page(engaged.person("agent"), engaged.row.pk)
        assert page.sight.terms_only
        assert [one.fee for one in page.engagements] == [Decimal("80000")]
        assert (page.items, page.materials, page.panel, page.reports, page.results) == ((), (), (), (), None)
        assert page.can == {"declare_interests"}

    def test_it_cannot_act_either(self, work: Make) -> None:
        engaged = work("engaged")
        with pytest.raises(Refusal):
            request_material(engaged.person("agent"), engaged.row.pk, ["账册"], date(2021, 5, 1))

    def test_who_sees_contract_and_fee(self, work: Make, signed_in: Callable[[str], Client]) -> None:
        collecting = work("collecting")
        shown = {}
        for name in ("czjixiao", "jixiao", "jingban", "juzhang", "shenji", "fenguan"):
            text = signed_in(name).get(reverse("evaluation:evaluation", args=[collecting.row.pk])).content.decode()
            shown[name] = "HT-2021-05" in text and "<dd>8</dd>" in text
            assert ("HT-2021-05" in text) == ("<dd>8</dd>" in text)
        assert shown == {"czjixiao": True, "jixiao": True, "juzhang": True, "shenji": True, "jingban": False, "fenguan": False}


class TestBlindMarking:
    """Pitfall 91: neither names nor marks nor outcomes of others before one's own are in."""

    def test_before_handing_in(self, work: Make) -> None:
        scoring = work("scoring")
        scoring.mark("agent2", "0.73")
        page = evaluation_page(scoring.person("agent"), scoring.row.pk)
        assert page.sight.still_marks
        assert page.panel == ()
        assert page.results is None
        assert page.total is None
        assert all(line.marks == () and line.result is None and line.points is None and line.item.finding == "" for line in page.items)

    def test_the_rendered_page_says_nothing(self, work: Make) -> None:
        scoring = work("scoring")
        scoring.mark("agent2", "0.73")
        client = Client()
        client.force_login(Account.objects.get(username="agent"), backend="django.contrib.auth.backends.ModelBackend")
        text = client.get(reverse("evaluation:evaluation", args=[scoring.row.pk])).content.decode()
        assert "评价员agent2" not in text
        assert "2.92" not in text, "73 % of 4 points"
        assert "2.92" not in client.get(reverse("evaluation:marks", args=[scoring.row.pk])).content.decode()

    def test_after_handing_in_one_sees_those_that_are_in(self, work: Make) -> None:
        scoring = work("scoring")
        scoring.mark("agent")
        page = evaluation_page(scoring.person("agent"), scoring.row.pk)
        assert {len(line.marks) for line in page.items} == {1}
        scoring.mark("agent2", "0.8")
        page = evaluation_page(scoring.person("agent"), scoring.row.pk)
        assert {len(line.marks) for line in page.items} == {2}

    def test_the_organiser_sees_marks_when_all_are_in(self, work: Make) -> None:
        scoring = work("scoring")
        scoring.mark("agent")
        page = evaluation_page(scoring.organiser, scoring.row.pk)
        assert len(page.panel) == 2
        assert page.handed_in == 1
        assert all(line.marks == () and line.result is None for line in page.items)
        scoring.mark("agent2")
        assert evaluation_page(scoring.organiser, scoring.row.pk).total == Decimal("90")

    def test_one_appointed_after_a_draft_sees_no_draft(self, work: Make) -> None:
        checked = work("checked")
        return_report(checked.organiser, checked.report.pk, "增聘专家")
        outsider("expert")
        appoint_evaluator(checked.organiser, checked.row.pk, "expert")
        declare_evaluator(checked.person("expert"), checked.row.pk, True)
        page = evaluation_page(checked.person("expert"), checked.row.pk)
        assert (page.reports, page.results, page.panel) == ((), None, ())
        assert evaluation_page(checked.organiser, checked.row.pk).results is None, "nor does anybody see a total while one still marks"

    def test_the_evaluated_never_sees_who_marked_what(self, work: Make) -> None:
        made = work("marked")
        assert evaluation_page(made.evaluated, made.row.pk).total is None
        made.make_drafted()
        assert evaluation_page(made.evaluated, made.row.pk).total == Decimal("90")
        for step in (made.make_replied, made.make_checked, made.make_accepted):
            step()
            page = evaluation_page(made.evaluated, made.row.pk)
            assert page.panel == ()
            assert all(line.marks == () for line in page.items)

    def test_other_readers_see_the_outcome_when_it_is_accepted(self, work: Make) -> None:
        checked = work("checked")
        reader = checked.person("fenguan")
        page = evaluation_page(reader, checked.row.pk)
        assert (page.total, page.reports) == (None, ())
        checked.make_accepted()
        page = evaluation_page(reader, checked.row.pk)
        assert (page.total, len(page.reports)) == (Decimal("90"), 1)


def tries(made: Work) -> list[tuple[str, Callable[[Viewer], Any]]]:
    """Everything that takes an evaluation or something of it, as a function of the viewer."""
    pk, terms = made.row.pk, Terms(agency_of("戊机构").pk, "1", date(2021, 4, 1), Decimal(1), "x")
    found: list[tuple[str, Callable[[Viewer], Any]]] = [
        ("page", lambda v: evaluation_page(v, pk)),
        ("paper", lambda v: evaluation_paper(v, pk)),
        ("problems", lambda v: evaluation_problems(v, pk)),
        ("cancel", lambda v: cancel_evaluation(v, pk, "x")),
        ("weigh", lambda v: weigh_items(v, pk, {})),
        ("engage", lambda v: engage_agency(v, pk, terms)),
        ("request", lambda v: request_material(v, pk, ["x"], date(2021, 5, 1))),
        ("appoint", lambda v: appoint_evaluator(v, pk, "expert")),
        ("open", lambda v: open_marking(v, pk)),
        ("declare oneself", lambda v: declare_evaluator(v, pk, True)),
        ("give", lambda v: give_marks(v, pk, {})),
        ("hand in marks", lambda v: hand_in_marks(v, pk)),
        ("finding", lambda v: write_finding(v, pk, {})),
        ("report", lambda v: hand_in_report(v, pk, Draft("a", "b", "c"))),
    ]
    for one in made.row.engagements.all():
        found += [
            ("declare", lambda v, e=one.pk: declare_interests(v, e, True)),
            ("end", lambda v, e=one.pk: end_engagement(v, e, "x")),
            ("contract", lambda v, e=one.pk: contract_file(v, e)),
        ]
    for material in made.row.materials.all():
        found += [
            ("hand in", lambda v, m=material.pk: hand_in_material(v, m, SimpleUploadedFile("a.pdf", pdf()))),
            ("send back", lambda v, m=material.pk: return_material(v, m, "x")),
            ("waive", lambda v, m=material.pk: waive_material(v, m, "x")),
            ("file", lambda v, m=material.pk: material_file(v, m)),
        ]
    for report in made.row.reports.all():
        found += [
            ("reply", lambda v, r=report.pk: reply_to_report(v, r, True, "")),
            ("pass over", lambda v, r=report.pk: pass_over_reply(v, r)),
            ("answer", lambda v, r=report.pk: answer_reply(v, r, "x")),
            ("check", lambda v, r=report.pk: check_quality(v, r, {})),
            ("accept", lambda v, r=report.pk: accept_evaluation(v, r)),
            ("return", lambda v, r=report.pk: return_report(v, r, "x")),
            ("report file", lambda v, r=report.pk: report_file(v, r)),
        ]
    return found


@pytest.fixture
def elsewhere(organisation: Any) -> Account:
    """The performance officer of another department."""
    department = Department.objects.create(code="999", name="临沂市另一局", kind="department")
    Unit.objects.create(department=department, code="999001", name="本级", kind="headquarters")
    account = Account.objects.create(username="elsewhere", name="另一局绩效管理员")
    RoleAssignment.objects.create(account=account, role="performance_officer", department=department, since=date(2015, 1, 1))
    return account


class TestIsolation:
    @pytest.mark.parametrize("stage", STAGES)
    def test_another_agency_finds_nothing_and_is_on_record(self, work: Make, stage: str) -> None:
        made = work(stage)
        agency_of("乙机构", "other")
        outsider("lone")
        for name in ("other", "lone"):
            for what, attempt in tries(made):
                before, state = attempts(), made.row.state
                with pytest.raises(Absent):
                    attempt(made.person(name))
                assert attempts() == before + 1, f"{what} is not on record"
                assert made.row.state == state
            assert evaluations(made.person(name)).lines == ()
        kept = TrailRecord.objects.filter(action=REFUSED).latest("number")
        assert kept.object_id == str(made.row.pk)
        assert kept.name == "评价员lone"
        tried = set(TrailRecord.objects.filter(action=REFUSED).values_list("details__tried", flat=True))
        assert tried <= set(ALL_POLICIES), "every attempt has a name that people read"
        assert "evaluation.see_evaluations" in tried

    def test_an_ended_engagement_finds_nothing(self, work: Make) -> None:
        made = work("drafted")
        end_engagement(made.organiser, made.engagement, "终止")
        for what, attempt in tries(made):
            before = attempts()
            with pytest.raises(Absent):
                attempt(made.person("agent"))
            assert attempts() == before + 1, what

    def test_after_acceptance_the_engagement_is_over(self, work: Make) -> None:
        made = work("accepted")
        with pytest.raises(Absent):
            material_file(made.person("jigou"), made.row.materials.get().pk)
        own = made.row.evaluators.values_list("account__username", flat=True)
        assert set(own) == {"agent", "agent2"}

    def test_who_left_the_agency(self, work: Make) -> None:
        made = work("collecting")
        assert evaluation_page(made.person("agent2"), made.row.pk)
        member = made.row.engagements.get().agency.members.get(account__username="agent2")
        member.until = date(2021, 4, 6)
        member.save()
        with pytest.raises(Absent):
            evaluation_page(made.person("agent2"), made.row.pk)

    def test_an_agency_bound_to_another_department(self, work: Make, elsewhere: Account) -> None:
        made = work("collecting")
        RoleAssignment.objects.filter(account__username="agent2").update(department=Department.objects.get(code="999"))
        with pytest.raises(Absent):
            evaluation_page(made.person("agent2"), made.row.pk)
        RoleAssignment.objects.filter(account__username="agent2").update(department=Department.objects.get(code="331"))
        assert evaluation_page(made.person("agent2"), made.row.pk).sight.engaged

    @pytest.mark.parametrize("stage", ["planned", "scoring", "accepted"])
    def test_another_department_finds_nothing_and_that_is_no_attempt_of_an_agency(self, work: Make, elsewhere: Account, stage: str) -> None:
        made = work(stage)
        for _, attempt in tries(made):
            with pytest.raises(Absent):
                attempt(made.person("elsewhere"))
        assert attempts() == 0

    @pytest.mark.parametrize("name", ["sysadmin", "secadmin", "auditadmin", "lanshan", "qiye"])
    def test_administrators_and_reporting_units_see_none(self, work: Make, name: str) -> None:
        made = work("accepted")
        with pytest.raises(Absent):
            evaluation_page(made.person(name), made.row.pk)

    @pytest.mark.parametrize("stage", ["collecting", "drafted"])
    def test_over_every_address(self, work: Make, stage: str) -> None:
        """Each address of the area with an identity in it, asked by an agency that is not engaged: 404 (or 405), never 200 or 500."""
        from zhiheng_web.evaluation.urls.evaluations import urlpatterns

        made = work(stage)
        agency_of("乙机构", "other")
        client = Client()
        client.force_login(Account.objects.get(username="other"), backend="django.contrib.auth.backends.ModelBackend")
        ids = {
            "evaluation": made.row.pk, "engagement": made.engagement, "material": made.row.materials.get().pk,
            "report": made.report.pk if stage == "drafted" else None,
        }  # fmt: skip
        asked = 0
        for pattern in urlpatterns:
            key = next((name for name in ids if f":{name}>" in str(pattern.pattern)), None)
            if key is None or ids[key] is None:
                continue
            further = {name: uuid4() for name in re.findall(r"<uuid:(\w+)>", str(pattern.pattern))}
            address = reverse(f"evaluation:{pattern.name}", kwargs=further | {key: ids[key]})
            got, posted = client.get(address).status_code, client.post(address, POSTED).status_code
            assert {got, posted} <= {404, 405}, (address, got, posted)
            assert 404 in (got, posted)
            asked += 1
        assert asked > 15


POSTED = {
    "free": "yes", "agrees": "yes", "fee": "1", "agency": "00000000-0000-0000-0000-000000000000", "contract_on": "2021-01-01",
    "due_on": "2021-05-01", "names": "x", "reason": "x", "username": "x", "summary": "x", "problems": "x", "advice": "x", "answer": "x",
    "opinion": "x",
}  # fmt: skip


OWN = ("tasks:home", "tasks:worklist", "tasks:notices")
"""What everybody has: his own work and notices."""


class TestHome:
    def client(self, username: str) -> Client:
        client = Client()
        client.force_login(outsider(username), backend="django.contrib.auth.backends.ModelBackend")
        return client

    def test_the_home_of_an_agency_is_its_list(self, work: Make) -> None:
        engaged = work("engaged")
        client = self.client("agent")
        response = client.get("/", follow=True)
        assert response.redirect_chain == [(reverse("evaluation:evaluations"), 302)]
        text = response.content.decode()
        assert engaged.row.name in text
        assert reverse("evaluation:samples") not in text
        menu = text[text.index('<nav class="side"') : text.index("</nav>", text.index('<nav class="side"'))]
        assert re.findall(r'<a href="([^"]+)"', menu) == [*map(reverse, OWN), reverse("evaluation:evaluations")]

    def test_nothing_else_opens(self, work: Make) -> None:
        work("accepted")
        client = self.client("agent")
        for name in ("samples", "agencies", "new_evaluation", "self_evaluations", "rounds"):
            assert client.get(reverse(f"evaluation:{name}")).status_code == 403, name

    def test_without_an_engagement(self, db: None, organisation: Any) -> None:
        response = self.client("lone").get("/", follow=True)
        assert response.status_code == 200
        assert "没有委托给您的项目" in response.content.decode()
