"""A file beside what stands here: each figure there against the derived one here, and the words that could be taken over.

What is derived here is never overwritten. A figure differs if it is not what this format would say of ours: our own file, sent back
unchanged, differs nowhere, whatever the format cannot hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from zhiheng.interchange.faults import Fault
from zhiheng.interchange.observed import beside, number
from zhiheng.interchange.results import Row
from zhiheng.interchange.yearly import Fund, Watched, cell
from zhiheng.scoring.observation import Counted, Observation, Provisional, Reported, Zero
from zhiheng.scoring.trace import printed
from zhiheng_web.evaluation.exchanging.fitting import misfit
from zhiheng_web.evaluation.exchanging.formats import TABLES, Arrival, divided, read, written
from zhiheng_web.evaluation.exchanging.pairing import Pairs, pairs, plain
from zhiheng_web.evaluation.exchanging.standing import FIELDS, HEAD, MONITORING, Held, Standing, in_words
from zhiheng_web.evaluation.ground import FUND_NAMES
from zhiheng_web.wording import Text

YUAN = Decimal(10_000)
MOST_BOXES = 900
"""Boxes that are ticked beforehand. The service reads at most 1000 inputs of one form."""


class Verdict(StrEnum):
    """How a figure there stands to the one here."""

    SAME = "same"
    BLANK = "blank"
    UNIT = "unit"
    STATE = "state"
    DIFFERS = "differs"


VERDICTS = {
    Verdict.SAME: Text("一致", "Same"),
    Verdict.BLANK: Text("文件未填", "Blank in the file"),
    Verdict.UNIT: Text("单位不同", "Another unit"),
    Verdict.STATE: Text("状态不同", "Another state"),
    Verdict.DIFFERS: Text("不一致", "Differs"),
}
TONES = {Verdict.SAME: "good", Verdict.BLANK: "", Verdict.UNIT: "warn", Verdict.STATE: "bad", Verdict.DIFFERS: "bad"}
IN_YUAN_THERE = Text(
    "文件的金额是本系统的 10000 倍，像是以元填写；这些栏目以万元计",
    "ten thousand times ours: it looks like yuan; these columns are in 10k yuan",
)
OTHER_TARGET = Text("文件中的年度指标值为“{there}”", "the file has the target “{there}”")
POINTS = Text("得分：文件 {there}，本系统 {here}", "Points: {there} in the file, {here} here")
WEIGHT = Text("分值：文件 {there}，本系统 {here}", "Out of: {there} in the file, {here} here")
NO_POINTS = Text("无", "none")


@dataclass(frozen=True, slots=True)
class Offer:
    """Words that could be taken over. ``base`` is what stands here, ``text`` what the file says; ``why`` they cannot be taken."""

    field: str
    base: str
    text: str
    why: Text | None = None

    @property
    def name(self) -> Text:
        """Which words."""
        return FIELDS[self.field]

    @property
    def shown(self) -> str:
        """The file's, for a person."""
        return in_words(self.field, self.text)

    @property
    def now(self) -> str:
        """What stands here, for a person."""
        return in_words(self.field, self.base)


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator here beside its row of the file. ``there`` '' where the file says nothing."""

    held: Held
    there: str
    verdict: Verdict
    how: Text
    notes: tuple[Text, ...]
    offers: tuple[Offer, ...]

    @property
    def text(self) -> Text:
        """The verdict in words."""
        return VERDICTS[self.verdict]

    @property
    def tone(self) -> str:
        """Its colour."""
        return TONES[self.verdict]

    @property
    def quiet(self) -> bool:
        """Whether there is nothing to look at."""
        return self.verdict is Verdict.SAME and not self.notes and not self.offers


@dataclass(frozen=True, slots=True)
class Money:
    """One amount (万元) there and here."""

    name: Text
    what: Text
    here: str
    there: str
    verdict: Verdict
    note: Text | None

    @property
    def text(self) -> Text:
        """The verdict in words."""
        return VERDICTS[self.verdict]

    @property
    def tone(self) -> str:
        """Its colour."""
        return TONES[self.verdict]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole: rows here in order, rows of the file that are none here (number, name, figure, why), rows here that it lacks."""

    lines: tuple[Line, ...]
    unpaired: tuple[tuple[int, str, str, Text], ...]
    absent: tuple[Held, ...]
    money: tuple[Money, ...]
    head: tuple[Offer, ...]
    faults: tuple[Fault, ...]
    total: tuple[str, str] | None

    @property
    def differing(self) -> list[Line]:
        """Rows whose figure is another there."""
        return [line for line in self.lines if line.verdict in (Verdict.DIFFERS, Verdict.STATE, Verdict.UNIT)]

    @property
    def to_see(self) -> list[Line]:
        """Rows with anything to look at."""
        return [line for line in self.lines if not line.quiet]

    @property
    def quiet(self) -> list[Line]:
        """Rows in which nothing differs and nothing is offered."""
        return [line for line in self.lines if line.quiet]

    @property
    def remarks(self) -> list[tuple[str, Text]]:
        """What was wrong with the file or was not read of it: severity and words with line and place."""
        return [(one.severity, Text(one.text("zh"), one.text("en"))) for one in self.faults]

    @property
    def money_differing(self) -> list[Money]:
        """Amounts that are others there."""
        return [one for one in self.money if one.verdict is not Verdict.SAME]

    @property
    def offers(self) -> int:
        """How many words could be taken over."""
        return sum(not offer.why for line in self.lines for offer in line.offers) + sum(not offer.why for offer in self.head)

    @property
    def many(self) -> bool:
        """Whether there are more words than a form may send boxes: then all are taken by one button, or some ticked by hand."""
        return self.offers > MOST_BOXES

    @property
    def nothing(self) -> bool:
        """Whether the file says the same as stands here."""
        return not (self.to_see or self.unpaired or self.absent or self.money_differing or self.head or self.total)


