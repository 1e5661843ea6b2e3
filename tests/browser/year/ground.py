"""What stands before the journeys of the year begin, made by the ordinary actions: last year's approved table with ledgers and money.

Five indicators after the real table of Linyi: two counted from a register, one that a person declares, one that a person judges, one
that a survey answers for. The register has public, internal, personal and trade secret columns.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from tests.plans import plan_of
from tests.zhiheng_web.publication.packages.evaluated import accepted

from zhiheng.plan.plan import Table
from zhiheng_cli.preparing import prepare
from zhiheng_kjj.demonstration.sheets import sheet
from zhiheng_web import uscc
from zhiheng_web.demonstration.approval import even
from zhiheng_web.demonstration.organisation import PASSWORD, SINCE, Demonstrated, write_organisation
from zhiheng_web.ledgers.actions.bind_indicator import bind_indicator
from zhiheng_web.ledgers.actions.declare_register import declare_register
from zhiheng_web.ledgers.actions.record_entries import record_entries
from zhiheng_web.ledgers.columns import COMMON, Kind, Visibility
from zhiheng_web.ledgers.definition import Choice, Column, RegisterDefinition, State
from zhiheng_web.ledgers.packs.bases import Basis, Part
from zhiheng_web.organisation.models import Account, RoleAssignment
from zhiheng_web.organisation.viewer import Viewer, viewer_of
from zhiheng_web.planning.actions.import_table import import_table
from zhiheng_web.planning.actions.record_approval import record_approval
from zhiheng_web.planning.actions.set_weights import set_weights
from zhiheng_web.planning.common_library import load_common_library
from zhiheng_web.planning.models import BudgetLine, IndicatorRow, TableVersion, TreasuryPayment
from zhiheng_web.planning.versions import load
from zhiheng_web.planning.weighing import Tags, expected_points, proposal_of, proposed_tags, scheme_of
from zhiheng_web.publication.actions.begin_package import begin_package
from zhiheng_web.publication.actions.prepare_package import prepare_package
from zhiheng_web.publication.actions.publish_package import publish_package
from zhiheng_web.publication.actions.redact import redact
from zhiheng_web.publication.actions.review_package import review_package
from zhiheng_web.publication.actions.sign_package import sign_package
from zhiheng_web.publication.models import Package

YEAR = date.today().year - 1
"""The year that is monitored, evaluated and published: its self-evaluation may begin, whatever day it is."""
Who = Callable[[str, str], Viewer]

DUTIES = (
    ("1", "政策规划与依法行政", "推进科技体制改革。"),
    ("2", "科技创新产业培育", "提升高新技术产业发展水平。"),
    ("3", "科技服务与项目管理", "服务科技企业，管好科技项目。"),
    ("4", "党建组织引领", "巩固省级文明单位创建成果。"),
)
FIRMS, PLATFORMS, TALENTS, CIVIL, PLEASED = (
    "高新技术企业认定数量", "省级科技创新平台新增数量", "高层次科技人才培养", "省级文明单位复审", "服务对象满意度",
)  # fmt: skip
INDICATORS = (
    ("1", TALENTS, "完成高层次人才的推荐工作", "8个", "个"),
    ("2", FIRMS, "净增高新技术企业60家", "60家", "家"),
    ("2", PLATFORMS, "新增省级科技创新平台10家以上", "≥10家", "家"),
    ("3", PLEASED, "受服务企业对科技服务的满意度", "≥90%", "%"),
    ("4", CIVIL, "按创建系统的要求及时上传相关材料", "完成", ""),
)
PUBLIC, PERSONAL, SECRET = Visibility.PUBLIC, Visibility.PERSONAL, Visibility.TRADE_SECRET
WITHHELD = ("张三丰", "13800001234", "催化剂配方七号", "内部备注不外传")
"""What stands in the register and may stand nowhere in public."""
TELEPHONE = "13900001111"
"""Somebody's telephone in a text of the self-evaluation: it must be withheld before that is public."""
BUDGET, SPENT_BY_JULY, SPENT = Decimal(53_640_000), Decimal(26_820_000), Decimal(50_958_000)
"""年初预算 5364 万元 as in the real table; half of it paid by July, 95 % by December."""


