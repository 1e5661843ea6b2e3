"""The frame, refusals and errors: in both languages, as pages and as notes, and with nothing that the policy of contents forbids."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.action import Absent, Conflict, Forbidden, Invalid, Refusal
from zhiheng_web.ui.frame import GROUPS, MENU, menu_of
from zhiheng_web.ui.refusals import RefusalMiddleware
from zhiheng_web.wording import Text

WEB = Path(__file__).parents[3] / "src" / "zhiheng_web"
TEXT = Text("该行已被他人修改。", "Somebody else has changed this row.")


def asked(viewer: Viewer, *, htmx: bool = False, path: str = "/somewhere/", referer: str = "") -> HttpRequest:
    request = RequestFactory().get(path, HTTP_REFERER=referer)
    request.viewer, request.htmx = viewer, htmx
    request.session = {}
    request._messages = FallbackStorage(request)
    return request


def refused(request: HttpRequest, refusal: Exception) -> HttpResponse | None:
    return RefusalMiddleware(lambda _: HttpResponse()).process_exception(request, refusal)


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (Refusal("code", TEXT), 409),
        (Invalid("code", TEXT, {"target": Text("指标值不能为空", "The target is missing")}), 400),
        (Forbidden("code", TEXT), 403),
        (Absent("code", TEXT), 404),
        (Conflict("code", TEXT, {"年度指标值": "60家"}), 409),
    ],
)
def test_a_refusal_is_a_page_with_its_status_and_words(viewer: Callable[[str], Viewer], refusal: Refusal, status: int) -> None:
    for language, words in (("zh-hans", TEXT.zh), ("en", TEXT.en)):
        with translation.override(language):
            answer = refused(asked(viewer("jixiao")), refusal)
        assert answer is not None
        page = answer.content.decode()
        assert (answer.status_code, words in page, "<!doctype html>" in page) == (status, True, True)
        for field in refusal.fields.values():
            assert field.in_("en" if language == "en" else "zh") in page


def test_for_htmx_it_is_a_note_that_leaves_the_page_as_it_is(viewer: Callable[[str], Viewer]) -> None:
    answer = refused(asked(viewer("jixiao"), htmx=True), Conflict("stale", TEXT, {"年度指标值": "60家", "备注": "<b>"}))
    assert answer is not None
    page = answer.content.decode()
    assert "<html" not in page
    assert answer["HX-Retarget"] == "#notes"
    assert TEXT.zh in page
    assert "年度指标值" in page and "60家" in page, "a conflict says what stands there now"
    assert "&lt;b&gt;" in page


def test_what_is_no_refusal_goes_on(viewer: Callable[[str], Viewer]) -> None:
    assert refused(asked(viewer("jixiao")), ValueError("x")) is None


@pytest.mark.parametrize(
    ("referer", "expected"),
    [
        ("http://testserver/tables/?year=2020", "/tables/?year=2020"),
        ("http://evil.example/tables/", ""),
        ("http://testserver/somewhere/", ""),
    ],
)
def test_the_way_back_stays_in_the_service(viewer: Callable[[str], Viewer], settings: object, referer: str, expected: str) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]  # type: ignore[attr-defined]
    answer = refused(asked(viewer("jixiao"), referer=referer), Refusal("code", TEXT))
    assert answer is not None
    page = answer.content.decode()
    assert "evil.example" not in page
    assert (f'class="button" href="{expected}"' in page.replace("&amp;", "&")) is bool(expected)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_unknown_address_says_so_in_the_readers_language(signed_in: Callable[[str], Client], language: str) -> None:
    client = signed_in("jixiao")
    client.cookies["django_language"] = language
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert ("没有找到这个页面" if language == "zh-hans" else "This page was not found") in answer.content.decode()


def test_an_outdated_form_says_that_nothing_was_saved(organisation: object, signed_in: Callable[[str], Client]) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies["sessionid"] = signed_in("jixiao").cookies["sessionid"].value
    answer = strict.post("/export/csv/", {"table": "[]"})
    assert answer.status_code == 403
    assert "内容没有保存" in answer.content.decode()


def test_the_page_of_a_fault_needs_no_request_and_speaks_both_languages() -> None:
    page = render_to_string("500.html")
    assert "服务器未能完成这一步" in page and "could not finish" in page


def test_the_frame_marks_the_current_entry_and_only_shows_what_may_be_done(viewer: Callable[[str], Viewer]) -> None:
    groups = menu_of(viewer("jixiao"), "/tables/")
    current = [entry for group in groups for entry in group["entries"] if entry["current"]]
    assert [entry["url"] for entry in current] == ["/tables/"]
    urls = {entry["url"] for group in groups for entry in group["entries"]}
    assert "/departments/" not in urls
    assert "/departments/" in {entry["url"] for group in menu_of(viewer("czjixiao"), "/") for entry in group["entries"]}
    assert {entry.group for entry in MENU} <= set(GROUPS)


def test_theme_and_language_come_without_script(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("jixiao")
    client.cookies["theme"] = "dark"
    page = client.get("/tables/").content.decode()
    assert 'data-theme="dark"' in page
    assert 'name="language" value="en"' in page
    client.cookies["theme"] = '"><script>'
    assert 'data-theme="auto"' in client.get("/tables/").content.decode()


def templates() -> list[Path]:
    return sorted(path for path in WEB.rglob("templates/**/*.html"))


@pytest.mark.parametrize("path", templates(), ids=lambda path: "/".join(path.parts[-3:]))
def test_no_template_has_inline_style_script_or_another_host(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"\sstyle\s*=\s*[\"']", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", text)
    assert not re.search(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//""", text)


def test_no_style_or_script_reaches_for_another_host() -> None:
    found = [path for path in WEB.rglob("static/**/*") if path.suffix in {".css", ".js"}]
    assert found
    for path in found:
        text = path.read_text("utf-8")
        assert not re.search(r"@import|url\(\s*[\"']?(?:https?:)?//|https?://", text.replace("http://www.w3.org/2000/svg", "")), path


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_stand_out_from_their_ground_enough(theme: str) -> None:
    css = (WEB / "ui/static/ui/tokens.css").read_text("utf-8")
    block = css.split('[data-theme="dark"] {')[0] if theme == "light" else css.split('[data-theme="dark"] {')[1].split("}")[0]
    colours = dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})", block))
    for ink in ("ink", "ink-soft", "ink-faint", "accent", "seal", "good", "warn", "info"):
        for ground in ("paper", "sheet", "sunken"):
            assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    for tone in ("good", "warn", "seal", "info"):
        assert contrast(colours[tone], colours[f"{tone}-soft"]) >= 4.5, tone
        assert contrast(colours["ink"], colours[f"{tone}-soft"]) >= 4.5, tone
    assert contrast(colours["on-accent"], colours["accent"]) >= 4.5
    assert contrast(colours["focus"], colours["paper"]) >= 3


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
