"""A correction stands beside the first figure, and so does every later one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from zhiheng_web.publication.building.earlier import beside
from zhiheng_web.publication.building.redacting import redacted
from zhiheng_web.publication.content.actuals import Actual
from zhiheng_web.publication.content.places import Withheld
from zhiheng_web.publication.content.scores import Earlier, Result, Score
from zhiheng_web.publication.content.shape import Content, Head
from zhiheng_web.publication.content.tables import Figure, PublicTable, Row
from zhiheng_web.wording import Text

NOTHING = Text("", "")


def edition(number: int, actual: str, *, target: str = "≥1", points: int = 5, total: int = 90) -> Content:
    head = Head("某局", "001", 2020, "final", NOTHING, number, date(2021, 8, 10), "批1号", date(2021, 8, 30))
    given = Result("met", Decimal(5), Decimal(5), Decimal(points), Decimal(0), Decimal(5))
    said = Actual("ledger", "met", Text(actual, actual), None, "", None, None)
    row = Row("d01-i01", "d01", 1, "审批时限", target=Figure(target), actual=said, result=given)
    score = Score(Decimal(total), Decimal(100), Decimal(0), Decimal(100), "优")
    return Content(head, (PublicTable("department", "department", of="某局", rows=(row,), score=score),))


def earlier(editions: Sequence[Content]) -> Earlier | None:
    """What the last of some editions says of the row in the ones before it."""
    found = beside(editions[-1], editions[:-1]).row("department", "d01-i01")
    assert found is not None
    return found.earlier


def test_the_first_figure_stays_beside_in_every_later_edition() -> None:
    one, two, three = edition(1, "30个工作日"), edition(2, "41"), edition(3, "41")
    assert earlier([one, two]) == Earlier(1, "", Text("30个工作日", "30个工作日"), None)
    assert earlier([one, two, three]) == Earlier(1, "", Text("30个工作日", "30个工作日"), None)


def test_a_figure_that_came_back_shows_the_one_that_stood_between() -> None:
    assert earlier([edition(1, "30"), edition(2, "41"), edition(3, "30")]) == Earlier(2, "", Text("41", "41"), None)


def test_only_cells_that_were_otherwise_are_said() -> None:
    found = earlier([edition(1, "30", target="≥2"), edition(2, "30", points=4), edition(3, "30")])
    assert found == Earlier(1, "≥2", NOTHING, Decimal(4))
    assert earlier([edition(1, "30"), edition(2, "30"), edition(3, "30")]) is None


def test_the_first_total_stays_beside() -> None:
    found = beside(edition(3, "1", total=80), [edition(1, "1", total=95), edition(2, "1", total=80)]).table("department")
    assert found is not None
    assert found.score is not None
    assert found.score.earlier_total == 95


@pytest.mark.parametrize("cell", ["target", "actual", "points"])
def test_what_is_withheld_now_is_not_repeated_from_an_earlier_edition(cell: str) -> None:
    content = beside(edition(2, "41", target="≥1", points=5), [edition(1, "30个工作日", target="≥2", points=4)])
    row = redacted(content, [Withheld(f"department/d01-i01/{cell}", "privacy", NOTHING)]).row("department", "d01-i01")
    assert row is not None
    assert row.earlier is not None
    said = {"target": row.earlier.target, "actual": row.earlier.shown.zh, "points": row.earlier.points}
    assert {name for name, words in said.items() if words in ("", None)} == {cell}
