"""``zhiheng publish``: the published packages as a static site with open data and the proof of every figure."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhiheng_cli.opening import opened
from zhiheng_cli.texts import Failure, Language, text


def publish(
    out: Annotated[Path, typer.Option(help="写到哪个文件夹 / the folder to write", file_okay=False)],
    lang: Annotated[Language, typer.Option(help="语言 / language", envvar="ZHIHENG_LANG")] = Language.ZH,
) -> int:
    """把已公开的材料写成静态网站，附开放数据和核对程序。

    Write what is published as a static site with open data and the program that recomputes every figure.
    """
    opened()
    from zhiheng_web.publication.queries.published import published
    from zhiheng_web.publication.site.writing import Foreign, former_files, write

    try:
        former_files(out)
        packages = published()
        if not packages:
            raise Failure(text("publish_nothing", lang))
        done = write(out, packages)
    except Foreign:
        raise Failure(text("publish_foreign", lang, folder=out)) from None
    print(text("publish_done", lang, folder=out, packages=done.packages, pages=done.pages, files=done.files, size=f"{done.size / 1e6:.1f}"))
    print(text("publish_check", lang, program=out / "proof" / "verify.py", page=out / "index.html"))
    return 0
