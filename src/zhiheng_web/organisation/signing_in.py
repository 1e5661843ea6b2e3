"""Signing in: password, lock-out, second factor. What a view calls; every outcome is in the trail."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256

from django.conf import settings
from django.contrib.auth import authenticate
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from zhiheng_web.organisation.models import Account, RecoveryCode
from zhiheng_web.organisation.sessions import begin_session
from zhiheng_web.organisation.viewer import Viewer
from zhiheng_web.trail.models import TrailRecord
from zhiheng_web.trail.recording import record

PENDING = "pending_sign_in"
PENDING_SECONDS = 300
CODE_TRIES = 5


class Outcome(StrEnum):
    """What came of an attempt."""

    SIGNED_IN = "signed_in"
    CODE_ASKED = "code_asked"
    FAILED = "failed"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Pending:
    """A sign-in whose password was right and whose code is still asked for."""

    account: Account
    device: TOTPDevice
    backend: str
    way: str


def sign_in(request: HttpRequest, username: str, password: str) -> Outcome:
    """Try a password. The lock-out counts failures by account and address (django-axes)."""
    account = authenticate(request, username=username, password=password)
    if account is None:
        return _failed(request, username)
    return admit(request, account, account.backend, "password")


def admit(request: HttpRequest, account: Account, backend: str, way: str) -> Outcome:
    """Sign in an account whose identity is proved, or ask for its code first if it has a second factor."""
    if device_of(account) is None:
        begin_session(request, account, backend, way=way)
        return Outcome.SIGNED_IN
    request.session.cycle_key()
    request.session[PENDING] = {"account": str(account.pk), "backend": backend, "way": way, "at": int(time.time()), "tries": 0}
    return Outcome.CODE_ASKED


def pending_of(request: HttpRequest) -> Pending | None:
    """The sign-in that waits for its code in this browser; None if there is none or it took too long."""
    held = request.session.get(PENDING)
    if held is None or time.time() - held["at"] > PENDING_SECONDS:
        return None
    account = Account.objects.filter(pk=held["account"], is_active=True).first()
    device = device_of(account) if account is not None else None
    return Pending(account, device, held["backend"], held["way"]) if account is not None and device is not None else None


def give_code(request: HttpRequest, pending: Pending, code: str) -> Outcome:
    """Finish a sign-in with a one-time code or a recovery code. After five wrong ones the password is asked again."""
    if _right(pending, code):
        begin_session(request, pending.account, pending.backend, pending.device, pending.way)
        request.session.pop(PENDING, None)
        return Outcome.SIGNED_IN
    held = request.session[PENDING]
    held["tries"] += 1
    request.session[PENDING] = held
    _note(request, "organisation.second_factor_failed", pending.account)
    if held["tries"] >= CODE_TRIES:
        del request.session[PENDING]
        return Outcome.LOCKED
    return Outcome.FAILED


def _right(pending: Pending, code: str) -> bool:
    """Whether the code is right and the device may be tried now.

    The device is held: a code counts once though two browsers send it at once, and many wrong ones at once are slowed down as
    one after another are.
    """
    with transaction.atomic():
        device = TOTPDevice.objects.select_for_update(no_key=True).get(pk=pending.device.pk)
        allowed, _ = device.verify_is_allowed()
        if not allowed:
            return False
        if code.isdigit():
            return bool(device.verify_token(code))
        right = use_recovery_code(pending.account, code)
        if not right:
            device.throttle_increment()
        return right


def device_of(account: Account) -> TOTPDevice | None:
    """The account's second factor, if it has turned one on. One query."""
    return TOTPDevice.objects.filter(user=account, confirmed=True).first()


def recovery_digest(code: str) -> str:
    """The digest under which a recovery code is kept; blanks, dashes and case do not count."""
    return sha256("".join(char for char in code.upper() if char.isalnum()).encode()).hexdigest()


def use_recovery_code(account: Account, code: str) -> bool:
    """Use up a recovery code; False if it is none or was used."""
    unused = RecoveryCode.objects.filter(account=account, digest=recovery_digest(code), used_at__isnull=True)
    return unused.update(used_at=timezone.now()) == 1


def _failed(request: HttpRequest, username: str) -> Outcome:
    """Record a failure: by account if there is one of that name, never the words that were typed."""
    account = Account.objects.filter(username=username).first()
    if not getattr(request, "axes_locked_out", False):
        _note(request, "organisation.sign_in_failed", account)
        return Outcome.FAILED
    since = timezone.now() - timedelta(hours=settings.AXES_COOLOFF_TIME)
    already = TrailRecord.objects.filter(
        action="organisation.locked_out", at__gt=since, object_id=str(account.pk) if account else "", address=request.viewer.address
    )
    if not already.exists():
        _note(request, "organisation.locked_out", account)
    return Outcome.LOCKED


def note_failure(request: HttpRequest) -> None:
    """Record a single sign-on that failed: nobody's name is known."""
    _note(request, "organisation.sign_in_failed", None)


def _note(request: HttpRequest, event: str, account: Account | None) -> None:
    object_id, name = (str(account.pk), account.name) if account is not None else ("", "")
    record(Viewer(None, address=request.viewer.address), event, "organisation.Account", object_id, name)
