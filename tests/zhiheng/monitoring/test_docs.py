"""The pages on monitoring say what the general policy says, and the policy that they show can be followed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from zhiheng.monitoring.policy import SHAPES, names, parse, shipped

DOCS = Path(__file__).parents[3] / "docs"
PAGES = {name: (DOCS / name).read_text("utf-8") for name in ("monitoring.md", "monitoring.zh-CN.md")}
SETTING = re.compile(r"^\| `([a-z_]+\.[a-z_]+)` \| .+ \| (.+) \| (\w+) \|$", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_every_setting_stands_with_its_value_and_how_far_it_was_checked(page: str) -> None:
    general = shipped().settings
    said = {key: (value, status) for key, value, status in SETTING.findall(page)}
    assert set(said) == set(SHAPES)
    for key, (value, status) in said.items():
        kept = general[key].value
        words = kept if isinstance(kept, str) else ", ".join(" ".join(map(str, one)) for one in kept)
        assert (value, status) == (words or "—", general[key].status), key


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_every_policy_is_named_with_what_differs(page: str) -> None:
    for name in names():
        (line,) = [line for line in page.splitlines() if line.startswith(f"| `{name}` |")] or [""] if name != "national" else [""]
        changed = [key for key, one in shipped(name).settings.items() if one.value != shipped().settings[key].value]
        assert all(f"`{key}`" in line for key in changed), name


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_the_policy_shown_can_be_followed(page: str) -> None:
    (shown,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    assert str(parse("our_city.toml", shown).bands("lamps.bands")[0][1]) == "blue"
