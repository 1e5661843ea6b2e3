"""The old compound files of Microsoft ([MS-CFB]): which program wrote it, and whether it is locked by a password."""

from __future__ import annotations

import struct

from zhiheng.tables.formats.problems import refused

END = 0xFFFFFFFA  # sector numbers from here on are marks, not sectors
ENCRYPTED = 0x0100  # in the flags of a Word document's head


class Compound:
    """The streams at the top of a compound file."""

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        self._data = data
        if len(data) < 512:
            raise refused("file-cut", file)
        self._size = 1 << min(max(struct.unpack_from("<H", data, 30)[0], 7), 16)
        self._count = len(data) // self._size + 1  # no chain is longer than the file has sectors
        count, directory = struct.unpack_from("<II", data, 44)
        self._fat = self._allocation(count)
        self._streams = self._listed(directory)
        self.names = frozenset(self._streams)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _allocation(self, count: int) -> list[int]:
        """The table of which sector follows which."""
        numbers = [n for n in struct.unpack_from("<109I", self._data, 76) if n < END]
        following, extra = struct.unpack_from("<II", self._data, 68)
        for _ in range(min(extra, self._count // (self._size // 4) + 1)):
            sector = self._sector(following)
            if following >= END or len(sector) < self._size:
                break
            *more, following = struct.unpack(f"<{self._size // 4}I", sector)
            numbers += [n for n in more if n < END]
        table: list[int] = []
        for number in numbers[: min(count, self._count // (self._size // 4) + 1)]:
            sector = self._sector(number)
            table += struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4])
        return table

    def _chain(self, first: int) -> bytes:
        parts: list[bytes] = []
        seen: set[int] = set()
        while first < len(self._fat) and first not in seen:
            seen.add(first)
            parts.append(self._sector(first))
            first = self._fat[first]
        return b"".join(parts)

    def _listed(self, directory: int) -> dict[str, int]:
        """Name and first sector of the streams at the top. Those of embedded objects lie in storages and do not count."""
        entries = self._chain(directory)
        found: dict[int, tuple[str, int, tuple[int, int, int]]] = {}
        for number, at in enumerate(range(0, len(entries) - 127, 128)):
            name_size, kind = struct.unpack_from("<HB", entries, at + 64)
            left, right, child = struct.unpack_from("<III", entries, at + 68)
            name = entries[at : at + max(min(name_size, 64) - 2, 0)].decode("utf-16-le", "replace")
            if kind:
                found[number] = (name, struct.unpack_from("<I", entries, at + 116)[0], (left, right, child))
        top: dict[str, int] = {}
        seen: set[int] = set()
        waiting = [found[0][2][2]] if 0 in found else []
        while waiting:
            number = waiting.pop()
            if number in found and number not in seen:
                seen.add(number)
                name, first, (left, right, _) = found[number]
                top[name] = first
                waiting += [left, right]
        return top

    def kind(self) -> str:
        """One of xls and doc. Refuses locked files and other programs' files."""
        if "EncryptedPackage" in self.names or "EncryptionInfo" in self.names:
            raise refused("encrypted", self.file)
        if self.names & {"Workbook", "Book", "WORKBOOK", "BOOK"}:
            return "xls"
        if "WordDocument" in self.names:
            head = self._sector(self._streams["WordDocument"])
            if len(head) >= 12 and struct.unpack_from("<H", head, 10)[0] & ENCRYPTED:
                raise refused("encrypted", self.file)
            return "doc"
        raise refused("format-unknown" if self.names else "file-cut", self.file)
