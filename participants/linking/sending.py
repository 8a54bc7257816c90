"""What goes to another partner with a question, chosen item by item; kept sealed until it is answered."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from resque.secrets import seal, unseal

PURPOSE = "match_request"


class Item(models.TextChoices):
    """Something of the own record that can be sent beside the name."""

    SPELLINGS = "spellings", _("other spellings and the original script")
    YEAR = "year", _("year of birth")
    BIRTH = "birth", _("full birth date")
    NATIONALITY = "nationality", _("nationality")
    ARRIVAL = "arrival", _("arrival in Germany")


@dataclass(frozen=True)
class Sent:
    """What the other partner is shown. Everything but the name may be empty."""

    name: str
    script: str = ""
    spellings: list[str] = field(default_factory=list)
    year: int | None = None
    birth_date: str = ""  # ISO
    precision: str = ""
    nationality: str = ""
    arrival: str = ""  # ISO
    message: str = ""

    @property
    def born(self) -> date | None:
        """The full birth date, where it was sent."""
        return date.fromisoformat(self.birth_date) if self.birth_date else None

    @property
    def arrived(self) -> date | None:
        """The day of arrival, where it was sent."""
        return date.fromisoformat(self.arrival) if self.arrival else None


@dataclass(frozen=True)
class Line:
    """One line of the talk between the two partners: who, when, what."""

    partner: str  # short name
    day: str  # ISO
    text: str

    @property
    def on(self) -> date:
        """The day."""
        return date.fromisoformat(self.day)


def closed(thing: Sent | list[Line]) -> bytes:
    """Return something sealed."""
    plain = asdict(thing) if isinstance(thing, Sent) else [asdict(line) for line in thing]
    return seal(json.dumps(plain), purpose=PURPOSE)


def opened_sent(sealed: bytes | memoryview) -> Sent | None:
    """Return what was sent; None when the answer emptied it."""
    return Sent(**json.loads(unseal(sealed, purpose=PURPOSE))) if sealed else None


def opened_talk(sealed: bytes | memoryview) -> list[Line]:
    """Return the lines of the talk; none when the answer emptied it."""
    return [Line(**line) for line in json.loads(unseal(sealed, purpose=PURPOSE))] if sealed else []
