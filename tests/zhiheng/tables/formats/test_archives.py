"""Archives that are too much, locked or broken, and XML that is not to be trusted."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from tests.zhiheng.tables.formats import samples

from zhiheng.tables.formats.archives import Archive
from zhiheng.tables.formats.markup import local, parse, stream
from zhiheng.tables.formats.relations import main_part, relations
from zhiheng.tables.grid import Refused


def code_of(action: object, *arguments: object) -> str:
    with pytest.raises(Refused) as caught:
        action(*arguments)  # type: ignore[operator]
    return caught.value.problem.code


def test_a_bomb_is_refused_by_what_it_declares() -> None:
    bomb = samples.zipped({"xl/workbook.xml": b"\x00" * 300_000_000})
    assert len(bomb) < 400_000
    assert code_of(Archive, bomb, "f") == "archive-bomb"
    assert code_of(Archive, samples.zipped({"a": b"\x00" * 60_000_000}), "f") == "archive-bomb"


def test_a_bomb_that_lies_about_its_size_gives_no_more_than_it_said() -> None:
    bomb = bytearray(samples.zipped({"a": b"\x00" * 5_000_000}))
    at = bomb.rindex(b"PK\x01\x02")
    struct.pack_into("<I", bomb, at + 24, 10)
    assert code_of(Archive(bytes(bomb), "f").read, "a") == "file-cut"


def test_too_many_members() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(10_001):
            archive.writestr(f"{number}", "")
    assert code_of(Archive, buffer.getvalue(), "f") == "archive-bomb"


def test_locked_and_broken_members() -> None:
    locked = bytearray(samples.zipped({"a": "x"}))
    locked[6] |= 1
    at = locked.rindex(b"PK\x01\x02")
    locked[at + 8] |= 1
    assert code_of(Archive(bytes(locked), "f").read, "a") == "encrypted"
    assert code_of(Archive(bytes(locked), "f").read, "b") == "part-missing"
    broken = bytearray(samples.zipped({"a": "hello " * 400}))
    broken[40] ^= 0xFF
    assert code_of(Archive(bytes(broken), "f").read, "a") == "file-cut"
    assert code_of(Archive, b"PK\x03\x04nonsense", "f") == "file-cut"


def test_xml_is_read_without_entities_and_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    assert local(parse(b"<?xml version='1.0'?><!-- x --><a:b xmlns:a='u'/>", "f", "p")) == "b"
    assert code_of(parse, b"<!DOCTYPE a SYSTEM 'x'><a/>", "f", "p") == "xml-entities"
    assert code_of(parse, b"<a>", "f", "p") == "xml-damaged"
    assert code_of(parse, b"<?xml version='1.0' encoding='nonsense'?><a/>", "f", "p") == "xml-damaged"
    assert code_of(parse, b"<a>" * 5000 + b"</a>" * 5000, "f", "p") == "xml-damaged"
    with pytest.raises(Refused):
        list(stream(b"<a><b/>", "f", "p", ("b",)))
    with pytest.raises(Refused):
        list(stream(b"<!DOCTYPE a><a/>", "f", "p", ("b",)))
    monkeypatch.setattr("zhiheng.tables.formats.markup.MAX_TREE", 3)
    assert code_of(parse, b"<a></a>", "f", "p") == "part-too-large"


def test_comments_have_no_name() -> None:
    from lxml import etree

    assert local(etree.Comment("x")) == ""


def test_relations_lead_inside_the_file_only() -> None:
    links = (
        "<Relationships><Relationship Id='a' Type='http://x/styles' Target='../styles%20a.xml'/><x/>"
        "<Relationship Id='b' Type='http://x/link' Target='http://x' TargetMode='External'/><Relationship/></Relationships>"
    )
    archive = Archive(samples.zipped({"xl/_rels/book.xml.rels": links}), "f")
    assert relations(archive, "xl/book.xml") == {"a": ("styles", "styles a.xml"), "": ("", "xl")}
    assert relations(archive, "other.xml") == {}
    assert main_part(archive, "usual") == "usual"
