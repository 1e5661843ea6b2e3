"""An approved table with a ledger of public, internal, personal and secret columns behind three indicators, and its self-evaluation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from tests.zhiheng_web.ledgers.filled import common, words
from tests.zhiheng_web.publication.packages.evaluated import accepted

from zhiheng.plan.procedure import State
from zhiheng_web import uscc
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.evaluation.models import SelfEvaluation
from zhiheng_web.ledgers.actions.bind_indicator import bind_indicator
from zhiheng_web.ledgers.actions.declare_register import declare_register
from zhiheng_web.ledgers.actions.record_entries import record_entries
from zhiheng_web.ledgers.columns import Kind, Visibility
from zhiheng_web.ledgers.definition import Column, RegisterDefinition
from zhiheng_web.ledgers.definition import State as Business
from zhiheng_web.ledgers.packs.bases import Basis, Part
from zhiheng_web.organisation.viewer import Viewer, viewer_of
from zhiheng_web.planning.models import IndicatorRow, TableVersion
from zhiheng_web.planning.versions import freeze, load
from zhiheng_web.publication.actions.begin_package import begin_package
from zhiheng_web.publication.actions.prepare_package import prepare_package
from zhiheng_web.publication.actions.publish_package import publish_package
from zhiheng_web.publication.actions.review_package import review_package
from zhiheng_web.publication.actions.sign_package import sign_package
from zhiheng_web.publication.models import Package

PUBLIC = Visibility.PUBLIC
REGISTER = RegisterDefinition(
    code="own",
    zh="成果登记",
    en="Registered results",
    columns=(
        common("number", required=True, visibility=PUBLIC),
        common("title", required=True, visibility=PUBLIC),
        common("organisation", visibility=PUBLIC),
        common("person", visibility=Visibility.PERSONAL),
        common("decided_on", visibility=PUBLIC),
        common("amount"),
        common("amount_2"),
        common("quantity", visibility=PUBLIC),
        Column("mobile", "联系电话", "Telephone", Kind.WORD, visibility=Visibility.PERSONAL),
        Column("recipe", "工艺", "Recipe", Kind.TEXT, visibility=Visibility.TRADE_SECRET),
        Column("note", "备注", "Note", Kind.TEXT),
    ),
    states=(Business("received", "已受理", "Received"), Business("registered", "已登记", "Registered", final=True)),
    first_state="received",
    key=("number",),
)
SECRETS = ("13800001234", "张三丰", "11010519491231002X", "催化剂配方七号", "内部备注不外传", "7654321", "88776655")
"""What stands in the register and must stand nowhere in what is public."""
HIGH_TECH, CARRIERS, AREA = 5, 6, 7
"""Places of three indicators in the table."""


def at(day: str) -> datetime:
    """Ten in the morning in China."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=2)


@pytest.fixture
def on(organisation: Demonstrated) -> Callable[[str, str], Viewer]:
    """``on("jixiao", "2021-08-12")``: the viewer of an account as on that day."""

    def viewer(username: str, day: str) -> Viewer:
        return replace(viewer_of(organisation.accounts[username], date.fromisoformat(day), "127.0.0.1"), at=at(day))

    return viewer


@pytest.fixture
def approved(linyi: TableVersion) -> TableVersion:
    """The real table as approved on 20 January 2020."""
    freeze(load(linyi), State.APPROVED, at("2020-01-20"), in_force_from=date(2020, 1, 1), approval_number="临财绩〔2020〕1号")
    linyi.refresh_from_db()
    return linyi


def result(number: str, firm: int, **more: str) -> dict[str, str]:
    """One entry as somebody writes it, with everything that must not become public."""
    said = words(number, organisation=uscc.made_up(firm), organisation_name=f"临沂{firm}号科技有限公司", decided_on="2020-06-01")
    said |= {"recipe": "催化剂配方七号", "note": "内部备注不外传", "amount": "7654321", "amount_2": "88776655", "quantity": "2.5"}
    return {name: value for name, value in {**said, **more}.items() if name != "county"}


@pytest.fixture
def ledger(approved: TableVersion, on: Callable[[str, str], Viewer]) -> list[UUID]:
    """The register with five entries, four of them registered, and three indicators bound to it. Gives the entries."""
    officer = on("jixiao", "2020-12-20")
    register = declare_register(officer, approved.table.unit.department_id, REGISTER)
    made = record_entries(officer, register.pk, [result(f"000{n}", n) for n in range(1, 5)] + [result("0005", 5, state="received")])
    rows = list(IndicatorRow.objects.filter(version=approved).order_by("position"))
    flow = {"counted_on": "decided_on", "states": ("registered",)}
    basis = Basis("own", "已登记成果", "Registered results", parts=(Part("own_1", "flow", unit="家", **flow),))
    bind_indicator(officer, rows[HIGH_TECH].indicator_id, basis)
    money = Part("own_1", "total", column="amount", unit="万元", target="≥1", **flow)
    bind_indicator(officer, rows[CARRIERS].indicator_id, replace(basis, parts=(money,)))
    area = Part("own_1", "total", column="quantity", unit="万平方米", once_by="organisation", **flow)
    bind_indicator(officer, rows[AREA].indicator_id, replace(basis, parts=(area,)))
    return [one.entry_id for one in made]


@pytest.fixture
def evaluated(approved: TableVersion, ledger: list[UUID], organisation: Demonstrated) -> SelfEvaluation:
    """Its accepted self-evaluation on the values of 31 December."""
    return accepted(
        approved, organisation.accounts["jixiao"], problems="个别指标进展偏慢。", improvements="按月核对台账。", goal_actual="总体完成。"
    )


@dataclass(frozen=True)
class Journey:
    """A package driven through its steps."""

    package: Package
    on: Callable[[str, str], Viewer]

    def to(self, state: str, day: str = "2021-08-20") -> Package:
        """Take the steps that are left up to a state."""
        steps = ("prepared", "reviewed", "signed", "published")
        for step in steps[: steps.index(state) + 1]:
            self.package.refresh_from_db()
            if step == "prepared" and self.package.state == "draft":
                prepare_package(self.on("jixiao", day), self.package.pk)
            elif step == "reviewed" and self.package.state == "prepared":
                review_package(self.on("baomi", day), self.package.pk, self.package.digest, True, "未发现涉密内容。")
            elif step == "signed" and self.package.state == "reviewed":
                sign_package(self.on("juzhang", day), self.package.pk, self.package.digest, True)
            elif step == "published" and self.package.state == "signed":
                publish_package(self.on("jixiao", day), self.package.pk)
        self.package.refresh_from_db()
        return self.package


@pytest.fixture
def final(evaluated: SelfEvaluation, on: Callable[[str, str], Viewer]) -> Journey:
    """The package of the final account, begun two days after the approval of 10 August 2021."""
    department = evaluated.table.unit.department_id
    return Journey(begin_package(on("jixiao", "2021-08-12"), department, 2020, "final", date(2021, 8, 10), "临财预〔2021〕30号"), on)


@pytest.fixture
def budget(approved: TableVersion, on: Callable[[str, str], Viewer]) -> Journey:
    """The package of the budget, begun two days after the approval."""
    department = approved.table.unit.department_id
    return Journey(begin_package(on("jixiao", "2020-01-22"), department, 2020, "budget", date(2020, 1, 20), "临财预〔2020〕12号"), on)
