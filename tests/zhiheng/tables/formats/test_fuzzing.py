"""Damaged files of every type: a reader gives a source or refuses, and does nothing else.

Bounded here; with ZHIHENG_DEEP=1 the search is long and random.
"""

from __future__ import annotations

import io
import os
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.zhiheng.tables.formats import samples

from zhiheng.tables.formats import read
from zhiheng.tables.formats.isolation import received, sent
from zhiheng.tables.formats.problems import wordings
from zhiheng.tables.grid import Refused, Source

DEEP = bool(os.environ.get("ZHIHENG_DEEP"))
ROUNDS = 3000 if DEEP else 40
CASES = Path(__file__).parent / "cases"
PACKED = {"a.xlsx", "a.docx", "a.ods", "a.ofd"}
MAGIC = (
    b"\x00",
    b"\xff",
    b"\x7f\xff\xff\xff",
    b"\xff\xff\xff\xff",
    b"\x00\x00\x00\x00",
    b"-1",
    b"99999999999",
    b"<",
    b">",
    b'"',
    b"&#0;",
    b"\t",
)


def outcome(path: Path) -> Source | Refused:
    """What a reader answers; every other exception is a fault and goes up. PDF is read here, not apart, to see its faults."""
    try:
        data = path.read_bytes()
        source = received(sent(data, path.name), path.name) if b"%PDF-" in data[:1024] else read(path)
    except Refused as answer:
        return told(answer, path)
    for grid in source.grids:
        assert len(grid.rows) == len(grid.numbers)
        assert list(grid.numbers) == sorted(set(grid.numbers))
        for span in grid.spans:
            assert 0 <= span.top <= span.bottom < len(grid.rows)
            assert 0 <= span.left <= span.right < len(grid.rows[0])
    for problem in source.problems:
        for language in ("zh", "en"):
            wordings()[problem.code][language].format(**dict(problem.parameters))
    return source


def told(answer: Refused, path: Path) -> Refused:
    assert answer.problem.code in wordings()
    assert answer.problem.place.file == path.name
    return answer


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one to six flips, cuts, repetitions or strange values."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        at = chance.randrange(len(changed) + 1)
        size = chance.choice((1, 1, 2, 4, 16, 200))
        kind = chance.randrange(5)
        if kind == 0 and at < len(changed):
            changed[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del changed[at : at + size]
        elif kind == 2:
            changed[at:at] = changed[at : at + size] * chance.choice((1, 2, 20))
        elif kind == 3:
            value = chance.choice(MAGIC)
            changed[at : at + len(value)] = value
        else:
            del changed[at:]
        if not changed:
            break
    return bytes(changed)


def damaged_inside(data: bytes, chance: random.Random) -> bytes:
    """An archive with one member damaged and packed again, so that the damage reaches the reader behind the archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(members))
    content = members[name]
    assert isinstance(content, bytes)
    members[name] = damaged(content, chance)
    return samples.zipped(members)


@pytest.mark.parametrize("name", samples.EVERY)
def test_damaged_files_are_read_or_refused(tmp_path: Path, name: str) -> None:
    chance = random.Random(None if DEEP else f"{name} 2020")
    original = samples.EVERY[name]()
    path = tmp_path / name
    for _ in range(ROUNDS):
        inside = name in PACKED and chance.random() < 0.75
        path.write_bytes(damaged_inside(original, chance) if inside else damaged(original, chance))
        try:
            outcome(path)
        except Exception:
            if DEEP:
                CASES.mkdir(exist_ok=True)
                (CASES / f"found-{chance.randrange(10**9)}{path.suffix}").write_bytes(path.read_bytes())
            raise


@given(st.binary(max_size=400))
@example(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
@example(b"\x09\x08\x10\x00" + bytes(60))
@example(b"%PDF-1.7\n%%EOF")
@example(b"PK\x05\x06" + bytes(18))
@example(b"\xff\xfea")
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.dat"
    path.write_bytes(data)
    outcome(path)


@given(st.text(alphabet=st.sampled_from('\t\n\r",;|\\<>&/-: 职责1%trdablehm'), max_size=200), st.sampled_from(["a.txt", "a.csv", "a.tsv"]))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str, name: str) -> None:
    path = tmp_path_factory.getbasetemp() / name
    path.write_text(text, "utf-8", newline="")
    outcome(path)
