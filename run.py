#!/usr/bin/env python3
"""Start Zhiheng from a bare Python: set up once inside this folder, then run.

    python3 run.py demo          the service with the real table of Linyi, on this machine
    python3 run.py ARGS          the zhiheng command: serve, check, convert, explain, score, backup, bundle ...
    python3 run.py test          the tests and checks (--deep: longer; --no-browser; a path: only that part)
    python3 run.py bench [NAME]  the benchmarks
    python3 run.py lock          resolve the lock files anew from pyproject.toml

Needs Python 3.11 and pip; no venv module, compiler or root. Everything lives in .zhiheng/ beside this file:
pip fetches uv, uv makes one environment per lock file. A stamp skips all of it the next time.
"""

import ast
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
HOME = ROOT / ".zhiheng"
BOOT = HOME / "boot"
BOOT_LOCK = ROOT / "requirements-boot.lock"
LOCKS = {"core": ROOT / "requirements.lock", "test": ROOT / "requirements-test.lock"}
WHEELS = ROOT / "wheels"  # an archive made by "run.py bundle" brings what the core lock and uv need
PIP_TO_UV = {"index-url": "UV_DEFAULT_INDEX", "extra-index-url": "UV_INDEX", "find-links": "UV_FIND_LINKS", "cert": "SSL_CERT_FILE"}


def main() -> int:
    """Dispatch: test, bench and lock are the developer's; everything else belongs to zhiheng."""
    if sys.version_info < (3, 11):
        return fail("需要 Python 3.11 或更高版本 / Python 3.11 or newer is needed; this is " + platform.python_version())
    arguments = sys.argv[1:]
    command = arguments[0] if arguments else ""
    try:
        if command == "test":
            return test(environment("test"), arguments[1:])
        if command == "bench":
            return execute(environment("test"), ["-m", "benchmarks", *arguments[1:]], ROOT / "src", ROOT)
        if command == "lock":
            return lock()
        return execute(environment("core"), ["-m", "zhiheng_cli", *arguments], ROOT / "src")
    except SetUpFailed as failure:
        return fail(str(failure))
    except KeyboardInterrupt:
        return fail("已中断，下次运行时会自动修复 / interrupted; the next run repairs the set-up")


# --- set-up -------------------------------------------------------------------------------------------------


class SetUpFailed(Exception):  # noqa: N818 - it is an answer, not a fault
    """The environment could not be made. The message says what to do."""


def environment(name: str) -> Path:
    """The python of an environment that holds exactly its lock file; made when it does not exist."""
    folder = HOME / name
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = fingerprint(LOCKS[name])
    if stamped(folder, stamp) and python.exists():
        return python
    with alone():
        if not (stamped(folder, stamp) and python.exists()):
            build(folder, python, LOCKS[name], stamp)
    return python


def build(folder: Path, python: Path, lock_file: Path, stamp: str) -> None:
    """Make the environment anew. The stamp is written last, so that an interrupted set-up is seen the next time."""
    say(f"首次运行，正在准备运行环境（{folder.name}）…… / setting up, first run only ...")
    begun = time.monotonic()
    uv = fetch_uv()
    shutil.rmtree(folder, ignore_errors=True)
    call([*uv, "venv", "--quiet", "--no-project", "--python", sys.executable, str(folder)], uv_settings())
    offline = ["--offline", "--no-index", "--find-links", str(WHEELS)] if brought(lock_file) else []
    call(
        [*uv, "pip", "sync", "--quiet", *offline, "--require-hashes", "--python", str(python), str(lock_file)],
        uv_settings(),
    )
    (folder / "stamp").write_text(stamp)
    say(f"运行环境已就绪，用时 {time.monotonic() - begun:.0f} 秒 / ready")


def brought(lock_file: Path) -> bool:
    """Whether the wheels of that lock lie beside this file."""
    return WHEELS.is_dir() and lock_file == LOCKS["core"]


def fetch_uv() -> list[str]:
    """The command that runs uv, fetched by pip into a folder of the project."""
    stamp = fingerprint(BOOT_LOCK)
    if not stamped(BOOT, stamp):
        shutil.rmtree(BOOT, ignore_errors=True)
        settings = {**os.environ, "PIP_NO_CACHE_DIR": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}
        settings["PIP_USER"] = "0"
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-input", "--no-deps", "--require-hashes"]
        pip += ["--no-index", "--find-links", str(WHEELS)] if WHEELS.is_dir() else []
        call([*pip, "--target", str(BOOT), "-r", str(BOOT_LOCK)], settings)
        (BOOT / "stamp").write_text(stamp)
    return [sys.executable, "-m", "uv"]


