"""The demonstration says that its data are invented: on every page, on every paper, in the name of every file. The service never does."""

from __future__ import annotations

import io
from typing import Any

import pdfplumber
import pytest
from django.test import Client

from zhiheng.reports.letter import Letter, Line, Style
from zhiheng.reports.papers.content import Content
from zhiheng.reports.papers.printing import printed
from zhiheng_web.planning.queries.papers import official_settings
from zhiheng_web.ui.exporting import named

MARK = "演示数据，均为虚构"


@pytest.mark.django_db
@pytest.mark.parametrize("demonstration", [True, False])
def test_pages_say_it(settings: Any, demonstration: bool) -> None:
    settings.DEMO = demonstration
    client = Client()
    for path in ("/login/", "/no-such-page/"):
        assert (MARK in client.get(path).content.decode()) is demonstration, path
    client.cookies["django_language"] = "en"
    assert ("Demonstration: invented data" in client.get("/login/").content.decode()) is demonstration


@pytest.mark.parametrize("demonstration", [True, False])
def test_papers_say_it_in_the_foot_beside_their_number(settings: Any, demonstration: bool) -> None:
    settings.DEMO = demonstration
    letter = Letter("评审意见", (Line(Style.TITLE, "评审意见"), Line(Style.BODY, "同意。")))
    content = Content("review", "评审意见", "临绩〔2020〕7号", (letter,))
    with pdfplumber.open(io.BytesIO(printed(content, "pdf", official_settings()))) as document:
        foot = (document.pages[0].extract_text() or "").splitlines()[-1].replace(" ", "")
    assert foot.replace("\u3000", "").startswith(f"{MARK}临绩" if demonstration else "临绩")


@pytest.mark.parametrize(("demonstration", "name"), [(True, "演示数据 产学研合作项目"), (False, "产学研合作项目")])
def test_files_say_it_in_their_name(settings: Any, demonstration: bool, name: str) -> None:
    settings.DEMO = demonstration
    assert named("产学研合作项目") == name
