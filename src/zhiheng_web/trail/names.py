"""What the trail's records are called when a person reads them: the name of an action or event in both languages.

An action is called as its grant in a policy table is; an event that is no action (a sign-in, a download) is registered here
by its app.
"""

from __future__ import annotations

from collections.abc import Mapping

from zhiheng_web.wording import Text

EVENTS: dict[str, Text] = {}
"""Events by name."""


def register_events(table: Mapping[str, Text]) -> None:
    """Register an app's events. A name stands once."""
    for name, text in table.items():
        if EVENTS.setdefault(name, text) != text:
            raise ValueError(f"two texts for {name}")


register_events(
    {
        "organisation.sign_in": Text("登录", "Signed in"),
        "organisation.sign_in_failed": Text("登录失败", "Failed sign-in"),
        "organisation.sign_out": Text("退出登录", "Signed out"),
        "organisation.locked_out": Text("登录被锁定", "Sign-in locked"),
        "organisation.second_factor_failed": Text("动态口令错误", "Wrong one-time code"),
        "trail.export": Text("导出操作记录", "Exported the trail"),
        "trail.verify": Text("核验操作记录", "Verified the trail"),
        "planning.download": Text("下载文书或文件", "Downloaded a paper or file"),
        "planning.export": Text("导出数据", "Exported data"),
    }
)
