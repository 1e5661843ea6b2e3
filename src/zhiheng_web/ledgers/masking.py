"""What of an entry a viewer may see: one function for pages, lists, files and the API.

Public and internal columns are shown to whoever may open the entry. Personal columns are masked (张*, 3713****1234, 138****5678) and
trade and bank secrets withheld, unless the viewer's role sees them; a reporting unit sees what it reported itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from zhiheng.plan.procedure import Role
from zhiheng_web.ledgers.columns import SEALED, VISIBILITY_NAMES, Visibility
from zhiheng_web.ledgers.definition import Column, RegisterDefinition
from zhiheng_web.ledgers.models import EntryVersion, Person, Register
from zhiheng_web.ledgers.policies import scopes_of
from zhiheng_web.ledgers.writing import values_of
from zhiheng_web.organisation.authority import may
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.wording import Text

HIDDEN = Text("（{kind}，无权查看）", "({kind}, not for you)")
BESIDE = {"quantity": ("unit", "quantity_text"), "organisation": ("organisation_name",), "counterpart": ("counterpart_name",)}
"""Values that go with a column and share its visibility."""
RESIDENT = re.compile(r"\d{17}[\dXx]|\d{15}")
MOBILE = re.compile(r"(?:\+?86[- ]?)?(1\d{10})")
DAY = re.compile(r"(\d{4})-\d\d-\d\d")
COVER = "＊＊＊"
"""What stands in a file where nothing of a value may be seen."""
MASKED = re.compile(r"[*＊]{2,}|[^*]\*|[^*]{2,4}\*{4}[^*]{2,4}|\d{4}-\*\*-\*\*|[^*]?\*{3}@[^*]+")
"""What :func:`mask` and :func:`mask_name` give."""
CLASSIFIED = frozenset({"number", "done_on", "happened_on", "decided_on"})
"""What may be seen at all of an entry in a classified register."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What a viewer sees in clear in one register; ``own`` are the reporting units whose entries the viewer makes."""

    personal: bool = False
    secrets: bool = False
    own: frozenset[UUID] = frozenset()

    def clear(self, visibility: Visibility, reporter: UUID | None = None) -> bool:
        """Whether a column of this visibility is shown as it is, in an entry of that reporting unit."""
        if visibility not in SEALED or (reporter is not None and reporter in self.own):
            return True
        return self.personal if visibility is Visibility.PERSONAL else self.secrets


NOTHING = Sight()
"""The sight of somebody without any role."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One column of an entry as a viewer may see it. ``value`` is typed where it is clear, masked words where it is not; None: hidden.

    ``clear`` tells whether it is what stands in the ledger; a value that is not clear must not be offered for change.
    """

    column: Column
    value: Any
    clear: bool = True
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def hidden(self) -> bool:
        """Whether nothing of it is shown but that it is there."""
        return not self.clear and self.value is None

    @property
    def notice(self) -> Text:
        """What stands in the place of a hidden value."""
        return HIDDEN.with_(kind=VISIBILITY_NAMES[self.column.visibility])


def sights_of(viewer: Viewer, registers: Iterable[Register], day: date | None = None) -> dict[UUID, Sight]:
    """Register → what the viewer sees in clear there. A number of queries that does not grow with the registers."""
    own = frozenset(held.reporter for held in viewer.bounds({Role.REPORTER}) if held.reporter)
    scopes = scopes_of(registers, day or viewer.today())
    return {register: _sight(viewer, scope, own) for register, scope in scopes.items()}


def sight_of(viewer: Viewer, register: Register, day: date | None = None) -> Sight:
    """What the viewer sees in clear in one register. Ask once for a list, not for each row."""
    return sights_of(viewer, [register], day)[register.pk]


def _sight(viewer: Viewer, scope: Scope, own: frozenset[UUID]) -> Sight:
    return Sight(may(viewer, "ledgers.see_personal", scope), may(viewer, "ledgers.see_secrets", scope), own)


def seen(definition: RegisterDefinition, version: EntryVersion, sight: Sight) -> dict[str, Seen]:
    """The columns of a version as a viewer may see them, by name, in the register's order; blank ones and topics are left out."""
    values = values_of(definition, version)
    found: dict[str, Seen] = {}
    for column in definition.shown:
        value = values.get(column.name)
        if value is None or value == "":
            continue
        if definition.classified and column.name not in CLASSIFIED:
            found[column.name] = Seen(column, None, clear=False)
        elif sight.clear(column.visibility, version.reporter_id) and (not isinstance(value, Person) or _person_clear(sight, version)):
            extra = {name: values[name] for name in BESIDE.get(column.name, ()) if name in values}
            found[column.name] = Seen(column, value, extra=extra)
        elif isinstance(value, Person):
            found[column.name] = Seen(column, mask_name(value.name), clear=False)
        elif column.visibility is Visibility.PERSONAL:
            found[column.name] = Seen(column, mask(str(value)), clear=False)
        else:
            found[column.name] = Seen(column, None, clear=False)
    return found


def _person_clear(sight: Sight, version: EntryVersion) -> bool:
    """A person is personal whatever the register calls the column."""
    return sight.clear(Visibility.PERSONAL, version.reporter_id)


def title_of(definition: RegisterDefinition, version: EntryVersion, sight: Sight) -> str:
    """What an entry is called in a list: its title or number, as far as the viewer may see them."""
    for name in ("title", "number"):
        value = getattr(version, name)
        if not value:
            continue
        if not definition.has(name) or sight.clear(definition.column(name).visibility, version.reporter_id):
            return str(value)
        if definition.column(name).visibility is Visibility.PERSONAL:
            return mask(str(value))
    return ""


def masked_words(column: Column, words: str, sight: Sight = NOTHING) -> str:
    """The words of one column outside a version (a fault of a sheet, a preview of an import) as far as they may be shown."""
    if not words or sight.clear(column.visibility):
        return words
    return mask(words) if column.visibility is Visibility.PERSONAL else "***"


def public_columns(definition: RegisterDefinition) -> tuple[Column, ...]:
    """The columns that open data and the public may have; of a classified register none."""
    if definition.classified:
        return ()
    return tuple(column for column in definition.shown if column.visibility is Visibility.PUBLIC)


def public_values(definition: RegisterDefinition, version: EntryVersion) -> dict[str, Any]:
    """The typed values of the public columns; a person is never among them, but masked."""
    allowed = {column.name for column in public_columns(definition)}
    return {name: one.value for name, one in seen(definition, version, NOTHING).items() if name in allowed and not one.hidden}


def mask(words: str) -> str:
    """Personal words masked by what they look like: an identity number, a telephone, a day, an address, else a name or a number."""
    text = words.strip()
    if RESIDENT.fullmatch(text):
        return f"{text[:4]}****{text[-4:]}"
    if found := MOBILE.fullmatch(text):
        return f"{found[1][:3]}****{found[1][-4:]}"
    if found := DAY.fullmatch(text):
        return f"{found[1]}-**-**"
    if "@" in text:
        name, _, place = text.rpartition("@")
        return f"{name[:1]}***@{place}"
    if len(text) >= 8 and text.isascii():
        return f"{text[:2]}****{text[-2:]}"
    return mask_name(text)


def is_masked(words: str) -> bool:
    """Whether words are what somebody was shown in the place of a value, and not a value."""
    return MASKED.fullmatch(words.strip()) is not None


def mask_name(name: str) -> str:
    """A name with only its first character: 张*. How long it is does not show."""
    return f"{name.strip()[:1]}*" if name.strip() else ""
