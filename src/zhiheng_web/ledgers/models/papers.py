"""Papers that ledgers give (台账文书): what was issued under which number, word for word."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from zhiheng_web.ledgers.models.entries import Entry
from zhiheng_web.ledgers.models.evidence import EvidenceFile
from zhiheng_web.ledgers.models.registers import Register
from zhiheng_web.organisation.models import Account, Department
from zhiheng_web.sealed import SealedJSONField


class LedgerPaper(models.Model):
    """One issued paper of a register: about one entry (督办通知单), or about all of a period (季报, 推荐函).

    ``content`` is what it says (the library's pages as JSON), sealed because a letter of recommendation names people; ``digest`` its
    SHA-256: never changed. ``period`` is '2020', '2020Q3' or '2020-05'; '' for any other. ``group`` names the round that a 推荐函
    is of. The signed scan that comes back is kept by its content.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    register = models.ForeignKey(Register, models.PROTECT, related_name="papers")
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, blank=True, related_name="papers")
    kind = models.CharField(max_length=40)
    period = models.CharField(max_length=10, blank=True)
    group = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=100)
    title = models.CharField(max_length=300)
    content = SealedJSONField()
    digest = models.CharField(max_length=64)
    issued_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField()
    signed_scan = models.ForeignKey(EvidenceFile, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["register", "kind", "issued_at"]
        constraints = [models.UniqueConstraint(fields=["department", "kind", "number"], name="ledger_paper_number")]
        indexes = [models.Index(fields=["entry"]), models.Index(fields=["register", "kind", "period"])]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"
