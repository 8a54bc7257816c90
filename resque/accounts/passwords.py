"""Passwords that somebody who knows our network would try first (ASVS 6.2.11), on top of Django's validators."""

import re

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Compared without digits and punctuation, in lower case.
CONTEXT_WORDS = (
    "resque", "leipzig", "sachsen", "caritas", "caritasverband", "daa", "aufbauwerk", "stadt", "referat",
    "migration", "integration", "esf", "fluechtling", "flüchtling", "fluechtlinge", "flüchtlinge", "gefluechtete",
    "geflüchtete", "asyl", "beratung", "bleiberecht", "passwort", "password", "kennwort", "willkommen", "welcome",
    "sommer", "winter", "fruehling", "frühling", "herbst", "montag", "januar", "februar", "geheim", "demo",
)  # fmt: skip
LEFT = 6  # letters that must remain when all such words are taken out


def letters_of(text: str) -> str:
    """Return only the letters of a text, in lower case: what remains of "Sommer-2024!" is "sommer"."""
    return re.sub(r"[\W\d_]+", "", text.casefold())


def once_of(letters: str) -> str:
    """Return the part that a word repeats: "sommersommer" repeats "sommer"."""
    match = re.fullmatch(r"(.+?)\1*", letters)
    return match.group(1) if match else letters


class ContextWordsValidator:
    """Refuse passwords that are made of words of our work, of the account's own names, or of a common password."""

    def __init__(self):
        self.common = CommonPasswordValidator().passwords

    def validate(self, password: str, user=None) -> None:
        """Raise ValidationError when too little of the password remains without such words."""
        letters = letters_of(password)
        if not letters:
            return  # only digits: Django's own validator says so
        rest = letters
        for word in sorted({*CONTEXT_WORDS, *_own_words(user)}, key=len, reverse=True):
            rest = rest.replace(word, "")
        if (rest != letters and len(rest) < LEFT) or once_of(letters) in self.common:
            raise ValidationError(
                _("This password consists of words that are easy to guess here. Please add words of your own."),
                code="password_of_context_words",
            )

    def get_help_text(self) -> str:
        """Say the rule in a sentence."""
        return _("Not only words such as RESQUE, Leipzig, your organisation or your own name.")


def _own_words(user) -> set[str]:
    if user is None:
        return set()
    partner = getattr(user, "partner", None)
    texts = [user.username, user.first_name, user.last_name, user.email.partition("@")[0]]
    if partner is not None:
        texts += [partner.code, partner.short_name, *partner.name.split()]
    return {word for text in texts for word in map(letters_of, re.split(r"[\s.\-_]+", text)) if len(word) > 2}
