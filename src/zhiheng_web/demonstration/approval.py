"""Approves the demonstration's tables of 2020 as finance did in January 2020: the points and the approval's paper are invented.

The real table was published with what the audit finds in it, so it cannot pass the review of this service unchanged; it is recorded as
approved outside. Nothing of its words and figures is touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from zhiheng.plan.procedure import EDITABLE
from zhiheng.reports.letter import Style, letter
from zhiheng.reports.papers.content import Content
from zhiheng.reports.papers.printing import printed
from zhiheng_web.organisation.models import Account
from zhiheng_web.organisation.viewer import Viewer, viewer_of
from zhiheng_web.planning.actions.record_approval import record_approval
from zhiheng_web.planning.actions.set_weights import set_weights
from zhiheng_web.planning.models import IndicatorRow, TableVersion
from zhiheng_web.planning.queries.papers import INVENTED
from zhiheng_web.planning.versions import load
from zhiheng_web.planning.weighing import Tags, expected_points, proposal_of, proposed_tags, scheme_of

DAY = date(2020, 1, 16)
NUMBERS = {
    "department": "临财绩〔2020〕演示1号",
    "unit": "临科字〔2020〕演示2号",
    "project": "临财绩〔2020〕演示3号",
}
"""Who approves what: finance the department's table and, by one paper, its projects; the department its unit's."""
STEP = Decimal("0.1")


def approve(officer: Account) -> int:
    """Record the approval of every open table of 2020. How many were recorded; those approved before stay as they are."""
    viewer = viewer_of(officer, DAY)
    viewer = Viewer(viewer.account, viewer.held, at=datetime.combine(DAY, time(10), ZoneInfo("Asia/Shanghai")))
    open_states = [state.value for state in EDITABLE]
    versions = list(
        TableVersion.objects.filter(table__year=DAY.year, state__in=open_states)
        .select_related("table__unit__department", "table__project")
        .order_by("table__kind", "table__unit__code", "table__project__code")
    )
    for version in versions:
        loaded = load(version)
        rows, proposal = loaded.rows, proposal_of(loaded)
        _, expected = expected_points(scheme_of(version))
        tags = [proposed_tags(each) for each in proposal.rows]
        points = even(expected, rows)
        given = {
            row.pk: Tags(tag.level_1, tag.level_2, tag.direction, share, tag.method)
            for row, tag, share in zip(rows, tags, points, strict=True)
        }
        set_weights(viewer, version.pk, given, {})
        record_approval(viewer, version.pk, NUMBERS[version.table.kind], DAY, _scan(version))
    return len(versions)


def even(total: Decimal, rows: Sequence[IndicatorRow]) -> list[Decimal]:
    """Equal points to a tenth; what is left over goes to the first rows, a tenth each."""
    tenths, count = int(total / STEP), len(rows)
    return [STEP * (tenths // count + (1 if index < tenths % count else 0)) for index in range(count)]


def _scan(version: TableVersion) -> SimpleUploadedFile:
    """The invented paper of the approval."""
    table = version.table
    number = NUMBERS[table.kind]
    of = f"{table.year}年项目绩效目标" if table.project_id else version.title
    said = letter(
        "关于批复绩效目标的通知",
        (Style.TITLE, f"关于批复{table.year}年绩效目标的通知（{INVENTED}）"),
        (Style.NUMBER, number),
        (Style.TO, f"{table.unit.name}："),
        (Style.BODY, f"同意你单位报送的《{of}》，请认真组织实施。"),
        (Style.SIGNATURE, f"{DAY.year}年{DAY.month}月{DAY.day}日"),
    )
    content = printed(Content("approval", said.title, number, (said,)), "pdf")
    return SimpleUploadedFile(f"绩效目标批复（演示）{number}.pdf", content, "application/pdf")
