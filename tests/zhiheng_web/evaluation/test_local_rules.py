"""本地规则: an installation's own scheme, monitoring policy and settings hold on its pages, and what cannot be followed is said at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.zhiheng_web.evaluation.monitoring.conftest import JULY, LINES, pay
from tests.zhiheng_web.evaluation.self_evaluation.conftest import LINES as SCORED
from tests.zhiheng_web.evaluation.self_evaluation.conftest import filled_scene
from tests.zhiheng_web.evaluation.self_evaluation.scene import Scene, at, entries, scene
from tests.zhiheng_web.evaluation.self_evaluation.test_steps import FINANCE, complete

from zhiheng_cli.preparing import follow_local_rules
from zhiheng_cli.texts import Failure
from zhiheng_web import local_rules
from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.evaluation.actions.begin_self_evaluation import begin_self_evaluation
from zhiheng_web.evaluation.actions.choose_scheme import choose_scheme
from zhiheng_web.evaluation.actions.decide_self_evaluation import decide_self_evaluation
from zhiheng_web.evaluation.actions.open_round import open_round
from zhiheng_web.evaluation.actions.plan_round import plan_round
from zhiheng_web.evaluation.actions.submit_self_evaluation import submit_self_evaluation
from zhiheng_web.evaluation.models import MonitoringRow, SelfEvaluation
from zhiheng_web.evaluation.queries.self_evaluation import self_evaluation_page
from zhiheng_web.evaluation.queries.uses import propose
from zhiheng_web.evaluation.rescoring import reproduces
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.planning.checking import findings_of, text_mark
from zhiheng_web.planning.models import TableVersion
from zhiheng_web.planning.versions import load
from zhiheng_web.trail.action import Invalid, Refusal

pytestmark = pytest.mark.django_db

SCHEME = """
[scheme]
zh = "本市等级界线"
en = "Grades of our city"
from = 2020-01-01
extends = "national"
basis = "本市绩效自评通知"
status = "corroborated"

[grades]
bands = { value = [["78", "优"], ["0", "差"]], zh = "等级", en = "Grades", basis = "本市绩效自评通知", status = "corroborated" }
"""
POLICY = """
[policy]
zh = "本市监控办法"
en = "Monitoring of our city"
extends = "national"
basis = "本市监控通知"
status = "corroborated"
"""


@pytest.fixture
def rules(settings: Any, tmp_path: Path) -> Path:
    """The folder of the installation's own rules, still empty."""
    settings.RULES = tmp_path / "rules"
    for kind in ("schemes", "policies"):
        (settings.RULES / kind).mkdir(parents=True)
    return settings.RULES


@pytest.fixture
def small(organisation: Demonstrated, viewer: Callable[[str], Viewer]) -> Scene:
    return filled_scene(scene(viewer("jixiao"), organisation.units["331001"], SCORED))


def begun(found: Scene, officer: Viewer) -> SelfEvaluation:
    return begin_self_evaluation(officer, found.table.pk)


def test_a_scheme_of_ones_own_is_offered_scores_and_is_kept_word_for_word(
    rules: Path, small: Scene, viewer: Callable[[str], Viewer], signed_in: Callable[[str], Client]
) -> None:
    """78.47 points are 中 by the product's bounds and 优 where the city begins it at 78."""
    (rules / "schemes" / "our_city.toml").write_text(SCHEME, "utf-8")
    officer = at(viewer("jixiao"))
    one = begun(small, officer)
    complete(officer, one)
    card = self_evaluation_page(officer, one.pk).card
    assert card is not None
    assert (str(card.total), card.grade) == ("78.47", "中")
    assert "本市等级界线" in signed_in("jixiao").get(reverse("evaluation:self_evaluation", args=[one.pk])).content.decode()
    choose_scheme(officer, one.pk, "our_city")
    submit_self_evaluation(officer, one.pk)
    closed = decide_self_evaluation(at(viewer(FINANCE)), one.pk, True, "同意")
    assert (closed.total, closed.grade) == (Decimal("78.47"), "优")
    files = {each["file"]: each["text"] for each in closed.frozen["scheme"]["texts"]}
    assert files["our_city.toml"] == SCHEME
    assert list(files) == ["our_city.toml", "national.toml"]
    gone = rules / "schemes" / "our_city.toml"
    gone.unlink()
    local_rules._schemes.cache_clear()
    assert reproduces(closed.frozen, closed.digest), "a closed year keeps its rules"


