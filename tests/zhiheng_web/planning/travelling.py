"""What the tests of travelling share: a table that may be submitted, and the people of the default route."""

from __future__ import annotations

from collections.abc import Callable

from zhiheng.audit.finding import Severity
from zhiheng.plan.appraisal import ITEMS
from zhiheng.plan.procedure import Grade, Outcome
from zhiheng_web.organisation.models import Account
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.decide import Verdict, decide
from zhiheng_web.planning.actions.submit_table import submit_table
from zhiheng_web.planning.checking import check
from zhiheng_web.planning.circulation.standing import standing
from zhiheng_web.planning.mapping import read_cell, reading_fields
from zhiheng_web.planning.models import Decision, FindingReply, TableVersion
from zhiheng_web.planning.versions import changed, load

Who = Callable[[str], Viewer]
EXCELLENT = {item.code: Grade.EXCELLENT for item in ITEMS}
WALK: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("section", "kezhang", {}),
    ("performance", "jixiao", {}),
    ("leader", "fenguan", {}),
    ("meeting", "dangzu", {"minutes": "2020年第3次"}),
    ("head", "juzhang", {}),
    ("finance_business", "czyewu", {"opinion": "同意", "ticks": EXCELLENT}),
    ("finance_performance", "czjixiao", {"document": "临财绩〔2020〕5号"}),
)
"""The default route: checkpoint, account of the demonstration, what its agreement carries."""


def mended(version: TableVersion, account: Account) -> TableVersion:
    """The version with plain words in the rows that have errors, every warning replied to, left without points on purpose."""
    for finding in check(load(version)):
        if finding.severity is Severity.ERROR and finding.row is not None:
            row, figures = finding.row, {"target": "10项", "planned": "50项", "standard": "10项", "mean": "", "last_year": ""}
            row.unit, row.definition, row.remark = "项", "当年完成的数量", "新增指标，没有历史值"
            for column, text in figures.items():
                for name, value in reading_fields(column, read_cell(row, text, 2020)).items():
                    setattr(row, name, value)
            row.save()
    changed(version)
    TableVersion.objects.filter(pk=version.pk).update(unscored=True)
    version.refresh_from_db()
    for finding in check(changed(version)):
        if finding.open:
            FindingReply.objects.create(
                version=version,
                code=finding.code,
                row=finding.row,
                field=finding.field,
                finding=finding.text.zh,
                text="已核实，情况属实。",
                replied_by=account,
            )
    version.refresh_from_db()
    return version


def say(who: Viewer, version: TableVersion, outcome: Outcome, **carries: object) -> Decision:
    """Decide where the version stands now."""
    return decide(who, version.pk, Verdict(outcome, **carries), turn=standing(version).turn)  # type: ignore[arg-type]


def walk(viewer: Who, version: TableVersion, until: str = "", by: str = "jingban") -> TableVersion:
    """Submit and agree at each checkpoint before ``until`` ('' for all)."""
    submit_table(viewer(by), version.pk)
    for code, username, carries in WALK:
        if code == until:
            break
        say(viewer(username), version, Outcome.AGREE, **carries)
    version.refresh_from_db()
    return version
