"""What the year after the approval is news of: monitoring, self-evaluation, rectification and packages. Who must act is told.

What no longer waits when its notice is made is told to nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from zhiheng.plan.procedure import EDITORS, OFFICER
from zhiheng_web.evaluation.models import (
    MonitoringReport,
    MonitoringRound,
    MonitoringRow,
    RectificationOrder,
    SelfEvaluation,
    SelfEvaluationRow,
)
from zhiheng_web.evaluation.policies.monitoring import duty_scopes, table_scope
from zhiheng_web.evaluation.policies.rectification import WORKERS, scope_of_table
from zhiheng_web.evaluation.policies.self_evaluation import ACCEPTORS, scopes_of
from zhiheng_web.evaluation.rectifying import subject_of
from zhiheng_web.organisation.viewer import Scope
from zhiheng_web.planning.models import PerformanceTable
from zhiheng_web.planning.policies import SECOND_PERSONS
from zhiheng_web.publication.models import Package, Withdrawal
from zhiheng_web.publication.policies import HEADS, REVIEWERS
from zhiheng_web.publication.policies import scope_of as package_scope
from zhiheng_web.tasks.notices import News, Teller, over
from zhiheng_web.tasks.self_evaluation_work import edition_of
from zhiheng_web.trail.models import TrailRecord
from zhiheng_web.wording import Text

Part = tuple[PerformanceTable, UUID | None]
"""A table with one of its duties, or with none."""


def found(rows: QuerySet[Any], record: TrailRecord) -> Any:
    """The object that a record is about; None where it no longer stands so."""
    return rows.filter(pk=record.object_id).first()


def editors(parts: Iterable[Part]) -> frozenset[UUID]:
    """Who fills in these parts of tables: those over the whole, and the offices that hold the duties."""
    units: dict[tuple[UUID | None, UUID | None], set[UUID]] = {}
    for scope in duty_scopes(list(parts)).values():
        units.setdefault((scope.department, scope.unit), set()).update(scope.offices)
    return frozenset().union(*(over(EDITORS, Scope(*place, frozenset(offices))) for place, offices in units.items()))


# --- monitoring -----------------------------------------------------------------------------------------------


def _filling(reports: QuerySet[MonitoringReport]) -> frozenset[UUID]:
    """Who fills in reports."""
    tables = {one.pk: one.table for one in reports.select_related("table__unit__department", "table__project")}
    rows = MonitoringRow.objects.filter(report__in=tables).order_by()
    parts = list(rows.values_list("report", "indicator_row__duty_row__duty").distinct())
    return editors([(tables[report], duty) for report, duty in parts] or [(table, None) for table in tables.values()])


def _opened(record: TrailRecord) -> Iterator[News]:
    round_ = found(MonitoringRound.objects.filter(closed_at__isnull=True), record)
    if round_ is not None:
        words = Text("“{round}”已启动，请于 {day} 前填报监控表。", "“{round}” is open: fill in the monitoring reports by {day}.")
        link = reverse("evaluation:round", args=[round_.pk])
        accounts = _filling(MonitoringReport.objects.filter(round=round_))
        yield News("to_fill", words.with_(round=round_.name, day=round_.due_on), link, accounts, f"round_opened:{round_.pk}")


def _submitted(record: TrailRecord) -> Iterator[News]:
    """The last report that was out: now the round can be closed."""
    report = found(MonitoringReport.objects.filter(round__closed_at__isnull=True).select_related("round"), record)
    if report is None:
        return
    if not MonitoringReport.objects.filter(round=report.round).exclude(state=MonitoringReport.State.SUBMITTED).exists():
        words = Text("“{round}”的监控表已全部报送，请完成本轮监控。", "“{round}”: every report is in; close the round.")
        link = reverse("evaluation:round", args=[report.round_id])
        yield News("to_decide", words.with_(round=report.round.name), link, over(OFFICER, Scope(report.round.department_id)))


def _returned(record: TrailRecord) -> Iterator[News]:
    rows = MonitoringReport.objects.filter(state=MonitoringReport.State.RETURNED)
    report = found(rows.select_related("round", "table__unit__department", "table__project"), record)
    if report is not None:
        words = Text("{table}的监控表被退回（{round}），请修改后重新报送。", "{table}: the monitoring report was returned ({round}).")
        accounts = _filling(MonitoringReport.objects.filter(pk=report.pk)) | ({report.submitted_by_id} - {None})
        text = words.with_(table=subject_of(report.table), round=report.round.name)
        yield News("returned", text, reverse("evaluation:report", args=[report.pk]), accounts)


def _closed(record: TrailRecord) -> Iterator[News]:
    round_ = found(MonitoringRound.objects.filter(closed_at__isnull=False), record)
    if round_ is not None:
        words = Text("“{round}”已完成，您报送的监控表已存档。", "“{round}” is closed: the reports that you submitted stand.")
        rows = MonitoringReport.objects.filter(round=round_, submitted_by__isnull=False).order_by()
        link = reverse("evaluation:round", args=[round_.pk])
        yield News("accepted", words.with_(round=round_.name), link, frozenset(rows.values_list("submitted_by", flat=True)))


# --- self-evaluation ------------------------------------------------------------------------------------------

SELF = SelfEvaluation.objects.defer("frozen").select_related("table__unit__department", "table__project")


def _self(one: SelfEvaluation, kind: str, words: Text, accounts: Iterable[UUID | None]) -> News:
    text = words.with_(table=subject_of(one.table), year=one.table.year, edition=edition_of(one))
    return News(
        kind, text, reverse("evaluation:self_evaluation", args=[one.pk]), frozenset(account for account in accounts if account is not None)
    )


def _self_submitted(record: TrailRecord) -> Iterator[News]:
    one = found(SELF.filter(state=SelfEvaluation.State.SUBMITTED), record)
    if one is not None:
        words = Text(
            "{table} {year} 年自评{edition}已报送，待您认定。", "{table}: the self-evaluation of {year}{edition} waits for your acceptance."
        )
        yield _self(one, "to_decide", words, over(ACCEPTORS, table_scope(one.table)))


def _self_decided(record: TrailRecord) -> Iterator[News]:
    one = found(SELF, record)
    if one is None:
        return
    if record.details.get("accepted"):
        words = Text("{table} {year} 年自评{edition}已认定。", "{table}: the self-evaluation of {year}{edition} is accepted.")
        yield _self(one, "accepted", words, over(OFFICER, table_scope(one.table)) | {one.submitted_by_id})
    elif one.state == SelfEvaluation.State.RETURNED:
        words = Text(
            "{table} {year} 年自评{edition}被退回，请修改后重新报送。",
            "{table}: the self-evaluation of {year}{edition} was returned; mend it.",
        )
        duties = SelfEvaluationRow.objects.filter(self_evaluation=one).order_by().values_list("indicator_row__duty_row__duty", flat=True)
        parts = [(one.table, duty) for duty in duties.distinct()] or [(one.table, None)]
        yield _self(one, "returned", words, editors(parts) | {one.submitted_by_id})


def _overridden(record: TrailRecord) -> Iterator[News]:
    """An override that still waits for its second person, who is not its author; in a correction every one that it took over."""
    one = found(SELF, record)
    if one is None:
        return
    rows = SelfEvaluationRow.objects.filter(self_evaluation=one, override__isnull=False, override_confirmed_by__isnull=True)
    if "row" in record.details:
        rows = rows.filter(indicator_row__name=record.details["row"])
    words = Text("{table} {year} 年自评有人工改分，待您作为第二人确认。", "{table}: an override waits for you as the second person.")
    text, waiting = words.with_(table=subject_of(one.table), year=one.table.year), list(rows.select_related("indicator_row__duty_row"))
    for row, scope in scopes_of(one, waiting).items() if waiting else ():
        author = next(own.override_by_id for own in waiting if own.pk == row)
        link = reverse("evaluation:self_evaluation_row", args=[one.pk, row])
        yield News("to_confirm", text, link, over(SECOND_PERSONS, scope) - {author})


# --- rectification --------------------------------------------------------------------------------------------


def _ordered(record: TrailRecord) -> Iterator[News]:
    order = found(RectificationOrder.objects.select_related("table__unit__department", "table__project"), record)
    if order is not None:
        words = Text("{table}收到整改通知“{title}”，请制定整改措施。", "{table}: an order to rectify, “{title}”; set the measures.")
        text = words.with_(table=subject_of(order.table), title=order.title[:60])
        accounts = over(WORKERS, scope_of_table(order.table))
        yield News("to_fill", text, reverse("evaluation:order", args=[order.pk]), accounts)


# --- packages -------------------------------------------------------------------------------------------------

NEXT = {
    Package.State.PREPARED.value: (REVIEWERS, Text("{package}待您保密审查。", "{package}: waits for your secrecy review.")),
    Package.State.REVIEWED.value: (HEADS, Text("{package}待您签发。", "{package}: waits for your signature.")),
    Package.State.SIGNED.value: (OFFICER, Text("{package}已签发，请于 {day} 前公开。", "{package}: signed; publish it by {day}.")),
}


def _package(record: TrailRecord) -> Iterator[News]:
    """A package that moved on: the next who acts; one that came back: who prepares it."""
    row = found(Package.objects.defer("content").select_related("department"), record)
    if row is None:
        return
    link, back = reverse("publication:package", args=[row.pk]), row.state == Package.State.DRAFT
    if back:
        words = Text("{package}被退回，请修改后重新提交审查。", "{package}: returned; mend it and submit it again.")
        accounts = over(OFFICER, package_scope(row)) | ({row.prepared_by_id} - {None})
        yield News("returned", words.with_(package=row, day=row.due_on), link, accounts)
    elif row.state in NEXT:
        roles, words = NEXT[row.state]
        accounts = over(roles, package_scope(row))
        if row.state == Package.State.PREPARED:
            accounts -= {row.prepared_by_id}  # nobody reviews his own
        yield News("to_decide", words.with_(package=row, day=row.due_on), link, accounts)


def _withdrawal(record: TrailRecord) -> Iterator[News]:
    """A withdrawal that waits for the head, who did not ask for it himself; once it is decided, who asked."""
    row = found(Package.objects.defer("content").select_related("department"), record)
    asked = row.withdrawals.order_by("asked_at").last() if row is not None else None
    if asked is None:
        return
    link = reverse("publication:package", args=[row.pk])
    if asked.state == Withdrawal.State.ASKED:
        words = Text("有人申请撤回已公开的{package}，待您签发。", "{package}: somebody asks to withdraw it; decide.")
        yield News("to_decide", words.with_(package=row), link, over(HEADS, package_scope(row)) - {asked.asked_by_id})
    else:
        agreed = asked.state == Withdrawal.State.AGREED
        words = Text("{package}已撤回。", "{package} is withdrawn.") if agreed else Text("{package}未同意撤回。", "{package} stays public.")
        yield News("accepted" if agreed else "returned", words.with_(package=row), link, frozenset({asked.asked_by_id}))


NEWS: dict[str, Teller] = {
    "evaluation.open_round": _opened,
    "evaluation.submit_monitoring": _submitted,
    "evaluation.return_monitoring": _returned,
    "evaluation.close_round": _closed,
    "evaluation.submit_self_evaluation": _self_submitted,
    "evaluation.decide_self_evaluation": _self_decided,
    "evaluation.override_score": _overridden,
    "evaluation.correct_self_evaluation": _overridden,
    "evaluation.order_rectification": _ordered,
    "publication.prepare_package": _package,
    "publication.review_package": _package,
    "publication.sign_package": _package,
    "publication.reopen_package": _package,
    "publication.ask_withdrawal": _withdrawal,
    "publication.decide_withdrawal": _withdrawal,
}
"""Action → what it is news of."""
