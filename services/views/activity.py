"""A service with who took part; the partner that recorded it may correct the attendance."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from participants.views.writing import write_once
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.locking import StaleRecord
from services.access import get_activity, get_editable_activity
from services.forms.attendance import AttendanceForm
from services.models import Activity
from services.operations.recording import change_attendance
from services.queries.activity import activity_page, said_of, with_typed


@requires(Permission.VIEW_SERVICES, hidden=True)
@require_http_methods(["GET", "HEAD", "POST"])
def activity(request: HttpRequest, reference: str) -> HttpResponse:
    """Show who took part; a POST stores a corrected attendance."""
    if request.method == "POST":
        return _store(request, get_editable_activity(request.user, reference))
    shown = get_activity(request.user, reference)
    if shown.is_event:
        return redirect("services:event", reference=reference)
    return _page(request, activity_page(shown, request.user))


def _store(request: HttpRequest, stored: Activity) -> HttpResponse:
    context = activity_page(stored, request.user)
    form = _form(request, context, request.POST)
    if not form.is_valid():
        return _page(request, context, form)
    try:
        answer = write_once(
            request,
            form,
            lambda: change_attendance(
                by=request.user,
                activity=stored,
                version=form.cleaned_data["version"],
                participants=form.cleaned_data["participants"],
            ),
            target=reverse("services:activity", args=[stored.reference]),
            said=_("Attendance saved"),
        )
    except StaleRecord:
        return _again(request, stored, form)
    return answer or _page(request, context, form)


def _again(request: HttpRequest, stored: Activity, typed: AttendanceForm) -> HttpResponse:
    """Show both versions: what was typed stays in the form, what a colleague saved stands beside it."""
    context = activity_page(stored, request.user)
    context |= {"rows": with_typed(context["rows"], typed.said), "stale": True}
    return _page(request, context, _form(request, context), status=409)


def _form(request: HttpRequest, context: dict, data=None) -> AttendanceForm:
    known = {row.case.reference for row in context["rows"]}
    initial = {"version": context["activity"].version, "participants": said_of(context["rows"])}
    return AttendanceForm(data, user=request.user, known=known, initial=initial)


def _page(request: HttpRequest, context: dict, form: AttendanceForm | None = None, *, status=200) -> HttpResponse:
    if context["may_correct"] and context["rows"]:
        context["form"] = form or _form(request, context)
        if form and form.is_bound:
            context["rows"] = with_typed(context["rows"], form.said)
    return render(request, "services/activity.html", context, status=status)
