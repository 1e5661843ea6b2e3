"""Where a step goes on to: the address for a browser, the same for htmx, and the page anew where one stays on it."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from zhiheng_web.planning.views.money_done import go_on


@pytest.mark.parametrize(
    ("current", "address", "header"),
    [
        ("http://testserver/rechecks/1/", "/rechecks/1/#row-7", ("HX-Refresh", "true")),
        ("http://testserver/rechecks/1/#row-6", "/rechecks/1/#row-7", ("HX-Refresh", "true")),
        ("http://testserver/rechecks/1/?page=2", "/rechecks/1/#row-7", ("HX-Redirect", "/rechecks/1/#row-7")),
        ("http://testserver/rechecks/1/", "/rechecks/2/#row-7", ("HX-Redirect", "/rechecks/2/#row-7")),
        ("http://testserver/rechecks/1/", "/rechecks/1/", ("HX-Redirect", "/rechecks/1/")),
        ("", "/rechecks/1/#row-7", ("HX-Redirect", "/rechecks/1/#row-7")),
    ],
)
def test_a_place_of_the_page_one_is_on_is_loaded_again(current: str, address: str, header: tuple[str, str]) -> None:
    request = RequestFactory().post("/", headers={"hx-request": "true"} | ({"hx-current-url": current} if current else {}))
    request.htmx = HtmxDetails(request)
    answer = go_on(request, address)
    assert {name: answer[name] for name in answer.headers if name.startswith("HX-")} == dict([header])


def test_a_browser_without_script_is_led_to_the_place() -> None:
    request = RequestFactory().post("/")
    request.htmx = HtmxDetails(request)
    answer = go_on(request, "/rechecks/1/#row-7")
    assert (answer.status_code, answer["Location"]) == (302, "/rechecks/1/#row-7")
