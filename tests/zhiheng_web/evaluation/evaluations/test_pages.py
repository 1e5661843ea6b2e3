"""The pages of an evaluation: every role, both languages, forms as people send them, and what they cost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape
from tests.zhiheng_web.evaluation.evaluations.work import STAGES, TODAY, Work, agency_of, outsider
from tests.zhiheng_web.ledgers.evidence.files import pdf

from zhiheng.evaluation.index_system import english, system
from zhiheng_web.evaluation.actions.join_agency import join_agency, leave_agency
from zhiheng_web.evaluation.actions.keep_agency import keep_agency
from zhiheng_web.evaluation.models import Agency, AgencyMember, Evaluation, Mark, SheetFigure
from zhiheng_web.evaluation.queries.agencies import agencies
from zhiheng_web.evaluation.queries.evaluation import evaluation_page
from zhiheng_web.evaluation.queries.evaluations import evaluations
from zhiheng_web.organisation.models import Account
from zhiheng_web.trail.action import Forbidden, Invalid, Refusal

pytestmark = pytest.mark.django_db
Make = Callable[..., Work]


def client_of(username: str, language: str = "zh-hans") -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = language
    return client


class TestTheyOpen:
    @pytest.mark.parametrize("language", ["zh-hans", "en"])
    @pytest.mark.parametrize("stage", STAGES)
    def test_for_everybody_at_every_stage(self, work: Make, stage: str, language: str) -> None:
        made = work(stage)
        address = reverse("evaluation:evaluation", args=[made.row.pk])
        for name in ("czjixiao", "czyewu", "jixiao", "jingban", "juzhang", "shenji"):
            assert client_of(name, language).get(address).status_code == 200, name
        expected = {"planned": 404, "accepted": 200}.get(stage, 200)
        agent = client_of(outsider("agent").username, language).get(address)
        assert agent.status_code == expected
        assert client_of("czjixiao", language).get(reverse("evaluation:evaluations")).status_code == 200

    def test_items_are_read_in_english(self, work: Make) -> None:
        scoring = work("scoring")
        items = list(scoring.row.items.all())
        for name, username in (("evaluation", "czjixiao"), ("marks", "agent")):
            page = client_of(username, "en").get(reverse(f"evaluation:{name}", args=[scoring.row.pk])).content.decode()
            assert [item.name for item in items if item.name in page] == [], name
            assert escape(english()[items[0].name]) in page

    def test_marks_page(self, work: Make) -> None:
        scoring = work("scoring")
        address = reverse("evaluation:marks", args=[scoring.row.pk])
        assert "points-" in client_of("agent").get(address).content.decode()
        assert "points-" not in client_of("czjixiao").get(address).content.decode()
        scoring.mark("agent")
        assert "points-" not in client_of("agent").get(address).content.decode()

    def test_new(self, work: Make) -> None:
        work("planned")
        for name in ("czjixiao", "jixiao"):
            assert client_of(name).get(reverse("evaluation:new_evaluation")).status_code == 200
        for name in ("jingban", "shenji", "czyewu", "sysadmin"):
            assert client_of(name).get(reverse("evaluation:new_evaluation")).status_code == 403

    def test_the_fee_is_typed_in_wan_or_yuan(self, work: Make) -> None:
        planned = work("planned")
        agency = agency_of("乙机构")
        sent = {"agency": str(agency.pk), "contract_number": "1", "contract_on": "2021-04-01", "scope": "评价"}
        client = client_of("czjixiao")
        address = reverse("evaluation:engage", args=[planned.row.pk])
        for wrong in ("", "many", "-1", "8万元/月"):
            assert client.post(address, sent | {"fee": wrong}).status_code == 400
        assert client.post(address, sent | {"fee": "8.5"}).status_code == 302
        assert planned.row.engagements.get().fee == Decimal("85000")

    def test_a_fee_with_its_unit(self, work: Make) -> None:
        planned = work("planned")
        sent = {
            "agency": str(agency_of("乙机构").pk),
            "contract_number": "1",
            "contract_on": "2021-04-01",
            "scope": "评价",
            "fee": "79,999.99元",
        }
        assert client_of("czjixiao").post(reverse("evaluation:engage", args=[planned.row.pk]), sent).status_code == 302
        assert planned.row.engagements.get().fee == Decimal("79999.99")


class TestByForms:
    def test_the_whole_way(self, work: Make, settings: Any) -> None:
        """As browsers send it, each by who takes the step."""
        table = work("planned")
        Evaluation.objects.update(state="cancelled")
        finance, agent, evaluated = client_of("czjixiao"), client_of(outsider("agent").username), client_of("jixiao")
        later = str(date.today() + timedelta(days=30))
        new = {"kind": "finance", "table": str(table.table), "name": "评价", "scope": "全部", "system": "department", "due_on": later}
        assert finance.post(reverse("evaluation:new_evaluation"), new).status_code == 302
        one = Evaluation.objects.exclude(state="cancelled").get()
        agency = agency_of("甲机构", "agent")
        terms = {"agency": str(agency.pk), "contract_number": "1", "contract_on": "2021-04-01", "fee": "8", "scope": "评价"}

        def post(client: Client, name: str, key: Any, **sent: Any) -> None:
            answer = client.post(reverse(f"evaluation:{name}", args=[key]), sent)
            assert answer.status_code == 302, (name, answer.content.decode()[-900:])

        post(finance, "engage", one.pk, **terms)
        post(agent, "declare_interests", one.engagements.get().pk, free="yes")
        post(agent, "materials", one.pk, names="甲\n\n乙\n", due_on=later)
        first, second = one.materials.order_by("position")
        post(evaluated, "hand_in_material", first.pk, file=SimpleUploadedFile("a.pdf", pdf()))
        post(agent, "return_material", first.pk, reason="不清")
        post(evaluated, "hand_in_material", first.pk, file=SimpleUploadedFile("b.pdf", pdf(("red",))))
        post(finance, "waive_material", second.pk, reason="见台账")
        assert agent.get(reverse("evaluation:material_file", args=[first.pk])).headers["Content-Disposition"].startswith("attachment")
        post(finance, "appoint_evaluator", one.pk, username="agent")
        post(finance, "open_marking", one.pk)
        post(agent, "declare_evaluator", one.pk, free="yes")
        sent = {f"points-{item.pk}": str(item.full) for item in one.items.all()}
        empty = next(iter(sent))
        post(agent, "marks", one.pk, **(sent | {empty: ""}), edits="0")
        assert Mark.objects.count() == len(sent) - 1
        none = empty.replace("points-", "")
        post(agent, "marks", one.pk, **(sent | {empty: "", f"none-{none}": "1", f"remark-{none}": "无此内容"}), edits="1", hand_in="1")
        post(agent, "findings", one.pk, **{f"finding-{item.pk}": "属实" for item in one.items.all()})
        post(
            agent, "hand_in_report", one.pk, summary="好", problems="无重大问题", advice="继续", file=SimpleUploadedFile("报告.pdf", pdf())
        )
        report = one.reports.get()
        assert report.total == 100, "the item that does not apply leaves with its points"
        assert evaluated.get(reverse("evaluation:report_file", args=[report.pk])).status_code == 200
        post(evaluated, "reply", report.pk, agrees="no", reply="有一处不实")
        post(agent, "answer_reply", report.pk, answer="已改")
        post(finance, "quality_check", report.pk, **{f"check-{check.code}": "yes" for check in system("department").checks})
        post(finance, "return_draft", report.pk, opinion="再核一次")
        post(agent, "hand_in_report", one.pk, summary="好", problems="无", advice="继续")
        report = one.reports.order_by("-number")[0]
        post(evaluated, "reply", report.pk, agrees="yes")
        post(finance, "quality_check", report.pk, **{f"check-{check.code}": "yes" for check in system("department").checks})
        post(finance, "accept", report.pk, opinion="")
        one.refresh_from_db()
        assert (one.state, one.total, one.grade) == ("accepted", Decimal("100"), "优")

    @pytest.mark.parametrize(
        ("name", "key", "sent"), [("declare_interests", "engagement", {}), ("declare_interests", "engagement", {"free": "maybe"})]
    )
    def test_what_is_not_answered(self, work: Make, name: str, key: str, sent: dict[str, str]) -> None:
        engaged = work("engaged")
        answer = client_of("agent").post(reverse(f"evaluation:{name}", args=[getattr(engaged, key)]), sent)
        assert answer.status_code == 400
        assert engaged.row.state == "engaged"

    def test_a_refusal_to_htmx_keeps_what_was_typed(self, work: Make) -> None:
        planned = work("planned")
        answer = client_of("czjixiao").post(
            reverse("evaluation:engage", args=[planned.row.pk]), {"fee": "x"}, headers={"HX-Request": "true"}
        )
        assert (answer.status_code, answer.headers["HX-Retarget"]) == (400, "#notes")


class TestCosts:
    def cost(self, call: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as found:
            call()
        return len(found)

    def test_a_page_does_not_grow_with_what_is_on_it(self, work: Make) -> None:
        made = work("marked")
        few = self.cost(lambda: evaluation_page(made.organiser, made.row.pk))
        rendered = self.cost(lambda: client_of("czjixiao").get(reverse("evaluation:evaluation", args=[made.row.pk])))
        item = made.row.items.order_by("-position")[0]
        for n in range(30):
            made.row.materials.create(position=10 + n, name=f"资料{n}", due_on=TODAY)
            own = made.row.items.create(position=100 + n, level_1="benefit", level_2="x", name=f"指标{n}", full=Decimal(1))
            for seat in made.row.evaluators.all():
                Mark.objects.create(item=own, evaluator=seat, points=Decimal(1))
        assert item
        assert self.cost(lambda: evaluation_page(made.organiser, made.row.pk)) == few
        assert self.cost(lambda: client_of("czjixiao").get(reverse("evaluation:evaluation", args=[made.row.pk]))) == rendered
        assert few <= 20

    def test_the_list_does_not_grow(self, work: Make) -> None:
        made = work("planned")
        few = self.cost(lambda: evaluations(made.organiser))
        for n in range(20):
            row = made.row
            row.pk, row.name = None, f"评价{n}"
            row.id = __import__("uuid").uuid4()
            row.save(force_insert=True)
        assert len(evaluations(made.organiser).lines) == 21
        assert self.cost(lambda: evaluations(made.organiser)) == few

    def test_agencies_do_not_grow(self, work: Make) -> None:
        made = work("engaged")
        few = self.cost(lambda: agencies(made.organiser))
        for n in range(15):
            agency_of(f"机构{n}", f"person{n}")
        assert self.cost(lambda: agencies(made.organiser)) == few


class TestFrame:
    def test_an_item_of_the_frame_shows_ratio_and_points(self, work: Make, organisation: Any) -> None:
        """在职 102, 编制 100: 2 points above 100 %, each costs 10 % of the item's 3: 2.40."""
        made = work("planned")
        Evaluation.objects.update(system="department")
        item = made.row.items.order_by("position")[0]
        item.frame, item.full = "staff_control", Decimal(3)
        item.save()
        from zhiheng.evaluation.frame import ratios

        staff, posts = ratios()["staff_control"].codes
        for code, value in ((staff, 102), (posts, 100)):
            SheetFigure.objects.create(
                department=organisation.departments["331"], year=2020, code=code, value=Decimal(value), source="编办",
                entered_by=organisation.accounts["jixiao"], entered_at=made.instant,
            )  # fmt: skip
        line = evaluation_page(made.organiser, made.row.pk).items[0]
        assert line.ratio is not None
        assert line.ratio.percent == "102"
        assert line.proposed == Decimal("2.40")

    def test_without_a_figure_nothing_is_proposed(self, work: Make) -> None:
        made = work("planned")
        item = made.row.items.order_by("position")[0]
        item.frame = "staff_control"
        item.save()
        line = evaluation_page(made.organiser, made.row.pk).items[0]
        assert line.proposed is None
        assert line.ratio_words is not None
        assert "编制" in line.ratio_words.zh


