"""Who was told of what since the last time, and whether what they were told of opens to them."""

from __future__ import annotations

from django.test import Client

from zhiheng_web.tasks.models import Notice
from zhiheng_web.tasks.notices import make_notices


def told() -> dict[str, set[str]]:
    """Kind of news → who was told since the last call. It is told once, in both languages, and every link opens."""
    known = set(Notice.objects.values_list("pk", flat=True))
    while make_notices():
        pass
    assert make_notices() == 0, "told once"
    found: dict[str, set[str]] = {}
    for notice in Notice.objects.exclude(pk__in=known).select_related("account"):
        client = Client()
        client.force_login(notice.account, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(notice.link).status_code == 200, (notice.account.username, notice.text_zh)
        assert notice.text_zh and "{" not in notice.text_zh + notice.text_en
        found.setdefault(notice.kind, set()).add(notice.account.username)
    return found
