"""What a paper of the procedure says, gathered from the rows: the library lays it out and prints it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from zhiheng.audit.money import printed as digits
from zhiheng.plan.appraisal import CONTENTS, ITEMS
from zhiheng.plan.procedure import FINANCE_ROLES, GRADE_NAMES, ONCE_APPROVED, Checkpoint, Grade, Outcome, Role
from zhiheng.reports.papers.adjustment import Change, adjustment
from zhiheng.reports.papers.approval import Approved, approval
from zhiheng.reports.papers.content import Content
from zhiheng.reports.papers.declaration import declaration
from zhiheng.reports.papers.opinions import Opinion
from zhiheng.reports.papers.outline import SPENDING
from zhiheng.reports.papers.pre_assessment import Assessed, pre_assessment
from zhiheng.reports.papers.review import Graded, review
from zhiheng_web.organisation.models import Department
from zhiheng_web.planning.circulation.standing import Standing, standing
from zhiheng_web.planning.comparison import RETARGETING, Cell, Pair, compare, content_of
from zhiheng_web.planning.models import ChangeReason, Decision, PreAssessment, ReviewGrade, TableVersion
from zhiheng_web.planning.versions import Loaded, load
from zhiheng_web.planning.weighing import scheme_of, weights_state
from zhiheng_web.wording import Text

OUTCOMES = {Outcome.AGREE.value: "同意", Outcome.RETURN.value: "退回修改", Outcome.BLOCK.value: "不予通过"}


@dataclass(frozen=True)
class Gathered:
    """A version with what has happened to it: what papers are written from."""

    loaded: Loaded
    stands: Standing
    assessment: PreAssessment | None

    @property
    def version(self) -> TableVersion:
        """The version."""
        return self.loaded.version

    @property
    def adjusting(self) -> bool:
        """Whether the version is an adjustment."""
        return self.version.purpose == TableVersion.Purpose.ADJUSTMENT


def gather(version: TableVersion) -> Gathered:
    """The version with its rows, circulation, decisions and the project's confirmed pre-assessment. Few queries whatever its size."""
    project = version.table.project_id
    confirmed = PreAssessment.objects.filter(project=project, confirmed_at__isnull=False) if project else PreAssessment.objects.none()
    assessment = confirmed.select_related("project__unit__department", "assessed_by", "confirmed_by").first()
    return Gathered(load(version), standing(version), assessment)


def missing(code: str, found: Gathered) -> Text | None:
    """Why the paper cannot be issued yet, None if it can."""
    stands, state = found.stands, found.version.state
    if code == "pre_assessment":
        return None if found.assessment else Text("还没有经第二人确认的事前绩效评估。", "There is no confirmed pre-assessment yet.")
    if code == "approval":
        return None if state in ONCE_APPROVED else Text("批复后才能出具。", "It can be issued after the approval.")
    if code == "review":
        return None if finance_decisions(stands) else Text("财政部门审核后才能出具。", "It can be issued once finance has reviewed.")
    return None if stands.circulation else Text("送审后才能出具。", "It can be issued after submission.")


def codes_of(found: Gathered) -> tuple[str, ...]:
    """The papers that belong to the version, in order."""
    first = ("pre_assessment",) if found.version.table.project_id else ()
    return (*first, "adjustment" if found.adjusting else "declaration", "review", "approval")


def content_for(code: str, found: Gathered, number: str) -> Content:
    """What the paper says now. KeyError for a code that is none."""
    return WRITERS[code](found, number)


def write_declaration(found: Gathered, number: str) -> Content:
    """申报表 with the opinions of the department's own checkpoints."""
    inside = [entry for entry in found.stands.route if entry.role not in FINANCE_ROLES]
    return declaration(found.loaded.table.plan, number, opinions(found.stands, inside), facts(found), kind=found.version.table.kind)


def write_review(found: Gathered, number: str) -> Content:
    """审核表 with the grades of the last checkpoint that graded, and the opinions of finance."""
    graded = next((each for each in reversed(finance_decisions(found.stands)) if each.grade), None)
    rows = {row.item: row for row in ReviewGrade.objects.filter(decision=graded)} if graded else {}
    items = [item_of(entry.content, entry.zh, rows.get(entry.code)) for entry in ITEMS]
    full = sum((row.full for row in rows.values() if row.full is not None), Decimal(0))
    total = (digits(full) if full else "", points_words(graded.total if graded else None), grade_words(graded.grade if graded else ""))
    outside = [entry for entry in found.stands.route if entry.role in FINANCE_ROLES]
    title = f"{found.loaded.year}年{subject_kind(found)}绩效目标审核表"
    return review(title, number, facts(found), items, total, graded.mend if graded else "", opinions(found.stands, outside))


