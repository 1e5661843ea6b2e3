"""The pages: what they show, what they ask the database, and that nothing crashes on a table that cannot be scored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.zhiheng_web.evaluation.self_evaluation.scene import Line, Scene, entries, row_of
from tests.zhiheng_web.ledgers.evidence.files import pdf

from zhiheng_web.evaluation.models import SelfEvaluation, SelfEvaluationFile, SelfEvaluationRow
from zhiheng_web.evaluation.queries.self_evaluation import self_evaluation_page
from zhiheng_web.evaluation.queries.self_evaluation_row import row_page
from zhiheng_web.organisation.viewer import Viewer

pytestmark = pytest.mark.django_db
Person = Callable[[str], Viewer]


def address(name: str, *arguments: object) -> str:
    return reverse(f"evaluation:{name}", args=arguments)


def many(make: Callable[..., Scene], count: int) -> Scene:
    """A table with so many rows, one of ten with a ledger."""
    found = make([Line(f"指标{number}", "10家", "0.45" if count == 200 else "4.5", duty=number % 5 + 1) for number in range(count)])
    for number in range(0, count, 10):
        found.bind(f"指标{number}", "flow", categories=(f"c{number}",))
        entries(found, 8, f"c{number}")
    return found


@pytest.mark.parametrize("count", [20, 200])
def test_the_queries_do_not_grow_with_the_rows(count: int, make: Callable[..., Scene], person: Person) -> None:
    found = many(make, count)
    one = found.begin(person("jixiao"))
    with CaptureQueriesContext(connection) as asked:
        page = self_evaluation_page(person("jixiao"), one.pk)
    assert len(page.lines) == count
    assert page.card is not None
    assert page.card.total == Decimal("9.5") + count // 10 * Decimal("0.36" if count == 200 else "3.6")
    assert len(asked) <= 18
    with CaptureQueriesContext(connection) as asked:
        row_page(person("jixiao"), one.pk, page.lines[0].row.pk)
    assert len(asked) <= 48, "the value is counted again as it was known then, whatever the number of rows"


def test_a_row_says_how_its_value_came_about_and_lists_what_counted_and_what_did_not(
    small: Scene, person: Person, signed_in: Callable[[str], Client]
) -> None:
    """Basis, register and entries with their days; what did not count on a list of its own, from its first page on."""
    small.ledger.put({"happened_on": date(2019, 6, 1), "category": "firm", "title": "去年的企业"})
    small.ledger.put({"happened_on": date(2020, 6, 20), "category": "firm", "title": "今年的企业"})
    one = small.begin(person("jixiao"))
    row = row_of(one, "新增企业数")
    page = address("self_evaluation_row", one.pk, row.pk)
    client = signed_in("jixiao")
    counted = client.get(page).content.decode()
    assert ("今年的企业" in counted, "去年的企业" in counted) == (True, False)
    assert "计入 9" in counted and "未计入 1" in counted and "2020-06-20" in counted
    assert row.snapshot is not None and row.snapshot.basis.text_zh in counted
    for asked in ("left_out", "period"):
        rest = client.get(page, {"entries": asked}).content.decode()
        assert ("今年的企业" in rest, "去年的企业" in rest, "不在期间内 1" in rest) == (False, True, True)
    whole = client.get(page, {"entries": "all"}).content.decode()
    assert "今年的企业" in whole and "去年的企业" in whole


def test_a_judged_row_shows_its_tier_on_the_card(make: Callable[..., Scene], person: Person, signed_in: Callable[[str], Client]) -> None:
    """A target in words that no ledger counts: what it came to is the tier that a person judged, not that it is unbound."""
    one = make([Line("服务水平", "持续提升", "90")]).begin(person("jixiao"))
    row = row_of(one, "服务水平")
    card = address("self_evaluation", one.pk)
    assert "未绑定台账" in signed_in("jixiao").get(card).content.decode()
    SelfEvaluationRow.objects.filter(pk=row.pk).update(tier=2, judged=Decimal(70), judged_basis="问卷", judged_by=person("jixiao").account)
    for page in (card, address("self_evaluation_row", one.pk, row.pk)):
        shown = signed_in("jixiao").get(page).content.decode()
        assert "<b>部分达成年度指标并具有一定效果</b>" in shown or 'class="figure">部分达成年度指标并具有一定效果' in shown, page


def test_what_was_explained_is_not_asked_for_any_more(small: Scene, person: Person) -> None:
    """The note under the actual says that an excess is explained once it is."""
    line = self_evaluation_page(person("jixiao"), small.begin(person("jixiao")).pk).lines[0]
    assert line.score is not None
    over = replace(line, score=replace(line.score, notes=("explain_over",)))
    assert [note.zh for note in over.notes] == ["超过目标较多，须说明"]
    line.row.reason = "年中增加了一个认定批次"
    assert [note.zh for note in over.notes] == ["超过目标较多，已说明"]


def test_a_survey_is_shown_as_the_evidence_of_its_figure(small: Scene, person: Person, signed_in: Callable[[str], Client]) -> None:
    one = small.begin(person("jixiao"))
    row = row_of(one, "服务对象满意度")
    shown = signed_in("jixiao").get(address("self_evaluation_row", one.pk, row.pk)).content.decode()
    assert address("survey", row.survey_id) in shown
    assert "50 份答卷" in shown and "60 人受邀" in shown
    assert "没有绑定台账" not in shown


def test_every_page_opens_for_who_may_and_for_nobody_else(small: Scene, person: Person, signed_in: Callable[[str], Client]) -> None:
    one = small.begin(person("jixiao"))
    row = row_of(one, "新增企业数")
    pages = [address("self_evaluation", one.pk), address("self_evaluation_points", one.pk), address("self_evaluation_row", one.pk, row.pk)]
    for page in pages:
        for language in ("zh-hans", "en"):
            client = signed_in("jixiao")
            client.cookies["django_language"] = language
            shown = client.get(page)
            assert shown.status_code == 200
            assert "新增企业数" in shown.content.decode()
        assert signed_in("juzhang").get(page).status_code == 200
        assert signed_in("czjixiao").get(page).status_code == 404
        assert signed_in("lanshan").get(page).status_code in (403, 404)
        assert Client().get(page).status_code == 302
    assert signed_in("jixiao").get(address("self_evaluations")).status_code == 200
    assert signed_in("jixiao").get(address("self_evaluations") + "?year=2020&file=xlsx").content[:2] == b"PK"


def test_one_begins_fills_judges_submits_accepts_and_corrects_through_the_pages(
    small: Scene, person: Person, signed_in: Callable[[str], Client]
) -> None:
    officer, finance = signed_in("jixiao"), signed_in("czjixiao")
    assert "开展自评" in officer.get(address("self_evaluations") + "?year=2020").content.decode()
    begun = officer.post(address("begin", small.table.pk))
    one = SelfEvaluation.objects.get()
    assert begun.url == address("self_evaluation", one.pk)
    for row in SelfEvaluationRow.objects.all():
        sent = {
            "row": str(row.pk),
            "base-reason": "",
            "text-reason": "受疫情影响",
            "base-improvement": "",
            "text-improvement": "提前部署",
        }
        saved = officer.post(address("fill", one.pk), sent, headers={"hx-request": "true"})
        assert saved.status_code == 200
        assert f'id="wants-{row.pk}"' in saved.content.decode()
    stale = officer.post(address("fill", one.pk), {**sent, "text-reason": "另一人"}, headers={"hx-request": "true"})
    assert stale.status_code == 409
    head = {f"{kind}-{name}": "" if kind == "base" else "已写明" for kind in ("base", "text")
            for name in ("goal_actual", "overview", "problems", "improvements")}  # fmt: skip
    assert officer.post(address("fill", one.pk), head).status_code == 302
    shown = officer.get(address("self_evaluation", one.pk)).content.decode()
    assert "78.47" in shown
    assert officer.post(address("submit", one.pk), {"seen": "78.47"}).status_code == 302
    one.refresh_from_db()
    assert (one.state, one.total) == ("submitted", Decimal("78.47"))
    assert finance.post(address("decide", one.pk), {"decision": "accept", "seen": one.digest}).status_code == 302
    assert officer.post(address("submit", one.pk)).status_code == 409
    corrected = officer.post(address("correct", one.pk), {"reason": "漏计"})
    assert SelfEvaluation.objects.filter(edition=2).count() == 1
    assert "更正" in officer.get(corrected.url).content.decode()
    assert "本版已有更正" in finance.get(address("self_evaluation", one.pk)).content.decode()


def test_what_cannot_be_scored_is_a_list_of_things_to_do_with_links(
    make: Callable[..., Scene], person: Person, signed_in: Callable[[str], Client]
) -> None:
    found = make([Line("新增企业数", "10家"), Line("氛围", "", level="benefit")], unscored=True, money=None)
    one = found.begin(person("jixiao"))
    shown = signed_in("jixiao").get(address("self_evaluation", one.pk))
    words = shown.content.decode()
    assert shown.status_code == 200
    assert address("self_evaluation_points", one.pk) in words
    assert "还不能计分" in words
    for page in ("self_evaluation_points",):
        assert signed_in("jixiao").get(address(page, one.pk)).status_code == 200
    accepted = signed_in("jixiao").post(address("set_points", one.pk), {"proposed": "1"})
    assert accepted.status_code == 302
    assert sum(row.points or 0 for row in SelfEvaluationRow.objects.all()) == 90


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("fill", {"row": "nonsense"}), ("fill", {"row": "nonsense", "text-reason": "x"}), ("choose_scheme", {"scheme": "none"}),
        ("take_values", {}), ("set_points", {"points-nonsense": "1"}), ("submit", {}), ("decide", {"decision": "accept"}), ("correct", {}),
    ],
)  # fmt: skip
def test_bad_input_is_refused_in_words(
    name: str, sent: dict[str, str], small: Scene, person: Person, signed_in: Callable[[str], Client]
) -> None:
    one = small.begin(person("jixiao"))
    assert signed_in("jixiao").post(address(name, one.pk), sent).status_code in (400, 403, 409)


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("override", {"override": "abc"}), ("override", {"override": ""}), ("override", {"override": "NaN", "override_reason": "x"}),
        ("judge", {"tier": "9", "judged": "1"}), ("judge", {}), ("confirm_override", {"points": "1"}), ("declare_actual", {"number": "x"}),
        ("add_file", {}),
    ],
)  # fmt: skip
def test_bad_input_of_a_row_is_refused_in_words(
    name: str, sent: dict[str, str], small: Scene, person: Person, signed_in: Callable[[str], Client]
) -> None:
    one = small.begin(person("jixiao"))
    row = row_of(one, "新增企业数")
    assert signed_in("jixiao").post(address(name, one.pk, row.pk), sent).status_code in (400, 409)


@pytest.mark.parametrize("ticked", [True, False])
def test_a_file_is_fit_for_the_public_only_where_somebody_ticks_it(
    ticked: bool, small: Scene, person: Person, signed_in: Callable[[str], Client]
) -> None:
    one = small.begin(person("jixiao"))
    row = row_of(one, "新增企业数")
    page = signed_in("jixiao").get(address("self_evaluation_row", one.pk, row.pk)).content.decode()
    assert '<input type="checkbox" name="public" value="1">' in page, "not ticked beforehand"
    sent = {"file": SimpleUploadedFile("证明.pdf", pdf()), "title": "证明", **({"public": "1"} if ticked else {})}
    assert signed_in("jixiao").post(address("add_file", one.pk, row.pk), sent).status_code == 302
    assert [file.public for file in SelfEvaluationFile.objects.filter(row=row)] == [ticked]
    shown = signed_in("jixiao").get(address("self_evaluation_row", one.pk, row.pk)).content.decode()
    assert ("拟公开" in shown) is ticked
