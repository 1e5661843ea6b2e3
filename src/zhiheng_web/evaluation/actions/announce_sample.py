"""抽样方案与抽样: the seed and the size are written down first; then the population is frozen and anybody can draw again."""

from __future__ import annotations

from uuid import UUID

from zhiheng.evaluation.sample import SampleError, checked, digest, drawn
from zhiheng_web.evaluation.evaluating.recording import invalid, words
from zhiheng_web.evaluation.models import Recheck, Sample, SelfEvaluation
from zhiheng_web.evaluation.policies.evaluations import visible_samples
from zhiheng_web.evaluation.policies.self_evaluation import visible_self_evaluations
from zhiheng_web.organisation.authority import absent, authorise_menu
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Done, Refusal, action
from zhiheng_web.trail.chain import digest_of
from zhiheng_web.wording import Text

NEEDED = {"name": Text("抽样名称", "the name"), "seed": Text("随机种子", "the seed")}
LONG = Text("名称、种子最多 100 个字。", "Name and seed have 100 characters at most.")
YEAR = Text("年度应在 2000—2099 之间。", "The year must lie between 2000 and 2099.")
TWICE = Text("{year} 年已有名为“{name}”的抽样。", "There is a sample “{name}” of {year} already.")
SIZE = Text("抽取数量应为 1 到 10000 的整数。", "The number to draw must lie between 1 and 10,000.")
SEED = Text("随机种子须为一行文字。", "The seed must be one line of text.")
DRAWN = Text("该样本已经抽取，不能重抽。", "This sample is drawn already and cannot be drawn anew.")
FEW = Text(
    "{year} 年可抽的自评共 {n} 项，少于抽取数量 {size}。已认定的自评才可抽取。",
    "There are {n} self-evaluations of {year} to draw from, fewer than {size}. Only accepted ones are drawn from.",
)


@action("evaluation.announce_sample", steps=("recheck",))
def announce_sample(viewer: Viewer, year: int, name: str, seed: str, size: int, document: str = "") -> Done[Sample]:
    """Write down seed and size. Neither can be changed afterwards, so nobody chooses a seed for what it draws."""
    authorise_menu(viewer, "evaluation.announce_sample")
    said = words(NEEDED, name=name, seed=seed, document=document)
    if any(len(said[field]) > 100 for field in ("name", "seed")):
        raise invalid("name" if len(said["name"]) > 100 else "seed", LONG)
    if not 2000 <= year <= 2099:
        raise invalid("year", YEAR)
    if not 1 <= size <= 10000:
        raise invalid("size", SIZE)
    try:
        checked(["one"], said["seed"], 1)
    except SampleError:
        raise invalid("seed", SEED) from None
    if Sample.objects.filter(year=year, name=said["name"]).exists():
        raise invalid("name", TWICE.with_(year=year, name=said["name"]))
    made = Sample.objects.create(
        year=year,
        name=said["name"],
        seed=said["seed"],
        size=size,
        document=said["document"],
        announced_by=viewer.account,
        announced_at=viewer.now(),
    )
    details = {"seed": made.seed, "size": size, "year": year, "document": made.document}
    return Done(made, "evaluation.Sample", str(made.pk), made.name, after=digest_of([made.seed, str(size)]), details=details)


@action("evaluation.draw_sample", steps=("recheck",))
def draw_sample(viewer: Viewer, sample: UUID) -> Done[Sample]:
    """Freeze the population and draw: a re-check for each self-evaluation drawn, in the order of the draw."""
    authorise_menu(viewer, "evaluation.draw_sample")
    row = Sample.objects.select_for_update(no_key=True).filter(pk__in=visible_samples(viewer), pk=sample).first()
    if row is None:
        raise absent(Text("该样本", "this sample"))
    if row.drawn_at is not None:
        raise Refusal("drawn", DRAWN)
    known = sorted(str(one) for one in population(viewer, row.year))
    if len(known) < row.size:
        raise Refusal("population_small", FEW.with_(year=row.year, n=len(known), size=row.size))
    chosen = drawn(known, row.seed, row.size)
    row.population, row.digest = "\n".join(known), digest(known, row.seed, row.size)
    row.drawn_by, row.drawn_at = viewer.account, viewer.now()
    row.save()
    Recheck.objects.bulk_create(Recheck(sample=row, self_evaluation_id=UUID(one), place=place) for place, one in enumerate(chosen, 1))
    details = {"seed": row.seed, "size": row.size, "population": len(known), "drawn": list(chosen)}
    return Done(row, "evaluation.Sample", str(row.pk), row.name, "", digest_of([row.seed, str(row.size)]), row.digest, details)


def population(viewer: Viewer, year: int) -> list[UUID]:
    """What can be drawn of a year: the accepted self-evaluations that no accepted correction has replaced, as far as the viewer reads."""
    accepted = visible_self_evaluations(viewer).filter(state=SelfEvaluation.State.ACCEPTED, table__year=year)
    return list(accepted.exclude(replaced_by__state=SelfEvaluation.State.ACCEPTED).order_by().values_list("pk", flat=True))