def item_of(content: str, name: str, row: ReviewGrade | None) -> Graded:
    """One item of the review; blank where it was not graded."""
    if row is None:
        return Graded(CONTENTS[content][0], name, "", "", "")
    return Graded(CONTENTS[content][0], name, points_words(row.full), points_words(row.points), grade_words(row.grade))


def write_approval(found: Gathered, number: str) -> Content:
    """批复: the letter of the finance bureau (of the department for a unit's table), with the approved table."""
    version, table = found.version, found.version.table
    last = found.stands.decisions[-1] if found.stands.decisions else None
    day = timezone.localdate(last.decided_at) if last else version.in_force_from
    said = Approved(
        issuer_of(found),
        table.unit.department.name if table.kind == "department" else table.unit.name,
        subject_of(found),
        version.title,
        day,
        conditions(found, last),
        found.adjusting,
    )
    return approval(found.loaded.table.plan, version.approval_number or number, said)


def issuer_of(found: Gathered) -> str:
    """Who approves: the finance bureau where finance decides, else the department."""
    department = found.version.table.unit.department
    if any(entry.role in FINANCE_ROLES for entry in found.stands.route):
        return Department.objects.filter(kind=Department.Kind.FINANCE).values_list("name", flat=True).first() or "财政局"
    return department.name


def conditions(found: Gathered, last: Decision | None) -> list[tuple[str, str]]:
    """The numbered points of the letter: the goals, the points, what is to be mended, what follows."""
    loaded = found.loaded
    duties = f"共{len(loaded.duties)}项职责、" if loaded.duties else "共"
    money = f"；预算总额{total_words(found)}" if total_words(found) else ""
    goals = f"原则同意你单位{subject_of(found)}绩效目标，{duties}{len(loaded.rows)}项绩效指标{money}。绩效目标及指标见附件。"
    said = [("绩效目标", goals), ("指标分值", weights_words(loaded))]
    if found.adjusting:
        said[0] = (
            "绩效目标",
            f"同意你单位对{subject_of(found)}绩效目标的调整。调整后{duties}{len(loaded.rows)}项绩效指标{money}，见附件。",
        )
    if last is not None and (last.opinion or last.mend):
        said.append(("审核意见", "".join(part for part in (last.opinion, last.mend) if part)))
    ends = "请严格按照批复的绩效目标组织实施，做好绩效运行监控和绩效自评。绩效目标一经批复一般不予调整；确需调整的，按规定程序报批。"
    return [*said, ("有关要求", ends)]


def weights_words(loaded: Loaded) -> str:
    """How points stand, in one sentence."""
    state = weights_state(loaded)
    if not state.ok or state.kind == "unscored":
        return "本表未设分值，批复后只作绩效监控，不作评分。"
    rest = f"，预算执行率{digits(state.execution)}分" if state.execution else ""
    return f"指标分值合计{digits(state.total)}分{rest}，按“{scheme_of(loaded.version).zh}”计分，批复后不再更改。"


def write_adjustment(found: Gathered, number: str) -> Content:
    """调整申请表: every changed cell old → new with its reason, and the opinions of all checkpoints."""
    version = found.version
    compared = compare(content_of(load(version.based_on)), content_of(found.loaded)) if version.based_on else None
    reasons = {str(row.indicator_id): row.text for row in ChangeReason.objects.filter(version=version)}
    changes = [change for pair in (compared.differing if compared else ()) for change in changes_of(pair, reasons)]
    second = str(version.second_person or "")
    confirmed = f"（{timezone.localdate(version.second_confirmed_at)}确认）" if version.second_confirmed_at else "（待确认）"
    told = [
        ("申请单位", version.table.unit.name),
        ("所属年度", f"{found.loaded.year}年"),
        ("原批复文号", version.based_on.approval_number if version.based_on else ""),
        ("调整事由", version.reason),
        ("依据文件", version.document),
        ("申请人", str(version.created_by)),
        ("第二人确认", second + confirmed if second else ""),
    ]
    return adjustment(found.loaded.table.plan, number, told, changes, opinions(found.stands, found.stands.route))


def changes_of(pair: Pair, reasons: dict[str, str]) -> list[Change]:
    """The changed cells of one indicator; an added or removed one shows its target."""
    reason = reasons.get(pair.indicator, "")
    duty = pair.duty.new or pair.duty.old or "" if pair.duty else ""
    if pair.kind != "changed":
        word = "新增指标" if pair.kind == "added" else "取消指标"
        old, new = (pair.target.old or "", pair.target.new or "") if pair.target else ("", "")
        return [Change(duty, pair.name, word, old, new, reason)]
    order = sorted(pair.changes, key=lambda cell: cell.path not in RETARGETING)
    return [Change(duty, pair.name, cell.label.zh, *both(cell), reason) for cell in order]


