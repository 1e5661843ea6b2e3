"""A small register of contracts, its office, a county bureau and an outside unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from zhiheng.plan.procedure import Role
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.ledgers.columns import COMMON, Kind, Visibility
from zhiheng_web.ledgers.definition import Check, Choice, Column, EvidenceKind, Move, RegisterDefinition, State, to_json
from zhiheng_web.ledgers.models import Register
from zhiheng_web.organisation.models import Account, Office, ReportingUnit
from zhiheng_web.organisation.viewer import Held, Viewer, viewer_of

AT = datetime(2020, 6, 15, 2, 0, tzinfo=UTC)
USCC = "91371300MA3C4D5E6T"


def common(name: str, **more: Any) -> Column:
    return Column(name, COMMON[name].text.zh, COMMON[name].text.en, COMMON[name].kind, **more)


CONTRACTS = RegisterDefinition(
    code="contracts",
    zh="技术合同",
    en="Technology contracts",
    columns=(
        common("number", required=True, pattern=r"\d{6}", hint_zh="六位数字", hint_en="Six digits"),
        common("title", required=True),
        common("category", choices=(Choice("dev", "开发", "Development"), Choice("trans", "转让", "Transfer"))),
        common("organisation"),
        common("county"),
        common("received_on", required=True),
        common("happened_on"),
        common("due_on"),
        common("done_on"),
        common("quantity", unit="平方米"),
        common("amount", unit="万元"),
        common("about", register="contracts"),
        common("topics"),
        Column("mobile", "联系电话", "Telephone", Kind.WORD, visibility=Visibility.PERSONAL),
        Column("note", "备注", "Note", Kind.TEXT),
        Column("exempt", "是否免税", "Exempt", Kind.YES_NO),
    ),
    states=(
        State("received", "已受理", "Received"),
        State("registered", "已登记", "Registered"),
        State("refused", "不予登记", "Refused", final=True),
    ),
    first_state="received",
    moves=(
        Move(
            "register", "登记", "Register", ("received",), "registered", sets="done_on", needs=("category",),
            days=5, days_from="received_on",
        ),
        Move("refuse", "不予登记", "Refuse", ("received",), "refused", by=(Role.SECTION_HEAD,), sets="done_on", needs=("note",)),
    ),
    evidence=(EvidenceKind("contract", "合同", "Contract", required=True, states=("registered",)),),
    checks=(Check("order", "order", "办结不能早于受理。", "It cannot end before it was received.", columns=("received_on", "done_on")),),
    key=("number",),
    reporters=True,
)  # fmt: skip


@pytest.fixture
def contracts(organisation: Demonstrated) -> Register:
    """The register, kept by the office 03 of the bureau."""
    return declare(organisation, CONTRACTS)


def declare(organisation: Demonstrated, definition: RegisterDefinition, **more: Any) -> Register:
    unit = organisation.units["331001"]
    return Register.objects.create(
        department=unit.department, code=definition.code, name_zh=definition.zh, name_en=definition.en, definition=to_json(definition),
        office=Office.objects.get(unit=unit, code="03"), takes_reports=True, **more,
    )  # fmt: skip


def at(viewer: Viewer, moment: datetime = AT) -> Viewer:
    return replace(viewer, at=moment)


@pytest.fixture
def filler(organisation: Demonstrated) -> Viewer:
    """Who fills in for office 03, on 15 June 2020."""
    return at(viewer_of(organisation.accounts["jingban"], date(2020, 1, 10)))


@pytest.fixture
def head(organisation: Demonstrated) -> Viewer:
    return at(viewer_of(organisation.accounts["kezhang"], date(2020, 1, 10)))


def reporter_of(organisation: Demonstrated, name: str, **fields: Any) -> Viewer:
    """Somebody of a reporting unit of the bureau."""
    department = organisation.units["331001"].department
    unit = ReportingUnit.objects.create(department=department, name=name, **fields)
    account = Account.objects.create_user(f"u{unit.pk.hex[:8]}", name, None)
    return Viewer(account, (Held(Role.REPORTER, department.pk, reporter=unit.pk),), at=AT)


@pytest.fixture
def lanshan(organisation: Demonstrated) -> Viewer:
    return reporter_of(organisation, "兰山区科技局", kind="county", division_code="371302")


@pytest.fixture
def feixian(organisation: Demonstrated) -> Viewer:
    return reporter_of(organisation, "费县科技局", kind="county", division_code="371325")


def words(number: str = "000001", **more: str) -> dict[str, str]:
    """A contract as somebody writes it."""
    return {"number": number, "title": "轴承热处理技术开发", "received_on": "2020-06-01", **more}
