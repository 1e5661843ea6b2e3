"""What falls due of itself in duties 1 to 4: bulletins by the calendar, checks of platforms, evaluations of documents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from tests.zhiheng_kjj.mini_ledger import Ledger
from tests.zhiheng_web.ledgers.adopted import Kjj

from zhiheng_web.ledgers.actions.correct_entry import correct_entry
from zhiheng_web.ledgers.actions.generate_obligations import generate_obligations
from zhiheng_web.ledgers.actions.move_entry import move_entry
from zhiheng_web.ledgers.models import FOREVER, Entry, EntryVersion
from zhiheng_web.organisation.viewer import Viewer

PLATFORMS = (("甲", "building", date(2020, 3, 31)), ("乙", "running", date(2020, 3, 31)), ("丙", "building", date(2021, 3, 31)))
"""Three city platforms: the first is to be checked in 2020, the second was accepted, the third is being built until 2021."""
BUILT = {
    "known": date(2019, 1, 10),
    "county": "371302",
    "category": "key_laboratory",
    "level": "city",
    "document": "临科字〔2017〕20号",
    "decided_on": date(2017, 4, 1),
    "happened_on": date(2017, 4, 1),
}
RULES = {
    "id": "办法",
    "register": "normative_document",
    "known": date(2019, 6, 20),
    "state": "filed",
    "title": "临沂市科技创新券实施管理办法（试行）",
    "document": "临科字〔2019〕30号",
    "recommended_on": date(2019, 4, 1),
    "happened_on": date(2019, 4, 10),
    "decided_on": date(2019, 5, 1),
    "due_on": date(2019, 5, 16),
    "done_on": date(2019, 5, 10),
    "valid_from": date(2019, 5, 1),
    "valid_until": date(2020, 5, 1),
}
CASE = {
    "indicator": "规范创新平台管理",
    "register": "platform",
    "entries": [
        {"id": name, "title": f"{name}实验室", "organisation": f"{name}公司", "state": state, "due_on": ends, **BUILT}
        for name, state, ends in PLATFORMS
    ]
    + [RULES],
}


@pytest.fixture
def ledger(kjj: Kjj, viewer: Callable[[str], Viewer]) -> Ledger:
    made = Ledger(kjj, viewer, CASE)
    made.write()
    return made


@pytest.fixture
def office(ledger: Ledger) -> Viewer:
    return ledger.clerk(date(2020, 1, 6))


def due_in(kjj: Kjj, code: str) -> list[EntryVersion]:
    versions = EntryVersion.objects.filter(register=kjj.register(code), known_until=FOREVER, change="generated")
    return list(versions.order_by("due_on", "category"))


@pytest.mark.django_db
def test_a_year_has_four_quarterly_bulletins_and_one_yearly(kjj: Kjj, office: Viewer) -> None:
    generate_obligations(office, kjj.registers["bulletin"], date(2020, 12, 31))
    assert [(row.category, row.due_on) for row in due_in(kjj, "bulletin")] == [
        ("annual", date(2020, 1, 25)),
        ("quarterly", date(2020, 1, 25)),
        ("quarterly", date(2020, 4, 25)),
        ("quarterly", date(2020, 7, 25)),
        ("quarterly", date(2020, 10, 25)),
    ]


@pytest.mark.django_db
def test_only_platforms_still_building_are_to_be_checked_ninety_days_after_their_end(kjj: Kjj, ledger: Ledger, office: Viewer) -> None:
    generate_obligations(office, kjj.registers["platform_check"], date(2020, 12, 31))
    assert [(row.about_id, row.due_on) for row in due_in(kjj, "platform_check")] == [(ledger.entries["甲"], date(2020, 6, 29))]


@pytest.mark.django_db
def test_a_document_is_evaluated_before_it_expires(kjj: Kjj, ledger: Ledger, office: Viewer) -> None:
    generate_obligations(office, kjj.registers["document_evaluation"], date(2020, 12, 31))
    assert [(row.about_id, row.due_on) for row in due_in(kjj, "document_evaluation")] == [(ledger.entries["办法"], date(2020, 4, 1))]


@pytest.mark.django_db
def test_bulletins_that_fell_due_are_named_issued_and_made_no_second_time(kjj: Kjj, ledger: Ledger, office: Viewer) -> None:
    register = kjj.registers["bulletin"]
    generate_obligations(office, register, date(2020, 12, 31))
    rows = due_in(kjj, "bulletin")
    for row in rows[1:3]:
        edition = "2019年第4季度" if row.due_on == date(2020, 1, 25) else "2020年第1季度"
        correct_entry(ledger.clerk(row.due_on), row.entry_id, {"edition": edition}, reason="写明期间")
        move_entry(ledger.clerk(row.due_on, 2), row.entry_id, "issue")
    before = Entry.objects.filter(register=register).count()
    assert before == 5
    generate_obligations(ledger.clerk(date(2020, 5, 6)), register, date(2020, 12, 31))
    assert Entry.objects.filter(register=register).count() == before
    issued = EntryVersion.objects.filter(register=register, known_until=FOREVER, state="issued").order_by("due_on")
    assert [(row.edition, row.done_on) for row in issued] == [
        ("2019年第4季度", date(2020, 1, 25)),
        ("2020年第1季度", date(2020, 4, 25)),
    ]


@pytest.mark.django_db
def test_a_check_that_fell_due_is_concluded(kjj: Kjj, ledger: Ledger, office: Viewer) -> None:
    generate_obligations(office, kjj.registers["platform_check"], date(2020, 12, 31))
    row = due_in(kjj, "platform_check")[0]
    moved = move_entry(ledger.clerk(date(2020, 6, 20)), row.entry_id, "conclude", words={"level": "good"})
    assert (moved.state, moved.done_on, moved.due_on, moved.gap) == ("concluded", date(2020, 6, 20), date(2020, 6, 29), "evidence")
