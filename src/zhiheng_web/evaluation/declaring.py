"""申报: a figure, or the day on which a thing was done, of an indicator that no ledger counts, as an entry of a register with evidence.

The register 手工申报数据 of the department is set up the first time, the indicator is bound to it, and the entry is recorded and proved.
A declared figure speaks of one day, that of a round or the year's last one, and holds on no other: 8家 of July are not those of the year.
What was done on a day stays done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from django.core.files.base import File

from zhiheng.values.comparison import PER_YEAR
from zhiheng.values.value import Cadence, Deadline, Parts, Quantity, Relative, Value
from zhiheng_web.evaluation.actions.add_file import NO_FILE, kept_file
from zhiheng_web.evaluation.models import MonitoringRow, SelfEvaluationRow
from zhiheng_web.evaluation.observing import by_hand, in_unit, unit_of
from zhiheng_web.ledgers.actions.declare_register import OWN
from zhiheng_web.ledgers.columns import COMMON, Visibility
from zhiheng_web.ledgers.definition import Column, EvidenceKind, RegisterDefinition, State
from zhiheng_web.ledgers.entering.preparing import Entering, prepare
from zhiheng_web.ledgers.entering.recording import recorded
from zhiheng_web.ledgers.evidence_store.taking import CheckedFile
from zhiheng_web.ledgers.measures.judging import as_declared, meant, plain, words_of_change
from zhiheng_web.ledgers.models import FOREVER, CountingBasis, EntryVersion, Evidence, Register, Snapshot
from zhiheng_web.ledgers.packs.bases import Basis, Part
from zhiheng_web.ledgers.packs.binding import write_basis
from zhiheng_web.ledgers.packs.registering import Changes, change_register_row, place
from zhiheng_web.ledgers.writing import definition_of
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.circulation.refusing import refuse_unfit_words
from zhiheng_web.planning.models import Indicator, IndicatorRow
from zhiheng_web.trail.action import Invalid, Refusal
from zhiheng_web.wording import Text

CODE = "declared"
BASIS = "declared"
PROOF = "proof"
MOVED = {"down": Text("下降", "fell"), "up": Text("上升", "rose")}
BOUND = Text(
    "“{name}”已绑定台账，实际完成值由台账记录得出，不能手工申报。数字不对的，请更正台账记录。",
    "“{name}” is bound to a ledger: its value comes from entries and cannot be declared. Correct the entries instead.",
)
SOURCE = Text("请写明数据来源。", "Say where the figure comes from.")
NUMBER = Text("请填写数字，最多 4 位小数。", "Give a number with at most 4 decimal places.")
UNIT = Text("请填写计量单位（如 家、项、%）。", "Give a unit (家, 项, %).")
DAY = Text("目标是一个时限，请填写实际完成的日期。", "The target is a date: give the day on which it was done.")
NO_DAY = Text("目标不是时限，请填写数值。", "The target is no date: give a figure.")
LATER = Text("完成日期不能晚于 {day}。还没有完成的，不必申报。", "It cannot have been done after {day}. What is not done is not declared.")
SIGN = Text(
    "目标是“{target}”，请填写幅度本身，不带负号：{meant}的填 {size}，另一方向的请选“{other}”。",
    "The target is “{target}”: give the size alone, without a sign. {meant}: {size}; for the other direction choose “{other}”.",
)
SEVERAL = Text(
    "目标“{target}”有几项，一个数不能代表各项，不能在此申报。请在自评时办理“人工评定”，在评定依据中写明各项完成数"
    "（监控时写在原因说明里）；要分项申报的，先办理目标调整，把各项分成几个指标。",
    "The target “{target}” has several parts: one figure cannot stand for all of them and is not declared here. Judge the row at "
    "self-evaluation and give the figure of each part as its basis (at monitoring in the explanation); to declare them one by one, have "
    "the target divided into several indicators by an adjustment.",
)
SO_FAR = Text(
    "目标是“{target}”，全年合计{total}：填写本年（截至{month}月{day}日）累计数。",
    "The target is “{target}”, {total} in the year: give the count of the year up to {on}.",
)
ONE_PERIOD = Text(
    "{figure}没有超过一期的目标（{target}，全年合计{total}）。请填写本年累计数；确为累计数的，勾选“确为本年累计数”后再申报。",
    "{figure} is no more than the target of one period ({target}, {total} in the year). Give the count of the year so far; if it is that, "
    "tick “It is the count of the year” and declare again.",
)
OWN_UNIT = Text("目标按“{unit}”计，请用同一单位。", "The target is in {unit}: use the same unit.")


@dataclass(frozen=True, slots=True)
class Said:
    """What a person declares: ``number`` in ``unit``, or ``done_on``. ``moved``: which way a change went, '' as the target asks.

    ``so_far``: he says that a figure as small as one period's target is the count of the year.
    """

    number: Decimal | None
    unit: str
    source: str
    moved: str = ""
    done_on: date | None = None
    so_far: bool = False


@dataclass(frozen=True, slots=True)
class Asks:
    """What the form asks for by the target: a figure in ``unit``, a day, or the size of a change with the ways it may have gone.

    Of a target of several measures it asks for nothing: ``said`` tells what is done instead. Of one with a frequency (每月4篇) it asks
    for the count of the year so far, as ``said`` tells.
    """

    kind: Literal["figure", "so_far", "date", "change", "several"]
    label: Text
    unit: str
    ways: tuple[tuple[str, Text], ...] = ()
    said: Text | None = None


def of_several(row: IndicatorRow) -> bool:
    """Whether a target asks for several measures, each with a figure of its own (举办培训班4期，培训人员200人)."""
    target = meant(row)
    return (isinstance(target, Parts) and not target.shared) or len(row.parts.all()) > 1


def left_to_a_person(row: MonitoringRow | SelfEvaluationRow) -> bool:
    """Whether a row of several measures has no ledger and no survey: one declared figure is not theirs, so a person judges it."""
    declared = row.snapshot is None or by_hand(row.snapshot.value)
    surveyed = isinstance(row, SelfEvaluationRow) and row.survey_id is not None
    return declared and not surveyed and of_several(row.indicator_row)


def in_a_year(target: Value | None) -> Decimal | None:
    """What a target with a frequency comes to in a year, as it is scored: 每月4篇 is 48篇. None of any other, and of one by the year."""
    if not isinstance(target, Cadence) or target.every.unit not in PER_YEAR or not target.every.count:
        return None
    total = target.amount * PER_YEAR[target.every.unit] / target.every.count
    return total if total > target.amount else None


def asks(row: IndicatorRow, target: Value | None, on: date) -> Asks:
    """The inputs for the target of a row, ``on`` the day that the figure speaks of."""
    if of_several(row):
        several = SEVERAL.with_(target=row.target_text or "")
        return Asks("several", several, "", said=several)
    if isinstance(target, Deadline):
        return Asks("date", Text("完成日期", "Day on which it was done"), "")
    if isinstance(target, Relative) and target.change:
        measured = target.unit or "%"
        zh, en = ("下降", "Fall") if target.change == "down" else ("增长", "Rise")
        ways = tuple((way, MOVED[way]) for way in sorted(MOVED, key=lambda one: one != target.change))
        return Asks("change", Text(f"{zh}幅度（{measured}）", f"{en} ({measured})"), measured, ways)
    if isinstance(target, Cadence) and (total := in_a_year(target)) is not None:
        day = {"month": on.month, "day": on.day, "on": on.isoformat()}
        said = SO_FAR.with_(target=row.target_text or "", total=f"{plain(total, 2)}{target.unit}", **day)
        return Asks("so_far", Text("本年累计数", "Count of the year so far"), target.unit, said=said)
    return Asks("figure", Text("数值", "Figure"), row.target_unit)


def declarable(snapshot: Snapshot | None) -> bool:
    """Whether a row's value may be declared by hand: no ledger counts it, or it was declared before."""
    return snapshot is None or snapshot.basis.code == BASIS


