"""What holds in every profile."""

import os

import pghistory
from csp.constants import NONE, SELF
from django.db.models import DO_NOTHING
from django.utils.translation import gettext_lazy as _

from resque.settings.environment import BASE_DIR, DATA_DIR, business_date

DEBUG = False
RESQUE_DATA_DIR = DATA_DIR
RESQUE_DEMO = False
RESQUE_TODAY = business_date()

INSTALLED_APPS = [
    # Ours, highest floor first, so that our templates and commands win over those of libraries.
    "reporting",
    "services",
    "participants",
    "resque.home",
    "resque.ui",
    "resque.once",
    "resque.codelists",
    "resque.audit",
    "resque.accounts",
    "resque.database",
    # Libraries
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",  # its widgets, of which we draw some ourselves (templates/django/forms)
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "pgtrigger",
    "pghistory",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
]

MIDDLEWARE = [
    "resque.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "resque.ui.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "resque.accounts.sign_in_first.SignInFirstMiddleware",
    "resque.accounts.second_factor.SecondFactorMiddleware",
    "resque.accounts.failed_sign_ins.FailedSignInMiddleware",
    "resque.ui.errors.ConflictMiddleware",
    "resque.ui.errors.WrongMethodMiddleware",
    # Innermost: it owns the transaction of the whole request, rendering included.
    "resque.context.middleware.ContextMiddleware",
]

ROOT_URLCONF = "resque.urls"
WSGI_APPLICATION = "resque.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "resque.ui.context.chrome",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Language, time, numbers
LANGUAGE_CODE = os.environ.get("LANGUAGE_CODE") or "de"
LANGUAGES = [("de", _("German")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale" / floor for floor in ("resque", "participants", "services", "reporting")]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = "resque.formats"  # days as 31.12.2016 in both languages, typed the same way

# --- Static files
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"] if (BASE_DIR / "static").is_dir() else []
FILE_UPLOAD_PERMISSIONS = 0o600
# Above it a request is not even read (page 413); forms name smaller limits of their own.
RESQUE_LARGEST_UPLOAD = 12 * 1024 * 1024  # bytes
FILE_UPLOAD_HANDLERS = [
    "resque.ui.uploads.LargestUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# --- Cache (shared by all processes, so that rate limits count once), background tasks
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "resque_cache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# --- Change history: context stands in each event, and events outlive the row that they describe
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(on_delete=DO_NOTHING, db_constraint=False, null=True)

# --- Row-level security: each floor declares its tables, applied after every migration (resque/database/policies.py)
RESQUE_ACCESS_RULES = [
    "resque.sql",
    "participants.sql",
    "participants.searching.sql",
    "participants.linking.sql",
    "services.sql",
    "reporting.sql",
]

# --- What pages of lower floors show of higher ones, by name (resque/ui/panels.py)
RESQUE_PERSON_PANELS = ["services.panels.timeline", "services.panels.my_way"]
RESQUE_PERSON_TABS: list[dict] = [
    {
        "url_name": "participants:detail",
        "label": _("Overview"),
        "permission": "view_services",
        "covers": ("participants:state", "participants:target_group"),
    },
    {
        "url_name": "services:timeline",
        "label": _("Timeline"),
        "permission": "view_services",
        "covers": ("services:note_new",),
    },
    {
        "url_name": "participants:esf",
        "label": _("ESF"),
        "permission": "view_services",
        "covers": (
            "participants:exit",
            "participants:followup",
            "participants:return",
            "participants:special",
            "participants:residence",
        ),
    },
    {
        "url_name": "participants:identity",
        "label": _("Name and contact"),
        "permission": "view_participants",
        "covers": ("participants:partners",),
    },
    {"url_name": "participants:background", "label": _("Background"), "permission": "view_services"},
    {
        "url_name": "participants:documents",
        "label": _("Documents"),
        "permission": "view_participants",
        "covers": ("participants:document_new", "participants:document_correct", "participants:document_remove"),
    },
    {
        "url_name": "participants:consents",
        "label": _("Consents"),
        "permission": "view_participants",
        "covers": ("participants:consent_record", "participants:consent_withdraw", "participants:share"),
    },
    {"url_name": "participants:history", "label": _("Changes"), "permission": "view_services"},
]
# What floors above tell the rules of a person's page, and let expect of an exit (participants/queries)
RESQUE_RULE_FACTS = [
    "participants.queries.pairs.rule_facts",
    "services.queries.leaving.rule_facts",
    "reporting.submissions.reported.rule_facts",
]
RESQUE_EXIT_PROPOSALS = ["services.queries.leaving.exit_proposals"]
# What follows when a consent is withdrawn (participants/operations/withdrawing.py); a higher floor names its own here
RESQUE_WITHDRAWAL = [
    "participants.operations.withdrawing.SHARES",
    "participants.operations.withdrawing_questions.QUESTIONS",
    "participants.operations.withdrawing.REPORT",
    "participants.operations.withdrawing.SPECIAL",
    "participants.operations.withdrawing_copies.COPIES",
    "participants.operations.withdrawing.PEOPLE",
]
# What hangs on records that are laid side by side, in numbers (participants/queries/side_by_side.py)
RESQUE_RECORD_COUNTS = ["services.queries.attached.attached"]
# Conditions of the home page and of the list behind its numbers (participants/queries/waiting.py)
RESQUE_WAITING = [
    "participants.queries.waiting.PAPERS_EXPIRED",
    "participants.queries.waiting.FOLLOW_UP",
    "services.queries.waiting.OVERDUE_OUTCOMES",
    "participants.queries.waiting.ANSWERS",
    "services.queries.waiting.SHORT_CONTACTS",
    "services.queries.waiting.QUIET_CASES",
    "participants.queries.waiting.PAPERS_ENDING",
    "participants.queries.waiting_consents.ENDING",
    "participants.queries.waiting_consents.PAPER_OPEN",
    "participants.queries.waiting.EXIT_OPEN",
]
RESQUE_HOME_PANELS: dict[str, list[str]] = {
    "caseworker": [
        "participants.panels.waiting",
        "services.panels.my_last_records",
        "participants.panels.recent",
        "participants.panels.deadlines",
        "reporting.panels.data_quality",
        "reporting.panels.own_partner",
    ],
    "coordinator": ["reporting.panels.network", "services.panels.events", "reporting.panels.data_quality"],
    "city_officer": ["services.panels.events", "reporting.panels.aggregates"],
    "partner_admin": [],
    "admin": [],
}

# --- Headers
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # data: for the pictures inside Bootstrap's own style sheet
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

from resque.settings.logs import LOGGING  # noqa: E402, F401
from resque.settings.signing_in import *  # noqa: E402, F403
