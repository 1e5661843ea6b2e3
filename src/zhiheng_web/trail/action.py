"""Action: one step that changes something, in one transaction, with its policy and its record in the trail.

    @action("planning.submit_table", steps=("submit",))
    def submit_table(viewer: Viewer, table: UUID, ...) -> Done[TableVersion]: ...

The function loads and locks, authorises (raises :class:`Forbidden`), lets the library decide (raises :class:`Refusal`), writes
and returns :class:`Done`. The decorator opens the transaction, writes the trail and gives the caller ``Done.result``. A
:class:`KeptRefusal` leaves a record too, written after the refused transaction has ended: nothing else of it stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar

from django.db import transaction

from zhiheng_web.trail.actor import Actor
from zhiheng_web.trail.chain import append
from zhiheng_web.wording import Text

Result = TypeVar("Result")
Arguments = ParamSpec("Arguments")


class Asking(Protocol):
    """What an action needs to know of its caller: see organisation.viewer.Viewer."""

    @property
    def actor(self) -> Actor:
        """Who the trail names."""


Caller = TypeVar("Caller", bound=Asking)


@dataclass(frozen=True, slots=True)
class Done(Generic[Result]):
    """What an action did. ``before`` and ``after`` are digests of the object; ``details`` are kept verbatim.

    ``nothing`` tells that the object was already so: nothing is recorded.
    """

    result: Result
    object_type: str
    object_id: str
    object_name: str = ""
    department: str = ""
    before: str = ""
    after: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    nothing: bool = False


class Refusal(Exception):  # noqa: N818 - it is an answer, not a fault
    """An action that cannot be done as asked: what, where and what to do, in both languages. Nothing was written.

    ``code`` is stable for the API; ``fields`` names the inputs it is about; ``status`` is the HTTP status it becomes.
    """

    status = 409

    def __init__(self, code: str, text: Text, fields: Mapping[str, Text] | None = None) -> None:
        super().__init__(text.zh)
        self.code = code
        self.text = text
        self.fields = dict(fields or {})


class KeptRefusal(Refusal):
    """A refusal that is itself kept in the trail: an attempt at what is closed, or to close it too early.

    The record says who tried which step on what, and why it was refused. Only an action keeps it: a page that asks whether something
    may be done records nothing.
    """

    def __init__(
        self,
        code: str,
        text: Text,
        fields: Mapping[str, Text] | None = None,
        *,
        object_type: str,
        object_id: str,
        object_name: str,
        department: str,
    ) -> None:
        super().__init__(code, text, fields)
        self.about = (object_type, object_id, object_name, department)

    def done(self, tried: str) -> Done[None]:
        """What the trail keeps of it. ``tried``: the trail name of the step that was refused."""
        why = {"reason": self.text.zh} | ({"lacking": [text.zh for text in self.fields.values()]} if self.fields else {})
        return Done(None, *self.about, details={"tried": tried, "code": self.code, **why})


class Invalid(Refusal):
    """The input itself is wrong (400)."""

    status = 400


class Conflict(Refusal):
    """Somebody else was faster (409): what stands there now is in ``current``."""

    def __init__(self, code: str, text: Text, current: Mapping[str, Any]) -> None:
        super().__init__(code, text)
        self.current = dict(current)


class Forbidden(Refusal):
    """The viewer may not do this to this object (403)."""

    status = 403


class Absent(Refusal):
    """There is no such object for this viewer (404): one of another department is as absent as one that never was."""

    status = 404


@dataclass(frozen=True, slots=True)
class ActionEntry:
    """A registered action: its trail name and the procedure steps it carries out (none for administration)."""

    name: str
    steps: tuple[str, ...]
    module: str
    function: str


REFUSED = "trail.refused"
"""What the record of a :class:`KeptRefusal` is called."""
ACTIONS: dict[str, ActionEntry] = {}
"""All actions by trail name: the contract tests walk it."""


def action(
    name: str, steps: tuple[str, ...] = ()
) -> Callable[[Callable[Concatenate[Caller, Arguments], Done[Result]]], Callable[Concatenate[Caller, Arguments], Result]]:
    """Register an action and wrap it: one transaction, one record, the chain's head taken last."""

    def register(function: Callable[Concatenate[Caller, Arguments], Done[Result]]) -> Callable[Concatenate[Caller, Arguments], Result]:
        if name in ACTIONS:
            raise ValueError(f"two actions are called {name}")
        ACTIONS[name] = ActionEntry(name, steps, function.__module__, function.__name__)

        @wraps(function)
        def run(viewer: Caller, /, *arguments: Arguments.args, **named: Arguments.kwargs) -> Result:
            try:
                with transaction.atomic():
                    done = function(viewer, *arguments, **named)
                    if not done.nothing:
                        append(viewer.actor, name, done)
            except KeptRefusal as refusal:  # the transaction above is undone: the record has one of its own
                with transaction.atomic():
                    append(viewer.actor, REFUSED, refusal.done(name))
                raise
            return done.result

        return run

    return register
