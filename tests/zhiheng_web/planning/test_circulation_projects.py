"""The projects' own tables on the whole route: each office sends its own, finance decides on all at once, each keeps its number."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.zhiheng_web.planning.travelling import WALK, Who, say

from zhiheng.plan.procedure import Outcome, State
from zhiheng.reports.letter import Letter, Style
from zhiheng.reports.papers.content import from_json
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.demonstration.projects import write_projects
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.accept_proposal import accept_proposal
from zhiheng_web.planning.actions.issue_paper import issue_paper
from zhiheng_web.planning.actions.reply_finding import reply_finding
from zhiheng_web.planning.actions.submit_table import submit_table
from zhiheng_web.planning.checking import check
from zhiheng_web.planning.models import Circulation, Decision, IndicatorRow, TableVersion
from zhiheng_web.planning.versions import load
from zhiheng_web.planning.weighing import proposal_digest, proposal_of

SENDERS = {"331001": ("jingban", "jingban3"), "331002": ("zhongxin",)}
WITHIN = [entry for entry in WALK if not entry[0].startswith("finance")]


@pytest.fixture
def projects(organisation: Demonstrated, linyi: TableVersion) -> list[TableVersion]:
    """The open tables of the demonstration's projects."""
    write_projects(organisation, linyi)
    return list(TableVersion.objects.filter(table__kind="project").select_related("table__unit", "table__project__office"))


def prepared(officer: Viewer, version: TableVersion) -> None:
    """Points as proposed, one reply to the findings of each rule: what the officer does before sending."""
    accept_proposal(officer, version.pk, None, proposal_digest(proposal_of(load(version))))
    while marks := [finding.mark for finding in check(load(version)) if finding.open]:
        reply_finding(officer, version.pk, marks[0], "已核实，项目指标按实际任务设置。", alike=True)


def sender(viewer: Who, version: TableVersion) -> Viewer:
    """The filler of the office that answers for the project."""
    fillers = [viewer(name) for name in SENDERS[version.table.unit.code]]
    return next(who for who in fillers if any(held.office == version.table.project.office_id for held in who.bounds(["filler"])))


def test_every_project_of_the_demonstration_is_sent_and_approved(
    projects: list[TableVersion], viewer: Who, signed_in: Callable[[str], Client]
) -> None:
    assert len(projects) == 8
    listed = signed_in("jixiao").get(reverse("planning:tables")).content.decode()
    assert all(f">{version.table.project.name} <" in listed for version in projects)  # not eight rows of one title
    glance = signed_in("jixiao").get(reverse("planning:table", args=[projects[0].table_id])).content.decode()
    assert "未归入职责" not in glance and "职责 / 指标" not in glance  # a project declares no duties
    for version in projects:
        prepared(viewer("jixiao"), version)
        submit_table(sender(viewer, version), version.pk)
    for version in projects:
        for code, username, carries in WITHIN:
            head = "zhuren" if code == "section" and version.table.unit.code == "331002" else username
            say(viewer(head), version, Outcome.AGREE, **carries)
    business = signed_in("czyewu")
    page = business.get(reverse("planning:inbox")).content.decode()
    for version in projects:
        assert version.table.project.name in page
    turns = dict(Circulation.objects.values_list("version", "turn"))
    chosen = [f"{version.pk}:{turns[version.pk]}" for version in projects]
    sent = {"chosen": chosen, "outcome": "agree", "opinion": "同意", "all_grades": "excellent"}
    assert business.post(reverse("planning:inbox"), sent).content.decode().count("已办理") == 8
    turns = dict(Circulation.objects.values_list("version", "turn"))
    sent = {"chosen": [f"{version.pk}:{turns[version.pk]}" for version in projects], "outcome": "agree", "document": "临财绩〔2020〕9号"}
    assert signed_in("czjixiao").post(reverse("planning:inbox"), sent).content.decode().count("已办理") == 8
    approved = TableVersion.objects.filter(pk__in=[version.pk for version in projects])
    assert {(row.state, row.approval_number) for row in approved} == {(State.APPROVED, "临财绩〔2020〕9号")}
    for row in approved:
        assert sum(IndicatorRow.objects.filter(version=row).values_list("points", flat=True)) == 90
    assert Decision.objects.filter(circulation__version__in=approved).count() == 8 * len(WALK)


def test_letters_under_one_number_each_show_that_number_and_money_has_its_unit(projects: list[TableVersion], viewer: Who) -> None:
    two = [version for version in projects if version.table.unit.code == "331001"][:2]
    for version in two:
        prepared(viewer("jixiao"), version)
        submit_table(sender(viewer, version), version.pk)
        for _, username, carries in WALK:
            say(viewer(username), version, Outcome.AGREE, **carries)
    kept = [issue_paper(viewer("czjixiao"), version.pk, "approval") for version in two]
    assert len({paper.number for paper in kept}) == 2
    for paper, version in zip(kept, two, strict=True):
        letter, _ = from_json(paper.content).pages
        assert isinstance(letter, Letter)
        assert [line.text for line in letter.lines if line.style is Style.NUMBER] == ["临财绩〔2020〕5号"]
        budget = version.table.project.budget_lines.get(year=2020).initial
        assert any(f"预算总额{budget / 10000:.0f}万元" in line.text for line in letter.lines)
        sheet = issue_paper(viewer("jixiao"), version.pk, "declaration").content
        assert f"{budget / 10000:.0f}万元" in str(sheet)
