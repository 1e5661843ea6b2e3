"""``zhiheng trail``: whether the record of what was done is whole."""

from __future__ import annotations

from typing import Annotated

import typer

from zhiheng_cli.texts import Language, text

app = typer.Typer(no_args_is_help=True, add_completion=False, help="操作留痕 / the trail of what was done")
MOST = 20


@app.callback()
def trail() -> None:
    """操作留痕。

    The trail of what was done.
    """


@app.command("verify")
def verify(
    known: Annotated[str, typer.Option(help="外部留存的链尾 序号:摘要 / an end kept elsewhere, NUMBER:DIGEST")] = "",
    lang: Annotated[Language, typer.Option(help="语言 / language", envvar="ZHIHENG_LANG")] = Language.ZH,
) -> int:
    """核验操作留痕：任何修改、删除、调换顺序都会被发现（SM3 与 SHA-256 双链）。

    Verify the trail: every change, deletion or reordering is found. Exit code 1 if it is not whole.
    """
    from zhiheng_cli.place import data_folder, django_ready

    django_ready(data_folder("data"))
    from zhiheng_web.trail.chain import kept_end
    from zhiheng_web.trail.chain import verify as breaks_of
    from zhiheng_web.trail.models import ChainHead

    number, _, digest = known.partition(":")
    if known and not (number.isdecimal() and digest):
        print(text("trail_known", lang))
        return 2
    breaks = [*breaks_of(), *(kept_end(int(number), digest.strip()) if known else ())]
    head = ChainHead.objects.get(pk=1)
    if not breaks:
        print(text("trail_whole", lang, number=head.number, sha256=head.sha256, sm3=head.sm3))
        return 0
    for found in breaks[:MOST]:
        print(text(f"trail_{found.kind}", lang, number=found.number))
    print(text("trail_broken", lang, number=len(breaks)))
    return 1
