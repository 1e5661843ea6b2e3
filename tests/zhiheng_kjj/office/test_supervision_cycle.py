"""Reports on a matter come by its own cycle; a contribution to the yearbook from every office."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.zhiheng_kjj.mini_ledger import Ledger
from tests.zhiheng_web.ledgers.adopted import Kjj

from zhiheng_web.ledgers.actions.generate_obligations import generate_obligations
from zhiheng_web.organisation.models import Office
from zhiheng_web.organisation.viewer import Viewer


def matter(cycle: str) -> dict[str, Any]:
    said = {"cycle": cycle} if cycle else {}
    return {
        "id": cycle or "blank",
        "state": "signed",
        "number": f"DB-{cycle}",
        "title": f"事项{cycle}",
        "category": "meeting",
        "office": "办公室",
        "received_on": date(2020, 1, 2),
        "happened_on": date(2020, 1, 2),
        "due_on": date(2020, 3, 16),
        "evidence": [],
        **said,
    }


def test_each_matter_owes_what_its_cycle_says(kjj: Kjj, viewer: Callable[[str], Viewer]) -> None:
    """January to 9 April 2020, counted on a calendar: Mondays after a week, the 5th after a month, 5 April after a quarter, the due day."""
    entries = [matter(cycle) for cycle in ("week", "month", "quarter", "once", "")]
    case = {"indicator": "上报重点工作及事项", "register": "supervision_item", "known": date(2020, 1, 3), "entries": entries}
    ledger = Ledger(kjj, viewer, case)
    ledger.write()
    made = generate_obligations(ledger.clerk(date(2020, 2, 10)), kjj.registers["supervision_report"], date(2020, 4, 9))
    names = {entry: name for name, entry in ledger.entries.items()}
    due: dict[str, list[date]] = {}
    for one in made:
        due.setdefault(names[one.about_id], []).append(one.due_on)
    mondays = [date.fromordinal(day) for day in range(date(2020, 1, 6).toordinal(), date(2020, 4, 7).toordinal(), 7)]
    assert sorted(due["week"]) == mondays
    assert sorted(due["month"]) == sorted(due["blank"]) == [date(2020, 2, 5), date(2020, 3, 5), date(2020, 4, 5)]
    assert due["quarter"] == [date(2020, 4, 5)]
    assert due["once"] == [date(2020, 3, 16)]
    assert {one.office.name for one in made} == {"办公室"}


def test_every_office_owes_a_contribution_to_the_yearbook(kjj: Kjj, viewer: Callable[[str], Viewer]) -> None:
    case = {"indicator": "编辑科技年鉴", "register": "yearbook", "entries": []}
    clerk = Ledger(kjj, viewer, case).clerk(date(2020, 2, 1))
    closed = Office.objects.filter(unit__department=kjj.department).first()
    Office.objects.filter(pk=closed.pk).update(closed_on=date(2020, 3, 1))
    made = generate_obligations(clerk, kjj.registers["yearbook_task"], date(2020, 4, 1))
    offices = set(Office.objects.filter(unit__department=kjj.department).values_list("pk", flat=True)) - {closed.pk}
    assert {one.office_id for one in made} == offices and len(made) == len(offices) > 3
    assert {one.due_on for one in made} == {date(2020, 3, 20)}
    again = generate_obligations(clerk, kjj.registers["yearbook_task"], date(2020, 4, 1))
    assert list(again or []) == []
