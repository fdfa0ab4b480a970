"""Every setting, read from the environment; with nothing set, a safe local installation.

Each `LOYPE_…` variable has a line in docs/operating.md, and a test says so.
"""

import os
from pathlib import Path

from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from loype.config.database import database_settings
from loype.config.secret import own_secret

BASE = Path(__file__).resolve().parents[2]
ROOM = BASE / "loype"


def _switch(name: str, *, default: bool) -> bool:
    """A yes-or-no variable; anything else is said in plain words."""
    written = os.environ.get(name, "").strip().lower()
    if written in ("", "1", "yes", "true", "on", "0", "no", "false", "off"):
        return written in ("1", "yes", "true", "on") if written else default
    raise ImproperlyConfigured(f"{name} must be yes or no, not {written!r}.")


def _number(name: str, *, default: int) -> int:
    """A whole number."""
    written = os.environ.get(name, "").strip()
    if written and not written.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {written!r}.")
    return int(written or default)


VAR = Path(os.environ.get("LOYPE_VAR") or BASE / "var")
DEBUG = _switch("LOYPE_DEBUG", default=False)
LOYPE_STRICT_RENDERING = _switch("LOYPE_STRICT_RENDERING", default=DEBUG)
SITE_ADDRESS = os.environ.get("LOYPE_SITE_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
SECRET_KEY = os.environ.get("LOYPE_SECRET_KEY") or own_secret(VAR)
ALLOWED_HOSTS = os.environ.get(
    "LOYPE_HOSTS", "localhost,127.0.0.1,[::1]" + (",testserver" if DEBUG else "")
).split(",")
IS_HTTPS = SITE_ADDRESS.startswith("https://")
LOYPE_SOURCE_URL = os.environ.get("LOYPE_SOURCE_URL", "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.admin",
    "template_partials.apps.SimpleAppConfig",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "loype.history",
    "loype.mail",
    "loype.accounts",
    "loype.files",
    "loype.organisations",
    "loype.bodies",
    "loype.strategy",
    "loype.ideas",
    "loype.councils",
    "loype.portfolio",
    "loype.evaluation",
    "loype.spread",
    "loype.trail",
    "loype.news",
    "loype.search",
    "loype.notices",
    "loype.jobs",
    "loype.api",
    "loype.web.shared",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "loype.web.shared.middleware.SafeHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "loype.web.shared.middleware.WhoIsAsking",
    "loype.web.shared.middleware.PlainRefusals",
    "loype.web.accounts.whole.WholeAccounts",
]

ROOT_URLCONF = "loype.config.urls"
WSGI_APPLICATION = "loype.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": sorted((ROOM / "web").glob("*/templates")),
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "loype.web.shared.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "loype.web.shared.templatetags.loype",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
        },
    },
]

FORM_RENDERER = "loype.web.shared.drawing.Drawing"

