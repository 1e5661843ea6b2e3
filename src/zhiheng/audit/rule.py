"""Rule: a code, what it looks at, and its texts.

A family file in ``rules/`` holds the functions; the TOML file of the same name beside it holds, for every code,
severity, source and the texts in both languages. Codes are permanent.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources

from zhiheng.audit.context import NOTHING, Context
from zhiheng.audit.finding import Finding, Severity, Subject
from zhiheng.parameters.parameters import Parameters
from zhiheng.plan.place import Place
from zhiheng.plan.plan import Cell, Duty, Figure, Indicator, Plan, Table


@dataclass(frozen=True, slots=True)
class Hit:
    """What a check yields: the subject, its place, and the parameters of the message.

    ``severity`` is set where this hit is less (or more) grave than the rule's others; ``variant`` where it needs
    another sentence.
    """

    subject: Subject
    place: Place
    parameters: Mapping[str, str]
    severity: Severity | None = None
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule is given: one table, the parameters in force for its year, and what stands beside it where that is known."""

    table: Table
    parameters: Parameters
    context: Context = NOTHING

    @property
    def plan(self) -> Plan:
        """The table's plan."""
        return self.table.plan

    def rows(self) -> Iterator[tuple[int, Indicator]]:
        """Indicators with their index."""
        return iter(enumerate(self.table.plan.indicators))

    def at(self, index: int, field: str, cell: Cell | Figure | None = None, **parameters: object) -> Hit:
        """A hit on one indicator. ``field`` is the attribute's name (target, references.mean…).

        The place is that of ``cell`` if it has one, else the row's.
        """
        row = self.table.plan.indicators[index]
        place = cell.place if cell is not None and cell.place.row is not None else row.place
        values = {"name": row.name.text, **{key: str(value) for key, value in parameters.items()}}
        return Hit(Subject(field, index, row.duty), place, values)

    def column(self, field: str, **parameters: object) -> Hit:
        """A hit on a whole column of the table, at its heading."""
        place = dict(self.table.plan.columns).get(field, self.table.plan.place)
        return Hit(Subject(field), place, {key: str(value) for key, value in parameters.items()})

    def duty(self, duty: Duty, **parameters: object) -> Hit:
        """A hit on one 职责: ``{duty}`` is its name, ``{number}`` its number."""
        values = {"duty": duty.name.text, "number": str(duty.number), **{key: str(value) for key, value in parameters.items()}}
        return Hit(Subject("duty", duty=duty.number), duty.name.place, values)

    def whole(self, field: str, cell: Cell | Figure | None = None, **parameters: object) -> Hit:
        """A hit on the table as a whole, or on a field of its head."""
        place = cell.place if cell is not None and cell.place.row is not None else self.table.plan.place
        return Hit(Subject(field), place, {key: str(value) for key, value in parameters.items()})


Check = Callable[[Case], Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one rule in one language. ``variants`` are further messages by name."""

    title: str
    what: str
    why: str
    flagged: str
    accepted: str
    remedy: str
    message: str
    variants: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """One audit rule. ``replaces`` names a rule that stays silent at a subject where this one fires."""

    code: str
    severity: Severity
    check: Check
    source: str
    zh: Texts
    en: Texts
    family: str
    replaces: str = ""

    def texts(self, language: str) -> Texts:
        """The texts in ``zh`` or ``en``."""
        return self.en if language == "en" else self.zh


def family(name: str, checks: Mapping[str, Check]) -> tuple[Rule, ...]:
    """Join the checks of a family to their texts in ``rules/<name>.toml``; both must name the same codes."""
    data = tomllib.loads(resources.files("zhiheng.audit.rules").joinpath(f"{name}.toml").read_text("utf-8"))
    if set(data) != set(checks):
        raise ValueError(f"rules/{name}: codes differ between code and texts: {set(data) ^ set(checks)}")
    return tuple(
        Rule(
            code=code,
            severity=Severity(data[code]["severity"]),
            check=check,
            source=data[code]["source"],
            zh=Texts(**data[code]["zh"]),
            en=Texts(**data[code]["en"]),
            family=name,
            replaces=data[code].get("replaces", ""),
        )
        for code, check in checks.items()
    )


def finding(rule: Rule, hit: Hit, severity: Severity) -> Finding:
    """The finding that a hit of ``rule`` becomes."""
    return Finding(rule.code, severity, hit.place, hit.subject, hit.parameters, hit.variant)


def message(rule: Rule, found: Finding, language: str) -> str:
    """The sentence a reader sees: what is wrong here."""
    texts = rule.texts(language)
    template = texts.variants[found.variant] if found.variant else texts.message
    return template.format_map(found.parameters)
