"""Ledgers for the tests of the measures: a register with entries written straight into the tables, and bindings to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from zhiheng_web.ledgers.models import (
    FOREVER,
    Binding,
    BindingValue,
    CountingBasis,
    Entry,
    EntryVersion,
    Organisation,
    Register,
    VersionTopic,
)
from zhiheng_web.organisation.models import Department
from zhiheng_web.planning.models import Indicator

EARLY = datetime(2019, 1, 1, tzinfo=UTC)


@dataclass
class Ledger:
    """A department with one register; entries are added by :meth:`put`."""

    department: Department
    register: Register
    organisations: list[Organisation] = field(default_factory=list)
    count: int = 0

    def put(self, *versions: dict[str, Any]) -> UUID:
        """An entry with its versions, each known until the next."""
        self.count += 1
        register = versions[0].get("register", self.register)
        entry = Entry.objects.create(id=UUID(int=self.count), register=register, key=f"{self.count}")
        for number, version in enumerate(versions):
            fields = {"state": "done", "counts_as": str(self.count), "known_from": EARLY, "change": "recorded", **version}
            topics = fields.pop("topics", ())
            fields.setdefault("known_until", versions[number + 1]["known_from"] if number + 1 < len(versions) else FOREVER)
            row = EntryVersion.objects.create(id=uuid4(), entry=entry, **{"register": register, **fields})
            VersionTopic.objects.bulk_create([VersionTopic(version=row, topic=topic) for topic in topics])
        return entry.pk

    def indicator(self, name: str = "技术合同登记数") -> Indicator:
        """A new indicator."""
        return Indicator.objects.create(department=self.department, name=name)

    def bind(self, measure: str, indicator: Indicator | None = None, **fields: Any) -> Binding:
        """A binding on a default basis of a new indicator; ``states``, ``excused``, ``categories``, ``topics`` are what it chooses by."""
        sets = {column: fields.pop(name, ()) for name, column in SETS.items()}
        basis = fields.pop("basis", None) or self.basis(indicator or self.indicator(), join=fields.pop("join", "one"))
        fields = {"code": uuid4().hex[:8], "register": self.register, "counted_on": "happened_on", **fields}
        binding = Binding.objects.create(basis=basis, measure=measure, **fields)
        rows = [BindingValue(binding=binding, column=column, value=value) for column, values in sets.items() for value in values]
        BindingValue.objects.bulk_create(rows)
        return binding

    def basis(self, indicator: Indicator, code: str = "usual", default: bool = True, join: str = "one") -> CountingBasis:
        """A basis of an indicator."""
        return CountingBasis.objects.create(indicator=indicator, code=code, default=default, join=join, text_zh="口径", text_en="basis")


SETS = {
    "states": "state", "excused": "excused", "categories": "category", "levels": "level", "channels": "channel", "topics": "topics",
    "counties": "county",
}  # fmt: skip


def new_ledger() -> Ledger:
    """An empty one, with three organisations."""
    department = Department.objects.create(code=uuid4().hex[:12], name="临沂市科学技术局")
    register = Register.objects.create(department=department, code="main", name_zh="台账", name_en="ledger", definition={})
    firms = [Organisation.objects.get_or_create(id=UUID(int=10_000 + n), defaults={"name": f"企业{n}"})[0] for n in range(3)]
    return Ledger(department, register, firms)


def at(year: int, month: int, day: int, hour: int = 0) -> datetime:
    """An instant in UTC."""
    return datetime(year, month, day, hour, tzinfo=UTC)


def on(month: int, day: int, year: int = 2020) -> date:
    """A day of 2020."""
    return date(year, month, day)


def yuan(text: str) -> Decimal:
    """A Decimal."""
    return Decimal(text)
