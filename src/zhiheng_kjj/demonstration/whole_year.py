"""What concerns the whole year: a sheet imported in July, incubators not organised by the province, values frozen every quarter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from zhiheng.reports.listing import workbook
from zhiheng_kjj.demonstration.happening import Done, Happening, Stage
from zhiheng_kjj.demonstration.world import FIELDS, World
from zhiheng_web.ledgers.actions.confirm_circumstance import confirm_circumstance
from zhiheng_web.ledgers.actions.decide_circumstance import decide_circumstance
from zhiheng_web.ledgers.actions.import_entries import import_entries
from zhiheng_web.ledgers.actions.take_snapshot import take_snapshot
from zhiheng_web.ledgers.actions.write_import import write_import
from zhiheng_web.ledgers.importing.reading import read_import
from zhiheng_web.ledgers.models import Circumstance, Entry
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import IndicatorRow, PerformanceTable

EXPECTED = {
    "省级以上科技企业孵化器新增数量": ("未组织", "not_organised"),
}
"""Indicator → how its value begins, and its state, on 2020-12-31 as known on that day."""
EXPECTED_LATER: dict[str, tuple[str, str]] = {}
"""What differs as known on 2021-02-01."""

NOT_ORGANISED = "省级以上科技企业孵化器新增数量"
CORRECTED = ("推动科技企业与省内院校开展实质性产学研合作", "科技查新与检索服务")
QUARTERS = (date(2020, 3, 31), date(2020, 6, 30), date(2020, 9, 30), date(2020, 12, 31))


SHEET = "2020年第三季度技术需求征集表（演示）"
HEADINGS = ("需求编号", "难题名称", "需求类型", "需求企业", "县区", "征集日期", "拟投入金额（元）")


def happenings(drawn: World) -> Iterator[Happening]:
    """The steps of the performance officer, and the sheet that the office for cooperation was sent."""

    def bring(stage: Stage, viewer: Viewer) -> None:
        """A sheet of demands is imported, all 36 rows, and proved by the form that came with it."""
        register = stage.registers["technology_demand"]
        upload = SimpleUploadedFile(f"{SHEET}.xlsx", workbook("技术需求", demands(drawn)))
        batch = import_entries(viewer, register.pk, upload)
        read_import(batch.pk)
        write_import(viewer, batch.pk)
        made = list(Entry.objects.filter(batch=batch).order_by("key").values_list("pk", flat=True))
        stage.prove(viewer, "technology_demand", made, ("demand_form",))

    yield Done(date(2020, 7, 14), bring, by="jingban3")
    yield Done(date(2020, 11, 25), decide)
    yield Done(date(2020, 11, 27), confirm, by="fenguan")
    for day in QUARTERS:
        yield Done(day, freeze, hour=22)
    yield Done(date(2021, 1, 15), freeze_again, hour=17)


def demands(drawn: World) -> list[list[str | int | None]]:
    """The sheet: a heading and 36 demands of July."""
    rows: list[list[str | int | None]] = [list(HEADINGS)]
    for n in range(36):
        firm = drawn.firm(n * 23 + 9)
        kind = ("技术攻关", "成果引进", "人才", "检测")[n % 4]
        words = f"{FIELDS[n % 12]}检测与应用（演示）"
        rows.append([f"XQ2020{901 + n}", words, kind, firm.words, firm.county, f"2020-07-{1 + n % 12:02d}", (n + 3) * 20_000])
    return rows


def indicators(stage: Stage, name: str = "") -> list[IndicatorRow]:
    """The rows of the department's table in their order."""
    rows = IndicatorRow.objects.filter(
        version__table__kind=PerformanceTable.Kind.DEPARTMENT, version__table__unit__department=stage.department, removed_at__isnull=True
    )
    return list((rows.filter(name=name) if name else rows).order_by("position"))


def decide(stage: Stage, viewer: Viewer) -> None:
    """The province opened no round for incubators in the year."""
    reason = "2020年度省科技厅未组织省级科技企业孵化器、众创空间认定和备案申报，我市无从申报。"
    row = indicators(stage, NOT_ORGANISED)[0]
    decide_circumstance(viewer, row.indicator_id, 2020, Circumstance.Kind.NOT_ORGANISED, reason, "鲁科便函〔2020〕61号（演示）")


def confirm(_stage: Stage, viewer: Viewer) -> None:
    """The leader in charge confirms it."""
    for decision in Circumstance.objects.filter(confirmed_at__isnull=True):
        confirm_circumstance(viewer, decision.pk)


def freeze(stage: Stage, viewer: Viewer) -> None:
    """Every indicator of the table is frozen as known at the end of the quarter."""
    take_snapshot(viewer, [row.indicator_id for row in indicators(stage)], viewer.today())


def freeze_again(stage: Stage, viewer: Viewer) -> None:
    """After the corrections of January what they concern is frozen once more, with the reason."""
    reason = "年末补报及更正：查新报告补录，产学研合作一项更正院校地域。"
    rows = [row for name in CORRECTED for row in indicators(stage, name)]
    take_snapshot(viewer, [row.indicator_id for row in rows], QUARTERS[-1], reason)
