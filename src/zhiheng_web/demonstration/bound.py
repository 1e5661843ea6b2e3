"""Binds the indicators of project tables that ledgers give: what a ledger can derive nobody types."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from zhiheng_web.demonstration.people import Data, People, indicators, tables, words
from zhiheng_web.ledgers.actions.bind_indicator import bind_indicator
from zhiheng_web.ledgers.models import Binding, CountingBasis
from zhiheng_web.ledgers.packs.bases import CHOSEN, Basis, Part
from zhiheng_web.ledgers.packs.binding import COPIED


def bind(people: People, year: int) -> None:
    """Bind each by the reading of the department's table for the same work (``like``), or by a part of its own."""
    data = words("bound")
    officer = people.at("jixiao", data["on"])
    found = tables(people.department, year)
    whole = indicators(found["部门整体"])
    for item in data["indicators"]:
        basis = like(whole[item["like"]]) if "like" in item else own(item)
        bind_indicator(officer, indicators(found[item["table"]])[item["name"]], basis)


def own(item: Data) -> Basis:
    """A basis of one part."""
    part: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in item["part"].items()}
    if "scale" in part:
        part["scale"] = Decimal(part["scale"])
    return Basis("own", item["zh"], item["en"], parts=(Part(zh=item["zh"], en=item["en"], **part),))


def like(indicator: UUID) -> Basis:
    """The basis by which an indicator is counted, as values: so that another is counted the same way."""
    row = CountingBasis.objects.get(indicator=indicator, default=True, withdrawn=False)
    rows = Binding.objects.filter(basis=row, withdrawn=False).select_related("register", "groups").prefetch_related("values")
    return Basis("own", row.text_zh, row.text_en, join=row.join, parts=tuple(part_of(one) for one in rows.order_by("position")))


def part_of(row: Binding) -> Part:
    """One part as values."""
    chosen: dict[str, list[str]] = {}
    for value in row.values.all():
        chosen.setdefault(value.column, []).append(value.value)
    lists = {key: tuple(sorted(chosen.get(column, ()))) for key, column in CHOSEN.items()}
    copied = {name: getattr(row, name) for name in COPIED}
    return Part(
        register=row.register.code, code=row.code, zh=row.name_zh, en=row.name_en, groups=row.groups.code if row.groups else "",
        **copied, **lists,
    )  # fmt: skip
