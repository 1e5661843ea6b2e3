"""A frozen version takes no write by any path: every action on a version, called with input that an open version would take."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.zhiheng_web.ledgers.evidence.files import pdf
from tests.zhiheng_web.planning.travelling import EXCELLENT, Who, mended, say, walk

from zhiheng.plan.procedure import Outcome, State
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.ledgers.actions.choose_basis import choose_basis
from zhiheng_web.ledgers.models import CountingBasis
from zhiheng_web.planning import actions
from zhiheng_web.planning.actions.add_row import add_duty
from zhiheng_web.planning.actions.decide import Verdict, decide
from zhiheng_web.planning.actions.edit_cells import CellEdit, edit_cells
from zhiheng_web.planning.actions.write_opinion import write_opinion
from zhiheng_web.planning.circulation.standing import standing
from zhiheng_web.planning.models import Circulation, Decision, TableVersion
from zhiheng_web.planning.versions import load, version_digest
from zhiheng_web.planning.weighing import tags_of
from zhiheng_web.trail.action import ACTIONS, Invalid, Refusal

for module in pkgutil.iter_modules(actions.__path__):
    importlib.import_module(f"{actions.__name__}.{module.name}")


def takes_a_version() -> list[str]:
    """The names of all actions on a version."""
    found = []
    for name, entry in ACTIONS.items():
        function = getattr(importlib.import_module(entry.module), entry.function)
        ours = entry.module.startswith((actions.__name__, "zhiheng_web.ledgers.actions"))
        if ours and "version" in inspect.signature(function).parameters:
            found.append(name)
    return sorted(found)


def inputs(version: TableVersion) -> dict[str, dict[str, Any]]:
    """What each action would be given for an open version."""
    loaded = load(version)
    row, duty = loaded.rows[0], loaded.duties[0]
    seen = {row.pk: tags_of(row)}
    CountingBasis.objects.get_or_create(indicator=row.indicator, code="usual", defaults={"default": True, "text_zh": "通常口径"})
    other, _ = CountingBasis.objects.get_or_create(indicator=row.indicator, code="other", defaults={"text_zh": "另一口径"})
    return {
        "planning.set_weights": {"tags": {row.pk: replace(seen[row.pk], direction="higher")}, "seen": seen},
        "planning.accept_proposal": {"rows": None, "seen": ""},
        "planning.set_scheme": {"scheme": "national"},
        "planning.divide_indicator": {"row": row.pk, "parts": [], "join": ""},
        "planning.add_row": {"duty": duty.pk, "name": "新增指标"},
        "planning.add_duty": {"name": "新增职责"},
        "planning.answer_cell": {"row": str(row.pk), "field": "target", "text": row.target_text, "choice": 0},
        "planning.edit_cells": {"edits": [CellEdit(str(row.pk), "name", row.name, "改过的名称")]},
        "planning.move_row": {"row": row.pk, "step": 1},
        "planning.move_duty": {"duty": duty.pk, "step": 1},
        "planning.remove_row": {"row": row.pk},
        "planning.restore_row": {"row": row.pk},
        "planning.remove_duty": {"duty": duty.pk},
        "planning.restore_duty": {"duty": duty.pk},
        "planning.reply_finding": {"mark": "x", "text": "已核实"},
        "planning.reply_by_rule": {"replies": {"R01": "已核实"}},
        "planning.explain_change": {"indicator": row.indicator_id, "text": "x"},
        "planning.confirm_adjustment": {},
        "planning.submit_table": {},
        "planning.withdraw_table": {"reason": "x"},
        "planning.write_opinion": {"row": row.pk, "field": "target", "text": "x"},
        "ledgers.choose_basis": {"row": row.pk, "basis": other.pk, "seen": ""},
        "planning.record_approval": {"number": "临财绩〔2020〕1号", "approved_on": date(2020, 1, 9), "upload": scan()},
        "planning.decide": {"verdict": Verdict(Outcome.RETURN, opinion="x", ticks=EXCELLENT), "turn": standing(version).turn},
    }


def scan() -> SimpleUploadedFile:
    """What is sent as the scan of an approval."""
    return SimpleUploadedFile("批复.pdf", pdf())


@pytest.fixture
def ready(linyi: TableVersion, organisation: Demonstrated) -> TableVersion:
    return mended(linyi, organisation.accounts["jixiao"])


@pytest.mark.parametrize("state", ["approved", "superseded", "blocked", "declared_history", "circulating"])
def test_no_action_writes_to_a_version_that_is_not_open(ready: TableVersion, organisation: Demonstrated, viewer: Who, state: str) -> None:
    if state == "circulating":
        walk(viewer, ready, until="finance_business")
    else:
        walk(viewer, ready)
        TableVersion.objects.filter(pk=ready.pk).update(state=state)
    ready.refresh_from_db()
    given = inputs(ready)
    left = set(takes_a_version()) - set(given)
    assert not {name for name in left if "paper" not in name and "scan" not in name}, "a new action on a version: say here what it is given"
    digest, states = version_digest(load(ready)), ready.state
    for name, arguments in given.items():
        entry = ACTIONS[name]
        function = getattr(importlib.import_module(entry.module), entry.function)
        for username in ("jixiao", "jingban", "kezhang", "czjixiao", "juzhang"):
            if name == "planning.withdraw_table" and username == "jingban" and state == "circulating":
                continue  # the sender may, there
            with pytest.raises(Refusal):
                function(viewer(username), ready.pk, **arguments)
    ready.refresh_from_db()
    assert (version_digest(load(ready)), ready.state) == (digest, states)


def test_the_same_input_is_taken_while_the_version_is_open(ready: TableVersion, viewer: Who) -> None:
    """So that the refusals above are about the state and not about the input."""
    before = version_digest(load(ready))
    given = inputs(ready)
    edit_cells(viewer("jixiao"), ready.pk, **given["planning.edit_cells"])
    add_duty(viewer("jixiao"), ready.pk, **given["planning.add_duty"])
    choose_basis(viewer("jixiao"), ready.pk, **given["ledgers.choose_basis"])
    assert version_digest(load(ready)) != before


def test_no_page_writes_to_a_frozen_version(ready: TableVersion, viewer: Who, signed_in: Callable[[str], Client]) -> None:
    walk(viewer, ready)
    digest, decisions = version_digest(load(ready)), Decision.objects.count()
    sent = {"outcome": "return", "opinion": "x", "turn": 7, "reason": "x", "cell": "/title", "text": "x", "edits": str(ready.edits)}
    for name in ("review", "submit", "withdraw", "write_opinion", "confirm_adjustment", "weights"):
        for username in ("jixiao", "jingban", "czjixiao"):
            assert signed_in(username).post(reverse(f"planning:{name}", args=[ready.pk]), sent).status_code >= 400, name
    ready.refresh_from_db()
    assert (version_digest(load(ready)), ready.state, Decision.objects.count()) == (digest, State.APPROVED, decisions)
    assert Circulation.objects.get().ended_at is not None


@pytest.mark.parametrize("words", ["本文件机密★5年", "x" * 4001, "a\0b"])
def test_words_that_may_not_be_kept_are_refused_before_anything_is_stored(ready: TableVersion, viewer: Who, words: str) -> None:
    walk(viewer, ready, until="leader")
    with pytest.raises(Invalid):
        say(viewer("fenguan"), ready, Outcome.RETURN, opinion=words)
    with pytest.raises(Invalid):
        write_opinion(viewer("fenguan"), ready.pk, None, "title", words)
    assert Decision.objects.count() == 2
    with pytest.raises(Invalid):
        decide(viewer("fenguan"), ready.pk, Verdict(Outcome.AGREE, minutes="号" * 101), turn=standing(ready).turn)
