"""Intake: search first, ask the partners deliberately, then take the person in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from participants.forms.intake import (
    InformationForm,
    SearchForm,
    TakeInForm,
    carried_answers,
    first_answers,
    opened_with,
)
from participants.matching import CLEARLY_SIMILAR
from participants.models import Participation
from participants.operations.intake import IDENTITY, begin_with, step_after
from participants.operations.people import wait_for_turn
from participants.operations.searching import ask_partners as ask
from participants.operations.searching import note_search
from participants.queries.comparing import answers_of
from participants.queries.search import Candidate, Wanted, find_candidates, questions_left
from participants.views.writing import write_once
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.once.operations import FIELD, written_before

STEPS = (
    gettext_lazy("Search"),
    gettext_lazy("Privacy information"),
    gettext_lazy("Person"),
    gettext_lazy("Further steps"),
)


def _searched(request: HttpRequest, form: SearchForm) -> dict:
    """Look for the person of a form and return what the page shows of it."""
    form.is_valid()
    wanted = form.wanted
    candidates = find_candidates(request.user, wanted)
    if wanted.is_enough:
        note_search(by=request.user, wanted=wanted, found=len(candidates))
    return {
        "form": form,
        "wanted": wanted,
        "candidates": candidates,
        "seen": ",".join(candidate.participation.reference for candidate in candidates),
        "left": questions_left(),
        "steps": STEPS,
    }


@requires(Permission.SEARCH_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Step 0: one box for the name. Without JavaScript the same form posts to this page."""
    if request.method == "POST":
        return render(request, "participants/intake/search.html", _searched(request, SearchForm(request.POST)))
    context = {"form": SearchForm(), "wanted": Wanted(""), "left": questions_left(), "steps": STEPS}
    return render(request, "participants/intake/search.html", context)


@requires(Permission.SEARCH_PEOPLE)
@require_POST
def similar(request: HttpRequest) -> HttpResponse:
    """The near matches alone, while somebody types."""
    return render(request, "participants/intake/_matches.html", _searched(request, SearchForm(request.POST)))


@requires(Permission.SEARCH_PEOPLE)
@require_POST
def ask_partners(request: HttpRequest) -> HttpResponse:
    """Ask whether another partner knows the person: deliberate, counted, noted."""
    context = _searched(request, SearchForm(request.POST))
    wanted = context["wanted"]
    context["asked"] = wanted.is_enough
    context["hits"] = ask(by=request.user, wanted=wanted) if wanted.is_enough else []
    context["answers"] = answers_of(request.user, context["hits"] or [])
    context["left"] = questions_left()
    return render(request, "participants/intake/search.html", context)


@requires(Permission.EDIT_PARTICIPANTS)
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Step 1: the information, then the person. Whoever comes without a search is sent there."""
    if request.method != "POST":
        return redirect("participants:new")
    if "begin" in request.POST:
        return _information_page(request, InformationForm(), _begun(request))
    information = InformationForm(request.POST)
    if not information.is_valid():  # before it no name is stored (rule E27)
        return _information_page(request, information, carried_answers(request.POST))
    if "open" in request.POST:
        return _form_page(request, opened_with(request.POST, user=request.user))
    form = TakeInForm(request.POST, user=request.user)
    unseen = unseen_people(request, form) if form.is_valid() else []
    if unseen or not form.is_valid():
        return _form_page(request, form, unseen=unseen)
    answer = write_once(
        request,
        form,
        lambda: _take_in(request, form),
        target=lambda made: reverse(f"participants:intake_{step_after(made.intake, IDENTITY)}", args=[made.reference]),
        said=_("Taken in. The next step can follow now or later."),
    )
    return answer or _form_page(request, form)


def _begun(request: HttpRequest) -> dict[str, str]:
    search = SearchForm(request.POST)
    search.is_valid()
    return first_answers(search.wanted, referent=request.user.reference, seen=request.POST.get("seen", ""))


def _information_page(request: HttpRequest, information: InformationForm, carried: dict[str, str]) -> HttpResponse:
    context = {"form": information, "carried": carried, "cancel_url": reverse("participants:new"), "steps": STEPS}
    return render(request, "participants/intake/information.html", context)


def _form_page(request: HttpRequest, form: TakeInForm, *, unseen: list | None = None) -> HttpResponse:
    context = {"form": form, "unseen": unseen or [], "cancel_url": reverse("participants:new"), "steps": STEPS}
    return render(request, "participants/intake/person.html", context)


def unseen_people(request: HttpRequest, form: TakeInForm) -> list[Candidate]:
    """Return people who are clearly similar and were not on the page of the search, and mark them as seen."""
    # Of two who create the same person at the same moment, the second one is shown whom the first one made.
    wait_for_turn(by=request.user)
    draft, seen = form.draft, set(filter(None, form.cleaned_data["seen"].split(",")))
    wanted = Wanted(draft.main_spelling, birth_date=draft.birth_date)
    near = [found for found in find_candidates(request.user, wanted) if found.score >= CLEARLY_SIMILAR]
    unseen = [found for found in near if found.participation.reference not in seen]
    # A second click must not meet the person whom the first one made. Asked after the search, because the first
    # click may commit while the second one is searching.
    if unseen and written_before(form.cleaned_data[FIELD], by=request.user):
        return []
    if unseen:
        form.data = form.data.copy()
        form.data["seen"] = ",".join(sorted(seen | {found.participation.reference for found in near}))
    return unseen


def _take_in(request: HttpRequest, form: TakeInForm) -> Participation:
    known = form.cleaned_data
    return begin_with(
        by=request.user,
        partner=request.user.partner,
        operation=known["operation"],
        draft=form.draft,
        sex=form.sex,
        gender=known["gender"],
        info_given_on=known["info_given_on"],
        info_language=known["info_language"],
        referent=known["referent"],
    )
