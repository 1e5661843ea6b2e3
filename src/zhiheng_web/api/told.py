"""How what a query answers is told: shapes that read the query's own objects, words in both languages, numbers as exact text."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator

from zhiheng_web.api.shapes import Both, Named, both, exact
from zhiheng_web.ledgers.evidence_store.kinds import KINDS
from zhiheng_web.wording import Text


def _exact(value: Any) -> Any:
    return exact(value) if isinstance(value, Decimal) else value


def _both(value: Any) -> Any:
    return both(value) if isinstance(value, Text) else value


def _named(value: Any) -> Any:
    return value if value is None or isinstance(value, dict) else {"id": value.pk, "name": str(value)}


def _plain(value: Any) -> Any:
    return None if value is None else str(value)


Number = Annotated[str | None, BeforeValidator(_exact)]
"""An exact decimal as text, null where there is none."""
Words = Annotated[Both, BeforeValidator(_both)]
"""A text in both languages."""
MaybeWords = Annotated[Both | None, BeforeValidator(_both)]
Known = Annotated[Named, BeforeValidator(_named)]
"""A row by id and name."""
MaybeKnown = Annotated[Named | None, BeforeValidator(_named)]
Plain = Annotated[str | None, BeforeValidator(_plain)]
"""What something says of itself."""


def binary(*media: str) -> dict[str, Any]:
    """The description of an operation that answers a file."""
    content = {one: {"schema": {"type": "string", "format": "binary"}} for one in media}
    return {"responses": {200: {"description": "The file", "content": content}}}


def evidence_files() -> dict[str, Any]:
    """The same of a file that was uploaded as evidence."""
    return binary(*(kind.media_type for kind in KINDS.values()))
