"""What the service promises about its own shape: actions, policies, models, migrations, documents."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from zhiheng.plan.procedure import STEPS, Stage
from zhiheng_web.config.permissions import document, load_actions
from zhiheng_web.organisation.authority import ALL_POLICIES
from zhiheng_web.trail.action import ACTIONS

ROOT = Path(__file__).parents[2]
WEB = ROOT / "src" / "zhiheng_web"
OURS = [app.label for app in apps.get_app_configs() if app.name.startswith("zhiheng_web")]
MODELS = [model for label in OURS for model in apps.get_app_config(label).get_models()]
LATER = {Stage.MONITORING, Stage.SELF_EVALUATION, Stage.EVALUATION, Stage.RECTIFICATION, Stage.PUBLICATION}
"""Stages that the service does not carry yet."""
DOCUMENTS = [ROOT / "docs" / name for name in ("administration.md", "administration.zh-CN.md")]


def label(model: type[models.Model]) -> str:
    return model._meta.label


# --- actions --------------------------------------------------------------------------------------------------


def test_every_action_has_a_policy_and_real_steps() -> None:
    load_actions()
    assert len(ACTIONS) > 40
    codes = {step.code for step in STEPS}
    assert [name for name in ACTIONS if name not in ALL_POLICIES] == []
    assert [(name, code) for name, entry in ACTIONS.items() for code in entry.steps if code not in codes] == []
    assert [name for name, entry in ACTIONS.items() if not entry.module.startswith(f"zhiheng_web.{name.partition('.')[0]}.actions.")] == []


def test_every_step_of_the_procedure_so_far_has_its_action() -> None:
    load_actions()
    carried = {code for entry in ACTIONS.values() for code in entry.steps}
    assert sorted(step.code for step in STEPS if step.stage not in LATER and step.code not in carried) == []


def test_the_trail_can_name_every_action() -> None:
    load_actions()
    assert [name for name in ACTIONS if not ALL_POLICIES[name].text.zh or not ALL_POLICIES[name].text.en] == []


# --- models ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_a_model_keeps_no_number_that_loses_digits(model: type[models.Model]) -> None:
    wrong = (models.DecimalField, models.FloatField)
    assert [field.name for field in model._meta.get_fields() if isinstance(field, wrong)] == []


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_a_model_is_not_inherited_by_rows_and_has_no_logic_in_save(model: type[models.Model]) -> None:
    assert [parent for parent in model._meta.parents if not parent._meta.abstract] == []
    assert "save" not in vars(model)
    assert "delete" not in vars(model)


def test_there_are_no_signals() -> None:
    signals = re.compile(r"django\.db\.models\.signals|@receiver|post_save|pre_save")
    assert [str(path.relative_to(ROOT)) for path in WEB.rglob("*.py") if signals.search(path.read_text("utf-8"))] == []


def test_no_migration_is_missing(db: None) -> None:
    said = StringIO()
    call_command("makemigrations", *OURS_WITH_MODELS, check=True, dry_run=True, stdout=said)


OURS_WITH_MODELS = [name for name in OURS if list(apps.get_app_config(name).get_models())]


# --- documents ------------------------------------------------------------------------------------------------


def test_the_table_of_permissions_is_what_the_policies_say() -> None:
    kept = (ROOT / "docs" / "permissions.md").read_text("utf-8")
    assert kept == document(), "PYTHONPATH=src python -m zhiheng_web.config.permissions > docs/permissions.md"


def environment_names() -> set[str]:
    """Every name that the service reads from the environment."""
    places = [
        *WEB.rglob("*.py"),
        *(ROOT / "src" / "zhiheng_cli" / name for name in ("serve.py", "running.py", "place.py", "administrator.py")),
    ]
    names = re.compile(r"\b(ZHIHENG_[A-Z0-9_]+|DATABASE_URL)\b")
    return {name for path in places for name in names.findall(path.read_text("utf-8"))}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_setting_is_documented_and_nothing_else(path: Path) -> None:
    documented = set(re.findall(r"`(ZHIHENG_[A-Z0-9_]+|DATABASE_URL)`", path.read_text("utf-8")))
    assert sorted(environment_names() - documented) == []
    assert sorted(documented - environment_names()) == []


# --- templates and scripts --------------------------------------------------------------------------------------


TEMPLATES = sorted(path for path in WEB.rglob("templates/**/*.html") if path.name != "500.html")  # that one knows no reader: it says both


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB)))
def test_a_template_has_no_inline_style_or_script_and_no_other_host(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", text.replace('type="application/json"', 'src="data"')) == []
    assert re.findall(r"\sstyle=|\son[a-z]+=\"|<style\b|javascript:", text) == []
    assert re.findall(r"(?:src|href)=\"(https?://[^\"]+|//[^\"]+)\"", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB)))
def test_a_template_speaks_both_languages(path: Path) -> None:
    """Chinese words stand only in {% t %} and comments: every text has its English beside it."""
    both = re.sub(r"\{% if language == 'en' %\}.*?\{% else %\}.*?\{% endif %\}", "", path.read_text("utf-8"), flags=re.DOTALL)
    text = re.sub(r"\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\}|<!--.*?-->", "", both, flags=re.DOTALL)
    assert re.findall(r"[\u4e00-\u9fff]+", text) == []


def test_no_style_or_script_names_another_host() -> None:
    found = [
        path
        for pattern in ("*.css", "*.js")
        for path in WEB.rglob(pattern)
        if re.search(r"https?://(?!www\.w3\.org)", path.read_text("utf-8"))
    ]
    assert [str(path.relative_to(WEB)) for path in found] == []
