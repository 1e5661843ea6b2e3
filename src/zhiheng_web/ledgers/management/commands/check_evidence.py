"""Compare the store of evidence with the database, and remove what nobody names if asked."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zhiheng_web.ledgers.evidence_store.inspecting import inspect
from zhiheng_web.ledgers.evidence_store.storing import store
from zhiheng_web.trail.action import Refusal


class Command(BaseCommand):
    """``check_evidence``: exit code 1 if a file is missing or damaged; files that nobody names are only told."""

    help = "Compare the store of evidence with the database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sizes", action="store_true", help="compare sizes only, do not read the files")
        parser.add_argument("--remove-orphans", action="store_true", help="remove files that nothing names; stop the service first")

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            found = inspect(contents=not options["sizes"])
        except Refusal as refusal:
            raise CommandError(f"{refusal.text.zh} / {refusal.text.en}") from refusal
        for word, names in (("无引用 / nobody names", found.orphans), ("缺失 / missing", found.missing), ("损坏 / damaged", found.damaged)):
            for name in names:
                self.stdout.write(f"{word}: {name}")
        if options["remove_orphans"]:
            for key in found.orphans:
                store().remove(key)
        self.stdout.write(
            f"{found.files} 个文件，无引用 {len(found.orphans)}，缺失 {len(found.missing)}，损坏 {len(found.damaged)} / "
            f"{found.files} files, {len(found.orphans)} not named, {len(found.missing)} missing, {len(found.damaged)} damaged"
        )
        if found.missing or found.damaged:
            raise CommandError("请从备份恢复缺失或损坏的文件 / bring missing or damaged files back from a backup")
