"""From entries to an indicator: the bases on which it may be counted, their parts bound to registers, values frozen with their entries."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from zhiheng_web.ledgers.models.entries import FOREVER, EntryVersion
from zhiheng_web.ledgers.models.registers import Register
from zhiheng_web.organisation.models import Account
from zhiheng_web.planning.models import Indicator
from zhiheng_web.scaled import quantity_field


class CountingBasis(models.Model):
    """计算口径 of an indicator: one way in which its words can be read, bound to registers by its parts.

    The target's row says which holds (IndicatorRow.counting_basis; '' the default), so that a change is an adjustment of the target. The
    others stay visible. ``join`` tells how parts make the indicator: all must be met (the weakest shown), only the first is judged
    (the others always shown beside it), or the worst of the groups.
    """

    class Join(models.TextChoices):
        """How the parts make one indicator."""

        ONE = "one", "单项"
        WEAKEST = "weakest", "取最弱项"
        ALL = "all", "各项均须达到"
        FIRST = "first", "以首项为准，其余并列"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="counting_bases")
    code = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField(default=0)
    default = models.BooleanField(default=False)
    text_zh = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300)
    join = models.CharField(max_length=10, choices=Join, default=Join.ONE)
    pack = models.CharField(max_length=40, blank=True)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ["indicator", "position"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "code"], name="basis_code"),
            models.UniqueConstraint(fields=["indicator"], condition=Q(default=True, withdrawn=False), name="one_default_basis"),
        ]

    def __str__(self) -> str:
        return self.text_zh


def is_identity(word: str) -> bool:
    """Whether a word is an identity of the database."""
    try:
        return str(UUID(word)) == word
    except ValueError:
        return False


class Binding(models.Model):
    """取数规则: which entries of which register one part of a basis counts, and how. All of it is columns, for one statement to serve all.

    ``counted_on`` is the one date that places an entry in a period. ``once_by``: what counts once. ``column`` is what a total sums.
    ``target`` is the part's own target as text, '' where the row's target is meant, '-' where the part has none (shown only).
    Cadence: ``window`` and ``per_window`` (at least so many in each), or ``longest_gap`` in days; ``groups`` is the register whose entries
    in force are the channels that are judged one by one. External: ``series`` is the category of the figure, ``benchmark`` that of the
    series it is compared with. Coverage: due are the entries whose ``counted_on`` lies in the period and whose state is not ``excused``;
    done those in a counted state, done by ``due_on`` where there is one. With ``arrears`` what fell due in earlier years and was not done
    when the period began is due too, and done when it is done in the period. External of which ``series`` is an indicator itself is what
    was declared of it by hand: see :attr:`declared`.
    """

    class Measure(models.TextChoices):
        """The seven measures."""

        FLOW = "flow", "期间数"
        STOCK = "stock", "时点数"
        NET = "net", "净增数"
        TOTAL = "total", "累计量"
        COVERAGE = "coverage", "应办覆盖率"
        CADENCE = "cadence", "频次"
        EXTERNAL = "external", "外部统计"

    class OnceBy(models.TextChoices):
        """What counts once."""

        KEY = "key", "记录"
        ORGANISATION = "organisation", "单位"
        COUNTERPART = "counterpart", "对方单位"
        PERSON = "person", "人员"
        TOPIC = "topic", "事项"

    class Window(models.TextChoices):
        """The windows of a cadence."""

        NONE = "", "—"
        WEEK = "week", "周"
        MONTH = "month", "月"
        QUARTER = "quarter", "季度"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    basis = models.ForeignKey(CountingBasis, models.PROTECT, related_name="parts")
    code = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField(default=0)
    name_zh = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    register = models.ForeignKey(Register, models.PROTECT, related_name="bindings")
    measure = models.CharField(max_length=10, choices=Measure)
    counted_on = models.CharField(max_length=20, blank=True)
    once_by = models.CharField(max_length=12, choices=OnceBy, default=OnceBy.KEY)
    first_ever = models.BooleanField(default=False)
    arrears = models.BooleanField(default=False)
    column = models.CharField(max_length=20, blank=True)
    unit = models.CharField(max_length=30, blank=True)
    scale = quantity_field(default=1)
    target = models.CharField(max_length=200, blank=True)
    window = models.CharField(max_length=10, choices=Window, blank=True)
    per_window = models.PositiveSmallIntegerField(null=True, blank=True)
    longest_gap = models.PositiveSmallIntegerField(null=True, blank=True)
    groups = models.ForeignKey(Register, models.PROTECT, null=True, blank=True, related_name="+")
    series = models.CharField(max_length=60, blank=True)
    benchmark = models.CharField(max_length=60, blank=True)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ["basis", "position"]
        constraints = [models.UniqueConstraint(fields=["basis", "code"], name="binding_code")]

    def __str__(self) -> str:
        return f"{self.basis} {self.name_zh}"

    @property
    def declared(self) -> bool:
        """Whether it is what a person declared of the indicator: a figure of one day (``decided_on``), which holds on that day alone,
        or the day on which a thing was done (``done_on``), which holds from then on.
        """
        return self.measure == self.Measure.EXTERNAL and is_identity(self.series)


class BindingValue(models.Model):
    """One value that a binding chooses by: ``column`` is one of columns.FILTERS, or 'excused' for states that leave a due-list.

    ``state`` values are the states that count; the others narrow what the binding looks at (an entry outside is none of its business).
    """

    id = models.BigAutoField(primary_key=True)
    binding = models.ForeignKey(Binding, models.CASCADE, related_name="values")
    column = models.CharField(max_length=12)
    value = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["binding", "column", "value"], name="binding_value_once")]

    def __str__(self) -> str:
        return f"{self.column}={self.value}"


class Circumstance(models.Model):
    """What the office decided about an indicator in a year instead of a figure (情形认定): not organised (未组织), not applicable.

    It names its reason and document and a second person; known from one instant to another. A zero stays a zero without it.
    """

    class Kind(models.TextChoices):
        """What holds instead of a figure."""

        NOT_ORGANISED = "not_organised", "未组织"
        NOT_APPLICABLE = "not_applicable", "不适用"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="circumstances")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=Kind)
    reason = models.TextField()
    document = models.CharField(max_length=200)
    decided_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    known_from = models.DateTimeField()
    known_until = models.DateTimeField(default=FOREVER)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year"], condition=Q(known_until=FOREVER), name="one_circumstance_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.get_kind_display()}"


class Snapshot(models.Model):
    """快照: the value of an indicator on a day as known at an instant, frozen with the entries behind it.

    ``value`` is the result of ledgers.measures in canonical form; ``digest`` covers it and the sorted lines of its entries, so that an
    outsider can compute it again from the exported entries. A later one names what it replaces and why.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="snapshots")
    basis = models.ForeignKey(CountingBasis, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    on = models.DateField()
    known_at = models.DateTimeField()
    value = models.JSONField()
    counted = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    taken_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["indicator", "on", "taken_at"]
        indexes = [models.Index(fields=["indicator", "on"])]

    def __str__(self) -> str:
        return f"{self.indicator} {self.on}"


class SnapshotEntry(models.Model):
    """One entry of a snapshot in the version it had: counted (``reason`` ''), or not, and why; ``counts_as`` is what it counted once as."""

    id = models.BigAutoField(primary_key=True)
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="entries")
    part = models.CharField(max_length=40)
    version = models.ForeignKey(EntryVersion, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, blank=True)
    counts_as = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["version"])]

    def __str__(self) -> str:
        return f"{self.part} {self.reason}"
