"""The engine with rules of its own making: order, replacement, crashes, selection, severities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.audit.catalogue import joined
from zhiheng.audit.engine import audit
from zhiheng.audit.finding import Severity, Subject
from zhiheng.audit.rule import Case, Check, Hit, Rule, Texts, family, message
from zhiheng.audit.selection import Selection, Unknown
from zhiheng.parameters.parameters import in_force
from zhiheng.plan.place import Place
from zhiheng.plan.plan import Cell, Duty, Indicator, Plan, Table

PARAMETERS = in_force(date(2020, 12, 31))
TEXTS = Texts("t", "w", "y", "f", "a", "r", "{name}: {n}", {"short": "{n}!"})


def made(code: str, check: Check, severity: Severity = Severity.WARNING, replaces: str = "", name: str = "made") -> Rule:
    return Rule(code, severity, check, "source", TEXTS, TEXTS, name, replaces)


def table(rows: int = 3) -> Table:
    cells = [Cell(f"i{index}", Place(row=index + 10, column=4)) for index in range(rows)]
    return Table(
        Plan("t", "duty-table", indicators=tuple(Indicator(cell, place=cell.place) for cell in cells), place=Place(row=1, column=1))
    )


def on_rows(*indices: int, field: str = "target") -> Check:
    def check(case: Case) -> Iterator[Hit]:
        for index in indices:
            yield case.at(index, field, None, n=index)

    return check


def crash(case: Case) -> Iterator[Hit]:
    yield case.at(0, "target", None, n=0)
    raise ZeroDivisionError("nothing to divide by")


def test_findings_stand_in_reading_order() -> None:
    def whole(case: Case) -> Iterator[Hit]:
        yield case.whole("title", None, name="t", n=0)

    def cell(case: Case) -> Iterator[Hit]:
        for column in (9, 2):
            yield case.at(1, "remark", Cell("x", Place(row=11, column=column)), n=column)

    rules = (made("Z1", on_rows(2, 0)), made("A2", on_rows(2)), made("B1", cell), made("Y1", whole))
    found = [(item.code, item.place.row, item.place.column) for item in audit(table(), PARAMETERS, rules=rules).findings]
    assert found == [("Y1", 1, 1), ("Z1", 10, 4), ("B1", 11, 2), ("B1", 11, 9), ("A2", 12, 4), ("Z1", 12, 4)]


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 5), st.integers(1, 5)), max_size=12), st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_the_order_of_the_rules(places: list[tuple[int, int, int]], random: object) -> None:
    def at(place: Place) -> Check:
        return lambda case: iter([Hit(Subject("x"), place, {"name": "n", "n": "0"})])

    rules = [made(f"Q{index}", at(Place(page=page, row=row, column=column))) for index, (page, row, column) in enumerate(places)]
    mixed = list(rules)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    first, second = audit(table(), PARAMETERS, rules=rules).findings, audit(table(), PARAMETERS, rules=mixed).findings
    assert first == second
    assert [(item.place.page, item.place.row, item.place.column) for item in first] == sorted(places)


def test_a_rule_silences_what_it_replaces_where_it_fires() -> None:
    rules = (made("R3", on_rows(0, 1, 2)), made("R3a", on_rows(1), replaces="R3"), made("R4", on_rows(1)))
    found = {(item.code, item.subject.indicator) for item in audit(table(), PARAMETERS, rules=rules).findings}
    assert found == {("R3", 0), ("R3a", 1), ("R4", 1), ("R3", 2)}


def test_another_field_of_the_same_row_is_not_silenced() -> None:
    rules = (made("R3", on_rows(1, field="remark")), made("R3a", on_rows(1), replaces="R3"))
    assert {item.code for item in audit(table(), PARAMETERS, rules=rules).findings} == {"R3", "R3a"}


def test_a_replacing_rule_that_is_not_run_silences_nothing() -> None:
    rules = (made("R3", on_rows(0, 1)), made("R3a", on_rows(1), replaces="R3"))
    result = audit(table(), PARAMETERS, Selection(ignore=("R3a",)), rules)
    assert [(item.code, item.subject.indicator) for item in result.findings] == [("R3", 0), ("R3", 1)]


def test_a_rule_that_crashes_is_reported_and_never_clean() -> None:
    rules = (made("X1", crash), made("R3", on_rows(0)), made("X2", crash, replaces="R3"))
    result = audit(table(), PARAMETERS, rules=rules)
    assert [(fault.code, fault.exception, fault.text) for fault in result.failed] == [
        ("X1", "ZeroDivisionError", "nothing to divide by"),
        ("X2", "ZeroDivisionError", "nothing to divide by"),
    ]
    assert [item.code for item in result.findings] == ["R3"], "half an answer is none, and silences nothing"


def test_a_check_that_is_no_generator_may_crash_too() -> None:
    def broken(case: Case) -> Iterator[Hit]:
        raise KeyError("audit_header.no_such_parameter")

    assert audit(table(), PARAMETERS, rules=(made("X1", broken),)).failed[0].exception == "KeyError"


def test_what_is_left_out_is_said() -> None:
    rules = (made("H1", on_rows(0), name="header"), made("M1", on_rows(0), name="measure"))
    result = audit(table(), PARAMETERS, Selection(select=("measure",)), rules)
    assert (result.skipped, [item.code for item in result.findings]) == (("H1",), ["M1"])


@pytest.mark.parametrize(
    ("selection", "codes"),
    [
        (Selection(), "H1 H2 M1"),
        (Selection(select=("H",)), "H1 H2"),
        (Selection(select=("header",)), "H1 H2"),
        (Selection(select=("h1", "m")), "H1 M1"),
        (Selection(ignore=("H2",)), "H1 M1"),
        (Selection(select=("H",), ignore=("H1",)), "H2"),
        (Selection(select=("H1",), ignore=("header",)), ""),
    ],
)
def test_selection(selection: Selection, codes: str) -> None:
    rules = (made("H1", on_rows(), name="header"), made("H2", on_rows(), name="header"), made("M1", on_rows(), name="measure"))
    assert " ".join(rule.code for rule in selection.of(rules)) == codes


@pytest.mark.parametrize(
    ("selection", "name", "nearest"),
    [
        (Selection(select=("R3b",)), "R3b", "R3"),
        (Selection(ignore=("heder",)), "heder", "header"),
        (Selection(severities={"R33": Severity.ERROR}), "R33", "R3"),
        (Selection(severities={"header": Severity.ERROR}), "header", ""),
        (Selection(select=("完全不同",)), "完全不同", ""),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(selection: Selection, name: str, nearest: str) -> None:
    rules = (made("R3", on_rows(), name="references"), made("R3a", on_rows(), name="references"), made("H1", on_rows(), name="header"))
    with pytest.raises(Unknown) as refusal:
        audit(table(), PARAMETERS, selection, rules)
    assert (refusal.value.name, refusal.value.nearest) == (name, nearest)
    assert name in str(refusal.value)


def test_severity_comes_from_the_office_then_the_hit_then_the_rule() -> None:
    def check(case: Case) -> Iterator[Hit]:
        yield case.at(0, "target", None, n=0)
        yield replace(case.at(1, "target", None, n=1), severity=Severity.INFORMATION)

    rules = (made("R3", check, Severity.ERROR),)
    assert [item.severity for item in audit(table(), PARAMETERS, rules=rules).findings] == ["error", "information"]
    own = Selection(severities={"r3": Severity.WARNING})
    assert [item.severity for item in audit(table(), PARAMETERS, own, rules).findings] == ["warning", "warning"]


def test_a_variant_says_another_sentence() -> None:
    def check(case: Case) -> Iterator[Hit]:
        yield case.at(0, "target", None, n=5)
        yield replace(case.at(1, "target", None, n=6), variant="short")

    rule = made("R3", check)
    found = audit(table(), PARAMETERS, rules=(rule,)).findings
    assert [message(rule, item, "zh") for item in found] == ["i0: 5", "6!"]


def test_hits_on_columns_and_duties_know_their_place() -> None:
    plan = Plan("t", "duty-table", columns=(("target", Place(row=8, column=6)),), place=Place(row=1, column=1))
    case = Case(Table(plan), PARAMETERS)
    assert case.column("target").place == Place(row=8, column=6)
    assert case.column("remark").place == plan.place, "a column of unknown place: the table"
    hit = case.duty(Duty(3, Cell("合作", Place(row=20, column=2))), count=1)
    assert (hit.place, hit.subject, hit.parameters) == (
        Place(row=20, column=2),
        Subject("duty", duty=3),
        {"duty": "合作", "number": "3", "count": "1"},
    )


def test_a_code_used_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="R3"):
        joined([(made("R3", on_rows()),), (made("R3", on_rows()),)])


def test_code_and_texts_of_a_family_name_the_same_rules() -> None:
    with pytest.raises(ValueError, match="T04"):
        family("time", {"T01": on_rows(), "T02": on_rows(), "T03": on_rows()})
