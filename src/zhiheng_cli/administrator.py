"""``zhiheng administrator``: the first administrator of each kind, made on the server itself."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from zhiheng_cli.texts import Failure, Language, text


def administrator(
    username: Annotated[str, typer.Argument(metavar="USERNAME", help="登录名 / the name to sign in by")],
    name: Annotated[str, typer.Option(help="姓名 / the person's name")],
    role: Annotated[str, typer.Option(help="system、security 或 audit（三员分立）/ which of the three administrators")] = "system",
    lang: Annotated[Language, typer.Option(help="语言 / language", envvar="ZHIHENG_LANG")] = Language.ZH,
) -> int:
    """设立首任管理员：系统、安全、审计三员各一名，不得由一人兼任。口令随机生成，首次登录须修改。

    Make the first system, security or audit administrator. The password is made here (or taken from ZHIHENG_PASSWORD)
    and must be changed at the first sign-in.
    """
    from zhiheng.plan.procedure import ADMINISTRATORS
    from zhiheng_cli.place import data_folder, django_ready
    from zhiheng_cli.preparing import migrate

    roles = {one.value.removesuffix("_administrator"): one for one in ADMINISTRATORS}
    if role not in roles:
        raise Failure(text("no_such_administrator", lang, role=role))
    django_ready(data_folder("data"))
    migrate()
    from zhiheng_web.organisation.actions.create_first_administrator import create_first_administrator
    from zhiheng_web.organisation.operator import OPERATOR
    from zhiheng_web.trail.action import Refusal

    try:
        account, password = create_first_administrator(OPERATOR, username, name, os.environ.get("ZHIHENG_PASSWORD") or None, roles[role])
    except Refusal as refusal:
        raise Failure(refusal.text.in_(lang.value)) from None
    print(text("administrator_made", lang, username=account.username, password=password))
    return 0