def uv_settings() -> dict[str, str]:
    """The environment of uv: it writes inside the project only and goes to the index that pip is set to."""
    settings = {**os.environ, "PYTHONPATH": str(BOOT), "UV_CACHE_DIR": str(HOME / "cache"), "UV_PYTHON_DOWNLOADS": "never"}
    settings.pop("VIRTUAL_ENV", None)
    listing = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False)
    for line in sorted(listing.stdout.splitlines(), reverse=True):  # ":env:" sorts before "global": the nearer setting is laid on last
        key, _, value = line.partition("=")
        variable = PIP_TO_UV.get(key.rpartition(".")[2])
        if variable and variable not in os.environ:
            words = str(ast.literal_eval(value)).split()
            settings[variable] = (" " if variable == "UV_INDEX" else ",").join(words)
    if "UV_INDEX" in settings:  # as pip does: the best match of all indexes; the hashes guard it
        settings.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    return settings


def fingerprint(lock_file: Path) -> str:
    """What a folder was made from: the lock file and this Python."""
    content = lock_file.read_bytes() + f"{sys.executable} {sys.version}".encode()
    return hashlib.sha256(content).hexdigest()


def stamped(folder: Path, stamp: str) -> bool:
    """Whether the folder was finished from the same lock file."""
    try:
        return (folder / "stamp").read_text() == stamp
    except OSError:
        return False


@contextmanager
def alone():
    """Hold the set-up lock: a second process waits and then finds the work done."""
    try:
        HOME.mkdir(exist_ok=True)
        handle = (HOME / "lock").open("a")
    except OSError as problem:
        raise SetUpFailed(f"无法写入 {HOME} / cannot write there: {problem}") from None
    with handle:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def call(command: list[str], settings: dict[str, str]) -> None:
    """Run one step of the set-up; its words go to standard error."""
    done = subprocess.run(command, env=settings, stdout=sys.stderr, check=False)
    if done.returncode:
        raise SetUpFailed(
            "运行环境没有准备好：首次运行需要 pip 和能访问软件包索引的网络（pip 的镜像设置同样有效），请检查后重新运行同一命令。\n"
            "The set-up did not finish. The first run needs pip and a network with a package index (pip's own mirror settings are used); "
            f"check them and run the same command again. Failed step: {' '.join(command[1:4])}"
        )


# --- running ------------------------------------------------------------------------------------------------


def execute(python: Path, arguments: list[str], *paths: Path) -> int:
    """Become the command: same folder, same streams, its exit code."""
    settings = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths))}
    command = [str(python), *arguments]
    if os.name != "nt":
        os.execve(command[0], command, settings)
    return subprocess.run(command, env=settings, check=False).returncode


def test(python: Path, arguments: list[str]) -> int:
    """All checks, each with its time; with paths or pytest options only those tests. Runs every stage even after a failure."""
    settings = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    settings.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of processes begin: each would compile all of Django anew
    if "--deep" in arguments:
        settings["ZHIHENG_DEEP"] = "1"
    chosen = [argument for argument in arguments if argument not in ("--deep", "--no-browser")]
    browser = "--no-browser" not in arguments
    if chosen:
        words = [str(Path(word).resolve()) if Path(word).exists() else word for word in chosen]
        stages = {"pytest": ([*PYTEST, *words], {})}
    elif browser and not any(map(shutil.which, BROWSERS)):
        return fail("浏览器测试需要 Chromium / the browser tests need Chromium: " + GET_BROWSER)
    else:
        stages = {name: stage for name, stage in STAGES.items() if browser or name != "browser"}
        if "--deep" in arguments:
            stages["postgresql"] = ([*PARALLEL, WEB, "-m", "not api"], STAGES["postgresql"][1])
            stages["web"] = ([*STAGES["web"][0], *WEB_COVERAGE], {})
    results = []
    with tempfile.TemporaryDirectory(prefix="zhiheng-test-", ignore_cleanup_errors=True) as shared:
        settings["ZHIHENG_TEST_SHARED"] = shared
        beforehand = None if chosen else subprocess.Popen([str(python), "-m", "tests.beforehand", shared], cwd=ROOT, env=settings)
        for name, (stage, more) in stages.items():
            say(f"--- {name}")
            begun = time.monotonic()
            code = subprocess.run([str(python), *stage], cwd=ROOT, env={**settings, **more}, check=False).returncode
            results.append((name, code, time.monotonic() - begun))
        if beforehand is not None:
            beforehand.wait()
    for name, code, seconds in results:
        print(f"{name:<12}{'ok' if code == 0 else 'FAILED':<8}{seconds:6.1f} s", flush=True)
    return 1 if any(code for _, code, _ in results) else 0


