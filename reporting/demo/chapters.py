"""The demo world in chapters: people who come at the same time and meet in groups."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from participants.names import tidy
from reporting.demo.names import respelled
from reporting.demo.story import Era, Story, Teams
from reporting.demo.telling import FURTHER_SERVICES, FURTHER_WEIGHTS, MOST_AFTER, tell

SEED = 20170206
LENGTH = 500  # people in a chapter
GROUP_KINDS = {"DAA-BT": 0.5, "DAA-BO": 0.3, "CAR-GEW": 0.05}  # offers, and how often a group takes part
MOST_COMPANIONS = 7
REFUSALS = 0.03  # anonymous refusals for each person
# In a large world some come back in a later operation, and some are known to both partners.
COMING_BACK, KNOWN_TWICE = 0.06, 0.05
_MEAN = 1 + sum(n * w for n, w in zip(FURTHER_SERVICES, FURTHER_WEIGHTS, strict=True)) / sum(FURTHER_WEIGHTS)
_MOST_CAUGHT_UP = 12  # services beyond the drawn number that one person gets because others had no time for theirs


@dataclass
class Chapter:
    """People who came in one era, in the order in which they are told of.

    Attributes:
        era: when they came.
        stories: what happened to them.
        refusals: partner and day of each who did not want to be recorded.
    """

    era: Era
    stories: list[Story]
    refusals: list[tuple[str, date]] = field(default_factory=list)


class Library:
    """Stories one after another, the same ones in every run."""

    def __init__(
        self, people: int, services: int | None, today: date, *, teams: Teams, entwined: bool = False, seed: int = SEED
    ):
        """Plan a world.

        Args:
            people: number of participants.
            services: number of services in all, at least one each; None: as the stories are drawn.
            today: the day of the demo.
            teams: how many colleagues there are.
            entwined: people may come back in a later operation, and be known to both partners; they have many
                different names.
            seed: begin of the chance.
        """
        self.people, self.services, self.today, self.teams, self.entwined = people, services, today, teams, entwined
        self.rng = Random(seed)
        self.told = self.given = 0
        self.known: deque[Story] = deque(maxlen=3000)

    def chapters(self, eras: tuple[Era, ...]) -> Iterator[Chapter]:
        """Yield the chapters of all eras, each with its share of the people."""
        reached = 0.0
        for era in eras:
            reached += era.share
            until = self.people if era is eras[-1] else round(self.people * reached)
            while self.told < until:
                stories = [self._story(era) for _ in range(min(LENGTH, until - self.told))]
                if self.entwined:
                    self._entwine(stories)
                self._gather(stories)
                yield Chapter(era, stories, self._refusals(era, len(stories)))

    def _story(self, era: Era) -> Story:
        self.told += 1
        wanted = None if self.services is None else self._wanted()
        spare = 0 if wanted is None else self.services - self.given - wanted - (self.people - self.told)
        story = tell(
            self.rng, era, self.today, teams=self.teams, services=wanted, many_names=self.entwined,
            hurried=wanted is not None and self.told == self.people, may_return=wanted is None or spare >= MOST_AFTER,
        )  # fmt: skip
        self.given += len(story.services)
        return story

    def _wanted(self) -> int:
        left = self.people - self.told
        if not left:
            return self.services - self.given
        mean = self.services / self.people
        drawn = 1 + self.rng.choices(FURTHER_SERVICES, weights=FURTHER_WEIGHTS)[0]
        behind = int(mean * (self.told - 1)) - self.given
        wanted = round(drawn * mean / _MEAN) + max(-3, min(behind, _MOST_CAUGHT_UP))
        # Whoever comes takes one service at least, so those who are left need theirs.
        return max(1, min(wanted, self.services - self.given - left))

    def _entwine(self, stories: list[Story]) -> None:
        for position, story in enumerate(stories):
            former = self.known[0] if self.known and self.known[0].operation != story.operation else None
            if former and former.first_contact < story.first_contact and self.rng.random() < COMING_BACK:
                self._come_back(story, self.known.popleft())
            elif position and not story.double and self.rng.random() < KNOWN_TWICE:
                self._know_twice(story, stories[position - 1])
        for story in stories:
            if not (story.former or story.double) and self.rng.random() < COMING_BACK:
                self.known.append(story)

    def _come_back(self, story: Story, former: Story) -> None:
        if story.partner != former.partner:
            return
        story.former = former
        story.name, story.sex, story.birth_date = former.name, former.sex, former.birth_date

    def _know_twice(self, story: Story, other: Story) -> None:
        if story.partner == other.partner or other.double or other.former or story.former:
            return
        other.double = story.double = other
        story.sex, story.birth_date = other.sex, other.birth_date
        story.name = replace(other.name, given=tidy(respelled(self.rng, other.name.given)))

    def _gather(self, stories: list[Story]) -> None:
        """Let others of the same partner come to some of the services that are offered to groups."""
        for story in stories:
            for position, service in enumerate(story.services):
                if not service.by_other and self.rng.random() < GROUP_KINDS.get(service.kind, 0):
                    companions = self._companions(stories, story, service.day)
                    note = "" if companions else service.note
                    story.services[position] = replace(service, companions=companions, note=note)

    def _companions(self, stories: list[Story], host: Story, day: date) -> tuple[int, ...]:
        wanted, found = self.rng.randint(2, MOST_COMPANIONS), []
        start = self.rng.randrange(len(stories))
        for offset in range(min(len(stories), 60)):
            other = stories[position := (start + offset) % len(stories)]
            there = other.first_contact <= day <= other.services[-1].day
            if other is not host and other.partner == host.partner and there:
                found.append(position)
                if len(found) == wanted:
                    break
        return tuple(found)

    def _refusals(self, era: Era, people: int) -> list[tuple[str, date]]:
        span = (min(era.last_day, self.today) - era.first_day).days
        number = sum(self.rng.random() < REFUSALS for _ in range(people))
        return [
            (self.rng.choice(("daa", "caritas")), era.first_day + timedelta(days=self.rng.randrange(span)))
            for _ in range(number)
        ]
