"""What stands against submitting a package: each with where it is and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from zhiheng_web.publication.building.building import Built
from zhiheng_web.publication.building.drafting import drafted
from zhiheng_web.publication.building.narrating import loose, references
from zhiheng_web.publication.building.numbers import numbers_of
from zhiheng_web.publication.building.proposing import Proposal, proposals
from zhiheng_web.publication.content.narrative import Number
from zhiheng_web.publication.models import Package, Paragraph, ProposalAnswer
from zhiheng_web.wording import Text

MUST_SAY = {
    "final": {
        "scope": (
            "projects_evaluated",
            "projects_public",
            "amount",
            "share",
            "projects_open",
            "amount_open",
            "share_open",
        ),
        "result": ("total", "grade"),
    },
    "budget": {"scope": ("tables", "projects", "tables_public"), "money": ("total_budget",)},
}
"""Kind of the package → statement → numbers that it cannot do without, where the data have them and they are not nothing (rules 4.2)."""
OPEN = Text("{what}：{said}。请遮盖，或写明可以公开的理由", "{what}: {said}. Withhold it, or say why it may be public")
TYPED = Text(
    "“{name}”中的“{digits}”是手工填写的数字。请改为引用数据，或确认为文号、年份",
    "“{digits}” in “{name}” is typed by hand. Refer to the data, or confirm it as a document number or a year",
)
LOST = Text("引用的“{name}”没有数据（可能已遮盖或未列入）", "Nothing answers the reference “{name}” (it may be withheld or left out)")
GONE = Text("缺少必须说明的内容“{name}”", "The statement “{name}” is missing")
UNSAID = Text("“{name}”必须引用{label}（{{{number}}}）", "“{name}” must refer to {label} ({{{number}}})")
MOVED = Text(
    "有 {n} 项指标的固化值与台账当时的记录不符，请重新固化", "{n} frozen values are not what the ledgers gave then: freeze them again"
)
RESCORED = Text("表“{table}”的自评得分不能由固化内容重算，请核查", "The points of “{table}” do not follow from what was kept: check it")


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing to do first; ``place`` is where."""

    text: Text
    place: str = ""


def obstacles(package: Package, built: Built) -> list[Obstacle]:
    """Everything that keeps a package from the secrecy review, in the order in which it is mended."""
    found = [Obstacle(OPEN.with_(what=one.text, said=one.said), one.place) for one in unanswered(package, built)]
    paragraphs = list(Paragraph.objects.filter(package=package).order_by("position"))
    found += _narrative(package, built, paragraphs)
    if built.moved:
        found.append(Obstacle(MOVED.with_(n=len(built.moved))))
    found += [Obstacle(RESCORED.with_(table=slug), slug) for slug in built.rescored]
    return found


def unanswered(package: Package, built: Built) -> list[Proposal]:
    """Proposals to withhold that nobody has answered; what is withheld asks no more."""
    answered = set(ProposalAnswer.objects.filter(package=package).values_list("place", "code", "text_digest"))
    open_ones = [one for one in proposals(built.content, built.full) if (one.place, one.code, one.key) not in answered]
    return [one for one in open_ones if built.content.withheld(one.place) is None]


def absent(code: str, one: Number) -> bool:
    """Whether a number of the scope says that there is none of what it counts (no project): a sentence need not speak of it."""
    return code == "scope" and one.words in ("", "0")


def _narrative(package: Package, built: Built, paragraphs: list[Paragraph]) -> list[Obstacle]:
    known = numbers_of(built.content, built.extent)
    found = [Obstacle(LOST.with_(name=name), "narrative") for name in built.unknown]
    for row in paragraphs:
        place = f"narrative/{row.code}"
        name = row.heading or row.code
        found += [Obstacle(TYPED.with_(name=name, digits=digits), place) for digits in loose(row.text, row.typed)]
        if row.fixed:
            said = set(references(row.text))
            missing = [
                one
                for one in MUST_SAY[package.kind].get(row.code, ())
                if one in known and one not in said and not absent(row.code, known[one])
            ]
            found += [Obstacle(UNSAID.with_(name=name, label=known[one].label, number=one), place) for one in missing]
    codes = {row.code for row in paragraphs}
    found += [
        Obstacle(GONE.with_(name=one.heading), "narrative")
        for one in drafted(built.content, built.extent)
        if one.fixed and one.code not in codes
    ]
    return found
