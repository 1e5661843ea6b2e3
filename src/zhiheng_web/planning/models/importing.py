"""Between a file and a table: what was read and how people answered what the reading left open; what generating left to check."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhiheng_web.organisation.models import Account, Department, Unit
from zhiheng_web.planning.models.money import Project
from zhiheng_web.planning.models.sources import SourceFile
from zhiheng_web.planning.models.tables import IndicatorRow, PerformanceTable, TableVersion


class ImportPreview(models.Model):
    """One uploaded file on its way to becoming tables (导入预览). It survives a reload and ends when its tables are imported.

    ``step`` and ``steps`` tell how far the reading of a long file has come. ``refusal`` is the problem of a file of which
    nothing can be read, ``problems`` those that belong to no table, both as the library words them.
    """

    class State(models.TextChoices):
        """Where the reading stands."""

        WAITING = "waiting", "等待读取"
        READING = "reading", "正在读取"
        READ = "read", "已读取"
        REFUSED = "refused", "无法读取"
        CANCELLED = "cancelled", "已取消"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    source = models.ForeignKey(SourceFile, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    step = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=0)
    refusal = models.JSONField(null=True, blank=True)
    problems = models.JSONField(default=list)
    created_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.source.name} {self.get_state_display()}"


class PreviewTable(models.Model):
    """One table of an uploaded file with the answers given to it and where it is to go.

    ``data`` is the canonical JSON as read, never changed; ``answers`` what people said of its open cells, by cell;
    ``identities`` the indicator chosen for a row, by its position ('' for a new one). ``edits`` counts changes.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    preview = models.ForeignKey(ImportPreview, models.CASCADE, related_name="tables")
    number = models.PositiveSmallIntegerField()
    data = models.JSONField()
    answers = models.JSONField(default=dict)
    identities = models.JSONField(default=dict)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=PerformanceTable.Kind)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="+")
    history = models.BooleanField(default=False)
    version = models.ForeignKey(TableVersion, models.PROTECT, null=True, blank=True, related_name="+")
    edits = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["preview", "number"]
        constraints = [
            models.UniqueConstraint(fields=["preview", "number"], name="preview_table_number"),
            models.CheckConstraint(condition=Q(project__isnull=True) | Q(kind="project"), name="preview_project_for_project_tables"),
        ]

    def __str__(self) -> str:
        return f"{self.preview_id} {self.number}"


class GenerationNote(models.Model):
    """What generating a new year's table says of a cell (生成说明): computed from what, what was missing, what names the old year."""

    class Kind(models.TextChoices):
        """What the note is about."""

        COMPUTED = "computed", "据库存数据计算"
        INCOMPLETE = "incomplete", "年份不全"
        MISSING = "missing", "没有数据"
        DISAGREES = "disagrees", "来源不一致"
        OLD_YEAR = "old_year", "含有往年"
        MOVED = "moved", "职责已划转"
        TO_FILL = "to_fill", "待填写"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    version = models.ForeignKey(TableVersion, models.PROTECT, related_name="generation_notes")
    row = models.ForeignKey(IndicatorRow, models.PROTECT, null=True, blank=True, related_name="+")
    field = models.CharField(max_length=30)
    kind = models.CharField(max_length=12, choices=Kind)
    zh = models.TextField()
    en = models.TextField()

    class Meta:
        ordering = ["version", "row__position", "field"]

    def __str__(self) -> str:
        return self.zh
