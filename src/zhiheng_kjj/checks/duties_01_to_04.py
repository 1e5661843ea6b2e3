"""Checks of the registers of duties 1 to 4: what a draft says, asked of the pure rules. What is not known yet passes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from zhiheng.parameters.parameters import Parameters
from zhiheng_kjj.rules import documents, enterprises, finances, reviews, talents
from zhiheng_kjj.rules.known import in_force
from zhiheng_web.ledgers.definition import Check
from zhiheng_web.ledgers.entering.rules import Facts, register_rule
from zhiheng_web.ledgers.writing import Draft

Values = Mapping[str, Any]
RULES_FROM = date(2016, 1, 1)
"""No business date lies before it for these rules: earlier rows are judged as on this day."""


def _number(values: Values, name: str) -> Decimal | None:
    value = values.get(name)
    return None if value in (None, "") else Decimal(value)


def _day(values: Values, name: str) -> date | None:
    value = values.get(name)
    return date.fromisoformat(value) if isinstance(value, str) and value else value or None


def _known(values: Values, facts: Facts, *names: str) -> Parameters:
    """The parameters of the business date: the first of these dates that is given, else of today."""
    day = next((found for found in (_day(values, name) for name in names) if found), facts.today)
    return in_force(max(day, RULES_FROM))


def _term(values: Values, facts: Facts) -> bool:
    start, end = _day(values, "valid_from"), _day(values, "valid_until")
    known = _known(values, facts, "valid_from")
    return start is None or end is None or documents.term_fits(str(values.get("title") or ""), start, end, known)


def _managed(values: Values, _facts: Facts) -> bool:
    recommended = _day(values, "recommended_on")
    return recommended is None or not talents.managed_elsewhere(recommended, _day(values, "earlier_until"))


def _age(values: Values, _facts: Facts) -> bool:
    return talents.within_age(_number(values, "age"), _number(values, "age_limit"))


def _certificate(values: Values, facts: Facts) -> bool:
    issued, until = _day(values, "valid_from"), _day(values, "valid_until")
    return issued is None or until is None or enterprises.certificate_fits(issued, until, _known(values, facts, "valid_from"))


def _staff(values: Values, facts: Facts) -> bool:
    known = _known(values, facts, "valid_from")
    return enterprises.enough_research_staff(_number(values, "tech_staff"), _number(values, "staff"), known)


def _ratio(values: Values, facts: Facts) -> bool:
    value, numerator, denominator = (_number(values, name) for name in ("quantity", "numerator", "denominator"))
    return enterprises.ratio_agrees(value, numerator, denominator, _known(values, facts, "decided_on"))


def _used(values: Values, facts: Facts) -> bool:
    used, area = _number(values, "quantity_2"), _number(values, "quantity")
    return enterprises.enough_used(used, area, str(values.get("level") or ""), _known(values, facts, "decided_on"))


def _loan_term(values: Values, facts: Facts) -> bool:
    start, end = _day(values, "valid_from"), _day(values, "valid_until")
    return start is None or end is None or finances.loan_term_fits(start, end, _known(values, facts, "happened_on"))


def _loan_rate(values: Values, facts: Facts) -> bool:
    known = _known(values, facts, "happened_on")
    return finances.loan_rate_fits(_number(values, "rate"), _number(values, "benchmark_rate"), known)


def _bank_bears(values: Values, facts: Facts) -> bool:
    province, city, bank = (_number(values, name) for name in ("province_share", "city_share", "bank_share"))
    return finances.bank_bears_enough(province, city, bank, _known(values, facts, "received_on"))


def _voucher(values: Values, facts: Facts) -> bool:
    return finances.voucher_fits(_number(values, "amount"), _number(values, "amount_2"), _known(values, facts, "happened_on"))


def _quorum(values: Values, facts: Facts) -> bool:
    valid, appointed = _number(values, "numerator"), _number(values, "denominator")
    return reviews.quorate(valid, appointed, _known(values, facts, "happened_on"))


CHECKS: dict[str, Callable[[Values, Facts], bool]] = {
    "document_term": _term,
    "managed_elsewhere": _managed,
    "within_age": _age,
    "certificate_term": _certificate,
    "research_staff_share": _staff,
    "ratio_agrees": _ratio,
    "used_share": _used,
    "loan_term": _loan_term,
    "loan_rate": _loan_rate,
    "bank_bears": _bank_bears,
    "voucher_share": _voucher,
    "quorum": _quorum,
}


def _each(passes: Callable[[Values, Facts], bool]) -> Callable[[Sequence[Draft], Check, Facts], list[bool]]:
    """A rule that looks at one draft at a time."""

    def rule(drafts: Sequence[Draft], _check: Check, facts: Facts) -> list[bool]:
        return [passes(draft.values, facts) for draft in drafts]

    return rule


RULES = {name: _each(passes) for name, passes in CHECKS.items()}


def register() -> None:
    """Make the calculations known under the names that the registers use."""
    for name, rule in RULES.items():
        register_rule(name, rule)
