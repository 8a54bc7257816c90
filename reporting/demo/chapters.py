"""The demo world in chapters: people who come at the same time and meet in groups."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from reporting.demo.story import FURTHER_SERVICES, FURTHER_WEIGHTS, Era, Story, Teams, tell

SEED = 20170206
LENGTH = 500  # people in a chapter
GROUP_KINDS = {"DAA-BT": 0.6, "DAA-BO": 0.3, "CAR-GEW": 0.05}  # offers, and how often a group takes part
MOST_COMPANIONS = 7
# Days of the operations; the numbers of people are invented, for load alone.
ERAS = (
    Era("resque", date(2008, 10, 1), date(2010, 9, 30), 0.12),
    Era("resque-plus", date(2010, 12, 1), date(2015, 6, 30), 0.38),
    Era("resque-2.0", date(2015, 7, 1), date(2019, 6, 30), 0.50),
)
_MEAN = 1 + sum(number * weight for number, weight in zip(FURTHER_SERVICES, FURTHER_WEIGHTS, strict=True)) / sum(
    FURTHER_WEIGHTS
)
_MOST_CAUGHT_UP = 12  # services beyond the drawn number that one person gets because others had no time for theirs


@dataclass
class Chapter:
    """People who came in one era, in the order in which they are told of."""

    stories: list[Story]


def chapters(
    people: int, services: int, today: date, *, teams: Teams, eras: tuple[Era, ...] = ERAS
) -> Iterator[Chapter]:
    """Yield so many people with so many services in all, the same ones in every run.

    Args:
        people: number of participants.
        services: number of services, at least one each.
        today: the day of the demo.
        teams: how many colleagues there are.
        eras: when people come.
    """
    rng = Random(SEED)
    told = given = 0
    for era, until in _bounds(people, eras):
        while told < until:
            stories = []
            for _ in range(min(LENGTH, until - told)):
                told += 1
                left = people - told
                wanted = _wanted(rng, services, people, given, told) if left else services - given
                # Whoever comes takes one service at least, so those who are left need theirs.
                wanted = max(1, min(wanted, services - given - left))
                story = tell(rng, era, today, teams=teams, services=wanted, hurried=not left)
                given += len(story.services)
                stories.append(story)
            yield Chapter(_in_groups(rng, stories))


def _bounds(people: int, eras: tuple[Era, ...]) -> Iterator[tuple[Era, int]]:
    reached = 0.0
    for era in eras:
        reached += era.share
        yield era, people if era is eras[-1] else round(people * reached)


def _wanted(rng: Random, services: int, people: int, given: int, told: int) -> int:
    mean = services / people
    drawn = 1 + rng.choices(FURTHER_SERVICES, weights=FURTHER_WEIGHTS)[0]
    behind = int(mean * (told - 1)) - given
    return round(drawn * mean / _MEAN) + max(-3, min(behind, _MOST_CAUGHT_UP))


def _in_groups(rng: Random, stories: list[Story]) -> list[Story]:
    """Let others of the same partner come to some of the services that are offered to groups."""
    for story in stories:
        for position, service in enumerate(story.services):
            if rng.random() < GROUP_KINDS.get(service.kind, 0):
                companions = _companions(rng, stories, story, service.day)
                story.services[position] = replace(service, companions=companions)
    return stories


def _companions(rng: Random, stories: list[Story], host: Story, day: date) -> tuple[int, ...]:
    wanted, found = rng.randint(2, MOST_COMPANIONS), []
    start = rng.randrange(len(stories))
    for offset in range(min(len(stories), 60)):
        position = (start + offset) % len(stories)
        other = stories[position]
        there = other.first_contact <= day <= other.services[-1].day
        if other is not host and other.partner == host.partner and there:
            found.append(position)
            if len(found) == wanted:
                break
    return tuple(found)
