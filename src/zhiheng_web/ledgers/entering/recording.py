"""What recording one entry and recording many have in common: refuse faults, write, tell a race as a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from django.db import IntegrityError, transaction

from zhiheng_web.ledgers.entering.preparing import Entering, Prepared, refuse_faults
from zhiheng_web.ledgers.models import EntryVersion
from zhiheng_web.ledgers.writing import digest_versions, write
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Invalid
from zhiheng_web.wording import Text

Made = TypeVar("Made")
JUST_RECORDED = Text(
    "另一人刚刚登记了同一编号。请刷新后核对，不要重复登记。",
    "Somebody has just recorded the same number: reload and check before recording it again.",
)


def recorded(viewer: Viewer, how: Entering, prepared: Sequence[Prepared], proofs: frozenset[str] = frozenset()) -> list[EntryVersion]:
    """Write what was prepared, all or none; a number that another wrote in the same moment is a refusal."""
    refuse_faults(prepared)
    drafts = [replace(one.draft, proofs=one.draft.proofs | proofs) for one in prepared]
    try:
        with transaction.atomic():
            return write(how.register, drafts, at=viewer.now(), by=viewer.account, change=EntryVersion.Change.RECORDED)
    except IntegrityError:
        column = next((name for name in how.definition.key), "number")
        raise Invalid("duplicate", JUST_RECORDED, {column: JUST_RECORDED}) from None


def told(how: Entering, made: Sequence[EntryVersion], result: Made) -> Done[Made]:
    """The record in the trail of entries that were recorded: how many, which, and the digest of their lines."""
    register = how.register
    details = {"count": len(made), "entries": [str(version.entry_id) for version in made[:2000]]}
    after = digest_versions(made)
    return Done(result, "ledgers.Register", str(register.pk), register.name_zh, str(register.department_id), "", after, details)
