"""申报实际完成值: a figure of an indicator that no ledger counts becomes a ledger entry of kind *declared*, with evidence.

One step for the person: the department's register 手工申报数据 is set up the first time, the indicator is bound to it, the entry is
recorded and proved, and the frozen value taken anew. So a typed figure has a day, an author, a proof and a history like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from django.core.files.base import File

from zhiheng.values.value import Quantity
from zhiheng_web.evaluation.actions.add_file import NO_FILE, kept_file
from zhiheng_web.evaluation.actions.take_values import renew
from zhiheng_web.evaluation.loading import done_with, opened, row_of, self_evaluation_for
from zhiheng_web.evaluation.models import SelfEvaluationRow
from zhiheng_web.evaluation.observing import unit_of
from zhiheng_web.evaluation.policies.self_evaluation import scopes_of
from zhiheng_web.ledgers.actions.declare_register import OWN
from zhiheng_web.ledgers.columns import COMMON, Visibility
from zhiheng_web.ledgers.definition import Column, EvidenceKind, RegisterDefinition, State
from zhiheng_web.ledgers.entering.preparing import Entering, prepare
from zhiheng_web.ledgers.entering.recording import recorded
from zhiheng_web.ledgers.evidence_store.taking import CheckedFile, take
from zhiheng_web.ledgers.models import FOREVER, CountingBasis, EntryVersion, Evidence, Register
from zhiheng_web.ledgers.packs.bases import Basis, Part
from zhiheng_web.ledgers.packs.binding import write_basis
from zhiheng_web.ledgers.packs.registering import place
from zhiheng_web.ledgers.writing import definition_of
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.circulation.refusing import refuse_unfit_words
from zhiheng_web.planning.models import Indicator
from zhiheng_web.trail.action import Done, Invalid, Refusal, action
from zhiheng_web.wording import Text

CODE = "declared"
BASIS = "declared"
PROOF = "proof"
BOUND = Text(
    "“{name}”已绑定台账，实际完成值由台账记录得出，不能手工申报。数字不对的，请更正台账记录。",
    "“{name}” is bound to a ledger: its value comes from entries and cannot be declared. Correct the entries instead.",
)
WHY = Text("自评申报实际完成值", "A value declared at self-evaluation")
SOURCE = Text("请写明数据来源。", "Say where the figure comes from.")
NUMBER = Text("请填写数字，最多 4 位小数。", "Give a number with at most 4 decimal places.")
UNIT = Text("请填写计量单位（如 家、项、%）。", "Give a unit (家, 项, %).")


def definition() -> RegisterDefinition:
    """The register 手工申报数据: one entry for an indicator and year, corrected like any other."""
    own = {
        "number": ("申报编号", "Number"), "title": ("指标名称", "Indicator"), "category": ("指标编码", "Indicator's code"),
        "decided_on": ("数据日期", "Day of the figure"), "data_year": ("数据年度", "Data year"), "quantity": ("申报数值", "Figure"),
        "publisher": ("数据来源", "Source"), "edition": ("版次", "Edition"),
    }  # fmt: skip
    columns = tuple(
        Column(
            name, zh, en, COMMON[name].kind if name != "category" else COMMON["number"].kind, required=name != "edition",
            visibility=Visibility.INTERNAL,
        )
        for name, (zh, en) in own.items()
    )  # fmt: skip
    return RegisterDefinition(
        code=CODE, zh="手工申报数据", en="Declared figures", columns=columns, states=(State("declared", "已申报", "Declared", final=True),),
        purpose_zh="没有台账的指标由科室申报的数值，每条附佐证材料", purpose_en="Figures of indicators without a ledger, with evidence",
        first_state="declared", evidence=(EvidenceKind(PROOF, "佐证材料", "Evidence", required=True),), key=("number",), unmeasured=True,
    )  # fmt: skip


def declare_actual(
    viewer: Viewer, self_evaluation: UUID, row_id: UUID, number: Decimal, unit: str, source: str, uploads: Sequence[File]
) -> SelfEvaluationRow:
    """Check the files, which may take long, then declare: see :func:`record_declared`."""
    one = self_evaluation_for(viewer, self_evaluation)
    row = row_of(one, row_id)
    authorise(viewer, "evaluation.declare_actual", scopes_of(one, [row])[row.pk])
    refuse_words(number, unit, source)
    if not uploads:
        raise Invalid("file_missing", NO_FILE, {"file": NO_FILE})
    return record_declared(viewer, self_evaluation, row_id, number, unit.strip(), source.strip(), [take(one) for one in uploads])


def refuse_words(number: Decimal, unit: str, source: str) -> None:
    """A figure, a unit and a source that can be kept."""
    if not number.is_finite() or abs(number) >= Decimal(10) ** 14 or number != number.quantize(Decimal("0.0001")):
        raise Invalid("number_wrong", NUMBER, {"number": NUMBER})
    if not unit.strip() or len(unit) > 30 or not isinstance(unit_of(unit.strip()), Quantity):
        raise Invalid("unit_wrong", UNIT, {"unit": UNIT})
    if not source.strip() or len(source) > 200:
        raise Invalid("source_missing", SOURCE, {"source": SOURCE})
    refuse_unfit_words({"unit": unit, "source": source})


@action("evaluation.declare_actual", steps=("self_evaluate",))
def record_declared(
    viewer: Viewer, self_evaluation: UUID, row_id: UUID, number: Decimal, unit: str, source: str, files: Sequence[CheckedFile]
) -> Done[SelfEvaluationRow]:
    """Register, binding, entry, evidence and frozen value, all or none."""
    one = opened(viewer, self_evaluation)
    row = row_of(one, row_id)
    authorise(viewer, "evaluation.declare_actual", scopes_of(one, [row])[row.pk])
    department = Department.objects.select_for_update(no_key=True).get(pk=one.table.unit.department_id)
    register = declared_register(department)
    indicator = Indicator.objects.select_for_update(no_key=True).get(pk=row.indicator_id)
    bind(register, indicator, row.indicator_row.name, unit)
    version = entry_of(viewer, register, row, one.table.year, number, source)
    prove(viewer, register, version, files)
    renew(viewer, one, [row], WHY.zh)
    details = {"row": row.indicator_row.name, "number": str(number), "unit": unit, "source": source, "entries": [str(version.entry_id)]}
    return done_with(one, row, after=[str(number), unit, sorted(file.sha256 for file in files)], details=details)


def declared_register(department: Department) -> Register:
    """The department's register of declared figures, made the first time."""
    found = Register.objects.filter(department=department, code=f"{OWN}{CODE}").first()
    if found is not None:
        return found
    made = Register(department=department, code=f"{OWN}{CODE}")
    last = Register.objects.filter(department=department).order_by("-position").values_list("position", flat=True).first()
    place(made, definition(), (last or 0) + 1, None)
    made.save(force_insert=True)
    return made


