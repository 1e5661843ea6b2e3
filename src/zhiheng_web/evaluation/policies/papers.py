"""Who may do what in this area (papers), and what a viewer sees of it."""

from __future__ import annotations

from zhiheng_web.organisation.authority import Grant, policies
from zhiheng_web.planning.policies import READERS
from zhiheng_web.wording import Text

POLICIES = policies({"evaluation.see_year_papers": Grant(READERS, Text("查看年度文书", "See the papers of the year"))})
