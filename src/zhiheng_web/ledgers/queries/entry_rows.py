"""The entries of a register in full, counted off from the start of the list: what a program reads, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from zhiheng_web.ledgers.definition import RegisterDefinition
from zhiheng_web.ledgers.masking import sight_of, title_of
from zhiheng_web.ledgers.models import EntryVersion
from zhiheng_web.ledgers.queries.entry_filter import filtered, read_filter
from zhiheng_web.ledgers.queries.reading import Reader, hidden_columns
from zhiheng_web.ledgers.queries.register_list import Line, gap_words, in_order, ordering, state_words
from zhiheng_web.ledgers.queries.registers import register_for
from zhiheng_web.ledgers.writing import definition_of, loaded
from zhiheng_web.organisation.authority import authorise_menu
from zhiheng_web.organisation.viewer import Viewer


def entry_rows(viewer: Viewer, register: UUID, query: Mapping[str, str], limit: int, offset: int) -> tuple[int, list[Line]]:
    """How many entries the filter of the list lets through, and some of them in its order with all columns that are shown."""
    authorise_menu(viewer, "ledgers.see_entries")
    found = register_for(viewer, register)
    definition: RegisterDefinition = definition_of(found)
    sight = sight_of(viewer, found)
    hidden = hidden_columns(definition, sight)
    asked = replace(read_filter(query, definition, hidden), after="", before="")
    rows = filtered(viewer, found, asked, definition, hidden)
    keys = list(in_order(rows, ordering(asked, definition, hidden)).values_list("pk", flat=True)[offset : offset + limit])
    by_key = {version.pk: version for version in loaded(EntryVersion.objects.filter(pk__in=keys)).defer("register__definition")}
    versions = [by_key[key] for key in keys]
    cells = Reader(viewer, definition, sight).rows(versions)
    return rows.count(), [
        Line(version, title_of(definition, version, sight), row, state_words(definition, version.state), gap_words(definition, version.gap))
        for version, row in zip(versions, cells, strict=True)
    ]
