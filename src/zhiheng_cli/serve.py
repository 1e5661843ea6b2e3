"""``zhiheng serve``: the service for real use."""

from __future__ import annotations

from typing import Annotated

import typer

from zhiheng_cli.texts import Language, text


def serve(
    host: Annotated[str, typer.Option(help="监听地址；对外服务时放在反向代理之后 / address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="端口 / port")] = 8000,
    workers: Annotated[int, typer.Option(min=0, help="网页进程数；0 按处理器数 / web processes; 0: by processors")] = 0,
    lang: Annotated[Language, typer.Option(help="语言 / language", envvar="ZHIHENG_LANG")] = Language.ZH,  # noqa: ARG001 - for main
) -> int:
    """启动正式服务：升级数据库、整理静态文件、启动网页、后台任务和通知。设置见 docs/administration.zh-CN.md。

    Start the service for real use: database, static files, web server, worker, notices. Settings: docs/administration.md.
    """
    from zhiheng_cli import running
    from zhiheng_cli.place import data_folder, django_ready
    from zhiheng_cli.preparing import prepare

    folder = data_folder("data")
    running.refuse_taken(host, port)
    with running.alone(folder):
        django_ready(folder)
        prepare()
        local = "127.0.0.1" if host in ("0.0.0.0", "") else "[::1]" if host == "::" else host  # noqa: S104 - compared, not bound
        address = f"http://{local}:{port}"
        return running.run(running.service(host, port, workers), address, lambda: ready(address, str(folder)))


def ready(address: str, folder: str) -> None:
    """Say where the service answers, and how the first administrator is made if there is none."""
    from zhiheng_web.organisation.models import Account

    print(text("serving", address=address, folder=folder), flush=True)
    if not Account.objects.exists():
        print(text("no_administrator"), flush=True)
