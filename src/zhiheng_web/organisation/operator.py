"""The operator: whoever runs commands on the server itself. Stands above no policy but those that say so."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.trail.actor import SYSTEM, Actor


class Operator:
    """The caller of an action from a command: the trail names the service itself. It is no account and does things now."""

    account = None

    def now(self) -> datetime:
        """The present."""
        return timezone.now()

    def today(self) -> date:
        """The day in China."""
        return timezone.localdate()

    @property
    def actor(self) -> Actor:
        """Who the trail names."""
        return SYSTEM


OPERATOR = Operator()


def authorise_unless_operator(viewer: Viewer | Operator, name: str, scope: Scope) -> None:
    """As :func:`authorise`, but a command on the server may too."""
    if not isinstance(viewer, Operator):
        authorise(viewer, name, scope)
