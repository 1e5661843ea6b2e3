"""Actual values of a package: the frozen value of each row with how it came about, its course by month and what proves it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import override

from zhiheng.values.canonical import value_from
from zhiheng.values.comparison import meets
from zhiheng.values.direction import Direction
from zhiheng.values.value import Quantity
from zhiheng_web.evaluation.declaring import BASIS as DECLARED
from zhiheng_web.evaluation.declaring import left_to_a_person
from zhiheng_web.evaluation.models import SelfEvaluationRow
from zhiheng_web.ledgers.columns import Visibility
from zhiheng_web.ledgers.measures.actual import actual_of
from zhiheng_web.ledgers.measures.counting import counted
from zhiheng_web.ledgers.measures.judging import plain
from zhiheng_web.ledgers.measures.result import STATE_NAMES, PartResult, State
from zhiheng_web.ledgers.measures.result import Actual as Measured
from zhiheng_web.ledgers.models import Binding, Circumstance, CountingBasis, EntryVersion, Snapshot
from zhiheng_web.ledgers.models.bindings import is_identity
from zhiheng_web.ledgers.queries.explaining import explained
from zhiheng_web.ledgers.writing import definition_of
from zhiheng_web.planning.models import IndicatorRow
from zhiheng_web.publication.building.entries import Entries, closed, columns_of
from zhiheng_web.publication.building.pseudonyms import Pseudonyms
from zhiheng_web.publication.content.actuals import Actual, Evidence, Explained, Month, Part
from zhiheng_web.wording import Text

NO_FIGURE = frozenset({State.NOT_ORGANISED.value, State.NOT_APPLICABLE.value})
TIERS = {
    1: Text("达成年度指标", "Met the year's target"),
    2: Text("部分达成年度指标并具有一定效果", "Partly met, with some effect"),
    3: Text("未达成年度指标且效果较差", "Not met, with little effect"),
}
HANDED_IN = Text("佐证材料", "Supporting document")
NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Moved:
    """A frozen value that the ledgers, as known at its instant, no longer give: it must be frozen again before it is published."""

    indicator: str
    frozen: str
    found: str


class Actuals:
    """All actual values of a package. The queries do not grow with its rows."""

    def __init__(self, rows: Collection[tuple[SelfEvaluationRow, IndicatorRow]], names: Pseudonyms, *, whole: bool) -> None:
        self.moved: list[Moved] = []
        self._names, self._whole = names, whole
        with_ledger = [(row, goal) for row, goal in rows if row.snapshot is not None]
        self._snapshots = [row.snapshot for row, _ in with_ledger if row.snapshot is not None]
        parts = Prefetch("parts", Binding.objects.select_related("register").order_by("position", "code"), "every_part")
        bases = CountingBasis.objects.filter(pk__in={one.basis_id for one in self._snapshots}).prefetch_related(parts)
        self._bases: dict[UUID, CountingBasis] = {basis.pk: basis for basis in bases}
        for basis in self._bases.values():
            basis.__dict__["bound"] = [part for part in basis.every_part if not part.withdrawn]
        every = [part for basis in self._bases.values() for part in basis.every_part]
        self._entries = Entries(self._snapshots, every, names)
        self._decisions = self._circumstances()
        self._course: dict[UUID, list[Measured]] = {}
        if whole:
            self._count({row.snapshot.pk: (row.snapshot, goal) for row, goal in with_ledger if row.snapshot is not None})

    def _circumstances(self) -> dict[UUID, list[Circumstance]]:
        found: dict[UUID, list[Circumstance]] = {}
        indicators = {one.indicator_id for one in self._snapshots}
        for one in Circumstance.objects.filter(indicator__in=indicators, confirmed_at__isnull=False):
            found.setdefault(one.indicator_id, []).append(one)
        return found

    def _count(self, wanted: Mapping[UUID, tuple[Snapshot, IndicatorRow]]) -> None:
        """Each basis at each month's end and on the day of the data: the same statements for all of one day and instant."""
        groups: dict[tuple[date, datetime], list[tuple[Snapshot, IndicatorRow]]] = {}
        for snapshot, goal in wanted.values():
            groups.setdefault((snapshot.on, snapshot.known_at), []).append((snapshot, goal))
        channels: set[str] = set()
        for (on, known), members in groups.items():
            days = [*month_ends(on), on]
            bindings = {part.pk: part for snapshot, _ in members for part in self._bases[snapshot.basis_id].__dict__["bound"]}
            figures = counted(list(bindings.values()), days, known) if bindings else {}
            for snapshot, goal in members:
                basis = self._bases[snapshot.basis_id]
                self._course[snapshot.pk] = [actual_of(basis, figures, day, known, goal, n) for n, day in enumerate(days)]
                channels |= {str(one) for part in self._course[snapshot.pk][-1].parts for one in _channels(part)}
        self._channels = self._named({UUID(one) for one in channels if one})

    def _named(self, channels: Collection[UUID]) -> dict[str, str]:
        """Channel → what it is called, where its register makes the title public; else its pseudonym says that it is one."""
        rows = EntryVersion.objects.filter(entry__in=channels, known_until__year=9999).select_related("register").defer("sealed", "details")
        found = {}
        for row in rows:
            definition = definition_of(row.register)
            public = definition.has("title") and definition.column("title").visibility is Visibility.PUBLIC and not definition.classified
            found[str(row.entry_id)] = row.title if public else ""
        return found

    def of(self, row: SelfEvaluationRow, goal: IndicatorRow, observed: Mapping[str, Any], place: str) -> Actual:
        """The actual value of one row. Where a person judged what a ledger gives, the ledger's value stands here; where nothing was
        declared, or one figure of a target with several, the judgement.
        """
        if row.snapshot is not None and row.survey is None:
            undeclared = row.snapshot.value["state"] == State.UNBOUND.value
            if row.tier is None or not (undeclared or left_to_a_person(row)):
                return self._ledger(row.snapshot, place)
        if row.tier is not None:
            tier = TIERS.get(row.tier, NOTHING)
            state = State.MET if row.tier == 1 else State.MISSED
            return Actual("judged", state.value, tier, None, "", None, None)
        if row.survey is not None:
            return of_survey(row, goal, observed)
        return Actual("none", State.UNBOUND.value, STATE_NAMES[State.UNBOUND], None, "", None, None)

    def _ledger(self, snapshot: Snapshot, place: str) -> Actual:
        basis, value = self._bases[snapshot.basis_id], snapshot.value
        bindings = {part.code: part for part in basis.every_part}
        course = self._course.get(snapshot.pk, [])
        measured = {part.code: part for part in course[-1].parts} if course else {}
        self._check(snapshot, measured)
        parts = tuple(
            self._part(snapshot, bindings[one["code"]], one, measured.get(one["code"]), f"{place}/{one['code']}") for one in value["parts"]
        )
        evidence = self._proofs(snapshot, [bindings[one["code"]] for one in value["parts"]]) if self._whole else ()
        course = course[:-1] if value["state"] not in NO_FIGURE and runs(value) else []
        return Actual(
            source="declared" if basis.code == DECLARED else "ledger", state=value["state"],
            shown=Text(value["shown_zh"], value["shown_en"]), number=_decimal(value["value"]), unit=value["unit"],
            on=snapshot.on, known=snapshot.known_at, basis=Text(basis.text_zh, basis.text_en or basis.text_zh),
            join=basis.join, decisive=value["decisive"], circumstance=self._why(snapshot), snapshot=snapshot.digest, parts=parts,
            months=tuple(month_of(one) for one in course), evidence=evidence,
        )  # fmt: skip

    def _why(self, snapshot: Snapshot) -> str:
        if snapshot.value["state"] not in NO_FIGURE:
            return ""
        held = [
            one for one in self._decisions.get(snapshot.indicator_id, ())
            if one.year == snapshot.on.year and one.known_from <= snapshot.known_at < one.known_until
        ]  # fmt: skip
        return f"{held[0].reason}（{held[0].document}）" if held else ""

    def _part(self, snapshot: Snapshot, binding: Binding, kept: Mapping[str, Any], measured: PartResult | None, place: str) -> Part:
        definition = definition_of(binding.register)
        why = closed(definition, binding)
        lines = self._entries.lines(snapshot, binding, place) if self._whole and not why else ()
        return Part(
            code=binding.code, name=Text(binding.name_zh, binding.name_en or binding.name_zh), measure=kept["measure"],
            register=Text(binding.register.name_zh, binding.register.name_en), state=kept["state"], number=_decimal(kept["number"]),
            unit=kept["unit"], numerator=_decimal(kept["numerator"]), denominator=_decimal(kept["denominator"]), counted=kept["counted"],
            recorded=kept["recorded"], not_counted=dict(kept["not_counted"]), target=binding.target, how=self._how(measured),
            rule=self._rule(kept.get("rule", {})), closed=why, columns=columns_of(definition) if lines else (), lines=lines,
        )  # fmt: skip

    def _how(self, measured: PartResult | None) -> tuple[Explained, ...]:
        if measured is None:
            return ()
        names = {one: self._channels.get(one, "") for one in _channels(measured)}
        with override("zh-hans"):
            lines = explained(measured, {one: name for one, name in names.items() if name})
        return tuple(
            Explained(line.sign, line.text if isinstance(line.text, Text) else Text(line.text, line.text), line.words) for line in lines
        )

    def _rule(self, rule: Mapping[str, Any]) -> dict[str, Any]:
        """The rule with the channels under the same pseudonyms as the entries, and so the series of what is declared by hand."""
        channels = {self._names.channel(veil): day for veil, day in dict(rule.get("channels", {})).items()}
        series = str(rule.get("series", ""))
        return {**rule, "channels": channels, "series": self._names.of("series", series) if is_identity(series) else series} if rule else {}

    def _check(self, snapshot: Snapshot, measured: Mapping[str, PartResult]) -> None:
        for kept in snapshot.value["parts"]:
            part = measured.get(kept["code"])
            found = None if part is None or part.number is None else plain(part.number)
            if self._whole and found != kept["number"]:
                self.moved.append(Moved(str(snapshot.indicator), str(kept["number"]), str(found)))

    def _proofs(self, snapshot: Snapshot, bindings: Iterable[Binding]) -> tuple[Evidence, ...]:
        """What proves the counted entries. Of a declared figure the digests are public though its entry is not: nothing else proves it."""
        found: dict[tuple[str, str, str], Evidence] = {}
        for binding in bindings:
            if closed(definition_of(binding.register), binding) == "" or binding.declared:
                found.update(((one.of, one.sha256, one.url), one) for one in self._entries.evidence(snapshot, binding))
        return tuple(found.values())


