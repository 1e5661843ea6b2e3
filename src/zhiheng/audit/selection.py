"""Which rules are run, and how grave their findings are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from zhiheng.audit.finding import Severity
from zhiheng.audit.rule import Hit, Rule


class Unknown(ValueError):  # noqa: N818 - it is an answer, not a fault
    """A name that no rule and no family bears. ``nearest`` is the known name most like it, or empty."""

    def __init__(self, name: str, nearest: str) -> None:
        super().__init__(f"{name} ({nearest}?)" if nearest else name)
        self.name = name
        self.nearest = nearest


@dataclass(frozen=True, slots=True)
class Selection:
    """``select`` nothing: all rules. ``ignore`` wins over ``select``. ``severities`` re-levels by code.

    A rule is named by its code (R03), its family's letter (R) or its family's name (references), in any case.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)

    def of(self, rules: Sequence[Rule]) -> tuple[Rule, ...]:
        """The rules that are to run, in their own order. Raises Unknown for a name that means none of them."""
        for name in (*self.select, *self.ignore):
            if not any(name.lower() in names(rule) for rule in rules):
                raise Unknown(name, nearest(name, all_names(rules)))
        codes = {rule.code.lower() for rule in rules}
        for code in self.severities:
            if code.lower() not in codes:
                raise Unknown(code, nearest(code, [rule.code for rule in rules]))
        wanted, unwanted = lowered(self.select), lowered(self.ignore)
        return tuple(rule for rule in rules if (not wanted or wanted & names(rule)) and not unwanted & names(rule))

    def severity(self, rule: Rule, hit: Hit) -> Severity:
        """The severity of a finding: the office's own for the rule, else the hit's, else the rule's."""
        own = {code.lower(): severity for code, severity in self.severities.items()}
        return own.get(rule.code.lower(), hit.severity or rule.severity)


ALL = Selection()


def names(rule: Rule) -> frozenset[str]:
    """What a selection may call the rule, in lower case."""
    return frozenset({rule.code.lower(), rule.code[:1].lower(), rule.family.lower()})


def all_names(rules: Iterable[Rule]) -> list[str]:
    """Every name a selection may use, codes first."""
    listed = list(rules)
    return [rule.code for rule in listed] + sorted({rule.family for rule in listed}) + sorted({rule.code[:1] for rule in listed})


def nearest(name: str, known: Sequence[str]) -> str:
    """The known name most like ``name``, empty when none is like it."""
    lower = {item.lower(): item for item in known}
    found = get_close_matches(name.lower(), list(lower), n=1, cutoff=0.5)
    return lower[found[0]] if found else ""


def lowered(words: Iterable[str]) -> frozenset[str]:
    """The words without regard to case."""
    return frozenset(word.lower() for word in words)
