"""One evaluation with everything that its viewer sees of it. Queries do not grow with items, marks or materials."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from zhiheng.evaluation.frame import Found, explain
from zhiheng.evaluation.index_system import LEVELS, IndexSystem
from zhiheng.evaluation.panel import Fate, ItemResult
from zhiheng.scoring.rounding import decimal
from zhiheng_web.evaluation.evaluating.lookup import KINDS, evaluation_for, watched
from zhiheng_web.evaluation.evaluating.marking import Judged, judged, system_of
from zhiheng_web.evaluation.evaluating.offering import offered
from zhiheng_web.evaluation.evaluating.sight import Sight, sight_of
from zhiheng_web.evaluation.evaluating.steps import ROUTE, STATES, TONES, State
from zhiheng_web.evaluation.models import Engagement, Evaluation, EvaluationReport, Evaluator, IndexItem, Mark, Material
from zhiheng_web.evaluation.queries.sheet import ratios_of
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.wording import Text

FATES = {
    Fate.COUNTED: Text("计入", "counted"), Fate.HIGHEST: Text("去掉最高分", "left out: highest"),
    Fate.LOWEST: Text("去掉最低分", "left out: lowest"), Fate.NOT_APPLICABLE: Text("不适用", "not applicable"),
    Fate.VOIDED: Text("作废", "void"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item of the index system with what the viewer may know of it.

    ``own``: his own mark. ``marks``: (evaluator, points, fate, remark), once he may see them. ``ratio``: what the department-wide frame
    says, ``proposed``: the points that it proposes, ``steps``: how it comes to them.
    """

    item: IndexItem
    level: Text
    first: bool
    own: Mark | None
    result: ItemResult | None
    marks: tuple[tuple[str, Decimal | None, Text, str], ...]
    ratio: Found | None
    proposed: Decimal | None
    steps: tuple[Text, ...] = ()

    @property
    def points(self) -> Decimal | None:
        """The points: those that were kept at acceptance, else those of the marks."""
        return self.item.points if self.item.points is not None else self.result.points if self.result is not None else None

    @property
    def apart(self) -> Decimal | None:
        """How far the marks are apart."""
        return decimal(self.result.apart) if self.result is not None else None

    @property
    def ratio_words(self) -> Text | None:
        """The rate of the frame, or why there is none."""
        return Text(self.ratio.words("zh"), self.ratio.words("en")) if self.ratio is not None else None

    @property
    def sum_text(self) -> Text:
        """An item that all say does not apply."""
        left = self.result is not None and not self.result.applies
        return Text("不适用", "not applicable") if left else Text("—", "—")


@dataclass(frozen=True, slots=True)
class MaterialLine:
    """One material. ``state`` received, sent_back, waived, overdue or awaited."""

    material: Material
    state: str
    text: Text
    tone: str


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One draft. ``newest``: the one that steps are taken on."""

    report: EvaluationReport
    newest: bool
    late: bool


@dataclass(frozen=True, slots=True)
class EvaluationPage:
    """One evaluation. What the viewer may not see is not in it."""

    evaluation: Evaluation
    kind: Text
    state: Text
    tone: str
    sight: Sight
    system: IndexSystem
    engagements: tuple[Engagement, ...]
    items: tuple[ItemLine, ...]
    materials: tuple[MaterialLine, ...]
    panel: tuple[Evaluator, ...]
    reports: tuple[ReportLine, ...]
    results: Judged | None
    can: frozenset[str]
    today: date

    @property
    def route(self) -> list[tuple[Text, str]]:
        """Where it stands on its way: each step with done, now or ''."""
        here = ROUTE.index(State(self.evaluation.state)) if self.evaluation.state in ROUTE else -1
        accepted = self.evaluation.state == State.ACCEPTED
        return [(STATES[one], "done" if place < here or accepted else "now" if place == here else "") for place, one in enumerate(ROUTE)]

    @property
    def open_engagement(self) -> Engagement | None:
        """The engagement under way, if the viewer sees it."""
        return next((one for one in self.engagements if one.ended_at is None), None)

    @property
    def total(self) -> Decimal | None:
        """The total as far as the viewer sees it."""
        if self.evaluation.total is not None:
            return self.evaluation.total
        return self.results.total.points if self.results is not None else None

    @property
    def grade(self) -> str:
        """The grade with it."""
        return self.evaluation.grade or (self.results.total.grade if self.results is not None else "")

    @property
    def handed_in(self) -> int:
        """How many of the panel have handed in."""
        return sum(1 for one in self.panel if one.handed_in_at is not None and one.voided_at is None)

    @property
    def standing(self) -> int:
        """How many are on the panel."""
        return sum(1 for one in self.panel if one.voided_at is None)

    @property
    def loss(self) -> str:
        """What a percentage point away from full costs where a ratio proposes points, in per cent of the item's."""
        return self.system.word("frame.loss")

    @property
    def full(self) -> Decimal:
        """All points of the items."""
        return sum((line.item.full for line in self.items), Decimal(0))


