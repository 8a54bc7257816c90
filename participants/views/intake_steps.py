"""Intake after the person was created: steps as addresses, each saved by itself, left and found again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from participants.access import get_editable_participant
from participants.forms.merging import carried, differences
from participants.forms.steps import Bundle, KeyForm, TheInformationForm
from participants.models import Intake
from participants.operations.answers import enter
from participants.operations.intake import IDENTITY, begin_intake, close_intake, finish_step, next_step, step_after
from participants.queries import circumstances_of, person_page
from participants.queries.history import last_writer
from participants.queries.intake import step_page, unfinished_intakes, worklist
from participants.views.intake_parts import ASKED, parts_of
from participants.views.writing import write_once
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.locking import StaleRecord
from resque.ui.messages import saved

AGAIN, LATER, NEXT = "again", "later", "next"


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_safe
def intake(request: HttpRequest, reference: str) -> HttpResponse:
    """Lead to the first step that is not done yet."""
    participation = get_editable_participant(request.user, reference)
    return redirect(_address(reference, next_step(_intake_of(participation))))


def _intake_of(participation) -> Intake | None:
    return Intake.objects.filter(participation=participation).first()


def _address(reference: str, step: str) -> str:
    return reverse(f"participants:intake_{step}", args=[reference])


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """Show a step; a POST stores it and goes on, stays for another row, or stops until later."""
    participation = get_editable_participant(request.user, reference, note=request.method != "POST")
    around = circumstances_of(participation, request.user)
    if step == IDENTITY and around.info_given_on is None:
        return _information_first(request, around)
    if request.method == "POST":
        return _store(request, around, step)
    return _page(request, around, step)


def _page(request: HttpRequest, around, step: str, sent: Bundle | None = None) -> HttpResponse:
    parts = parts_of(step, around)
    shown = [(part, (sent.touched.get(part.name) if sent else None) or part.fresh(around)) for part in parts]
    context = step_page(around, request.user, step, _intake_of(around.participation))
    context |= {"parts": shown, "forms": [form for _part, form in shown], "key": sent.key if sent else KeyForm()}
    return render(request, "participants/intake/step.html", context)


def _store(request: HttpRequest, around, step: str) -> HttpResponse:
    bundle, go = Bundle(parts_of(step, around), around, request.POST), request.POST.get("go", NEXT)
    if not bundle.is_valid():
        return _page(request, around, step, bundle)
    case = around.participation
    who = {"by": request.user, "participation": case}

    def write() -> str:
        if bundle.touched:
            ASKED[step].store(typed=bundle.touched, **who)
        if go in (AGAIN, LATER):
            begin_intake(**who)
            return _address(case.reference, step) if go == AGAIN else reverse("participants:intakes")
        further = step_after(finish_step(step=step, **who), step)
        return _address(case.reference, further) if further else reverse("participants:detail", args=[case.reference])

    said = _("Saved. The intake goes on from here later.") if go == LATER else _("Saved")
    try:
        answer = write_once(request, bundle, write, target=str, said=said)
    except StaleRecord:
        return _conflict(request, around, step, bundle)
    return answer or _page(request, around, step, bundle)


def _conflict(request: HttpRequest, around, step: str, bundle: Bundle) -> HttpResponse:
    """Lay both versions side by side; a sheet of consents is compared on its own page."""
    typed, case = bundle.touched[""], around.participation
    if step == "consents":
        typed.add_error(None, _("Somebody recorded a consent in between. Please open the page again and compare."))
        return _page(request, around, step, bundle)
    context = person_page(get_editable_participant(request.user, case.reference), request.user)
    theirs = ASKED[step].parts[0].fresh(context["around"])
    context |= {
        "differences": differences(typed, theirs),
        "carried": carried(request.POST),
        "version": theirs["version"].value(),
        "form_key": theirs["form_key"].value(),
        "writer": last_writer(case.person.loaded_identity if step == IDENTITY else case),
    }
    return render(request, "participants/merge.html", context, status=409)


def _information_first(request: HttpRequest, around) -> HttpResponse:
    """Ask when the privacy information was handed out; the fields of the name open after it (rule E27)."""
    case = around.participation
    form = TheInformationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        known = {"info_given_on": form.cleaned_data["info_given_on"]}
        answer = write_once(
            request, form, lambda: enter(by=request.user, participation=case, answers=known),
            target=_address(case.reference, IDENTITY), said=_("Saved"),
        )  # fmt: skip
        if answer:
            return answer
    context = step_page(around, request.user, IDENTITY, _intake_of(case)) | {"form": form}
    return render(request, "participants/intake/information_first.html", context)


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_POST
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Finish an intake although steps are open."""
    participation = get_editable_participant(request.user, reference)
    close_intake(by=request.user, participation=participation)
    saved(request, _("Intake finished. Everything can be added later on the record."))
    return redirect("participants:detail", reference=reference)


@requires(Permission.EDIT_PARTICIPANTS)
@require_safe
def intakes(request: HttpRequest) -> HttpResponse:
    """The worklist: intakes that were begun and not finished, with the step that comes next."""
    return render(request, "participants/intake/intakes.html", worklist(request, unfinished_intakes(request.user)))