def fitted(row: IndicatorRow, target: Value | None, said: Said, last: date) -> Said:
    """What was said as it will be kept, or Invalid at its input. ``last`` is the latest day of a deed."""
    said = measured(row, target, said, last)
    if not said.source.strip() or len(said.source) > 200:
        raise Invalid("source_missing", SOURCE, {"source": SOURCE})
    refuse_unfit_words({"unit": said.unit, "source": said.source})
    return replace(said, source=said.source.strip())


def measured(row: IndicatorRow, target: Value | None, said: Said, last: date) -> Said:
    """The figure or day alone, as it will be kept."""
    words = row.target_text or ""
    if of_several(row):
        text = SEVERAL.with_(target=words)
        raise Invalid("target_of_several", text, {"number": text})
    if isinstance(target, Deadline):
        said = _day(said, last)
    elif said.done_on is not None:
        raise Invalid("day_needless", NO_DAY, {"done_on": NO_DAY})
    elif isinstance(target, Relative) and target.change:
        said = _change(target, words, said)
    else:
        said = replace(said, moved="")
    if said.done_on is None:
        refuse_number(said)
        refuse_one_period(target, words, said)
    return replace(said, unit=said.unit.strip())


def refuse_one_period(target: Value | None, words: str, said: Said) -> None:
    """A figure that looks like one period's (4篇 of 每月4篇) and of which nobody says that it is the count of the year."""
    total = in_a_year(target)
    if said.so_far or said.number is None or total is None or not isinstance(target, Cadence):
        return
    if 0 < in_unit(said.number, said.unit.strip()).amount <= target.amount:
        figure, whole = f"{plain(said.number)}{said.unit.strip()}", f"{plain(total, 2)}{target.unit}"
        text = ONE_PERIOD.with_(figure=figure, target=words, total=whole)
        raise Invalid("one_period", text, {"so_far": text})