def named(name: str, **more: object) -> Column:
    """A column that every register may have."""
    return Column(name, COMMON[name].text.zh, COMMON[name].text.en, COMMON[name].kind, **more)  # type: ignore[arg-type]


REGISTER = RegisterDefinition(
    code="own",
    zh="认定登记",
    en="Recognitions",
    columns=(
        named("number", required=True, visibility=PUBLIC),
        named("title", required=True, visibility=PUBLIC),
        named("category", visibility=PUBLIC, choices=(Choice("firm", "高新技术企业", "Firm"), Choice("platform", "创新平台", "Platform"))),
        named("organisation", visibility=PUBLIC),
        named("person", visibility=PERSONAL),
        named("decided_on", visibility=PUBLIC),
        Column("mobile", "联系电话", "Telephone", Kind.WORD, visibility=PERSONAL),
        Column("recipe", "工艺", "Recipe", Kind.TEXT, visibility=SECRET),
        Column("note", "备注", "Note", Kind.TEXT),
    ),
    states=(State("received", "已受理", "Received"), State("registered", "已认定", "Recognised", final=True)),
    first_state="received",
    key=("number",),
)


def found() -> None:
    """The bureau with its table of last year in force, 54 firms and 12 platforms in its ledger, the money paid, an agency's people."""
    prepare()
    with transaction.atomic():
        written = write_organisation()
        load_common_library()
        another_agency(written)
        version = approved(written, people(written))
        money(version, written.accounts["czyewu"])
        ledger(people(written), version)


def people(written: Demonstrated) -> Who:
    """``who("jixiao", "07-10")``: an account on that day of the year."""

    def viewer(username: str, day: str) -> Viewer:
        on = date.fromisoformat(day if len(day) > 5 else f"{YEAR}-{day}")
        plain = viewer_of(written.accounts[username], on, "127.0.0.1")
        return Viewer(plain.account, plain.held, plain.address, at=datetime(on.year, on.month, on.day, 2, tzinfo=UTC))

    return viewer


def another_agency(written: Demonstrated) -> None:
    """Somebody with the role of an agency whom nobody has engaged, and a second person of finance who re-checks."""
    for username, name, role in (("jigou2", "另一机构人员", "agency"), ("czfuhe", "财政绩效科复核", "finance_performance")):
        account = Account.objects.create_user(username, name, PASSWORD)
        RoleAssignment.objects.create(account=account, role=role, since=SINCE)
        written.accounts[username] = account


def table() -> Table:
    """The table as the library reads it."""
    rows = [
        {
            "name": name, "duty": duty, "definition": definition, "target": target, "unit": unit,
            "references": {"standard": target, "standard_source": "内部统计"}, "remark": "",
        }
        for duty, name, definition, target, unit in INDICATORS
    ]  # fmt: skip
    return plan_of(
        {
            "title": f"{YEAR}年部门预算整体绩效目标表",
            "year": str(YEAR),
            "department": "临沂市科学技术局",
            "budget": {"unit": "万元", "total": "5364", "fiscal": "5364"},
            "strategic_goal": "构建科技创新创业生态孵化体系。",
            "duties": [{"number": number, "name": name, "objective": objective} for number, name, objective in DUTIES],
            "indicators": rows,
        }
    )


def approved(written: Demonstrated, who: Who) -> TableVersion:
    """Imported, weighed and approved by finance in January."""
    officer = who("jixiao", "01-16")
    version = import_table(officer, written.units["331001"], table())
    loaded = load(version)
    _, expected = expected_points(scheme_of(version))
    tags = [proposed_tags(each) for each in proposal_of(loaded).rows]
    shares = even(expected, loaded.rows)
    given = {
        row.pk: Tags(tag.level_1, tag.level_2, tag.direction, share, tag.method)
        for row, tag, share in zip(loaded.rows, tags, shares, strict=True)
    }
    set_weights(officer, version.pk, given, {})
    scan = SimpleUploadedFile("批复.pdf", sheet([("批复", ["同意"])]), "application/pdf")
    return record_approval(officer, version.pk, f"临财绩〔{YEAR}〕1号", date(YEAR, 1, 16), scan)


