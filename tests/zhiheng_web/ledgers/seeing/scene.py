"""Entries of the bureau's technology contracts and what belongs to them, written as the year went."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from zhiheng_web.ledgers.models import EntryVersion, Evidence, EvidenceFile, Organisation, Register
from zhiheng_web.ledgers.writing import Draft, definition_of, write
from zhiheng_web.uscc import made_up

COUNTIES = ("371302", "371311", "371323", "")


def firm(number: int) -> Organisation:
    found, _ = Organisation.objects.get_or_create(uscc=made_up(number), defaults={"name": f"临沂虚构科技{number:03d}有限公司"})
    return found


def contract(number: int, **more: Any) -> dict[str, Any]:
    """The values of one contract: one a week through 2020."""
    day = date(2020, 1, 6) + timedelta(days=7 * (number % 50))
    return {
        "number": f"{2020_3713_0000_0000 + number}",
        "title": f"技术开发合同{number:03d}",
        "organisation": firm(number % 7),
        "county": COUNTIES[number % 4],
        "happened_on": day - timedelta(days=5),
        "received_on": day - timedelta(days=3),
        "decided_on": day,
        "amount": Decimal(10000 * (number + 1)),
    } | more


def put(register: Register, values: list[dict[str, Any]], state: str, known: datetime, **draft: Any) -> list[EntryVersion]:
    """Write drafts as known at an instant, with the evidence that they need unless ``proofs`` says otherwise."""
    definition = definition_of(register)
    proofs = draft.pop("proofs", definition.required_evidence(state))
    drafts = [Draft(values=one, state=state, proofs=proofs, **draft) for one in values]
    return write(register, drafts, at=known, by=None, change=EntryVersion.Change.RECORDED)


def prove(version: EntryVersion, known: datetime, kind: str = "", page: str = "1") -> Evidence:
    """One page of paper for an entry."""
    department = version.register.department
    file, _ = EvidenceFile.objects.get_or_create(
        department=department,
        sha256="0" * 64,
        defaults={"size": 10, "media_type": "application/pdf", "name": "合同扫描件.pdf", "pages": 3, "key": "x", "uploaded_at": known},
    )
    codes = [one.code for one in definition_of(version.register).evidence]
    return Evidence.objects.create(entry=version.entry, file=file, kind=kind or codes[0], page=page, known_from=known)


def at(month: int, day: int, year: int = 2020) -> datetime:
    """Noon in China."""
    return datetime(year, month, day, 4, tzinfo=UTC)
