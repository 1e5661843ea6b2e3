"""Points, tags and parts of a version as pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from zhiheng.plan.procedure import ONCE_APPROVED, State, permitted
from zhiheng.scoring.division import divide
from zhiheng.scoring.proposal import LevelPoints, Proposal, RowProposal
from zhiheng.scoring.scheme import Move, Scheme
from zhiheng.values.direction import reason_text
from zhiheng_web.local_rules import schemes
from zhiheng_web.organisation.authority import absent, authorise, may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.circulation.refusing import refusal
from zhiheng_web.planning.models import Decision, DutyRow, IndicatorRow
from zhiheng_web.planning.parts import PartText, read_text
from zhiheng_web.planning.policies import scope_of
from zhiheng_web.planning.queries.tables import version_for
from zhiheng_web.planning.versions import Loaded, load
from zhiheng_web.planning.weighing import (
    Tags,
    WeightsState,
    level_text,
    proposal_digest,
    proposal_of,
    proposed_tags,
    scheme_of,
    tags_of,
    weights_state,
)
from zhiheng_web.wording import Text

STEP_OF = {"planning.divide_indicator": "divide"}


def version_to_weigh(viewer: Viewer, version: UUID, policy: str) -> Loaded:
    """The version, held, for whoever may change its points or parts now; Absent, Forbidden or Refusal else."""
    held = version_for(viewer, version, lock=True)
    scope = scope_of(held.table)
    authorise(viewer, policy, scope)
    if (refused := permitted(STEP_OF.get(policy, "weigh"), State(held.state), viewer.roles_over(scope))) is not None:
        raise refusal(refused)
    return load(held)


def editable(viewer: Viewer, loaded: Loaded, policy: str) -> bool:
    """Whether the page offers editing."""
    scope = scope_of(loaded.version.table)
    open_ = permitted(STEP_OF.get(policy, "weigh"), State(loaded.version.state), viewer.roles_over(scope)) is None
    return open_ and may(viewer, policy, scope)


@dataclass(frozen=True, slots=True)
class WeighedRow:
    """One row: what is set, what is proposed, and why."""

    row: IndicatorRow
    set: Tags
    proposed: Tags
    reasons: tuple[Text, ...]

    @property
    def accepted(self) -> bool:
        """Whether nothing of the proposal is left to accept."""
        return self.set.whole and bool(self.set.level_2 or not self.proposed.level_2)

    @property
    def parts(self) -> int:
        """How many parts the row is divided into."""
        return len(self.row.parts.all())


@dataclass(frozen=True, slots=True)
class WeighedDuty:
    """One duty with its rows and the points they have."""

    duty: DutyRow | None
    rows: tuple[WeighedRow, ...]

    @property
    def points(self) -> Decimal:
        """The points of the duty."""
        return sum((each.set.points for each in self.rows if each.set.points is not None), Decimal(0))

    @property
    def waiting(self) -> bool:
        """Whether something can be accepted."""
        return not all(each.accepted for each in self.rows)


@dataclass(frozen=True, slots=True)
class LevelShown:
    """A level-1 indicator: the scheme's points, where they went, what its rows have; ``lacking`` are its level-2 ones without a row."""

    level: LevelPoints
    text: Text
    given: Decimal
    moved: tuple[Text, ...]
    stranded: bool
    lacking: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighed:
    """The page of points of a version."""

    loaded: Loaded
    scheme: Scheme
    schemes: tuple[Scheme, ...]
    state: WeightsState
    duties: tuple[WeighedDuty, ...]
    levels: tuple[LevelShown, ...]
    digest: str
    editable: bool
    confirmed: Decision | None

    @property
    def waiting(self) -> bool:
        """Whether something can be accepted."""
        return any(duty.waiting for duty in self.duties)


def weighed(viewer: Viewer, version: UUID) -> Weighed:
    """Everything the page of points shows. Its queries do not depend on the number of rows."""
    loaded = load(version_for(viewer, version))
    scheme, proposal = scheme_of(loaded.version), proposal_of(loaded)
    rows = [
        WeighedRow(row, tags_of(row), proposed_tags(proposal.rows[index]), reasons(proposal.rows[index]))
        for index, row in enumerate(loaded.rows)
    ]
    duties = [*loaded.duties, *([None] if any(row.duty_row_id is None for row in loaded.rows) else [])]
    return Weighed(
        loaded,
        scheme,
        tuple(schemes().values()),
        weights_state(loaded),
        tuple(WeighedDuty(duty, tuple(each for each in rows if each.row.duty_row_id == (duty.pk if duty else None))) for duty in duties),
        levels_shown(scheme, proposal, loaded.rows),
        proposal_digest(proposal),
        editable(viewer, loaded, "planning.set_weights"),
        confirmation(loaded),
    )


