"""Who may do what, as a document: made from the policy tables of all apps.

python -m zhiheng_web.config.permissions > docs/permissions.md
"""

from __future__ import annotations

import importlib
import os
import pkgutil
from collections.abc import Iterator

from zhiheng.plan.procedure import ROLE_NAMES, Role, step

HEAD = """# Who may do what 权限表

Generated from the policy tables (`policies.py` of every app) by `python -m zhiheng_web.config.permissions`; a test keeps it up to date.
由各应用的权限表生成，有测试保证与程序一致。

● may, within the scope of the assignment 在任职范围内可以办理 · ○ everybody, for what is theirs 人人可办理本人事项 ·
◇ the role of the checkpoint at which the table stands 由流程所到环节的角色办理。
What lies outside the scope is answered as not found 范围之外一律答复“没有找到”。

"""
APPS = {
    "planning": "绩效目标 Goals",
    "ledgers": "台账 Ledgers",
    "tasks": "办理 Work",
    "organisation": "机构与账号 Organisation and accounts",
    "trail": "操作留痕 Trail",
}


def load_actions() -> None:
    """Import every action of every app, so that they are all registered."""
    import zhiheng_web

    for module in pkgutil.walk_packages(zhiheng_web.__path__, "zhiheng_web."):
        if ".actions." in module.name or module.name.endswith(".policies"):
            importlib.import_module(module.name)


def document() -> str:
    """The whole document."""
    load_actions()
    return HEAD + "\n".join(part for app, title in APPS.items() for part in table(app, title))


def table(app: str, title: str) -> Iterator[str]:
    """One app: its grants as rows, the roles that occur in it as columns."""
    from zhiheng_web.organisation.authority import ALL_POLICIES

    grants = {name: grant for name, grant in ALL_POLICIES.items() if name.partition(".")[0] == app}
    roles = [role for role in Role if any(role in grant.roles for grant in grants.values())]
    if not grants:
        return
    yield f"## {title}\n"
    yield "| | " + " | ".join(f"{ROLE_NAMES[role][0]}" for role in roles) + " |"
    yield "|---" * (len(roles) + 1) + "|"
    for name, grant in grants.items():
        marks = ["○" if grant.own else "●" if role in grant.roles else "" for role in roles]
        yield f"| {grant.text.zh}<br>{grant.text.en}<br>`{name}`{steps(name)} | " + " | ".join(marks) + " |"
    yield ""


def steps(name: str) -> str:
    """The steps of the procedure that an action carries out; a step without roles of its own is the checkpoint's."""
    from zhiheng_web.trail.action import ACTIONS

    entry = ACTIONS.get(name)
    if entry is None or not entry.steps:
        return ""
    return " " + "、".join(f"{step(code).zh}{'' if step(code).roles else ' ◇'}" for code in entry.steps)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiheng_web.config.settings")
    import django

    django.setup()
    print(document(), end="")  # noqa: T201 - this is what the command is for
