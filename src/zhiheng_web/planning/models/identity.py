"""What stays the same across years: duties with who holds them, indicators, the library of indicators, five-year plan values."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from zhiheng_web.organisation.models import Department, Office, Unit
from zhiheng_web.scaled import points_field
from zhiheng_web.uniqueness import unique_with_empty


class Duty(models.Model):
    """部门职责 as an identity across years. Its wording in a year stands in the version's DutyRow."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    department = models.ForeignKey(Department, models.PROTECT, related_name="duties")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["department", "code"]
        constraints = [models.UniqueConstraint(fields=["department", "code"], name="duty_code")]

    def __str__(self) -> str:
        return self.name


class DutyHolding(models.Model):
    """Who answers for a duty from a day on (职责归属). ``until`` is the day after the last; history follows the duty, closed years stay.

    ``department`` and ``unit`` may differ from the duty's own department after a reform (职责划转); ``office`` None: the whole unit.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="holdings")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="holdings")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["duty", "since"]
        constraints = [
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="holding_ends_after_it_begins"),
            models.UniqueConstraint(fields=["duty"], condition=Q(until__isnull=True), name="one_open_holding"),
        ]

    def __str__(self) -> str:
        return f"{self.duty} → {self.office or self.unit}"


class LibraryIndicator(models.Model):
    """An indicator of the library (指标库): common (共性, no department) or a department's own (个性).

    ``basis`` is the document it rests on, ``status`` whether that text was checked: what was not is never called law.
    """

    class Status(models.TextChoices):
        """How far the basis can be relied on."""

        OWN = "own", "自定"
        UNCHECKED = "unchecked", "未核对原文"
        CHECKED = "checked", "已核对原文"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    explanation = models.TextField(blank=True)
    formula = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=30, blank=True)
    direction = models.CharField(max_length=10, blank=True)
    level_1 = models.CharField(max_length=30, blank=True)
    level_2 = models.CharField(max_length=30, blank=True)
    usual_points = points_field(null=True, blank=True)
    scoring_rule = models.TextField(blank=True)
    basis = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.OWN)
    enabled = models.BooleanField(default=True)

    class Meta:
        ordering = ["code"]
        constraints = [unique_with_empty("department", "code", empty=("department",), name="library_code")]

    def __str__(self) -> str:
        return self.name


class Indicator(models.Model):
    """绩效指标 as an identity across years and versions. Its wording and target in a version stand in IndicatorRow."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    department = models.ForeignKey(Department, models.PROTECT, related_name="indicators")
    duty = models.ForeignKey(Duty, models.PROTECT, null=True, blank=True, related_name="indicators")
    name = models.CharField(max_length=200)
    library = models.ForeignKey(LibraryIndicator, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["department", "name"]

    def __str__(self) -> str:
        return self.name


class PlannedValue(models.Model):
    """五年规划值 of an indicator for one year of the plan, as text with its typed value."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="planned_values")
    plan = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    value = models.JSONField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["indicator", "year"]
        constraints = [models.UniqueConstraint(fields=["indicator", "year"], name="one_planned_value_a_year")]

    def __str__(self) -> str:
        return f"{self.year} {self.text}"
