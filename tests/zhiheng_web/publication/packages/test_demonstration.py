"""Over the whole demonstration: no personal or secret word of any ledger would be public, and no identity of the database."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.demonstrated import ROOT, copied, environment
from tests.zhiheng_web.publication.packages.test_content import UUID_LIKE, strings

from zhiheng_web.publication.content import from_json

SHORT_NUMBER = re.compile(r"[\d.]{1,7}|\d{4}-\d\d-\d\d")
"""An amount of a few digits or a day stands in many places by chance: it tells nothing of whose it is."""
SCRIPT = Path(__file__).parent / "whole.py"


@pytest.fixture(scope="module")
def whole(demonstrated: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = copied(demonstrated, tmp_path_factory.mktemp("publication") / "data")
    code = f"exec(compile(open({str(SCRIPT)!r}).read(), {str(SCRIPT)!r}, 'exec'), {{'__file__': {str(SCRIPT)!r}, '__name__': 'whole'}})"
    called = [sys.executable, "-m", "zhiheng_web", "shell", "--no-imports", "-c", code]
    done = subprocess.run(called, cwd=ROOT, env=environment(folder), capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.strip().splitlines()[-1])


def test_no_personal_and_no_secret_word_of_any_ledger_is_public(whole: dict[str, Any]) -> None:
    said = "\n".join(strings(whole["content"]))
    told = [secret for secret in whole["secrets"] if not SHORT_NUMBER.fullmatch(secret)]
    assert len(told) > 500, "the demonstration has people and secrets"
    assert [secret for secret in told if secret in said] == []
    assert UUID_LIKE.search(said) is None


def test_what_was_published_is_built_again_from_its_rows(whole: dict[str, Any]) -> None:
    """Later editions of a self-evaluation and what happened since change nothing of it."""
    assert whole["again"] == whole["content"]


def test_the_package_of_the_demonstration_reads_back_and_most_of_it_can_be_computed_again(whole: dict[str, Any]) -> None:
    content = from_json(whole["content"])
    parts = [part for table in content.tables for row in table.rows if row.actual for part in row.actual.parts]
    open_parts = [part for part in parts if not part.closed]
    assert len(content.tables) >= 9
    assert len(open_parts) > 0.8 * len(parts)
    for part in open_parts:
        counted = [line for line in part.lines if not line.reason]
        assert len(counted) == part.counted, part.code
        if part.measure in ("flow", "stock"):
            assert len({line.counts_as for line in counted}) == part.number
    assert {part.closed for part in parts if part.closed} == {"column", "classified"}
