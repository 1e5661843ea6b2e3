"""What the forms of packages send. What cannot be read is Invalid, never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import QueryDict

from zhiheng_web.planning.forms.circulation import identifier, whole
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

UNREADABLE_DAY = Text("请填写日期，如 2020-03-01。", "Enter a day like 2020-03-01.")


def day(sent: Mapping[str, str], name: str) -> date:
    """A day that must be given."""
    try:
        return date.fromisoformat(sent.get(name, "").strip())
    except ValueError:
        raise Invalid("date_unreadable", UNREADABLE_DAY, {name: UNREADABLE_DAY}) from None


def begun(sent: Mapping[str, str]) -> dict[str, Any]:
    """A package to begin."""
    return {
        "department": identifier(sent.get("department", "")),
        "year": whole(sent.get("year", "")),
        "kind": sent.get("kind", ""),
        "approved_on": day(sent, "approved_on"),
        "approval_number": sent.get("approval_number", ""),
        "without": sent.get("without", ""),
    }


def paragraph(sent: Mapping[str, str]) -> dict[str, Any]:
    """A paragraph as it is worded, with what its typed digits are confirmed to be (``as-2020`` = year)."""
    own = sent.get("paragraph", "")
    edits = sent.get("edits", "")
    return {
        "paragraph": identifier(own) if own else None,
        "text": sent.get("text", ""),
        "heading": sent.get("heading", ""),
        "confirmed": {name.removeprefix("as-"): kind for name, kind in sent.items() if name.startswith("as-") and kind},
        "edits": whole(edits) if edits else None,
    }


def withdrawal(sent: Mapping[str, str]) -> dict[str, Any]:
    """The head's decision about a withdrawal."""
    return {"agree": _agreed(sent), "opinion": sent.get("opinion", "")}


def _agreed(sent: Mapping[str, str]) -> bool:
    outcome = sent.get("outcome", "")
    if outcome not in ("agree", "return"):
        raise Invalid("unreadable", Text("请选择同意或退回。", "Agree, or send it back."))
    return outcome == "agree"


def decided(sent: Mapping[str, str]) -> dict[str, Any]:
    """A decision about a content."""
    return {"digest": sent.get("digest", ""), "agree": _agreed(sent), "opinion": sent.get("opinion", "")}


def clock(sent: Mapping[str, str]) -> dict[str, Any]:
    """A time limit."""
    return {
        "department": identifier(sent.get("department", "")),
        "days": whole(sent.get("days", "")),
        "working": bool(sent.get("working")),
        "document": sent.get("document", ""),
    }


def redacted(sent: QueryDict) -> dict[str, Any]:
    """What is withheld: one place or several that say the same, on one ground."""
    first, *also = sent.getlist("place") or [""]
    return {"place": first, "also": also, "ground": sent.get("ground", ""), "remark": sent.get("remark", "")}


def redaction(sent: Mapping[str, str]) -> UUID:
    """Which redaction."""
    return identifier(sent.get("redaction", ""))
