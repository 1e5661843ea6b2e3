"""The files: what stands here written in each format with what that loses, and a file from outside read whatever its format."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from zhiheng.audit.money import IN_YUAN, amount, usual_unit
from zhiheng.interchange import iati, iati_reading, parcels, stratml, stratml_reading, yearly, yearly_reading
from zhiheng.interchange.documents import local, parse
from zhiheng.interchange.faults import Fault, Refused
from zhiheng.interchange.integrated import LeftOut
from zhiheng.interchange.results import Exported, Results, Row
from zhiheng.interchange.yearly import Fund, Watched
from zhiheng.plan.plan import Budget, Figure
from zhiheng_web.evaluation.exchanging.standing import HEAD, MONITORING, SELF_EVALUATION, WHATS, Lost, Standing
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

TABLES = ("xlsx", "zip", "json")
KINDS: Mapping[str, Text] = {
    "xlsx": Text("一体化 XLSX", "Integrated system, XLSX"),
    "zip": Text("一体化 CSV", "Integrated system, CSV"),
    "json": Text("一体化 JSON", "Integrated system, JSON"),
    "stratml": Text("StratML 第 2 部分", "StratML Part 2"),
    "iati": Text("IATI 2.03", "IATI 2.03"),
}
ENDINGS = {"xlsx": "xlsx", "zip": "zip", "json": "json", "stratml": "stratml.xml", "iati": "iati.xml"}
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "zip": "application/zip", "json": "application/json",
    "stratml": "application/xml", "iati": "application/xml",
}  # fmt: skip
ROOTS = {"PerformancePlanOrReport": "stratml", "iati-activities": "iati"}
SECTIONS = {"overview": "一、自评工作开展情况", "problems": "二、存在问题及原因分析", "improvements": "三、下一步改进措施"}
"""The headings by which 自评说明 holds three texts in one."""
ACTUAL = "实际完成值"
IN_PART = Text("实际完成值（只带出一部分）", "Actual (held in part)")
IMPROVEMENT = "改进措施："
UNKNOWN = Text(
    "“{name}”不是可以读入的文件。请上传一体化文件（xlsx、CSV 的 zip、json），或 StratML、IATI 的 XML。",
    "“{name}” cannot be read here. Send a file of the integrated system (xlsx, zip of CSV, json), or XML of StratML or IATI.",
)
OLD_EXCEL = Text("“{name}”是旧版 Excel 文件。请另存为 xlsx 后再上传。", "“{name}” is an old Excel file. Save it as xlsx and send that.")
NOT_READ = Text("“{name}”没有读入。{why}", "“{name}” was not read. {why}")
OTHER_TYPE = Text(
    "“{name}”是{other}的文件，这里读入的是{own}。请到对应的页面上传。",
    "“{name}” is a file of {other}; here {own} is read. Send it on the page of that.",
)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What would go out in one family of formats: ``kinds`` of files, what is lost, what the receiver would refuse or question."""

    name: Text
    kinds: tuple[str, ...]
    lost: tuple[Lost, ...]
    issues: tuple[tuple[str, str, Text], ...]
    refused: Text | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a file says: rows of ``results`` with what was observed by the day in ``actual``, their keys and further words.

    ``funds`` in 万元. ``watched`` is empty for what has no place for it. ``table``, ``project``, ``department``, ``number`` are what
    the file says it is about, '' or None where it does not say.
    """

    kind: str
    results: Results
    ids: tuple[str, ...]
    watched: tuple[Watched, ...] = ()
    funds: tuple[Fund, ...] = ()
    head: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    table: str = ""
    project: str = ""
    department: str = ""
    number: int | None = None
    total: str = ""


def parcel_of(standing: Standing) -> parcels.Parcel:
    """The tables of 一体化."""
    if standing.monitored is not None:
        return yearly.monitoring(standing.monitored, standing.setting, standing.tags)
    return yearly.self_evaluation(standing.results, standing.setting, standing.tags, statement(standing.head))


def exported(standing: Standing, kind: str) -> Exported:
    """The document of StratML or IATI."""
    if kind == "stratml":
        return stratml.export(standing.results)
    identifier = f"{iati.UNREGISTERED}-{standing.table.year}-{standing.pk}"
    status = "2" if standing.what == MONITORING else "3"
    return iati.export(standing.results, iati.Setting(identifier=identifier, status=status))


def written(standing: Standing, kind: str, language: str = "zh") -> bytes:
    """The file of a kind, a key of KINDS."""
    if kind in TABLES:
        return parcels.written(parcel_of(standing), standing.results.plan, kind, language)
    return exported(standing, kind).data


def outgoing(standing: Standing) -> tuple[Outgoing, ...]:
    """What each family of formats would hold and lose."""
    parcel = parcel_of(standing)
    names = [row.name for row in standing.rows]

    def of(row: int | None) -> str:
        return "" if row is None else names[row]

    results = standing.monitored.results if standing.monitored is not None else standing.results
    left = [_left(of(one.row), one, results) for one in parcel.left_out]
    issues = tuple((of(one.row), one.column, Text(one.text("zh"), one.text("en"))) for one in parcel.issues)
    found = [Outgoing(Text("预算管理一体化", "Integrated budget system"), TABLES, (*standing.unheld, *left), issues)]
    for kind in ("stratml", "iati"):
        document = exported(standing, kind)
        lost = [Lost(of(one.row), Text(one.what("zh"), one.what("en")), one.text) for one in document.losses]
        check = stratml.validate if kind == "stratml" else iati.validate
        wrong = tuple(("", one.path, Text(one.text("zh"), one.text("en"))) for one in check(document.data))
        found.append(Outgoing(KINDS[kind], (kind,), (*standing.unheld, *standing.tables_only, *lost), wrong))
    return tuple(found)


def _left(name: str, left: LeftOut, results: Results) -> Lost:
    """A loss of the tables; of a figure that goes out in part it is said what does."""
    actual = results.rows[left.row].actual if left.row is not None and left.what == ACTUAL else None
    if actual is None:
        return Lost(name, Text(left.what, left.what_en), left.text)
    return Lost(name, IN_PART, f"{left.text} → {yearly.cell(actual)}")


def statement(head: Mapping[str, str]) -> str:
    """自评说明 of the three texts, each under its heading."""
    return "\n".join(f"{title}\n{head[name]}" for name, title in SECTIONS.items() if head.get(name))


def sections(text: str) -> dict[str, str]:
    """The texts of 自评说明; one without the headings is how the self-evaluation was done."""
    titles = {title: name for name, title in SECTIONS.items()}
    found: dict[str, list[str]] = {}
    now = "overview"
    for line in text.replace("\r\n", "\n").split("\n"):
        if line.strip() in titles:
            now = titles[line.strip()]
        else:
            found.setdefault(now, []).append(line)
    return {name: "\n".join(lines).strip() for name, lines in found.items()}


def divided(comment: str) -> dict[str, str]:
    """偏差原因分析及改进措施 of one cell as the two that they are here."""
    text = comment.replace("\r\n", "\n")
    found = re.search(rf"(?:^|\n){IMPROVEMENT}", text)
    if found is None:
        return {"reason": text.strip(), "improvement": ""}
    return {"reason": text[: found.start()].strip(), "improvement": text[found.end() :].strip()}


def read(what: str, data: bytes, name: str, on: date) -> Arrival:
    """What a file says. ``on``: the day of the round whose value is asked for. Raises Invalid for what cannot be read."""
    kind = kind_of(data, name)
    try:
        if kind == "tables":
            return _monitoring(data, name) if what == MONITORING else _self_evaluation(data, name)
        arrived = (stratml_reading if kind == "stratml" else iati_reading).read(data)
    except Refused as refused:
        raise _refused(name, refused.faults) from None
    results = _of_round(arrived.results, on) if what == MONITORING else arrived.results
    plan = results.plan
    comments = [row.comment for row in results.rows]
    watched = tuple(Watched(explanation=comment) for comment in comments) if what == MONITORING else ()
    goal = next((one.actual.text for one in plan.goals if one.actual is not None and one.actual.text), "")
    funds = funds_of(plan.budget)
    project = plan.project.text if plan.project is not None else ""
    return Arrival(
        kind, results, ("",) * len(comments), watched, funds, {"goal_actual": goal}, arrived.faults, project=project,
        department=plan.department.text if plan.department is not None else "",
    )  # fmt: skip


def kind_of(data: bytes, name: str) -> str:
    """``tables`` of 一体化, ``stratml`` or ``iati``, by what the file is and not by what it is called."""
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if data[:2] == b"PK" or start == b"{":
        return "tables"
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise Invalid("old_excel", OLD_EXCEL.with_(name=name))
    if start == b"<" or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            root = local(parse(data))
        except Refused as refused:
            raise _refused(name, refused.faults) from None
        if root in ROOTS:
            return ROOTS[root]
    raise Invalid("unknown_file", UNKNOWN.with_(name=name))


def _refused(name: str, faults: Sequence[Fault]) -> Invalid:
    said = Text("".join(one.text("zh") for one in faults[:5]), " ".join(one.text("en") for one in faults[:5]))
    return Invalid("file_refused", NOT_READ.with_(name=name, why=said))


def _monitoring(data: bytes, name: str) -> Arrival:
    _right_type(data, name, MONITORING)
    taken = yearly_reading.read_monitoring(data, name)
    content, head = taken.content, taken.head
    return Arrival(
        "tables", content.results, taken.ids, content.watched, content.funds, {}, taken.faults, head.get("TASKGUID", "").strip(),
        head.get("PRO_CODE", "").strip(), head.get("DEPT_CODE", "").strip(), content.round,
    )  # fmt: skip


def _self_evaluation(data: bytes, name: str) -> Arrival:
    _right_type(data, name, SELF_EVALUATION)
    taken = yearly_reading.read_self_evaluation(data, name)
    results, head = taken.content.results, taken.head
    goal = next((one.actual.text for one in results.plan.goals if one.actual is not None), "")
    said = {"goal_actual": goal, **sections(taken.content.statement)}
    total = results.plan.total_points.text if results.plan.total_points is not None else ""
    return Arrival(
        "tables", results, taken.ids, (), funds_of(results.plan.budget), {one: said.get(one, "") for one in HEAD}, taken.faults,
        head.get("TASKGUID", "").strip(), head.get("PRO_CODE", "").strip(), head.get("DEPT_CODE", "").strip(), total=total,
    )  # fmt: skip


def _right_type(data: bytes, name: str, what: str) -> None:
    """Refuse a file that holds the tables of the other kind and none of ours."""
    kinds = {MONITORING: "monitoring", SELF_EVALUATION: "self_evaluation"}
    other = next(one for one in kinds if one != what)
    own = list(yearly.columns(kinds[what]))
    found, _ = parcels.lines(data, list(yearly.columns(kinds[what]).items()), name)
    if found:
        return
    foreign, _ = parcels.lines(data, list(yearly.columns(kinds[other]).items()), name)
    if foreign:
        raise Invalid("other_type", OTHER_TYPE.with_(name=name, other=WHATS[other], own=WHATS[what]))
    missing = Text(f"没有工作表：{'、'.join(own)}。", f"It has none of the sheets {', '.join(own)}.")
    raise Invalid("file_refused", NOT_READ.with_(name=name, why=missing))


def _of_round(results: Results, on: date) -> Results:
    """The values of the round's day: from the round of that day, or the year's if the day ends it."""

    def row(one: Row) -> Row:
        own = next((each for each in one.rounds if each.on == on), None)
        if own is not None:
            return replace(one, actual=own.actual, comment=own.comment or one.comment, further=own.further)
        return one if (on.month, on.day) == (12, 31) else replace(one, actual=None, further="")

    return Results(results.plan, tuple(row(one) for one in results.rows))


def funds_of(budget: Budget) -> tuple[Fund, ...]:
    """The money of a table in 万元."""
    return tuple(Fund(one.name.text, *(_wan(figure, budget) for figure in (one.initial, one.budget, one.executed))) for one in budget.funds)


def _wan(figure: Figure | None, budget: Budget) -> Decimal | None:
    found = amount(figure, budget) if figure is not None and figure.text else None
    return None if found is None else found * IN_YUAN.get(usual_unit(budget), IN_YUAN["万元"]) / IN_YUAN["万元"]
