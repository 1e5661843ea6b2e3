"""Who sees which column, and that the database itself shows none of the secrets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.zhiheng_web.ledgers.evidence.scene import DEFINITION, IDENTITY, SECRETS, entry_of, register_of, reporting_unit

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.ledgers.columns import Kind, Visibility
from zhiheng_web.ledgers.definition import Column, RegisterDefinition
from zhiheng_web.ledgers.masking import NOTHING, mask, mask_name, masked_words, public_columns, public_values, seen, sight_of, sights_of
from zhiheng_web.ledgers.models import EntryVersion, Person
from zhiheng_web.ledgers.writing import loaded
from zhiheng_web.organisation.viewer import Viewer


@pytest.mark.parametrize(
    ("words", "masked"),
    [
        ("371302198001011234", "3713****1234"),
        ("11010519491231002X", "1101****002X"),
        ("13812345678", "138****5678"),
        ("+86 13812345678", "138****5678"),
        ("张三", "张*"),
        ("欧阳修远", "欧*"),
        ("1980-05-06", "1980-**-**"),
        ("someone@example.org", "s***@example.org"),
        ("E12345678", "E1****78"),
        ("", ""),
    ],
)
def test_masks(words: str, masked: str) -> None:
    assert mask(words) == masked


def shown(viewer: Viewer, version: EntryVersion) -> str:
    one = loaded(EntryVersion.objects).get(pk=version.pk)
    cells = seen(DEFINITION, one, sight_of(viewer, one.register))
    return repr({name: (str(getattr(cell.value, "name", cell.value)), cell.extra) for name, cell in cells.items()})


PERSONAL = ("张三丰", "13800001234")
SECRET = ("6222020200012345678", "配方甲乙丙", "5000000")


@pytest.mark.parametrize(
    ("username", "personal", "secret"),
    [
        ("jingban", True, True),  # keeps the ledgers of office 03
        ("jixiao", True, True),
        ("jingban2", False, False),  # of another office
        ("zhongxin", False, False),  # of another unit
        ("jiwei", True, False),
        ("shenji", True, True),
        ("juzhang", False, False),
        ("czyewu", False, False),
        ("sysadmin", False, False),
    ],
)
def test_personal_and_secret_columns_by_role(
    organisation: Demonstrated, viewer: Callable[[str], Viewer], username: str, personal: bool, secret: bool
) -> None:
    version = entry_of(register_of(organisation), "1")
    text = shown(viewer(username), version)
    assert all((words in text) is personal for words in PERSONAL), text
    assert all((words in text) is secret for words in SECRET), text
    assert "丙项目" in text
    assert ("张*" in text) is not personal


def test_a_reporting_unit_sees_what_it_reported_and_nothing_else_in_clear(organisation: Demonstrated) -> None:
    register = register_of(organisation)
    unit, own = reporting_unit(organisation)
    _, other = reporting_unit(organisation, "沂水县科技局", "371323")
    version = entry_of(register, "1", unit)
    assert all(words in shown(own, version) for words in (*PERSONAL, *SECRET))
    assert not any(words in shown(other, version) for words in (*PERSONAL, *SECRET))


def test_open_data_has_public_columns_only(organisation: Demonstrated) -> None:
    version = loaded(EntryVersion.objects).get(pk=entry_of(register_of(organisation), "1").pk)
    assert [column.name for column in public_columns(DEFINITION)] == ["number", "title", "organisation"]
    assert set(public_values(DEFINITION, version)) == {"number", "title", "organisation"}


def test_a_classified_register_shows_number_and_date_only(organisation: Demonstrated, viewer: Callable[[str], Viewer]) -> None:
    version = loaded(EntryVersion.objects).get(pk=entry_of(register_of(organisation), "1").pk)
    classified = replace(DEFINITION, classified=True)
    cells = seen(classified, version, sight_of(viewer("jixiao"), version.register))
    assert {name for name, cell in cells.items() if not cell.hidden} == {"number", "happened_on"}
    assert public_columns(classified) == ()


def test_words_of_a_sheet_are_masked_for_whoever_may_not_see_them() -> None:
    personal, secret = DEFINITION.column("mobile"), DEFINITION.column("recipe")
    assert masked_words(personal, "13800001234") == "138****1234"
    assert masked_words(secret, "配方甲乙丙") == "***"
    assert masked_words(DEFINITION.column("remark"), "无") == "无"


@pytest.mark.django_db
def test_the_database_shows_no_secret(organisation: Demonstrated) -> None:
    """Every table of the ledgers, as raw SQL gives it; the amount is a figure that is summed and stands open."""
    definition = RegisterDefinition(
        **{
            **{name: getattr(DEFINITION, name) for name in DEFINITION.__dataclass_fields__},
            "key": ("mobile",),
            "counts_once_by": ("mobile",),
        }
    )
    entry_of(register_of(organisation, definition), "1")
    raw = ""
    with connection.cursor() as cursor:
        for table in [name for name in connection.introspection.table_names() if name.startswith(("ledgers_", "trail_"))]:
            cursor.execute(f'SELECT * FROM "{table}"')
            raw += repr(cursor.fetchall())
    assert "丙项目" in raw
    for secret in SECRETS:
        assert secret not in raw
    assert Person.objects.get().identity == IDENTITY
    assert EntryVersion.objects.get().sealed["recipe"] == "配方甲乙丙"


def test_sights_of_many_registers_cost_as_many_queries_as_of_one(
    organisation: Demonstrated, viewer: Callable[[str], Viewer], django_assert_max_num_queries: Callable[..., CaptureQueriesContext]
) -> None:
    asking = viewer("jingban")
    registers = [register_of(organisation, replace(DEFINITION, code=f"r{number}")) for number in range(8)]
    with django_assert_max_num_queries(2):
        assert len(sights_of(asking, registers)) == 8


def test_a_person_is_masked_even_where_the_register_forgot_to_say_so(organisation: Demonstrated) -> None:
    version = loaded(EntryVersion.objects).get(pk=entry_of(register_of(organisation), "1").pk)
    forgot = RegisterDefinition(
        code="x", zh="x", en="x", columns=(Column("person", "人选", "Candidate", Kind.PERSON, visibility=Visibility.PUBLIC),)
    )
    assert seen(forgot, version, NOTHING)["person"].value == mask_name("张三丰") == "张*"
