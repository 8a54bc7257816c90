"""Settings by profile: RESQUE_PROFILE is production, demo or test. Without it: production, which fails closed."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured

# pytest reads the settings before any conftest.py could choose a profile.
profile = os.environ.setdefault("RESQUE_PROFILE", "test" if "pytest" in sys.modules else "production")
if profile == "production":
    from resque.settings.production import *  # noqa: F403
elif profile == "demo":
    from resque.settings.demo import *  # noqa: F403
elif profile == "test":
    from resque.settings.test import *  # noqa: F403
else:
    raise ImproperlyConfigured(f"RESQUE_PROFILE is {profile!r}; it must be production, demo or test.")
RESQUE_PROFILE = profile
