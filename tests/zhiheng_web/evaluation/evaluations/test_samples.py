"""The seed first, then the draw; anybody draws again; a re-check beside the self-score of the small table worked out by hand."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.zhiheng_web.evaluation.self_evaluation.conftest import LINES, filled_scene
from tests.zhiheng_web.evaluation.self_evaluation.scene import Line, at, row_of, scene
from tests.zhiheng_web.evaluation.self_evaluation.test_steps import complete

from zhiheng.audit.money import printed
from zhiheng.evaluation.sample import drawn
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.evaluation.actions.announce_sample import announce_sample, draw_sample
from zhiheng_web.evaluation.actions.decide_self_evaluation import decide_self_evaluation
from zhiheng_web.evaluation.actions.judge_row import judge_row
from zhiheng_web.evaluation.actions.recheck_row import finish_recheck, recheck_row, recheck_rows
from zhiheng_web.evaluation.actions.submit_self_evaluation import submit_self_evaluation
from zhiheng_web.evaluation.models import Recheck, Sample, SelfEvaluation
from zhiheng_web.evaluation.queries.problems import recheck_problems
from zhiheng_web.evaluation.queries.samples import recheck_page, sample_page, sample_script, samples
from zhiheng_web.organisation.models import Account, RoleAssignment
from zhiheng_web.organisation.viewer import Viewer, viewer_of
from zhiheng_web.planning.models import PerformanceTable, Project, TableVersion
from zhiheng_web.trail.action import Absent, Conflict, Forbidden, Invalid, Refusal
from zhiheng_web.trail.models import TrailRecord

pytestmark = pytest.mark.django_db
MAY = datetime(2021, 5, 6, 8, tzinfo=UTC)
SCORES = {"新增企业数": "32", "投诉次数": "7.5", "检查覆盖率": "20", "服务对象满意度": "9.47", None: "9.5"}
"""8/10 × 40; 10 × (1 − 1/4); 2/3 × 30; 90/95 × 10; 190/200 × 10: 78.47 in all, 中."""


@pytest.fixture
def person(organisation: Demonstrated) -> Callable[[str], Viewer]:
    return lambda name: replace(viewer_of(Account.objects.get(username=name), MAY.date(), "127.0.0.1"), at=MAY)


@pytest.fixture
def accepted(organisation: Demonstrated, viewer: Callable[[str], Viewer]) -> SelfEvaluation:
    """The small table's self-evaluation, accepted by the business section of finance."""
    made = filled_scene(scene(viewer("jixiao"), organisation.units["331001"], LINES))
    one = made.begin(viewer("jixiao"))
    complete(at(viewer("jixiao")), one)
    submit_self_evaluation(at(viewer("jixiao")), one.pk)
    return decide_self_evaluation(at(viewer("czyewu")), one.pk, True, "同意")


def more(one: SelfEvaluation, count: int, state: str = "accepted", **people: Any) -> list[SelfEvaluation]:
    """Further self-evaluations of projects of the bureau, with the same content."""
    made = []
    for _ in range(count):
        code = f"P{PerformanceTable.objects.count():04d}"
        project = Project.objects.create(unit=one.table.unit, code=code, name=f"项目{code}", first_year=2020)
        table = PerformanceTable.objects.create(unit=one.table.unit, kind="project", year=2020, project=project)
        TableVersion.objects.create(table=table, number=1, state="approved", created_by=one.begun_by)
        kept = ("version", "scheme", "on", "known_at", "frozen", "total", "ceiling", "grade", "begun_at", "submitted_at", "decided_at")
        by = {name: getattr(one, name) for name in ("begun_by", "submitted_by", "decided_by")} | people
        made.append(SelfEvaluation.objects.create(table=table, state=state, **{name: getattr(one, name) for name in kept}, **by))
    return made


@pytest.fixture
def recheck(accepted: SelfEvaluation, person: Callable[[str], Viewer]) -> Recheck:
    sample = announce_sample(person("czjixiao"), 2020, "2020年抽查", "福彩3D 2021101 期 527", 1)
    draw_sample(person("czjixiao"), sample.pk)
    return sample.rechecks.get()


