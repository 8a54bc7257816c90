"""What bin/start serves: the code and headers of production, over HTTP on this machine only."""

from resque.settings.base import *  # noqa: F403
from resque.settings.database import database
from resque.settings.environment import email_settings, flag, kept_secret_key, words

SECRET_KEY = kept_secret_key()
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
DATABASES = {"default": database(fallback_to_app_url=True)}
RESQUE_DEMO = flag("RESQUE_DEMO")
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # browsers accept passkeys without HTTPS on localhost only
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
vars().update(email_settings("console:"))
