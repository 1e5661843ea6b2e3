"""A source whose day moves takes its open obligation with it; what is due and overdue is told to those who keep the register."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from tests.zhiheng_web.ledgers.adopted import Kjj
from tests.zhiheng_web.ledgers.seeing.scene import at, put

from zhiheng_web.ledgers.actions.generate_obligations import generate_obligations
from zhiheng_web.ledgers.models import FOREVER, EntryVersion
from zhiheng_web.ledgers.writing import definition_of, draft_of, loaded, write
from zhiheng_web.organisation.models import Account
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.tasks.ledger_work import remind_due
from zhiheng_web.tasks.models import Notice

END = date(2020, 12, 31)


def dues(kjj: Kjj) -> list[tuple[date | None, str]]:
    rows = EntryVersion.objects.filter(register=kjj.register("document_evaluation"), known_until=FOREVER).order_by("due_on")
    return [(row.due_on, row.change) for row in rows]


def again(entry: Any, when: Any, **values: Any) -> EntryVersion:
    version = loaded(EntryVersion.objects.filter(entry=entry, known_until=FOREVER)).get()
    draft = draft_of(definition_of(version.register), version)
    state = values.pop("state", draft.state)
    return write(version.register, [replace(draft, state=state, values={**draft.values, **values})], at=when, by=None, change="corrected")[
        0
    ]


@pytest.fixture
def source(kjj: Kjj) -> EntryVersion:
    register = kjj.register("normative_document")
    return put(register, [{"title": "管理办法", "document": "临科〔2018〕1号", "valid_until": date(2020, 8, 30)}], "filed", at(1, 2))[0]


def test_the_open_obligation_moves_with_its_source(kjj: Kjj, source: EntryVersion, viewer: Callable[[str], Viewer]) -> None:
    generate_obligations(replace(viewer("jixiao"), at=at(1, 10)), None, END)
    assert dues(kjj) == [(date(2020, 7, 31), "generated")]  # thirty days before
    again(source.entry, at(2, 1), valid_until=date(2020, 10, 30))
    generate_obligations(replace(viewer("jixiao"), at=at(2, 2)), None, END)
    assert dues(kjj) == [(date(2020, 9, 30), "generated")]
    assert EntryVersion.objects.filter(register=kjj.register("document_evaluation")).count() == 2
    assert generate_obligations(replace(viewer("jixiao"), at=at(2, 3)), None, END) == []


def test_what_was_done_stays_and_a_new_day_owes_anew(kjj: Kjj, source: EntryVersion, viewer: Callable[[str], Viewer]) -> None:
    def generate(month: int, day: int) -> list[EntryVersion]:
        return generate_obligations(replace(viewer("jixiao"), at=at(month, day)), None, END)

    generate(1, 10)
    again(source.entry, at(2, 1), valid_until=date(2020, 9, 29))
    generate(2, 2)
    owed = EntryVersion.objects.get(register=kjj.register("document_evaluation"), known_until=FOREVER)
    again(owed.entry, at(3, 1), done_on=date(2020, 3, 1))
    assert generate(3, 2) == []  # moved, then done: not owed again for the day to which it moved
    again(source.entry, at(4, 1), valid_until=date(2020, 12, 30))
    assert [row.due_on for row in generate(4, 2)] == [date(2020, 11, 30)]
    assert sorted(due for due, _ in dues(kjj) if due) == [date(2020, 8, 30), date(2020, 11, 30)]


def test_a_day_that_a_person_set_stays(kjj: Kjj, source: EntryVersion, viewer: Callable[[str], Viewer]) -> None:
    generate_obligations(replace(viewer("jixiao"), at=at(1, 10)), None, END)
    owed = EntryVersion.objects.get(register=kjj.register("document_evaluation"), known_until=FOREVER)
    again(owed.entry, at(1, 20), due_on=date(2020, 6, 1))
    again(source.entry, at(2, 1), valid_until=date(2020, 10, 30))
    assert generate_obligations(replace(viewer("jixiao"), at=at(2, 2)), None, END) == []
    assert dues(kjj) == [(date(2020, 6, 1), "corrected")]


def test_what_is_due_and_overdue_is_told_once_to_those_who_keep_it(
    kjj: Kjj, viewer: Callable[[str], Viewer], monkeypatch: pytest.MonkeyPatch
) -> None:
    generate_obligations(replace(viewer("jixiao"), at=at(1, 10)), kjj.register("bulletin").pk, END)

    def on(day: date) -> list[tuple[str, bool]]:
        monkeypatch.setattr(timezone, "localdate", lambda *_: day)
        Notice.objects.all().delete()
        remind_due()
        assert remind_due() == 0
        rows = Notice.objects.filter(account=Account.objects.get(username="jixiao"))
        return sorted((row.kind, "2020-04-25" in row.text_zh) for row in rows)

    assert on(date(2020, 4, 21)) == []
    assert on(date(2020, 4, 22)) == [("due", True)]
    assert on(date(2020, 4, 26)) == [("overdue", True)]
    assert on(date(2020, 6, 1)) == []
    on(date(2020, 4, 24))
    told = set(Notice.objects.values_list("account__username", flat=True))
    assert "jixiao" in told
    readers = {account.username for account in Account.objects.all() if not viewer(account.username).roles & set(KEEPING)}
    assert readers and not told & readers


KEEPING = ("filler", "section_head", "performance_officer")
