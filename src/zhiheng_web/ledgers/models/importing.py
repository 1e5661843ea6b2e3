"""Between a sheet and entries: the import with its faults, and the remembered mapping of foreign columns."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from zhiheng_web.ledgers.models.registers import Register
from zhiheng_web.organisation.models import Account, ReportingUnit
from zhiheng_web.planning.models import SourceFile
from zhiheng_web.sealed import SealedJSONField


class ColumnMapping(models.Model):
    """How the columns of a foreign export lie on a register (列对照), remembered by the digest of its headings."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    register = models.ForeignKey(Register, models.PROTECT, related_name="column_mappings")
    headings = models.CharField(max_length=64)
    name = models.CharField(max_length=100, blank=True)
    mapping = models.JSONField(default=dict)
    kept_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "headings"], name="one_mapping_a_heading")]

    def __str__(self) -> str:
        return self.name or self.headings


class EntryImport(models.Model):
    """One sheet on its way into a register (批量导入): read, checked, written, perhaps undone as a whole.

    ``rows``, ``row`` tell how far it has come. ``made``, ``changed``, ``same`` count what writing does: new entries, new versions of known
    ones, rows that say what is known already; ``faulty`` counts the rows with faults, ``faults`` the faults. ``choices`` are the answers
    given: sheet, heading row, mapping of columns, words that stand for a choice, faulty rows left out. ``preview`` holds the first rows,
    sealed: a sheet may hold personal data in columns that the register does not have.
    ``judged`` is the digest of what every row met in the ledger: writing meets the same, or nothing is written.
    """

    class State(models.TextChoices):
        """Where the import stands."""

        WAITING = "waiting", "等待读取"
        READING = "reading", "正在读取"
        READ = "read", "已读取"
        REFUSED = "refused", "无法读取"
        WRITING = "writing", "正在写入"
        WRITTEN = "written", "已导入"
        CANCELLED = "cancelled", "已取消"
        UNDONE = "undone", "已撤销"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    register = models.ForeignKey(Register, models.PROTECT, related_name="imports")
    source = models.ForeignKey(SourceFile, models.PROTECT, related_name="+")
    reporter = models.ForeignKey(ReportingUnit, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    rows = models.PositiveIntegerField(default=0)
    row = models.PositiveIntegerField(default=0)
    made = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    faults = models.PositiveIntegerField(default=0)
    faulty = models.PositiveIntegerField(default=0)
    headings = models.JSONField(default=list)
    choices = models.JSONField(default=dict)
    preview = SealedJSONField(blank=True, default=list)
    judged = models.CharField(max_length=64, blank=True)
    refusal_zh = models.TextField(blank=True)
    refusal_en = models.TextField(blank=True)
    created_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.source.name} {self.get_state_display()}"


class ImportFault(models.Model):
    """A fault of a sheet at its cell: ``row`` as numbered in the sheet, ``cell`` like D17, with what is wrong and what to do."""

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(EntryImport, models.CASCADE, related_name="fault_rows")
    row = models.PositiveIntegerField()
    cell = models.CharField(max_length=12, blank=True)
    heading = models.CharField(max_length=100, blank=True)
    column = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=300, blank=True)
    code = models.CharField(max_length=40)
    text_zh = models.TextField()
    text_en = models.TextField()

    class Meta:
        ordering = ["batch", "row", "id"]
        indexes = [models.Index(fields=["batch", "row"])]

    def __str__(self) -> str:
        return f"{self.cell} {self.text_zh}"
