"""Entries and what was known of them when: identity, immutable versions, links."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from zhiheng_web.ledgers.models.registers import Register
from zhiheng_web.ledgers.models.subjects import Organisation, Person
from zhiheng_web.organisation.models import Account, Office, ReportingUnit
from zhiheng_web.scaled import money_field, quantity_field
from zhiheng_web.sealed import SealedJSONField

FOREVER = datetime(9999, 12, 31, tzinfo=UTC)
"""The open end of what is known: never NULL, so that one comparison says what was known on a day."""


class Entry(models.Model):
    """One row of a ledger (台账记录) as an identity: never deleted, and its business key stands once in its register.

    ``key`` is made of the key columns of the register's definition. ``batch`` is the import that brought it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    register = models.ForeignKey(Register, models.PROTECT, related_name="entries")
    key = models.CharField(max_length=300)
    batch = models.ForeignKey("ledgers.EntryImport", models.PROTECT, null=True, blank=True, related_name="entries")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "key"], name="entry_key")]

    def __str__(self) -> str:
        return self.key


class EntryVersion(models.Model):
    """What was known of an entry from one instant to another: immutable but for its end. One open version per entry.

    ``register`` repeats the entry's, so that a measure reads one table. ``standing``: whether the office stands behind it; only confirmed
    versions count. ``gap`` is why it cannot count whatever the period: 'evidence' (缺必备证据), or the code of a check of the register, ''
    none. ``change``, ``reason`` and ``written_by`` say how this version came about. ``counts_as`` is what counts once (the register's
    ``counts_once_by``). ``quantity_text`` keeps a quantity as entered where its unit was converted. ``unit`` is that of ``quantity``.
    ``details`` are words that are shown and never computed from; ``sealed`` those that are personal, trade or bank secrets, by column.
    """

    class Standing(models.TextChoices):
        """Whether the office stands behind what the entry says."""

        SUBMITTED = "submitted", "待确认"
        RETURNED = "returned", "已退回"
        CONFIRMED = "confirmed", "已确认"
        REVOKED = "revoked", "已撤销"

    class Change(models.TextChoices):
        """How a version came about."""

        RECORDED = "recorded", "登记"
        IMPORTED = "imported", "导入"
        GENERATED = "generated", "自动生成"
        CORRECTED = "corrected", "更正"
        MOVED = "moved", "办理"
        PROVED = "proved", "证据变化"
        CONFIRMED = "confirmed", "确认"
        RETURNED = "returned", "退回"
        REVOKED = "revoked", "撤销"
        RESTORED = "restored", "恢复"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="versions")
    register = models.ForeignKey(Register, models.PROTECT, related_name="+")
    known_from = models.DateTimeField()
    known_until = models.DateTimeField(default=FOREVER)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.CONFIRMED)
    state = models.CharField(max_length=30)
    gap = models.CharField(max_length=30, blank=True)
    counts_as = models.CharField(max_length=300)
    number = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=300, blank=True)
    category = models.CharField(max_length=60, blank=True)
    level = models.CharField(max_length=60, blank=True)
    channel = models.CharField(max_length=60, blank=True)
    document = models.CharField(max_length=100, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    organisation_name = models.CharField(max_length=200, blank=True)
    counterpart = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    counterpart_name = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    about = models.ForeignKey(Entry, models.PROTECT, null=True, blank=True, related_name="+")
    county = models.CharField(max_length=6, blank=True)
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")
    reporter = models.ForeignKey(ReportingUnit, models.PROTECT, null=True, blank=True, related_name="+")
    received_on = models.DateField(null=True, blank=True)
    recommended_on = models.DateField(null=True, blank=True)
    happened_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    quantity = quantity_field(null=True, blank=True)
    quantity_text = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=30, blank=True)
    quantity_2 = quantity_field(null=True, blank=True)
    amount = money_field(null=True, blank=True)
    amount_2 = money_field(null=True, blank=True)
    numerator = quantity_field(null=True, blank=True)
    denominator = quantity_field(null=True, blank=True)
    data_year = models.PositiveSmallIntegerField(null=True, blank=True)
    edition = models.CharField(max_length=60, blank=True)
    publisher = models.CharField(max_length=100, blank=True)
    details = models.JSONField(default=dict)
    sealed = SealedJSONField(blank=True, default=dict)
    change = models.CharField(max_length=10, choices=Change)
    reason = models.TextField(blank=True)
    written_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry"], condition=Q(known_until=FOREVER), name="one_open_version_an_entry"),
            models.CheckConstraint(condition=Q(known_until__gte=F("known_from")), name="known_from_before_until"),
        ]
        indexes = [
            models.Index(fields=["entry", "known_from"], name="entry_history"),
            models.Index(fields=["register", "known_until", "known_from"], name="register_known"),
            models.Index(fields=["organisation", "register"], name="entries_of_organisation"),
            models.Index(fields=["about"], name="entries_about"),
            models.Index(fields=["register", "due_on"], condition=Q(known_until=FOREVER), name="entries_due"),
        ]

    def __str__(self) -> str:
        return self.title or self.number


class VersionTopic(models.Model):
    """One item that an entry answers to (对应事项): a named document, one of the systems to be built. A document may answer to several."""

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(EntryVersion, models.PROTECT, related_name="topic_rows")
    topic = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "topic"], name="topic_once")]

    def __str__(self) -> str:
        return self.topic


class EntryLink(models.Model):
    """That two entries belong together (关联): an expert on a panel, a contract behind a cooperation. Known from one instant to another."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    source = models.ForeignKey(Entry, models.PROTECT, related_name="links_from")
    target = models.ForeignKey(Entry, models.PROTECT, related_name="links_to")
    kind = models.CharField(max_length=40)
    note = models.CharField(max_length=200, blank=True)
    known_from = models.DateTimeField()
    known_until = models.DateTimeField(default=FOREVER)
    made_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "target", "kind"], condition=Q(known_until=FOREVER), name="one_open_link")]

    def __str__(self) -> str:
        return self.kind