def refuse_number(said: Said) -> None:
    """A figure and a unit that can be kept."""
    number = said.number
    if number is None or not number.is_finite() or abs(number) >= Decimal(10) ** 14 or number != number.quantize(Decimal("0.0001")):
        raise Invalid("number_wrong", NUMBER, {"number": NUMBER})
    if not said.unit.strip() or len(said.unit) > 30 or not isinstance(unit_of(said.unit.strip()), Quantity):
        raise Invalid("unit_wrong", UNIT, {"unit": UNIT})


def _day(said: Said, last: date) -> Said:
    if said.done_on is None:
        raise Invalid("day_missing", DAY, {"done_on": DAY})
    if said.done_on > last:
        text = LATER.with_(day=last.isoformat())
        raise Invalid("day_later", text, {"done_on": text})
    return replace(said, number=None, unit="", moved="")


def _change(target: Relative, words: str, said: Said) -> Said:
    """The size of a change, below zero where it went the other way. A sign in the number says nothing certain and is refused."""
    unit = target.unit or said.unit.strip() or "%"
    if said.unit.strip() not in ("", unit):
        text = OWN_UNIT.with_(unit=unit)
        raise Invalid("unit_wrong", text, {"unit": text})
    if said.number is not None and said.number.is_finite() and said.number < 0:
        other = MOVED["up" if target.change == "down" else "down"]
        size = plain(abs(said.number))
        meant = Text(f"{MOVED[target.change].zh}了 {size}{unit}", f"{MOVED[target.change].en} by {size}{unit}")
        text = SIGN.with_(target=words, meant=meant, size=size, other=other)
        raise Invalid("sign_contradicts", text, {"number": text})
    opposite = said.moved in MOVED and said.moved != target.change
    number = -said.number if opposite and said.number is not None else said.number
    return replace(said, number=number, unit=unit, moved="")


def reading(target: Value | None, said: Said) -> Text:
    """How what was said, fitted, will be read."""
    if said.done_on is not None:
        day = said.done_on
        words = Text(f"{day.year}年{day.month}月{day.day}日完成", f"done on {day.isoformat()}")
    else:
        number = said.number or Decimal(0)
        change = as_declared(number, said.unit, target)
        words = words_of_change(change) if isinstance(change, Relative) else Text(*[f"{plain(number)}{said.unit}"] * 2)
    return Text("将按“{words}”计", "Will be read as: {words}").with_(words=words)


def refuse_no_files(uploads: Sequence[File]) -> None:
    """A figure without evidence."""
    if not uploads:
        raise Invalid("file_missing", NO_FILE, {"file": NO_FILE})


def write_declared(viewer: Viewer, row: IndicatorRow, on: date, said: Said, files: Sequence[CheckedFile]) -> EntryVersion:
    """Register, binding, entry and evidence, within the transaction of an action that has authorised it."""
    indicator = Indicator.objects.select_for_update(no_key=True).get(pk=row.indicator_id)
    department = Department.objects.select_for_update(no_key=True).get(pk=indicator.department_id)
    register = declared_register(viewer, department)
    bind(register, indicator, row.name, said.unit)
    version = entry_of(viewer, register, row, on, said)
    prove(viewer, register, version, files)
    return version


