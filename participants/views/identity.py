"""Identity: names, birth, origin, contact, custody. Only for people who may see names; only the owner changes them."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from participants.access import get_editable_participant, get_named_participant, key_from
from participants.forms.identity import ContactForm, GuardianForm, IdentityForm, SpellingForm
from participants.forms.merging import carried, differences, merged
from participants.operations.identities import (
    add_contact,
    add_guardian,
    add_spelling,
    change_identity,
    remove_contact,
    remove_guardian,
)
from participants.queries import person_page
from participants.queries.history import last_writer
from participants.views.writing import write_once
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.locking import StaleRecord
from resque.ui.messages import saved

SECTIONS = {"spelling": SpellingForm, "contact": ContactForm, "guardian": GuardianForm}


@requires(Permission.VIEW_PARTICIPANTS, hidden=True)
@require_http_methods(["GET", "HEAD", "POST"])
def identity(request: HttpRequest, reference: str) -> HttpResponse:
    """Show names and contact; a POST of the owner stores names, birth and origin."""
    if request.method == "POST":
        return _store(request, reference)
    return _page(request, get_named_participant(request.user, reference))


def _page(request: HttpRequest, participation, **bound: forms.Form) -> HttpResponse:
    context = person_page(participation, request.user)
    if context["owned"]:
        context |= {name: form(prefix=name) for name, form in SECTIONS.items()}
        context["form"] = IdentityForm(participation=participation)
    return render(request, "participants/identity.html", context | bound)


def _store(request: HttpRequest, reference: str) -> HttpResponse:
    participation = get_editable_participant(request.user, reference)
    stored = IdentityForm(participation=participation)
    form = IdentityForm(merged(request.POST, stored), participation=participation)
    if not form.is_valid():
        return _page(request, participation, form=form)
    version = form.cleaned_data["version"]
    try:
        answer = write_once(
            request,
            form,
            lambda: change_identity(by=request.user, participation=participation, version=version, **form.answers()),
            target=reverse("participants:identity", args=[reference]),
            said=_("Identity saved"),
        )
    except StaleRecord:
        return _merge(request, participation, form, stored)
    return answer or _page(request, participation, form=form)


def _merge(request: HttpRequest, participation, form: IdentityForm, stored: IdentityForm) -> HttpResponse:
    context = person_page(participation, request.user) | {
        "differences": differences(form, stored),
        "carried": carried(request.POST),
        "version": participation.person.loaded_identity.version,
        "form_key": stored["form_key"].value(),
        "writer": last_writer(participation.person.loaded_identity),
    }
    return render(request, "participants/merge.html", context, status=409)


def _add(request: HttpRequest, reference: str, section: str, operation: Callable, said: str) -> HttpResponse:
    participation = get_editable_participant(request.user, reference)
    form = SECTIONS[section](request.POST, prefix=section)
    target = f"{reverse('participants:identity', args=[reference])}#{section}s"
    if form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "form_key"}
        answer = write_once(
            request,
            form,
            lambda: operation(by=request.user, participation=participation, **given),
            target=target,
            said=said,
        )
        if answer:
            return answer
    return _page(request, participation, **{section: form})


def _remove(request: HttpRequest, reference: str, section: str, operation: Callable, said: str) -> HttpResponse:
    participation = get_editable_participant(request.user, reference)
    if key := key_from(request.POST.get(section, "")):
        operation(by=request.user, participation=participation, **{section: key})
        saved(request, said)
    return redirect(f"{reverse('participants:identity', args=[reference])}#{section}s")


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_POST
def new_spelling(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep another spelling."""
    return _add(request, reference, "spelling", add_spelling, _("Spelling added"))


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_POST
def new_contact(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep a way to reach the person."""
    return _add(request, reference, "contact", add_contact, _("Contact added"))


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_POST
def drop_contact(request: HttpRequest, reference: str) -> HttpResponse:
    """Remove a way to reach the person."""
    return _remove(request, reference, "contact", remove_contact, _("Contact removed"))


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_POST
def new_guardian(request: HttpRequest, reference: str) -> HttpResponse:
    """Record who has custody."""
    return _add(request, reference, "guardian", add_guardian, _("Custody recorded"))


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_POST
def drop_guardian(request: HttpRequest, reference: str) -> HttpResponse:
    """Remove somebody who had custody."""
    return _remove(request, reference, "guardian", remove_guardian, _("Custody removed"))
