"""The virus scanner of the installation (ZHIHENG_VIRUS_SCAN): a clamd socket, or a command that is given the file.

``clamd:/run/clamav/clamd.ctl`` or ``clamd:host:3310`` speaks clamd's INSTREAM; anything else is a command line to which the path of
the file is added, and whose exit code says 0 clean, 1 infected (as clamscan's does). A scanner that does not answer refuses the file,
unless ZHIHENG_VIRUS_SCAN_REQUIRED=0: then the file is kept and marked as not scanned.
"""

from __future__ import annotations

import shlex
import socket
import struct
import subprocess
import tempfile
from typing import IO

from django.conf import settings

from zhiheng_web.trail.action import Invalid, Refusal
from zhiheng_web.wording import Text

CLEAN, UNAVAILABLE = "clean", "unavailable"
SECONDS = 60
CHUNK = 2**16
INFECTED = Text(
    "文件“{name}”带有病毒或恶意内容（{what}），未保存。请先杀毒，并检查您的电脑。",
    "“{name}” carries a virus ({what}) and was not stored. Clean it first, and check your computer.",
)
SILENT = Text(
    "病毒扫描暂时不可用，“{name}”未保存。请稍后再试；持续出现请联系系统管理员。",
    "The virus scanner does not answer; “{name}” was not stored. Try again later; if it goes on, tell the administrator.",
)


class SilentError(Exception):
    """The scanner gave no answer that can be understood."""


def scan(content: IO[bytes], name: str) -> str:
    """'' if no scanner is set, else 'clean' or 'unavailable'; an infected file is refused. The content is left at its beginning."""
    scanner = settings.VIRUS_SCAN
    if not scanner:
        return ""
    content.seek(0)
    try:
        found = _clamd(scanner.removeprefix("clamd:"), content) if scanner.startswith("clamd:") else _command(scanner, content)
    except (OSError, SilentError, subprocess.SubprocessError) as error:
        if settings.VIRUS_SCAN_REQUIRED:
            raise Refusal("scanner_unavailable", SILENT.with_(name=name)) from error
        return UNAVAILABLE
    finally:
        content.seek(0)
    if found:
        text = INFECTED.with_(name=name, what=found)
        raise Invalid("infected", text, {"file": text})
    return CLEAN


def _clamd(address: str, content: IO[bytes]) -> str:
    """What clamd found; '' if nothing."""
    if "/" in address:
        connection = socket.socket(socket.AF_UNIX)
        target: str | tuple[str, int] = address
    else:
        host, _, port = address.rpartition(":")
        connection, target = socket.socket(), (host or "127.0.0.1", int(port))
    with connection:
        connection.settimeout(SECONDS)
        connection.connect(target)
        connection.sendall(b"zINSTREAM\0")
        while chunk := content.read(CHUNK):
            connection.sendall(struct.pack(">I", len(chunk)) + chunk)
        connection.sendall(struct.pack(">I", 0))
        answer = b""
        while not answer.endswith(b"\0") and (part := connection.recv(4096)):
            answer += part
    said = answer.rstrip(b"\0\n").decode("utf-8", "replace").removeprefix("stream: ")
    if said == "OK":
        return ""
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND")
    raise SilentError(said)


def _command(line: str, content: IO[bytes]) -> str:
    """What a command found, by its exit code; '' if nothing."""
    with tempfile.NamedTemporaryFile() as copy:
        while chunk := content.read(CHUNK):
            copy.write(chunk)
        copy.flush()
        # the command is the administrator's own setting; the path is ours
        done = subprocess.run([*shlex.split(line), copy.name], capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    if done.returncode == 0:
        return ""
    if done.returncode == 1:
        return (done.stdout.decode("utf-8", "replace").strip().splitlines() or ["—"])[0].replace(copy.name, "").strip(": ")[:60]
    raise SilentError(done.returncode)
