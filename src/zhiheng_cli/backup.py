"""``zhiheng backup`` and ``zhiheng restore``: a verified copy of database and files, alike on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from zhiheng_cli.texts import Failure, Language, text


def backup(
    target: Annotated[Path | None, typer.Argument(metavar="OUT", help="写成的备份 .zip / the archive to write")] = None,
    lang: Annotated[Language, typer.Option(help="语言 / language", envvar="ZHIHENG_LANG")] = Language.ZH,
) -> int:
    """备份数据库和文件，写完即逐项核验。服务可以继续运行。

    Back up database and files into one archive, verified as it is written. The service may go on running.
    """
    archive = target or Path(f"zhiheng-{datetime.now():%Y%m%d-%H%M%S}.zip")
    made = done(lambda work: work.backup(archive), lang)
    print(text("backup_made", lang, file=made.path, rows=made.rows, files=made.files, number=made.trail_number, sha256=made.sha256))
    return 0


def restore(
    source: Annotated[Path, typer.Argument(metavar="IN", help="备份文件 / the archive")],
    check: Annotated[bool, typer.Option("--check", help="只核验，不恢复 / verify only")] = False,
    lang: Annotated[Language, typer.Option(help="语言 / language", envvar="ZHIHENG_LANG")] = Language.ZH,
) -> int:
    """把备份恢复到新建的空数据库（SQLite 与 PostgreSQL 可以互换），全部核验无误才算完成。

    Restore an archive into an empty database of either kind; all of it, verified, or nothing.
    """
    if not source.is_file():
        raise Failure(text("no_such_file", lang, file=source))
    made = done(lambda work: work.verify(source) if check else work.restore(source), lang)
    key = "backup_verified" if check else "backup_restored"
    print(text(key, lang, file=made.path, rows=made.rows, files=made.files, number=made.trail_number, sha256=made.sha256))
    return 0


def done(work: Callable[[Any], Any], lang: Language) -> Any:
    """Do it on the database of the environment; a refusal becomes a sentence."""
    from zhiheng_cli.place import data_folder, django_ready
    from zhiheng_cli.preparing import migrate

    django_ready(data_folder("data"))
    migrate()
    from zhiheng_web import backup as archives
    from zhiheng_web.trail.action import Refusal

    try:
        return work(archives)
    except Refusal as refusal:
        raise Failure(refusal.text.in_(lang.value)) from None
