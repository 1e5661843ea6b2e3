"""Evidence: files by their content, and what each proves of which entry."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhiheng_web.ledgers.models.entries import FOREVER, Entry
from zhiheng_web.organisation.models import Account, Department


class EvidenceFile(models.Model):
    """A file by its content (证据文件): kept once per department however many entries it proves. ``key`` is where the store has it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=255)
    pages = models.PositiveIntegerField(null=True, blank=True)
    key = models.CharField(max_length=200)
    scanned = models.CharField(max_length=60, blank=True)
    uploaded_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["department", "sha256"], name="one_file_a_content")]

    def __str__(self) -> str:
        return self.name


class Evidence(models.Model):
    """证据: what a file, or a public page at an address, proves of an entry. Known from one instant to another; never changed.

    ``kind`` is a code of the register's definition. ``page`` is where in the file it stands (3 or 3-5), ``proves`` the column it proves.
    ``reason`` is why it was withdrawn.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="evidence")
    file = models.ForeignKey(EvidenceFile, models.PROTECT, null=True, blank=True, related_name="evidence")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200, blank=True)
    document = models.CharField(max_length=100, blank=True)
    issuer = models.CharField(max_length=100, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    url = models.URLField(max_length=500, blank=True)
    page = models.CharField(max_length=20, blank=True)
    proves = models.CharField(max_length=40, blank=True)
    known_from = models.DateTimeField()
    known_until = models.DateTimeField(default=FOREVER)
    added_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["entry", "known_from"]
        constraints = [models.CheckConstraint(condition=Q(file__isnull=False) | ~Q(url=""), name="evidence_is_a_file_or_an_address")]

    def __str__(self) -> str:
        return self.title or self.kind
