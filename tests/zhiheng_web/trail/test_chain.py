"""The chain finds what was changed, removed or put elsewhere; the database refuses to do it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from zhiheng_web.planning.models import TableVersion
from zhiheng_web.trail.chain import verify
from zhiheng_web.trail.models import TrailRecord


def test_an_untouched_chain_holds(linyi: TableVersion) -> None:
    assert list(verify()) == []
    record = TrailRecord.objects.get(action="planning.import_table")
    assert (record.name, record.object_id) == ("绩效管理员", str(linyi.pk))


@pytest.mark.parametrize("statement", ["UPDATE trail_trailrecord SET name = 'x'", "DELETE FROM trail_trailrecord"])
def test_the_database_refuses_to_change_the_trail(linyi: TableVersion, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
