"""Members of a zip archive (xlsx, docx, ods, ofd), none of them read before its size is known."""

from __future__ import annotations

import io
import zipfile
import zlib

from zhiheng.tables.formats.limits import MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED, RATIO_FLOOR
from zhiheng.tables.formats.problems import refused


class Archive:
    """An opened archive. Refuses bombs, encrypted and damaged archives with `Refused`.

    A member yields at most the bytes it declares, so that the declared sizes bound what is unpacked; archives
    inside archives are never opened.
    """

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
            raise refused("file-cut", file) from fault
        members = self._zip.infolist()
        total = sum(member.file_size for member in members)
        crammed = total > RATIO_FLOOR and total > MAX_RATIO * len(data)
        if len(members) > MAX_MEMBERS or total > MAX_UNPACKED or crammed:
            raise refused("archive-bomb", file, size=total // 1_000_000, members=len(members))
        self.names = frozenset(member.filename for member in members)

    def read(self, name: str) -> bytes:
        """The bytes of a member. Refuses when it is missing, encrypted or damaged."""
        try:
            member = self._zip.getinfo(name)
            if member.flag_bits & 1:
                raise refused("encrypted", self.file)
            with self._zip.open(member) as stream:
                return stream.read(MAX_UNPACKED)
        except KeyError as fault:
            raise refused("part-missing", self.file, part=name) from fault
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as fault:
            raise refused("file-cut", self.file) from fault
