"""``zhiheng pack``: what is wrong with a pack, before a department adopts it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhiheng_cli.texts import Failure, Language, text

app = typer.Typer(no_args_is_help=True, add_completion=False, help="业务包 / packs of registers")


@app.callback()
def pack() -> None:
    """业务包：台账、状态、证据与指标取数规则的声明文件。

    Packs: files that declare registers and what indicators count.
    """


@app.command("check")
def check(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="pack.toml 或其文件夹 / pack.toml or its folder")],
    lang: Annotated[Language, typer.Option(help="语言 / language", envvar="ZHIHENG_LANG")] = Language.ZH,
) -> int:
    """逐项核对业务包，每处错误给出文件和行号；有错时退出码为 1。

    Check a pack: each fault with its file and line. Exit code 1 if there are any.
    """
    from zhiheng_web.ledgers.packs.reading import read_pack

    index = path / "pack.toml" if path.is_dir() else path
    if not index.is_file():
        raise Failure(text("no_such_file", lang, file=index))
    found = read_pack(index)
    for fault in found.faults:
        print(text("pack_fault", lang, file=index.parent / fault.file, line=fault.line, fault=fault.text.in_(lang.value)))
    if found.faults:
        print(text("pack_faulty", lang, number=len(found.faults)))
        return 1
    counts = {"registers": len(found.registers), "indicators": len(found.indicators)}
    print(text("pack_whole", lang, name=found.name.in_(lang.value), edition=found.edition, **counts))
    return 0
