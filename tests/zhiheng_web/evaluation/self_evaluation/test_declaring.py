"""A figure typed by hand becomes a ledger entry with its evidence, a day and a history, and is counted from there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.zhiheng_web.evaluation.self_evaluation.scene import AFTER, Line, Scene, at, entries, row_of
from tests.zhiheng_web.ledgers.evidence.files import pdf

from zhiheng_web.evaluation.actions.add_file import add_file
from zhiheng_web.evaluation.actions.declare_actual import declare_actual
from zhiheng_web.evaluation.actions.withdraw_file import withdraw_file
from zhiheng_web.evaluation.models import SelfEvaluationFile
from zhiheng_web.evaluation.queries.self_evaluation import self_evaluation_page
from zhiheng_web.evaluation.queries.self_evaluation_row import file_of, row_page
from zhiheng_web.ledgers.measures.proof import verify
from zhiheng_web.ledgers.models import CountingBasis, EntryVersion, Evidence, Register
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Invalid, Refusal

pytestmark = pytest.mark.django_db
Person = Callable[[str], Viewer]


def upload(text: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile("统计表.pdf", pdf() + text)


@pytest.fixture
def bare(make: Callable[..., Scene]) -> Scene:
    return make([Line("新增企业数", "10家", "45"), Line("培训人次", "100人次", "45")])


def test_one_step_sets_up_the_register_binds_records_proves_and_scores(bare: Scene, person: Person) -> None:
    one = bare.begin(person("jixiao"))
    for name, number, unit in (("新增企业数", "8", "家"), ("培训人次", "120", "人次")):
        declare_actual(person("jixiao"), one.pk, row_of(one, name).pk, Decimal(number), unit, "科室统计表", [upload()])
    register = Register.objects.get(name_zh="手工申报数据")
    versions = EntryVersion.objects.filter(register=register)
    assert sorted(version.quantity for version in versions if version.quantity is not None) == [8, 120]
    assert {version.gap for version in versions} == {""}
    assert Evidence.objects.filter(entry__in=[version.entry_id for version in versions]).count() == 2
    page = self_evaluation_page(person("jixiao"), one.pk)
    assert page.card is not None
    assert [row.points for row in page.card.rows] == [Decimal("9.5"), 36, 45]
    row = row_of(one, "新增企业数")
    assert row.snapshot is not None
    assert row.snapshot.value["shown_zh"] == "8家"
    assert verify(row.snapshot)
    trace = row_page(person("jixiao"), one.pk, row.pk)
    assert [(entry.title, entry.reason) for entry in trace.entries] == [("新增企业数", None)]


def test_a_later_figure_is_a_further_edition_and_the_first_stays(bare: Scene, person: Person) -> None:
    one = bare.begin(person("jixiao"))
    row = row_of(one, "新增企业数")
    declare_actual(person("jixiao"), one.pk, row.pk, Decimal(8), "家", "科室统计表", [upload()])
    later = at(person("jixiao"), AFTER + timedelta(days=1))
    declare_actual(later, one.pk, row.pk, Decimal(9), "家", "核对后", [upload(b"%2")])
    assert self_evaluation_page(later, one.pk).lines[0].shown.zh == "9家"
    assert EntryVersion.objects.filter(category=str(row.indicator_id)).count() == 2
    assert CountingBasis.objects.filter(indicator=row.indicator_id).count() == 1


def test_zero_can_be_declared_and_is_a_figure(bare: Scene, person: Person) -> None:
    one = bare.begin(person("jixiao"))
    row = row_of(one, "新增企业数")
    declare_actual(person("jixiao"), one.pk, row.pk, Decimal(0), "家", "科室统计表", [upload()])
    line = self_evaluation_page(person("jixiao"), one.pk).lines[0]
    assert line.score is not None
    assert (line.score.state, line.score.points, line.shown.zh) == ("reported", 0, "0家")


@pytest.mark.parametrize(
    ("number", "unit", "source"),
    [("8.00001", "家", "表"), ("NaN", "家", "表"), ("1e20", "家", "表"), ("8", "", "表"), ("8", "家", " "), ("8", "家", "机密★")],
)
def test_what_cannot_be_declared_leaves_nothing_behind(number: str, unit: str, source: str, bare: Scene, person: Person) -> None:
    one = bare.begin(person("jixiao"))
    with pytest.raises(Invalid):
        declare_actual(person("jixiao"), one.pk, row_of(one, "新增企业数").pk, Decimal(number), unit, source, [upload()])
    assert not Register.objects.filter(name_zh="手工申报数据").exists()


def test_without_a_file_or_for_an_indicator_with_a_ledger_nothing_is_declared(bare: Scene, person: Person) -> None:
    bare.bind("新增企业数", "flow")
    entries(bare, 3)
    one = bare.begin(person("jixiao"))
    with pytest.raises(Refusal, match="已绑定台账"):
        declare_actual(person("jixiao"), one.pk, row_of(one, "新增企业数").pk, Decimal(8), "家", "表", [upload()])
    with pytest.raises(Invalid):
        declare_actual(person("jixiao"), one.pk, row_of(one, "培训人次").pk, Decimal(8), "人次", "表", [])
    assert not EntryVersion.objects.filter(register__name_zh="手工申报数据").exists()


def test_several_files_support_one_value_are_withdrawn_and_never_lost(bare: Scene, person: Person) -> None:
    one = bare.begin(person("jixiao"))
    row = row_of(one, "新增企业数")
    made = add_file(person("jixiao"), one.pk, row.pk, [upload(), upload(b"%2")], "统计表")
    assert len(made) == 2
    assert add_file(person("jixiao"), one.pk, row.pk, [upload()]) == []  # the same content is kept once
    assert self_evaluation_page(person("jixiao"), one.pk).lines[0].files == 2
    with pytest.raises(Invalid):
        withdraw_file(person("jixiao"), one.pk, made[0].pk, " ")
    withdraw_file(person("jixiao"), one.pk, made[0].pk, "版本有误")
    assert self_evaluation_page(person("jixiao"), one.pk).lines[0].files == 1
    assert SelfEvaluationFile.objects.count() == 2
    found, content = file_of(person("juzhang"), one.pk, made[1].pk)
    assert content.read() == pdf() + b"%2"
    assert found.media_type == "application/pdf"


def test_a_file_with_a_secrecy_mark_is_not_taken(bare: Scene, person: Person) -> None:
    one = bare.begin(person("jixiao"))
    with pytest.raises(Invalid):
        add_file(person("jixiao"), one.pk, row_of(one, "新增企业数").pk, [SimpleUploadedFile("绝密★统计表.pdf", pdf())])
    assert not SelfEvaluationFile.objects.exists()
