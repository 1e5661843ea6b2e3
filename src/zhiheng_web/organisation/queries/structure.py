"""Departments, units and offices as an administrator sees them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet

from zhiheng_web.organisation.authority import absent
from zhiheng_web.organisation.models import Department, Office, ReportingUnit, Unit
from zhiheng_web.organisation.policies import visible_departments
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.wording import Text


def departments_seen(viewer: Viewer, words: str = "") -> QuerySet[Department]:
    """The departments with how many units they have. One query."""
    found = visible_departments(viewer).annotate(unit_count=Count("units")).order_by("code")
    return found.filter(name__icontains=words) | found.filter(code__startswith=words) if words else found


def department_for(viewer: Viewer, department: UUID, *, lock: bool = False) -> Department:
    """The department, or Absent."""
    seen = visible_departments(viewer).filter(pk=department)
    found = (seen.select_for_update(no_key=True) if lock else seen).first()
    if found is None:
        raise absent(Text("该部门", "this department"))
    return found


def department_seen(viewer: Viewer, department: UUID) -> tuple[Department, list[Unit]]:
    """The department with its units, their offices and the offices' earlier names. Four queries."""
    found = department_for(viewer, department)
    return found, list(found.units.prefetch_related("offices__earlier_names", "offices__merged_into"))


def unit_for(viewer: Viewer, unit: UUID, *, lock: bool = False) -> Unit:
    """The unit with its department, or Absent."""
    seen = Unit.objects.filter(pk=unit, department__in=visible_departments(viewer)).select_related("department")
    found = (seen.select_for_update(of=("self",), no_key=True) if lock else seen).first()
    if found is None:
        raise absent(Text("该单位", "this unit"))
    return found


def office_for(viewer: Viewer, office: UUID, *, lock: bool = False) -> Office:
    """The office with its unit, or Absent."""
    seen = Office.objects.filter(pk=office, unit__department__in=visible_departments(viewer)).select_related("unit__department")
    found = (seen.select_for_update(of=("self",), no_key=True) if lock else seen).first()
    if found is None:
        raise absent(Text("该科室", "this office"))
    return found


def reporting_unit_for(viewer: Viewer, reporting_unit: UUID, *, lock: bool = False) -> ReportingUnit:
    """The reporting unit with its department, or Absent."""
    seen = ReportingUnit.objects.filter(pk=reporting_unit, department__in=visible_departments(viewer)).select_related("department")
    found = (seen.select_for_update(of=("self",), no_key=True) if lock else seen).first()
    if found is None:
        raise absent(Text("该填报单位", "this reporting unit"))
    return found


def name_at(office: Office, day: date) -> str:
    """What the office was called on ``day``. One query unless the earlier names were prefetched."""
    later = [row for row in office.earlier_names.all() if row.until > day]
    return min(later, key=lambda row: row.until).name if later else office.name
