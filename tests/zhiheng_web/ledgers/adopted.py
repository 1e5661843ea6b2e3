"""The bureau's pack as adopted, for tests."""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import zhiheng_kjj
from zhiheng_web.ledgers.actions.adopt_pack import adopt_pack
from zhiheng_web.ledgers.models import Register
from zhiheng_web.ledgers.packs.reading import read_pack
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.models import TableVersion

PACK = Path(zhiheng_kjj.__file__).parent / "pack.toml"


@dataclass(frozen=True)
class Kjj:
    """What was adopted; ``left_out`` are files of the pack that had a fault or were not there."""

    department: UUID
    registers: dict[str, UUID]
    left_out: tuple[str, ...]

    def register(self, code: str) -> Register:
        return Register.objects.get(pk=self.registers[code])


def adopt(viewer: Viewer, version: TableVersion) -> Kjj:
    """Adopt the pack without the files that have faults: one test of its own demands that there are none."""
    department = version.table.unit.department_id
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kjj" / "pack.toml"
        shutil.copytree(PACK.parent, path.parent)
        left_out: set[str] = set()
        for _ in range(20):
            path.write_text(without(PACK.read_text("utf-8"), left_out), "utf-8")
            faulty = {named(fault.file, str(fault.text)) for fault in read_pack(path).faults}
            if not faulty - left_out:
                break
            left_out |= faulty
        adopt_pack(viewer, department, path)
    rows = Register.objects.filter(department=department)
    return Kjj(department, {row.code: row.pk for row in rows}, tuple(sorted(left_out)))


def named(file: str, text: str) -> str:
    """The file that a fault is about: one that pack.toml names and is not there is named in the text."""
    found = re.search(r"[a-z_]+/[a-z0-9_]+\.toml", text) if file == "pack.toml" else None
    return found[0] if found else file


def without(text: str, files: set[str]) -> str:
    return "\n".join(line for line in text.splitlines() if not any(f'"{file}"' in line for file in files))
