"""Whether a document keeps to a content model: which elements, how many, in which order, with which attributes and texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lxml import etree

from zhiheng.interchange.documents import Element, line, local, path
from zhiheng.interchange.faults import Fault, fault

DECIMAL = re.compile(r"\s*[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*")
NAME = re.compile(r"[^\W\d][\w.\-·]*")
BLANK_ALLOWED = ("date", "decimal", "string", "uri")


@dataclass(frozen=True, slots=True)
class Model:
    """A content model as data (see stratml.toml)."""

    namespace: str
    root: str
    elements: Mapping[str, Mapping[str, Any]]
    leaves: Mapping[str, str]
    others: tuple[str, ...] = ()

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Model:
        """The model of a TOML file."""
        leaves = {name: kind for kind, names in data["leaves"].items() for name in names}
        return cls(data["namespace"], data["root"], data["elements"], leaves, tuple(data.get("others", ())))


def faults(root: Element, model: Model) -> Iterator[Fault]:
    """Every place where a document leaves the model, in its order."""
    space = etree.QName(root).namespace or ""
    if local(root) != model.root:
        yield fault("wrong_root", line(root), "", found=local(root), expected=model.root)
        return
    if space != model.namespace and space not in model.others:
        yield fault("wrong_namespace", line(root), path(root), found=space, expected=model.namespace)
        return
    known: set[str] = set()
    for element in root.iter(etree.Element):
        if (etree.QName(element).namespace or "") != space:
            yield fault("unknown_element", line(element), path(element), name=element.tag, expected="—")
        else:
            yield from _element(element, model, known)


def _element(element: Element, model: Model, known: set[str]) -> Iterator[Fault]:
    name = local(element)
    rule = model.elements.get(name, {})
    yield from _attributes(element, rule)
    if "children" in rule:
        yield from _children(element, rule["children"])
    elif len(element):
        yield fault("unknown_element", line(element), path(element), name=local(element[0]), expected="—")
    elif name in model.leaves or "text" in rule:
        yield from _text(element, rule, model.leaves.get(name, "string"), known)


def _attributes(element: Element, rule: Mapping[str, Any]) -> Iterator[Fault]:
    allowed: Mapping[str, Sequence[str]] = rule.get("attributes", {})
    for key, value in element.attrib.items():
        if str(key).startswith("{http://www.w3.org/2001/XMLSchema-instance}"):
            continue
        if key not in allowed:
            yield fault("unknown_attribute", line(element), path(element), name=key)
        elif value not in allowed[str(key)]:
            yield fault("unknown_code", line(element), path(element), name=key, found=value, expected="、".join(allowed[str(key)]))
    for key in rule.get("required", ()):
        if key not in element.attrib:
            yield fault("missing_attribute", line(element), path(element), name=key)


def _children(element: Element, allowed: Sequence[tuple[str, int, int]]) -> Iterator[Fault]:
    names = [name for name, _, _ in allowed]
    place = 0
    for one in element.iterchildren(etree.Element):
        name = local(one)
        if name not in names[place:]:
            yield fault("unknown_element", line(one), path(element), name=name, expected="、".join(names))
        else:
            place = names.index(name)
    counts = [local(one) for one in element.iterchildren(etree.Element)]
    for name, least, most in allowed:
        if (count := counts.count(name)) < least:
            yield fault("missing_element", line(element), path(element), name=name)
        elif most and count > most:
            yield fault("too_many", line(element), path(element), name=name, count=count, limit=most)
    stray = "".join([element.text or "", *(one.tail or "" for one in element)]).strip()
    if stray:
        yield fault("stray_text", line(element), path(element), found=stray[:40])


def _text(element: Element, rule: Mapping[str, Any], kind: str, known: set[str]) -> Iterator[Fault]:
    words = element.text or ""
    values: Sequence[str] = rule.get("values", ())
    if values and words not in values:
        yield fault("unknown_code", line(element), path(element), name=local(element), found=words, expected="、".join(values))
    if not words and kind in BLANK_ALLOWED:
        return
    if kind == "date" and day(words) is None:
        yield fault("not_date", line(element), path(element), found=words[:40])
    elif kind == "decimal" and not DECIMAL.fullmatch(words):
        yield fault("not_number", line(element), path(element), found=words[:40])
    elif kind == "id":
        if not NAME.fullmatch(words.strip()) or words.strip() in known:
            yield fault("not_id", line(element), path(element), found=words[:40])
        known.add(words.strip())


def day(text: str) -> date | None:
    """The day of an XML date, a time zone behind it left aside; None for what is none."""
    found = re.fullmatch(r"\s*([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?\s*", text)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
