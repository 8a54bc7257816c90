"""Kept reports: the list, keeping one, one of them beside today, the records behind a difference, files."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from participants.views.writing import write_once
from reporting.exports import FILES
from reporting.operations.submissions import freeze_report
from reporting.queries.submission_drafts import draft_page, told_happenings
from reporting.queries.submission_moves import moves_page
from reporting.queries.submissions import submission_page, submissions_page
from reporting.submissions.access import get_kind, get_moved, get_submission, network_question, note_file, note_special
from reporting.submissions.drafts import draft_of
from reporting.submissions.forms import FreezeForm, ReportForm
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission

P = Permission


@requires(P.VIEW_FIGURES)
@require_safe
def submissions(request: HttpRequest) -> HttpResponse:
    """Show every kept report of an operation."""
    asked = network_question(request.user, request.GET)
    return render(request, "reporting/submissions.html", submissions_page(asked) | {"form": ReportForm(asked, {})})


@requires(P.SUBMIT_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def submission_new(request: HttpRequest) -> HttpResponse:
    """Show what would be kept, with everything that changed since it was reported; a POST keeps it."""
    usual = network_question(request.user, request.GET)
    question = ReportForm(usual, request.GET)
    context = {"question": question, "asked": usual}
    if not question.is_valid():
        return render(request, "reporting/submission_new.html", context)
    until = question.cleaned_data["date"]
    try:
        draft = draft_of(usual.basis, until)
    except ValidationError as fault:
        question.add_error("date", fault.messages[0])
        return render(request, "reporting/submission_new.html", context)
    found, proposals, rows = told_happenings(usual.basis, draft)
    form = FreezeForm(request.POST or None, seen=draft.seen, happenings=found, proposals=proposals)
    if request.method == "POST" and form.is_valid():
        answer = _freeze(request, form, usual.basis, until)
        if answer:
            return answer
    if form.is_bound:
        form.show_again(draft.seen)
    context |= draft_page(usual, draft) | {"form": form, "happenings": [(row, form[row["key"]]) for row in rows]}
    return render(request, "reporting/submission_new.html", context)


def _freeze(request: HttpRequest, form: FreezeForm, basis, until) -> HttpResponse | None:
    return write_once(
        request,
        form,
        lambda: freeze_report(
            by=request.user, operation=basis.operation, rules=basis.rules, until=until, reasons=form.told(),
            seen=form.cleaned_data["shown"],
        ),
        target=lambda report: reverse("reporting:submission", kwargs={"reference": report.reference}),
        said=_("Report kept"),
    )  # fmt: skip


@requires(P.VIEW_FIGURES)
@require_safe
def submission(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one report: reported then, counted today, the difference."""
    report = get_submission(request.user, reference)
    return render(request, "reporting/submission.html", submission_page(report, request.user))


@requires(P.VIEW_FIGURES)
@require_safe
def submission_changes(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """Show the records by which a value of today differs from the reported one."""
    report = get_submission(request.user, reference)
    until, sex = get_moved(report, code, request.GET)
    context = moves_page(request.user, report, code, until, sex, request.GET.get("page"))
    note_special(request.user, [row.reference for row in context["rows"]], code)
    return render(request, "reporting/submission_changes.html", context)


@requires(P.VIEW_FIGURES)
@require_safe
def submission_file(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Return the values of a report as a file; that it was taken is written down."""
    report = get_submission(request.user, reference)
    content_type, make = get_kind(kind, FILES)
    note_file(request.user, report, kind)
    disposition = f'attachment; filename="{report.operation.code}-{report.until.isoformat()}.{kind}"'
    data = make(submission_page(report, request.user))
    return HttpResponse(data, content_type=content_type, headers={"Content-Disposition": disposition})
