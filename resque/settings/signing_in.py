"""Accounts, passwords, second factor, sessions (django-allauth)."""

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "resque.accounts.passwords.ContextWordsValidator"},
]
PASSWORD_RESET_TIMEOUT = 72 * 60 * 60  # seconds; links by which a person sets a password

# By name only: accounts are made by administrators, nobody signs up.
ACCOUNT_ADAPTER = "resque.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "50/900s/ip,5/900s/key",  # never a permanent lock: nobody can lock a colleague out
}

RESQUE_SECOND_FACTOR_REQUIRED = False  # production says True
MFA_ADAPTER = "resque.accounts.second_factor.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are typed by an administrator
MFA_PASSKEY_LOGIN_ENABLED = False  # a passkey is the second factor, beside the password
MFA_TOTP_ISSUER = "RESQUE"
MFA_TOTP_TOLERANCE = 1  # steps of 30 s, for telephones whose clock is off
USERSESSIONS_TRACK_ACTIVITY = True

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds, a long working day
