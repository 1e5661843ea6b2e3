"""The procedure of the year (预算绩效管理流程) as one table of steps.

A department declares its goals, offices and leaders check them, finance reviews and approves; the approved table is adjusted,
monitored, self-evaluated, evaluated, rectified and published. Who may take a step, from which state, into which state, what it
asks for and which paper it prints is a row here; the service holds no other table of states. The order of the checkpoints
(审核环节) a table passes is data that an office edits; :data:`DEFAULT_ROUTE` is what it starts from. The default follows what
the published forms and systems imply and is not quoted from one regulation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Who takes part (角色). One person may hold several."""

    FILLER = "filler"
    SECTION_HEAD = "section_head"
    PERFORMANCE_OFFICER = "performance_officer"
    SUPERVISING_LEADER = "supervising_leader"
    PARTY_GROUP = "party_group"
    HEAD = "head"
    FINANCE_BUSINESS = "finance_business"
    FINANCE_PERFORMANCE = "finance_performance"
    AGENCY = "agency"
    REPORTER = "reporter"
    DISCIPLINE = "discipline"
    AUDITOR = "auditor"
    DISCLOSURE_REVIEWER = "disclosure_reviewer"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDIT_ADMINISTRATOR = "audit_administrator"


ROLE_NAMES: dict[Role, tuple[str, str]] = {
    Role.FILLER: ("经办", "Filler"),
    Role.SECTION_HEAD: ("科室负责人", "Section head"),
    Role.PERFORMANCE_OFFICER: ("绩效管理员", "Performance officer"),
    Role.SUPERVISING_LEADER: ("分管领导", "Supervising leader"),
    Role.PARTY_GROUP: ("局党组会（局长办公会）", "Party group meeting (bureau meeting)"),
    Role.HEAD: ("主要负责人", "Head of the department"),
    Role.FINANCE_BUSINESS: ("财政业务科室", "Finance: business section"),
    Role.FINANCE_PERFORMANCE: ("财政绩效科", "Finance: performance section"),
    Role.AGENCY: ("第三方评价机构", "Evaluation agency"),
    Role.REPORTER: ("填报单位（县区主管部门、外部单位）", "Reporting unit (county bureau, outside unit)"),
    Role.DISCIPLINE: ("机关纪委", "Discipline inspection"),
    Role.AUDITOR: ("审计", "Auditor"),
    Role.DISCLOSURE_REVIEWER: ("保密/公开审查员", "Secrecy and disclosure reviewer"),
    Role.SYSTEM_ADMINISTRATOR: ("系统管理员", "System administrator"),
    Role.SECURITY_ADMINISTRATOR: ("安全管理员", "Security administrator"),
    Role.AUDIT_ADMINISTRATOR: ("审计管理员", "Audit administrator"),
}
"""Role → its name in Chinese and English."""

FINANCE_ROLES = frozenset({Role.FINANCE_BUSINESS, Role.FINANCE_PERFORMANCE})
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR})
"""The three separated administrators (三员分立): no person holds two of them."""


class State(StrEnum):
    """Where one version of a table stands (状态)."""

    DECLARED_HISTORY = "declared_history"
    DRAFT = "draft"
    CIRCULATING = "circulating"
    RETURNED = "returned"
    BLOCKED = "blocked"
    APPROVED = "approved"
    SUPERSEDED = "superseded"


STATE_NAMES: dict[State, tuple[str, str]] = {
    State.DECLARED_HISTORY: ("历史申报", "Declared history"),
    State.DRAFT: ("待送审", "Draft"),
    State.CIRCULATING: ("审核中", "Under review"),
    State.RETURNED: ("被退回", "Returned"),
    State.BLOCKED: ("不得进入预算", "Kept out of the budget"),
    State.APPROVED: ("已批复", "Approved"),
    State.SUPERSEDED: ("已被调整替代", "Replaced by an adjustment"),
}
EDITABLE = frozenset({State.DRAFT, State.RETURNED})
"""States in which the words and values of a version may still change."""
FROZEN = frozenset({State.DECLARED_HISTORY, State.APPROVED, State.SUPERSEDED, State.BLOCKED})
"""States in which nothing is written to a version by any path."""
OPEN = EDITABLE | {State.CIRCULATING}
"""States of a version that is not decided yet: a table has at most one such."""
SETTLED = frozenset({State.APPROVED, State.DECLARED_HISTORY})
"""States in which a version is what its table says of its year: approved here, or declared before there was a
procedure here. Its figures are the record: not a draft's, and not those that an adjustment replaced."""
ONCE_APPROVED = frozenset({State.APPROVED, State.SUPERSEDED})
"""States of a version that was approved; an adjustment may have replaced it since."""


