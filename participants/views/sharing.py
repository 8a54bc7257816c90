"""Sharing a case with another partner, and taking that back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from participants.access import get_editable_participant, get_given_share
from participants.forms.sharing import ShareForm
from participants.operations.sharing import revoke_share, share_case
from participants.queries import person_page
from participants.queries.shares import past_shares, previews, shown_shares
from participants.views.writing import write_once
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.ui.messages import saved


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, reference: str) -> HttpResponse:
    """Show with whom the case is shared and what they see; a POST shares it."""
    participation = get_editable_participant(request.user, reference, note=request.method != "POST")
    form = ShareForm(request.POST or None, participation=participation, to=request.GET.get("partner", ""))
    if request.method == "POST" and form.is_valid():
        asked = {name: form.cleaned_data[name] for name in ("to_partner", "scope", "until")}
        answer = write_once(
            request,
            form,
            lambda: share_case(by=request.user, participation=participation, **asked),
            target=reverse("participants:share", args=[reference]),
            said=_("Case shared with %(partner)s") % {"partner": asked["to_partner"].short_name},
        )
        if answer:
            return answer
    context = person_page(participation, request.user)
    around = context["around"]
    context |= {
        "form": form,
        "shares": shown_shares(around),
        "past": past_shares(participation, request.user),
        "previews": previews(around),
    }
    return render(request, "participants/share.html", context)


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_POST
def revoke(request: HttpRequest, reference: str) -> HttpResponse:
    """End a share now; ending it twice is no fault."""
    participation = get_editable_participant(request.user, reference)
    given = get_given_share(request.user, participation, request.POST.get("share", ""))
    revoke_share(by=request.user, share=given)
    saved(request, _("The share with %(partner)s has ended") % {"partner": given.to_partner.short_name})
    return redirect("participants:share", reference=reference)
