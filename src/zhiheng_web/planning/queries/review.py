"""The review page: a version on its official form, with findings, opinions, what changed, what was decided and what may be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.utils import timezone

from zhiheng.audit.finding import Severity
from zhiheng.plan.appraisal import CONTENTS, ITEMS
from zhiheng.plan.procedure import EDITABLE, REQUIREMENTS, Checkpoint, Outcome, State, permitted
from zhiheng.plan.route import needed
from zhiheng_web.organisation.models import Account, Office
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.appraising import appraisal_of
from zhiheng_web.planning.checking import Checked, check
from zhiheng_web.planning.circulation.refusing import text_of
from zhiheng_web.planning.circulation.standing import WHOLE, Standing, deciders, route_for, standing
from zhiheng_web.planning.comparison import HEAD, LABELS, Comparison, compare, content_of, from_json
from zhiheng_web.planning.form_cells import FormPlace, KeyedForm, keyed_form
from zhiheng_web.planning.models import CellOpinion, ChangeReason, Circulation, TableVersion
from zhiheng_web.planning.queries.tables import version_for
from zhiheng_web.planning.versions import Loaded, load, version_digest
from zhiheng_web.planning.weighing import WeightsState, weights_state
from zhiheng_web.wording import Text

SEVERITY_TONES = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.INFORMATION: "info"}


@dataclass(frozen=True, slots=True)
class Place:
    """One cell of the official form as a reviewer sees it. ``row`` is the id of its indicator row, '' for the head."""

    shown: FormPlace
    row: str = ""
    path: str = ""
    tone: str = ""
    findings: tuple[Checked, ...] = ()
    opinions: tuple[CellOpinion, ...] = ()
    old: str | None = None

    @property
    def changed(self) -> bool:
        """Whether it changed since the last time."""
        return self.old is not None


@dataclass(frozen=True)
class Review:
    """Everything the review page shows."""

    loaded: Loaded
    stands: Standing
    viewer: Viewer
    opinions: tuple[CellOpinion, ...]
    findings: tuple[Checked, ...]
    runs: tuple[Circulation, ...]
    reasons: dict[str, ChangeReason]
    route: tuple[Checkpoint, ...]
    offices: dict[UUID, str]
    since: Comparison | None = None
    in_force: Comparison | None = None
    since_text: Text | None = None
    holders: dict[str, list[str]] = field(default_factory=dict)

    @property
    def version(self) -> TableVersion:
        """The version."""
        return self.loaded.version

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """What the viewer may decide now."""
        if self.stands.checkpoint is None or (self.stands.checkpoint.by_office and not self.stands.signs_for(self.viewer)):
            return []
        return [outcome for outcome in Outcome if self.stands.refused(self.viewer, outcome) is None]

    @property
    def why_not(self) -> Text | None:
        """Why the viewer may not decide, if the table waits for somebody."""
        if self.outcomes or self.stands.checkpoint is None:
            return None
        refused = self.stands.refused(self.viewer, Outcome.AGREE)
        return text_of(refused) if refused is not None else Text("您负责的科室已经签过。", "Your offices have signed.")

    @property
    def needs(self) -> tuple[str, ...]:
        """What agreeing must carry."""
        checkpoint = self.stands.checkpoint
        return needed(checkpoint, Outcome.AGREE, last=self.stands.last) if checkpoint else ()

    @property
    def asks(self) -> list[Text]:
        """The same in words."""
        return [Text(*REQUIREMENTS[word]) for word in self.needs]

    @property
    def may_submit(self) -> bool:
        """Whether the viewer may submit it now."""
        return permitted("submit", State(self.version.state), self.viewer.roles_over(self.stands.scope)) is None

    @property
    def may_record(self) -> bool:
        """Whether the viewer may record an approval that was given outside."""
        if self.version.purpose == TableVersion.Purpose.ADJUSTMENT:
            return False
        return permitted("record_approval", State(self.version.state), self.viewer.roles_over(self.stands.scope)) is None

    @property
    def may_withdraw(self) -> bool:
        """Whether the viewer sent it and nobody outside has decided."""
        run = self.stands.circulation
        mine = run is not None and self.viewer.account is not None and run.submitted_by_id == self.viewer.account.pk
        return mine and self.stands.checkpoint is not None and not any(self._outside(row.checkpoint_role) for row in self.stands.decisions)

    @staticmethod
    def _outside(role: str) -> bool:
        return role.startswith("finance")

    @property
    def editable(self) -> bool:
        """Whether the version is open for its offices."""
        return State(self.version.state) in EDITABLE

    @property
    def may_confirm(self) -> bool:
        """Whether the viewer is the second person of this adjustment and it is open."""
        account = self.viewer.account.pk if self.viewer.account else None
        return self.editable and self.version.second_person_id == account and self.version.created_by_id != account

    @cached_property
    def confirmed(self) -> bool:
        """Whether the second person confirmed the adjustment as it stands."""
        return self.version.second_confirmed_at is not None and self.version.second_digest == version_digest(self.loaded)

    @property
    def unexplained(self) -> list[str]:
        """The indicators that an adjustment changes without a reason."""
        changes = self.in_force.retargeted if self.in_force is not None else ()
        return [row.name for row in changes if row.indicator not in self.reasons]

    @property
    def unheld(self) -> bool:
        """Whether nobody could decide at some checkpoint of the route."""
        return any(not self.holders[entry.code] for entry in self.route if entry.code in self.holders)

    @property
    def open_findings(self) -> list[Checked]:
        """What still stops submission."""
        return [finding for finding in self.findings if finding.open]

    @property
    def open_opinions(self) -> list[CellOpinion]:
        """The opinions without an answer."""
        return [opinion for opinion in self.opinions if opinion.answered_at is None]

    @cached_property
    def weights(self) -> WeightsState:
        """How the points stand."""
        return weights_state(self.loaded)

    @property
    def wants_weights(self) -> bool:
        """Whether some checkpoint asks for the points."""
        return any("weights" in entry.requires for entry in self.route)

    @property
    def items(self) -> list[tuple[Text, list[tuple[str, Text, str]]]]:
        """The four contents with their items and full points, where the checkpoint grades."""
        full = appraisal_of(self.loaded.year).full
        return [
            (
                Text(*names),
                [(item.code, Text(item.zh, item.en), f"{full[item.code].normalize():f}") for item in ITEMS if item.content == code],
            )
            for code, names in CONTENTS.items()
        ]

    @property
    def signed_offices(self) -> list[tuple[str, bool]]:
        """The offices that hold duties, with whether each has signed; none where the checkpoint is not signed by office."""
        if self.stands.checkpoint is None or not self.stands.checkpoint.by_office:
            return []
        whole = str(Text("全单位", "The whole unit"))
        named = [(whole if office is WHOLE else self.offices[office], office in self.stands.signed) for office in self.stands.holders]
        return sorted(named)

    @property
    def mends(self) -> list[str]:
        """What was to be mended although the table passed (良)."""
        return [row.mend for run in self.runs for row in run.decisions.all() if row.mend]

    @cached_property
    def form(self) -> KeyedForm | None:
        """The official form with keys; None for a layout without one."""
        try:
            return keyed_form(self.loaded.table.plan)
        except KeyError:
            return None

    @cached_property
    def places(self) -> dict[str, list[list[Place]]]:
        """The form's rows by part (head, headings, body), each cell with what belongs to it."""
        if self.form is None:
            return {"head": [], "headings": [], "body": []}
        at = _Annotations(self)
        parts = {"head": self.form.head, "headings": self.form.headings, "body": self.form.body}
        return {part: [[at.place(cell) for cell in row] for row in rows] for part, rows in parts.items()}

    @property
    def cells(self) -> list[tuple[str, Text]]:
        """The cells of a row on which an opinion may be written."""
        return list(LABELS.items())

    @property
    def head_cells(self) -> list[tuple[str, Text]]:
        """The cells of the head on which an opinion may be written."""
        return list(HEAD.items())