PYTEST = ["-m", "pytest", "-q"]
PARALLEL = [*PYTEST, "-n", "logical"]
WEB, PACK = "tests/zhiheng_web", "tests/zhiheng_kjj"
ON_POSTGRESQL = [f"{WEB}/{part}" for part in ("trail", "trust", "tasks", "test_kept.py")]
ON_POSTGRESQL += [f"{WEB}/planning/test_circulation{part}.py" for part in ("", "_adjusting", "_inbox")]
ON_POSTGRESQL += [f"{WEB}/planning/test_{part}.py" for part in ("mapping", "editing", "money", "money_payments", "coverage")]
ON_POSTGRESQL += [f"{WEB}/planning/test_{part}.py" for part in ("overview", "overview_departments", "import_preview")]
ON_POSTGRESQL += [f"{WEB}/ledgers/{part}" for part in ("measures", "entering", "importing", "evidence/test_proving.py")]
YEAR = ("evaluation/monitoring/test_closing.py", "evaluation/self_evaluation/test_steps.py", "evaluation/papers/test_steps.py")
ON_POSTGRESQL += [f"{WEB}/{part}" for part in (*YEAR, "evaluation/evaluations/test_way.py", "publication/packages/test_journey.py")]
"""What is asked of PostgreSQL too: whatever locks, aggregates, orders or keeps. The browser's journeys run on it; --deep asks all."""
ON_BOTH = [word for part in ("trust", "ledgers/entering") for word in ("--ignore", f"{WEB}/{part}/test_races.py")]
"""What opens databases of both kinds itself, whatever the stage: once, in the stage web, where the tests of backup do the same."""
WEB_COVERAGE = ("--cov", f"--cov-config={WEB}/coverage.ini", "--cov-report=term:skip-covered")
"""Counting the lines of the service that its tests reach takes a third of their time: --deep only."""
STAGES: dict[str, tuple[list[str], dict[str, str]]] = {
    "ruff": (["-m", "ruff", "check", "."], {}),
    "mypy": (["-m", "mypy"], {}),
    "imports": (["-c", "from importlinter.cli import lint_imports_command as check; check()", "--no-logo"], {}),
    "library": ([*PARALLEL, "--ignore", WEB, "--ignore", PACK, "--ignore", "tests/browser", "--cov", "--cov-report=term:skip-covered"], {}),
    "web": ([*PARALLEL, WEB, "-m", "not api"], {}),
    "pack": ([*PARALLEL, PACK], {}),
    "postgresql": ([*PARALLEL, *ON_POSTGRESQL, *ON_BOTH, "-m", "not api"], {"ZHIHENG_TEST_DATABASE": "postgresql"}),
    "api": ([*PARALLEL, f"{WEB}/api", "-m", "api"], {}),
    "browser": ([*PYTEST, "tests/browser", "-n", "2"], {}),
}
"""Every stage: its command, and what it sets besides."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
GET_BROWSER = "apt-get install -y chromium   （不做浏览器测试 / without them: python3 run.py test --no-browser）"


def lock() -> int:
    """Resolve the lock files anew: ranges from pyproject.toml, hashes for every platform, no index addresses.

    Only the main index is asked: a mirror beside it may hold wheels of one platform, and the lock would know no other.
    """
    with alone():
        uv = fetch_uv()
        settings = {key: value for key, value in uv_settings().items() if key not in ("UV_INDEX", "UV_FIND_LINKS")}
        common = ["--universal", "--generate-hashes", "--no-annotate", "--upgrade", "--quiet", "--python-version", "3.11"]
        common += ["--no-emit-index-url", "--no-emit-find-links", "--custom-compile-command", "python3 run.py lock"]
        compile_ = [*uv, "pip", "compile", "pyproject.toml", *common]
        for extra, lock_file, bounds in (
            ([], LOCKS["core"], []),
            (["--extra", "test"], LOCKS["test"], ["--constraints", LOCKS["core"].name]),
        ):
            earlier = lock_file.read_bytes() if lock_file.exists() else b""
            lock_file.unlink(missing_ok=True)  # uv would keep the hashes it finds there
            command = [*compile_, *extra, *bounds, "--output-file", lock_file.name]
            if subprocess.run(command, cwd=ROOT, env=settings, stdout=subprocess.DEVNULL, check=False).returncode:
                lock_file.write_bytes(earlier)
                return fail(f"{lock_file.name} 没有解析成功，保留原文件 / could not be resolved and stays as it was")
            say(f"{lock_file.name}")
    return 0


def say(words: str) -> None:
    """Tell the person; standard output belongs to the command."""
    print(words, file=sys.stderr, flush=True)


def fail(words: str) -> int:
    """Say why, and the exit code of a run that could not do its work."""
    say(words)
    return 2


if __name__ == "__main__":
    sys.exit(main())
