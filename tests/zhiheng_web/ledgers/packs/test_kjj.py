"""The bureau's pack itself: no fault, every indicator of the real table found, and adopted without leaving a file out."""

from __future__ import annotations

from tests.zhiheng_web.ledgers.adopted import PACK, Kjj

from zhiheng_web.ledgers.models import CountingBasis, Register
from zhiheng_web.ledgers.packs.reading import read_pack
from zhiheng_web.planning.models import Indicator, TableVersion

INDICATORS = 36
"""Of the published table."""


def test_it_has_no_fault() -> None:
    assert [str(fault) for fault in read_pack(PACK).faults] == []


def test_it_binds_every_indicator_of_the_table(kjj: Kjj, linyi: TableVersion) -> None:
    assert kjj.left_out == ()
    assert Register.objects.count() == len(read_pack(PACK).registers) == len(kjj.registers)
    assert all(row.duty_id for row in Register.objects.all()), "every register belongs to a duty of the table"
    bound = CountingBasis.objects.filter(default=True, withdrawn=False).values_list("indicator", flat=True)
    assert Indicator.objects.filter(rows__version=linyi).distinct().count() == INDICATORS
    assert set(bound) == set(Indicator.objects.filter(rows__version=linyi).values_list("pk", flat=True))
