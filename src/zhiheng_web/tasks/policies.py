"""Who may do what with tasks, notices and deadlines."""

from __future__ import annotations

from zhiheng.plan.procedure import Role
from zhiheng_web.organisation.authority import Grant, policies
from zhiheng_web.planning.policies import READERS
from zhiheng_web.wording import Text

EVERYBODY = frozenset(Role)
WATCHERS = frozenset({Role.SECTION_HEAD, Role.PERFORMANCE_OFFICER, Role.SUPERVISING_LEADER, Role.HEAD, Role.FINANCE_PERFORMANCE})
"""Who answers for the work of others and sees what is overdue."""

POLICIES = policies(
    {
        "tasks.see_worklist": Grant(EVERYBODY, Text("查看我的待办", "See my work list"), own=True),
        "tasks.read_notices": Grant(EVERYBODY, Text("阅读我的通知", "Read my notices"), own=True),
        "tasks.see_overdue": Grant(WATCHERS, Text("查看逾期事项", "See what is overdue")),
        "tasks.see_deadlines": Grant(READERS, Text("查看办理时限", "See the deadlines")),
        "tasks.keep_deadline": Grant(
            frozenset({Role.PERFORMANCE_OFFICER, Role.FINANCE_PERFORMANCE}), Text("设置办理时限", "Set the deadlines")
        ),
        "tasks.write_message": Grant(READERS - {Role.AUDITOR, Role.DISCIPLINE}, Text("参与讨论", "Take part in the discussion")),
    }
)