class _Annotations:
    """Finds what belongs to each cell of the form."""

    def __init__(self, review: Review) -> None:
        self.rows = review.loaded.rows
        self.findings: dict[tuple[str, str], list[Checked]] = {}
        for finding in review.findings:
            self.findings.setdefault((str(finding.row.pk) if finding.row else "", finding.field), []).append(finding)
        self.opinions: dict[tuple[str, str], list[CellOpinion]] = {}
        for opinion in review.opinions:
            self.opinions.setdefault((str(opinion.row_id or ""), opinion.field), []).append(opinion)
        self.old: dict[tuple[str, str], str] = {}
        if review.since is not None:
            own = {str(row.indicator_id): str(row.pk) for row in review.loaded.rows}
            for pair in review.since.rows:
                self.old |= {(own.get(pair.indicator, "-"), cell.path): cell.old or "" for cell in pair.changes}
            self.old |= {("", cell.path): cell.old or "" for cell in review.since.head if cell.changed}

    def place(self, cell: FormPlace) -> Place:
        """The cell with its findings, opinions and what stood there before."""
        owner, _, path = cell.key.partition("/")
        row = str(self.rows[int(owner)].pk) if owner.isdigit() and int(owner) < len(self.rows) else ""
        if not cell.key or (not row and owner not in ("budget", "head")):
            return Place(cell)
        findings, opinions = self.findings.get((row, path), []), self.opinions.get((row, path), [])
        worst = min((list(SEVERITY_TONES).index(finding.severity) for finding in findings), default=None)
        tone = "" if worst is None else list(SEVERITY_TONES.values())[worst]
        return Place(cell, row, path, tone, tuple(findings), tuple(opinions), self.old.get((row, path)))