DATABASES = {"default": database_settings(os.environ, BASE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- who signs in -------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "loype.web.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "loype.web.accounts.forms.NameForm"
FORMS_OF_SIGN_IN = "loype.web.accounts.sign_in_forms"
ACCOUNT_FORMS = {
    "login": f"{FORMS_OF_SIGN_IN}.LoginForm",
    "signup": f"{FORMS_OF_SIGN_IN}.SignupForm",
    "reset_password": f"{FORMS_OF_SIGN_IN}.ResetPasswordForm",
    "reset_password_from_key": f"{FORMS_OF_SIGN_IN}.ResetPasswordKeyForm",
    "change_password": f"{FORMS_OF_SIGN_IN}.ChangePasswordForm",
    "set_password": f"{FORMS_OF_SIGN_IN}.SetPasswordForm",
    "add_email": f"{FORMS_OF_SIGN_IN}.AddEmailForm",
    "reauthenticate": f"{FORMS_OF_SIGN_IN}.ReauthenticateForm",
    "confirm_email_verification_code": f"{FORMS_OF_SIGN_IN}.EmailCodeForm",
}
MFA_FORMS = {
    "authenticate": f"{FORMS_OF_SIGN_IN}.CodeForm",
    "reauthenticate": f"{FORMS_OF_SIGN_IN}.CodeAgainForm",
    "activate_totp": f"{FORMS_OF_SIGN_IN}.TotpForm",
    "add_webauthn": f"{FORMS_OF_SIGN_IN}.PasskeyForm",
    "edit_webauthn": f"{FORMS_OF_SIGN_IN}.PasskeyNameForm",
}
# Single sign-on will come in by this door: with it closed, only those who hold an invitation
# may open an account with a password.
LOYPE_OPEN_SIGN_UP = _switch("LOYPE_OPEN_SIGN_UP", default=True)
LOYPE_DEMO_PEOPLE = os.environ.get("LOYPE_DEMO_PEOPLE", "")
LOYPE_DEMO_PASSWORD = os.environ.get("LOYPE_DEMO_PASSWORD", "")
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_USER_DISPLAY = "loype.web.accounts.adapter.shown_name"
USERSESSIONS_TRACK_ACTIVITY = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Løype"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

# --- safety -------------------------------------------------------------------------------------

SESSION_COOKIE_NAME = "loype_session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]
CSRF_FAILURE_VIEW = "loype.web.shared.errors.stale_form"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_SSL_REDIRECT = _switch("LOYPE_HTTPS_REDIRECT", default=False)
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if _switch("LOYPE_BEHIND_PROXY", default=False) else None
)
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
API_REQUESTS_A_MINUTE = _number("LOYPE_API_REQUESTS_A_MINUTE", default=1200)
LARGEST_FILE_BYTES = _number("LOYPE_LARGEST_FILE_MB", default=10) * 1_000_000

# --- files --------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = Path(os.environ.get("LOYPE_FILES") or VAR / "files")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600

# --- vectors for search --------------------------------------------------------------------------

LOYPE_EMBEDDING_PROVIDER = os.environ.get("LOYPE_EMBEDDING_PROVIDER", "").strip() or "builtin"
LOYPE_EMBEDDING_ADDRESS = os.environ.get("LOYPE_EMBEDDING_ADDRESS", "").strip()
LOYPE_EMBEDDING_HOSTS = os.environ.get("LOYPE_EMBEDDING_HOSTS", "")
LOYPE_EMBEDDING_KEY = os.environ.get("LOYPE_EMBEDDING_KEY", "")
LOYPE_EMBEDDING_MODEL = os.environ.get("LOYPE_EMBEDDING_MODEL", "").strip()
LOYPE_EMBEDDING_DIMENSIONS = _number("LOYPE_EMBEDDING_DIMENSIONS", default=0)
if LOYPE_EMBEDDING_PROVIDER not in ("builtin", "openai", "none"):
    raise ImproperlyConfigured(
        "LOYPE_EMBEDDING_PROVIDER must be builtin, openai or none, "
        f"not {LOYPE_EMBEDDING_PROVIDER!r}."
    )

# --- mail ---------------------------------------------------------------------------------------

MAIL_FOLDER = os.environ.get("LOYPE_MAIL_FOLDER", "")
EMAIL_HOST = os.environ.get("LOYPE_SMTP_HOST", "")
EMAIL_PORT = _number("LOYPE_SMTP_PORT", default=587)
EMAIL_HOST_USER = os.environ.get("LOYPE_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("LOYPE_SMTP_PASSWORD", "")
EMAIL_USE_TLS = _switch("LOYPE_SMTP_STARTTLS", default=EMAIL_PORT == 587)
EMAIL_USE_SSL = _switch("LOYPE_SMTP_TLS", default=EMAIL_PORT == 465)
EMAIL_TIMEOUT = 20
EMAIL_FILE_PATH = MAIL_FOLDER or str(VAR / "mail")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.filebased.EmailBackend"
)
DEFAULT_FROM_EMAIL = os.environ.get("LOYPE_MAIL_FROM", "Løype <loype@localhost.localdomain>")
# How long news waits for more before it is mailed, so that ten changes become one mail.
NOTICE_BUNDLE_MINUTES = _number("LOYPE_BUNDLE_MINUTES", default=10)
MAIL_DOMAIN = DEFAULT_FROM_EMAIL.rsplit("@", 1)[-1].rstrip(">")

# --- languages ----------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("da", _("Danish")),
    ("nb", _("Norwegian bokmål")),
    ("nn", _("Norwegian nynorsk")),
    ("sv", _("Swedish")),
    ("en", _("English")),
]
LANG_INFO["no"] = {"fallback": ["nb"]}  # what some Norwegian browsers say
LOCALE_PATHS = [ROOM / "locale"]
USE_TZ = True
TIME_ZONE = os.environ.get("LOYPE_TIME_ZONE", "Europe/Oslo")

# --- jobs and log -------------------------------------------------------------------------------

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "loype": {"level": os.environ.get("LOYPE_LOG_LEVEL", "INFO")},
        "procrastinate": {"level": "WARNING"},
    },
}
SILENCED_SYSTEM_CHECKS = ["auth.E003", "auth.W004"]  # the e-mail is unique whatever its case
