"""The invented year 2020 of the bureau: the table approved, then every duty's ledgers through the year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from uuid import UUID

from zhiheng_kjj.demonstration.happening import Happening, Stage
from zhiheng_kjj.demonstration.world import World, world
from zhiheng_web.ledgers.actions.adopt_pack import adopt_pack

SEED = 2020
PACK = Path(__file__).parents[1] / "pack.toml"
DUTIES = ("duty_11",)
"""The scripts of the duties, one module each."""


def load_year(department: UUID, seed: int = SEED) -> None:
    """Adopt the pack and let the year happen. The same seed gives the same entries."""
    stage = Stage(department)
    adopt_pack(stage.viewer("jixiao", date(2020, 1, 2)), department, PACK)
    Stage(department).happen(happenings(world(seed)))


def happenings(drawn: World) -> Iterator[Happening]:
    """Everything that happens, duty by duty."""
    for name in DUTIES:
        yield from import_module(f"zhiheng_kjj.demonstration.{name}").happenings(drawn)
