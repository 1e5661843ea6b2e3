"""Rows of the work list: deadlines of steps, notices with their delivery, the discussion on an indicator."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from zhiheng_web.organisation.models import Account, Department
from zhiheng_web.planning.models import Indicator, TableVersion
from zhiheng_web.uniqueness import unique_with_empty


class StepDeadline(models.Model):
    """办理时限 of a step for a year: a fixed day, or so many days after the step before it. No department: everybody."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    year = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=30)
    due_on = models.DateField(null=True, blank=True)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    working_days = models.BooleanField(default=True)
    basis = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["year", "due_on"]
        constraints = [
            unique_with_empty("department", "year", "step", empty=("department",), name="one_deadline_a_step"),
            models.CheckConstraint(condition=models.Q(due_on__isnull=False) ^ models.Q(days__isnull=False), name="a_day_or_days"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.step}"


class Notice(models.Model):
    """通知 to one account. ``about`` names what it is about, so that nobody is told twice; its words carry no personal data."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="notices")
    about = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    text_zh = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300)
    link = models.CharField(max_length=300)
    made_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [models.UniqueConstraint(fields=["account", "about"], name="told_once")]
        indexes = [models.Index(fields=["account", "read_at"])]

    def __str__(self) -> str:
        return self.text_zh


class Delivery(models.Model):
    """One sending of a notice outside the application: e-mail, webhook or SMS gateway."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=10)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "channel"], name="one_delivery_a_channel")]

    def __str__(self) -> str:
        return f"{self.channel} {self.notice}"


class NoticeCursor(models.Model):
    """The last trail record whose notices were made. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)


class Message(models.Model):
    """One contribution to the discussion on an indicator of a version (讨论). Never changed, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    version = models.ForeignKey(TableVersion, models.PROTECT, related_name="messages")
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="messages")
    text = models.TextField()
    written_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["written_at"]

    def __str__(self) -> str:
        return self.text
