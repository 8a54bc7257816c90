"""What every row of the bulk load refers to: accounts, operations, moments, references."""

import json
import uuid
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from participants.models import Operation
from participants.operations.sharing import LONGEST_DAYS, end_of
from reporting.demo.bulk.copying import CopyTable, written
from reporting.demo.story import Story
from resque.accounts.models import Partner, User

NOON = time(12)


class Surroundings:
    """Where the rows of a load go, and what they refer to.

    Attributes:
        tables: by model, in an order in which foreign keys are there before they are referred to.
        references: by model, what the next row is called.
        shares_end: moment at which shares end.
    """

    def __init__(self, tables: dict[type, CopyTable], references: dict, teams: dict[str, list[User]], today: date):
        self.tables = tables
        self.references = references
        self.shares_end = end_of(today + timedelta(days=LONGEST_DAYS))
        self._teams = teams
        self._partners = Partner.objects.in_bulk(field_name="code")
        self._operations = Operation.objects.in_bulk(field_name="code")
        # The database keeps real time: where the demo clock is moved, moments move with it.
        self._shift = timezone.localdate() - today
        self._moments: dict[date, str] = {}
        self._editors: dict[int, str] = {}
        self._request = str(uuid.UUID(int=Random(today.toordinal()).getrandbits(128), version=4))

    def partner(self, code: str) -> Partner:
        """Return a partner by its code."""
        return self._partners[code]

    def operation(self, code: str) -> Operation:
        """Return an operation by its code."""
        return self._operations[code]

    def worker(self, partner: str, colleague: int) -> User:
        """Return a colleague of a partner."""
        return self._teams[partner][colleague]

    def moment(self, day: date) -> str:
        """Return noon of a business day as a moment of real time."""
        if day not in self._moments:
            noon = timezone.make_aware(datetime.combine(day + self._shift, NOON))
            self._moments[day] = noon.isoformat()
        return self._moments[day]

    def editor(self, story: Story) -> str:
        """Return who wrote the rows of a story, as the change history keeps it."""
        return self.editor_of(self.worker(story.partner, story.colleague))

    def editor_of(self, worker: User) -> str:
        """Return an account as the change history keeps it."""
        if worker.pk not in self._editors:
            context = {"user": worker.pk, "partner": worker.partner_id, "request": self._request}
            self._editors[worker.pk] = written(json.dumps(context))
        return self._editors[worker.pk]
