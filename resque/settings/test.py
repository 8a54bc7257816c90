"""Tests: a throw-away server, the owner's role (tests step down to the application role themselves)."""

import os

from resque.settings.base import *  # noqa: F403
from resque.settings.base import DATA_DIR, INSTALLED_APPS, MIDDLEWARE
from resque.settings.database import database
from resque.settings.environment import kept_secret_key

os.environ["RESQUE_DATABASE_ROLE"] = "owner"

SECRET_KEY = kept_secret_key()
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
RESQUE_DEMO = False
DATABASES = {"default": database(fallback_to_app_url=True)}
# Several people may test at once on one server.
DATABASES["default"]["TEST"] = {"NAME": "test_resque" + os.environ.get("RESQUE_TEST_DB_SUFFIX", "")}
if "EMBEDDED" in DATABASES["default"]:
    DATABASES["default"]["EMBEDDED"] |= {
        "home": os.environ.get("RESQUE_TEST_PG_DIR") or str(DATA_DIR / "test-pg"),
        "throw_away": True,
    }
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # strength is of no use to invented passwords
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
WHITENOISE_AUTOREFRESH = True  # nothing is collected in tests, so there is no directory to read at start

# A page that asks the database once a row is a fault, on whatever page a test opens.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
ZEAL_RAISE = True
