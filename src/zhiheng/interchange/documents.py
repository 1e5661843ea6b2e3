"""XML of other systems: read without entities, network or bottomless trees; written with what XML can carry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from zhiheng.interchange.faults import Refused, fault
from zhiheng.plan.place import Place
from zhiheng.plan.plan import Cell
from zhiheng.reports.forms import clean

MAX_BYTES = 30_000_000
"""Bytes of a document. A year of a large department is under one million."""
MAX_TEXT = 20_000
"""Characters of one element. The longest published objective has under two thousand."""

LIMIT = "XML_PARSE_HUGE"
"""What the parser says where a document is nested too deep or a text in it too long for it."""

Element = etree._Element


def parse(data: bytes) -> Element:
    """The root of a document. Refuses what is too large, damaged, or declares entities."""
    if len(data) > MAX_BYTES:
        raise Refused(fault("too_large", size=len(data) // 1_000_000, limit=MAX_BYTES // 1_000_000))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as damage:
        code = "xml_limit" if LIMIT in str(damage.msg or "") else "damaged"
        raise Refused(fault(code, damage.lineno or 0)) from damage
    except (ValueError, LookupError) as damage:
        raise Refused(fault("damaged")) from damage
    about: Any = root.getroottree().docinfo
    if about.doctype or about.internalDTD is not None:
        raise Refused(fault("entities", 1))
    long = next((one for one in root.iter(etree.Element) if len(one.text or "") > MAX_TEXT), None)
    if long is not None:
        raise Refused(fault("long_text", line(long), path(long), length=len(long.text or ""), limit=MAX_TEXT))
    return root


def local(element: Element) -> str:
    """The name without its namespace."""
    return etree.QName(element).localname


def line(element: Element) -> int:
    """The line of an element, 0 where it was made here."""
    number: Any = element.sourceline
    return int(number or 0)


def path(element: Element) -> str:
    """Where an element stands, by names and numbers: /PerformancePlanOrReport/StrategicPlanCore/Goal[2]."""
    steps = []
    here: Element | None = element
    while here is not None:
        parent = here.getparent()
        same = [one for one in parent if one.tag == here.tag] if parent is not None else [here]
        steps.append(local(here) + (f"[{same.index(here) + 1}]" if len(same) > 1 else ""))
        here = parent
    return "/" + "/".join(reversed(steps))


def children(element: Element, name: str) -> Iterator[Element]:
    """The children of a local name in the element's own namespace."""
    space = etree.QName(element).namespace
    return element.iterchildren(f"{{{space}}}{name}" if space else name)


def matching(root: Element, xpath: str) -> list[Any]:
    """What an XPath finds: elements, or attributes that know their element."""
    found: Any = root.xpath(xpath)
    return list(found)


def child(element: Element | None, *names: str) -> Element | None:
    """The first element down a way of local names, None where it ends."""
    for name in names:
        if element is None:
            return None
        element = next(children(element, name), None)
    return element


def text(element: Element | None, *names: str) -> str:
    """The text at the end of a way, '' where there is none."""
    found = child(element, *names)
    return (found.text or "") if found is not None else ""


class Taking:
    """Reads texts of a document and remembers which were read, so that what was left can be named."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.taken: dict[Element, None] = {}

    def text(self, element: Element | None, *names: str) -> str:
        """The text at the end of a way, '' where there is none; it is taken."""
        found = child(element, *names)
        if found is None:
            return ""
        self.taken[found] = None
        return found.text or ""

    def cell(self, element: Element | None, *names: str) -> Cell | None:
        """The text as a cell with its line, None where there is no such element or no text in it."""
        found = child(element, *names)
        words = self.text(found)
        return Cell(words, Place(row=line(found))) if found is not None and words else None

    def whole(self, element: Element) -> None:
        """Take everything below an element."""
        self.taken.update(dict.fromkeys(element.iter(etree.Element)))

    def left(self) -> Iterator[Element]:
        """Elements with a text that nobody read."""
        return (one for one in self.root.iter(etree.Element) if (one.text or "").strip() and not len(one) and one not in self.taken)


def add(parent: Element, name: str, words: str | None = None, **attributes: str) -> Element:
    """A new last child in the parent's namespace."""
    space = etree.QName(parent).namespace
    made = etree.SubElement(parent, f"{{{space}}}{name}" if space else name, {key: clean(value) for key, value in attributes.items()})
    if words is not None:
        made.text = clean(words)
    return made


def written(root: Element) -> bytes:
    """The document in UTF-8, the same bytes for the same tree."""
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True))