def compared(standing: Standing, arrival: Arrival) -> Comparison:
    """The file beside what stands here. Asks the database nothing."""
    kind = "json" if arrival.kind == "tables" else arrival.kind
    echo = read(standing.what, written(standing, kind), "", standing.on)
    paired, own = pairs(standing, arrival), pairs(standing, echo)
    lines = [_line(standing, arrival, echo, index, paired, own) for index in range(len(standing.rows)) if index in paired.of]
    plan = arrival.results.plan
    unpaired = [(place + 1, plan.indicators[place].name.text, shown(arrival.results.rows[place]), why) for place, why in paired.left]
    absent = [row for index, row in enumerate(standing.rows) if index not in paired.of]
    total = (arrival.total, echo.total) if arrival.total and arrival.total != echo.total else None
    return Comparison(
        tuple(lines),
        tuple(unpaired),
        tuple(absent),
        tuple(_money(echo.funds, arrival.funds)),
        _head(standing, arrival),
        arrival.faults,
        total,
    )


def _line(standing: Standing, arrival: Arrival, echo: Arrival, index: int, paired: Pairs, own: Pairs) -> Line:
    held = standing.rows[index]
    place, how = paired.of[index]
    there, row = arrival.results.rows[place], arrival.results.plan.indicators[place]
    place_own = own.of[index][0] if index in own.of else None
    ours = echo.results.rows[place_own] if place_own is not None else standing.results.rows[index]
    declared = echo.results.plan.indicators[place_own] if place_own is not None else standing.results.plan.indicators[index]
    target = row.target.text if row.target is not None else ""
    mine = declared.target.text if declared.target is not None else ""
    notes = [OTHER_TARGET.with_(there=target)] if target and plain(target) != plain(mine) else []
    notes += _points(ours, there)
    words = arrival.watched[place] if arrival.watched else None
    offers = _offers(held, _words(standing.what, arrival, words, there.comment))
    found = verdict(ours.actual, there.actual)
    if found is Verdict.SAME and there.further and there.further != ours.further:
        found = Verdict.DIFFERS
    return Line(held, shown(there), found, how, tuple(notes), offers)


def shown(row: Row) -> str:
    """An actual with what stands beside it, for a person."""
    return beside(cell(row.actual), row.further)


def verdict(ours: Observation | None, there: Observation | None) -> Verdict:
    """How a figure there stands to ours as the format would have it."""
    if there == ours:
        return Verdict.SAME
    if there is None:
        return Verdict.BLANK
    if ours is None or _figured(ours) != _figured(there):
        return Verdict.STATE
    numbers = [_number(one) for one in (ours, there)]
    if None not in numbers and numbers[0][0] == numbers[1][0]:  # type: ignore[index]
        return Verdict.SAME if numbers[0] == numbers[1] else Verdict.UNIT
    if not _figured(ours) and type(ours) is not type(there):
        return Verdict.STATE
    return Verdict.DIFFERS


