"""The kinds of papers of the year, in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zhiheng.reports.papers import NAMES
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One kind. ``subject`` is the field of YearPaper that says what it is about, '' for the whole year of a department.

    ``prefix`` begins the number that is proposed; ``stage`` is the part of the year it belongs to; ``none`` says what to do while there
    is nothing to write one about, ``leads`` names the page for it.
    """

    code: str
    subject: str
    prefix: str
    stage: str
    none: Text
    leads: str

    @property
    def text(self) -> Text:
        """What it is called."""
        return Text(*NAMES[self.code])


STAGES: Mapping[str, Text] = {
    "monitoring": Text("监控", "Monitoring"),
    "self_evaluation": Text("自评", "Self-evaluation"),
    "evaluation": Text("评价", "Evaluation"),
    "rectification": Text("整改与结果应用", "Rectification and use"),
}
NO_ROUND = Text(
    "本年还没有监控表。请先在“绩效运行监控”启动一轮监控。", "There is no monitoring report of this year. Open a round of monitoring first."
)
NO_SELF = Text("本年还没有自评表。请先在“绩效自评”开展自评。", "There is no self-evaluation of this year. Begin one first.")
NO_EVALUATION = Text(
    "本年没有绩效评价。部门评价、财政评价立项并验收后出具评价报告。",
    "There is no evaluation of this year. A report is issued once one is accepted.",
)
NO_ORDER = Text(
    "本年没有整改通知。在“整改台账”下达整改后出具整改通知书。", "There is no order of this year. Order a rectification in the ledger first."
)
NO_LEDGER = Text("本年没有整改事项，台账为空。", "There is nothing to put right this year: the ledger is empty.")
NO_USE = Text(
    "本年还没有结果应用的决定。请先由财政绩效科在“结果应用”中作出决定。",
    "Nothing has been decided from the results of this year. Finance decides in “Use of results” first.",
)
KINDS: Mapping[str, PaperKind] = {
    kind.code: kind
    for kind in (
        PaperKind("monitoring", "monitoring_report", "绩监", "monitoring", NO_ROUND, "evaluation:rounds"),
        PaperKind("monitoring_report", "monitoring_report", "绩监报", "monitoring", NO_ROUND, "evaluation:rounds"),
        PaperKind("self_evaluation", "self_evaluation", "绩自", "self_evaluation", NO_SELF, "evaluation:self_evaluations"),
        PaperKind("self_evaluation_report", "self_evaluation", "绩自报", "self_evaluation", NO_SELF, "evaluation:self_evaluations"),
        PaperKind("evaluation", "evaluation_report", "绩评", "evaluation", NO_EVALUATION, "evaluation:evaluations"),
        PaperKind("rectification", "order", "绩改", "rectification", NO_ORDER, "evaluation:rectification"),
        PaperKind("rectification_ledger", "", "绩改台", "rectification", NO_LEDGER, "evaluation:rectification"),
        PaperKind("use_of_results", "", "绩用", "rectification", NO_USE, "evaluation:uses"),
    )
}