class Outcome(StrEnum):
    """What a checkpoint decides (审核结论)."""

    AGREE = "agree"
    RETURN = "return"
    BLOCK = "block"


class Grade(StrEnum):
    """The grade of a review (审核等级)."""

    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


GRADE_NAMES: dict[Grade, tuple[str, str]] = {
    Grade.EXCELLENT: ("优", "Excellent"),
    Grade.GOOD: ("良", "Good"),
    Grade.FAIR: ("中", "Fair"),
    Grade.POOR: ("差", "Poor"),
}


class Stage(StrEnum):
    """The stages of the year (阶段), in order."""

    PRE_ASSESSMENT = "pre_assessment"
    DECLARATION = "declaration"
    REVIEW = "review"
    APPROVAL = "approval"
    ADJUSTMENT = "adjustment"
    MONITORING = "monitoring"
    SELF_EVALUATION = "self_evaluation"
    EVALUATION = "evaluation"
    RECTIFICATION = "rectification"
    PUBLICATION = "publication"


STAGE_NAMES: dict[Stage, tuple[str, str]] = {
    Stage.PRE_ASSESSMENT: ("事前绩效评估", "Pre-assessment"),
    Stage.DECLARATION: ("绩效目标申报", "Declaration"),
    Stage.REVIEW: ("审核", "Review"),
    Stage.APPROVAL: ("批复", "Approval"),
    Stage.ADJUSTMENT: ("目标调整", "Adjustment"),
    Stage.MONITORING: ("绩效运行监控", "Monitoring"),
    Stage.SELF_EVALUATION: ("绩效自评", "Self-evaluation"),
    Stage.EVALUATION: ("绩效评价", "Evaluation"),
    Stage.RECTIFICATION: ("整改与结果应用", "Rectification and use of results"),
    Stage.PUBLICATION: ("公开", "Publication"),
}


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One 审核环节 of a route: the role that decides there and what its decision must carry.

    ``requires`` holds words of :data:`REQUIREMENTS`. ``grades`` tells that the four contents are graded here. ``by_office``:
    the heads of all offices that hold duties sign, each for the office (会签). ``again``: somebody who has decided before in
    the same circulation may decide here too. ``days`` is how long it may take, in 工作日 (``working``) or 自然日.
    """

    code: str
    zh: str
    en: str
    role: Role
    requires: tuple[str, ...] = ()
    grades: bool = False
    by_office: bool = False
    again: bool = False
    days: int | None = None
    working: bool = True

    @property
    def outside(self) -> bool:
        """Whether it lies outside the department: what finance decides."""
        return self.role in FINANCE_ROLES


REQUIREMENTS: dict[str, tuple[str, str]] = {
    "opinion": ("审核意见", "an opinion"),
    "minutes": ("会议纪要号", "the number of the minutes"),
    "document": ("依据文件", "the document it rests on"),
    "reason": ("理由", "a reason"),
    "second_person": ("第二人确认", "a second person"),
    "weights": ("分值合计正确", "points that add up"),
    "replies": ("对发现问题的答复", "a reply to each finding"),
    "grades": ("四项审核评分", "the four grades"),
    "mend": ("修改完善意见", "what is to be mended"),
    "secrecy": ("保密审查", "the secrecy review"),
}

DEFAULT_ROUTE: tuple[Checkpoint, ...] = (
    Checkpoint("section", "科室负责人审核", "Section head", Role.SECTION_HEAD, by_office=True),
    Checkpoint("performance", "绩效管理员审核", "Performance officer", Role.PERFORMANCE_OFFICER, ("weights",)),
    Checkpoint("leader", "分管领导审签", "Supervising leader", Role.SUPERVISING_LEADER),
    Checkpoint("meeting", "局党组会（局长办公会）研究", "Party group meeting", Role.PARTY_GROUP, ("minutes",)),
    Checkpoint("head", "主要负责人签批", "Head of the department", Role.HEAD),
    Checkpoint("finance_business", "财政业务科室审核", "Finance: business section", Role.FINANCE_BUSINESS, ("opinion",), grades=True),
    Checkpoint(
        "finance_performance", "财政绩效科复核批复", "Finance: performance section", Role.FINANCE_PERFORMANCE, ("weights", "document")
    ),
)
"""After 经办 has submitted. The last checkpoint that agrees issues the 批复."""

UNIT_ROUTE: tuple[Checkpoint, ...] = (
    Checkpoint("section", "单位科室负责人审核", "Section head of the unit", Role.SECTION_HEAD, by_office=True),
    Checkpoint("performance", "主管部门绩效管理员审核", "Performance officer of the department", Role.PERFORMANCE_OFFICER, ("weights",)),
    Checkpoint("leader", "主管部门分管领导审签", "Supervising leader of the department", Role.SUPERVISING_LEADER, ("document",)),
)
"""The table of a unit is reviewed by its department and the route ends there."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the procedure (环节动作).

    ``before`` the states from which it may be taken, ``after`` the state it leads to (None: the state stays). ``roles`` who
    may take it; () means the role of the checkpoint at which the version stands. Only a checkpoint outside the department, or
    one that grades, may block. ``paper`` names the paper it prints.
    """

    code: str
    stage: Stage
    zh: str
    en: str
    roles: tuple[Role, ...]
    before: tuple[State, ...] = ()
    after: State | None = None
    requires: tuple[str, ...] = ()
    paper: str = ""


EDITORS = (Role.FILLER, Role.SECTION_HEAD, Role.PERFORMANCE_OFFICER)
OFFICER = (Role.PERFORMANCE_OFFICER,)
DRAFTS = tuple(sorted(EDITABLE))
UNDER_REVIEW = (State.CIRCULATING,)
IN_FORCE = (State.APPROVED,)

STEPS: tuple[Step, ...] = (
    Step(
        "pre_assess",
        Stage.PRE_ASSESSMENT,
        "开展事前绩效评估",
        "Pre-assess",
        OFFICER,
        requires=("opinion", "grades"),
        paper="pre_assessment",
    ),
    Step("import", Stage.DECLARATION, "导入绩效目标表", "Import a table", EDITORS, after=State.DRAFT),
    Step("generate", Stage.DECLARATION, "生成新年度表", "Generate the new year's table", OFFICER, after=State.DRAFT),
    Step("edit", Stage.DECLARATION, "填写", "Edit", EDITORS, DRAFTS),
    Step("weigh", Stage.DECLARATION, "设置分值", "Set points", OFFICER, DRAFTS),
    Step("divide", Stage.DECLARATION, "拆分复合指标", "Divide a compound indicator", OFFICER, DRAFTS),
    Step("reply", Stage.DECLARATION, "答复问题", "Reply to a finding", EDITORS, DRAFTS),
    Step(
        "submit",
        Stage.DECLARATION,
        "送审",
        "Submit",
        (Role.FILLER, Role.PERFORMANCE_OFFICER),
        DRAFTS,
        State.CIRCULATING,
        ("replies",),
        "declaration",
    ),
    Step("withdraw", Stage.REVIEW, "撤回", "Withdraw", (Role.FILLER, Role.PERFORMANCE_OFFICER), UNDER_REVIEW, State.DRAFT, ("reason",)),
    Step("agree", Stage.REVIEW, "同意", "Agree", (), UNDER_REVIEW, State.CIRCULATING, paper="review"),
    Step("return", Stage.REVIEW, "退回", "Return", (), UNDER_REVIEW, State.RETURNED, ("opinion",)),
    Step(
        "block",
        Stage.REVIEW,
        "不予通过",
        "Block",
        (),
        UNDER_REVIEW,
        State.BLOCKED,
        ("opinion",),
    ),
    Step("approve", Stage.APPROVAL, "批复", "Approve", (), UNDER_REVIEW, State.APPROVED, ("document",), "approval"),
    Step(
        "record_approval",
        Stage.APPROVAL,
        "登记批复",
        "Record an approval given outside",
        OFFICER,
        DRAFTS,
        State.APPROVED,
        ("document",),
    ),
    Step(
        "adjust",
        Stage.ADJUSTMENT,
        "申请调整目标",
        "Propose an adjustment",
        EDITORS,
        IN_FORCE,
        State.DRAFT,
        ("reason", "document", "second_person"),
        "adjustment",
    ),
    Step("monitor", Stage.MONITORING, "填报监控", "Report monitoring", EDITORS, IN_FORCE, paper="monitoring"),
    Step("close_round", Stage.MONITORING, "完成监控", "Close a monitoring round", OFFICER, IN_FORCE, paper="monitoring_report"),
    Step("self_evaluate", Stage.SELF_EVALUATION, "开展自评", "Self-evaluate", EDITORS, IN_FORCE, paper="self_evaluation"),
    Step("override", Stage.SELF_EVALUATION, "人工改分", "Override a score", OFFICER, IN_FORCE, requires=("reason", "second_person")),
    Step(
        "evaluate",
        Stage.EVALUATION,
        "组织评价",
        "Evaluate",
        (Role.FINANCE_PERFORMANCE, Role.PERFORMANCE_OFFICER),
        IN_FORCE,
        paper="evaluation",
    ),
    Step("recheck", Stage.EVALUATION, "财政抽查复核", "Re-check", (Role.FINANCE_PERFORMANCE,), IN_FORCE, requires=("opinion",)),
    Step(
        "order_rectification",
        Stage.RECTIFICATION,
        "下达整改",
        "Order rectification",
        (Role.FINANCE_PERFORMANCE,),
        IN_FORCE,
        paper="rectification",
    ),
    Step("rectify", Stage.RECTIFICATION, "整改销号", "Rectify", EDITORS, IN_FORCE),
    Step(
        "use_result",
        Stage.RECTIFICATION,
        "结果应用",
        "Use the result",
        (Role.FINANCE_PERFORMANCE,),
        IN_FORCE,
        requires=("reason",),
        paper="use_of_results",
    ),
    Step("review_secrecy", Stage.PUBLICATION, "保密审查", "Secrecy review", (Role.DISCLOSURE_REVIEWER,), IN_FORCE),
    Step("publish", Stage.PUBLICATION, "公开", "Publish", (Role.HEAD,), IN_FORCE, requires=("secrecy",)),
)


def step(code: str) -> Step:
    """The step of that code. KeyError if there is none."""
    return _BY_CODE[code]


_BY_CODE = {entry.code: entry for entry in STEPS}


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a step cannot be taken: ``code`` is a key of the service's texts, with its parameters."""

    code: str
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a version stands after a decision: its state and, while it circulates, the index of its checkpoint."""

    state: State
    position: int | None


def permitted(code: str, state: State, roles: frozenset[Role], checkpoint: Checkpoint | None = None) -> Refused | None:
    """None if somebody with ``roles`` may take the step on a version in ``state``, else why not.

    ``checkpoint`` is where a circulating version stands; steps without roles of their own ask for its role.
    """
    taken = step(code)
    if taken.before and state not in taken.before:
        return Refused("wrong_state", (("step", code), ("state", state.value)))
    wanted = taken.roles or ((checkpoint.role,) if checkpoint else ())
    if code == "block" and checkpoint is not None and not (checkpoint.outside or checkpoint.grades):
        return Refused("cannot_block", (("checkpoint", checkpoint.code),))
    if not roles & frozenset(wanted):
        return Refused("wrong_role", (("step", code), ("roles", ",".join(wanted))))
    return None


def decided(route: Sequence[Checkpoint], position: int, outcome: Outcome) -> Moved:
    """Where a version stands once the checkpoint at ``position`` has decided. The last agreement approves."""
    if outcome is Outcome.BLOCK:
        return Moved(State.BLOCKED, None)
    if outcome is Outcome.RETURN:
        return Moved(State.RETURNED, None)
    if position + 1 >= len(route):
        return Moved(State.APPROVED, None)
    return Moved(State.CIRCULATING, position + 1)


def consequence(grade: Grade) -> Outcome:
    """What a grade means for the table: 优 passes, 良 is mended and passes, 中 is returned and submitted again, 差 is kept out.

    From 财预〔2015〕88号 as remembered, not checked against its text: the service offers it and a person decides.
    """
    return {Grade.EXCELLENT: Outcome.AGREE, Grade.GOOD: Outcome.AGREE, Grade.FAIR: Outcome.RETURN, Grade.POOR: Outcome.BLOCK}[grade]