def review_of(viewer: Viewer, version: UUID) -> Review:
    """The review page of a version. The same number of queries for any number of rows."""
    found = version_for(viewer, version)
    loaded = load(found)
    stands = standing(found)
    runs = tuple(
        Circulation.objects.filter(version=found)
        .select_related("submitted_by")
        .prefetch_related("decisions__decided_by", "decisions__grades", "decisions__sign_offs__office")
        .order_by("submitted_at")
    )
    opinions = CellOpinion.objects.filter(version=found).select_related("written_by", "answered_by", "row")
    reasons = {str(row.indicator_id): row for row in ChangeReason.objects.filter(version=found).select_related("written_by")}
    route = stands.route if stands.checkpoint is not None else route_for(found.table)
    based_on = found.based_on if found.purpose == TableVersion.Purpose.ADJUSTMENT else None
    in_force = compare(content_of(load(based_on)), content_of(loaded)) if based_on is not None else None
    since, words = _since(loaded, runs, in_force)
    return Review(
        loaded,
        stands,
        viewer,
        tuple(opinions),
        check(loaded),
        runs,
        reasons,
        route,
        dict(Office.objects.filter(pk__in=[office for office in stands.holders if office]).values_list("pk", "name")),
        since,
        in_force,
        words,
        _holders(route, stands),
    )


def _since(loaded: Loaded, runs: Sequence[Circulation], in_force: Comparison | None) -> tuple[Comparison | None, Text | None]:
    """What to compare with: what was submitted the last time, else the version that an adjustment starts from."""
    earlier = [run for run in runs if run.ended_at is not None and run.content]
    circulating = loaded.version.state not in [state.value for state in EDITABLE]
    if runs and circulating and runs[-1] in earlier:
        earlier = earlier[:-1]
    if in_force is not None or not earlier:
        return in_force, Text("与现行版本相比", "Against the version in force") if in_force is not None else None
    return compare(from_json(earlier[-1].content), content_of(loaded)), Text("与上次送审相比", "Since it was last submitted")


def _holders(route: Iterable[Checkpoint], stands: Standing) -> dict[str, list[str]]:
    """Who may decide at each checkpoint, by name."""
    held = deciders({entry.role for entry in route}, stands.scope, timezone.localdate())
    names = dict(Account.objects.filter(pk__in=set().union(*held.values())).values_list("pk", "name"))
    return {entry.code: sorted(names[account] for account in held[entry.role]) for entry in route}
