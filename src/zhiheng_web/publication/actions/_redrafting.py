"""A paragraph that nobody has worded follows what is withheld: as long as it says what was drafted, it is drafted anew."""

from __future__ import annotations

from zhiheng_web.publication.building.building import Built, build
from zhiheng_web.publication.building.drafting import drafted
from zhiheng_web.publication.models import Package, Paragraph


def redraft(package: Package, before: Built) -> list[str]:
    """Draft again what still says what would have been drafted of ``before``; gives the codes of those that now say something else."""
    was = {one.code: one.text for one in drafted(before.content, before.extent)}
    built = build(package, whole=False)
    now = {one.code: one.text for one in drafted(built.content, built.extent)}
    changed = []
    for row in Paragraph.objects.filter(package=package, code__in=list(was)):
        said = now.get(row.code, row.text)
        if row.text == was[row.code] and said != row.text:
            row.text = said
            row.edits += 1
            row.save(update_fields=["text", "edits"])
            changed.append(row.code)
    return changed
