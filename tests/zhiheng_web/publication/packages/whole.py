"""Run in a copy of the demonstration: the final package of its year as JSON, and all that is personal or secret in its ledgers."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[4]))

from tests.zhiheng_web.publication.packages.evaluated import accepted

from zhiheng_web.ledgers.columns import SEALED
from zhiheng_web.ledgers.models import EntryVersion, Person
from zhiheng_web.ledgers.writing import definition_of
from zhiheng_web.organisation.models import Account
from zhiheng_web.organisation.viewer import viewer_of
from zhiheng_web.planning.models import TableVersion
from zhiheng_web.publication.actions.begin_package import begin_package
from zhiheng_web.publication.building.building import build
from zhiheng_web.publication.content import to_json


def secrets() -> list[str]:
    """Names and numbers of people, and every sealed or internal word of any entry."""
    found = {person.name for person in Person.objects.all()} | {person.identity for person in Person.objects.all() if person.identity}
    for version in EntryVersion.objects.select_related("register").iterator(500):
        definition = definition_of(version.register)
        for column in definition.columns:
            if column.visibility in SEALED and column.detail and (word := version.sealed.get(column.name)):
                found.add(str(word))
    return sorted(word for word in found if len(word) > 1)


def main() -> None:
    officer = Account.objects.get(username="jixiao")
    at = datetime(2021, 8, 12, 2, tzinfo=UTC)
    for version in TableVersion.objects.filter(state="approved", table__year=2020).select_related(
        "table__unit__department", "table__project"
    ):
        accepted(version, officer)
        department = version.table.unit.department_id
    viewer = replace(viewer_of(officer, at.date()), at=at)
    row = begin_package(viewer, department, 2020, "final", date(2021, 8, 10), "临财预〔2021〕30号")
    sys.stdout.write(json.dumps({"content": to_json(build(row).content), "secrets": secrets()}, ensure_ascii=False) + "\n")


main()
