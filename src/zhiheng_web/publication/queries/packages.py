"""Pages of packages: the list with its clocks, and one package with what stands against it, its decisions and what changed since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from zhiheng_web.evaluation.models import SelfEvaluationRow
from zhiheng_web.ledgers.models import FOREVER, EntryVersion, SnapshotEntry
from zhiheng_web.organisation.authority import authorise_menu, may
from zhiheng_web.organisation.models import Department
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import PerformanceTable
from zhiheng_web.publication.building.auditing import Hint, hints
from zhiheng_web.publication.building.building import KIND_NAMES, Built, build
from zhiheng_web.publication.building.gathering import slugs, sources_of
from zhiheng_web.publication.building.readiness import Obstacle, obstacles
from zhiheng_web.publication.building.tables import row_slugs
from zhiheng_web.publication.clock import Limit, limit_of
from zhiheng_web.publication.content import Content, from_json
from zhiheng_web.publication.grounds import Ground, grounds
from zhiheng_web.publication.handed_in import handed_in
from zhiheng_web.publication.models import Package, PackageDecision, PackageTable, Withdrawal
from zhiheng_web.publication.policies import package_for, scope_of, visible_packages
from zhiheng_web.publication.queries.beginning import Beginnable, beginnable, departments_of
from zhiheng_web.wording import Text

STATE = Package.State
STEPS: tuple[tuple[str, Text], ...] = (
    (STATE.DRAFT.value, Text("编制", "Draft")),
    (STATE.PREPARED.value, Text("保密审查", "Secrecy review")),
    (STATE.REVIEWED.value, Text("主要负责人签发", "Signature of the head")),
    (STATE.SIGNED.value, Text("公开", "Publish")),
    (STATE.PUBLISHED.value, Text("已公开", "Public")),
)
TONES = {STATE.PUBLISHED.value: "good", STATE.SIGNED.value: "info", STATE.REVIEWED.value: "info", STATE.PREPARED.value: "info"}
DECISIONS = {
    PackageDecision.Kind.PREPARED.value: Text("提交保密审查", "Submitted to the secrecy review"),
    PackageDecision.Kind.REVIEWED.value: Text("保密审查通过", "Secrecy review passed"),
    PackageDecision.Kind.SENT_BACK.value: Text("退回修改", "Sent back"),
    PackageDecision.Kind.SIGNED.value: Text("签发", "Signed"),
    PackageDecision.Kind.PUBLISHED.value: Text("公开", "Published"),
}
ACTIONS = (
    "leave_out_table", "write_paragraph", "redact", "prepare_package", "review_package", "sign_package", "publish_package",
    "reopen_package", "correct_package", "send_to_congress", "ask_withdrawal", "decide_withdrawal",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """How a package stands to its last day. ``left`` days until it (negative: past), None once it is public; ``late`` days it was late.

    ``correction``: a further edition, which has no day of its own: the first edition kept it or did not.
    """

    left: int | None
    late: int
    correction: bool = False
    published: bool = False

    @property
    def tone(self) -> str:
        """The colour of its badge."""
        if self.late or (self.left is not None and self.left < 0):
            return "bad"
        if self.correction:
            return "info"
        return "warn" if self.left is not None and self.left <= 5 else "good" if self.left is None else ""

    @property
    def text(self) -> Text:
        """In words."""
        if self.correction:
            return Text("更正已公开", "correction published") if self.published else Text("更正办理中", "correction under way")
        if self.left is None:
            late = Text(f"逾期 {self.late} 天公开", f"published {self.late} days late")
            return late if self.late else Text("按期公开", "published in time")
        if self.left < 0:
            return Text(f"已逾期 {-self.left} 天", f"{-self.left} days overdue")
        return Text(f"还有 {self.left} 天", f"{self.left} days left") if self.left else Text("今天到期", "due today")


def standing(row: Package, today: date) -> Standing:
    """How a package stands to its last day."""
    if row.published_at is not None:
        day = timezone.localtime(row.published_at).date()
        return Standing(None, max(0, (day - row.due_on).days), published=True) if row.edition == 1 else Standing(None, 0, True, True)
    return Standing((row.due_on - today).days, 0) if row.edition == 1 else Standing(None, 0, correction=True)


@dataclass(frozen=True, slots=True)
class PackageLine:
    """One package on the list. ``corrected``: a newer edition is public; ``withdrawal`` the state of one, '' none; ``revoked`` how many
    entries behind its published figures were revoked since.
    """

    package: Package
    clock: Standing
    corrected: bool = False
    withdrawal: str = ""
    revoked: int = 0

    @property
    def kind(self) -> Text:
        """Which of the two."""
        return KIND_NAMES[self.package.kind]

    @property
    def state(self) -> Text:
        """Where it stands."""
        return dict(STEPS)[self.package.state]

    @property
    def marks(self) -> list[tuple[Text, str]]:
        """What a reader must know of it beside its state, each with its tone."""
        found = [(CORRECTED, "warn")] if self.corrected else []
        found += [(WITHDRAWN[self.withdrawal], "bad")] if self.withdrawal in WITHDRAWN else []
        return found + ([(REVOKED.with_(n=self.revoked), "bad")] if self.revoked and not self.corrected else [])

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return TONES.get(self.package.state, "")


CORRECTED = Text("已有更正版", "A newer edition is public")
REVOKED = Text("公开后撤销 {n} 条依据", "{n} entries behind it revoked since")
WITHDRAWN = {
    Withdrawal.State.ASKED.value: Text("撤回待签发", "Withdrawal awaits the head"),
    Withdrawal.State.AGREED.value: Text("已撤回", "Withdrawn"),
}


def newer_public() -> QuerySet[Package]:
    """A published edition that corrects the one of a query."""
    return Package.objects.filter(corrects=OuterRef("pk"), state=STATE.PUBLISHED)


def standing_withdrawal() -> QuerySet[Withdrawal]:
    """The withdrawal of the package of a query, asked for or agreed."""
    return Withdrawal.objects.filter(package=OuterRef("pk")).exclude(state=Withdrawal.State.REFUSED)


def revoked_since(packages: Sequence[Package]) -> dict[UUID, int]:
    """Package → entries that its published figures counted and that were revoked since. Two queries for all."""
    public = [row.pk for row in packages if row.state == STATE.PUBLISHED]
    now = EntryVersion.objects.filter(entry=OuterRef("version__entry"), known_until=FOREVER, standing=EntryVersion.Standing.REVOKED)
    tables = PackageTable.objects.filter(package__in=public, left_out="", self_evaluation__isnull=False)
    by: dict[UUID, set[UUID]] = {}
    of: dict[UUID, list[UUID]] = {}
    for package, snapshot in tables.values_list("package", "self_evaluation__rows__snapshot").distinct():
        if snapshot is not None:
            of.setdefault(snapshot, []).append(package)
    gone = SnapshotEntry.objects.filter(Exists(now), snapshot__in=list(of), reason="", version__known_until__lt=FOREVER)
    for snapshot, entry in gone.values_list("snapshot", "version__entry"):
        for package in of[snapshot]:
            by.setdefault(package, set()).add(entry)
    return {package: len(entries) for package, entries in by.items()}


@dataclass(frozen=True, slots=True)
class PackagesShown:
    """The list. ``limits``: department → its time limit."""

    lines: Sequence[PackageLine]
    beginnable: Sequence[Beginnable]
    limits: Sequence[tuple[Department, Limit]]
    begins: bool


def packages_page(viewer: Viewer) -> PackagesShown:
    """The packages that the viewer sees, those under way and most urgent first; what could be begun. The queries do not grow with them."""
    authorise_menu(viewer, "publication.see_packages")
    rows = visible_packages(viewer).select_related("department").defer("content").order_by("-year", "department", "kind", "-edition")
    rows = rows.annotate(corrected=Exists(newer_public()), withdrawal=Subquery(standing_withdrawal().values("state")[:1]))
    kept = list(rows)
    gone = revoked_since(kept)
    lines = [PackageLine(row, standing(row, viewer.today()), row.corrected, row.withdrawal or "", gone.get(row.pk, 0)) for row in kept]
    lines.sort(key=lambda one: (one.package.state == STATE.PUBLISHED, one.package.due_on if one.clock.left is not None else date.min))
    begins = may(viewer, "publication.begin_package", None)
    departments = departments_of(viewer)
    limits = [(one, limit_of(one.pk, viewer.today())) for one in departments]
    return PackagesShown(lines, beginnable(departments), limits, begins)


@dataclass(frozen=True, slots=True)
class Changed:
    """A published figure of a table whose entries have changed since: how many, and how many of them were revoked."""

    place: str
    table: str
    name: str
    entries: int
    revoked: int


@dataclass(frozen=True, slots=True)
class TableLine:
    """One table of the package: its address, what it is, why it is left out."""

    slug: str
    row: PackageTable
    name: str
    kind: Text


TABLE_KINDS = {
    PerformanceTable.Kind.DEPARTMENT.value: Text("部门整体", "Department"),
    PerformanceTable.Kind.UNIT.value: Text("单位整体", "Unit"),
    PerformanceTable.Kind.PROJECT.value: Text("项目支出", "Project"),
}


@dataclass(frozen=True)
class PackageShown:
    """All that the page of one package needs. ``may``: action → whether the viewer may do it to this package."""

    package: Package
    clock: Standing
    may: Mapping[str, bool]
    tables: Sequence[TableLine]
    decisions: Sequence[tuple[Text, PackageDecision]]
    editions: Sequence[Package]
    built: Built | None
    obstacles: Sequence[Obstacle] = ()
    changed: Sequence[Changed] = ()
    hints: Sequence[Hint] = ()
    withdrawals: Sequence[Withdrawal] = ()
    newer: Package | None = None

    @cached_property
    def content(self) -> Content:
        """What is or would be public."""
        return self.built.content if self.built is not None else from_json(self.package.content)

    @property
    def kind(self) -> Text:
        """Which of the two."""
        return KIND_NAMES[self.package.kind]

    @property
    def state(self) -> Text:
        """Where it stands."""
        return dict(STEPS)[self.package.state]

    @property
    def files(self) -> int:
        """How many files of evidence are public with it: each is opened before anybody agrees."""
        return len({one.sha256 for _, _, one in handed_in(self.content)})

    @property
    def grounds(self) -> list[Ground]:
        """On what it could be withdrawn."""
        return list(grounds().values())

    @property
    def withdrawal(self) -> Withdrawal | None:
        """The one that is asked for or agreed; what the head refused stands in the list only."""
        return next((one for one in self.withdrawals if one.state != Withdrawal.State.REFUSED), None)

    @property
    def steps(self) -> list[tuple[Text, str]]:
        """The steps with whether each is done or is the current one."""
        order = [code for code, _ in STEPS]
        at = order.index(self.package.state)
        if self.package.state == STATE.PUBLISHED:
            return [(text, "done") for _, text in STEPS]
        return [(text, "done" if place < at else "now" if place == at else "") for place, (_, text) in enumerate(STEPS)]

    @property
    def draft(self) -> bool:
        """Whether it may still be changed."""
        return self.package.state == STATE.DRAFT


def package_page(viewer: Viewer, pk: UUID, *, whole: bool = False) -> PackageShown:
    """One package, or Absent. A draft is made anew (``whole``: with all entries, as what is proposed to withhold needs)."""
    authorise_menu(viewer, "publication.see_packages")
    row = package_for(viewer, pk)
    scope = scope_of(row)
    allowed = {name: may(viewer, f"publication.{name}", scope) for name in ACTIONS}
    built = build(row, whole=whole) if row.state == STATE.DRAFT else None
    decisions = PackageDecision.objects.filter(package=row).select_related("by").order_by("number")
    return PackageShown(
        row, standing(row, viewer.today()), allowed, table_lines(row), [(DECISIONS[one.kind], one) for one in decisions],
        editions_of(row), built,
        obstacles(row, built) if built is not None else (), changed_since(row) if row.state == STATE.PUBLISHED else (),
        hints(row, built, viewer.today()) if built is not None and not whole else (),
        list(row.withdrawals.select_related("asked_by", "decided_by").order_by("asked_at")),
        Package.objects.filter(corrects=row, state=STATE.PUBLISHED).defer("content").first(),
    )  # fmt: skip


def table_lines(row: Package) -> list[TableLine]:
    """The tables of a package, those left out as well. One query."""
    ends = ("unit", "project")
    paths = [f"{path}__table__{end}" for path in ("version", "self_evaluation__version") for end in ends]
    rows = list(PackageTable.objects.filter(package=row).select_related("self_evaluation", *paths).order_by("position"))
    found = []
    for slug, one in zip(slugs(rows), rows, strict=True):
        version = one.version or (one.self_evaluation and one.self_evaluation.version)
        if version is not None:
            found.append(TableLine(slug, one, (version.table.project or version.table.unit).name, TABLE_KINDS[version.table.kind]))
    return found


def editions_of(row: Package) -> list[Package]:
    """All editions of the same package."""
    rows = Package.objects.filter(department=row.department_id, year=row.year, kind=row.kind).defer("content")
    return list(rows.order_by("edition"))


def changed_since(row: Package) -> list[Changed]:
    """The published figures that rest on entries which have changed since the values were frozen. One query beside the rows."""
    evaluated = SelfEvaluationRow.objects.filter(self_evaluation__in=PackageTable.objects.filter(package=row).values("self_evaluation"))
    now = EntryVersion.objects.filter(entry=OuterRef("version__entry"), known_until=FOREVER, standing=EntryVersion.Standing.REVOKED)
    counted = SnapshotEntry.objects.filter(snapshot__in=evaluated.values("snapshot"), reason="", version__known_until__lt=FOREVER)
    found = counted.annotate(gone=Exists(now)).values("snapshot").annotate(n=Count("pk"), gone=Count("pk", filter=Q(gone=True)))
    by = {one["snapshot"]: (one["n"], one["gone"]) for one in found.order_by()}
    if not by:
        return []
    changed = []
    for source in sources_of(row):
        names = dict(zip((goal.pk for goal in source.rows), row_slugs(source), strict=True))
        for goal in source.rows:
            given = source.evaluated.get(goal.pk)
            if given is not None and given.snapshot_id in by:
                of = (source.table.project or source.table.unit).name
                changed.append(Changed(f"{source.slug}/{names[goal.pk]}", of, goal.name, *by[given.snapshot_id]))
    return changed
