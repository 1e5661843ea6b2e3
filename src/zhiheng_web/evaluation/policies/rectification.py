"""Who may do what in this area (rectification), and what a viewer sees of it."""

from __future__ import annotations

from zhiheng_web.organisation.authority import Grant, policies
from zhiheng_web.planning.policies import READERS
from zhiheng_web.wording import Text

POLICIES = policies({"evaluation.see_rectification": Grant(READERS, Text("查看整改与结果应用", "See rectification and use of results"))})
