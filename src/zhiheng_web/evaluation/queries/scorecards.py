"""Self-evaluations across tables: totals, grades, states; the tables still to be evaluated; the list as a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from zhiheng_web.evaluation.models import SelfEvaluation
from zhiheng_web.evaluation.policies.self_evaluation import table_scope, visible_self_evaluations
from zhiheng_web.evaluation.queries.self_evaluation import STATES, TONES
from zhiheng_web.organisation.authority import authorise_menu, may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import PerformanceTable
from zhiheng_web.planning.policies import visible_tables
from zhiheng_web.planning.queries.targets import rows_on
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class ScorecardLine:
    """One table of a year. ``evaluation`` None: not begun; ``begins``: the viewer may begin it now."""

    table: PerformanceTable
    evaluation: SelfEvaluation | None
    begins: bool

    @property
    def state(self) -> Text:
        """Where it stands."""
        return STATES[SelfEvaluation.State(self.evaluation.state)] if self.evaluation is not None else Text("未开展", "Not begun")

    @property
    def tone(self) -> str:
        """The badge's class."""
        return TONES[SelfEvaluation.State(self.evaluation.state)] if self.evaluation is not None else ""

    @property
    def kept(self) -> bool:
        """Whether its total is kept: a draft's is worked out on its own page only."""
        return self.evaluation is not None and self.evaluation.state in (SelfEvaluation.State.SUBMITTED, SelfEvaluation.State.ACCEPTED)


@dataclass(frozen=True, slots=True)
class ScorecardList:
    """The tables of a year, and the years that there are."""

    year: int | None
    years: tuple[int, ...]
    lines: tuple[ScorecardLine, ...]


def scorecards(viewer: Viewer, year: int | None = None) -> ScorecardList:
    """The newest edition of each table's self-evaluation, and the tables in force at the year's end that have none. Four queries."""
    authorise_menu(viewer, "evaluation.see_self_evaluations")
    seen = visible_tables(viewer)
    years = tuple(seen.order_by("-year").values_list("year", flat=True).distinct())
    past = [one for one in years if one < viewer.today().year] or list(years)
    chosen = year if year in years else (past[0] if past else None)
    if chosen is None:
        return ScorecardList(None, years, ())
    tables = list(seen.filter(year=chosen).select_related("unit__department", "project").order_by("unit", "kind", "project"))
    newest: dict[UUID, SelfEvaluation] = {}
    for one in visible_self_evaluations(viewer).filter(table__in=tables).defer("frozen").order_by("edition"):
        newest[one.table_id] = one
    on = date(chosen, 12, 31)
    in_force = set(rows_on(on).filter(version__table__in=tables).order_by().values_list("version__table", flat=True).distinct())
    over = viewer.today() > on
    lines = []
    for table in tables:
        own = newest.get(table.pk)
        if own is not None or table.pk in in_force:
            begins = over and own is None and may(viewer, "evaluation.begin_self_evaluation", table_scope(table))
            lines.append(ScorecardLine(table, own, begins))
    return ScorecardList(chosen, years, tuple(lines))


HEADS = (
    Text("部门", "Department"), Text("单位", "Unit"), Text("表", "Table"), Text("年度", "Year"), Text("状态", "State"),
    Text("版次", "Edition"),
    Text("总分", "Total"), Text("满分", "Out of"), Text("等级", "Grade"), Text("报送日期", "Submitted"), Text("认定日期", "Accepted"),
)  # fmt: skip


def sheet_of(found: ScorecardList) -> list[list[str | Decimal | int | None]]:
    """The list as the rows of a sheet, its heads first; a draft has no total."""
    rows: list[list[str | Decimal | int | None]] = [[str(head) for head in HEADS]]
    for line in found.lines:
        one, table = line.evaluation, line.table
        kind = table.get_kind_display() if table.project is None else table.project.name
        own: list[str | Decimal | int | None] = [None] * 6
        if one is not None and line.kept:
            days = [when.date().isoformat() if when is not None else None for when in (one.submitted_at, one.decided_at)]
            own = [one.edition, one.total, one.ceiling, one.grade, *days]
        rows.append([table.unit.department.name, table.unit.name, kind, table.year, str(line.state), *own])
    return rows
