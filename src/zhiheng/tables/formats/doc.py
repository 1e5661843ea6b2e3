"""Old documents (doc, wps, rtf): LibreOffice, where it is installed, turns them into docx, and that is read."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from zhiheng.tables.formats.limits import CONVERTER_SECONDS, MAX_FILE
from zhiheng.tables.formats.problems import refused

NAMES = ("soffice", "libreoffice")


def converter() -> str | None:
    """The program that converts; None when it is not installed."""
    return next((path for name in NAMES if (path := shutil.which(name)) is not None), None)


def as_docx(data: bytes, ending: str, file: str) -> bytes:
    """The document as docx. It is opened under a plain name with a profile of its own, so that no macro setting,
    file name or open window of the user matters; everything written is deleted again.
    """
    program = converter()
    if program is None:
        raise refused("needs-converter", file)
    with tempfile.TemporaryDirectory(prefix="zhiheng-") as folder:
        source = Path(folder) / f"document{ending}"
        source.write_bytes(data)
        profile = (Path(folder) / "profile").as_uri()
        order = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "docx", "--outdir", folder]
        try:
            subprocess.run(  # noqa: S603 - the program found on the path, the file under a name of our own
                [*order, str(source)], timeout=CONVERTER_SECONDS, check=False, stdin=subprocess.DEVNULL, capture_output=True
            )
        except subprocess.TimeoutExpired as fault:
            raise refused("converter-slow", file, seconds=CONVERTER_SECONDS) from fault
        except OSError as fault:
            raise refused("converter-failed", file) from fault
        target = Path(folder) / "document.docx"
        if not target.is_file() or not 0 < target.stat().st_size <= MAX_FILE:
            raise refused("converter-failed", file)
        return target.read_bytes()
