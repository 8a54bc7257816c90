"""Importing people: choose a file, review it, import it, take it back while nobody has touched it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from participants.access import get_batch, get_upload
from participants.exports import TEMPLATES
from participants.forms.imports import UploadForm
from participants.models import UploadState
from participants.operations.imports import AlreadyTakenBack
from participants.operations.receiving import import_upload, read_again, receive_file
from participants.operations.taking_back import begin_take_back, is_being_taken_back, rows_touched
from participants.operations.uploads import discard_upload
from participants.queries.imports import imports_of, people_of, review_of, shown_columns, waiting_of
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.once.operations import FIELD, once
from resque.ui.messages import saved

STEPS = (gettext_lazy("File"), gettext_lazy("Review"), gettext_lazy("Imported"))


@requires(Permission.IMPORT_PARTICIPANTS)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file; show earlier imports and what the columns mean."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data[FIELD]
        target, _first = once(key, by=request.user, write=lambda: _received(request, form))
        return redirect(target)
    context = {
        "form": form,
        "page": imports_of(request.user, request.GET.get("page")),
        "waiting": waiting_of(request.user),
        "columns": shown_columns(),
        "steps": STEPS,
    }
    return render(request, "participants/import/upload.html", context)


def _received(request: HttpRequest, form: UploadForm) -> str:
    file = form.cleaned_data["file"]
    received = receive_file(
        by=request.user, operation=form.cleaned_data["operation"], data=file.read(), file_name=file.name
    )
    return reverse("participants:import_review", args=[received.key])


@requires(Permission.IMPORT_PARTICIPANTS)
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """Give the empty table with all columns, as a workbook unless ?kind=csv."""
    kind = "csv" if request.GET.get("kind") == "csv" else "xlsx"
    content_type, make = TEMPLATES[kind]
    disposition = f'attachment; filename="{_("import")}.{kind}"'
    return HttpResponse(make(), content_type=content_type, headers={"Content-Disposition": disposition})


@requires(Permission.IMPORT_PARTICIPANTS)
@require_safe
def review(request: HttpRequest, key) -> HttpResponse:
    """Show what was found in a file; while it is read or imported, how far that is."""
    upload = get_upload(request.user, key)
    if upload.state == UploadState.DONE:
        address = reverse("participants:import")
        if upload.batch:
            address = reverse("participants:import_batch", args=[upload.batch.reference])
        return HttpResponseClientRedirect(address) if request.htmx else redirect(address)
    query = request.GET
    context = {
        "upload": upload,
        "review": review_of(upload, request.user, column=query.get("column"), page=query.get("page")),
        "steps": STEPS,
    }
    return render(request, "participants/import/review.html", context)


@requires(Permission.IMPORT_PARTICIPANTS)
@require_POST
def run(request: HttpRequest, key) -> HttpResponse:
    """Import a reviewed file; a second click finds it imported."""
    import_upload(by=request.user, upload=get_upload(request.user, key))
    return redirect("participants:import_review", key=key)


@requires(Permission.IMPORT_PARTICIPANTS)
@require_POST
def again(request: HttpRequest, key) -> HttpResponse:
    """Read a file anew after an interruption."""
    read_again(by=request.user, upload=get_upload(request.user, key))
    return redirect("participants:import_review", key=key)


@requires(Permission.IMPORT_PARTICIPANTS)
@require_POST
def discard(request: HttpRequest, key) -> HttpResponse:
    """Forget a file that was not imported."""
    discard_upload(upload=get_upload(request.user, key))
    saved(request, _("File discarded. Nothing was imported."))
    return redirect("participants:import")


@requires(Permission.IMPORT_PARTICIPANTS)
@require_safe
def batch(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the people whom an import brought in, and the way back out."""
    found = get_batch(request.user, reference)
    return _batch_page(request, found, touched=rows_touched(found))


def _batch_page(request: HttpRequest, found, *, touched=(), status: int = 200) -> HttpResponse:
    context = {
        "batch": found,
        "page": people_of(found, request.user, request.GET.get("page")),
        "touched": touched,
        "running": not found.taken_back_at and is_being_taken_back(found),
        "steps": STEPS,
    }
    return render(request, "participants/import/batch.html", context, status=status)


@requires(Permission.IMPORT_PARTICIPANTS)
@require_POST
def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Take an import back; when somebody has worked with one of its people, name the rows and change nothing."""
    found = get_batch(request.user, reference)
    try:
        result = begin_take_back(by=request.user, batch=found)
    except AlreadyTakenBack:
        result = None
    if result is None:
        return redirect("participants:import_batch", reference=reference)
    if result.touched:
        return _batch_page(request, found, touched=result.touched, status=409)
    words = ngettext("Import taken back: %(count)s person is gone again.",
                     "Import taken back: %(count)s people are gone again.", result.removed)  # fmt: skip
    saved(request, words % {"count": result.removed})
    return redirect("participants:import_batch", reference=reference)
