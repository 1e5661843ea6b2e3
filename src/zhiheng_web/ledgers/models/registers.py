"""Registers (台账) as their department declared them, and the packs they came with."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from zhiheng_web.organisation.models import Account, Department, Office
from zhiheng_web.planning.models import Duty


class AdoptedPack(models.Model):
    """A pack (业务包) as a department runs it: the last one that loaded without a fault. ``digest`` covers all of its files."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    department = models.ForeignKey(Department, models.PROTECT, related_name="adopted_packs")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    edition = models.CharField(max_length=30)
    digest = models.CharField(max_length=64)
    adopted_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    adopted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["department", "code"], name="one_pack_a_department")]

    def __str__(self) -> str:
        return f"{self.name} {self.edition}"


class Register(models.Model):
    """台账: what a department keeps of one kind of business. ``definition`` is ledgers.definition in canonical form, read as one whole.

    ``pack`` '' for one that an administrator declared. ``duty`` is whose business it is; ``unmeasured`` marks a clause of the duty that no
    indicator measures (无指标). ``office`` keeps it, unless the duty's holder of the day does (None). ``takes_reports``: reporting
    units enter their own part. ``edition`` counts changes.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    department = models.ForeignKey(Department, models.PROTECT, related_name="registers")
    code = models.CharField(max_length=40)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=150)
    pack = models.CharField(max_length=40, blank=True)
    duty = models.ForeignKey(Duty, models.PROTECT, null=True, blank=True, related_name="registers")
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="registers")
    unmeasured = models.BooleanField(default=False)
    takes_reports = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    definition = models.JSONField()
    edition = models.PositiveIntegerField(default=1)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["department", "position", "code"]
        constraints = [models.UniqueConstraint(fields=["department", "code"], name="register_code")]

    def __str__(self) -> str:
        return self.name_zh
