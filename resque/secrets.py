"""Sealing: short texts and files that nobody may read in a copy of the database (notes, seeds of second factors,
uploaded files).

The key of each purpose is derived from SECRET_KEY. When SECRET_KEY changes, the old one stays in
SECRET_KEY_FALLBACKS until everything was sealed again; without it sealed texts are lost.
"""

import base64
from functools import lru_cache

from django.conf import settings
from django.utils.crypto import salted_hmac


class SealBroken(Exception):
    """The text was sealed with a key that is no longer known, or somebody changed it."""


def seal(text: str, *, purpose: str) -> bytes:
    """Encrypt and sign a text.

    Args:
        text: what to keep secret.
        purpose: what for ("note", "second_factor"); a text of one purpose cannot be opened as another.
    """
    return seal_bytes(text.encode(), purpose=purpose)


def unseal(sealed: bytes | memoryview, *, purpose: str) -> str:
    """Return the text behind `seal`.

    Raises:
        SealBroken: the key is not known any more, the purpose is another one, or the bytes were changed.
    """
    return unseal_bytes(sealed, purpose=purpose).decode()


def seal_bytes(data: bytes, *, purpose: str) -> bytes:
    """Encrypt and sign a file, as `seal` does with a text."""
    return _keys(purpose, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS).encrypt(data)


def unseal_bytes(sealed: bytes | memoryview, *, purpose: str) -> bytes:
    """Return the file behind `seal_bytes`.

    Raises:
        SealBroken: as `unseal`.
    """
    from cryptography.fernet import InvalidToken

    try:
        return _keys(purpose, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS).decrypt(bytes(sealed))
    except InvalidToken as error:
        raise SealBroken(purpose) from error


@lru_cache(maxsize=16)
def _keys(purpose: str, *secrets: str):
    # Imported here: cryptography costs a tenth of a second at every start of a command.
    from cryptography.fernet import Fernet, MultiFernet

    keys = [salted_hmac(f"resque.secrets.{purpose}", "", secret=one, algorithm="sha256").digest() for one in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])
