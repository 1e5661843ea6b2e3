"""One self-evaluation as its pages show it: rows by duty with their scores, what is still wanted, what changed behind the values since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Count

from zhiheng.scoring.scheme import Scheme
from zhiheng.scoring.scorecard import Refusal as NoScore
from zhiheng.scoring.scorecard import RowScore, Scorecard
from zhiheng.scoring.trace import explain, printed, word
from zhiheng_web.evaluation.auditing import Found, findings
from zhiheng_web.evaluation.demanding import Demand, Todo, demands, left, whole
from zhiheng_web.evaluation.ground import FundLine, Scored
from zhiheng_web.evaluation.judging import TIER_NAMES, judgeable
from zhiheng_web.evaluation.loading import Filled, filled, self_evaluation_for, total_money
from zhiheng_web.evaluation.models import SelfEvaluation, SelfEvaluationFile, SelfEvaluationRow
from zhiheng_web.evaluation.policies.self_evaluation import scopes_of, table_scope
from zhiheng_web.evaluation.rescoring import payments_known, payments_said, scored_kept, shown
from zhiheng_web.ledgers.models import FOREVER, SnapshotEntry
from zhiheng_web.organisation.authority import authorise_menu, may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import DutyRow
from zhiheng_web.wording import Text

TONES = {
    SelfEvaluation.State.DRAFT: "", SelfEvaluation.State.SUBMITTED: "info", SelfEvaluation.State.RETURNED: "warn",
    SelfEvaluation.State.ACCEPTED: "good",
}  # fmt: skip
STATES = {
    SelfEvaluation.State.DRAFT: Text("填报中", "Draft"), SelfEvaluation.State.SUBMITTED: Text("已报送，待认定", "Submitted"),
    SelfEvaluation.State.RETURNED: Text("被退回", "Returned"), SelfEvaluation.State.ACCEPTED: Text("已认定", "Accepted"),
}  # fmt: skip
EXPLAINED = Text("超过目标较多，已说明", "well above the target: explained")
UNBOUND = Text("未绑定台账", "Not bound to a ledger")


@dataclass(frozen=True, slots=True)
class Line:
    """One row. ``score`` None: the table has no score. ``changed``: entries behind its frozen value that are no longer as they were."""

    row: SelfEvaluationRow
    score: RowScore | None
    computed: RowScore | None
    approved: Decimal | None
    overridden: bool
    demands: tuple[Demand, ...]
    findings: tuple[Found, ...]
    files: int
    changed: int
    fills: bool
    judges: bool

    @property
    def shown(self) -> Text:
        """The value in words; where there is no figure, the tier that a person judged."""
        words = Text(shown(self.row, "zh"), shown(self.row, "en"))
        if words.zh and (self.row.tier is None or self.row.snapshot is None or self.row.snapshot.value["state"] != "unbound"):
            return words
        return TIER_NAMES.get(self.row.tier or 0, UNBOUND)

    @property
    def state(self) -> Text:
        """The state of what was observed."""
        key = f"state.{self.score.state}" if self.score is not None else ""
        return Text(word(key, "zh"), word(key, "en")) if key else Text("", "")

    @property
    def left(self) -> bool:
        """Whether the row left the total."""
        return self.score is not None and self.score.effective <= 0

    @property
    def notes(self) -> list[Text]:
        """What the library remarks; that something is to be explained no longer once it was."""
        codes = self.score.notes if self.score is not None else ()
        said = bool(self.row.reason.strip())
        return [
            EXPLAINED if said and code == "explain_over" else Text(word(f"note.{code}", "zh"), word(f"note.{code}", "en"))
            for code in codes
        ]

    @property
    def steps(self) -> list[Text]:
        """How the points came about, sentence by sentence, before any override."""
        steps = self.computed.steps if self.computed is not None else ()
        return [Text(zh, en) for zh, en in zip(explain(steps, "zh"), explain(steps, "en"), strict=True)]

    @property
    def wants(self) -> frozenset[str]:
        """The inputs that something is wanted of."""
        return frozenset(one.field for one in self.demands)

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return f"row-{self.row.pk}"


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one duty."""

    duty: DutyRow | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The whole. ``card`` None: there is no score yet, and ``todos`` say why."""

    evaluation: SelfEvaluation
    held: Filled
    scheme: Scheme
    card: Scorecard | None
    computed: Scorecard | None
    groups: tuple[Group, ...]
    todos: tuple[Todo, ...]
    findings: tuple[Found, ...]
    left: int
    may: Mapping[str, bool]
    editions: tuple[SelfEvaluation, ...]

    @property
    def lines(self) -> list[Line]:
        """All rows in order."""
        return [line for group in self.groups for line in group.lines]

    @property
    def open(self) -> bool:
        """Whether it may still be filled in."""
        return self.held.open

    @property
    def execution(self) -> RowScore | None:
        """预算执行率."""
        return next((row for row in self.card.rows if row.index is None), None) if self.card is not None else None

    @property
    def execution_steps(self) -> list[Text]:
        """How its points came about."""
        steps = self.execution.steps if self.execution is not None else ()
        return [Text(zh, en) for zh, en in zip(explain(steps, "zh"), explain(steps, "en"), strict=True)]

    @property
    def money(self) -> tuple[Decimal, Decimal, Decimal | None]:
        """年初预算数, 全年预算数, 全年执行数 over all sources."""
        return total_money(self.held.funds)

    @property
    def funds(self) -> tuple[FundLine, ...]:
        """The same by source."""
        return self.held.funds

    @property
    def payments_said(self) -> list[Text]:
        """Up to which month payments are known and what is stated of the others; nothing where all are known."""
        return list(payments_said(payments_known(self.held)))

    @property
    def changed(self) -> list[Line]:
        """Rows behind whose value entries have changed since it was frozen."""
        return [line for line in self.lines if line.changed]

    @property
    def blocking(self) -> list[Found]:
        """Findings that stand in the way of submission."""
        return [one for one in self.findings if one.blocks]

    @property
    def overrides(self) -> list[Line]:
        """Rows with an override that holds."""
        return [line for line in self.lines if line.overridden]

    @property
    def redistributions(self) -> list[tuple[str, str, str]]:
        """Whose points went where: names that left, points, names that received with their shares."""
        names = {index: row.indicator_row.name for index, row in enumerate(self.held.rows)}
        found = []
        for one in self.card.redistributions if self.card is not None else ():
            to = "；".join(f"{names[index]} +{printed(share)}" for index, share in one.to)
            found.append(("、".join(names[index] for index in one.left), printed(one.points), to))
        return found


ASKED = (
    "fill_self_evaluation", "take_values", "set_points", "choose_scheme", "override_score", "confirm_override", "submit_self_evaluation",
    "decide_self_evaluation", "correct_self_evaluation", "judge_row", "declare_actual", "add_file",
)  # fmt: skip


def self_evaluation_page(viewer: Viewer, pk: UUID, *, audited: bool = True) -> Page:
    """The page of a self-evaluation. Its queries do not grow with the rows; ``audited`` False leaves the findings out."""
    authorise_menu(viewer, "evaluation.see_self_evaluations")
    return page_of(viewer, self_evaluation_for(viewer, pk), audited=audited)


def page_of(viewer: Viewer, evaluation: SelfEvaluation, *, audited: bool = True) -> Page:
    """The page of a self-evaluation that the viewer may see, loaded as by :func:`self_evaluation_for`."""
    held = filled(evaluation)
    scored = held.scored if held.open else scored_kept(evaluation.frozen or {})
    found = tuple(findings(held, scored)) if audited and held.open else ()
    wanted = demands(held, scored) if held.open else {}
    todos = tuple(whole(held, scored)) if held.open else ()
    scores = scores_of(scored)
    scopes = scopes_of(evaluation, held.rows) if held.rows else {}
    files, changed = files_of(evaluation), changed_since(held.rows)
    lines = [
        Line(
            row, *scores.get(index, (None, None)), held.approved[index], not isinstance(scored, NoScore) and index in scored.overridden,
            wanted.get(index, ()), tuple(one for one in found if one.row == row.pk), files.get(row.pk, 0), changed.get(row.snapshot_id, 0),
            held.open and may(viewer, "evaluation.fill_self_evaluation", scopes[row.pk]), held.open and judged_by_hand(held, index, scores),
        )
        for index, row in enumerate(held.rows)
    ]  # fmt: skip
    whole_scope = table_scope(evaluation.table)
    return Page(
        evaluation, held, held.scheme if held.open or isinstance(scored, NoScore) else scored.card.scheme,
        None if isinstance(scored, NoScore) else scored.card, None if isinstance(scored, NoScore) else scored.computed,
        grouped(held, lines), todos, tuple(one for one in found if one.row is None), left(todos, wanted),
        {name: may(viewer, f"evaluation.{name}", whole_scope) for name in ASKED},
        tuple(SelfEvaluation.objects.filter(table=evaluation.table_id).order_by("edition").defer("frozen")),
    )  # fmt: skip


def scores_of(scored: Scored | NoScore) -> dict[int, tuple[RowScore, RowScore]]:
    """Row → its score and the one that the rules alone give."""
    if isinstance(scored, NoScore):
        return {}
    computed = {row.index: row for row in scored.computed.rows}
    return {row.index: (row, computed[row.index]) for row in scored.card.rows if row.index is not None}


def judged_by_hand(held: Filled, index: int, scores: Mapping[int, tuple[RowScore, RowScore]]) -> bool:
    """Whether a person judges the row: asked of the library only where the card leaves it open."""
    row, own = held.rows[index], scores.get(index)
    if row.points is None:
        return False
    return row.tier is not None or ((own is None or own[1].points is None or own[1].state == "missing") and judgeable(held, index))


def grouped(held: Filled, lines: Sequence[Line]) -> tuple[Group, ...]:
    """The rows by duty, in the order of the table; those without a duty last."""
    duties = [*held.loaded.duties, None]
    groups = [
        Group(duty, tuple(line for line in lines if line.row.indicator_row.duty_row_id == (duty.pk if duty is not None else None)))
        for duty in duties
    ]
    return tuple(group for group in groups if group.lines)


def files_of(evaluation: SelfEvaluation) -> dict[UUID, int]:
    """Row → how many files support it. One query."""
    files = SelfEvaluationFile.objects.filter(row__self_evaluation=evaluation, withdrawn_at__isnull=True)
    return dict(files.order_by().values_list("row").annotate(number=Count("pk")))


def changed_since(rows: Sequence[SelfEvaluationRow]) -> dict[UUID | None, int]:
    """Snapshot → how many entries behind it are no longer known as they were then (corrected, revoked, proved). One query."""
    kept = SnapshotEntry.objects.filter(snapshot__in=[row.snapshot_id for row in rows if row.snapshot_id is not None])
    ended = kept.filter(version__known_until__lt=FOREVER)
    return dict(ended.order_by().values_list("snapshot").annotate(number=Count("version__entry", distinct=True)))