def test_a_draft_whose_scheme_is_gone_is_refused_and_not_scored_by_another(
    rules: Path, small: Scene, viewer: Callable[[str], Viewer], signed_in: Callable[[str], Client]
) -> None:
    path = rules / "schemes" / "our_city.toml"
    path.write_text(SCHEME, "utf-8")
    officer = at(viewer("jixiao"))
    one = begun(small, officer)
    choose_scheme(officer, one.pk, "our_city")
    path.unlink()
    local_rules._schemes.cache_clear()
    with pytest.raises(Refusal, match="our_city"):
        self_evaluation_page(officer, one.pk)
    answer = signed_in("jixiao").get(reverse("evaluation:self_evaluation", args=[one.pk]))
    assert answer.status_code < 500
    assert "our_city" in answer.content.decode()
    choose_scheme(officer, one.pk, "national")
    assert self_evaluation_page(officer, one.pk).card is not None
    with pytest.raises(Invalid, match="没有这个计分方案"):
        choose_scheme(officer, one.pk, "our_city")


@pytest.mark.parametrize(("name", "lamp"), [("national", "green"), ("our_city", "red")])
def test_lamps_burn_by_a_policy_of_ones_own(
    name: str, lamp: str, rules: Path, organisation: Demonstrated, viewer: Callable[[str], Viewer]
) -> None:
    """Seven of twelve firms by July are just on pace: green, unless the city asks for more than twice of it."""
    bands = '[["2.5", "green"], ["0", "red"]]'
    own = f'{POLICY}\n[lamps]\nbands = {{ value = {bands}, zh = "灯", en = "Lamps", basis = "本市监控通知", status = "corroborated" }}\n'
    (rules / "policies" / "our_city.toml").write_text(own, "utf-8")
    officer = viewer("jixiao")
    table = scene(officer, organisation.units["331001"], LINES, money=None)
    table.bind("新增企业数", "flow", categories=("firm",), unit="家")
    entries(table, 7, "firm")
    pay(table, officer, {3: "400000"})
    officer = replace(officer, at=datetime(2020, 8, 5, 2, tzinfo=UTC))
    (one,) = plan_round(officer, [table.table.unit.department_id], replace(JULY, policy=name))
    open_round(officer, one.pk)
    assert MonitoringRow.objects.get(report__round=one, indicator_row__name="新增企业数").lamp == lamp


def test_settings_of_the_office_hold_for_parameters_and_for_the_audit(rules: Path, linyi: TableVersion) -> None:
    before = {one.code: one.severity.value for one in findings_of(load(linyi).table)}
    mark = text_mark(linyi)
    found = propose("中", Decimal(100), date(2021, 3, 1))
    assert found is not None
    assert (found.decision, found.after, found.status) == ("cut", Decimal("80.00"), "unverified")
    (rules / "office.toml").write_text(
        '[rules]\nignore = ["N01"]\n[rules.severity]\nR04 = "error"\n[parameters]\n"use_of_results.cut_share" = "30"\n', "utf-8"
    )
    local_rules._office.cache_clear()
    found = propose("中", Decimal(100), date(2021, 3, 1))
    assert found is not None
    assert found.after == Decimal("70.00")
    assert local_rules.basis("use_of_results.cut_share", date(2021, 3, 1)) == ("本地设置", "convention")
    after = {one.code: one.severity.value for one in findings_of(load(linyi).table)}
    assert ("N01" in before, "N01" in after) == (True, False)
    assert (before["R04"], after["R04"]) == ("information", "error")
    assert text_mark(linyi) != mark, "findings that were kept under other settings are made anew"


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("schemes/ours.toml", "[scheme", "ours.toml"),
        ("schemes/ours.toml", SCHEME.replace('"78"', '"八十二"'), "grades.bands"),
        ("schemes/national.toml", SCHEME, "换一个文件名"),
        ("schemes/" + "长" * 41 + ".toml", SCHEME, "超过 40 个字"),
        ("policies/ours.toml", POLICY.replace("national", "nowhere"), "nowhere"),
        ("policies/ours.toml", POLICY.encode("gbk"), "UTF-8"),
        ("office.toml", '[parameters]\n"use_of_results.cut_shares" = "30"\n', "use_of_results.cut_share"),
        ("office.toml", '[rules]\nignore = ["X99"]\n', "X99"),
    ],
)
def test_nothing_starts_on_rules_that_cannot_be_followed(file: str, content: str | bytes, said: str, rules: Path) -> None:
    (rules / file).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(Failure) as told:
        follow_local_rules()
    assert said in str(told.value)
    assert Path(file).name in str(told.value)


def test_an_empty_folder_and_none_at_all_are_the_products_own_rules(rules: Path, settings: Any, tmp_path: Path) -> None:
    follow_local_rules()
    names = list(local_rules.schemes())
    settings.RULES = tmp_path / "nowhere"
    follow_local_rules()
    assert list(local_rules.schemes()) == names
    assert names[0] == "national"
    assert next(iter(local_rules.policies())) == "national"