class TestSeed:
    def test_written_down_first_and_kept(self, accepted: SelfEvaluation, person: Callable[[str], Viewer]) -> None:
        sample = announce_sample(person("czjixiao"), 2020, "抽查", "527", 1, "公告")
        assert (sample.digest, sample.population, sample.drawn_at) == ("", "", None)
        first = TrailRecord.objects.get(action="evaluation.announce_sample")
        assert first.details["seed"] == "527"
        draw_sample(person("czjixiao"), sample.pk)
        second = TrailRecord.objects.get(action="evaluation.draw_sample")
        assert second.number > first.number
        assert second.details["population"] == 1

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"name": ""}, "name"), ({"seed": " "}, "seed"), ({"seed": "a\nb"}, "seed"), ({"size": 0}, "size"), ({"size": -1}, "size"),
            ({"size": 10001}, "size"), ({"year": 1999}, "year"), ({"seed": "x" * 101}, "seed"), ({"name": "x" * 101}, "name"),
        ],
    )  # fmt: skip
    def test_bad_input(self, person: Callable[[str], Viewer], changed: dict[str, Any], field: str) -> None:
        with pytest.raises(Invalid) as found:
            announce_sample(person("czjixiao"), **({"year": 2020, "name": "a", "seed": "b", "size": 1} | changed))
        assert field in found.value.fields

    def test_names_are_unique(self, person: Callable[[str], Viewer]) -> None:
        announce_sample(person("czjixiao"), 2020, "抽查", "1", 1)
        with pytest.raises(Invalid):
            announce_sample(person("czjixiao"), 2020, "抽查", "2", 1)
        assert announce_sample(person("czjixiao"), 2021, "抽查", "2", 1)

    def test_a_sample_without_a_digest_is_not_drawn(self, person: Callable[[str], Viewer]) -> None:
        sample = announce_sample(person("czjixiao"), 2020, "抽查", "1", 1)
        with pytest.raises(DatabaseError), transaction.atomic():
            Sample.objects.filter(pk=sample.pk).update(drawn_at=MAY)

    @pytest.mark.parametrize("name", ["jixiao", "czyewu", "juzhang", "shenji", "sysadmin", "jigou", "jingban", "lanshan"])
    def test_only_the_performance_section(self, accepted: SelfEvaluation, person: Callable[[str], Viewer], name: str) -> None:
        with pytest.raises(Forbidden):
            announce_sample(person(name), 2020, "抽查", "1", 1)
        sample = announce_sample(person("czjixiao"), 2020, "抽查", "1", 1)
        with pytest.raises(Forbidden):
            draw_sample(person(name), sample.pk)


class TestDraw:
    def test_it_is_what_the_library_draws_of_the_accepted(self, accepted: SelfEvaluation, person: Callable[[str], Viewer]) -> None:
        some = [accepted, *more(accepted, 6)]
        more(accepted, 2, "submitted")
        sample = announce_sample(person("czjixiao"), 2020, "抽查", "527", 3)
        draw_sample(person("czjixiao"), sample.pk)
        sample.refresh_from_db()
        ids = [str(one.pk) for one in some]
        assert sample.population.split() == sorted(ids), "only what is accepted"
        found = [str(one.self_evaluation_id) for one in sample.rechecks.order_by("place")]
        assert found == list(drawn(ids, "527", 3))

    def test_drawn_once(self, recheck: Recheck, person: Callable[[str], Viewer]) -> None:
        with pytest.raises(Refusal) as found:
            draw_sample(person("czjixiao"), recheck.sample_id)
        assert found.value.code == "drawn"

    def test_more_than_there_are(self, accepted: SelfEvaluation, person: Callable[[str], Viewer]) -> None:
        sample = announce_sample(person("czjixiao"), 2020, "抽查", "527", 2)
        with pytest.raises(Refusal) as found:
            draw_sample(person("czjixiao"), sample.pk)
        assert found.value.code == "population_small"
        assert Sample.objects.get().drawn_at is None

    def test_what_a_correction_replaced_is_not_drawn_from(self, accepted: SelfEvaluation, person: Callable[[str], Viewer]) -> None:
        fields = {name: getattr(accepted, name) for name in ("version", "scheme", "on", "known_at", "frozen", "total", "ceiling", "grade")}
        people = {"begun_by": accepted.begun_by, "begun_at": accepted.begun_at, "submitted_at": accepted.submitted_at}
        newer = SelfEvaluation.objects.create(table=accepted.table, edition=2, replaces=accepted, state="accepted", **fields, **people)
        sample = announce_sample(person("czjixiao"), 2020, "抽查", "527", 1)
        draw_sample(person("czjixiao"), sample.pk)
        assert Sample.objects.get().population == str(newer.pk)

    def test_anybody_draws_again(self, recheck: Recheck, accepted: SelfEvaluation, person: Callable[[str], Viewer]) -> None:
        for name in ("jingban", "juzhang", "czyewu", "shenji"):
            _, script = sample_script(person(name), recheck.sample_id)
            ran = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=False)
            assert ran.returncode == 0
            assert str(accepted.pk) in ran.stdout
            assert sample_page(person(name), recheck.sample_id).holds

    def test_a_changed_population_is_shown(self, recheck: Recheck, person: Callable[[str], Viewer]) -> None:
        Sample.objects.update(population=str(uuid4()))
        assert not sample_page(person("czjixiao"), recheck.sample_id).holds

    def test_what_another_department_drew_stays_without_a_name(self, recheck: Recheck, person: Callable[[str], Viewer]) -> None:
        account = Account.objects.create(username="elsewhere", name="别处")
        from zhiheng_web.organisation.models import Department

        other = Department.objects.create(code="999", name="另一局")
        RoleAssignment.objects.create(account=account, role="performance_officer", department=other, since=date(2015, 1, 1))
        page = sample_page(person("elsewhere"), recheck.sample_id)
        assert [line.recheck for line in page.lines] == [None]
        assert page.holds
        with pytest.raises(Absent):
            recheck_page(person("elsewhere"), recheck.pk)

    def test_outsiders_see_no_sample(self, recheck: Recheck, person: Callable[[str], Viewer]) -> None:
        for name in ("jigou", "sysadmin", "lanshan"):
            with pytest.raises(Forbidden):
                samples(person(name))
            with pytest.raises(Forbidden):
                sample_page(person(name), recheck.sample_id)


