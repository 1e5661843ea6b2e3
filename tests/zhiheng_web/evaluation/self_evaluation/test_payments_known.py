"""Months without payment data are unknown, not 0: the page says up to when, and nothing is submitted without the import or a statement."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.zhiheng_web.evaluation.self_evaluation.scene import Scene
from tests.zhiheng_web.evaluation.self_evaluation.test_steps import complete

from zhiheng.reports.papers.printing import printed
from zhiheng_web.evaluation.actions.correct_self_evaluation import correct_self_evaluation
from zhiheng_web.evaluation.actions.decide_self_evaluation import decide_self_evaluation
from zhiheng_web.evaluation.actions.fill_self_evaluation import Cell, fill_self_evaluation
from zhiheng_web.evaluation.actions.submit_self_evaluation import submit_self_evaluation
from zhiheng_web.evaluation.issuing.self_evaluated import table_of
from zhiheng_web.evaluation.issuing.subjects import subject_for
from zhiheng_web.evaluation.models import SelfEvaluation, SelfEvaluationFund
from zhiheng_web.evaluation.queries.self_evaluation import Page, self_evaluation_page
from zhiheng_web.evaluation.rescoring import reproduces
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import BudgetLine, TreasuryPayment
from zhiheng_web.publication.building.scores import Card
from zhiheng_web.trail.action import Refusal

pytestmark = pytest.mark.django_db
Person = Callable[[str], Viewer]
NOTE = Cell(None, "payments_note", "", "8月起该项目未发生支付，已与国库核对")


@pytest.fixture
def begun(small: Scene, person: Person) -> SelfEvaluation:
    """Paid to the end of July; nothing is known of August to December. Every other thing that is wanted is there."""
    TreasuryPayment.objects.update(month=7)
    one = small.begin(person("jixiao"))
    complete(person("jixiao"), one)
    return one


def page_of(person: Person, one: SelfEvaluation) -> Page:
    return self_evaluation_page(person("jixiao"), one.pk)


def test_it_asks_for_the_months_that_are_not_known(begun: SelfEvaluation, person: Person) -> None:
    page = page_of(person, begun)
    assert (page.left, [todo.where for todo in page.todos]) == (1, ["payments"])
    assert "支付数据至7月" in page.todos[0].text.zh
    with pytest.raises(Refusal, match="支付数据至7月"):
        submit_self_evaluation(person("jixiao"), begun.pk)


def test_the_import_of_december_is_enough(begun: SelfEvaluation, person: Person) -> None:
    line = BudgetLine.objects.get()
    TreasuryPayment.objects.create(line=line, month=12, amount=Decimal(0), imported_by=person("jixiao").account)
    assert page_of(person, begun).left == 0
    submit_self_evaluation(person("jixiao"), begun.pk)
    assert SelfEvaluationFund.objects.get().until == 12


def test_a_statement_is_enough_and_is_kept_with_what_was_submitted(begun: SelfEvaluation, person: Person, signed_in: Any) -> None:
    fill_self_evaluation(person("jixiao"), begun.pk, [NOTE])
    assert page_of(person, begun).left == 0
    one = submit_self_evaluation(person("jixiao"), begun.pk)
    assert one.frozen["payments"] == {"until": 7, "note": NOTE.text}
    assert one.frozen["funds"][0]["until"] == SelfEvaluationFund.objects.get().until == 7
    assert reproduces(one.frozen, one.digest)
    shown = signed_in("jixiao").get(f"/self-evaluations/{one.pk}/").content.decode()
    assert "支付数据至7月" in shown
    assert NOTE.text in shown
    said = ["国库支付数据至7月，以后各月没有数据，不等于没有支付。", f"支付情况说明：{NOTE.text}"]
    subject = subject_for(person("jixiao"), 2020, "self_evaluation", one.pk, [one.table.unit.department])
    paper = printed(table_of(subject, "演示1号"), "docx")
    words = "".join(ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(paper)).read("word/document.xml")).itertext())
    assert all(each in words for each in said)
    execution = Card(one.frozen, []).score().execution
    assert execution is not None
    assert [note.zh for note in execution.notes] == said, "and so it is published"


def test_a_statement_on_other_months_than_those_that_lack_now_asks_again(begun: SelfEvaluation, person: Person) -> None:
    fill_self_evaluation(person("jixiao"), begun.pk, [NOTE])
    line = BudgetLine.objects.get()
    TreasuryPayment.objects.create(line=line, month=9, amount=Decimal("100000"), imported_by=person("jixiao").account)
    (todo,) = page_of(person, begun).todos
    assert "支付数据至9月" in todo.text.zh
    again = Cell(None, "payments_note", NOTE.text, "10月起未发生支付")
    fill_self_evaluation(person("jixiao"), begun.pk, [again])
    assert page_of(person, begun).left == 0
    fill_self_evaluation(person("jixiao"), begun.pk, [Cell(None, "payments_note", again.text, " ")])
    assert page_of(person, begun).left == 1


def test_a_correction_begins_with_the_statement(begun: SelfEvaluation, person: Person) -> None:
    fill_self_evaluation(person("jixiao"), begun.pk, [NOTE])
    submit_self_evaluation(person("jixiao"), begun.pk)
    decide_self_evaluation(person("czjixiao"), begun.pk, True, "同意")
    second = correct_self_evaluation(person("jixiao"), begun.pk, "核对支付")
    assert (second.payments_note, second.payments_month) == (NOTE.text, 7)


def test_the_open_page_says_it_with_the_input(begun: SelfEvaluation, signed_in: Any) -> None:
    shown = signed_in("jixiao").get(f"/self-evaluations/{begun.pk}/").content.decode()
    assert "支付数据至7月" in shown
    assert 'name="text-payments_note"' in shown
    answer = signed_in("jixiao").post(
        f"/self-evaluations/{begun.pk}/fill/", {"base-payments_note": "", "text-payments_note": NOTE.text}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    begun.refresh_from_db()
    assert begun.payments_note == NOTE.text


def test_a_year_known_to_its_end_has_no_word_of_it(small: Scene, person: Person, signed_in: Any) -> None:
    one = small.begin(person("jixiao"))
    shown = signed_in("jixiao").get(f"/self-evaluations/{one.pk}/").content.decode()
    assert "支付数据至" not in shown
    assert "payments_note" not in shown


def test_of_two_units_the_one_whose_months_lack_is_not_covered_by_the_other(small: Scene, person: Person, organisation: Any) -> None:
    """The department's table answers for all units: the service centre's sheets end in May."""
    one = small.begin(person("jixiao"))
    complete(person("jixiao"), one)
    assert page_of(person, one).left == 0
    line = BudgetLine.objects.create(unit=organisation.units["331002"], year=2020, source="fiscal", initial=Decimal("500000"))
    TreasuryPayment.objects.create(line=line, month=5, amount=Decimal("200000"), imported_by=person("jixiao").account)
    (todo,) = page_of(person, one).todos
    assert "支付数据至5月" in todo.text.zh