def both(cell: Cell) -> tuple[str, str]:
    """The words of a cell before and after."""
    return cell.old or "", cell.new or ""


def write_pre_assessment(found: Gathered, number: str) -> Content:
    """事前绩效评估报告 of the project's newest confirmed pre-assessment."""
    if found.assessment is None:
        raise KeyError("pre_assessment")
    return assessment_content(found.assessment, number)


def assessment_content(own: PreAssessment, number: str) -> Content:
    """The report of one pre-assessment, with or without a version."""
    project = own.project
    told = [
        ("主管部门", project.unit.department.name),
        ("实施单位", project.unit.name),
        ("项目属性", project.get_attribute_display()),
        ("申请资金", f"{digits(own.amount / 10000)}万元" if own.amount is not None else ""),
        ("评估时间", day_text(own.assessed_on)),
    ]
    contents = [Assessed(item.name_zh, digits(item.full), digits(item.points), item.finding) for item in own.items.all()]
    conclusion = (digits(own.total), grade_words(own.grade), own.get_conclusion_display(), own.opinion)
    signed = [
        Opinion("评估人意见", own.get_conclusion_display(), own.opinion, str(own.assessed_by), timezone.localdate(own.assessed_at)),
        Opinion(
            "复核人意见",
            "同意" if own.confirmed_by else "",
            "",
            str(own.confirmed_by or ""),
            timezone.localdate(own.confirmed_at) if own.confirmed_at else None,
        ),
    ]
    return pre_assessment(project.name, number, told, own.method, contents, conclusion, signed)


def facts(found: Gathered) -> list[tuple[str, str]]:
    """The head of the sheets: whose goals, of which year, with how much money. The labels are none that a form's head uses."""
    table = found.version.table
    told = [("申报单位", table.unit.name)]
    if table.project:
        told.append(("申报项目", table.project.name))
    told += [("所属年度", f"{found.loaded.year}年"), ("申报资金", total_words(found))]
    return [*told, ("指标分值", weights_words(found.loaded))]


def total_words(found: Gathered) -> str:
    """The total with its unit: as worded, or in 万元 where the form says the unit in its head and the cell holds a bare number."""
    version = found.version
    words = version.total_text or ""
    return words if "元" in words or version.total is None else f"{digits(version.total / 10000)}万元"


def subject_kind(found: Gathered) -> str:
    """部门整体支出, 单位整体支出, 项目支出."""
    return SPENDING[found.version.table.kind]


def subject_of(found: Gathered) -> str:
    """临沂市科学技术局2020年部门整体支出."""
    table = found.version.table
    name = table.unit.department.name if table.kind == "department" else table.unit.name
    return f"{name}{found.loaded.year}年{f'“{table.project.name}”' if table.project else ''}{subject_kind(found)}"


def finance_decisions(stands: Standing) -> list[Decision]:
    """What finance has decided in the circulation, in order."""
    return [each for each in stands.decisions if each.outcome in OUTCOMES and Role(each.checkpoint_role) in FINANCE_ROLES]


def opinions(stands: Standing, route: Sequence[Checkpoint]) -> list[Opinion]:
    """A block for each decision at these checkpoints, a blank one for a checkpoint that has not decided."""
    found: list[Opinion] = []
    for entry in route:
        decided = [each for each in stands.decisions if each.checkpoint_code == entry.code and each.outcome in OUTCOMES]
        found += [opinion_of(each) for each in decided] or [Opinion(entry.zh)]
    return found


def opinion_of(decision: Decision) -> Opinion:
    """The block of one decision."""
    notes: Iterable[tuple[str, str]] = (
        ("会议纪要", decision.minutes),
        ("文号", decision.document),
        ("审核得分", points_words(decision.total)),
        ("审核等级", grade_words(decision.grade)),
        ("修改要求", decision.mend),
    )
    return Opinion(
        decision.checkpoint_zh,
        OUTCOMES[decision.outcome],
        decision.opinion,
        str(decision.decided_by),
        timezone.localdate(decision.decided_at),
        tuple(f"{name}：{words}" for name, words in notes if words),
    )


def points_words(points: Decimal | None) -> str:
    """Points as a paper prints them."""
    return "" if points is None else digits(points)


def grade_words(grade: str) -> str:
    """优, 良, 中, 差; '' where there is none."""
    return GRADE_NAMES[Grade(grade)][0] if grade else ""


def day_text(day: date) -> str:
    """2020年1月10日."""
    return f"{day.year}年{day.month}月{day.day}日"


WRITERS = {
    "pre_assessment": write_pre_assessment,
    "declaration": write_declaration,
    "review": write_review,
    "approval": write_approval,
    "adjustment": write_adjustment,
}
"""The writer of each paper."""
