"""Settings of the tests: the service's own, without the cost of hashing passwords and of hashed static files.

ZHIHENG_TEST_DATABASE=postgresql runs them on PostgreSQL (tests.postgres), else they run on SQLite.
"""

import os

import dj_database_url
from tests.postgres import server_url

from zhiheng_web.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if os.environ.get("ZHIHENG_TEST_DATABASE") == "postgresql":
    DATABASES = {"default": dj_database_url.parse(server_url())}
