"""The operator: whoever runs commands on the server itself. Stands above no policy but those that say so."""

from __future__ import annotations

from zhiheng_web.organisation.authority import authorise
from zhiheng_web.organisation.viewer import Scope, Viewer
from zhiheng_web.trail.actor import SYSTEM, Actor


class Operator:
    """The caller of an action from a command: the trail names the service itself."""

    @property
    def actor(self) -> Actor:
        """Who the trail names."""
        return SYSTEM


OPERATOR = Operator()


def authorise_unless_operator(viewer: Viewer | Operator, name: str, scope: Scope) -> None:
    """As :func:`authorise`, but a command on the server may too."""
    if not isinstance(viewer, Operator):
        authorise(viewer, name, scope)
