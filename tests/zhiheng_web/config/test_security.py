"""Headers and content of every page: nothing inline, nothing from elsewhere, nothing open to strangers by accident."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from zhiheng_web.demonstration.organisation import Demonstrated
from zhiheng_web.planning.models import TableVersion

PUBLIC = {
    "evaluation:answer": "whoever was asked for his satisfaction has a link and no account",
    "evaluation:answered": "thanks after an answer, the same for everybody",
    "publication:public": "what was reviewed, signed and published is for everybody (公开)",
    "publication:public_path": "the pages and files below it",
}
"""Pages for people without an account, each with its reason; what they show is tested below."""
SIGN_IN = {"organisation:login", "organisation:code", "organisation:oidc_start", "organisation:oidc_callback", "organisation:set_language"}
OPEN = SIGN_IN | PUBLIC.keys()
"""What a stranger may open. The API and the health check answer for themselves."""
OWN = ("api/", "health/", "static/", "docs/")


def patterns(resolver: URLResolver, before: str = "", spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, str, URLPattern]]:
    """Every address of the service: its pattern, its full name."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            space = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from patterns(entry, before + str(entry.pattern), space)
        else:
            yield before + str(entry.pattern), ":".join([*spaces, entry.name or "?"]), entry


ALL = [found for found in patterns(get_resolver()) if not found[0].lstrip("^").startswith(OWN)]


class Inline(HTMLParser):
    """Finds what the content security policy forbids, and addresses of other hosts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (
            tag == "script" and "src" not in given and given.get("type") not in {"application/json"} and "nonce" not in given
        ):
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name == "style" or name.startswith("on") or (name in {"href", "action"} and (value or "").startswith("javascript:")):
                self.found.append(f"<{tag} {name}={value}>")
            if name in {"src", "href", "action", "srcset", "data"} and re.match(r"(https?:)?//", value or ""):
                self.found.append(f"<{tag} {name}={value}>")


def inline_of(page: str) -> list[str]:
    parser = Inline()
    parser.feed(page)
    return parser.found


def test_the_finder_finds() -> None:
    bad = '<p style="x"></p><a onclick="x"></a><script>x</script><style>x</style><script src="//evil"></script><a href="javascript:x">'
    assert len(inline_of(bad)) == 6 and inline_of('<script src="/a.js"></script><a href="/b">') == []


@pytest.mark.parametrize("found", ALL, ids=[found[1] for found in ALL])
def test_a_stranger_opens_nothing_but_the_sign_in(organisation: Demonstrated, found: tuple[str, str, URLPattern]) -> None:
    """By the address itself where it takes no arguments; by the mark on the view everywhere."""
    _, name, entry = found
    needs_nobody = getattr(entry.callback, "login_required", True) is False
    assert needs_nobody == (name in OPEN), name
    if not entry.pattern.regex.groups and name not in OPEN:
        answer = Client().get(reverse(name))
        assert answer.status_code == 302 and answer["Location"].startswith("/login/"), name


@pytest.mark.parametrize("address", ["/public/", "/public/data/index.json", "/public/nothing/", "/s/thanks/", "/s/0123456789abcdef/"])
def test_a_page_without_an_account_shows_nothing_of_the_inside(linyi: TableVersion, address: str) -> None:
    """A table that nobody published, its people and the menu of the service stand on none of them; nor does a session begin."""
    stranger = Client()
    answer = stranger.get(address)
    assert answer.status_code in {200, 404}
    said = answer.content.decode()
    row = linyi.indicator_rows.order_by("position")[0]
    inside = (str(linyi.pk), str(linyi.table_id), row.name, linyi.created_by.name, "/tables/", "/accounts/", "/trail/", "/publication/")
    assert [word for word in inside if word in said] == []
    assert stranger.cookies.get("sessionid") is None


PLAIN = [found for found in ALL if not found[2].pattern.regex.groups and "?" not in found[1]]
PEOPLE = ("jixiao", "czjixiao", "sysadmin", "secadmin", "auditadmin", "shenji", "jigou")


@pytest.mark.parametrize("found", PLAIN, ids=[found[1] for found in PLAIN])
def test_no_page_has_inline_script_or_style_or_loads_from_elsewhere(
    linyi: TableVersion, signed_in: Callable[[str], Client], found: tuple[str, str, URLPattern]
) -> None:
    for name in PEOPLE:
        answer = signed_in(name).get(reverse(found[1]))
        if answer.status_code in {302, 405} or "html" not in answer.headers.get("Content-Type", ""):
            continue
        assert inline_of(answer.content.decode()) == [], f"{name} {found[1]}"
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
        assert answer.headers["X-Frame-Options"] == "DENY" and answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"


def test_the_sign_in_page_too(organisation: Demonstrated) -> None:
    answer = Client().get("/login/")
    assert inline_of(answer.content.decode()) == [] and "涉密不上网" in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]


def test_cookies_are_kept_from_scripts_and_other_sites(organisation: Demonstrated) -> None:
    from zhiheng_web.demonstration.organisation import PASSWORD

    answer = Client().post("/login/", {"username": "jixiao", "password": PASSWORD})
    session = answer.cookies["sessionid"]
    assert session["httponly"] and session["samesite"] == "Lax" and session["expires"] == "" and session["max-age"] == ""


def test_a_form_larger_than_allowed_is_refused(organisation: Demonstrated, settings: object) -> None:
    answer = Client().post("/login/", {"username": "x" * (6 * 2**20), "password": "x"})
    assert answer.status_code in {400, 413}