def bind(register: Register, indicator: Indicator, name: str, unit: str) -> None:
    """Bind the indicator to its declared figure: the published statistic of its own series, the newest edition of the year."""
    bases = list(CountingBasis.objects.filter(indicator=indicator, withdrawn=False))
    own = next((basis for basis in bases if basis.code == BASIS), None)
    if own is None and bases:
        raise Refusal("indicator_bound", BOUND.with_(name=name))
    part = Part(
        register.code, "external", counted_on="decided_on", column="quantity", unit=unit, series=str(indicator.pk), zh="手工申报",
        en="Declared", states=("declared",),
    )  # fmt: skip
    basis = Basis(BASIS, "手工申报（附佐证材料）", "Declared by hand, with evidence", parts=(part,))
    write_basis(indicator, "", basis, 0, True, own, {register.code: register})


def entry_of(viewer: Viewer, register: Register, row: SelfEvaluationRow, year: int, number: Decimal, source: str) -> EntryVersion:
    """A further edition of the figure: earlier ones stay in the ledger as they were."""
    how = Entering(register, definition_of(register), viewer.today(), EntryVersion.Standing.CONFIRMED)
    earlier = EntryVersion.objects.filter(register=register, category=str(row.indicator_id), data_year=year, known_until=FOREVER).count()
    words = {
        "number": f"{row.indicator_id}-{year}-{earlier + 1}", "title": row.indicator_row.name[:200], "category": str(row.indicator_id),
        "decided_on": f"{year}-12-31", "data_year": str(year), "quantity": f"{number:f}", "publisher": source, "edition": str(earlier + 1),
    }  # fmt: skip
    return recorded(viewer, how, prepare(how, [words], state="declared", create=True), frozenset({PROOF}))[0]


def prove(viewer: Viewer, register: Register, version: EntryVersion, files: Sequence[CheckedFile]) -> None:
    """The files as evidence of the entry."""
    kept = [kept_file(viewer, register.department_id, file) for file in {file.sha256: file for file in files}.values()]
    Evidence.objects.bulk_create(
        Evidence(
            entry_id=version.entry_id, file=file, kind=PROOF, title=file.name[:200], known_from=version.known_from, added_by=viewer.account
        )
        for file in kept
    )
