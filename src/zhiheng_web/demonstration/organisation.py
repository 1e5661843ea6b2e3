"""Writes the organisation of the demonstration: departments, units, offices, duties, accounts and roles."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.contrib.auth.hashers import make_password

from zhiheng.values.normalise import normalise
from zhiheng_web.organisation.models import Account, Department, Office, ReportingUnit, RoleAssignment, Unit
from zhiheng_web.planning.models import Duty, DutyHolding

SINCE = date(2015, 1, 1)
PASSWORD = "zhiheng-demo-2020"  # noqa: S105 - the demonstration says it on its sign-in page


@dataclass(frozen=True, slots=True)
class Demonstrated:
    """What was written, by code, by username, and reporting units by name."""

    departments: dict[str, Department]
    units: dict[str, Unit]
    accounts: dict[str, Account]
    reporters: dict[str, ReportingUnit] = field(default_factory=dict)


def write_organisation() -> Demonstrated:
    """Write it all into an empty database. Run inside a transaction."""
    data = tomllib.loads((Path(__file__).parent / "organisation.toml").read_text("utf-8"))
    departments: dict[str, Department] = {}
    units: dict[str, Unit] = {}
    offices: dict[tuple[str, str], Office] = {}
    for item in data["departments"]:
        department = Department.objects.create(**{key: item[key] for key in ("code", "name", "kind", "division_code")})
        departments[department.code] = department
        number = 0
        for unit_item in item["units"]:
            unit = Unit.objects.create(department=department, **{key: unit_item[key] for key in ("code", "name", "kind")})
            units[unit.code] = unit
            for office_item in unit_item["offices"]:
                office = Office.objects.create(unit=unit, code=office_item["code"], name=office_item["name"])
                offices[unit.code, office.code] = office
                for name in office_item.get("duties", ()):
                    number += 1
                    duty = Duty.objects.create(department=department, code=f"{number:02d}", name=normalise(name))
                    DutyHolding.objects.create(duty=duty, department=department, unit=unit, office=office, since=SINCE)
    reporters = {
        item["name"]: ReportingUnit.objects.create(department=departments[group["department"]], kind=group["kind"], **item)
        for group in data["reporting_units"]
        for item in group["units"]
    }
    accounts = {}
    known = make_password(PASSWORD)  # one hash for all: the sign-in page says the password
    for item in data["accounts"]:
        account = Account.objects.create(username=item["username"], name=item["name"], password=known)
        accounts[account.username] = account
        for held in item["roles"]:
            RoleAssignment.objects.create(
                account=account,
                role=held["role"],
                department=departments.get(held.get("department", "")),
                unit=units.get(held.get("unit", "")),
                office=offices.get((held.get("unit", ""), held.get("office", ""))),
                reporter=reporters.get(held.get("reporter", "")),
                since=SINCE,
            )
    return Demonstrated(departments, units, accounts, reporters)