def _figured(observation: Observation) -> bool:
    return isinstance(observation, Reported | Zero | Counted | Provisional) or _number(observation) is not None


def _number(observation: Observation) -> tuple[Decimal, str] | None:
    match observation:
        case Zero():
            return Decimal(0), ""
        case Counted(over, under) if under:
            return over * 100 / under, "%"
        case Reported(value) | Provisional(_, value):
            return number(value)
        case _:
            return None


def _points(ours: Row, there: Row) -> list[Text]:
    """Points and weights that are others there; what a file leaves out is not another one."""
    found = []
    for text, here, other in ((WEIGHT, ours.weight, there.weight), (POINTS, ours.score, there.score)):
        if other is not None and other != here:
            found.append(text.with_(there=printed(other), here=NO_POINTS if here is None else printed(here)))
    return found


def _words(what: str, arrival: Arrival, watched: Watched | None, comment: str) -> Mapping[str, str]:
    """The words of one row of the file, by field."""
    if what != MONITORING:
        return divided(comment)
    if watched is None:
        return {}
    if arrival.kind not in ("tables", *TABLES):
        return {"explanation": watched.explanation}
    return {
        "reasons": " ".join(watched.reasons), "explanation": watched.explanation, "forecast": watched.forecast,
        "possibility": watched.possibility, "remark": watched.remark,
    }  # fmt: skip


def _offers(held: Held, words: Mapping[str, str]) -> tuple[Offer, ...]:
    """Words that say something else than ours. What is blank there takes nothing away here."""
    found = []
    for name, text in words.items():
        said = text.replace("\r\n", "\n").strip()
        if said and said != held.words[name].replace("\r\n", "\n").strip():
            found.append(Offer(name, held.words[name], said, misfit(held, name, said)))
    return tuple(found)


def _head(standing: Standing, arrival: Arrival) -> tuple[Offer, ...]:
    found = []
    for name in HEAD:
        now, said = standing.head.get(name, ""), arrival.head.get(name, "").replace("\r\n", "\n").strip()
        if said and standing.head and said != now.replace("\r\n", "\n").strip():
            found.append(Offer(name, now, said, misfit(None, name, said, fills=standing.fills_head)))
    return tuple(found)


SOURCES = {
    FUND_NAMES[""]: "Total of the year", FUND_NAMES["fiscal"]: "of it: this year's appropriation",
    FUND_NAMES["carried"]: "Carried over from last year", FUND_NAMES["other"]: "Other money",
}  # fmt: skip
"""The rows of the money in English."""
AMOUNTS = (
    ("initial", Text("年初预算数", "Budget at first")), ("budget", Text("全年预算数", "Budget of the year")),
    ("executed", Text("执行数", "Executed")),
)  # fmt: skip


def _money(ours: Sequence[Fund], there: Sequence[Fund]) -> list[Money]:
    """Amount by amount; rows that only one side has are shown with a blank on the other."""
    known = {plain(one.name): one for one in ours}
    names = list(dict.fromkeys([*known, *(plain(one.name) for one in there)])) if there else []
    others = {plain(one.name): one for one in there}
    found = []
    for name in names:
        mine, other = known.get(name), others.get(name)
        named = (mine or other).name  # type: ignore[union-attr]  # one of the two has the name
        shown = Text(named, SOURCES.get(named, named))
        for field, what in AMOUNTS:
            here, said = (getattr(one, field) if one is not None else None for one in (mine, other))
            if here is None and said is None:
                continue
            found.append(_amount(shown, what, here, said))
    return found


def _amount(name: Text, what: Text, here: Decimal | None, said: Decimal | None) -> Money:
    texts = ["" if one is None else printed(one) for one in (here, said)]
    if here == said:
        return Money(name, what, *texts, Verdict.SAME, None)
    if said is None:
        return Money(name, what, *texts, Verdict.BLANK, None)
    if here and said == here * YUAN:
        return Money(name, what, *texts, Verdict.UNIT, IN_YUAN_THERE)
    return Money(name, what, *texts, Verdict.DIFFERS, None)
