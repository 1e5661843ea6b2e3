"""Settings: read from the environment only. Every name is documented in docs/administration.md."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF

ROOT = Path(os.environ.get("ZHIHENG_DATA", Path.cwd() / ".zhiheng" / "data")).resolve()
"""Where the service keeps what it must not lose: embedded database, files, secret key."""


def _flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "").lower() in {"1", "true", "yes", "on"}


def _words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def _secret_key() -> str:
    """The key of the installation: from the environment, or made once and kept beside the database."""
    if key := os.environ.get("ZHIHENG_SECRET_KEY"):
        return key
    kept = ROOT / "secret_key"
    try:
        return kept.read_text()
    except FileNotFoundError:
        import secrets

        ROOT.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(kept, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as handle:
            handle.write(secrets.token_urlsafe(50))
        return kept.read_text()


SECRET_KEY = _secret_key()
SEAL_KEYS = _words("ZHIHENG_SEAL_KEYS")  # newest first; none: the key of the installation
DEBUG = False
DEMO = _flag("ZHIHENG_DEMO")
"""The demonstration: its sign-in page lists the accounts."""
DEMO_PASSWORD = "zhiheng-demo-2020"  # noqa: S105 - its sign-in page says it
HTTPS = _flag("ZHIHENG_HTTPS")
ALLOWED_HOSTS = _words("ZHIHENG_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = _words("ZHIHENG_ORIGINS")

PACKS = _words("ZHIHENG_PACKS", "zhiheng_kjj")
RULES = Path(os.environ.get("ZHIHENG_RULES", ROOT / "rules"))  # 本地规则: schemes/, policies/, office.toml
"""Packs (业务包) of this installation: Django apps that bring registers, bindings and rules."""
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "axes",
    "csp",
    "django_tasks_db",
    "zhiheng_web.ui",
    "zhiheng_web.trail",
    "zhiheng_web.organisation",
    "zhiheng_web.planning",
    "zhiheng_web.ledgers",
    "zhiheng_web.evaluation",
    "zhiheng_web.publication",
    "zhiheng_web.tasks",
    "zhiheng_web.api",
    *PACKS,
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "zhiheng_web.ui.bodies.BodyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "zhiheng_web.ui.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "zhiheng_web.organisation.middleware.ViewerMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "zhiheng_web.organisation.gates.GateMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "zhiheng_web.ui.refusals.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "zhiheng_web.config.urls"
WSGI_APPLICATION = "zhiheng_web.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "zhiheng_web.ui.frame.frame",
            ],
            "builtins": ["zhiheng_web.ui.templatetags.ui"],
        },
    }
]

DATABASES = {"default": dj_database_url.parse(os.environ.get("DATABASE_URL") or f"sqlite:///{ROOT / 'zhiheng.sqlite3'}", conn_max_age=60)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # without it WAL answers "database is locked" to most parallel writers
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;PRAGMA cache_size=-65536;",  # 64 MB
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = Path(os.environ.get("ZHIHENG_FILES", ROOT / "files"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
LARGEST_UPLOAD = int(os.environ.get("ZHIHENG_LARGEST_UPLOAD_MB", "20")) * 2**20
S3_BUCKET = os.environ.get("ZHIHENG_S3_BUCKET", "")  # none: evidence lies in the folder of files
S3_ENDPOINT = os.environ.get("ZHIHENG_S3_ENDPOINT", "")
S3_REGION = os.environ.get("ZHIHENG_S3_REGION", "us-east-1")
S3_KEY = os.environ.get("ZHIHENG_S3_KEY", "")
S3_SECRET = os.environ.get("ZHIHENG_S3_SECRET", "")
S3_PREFIX = os.environ.get("ZHIHENG_S3_PREFIX", "evidence/")
S3_ADDRESSING = os.environ.get("ZHIHENG_S3_ADDRESSING", "path")  # or "virtual", where each bucket has a name of its own
VIRUS_SCAN = os.environ.get("ZHIHENG_VIRUS_SCAN", "")  # clamd:/run/clamav/clamd.ctl, clamd:host:3310, or a command line
VIRUS_SCAN_REQUIRED = _flag("ZHIHENG_VIRUS_SCAN_REQUIRED", default=True)

AUTH_USER_MODEL = "organisation.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "zhiheng_web.organisation.oidc.OidcBackend",
]
OIDC_RP_CLIENT_ID = os.environ.get("ZHIHENG_OIDC_CLIENT_ID", "")  # empty: no single sign-on
OIDC_RP_CLIENT_SECRET = os.environ.get("ZHIHENG_OIDC_CLIENT_SECRET", "")
OIDC_NAME = os.environ.get("ZHIHENG_OIDC_NAME", "统一身份认证")
OIDC_ISSUER = os.environ.get("ZHIHENG_OIDC_ISSUER", "")
OIDC_OP_AUTHORIZATION_ENDPOINT = os.environ.get("ZHIHENG_OIDC_AUTHORIZATION_URL", "")
OIDC_OP_TOKEN_ENDPOINT = os.environ.get("ZHIHENG_OIDC_TOKEN_URL", "")
OIDC_OP_USER_ENDPOINT = os.environ.get("ZHIHENG_OIDC_USER_URL", "")
OIDC_OP_JWKS_ENDPOINT = os.environ.get("ZHIHENG_OIDC_KEYS_URL", "")
OIDC_RP_SIGN_ALGO = os.environ.get("ZHIHENG_OIDC_ALGORITHM", "RS256")
OIDC_RP_SCOPES = os.environ.get("ZHIHENG_OIDC_SCOPES", "openid profile")
OIDC_USERNAME_CLAIM = os.environ.get("ZHIHENG_OIDC_USERNAME_CLAIM", "preferred_username")
OIDC_MATCH_USERNAME = _flag("ZHIHENG_OIDC_MATCH_USERNAME", default=True)
OIDC_CREATE_ACCOUNTS = _flag("ZHIHENG_OIDC_CREATE_ACCOUNTS")
OIDC_AUTHENTICATION_CALLBACK_URL = "organisation:oidc_callback"
OIDC_USE_PKCE = True
OIDC_TIMEOUT = 10
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "zhiheng_web.organisation.passwords.UnusedPasswordValidator"},
]
LOGIN_URL = "organisation:login"
LOGIN_REDIRECT_URL = "tasks:home"
LOGOUT_REDIRECT_URL = "organisation:login"
AXES_FAILURE_LIMIT = int(os.environ.get("ZHIHENG_LOGIN_FAILURES", "5"))
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # trying again does not lock longer
AXES_LOCKOUT_CALLABLE = "zhiheng_web.organisation.views.signing_in.locked_out"
AXES_CLIENT_IP_CALLABLE = "zhiheng_web.organisation.addresses.address_of"
AXES_DISABLE_ACCESS_LOG = True  # the trail keeps sign-ins
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
SESSION_COOKIE_AGE = int(os.environ.get("ZHIHENG_SESSION_HOURS", "8")) * 3600
SESSION_IDLE_SECONDS = int(os.environ.get("ZHIHENG_IDLE_MINUTES", "60")) * 60
PARALLEL_SESSIONS = int(os.environ.get("ZHIHENG_PARALLEL_SESSIONS", "5"))
PASSWORD_MAX_DAYS = int(os.environ.get("ZHIHENG_PASSWORD_DAYS", "0"))  # 0: a password does not grow old
PASSWORDS_REMEMBERED = int(os.environ.get("ZHIHENG_PASSWORDS_REMEMBERED", "5"))
SECOND_FACTOR = os.environ.get("ZHIHENG_SECOND_FACTOR", "")  # "" (whoever wants), "roles" (administrators and finance), "all"
OTP_TOTP_ISSUER = "职衡 Zhiheng"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _flag("ZHIHENG_BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("ZHIHENG_STATIC", ROOT / "static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = False

FINDINGS_BLOCK = os.environ.get("ZHIHENG_FINDINGS_BLOCK", "error")
"""The severity (error, warning, information; none) from which a finding must be mended before a table is submitted."""
FINDINGS_NEED_REPLY = os.environ.get("ZHIHENG_FINDINGS_NEED_REPLY", "warning")
"""The severity from which a finding needs a reply."""

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
EMAIL_HOST = os.environ.get("ZHIHENG_EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("ZHIHENG_EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("ZHIHENG_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("ZHIHENG_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = _flag("ZHIHENG_EMAIL_TLS")
DEFAULT_FROM_EMAIL = os.environ.get("ZHIHENG_EMAIL_FROM", "zhiheng@localhost")
WEBHOOK_URL = os.environ.get("ZHIHENG_WEBHOOK_URL", "")
SMS_GATEWAY_URL = os.environ.get("ZHIHENG_SMS_GATEWAY_URL", "")
SITE_URL = os.environ.get("ZHIHENG_SITE_URL", "http://127.0.0.1:8000")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("ZHIHENG_LOG_LEVEL", "WARNING")},
}
