"""The counting bases of an indicator as its page shows them: which holds, which are open to choice, and where a change is written."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from zhiheng.plan.procedure import EDITABLE, State
from zhiheng_web.ledgers.models import CountingBasis
from zhiheng_web.organisation.authority import absent, may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import IndicatorRow, PerformanceTable, TableVersion
from zhiheng_web.planning.policies import scope_of, visible_versions
from zhiheng_web.planning.queries.tables import table_for
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class Bases:
    """``holds`` is the code of the row shown ('' the usual one); ``open`` the version that can be written, None if there is none."""

    table: PerformanceTable
    row: IndicatorRow
    bases: tuple[CountingBasis, ...]
    current: CountingBasis | None
    open: TableVersion | None
    chooses: bool
    adjusts: bool


def bases_of(viewer: Viewer, table_id: UUID, indicator: UUID) -> Bases:
    """All bases of an indicator of a table, and the row of its newest version that the viewer sees."""
    table = table_for(viewer, table_id)
    rows = IndicatorRow.objects.filter(version__in=visible_versions(viewer).filter(table=table).values("pk"), indicator=indicator)
    row = rows.select_related("version", "duty_row", "indicator").order_by("-version__number").first()
    if row is None:
        raise absent(Text("该指标", "this indicator"))
    bases = tuple(CountingBasis.objects.filter(indicator=indicator, withdrawn=False).prefetch_related("parts__register"))
    holds = [basis for basis in bases if (basis.default if not row.counting_basis else basis.code == row.counting_basis)]
    version = row.version if State(row.version.state) in EDITABLE else None
    chooses = may(viewer, "ledgers.choose_basis", scope_of(table, row.duty_row.duty_id if row.duty_row else None))
    return Bases(table, row, bases, holds[0] if holds else None, version, chooses, row.version.state == State.APPROVED.value)
