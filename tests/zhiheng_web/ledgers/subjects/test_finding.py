"""One organisation and one person, however many registers name them."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.ledgers.models import Organisation, Person
from zhiheng_web.ledgers.subjects import Described, Named, fault_of, identity_fault, organisation_of, organisations_of, people_of, person_of
from zhiheng_web.trail.action import Invalid
from zhiheng_web.uscc import made_up


@pytest.mark.django_db
def test_the_same_code_is_the_same_organisation_whatever_it_is_called() -> None:
    first = organisation_of(made_up(1), "山东甲乙有限公司", "371302")
    again = organisation_of(made_up(1).lower(), "甲乙公司")
    assert again.organisation == first.organisation
    assert not first.differs
    assert again.differs
    assert again.name == "甲乙公司"
    assert Organisation.objects.get().name == "山东甲乙有限公司"


@pytest.mark.django_db
def test_blanks_and_full_width_brackets_make_no_other_name() -> None:
    organisation_of(made_up(1), "甲（山东）公司")
    assert not organisation_of(made_up(1), "甲 (山东)公司").differs


@pytest.mark.django_db
def test_a_wrong_code_makes_nothing() -> None:
    with pytest.raises(Invalid) as refused:
        organisations_of([Named(made_up(1), "甲"), Named("91371300MA00000590", "乙")])
    assert "organisation" in refused.value.fields
    assert not Organisation.objects.exists()


def test_a_body_in_china_needs_a_code_where_the_register_says_so() -> None:
    assert fault_of(Named("", "甲公司"), needs_code=True) is not None
    assert fault_of(Named("", "Fraunhofer IPA", country="DE"), needs_code=True) is None


@pytest.mark.django_db
def test_bodies_without_a_code_are_found_by_name_and_country() -> None:
    one, two, three = organisations_of([Named("", "ABC", country="DE"), Named("", "ABC", country="US"), Named("", "ABC", country="DE")])
    assert one.organisation == three.organisation
    assert one.organisation != two.organisation


@pytest.mark.django_db
def test_many_rows_cost_a_few_queries(django_assert_max_num_queries: Callable[..., CaptureQueriesContext]) -> None:
    rows = [Named(made_up(number % 3000), f"第{number % 3000}公司") for number in range(5000)]
    found = organisations_of(rows)
    assert [known.organisation.uscc for known in found] == [row.uscc for row in rows]
    assert Organisation.objects.count() == 3000
    with django_assert_max_num_queries(2):
        organisations_of(rows)


def test_people_are_found_by_number_without_opening_it(organisation: Demonstrated) -> None:
    department = organisation.departments["331"]
    first = person_of(department, Described("张三丰", "371302198001010017", mobile="13800001234"))
    assert person_of(department, Described("张三丰", "3713 0219 8001 0100 17")) == first
    assert person_of(department, Described("张三丰")) != first
    assert Person.objects.count() == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM ledgers_person")
        raw = repr(cursor.fetchall())
    for secret in ("张三丰", "371302198001010017", "13800001234"):
        assert secret not in raw


def test_without_a_number_the_same_name_at_the_same_employer_is_one_person(organisation: Demonstrated) -> None:
    department, other = organisation.departments["331"], next(row for code, row in organisation.departments.items() if code != "331")
    firm = organisation_of(made_up(1), "甲公司").organisation
    one, two, three = people_of(department, [Described("李四", employer=firm), Described("李四"), Described("李 四", employer=firm)])
    assert one == three
    assert one != two
    assert person_of(other, Described("李四", employer=firm)) != one


@pytest.mark.parametrize(("number", "right"), [("11010519491231002X", True), ("440524188001010014", True), ("110105194912310021", False)])
def test_resident_numbers_carry_a_check_character(number: str, right: bool) -> None:
    """The two right ones are the examples of GB 11643-1999."""
    fault = identity_fault(number)
    assert (fault is None) is right
    if fault is not None:
        assert number not in fault.zh + fault.en


def test_a_passport_is_taken_as_it_is() -> None:
    assert identity_fault("E12345678", "DE") is None
