"""Files that came in: kept by content, so that every value can be looked up where it was read."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from zhiheng_web.organisation.models import Account, Department


class SourceFile(models.Model):
    """A file as it was uploaded (来源文件): an imported table, a payment sheet, a signed scan. Never changed, never deleted."""

    class Kind(models.TextChoices):
        """What it was uploaded for."""

        TABLE = "table", "绩效目标表"
        PAYMENTS = "payments", "国库支付表"
        SIGNED_SCAN = "signed_scan", "签字盖章扫描件"
        DOCUMENT = "document", "依据文件"
        LEDGER = "ledger", "台账表格"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    stored = models.FileField(upload_to="sources/%Y/%m/", max_length=300)
    uploaded_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