class TestRecheck:
    def test_the_self_score_stands_beside(self, recheck: Recheck, person: Callable[[str], Viewer]) -> None:
        page = recheck_page(person("czjixiao"), recheck.pk)
        found = {line.row.indicator_row.name if line.row else None: printed(line.points) for line in page.checked.lines if line.points}
        assert found == SCORES
        assert page.checked.self_total == page.checked.total == Decimal("78.47")
        assert (page.checked.gap, page.checked.far, page.works) == (0, False, True)

    def test_a_judgement_is_shown_with_what_it_rests_on(
        self, organisation: Demonstrated, viewer: Callable[[str], Viewer], person: Callable[[str], Viewer], signed_in: Any
    ) -> None:
        """Whoever re-checks sees for what the points were given, though the row has no figure."""
        name = "科技创新氛围"
        one = scene(viewer("jixiao"), organisation.units["331001"], [Line(name, "明显改善", "90")]).begin(viewer("jixiao"))
        judge_row(at(viewer("jixiao")), one.pk, row_of(one, name).pk, 1, Decimal(80), "培训4期、205人，达成", 0)
        complete(at(viewer("jixiao")), one, (name,))
        submit_self_evaluation(at(viewer("jixiao")), one.pk)
        decide_self_evaluation(at(viewer("czyewu")), one.pk, True, "同意")
        sample = announce_sample(person("czjixiao"), 2020, "2020年抽查", "527", 1)
        draw_sample(person("czjixiao"), sample.pk)
        recheck = sample.rechecks.get()
        line = next(line for line in recheck_page(person("czjixiao"), recheck.pk).checked.lines if line.name == name)
        assert (line.actual.zh, line.actual.en, line.basis) == ("达成年度指标", "Reached", "培训4期、205人，达成")
        page = signed_in("czjixiao").get(reverse("evaluation:recheck", args=[recheck.pk])).content.decode()
        assert "评定依据：培训4期、205人，达成" in page

    def test_points_and_reason_row_by_row(self, recheck: Recheck, accepted: SelfEvaluation, person: Callable[[str], Viewer]) -> None:
        """32 → 24 and the execution 9.5 → 9: 78.47 − 8.5 = 69.97."""
        recheck_row(person("czjixiao"), recheck.pk, row_of(accepted, "新增企业数").pk, Decimal("24"), "两家企业佐证不足")
        recheck_row(person("czjixiao"), recheck.pk, None, Decimal("9"), "结转资金未计入")
        checked = recheck_page(person("czjixiao"), recheck.pk).checked
        assert (checked.total, checked.grade, checked.gap, checked.far) == (Decimal("69.97"), "中", Decimal("8.5"), False)
        recheck_row(person("czjixiao"), recheck.pk, None, None, "")
        assert recheck_page(person("czjixiao"), recheck.pk).checked.gap == 8

    def test_the_gap_of_exactly_ten_is_not_flagged(
        self, recheck: Recheck, accepted: SelfEvaluation, person: Callable[[str], Viewer]
    ) -> None:
        """S14: more than 10."""
        row = row_of(accepted, "新增企业数").pk
        recheck_row(person("czjixiao"), recheck.pk, row, Decimal("22"), "x")
        assert not recheck_page(person("czjixiao"), recheck.pk).checked.far
        recheck_row(person("czjixiao"), recheck.pk, row, Decimal("21.99"), "x")
        checked = recheck_page(person("czjixiao"), recheck.pk).checked
        assert checked.far
        finish_recheck(person("czjixiao"), recheck.pk, "自评偏高")
        lines = recheck_problems(person("czjixiao"), recheck.pk)
        assert [line.lost for line in lines] == [Decimal("10.01"), Decimal("10.01")]
        assert lines[1].indicator is not None

    @pytest.mark.parametrize(
        ("points", "reason", "code"), [("40.01", "x", "points"), ("-1", "x", "points"), ("1.001", "x", "points"), ("1", " ", "missing")]
    )
    def test_bad_points(
        self, recheck: Recheck, accepted: SelfEvaluation, person: Callable[[str], Viewer], points: str, reason: str, code: str
    ) -> None:
        with pytest.raises(Invalid) as found:
            recheck_row(person("czjixiao"), recheck.pk, row_of(accepted, "新增企业数").pk, Decimal(points), reason)
        assert found.value.code == code
        with pytest.raises(Absent):
            recheck_row(person("czjixiao"), recheck.pk, uuid4(), Decimal(1), "x")

    def test_two_at_once(self, recheck: Recheck, person: Callable[[str], Viewer]) -> None:
        recheck_row(person("czjixiao"), recheck.pk, None, Decimal("9"), "x", 0)
        with pytest.raises(Conflict):
            recheck_row(person("czjixiao"), recheck.pk, None, Decimal("8"), "x", 0)

    def test_finished_is_final(self, recheck: Recheck, person: Callable[[str], Viewer]) -> None:
        with pytest.raises(Invalid):
            finish_recheck(person("czjixiao"), recheck.pk, " ")
        done = finish_recheck(person("czjixiao"), recheck.pk, "与事实相符")
        assert (done.total, done.grade) == (Decimal("78.47"), "中")
        for again in (
            lambda: finish_recheck(person("czjixiao"), recheck.pk, "x"),
            lambda: recheck_row(person("czjixiao"), recheck.pk, None, Decimal(1), "x"),
        ):
            with pytest.raises(Refusal) as found:
                again()
            assert found.value.code == "finished"

    def test_nobody_rechecks_what_he_decided(
        self, recheck: Recheck, accepted: SelfEvaluation, person: Callable[[str], Viewer], organisation: Demonstrated
    ) -> None:
        """Pitfall 68, for accepting, submitting and filling in alike."""
        for field in ("decided_by", "submitted_by", "begun_by"):
            own = more(accepted, 1, **{field: organisation.accounts["czjixiao"]})[0]
            of_own = Recheck.objects.create(sample=recheck.sample, self_evaluation=own, place=9)
            steps = (
                lambda pk=of_own.pk: recheck_row(person("czjixiao"), pk, None, Decimal(1), "x"),
                lambda pk=of_own.pk: finish_recheck(person("czjixiao"), pk, "x"),
            )
            for step in steps:
                with pytest.raises(Forbidden) as found:
                    step()
                assert found.value.code == "own_decision", field

    def test_who_sees_it_when(self, recheck: Recheck, person: Callable[[str], Viewer]) -> None:
        for name in ("jixiao", "juzhang", "jingban"):
            with pytest.raises(Absent):
                recheck_page(person(name), recheck.pk)
        assert not recheck_page(person("czyewu"), recheck.pk).works
        for name in ("czyewu", "shenji"):
            with pytest.raises(Refusal):
                recheck_row(person(name), recheck.pk, None, Decimal(1), "x")
        finish_recheck(person("czjixiao"), recheck.pk, "相符")
        assert not recheck_page(person("jixiao"), recheck.pk).works
        assert recheck_problems(person("jixiao"), recheck.pk) == ()


