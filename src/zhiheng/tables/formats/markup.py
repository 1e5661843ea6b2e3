"""XML of office files, read without entities, without a network and without bottomless trees."""

from __future__ import annotations

import io
from collections.abc import Iterator

from lxml import etree

from zhiheng.tables.formats.limits import MAX_TREE
from zhiheng.tables.formats.problems import refused


def _checked(data: bytes, file: str, part: str) -> None:
    """Office programs never write a document type; one that is there means entities, ours or of another file."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise refused("xml-entities", file, part=part)


def parse(data: bytes, file: str, part: str) -> etree._Element:
    """The root element of a part. Refuses entities and damaged XML."""
    _checked(data, file, part)
    if len(data) > MAX_TREE:
        code = "too-large" if part == file else "part-too-large"
        raise refused(code, file, part=part, size=len(data) // 1_000_000, limit=MAX_TREE // 1_000_000)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as fault:
        raise refused("xml-damaged", file, part=part) from fault
    if root is None:
        raise refused("xml-damaged", file, part=part)
    return root


def stream(data: bytes, file: str, part: str, tags: tuple[str, ...]) -> Iterator[etree._Element]:
    """Elements of the given local names, each when it is complete; the caller clears what it has used."""
    _checked(data, file, part)
    named = tuple("{*}" + tag for tag in tags)
    try:
        for _, element in etree.iterparse(
            io.BytesIO(data),
            events=("end",),
            tag=named,
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        ):
            yield element
    except (etree.XMLSyntaxError, ValueError, LookupError) as fault:
        raise refused("xml-damaged", file, part=part) from fault


def local(element: etree._Element) -> str:
    """The name without its namespace; '' for a comment or an instruction."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute by its local name, whatever its namespace (the strict and the usual office formats differ)."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None
