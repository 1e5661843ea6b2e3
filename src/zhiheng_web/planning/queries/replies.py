"""What still asks for a reply, rule by rule."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from zhiheng.audit.catalogue import rule
from zhiheng_web.organisation.authority import may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.checking import Checked, check
from zhiheng_web.planning.editing.cells import duty_scopes, finding_scope
from zhiheng_web.planning.models import TableVersion
from zhiheng_web.planning.queries.tables import version_for
from zhiheng_web.planning.versions import load
from zhiheng_web.wording import Text


@dataclass(frozen=True, slots=True)
class AskingRule:
    """A rule with its findings that ask for a reply."""

    code: str
    title: Text
    findings: tuple[Checked, ...]


def asking_by_rule(viewer: Viewer, version: UUID) -> tuple[TableVersion, list[AskingRule]]:
    """The version, and the rules that still ask for a reply within the viewer's reach, in reading order."""
    loaded = load(version_for(viewer, version))
    scopes = duty_scopes(loaded)
    asking: dict[str, list[Checked]] = {}
    for found in check(loaded):
        if found.open and found.asks and may(viewer, "planning.reply_by_rule", finding_scope(loaded, found, scopes)):
            asking.setdefault(found.code, []).append(found)
    return loaded.version, [AskingRule(code, title_of(code), tuple(findings)) for code, findings in asking.items()]


def title_of(code: str) -> Text:
    """What a rule of the audit is called."""
    known = rule(code)
    return Text(known.zh.title, known.en.title)
