"""The ledger of technology contracts with a year in it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import pytest
from tests.zhiheng_web.kept import once
from tests.zhiheng_web.ledgers.adopted import Kjj
from tests.zhiheng_web.ledgers.seeing.scene import at, contract, prove, put

from zhiheng_web.ledgers.models import EntryVersion, Register
from zhiheng_web.planning.models import Indicator, TableVersion


@dataclass(frozen=True)
class Contracts:
    """The register with 120 entries: 100 registered with their evidence, 10 registered without, 6 only applied for, 4 not confirmed."""

    register: UUID
    table: UUID
    indicator: UUID
    first: UUID


@pytest.fixture
def contracts(kjj: Kjj, linyi: TableVersion) -> Contracts:
    def make() -> Contracts:
        register: Register = kjj.register("technology_contract")
        good = put(register, [contract(number) for number in range(100)], "registered", at(12, 20))
        put(register, [contract(number) for number in range(100, 110)], "registered", at(12, 20), proofs=frozenset())
        put(register, [contract(number) for number in range(110, 116)], "applied", at(12, 20))
        waits = EntryVersion.Standing.SUBMITTED
        put(register, [contract(number) for number in range(116, 120)], "registered", at(12, 20), standing=waits)
        prove(good[0], at(12, 20))
        indicator = Indicator.objects.get(rows__version=linyi, name="技术市场服务")
        return Contracts(register.pk, linyi.table_id, indicator.pk, good[0].entry_id)

    return once("contracts", make)
