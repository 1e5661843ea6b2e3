"""科技金融: terms and rates of loans, how a loss is shared, what a voucher pays."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from zhiheng.parameters.parameters import Parameters
from zhiheng_kjj.rules.academicians import years_later


def loan_term_fits(start: date, end: date, known: Parameters) -> bool:
    """Whether a loan runs no longer than its years allow."""
    return end <= years_later(start, int(known.number("finances.loan_years")))


def loan_rate_fits(rate: Decimal | None, benchmark: Decimal | None, known: Parameters) -> bool:
    """Whether the rate keeps within the multiple of the benchmark."""
    return rate is None or not benchmark or rate <= benchmark * known.number("finances.rate_multiple")


def bank_bears_enough(province: Decimal | None, city: Decimal | None, bank: Decimal | None, known: Parameters) -> bool:
    """Whether the bank bears its least share of the loss; with a share unknown nothing is said."""
    if province is None or city is None or bank is None:
        return True
    return bank * 100 >= (province + city + bank) * known.number("finances.bank_share")


def voucher_fits(cost: Decimal | None, paid: Decimal | None, known: Parameters) -> bool:
    """Whether a redemption keeps within its share of the cost and the cap for one firm."""
    if cost is None or paid is None:
        return True
    return paid * 100 <= cost * known.number("finances.voucher_share") and paid <= known.number("finances.voucher_cap")
