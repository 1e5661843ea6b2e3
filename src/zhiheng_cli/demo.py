"""``zhiheng demo``: the service with the real table of Linyi and one account per role, on this machine only."""

from __future__ import annotations

import os
import shutil
import sys
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from zhiheng_cli.texts import Failure, Language, text

HOST = "127.0.0.1"
PREPARED = "demonstration"
"""The file that marks a folder as the demonstration's: only such a folder is ever deleted."""


def demo(
    port: Annotated[int, typer.Option(min=1, max=65535, help="端口 / port")] = 8000,
    browser: Annotated[bool, typer.Option(help="启动后打开浏览器 / open a browser when ready")] = True,
    reset: Annotated[bool, typer.Option("--reset", help="删除演示数据，重新装载 / delete what was entered and begin anew")] = False,
    lang: Annotated[Language, typer.Option(help="语言 / language", envvar="ZHIHENG_LANG")] = Language.ZH,  # noqa: ARG001 - for main
) -> int:
    """启动演示：真实的临沂市科技局 2020 年目标表，每个角色一个账号，数据留在本机。

    Start the demonstration: the real 2020 table of Linyi, one account per role. It keeps its data between runs.
    """
    from zhiheng_cli import running
    from zhiheng_cli.place import data_folder, django_ready
    from zhiheng_cli.preparing import fill, prepare

    folder = data_folder("demo")
    running.refuse_taken(HOST, port)
    with running.alone(folder):
        begin(folder, reset)
        address = f"http://{HOST}:{port}"
        settings = {"ZHIHENG_DEMO": "1", "ZHIHENG_HOSTS": f"{HOST},localhost", "ZHIHENG_SITE_URL": address, "ZHIHENG_IDLE_MINUTES": "480"}
        os.environ.update(settings)
        for name in ("DATABASE_URL", "ZHIHENG_HTTPS", "ZHIHENG_BEHIND_PROXY", "ZHIHENG_FILES", "ZHIHENG_STATIC", "ZHIHENG_ORIGINS"):
            os.environ.pop(name, None)  # the demonstration touches nothing but its own folder
        django_ready(folder)
        prepare()
        fill()
        return running.run(running.service(HOST, port, workers=2), address, lambda: ready(address, browser))


def begin(folder: Path, reset: bool) -> None:
    """Make the folder, or empty it if asked. A folder that is not the demonstration's is left alone."""
    mark = folder / PREPARED
    others = [entry for entry in folder.iterdir() if entry.name not in ("running", PREPARED)] if folder.exists() else []
    if others and not mark.exists():
        raise Failure(text("not_the_demonstration", folder=folder))
    if reset:
        for entry in others:
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    mark.touch()


def ready(address: str, browser: bool) -> None:
    """Say the address and the accounts in both languages, and open a browser."""
    from zhiheng.plan.procedure import ROLE_NAMES, Role
    from zhiheng_web.demonstration.load import accounts
    from zhiheng_web.demonstration.organisation import PASSWORD

    lines = ["", f"  {address}/", ""]
    lines += [f"  {text('demo_accounts', 'zh', password=PASSWORD)}", f"  {text('demo_accounts', 'en', password=PASSWORD)}", ""]
    for account in accounts():
        roles = list(dict.fromkeys(Role(one.role) for one in account.assignments.all()))
        words = "；".join(f"{ROLE_NAMES[role][0]} {ROLE_NAMES[role][1]}" for role in roles)
        lines.append(f"    {account.username:<12}{words}")
    lines += ["", f"  {text('stop_by_ctrl_c', 'zh')}  {text('stop_by_ctrl_c', 'en')}", ""]
    print("\n".join(lines), flush=True)
    if browser and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or sys.platform in ("darwin", "win32")):
        webbrowser.open(f"{address}/")
