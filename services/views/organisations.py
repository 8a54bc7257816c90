"""The register of organisations."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from participants.views.writing import write_once
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.locking import StaleRecord
from resque.once.operations import FIELD, new_key, written_before
from services.access import get_editable_event, get_organisation
from services.filters import OrganisationFilter
from services.forms.organisation import OrganisationChangeForm, OrganisationForm
from services.forms.versions import saved_in_between, with_version
from services.models import Activity, Organisation
from services.naming import organisation_key
from services.operations.organisations import correct_organisation, register_organisation
from services.queries.organisations import ROWS, organisation_page, organisations_seen, similar_organisations


@requires(Permission.VIEW_EVENTS)
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """The register; search and filters stand in the address, for no person is in it."""
    chosen = OrganisationFilter(request.GET, queryset=organisations_seen(request.user), request=request)
    page = Paginator(chosen.qs, ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "filter": chosen, "may_record": request.user.can(Permission.RECORD_EVENTS)}
    return render(request, "services/organisations.html", context)


@requires(Permission.VIEW_EVENTS)
@require_safe
def organisation(request: HttpRequest, reference: str) -> HttpResponse:
    """One organisation and the events in which it took part."""
    found = get_organisation(request.user, reference)
    context = organisation_page(found, request.user) | {"may_record": request.user.can(Permission.RECORD_EVENTS)}
    return render(request, "services/organisation.html", context)


@requires(Permission.RECORD_EVENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_new(request: HttpRequest) -> HttpResponse:
    """Show the form of a new entry; entries that are called alike are shown before it is stored."""
    event = _event_of(request)
    if request.method != "POST":
        return _form_page(request, OrganisationForm(initial={"name": request.GET.get("name", "")[:160]}), event=event)
    form = OrganisationForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, event=event)
    alike = _alike(request, form)
    answer = None if alike else write_once(
        request,
        form,
        lambda: register_organisation(by=request.user, **form.answers()),
        target=lambda entry: _after(entry, event),
        said=_("Organisation saved"),
    )  # fmt: skip
    return answer or _form_page(request, form, event=event, alike=alike)


@requires(Permission.RECORD_EVENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Correct an entry; with a new name, entries that are called alike are shown before it is stored."""
    stored = get_organisation(request.user, reference)
    if request.method != "POST":
        return _form_page(request, OrganisationChangeForm(organisation=stored), stored)
    form = OrganisationChangeForm(request.POST, organisation=stored)
    if not form.is_valid():
        return _form_page(request, form, stored)
    if alike := _alike(request, form, stored):
        return _form_page(request, form, stored, alike=alike)
    version = form.cleaned_data["version"]
    return _changed(
        request,
        stored,
        form,
        lambda: correct_organisation(by=request.user, organisation=stored, version=version, **form.answers()),
    )


def _alike(request: HttpRequest, form: OrganisationForm, stored: Organisation | None = None) -> list[Organisation]:
    """Return entries to look at first; none for a form that says it has, that was written already or keeps the name."""
    if stored and organisation_key(form.cleaned_data["name"]) == stored.key:
        return []
    if form.cleaned_data["sure"] or written_before(form.cleaned_data[FIELD], by=request.user):
        return []
    return similar_organisations(request.user, form.cleaned_data["name"], beside=stored)


def _event_of(request: HttpRequest) -> Activity | None:
    """Return the event to whose organisations the way leads back."""
    reference = request.GET.get("event", "")
    return get_editable_event(request.user, reference.replace("\0", "")) if reference else None


def _after(entry: Organisation, event: Activity | None) -> str:
    if event is None:
        return reverse("services:organisation", args=[entry.reference])
    return _ticking(event, entry.name)


def _ticking(event: Activity, words: str) -> str:
    return f"{reverse('services:event_organisations', args=[event.reference])}?{urlencode({'q': words})}"


def _changed(request: HttpRequest, stored: Organisation, form: OrganisationChangeForm, write: Callable) -> HttpResponse:
    page = reverse("services:organisation", args=[stored.reference])
    try:
        answer = write_once(request, form, write, target=page, said=_("Organisation saved"))
    except StaleRecord:
        data = with_version(request.POST, stored.version, new_key())
        again = OrganisationChangeForm(data, organisation=stored)
        theirs = saved_in_between(form, OrganisationChangeForm(organisation=stored))
        return _form_page(request, again, stored, stale=theirs, status=409)
    return answer or _form_page(request, form, stored)


def _form_page(request: HttpRequest, form, stored: Organisation | None = None, *, status=200, **more) -> HttpResponse:
    event = more.get("event")
    back = reverse("services:organisation", args=[stored.reference]) if stored else reverse("services:organisations")
    if event:
        back = reverse("services:event_organisations", args=[event.reference])
    context = {"form": form, "organisation": stored, "cancel_url": back, "alike": [], "stale": None} | more
    return render(request, "services/organisation_form.html", context, status=status)
