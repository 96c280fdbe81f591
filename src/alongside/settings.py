"""The only settings file. What an administrator can change comes from `foundation.env`; the rest is the product."""

import sys

try:  # before anything imports sqlite3: system libraries before 3.51.3 can corrupt a WAL database
    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
except ImportError:  # no wheel for this machine: `alongside doctor` says so
    pass

from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _
from django.utils.translation import to_language

from alongside.foundation.env import Env
from alongside.foundation.secrets import kept_secret

ENV = Env()
PACKAGE = Path(__file__).parent
HOME = ENV.home.absolute()

SECRET_KEY = (
    ENV.secret_key.get_secret_value() if ENV.secret_key else kept_secret(HOME / "keys" / "secret.key")
)
VAULT_KEY = ENV.vault_key.get_secret_value() if ENV.vault_key else kept_secret(HOME / "keys" / "vault.key")
PUSH_KEY = ENV.push_key.get_secret_value() if ENV.push_key else kept_secret(HOME / "keys" / "push.key")
PUSH = find_spec("webpush") is not None  # comes with an extra
PUSH_SERVICES = frozenset(filter(None, map(str.strip, ENV.push_services.split(","))))
DEBUG = ENV.debug
DEMO = ENV.demo
# Whom the one-click doors of the demo program sign in; people of switchboard/demo/people.toml.
DEMO_DOORS = {
    "coordinator": "mira.lindqvist@example.org",
    "mentee": "ana.rao@example.org",
    "mentor": "tom.whitfield@example.org",
    "administrator": "sam.okafor@example.org",
}
BASE_URL = ENV.base_url
ORGANIZATION = ENV.organization
_base = urlsplit(BASE_URL)
_https = _base.scheme == "https"
ALLOWED_HOSTS = [_base.hostname or "localhost", *filter(None, ENV.allowed_hosts.split(","))]
if _base.hostname in {"127.0.0.1", "localhost"}:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "alongside.vault",
    "alongside.jobs",
    "alongside.journal",
    "alongside.people",
    "alongside.questionnaires",
    "alongside.programs",
    "alongside.enrollment",
    "alongside.mentorships",
    "alongside.matching",
    "alongside.goals",
    "alongside.activities",
    "alongside.meetings",
    "alongside.discussions",
    "alongside.surveys",
    "alongside.insights",
    "alongside.delivery",
    "alongside.web.ui",
    "alongside.web.public",
    "alongside.web.account",
    "alongside.web.workspace",
    "alongside.web.coordinator",
    "alongside.web.operator",
    "alongside.switchboard",
    "allauth",  # after our pages: of two templates with one name the first counts
    "allauth.account",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "alongside.web.middleware.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "alongside.web.middleware.person_zone_and_language",
    "alongside.web.middleware.keys_of_a_request",
    "alongside.web.middleware.errors_as_pages",
]

ROOT_URLCONF = "alongside.urls"
WSGI_APPLICATION = "alongside.switchboard.wsgi.application"
_LOADERS = ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "loaders": _LOADERS if DEBUG else [("django.template.loaders.cached.Loader", _LOADERS)],
            "builtins": [
                "alongside.web.ui.templatetags.ui",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "alongside.web.context.installation",
            ],
        },
    }
]


def _database() -> dict[str, object]:
    if not ENV.database_url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "CONN_MAX_AGE": None,  # one warm connection for each of the few threads
            "NAME": HOME / "alongside.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",  # a read that turns into a write must not meet "database is locked"
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000",
            },
        }
    url = urlsplit(ENV.database_url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        # as libpq reads it: ?host= names a host or the folder of a socket
        "HOST": unquote(url.hostname or "") or parse_qs(url.query).get("host", [""])[0],
        "PORT": str(url.port or ""),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": ENV.page_threads + 6}},
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["alongside.people.signin.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name", "full_name")},
    },
]
# unique in any case by a constraint of the database, stronger than what the check looks for
SILENCED_SYSTEM_CHECKS = ["auth.W004"]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "public:home"
LOGOUT_REDIRECT_URL = "public:home"

ACCOUNT_ADAPTER = "alongside.web.account.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # people arrive by invitation or by a link sent to their address
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
ACCOUNT_FORMS = {
    "reset_password_from_key": "alongside.web.account.forms.signin.ResetPasswordForm",
    "set_password": "alongside.web.account.forms.signin.SetPasswordForm",
    "change_password": "alongside.web.account.forms.signin.ChangePasswordForm",
}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
}
USERSESSIONS_TRACK_ACTIVITY = False  # nobody needs a "last seen", and each page would write

SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_NAME = "__Host-session" if _https else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if _https else "csrf"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SECURE_HSTS_SECONDS = 31536000 if _https else 0
CSRF_FAILURE_VIEW = "alongside.web.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.fallback.FallbackStorage"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LANGUAGE_CODE = "en"
LOCALE_PATHS = [PACKAGE / "locale"]
_CATALOGS = sorted(to_language(file.parts[-3]) for file in LOCALE_PATHS[0].glob("*/LC_MESSAGES/django.mo"))
# English, and whatever a compiled catalog speaks: no page is half in one language and half in another.
LANGUAGES = [
    ("en", _("English")),
    *((code, LANG_INFO.get(code, {}).get("name_local", code)) for code in _CATALOGS),
]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "alongside.web.ui.bundle.BundleFinder",  # ui/app.css out of the components' sheets
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_ROOT = HOME / "media"  # never served by address: views check who may see a file
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

DEFAULT_FROM_EMAIL = ENV.mail_from
_mail = urlsplit(ENV.mail_url)
if ENV.mail_url:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 587
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    EMAIL_USE_TLS = _mail.scheme == "smtp" and bool(_mail.username)
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = (
        "alongside.delivery.channels.shelf.ShelfBackend"  # mails one can read on a page, sent to nobody
    )

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": ENV.log_level},
    # Below this, addresses of refused requests would be written down, and some hold a letter's key.
    "loggers": {"django.request": {"level": "ERROR"}},
}