def money(version: TableVersion, account: Account) -> None:
    """预算 and what the treasury paid of it."""
    line = BudgetLine.objects.create(unit=version.table.unit, year=YEAR, source="fiscal", initial=BUDGET)
    for month, amount in ((7, SPENT_BY_JULY), (12, SPENT - SPENT_BY_JULY)):
        TreasuryPayment.objects.create(line=line, month=month, amount=amount, imported_by=account)


def ledger(who: Who, version: TableVersion) -> None:
    """The register: 21 firms and 7 platforms by July, 54 and 12 by the end of the year."""
    early, late = who("jixiao", "07-20"), who("jixiao", "12-20")
    register = declare_register(early, version.table.unit.department_id, REGISTER)
    for viewer, day, ranges in (
        (early, "06-01", {"firm": (0, 21), "platform": (0, 7)}),
        (late, "12-01", {"firm": (21, 54), "platform": (7, 12)}),
    ):
        record_entries(viewer, register.pk, [entry(kind, n, day) for kind, (first, last) in ranges.items() for n in range(first, last)])
    rows = {row.name: row for row in IndicatorRow.objects.filter(version=version)}
    for name, kind in ((FIRMS, "firm"), (PLATFORMS, "platform")):
        part = Part(register.code, "flow", counted_on="decided_on", states=("registered",), categories=(kind,), unit="家")
        bind_indicator(early, rows[name].indicator_id, Basis(kind, "当年认定", "Recognised in the year", parts=(part,)))


def entry(kind: str, number: int, day: str) -> dict[str, str]:
    """One recognition as somebody writes it, with what must not become public."""
    firm = uscc.made_up(60_000 + number + (500 if kind == "platform" else 0))
    return {
        "number": f"{kind.upper()}{number:04d}", "title": f"认定{number + 1}", "category": kind, "state": "registered",
        "organisation": f"{firm} 沂蒙演示{number + 1}号有限公司", "person": WITHHELD[0], "decided_on": f"{YEAR}-{day}",
        "mobile": WITHHELD[1], "recipe": WITHHELD[2], "note": WITHHELD[3],
    }  # fmt: skip


# --- for journeys that begin later -------------------------------------------------------------------------------------


def known() -> Demonstrated:
    """The organisation as it stands in the database."""
    return Demonstrated({}, {}, {account.username: account for account in Account.objects.all()})


def evaluated() -> None:
    """The self-evaluation accepted by finance in February of the next year."""
    version = TableVersion.objects.select_related("table__unit__department").get(table__year=YEAR)
    accepted(
        version, Account.objects.get(username="jixiao"), datetime(YEAR + 1, 1, 20, 2, tzinfo=UTC), overview="各科室逐项核对。",
        problems="高新技术企业认定数量未达到目标。", improvements=f"提前培育，按季调度；联系人电话{TELEPHONE}。",
        goal_actual="基本完成年度目标。",
    )  # fmt: skip


def published() -> None:
    """The package of the final account, and that of the budget, taken through the review and the signature, and published."""
    version = TableVersion.objects.select_related("table__unit__department").get(table__year=YEAR)
    who, today = people(known()), timezone.localdate().isoformat()
    for kind in (Package.Kind.BUDGET, Package.Kind.FINAL):
        row = begin_package(
            who("jixiao", today), version.table.unit.department_id, YEAR, kind, date.fromisoformat(today), f"临财预〔{YEAR + 1}〕30号"
        )
        if kind == Package.Kind.FINAL:
            redact(who("baomi", today), row.pk, "department/improvements", "privacy", "含个人电话。")
        prepare_package(who("jixiao", today), row.pk)
        row.refresh_from_db()
        review_package(who("baomi", today), row.pk, row.digest, True, "未发现涉密内容。")
        sign_package(who("juzhang", today), row.pk, row.digest, True)
        publish_package(who("jixiao", today), row.pk)