def reasons(proposal: RowProposal) -> tuple[Text, ...]:
    """Why each thing is proposed: level, direction, points, method."""
    told = (proposal.level_reason, proposal.points_reason, proposal.method_reason)
    level, points, method = (Text(each.text("zh"), each.text("en")) for each in told)
    way = Text(reason_text(proposal.direction_reason, "zh"), reason_text(proposal.direction_reason, "en"))
    return level, way, points, method


def levels_shown(scheme: Scheme, proposal: Proposal, rows: Sequence[IndicatorRow]) -> tuple[LevelShown, ...]:
    """The levels with what their rows have and where the points of absent ones went."""
    given: dict[str, Decimal] = {}
    stand = {row.level_2 or proposed.sublevel for row, proposed in zip(rows, proposal.rows, strict=True)}
    below = {level.key: level.below for level in scheme.levels}
    for row in rows:
        given[row.level_1] = given.get(row.level_1, Decimal(0)) + (row.points or 0)
    return tuple(
        LevelShown(
            level,
            Text(level.zh, level.en),
            given.get(level.key, Decimal(0)),
            tuple(move_text(scheme, move) for move in proposal.moves if move.absent == level.key),
            level.key in proposal.stranded,
            tuple(Text(each.zh, each.en) for each in below.get(level.key, ()) if level.rows and each.key not in stand),
        )
        for level in proposal.levels
    )


def move_text(scheme: Scheme, move: Move) -> Text:
    """Where the points of an absent level went and by which rule."""
    text = Text("{points} 分归入“{to}”（{basis}）", "{points} go to “{to}” ({basis})")
    return text.with_(points=move.points, to=level_text(scheme, move.to), basis=move.basis)


def confirmation(loaded: Loaded) -> Decision | None:
    """Finance's decision that confirmed the points, if there is one: the agreement of a checkpoint that asks for them. One query."""
    agreed = Decision.objects.filter(circulation__version=loaded.version, outcome="agree", circulation__ended_at__isnull=False)
    last = agreed.select_related("decided_by").order_by("-decided_at").first()
    return last if loaded.version.state in ONCE_APPROVED else None


@dataclass(frozen=True, slots=True)
class PartLine:
    """One line of the page of parts: what is written, and what the target was read as."""

    name: str
    target: str
    unit: str
    due_on: date | None
    read: Text | None


@dataclass(frozen=True, slots=True)
class Divided:
    """The page of the parts of one row. ``proposed_shown``: the lines are the library's proposal and nothing is saved yet."""

    loaded: Loaded
    row: IndicatorRow
    lines: tuple[PartLine, ...]
    proposed_shown: bool
    reason: Text | None
    join_shown: str
    editable: bool


def divided(viewer: Viewer, version: UUID, row: UUID) -> Divided:
    """The parts of a row with the library's proposal, or Absent."""
    loaded = load(version_for(viewer, version))
    index = next((index for index, each in enumerate(loaded.rows) if each.pk == row), None)
    if index is None:
        raise absent(Text("该指标", "this indicator"))
    own, edits = loaded.rows[index], editable(viewer, loaded, "planning.divide_indicator")
    saved = [PartText(part.name, part.target_text, part.unit, part.due_on) for part in own.parts.all()]
    proposal = divide(loaded.table.plan.indicators[index], scheme_of(loaded.version))
    proposed = [PartText(part.name, part.target, part.unit) for part in proposal.parts] if edits and not saved else []
    blank = [PartText("", "")] * (2 if saved or proposed else 3) if edits else []
    lines = tuple(
        PartLine(part.name, part.target, part.unit, part.due_on, read_text(part, loaded.year)) for part in [*saved, *proposed, *blank]
    )
    reason = Text(proposal.reason.text("zh"), proposal.reason.text("en")) if proposal.reason and proposed else None
    return Divided(loaded, own, lines, bool(proposed), reason, own.join or proposal.join, edits)
