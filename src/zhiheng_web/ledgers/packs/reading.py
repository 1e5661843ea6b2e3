"""Reading a pack: its files, what they say as values, and every fault with its file and line. Nothing here touches the database."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any

from zhiheng_web.ledgers.definition import RegisterDefinition
from zhiheng_web.ledgers.packs import lines as layout
from zhiheng_web.ledgers.packs.bases import IndicatorBases
from zhiheng_web.ledgers.packs.checking import Registers, check_registers, worded
from zhiheng_web.ledgers.packs.checking_bases import check_bases
from zhiheng_web.ledgers.packs.shapes import Problem, shaped
from zhiheng_web.wording import Text

LARGEST = 2_000_000
"""Bytes of one file of a pack."""


@dataclass(frozen=True, slots=True)
class Named:
    """The pack's name in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Index:
    """What pack.toml says itself."""

    code: str
    edition: str
    name: Named
    registers: tuple[str, ...] = ()
    bindings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a pack: ``file`` as seen from the pack's folder, and the line."""

    file: str
    line: int
    code: str
    text: Text

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as read. It may be adopted only where ``faults`` is empty. ``digest`` covers the bytes of all of its files."""

    code: str
    name: Text
    edition: str
    digest: str
    registers: tuple[RegisterDefinition, ...] = ()
    indicators: tuple[IndicatorBases, ...] = ()
    faults: tuple[Fault, ...] = ()
    files: tuple[str, ...] = ()


@dataclass
class _Reader:
    """Collects faults and digests while the files of one pack are read."""

    folder: Path
    faults: list[Fault] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    lines: dict[str, dict[layout.Path, int]] = field(default_factory=dict)

    def report(self, file: str, prefix: layout.Path = ()) -> Callable[[Problem], None]:
        """Keeps a problem as a fault of ``file``."""

        def keep(problem: Problem) -> None:
            line = layout.line_of(self.lines.get(file, {}), (*prefix, *problem.path))
            self.faults.append(Fault(file, line, problem.code, problem.text))

        return keep

    def load(self, file: str, named_in: tuple[str, layout.Path] | None = None) -> Mapping[str, Any] | None:
        """The values of one TOML file, or None with the fault kept: at the place that names the file if it cannot be read at all."""
        try:
            raw = _bytes(self.folder, file)
            text = raw.decode("utf-8-sig")
        except (OSError, ValueError) as fault:
            where, path = named_in or (file, ())
            self.report(where)(Problem(path, "file", _unreadable(fault).with_(file=file, fault=getattr(fault, "strerror", fault))))
            return None
        self.digests.append(f"{file}|{hashlib.sha256(raw).hexdigest()}")
        try:
            data = tomllib.loads(text, parse_float=Decimal)
        except tomllib.TOMLDecodeError as fault:
            reason = Text("不是有效的 TOML：{fault}。", "This is not valid TOML: {fault}.").with_(fault=fault)
            self.faults.append(Fault(file, layout.line_of_fault(fault, text), "toml", reason))
            return None
        self.lines[file] = layout.lines_of(text)
        return data


def _unreadable(fault: Exception) -> Text:
    if isinstance(fault, FileNotFoundError):
        return Text("没有文件“{file}”。", "There is no file “{file}”.")
    if isinstance(fault, UnicodeDecodeError):
        return Text("文件“{file}”不是 UTF-8 编码。请另存为 UTF-8。", "The file “{file}” is not UTF-8. Save it as UTF-8.")
    return Text("无法读取文件“{file}”：{fault}。", "The file “{file}” cannot be read: {fault}.")


def _bytes(folder: Path, file: str) -> bytes:
    """The bytes of a file inside the pack's folder; nothing outside is opened."""
    name = PurePosixPath(file)
    found = (folder / name).resolve()
    if name.is_absolute() or not found.is_relative_to(folder.resolve()):
        raise ValueError("不在业务包文件夹内 / outside the folder of the pack")
    if found.stat().st_size > LARGEST:
        raise ValueError("超过 2 MB / larger than 2 MB")
    return found.read_bytes()


Located = tuple[str, layout.Path]


