"""Sessions: how one begins, how long it lasts, how many an account may have, how its owner ends one.

A session ends after a time without a request (idle), at a fixed age, when its owner ends it, when the password changes, and
when newer ones of the same account are more than allowed. Its times stand in the session itself, so a request costs no query
for them; what the owner sees of it stands in OpenSession.
"""

from __future__ import annotations

import time
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django_otp import login as otp_login
from django_otp.models import Device

from zhiheng_web.organisation.models import Account, OpenSession
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.recording import record

SEEN_EVERY = 60
"""Seconds after which a request writes that the session is in use."""


def begin_session(request: HttpRequest, account: Account, backend: str, device: Device | None = None, way: str = "password") -> None:
    """Sign the account in: a new session, the oldest ended if there are too many, a record in the trail."""
    with transaction.atomic():
        Account.objects.select_for_update(no_key=True).get(pk=account.pk)
        login(request, account, backend=backend)
        if device is not None:
            otp_login(request, device)
        now = timezone.now()
        request.session["signed_in_at"] = request.session["seen_at"] = int(now.timestamp())
        request.session.save()
        OpenSession.objects.create(
            account=account,
            session_key=request.session.session_key,
            started_at=now,
            seen_at=now,
            address=request.viewer.address,
            browser=request.META.get("HTTP_USER_AGENT", "")[:200],
        )
        surplus = list(_alive(account).order_by("-started_at", "-pk").values_list("pk", flat=True)[settings.PARALLEL_SESSIONS :])
        end_sessions(OpenSession.objects.filter(pk__in=surplus))
        record(
            Viewer(account, address=request.viewer.address),
            "organisation.sign_in",
            "organisation.Account",
            str(account.pk),
            account.name,
            details={"way": way, "second_factor": device is not None, "sessions_ended": len(surplus)},
        )


def sessions_of(account: Account) -> QuerySet[OpenSession]:
    """The sessions of an account that are still alive, newest first."""
    return _alive(account).order_by("-seen_at")


def _alive(account: Account) -> QuerySet[OpenSession]:
    living = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return OpenSession.objects.filter(account=account, session_key__in=living)


def end_sessions(sessions: QuerySet[OpenSession]) -> int:
    """End these sessions: their next request finds nobody signed in."""
    keys = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    OpenSession.objects.filter(session_key__in=keys).delete()
    return len(keys)


def end_all_sessions(account: Account | UUID, but: str = "") -> int:
    """End every session of an account, but the one with the key ``but``."""
    return end_sessions(OpenSession.objects.filter(account=account).exclude(session_key=but))


def expired(request: HttpRequest) -> str:
    """Why the request's session has ended: 'idle', 'age', or '' while it lasts. Marks it as in use at most once a minute."""
    session, now = request.session, int(time.time())
    began, seen = session.get("signed_in_at"), session.get("seen_at")
    if began is None or seen is None:
        session["signed_in_at"] = session["seen_at"] = now
        return ""
    if now - began > settings.SESSION_COOKIE_AGE:
        return "age"
    if now - seen > settings.SESSION_IDLE_SECONDS:
        return "idle"
    if now - seen >= SEEN_EVERY:
        session["seen_at"] = now
        OpenSession.objects.filter(session_key=session.session_key).update(seen_at=timezone.now())
    return ""