def definition() -> RegisterDefinition:
    """The register 手工申报数据: an entry for each declaration, a further edition where the day was declared before."""
    own = {
        "number": ("申报编号", "Number"), "title": ("指标名称", "Indicator"), "category": ("指标编码", "Indicator's code"),
        "decided_on": ("数据日期", "Day of the figure"), "data_year": ("数据年度", "Data year"), "quantity": ("申报数值", "Figure"),
        "done_on": ("完成日期", "Done on"), "publisher": ("数据来源", "Source"), "edition": ("版次", "Edition"),
    }  # fmt: skip
    columns = tuple(
        Column(
            name, zh, en, COMMON[name].kind if name != "category" else COMMON["number"].kind,
            required=name not in ("edition", "quantity", "done_on"), visibility=Visibility.INTERNAL,
        )
        for name, (zh, en) in own.items()
    )  # fmt: skip
    return RegisterDefinition(
        code=CODE, zh="手工申报数据", en="Declared figures", columns=columns, states=(State("declared", "已申报", "Declared", final=True),),
        purpose_zh="没有台账的指标由科室申报的数值，每条附佐证材料", purpose_en="Figures of indicators without a ledger, with evidence",
        first_state="declared", evidence=(EvidenceKind(PROOF, "佐证材料", "Evidence", required=True),), key=("number",), unmeasured=True,
    )  # fmt: skip


def declared_register(viewer: Viewer, department: Department) -> Register:
    """The department's register of declared figures, made the first time; one from before dates were declared gets their column."""
    found = Register.objects.filter(department=department, code=f"{OWN}{CODE}").first()
    if found is not None:
        if not definition_of(found).has("done_on"):
            at, wanted = viewer.now(), replace(definition(), code=definition_of(found).code)
            change_register_row(found, wanted, found.position, found.duty_id, Changes(), at=at, by=viewer.account)
        return found
    made = Register(department=department, code=f"{OWN}{CODE}")
    last = Register.objects.filter(department=department).order_by("-position").values_list("position", flat=True).first()
    place(made, definition(), (last or 0) + 1, None)
    made.save(force_insert=True)
    return made


def bind(register: Register, indicator: Indicator, name: str, unit: str) -> None:
    """Bind the indicator to what is declared of it: the series of its own identity (ledgers.models.Binding.declared)."""
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


def entry_of(viewer: Viewer, register: Register, row: IndicatorRow, on: date, said: Said) -> EntryVersion:
    """A further edition of the figure of a day: earlier ones stay in the ledger as they were."""
    how = Entering(register, definition_of(register), viewer.today(), EntryVersion.Standing.CONFIRMED)
    indicator = str(row.indicator_id)
    days = EntryVersion.objects.filter(register=register, category=indicator, data_year=on.year, known_until=FOREVER)
    earlier = list(days.values_list("decided_on", flat=True))
    words = {
        "number": f"{indicator}-{on.year}-{len(earlier) + 1}", "title": row.name[:200], "category": indicator, "decided_on": on.isoformat(),
        "data_year": str(on.year), "quantity": "" if said.number is None else f"{said.number:f}",
        "done_on": said.done_on.isoformat() if said.done_on else "", "publisher": said.source, "edition": f"{earlier.count(on) + 1:02d}",
    }  # fmt: skip
    return recorded(viewer, how, prepare(how, [words], state="declared", create=True), frozenset({PROOF}))[0]


def prove(viewer: Viewer, register: Register, version: EntryVersion, files: Sequence[CheckedFile]) -> None:
    """The files as evidence of the entry."""
    department: UUID = register.department_id
    kept = [kept_file(viewer, department, file) for file in {file.sha256: file for file in files}.values()]
    Evidence.objects.bulk_create(
        Evidence(
            entry_id=version.entry_id, file=file, kind=PROOF, title=file.name[:200], known_from=version.known_from, added_by=viewer.account
        )
        for file in kept
    )


def details_of(row: IndicatorRow, said: Said, version: EntryVersion) -> dict[str, object]:
    """What the trail keeps of a declaration."""
    figure = said.done_on.isoformat() if said.done_on else str(said.number)
    return {"row": row.name, "number": figure, "unit": said.unit, "source": said.source, "entries": [str(version.entry_id)]}
