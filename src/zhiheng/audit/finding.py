"""Finding: one answer of one rule. No prose: the wording lives in the rule's texts, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from zhiheng.plan.place import Place


class Severity(StrEnum):
    """error blocks submission, warning needs a reply, information needs nothing."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a finding is about: ``field`` of an indicator (0-based index), or of the table when None."""

    field: str
    indicator: int | None = None
    duty: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """``parameters`` fill the message template of the rule; all are printed forms, in order of the template.

    ``variant`` names the template where a rule has more than one sentence to say; empty is its plain message.
    """

    code: str
    severity: Severity
    place: Place
    subject: Subject
    parameters: Mapping[str, str]
    variant: str = ""
