"""开展自评: the self-evaluation of a table for its year, with the approved points and the values of 31 December frozen."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from zhiheng_web.evaluation.ground import approved_points
from zhiheng_web.evaluation.loading import done_with, version_on
from zhiheng_web.evaluation.models import SelfEvaluation, SelfEvaluationRow, Survey
from zhiheng_web.evaluation.policies.self_evaluation import table_scope
from zhiheng_web.ledgers.actions.take_snapshot import standing, taken_now
from zhiheng_web.ledgers.measures.actual import bases_of
from zhiheng_web.ledgers.models import Snapshot
from zhiheng_web.local_rules import scheme_named
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import PerformanceTable
from zhiheng_web.planning.queries.tables import table_for
from zhiheng_web.planning.versions import load
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.wording import Text

EARLY = Text(
    "{year} 年还没有结束：{day} 的数据要到次年才能固化。请在 {next} 年开展自评。",
    "The year {year} is not over: the values of {day} can be frozen only afterwards. Begin in {next}.",
)
NOT_IN_FORCE = Text(
    "该表在 {day} 没有已批复（或历史申报）的版本，不能自评。请先完成批复。",
    "No version of this table was in force on {day}. Have it approved first.",
)
BEGUN = Text("该表已在自评，请打开现有的自评表。", "The self-evaluation of this table is under way: open that one.")
ACCEPTED = Text(
    "该表的自评结果已认定。发现错误的，请办理“更正”。", "This table's self-evaluation is accepted. To mend an error make a correction."
)
EMPTY = Text("该版本没有指标，无从自评。", "The version has no indicators: there is nothing to evaluate.")


@action("evaluation.begin_self_evaluation", steps=("self_evaluate",))
def begin_self_evaluation(viewer: Viewer, table_id: UUID) -> Done[SelfEvaluation]:
    """Rows with the points of the version in force on 31 December; values are frozen for that day where none stand yet."""
    table = table_for(viewer, table_id)
    authorise(viewer, "evaluation.begin_self_evaluation", table_scope(table))
    PerformanceTable.objects.select_for_update(no_key=True).get(pk=table.pk)
    on = date(table.year, 12, 31)
    if viewer.today() <= on:
        raise Refusal("year_not_over", EARLY.with_(year=table.year, day=on, next=table.year + 1))
    states = set(SelfEvaluation.objects.filter(table=table).values_list("state", flat=True))
    if states:
        accepted = states == {SelfEvaluation.State.ACCEPTED}
        raise Refusal("self_evaluation_accepted" if accepted else "self_evaluation_begun", ACCEPTED if accepted else BEGUN)
    version = version_on(table, on)
    if version is None:
        raise Refusal("not_in_force", NOT_IN_FORCE.with_(day=on))
    loaded = load(version)
    if not loaded.rows:
        raise Refusal("no_indicators", EMPTY)
    scheme = scheme_named(version.scheme).name
    made = SelfEvaluation(
        table=table, version=version, scheme=scheme, on=on, known_at=viewer.now(), begun_by=viewer.account, begun_at=viewer.now()
    )
    made.save(force_insert=True)
    indicators = [row.indicator_id for row in loaded.rows]
    values = frozen_values(viewer, indicators, on)
    surveys = closed_surveys(indicators, table.year)
    SelfEvaluationRow.objects.bulk_create(
        SelfEvaluationRow(
            self_evaluation=made, indicator_row=row, indicator_id=row.indicator_id, position=row.position, points=points,
            snapshot=values.get(row.indicator_id), survey=surveys.get(row.indicator_id),
        )
        for row, points in zip(loaded.rows, approved_points(loaded), strict=True)
    )  # fmt: skip
    after = [str(version.pk), scheme, sorted(one.digest for one in values.values())]
    return done_with(made, made, after=after, details={"on": on.isoformat(), "snapshots": len(values)})


def frozen_values(viewer: Viewer, indicators: Collection[UUID], on: date, reason: str = "", *, anew: bool = False) -> dict[UUID, Snapshot]:
    """The frozen value of each bound indicator for a day: the one that stands, or (``anew``) one that replaces it."""
    ids = list(dict.fromkeys(indicators))
    bound = sorted({basis.indicator_id for basis in bases_of(ids)}, key=str)
    earlier = standing(bound, on)
    wanted = [one for one in bound if anew or one not in earlier]
    found = dict(earlier)
    if wanted:
        taken = taken_now(viewer, wanted, on, viewer.now(), reason, {one: earlier[one] for one in wanted if one in earlier})
        found |= {one.indicator_id: one for one in taken}
    return found


def closed_surveys(indicators: Collection[UUID], year: int) -> Mapping[UUID, Survey]:
    """The survey of the year that gives an indicator its figure; of several the one closed last."""
    rows = Survey.objects.filter(indicator__in=list(indicators), year=year, closed_at__isnull=False).order_by("closed_at")
    return {row.indicator_id: row for row in rows if row.indicator_id is not None}
