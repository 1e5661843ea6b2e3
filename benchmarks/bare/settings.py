"""The service's own settings, with the bare views beside its pages."""

from pathlib import Path

from zhiheng_web.config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.bare.urls"
TEMPLATES = [{**TEMPLATES[0], "DIRS": [Path(__file__).parent / "templates"]}]  # noqa: F405
