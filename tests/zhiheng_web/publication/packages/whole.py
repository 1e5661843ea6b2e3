"""Run in a copy of the demonstration: what it published of its year's final account as JSON, and all that is personal or secret there."""

from __future__ import annotations

import json
import sys

from zhiheng_web.ledgers.columns import SEALED
from zhiheng_web.ledgers.models import EntryVersion, Person
from zhiheng_web.ledgers.writing import definition_of
from zhiheng_web.publication.building.building import build
from zhiheng_web.publication.content import to_json
from zhiheng_web.publication.models import Package


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
    """The first edition: what is built of its rows now is what was published then."""
    row = Package.objects.get(year=2020, kind=Package.Kind.FINAL, edition=1)
    sys.stdout.write(
        json.dumps({"content": row.content, "again": to_json(build(row).content), "secrets": secrets()}, ensure_ascii=False) + "\n"
    )


main()
