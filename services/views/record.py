"""Recording a service with one person or with a group."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from participants.queries.choosing import people_to_choose
from participants.views.writing import write_once
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.home.recent import recently_opened
from resque.ui.tags.numbers import minutes as written
from services.catalogue import Category, Kind, kind_of
from services.forms.record import RecordForm, with_chosen
from services.models import Activity
from services.operations.recording import record_service
from services.queries.people import people_of
from services.queries.recording import first_answers, minutes_so_far, ways_to_repeat

NEXT, LOOK = "next", "look"  # buttons of the form: save and record another one; find people


@requires(Permission.RECORD_SERVICES)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """Show the form; a POST stores the service, or looks for people and keeps everything that was typed."""
    if request.method != "POST":
        return _page(request, RecordForm(user=request.user, initial=first_answers(request.user, request.GET)))
    data = with_chosen(request.POST)
    if LOOK in data:
        return _page(request, RecordForm.opened_with(data, user=request.user))
    form = RecordForm(data, user=request.user)
    answer = _stored(request, form) if form.is_valid() else None
    return answer or _page(request, form)


@requires(Permission.RECORD_SERVICES)
@require_POST
def lookup(request: HttpRequest) -> HttpResponse:
    """Answer the type-ahead with people whom the reader may serve. A POST, so that no name stands in an address."""
    options = [
        {
            "value": found.participation.reference,
            "label": found.participation.title,
            "note": " · ".join(filter(None, (found.participation.reference, found.facts))),
        }
        for found in people_to_choose(request.user, request.POST.get("q", ""))
    ]
    return render(request, "components/options.html", {"options": options, "empty": _("Nobody of this name.")})


def _stored(request: HttpRequest, form: RecordForm) -> HttpResponse | None:
    answers = form.answers()
    offer, people = kind_of(answers["kind"]), answers["participants"]
    link = ("", "")
    if offer.leads_to_outcome:
        outcome = reverse("services:outcome_new", args=[people[0].participation.reference])
        link = (outcome, _("Record the outcome"))
    return write_once(
        request,
        form,
        lambda: record_service(by=request.user, **answers),
        target=lambda activity: _after(activity, people, another=NEXT in request.POST),
        said=_saved_words(offer) % {"minutes": written(answers["minutes"])},
        link=link,
    )


def _saved_words(offer: Kind) -> str:
    if offer.category == Category.BERATUNG:
        return _("Consultation saved, %(minutes)s")
    return _("Service saved, %(minutes)s")


def _after(activity: Activity, people: list, *, another: bool) -> str:
    """Return where to go: the next one like this, the timeline of the person, or the page of a group."""
    if another:
        return f"{reverse('services:record')}?like={activity.reference}"
    if len(people) == 1:
        return reverse("services:timeline", args=[people[0].participation.reference])
    return reverse("services:activity", args=[activity.reference])


def _page(request: HttpRequest, form: RecordForm) -> HttpResponse:
    people = people_of(request.user, form.said, searched=form.searched, recent=recently_opened(request))
    context = {
        "form": form,
        "people": people,
        "searched": form.searched,
        "ways": ways_to_repeat(request.user),
        "so_far": minutes_so_far(people.ticked[0].case) if len(people.ticked) == 1 else None,
        "cancel_url": reverse("home:home"),
    }
    return render(request, "services/record.html", context)
