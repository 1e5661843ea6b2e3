"""The documents say what is true: their commands run, their links lead somewhere, the glossary knows the code."""

from __future__ import annotations

import ast
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from tests.demonstrated import copied

ROOT = Path(__file__).parents[2]
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
GUIDES = [ROOT / "docs" / "guide.md", ROOT / "docs" / "guide.zh-CN.md"]
DOCUMENTS = [*READMES, *GUIDES, *(ROOT / name for name in ("ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"))]
DOCUMENTS += [ROOT / "docs" / name for name in ("glossary.md", "benchmarks.md", "scoring.md", "scoring.zh-CN.md")]
DOCUMENTS += [ROOT / "docs" / name for name in ("monitoring.md", "monitoring.zh-CN.md")]
DOCUMENTS += [ROOT / "examples" / "linyi-2020" / "README.md"]
DOCUMENTS += [ROOT / "docs" / name for name in ("administration.md", "administration.zh-CN.md", "api.md", "permissions.md")]
DOCUMENTS += [ROOT / "docs" / name for name in ("service.md", "service.zh-CN.md")]
DEVELOPERS = {"test", "bench", "lock"}
DOMAIN = (
    *("values/value.py", "values/reading.py", "values/direction.py", "plan/place.py", "plan/plan.py", "parameters/parameters.py"),
    *("audit/finding.py", "audit/rule.py", "audit/engine.py", "scoring/scheme.py", "scoring/scorecard.py", "scoring/recompute.py"),
)
"""The modules whose classes are the language of the project."""


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def commands(path: Path) -> list[str]:
    """The commands of a document's shell blocks."""
    blocks = re.findall(r"```sh\n(.*?)```", path.read_text("utf-8"), re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.startswith("python3 run.py ")]


def mentioned(path: Path) -> list[list[str]]:
    """Every use of run.py in a document, as words."""
    found = re.findall(r"python3 run\.py ([^`\n]*)", path.read_text("utf-8"))
    return [line.split("，")[0].split() for line in found if line.split()]


README_COMMANDS = sorted({command for path in READMES for command in commands(path)} - {"python3 run.py test", "python3 run.py demo"})


def environment(folder: Path) -> dict[str, str]:
    """As on a new machine: nothing of the tests but the code, an empty folder for data."""
    kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "ZHIHENG_DATA": str(folder)}


ON_THE_DEMONSTRATION = ("actuals", "publish")
"""Commands that fill the demonstration when it is not there: the folder given them was filled by one of them from nothing."""


@pytest.mark.parametrize("command", README_COMMANDS)
def test_a_command_of_the_readme_runs(command: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    (tmp_path / "src").symlink_to(ROOT / "src")
    words = shlex.split(command)[2:]
    data = tmp_path.with_name(tmp_path.name + "-data")
    if words[0] in ON_THE_DEMONSTRATION:
        copied(request.getfixturevalue("demonstrated"), data)
    done = subprocess.run(
        [sys.executable, "-m", "zhiheng_cli", *words],
        cwd=tmp_path,
        env=environment(data),
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == (1 if words[0] == "check" else 0), done.stderr.decode()
    assert b"Traceback" not in done.stderr
    written = [path for path in tmp_path.iterdir() if path.name not in ("examples", "src")]
    assert done.stdout or (written and all(path.stat().st_size for path in written))


def test_both_readmes_say_the_same() -> None:
    english, chinese = (path.read_text("utf-8") for path in READMES)
    assert commands(READMES[0]) == commands(READMES[1])
    assert english.count("\n## ") == chinese.count("\n## ")

    def links(text: str) -> list[str]:
        return [target.replace(".zh-CN", "") for target in re.findall(r"\]\(([^)]*)\)", text)]

    assert links(english) == links(chinese)


def test_both_guides_say_the_same() -> None:
    english, chinese = (path.read_text("utf-8") for path in GUIDES)
    assert re.findall(r"\n#+ (\d)", english) == re.findall(r"\n#+ (\d)", chinese)
    assert [words[0] for words in mentioned(GUIDES[0])][1:] == [words[0] for words in mentioned(GUIDES[1])][1:]
    assert english.count("```") == chinese.count("```")


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_a_document_names_only_commands_and_options_that_exist(path: Path) -> None:
    from typer.main import get_command

    from zhiheng_cli.main import app

    def options(command: Any) -> set[str]:
        own = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
        return own.union(*(options(below) for below in getattr(command, "commands", {}).values()))

    known = {command_name: options(command) for command_name, command in get_command(app).commands.items()}  # type: ignore[attr-defined]
    for words in mentioned(path):
        if words[0].isupper() or words[0] in {"命令", *DEVELOPERS}:
            continue
        assert words[0] in known, words
        assert {word for word in words if word.startswith("--")} <= known[words[0]], words


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_a_link_leads_somewhere(path: Path) -> None:
    targets = [target.partition("#")[0] for target in re.findall(r"\]\(([^)]*)\)", path.read_text("utf-8"))]
    local = [target for target in targets if target and "://" not in target]
    assert [target for target in local if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", [ROOT / "ARCHITECTURE.md", ROOT / "CONTRIBUTING.md"], ids=name)
def test_a_path_in_a_document_exists(path: Path) -> None:
    named = re.findall(r"`((?:src|tests|docs|examples|benchmarks)/[\w./-]*|[\w-]+\.(?:toml|py|md|lock))`", path.read_text("utf-8"))
    assert named
    anywhere = {known.name for known in (ROOT / "src").rglob("*.py")}
    assert [one for one in named if not (ROOT / one).exists() and one not in anywhere] == []


# --- glossary -------------------------------------------------------------------------------------------------


def glossary() -> dict[str, tuple[str, str]]:
    """Code name: Chinese term, meaning."""
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*?) \|$", (ROOT / "docs" / "glossary.md").read_text("utf-8"), re.MULTILINE)
    return {row[0]: (row[1], row[2]) for row in rows}


def classes(path: Path) -> set[str]:
    """The public classes of a module."""
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and not node.name.startswith("_")}


def test_the_glossary_knows_every_class_of_the_domain() -> None:
    named = {word for module in DOMAIN for word in classes(ROOT / "src" / "zhiheng" / module)}
    named |= {model.__name__ for model in apps.get_models() if model.__module__.startswith("zhiheng_web")}
    assert sorted(named - set(glossary())) == []


def test_the_glossary_names_nothing_that_is_not_in_the_code() -> None:
    everything = {word for path in (ROOT / "src").rglob("*.py") for word in classes(path)}
    assert sorted(set(glossary()) - everything) == []


def test_every_word_of_the_glossary_has_an_official_term_and_a_meaning() -> None:
    words = glossary()
    assert len(words) > 40
    assert [word for word, (term, meaning) in words.items() if not re.search(r"[\u4e00-\u9fff]", term) or len(meaning) < 8] == []