def runs(value: Mapping[str, Any]) -> bool:
    """Whether a value has a course by month: a published figure, or one that is declared, speaks of its year as a whole."""
    return not value["parts"] or value["parts"][value["decisive"]]["measure"] != Binding.Measure.EXTERNAL


def of_survey(row: SelfEvaluationRow, goal: IndicatorRow, observed: Mapping[str, Any]) -> Actual:
    """The figure of a closed survey with how many answered; no answer is published."""
    over, under = _decimal(observed.get("numerator")), _decimal(observed.get("denominator"))
    number = over * 100 / under if over is not None and under else None
    survey = row.survey
    shown = Text(f"{plain(number, 2)}%", f"{plain(number, 2)}%") if number is not None else STATE_NAMES[State.SHOWN]
    answers = (survey.result or {}).get("answers") if survey is not None else None
    basis = Text(f"满意度调查：{survey.title}（{survey.audience}）", f"Survey: {survey.title} ({survey.audience})") if survey else NOTHING
    on = survey.closes_on if survey is not None else None
    exact = None if number is None else number.quantize(Decimal("0.000001"))
    return Actual("survey", answered(goal, number).value, shown, exact, "%", on, None, basis, answers=answers)


def answered(goal: IndicatorRow, number: Decimal | None) -> State:
    """Whether a survey's rate reaches its target: shown only where one of both says nothing."""
    if number is None or not goal.target_value:
        return State.SHOWN
    met = meets(value_from(goal.target_value), Quantity(number, "%"), Direction.RISING)
    return State.SHOWN if met is None else State.MET if met else State.MISSED


def files_of(row: SelfEvaluationRow) -> tuple[Evidence, ...]:
    """What was handed in with a value: the digest of each file, its title and name only where it is itself published."""
    return tuple(
        Evidence(
            one.file.sha256, HANDED_IN, title=one.title if one.public else "", file=one.public, name=one.file.name if one.public else "",
            media_type=one.file.media_type if one.public else "",
        )
        for one in row.files.all()
    )  # fmt: skip


def month_ends(on: date) -> list[date]:
    """The month's ends of a year up to a day; the day itself closes a month that is under way."""
    ends = [date(on.year + month // 12, month % 12 + 1, 1) - timedelta(1) for month in range(1, 13)]
    return [*(day for day in ends if day < on), on]


def month_of(measured: Measured) -> Month:
    """One point of the course."""
    number = None if measured.value is None else Decimal(plain(measured.value))
    return Month(measured.on, measured.state.value, number, measured.shown)


def _channels(part: PartResult) -> list[str]:
    since = part.extra.get("since")
    return [one for one in since if one] if isinstance(since, dict) else []


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