class TestAgencies:
    def test_who_keeps_them(self, work: Make) -> None:
        made = work("planned")
        for name in ("jixiao", "czyewu", "shenji", "secadmin", "jigou"):
            with pytest.raises(Forbidden):
                keep_agency(made.person(name), None, "甲机构")
        for name in ("czjixiao", "sysadmin"):
            keep_agency(made.person(name), None, f"机构{name}")
        assert client_of("sysadmin").get(reverse("evaluation:agencies")).status_code == 200
        assert client_of("jixiao").get(reverse("evaluation:agencies")).status_code == 200
        assert [line.members for line in agencies(made.person("jixiao")).lines] == [(), ()]

    @pytest.mark.parametrize(
        ("name", "uscc", "field"), [("", "", "name"), ("x" * 101, "", "name"), ("甲", "123", "uscc"), ("甲", "91371302MA3RHKY01Y", "uscc")]
    )
    def test_bad_input(self, work: Make, name: str, uscc: str, field: str) -> None:
        made = work("planned")
        with pytest.raises(Invalid) as found:
            keep_agency(made.person("czjixiao"), None, name, uscc)
        assert field in found.value.fields

    def test_a_name_twice(self, work: Make) -> None:
        made = work("planned")
        keep_agency(made.person("czjixiao"), None, "甲机构", "91371302MA3RHKY01X")
        with pytest.raises(Invalid):
            keep_agency(made.person("czjixiao"), None, "甲机构")

    def test_none_is_closed_while_it_works(self, work: Make) -> None:
        made = work("engaged")
        agency = Agency.objects.get(name="山东示例评价有限公司")
        with pytest.raises(Refusal) as found:
            keep_agency(made.person("czjixiao"), agency.pk, agency.name, "", TODAY)
        assert found.value.code == "engaged"

    def test_who_can_work_for_one(self, work: Make) -> None:
        made = work("planned")
        agency = agency_of("甲机构")
        for username, code in (("nobody", "username"), ("shenji", "no_agency_role"), ("sysadmin", "no_agency_role")):
            with pytest.raises(Refusal) as found:
                join_agency(made.person("czjixiao"), agency.pk, username, TODAY)
            assert found.value.code == code
        join_agency(made.person("czjixiao"), agency.pk, "jigou", TODAY)
        with pytest.raises(Refusal) as found:
            join_agency(made.person("czjixiao"), agency_of("乙机构").pk, "jigou", TODAY)
        assert found.value.code == "member_already"

    def test_nobody_of_a_department_works_for_one(self, work: Make, organisation: Any) -> None:
        from zhiheng_web.organisation.models import RoleAssignment

        made = work("planned")
        RoleAssignment.objects.create(account=organisation.accounts["jingban"], role="agency", since=date(2015, 1, 1))
        with pytest.raises(Refusal) as found:
            join_agency(made.person("czjixiao"), agency_of("甲机构").pk, "jingban", TODAY)
        assert found.value.code == "inside"

    def test_leaving(self, work: Make) -> None:
        made = work("planned")
        agency_of("甲机构", "agent")
        member = AgencyMember.objects.get()
        with pytest.raises(Invalid):
            leave_agency(made.person("czjixiao"), member.pk, date(2020, 12, 31))
        leave_agency(made.person("czjixiao"), member.pk, TODAY)
        with pytest.raises(Invalid):
            leave_agency(made.person("czjixiao"), member.pk, TODAY)

    def test_by_the_page(self, work: Make) -> None:
        work("planned")
        client = client_of("sysadmin")
        assert client.post(reverse("evaluation:agencies"), {"name": "甲机构", "uscc": ""}).status_code == 302
        agency = Agency.objects.get()
        assert (
            client.post(reverse("evaluation:join_agency", args=[agency.pk]), {"username": "jigou", "since": "2021-01-01"}).status_code
            == 302
        )
        member = AgencyMember.objects.get()
        assert client.post(reverse("evaluation:leave_agency", args=[member.pk]), {"until": "2021-06-01"}).status_code == 302
        sent = {"agency": str(agency.pk), "name": "甲机构（更名）", "uscc": "", "closed_on": "2021-07-01"}
        assert client.post(reverse("evaluation:agencies"), sent).status_code == 302
        agency.refresh_from_db()
        assert (agency.name, agency.closed_on) == ("甲机构（更名）", date(2021, 7, 1))
