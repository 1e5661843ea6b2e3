"""Channels: how a notice leaves the application. E-mail, a webhook, an SMS gateway: each only where it is configured.

What is sent says what is to be done and where; it carries no name, no figure and no words of a table.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone

from zhiheng_web.tasks.models import Delivery, Notice

MOST_TRIES = 5
PATIENCE = 10  # seconds


def email(notice: Notice) -> None:
    """To the account's address, in its language."""
    english = notice.account.language.startswith("en")
    text = notice.text_en if english else notice.text_zh
    send_mail(f"[职衡] {text}", f"{text}\n{settings.SITE_URL}{notice.link}\n", settings.DEFAULT_FROM_EMAIL, [notice.account.email])


def webhook(notice: Notice) -> None:
    """One JSON object to the configured address."""
    _post(
        settings.WEBHOOK_URL,
        {"kind": notice.kind, "text": notice.text_zh, "text_en": notice.text_en, "link": settings.SITE_URL + notice.link},
    )


def sms(notice: Notice) -> None:
    """The number and a short text to the gateway."""
    _post(settings.SMS_GATEWAY_URL, {"mobile": notice.account.mobile, "text": f"【职衡】{notice.text_zh}"})


def _post(address: str, content: dict[str, str]) -> None:
    if not address.startswith(("http://", "https://")):
        raise ValueError(f"not an http address: {address}")
    body = json.dumps(content, ensure_ascii=False).encode()
    request = Request(address, body, {"Content-Type": "application/json; charset=utf-8"})  # noqa: S310 - the operator's own address
    with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - see above
        answer.read()


CHANNELS: dict[str, tuple[Callable[[Notice], None], Callable[[Notice], bool]]] = {
    "email": (email, lambda notice: bool(settings.EMAIL_HOST and notice.account.email and notice.account.notify_by_email)),
    "webhook": (webhook, lambda _: bool(settings.WEBHOOK_URL)),
    "sms": (sms, lambda notice: bool(settings.SMS_GATEWAY_URL and notice.account.mobile)),
}
"""Name → how it sends, and whether it is to be used for a notice."""


def deliver() -> int:
    """Send what has not been sent, at most so many tries each; how many went out."""
    fresh = Notice.objects.filter(read_at__isnull=True, made_at__gte=timezone.now() - timedelta(days=7)).select_related("account")
    sent = 0
    done = set(Delivery.objects.filter(notice__in=fresh, sent_at__isnull=False).values_list("notice_id", "channel"))
    for notice in fresh:
        for name, (send, wanted) in CHANNELS.items():
            if (notice.pk, name) not in done and wanted(notice):
                sent += _try(notice, name, send)
    return sent


def _try(notice: Notice, name: str, send: Callable[[Notice], None]) -> int:
    delivery, _ = Delivery.objects.get_or_create(notice=notice, channel=name)
    if delivery.tries >= MOST_TRIES:
        return 0
    delivery.tries += 1
    try:
        send(notice)
    except (OSError, ValueError) as problem:
        delivery.error = str(problem)[:300]
        delivery.save()
        return 0
    delivery.sent_at, delivery.error = timezone.now(), ""
    delivery.save()
    return 1
