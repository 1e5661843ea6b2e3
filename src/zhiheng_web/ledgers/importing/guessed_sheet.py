"""An uploaded sheet as the columns of a register that is to be declared, and how the sheet then lies on it. The file is not kept."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings

from zhiheng.tables.formats.long_sheets import LongFile
from zhiheng.tables.grid import Refused
from zhiheng.tables.problems import message
from zhiheng_web.ledgers.definition import RegisterDefinition
from zhiheng_web.ledgers.importing.headings import digest_of_headings
from zhiheng_web.ledgers.importing.sheet_columns import sheet_columns
from zhiheng_web.ledgers.packs.guessing import SAMPLE, Guessed, guess
from zhiheng_web.secrecy import refuse_marked_file
from zhiheng_web.trail.action import Invalid
from zhiheng_web.wording import Text

NO_HEADING = Text(
    "“{file}”里没有找到表头。表头是一行列名，至少两列；请整理后再上传。",
    "No heading was found in “{file}”: a row of at least two column names. Put one in and upload it again.",
)
TOO_LARGE = Text(
    "文件超过 {most} MB。设立台账只需表头和几十行样例。", "The file is larger than {most} MB. The heading and some rows will do."
)


def columns_of_sheet(upload: Any) -> tuple[str, Guessed]:
    """The name of the file without its ending, and what its first sheet with a heading says."""
    if upload.size > settings.LARGEST_UPLOAD:
        text = TOO_LARGE.with_(most=settings.LARGEST_UPLOAD // 2**20)
        raise Invalid("too_large", text, {"file": text})
    refuse_marked_file(upload)
    name = PurePath(upload.name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"sheet{name.suffix.lower()}"
        path.write_bytes(upload.read())
        try:
            file = LongFile(path, name.name)
            found = next((one for sheet in file.sheets if (one := _guessed(file, sheet)).columns), None)
        except Refused as refused:
            text = Text(message(refused.problem, "zh"), message(refused.problem, "en"))
            raise Invalid("unreadable", text, {"file": text}) from None
    if found is None:
        text = NO_HEADING.with_(file=name.name)
        raise Invalid("no_heading", text, {"file": text})
    return name.stem[:100], found


def _guessed(file: LongFile, sheet: str) -> Guessed:
    return guess([row.cells for row in islice(file.rows(sheet), SAMPLE)])


def headings_of(guessed: Guessed) -> dict[str, Any]:
    """What the form carries along, so that the same sheet can be imported without saying again which column is which."""
    return {"digest": digest_of_headings(guessed.headings), "places": [list(place) for place in guessed.places]}


def mapping_of(carried: str, names: Sequence[str], definition: RegisterDefinition) -> Mapping[str, Mapping[str, str]]:
    """Digest of the headings → column of the sheet → column of the import. ``names`` are the columns by their line, '' where none."""
    try:
        data = json.loads(carried or "{}")
        places = [(int(line), int(at), str(name)) for line, at, name in data.get("places", ())]
        digest = str(data.get("digest", ""))[:64]
    except (ValueError, TypeError, AttributeError):
        return {}
    known = {column.name for column in sheet_columns(definition)}
    named = {str(at): name or (names[line] if 0 <= line < len(names) else "") for line, at, name in places}
    mapping = {at: f"{name}_name" if f"{name}_name" in known and name not in known else name for at, name in named.items()}
    mapping = {at: name for at, name in mapping.items() if name in known}
    return {digest: mapping} if digest and mapping else {}
