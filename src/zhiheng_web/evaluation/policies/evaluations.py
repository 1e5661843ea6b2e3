"""Who may do what in this area (evaluations), and what a viewer sees of it."""

from __future__ import annotations

from zhiheng_web.organisation.authority import Grant, policies
from zhiheng_web.planning.policies import READERS
from zhiheng_web.wording import Text

POLICIES = policies({"evaluation.see_evaluations": Grant(READERS, Text("查看抽查与评价", "See re-checks and evaluations"))})