def read_pack(path: Path) -> Pack:
    """The pack whose pack.toml is ``path``, with every fault of all of its files."""
    reader = _Reader(path.parent)
    data = reader.load(path.name)
    own = {key: value for key, value in (data or {}).items() if key != "indicators"}
    index = shaped(Index, own, (), reader.report(path.name)) if data is not None else None
    if index is None:
        return Pack("", Text(path.parent.name, path.parent.name), "", _digest(reader), faults=tuple(_sorted(reader, ())))
    for found in worded(("name",), index.name.zh, index.name.en):
        reader.report(path.name)(found)
    registers, register_places = _register_files(reader, path.name, index.registers)
    indicators, indicator_places = _binding_files(reader, path.name, index, {"indicators": (data or {}).get("indicators", [])})
    _cross(reader, registers, register_places, indicators, indicator_places)
    files = (path.name, *index.registers, *index.bindings)
    ready = tuple(_settled(definition) for definition in registers)
    name = Text(index.name.zh, index.name.en)
    faults = tuple(_sorted(reader, files))
    return Pack(index.code, name, index.edition, _digest(reader), ready, tuple(map(_with_default, indicators)), faults, files)


def _register_files(reader: _Reader, index: str, files: Sequence[str]) -> tuple[list[RegisterDefinition], list[Located]]:
    definitions: list[RegisterDefinition] = []
    places: list[Located] = []
    for number, file in enumerate(files):
        data = reader.load(file, (index, ("registers", number)))
        for place, item in _listed(reader, file, data, "registers"):
            made = shaped(RegisterDefinition, item, ("registers", place), reader.report(file))
            if made is not None:
                definitions.append(made)
                places.append((file, ("registers", place)))
    return definitions, places


def _binding_files(reader: _Reader, index_file: str, index: Index, own: Mapping[str, Any]) -> tuple[list[IndicatorBases], list[Located]]:
    indicators: list[IndicatorBases] = []
    places: list[Located] = []
    for number, file in enumerate((index_file, *index.bindings)):
        data = reader.load(file, (index_file, ("bindings", number - 1))) if number else own
        for place, item in _listed(reader, file, data, "indicators"):
            made = shaped(IndicatorBases, item, ("indicators", place), reader.report(file))
            if made is not None:
                indicators.append(made)
                places.append((file, ("indicators", place)))
    return indicators, places


def _listed(reader: _Reader, file: str, data: Mapping[str, Any] | None, key: str) -> Sequence[tuple[int, Any]]:
    """The tables under the one key that such a file has."""
    if data is None:
        return ()
    for other in data.keys() - {key}:
        text = Text("这里只能有 [[{key}]]，没有“{other}”这一键。", "Only [[{key}]] may stand here; there is no key “{other}”.")
        reader.report(file)(Problem((other,), "unknown_key", text.with_(key=key, other=other)))
    items = data.get(key, [])
    if isinstance(items, list):
        return list(enumerate(items))
    reader.report(file)(Problem((key,), "kind", Text("应为 [[{key}]] 表。", "This must be [[{key}]].").with_(key=key)))
    return ()


def _cross(
    reader: _Reader,
    registers: Sequence[RegisterDefinition],
    register_places: Sequence[Located],
    indicators: Sequence[IndicatorBases],
    indicator_places: Sequence[Located],
) -> None:
    """What needs all registers at once."""
    for found in check_registers(registers):
        _keep(reader, register_places, found)
    known: Registers = {definition.code: definition for definition in registers}
    for found in check_bases(indicators, known):
        _keep(reader, indicator_places, found)


def _keep(reader: _Reader, places: Sequence[Located], found: Problem) -> None:
    file, prefix = places[int(found.path[0])]
    reader.report(file, prefix)(Problem(found.path[1:], found.code, found.text))


def _settled(definition: RegisterDefinition) -> RegisterDefinition:
    """With its first state named."""
    if definition.first_state or not definition.states:
        return definition
    return replace(definition, first_state=definition.states[0].code)


def _with_default(indicator: IndicatorBases) -> IndicatorBases:
    """A single basis is the default one."""
    if len(indicator.bases) != 1:
        return indicator
    return replace(indicator, bases=(replace(indicator.bases[0], default=True),))


def _sorted(reader: _Reader, files: Sequence[str]) -> list[Fault]:
    order = {file: number for number, file in enumerate(files)}
    return sorted(reader.faults, key=lambda fault: (order.get(fault.file, len(order)), fault.file, fault.line))


def _digest(reader: _Reader) -> str:
    return hashlib.sha256("\n".join(sorted(reader.digests)).encode()).hexdigest()
