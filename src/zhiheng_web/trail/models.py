"""The trail: one record per action, append-only, chained (SM3 and SHA-256)."""

from __future__ import annotations

from django.db import models


class TrailRecord(models.Model):
    """One action (操作留痕): who, when, from where, on what, and the digests of the object before and after.

    ``sha256`` and ``sm3`` cover this record's fields and the digests of the record before it. Triggers refuse UPDATE and
    DELETE on both databases. ``details`` is what a person reads later (old and new words, reason), verbatim.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    account = models.CharField(max_length=36, blank=True)
    name = models.CharField(max_length=50, blank=True)
    address = models.CharField(max_length=45, blank=True)
    action = models.CharField(max_length=80, db_index=True)
    object_type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=36, db_index=True)
    object_name = models.CharField(max_length=300, blank=True)
    department = models.CharField(max_length=36, blank=True, db_index=True)
    before = models.CharField(max_length=64, blank=True)
    after = models.CharField(max_length=64, blank=True)
    details = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    sm3 = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"


class ChainHead(models.Model):
    """The end of the chain: one locked row, taken last in the transaction. ``number`` counts the records."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, default="0" * 64)
    sm3 = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return str(self.number)
