"""填报监控: what the office that holds the duty says of one indicator: reasons, explanation, forecast, possibility, tier, remark."""

from __future__ import annotations

from copy import copy
from dataclasses import asdict, dataclass
from uuid import UUID

from zhiheng.monitoring.deviation import POSSIBILITIES, REASONS
from zhiheng.scoring.row import NUMERIC
from zhiheng.values.value import Parts, Unresolved
from zhiheng_web.evaluation.models import MonitoringFund, MonitoringRow
from zhiheng_web.evaluation.monitoring.demands import forecast_of
from zhiheng_web.evaluation.monitoring.gathering import rejudge
from zhiheng_web.evaluation.monitoring.judging import in_words
from zhiheng_web.evaluation.monitoring.observing import target_of
from zhiheng_web.evaluation.monitoring.recording import WRITTEN
from zhiheng_web.evaluation.monitoring.standing import row_for, rows_of, scopes_of, writable
from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.circulation.refusing import refuse_unfit_words
from zhiheng_web.trail.action import Conflict, Done, Invalid, action
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.wording import Text

TIERS = (1, 2, 3)
EDITED = ("edits", "edited_by", "edited_at")
LONGEST = {"forecast": 200, "explanation": 2000, "remark": 2000}
CHANGED = Text(
    "{name}在您填写期间修改了“{row}”。您填写的内容没有保存，请核对现在的内容后重新填写。",
    "{name} changed “{row}” meanwhile. What you typed is not saved: look at what stands there now and enter it again.",
)


@dataclass(frozen=True, slots=True)
class RowFilled:
    """What an office says of a row, as it shall stand. ``reasons`` are codes; ``tier`` None: not judged by a person."""

    reasons: tuple[str, ...] = ()
    explanation: str = ""
    forecast: str = ""
    possibility: str = ""
    tier: int | None = None
    remark: str = ""


@action("evaluation.fill_monitoring", steps=("monitor",))
def fill_monitoring(viewer: Viewer, row: UUID, filled: RowFilled, *, edits: int) -> Done[MonitoringRow]:
    """Write what the office says, if nobody else wrote since ``edits``, and judge the row anew where its tier changed."""
    found = row_for(viewer, row, lock=True)
    authorise(viewer, "evaluation.fill_monitoring", scopes_of(found.report, [found])[found.pk])
    writable(found.report)
    fit(found, filled)
    if found.edits != edits:
        raise conflict(found)
    before, old_tier = said(found), found.tier
    changed = put(viewer, found, filled)
    after = said(found)
    if changed:
        found.save(update_fields=[*WRITTEN, *EDITED])
    if old_tier != found.tier:
        rejudge(found.report, rows_of(found.report), list(MonitoringFund.objects.filter(report=found.report)))
    details = {
        "round": found.report.round.name,
        "row": found.indicator_row.name,
        **{name: str(value) for name, value in asdict(filled).items()},
    }
    return Done(
        found, "evaluation.MonitoringReport", str(found.report_id), str(found.report.table), str(found.report.round.department_id),
        digest_of(before), digest_of(after), details, nothing=not changed,
    )  # fmt: skip


def put(viewer: Viewer, row: MonitoringRow, filled: RowFilled) -> bool:
    """Put what the office says, which fits, into its row; whether anything is said differently now. The caller saves the row."""
    before = said(row)
    row.reasons = " ".join(code for code in REASONS if code in filled.reasons)
    row.possibility, row.tier = filled.possibility, filled.tier
    row.explanation, row.remark = filled.explanation.strip(), filled.remark.strip()
    row.forecast = filled.forecast.strip()
    if before == said(row):
        return False
    row.edits += 1
    row.edited_by, row.edited_at = viewer.account, viewer.now()
    return True


def fit(row: MonitoringRow, filled: RowFilled) -> None:
    """Refuse what the inputs of a row cannot hold, or what cannot be held against its target."""
    _fit(row, filled)
    trial = copy(row)
    trial.forecast = filled.forecast.strip()
    _typed(trial)


def said(row: MonitoringRow) -> list[str]:
    """What a row says, to compare and to digest."""
    return [str(row.pk), *(f"{name}={getattr(row, name)}" for name in WRITTEN)]


def conflict(row: MonitoringRow) -> Conflict:
    """That another wrote in the row meanwhile, with what it says now."""
    name = row.edited_by.name if row.edited_by else ""
    reasons = str(Text("、", ", ")).join(str(Text(*REASONS[code])) for code in row.reasons.split())
    current = {
        str(Text("偏差原因", "Reasons")): reasons, str(Text("原因说明", "Explanation")): row.explanation,
        str(Text("全年预计", "Forecast")): row.forecast, str(Text("备注", "Remark")): row.remark,
        str(Text("完成可能性", "Possibility")): str(Text(*POSSIBILITIES[row.possibility])) if row.possibility else "",
    }  # fmt: skip
    return Conflict("row_changed", CHANGED.with_(name=name or "—", row=row.indicator_row.name), current)


def _fit(row: MonitoringRow, filled: RowFilled) -> None:
    """Refuse what the form cannot hold, at the input it is about."""
    words = {name: getattr(filled, name) for name in LONGEST}
    refuse_unfit_words(words)
    for name, text in words.items():
        if len(text) > LONGEST[name]:
            wrong = Text(f"文字太长，最多 {LONGEST[name]} 个字。", f"Too long: {LONGEST[name]} characters at most.")
            raise Invalid("too_long", wrong, {name: wrong})
    if not set(filled.reasons) <= set(REASONS):
        wrong = Text("请从列表中选择偏差原因。", "Choose the reasons from the list.")
        raise Invalid("reason_unknown", wrong, {"reasons": wrong})
    if filled.possibility not in ("", *POSSIBILITIES):
        wrong = Text("请从列表中选择完成可能性。", "Choose the possibility from the list.")
        raise Invalid("possibility_unknown", wrong, {"possibility": wrong})
    if filled.tier is None:
        return
    if filled.tier not in TIERS:
        wrong = Text("档次须为达成、部分达成、未达成之一。", "Choose one of the three tiers.")
        raise Invalid("tier_unknown", wrong, {"tier": wrong})
    if not in_words(target_of(row.indicator_row, row.report.table.year)):
        wrong = Text(
            "“{row}”是定量指标，由台账数据判断，不能人工评档。",
            "“{row}” has a figure as its target: the ledger judges it, no tier is given.",
        ).with_(row=row.indicator_row.name)
        raise Invalid("tier_of_a_figure", wrong, {"tier": wrong})


def _typed(row: MonitoringRow) -> None:
    """Refuse a forecast that cannot be held against the target: words beside a figure, or a figure with two readings."""
    target = target_of(row.indicator_row, row.report.table.year)
    value = forecast_of(row)
    if value is None or in_words(target) or target is None:
        return
    if isinstance(value, (*NUMERIC, Parts)) and not isinstance(value, Unresolved):
        return
    wrong = Text(
        "“{text}”读不出数值。目标是“{target}”，请按同一单位填写全年预计，例如“60”或“60家”。",
        "“{text}” cannot be read as a figure. The target is “{target}”: write the forecast in its unit, such as 60 or 60家.",
    ).with_(text=row.forecast, target=row.indicator_row.target_text or "")
    raise Invalid("forecast_unreadable", wrong, {"forecast": wrong})