class TestPages:
    def test_queries_do_not_grow(self, recheck: Recheck, accepted: SelfEvaluation, person: Callable[[str], Viewer]) -> None:
        def cost(of: Sample) -> int:
            with CaptureQueriesContext(
                connection,
            ) as found:
                sample_page(person("czjixiao"), of.pk)
            return len(found)

        few = cost(recheck.sample)
        more(accepted, 12)
        sample = announce_sample(person("czjixiao"), 2020, "大样本", "1", 12)
        draw_sample(person("czjixiao"), sample.pk)
        assert cost(sample) == few

    @pytest.mark.parametrize("language", ["zh-hans", "en"])
    def test_they_open(self, recheck: Recheck, signed_in: Callable[[str], Client], language: str) -> None:
        client = signed_in("czjixiao")
        client.cookies["django_language"] = language
        script = reverse("evaluation:verify_sample", args=[recheck.sample_id])
        pages = [reverse("evaluation:samples"), reverse("evaluation:sample", args=[recheck.sample_id])]
        for address in (*pages, reverse("evaluation:recheck", args=[recheck.pk]), script):
            assert client.get(address).status_code == 200, address
        assert client.get(script).headers["Content-Disposition"].endswith('"draw_again.py"')

    def test_by_the_pages(self, accepted: SelfEvaluation, signed_in: Callable[[str], Client]) -> None:
        client = signed_in("czjixiao")
        sent = {"year": "2020", "name": "抽查", "seed": "527", "size": "1"}
        assert client.post(reverse("evaluation:samples"), sent).status_code == 302
        sample = Sample.objects.get()
        assert client.post(reverse("evaluation:draw_sample", args=[sample.pk])).status_code == 302
        recheck = sample.rechecks.get()
        rows = reverse("evaluation:recheck_rows", args=[recheck.pk])
        money = {"points-money": "９.２", "reason-money": "结转", "opinion": "同意"}
        assert client.post(rows, {**money, "edits": "0"}).status_code == 302
        assert client.post(rows, {"points-money": "many", "reason-money": "结转", "edits": "1"}).status_code == 400
        assert client.post(rows, {"points-x": "1", "reason-x": "结转", "edits": "1"}).status_code == 404
        row = row_of(accepted, "新增企业数").pk
        typed = {**money, f"points-{row}": "24", f"reason-{row}": "两家企业佐证不足", "finish": "1", "edits": "1"}
        assert client.post(rows, {**typed, f"reason-{row}": " "}).status_code == 400
        recheck.refresh_from_db()
        assert (recheck.finished_at, recheck.rows.count()) == (None, 1)
        assert client.post(rows, typed).status_code == 302
        recheck.refresh_from_db()
        assert (recheck.total, recheck.opinion) == (Decimal("70.17"), "同意")
        assert set(recheck.rows.values_list("row", "points", "reason")) == {
            (None, Decimal("9.2"), "结转"), (row, Decimal(24), "两家企业佐证不足"),
        }  # fmt: skip

    def test_a_reason_without_points_is_not_lost(self, recheck: Recheck, accepted: SelfEvaluation, person: Callable[[str], Viewer]) -> None:
        """Neither it nor the points typed in another row: the page comes back with both and says what is wrong at each."""
        row = str(row_of(accepted, "新增企业数").pk)
        with pytest.raises(Invalid) as refused:
            recheck_rows(person("czjixiao"), recheck.pk, {row: (None, "佐证不足"), "money": (Decimal(1000), "x")}, "同意", 0)
        assert set(refused.value.fields) == {f"points-{row}", "points-money"}
        assert not recheck.rows.exists()

    def test_the_page_shows_what_is_judged(self, recheck: Recheck, accepted: SelfEvaluation, signed_in: Callable[[str], Client]) -> None:
        """Target, actual and the reason given, beside the points."""
        page = signed_in("czjixiao").get(reverse("evaluation:recheck", args=[recheck.pk])).content.decode()
        row = row_of(accepted, "新增企业数")
        kept = next(one for one in accepted.frozen["rows"] if one["id"] == str(row.pk))
        line = page[page.index(f'id="row-{row.pk}"') :].partition("</tr>")[0]
        for words in (row.indicator_row.target_text, kept["shown_zh"], kept["reason"]):
            assert words in line
