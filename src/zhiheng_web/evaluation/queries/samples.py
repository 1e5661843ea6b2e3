"""Samples and re-checks: what was drawn from what by which seed, and a re-check beside the self-score."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from zhiheng.evaluation.sample import digest, drawn, verification
from zhiheng_web.evaluation.actions.announce_sample import population
from zhiheng_web.evaluation.actions.recheck_row import RECHECK
from zhiheng_web.evaluation.evaluating.rechecking import Checked, bound, checked_of
from zhiheng_web.evaluation.models import Recheck, Sample
from zhiheng_web.evaluation.policies.evaluations import FINANCE, visible_rechecks, visible_samples
from zhiheng_web.evaluation.policies.self_evaluation import table_scope, visible_self_evaluations
from zhiheng_web.organisation.authority import absent, authorise_menu, may
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.policies import visible_tables
from zhiheng_web.wording import Text

SAMPLE = Text("该样本", "this sample")


@dataclass(frozen=True, slots=True)
class SampleList:
    """All samples; whether the viewer may write down a seed, and for which years there are tables."""

    samples: tuple[Sample, ...]
    announces: bool
    years: tuple[int, ...]


def samples(viewer: Viewer) -> SampleList:
    """Everybody who reads tables sees every sample."""
    authorise_menu(viewer, "evaluation.see_samples")
    announces = viewer.holds(FINANCE)
    years = tuple(visible_tables(viewer).order_by("-year").values_list("year", flat=True).distinct()) if announces else ()
    rows = visible_samples(viewer).select_related("announced_by", "drawn_by").defer("population").order_by("-year", "-announced_at")
    return SampleList(tuple(rows), announces, years)


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """One self-evaluation drawn. ``recheck`` None: it is not the viewer's to see; its identity is, so that anybody can draw again."""

    place: int
    identity: str
    recheck: Recheck | None
    opens: bool

    @property
    def gap(self) -> Decimal | None:
        """Self-score less re-check, once that is finished."""
        if self.recheck is None or self.recheck.total is None or self.recheck.self_evaluation.total is None:
            return None
        return self.recheck.self_evaluation.total - self.recheck.total

    @property
    def far(self) -> bool:
        """Whether it is more than the bound."""
        return self.gap is not None and abs(self.gap) > bound()


@dataclass(frozen=True, slots=True)
class SamplePage:
    """One sample. ``holds``: drawing again from what was kept gives the same. ``waiting``: how many could be drawn from now."""

    sample: Sample
    lines: tuple[DrawnLine, ...]
    size_of_population: int
    holds: bool
    draws: bool
    waiting: int | None


def sample_page(viewer: Viewer, sample: UUID) -> SamplePage:
    """One sample, drawn again at each look."""
    row = _sample(viewer, sample)
    known = row.population.split()
    draws = row.drawn_at is None and viewer.holds(FINANCE)
    if row.drawn_at is None:
        return SamplePage(row, (), 0, False, draws, len(population(viewer, row.year)) if draws else None)
    all_drawn = list(row.rechecks.order_by("place").values_list("place", "self_evaluation", "pk"))
    named = ("self_evaluation__table__unit__department", "self_evaluation__table__project", "checked_by")
    seen = set(visible_self_evaluations(viewer).filter(rechecks__sample=row).values_list("pk", flat=True))
    opens = set(visible_rechecks(viewer).filter(sample=row).values_list("pk", flat=True))
    rows = {one.pk: one for one in row.rechecks.select_related(*named).defer("self_evaluation__frozen")}
    lines = tuple(DrawnLine(place, str(identity), rows[pk] if identity in seen else None, pk in opens) for place, identity, pk in all_drawn)
    again = drawn(known, row.seed, row.size)
    holds = digest(known, row.seed, row.size) == row.digest and list(again) == [line.identity for line in lines]
    return SamplePage(row, lines, len(known), holds, False, None)


def _sample(viewer: Viewer, sample: UUID) -> Sample:
    authorise_menu(viewer, "evaluation.see_samples")
    row = visible_samples(viewer).select_related("announced_by", "drawn_by").filter(pk=sample).first()
    if row is None:
        raise absent(SAMPLE)
    return row


def sample_script(viewer: Viewer, sample: UUID) -> tuple[Sample, str]:
    """The ten lines of Python with which anybody draws again."""
    row = _sample(viewer, sample)
    if row.drawn_at is None:
        raise absent(Text("该样本的核验程序", "the script of this sample"))
    return row, verification(row.population.split(), row.seed, row.size)


@dataclass(frozen=True, slots=True)
class RecheckPage:
    """A re-check beside the self-score. ``works``: the viewer may change it; ``own``: he may not because it is his own work."""

    recheck: Recheck
    checked: Checked
    works: bool
    own: bool


def recheck_page(viewer: Viewer, recheck: UUID) -> RecheckPage:
    """One re-check. Queries do not grow with rows."""
    authorise_menu(viewer, "evaluation.see_samples")
    named = ("sample", "checked_by", "self_evaluation__table__unit__department", "self_evaluation__table__project")
    row = visible_rechecks(viewer).select_related(*named).filter(pk=recheck).first()
    if row is None:
        raise absent(RECHECK)
    one = row.self_evaluation
    own = viewer.account is not None and viewer.account.pk in (one.decided_by_id, one.submitted_by_id, one.begun_by_id)
    may_work = may(viewer, "evaluation.recheck_row", table_scope(one.table)) and row.finished_at is None
    return RecheckPage(row, checked_of(row), may_work and not own, may_work and own)
