"""Real threads against a real database: python -m tests.zhiheng_web.ledgers.entering.races. What each thread got is printed as JSON."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiheng_web.config.settings")


def everything() -> dict[str, Any]:
    """All races, one after another, on one database."""
    from tests.zhiheng_web.ledgers.entering.conftest import CONTRACTS, declare, reporter_of, words
    from tests.zhiheng_web.trust.races import at_once

    from zhiheng_web.demonstration.organisation import write_organisation
    from zhiheng_web.ledgers.actions.confirm_entries import confirm_entries
    from zhiheng_web.ledgers.actions.correct_entry import correct_entry
    from zhiheng_web.ledgers.actions.move_entry import move_entry
    from zhiheng_web.ledgers.actions.record_entries import record_entries
    from zhiheng_web.ledgers.actions.record_entry import record_entry
    from zhiheng_web.ledgers.actions.revoke_entry import revoke_entry
    from zhiheng_web.ledgers.models import FOREVER, Entry, EntryVersion, Organisation
    from zhiheng_web.organisation.viewer import viewer_of
    from zhiheng_web.trail.chain import verify
    from zhiheng_web.uscc import made_up

    made = write_organisation()
    office, head = (viewer_of(made.accounts[name], date(2020, 1, 10)) for name in ("jingban", "kezhang"))
    county = replace(reporter_of(made, "河东区科技局", kind="county", division_code="371312"), at=None)
    register = declare(made, CONTRACTS)
    told: dict[str, Any] = {}

    def open_of(entry: object) -> int:
        return EntryVersion.objects.filter(entry=entry, known_until=FOREVER).count()

    told["one_number"] = at_once([lambda: record_entry(office, register.pk, words())] * 6)
    told["entries_of_it"] = Entry.objects.count()

    new = {"organisation": made_up(5), "organisation_name": "新企业"}
    told["one_new_firm"] = at_once([lambda n=n: record_entry(office, register.pk, words(f"1{n:05d}", **new)) for n in range(6)])
    told["firms"] = Organisation.objects.count()

    first = EntryVersion.objects.get(number="000001")
    told["corrections"] = at_once(
        [lambda n=n: correct_entry(office, first.entry_id, {"title": f"改 {n}"}, reason="改", seen=first.pk) for n in range(6)]
    )
    told["open_after_corrections"] = open_of(first.entry_id)

    seen = EntryVersion.objects.get(entry=first.entry_id, known_until=FOREVER).pk
    step = {"words": {"category": "dev"}, "seen": seen}
    told["moves"] = at_once([lambda: move_entry(office, first.entry_id, "register", **step)] * 4)
    told["versions_of_move"] = EntryVersion.objects.filter(entry=first.entry_id, change="moved").count()

    rows = record_entries(county, register.pk, [words(f"2{n:05d}") for n in range(40)])
    ids = [version.entry_id for version in rows]
    told["confirmations"] = at_once(
        [lambda: confirm_entries(office, register.pk, ids), lambda: confirm_entries(head, register.pk, ids[::-1])]
    )
    told["confirmed_once"] = EntryVersion.objects.filter(entry__in=ids, change="confirmed").count()

    more = [version.entry_id for version in record_entries(county, register.pk, [words(f"3{n:05d}") for n in range(10)])]
    told["confirmed_and_corrected"] = at_once(
        [lambda: confirm_entries(office, register.pk, more), lambda: confirm_entries(head, register.pk, more)]
        + [lambda one=one: correct_entry(county, one, {"title": "县里改"}, reason="改") for one in more]
        + [lambda one=one: revoke_entry(head, one, reason="撤", document="文") for one in more[:3]]
    )
    told["open_each"] = sorted({open_of(one) for one in [*ids, *more]})
    told["breaks"] = [str(found) for found in verify()]
    return told


if __name__ == "__main__":
    django.setup()
    from tests.migrated import migrate

    migrate()
    print(json.dumps(everything(), ensure_ascii=False))  # noqa: T201 - this is what the command is for
