"""Tables made at once are the tables made one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections, migrations, models
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.migrations.state import ProjectState

from zhiheng_web.founding import Founding

KEY = ("id", models.BigAutoField(primary_key=True))


def operations() -> list[Any]:
    """As makemigrations writes them: the second half of a circle is added afterwards, and so is a rule on it."""
    return [
        migrations.CreateModel("Order", [KEY, ("number", models.CharField(max_length=20))], options={"ordering": ["number"]}),
        migrations.CreateModel(
            "Item",
            [KEY, ("order", models.ForeignKey("founded.Order", models.PROTECT)), ("share", models.IntegerField(default=0))],
            options={"indexes": [models.Index(fields=["share"], name="by_share")]},
        ),
        migrations.CreateModel("Office", [KEY, ("items", models.ManyToManyField("founded.Item"))]),
        migrations.AddField("Order", "first", models.ForeignKey("founded.Item", models.PROTECT, null=True)),
        migrations.AddConstraint("Order", models.UniqueConstraint(fields=("first", "number"), name="one_first")),
        migrations.AddConstraint("Item", models.CheckConstraint(condition=models.Q(share__gte=0), name="not_below")),
        migrations.AddIndex("Order", models.Index(fields=["number"], name="by_number")),
    ]


@pytest.fixture(autouse=True)
def allowed(django_db_blocker: Any) -> Iterator[None]:
    """A connection of its own, to a database in memory, is all that these tests open."""
    with django_db_blocker.unblock():
        yield


def described(steps: list[Any], back: bool = False) -> dict[str, Any]:
    """Table → its columns, references and constraints, after the steps on a database of its own (and back again)."""
    connection = DatabaseWrapper({**plain(), "NAME": ":memory:"}, alias="founding")
    connections["founding"] = connection
    state = ProjectState()
    with connection.schema_editor() as editor:
        for step in steps:
            before = state.clone()
            step.state_forwards("founded", state)
            step.database_forwards("founded", editor, before, state)
    if back:
        with connection.schema_editor() as editor:
            steps[0].database_backwards("founded", editor, state, ProjectState())
    found = {}
    with connection.cursor() as cursor:
        for name in sorted(connection.introspection.table_names(cursor)):
            columns = [(one.name, one.null_ok) for one in connection.introspection.get_table_description(cursor, name)]
            rules = connection.introspection.get_constraints(cursor, name)
            found[name] = (columns, {key if not key.startswith("__") else "": {**rule} for key, rule in rules.items()})
    connection.close()
    del connections["founding"]
    return found


def plain() -> dict[str, Any]:
    """The settings of a connection that nobody has configured."""
    return {
        "ENGINE": "django.db.backends.sqlite3", "ATOMIC_REQUESTS": False, "AUTOCOMMIT": True, "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False, "OPTIONS": {}, "TIME_ZONE": None, "USER": "", "PASSWORD": "", "HOST": "", "PORT": "",
        "TEST": {"CHARSET": None, "COLLATION": None, "MIGRATE": True, "MIRROR": None, "NAME": None},
    }  # fmt: skip


def test_made_at_once_they_are_what_they_are_one_by_one() -> None:
    at_once = described([Founding(operations())])
    assert set(at_once) == {"founded_order", "founded_item", "founded_office", "founded_office_items"}
    assert {"one_first", "by_number"} <= set(at_once["founded_order"][1])
    one_by_one = described(operations())
    assert set(one_by_one) == set(at_once)
    for name, (columns, rules) in one_by_one.items():
        assert at_once[name][0] == columns
        assert sorted(map(str, at_once[name][1].values())) == sorted(map(str, rules.values())), name


def test_they_are_taken_away_again() -> None:
    assert described([Founding(operations())], back=True) == {}


def test_what_changes_something_there_is_no_founding() -> None:
    with pytest.raises(TypeError, match="makes tables"):
        Founding([*operations(), migrations.RunSQL("select 1")])
