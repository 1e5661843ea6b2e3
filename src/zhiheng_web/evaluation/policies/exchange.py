"""Who may do what in the exchange of monitoring and self-evaluation with other systems."""

from __future__ import annotations

from zhiheng_web.organisation.authority import Grant, policies
from zhiheng_web.planning.policies import FILLERS, READERS
from zhiheng_web.wording import Text

POLICIES = policies(
    {
        "evaluation.export_exchange": Grant(READERS, Text("导出监控和自评交换文件", "Export monitoring and self-evaluations")),
        "evaluation.take_exchange": Grant(FILLERS, Text("采纳交换文件中的说明", "Take words over from a file of another system")),
    }
)
