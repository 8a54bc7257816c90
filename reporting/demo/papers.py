"""Papers that people of the demo world showed at their entry: seen, never copied."""

from datetime import timedelta
from random import Random

from participants.models import Participation
from participants.operations.documents import record_document
from reporting.demo.story import Story
from resque.accounts.models import User
from resque.clock import today

OPERATION = "resque-2.0"  # papers of the predecessors lie in their paper files
# Sheets of the entry and papers of the person: kind, how often, days until it ends (shortest, longest).
PAPERS = (
    ("TFB", 0.9, None),
    ("FOERD", 0.7, None),
    ("PLAN", 0.5, None),
    ("PASS", 0.35, (40, 1500)),
    ("AUSWEIS", 0.3, None),
    ("SPRACHE", 0.25, None),
    ("FUEHR", 0.1, (40, 900)),
    ("ARBERL", 0.2, (30, 400)),
)


def show_papers(story: Story, participation: Participation, worker: User) -> None:
    """Let the person show some papers on the day of the clock.

    The chance is one of its own, so that papers change nothing else in the world.
    """
    if participation.operation.code != OPERATION:
        return
    rng = Random(f"papers of {story.name.family}, {story.name.given}, {story.first_contact}")
    for kind, share, lasts in PAPERS:
        if rng.random() < share:
            ends = today() + timedelta(days=rng.randint(*lasts)) if lasts else None
            record_document(by=worker, participation=participation, type=kind, seen_on=today(), valid_until=ends)
