"""What must not stand readable in the database: personal data, bank secrets, trade secrets (个人信息、银行秘密、商业秘密).

A value is sealed with the installation's key (Fernet: AES-128-CBC and HMAC-SHA-256). ZHIHENG_SEAL_KEYS holds the keys, newest
first, so that a key can be changed; without it the key comes from the secret key. A digest with the same key finds a value again
without opening it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models


class UnreadableError(ValueError):
    """A sealed value that none of the installation's keys opens: the key was changed without keeping the old one."""


@lru_cache(maxsize=4)
def _keys(words: tuple[str, ...]) -> tuple[MultiFernet, bytes]:
    raw = [HKDF(SHA256(), 32, salt=None, info=b"zhiheng sealed").derive(word.encode()) for word in words]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in raw]), raw[-1]


def _current() -> tuple[MultiFernet, bytes]:
    return _keys(tuple(settings.SEAL_KEYS) or (settings.SECRET_KEY,))


def seal(text: str) -> str:
    """The text sealed; '' stays ''."""
    return _current()[0].encrypt(text.encode()).decode() if text else ""


def unseal(token: str) -> str:
    """The text of a sealed value."""
    try:
        return _current()[0].decrypt(token.encode()).decode() if token else ""
    except InvalidToken:
        said = "密封的内容无法读取：ZHIHENG_SEAL_KEYS 中没有当时的密钥 / no key of ZHIHENG_SEAL_KEYS opens this value"
        raise UnreadableError(said) from None


def digest(text: str) -> str:
    """A keyed digest by which equal values are found; '' for ''. It uses the oldest key, so that it outlives a change of keys."""
    return hmac.new(_current()[1], text.encode(), hashlib.sha256).hexdigest() if text else ""


class Token(str):
    """A sealed value as it stands in the database: backup and restore carry it without opening it."""

    __slots__ = ()


class SealedField(models.TextField):
    """A text that is sealed in the database and readable in Python."""

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        return None if value is None else unseal(value)

    def get_prep_value(self, value: Any) -> str | None:
        if isinstance(value, Token):
            return str(value)
        return None if value is None else seal(str(value))


class SealedJSONField(models.TextField):
    """A mapping of words that is sealed as one whole. SQL never looks inside."""

    def from_db_value(self, value: str | None, *_: object) -> Any:
        return json.loads(unseal(value)) if value else {}

    def to_python(self, value: Any) -> Any:
        return value

    def get_prep_value(self, value: Any) -> str:
        if isinstance(value, Token):
            return str(value)
        return seal(json.dumps(value, ensure_ascii=False, sort_keys=True)) if value else ""
