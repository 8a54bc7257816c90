"""Reading the environment: the few conversions that the profiles share."""

import os
import secrets
from datetime import date
from pathlib import Path

import dj_email_url
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(os.environ.get("RESQUE_DATA_DIR") or BASE_DIR / "var").absolute()


def flag(name: str) -> bool:
    """Return whether an environment variable says yes."""
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated environment variable as a list without blanks."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def business_date() -> date | None:
    """Return RESQUE_TODAY (ISO) as a date, None when it is not set."""
    text = os.environ.get("RESQUE_TODAY", "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ImproperlyConfigured(f"RESQUE_TODAY is {text!r}; it must look like 2017-02-06.") from error


def email_settings(default: str) -> dict:
    """Return Django's EMAIL_* settings from EMAIL_URL, or from `default` when it is not set."""
    parsed = dj_email_url.parse(os.environ.get("EMAIL_URL") or default)
    return {key: value for key, value in parsed.items() if value is not None}


def make_data_dir() -> Path:
    """Create the data directory when it is missing: nobody else may list it.

    As root it stays passable (not readable), because PostgreSQL inside runs as an unprivileged user.
    """
    DATA_DIR.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
    return DATA_DIR


def kept_secret_key() -> str:
    """Return the random key of this installation, made at the first call and readable by its owner only."""
    path = make_data_dir() / "secret-key"
    if not path.exists():
        draft = path.with_name(f"secret-key.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)  # fails when another process was faster: then its key is the key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