@watched
def evaluation_page(viewer: Viewer, evaluation: UUID) -> EvaluationPage:
    """One evaluation as its viewer sees it. An agency that is not engaged for it is refused, and that is kept."""
    found = evaluation_for(viewer, evaluation)
    seats = list(Evaluator.objects.filter(evaluation=found).select_related("account").order_by("appointed_by", "pk"))
    sight = sight_of(viewer, found, seats)
    base = system_of(found)
    engagements = _engagements(found, sight)
    head = (found, KINDS[Evaluation.Kind(found.kind)], STATES[found.state], TONES.get(found.state, ""), sight, base, engagements)
    if sight.terms_only:
        return EvaluationPage(*head, (), (), (), (), None, offered(viewer, found, sight, None), viewer.today())
    results, marks = _results(found, seats, base)
    reports = _reports(found, sight, viewer.today())
    return EvaluationPage(
        *head, _items(found, sight, base, results, marks, seats), _materials(found, viewer.today()),
        tuple(seats) if sight.sees_panel else (), reports, results if sight.sees_results else None,
        offered(viewer, found, sight, reports[-1].report if reports else None), viewer.today(),
    )  # fmt: skip


def _engagements(found: Evaluation, sight: Sight) -> tuple[Engagement, ...]:
    rows = found.engagements.select_related("agency", "contract", "declared_by", "engaged_by").order_by("engaged_at")
    if sight.organises or sight.pays:
        return tuple(rows)
    if sight.engagement is not None:
        return tuple(row for row in rows if row.pk == sight.engagement.pk)
    return tuple(rows) if sight.reads else ()


def _results(found: Evaluation, seats: Sequence[Evaluator], base: IndexSystem) -> tuple[Judged, list[Mark]]:
    marks = list(Mark.objects.filter(item__evaluation=found))
    return judged(list(found.items.order_by("position")), seats, marks, base.rule), marks


def _items(
    found: Evaluation, sight: Sight, base: IndexSystem, results: Judged, marks: list[Mark], seats: Sequence[Evaluator]
) -> tuple[ItemLine, ...]:
    names = {str(seat.pk): seat.account.name for seat in seats}
    said = {(mark.item_id, str(mark.evaluator_id)): mark for mark in marks}
    own = {mark.item_id: mark for mark in marks if sight.seat is not None and mark.evaluator_id == sight.seat.pk}
    ratios = ratios_of(found.table.unit.department_id, found.table.year) if any(item.frame for item, _ in results.items) else {}
    lines, last = [], ""
    for item, one in results.items:
        of_others = (
            tuple((names[who], said[item.pk, who].points, FATES[fate], said[item.pk, who].remark) for who, _, fate in one.fates)
            if sight.sees_marks
            else ()
        )
        ratio = ratios.get(item.frame) if item.frame else None
        scored = base.proposed(ratio, Fraction(item.full), item.standard) if ratio is not None else None
        proposed = base.rule.rounding.apply(scored.points) if scored is not None and scored.points is not None else None
        steps = scored.steps if scored is not None else ratio.steps if ratio is not None else ()
        told = tuple(Text(zh, en) for zh, en in zip(explain(steps), explain(steps, "en"), strict=True))
        shown = one if sight.sees_results else None
        if not sight.sees_results:
            item.points, item.finding = None, "" if sight.still_marks or not sight.sees_panel else item.finding
        level = LEVELS[item.level_1]
        lines.append(ItemLine(item, Text(*level), item.level_1 != last, own.get(item.pk), shown, of_others, ratio, proposed, told))
        last = item.level_1
    return tuple(lines)


def _materials(found: Evaluation, today: date) -> tuple[MaterialLine, ...]:
    rows = found.materials.select_related("file", "handed_in_by").order_by("position")
    return tuple(material_line(row, today) for row in rows)


def material_line(row: Material, today: date) -> MaterialLine:
    """How a material stands."""
    if row.waived:
        return MaterialLine(row, "waived", Text("已免交", "Waived"), "")
    if row.sent_back:
        return MaterialLine(row, "sent_back", Text("被退回", "Sent back"), "warn")
    if row.file_id is not None:
        return MaterialLine(row, "received", Text("已收到", "Received"), "good")
    if row.due_on < today:
        return MaterialLine(row, "overdue", Text("逾期未交", "Overdue"), "bad")
    return MaterialLine(row, "awaited", Text("待提交", "Awaited"), "info")


def _reports(found: Evaluation, sight: Sight, today: date) -> tuple[ReportLine, ...]:
    if not sight.sees_reports:
        return ()
    people = ("file", "handed_in_by", "replied_by", "answered_by", "checked_by", "returned_by")
    rows = list(found.reports.select_related(*people).order_by("number"))
    last = rows[-1].pk if rows else None
    return tuple(
        ReportLine(row, row.pk == last, row.replied_at is None and row.reply_due_on is not None and row.reply_due_on < today)
        for row in rows
    )
