"""Deciding on several tables at once: each goes through exactly the action of a single one, in a transaction of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.actions.decide import Verdict, decide
from zhiheng_web.planning.models import Decision
from zhiheng_web.planning.policies import visible_versions
from zhiheng_web.trail.action import Refusal
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class Chosen:
    """One table of many with the turn that was shown. ``document`` overrules the number that stands for all."""

    version: UUID
    turn: int
    document: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one: the decision, or why it was refused."""

    name: str
    version: UUID
    decision: Decision | None = None
    refused: Refusal | None = None

    @property
    def text(self) -> Text:
        """The refusal in words, or that it was done."""
        return self.refused.text if self.refused is not None else Text("已办理。", "Done.")


def decide_each(viewer: Viewer, chosen: Iterable[Chosen], verdict: Verdict) -> list[Result]:
    """Decide on each as on a single one. What is refused stands beside what was done."""
    items = list(chosen)
    names = _names(viewer, [item.version for item in items])
    results = []
    for item in items:
        name = names.get(item.version, "—")
        own = replace(verdict, document=item.document) if item.document.strip() else verdict
        try:
            results.append(Result(name, item.version, decision=decide(viewer, item.version, own, turn=item.turn)))
        except Refusal as refused:
            results.append(Result(name, item.version, refused=refused))
    return results


def _names(viewer: Viewer, versions: list[UUID]) -> Mapping[UUID, str]:
    seen = visible_versions(viewer).filter(pk__in=versions).select_related("table__unit", "table__project")
    return {row.pk: str(row.table) for row in seen}
