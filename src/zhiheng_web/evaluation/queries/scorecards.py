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
    """One table of a year. ``evaluation`` None: not begun; ``begins``: the viewer may begin it now.

    ``waits``: its next step is the viewer's, to decide what was handed in or to hand it in.
    """

    table: PerformanceTable
    evaluation: SelfEvaluation | None
    begins: bool
    waits: bool = False

    @property
    def code(self) -> str:
        """By what lists are narrowed to where it stands; ``none`` is not begun."""
        return self.evaluation.state if self.evaluation is not None else NOT_BEGUN

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
    """The tables of a year, and the years that there are; ``departments`` those whose tables the viewer reads in that year.

    ``found`` counts all that fits what was asked, of which ``lines`` is one page; ``waiting`` those of the year that wait for the viewer.
    """

    year: int | None
    years: tuple[int, ...]
    lines: tuple[ScorecardLine, ...]
    departments: tuple[tuple[UUID, str], ...] = ()
    found: int = 0
    waiting: int = 0
    page: int = 1
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the list is asked for: a department, where it stands (see ScorecardLine.code, or ``waiting``), words in its names."""

    department: UUID | None = None
    state: str = ""
    words: str = ""

    def fits(self, line: ScorecardLine) -> bool:
        """Whether a line is asked for: every word stands in the name of its department, unit or project, or in a code of them."""
        unit, project = line.table.unit, line.table.project
        names = [unit.department.name, unit.name, unit.code] + ([project.name, project.code] if project is not None else [])
        return (
            self.department in (None, unit.department_id)
            and (not self.state or self.state == line.code or (self.state == WAITING and line.waits))
            and all(word in " ".join(names).lower() for word in self.words.lower().split())
        )


NOT_BEGUN, WAITING = "none", "waiting"
PER_PAGE = 50
STATE_NAMES = {
    WAITING: Text("待我办理", "Waiting for me"), NOT_BEGUN: Text("未开展", "Not begun"), **{str(one): name for one, name in STATES.items()},
}  # fmt: skip


ALL = Asked()


def scorecards(viewer: Viewer, year: int | None = None, asked: Asked = ALL, page: int | None = None) -> ScorecardList:
    """The newest edition of each table's self-evaluation, and the tables in force at the year's end that have none. Four queries.

    Those that wait for the viewer come first, then by department and unit. ``page`` None: all of them.
    """
    authorise_menu(viewer, "evaluation.see_self_evaluations")
    seen = visible_tables(viewer)
    years = tuple(seen.order_by("-year").values_list("year", flat=True).distinct())
    past = [one for one in years if one < viewer.today().year] or list(years)
    chosen = year if year in years else (past[0] if past else None)
    if chosen is None:
        return ScorecardList(None, years, ())
    tables = list(
        seen.filter(year=chosen)
        .select_related("unit__department", "project")
        .order_by("unit__department__code", "unit__code", "kind", "project__code")
    )
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
            lines.append(ScorecardLine(table, own, begins, begins or _waits(viewer, table, own)))
    departments = tuple({line.table.unit.department_id: line.table.unit.department.name for line in lines}.items())
    fitting = sorted((line for line in lines if asked.fits(line)), key=lambda line: not line.waits)
    pages = max(1, -(-len(fitting) // PER_PAGE))
    number = min(max(1, page or 1), pages)
    shown = fitting if page is None else fitting[(number - 1) * PER_PAGE : number * PER_PAGE]
    waiting = sum(line.waits for line in lines)
    return ScorecardList(chosen, years, tuple(shown), departments, len(fitting), waiting, number, pages)


def _waits(viewer: Viewer, table: PerformanceTable, own: SelfEvaluation | None) -> bool:
    """Whether the next step is the viewer's: who fills it in hands it in, who accepts decides on what others handed in."""
    if own is None or own.state == SelfEvaluation.State.ACCEPTED:
        return False
    step = "decide_self_evaluation" if own.state == SelfEvaluation.State.SUBMITTED else "submit_self_evaluation"
    return may(viewer, f"evaluation.{step}", table_scope(table))


@dataclass(frozen=True, slots=True)
class Beside:
    """The self-evaluations before and after one in the list that it was opened from; None at its ends."""

    before: SelfEvaluation | None
    after: SelfEvaluation | None


def beside(viewer: Viewer, one: SelfEvaluation, asked: Asked) -> Beside:
    """Its neighbours. Where it fits no longer what was asked, because it was just decided, the next is the first that does."""
    rows = [line.evaluation for line in scorecards(viewer, one.table.year, asked).lines if line.evaluation is not None]
    place = next((index for index, row in enumerate(rows) if row.pk == one.pk), None)
    if place is None:
        return Beside(None, rows[0] if rows else None)
    return Beside(rows[place - 1] if place else None, rows[place + 1] if place + 1 < len(rows) else None)


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
