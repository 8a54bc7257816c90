"""The application for gunicorn. Whoever serves it without a word gets production, which fails closed."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resque.settings")
os.environ.setdefault("RESQUE_PROFILE", "production")
# Only web processes get short statement and lock timeouts (see settings/database.py).
os.environ.setdefault("RESQUE_PROCESS", "web")

application = get_wsgi_application()
