"""The invented year 2020 of the bureau: every duty's ledgers through the year, its circumstances and its snapshots."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from uuid import UUID

from django.db import transaction

from zhiheng_kjj.demonstration.happening import Happening, Stage
from zhiheng_kjj.demonstration.world import World, world
from zhiheng_web.ledgers.actions.adopt_pack import adopt_pack
from zhiheng_web.ledgers.models import Register

SEED = 2020
PACK = Path(__file__).parents[1] / "pack.toml"
DUTIES = (*(f"duty_{number:02d}" for number in range(1, 12)), "whole_year")
"""The scripts of the duties, one module each, and what concerns all of them."""


def load_year(department: UUID, seed: int = SEED) -> bool:
    """Adopt the pack and let the year happen, all or nothing, unless the department keeps registers already. Tells whether it did.

    The same seed gives the same entries and files.
    """
    if Register.objects.filter(department=department).exists():
        return False
    with transaction.atomic():
        adopt_pack(Stage(department).viewer("jixiao", date(2020, 1, 2)), department, PACK)
        Stage(department).happen(happenings(seed))
    return True


def happenings(seed: int = SEED) -> Iterator[Happening]:
    """Everything that happens, duty by duty. Each draws from chance of its own, so that none depends on another."""
    drawn = world(seed)
    for name in DUTIES:
        yield from import_module(f"zhiheng_kjj.demonstration.{name}").happenings(own(drawn, seed, name))


def own(drawn: World, seed: int, name: str) -> World:
    """The same world with chance of its own."""
    return replace(drawn, draw=random.Random(f"{seed} {name}"))  # noqa: S311 - invented data, not a secret
