"""An office's own settings, read from a TOML file.

[rules]
select = ["H", "references"]    # codes, family letters or family names; none: all
ignore = ["M19"]

[rules.severity]
R03 = "error"

[parameters]
"audit_header.tolerance" = "0.1"
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from zhiheng.audit.catalogue import RULES
from zhiheng.audit.finding import Severity
from zhiheng.audit.rule import Rule
from zhiheng.audit.selection import ALL, Selection, Unknown, nearest
from zhiheng.parameters.parameters import national


@dataclass(frozen=True, slots=True)
class Configuration:
    """Which rules run, how grave their findings are, and the parameters that the office sets itself."""

    selection: Selection = ALL
    parameters: Mapping[str, str] = field(default_factory=dict)


class Misconfigured(ValueError):  # noqa: N818 - it is an answer, not a fault
    """A configuration file that cannot be followed. ``code`` is a key of configuration.toml, which holds the wording."""

    def __init__(self, code: str, file: str, key: str = "", **parameters: str) -> None:
        self.code = code
        self.parameters = {"file": file, "key": key, **parameters}
        super().__init__(self.text("en"))

    def text(self, language: str) -> str:
        """What is wrong, with file and key, in ``zh`` or ``en``."""
        return wordings()[self.code][language].format_map(self.parameters)


@cache
def wordings() -> Mapping[str, Mapping[str, str]]:
    """The sentences of configuration.toml."""
    return tomllib.loads(resources.files("zhiheng.audit").joinpath("configuration.toml").read_text("utf-8"))


def configuration(path: Path | str, rules: Sequence[Rule] = RULES) -> Configuration:
    """The settings in the file at ``path``. Raises Misconfigured, which names file and key, for anything it cannot follow."""
    file = Path(path).name
    try:
        data = tomllib.loads(Path(path).read_text("utf-8-sig"), parse_float=Decimal)
    except OSError as fault:
        raise Misconfigured("unreadable", file, reason=fault.strerror or type(fault).__name__) from fault
    except UnicodeDecodeError as fault:
        raise Misconfigured("encoding", file) from fault
    except tomllib.TOMLDecodeError as fault:
        raise Misconfigured("syntax", file, reason=str(fault)) from fault
    only(data, ("rules", "parameters"), file, "")
    chosen = table(data, "rules", file, "rules")
    only(chosen, ("select", "ignore", "severity"), file, "rules.")
    selection = Selection(
        words(chosen, "select", file), words(chosen, "ignore", file), severities(table(chosen, "severity", file, "rules.severity"), file)
    )
    known_names(selection, rules, file)
    return Configuration(selection, own_parameters(table(data, "parameters", file, "parameters"), file))


def only(data: Mapping[str, Any], keys: Sequence[str], file: str, prefix: str) -> None:
    """A key that means nothing here would be ignored in silence."""
    for key in data:
        if key not in keys:
            raise Misconfigured("unknown_key", file, prefix + key, nearest=nearest(key, keys) or "、".join(keys))


def table(data: Mapping[str, Any], name: str, file: str, key: str) -> Mapping[str, Any]:
    """The table of that name, empty if it is not there."""
    found = data.get(name, {})
    if not isinstance(found, dict):
        raise Misconfigured("not_a_table", file, key)
    return found


def words(data: Mapping[str, Any], name: str, file: str) -> tuple[str, ...]:
    """A list of rule names."""
    found = data.get(name, [])
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise Misconfigured("not_a_list", file, f"rules.{name}")
    return tuple(found)


def severities(data: Mapping[str, Any], file: str) -> dict[str, Severity]:
    """The severity of each code."""
    known = [severity.value for severity in Severity]
    for code, severity in data.items():
        if severity not in known:
            raise Misconfigured("severity", file, f"rules.severity.{code}", value=str(severity), known="、".join(known))
    return {code: Severity(severity) for code, severity in data.items()}


def known_names(selection: Selection, rules: Sequence[Rule], file: str) -> None:
    """Every rule that is named exists."""
    parts = {
        "rules.select": Selection(select=selection.select),
        "rules.ignore": Selection(ignore=selection.ignore),
        "rules.severity": Selection(severities=selection.severities),
    }
    for key, part in parts.items():
        try:
            part.of(rules)
        except Unknown as unknown:
            code = "unknown_rule_near" if unknown.nearest else "unknown_rule"
            raise Misconfigured(code, file, key, name=unknown.name, nearest=unknown.nearest) from unknown


def own_parameters(data: Mapping[str, Any], file: str) -> dict[str, str]:
    """The office's own values: known keys, and a number where the product's own value is one."""
    known = national()
    own: dict[str, str] = {}
    for key, value in data.items():
        where = f"parameters.{key}"
        if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
            raise Misconfigured("not_a_value", file, where)
        if key not in known:
            near = nearest(key, list(known))
            raise Misconfigured("unknown_parameter_near" if near else "unknown_parameter", file, where, name=key, nearest=near)
        if numeric(known[key].values[-1].value) and not numeric(str(value)):
            raise Misconfigured("not_a_number", file, where, value=str(value))
        own[key] = str(value)
    return own


def numeric(text: str) -> bool:
    """The text is a finite number."""
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
