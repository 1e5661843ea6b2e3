"""The ways on from a table that its page offers are those that the person may go."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from tests.zhiheng_web.planning.travelling import Who, mended, walk

from zhiheng_web.planning.models import TableVersion


def test_an_office_is_offered_the_adjustment_of_the_table_that_holds_its_rows(
    linyi: TableVersion, viewer: Who, signed_in: Callable[[str], Client]
) -> None:
    version = walk(viewer, mended(linyi, viewer("jingban").account))
    page = reverse("planning:table", args=[version.table_id])
    adjust = reverse("planning:adjust", args=[version.table_id])
    assert adjust in signed_in("jingban").get(page).content.decode()
    assert adjust not in signed_in("fenguan").get(page).content.decode()
