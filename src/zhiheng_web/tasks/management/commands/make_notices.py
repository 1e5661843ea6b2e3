"""Make the notices that are due and send them, once or again and again."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from zhiheng_web.tasks.channels import deliver
from zhiheng_web.tasks.daily import run_daily
from zhiheng_web.tasks.notices import make_notices, remind


class Command(BaseCommand):
    """``make_notices --every 5`` runs until it is stopped; without it, once."""

    help = "Make and send the notices that are due."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=float, default=0, help="seconds between two rounds; 0: once")

    def handle(self, *_: Any, **options: Any) -> None:
        done_on = None
        while True:
            close_old_connections()
            if done_on != timezone.localdate():
                run_daily()
                done_on = timezone.localdate()
            make_notices()
            remind(timezone.localdate())
            deliver()
            if not options["every"]:
                return
            time.sleep(options["every"])
