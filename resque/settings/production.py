"""Production: refuses whatever belongs to the demo, and every default that would be unsafe."""

import os

from django.core.exceptions import ImproperlyConfigured

from resque.settings.base import *  # noqa: F403
from resque.settings.base import RESQUE_TODAY
from resque.settings.database import database
from resque.settings.environment import email_settings, flag, words

if RESQUE_TODAY:
    raise ImproperlyConfigured("RESQUE_TODAY moves the clock of the demo. Remove it: production runs on real days.")
if flag("RESQUE_DEMO"):
    raise ImproperlyConfigured("RESQUE_DEMO opens accounts with a known password. Remove it in production.")

SECRET_KEY = os.environ.get("SECRET_KEY", "")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10 or SECRET_KEY.startswith("django-insecure-"):
    raise ImproperlyConfigured(
        "SECRET_KEY is missing or weak. Make one with "
        "`python3 -c 'import secrets; print(secrets.token_urlsafe(64))'` and keep it secret."
    )
SECRET_KEY_FALLBACKS = words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = words("ALLOWED_HOSTS")
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the host names under which this installation is reached.")

RESQUE_SECOND_FACTOR_REQUIRED = True

DATABASES = {"default": database(fallback_to_app_url=False)}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
vars().update(email_settings("submission://localhost"))

# HTTPS only. Whether a request came by HTTPS is told by gunicorn, which believes X-Forwarded-Proto only from the
# addresses in FORWARDED_ALLOW_IPS (default: this machine); so SECURE_PROXY_SSL_HEADER is not needed.
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # probes ask on the machine itself
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
