"""Tables of a package from their versions and, in a final package, from their self-evaluations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from zhiheng.scoring import scheme_file
from zhiheng_web.evaluation.models import SelfEvaluation
from zhiheng_web.evaluation.value_words import value_words
from zhiheng_web.planning.models import BudgetLine, DutyRow, IndicatorRow, TableVersion
from zhiheng_web.publication.building.actuals import Actuals, files_of
from zhiheng_web.publication.building.gathering import Source
from zhiheng_web.publication.building.scores import Card, scheme_named, scheme_of
from zhiheng_web.publication.content.actuals import Actual
from zhiheng_web.publication.content.aftermath import Monitored
from zhiheng_web.publication.content.tables import Duty, Figure, Fund, Money, PublicTable, References, Row, SelfEvaluated
from zhiheng_web.wording import Text

SOURCES = {
    BudgetLine.Source.FISCAL.value: Text("财政拨款", "Fiscal appropriation"),
    BudgetLine.Source.CARRIED.value: Text("上年结转资金", "Carried over from last year"),
    BudgetLine.Source.OTHER.value: Text("其他资金", "Other money"),
}

DECLARATION = re.compile(r"[（(]?(?:绩效)?目标[）)]?(?:申报|批复|审批|公开)?表|(?:绩效)?申报表")
EVALUATION = re.compile(r"(?:绩效)?(?:目标)?自评表")
STANDARD = {"department": "部门整体支出绩效自评表", "unit": "单位整体支出绩效自评表", "project": "项目支出绩效自评表"}


def table_of(source: Source, actuals: Actuals, monitored: tuple[Monitored, ...] = ()) -> PublicTable:
    """One table as it is public, with nothing withheld yet."""
    version, table, evaluation = source.version, source.table, source.evaluation
    slugs = row_slugs(source)
    card = Card(evaluation.frozen, slugs) if evaluation is not None and evaluation.frozen else None
    subject = table.project or table.unit
    return PublicTable(
        slug=source.slug, kind=table.kind, title=title_of(version.title, table.kind, evaluated=evaluation is not None),
        of=subject.name, code=subject.code, version=version.number,
        approval_number=version.approval_number, from_on=version.in_force_from, until_on=version.in_force_until,
        goal=goal_of(version), money_unit=version.money_unit,
        money=Money(version.total, version.fiscal, version.other, version.basic, version.project),
        funds=tuple(Fund(one.source, SOURCES[one.source], one.initial, one.budget, one.executed) for one in source.funds),
        scheme=scheme_of(evaluation.frozen) if evaluation is not None and evaluation.frozen else scheme_named(version.scheme),
        duties=tuple(duty_of(duty) for duty in source.duties),
        rows=tuple(row_of(source, place, slugs[place], row, actuals, card) for place, row in enumerate(source.rows)),
        self_evaluated=evaluated(evaluation), score=card.score() if card is not None else None, monitored=monitored,
        layout=version.layout, unit=table.unit.name if table.project is not None else "",
    )  # fmt: skip


def goal_of(version: TableVersion) -> str:
    """年度总体目标: the strategic goal of a form that has one, else the goals of the year that its head lists, a line each."""
    listed = (str(one.get("expected") or "").strip() for one in version.head.get("goals") or ())
    return version.strategic_goal or "\n".join(filter(None, listed))


def title_of(title: str, kind: str, *, evaluated: bool) -> str:
    """The title of what is published: a self-evaluation bears none that promises goals, and goals none of a self-evaluation (P02)."""
    if evaluated and "自评" not in title and any(word in title for word in ("目标", "申报")):
        made = DECLARATION.sub("绩效自评表", title)
        return made if "自评" in made and "目标" not in made else STANDARD.get(kind, STANDARD["department"])
    return title if evaluated else EVALUATION.sub("绩效目标表", title)


def row_slugs(source: Source) -> list[str]:
    """The public address of each row: its duty's number and its own in the table."""
    numbers = {duty.pk: duty.number for duty in source.duties}
    return [f"d{numbers.get(row.duty_row_id, 0):02d}-i{place:02d}" for place, row in enumerate(source.rows, 1)]


def duty_of(duty: DutyRow) -> Duty:
    """A duty."""
    return Duty(f"d{duty.number:02d}", duty.number, duty.name, duty.objective or "")


def evaluated(evaluation: SelfEvaluation | None) -> SelfEvaluated | None:
    """What the self-evaluation says in words."""
    if evaluation is None:
        return None
    return SelfEvaluated(
        evaluation.edition, evaluation.on, evaluation.known_at, evaluation.digest, evaluation.goal_actual, evaluation.overview,
        evaluation.problems, evaluation.improvements, evaluation.correction_reason,
    )  # fmt: skip


def row_of(source: Source, place: int, slug: str, row: IndicatorRow, actuals: Actuals, card: Card | None) -> Row:
    """One row."""
    given = source.evaluated.get(row.pk)
    actual: Actual | None = None
    observed: Mapping[str, Any] = {}
    if source.evaluation is not None and source.evaluation.frozen:
        observed = source.evaluation.frozen["observed"].get(str(place), {})
    if given is not None:
        actual = actuals.of(given, row, observed, f"{source.slug}/{slug}")
        if source.evaluation is not None and source.evaluation.frozen:
            actual = replace(actual, shown=value_words(source.evaluation.frozen, place))
        actual = replace(actual, state=card.state(place, given, actual.state)) if card is not None else actual
    return Row(
        slug=slug, duty=slug.partition("-")[0] if row.duty_row_id else "", number=place + 1, name=row.name,
        definition=row.definition or "",
        category=tuple(row.category.split("\n")) if row.category else (), level_1=level(row.level_1), level_2=level(row.level_2),
        horizon=row.horizon, target=figure(row, "target"), unit=row.unit or "", references=references(row), direction=row.direction,
        points=row.points if row.points is not None else _weight(row), method=row.method, rule=row.rule or "",
        nature=row.nature or "",
        remark=row.remark or "", activity=row.activity or "", project=row.project or "",
        actual=actual,
        result=card.result(place, given) if card is not None else None, evidence=files_of(given) if given is not None else (),
    )  # fmt: skip


def references(row: IndicatorRow) -> References:
    """标准值与历史值."""
    return References(
        figure(row, "planned"), figure(row, "standard"), row.standard_source or "", figure(row, "mean"), figure(row, "last_year"),
        row.history_source or "",
    )  # fmt: skip


def figure(row: IndicatorRow, column: str) -> Figure | None:
    """A figure with what it means; None where the form has no such column."""
    text = getattr(row, f"{column}_text")
    return None if text is None else Figure(text, getattr(row, f"{column}_value"))


def _weight(row: IndicatorRow) -> Decimal | None:
    value = row.weight_value or {}
    return Decimal(value["value"]) if isinstance(value.get("value"), str) else None


def level(key: str) -> Text | None:
    """A level of the known trees of indicators by its key."""
    if not key:
        return None
    for levels in scheme_file.trees().values():
        for one in levels:
            for each in (one, *one.below):
                if each.key == key:
                    return Text(each.zh, each.en)
    return Text(key, key)
