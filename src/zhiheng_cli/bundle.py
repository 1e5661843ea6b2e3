"""``zhiheng bundle``: everything in one archive that installs without a network on x86-64 Linux."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from zhiheng_cli.place import PROJECT
from zhiheng_cli.texts import Failure, Language, text

VERSIONS = ("3.11", "3.12", "3.13")
"""The Pythons that the archive can be installed with."""
PLATFORMS = ("manylinux2014_x86_64", "manylinux_2_17_x86_64", "manylinux_2_24_x86_64", "manylinux_2_26_x86_64", "manylinux_2_28_x86_64")
"""The oldest first: a wheel for an older system runs on a newer one too."""
LOCKS = ("requirements-boot.lock", "requirements.lock")
LEFT_OUT = {"__pycache__", "wheels", "out", "node_modules"}


def bundle(
    target: Annotated[Path | None, typer.Argument(metavar="OUT", help="写成的归档 .tar.gz / the archive to write")] = None,
    lang: Annotated[Language, typer.Option(help="语言 / language", envvar="ZHIHENG_LANG")] = Language.ZH,  # noqa: ARG001 - for main
) -> int:
    """打成离线安装包：解开后在没有网络的 x86-64 机器上即可运行（Python 3.11–3.13 和 pip）。

    Make an archive that installs without a network on x86-64 (Python 3.11 to 3.13 with pip).
    """
    if not (PROJECT / "run.py").exists():
        raise Failure(text("bundle_needs_project"))
    from zhiheng_cli.main import VERSION

    name = f"zhiheng-{VERSION}"
    archive = target or Path(f"{name}-x86_64.tar.gz")
    with tempfile.TemporaryDirectory() as folder:
        wheels = Path(folder) / "wheels"
        for version in VERSIONS:
            print(text("bundle_downloads", version=version), file=sys.stderr, flush=True)
            download(wheels, version)
        with tempfile.NamedTemporaryFile(dir=archive.resolve().parent, delete=False) as unfinished:
            write(Path(unfinished.name), name, wheels)
        Path(unfinished.name).replace(archive)
    archive.chmod(0o644)
    print(text("bundle_done", file=archive, megabytes=archive.stat().st_size // 10**6, name=name))
    return 0


def download(wheels: Path, version: str) -> None:
    """The wheels of the locks for one Python, checked by their hashes. pip's own settings say where from."""
    python = str(getattr(sys, "_base_executable", "") or sys.executable)
    for lock in LOCKS:
        command = [python, "-m", "pip", "download", "-qq", "--no-deps", "--require-hashes", "--only-binary", ":all:"]
        command += ["--implementation", "cp", "--python-version", version, "--dest", str(wheels), "-r", str(PROJECT / lock)]
        command += [word for platform in PLATFORMS for word in ("--platform", platform)]
        settings = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
        done = subprocess.run(command, env=settings, stdout=sys.stderr, check=False)  # noqa: S603 - pip, from this Python
        if done.returncode:
            raise Failure(text("bundle_download_failed", lock=lock, version=version))


def write(archive: Path, name: str, wheels: Path) -> None:
    """The project's files and the wheels under one folder. Owners and times are left out: the same in gives the same archive."""
    with tarfile.open(archive, "w:gz", compresslevel=6) as tar:
        for path in sorted(project_files()):
            add(tar, f"{name}/{path.relative_to(PROJECT)}", path.read_bytes(), executable=os.access(path, os.X_OK))
        for wheel in sorted(wheels.iterdir()):
            add(tar, f"{name}/wheels/{wheel.name}", wheel.read_bytes(), executable=False)


def add(tar: tarfile.TarFile, name: str, content: bytes, *, executable: bool) -> None:
    """One file of the archive."""
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    entry.mode = 0o755 if executable else 0o644
    tar.addfile(entry, io.BytesIO(content))


def project_files() -> Iterator[Path]:
    """The files of the project: what git knows of, or, without git, everything that is not hidden or made."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=False)  # noqa: S607
    except OSError:
        listed = None
    if listed is not None and listed.returncode == 0 and listed.stdout:
        yield from (PROJECT / part for part in listed.stdout.split("\0") if part and (PROJECT / part).is_file())
        return
    for path in PROJECT.rglob("*"):
        parts = path.relative_to(PROJECT).parts
        if path.is_file() and not any(part in LEFT_OUT or (part.startswith(".") and part != ".ci") for part in parts):
            yield path
