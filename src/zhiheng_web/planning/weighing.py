"""Points and tags of a version: its scheme, what is set, whether it adds up, and the library's proposal beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from zhiheng.scoring import scheme_file
from zhiheng.scoring.classifying import reason
from zhiheng.scoring.proposal import METHOD_CHOICES, Kept, Proposal, RowProposal, expected_points, propose
from zhiheng.scoring.scheme import Level, Scheme
from zhiheng.scoring.trace import printed, word
from zhiheng.values.direction import Direction
from zhiheng_web.local_rules import scheme_named
from zhiheng_web.planning.models import IndicatorRow, TableVersion
from zhiheng_web.planning.versions import Loaded
from zhiheng_web.wording import Text

EXECUTION = "execution"
DIRECTIONS: dict[str, Text] = {
    Direction.RISING.value: Text("正向（越高越好）", "Rising (more is better)"),
    Direction.FALLING.value: Text("反向（越低越好）", "Falling (less is better)"),
    Direction.EQUAL.value: Text("适中（等于目标）", "Equal to the target"),
}
METHODS: dict[str, Text] = {key: Text(word(f"method.{key}", "zh"), word(f"method.{key}", "en")) for key in METHOD_CHOICES}
Kind = Literal["complete", "unscored", "unweighted", "untagged", "wrong_sum", "wrong_level"]


@dataclass(frozen=True, slots=True)
class Tags:
    """What scoring needs of a row, as it is set or proposed. '' and None: not set."""

    level_1: str = ""
    level_2: str = ""
    direction: str = ""
    points: Decimal | None = None
    method: str = ""

    @property
    def whole(self) -> bool:
        """Whether everything that must be set is set; a level without level-2 indicators needs none."""
        return bool(self.level_1 and self.direction and self.method) and self.points is not None


@dataclass(frozen=True, slots=True)
class WeightsState:
    """Whether the points of a version are fit to be submitted and confirmed.

    ``complete``: every row is tagged and the rows sum exactly to ``expected``. ``unscored``: the office chose to set no points.
    ``unweighted``: nothing is set and nothing was chosen. ``untagged``, ``wrong_level`` and ``wrong_sum`` say in ``wrong`` what to mend.
    """

    kind: Kind
    total: Decimal
    expected: Decimal
    execution: Decimal
    wrong: tuple[Text, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the requirement 'weights' is met."""
        return self.kind in ("complete", "unscored")

    @property
    def rest(self) -> Decimal:
        """What is still missing (below 0: too much)."""
        return self.expected - self.total


def scheme_of(version: TableVersion) -> Scheme:
    """The scheme of a version; the general one until another is chosen."""
    return scheme_named(version.scheme)


def tree_of(scheme: Scheme) -> str:
    """The name of the scheme's tree of level-1 indicators."""
    return next(name for name, levels in scheme_file.trees().items() if levels == scheme.levels)


def row_levels(scheme: Scheme) -> tuple[Level, ...]:
    """The levels that rows can stand in: all but the execution rate, which is money and no row."""
    return tuple(level for level in scheme.levels if level.key != EXECUTION)


def level_text(scheme: Scheme, level: str) -> Text:
    """The name of a level-1 indicator; its key where the scheme has no such level."""
    return next((Text(each.zh, each.en) for each in scheme.levels if each.key == level), Text(level, level))


def sublevel_text(scheme: Scheme, level: str, sublevel: str) -> Text:
    """The name of a level-2 indicator."""
    below = (each for own in scheme.levels if own.key == level for each in own.below if each.key == sublevel)
    return next((Text(each.zh, each.en) for each in below), Text(sublevel, sublevel))


def tags_of(row: IndicatorRow) -> Tags:
    """What is set of a row."""
    return Tags(row.level_1, row.level_2, row.direction, row.points, row.method)


def proposed_tags(proposal: RowProposal) -> Tags:
    """What the library proposes for a row."""
    return Tags(proposal.level, proposal.sublevel, proposal.direction.value, proposal.points, proposal.method)


def proposal_of(loaded: Loaded) -> Proposal:
    """The library's proposal for a version: rows that are set already keep their level and points, the others share the rest."""
    kept = {index: Kept(row.level_1, row.points) for index, row in enumerate(loaded.rows) if row.level_1 or row.points is not None}
    return propose(loaded.table.plan, scheme_of(loaded.version), kept)


def proposal_digest(proposal: Proposal) -> str:
    """What a person saw when accepting: another proposal has another digest."""
    return hashlib.sha256(repr([proposed_tags(row) for row in proposal.rows]).encode()).hexdigest()[:16]


def weights_state(loaded: Loaded) -> WeightsState:
    """Whether the points of a version are complete, and if not what is wrong with them. Asks the database nothing."""
    scheme = scheme_of(loaded.version)
    execution, expected = expected_points(scheme)
    total = sum((row.points for row in loaded.rows if row.points is not None), Decimal(0))
    if loaded.version.unscored:
        return WeightsState("unscored", total, expected, execution)
    if not any(row.points is not None or row.level_1 for row in loaded.rows):
        text = Text(
            "尚未设置分值。请设置分值，或选择“不设分值：批复后只监控、不评分”。",
            "No points are set. Set them, or choose “no points: monitored after approval, not scored”.",
        )
        return WeightsState("unweighted", total, expected, execution, (text,))
    if untagged := [row for row in loaded.rows if not tags_of(row).whole]:
        return WeightsState("untagged", total, expected, execution, (untagged_text(untagged),))
    if foreign := [row for row in loaded.rows if row.level_1 not in {level.key for level in row_levels(scheme)}]:
        text = Text("{n} 行的一级指标不在所选方案中：{names}。", "{n} rows stand in a level that the scheme does not have: {names}.")
        return WeightsState("wrong_level", total, expected, execution, (text.with_(n=len(foreign), names=names_of(foreign)),))
    if total != expected:
        return WeightsState("wrong_sum", total, expected, execution, (sum_text(total, expected, execution),))
    return WeightsState("complete", total, expected, execution)


def untagged_text(rows: Iterable[IndicatorRow]) -> Text:
    """Which rows lack a tag or points."""
    rows = list(rows)
    return Text(
        "{n} 行的标注或分值不全（一级指标、方向、分值、计分方法）：{names}。",
        "{n} rows lack a tag or points (level, direction, points, method): {names}.",
    ).with_(n=len(rows), names=names_of(rows))


def sum_text(total: Decimal, expected: Decimal, execution: Decimal) -> Text:
    """What the sum is, what it should be and by how much it is off."""
    over = total > expected
    return Text(
        "指标分值合计 {total} 分，应为 {expected} 分（预算执行率另计 {execution} 分），{way} {rest} 分。",
        "The points of the indicators sum to {total}; they must sum to {expected} (the execution rate has {execution}): {rest} {way}.",
    ).with_(
        total=printed(total),
        expected=printed(expected),
        execution=printed(execution),
        rest=printed(abs(expected - total)),
        way=Text("多" if over else "少", "too many" if over else "too few"),
    )


def names_of(rows: list[IndicatorRow]) -> Text:
    """The first names of a list of rows, and that there are more."""
    first = rows[:3]
    zh, en = "、".join(f"“{row.name}”" for row in first), ", ".join(f"“{row.name}”" for row in first)
    return Text(zh + ("等" if len(rows) > 3 else ""), en + (" and others" if len(rows) > 3 else ""))


def join_text(join: str) -> Text:
    """What a rule that joins parts means, in a sentence."""
    why = reason(f"join_{join}")
    return Text(why.text("zh"), why.text("en"))
