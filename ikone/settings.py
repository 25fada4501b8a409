"""Settings of every environment; what differs comes from environment variables.

IKONE_ENV is `local` (default: the portal as its users get it, on loopback without TLS), `development`
(reload and debug pages), `test` or `production`. docs/operations.md lists every variable.
"""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from whitenoise.compress import Compressor

from ikone.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment(os.environ, data_folder=BASE_DIR / ".data")

IS_PRODUCTION = env.name == "production"
DEBUG = env.name == "development"
SECRET_KEY = env.secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", local=["localhost", "127.0.0.1", "[::1]", "testserver"])
BASE_URL = env.text("BASE_URL", local=f"http://127.0.0.1:{os.environ.get('PORT', '8000')}").rstrip("/")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    *("ikone", "exchange", "practices", "topics", "cities", "documents", "accounts"),
    *("notifications", "search", "ui"),
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_prose_editor",
    "django_structlog",
    "health_check",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "taggit",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "ikone.middleware.SecurityHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ikone.middleware.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "accounts.middleware.SessionLifetimeMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.TellingLoginRequiredMiddleware",
    "accounts.middleware.UserLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "ikone.middleware.HistoryMiddleware",
    "ikone.middleware.WrongMethodMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
]

ROOT_URLCONF = "ikone.urls"
WSGI_APPLICATION = "ikone.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ikone.context_processors.portal",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "ui.templatetags.ui",
                "ui.templatetags.ui_cards",
                "ui.templatetags.ui_charts",
                "ui.templatetags.ui_forms",
                "ui.templatetags.ui_lists",
            ],
        },
    },
]
FORM_RENDERER = "ui.forms.KernFormRenderer"

# Database ---------------------------------------------------------------------------------------
# manage.py, the portal's supervisor and the tests set DATABASE_URL to the project's own PostgreSQL
# where nobody named another; the fallback only lets commands run that need no database.
DATABASES = {"default": dj_database_url.parse(env.text("DATABASE_URL", local="postgresql:///ikone"))}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# search.preparing keeps long reads prepared. Django switches that off, for poolers that mix up connections.
DATABASES["default"].setdefault("OPTIONS", {})["prepare_threshold"] = 5
if env.uses_connection_pool:
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8, "timeout": 3}

# One cache for all processes, so that login throttling counts across them.
# Room for the counters of many: beyond MAX_ENTRIES (Django's default is 300) a third of them is thrown away.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "ikone_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# People -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.PortalBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name", "office")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "accounts.validators.MaximumLengthValidator", "OPTIONS": {"max_length": 128}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.validators.EverydayWordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "mine"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/15m/key",
    "reset_password": "20/h/ip,5/h/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "add_email": "accounts.forms.AddEmailForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "login": "accounts.forms.LoginForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "set_password": "accounts.forms.SetPasswordForm",
}
# How many proxies stand in front and add to X-Forwarded-For; throttling by address needs the true one.
ALLAUTH_TRUSTED_PROXY_COUNT = int(env.text("TRUSTED_PROXY_COUNT", local="0", production="1"))
MFA_ADAPTER = "accounts.adapter.MfaAdapter"
MFA_FORMS = {
    "activate_totp": "accounts.factor_forms.ActivateTOTPForm",
    "add_webauthn": "accounts.factor_forms.AddWebAuthnForm",
    "authenticate": "accounts.factor_forms.AuthenticateForm",
    "authenticate_webauthn": "accounts.factor_forms.AuthenticateWebAuthnForm",
    "edit_webauthn": "accounts.factor_forms.EditWebAuthnForm",
    "login_webauthn": "accounts.factor_forms.LoginWebAuthnForm",
    "reauthenticate": "accounts.factor_forms.ReauthenticateForm",
    "reauthenticate_webauthn": "accounts.factor_forms.ReauthenticateWebAuthnForm",
}
# Signing up is closed, so nobody can reserve another's address: changing it needs no detour.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# The demo's coordinator can be tried without a second factor; nobody else can.
COORDINATORS_NEED_SECOND_FACTOR = env.flag(
    "COORDINATORS_NEED_SECOND_FACTOR", default=env.name in {"production", "test"}
)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_PRODUCTION
MFA_TOTP_ISSUER = "IKONE"

# Sessions: idle end, absolute end, and how often activity is written down (seconds).
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 4 * 3600
SESSION_ABSOLUTE_AGE = 12 * 3600
SESSION_ACTIVITY_STEP = 300
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
THEME_COOKIE_NAME = "theme"
CSRF_FAILURE_VIEW = "ikone.views.errors.csrf_failure"

if IS_PRODUCTION:
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    LANGUAGE_COOKIE_NAME = "__Host-language"
    THEME_COOKIE_NAME = "__Host-theme"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^gesund/"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

# Browser security -------------------------------------------------------------------------------
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # KERN draws its icons from data: masks
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_HANDLERS = ["practices.files.receiving.BoundedUploadHandler"]

# Language ---------------------------------------------------------------------------------------
LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]  # each in its own words
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["ikone.formats"]

# Files ------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / ".data" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if env.name in {"development", "test"}
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = env.name in {"development", "test"}
# Only developers' tools load maps, and they are the largest files of all.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]
WHITENOISE_AUTOREFRESH = env.name == "development"
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", local=str(BASE_DIR / ".data" / "media")))

# Mail and jobs ----------------------------------------------------------------------------------
# Locally the portal shows what it sent at /postausgang/ and sends nothing.
SHOWS_SENT_MAIL = not IS_PRODUCTION
EMAIL_BACKEND = {
    "production": "django.core.mail.backends.smtp.EmailBackend",
    "test": "django.core.mail.backends.locmem.EmailBackend",
}.get(env.name, "django.core.mail.backends.dummy.EmailBackend")
vars().update(env.email_settings())
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("FROM_EMAIL", local="IKONE <ikone@example.org>")

# The network ------------------------------------------------------------------------------------
NETWORK_NAME = env.optional("NETWORK_NAME", "IKONE-DS")
NETWORK_CLAIM = env.optional("NETWORK_CLAIM", "Städte lernen voneinander")
COORDINATION_EMAIL = env.text("COORDINATION_EMAIL", local="koordination@example.org")
SOURCE_CODE_URL = env.optional("SOURCE_CODE_URL", "")
INVITATION_DAYS = 14
PRACTICE_CHECK_MONTHS = env.number("PRACTICE_CHECK_MONTHS", default=12)
PRACTICE_CHECK_PAUSE_DAYS = env.number("PRACTICE_CHECK_PAUSE_DAYS", default=14)
TAGGIT_CASE_INSENSITIVE = True

# Logs -------------------------------------------------------------------------------------------
DJANGO_STRUCTLOG_USER_ID_FIELD = "pk"
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
LOGGING = env.logging(quiet=env.name in {"local", "test"})
