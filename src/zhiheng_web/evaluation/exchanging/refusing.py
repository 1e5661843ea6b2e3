"""Whether a file is about what stands here: this table, year, project and round. A file about another is refused, in words."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from zhiheng_web.evaluation.exchanging.formats import Arrival
from zhiheng_web.evaluation.exchanging.pairing import plain
from zhiheng_web.evaluation.exchanging.standing import MONITORING, WHATS, Standing
from zhiheng_web.planning.models import PerformanceTable
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

NOT_THIS = Text(
    "“{name}”不是《{title}》的文件：{why}。没有读入；请换成本表的文件，或到对应的表上传。",
    "“{name}” is not a file of {title}: {why}. Nothing was read; send the file of this table, or send this one where it belongs.",
)
YEAR = Text("文件的预算年度是 {there}，本表是 {here}", "its budget year is {there}, that of this table {here}")
NO_YEAR = Text("文件没有写明预算年度", "it does not say its budget year")
DEPARTMENT = Text("文件的部门是“{there}”，本表是“{here}”", "its department is “{there}”, that of this table “{here}”")
PROJECT = Text("文件的项目是“{there}”，本表是“{here}”", "its project is “{there}”, that of this table “{here}”")
NO_PROJECT = Text("文件是部门（单位）的表，本表是项目“{here}”的表", "it is of a department or unit, this table of the project “{here}”")
OF_PROJECT = Text("文件是项目“{there}”的表，本表不是项目的表", "it is of the project “{there}”, and this table is of no project")
TABLE = Text("文件中的任务主键是另一张表的", "its TASKGUID is that of another table")
ROUND = Text("文件是第 {there} 次监控，本轮是第 {here} 次", "it is of round {there}, this is round {here}")
NO_VALUES = Text("文件没有截至 {day} 的监控数值", "it has no values up to {day}")
NO_RESULTS = Text("文件没有年度实际完成值，不是{what}", "it has no results of the year and is no {what}")
NO_DATE = Text("第{line}行的“{found}”不是日期", "“{found}” in line {line} is no date")
NO_ROWS = Text("文件中没有一行是本表的指标", "none of its rows is an indicator of this table")


def refuse_another(standing: Standing, arrival: Arrival, name: str) -> None:
    """Raise Invalid with everything by which the file is about something else."""
    found = list(_others(standing, arrival))
    if found:
        why = Text("；".join(one.zh for one in found), "; ".join(one.en for one in found))
        raise Invalid("other_table", NOT_THIS.with_(name=name, title=standing.title, why=why))


def refuse_unpaired(standing: Standing, name: str) -> None:
    """Raise Invalid for a file none of whose rows is here."""
    raise Invalid("other_table", NOT_THIS.with_(name=name, title=standing.title, why=NO_ROWS))


def _others(standing: Standing, arrival: Arrival) -> Iterator[Text]:
    year, own = arrival.results.year, standing.table.year
    ours = plain(arrival.table) == str(standing.table.pk)
    if year is not None and year != own:
        yield YEAR.with_(there=year, here=own)
    elif year is None and not ours:
        yield NO_YEAR
    here = standing.setting.department if arrival.kind == "tables" else standing.results.department
    if arrival.department and plain(arrival.department) != plain(here):
        yield DEPARTMENT.with_(there=arrival.department, here=here)
    yield from _project(standing, arrival, ours=ours)
    if arrival.table and not ours and _known(arrival.table):
        yield TABLE
    yield from _round(standing, arrival)


def _project(standing: Standing, arrival: Arrival, *, ours: bool) -> Iterator[Text]:
    project = standing.table.project
    own = "" if project is None else project.code if arrival.kind == "tables" else project.name
    if arrival.project and not own:
        yield OF_PROJECT.with_(there=arrival.project)
    elif arrival.project and plain(arrival.project) != plain(own):
        yield PROJECT.with_(there=arrival.project, here=own)
    elif own and not arrival.project and not ours:
        yield NO_PROJECT.with_(here=own)


def _known(key: str) -> bool:
    """Whether a key is that of a table here; another system's keys are not."""
    try:
        return PerformanceTable.objects.filter(pk=UUID(key)).exists()
    except ValueError:
        return False


def _round(standing: Standing, arrival: Arrival) -> Iterator[Text]:
    if standing.what == MONITORING:
        if arrival.number is not None and arrival.number != standing.number:
            yield ROUND.with_(there=arrival.number, here=standing.number)
        elif arrival.kind != "tables" and not any(row.actual is not None for row in arrival.results.rows):
            yield NO_VALUES.with_(day=standing.on.isoformat())
            yield from _dates(arrival)
    elif arrival.kind != "tables" and not any(row.actual is not None or row.score is not None for row in arrival.results.rows):
        yield NO_RESULTS.with_(what=WHATS[standing.what])
        yield from _dates(arrival)


def _dates(arrival: Arrival) -> Iterator[Text]:
    """Dates that are none: what stands under them belongs to no year."""
    for one in arrival.faults:
        if one.code == "not_date":
            yield NO_DATE.with_(line=one.line, found=dict(one.parameters)["found"])
