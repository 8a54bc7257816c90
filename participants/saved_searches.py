"""Searches that stand in an address as a meaningless key: no name in an address, a log or a history.

The text lies in the session, on the server, and ends with it.
"""

import secrets

KEPT = 20  # searches of one session
_KEY = "participant_searches"


def remember(session, text: str) -> str:
    """Keep the text of a search and return the key that stands for it in an address."""
    kept = dict(session.get(_KEY, {}))
    for key, known in kept.items():
        if known == text:
            return key
    key = secrets.token_urlsafe(9)
    kept[key] = text
    session[_KEY] = dict(list(kept.items())[-KEPT:])
    return key


def recall(session, key: str) -> str | None:
    """Return the text of a search of this session; None when it is none of hers."""
    return session.get(_KEY, {}).get(key)
