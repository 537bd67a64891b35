"""Settings, read from the environment and safe by default.

What each variable means is in docs/installation.md. With BCF_DEBUG unset the product
refuses to start without BCF_SECRET_KEY.
"""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()

DEBUG = env.bool("BCF_DEBUG", default=False)
SECRET_KEY = env.str("BCF_SECRET_KEY", default="")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured(
            "BCF_SECRET_KEY is not set. Set it to a long random text that nobody else knows, "
            "or set BCF_DEBUG=1 to try the product on your own machine."
        )
    SECRET_KEY = "only-for-trying-the-product-on-ones-own-machine"

ALLOWED_HOSTS = env.list(
    "BCF_ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if DEBUG else []
)
PUBLIC_READ = env.bool("BCF_PUBLIC_READ", default=False)

INSTALLED_APPS = [
    "bcf.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "csp",
    "django_htmx",
    "simple_history",
    "django_tasks_db",
    "knox",
    "bcf.ui",
    "bcf.base",
    "bcf.papers",
    "bcf.accounts",
    "plans",
    "metrics",
    "schemes",
    "governance",
    "bcf.loading",
    "bcf.assurance",
    "bcf.reporting",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "bcf.accounts.middleware.SignInRequiredMiddleware",
    "plans.middleware.StandingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "bcf.urls"
WSGI_APPLICATION = "bcf.wsgi.application"

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
                "plans.context_processors.access",
            ],
        },
    }
]
FORM_RENDERER = "bcf.ui.forms.Renderer"

# -- database -----------------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'bcf.sqlite3'}")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    VAR_DIR.mkdir(exist_ok=True)
    # Without IMMEDIATE, a transaction that reads before it writes fails with "database is
    # locked" as soon as two people save at once.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- who is who ---------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
_VALIDATORS: dict[str, dict[str, int]] = {
    "UserAttributeSimilarityValidator": {},
    "MinimumLengthValidator": {"min_length": 12},
    "CommonPasswordValidator": {},
    "NumericPasswordValidator": {},
}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in _VALIDATORS.items()
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
PASSWORD_RESET_TIMEOUT = int(timedelta(days=3).total_seconds())

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "bcf.accounts.lockout.account_name"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "accounts/lockout.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

# -- e-mail: invitations and forgotten passwords --------------------------------------------

EMAIL_CONFIG = env.email_url(
    "BCF_EMAIL_URL", default="consolemail://" if DEBUG else "smtp://localhost:25"
)
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("BCF_FROM_EMAIL", default="better-care-fund@localhost")

# -- security -----------------------------------------------------------------------------

SECURE_SSL_REDIRECT = not DEBUG and env.bool("BCF_HTTPS", default=True)
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SSL_REDIRECT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_SSL_REDIRECT
SECURE_HSTS_PRELOAD = SECURE_SSL_REDIRECT
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_SSL_REDIRECT else None
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A table of 2,000 rows, each with up to twenty cells, is one form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 50_000
FILE_UPLOAD_HANDLERS = [
    "bcf.files.uploads.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# -- language, time, static files -----------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# -- papers: PDFs that are kept, and the jobs that make long ones -----------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# A PDF that would take longer than so many seconds is made by a worker.
PAPERS_WAIT_SECONDS = 20
PAPERS_BYTES = env.int("BCF_PAPERS_MB", default=200) * 1024 * 1024

# -- the API ------------------------------------------------------------------------------

# A token comes first: who sends one asks by it alone, signed in or not.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "bcf.accounts.authentication.TokenAuthentication",
        "bcf.base.api.access.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["bcf.base.api.access.MayAsk"],
    "DEFAULT_THROTTLE_CLASSES": [
        "bcf.base.api.throttles.PersonThrottle",
        "bcf.base.api.throttles.AddressThrottle",
    ],
    "NUM_PROXIES": env.int("BCF_PROXIES", default=0),
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "bcf.base.api.access.AlwaysJson",
    "EXCEPTION_HANDLER": "bcf.base.api.errors.answer_to",
    "URL_FORMAT_OVERRIDE": None,
}
# How often: a person, an address whoever asks from there, and tokens that open nothing.
API_RATES = {
    "person": env.str("BCF_API_RATE_PERSON", default="600/min"),
    "address": env.str("BCF_API_RATE_ADDRESS", default="1200/min"),
    "failures": env.str("BCF_API_RATE_FAILURES", default="20/min"),
}
CACHES = {"default": env.cache_url("BCF_CACHE_URL", default="locmemcache://")}

# Personal tokens: the text starts so that a leaked one is known for what it is.
KNOX_TOKEN_MODEL = "accounts.Token"
REST_KNOX = {"TOKEN_PREFIX": "bcf_"}

# -- history and logs -----------------------------------------------------------------------

SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
