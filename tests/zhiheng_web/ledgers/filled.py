"""A department's ledger with something of everything in it, made through the service's own actions."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.zhiheng_web.ledgers.evidence.files import pdf

from zhiheng_web import uscc
from zhiheng_web.ledgers.actions.add_evidence import add_evidence
from zhiheng_web.ledgers.actions.bind_indicator import bind_indicator
from zhiheng_web.ledgers.actions.decide_circumstance import decide_circumstance
from zhiheng_web.ledgers.actions.declare_register import declare_register
from zhiheng_web.ledgers.actions.import_entries import import_entries
from zhiheng_web.ledgers.actions.link_entries import link_entries
from zhiheng_web.ledgers.actions.record_entries import record_entries
from zhiheng_web.ledgers.actions.take_snapshot import take_snapshot
from zhiheng_web.ledgers.columns import COMMON, Kind, Visibility
from zhiheng_web.ledgers.definition import Choice, Column, EvidenceKind, Move, ObligationRule, RegisterDefinition, State
from zhiheng_web.ledgers.importing.reading import read_import
from zhiheng_web.ledgers.models import EntryVersion, LedgerPaper, Register
from zhiheng_web.ledgers.packs.bases import Basis, Part
from zhiheng_web.organisation.viewer import Viewer


def common(name: str, **more: object) -> Column:
    return Column(name, COMMON[name].text.zh, COMMON[name].text.en, COMMON[name].kind, **more)  # type: ignore[arg-type]


DEFINITION = RegisterDefinition(
    code="own",
    zh="成果登记",
    en="Registered results",
    columns=(
        common("number", required=True),
        common("title", required=True),
        common("category", choices=(Choice("applied", "应用技术", "Applied"), Choice("theory", "基础理论", "Theory"))),
        common("organisation"),
        common("person", visibility=Visibility.PERSONAL),
        common("county"),
        common("decided_on"),
        common("due_on"),
        common("done_on"),
        common("amount"),
        Column("mobile", "联系电话", "Telephone", Kind.WORD, visibility=Visibility.PERSONAL),
        Column("note", "备注", "Note", Kind.TEXT),
    ),
    states=(State("received", "已受理", "Received"), State("registered", "已登记", "Registered", final=True)),
    first_state="received",
    moves=(Move("register", "登记", "Register", ("received",), "registered", sets="decided_on"),),
    evidence=(EvidenceKind("certificate", "登记证书", "Certificate", required=True, address=True),),
    obligations=(ObligationRule("quarterly", "每季度核对", "Quarterly check", "received", every="quarter"),),
    key=("number",),
    reporters=True,
)
BASIS = Basis(
    "own",
    "已登记成果",
    "Registered results",
    parts=(Part("own_1", "flow", counted_on="decided_on", states=("registered",), zh="已登记成果", en="Registered results"),),
)


def words(number: str, **more: str) -> dict[str, str]:
    """A result as somebody writes it."""
    given = {"number": number, "title": f"成果{number}", "decided_on": "2020-01-06", "organisation": uscc.made_up(7)}
    given |= {"organisation_name": "临沂甲科技有限公司", "person_identity": "11010519491231002X"}
    return {**given, "mobile": "13800001234", "person": "张三丰", "county": "371302", "amount": "12.5", "state": "registered", **more}


def fill(viewer: Viewer, department: UUID, indicator: UUID, firm: int = 7) -> dict[str, UUID]:
    """An id of every kind of thing of a ledger, by the name it has in addresses. ``firm``: of which made-up organisation it speaks."""
    register = declare_register(viewer, department, DEFINITION)
    code = uscc.made_up(firm)
    first, second, waiting = record_entries(
        viewer,
        register.pk,
        [
            words("0001", organisation=code),
            words("0002", organisation=code),
            words("0003", organisation=code, state="received", due_on="2020-02-01"),
        ],
    )
    evidence = add_evidence(viewer, [first.entry_id], [SimpleUploadedFile("证书.pdf", pdf())], "certificate", page="1")
    link = link_entries(viewer, first.entry_id, second.entry_id, "配套")
    batch = import_entries(viewer, register.pk, SimpleUploadedFile("成果.csv", SHEET.encode("utf-8-sig"), "text/csv"))
    read_import(batch.pk)
    basis = bind_indicator(viewer, indicator, BASIS)
    snapshot = take_snapshot(viewer, [indicator], date(2020, 1, 10))[0]
    circumstance = decide_circumstance(viewer, indicator, 2019, "not_organised", "上级未组织", "鲁科字〔2019〕1号")
    paper = LedgerPaper.objects.create(
        department_id=department, register=register, entry_id=first.entry_id, kind="none", number="1", title="文书", content={},
        digest="", issued_by=viewer.account, issued_at=viewer.now(),
    )  # fmt: skip
    said = EntryVersion.objects.get(pk=first.pk)
    return {
        "register": register.pk, "ledger": register.pk, "entry": first.entry_id, "waiting": waiting.entry_id, "target": second.entry_id,
        "evidence": evidence[0].pk, "link": link.pk, "batch": batch.pk, "basis": basis.pk, "snapshot": snapshot.pk,
        "circumstance": circumstance.pk, "ledger_paper": paper.pk, "organisation": said.organisation_id, "person": said.person_id,
    }  # fmt: skip


SHEET = """编号,名称,批准日期,办理状态
0101,成果一,2020-01-07,已登记
,缺编号,2020-01-07,已登记
0102,成果二,不是日期,已登记
"""


def register_of(ids: dict[str, UUID]) -> Register:
    """The register of a filled ledger."""
    return Register.objects.get(pk=ids["register"])
