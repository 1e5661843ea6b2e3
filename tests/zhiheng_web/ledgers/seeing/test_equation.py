"""How a stock came to be what it is, as one sum that a reader can follow."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

from zhiheng_web.ledgers.measures.result import PartResult, State
from zhiheng_web.ledgers.queries.explaining import equation
from zhiheng_web.wording import Text

MOVED = {"opening": 520, "new": 113, "moved_in": 2, "expired": 32, "revoked": 1, "moved_out": 1, "closing": 601}


def part(**extra: object) -> PartResult:
    return PartResult("net", Text("净增", "net"), "net", uuid4(), State.UNDER_WAY, Decimal(81), "家", extra=extra)


def test_the_sum_of_a_net_figure() -> None:
    """The worked example of 高新技术企业: 520+113+2−32−1−1=601, 81 more than at the end of last year."""
    said = equation(part(**MOVED))
    assert said == "520 + 113 + 2 − 32 − 1 − 1 = 601；601 − 520 = 81"
    left, right = said.split("；")[0].split(" = ")
    assert eval(left.replace("−", "-")) == int(right)


def test_a_plain_count_has_none() -> None:
    assert equation(part()) == ""
