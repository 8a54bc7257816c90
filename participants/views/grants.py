"""Operations: what is funded, until when, and by which rules."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from participants.access import get_operation, key_from
from participants.forms.grants import ExtensionForm, SettingsForm
from participants.forms.merging import carried, differences, merged
from participants.models import Operation
from participants.operations.grants import change_operation, note_extension, take_back_extension
from participants.queries.grants import ends_of, entities_of, from_register, operations_today
from participants.queries.history import last_writer
from participants.views.writing import write_once
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.clock import today
from resque.locking import StaleRecord
from resque.ui.messages import saved


@requires(Permission.VIEW_OPERATIONS)
@require_safe
def operations(request: HttpRequest) -> HttpResponse:
    """List the operations, newest first."""
    return render(request, "participants/operations/list.html", {"rows": operations_today(), "today": today()})


@requires(Permission.VIEW_OPERATIONS)
@require_safe
def operation(request: HttpRequest, code: str) -> HttpResponse:
    """Show one operation: its ends, its rules, what is counted with it."""
    return _page(request, get_operation(code))


def _page(request: HttpRequest, found, form: ExtensionForm | None = None) -> HttpResponse:
    manages = request.user.can(Permission.MANAGE_OPERATIONS)
    context = {
        "operation": found,
        "today": today(),
        "end": found.end_on(today()),
        "ends": ends_of(found),
        "entities": entities_of(found),
        "from_register": from_register(found),
        "manages": manages,
        "form": (form or ExtensionForm()) if manages else None,
    }
    return render(request, "participants/operations/operation.html", context)


@requires(Permission.MANAGE_OPERATIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, code: str) -> HttpResponse:
    """Show the settings; a POST stores them."""
    found = get_operation(code)
    stored = SettingsForm(operation=found)
    if request.method != "POST":
        return _settings_page(request, found, stored)
    form = SettingsForm(merged(request.POST, stored), operation=found)
    if not form.is_valid():
        return _settings_page(request, found, form)
    version = form.cleaned_data["version"]
    try:
        answer = write_once(
            request,
            form,
            lambda: change_operation(by=request.user, operation=found, version=version, **form.settings()),
            target=reverse("operations:operation", args=[code]),
            said=_("Settings saved"),
        )
    except StaleRecord:
        return _merge(request, get_operation(code), form)
    return answer or _settings_page(request, found, form)


def _settings_page(request: HttpRequest, found: Operation, form: SettingsForm) -> HttpResponse:
    return render(request, "participants/operations/settings.html", {"form": form, "operation": found})


def _merge(request: HttpRequest, found: Operation, typed: SettingsForm) -> HttpResponse:
    stored = SettingsForm(operation=found)
    context = {
        "operation": found,
        "differences": differences(typed, stored),
        "carried": carried(request.POST),
        "version": found.version,
        "form_key": stored["form_key"].value(),
        "writer": last_writer(found),
    }
    return render(request, "participants/operations/merge.html", context, status=409)


@requires(Permission.MANAGE_OPERATIONS)
@require_POST
def extend(request: HttpRequest, code: str) -> HttpResponse:
    """Note an extension."""
    found = get_operation(code)
    form = ExtensionForm(request.POST)
    if form.is_valid():
        answer = write_once(
            request,
            form,
            lambda: note_extension(by=request.user, operation=found, **form.extension()),
            target=reverse("operations:operation", args=[code]),
            said=_("Extension noted"),
        )
        if answer:
            return answer
    return _page(request, found, form)


@requires(Permission.MANAGE_OPERATIONS)
@require_POST
def take_back(request: HttpRequest, code: str) -> HttpResponse:
    """Take an extension back; doing it twice is no fault."""
    found = get_operation(code)
    if key := key_from(request.POST.get("extension", "")):
        take_back_extension(by=request.user, operation=found, extension=key)
        saved(request, _("Extension taken back"))
    return redirect("operations:operation", code=code)
