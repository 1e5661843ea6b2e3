"""A small ledger of talent recommendations: evidence required, personal and secret columns, one register of office 03."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.ledgers.columns import Kind, Visibility
from zhiheng_web.ledgers.definition import Column, EvidenceKind, RegisterDefinition, State, to_json
from zhiheng_web.ledgers.models import EntryVersion, Register
from zhiheng_web.ledgers.subjects import Described, organisation_of, person_of
from zhiheng_web.ledgers.writing import Draft, write
from zhiheng_web.organisation.models import Account, Office, ReportingUnit, RoleAssignment
from zhiheng_web.organisation.viewer import Viewer, viewer_of
from zhiheng_web.uscc import made_up

DAY = date(2020, 6, 1)
IDENTITY = "11010519491231002X"
SECRETS = (IDENTITY, "13800001234", "张三丰", "6222020200012345678", "配方甲乙丙")

DEFINITION = RegisterDefinition(
    code="talent",
    zh="人才推荐",
    en="Talent recommendation",
    columns=(
        Column("number", "推荐编号", "Number", Kind.WORD, required=True, visibility=Visibility.PUBLIC),
        Column("title", "项目", "Project", Kind.WORD, visibility=Visibility.PUBLIC),
        Column("organisation", "申报单位", "Organisation", Kind.ORGANISATION, visibility=Visibility.PUBLIC),
        Column("person", "人选", "Candidate", Kind.PERSON, visibility=Visibility.PERSONAL),
        Column("amount", "贷款金额", "Loan", Kind.MONEY, visibility=Visibility.BANK_SECRET),
        Column("happened_on", "推荐日期", "Day", Kind.DATE),
        Column("mobile", "联系电话", "Telephone", Kind.WORD, visibility=Visibility.PERSONAL),
        Column("bank_account", "账号", "Account", Kind.WORD, visibility=Visibility.BANK_SECRET),
        Column("recipe", "技术要点", "Know-how", Kind.TEXT, visibility=Visibility.TRADE_SECRET),
        Column("remark", "备注", "Remark", Kind.TEXT),
    ),
    states=(State("recommended", "已推荐", "Recommended"), State("draft", "拟推荐", "Planned")),
    first_state="recommended",
    evidence=(
        EvidenceKind("letter", "推荐函", "Letter", required=True, states=("recommended",), address=True),
        EvidenceKind("photo", "照片", "Photograph"),
    ),
    key=("number",),
    reporters=True,
)


def register_of(organisation: Demonstrated, definition: RegisterDefinition = DEFINITION) -> Register:
    return Register.objects.create(
        department=organisation.departments["331"],
        code=definition.code,
        name_zh=definition.zh,
        name_en=definition.en,
        office=Office.objects.get(unit__code="331001", code="03"),
        takes_reports=True,
        definition=to_json(definition),
    )


def entry_of(register: Register, number: str, reporter: ReportingUnit | None = None, **values: Any) -> EntryVersion:
    """One entry with all its secrets, without evidence."""
    person = person_of(register.department, Described("张三丰", IDENTITY, mobile="13800001234"))
    firm = organisation_of(made_up(7), "山东甲乙有限公司", "371302").organisation
    words = {
        "number": number, "title": "丙项目", "organisation": firm, "person": person, "amount": 5000000, "happened_on": DAY,
        "mobile": "13800001234", "bank_account": "6222020200012345678", "recipe": "配方甲乙丙", "remark": "无",
    }  # fmt: skip
    draft = Draft({**words, **values}, "recommended", reporter=reporter.pk if reporter else None)
    return write(register, [draft], at=timezone.now(), by=None, change=EntryVersion.Change.RECORDED)[0]


def reporting_unit(organisation: Demonstrated, name: str = "兰山区科技局", division: str = "371302") -> tuple[ReportingUnit, Viewer]:
    unit = ReportingUnit.objects.create(department=organisation.departments["331"], name=name, division_code=division)
    account = Account.objects.create_user(f"u{division}", name)
    RoleAssignment.objects.create(account=account, role="reporter", reporter=unit, since=date(2015, 1, 1))
    return unit, viewer_of(account, timezone.localdate())
