"""Whoever withholds is told where the same is still said: in another table, in other words, in what is public already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.zhiheng_web.publication.packages.conftest import Journey

from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.publication.actions.correct_package import correct_package
from zhiheng_web.publication.actions.redact import redact
from zhiheng_web.publication.building.elsewhere import elsewhere
from zhiheng_web.publication.building.redacting import redacted
from zhiheng_web.publication.content.places import Withheld
from zhiheng_web.publication.content.shape import Content, Head
from zhiheng_web.publication.content.tables import Figure, PublicTable, Row
from zhiheng_web.publication.models import Redaction
from zhiheng_web.trail.action import Invalid, Refusal
from zhiheng_web.wording import Text

On = Callable[[str, str], Viewer]
NOTHING = Text("", "")


@pytest.fixture
def content() -> Content:
    head = Head("某局", "001", 2020, "final", NOTHING, 1, date(2021, 8, 10), "批1号", date(2021, 8, 30))
    row = Row("d01-i01", "d01", 1, "保密技术攻关数", definition="某型装备预研", target=Figure("≥41项"))
    other = replace(row, slug="d00-i03", duty="", definition="另一种解释", target=Figure("≥41项"))
    plain = Row("d00-i04", "", 4, "论文数", remark="含某型装备预研论文", target=Figure("≥41项"))
    tables = (
        PublicTable("department", "department", of="某局", rows=(row,)),
        PublicTable("p01", "project", of="项目", rows=(other, plain)),
    )
    return Content(head, tables)


def told(full: Content, place: str, public: Content) -> list[str]:
    return [one.place for one in elsewhere(full, place, public)]


def test_the_same_indicator_in_another_table_is_named_and_a_like_figure_is_not(content: Content) -> None:
    place = "department/d01-i01/target"
    here = redacted(content, [Withheld(place, "state_secret", NOTHING)])
    assert told(content, place, here) == ["p01/d00-i03/target"]
    (one,) = elsewhere(content, place, here)
    assert (one.text.zh, one.said) == ("项目·保密技术攻关数·年度指标值", "≥41项")


def test_a_row_takes_the_row_and_the_words_with_it(content: Content) -> None:
    place = "department/d01-i01"
    here = redacted(content, [Withheld(place, "state_secret", NOTHING)])
    assert set(told(content, place, here)) >= {"p01/d00-i03", "p01/d00-i04/remark"}


def test_an_earlier_edition_is_asked_for_the_place_itself(content: Content) -> None:
    place = "department/d01-i01/target"
    assert told(content, place, content) == [place, "p01/d00-i03/target"]
    both = redacted(content, [Withheld(one, "state_secret", NOTHING) for one in (place, "p01/d00-i03")])
    assert told(content, place, both) == []
    nameless = redacted(content, [Withheld("department/d01-i01/name", "state_secret", NOTHING)])
    assert place in told(content, place, nameless), "a target of a row whose name alone was withheld is public"


def test_several_places_are_withheld_at_once_or_not_at_all(budget: Journey, on: On) -> None:
    viewer, pk = on("baomi", "2020-01-23"), budget.package.pk
    with pytest.raises(Invalid):
        redact(viewer, pk, "department/d01-i01", "privacy", also=["department/nowhere"])
    redact(viewer, pk, "department/d01-i01/target", "privacy", also=["department/d01-i02/target", "department/d01-i01/target"])
    assert set(Redaction.objects.values_list("place", flat=True)) == {"department/d01-i01/target", "department/d01-i02/target"}
    with pytest.raises(Refusal):
        redact(viewer, pk, "department/d01-i03", "privacy", also=["department/d01-i02/target"])
    assert Redaction.objects.count() == 2


def test_the_page_warns_of_what_is_public_and_leads_to_its_withdrawal(budget: Journey, on: On, signed_in: Callable[[str], Client]) -> None:
    first = budget.to("published", "2020-02-01")
    second = correct_package(on("jixiao", "2020-03-05"), first.pk, "一项目标涉密")
    client, address = signed_in("baomi"), reverse("publication:package_redactions", args=[second.pk])
    assert "仍可查到" not in client.get(address).content.decode()
    sent = {"place": ["department/d01-i01/target"], "ground": "state_secret", "remark": ""}
    assert client.post(reverse("publication:redact", args=[second.pk]), sent).status_code == 302
    said = client.get(address).content.decode()
    assert "已公开的第 1 版（预算公开（绩效目标））仍可查到" in said
    assert f"{reverse('publication:package', args=[first.pk])}#withdraw" in said
    assert f"{first.content['tables'][0]['of']}·" in said, "the table of each line is named"
