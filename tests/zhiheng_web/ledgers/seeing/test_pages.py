"""Lists, entries and actual values as pages."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.zhiheng_web.ledgers.seeing.conftest import Contracts


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def test_every_page_opens_in_both_languages(contracts: Contracts, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("jixiao")
    addresses = [
        reverse("ledgers:registers"),
        reverse("ledgers:register", args=[contracts.register]),
        reverse("ledgers:counties", args=[contracts.register]),
        reverse("ledgers:entry", args=[contracts.first]),
        reverse("ledgers:obligations") + "?month=2020-03",
        reverse("ledgers:actuals", args=[contracts.table]) + "?on=2020-12-31",
        reverse("ledgers:actual", args=[contracts.table, contracts.indicator]) + "?on=2020-12-31",
    ]
    for address in addresses:
        for language in ("zh-hans", "en"):
            client.cookies["django_language"] = language
            assert page(client, address)
