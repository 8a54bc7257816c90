"""What stands of people on the home page of a caseworker."""

from django.http import HttpRequest

from participants.models import Participation
from participants.queries.deadlines import deadlines_of
from participants.queries.ending_documents import waiting_documents
from participants.queries.intake import waiting_intakes
from participants.queries.pairs import waiting_matches
from participants.queries.waiting import waiting_of
from resque.home.recent import recently_opened
from resque.ui.panels import Panel


def waiting(request: HttpRequest) -> Panel:
    """Return the numbers that wait for the signed-in person, each with the people behind it."""
    open_cases, found = waiting_of(request.user)
    found += waiting_documents(request.user)
    found += waiting_intakes(request.user)
    found += waiting_matches(request.user)
    return Panel("participants/_home_waiting.html", {"open_cases": open_cases, "items": found})


def recent(request: HttpRequest) -> Panel | None:
    """Return the people whom this session opened last; who is not visible any more is left out."""
    references = recently_opened(request)
    if not references:
        return None
    user = request.user
    loaded = {
        one.reference: one
        for one in Participation.objects.visible_to(user).with_names_for(user).filter(reference__in=references)
    }
    people = [loaded[reference] for reference in references if reference in loaded]
    return Panel("participants/_home_recent.html", {"people": people}) if people else None


def deadlines(request: HttpRequest) -> Panel:
    """Return what is due in the next two weeks."""
    return Panel("participants/_home_deadlines.html", {"deadlines": deadlines_of(request.user)}, place="side")
